// ---
// zh: 各案例新建了哪些工会，是什么类型？
// en: Which unions did the practices set up, and of what type?
// columns:
//   founded: {zh: 新建的工会, en: the union that was set up}
//   type: {zh: 类型, en: its type}
//   level: {zh: 层级, en: its level}
//   by: {zh: 由谁的案例, en: whose account}
//   case: {zh: 案例, en: the account}
//   quotes: {zh: 原文, en: the words}
// example: unionkg query run organisation.founded
// ---
MATCH (c:PracticeCase)-[e:ESTABLISHED]->(n:TradeUnion)
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, e, n, u
ORDER BY u.name
WITH c, e, n, collect(u.name) AS owners
RETURN n.name AS founded, n.type AS type, n.level AS level, owners AS `by`, c.name AS case, e.quotes AS quotes
ORDER BY type, founded, n.id, c.id;
