// ---
// zh: 一家工会的上级是谁？（块，即地方上下级，由名称和区划代码推得，原文另有说明的以原文为准；条，即产业、集团系统，只取原文或名称写明的，没有行不等于没有条上的上级；只算图中有的工会）
// en: Who stands above a union? (块, the territorial line, from names and codes, unless a text says otherwise; 条, the industrial and corporate line, only where a text or a name states it, so no row does not mean no such superior; only among the unions of the graph.)
// parameters:
//   name: {type: string, values: unions, zh: 工会名称（或其中一部分）, en: name of the union or a part of it}
//   line: {type: string, optional: true, values: [territorial, industrial, corporate], zh: "只看一条线：territorial（块）、industrial（产业）、corporate（企业集团）", en: "only one line: territorial (块), industrial, corporate (条)"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会, en: the union}
//   line: {zh: "第一步的隶属线：territorial（块）、industrial（产业）、corporate（企业集团）", en: "line of the first step: territorial (块), industrial, corporate (条)"}
//   steps: {zh: 图中隔几级（只算图中有的工会，缺的见“中间缺的地区”）, en: steps upwards among the unions of the graph}
//   superior: {zh: 上级工会, en: the superior}
//   canonical: {zh: 上级的规范全称（“区总工会”这样的写法分不出是哪一家）, en: "its full official name, since one printed as 区总工会 may be any"}
//   level: {zh: 上级的层级, en: level of the superior}
//   via: {zh: 中间的各级, en: the unions between}
//   skipped: {zh: 中间缺的地区（按区划代码在两家之间、其总工会不在图中的各级；原文写明的一步不算）, en: "regions that by their codes lie between two unions of a step and whose own 总工会 is not in the graph; none for a step that a text states"}
//   lines: {zh: 每一步的隶属线, en: the line of every step}
//   basis: {zh: "每一步的依据：text（原文）、GB/T 2260（区划代码），或写明它的名称", en: "what every step rests on: text, GB/T 2260, or the name that states it"}
// example: unionkg query run organisation.superiors -p name=顾村镇总工会
// ---
MATCH (u:TradeUnion)
WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name)
MATCH path = (u)-[:SUBORDINATE_TO*1..5]->(s:TradeUnion)
WHERE $line IS NULL OR relationships(path)[0].line = $line
WITH u, s, relationships(path) AS ties, [n IN nodes(path) | n.name] AS names, [n IN nodes(path) | n.id] AS ids
WITH u, s, names, ids, [t IN ties | t.line] AS lines,
     [t IN ties | CASE WHEN t.case_id IS NULL THEN t.source ELSE 'text' END] AS basis,
     [t IN ties WHERE t.quotes IS NOT NULL] AS stated
// One step may be stated by several accounts: that is one row.
UNWIND CASE WHEN size(stated) = 0 THEN [null] ELSE stated END AS t
WITH u, s, names, ids, lines, basis, t
ORDER BY t.id
WITH u, s, names, ids, lines, basis, collect(DISTINCT t)[..20] AS stated
ORDER BY u.name, u.id, lines[0], size(lines), s.name, s.id, ids, lines, basis
LIMIT $limit
WITH u, s, names, ids, lines, basis, stated,
     {national: 1, provincial: 2, province: 2, prefecture: 3, county: 4, township: 5, community: 6, grassroots: 7} AS ranks
RETURN u.name AS union, lines[0] AS line, size(lines) AS steps, s.name AS superior, s.canonical AS canonical, s.level AS level,
       names[1..size(names) - 1] AS via,
       COLLECT {
         UNWIND range(0, size(lines) - 1) AS i
         MATCH (lower:TradeUnion {id: ids[i]})-[:BASED_IN]->(x:Region)-[w:WITHIN*0..4]->(r:Region)
         MATCH (upper:TradeUnion {id: ids[i + 1]})
         // By the code: 石河子 lies in 新疆, though it belongs to the 兵团 too.
         WHERE basis[i] = 'GB/T 2260' AND substring(r.code, 0, 2) = substring(x.code, 0, 2) AND all(step IN w WHERE step.valid_to IS NULL)
           AND ranks[upper.level] < ranks[r.level] AND ranks[r.level] < ranks[lower.level]
         RETURN r.name ORDER BY i, ranks[r.level] DESC, r.code
       } AS skipped, lines, basis, stated AS evidence
ORDER BY union, u.id, line, steps, superior, s.id, ids, lines, basis;
