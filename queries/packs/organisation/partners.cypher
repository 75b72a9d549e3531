// ---
// zh: 工会与哪些单位合作，在多少案例里？
// en: With which other bodies do unions cooperate, and in how many accounts?
// parameters:
//   type: {type: string, optional: true, values: partner_types.key, zh: 单位类型, en: type of body}
//   theme: {type: string, optional: true, values: themes, zh: 只看某一领域的案例, en: only accounts of one field}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   partner: {zh: 单位, en: the body}
//   type: {zh: 类型, en: its type}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   unions: {zh: 合作的工会, en: the unions whose accounts they are}
// example: unionkg query run organisation.partners -p type=judiciary
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (o:Organization)-[s:SUPPORTED]->(c:PracticeCase)
WHERE ($type IS NULL OR o.type = $type)
  AND ($theme IS NULL OR EXISTS { (c)-[:IN_THEME]->(:Theme {name: $theme}) })
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside })
WITH o, count(DISTINCT c.account) AS cases, collect({tie: s, account: c}) AS found
ORDER BY cases DESC, o.name, o.id
LIMIT $limit
UNWIND found AS one
WITH o, cases, one.tie AS s, one.account AS c
OPTIONAL MATCH (u:TradeUnion)-[i:INITIATED]->(c)
WITH o, cases, s, u, i
ORDER BY u.name, s.id, i.id
WITH o, cases, collect(DISTINCT u.name) AS unions, collect(DISTINCT s)[..10] AS ties, collect(DISTINCT i)[..10] AS owning
RETURN o.name AS partner, o.type AS type, cases, unions, ties + owning AS evidence
ORDER BY cases DESC, partner, o.id;
