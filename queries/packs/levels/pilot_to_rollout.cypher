// ---
// zh: 各类做法从试点到推广隔了多久，推广前后各有多少工会见于记载？（只用写明时间的试点和推广；年数按日历年相减；文件只列出，涉及某类做法不等于推广它）
// en: How long from pilot to roll-out, and how many unions have records before and after? (Dated pilots and roll-outs only; calendar years subtracted. Documents are listed only, one that concerns a type need not roll it out.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   practice_type: {zh: 案例主做法所属的类型, en: type that the account's main practice is an instance of}
//   pilots: {zh: 写明试点的案例数（几处刊印的同一则只算一次，下同）, en: accounts that state a pilot; one printed several times counts once}
//   pilot: {zh: 其中最早的有时间的试点，区间, en: "interval of the earliest dated pilot"}
//   rollouts: {zh: 写明已推广到别处、被照做或由谁推广的案例数（系统内部的、尚未实施的不算）, en: "accounts that say it was extended, copied or promoted, without what stays inside one organisation or is only intended"}
//   collective_only: {zh: 其中只泛指多家（全市、各区县）的案例数, en: "of these, accounts that say so of collections only (the whole city, all districts)"}
//   rollout: {zh: 其中最早的有时间的推广，区间, en: interval of the earliest dated roll-out}
//   years_at_least: {zh: 至少相隔几年（负数：推广可能在先）, en: "at least so many years; below zero: the roll-out may have come first"}
//   years_at_most: {zh: 至多相隔几年, en: at most so many years}
//   before: {zh: 一定早于推广见于记载的工会数, en: unions whose earliest record is surely before the roll-out}
//   after: {zh: 一定晚于推广的, en: surely after it}
//   unclear: {zh: 先后不明的, en: whose order is open}
//   documents: {zh: 另有哪些公告的文件涉及这类做法，何时发文（是不是推广须看原文）, en: "announced documents that concern the type, with their dates; whether they roll it out is for the reader"}
// leaves_out: [undated, without_union]
// example: unionkg query run levels.pilot_to_rollout -p practice_type=非公企业工会改革
// ---
CALL () {
  MATCH (t:PracticeType {name: $practice_type})<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN]->()
  RETURN t, c, s
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (t:PracticeType)<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN]->()
  RETURN t, c, s
}
WITH t, s, type(s) STARTS WITH 'PILOT' AS pilot, c.account AS account, split(s.period, '/')[0] AS begun, last(split(s.period, '/')) AS ended
WHERE NOT t.routine AND NOT s.intended AND (pilot OR NOT s.internal)
// A partial date begins and ends with the first and the last day that it may mean.
WITH t, s, pilot, CASE WHEN pilot THEN account END AS piloted, CASE WHEN NOT pilot THEN account END AS spread,
     CASE WHEN NOT pilot AND NOT s.collective THEN account END AS named,
     CASE size(begun) WHEN 4 THEN begun + '-01-01' WHEN 7 THEN begun + '-01' ELSE begun END AS lower,
     CASE size(ended) WHEN 4 THEN ended + '-12-31' WHEN 7 THEN ended + CASE WHEN substring(ended, 5) IN ['04', '06', '09', '11'] THEN '-30'
          WHEN substring(ended, 5) <> '02' THEN '-31' WHEN toInteger(substring(ended, 0, 4)) % 4 = 0 THEN '-29' ELSE '-28' END ELSE ended END AS upper
ORDER BY coalesce(upper, '9999'), s.id
WITH t, collect(CASE WHEN pilot THEN s END)[..6] + collect(CASE WHEN NOT pilot THEN s END)[..6] AS said,
     count(DISTINCT piloted) AS pilots, count(DISTINCT spread) AS rollouts, count(DISTINCT named) AS named,
     min(CASE WHEN pilot THEN lower END) AS p_lower, min(CASE WHEN pilot THEN upper END) AS p_upper,
     min(CASE WHEN NOT pilot THEN lower END) AS r_lower, min(CASE WHEN NOT pilot THEN upper END) AS r_upper
OPTIONAL MATCH (u:TradeUnion)-[a:ADOPTED]->(t)
WHERE a.not_after IS NOT NULL AND r_upper IS NOT NULL
WITH t, said, pilots, rollouts, named, p_lower, p_upper, r_lower, r_upper, count(u) AS unions,
     sum(CASE WHEN a.not_after < r_lower THEN 1 ELSE 0 END) AS before, sum(CASE WHEN a.not_before > r_upper THEN 1 ELSE 0 END) AS after,
     // One of either, whose records are shown.
     [min(CASE WHEN a.not_after < r_lower THEN u.id END), min(CASE WHEN a.not_before > r_upper THEN u.id END)] AS shown
WITH t, said, pilots, rollouts, named, p_lower, p_upper, r_lower, r_upper, unions, before, after, shown, COLLECT {
       MATCH (p:Policy)-[k:CONCERNS]->(t)
       WITH p, k ORDER BY k.id
       WITH p, collect(k)[0] AS k
       RETURN [p.name + coalesce(' ' + p.issued, ''), k] ORDER BY coalesce(p.issued, '9999'), p.name, p.id LIMIT 20
     } AS papers
RETURN t.name AS practice_type, pilots, p_lower + '/' + p_upper AS pilot, rollouts, rollouts - named AS collective_only,
       r_lower + '/' + r_upper AS rollout,
       toInteger(substring(r_lower, 0, 4)) - toInteger(substring(p_upper, 0, 4)) AS years_at_least,
       toInteger(substring(r_upper, 0, 4)) - toInteger(substring(p_lower, 0, 4)) AS years_at_most,
       CASE WHEN r_upper IS NULL THEN null ELSE before END AS before, CASE WHEN r_upper IS NULL THEN null ELSE after END AS after,
       CASE WHEN r_upper IS NULL THEN null ELSE unions - before - after END AS unclear, [paper IN papers | paper[0]] AS documents,
       (said + [paper IN papers[..4] | paper[1]] + COLLECT {
         UNWIND shown AS id
         MATCH (:TradeUnion {id: id})-[a:ADOPTED]->(same:PracticeType)
         WHERE same.id = t.id
         UNWIND a.cases AS account
         MATCH (:PracticeCase {id: account})-[e:APPLIED]->(of:PracticeType)
         WHERE of.id = t.id AND e.not_after = a.not_after
         RETURN DISTINCT e ORDER BY e.id LIMIT 4
       }) AS evidence
ORDER BY practice_type, t.id;
