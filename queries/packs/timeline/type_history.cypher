// ---
// zh: 某类做法，资料里写明了时间的事有哪些？（起始、试点、学习、推广、认可、荣誉、文件，按时间先后）
// en: What is dated about one practice type, in order of time? (Starts, pilots, learning, promotion, recognition, honours, documents issued.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
//   years: {type: years, default: .., zh: 可能落在哪些年份, en: years in which it may lie}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   period: {zh: 时间（或“起/止”区间，原文写到哪一级就到哪一级）, en: "date or interval, as precise as the text"}
//   event: {zh: "什么事：STARTED 主做法起始、OWN_DATE 该项做法自己的时间、RECEIVED 荣誉、ISSUED 发文、DEADLINE 文件定的期限，其余为扩散关系", en: "what: STARTED start of the main practice, OWN_DATE a date of this practice's own, RECEIVED an honour, ISSUED and DEADLINE of a policy, else a relationship of diffusion"}
//   role: {zh: 这类做法在该案例中是主做法还是其中一项；是其中一项时，只取原文点到这类做法的句子, en: "whether the account's main practice is of this type or only a part; of a part only sentences count that name the type"}
//   case: {zh: 案例（几处刊印的同一则，同一件事只占一行）；文件的事没有, en: "the account; one thing is one row however often the account is printed; none for a policy"}
//   unions: {zh: 谁的案例，或发文单位, en: "whose account it is, or who issued the policy"}
//   other: {zh: 另一端（荣誉、单位、地区、文件）, en: "the other end: an honour, a body, a region, a policy"}
// leaves_out: [undated, unbounded]
// example: unionkg query run timeline.type_history -p practice_type=集体协商
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type, routine: false})
OPTIONAL MATCH (t)<-[p:APPLIED]-(c:PracticeCase)
WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside }
WITH t, collect({case: c, tie: p}) AS accounts
CALL (t, accounts) {
  UNWIND accounts AS one
  WITH one.case AS c, one.tie AS p
  WHERE p.dated_by IN ['stated_start', 'own_date']
  RETURN CASE p.dated_by WHEN 'stated_start' THEN c.started
              ELSE CASE WHEN p.not_before = p.not_after THEN p.not_before ELSE p.not_before + '/' + p.not_after END END AS period,
         CASE p.dated_by WHEN 'stated_start' THEN 'STARTED' ELSE 'OWN_DATE' END AS event, p.role AS role, c.id AS origin, null AS policy,
         null AS other, p.id AS id, c.account + '|' + p.dated_by AS same
  UNION ALL
  UNWIND accounts AS one
  WITH t, one.case AS c, one.tie AS p
  MATCH (c)-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY|RECEIVED]->(o)
  WHERE coalesce(s.period, CASE type(s) WHEN 'RECEIVED' THEN s.year END) IS NOT NULL
    // What spread is the main practice, unless the sentence names this type.
    AND (p.role = 'main' OR any(word IN [t.name] + coalesce(t.aliases, []) WHERE any(q IN s.quotes WHERE q CONTAINS word)))
  WITH c, p, s, coalesce(s.period, s.year) AS period, type(s) AS event, coalesce(s.printed, o.name) AS other
  RETURN period, event, p.role AS role, c.id AS origin, null AS policy, other, s.id AS id,
         c.account + '|' + event + '|' + period + '|' + other AS same
  UNION ALL
  MATCH (t)<-[s:CONCERNS]-(o:Policy)
  UNWIND [{period: o.issued, event: 'ISSUED'}, {period: o.deadline, event: 'DEADLINE'}] AS dated
  WITH s, o, dated
  WHERE $region IS NULL AND dated.period IS NOT NULL
  RETURN dated.period AS period, dated.event AS event, null AS role, null AS origin, o.id AS policy, o.name AS other, s.id AS id,
         s.id + '|' + dated.event AS same
}
// Printings of one account are one: of its beginning the printing counts that says earliest, of what else happened all that say the same.
WITH DISTINCT period, event, role, origin, policy, other, id, same
// A row of its own to sort, without the list of all accounts.
WITH period, event, role, origin, policy, other, id, same
ORDER BY split(period, '/')[-1], period, coalesce(origin, ''), id
WITH same, collect({period: period, event: event, role: role, origin: origin, policy: policy, other: other, id: id}) AS told
WITH told, told[0] AS one
WITH told, one.period AS period, one.event AS event, one.role AS role, one.origin AS origin, one.policy AS policy, one.other AS other, one.id AS id
WHERE split(period, '/')[-1] + '-99' >= toString($years[0])
  AND split(period, '/')[0] <= toString($years[1]) + '-99'
WITH period, event, role, origin, policy, other, told, id
ORDER BY period, event, id
LIMIT $limit
OPTIONAL MATCH (c:PracticeCase {id: coalesce(origin, '')})
OPTIONAL MATCH (o:Policy {id: coalesce(policy, '')})
WITH period, event, role, c, o, other, told, id,
     COLLECT { MATCH (u:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY u.name, u.id, i.id } AS initiated
RETURN period, event, role, c.name AS case,
       CASE WHEN o IS NULL THEN [i IN initiated | startNode(i).name] WHEN o.issuer IS NULL THEN [] ELSE [o.issuer] END AS unions,
       other,
       (COLLECT {
         UNWIND told AS one
         MATCH (d:PracticeCase {id: one.origin})-[s]->()
         WHERE s.id = one.id
         UNWIND CASE one.event WHEN 'STARTED' THEN [d, s] ELSE [s] END AS said
         RETURN said
       } + COLLECT { MATCH (o)-[s:CONCERNS]->() WHERE s.id = id RETURN s } + initiated)[..20] AS evidence
ORDER BY period, event, id;
