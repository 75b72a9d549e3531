// ---
// zh: 一家工会的上级是谁？（块，即地方上下级，由名称和区划代码推得，原文另有说明的以原文为准；条，即产业、集团系统，只取原文或名称写明的，没有行不等于没有条上的上级；只算图中有的工会）
// en: Who stands above a union? (块, the territorial line, from names and codes, unless a text says otherwise; 条, the industrial and corporate line, only where a text or a name states it, so no row does not mean no such superior; only among the unions of the graph.)
// parameters:
//   union: {type: string, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
// columns:
//   union: {zh: 工会, en: the union}
//   line: {zh: "第一步的隶属线：territorial（块）、industrial（产业）、corporate（企业集团）", en: "line of the first step: territorial (块), industrial, corporate (条)"}
//   steps: {zh: 隔几级（只算图中有的工会）, en: steps upwards among the unions of the graph}
//   superior: {zh: 上级工会, en: the superior}
//   basis: {zh: "第一步的依据：text（原文）、GB/T 2260（区划代码），或写明它的名称", en: "what the first step rests on: text, GB/T 2260, or the name that states it"}
//   level: {zh: 上级的层级, en: level of the superior}
// example: unionkg query run organisation.superiors -p union=总工会
// ---
MATCH path = (u:TradeUnion)-[:SUBORDINATE_TO*1..5]->(s:TradeUnion)
WHERE u.name CONTAINS $union OR u.canonical CONTAINS $union
WITH u, s, length(path) AS steps, relationships(path)[0] AS first
WITH DISTINCT u, s, steps, first.line AS line,
     CASE WHEN first.case_id IS NULL THEN first.source ELSE 'text' END AS basis
RETURN u.name AS union, line, steps, s.name AS superior, basis, s.level AS level
ORDER BY union, u.id, line, steps, superior;
