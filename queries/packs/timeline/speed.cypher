// ---
// zh: 各类做法从最早记载到第 k 家相隔几年？（只用起止都已知的工会；年数按日历年相减）
// en: How many years lie between the earliest record of a practice type and its k-th? (Unions with both bounds known only; years are calendar years subtracted.)
// parameters:
//   k: {type: integer, default: 2, zh: 第几家, en: which adopter}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 只看某类做法, en: only one practice type}
//   theme: {type: string, optional: true, values: themes, zh: 只看某一领域的做法类型, en: only practice types of one field}
// columns:
//   practice_type: {zh: 做法类型, en: practice type}
//   unions: {zh: 有记载的工会数, en: unions with a record}
//   bounded: {zh: 其中区间起止都已知的, en: "of these, with both bounds of the interval known"}
//   earliest: {zh: 最早一家的区间：各家下限、上限各取最小, en: "interval of the earliest: the smallest lower and the smallest upper bound, which may be two unions'"}
//   kth: {zh: 第 k 家的区间：各家下限、上限各自排第 k, en: "interval of the k-th: the k-th smallest lower and the k-th smallest upper bound"}
//   years_at_least: {zh: 至少相隔几年, en: at least so many years}
//   years_at_most: {zh: 至多相隔几年, en: at most so many years}
// leaves_out: [unbounded, undated, without_union]
// example: unionkg query run timeline.speed -p k=3
// ---
MATCH (t:PracticeType {routine: false})
WHERE $k > 0 AND ($practice_type IS NULL OR t.name = $practice_type)
  AND ($theme IS NULL OR EXISTS { (t)-[:IN_THEME]->(:Theme {name: $theme}) })
MATCH (t)<-[a:ADOPTED]-(:TradeUnion)
WITH t, a, a.not_before AS lower
WITH t, count(a) AS unions, collect(CASE WHEN lower IS NOT NULL THEN {lower: lower, upper: a.not_after, tie: a} END) AS told
WHERE size(told) >= $k
WITH t, unions, told, [one IN told | one.lower] AS all_lowers, [one IN told | one.upper] AS all_uppers
CALL (all_lowers) {
  UNWIND all_lowers AS bound
  WITH bound
  ORDER BY bound
  LIMIT $k
  RETURN collect(bound) AS lowers
}
CALL (all_uppers) {
  UNWIND all_uppers AS bound
  WITH bound
  ORDER BY bound
  LIMIT $k
  RETURN collect(bound) AS uppers
}
WITH t, unions, told, size(told) AS bounded, lowers[0] AS first_lower, lowers[$k - 1] AS kth_lower,
     uppers[0] AS first_upper, uppers[$k - 1] AS kth_upper
CALL (t, told, first_lower, kth_lower, first_upper, kth_upper) {
  UNWIND [one IN told WHERE one.lower IN [first_lower, kth_lower] OR one.upper IN [first_upper, kth_upper]] AS one
  UNWIND one.tie.cases AS id
  MATCH (:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
  WHERE same.id = t.id AND (p.not_before = one.lower OR p.not_after = one.upper)
  WITH DISTINCT p
  ORDER BY p.not_after, p.id
  LIMIT 20
  RETURN collect(p) AS ties
}
WITH t, unions, bounded, first_lower + '/' + first_upper AS earliest, kth_lower + '/' + kth_upper AS kth, ties,
     toInteger(substring(kth_lower, 0, 4)) - toInteger(substring(first_upper, 0, 4)) AS least,
     toInteger(substring(kth_upper, 0, 4)) - toInteger(substring(first_lower, 0, 4)) AS most
RETURN t.name AS practice_type, unions, bounded, earliest, kth, CASE WHEN least < 0 THEN 0 ELSE least END AS years_at_least,
       CASE WHEN $k = 1 THEN 0 ELSE most END AS years_at_most, ties AS evidence
ORDER BY practice_type;
