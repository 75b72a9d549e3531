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
//   case: {zh: 案例, en: the account}
// example: unionkg query run organisation.founded -p type=sectoral_federation
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (n:TradeUnion)<-[e:ESTABLISHED]-(c:PracticeCase)
WHERE ($type IS NULL OR n.type = $type)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside })
WITH c, e, n
ORDER BY n.type, n.name, n.id, c.id, e.id
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, e, n, u
ORDER BY u.name, u.id
WITH c, e, n, collect(u.name) AS initiators
RETURN n.name AS founded, n.type AS type, n.level AS level, initiators, c.name AS case, [e] AS evidence
ORDER BY type, founded, n.id, c.id, e.id;
