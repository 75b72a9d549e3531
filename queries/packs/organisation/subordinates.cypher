// ---
// zh: 一家工会之下有哪些工会？（块、条分列；只算图中有的工会，不是全部下级；中间一级图中没有的，隔级的也列在这里）
// en: Which unions stand next under a union? (块 and 条 apart; only among the unions of the graph, so not all there are, and one whose direct superior is not in the graph stands under the next above.)
// parameters:
//   name: {type: string, values: unions, zh: 上级工会名称（或其中一部分）, en: name of the superior or a part of it}
//   line: {type: string, optional: true, values: [territorial, industrial, corporate], zh: "只看一条线：territorial（块）、industrial（产业）、corporate（企业集团）", en: "only one line: territorial (块), industrial, corporate (条)"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   superior: {zh: 上级工会, en: the superior}
//   line: {zh: "隶属线：territorial（块）、industrial（产业）、corporate（企业集团）", en: "line: territorial (块), industrial, corporate (条)"}
//   union: {zh: 下级工会, en: the union under it}
//   canonical: {zh: 下级的规范全称（“区总工会”这样的写法分不出是哪一家）, en: "its full official name, since one printed as 区总工会 may be any"}
//   level: {zh: 下级的层级, en: its level}
//   type: {zh: 下级的类型, en: its type}
//   basis: {zh: "依据：text（原文）、GB/T 2260（区划代码），或写明它的名称", en: "what it rests on: text, GB/T 2260, or the name that states it"}
//   below: {zh: 它之下还有几家, en: how many stand directly under it in turn}
//   cases: {zh: 它自己的案例数（几处刊印的同一则只算一次）, en: accounts of its own; one printed several times counts once}
// example: unionkg query run organisation.subordinates -p name=上海市总工会
// ---
MATCH (s:TradeUnion)
WHERE s.name CONTAINS $name OR s.canonical CONTAINS $name OR any(a IN coalesce(s.aliases, []) WHERE a CONTAINS $name)
MATCH (s)<-[t:SUBORDINATE_TO]-(u:TradeUnion)
WHERE $line IS NULL OR t.line = $line
WITH s, u, t
ORDER BY t.id
WITH s, u, t.line AS line, CASE WHEN t.case_id IS NULL THEN t.source ELSE 'text' END AS basis,
     collect(CASE WHEN t.quotes IS NOT NULL THEN t END)[..20] AS stated
ORDER BY s.name, s.id, line, u.name, u.id, basis
LIMIT $limit
OPTIONAL MATCH (u)<-[:SUBORDINATE_TO]-(v:TradeUnion)
WITH s, u, line, basis, stated, count(DISTINCT v) AS below
OPTIONAL MATCH (u)-[:INITIATED]->(c:PracticeCase)
WITH s, u, line, basis, stated, below, count(DISTINCT c.account) AS cases
RETURN s.name AS superior, line, u.name AS union, u.canonical AS canonical, u.level AS level, u.type AS type,
       basis, below, cases,
       // The line of a code is said nowhere; what is, is that there is such a union.
       stated[..10] + COLLECT {
         MATCH (u)-[m:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(:PracticeCase)
         RETURN m ORDER BY m.id LIMIT 10
       } AS evidence
ORDER BY superior, s.id, line, union, u.id, basis;
