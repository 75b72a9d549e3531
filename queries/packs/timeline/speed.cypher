// ---
// zh: 各类做法从最早记载到第 k 家相隔几年？（只用写明起始时间的）
// en: How many years lie between the earliest record of a practice type and its k-th? (Stated starts only.)
// parameters:
//   k: {type: integer, default: 2, zh: 第几家, en: which adopter}
// columns:
//   practice_type: {zh: 做法类型, en: practice type}
//   unions: {zh: 有记载的工会数, en: unions with a record}
//   with_stated_start: {zh: 其中写明起始时间的, en: "of these, with a stated start"}
//   资料中最早记载: {zh: 最早一家的起始区间, en: interval of the earliest}
//   kth: {zh: 第 k 家的起始区间, en: interval of the k-th}
//   years_at_least: {zh: 至少相隔几年, en: at least so many years}
//   years_at_most: {zh: 至多相隔几年, en: at most so many years}
// example: unionkg query run timeline.speed -p k=3
// ---
MATCH (u:TradeUnion)-[a:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH t, u, a
ORDER BY t.name, a.not_after, a.not_before, u.id
WITH t, count(u) AS unions,
     [x IN collect({first: a.not_before, last: a.not_after}) WHERE x.first IS NOT NULL] AS dated
WHERE size(dated) >= $k AND $k > 0
WITH t, unions, dated, dated[0] AS one, dated[$k - 1] AS other
WITH t, unions, dated, one, other,
     toInteger(substring(other.first, 0, 4)) - toInteger(substring(one.last, 0, 4)) AS least,
     toInteger(substring(other.last, 0, 4)) - toInteger(substring(one.first, 0, 4)) AS most
RETURN t.name AS practice_type, unions, size(dated) AS with_stated_start,
       one.first + '/' + one.last AS `资料中最早记载`, other.first + '/' + other.last AS kth,
       CASE WHEN least < 0 THEN 0 ELSE least END AS years_at_least, most AS years_at_most
ORDER BY practice_type;
