// ---
// zh: 一家工会在哪些案例里出现，担任什么角色？
// en: In which accounts does a union appear, and in which role?
// parameters:
//   name: {type: string, values: unions, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
//   role: {type: string, optional: true, values: [INITIATED, SUPERVISED, JOINED, ESTABLISHED, MENTIONS], zh: 只看一种角色, en: only one role}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会, en: the union}
//   printed: {zh: 该案例中的写法（几处刊印的取最前一处）, en: "its name as this account prints it, in the first of its printings"}
//   role: {zh: 角色, en: "role: INITIATED, SUPERVISED, JOINED, ESTABLISHED, MENTIONS"}
//   case: {zh: 案例（几处刊印的同一则只列一次）, en: the account; one printed several times is one row}
//   practice: {zh: 案例的主做法, en: the main practice of the account}
//   started: {zh: 案例写明的起始时间, en: "when the main practice began, if the account says so"}
// example: unionkg query run organisation.cases_of_union -p name=总工会
// ---
MATCH (u:TradeUnion)
WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name)
WITH u
ORDER BY u.name, u.id
// In order, so that no more unions are looked at than rows are wanted.
WITH u
WHERE EXISTS { MATCH (u)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(:PracticeCase) WHERE $role IS NULL OR type(s) = $role }
LIMIT $limit
MATCH (u)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(c:PracticeCase)
WHERE $role IS NULL OR type(s) = $role
WITH u, s, c
ORDER BY c.document, c.first_line, c.id, s.id
WITH u, type(s) AS role, c.account AS account, collect(s.printed)[0] AS printed, collect(c)[0] AS c, collect(s)[..10] AS ties
ORDER BY u.name, u.id, role, c.document, c.first_line, c.id
LIMIT $limit
OPTIONAL MATCH (c)-[i:INTRODUCED]->(k:Practice)
RETURN u.name AS union, printed, role, c.name AS case, k.name AS practice, c.started AS started,
       ties + CASE WHEN i IS NULL THEN [] ELSE [i] END + CASE WHEN c.started IS NULL THEN [] ELSE [c] END AS evidence
ORDER BY union, u.id, role, c.document, c.first_line, c.id;
