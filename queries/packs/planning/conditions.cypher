// ---
// zh: 借鉴某类做法要有什么条件：各案例写明的投入（人、财、物）、制度文件、平台、协同单位、上级和伙伴工会有哪些？
// en: What does it take to do likewise? What accounts of a practice type name as inputs (people, money, things), rules, platforms, partners, superior and partner unions.
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   role: {type: string, optional: true, values: [main, part], zh: 这类做法在案例中是主做法（main）还是其中一部分（part）, en: "whether the type is what the account's main practice is an instance of, or a part"}
//   condition: {type: string, optional: true, values: [投入, 制度, 平台, 协同单位, 上级工会, 伙伴工会], zh: 只看这一种条件, en: only this kind of condition}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   condition: {zh: 条件, en: "投入 inputs, 制度 rules, 平台 platforms, 协同单位 other bodies, 上级工会 superior unions, 伙伴工会 partner unions"}
//   what: {zh: 是什么（同名的合在一起）, en: "what it is; things of one name are taken together"}
//   type: {zh: 人、财、物；单位类型；工会层级, en: "人 people, 财 money, 物 things; type of body; level of union"}
//   accounts: {zh: 写到它的案例数（几处刊印的同一则只算一次）, en: accounts that name it; one printed several times counts once}
//   cases: {zh: 这些案例, en: these accounts}
// leaves_out: [unplaced]
// example: unionkg query run planning.conditions -p practice_type=工会驿站/户外劳动者服务站
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE ($role IS NULL OR p.role = $role)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
MATCH (c)-[s:ACHIEVED|CITED|USED|SUPPORTED|SUPERVISED|JOINED]-(n)
WHERE type(s) <> 'ACHIEVED' OR n.kind = '投入'
WITH c, s, n, CASE type(s) WHEN 'ACHIEVED' THEN '投入' WHEN 'CITED' THEN '制度' WHEN 'USED' THEN '平台'
                           WHEN 'SUPPORTED' THEN '协同单位' WHEN 'SUPERVISED' THEN '上级工会' ELSE '伙伴工会' END AS condition
WHERE $condition IS NULL OR condition = $condition
WITH DISTINCT c, s, condition, n.name AS what,
     CASE condition WHEN '投入' THEN CASE WHEN n.unit STARTS WITH '人' THEN '人' WHEN n.unit ENDS WITH '元' THEN '财' ELSE '物' END
                    WHEN '协同单位' THEN n.type WHEN '上级工会' THEN n.level WHEN '伙伴工会' THEN n.level END AS type
ORDER BY c.name, s.id
WITH condition, what, type, count(DISTINCT c.account) AS accounts, collect(DISTINCT c.name) AS cases, collect(s)[..20] AS said
RETURN condition, what, type, accounts, cases[..10] AS cases, said AS evidence
ORDER BY CASE condition WHEN '投入' THEN 1 WHEN '制度' THEN 2 WHEN '平台' THEN 3 WHEN '协同单位' THEN 4 WHEN '上级工会' THEN 5
                        ELSE 6 END, accounts DESC, what, coalesce(type, '')
LIMIT $limit;
