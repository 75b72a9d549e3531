// ---
// zh: 图中有哪些工会，各有多少案例？
// en: Which unions are in the graph, and how many accounts are theirs?
// parameters:
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会（按最常见的写法）, en: "the union, as printed most"}
//   canonical: {zh: 规范全称, en: full official name}
//   level: {zh: 层级, en: level}
//   type: {zh: 类型, en: type}
//   region: {zh: 所在地区, en: where it is based}
//   cases: {zh: 本工会的案例数（几处刊印的同一则只算一次）, en: accounts that are its own; one printed several times counts once}
//   in_other_roles: {zh: 作为上级、伙伴、新建或被提及的案例数, en: "accounts in which it has another role"}
// example: unionkg query run organisation.unions -p limit=20
// ---
MATCH (u:TradeUnion)
OPTIONAL MATCH (u)-[:INITIATED]->(c:PracticeCase)
WITH u, count(DISTINCT c.account) AS cases
OPTIONAL MATCH (u)-[:SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(o:PracticeCase)
WITH u, cases, count(DISTINCT o.account) AS others
OPTIONAL MATCH (u)-[:BASED_IN]->(r:Region)
RETURN u.name AS union, u.canonical AS canonical, u.level AS level, u.type AS type, r.full_name AS region,
       cases, others AS in_other_roles
ORDER BY cases DESC, in_other_roles DESC, union, u.id
LIMIT $limit;
