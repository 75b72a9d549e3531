// ---
// zh: 一家工会的上级是谁？（目前只有块，即地方上下级，由名称和区划代码推得；条，即产业、集团系统，尚未收录，没有行不等于没有条上的上级）
// en: Who stands above a union? (So far only 块, the territorial line, from names and codes; 条, the industrial and corporate line, is not read yet, so no row does not mean no such superior.)
// parameters:
//   union: {type: string, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
// columns:
//   union: {zh: 工会, en: the union}
//   line: {zh: 隶属线；目前只有 territorial（块）, en: "line: so far only territorial (块)"}
//   steps: {zh: 隔几级（只算图中有的工会）, en: steps upwards among the unions of the graph}
//   superior: {zh: 上级工会, en: the superior}
//   level: {zh: 上级的层级, en: level of the superior}
// example: unionkg query run organisation.superiors -p union=总工会
// ---
MATCH path = (u:TradeUnion)-[:SUBORDINATE_TO*1..5]->(s:TradeUnion)
WHERE u.name CONTAINS $union OR u.canonical CONTAINS $union
WITH u, s, length(path) AS steps, relationships(path) AS ties
RETURN u.name AS union, ties[0].line AS line, steps, s.name AS superior, s.level AS level
ORDER BY union, u.id, line, steps, superior;
