// ---
// zh: 各层级、各类型的工会有多少？
// en: How many unions are there of each level and type?
// columns:
//   level: {zh: 层级, en: level}
//   type: {zh: 类型, en: type}
//   unions: {zh: 工会数, en: unions}
//   with_cases: {zh: 其中有自己案例的, en: "of these, with accounts of their own"}
// example: unionkg query run organisation.by_level_and_type
// ---
MATCH (u:TradeUnion)
OPTIONAL MATCH (u)-[:INITIATED]->(c:PracticeCase)
WITH u, count(c) AS cases
RETURN u.level AS level, u.type AS type, count(u) AS unions, sum(CASE WHEN cases > 0 THEN 1 ELSE 0 END) AS with_cases
ORDER BY level, type;
