// ---
// zh: 图中有哪些工会（名录），各有多少案例？
// en: Which unions are in the graph (a directory), and how many accounts are theirs?
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
//   region: {type: string, optional: true, values: regions, zh: 所在地区（含下级和历史区划）, en: "where it is based, with all below it and what became part of it"}
//   level: {type: string, optional: true, values: union_levels.key, zh: 层级, en: level}
//   type: {type: string, optional: true, values: union_types.key, zh: 类型, en: type}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会（按最常见的写法）, en: "the union, as printed most"}
//   canonical: {zh: 规范全称, en: full official name}
//   level: {zh: 层级, en: level}
//   type: {zh: 类型, en: type}
//   region: {zh: 所在地区（按区划代码排列，不是名次）, en: "where it is based; rows are in the order of codes, which is no ranking"}
//   cases: {zh: 本工会的案例数（几处刊印的同一则只算一次）, en: accounts that are its own; one printed several times counts once}
//   in_other_roles: {zh: 作为上级、伙伴、新建或被提及的案例数, en: "accounts in which it has another role"}
// example: unionkg query run organisation.unions -p region=上海市 -p level=county
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (u:TradeUnion)
WHERE ($name IS NULL OR u.name CONTAINS $name OR u.canonical CONTAINS $name
       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
  AND ($region IS NULL OR u.region IN inside)
  AND ($level IS NULL OR u.level = $level) AND ($type IS NULL OR u.type = $type)
WITH u
ORDER BY coalesce(u.region, '~'), u.name, u.id
LIMIT $limit
OPTIONAL MATCH (u)-[i:INITIATED]->(c:PracticeCase)
WITH u, i, c
ORDER BY i.id
WITH u, count(DISTINCT c.account) AS cases, collect(i)[..20] AS own
OPTIONAL MATCH (u)-[s:SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(o:PracticeCase)
WITH u, cases, own, s, o
ORDER BY s.id
WITH u, cases, own, count(DISTINCT o.account) AS others, collect(s)[..20] AS other_ties
OPTIONAL MATCH (u)-[:BASED_IN]->(r:Region)
RETURN u.name AS union, u.canonical AS canonical, u.level AS level, u.type AS type, r.full_name AS region,
       cases, others AS in_other_roles, (own + other_ties)[..20] AS evidence
ORDER BY coalesce(u.region, '~'), union, u.id;
