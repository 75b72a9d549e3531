// ---
// zh: 做某类做法的案例里，哪些名称被几家工会各自用来称呼自己的做法？（同名可能是借鉴，也可能是通用说法，图中是不同的做法）
// en: Among the accounts of a practice type, which names do several unions give to practices of their own? (The same name may be borrowed or common; the graph keeps them apart.)
// parameters:
//   practice_type: {type: string, default: 小三级工会, values: practice_types, zh: 案例运用的做法类型, en: practice type that the accounts apply}
//   min_unions: {type: integer, default: 2, zh: 至少几家工会, en: at least so many unions}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   name: {zh: 名称（去掉引号）, en: the name without quotation marks}
//   unions: {zh: 工会, en: the unions}
//   levels: {zh: 它们的层级, en: their levels}
//   practices: {zh: 图中不同做法的数目, en: different practices in the graph}
//   as_main: {zh: 其中作为主做法的案例数, en: accounts whose main practice it is}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
// leaves_out: [without_union]
// example: unionkg query run reinvention.same_name -p practice_type=小三级工会
// ---
MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[i:INTRODUCED|INCLUDED]->(n:Practice)
MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH DISTINCT replace(replace(n.name, '“', ''), '”', '') AS name, n, u, c, i
ORDER BY u.name, u.id, i.id
WITH name, count(DISTINCT n.id) AS practices, collect(DISTINCT u) AS us, count(DISTINCT c.account) AS accounts,
     count(DISTINCT CASE WHEN type(i) = 'INTRODUCED' THEN c.account END) AS as_main, collect(DISTINCT i)[..20] AS evidence
WHERE practices > 1 AND size(us) >= $min_unions
RETURN name, [u IN us | u.name] AS unions, [u IN us | u.level] AS levels, practices, as_main, accounts AS cases, evidence
ORDER BY size(unions) DESC, name
LIMIT $limit;
