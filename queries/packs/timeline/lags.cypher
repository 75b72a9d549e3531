// ---
// zh: 某类做法，各工会比资料中最早的一家晚几年？（区间；不作采用者分类，因为资料只是样本）
// en: How many years after the earliest stated start of a practice type does each union follow? (Intervals; no adopter classes, because a collection is a sample.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   union: {zh: 工会, en: the union}
//   level: {zh: 层级, en: its level}
//   资料中最早记载: {zh: 该工会最早记载的区间, en: interval of the union's earliest record}
//   dated_by: {zh: 定年依据, en: what the interval rests on}
//   lag_at_least: {zh: 至少晚几年；只知上限时为空, en: at least so many years later; empty where only an upper bound is known}
//   lag_at_most: {zh: 至多晚几年, en: at most so many years later}
// example: unionkg query run timeline.lags -p practice_type=集体协商
// ---
MATCH (first:TradeUnion)-[b:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine AND b.not_before IS NOT NULL
WITH t, b.not_before AS from_day, b.not_after AS to_day
ORDER BY to_day, from_day
LIMIT 1
MATCH (u:TradeUnion)-[a:ADOPTED]->(t)
WHERE a.not_after IS NOT NULL
WITH u, a,
     toInteger(substring(coalesce(a.not_before, '0000'), 0, 4)) - toInteger(substring(to_day, 0, 4)) AS least,
     toInteger(substring(a.not_after, 0, 4)) - toInteger(substring(from_day, 0, 4)) AS most
RETURN u.name AS union, u.level AS level,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS `资料中最早记载`,
       a.dated_by AS dated_by,
       CASE WHEN a.not_before IS NULL THEN null WHEN least < 0 THEN 0 ELSE least END AS lag_at_least,
       most AS lag_at_most
ORDER BY a.not_after, coalesce(a.not_before, ''), union, u.id;
