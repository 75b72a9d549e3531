// ---
// zh: 各类做法从试点到推广隔了多久，推广前后各有多少工会见于记载？（只用写明时间的试点、推广和发文；年数按日历年相减）
// en: How long from pilot to roll-out, and how many unions have records before and after? (Dated pilots, promotions and documents only; calendar years subtracted.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   practice_type: {zh: 案例主做法所属的类型, en: type that the account's main practice is an instance of}
//   pilots: {zh: 写明试点的案例数, en: accounts that state a pilot}
//   pilot: {zh: 其中最早的有时间的试点，区间, en: "interval of the earliest dated pilot"}
//   rollouts: {zh: 写明推广的案例和文件数, en: accounts and documents that state a roll-out}
//   rollout: {zh: 其中最早的有时间的推广，区间, en: interval of the earliest dated roll-out}
//   years_at_least: {zh: 至少相隔几年（负数：推广可能在先）, en: "at least so many years; below zero: the roll-out may have come first"}
//   years_at_most: {zh: 至多相隔几年, en: at most so many years}
//   before: {zh: 一定早于推广见于记载的工会数, en: unions whose earliest record is surely before the roll-out}
//   after: {zh: 一定晚于推广的, en: surely after it}
//   unclear: {zh: 先后不明的, en: whose order is open}
// leaves_out: [undated, without_union]
// example: unionkg query run levels.pilot_to_rollout -p practice_type=非公企业工会改革
// ---
CALL () {
  MATCH (t:PracticeType {name: $practice_type})<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO]->()
  RETURN t, c, s
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (t:PracticeType)<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO]->()
  RETURN t, c, s
}
WITH t, c, s
WHERE NOT t.routine AND NOT s.intended
WITH t, collect({said: s, pilot: type(s) STARTS WITH 'PILOT', by: c.account, period: s.period}) AS stated
OPTIONAL MATCH (p:Policy)-[k:CONCERNS]->(t)
WHERE p.issued IS NOT NULL
WITH t, stated, collect(CASE WHEN k IS NULL THEN null ELSE {said: k, pilot: false, by: p.id, period: p.issued} END) AS announced
UNWIND stated + announced AS step
WITH t, step.said AS one, step.pilot AS pilot, step.by AS source, split(step.period, '/')[0] AS begun, last(split(step.period, '/')) AS ended
ORDER BY one.id
// A partial date begins and ends with the first and the last day that it may mean.
WITH t, one, CASE WHEN pilot THEN source END AS piloted, CASE WHEN pilot THEN null ELSE source END AS promoted, pilot,
     CASE size(begun) WHEN 4 THEN begun + '-01-01' WHEN 7 THEN begun + '-01' ELSE begun END AS lower,
     CASE size(ended) WHEN 4 THEN ended + '-12-31' WHEN 7 THEN ended + CASE WHEN substring(ended, 5) IN ['04', '06', '09', '11'] THEN '-30'
          WHEN substring(ended, 5) <> '02' THEN '-31' WHEN toInteger(substring(ended, 0, 4)) % 4 = 0 THEN '-29' ELSE '-28' END ELSE ended END AS upper
WITH t, collect(one) AS said, count(DISTINCT piloted) AS pilots, count(DISTINCT promoted) AS rollouts,
     min(CASE WHEN pilot THEN lower END) AS p_lower, min(CASE WHEN pilot THEN upper END) AS p_upper,
     min(CASE WHEN pilot THEN null ELSE lower END) AS r_lower, min(CASE WHEN pilot THEN null ELSE upper END) AS r_upper
OPTIONAL MATCH (u:TradeUnion)-[a:ADOPTED]->(t)
WHERE a.not_after IS NOT NULL AND r_upper IS NOT NULL
WITH t, said, pilots, rollouts, p_lower, p_upper, r_lower, r_upper, count(u) AS unions,
     sum(CASE WHEN a.not_after < r_lower THEN 1 ELSE 0 END) AS before, sum(CASE WHEN a.not_before > r_upper THEN 1 ELSE 0 END) AS after
RETURN t.name AS practice_type, pilots, p_lower + '/' + p_upper AS pilot, rollouts, r_lower + '/' + r_upper AS rollout,
       toInteger(substring(r_lower, 0, 4)) - toInteger(substring(p_upper, 0, 4)) AS years_at_least,
       toInteger(substring(r_upper, 0, 4)) - toInteger(substring(p_lower, 0, 4)) AS years_at_most,
       CASE WHEN r_upper IS NULL THEN null ELSE before END AS before, CASE WHEN r_upper IS NULL THEN null ELSE after END AS after,
       CASE WHEN r_upper IS NULL THEN null ELSE unions - before - after END AS unclear, said[..20] AS evidence
ORDER BY practice_type, t.id;
