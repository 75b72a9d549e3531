// ---
// zh: 哪些名称没有对应到工会、地区或单位？
// en: Which names could not be resolved to a union, region or body?
// columns:
//   name: {zh: 名称, en: the name}
//   as: {zh: 出现为哪种关系的另一端, en: the kind of relationship whose end it is}
//   times: {zh: 提到它的案例数（一个案例印在几份文献里只算一次）, en: "accounts that name it (one that several documents print counts once)"}
//   cases: {zh: 案例, en: the accounts}
// example: unionkg query run organisation.unresolved
// ---
MATCH (c:PracticeCase)-[s]->(n:UnresolvedName)
WITH n, s, c
ORDER BY c.name
RETURN n.name AS name, type(s) AS `as`, count(DISTINCT c.account) AS times, collect(DISTINCT c.name) AS cases
ORDER BY times DESC, name, `as`;
