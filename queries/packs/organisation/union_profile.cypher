// ---
// zh: 一家工会是什么情况？（名称、地区、上下级、案例、做法、服务对象、伙伴、荣誉）
// en: What is known of one union? (Names, region, superiors and subordinates, accounts, practices, groups served, partners, honours.)
// parameters:
//   name: {type: string, values: unions, zh: 工会名称（或其中一部分；最多取五家）, en: name of the union or a part of it; at most five unions}
// columns:
//   union: {zh: 工会, en: the union}
//   what: {zh: "哪一方面：canonical 全称、alias 别名、level 层级、type 类型、region 地区、superior_territorial 块上的上级、superior_industrial 和 superior_corporate 条上的上级、subordinate 下级、case 自己的案例、other_role 以其他角色出现的案例、practice 主做法、practice_type 做法类型、theme 领域、target_group 服务对象、partner 合作单位、founded 新建的工会、honour 荣誉", en: "which side of it: names, place, superiors of the territorial line (块) apart from those of the industrial and corporate lines (条), own accounts and those where it has another role, practices …"}
//   value: {zh: 内容, en: what it is}
//   accounts: {zh: 出自几个案例（几处刊印的同一则只算一次；由名称和区划代码推得的上下级为 0）, en: "accounts behind it; one printed several times counts once; none behind superiors that follow from names and codes"}
// example: unionkg query run organisation.union_profile -p name=顾村镇总工会
// ---
MATCH (u:TradeUnion)
WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name)
WITH u
ORDER BY u.name <> $name, size(u.name), u.name, u.id
LIMIT 5
CALL (u) {
  UNWIND [{place: 1, what: 'canonical', value: u.canonical}, {place: 3, what: 'level', value: u.level},
          {place: 4, what: 'type', value: u.type}] AS own
  WITH own
  WHERE own.value IS NOT NULL
  RETURN own.place AS place, own.what AS what, own.value AS value, null AS account, null AS said
  UNION ALL
  UNWIND coalesce(u.aliases, []) AS alias
  RETURN 2 AS place, 'alias' AS what, alias AS value, null AS account, null AS said
  UNION ALL
  MATCH (u)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(c:PracticeCase)
  UNWIND [{place: 1, what: 'canonical', value: CASE WHEN s.canonical = u.canonical THEN u.canonical END},
          {place: 2, what: 'alias', value: CASE WHEN s.printed IN coalesce(u.aliases, []) THEN s.printed END},
          {place: 3, what: 'level', value: CASE WHEN s.level = u.level THEN u.level END},
          {place: 4, what: 'type', value: CASE WHEN s.type = u.type THEN u.type END}] AS own
  WITH own, s, c
  WHERE own.value IS NOT NULL
  RETURN own.place AS place, own.what AS what, own.value AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:BASED_IN]->(r:Region)
  MATCH (u)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(c:PracticeCase)
  WHERE s.region = r.code
  RETURN 5 AS place, 'region' AS what, r.full_name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:BASED_IN]->(r:Region)
  RETURN 5 AS place, 'region' AS what, r.full_name AS value, null AS account, null AS said
  UNION ALL
  MATCH (u)-[s:SUBORDINATE_TO]->(v:TradeUnion)
  RETURN 6 AS place, 'superior_' + s.line AS what, coalesce(v.canonical, v.name) AS value, s.case_id AS account,
         CASE WHEN s.quotes IS NULL THEN null ELSE s END AS said
  UNION ALL
  MATCH (u)<-[s:SUBORDINATE_TO]-(v:TradeUnion)
  RETURN 7 AS place, 'subordinate' AS what, coalesce(v.canonical, v.name) AS value, s.case_id AS account,
         CASE WHEN s.quotes IS NULL THEN null ELSE s END AS said
  UNION ALL
  MATCH (u)-[s:INITIATED]->(c:PracticeCase)
  WITH c.account AS account, min(c.name) AS value, collect(s) AS told
  UNWIND told AS said
  RETURN 8 AS place, 'case' AS what, value, account, said
  UNION ALL
  MATCH (u)-[s:SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(c:PracticeCase)
  WITH c.account AS account, type(s) AS role, min(c.name) AS named, collect(s) AS told
  UNWIND told AS said
  RETURN 9 AS place, 'other_role' AS what, role + '：' + named AS value, account, said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:INTRODUCED]->(o:Practice)
  RETURN 10 AS place, 'practice' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:APPLIED]->(o:PracticeType)
  RETURN 11 AS place, 'practice_type' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:IN_THEME]->(o:Theme)
  RETURN 12 AS place, 'theme' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:SERVED]->(o:TargetGroup)
  RETURN 13 AS place, 'target_group' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)<-[s:SUPPORTED]-(o:Organization)
  RETURN 14 AS place, 'partner' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:ESTABLISHED]->(o:TradeUnion)
  RETURN 15 AS place, 'founded' AS what, o.name AS value, c.account AS account, s AS said
  UNION ALL
  MATCH (u)-[:INITIATED]->(c:PracticeCase)-[s:RECEIVED]->(o:Award)
  RETURN 16 AS place, 'honour' AS what, o.name AS value, c.account AS account, s AS said
}
WITH u, place, what, value, account, said
ORDER BY said.id
WITH u, place, what, value, count(DISTINCT account) AS accounts, collect(DISTINCT said)[..20] AS ties
RETURN u.name AS union, what, value, accounts, ties AS evidence
ORDER BY union, u.id, place, what, value;
