// ---
// zh: 各类做法从最早记载到第 k 家相隔几年？（只用起止都已知的工会；年数按日历年相减）
// en: How many years lie between the earliest record of a practice type and its k-th? (Unions with both bounds known only; years are calendar years subtracted.)
// parameters:
//   k: {type: integer, default: 2, zh: 第几家, en: which adopter}
// columns:
//   practice_type: {zh: 做法类型, en: practice type}
//   unions: {zh: 有记载的工会数, en: unions with a record}
//   bounded: {zh: 其中区间起止都已知的, en: "of these, with both bounds of the interval known"}
//   资料中最早记载: {zh: 最早一家的区间：各家下限、上限各取最小, en: "interval of the earliest: the smallest lower and the smallest upper bound, which may be two unions'"}
//   kth: {zh: 第 k 家的区间：各家下限、上限各自排第 k, en: "interval of the k-th: the k-th smallest lower and the k-th smallest upper bound"}
//   years_at_least: {zh: 至少相隔几年, en: at least so many years}
//   years_at_most: {zh: 至多相隔几年, en: at most so many years}
// example: unionkg query run timeline.speed -p k=3
// ---
MATCH (u:TradeUnion)-[a:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH t, count(DISTINCT u) AS unions
MATCH (:TradeUnion)-[a:ADOPTED]->(t)
WHERE a.not_before IS NOT NULL AND a.not_after IS NOT NULL
WITH t, unions, a.not_before AS lower, a.not_after AS upper
ORDER BY lower
WITH t, unions, collect(lower) AS lowers, collect(upper) AS unsorted
WHERE size(lowers) >= $k AND $k > 0
UNWIND unsorted AS upper
WITH t, unions, lowers, upper
ORDER BY upper
WITH t, unions, lowers, collect(upper) AS uppers
WITH t, unions, lowers, uppers,
     toInteger(substring(lowers[$k - 1], 0, 4)) - toInteger(substring(uppers[0], 0, 4)) AS least,
     toInteger(substring(uppers[$k - 1], 0, 4)) - toInteger(substring(lowers[0], 0, 4)) AS most
RETURN t.name AS practice_type, unions, size(lowers) AS bounded,
       lowers[0] + '/' + uppers[0] AS `资料中最早记载`, lowers[$k - 1] + '/' + uppers[$k - 1] AS kth,
       CASE WHEN least < 0 THEN 0 ELSE least END AS years_at_least,
       CASE WHEN $k = 1 THEN 0 ELSE most END AS years_at_most
ORDER BY practice_type;
