// ---
// zh: 同一指标下，某年以前与以后开始的案例各有哪些数值？（并排列出，不求平均；一则案例只归一边，早晚分不清的另列；常规工作不分早晚）
// en: Under the same indicator, which values do accounts give that began by a year, and which those that began later? (Lists side by side, no averages; an account, wherever printed, stands on one side, or apart where it may be either; routine work has no early and late.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   year: {type: integer, default: 2017, zh: 到这一年年底为早，之后为晚, en: "early is by the end of this year, late is after it"}
//   kind: {type: string, optional: true, values: [投入, 产出, 成效, 规模], zh: 种类, en: kind of outcome}
//   both: {type: boolean, default: false, zh: 只列早晚都有的, en: only where both sides have one}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   indicator: {zh: 指标, en: what is measured}
//   unit: {zh: 单位, en: unit}
//   kind: {zh: 种类, en: "kind: 投入 input, 产出 output, 成效 effect, 规模 scale, 未归类 none"}
//   counted: {zh: 时段口径：累计、期内，或未说明, en: "累计 a stock up to a time, 期内 a flow in a period, 未说明 not said"}
//   early: {zh: 不晚于该年开始的案例的数值, en: values of accounts that surely began by that year}
//   early_cases: {zh: 早的案例，次序同上一列, en: "these accounts, in the same order"}
//   late: {zh: 该年以后才开始的案例的数值, en: values of accounts that surely began after it}
//   late_cases: {zh: 晚的案例，次序同上一列, en: "these accounts, in the same order"}
//   either: {zh: 早晚分不清的案例的数值（起始区间跨过年底、没有时间，或几处刊印的说法不一）, en: "values of accounts that may be either: the interval of the beginning crosses the end of the year, there is no date, or printings differ"}
//   either_cases: {zh: 早晚分不清的案例，次序同上一列, en: "these accounts, in the same order"}
// leaves_out: [undated, unbounded]
// example: unionkg query run results.early_and_late -p practice_type=区域/园区/楼宇联合工会 -p year=2017
// ---
MATCH (:PracticeType {name: $practice_type, routine: false})<-[p:APPLIED]-(c:PracticeCase)
WITH c.account AS account, min(c.name) AS name, min(p.not_after) AS upper, max(p.not_before) AS lower, collect(c) AS printings
WITH account, name, printings,
     CASE WHEN upper <= toString($year) + '-12-31' AND coalesce(lower, '') <= toString($year) + '-12-31' THEN 'early'
          WHEN lower > toString($year) + '-12-31' AND coalesce(upper, '~') > toString($year) + '-12-31' THEN 'late'
          ELSE 'either' END AS side
UNWIND printings AS c
MATCH (c)-[:ACHIEVED]->(o:Outcome)
WHERE $kind IS NULL OR o.kind = $kind
WITH side, account, name, o.indicator AS indicator, o.unit AS unit,
     coalesce(o.kind, '未归类') AS kind, CASE WHEN o.cumulative IS NULL THEN '未说明' WHEN o.cumulative THEN '累计' ELSE '期内' END AS counted,
     o.period AS period, o.value AS value, min(o.id) AS id
ORDER BY account, coalesce(period, ''), value, id
WITH indicator, unit, kind, counted,
     collect(CASE side WHEN 'early' THEN value END) AS early, collect(CASE side WHEN 'early' THEN name END) AS early_cases,
     collect(CASE side WHEN 'late' THEN value END) AS late, collect(CASE side WHEN 'late' THEN name END) AS late_cases,
     collect(CASE side WHEN 'either' THEN value END) AS either, collect(CASE side WHEN 'either' THEN name END) AS either_cases,
     // Of each side some.
     collect(CASE side WHEN 'early' THEN id END)[..4] + collect(CASE side WHEN 'late' THEN id END)[..4]
       + collect(CASE side WHEN 'either' THEN id END)[..2] AS ids
WITH *, CASE WHEN size(early) > 0 AND size(late) > 0 THEN 0 ELSE 1 END AS one_sided
WHERE size(early) + size(late) > 0 AND (NOT $both OR one_sided = 0)
WITH *
ORDER BY one_sided, indicator, unit, kind, counted
LIMIT $limit
RETURN indicator, unit, kind, counted, early, early_cases, late, late_cases, either, either_cases,
       COLLECT { UNWIND ids AS i MATCH (o:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY o.id }
       + COLLECT {
           UNWIND ids AS i
           MATCH (:Outcome {id: i})<-[:ACHIEVED]-(:PracticeCase)-[p:APPLIED]->(:PracticeType {name: $practice_type})
           RETURN DISTINCT p ORDER BY p.id LIMIT 10
         } AS evidence
ORDER BY one_sided, indicator, unit, kind, counted;
