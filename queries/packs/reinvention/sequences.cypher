// ---
// zh: 同一家工会里，哪些类型的记载一定在某类做法之前或之后？（只数先后确定的；非常规类型）
// en: Within one union, which types are surely recorded before or after a practice type? (Only where the order is certain; non-routine types.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   min_unions: {type: integer, default: 1, zh: 至少几家工会先后确定, en: at least so many unions with a certain order}
// columns:
//   other: {zh: 另一类型, en: the other type}
//   before: {zh: 一定先有另一类型的工会数, en: unions that surely have the other type before}
//   after: {zh: 一定后有另一类型的工会数, en: unions that surely have it after}
//   unclear: {zh: 两者都有而先后不明的工会数, en: unions with both whose order is open}
//   unions_before: {zh: 先有另一类型的工会, en: the unions that have it before}
//   unions_after: {zh: 后有另一类型的工会, en: the unions that have it after}
// leaves_out: [undated, without_union]
// needs: {zh: 要有同一工会的、各项做法分别写明时间的案例, en: accounts of one union that date their practices one by one}
// example: unionkg query run reinvention.sequences -p practice_type=集体协商
// ---
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[a:ADOPTED]-(u:TradeUnion)-[b:ADOPTED]->(o:PracticeType)
WHERE NOT o.routine AND o.id <> t.id
WITH t, o, u, a, b, coalesce(b.not_after < a.not_before, false) AS before, coalesce(b.not_before > a.not_after, false) AS after
WITH t, o, count(u) AS unions, collect(CASE WHEN before OR after THEN [u.name, u.id, before, a, b] END) AS found
WHERE size(found) >= $min_unions AND size(found) > 0
WITH t, o, unions, COLLECT { UNWIND found AS one RETURN one ORDER BY one[0], one[1] } AS found
WITH t, o, unions, [one IN found WHERE one[2]] AS earlier, [one IN found WHERE NOT one[2]] AS later
RETURN o.name AS other, size(earlier) AS before, size(later) AS after, unions - size(earlier) - size(later) AS unclear,
       [one IN earlier | one[0]] AS unions_before, [one IN later | one[0]] AS unions_after,
       // Of the first unions by name: there may be thousands.
       COLLECT {
         UNWIND earlier[..5] + later[..5] AS one
         UNWIND one[3].cases + one[4].cases AS id
         MATCH (:PracticeCase {id: id})-[p:APPLIED]->(k:PracticeType)
         WHERE k.id IN [t.id, o.id]
         RETURN DISTINCT p ORDER BY p.id LIMIT 20
       } AS evidence
ORDER BY before DESC, after DESC, other, o.id;
