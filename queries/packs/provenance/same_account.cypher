// ---
// zh: 哪些案例可能是同一则记述的几次刊印，说法有什么不同？
// en: Which accounts may be several printings of one, and in what do they differ?
// parameters:
//   counted: {type: boolean, optional: true, zh: 只看算作（是）或没有算作（否）同一则的, en: only those that count as one (yes) or do not (no)}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   case: {zh: 一处刊印, en: one printing}
//   document: {zh: 载于, en: the document that it stands in}
//   other: {zh: 另一处刊印, en: the other printing}
//   other_document: {zh: 载于, en: the document that this one stands in}
//   counted_as_one: {zh: 计数时是否算作一则, en: whether they count as one account}
//   method: {zh: 怎么发现的, en: how they were found}
//   score: {zh: 相同的程度, en: how much agrees}
//   differs: {zh: 哪些内容不同, en: what they differ in}
// needs: {zh: 要有印在几份文献里的同一则案例, en: an account that several documents print}
// example: unionkg query run provenance.same_account
// ---
MATCH (c:PracticeCase)-[s:SAME_ACCOUNT]->(o:PracticeCase)
WHERE $counted IS NULL OR (c.account = o.account) = $counted
WITH c, o, s
ORDER BY s.score DESC, s.id
LIMIT $limit
MATCH (c)-[:REPORTED_IN]->(d:Document)
MATCH (o)-[:REPORTED_IN]->(e:Document)
OPTIONAL MATCH (c)-[:INTRODUCED]->(k:Practice)
OPTIONAL MATCH (o)-[:INTRODUCED]->(l:Practice)
WITH c, o, s, d, e, k, l,
     COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN DISTINCT u.id AS id ORDER BY id } AS owners,
     COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(o) RETURN DISTINCT u.id AS id ORDER BY id } AS other_owners,
     COLLECT { MATCH (c)-[:APPLIED]->(t:PracticeType) RETURN DISTINCT t.id AS id ORDER BY id } AS types,
     COLLECT { MATCH (o)-[:APPLIED]->(t:PracticeType) RETURN DISTINCT t.id AS id ORDER BY id } AS other_types,
     COLLECT { MATCH (c)-[:ACHIEVED]->(x:Outcome) RETURN DISTINCT x.name AS name ORDER BY name } AS outcomes,
     COLLECT { MATCH (o)-[:ACHIEVED]->(x:Outcome) RETURN DISTINCT x.name AS name ORDER BY name } AS other_outcomes
RETURN c.name AS case, d.title AS document, o.name AS other, e.title AS other_document,
       c.account = o.account AS counted_as_one, s.method AS method, s.score AS score,
       CASE WHEN coalesce(c.title, '') <> coalesce(o.title, '') THEN ['title'] ELSE [] END
       + CASE WHEN coalesce(c.started, '') <> coalesce(o.started, '') THEN ['started'] ELSE [] END
       + CASE WHEN coalesce(k.id, '') <> coalesce(l.id, '') THEN ['practice'] ELSE [] END
       + CASE WHEN owners <> other_owners THEN ['unions'] ELSE [] END
       + CASE WHEN types <> other_types THEN ['practice_types'] ELSE [] END
       + CASE WHEN outcomes <> other_outcomes THEN ['outcomes'] ELSE [] END AS differs,
       [x IN [c, o] WHERE x.quotes IS NOT NULL] AS evidence
ORDER BY score DESC, s.id;
