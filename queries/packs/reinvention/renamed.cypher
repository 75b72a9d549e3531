// ---
// zh: 某类做法中，哪一项做法在文中有几个名称？（只取末两字相同、互不包含的，即中心词相同而叫法不同）
// en: Which practices of a type go by several names in the texts? (Names that end in the same two characters, that is the same head word, and do not contain each other.)
// parameters:
//   practice_type: {type: string, default: 行业工会联合会, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   practice: {zh: 做法名称, en: the practice}
//   other_names: {zh: 文中的其他叫法（读自标题、引号等处，出处的句子里有的才列，须对照原文）, en: "its other names, read from headings and quotation marks; only those that stand in the evidence, look at the words"}
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
MATCH (n)<-[i:INTRODUCED|INCLUDED]-(c:PracticeCase)
// Only what stands in a sentence of the evidence or in the title.
WITH n, names, collect(DISTINCT i) AS said, collect(DISTINCT c) AS cs
WITH n, [a IN names WHERE any(s IN said + cs WHERE any(q IN s.quotes WHERE replace(q, ' ', '') CONTAINS replace(a, ' ', '')))] AS names, said, cs
WHERE size(names) > 0
WITH n, names, said, cs
ORDER BY n.name, n.id
LIMIT $limit
WITH n, names, cs, COLLECT { UNWIND cs AS c MATCH (u:TradeUnion)-[:INITIATED]->(c) WITH DISTINCT u RETURN u ORDER BY u.name, u.id } AS us,
     COLLECT { UNWIND said AS i RETURN i ORDER BY i.id LIMIT 10 }
     + COLLECT { UNWIND [c IN cs WHERE any(q IN c.quotes WHERE any(a IN names WHERE replace(q, ' ', '') CONTAINS replace(a, ' ', '')))] AS c RETURN c ORDER BY c.id LIMIT 10 } AS evidence
UNWIND cs AS c
// An account printed several times by the title of one of its printings.
WITH n, names, evidence, us, c.account AS account, min(c.name) AS title
ORDER BY title, account
WITH n, names, evidence, us, collect(title) AS cases
RETURN n.name AS practice, names AS other_names, [u IN us | u.name] AS unions, cases AS case_names, evidence
ORDER BY practice, n.id;
