// ---
// zh: 用到某类做法的案例里，哪些数字自相矛盾？（部分大于整体、同一指标有两个数、增幅与前后数值不符、比率超过百分之百；只标出，不改正，请对照原文）
// en: Which figures of accounts of a practice type do not add up? (A part above its whole, two values of one indicator, a growth that does not fit before and after, a rate above 100 %. Flagged, not corrected; see the words.)
// parameters:
//   practice_type: {type: string, default: 法律援助与咨询, values: practice_types, zh: 做法类型, en: practice type}
//   check: {type: string, optional: true, values: [部分大于整体, 同一指标两个数, 增幅不符, 比率超过百分之百], zh: 只看这一种, en: only this check}
// columns:
//   check: {zh: 哪里对不上；“同一指标两个数”也可能是口径不同, en: "部分大于整体 part above whole, 同一指标两个数 two values (which may differ in scope), 增幅不符 growth does not fit, 比率超过百分之百 rate above 100 %"}
//   case: {zh: 案例, en: the account}
//   unit: {zh: 单位, en: unit}
//   indicator: {zh: 指标, en: indicator}
//   value: {zh: 数值, en: its value}
//   other_indicator: {zh: 与之对不上的指标, en: the indicator that it does not fit}
//   other_value: {zh: 它的数值, en: that value}
//   other_unit: {zh: 它的单位, en: its unit}
// example: unionkg query run results.contradictions -p practice_type=法律援助与咨询
// ---
MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[:ACHIEVED]->(o:Outcome)
WITH c.account AS account, c.name AS name, o.id AS id, o.indicator AS indicator, o.unit AS unit, o.value AS value,
     o.baseline AS baseline, o.subset_of AS whole, coalesce(o.period, '') + coalesce(toString(o.cumulative), '') AS scope
ORDER BY id
WITH account, min(name) AS case, collect(DISTINCT {id: id, indicator: indicator, unit: unit, value: value, baseline: baseline,
                                                  whole: whole, scope: scope}) AS figures
UNWIND figures AS one
UNWIND figures AS other
WITH account, case, one, other,
     CASE WHEN one.id = other.id
          THEN CASE WHEN one.unit = '%' AND one.value > 100 AND one.indicator ENDS WITH '率' AND NOT one.indicator CONTAINS '增'
                         AND NOT one.indicator CONTAINS '完成' THEN '比率超过百分之百' END
          WHEN one.whole = other.id AND one.unit = other.unit AND one.value > other.value THEN '部分大于整体'
          WHEN one.indicator = other.indicator AND one.unit = other.unit AND one.scope = other.scope AND one.value < other.value
          THEN '同一指标两个数'
          WHEN one.baseline > 0 AND one.unit <> '%' AND other.unit = '%' AND other.indicator STARTS WITH one.indicator
               AND (other.indicator CONTAINS '增' OR other.indicator CONTAINS '升' OR other.indicator CONTAINS '提高')
               AND abs((one.value - one.baseline) / one.baseline * 100 - other.value) > 1
          THEN '增幅不符' END AS check
WHERE check IS NOT NULL AND ($check IS NULL OR check = $check)
WITH account, case, check, one.indicator AS indicator, one.unit AS unit, one.value AS value, other.indicator AS other_indicator,
     other.value AS other_value, other.unit AS other_unit, collect(one.id) + collect(other.id) AS ids
RETURN check, case, unit, indicator, value,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_indicator END AS other_indicator,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_value END AS other_value,
       CASE check WHEN '比率超过百分之百' THEN null ELSE other_unit END AS other_unit,
       COLLECT {
         UNWIND ids AS i
         MATCH (:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase)
         RETURN DISTINCT a ORDER BY a.id LIMIT 20
       } AS evidence
ORDER BY check, account, indicator, value, other_value;
