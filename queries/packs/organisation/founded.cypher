// ---
// zh: 各案例新建了哪些工会，是什么类型？
// en: Which unions did the practices set up, and of what type?
// parameters:
//   type: {type: string, optional: true, values: union_types.key, zh: 新建工会的类型, en: type of the union that was set up}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the account took place, with all below it and what became part of it"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   founded: {zh: 新建的工会, en: the union that was set up}
//   type: {zh: 类型, en: its type}
//   level: {zh: 层级, en: its level}
//   initiators: {zh: 由谁的案例, en: whose account}
//   case: {zh: 案例（几处刊印的同一则只列一次）, en: the account; one printed several times is one row}
// example: unionkg query run organisation.founded -p type=sectoral_federation
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (n:TradeUnion)<-[e:ESTABLISHED]-(c:PracticeCase)
WHERE ($type IS NULL OR n.type = $type)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside })
WITH c, e, n
ORDER BY c.id, e.id
WITH n, c.account AS account, collect(c)[0] AS c, collect(e)[..10] AS ties
ORDER BY n.type, n.name, n.id, c.id
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[i:INITIATED]->(c)
WITH c, ties, n, u, i
ORDER BY u.name, u.id
WITH c, ties, n, collect(u.name) AS initiators, collect(i)[..10] AS owning
RETURN n.name AS founded, n.type AS type, n.level AS level, initiators, c.name AS case, ties + owning AS evidence
ORDER BY type, founded, n.id, c.id;
