// ---
// zh: 工会与哪些单位合作，在多少案例里？
// en: With which other bodies do unions cooperate, and in how many accounts?
// parameters:
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   partner: {zh: 单位, en: the body}
//   type: {zh: 类型, en: its type}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   unions: {zh: 合作的工会, en: the unions whose accounts they are}
// example: unionkg query run organisation.partners -p limit=20
// ---
MATCH (o:Organization)-[:SUPPORTED]->(c:PracticeCase)
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH o, c, u
ORDER BY u.name
WITH o, count(DISTINCT c.account) AS cases, collect(DISTINCT u.name) AS unions
RETURN o.name AS partner, o.type AS type, cases, unions
ORDER BY cases DESC, partner, o.id
LIMIT $limit;
