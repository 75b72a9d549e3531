// ---
// zh: 某类做法常与哪些类型出现在同一案例里？（只说资料里的共现，不推断因果）
// en: With which types does a practice type occur together in accounts? (Co-occurrence in the material; nothing is inferred.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   min_accounts: {type: integer, default: 2, zh: 至少在几个案例里同时出现, en: together in at least so many accounts}
//   limit: {type: integer, default: 20, zh: 最多几行, en: at most so many rows}
// columns:
//   other: {zh: 另一类型, en: the other type}
//   together: {zh: 同时运用两者的案例数（几处刊印的同一则只算一次，下同）, en: accounts that apply both; one printed several times counts once}
//   with_first: {zh: 运用前者的案例数, en: accounts that apply the given type}
//   with_other: {zh: 运用后者的案例数, en: accounts that apply the other}
//   cases_in_all: {zh: 案例总数, en: accounts in all}
//   lift: {zh: 提升度：两者同现是各自独立时的几倍, en: "lift: how many times as often together as if independent"}
// example: unionkg query run reinvention.bundles -p practice_type=集体协商
// ---
WITH COLLECT { MATCH (c:PracticeCase) RETURN count(DISTINCT c.account) }[0] AS total
MATCH (t:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)
WITH total, t, count(DISTINCT c.account) AS first
MATCH (t)<-[p:APPLIED]-(c:PracticeCase)-[q:APPLIED]->(o:PracticeType)
WHERE o.id <> t.id
WITH total, first, o, count(DISTINCT c.account) AS together, collect([p, q]) AS pairs
WHERE together >= $min_accounts
WITH total, first, o, together, pairs
ORDER BY together DESC, o.name, o.id
LIMIT $limit
CALL (o) {
  MATCH (o)<-[:APPLIED]-(x:PracticeCase)
  RETURN count(DISTINCT x.account) AS others
}
RETURN o.name AS other, together, first AS with_first, others AS with_other, total AS cases_in_all,
       floor(100.0 * together * total / (first * others) + 0.5) / 100 AS lift,
       reduce(flat = [], pair IN COLLECT {
         UNWIND pairs AS pair
         RETURN pair ORDER BY pair[0].id, pair[1].id LIMIT 10
       } | flat + pair) AS evidence
ORDER BY together DESC, other, o.id;
