// ---
// zh: 哪些成效写明了从多少到多少？（同一案例、同一指标的前后数值）
// en: Which outcomes say from what to what? (Before and after of one indicator in one account.)
// parameters:
//   practice_type: {type: string, default: 区域/园区/楼宇联合工会, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   indicator: {zh: 指标, en: what is measured}
//   unit: {zh: 单位, en: unit}
//   baseline: {zh: 原来的数值, en: before}
//   value: {zh: 后来的数值, en: after}
//   direction: {zh: 升、降或持平, en: "升 rose, 降 fell, 持平 stayed"}
//   period: {zh: 时段, en: period}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   regions: {zh: 地区, en: where it took place}
// example: unionkg query run results.before_and_after -p practice_type=区域/园区/楼宇联合工会
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[:ACHIEVED]->(o:Outcome)
WHERE o.baseline IS NOT NULL
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
WITH o.indicator AS indicator, o.unit AS unit, o.baseline AS baseline, o.value AS value, o.period AS period,
     c.account AS account, min(o.id) AS first, collect(DISTINCT o.id) AS ids
ORDER BY indicator, unit, account, baseline, value, coalesce(period, '')
LIMIT $limit
MATCH (:Outcome {id: first})<-[:ACHIEVED]-(c:PracticeCase)
RETURN indicator, unit, baseline, value,
       CASE WHEN value > baseline THEN '升' WHEN value < baseline THEN '降' ELSE '持平' END AS direction, period,
       c.name AS case,
       COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.name ORDER BY u.name, u.id } AS unions,
       COLLECT { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) RETURN r.full_name ORDER BY r.code } AS regions,
       (COLLECT { UNWIND ids AS i MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY a.id LIMIT 20 }
        + COLLECT { MATCH (:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY i.id }
        + COLLECT { MATCH (c)-[x:TOOK_PLACE_IN]->(:Region) RETURN x ORDER BY x.id })[..20] AS evidence
ORDER BY indicator, unit, account, baseline, value, coalesce(period, '');
