// ---
// zh: 用到某类做法的案例里，哪些数字自相矛盾？（部分大于整体、同一时段同一指标有两个数、增幅与前后数值不符、比率超过百分之百；只比口径写明相同的数；只标出，不改正，请对照原文）
// en: Which figures of accounts of a practice type do not add up? (A part above its whole, two values of one indicator in one period, a growth that does not fit before and after, a rate above 100 %. Only figures whose scope is said to be the same are compared. Flagged, not corrected; see the words.)
// parameters:
//   practice_type: {type: string, default: 法律援助与咨询, values: practice_types, zh: 做法类型, en: practice type}
//   check: {type: string, optional: true, values: [部分大于整体, 同一指标两个数, 增幅不符, 比率超过百分之百], zh: 只看这一种, en: only this check}
// columns:
//   check: {zh: "哪里对不上。同一指标两个数：指标、单位、时段、累计或期内、出自何人、属于哪个整体都相同；写“至今”、没写时段或没写是否累计的不比。部分大于整体、增幅不符：两数写明的时段不同的不比。约数差一成以内不算", en: "部分大于整体 part above whole and 增幅不符 growth does not fit: not where the two state different periods; 同一指标两个数 two values of one indicator, unit, period, kind of period, sayer and whole, never where the period or whether it is cumulative is left open; 比率超过百分之百 rate above 100 %. Approximate figures count only from a tenth apart"}
//   case: {zh: 案例, en: the account}
//   unit: {zh: 单位, en: unit}
//   indicator: {zh: 指标, en: indicator}
//   value: {zh: 数值, en: its value}
//   period: {zh: 时段, en: its period}
//   other_indicator: {zh: 与之对不上的指标, en: the indicator that it does not fit}
//   other_value: {zh: 它的数值, en: that value}
//   other_unit: {zh: 它的单位, en: its unit}
// needs: {zh: 要有对不上的数字；没有行是好事, en: figures that do not add up; no rows are good news}
// example: unionkg query run results.contradictions -p practice_type=法律援助与咨询
// ---
MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[a:ACHIEVED]->(o:Outcome)
WITH c, o, a.starts[0] AS place,
     CASE WHEN o.period IS NOT NULL AND o.cumulative IS NOT NULL
          THEN o.indicator + '|' + o.unit + '|' + o.period + '|' + toString(o.cumulative) + '|' + coalesce(o.claimed_by, '') END AS scope,
     o.unit = '%' AND o.value > 100 AND o.indicator ENDS WITH '率' AND NOT o.indicator CONTAINS '增' AND NOT o.indicator CONTAINS '完成' AS above
ORDER BY o.id
WITH c.account AS account, min(c.name) AS case,
     collect({id: o.id, indicator: o.indicator, unit: o.unit, value: o.value, baseline: o.baseline, whole: o.subset_of,
              period: o.period, stock: o.cumulative, rough: o.approximate, scope: scope, above: above,
              place: place, printing: c.id}) AS figures
// Only figures that a check begins at are put beside the others of their account.
UNWIND [f IN figures WHERE f.above OR f.whole IS NOT NULL OR f.scope IS NOT NULL OR f.baseline > 0] AS one
UNWIND figures AS other
WITH account, case, one, other, CASE WHEN one.rough OR other.rough THEN 1.1 ELSE 1.0 END AS slack,
     coalesce(one.period = other.period, true) AS meeting
WITH account, case, one, other,
     CASE WHEN one.id = other.id THEN CASE WHEN one.above THEN '比率超过百分之百' END
          WHEN one.whole = other.id AND one.unit = other.unit AND meeting AND coalesce(one.stock = other.stock, true)
               AND one.value > other.value * slack THEN '部分大于整体'
          WHEN one.scope = other.scope AND coalesce(one.whole, '') = coalesce(other.whole, '') AND one.value * slack < other.value
          THEN '同一指标两个数'
          WHEN one.baseline > 0 AND one.unit <> '%' AND other.unit = '%' AND other.indicator STARTS WITH one.indicator
               AND (other.indicator CONTAINS '增' OR other.indicator CONTAINS '升' OR other.indicator CONTAINS '提高')
               AND meeting AND (one.period = other.period OR (one.printing = other.printing AND abs(one.place - other.place) < 60))
               AND abs((one.value - one.baseline) / one.baseline * 100 - other.value) > CASE WHEN slack > 1 THEN 10 ELSE 1 END
          THEN '增幅不符' END AS check
WHERE check IS NOT NULL AND ($check IS NULL OR check = $check)
WITH account, case, check, one.indicator AS indicator, one.unit AS unit, one.value AS value, one.period AS period,
     other.indicator AS other_indicator, other.value AS other_value, other.unit AS other_unit, collect(one.id) + collect(other.id) AS ids
RETURN check, case, unit, indicator, value, period,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_indicator END AS other_indicator,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_value END AS other_value,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_unit END AS other_unit,
       COLLECT {
         UNWIND ids AS i
         MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase)
         RETURN DISTINCT a ORDER BY a.id LIMIT 20
       } AS evidence
ORDER BY check, account, indicator, value, other_value, coalesce(period, '');
