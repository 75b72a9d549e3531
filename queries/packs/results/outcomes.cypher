// ---
// zh: 用到某类做法的案例，有哪些带数字的成效？（按指标、单位、种类、时段口径分列，不相加、不平均；成效属于整则案例，未必都由这类做法带来）
// en: Which quantified outcomes do accounts of a practice type give? (Apart by indicator, unit, kind and type of period, never added or averaged. An outcome belongs to the whole account, not to this practice type alone.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   role: {type: string, optional: true, values: [main, part], zh: 这类做法在案例中是主做法（main）还是其中一部分（part）, en: "whether the type is what the account's main practice is an instance of, or a part"}
//   kind: {type: string, optional: true, values: [投入, 产出, 成效, 规模], zh: 种类, en: kind of outcome}
//   words: {type: string, optional: true, zh: 指标中含有的字, en: words that the indicator contains}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   role: {zh: 这类做法在案例中的角色（main 主做法、part 其中一部分）, en: "role of the practice type in the account: main or part"}
//   indicator: {zh: 指标, en: what is measured}
//   unit: {zh: 单位, en: its unit}
//   kind: {zh: 种类, en: "kind: 投入 input, 产出 output, 成效 effect, 规模 scale, 未归类 none"}
//   counted: {zh: 时段口径：累计、期内，或未说明, en: "累计 a stock up to a time, 期内 a flow in a period, 未说明 not said"}
//   period: {zh: 时段, en: period}
//   value: {zh: 数值, en: the value}
//   approximate: {zh: 是否约数, en: whether it is approximate}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   regions: {zh: 地区, en: where it took place}
// leaves_out: [unplaced]
// example: unionkg query run results.outcomes -p practice_type=工会驿站/户外劳动者服务站
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE ($role IS NULL OR p.role = $role)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
MATCH (c)-[:ACHIEVED]->(o:Outcome)
WHERE ($kind IS NULL OR o.kind = $kind) AND ($words IS NULL OR o.indicator CONTAINS $words)
WITH p.role AS role, o.indicator AS indicator, o.unit AS unit, coalesce(o.kind, '未归类') AS kind,
     CASE WHEN o.cumulative IS NULL THEN '未说明' WHEN o.cumulative THEN '累计' ELSE '期内' END AS counted,
     o.period AS period, o.value AS value, o.approximate AS approximate, c.account AS account,
     min(o.id) AS first, collect(o.id) AS ids
ORDER BY role, indicator, unit, kind, counted, coalesce(period, ''), account, value, approximate
LIMIT $limit
MATCH (:Outcome {id: first})<-[:ACHIEVED]-(c:PracticeCase)
RETURN role, indicator, unit, kind, counted, period, value, approximate, c.name AS case,
       COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.name ORDER BY u.name, u.id } AS unions,
       COLLECT { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) RETURN r.full_name ORDER BY r.code } AS regions,
       (COLLECT { UNWIND ids AS i MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY a.id LIMIT 20 }
        + COLLECT { MATCH (c)-[p:APPLIED {role: role}]->(:PracticeType {name: $practice_type}) RETURN p ORDER BY p.id }
        + COLLECT { MATCH (:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY i.id }
        + COLLECT { MATCH (c)-[x:TOOK_PLACE_IN]->(:Region) RETURN x ORDER BY x.id })[..20] AS evidence
ORDER BY role, indicator, unit, kind, counted, coalesce(period, ''), account, value, approximate;
