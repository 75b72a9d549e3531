// ---
// zh: 某类做法中，哪一项做法在文中有几个名称？（只取末两字相同、互不包含的，即中心词相同而叫法不同）
// en: Which practices of a type go by several names in the texts? (Names that end in the same two characters, that is the same head word, and do not contain each other.)
// parameters:
//   practice_type: {type: string, default: 行业工会联合会, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   practice: {zh: 做法名称, en: the practice}
//   other_names: {zh: 文中的其他叫法（读自标题、引号等处，须对照原文）, en: "its other names, read from headings and quotation marks; look at the words"}
//   unions: {zh: 工会, en: the unions}
//   case_names: {zh: 案例, en: the accounts}
// example: unionkg query run reinvention.renamed -p practice_type=行业工会联合会
// ---
MATCH (n:Practice)-[:INSTANCE_OF]->(:PracticeType {name: $practice_type})
WITH n, replace(replace(n.name, '“', ''), '”', '') AS bare
WITH n, bare, [a IN coalesce(n.aliases, []) WHERE right(a, 2) = right(bare, 2)
               AND NOT replace(replace(a, '“', ''), '”', '') CONTAINS bare
               AND NOT bare CONTAINS replace(replace(a, '“', ''), '”', '')] AS names
WHERE size(names) > 0
WITH n, names
ORDER BY n.name, n.id
LIMIT $limit
MATCH (n)<-[i:INTRODUCED|INCLUDED]-(c:PracticeCase)
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH n, names, i, c, u
ORDER BY u.name, u.id, c.name, i.id
WITH n, names, collect(DISTINCT i)[..20] AS evidence, collect(DISTINCT c) AS cs, collect(DISTINCT u) AS us
UNWIND cs AS c
WITH n, names, evidence, us, c
ORDER BY c.name, c.id
WITH n, names, evidence, us, collect(c.name) AS cases
RETURN n.name AS practice, names AS other_names, [u IN us | u.name] AS unions, cases AS case_names, evidence
ORDER BY practice, n.id;
