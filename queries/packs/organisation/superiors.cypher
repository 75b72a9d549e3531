// ---
// zh: 一家工会的上级是谁？块（地方）与条（产业、集团）分列。
// en: Who stands above a union? 块 (territorial) and 条 (industrial, corporate) apart.
// parameters:
//   union: {type: string, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
// columns:
//   union: {zh: 工会, en: the union}
//   line: {zh: 条块, en: "territorial (块), industrial or corporate (条)"}
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
