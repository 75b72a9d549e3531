// ---
// zh: 某类做法，各工会比资料中最早的一家晚几年？（区间；不作采用者分类，因为资料只是样本；年数按日历年相减）
// en: How many years after the earliest record of a practice type does each union follow? (Intervals; no adopter classes, because a collection is a sample; years are calendar years subtracted.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   union: {zh: 工会, en: the union}
//   level: {zh: 层级, en: its level}
//   资料中最早记载: {zh: 该工会最早记载的区间, en: interval of the union's earliest record}
//   dated_by: {zh: 上限的定年依据, en: what the upper bound rests on}
//   lag_at_least: {zh: 比起止都已知的工会中最早的一家至少晚几年；只知上限时为空, en: "at least so many years after the earliest of those with both bounds known; empty where only the upper bound is known"}
//   lag_at_most: {zh: 至多晚几年（负数：一定早于起止都已知的各家）, en: "at most so many years later; below zero: surely earlier than all with both bounds known"}
// example: unionkg query run timeline.lags -p practice_type=集体协商
// ---
MATCH (:TradeUnion)-[b:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine AND b.not_before IS NOT NULL AND b.not_after IS NOT NULL
WITH t, b.not_before AS lower, b.not_after AS upper
ORDER BY lower
WITH t, collect(lower) AS lowers, min(upper) AS first_upper
MATCH (u:TradeUnion)-[a:ADOPTED]->(t)
WHERE a.not_after IS NOT NULL
// A union cannot follow itself: its lag is measured from the earliest of the others.
WITH u, a, first_upper, CASE WHEN a.not_before = lowers[0] THEN lowers[1] ELSE lowers[0] END AS first_lower
WITH u, a,
     toInteger(substring(a.not_before, 0, 4)) - toInteger(substring(first_upper, 0, 4)) AS least,
     toInteger(substring(a.not_after, 0, 4)) - toInteger(substring(first_lower, 0, 4)) AS most
RETURN u.name AS union, u.level AS level,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS `资料中最早记载`,
       a.dated_by AS dated_by,
       CASE WHEN least < 0 THEN 0 ELSE least END AS lag_at_least,
       CASE WHEN most IS NULL OR (most < 0 AND a.not_before IS NOT NULL) THEN 0 ELSE most END AS lag_at_most
ORDER BY a.not_after, coalesce(a.not_before, ''), union, u.id;
