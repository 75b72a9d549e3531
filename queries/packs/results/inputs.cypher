// ---
// zh: 用到某类做法的案例投入了多少人、财、物？（只列文中写明的数字，不合计）
// en: What do accounts of a practice type put in, people, money, things? (Figures as stated, not added up.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   role: {type: string, optional: true, values: [main, part], zh: 这类做法在案例中是主做法（main）还是其中一部分（part）, en: "whether the type is what the account's main practice is an instance of, or a part"}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   resource: {zh: 人、财、物（按单位分）, en: "人 people, 财 money, 物 things and the rest, told by the unit"}
//   indicator: {zh: 投入了什么, en: what was put in}
//   value: {zh: 数值, en: the value}
//   unit: {zh: 单位, en: unit}
//   approximate: {zh: 是否约数, en: whether it is approximate}
//   counted: {zh: 时段口径：累计、期内，或未说明, en: "累计 a stock up to a time, 期内 a flow in a period, 未说明 not said"}
//   period: {zh: 时段, en: period}
//   role: {zh: 这类做法在案例中的角色（main 主做法、part 其中一部分）, en: "role of the practice type in the account: main or part"}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   regions: {zh: 地区, en: where it took place}
// example: unionkg query run results.inputs -p practice_type=工会经费管理
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE ($role IS NULL OR p.role = $role)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
MATCH (c)-[:ACHIEVED]->(o:Outcome {kind: '投入'})
WITH CASE WHEN o.unit STARTS WITH '人' THEN '人' WHEN o.unit ENDS WITH '元' THEN '财' ELSE '物' END AS resource,
     o.indicator AS indicator, o.unit AS unit, CASE WHEN o.cumulative IS NULL THEN '未说明' WHEN o.cumulative THEN '累计' ELSE '期内' END AS counted,
     o.period AS period, o.value AS value, o.approximate AS approximate, p.role AS role, c.account AS account,
     min(o.id) AS first, collect(o.id) AS ids
ORDER BY resource, role, indicator, unit, account, value, counted, coalesce(period, ''), approximate
LIMIT $limit
MATCH (:Outcome {id: first})<-[:ACHIEVED]-(c:PracticeCase)
RETURN resource, indicator, value, unit, approximate, counted, period, role, c.name AS case,
       COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.name ORDER BY u.name, u.id } AS unions,
       COLLECT { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) RETURN r.full_name ORDER BY r.code } AS regions,
       (COLLECT { UNWIND ids AS i MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY a.id LIMIT 20 }
        + COLLECT { MATCH (c)-[p:APPLIED {role: role}]->(:PracticeType {name: $practice_type}) RETURN p ORDER BY p.id }
        + COLLECT { MATCH (:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY i.id }
        + COLLECT { MATCH (c)-[x:TOOK_PLACE_IN]->(:Region) RETURN x ORDER BY x.id })[..20] AS evidence
ORDER BY resource, role, indicator, unit, account, value, counted, coalesce(period, ''), approximate;
