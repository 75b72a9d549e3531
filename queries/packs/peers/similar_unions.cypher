// ---
// zh: 与一家工会做法类型最相近的是哪些工会？（只比资料里有记载的、非常规的类型；没有记载不等于没有做）
// en: Which unions have the most similar set of practice types? (Recorded, non-routine types only; no record is no absence.)
// parameters:
//   name: {type: string, values: unions, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
//   min_shared: {type: integer, default: 2, zh: 至少共有几类, en: at least so many types in common}
//   limit: {type: integer, default: 20, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会, en: the union}
//   peer: {zh: 相近的工会, en: the similar union}
//   peer_level: {zh: 其层级, en: its level}
//   shared: {zh: 都有记载的类型, en: types that both have}
//   only_union: {zh: 只见于前者的类型, en: types recorded of the first only}
//   only_peer: {zh: 只见于后者的类型（可供借鉴）, en: types recorded of the second only}
//   jaccard: {zh: 相似度（共有类型数除以合计类型数，0 到 1）, en: "Jaccard similarity, 0 to 1: types in common by types in all"}
// example: unionkg query run peers.similar_unions -p name=虹口区欧阳路街道总工会
// ---
MATCH (u:TradeUnion)
WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name)
MATCH (u)-[:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH u, collect(t) AS own
UNWIND own AS t
MATCH (v:TradeUnion)-[:ADOPTED]->(t)
WHERE v.id <> u.id
WITH u, own, v, count(t) AS common
WHERE common >= $min_shared
MATCH (v)-[:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH u, own, v, common, count(t) AS theirs
WITH u, own, v, floor(1000.0 * common / (size(own) + theirs - common) + 0.5) / 1000 AS jaccard
ORDER BY u.name, u.id, jaccard DESC, v.name, v.id
LIMIT $limit
MATCH (v)-[a:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH u, own, v, jaccard, a, t
ORDER BY t.name
WITH u, own, v, jaccard, collect(t) AS theirs, collect({type: t, cases: a.cases}) AS taken
UNWIND own AS t
WITH u, v, jaccard, theirs, taken, t
ORDER BY t.name
WITH u, v, jaccard, collect(t) AS own, theirs, taken
WITH u, v, jaccard, own, theirs, [x IN taken WHERE x.type.id IN [t IN own | t.id]] AS taken
UNWIND taken AS one
UNWIND one.cases AS id
MATCH (:PracticeCase {id: id})-[p:APPLIED]->(:PracticeType {id: one.type.id})
WITH u, v, jaccard, own, theirs, p
ORDER BY p.id
WITH u, v, jaccard, own, theirs, collect(DISTINCT p)[..20] AS evidence
RETURN u.name AS union, v.name AS peer, v.level AS peer_level,
       [t IN own WHERE t.id IN [x IN theirs | x.id] | t.name] AS shared,
       [t IN own WHERE NOT t.id IN [x IN theirs | x.id] | t.name] AS only_union,
       [t IN theirs WHERE NOT t.id IN [x IN own | x.id] | t.name] AS only_peer, jaccard, evidence
ORDER BY union, u.id, jaccard DESC, peer, v.id;
