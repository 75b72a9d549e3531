// ---
// zh: 一个指标，各案例的数值是多少？（指标可只写一部分，如“建会率”；连同口径、时段、出处一并列出；指标或口径不同的数不可相加、比较）
// en: For one indicator, what does every account give? (A part of its words is enough; with scope, period and who says it; figures of different indicators or scopes are neither added nor compared.)
// parameters:
//   indicator: {type: string, values: indicators, zh: 指标（或其中一部分）, en: what is measured or a part of its words}
//   unit: {type: string, optional: true, values: units, zh: 单位, en: unit}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   indicator: {zh: 指标（原文的整个说法）, en: what is measured as the account words it}
//   unit: {zh: 单位, en: unit}
//   kind: {zh: 种类, en: "kind: 投入 input, 产出 output, 成效 effect, 规模 scale, 未归类 none"}
//   counted: {zh: 时段口径：累计、期内，或未说明, en: "累计 a stock up to a time, 期内 a flow in a period, 未说明 not said"}
//   period: {zh: 时段, en: period}
//   value: {zh: 数值, en: the value}
//   approximate: {zh: 是否约数, en: whether it is approximate}
//   baseline: {zh: 原来的数值, en: the value that it rose or fell from}
//   part_of: {zh: 是哪个数的一部分, en: the figure that it is a part of}
//   said_by: {zh: 数字出自何人之口（空：案例自述）, en: who says so; empty where the account itself does}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   regions: {zh: 地区, en: where it took place}
// example: unionkg query run results.by_indicator -p indicator=发展工会会员
// ---
MATCH (o:Outcome)<-[:ACHIEVED]-(c:PracticeCase)
WHERE o.indicator CONTAINS $indicator AND ($unit IS NULL OR o.unit = $unit)
WITH o.indicator AS indicator, o.unit AS unit, coalesce(o.kind, '未归类') AS kind,
     CASE WHEN o.cumulative IS NULL THEN '未说明' WHEN o.cumulative THEN '累计' ELSE '期内' END AS counted,
     o.period AS period, o.value AS value, o.approximate AS approximate, o.baseline AS baseline,
     o.claimed_by AS said_by, c.account AS account, min(o.id) AS first, collect(o.id) AS ids
ORDER BY indicator, unit, kind, counted, coalesce(period, ''), account, value, approximate, coalesce(baseline, value), coalesce(said_by, '')
LIMIT $limit
MATCH (o:Outcome {id: first})<-[:ACHIEVED]-(c:PracticeCase)
RETURN indicator, unit, kind, counted, period, value, approximate, baseline,
       COLLECT { MATCH (c)-[:ACHIEVED]->(w:Outcome) WHERE w.id = o.subset_of RETURN w.name }[0] AS part_of, said_by, c.name AS case,
       COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.name ORDER BY u.name, u.id } AS unions,
       COLLECT { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) RETURN r.full_name ORDER BY r.code } AS regions,
       (COLLECT { UNWIND ids AS i MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY a.id LIMIT 20 }
        + COLLECT { MATCH (c)-[a:ACHIEVED]->(w:Outcome) WHERE w.id = o.subset_of RETURN a }
        + COLLECT { MATCH (:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY i.id }
        + COLLECT { MATCH (c)-[x:TOOK_PLACE_IN]->(:Region) RETURN x ORDER BY x.id })[..20] AS evidence
ORDER BY indicator, unit, kind, counted, coalesce(period, ''), account, value, approximate, coalesce(baseline, value), coalesce(said_by, '');
