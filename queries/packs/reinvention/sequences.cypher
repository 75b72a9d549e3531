// ---
// zh: 同一家工会里，哪些类型的记载在某类做法之前或之后？（双方都写明时间的才算一定；先有的一类只知不晚于刊印或获奖时间的算可能；非常规类型）
// en: Within one union, which types are recorded before or after a practice type? (Surely only where both times are stated; possibly where the first is known only by its printing or an honour; non-routine types.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   min_unions: {type: integer, default: 1, zh: 至少几家工会一定或可能有先后, en: at least so many unions with a certain or a possible order}
// columns:
//   other: {zh: 另一类型, en: the other type}
//   before: {zh: 一定先有另一类型的工会数, en: unions that surely have the other type before}
//   after: {zh: 一定后有另一类型的工会数, en: unions that surely have it after}
//   possibly_before: {zh: 可能先有另一类型的工会数, en: unions that possibly have it before}
//   possibly_after: {zh: 可能后有另一类型的工会数, en: unions that possibly have it after}
//   unclear: {zh: 两者都有而先后不明的工会数, en: unions with both whose order is open}
//   unions_before: {zh: 一定先有另一类型的工会, en: the unions that surely have it before}
//   unions_after: {zh: 一定后有另一类型的工会, en: the unions that surely have it after}
//   unions_possibly_before: {zh: 可能先有另一类型的工会, en: the unions that possibly have it before}
//   unions_possibly_after: {zh: 可能后有另一类型的工会, en: the unions that possibly have it after}
// leaves_out: [undated, without_union]
// needs: {zh: 要有同一工会的、各项做法分别写明时间的案例, en: accounts of one union that date their practices one by one}
// example: unionkg query run reinvention.sequences -p practice_type=集体协商
// ---
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[a:ADOPTED]-(u:TradeUnion)-[b:ADOPTED]->(o:PracticeType)
WHERE NOT o.routine AND o.id <> t.id
// A lower bound is always a stated one; an upper bound may be that of the printing or of an honour.
WITH t, o, u, a, b, CASE WHEN b.not_after < a.not_before THEN CASE WHEN b.dated_by IN ['stated_start', 'own_date'] THEN 'before' ELSE 'maybe before' END
                         WHEN b.not_before > a.not_after THEN CASE WHEN a.dated_by IN ['stated_start', 'own_date'] THEN 'after' ELSE 'maybe after' END END AS sequence
WITH t, o, count(u) AS unions, collect(CASE WHEN sequence IS NOT NULL THEN [u.name, u.id, sequence, a, b] END) AS found
WHERE size(found) >= $min_unions AND size(found) > 0
WITH t, o, unions, COLLECT { UNWIND found AS one RETURN one ORDER BY one[0], one[1] } AS found
WITH t, o, unions - size(found) AS unclear, [one IN found WHERE one[2] = 'before'] AS earlier, [one IN found WHERE one[2] = 'after'] AS later,
     [one IN found WHERE one[2] = 'maybe before'] AS perhaps_earlier, [one IN found WHERE one[2] = 'maybe after'] AS perhaps_later
WITH t, o, unclear, earlier, later, perhaps_earlier, perhaps_later,
       // Of the first unions by name, for there may be thousands, the accounts that the two bounds come from.
       COLLECT {
         UNWIND earlier[..2] + later[..2] + perhaps_earlier[..2] + perhaps_later[..2] AS one
         UNWIND [[one[3], t.id, one[2] ENDS WITH 'after'], [one[4], o.id, one[2] ENDS WITH 'before']] AS half
         UNWIND half[0].cases AS id
         MATCH (c:PracticeCase {id: id})-[p:APPLIED]->(k:PracticeType)
         WHERE k.id = half[1] AND CASE WHEN half[2] THEN p.not_after = half[0].not_after ELSE p.not_before = half[0].not_before END
         WITH DISTINCT half[0].id AS of, p, c
         ORDER BY p.id
         // An account that says when its main practice began says so itself.
         WITH of, collect(CASE WHEN p.dated_by = 'stated_start' THEN [p, c] ELSE [p] END)[0] AS said
         ORDER BY of
         UNWIND said AS one
         RETURN DISTINCT one LIMIT 20
       } AS evidence
RETURN o.name AS other, size(earlier) AS before, size(later) AS after, size(perhaps_earlier) AS possibly_before,
       size(perhaps_later) AS possibly_after, unclear, [one IN earlier | one[0]] AS unions_before, [one IN later | one[0]] AS unions_after,
       [one IN perhaps_earlier | one[0]] AS unions_possibly_before, [one IN perhaps_later | one[0]] AS unions_possibly_after, evidence
ORDER BY before DESC, after DESC, possibly_before DESC, possibly_after DESC, other, o.id;
