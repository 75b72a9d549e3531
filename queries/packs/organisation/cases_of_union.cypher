// ---
// zh: 一家工会在哪些案例里出现，担任什么角色？
// en: In which accounts does a union appear, and in which role?
// parameters:
//   union: {type: string, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
// columns:
//   union: {zh: 工会, en: the union}
//   role: {zh: 角色, en: "role: INITIATED, SUPERVISED, JOINED, ESTABLISHED, MENTIONS"}
//   case: {zh: 案例, en: the account}
//   document: {zh: 文献, en: the document}
//   line: {zh: 首行, en: first line in the document}
//   quotes: {zh: 原文, en: the words}
// example: unionkg query run organisation.cases_of_union -p union=总工会
// ---
MATCH (u:TradeUnion)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(c:PracticeCase)-[:REPORTED_IN]->(d:Document)
WHERE u.name CONTAINS $union OR u.canonical CONTAINS $union OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $union)
RETURN u.name AS union, type(s) AS role, c.name AS case, d.title AS document, c.first_line AS line, s.quotes AS quotes
ORDER BY union, u.id, role, document, line, c.id;
