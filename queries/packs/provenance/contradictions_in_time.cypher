// ---
// zh: 一份文献的案例里，哪些时间自相矛盾？（起始晚于刊印、荣誉或认可早于起始、被推广早于起始、时段颠倒、向后来者学习；只按写明的时间判断）
// en: Which dates in the accounts of a document contradict each other? (A start after publication; an honour, recognition or spread before the start; a period that ends before it begins; learning from one that began later. Judged by stated dates only.)
// parameters:
//   document: {type: string, values: documents, zh: 文献标题（或其中一部分；符合的文献越多越慢）, en: "title of the document or a part of it; the more documents bear it, the slower"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   problem: {zh: "哪一种：start_after_publication 起始晚于刊印、event_before_start 奖项、认可或推广早于起始（“年度”奖项可到次年才颁，称号可早于做法，都不算）、event_after_publication 所说的事晚于刊印、reversed_period 时段颠倒、learned_from_later 双方写明的起始中，学的对象更晚（学习时间写明的按学习时间；对象更早的起始可能没有写到）、undecided 有一方没有写明起始，无法判断（“不晚于”不是起始），不是矛盾，只是列出", en: "which: start_after_publication, event_before_start (a prize, recognition or spread before the practice began; a prize for a year, 年度, may be given in the next one, and a title may be older than the practice), event_after_publication (told before it happened), reversed_period, learned_from_later (by stated starts the source began after the learner, or after the learning where that is dated; an earlier start of the source may be untold), undecided (one of the two states no start: 'known by' is none; no contradiction, only listed)"}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 谁的案例, en: whose account it is}
//   should_be_earlier: {zh: 应在前的, en: what should come first}
//   earlier_date: {zh: 应在前的时间（“/”前为空是不晚于）, en: "its date; nothing before the slash means known by"}
//   should_be_later: {zh: 应在后的, en: what should come after it}
//   later_date: {zh: 应在后的时间, en: its date}
// needs: {zh: 要有互相矛盾的时间；没有行是好事, en: dates that contradict each other; no rows are good news}
// example: unionkg query run provenance.contradictions_in_time -p document=案例选编
// ---
MATCH (d:Document)
WHERE d.title CONTAINS $document OR d.name CONTAINS $document
MATCH (d)<-[:REPORTED_IN]-(c:PracticeCase)
CALL (d, c) {
  WITH d, c
  WHERE split(c.started, '/')[0] > d.published + '-99'
  RETURN 'start_after_publication' AS problem, 'STARTED' AS first, c.started AS first_date, 'PUBLISHED' AS second,
         d.published AS second_date, [c] AS said, c.id AS id
  UNION ALL
  WITH d, c
  MATCH (c)-[s:ACHIEVED|RECEIVED|RECOGNISED_BY|SCALED_TO|REPLICATED_IN|PROMOTED_BY|LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT]->(o)
  WITH d, c, s, o, type(s) AS kind, coalesce(s.period, s.year, o.period) AS period
  WHERE period IS NOT NULL
  WITH d, c, s, kind, type(s) + '：' + coalesce(s.printed, o.name) AS what, period, split(period, '/')[0] AS begins,
       split(period, '/')[-1] AS ends
  WITH d, c, s, what, period, begins, ends,
       kind IN ['RECEIVED', 'RECOGNISED_BY', 'SCALED_TO', 'REPLICATED_IN', 'PROMOTED_BY'] AND NOT coalesce(s.intended, false)
       AND NOT (kind = 'RECEIVED' AND coalesce(s.kind, '') = 'title') AS afterwards,
       CASE WHEN kind = 'RECEIVED' AND s.printed CONTAINS '年度' THEN toString(toInteger(substring(ends, 0, 4)) + 1) ELSE ends END AS latest,
       kind <> 'ACHIEVED' AND NOT coalesce(s.intended, false) AS happened
  UNWIND CASE WHEN afterwards AND latest + '-99' < split(c.started, '/')[0] THEN ['event_before_start'] ELSE [] END
         + CASE WHEN happened AND begins > d.published + '-99' THEN ['event_after_publication'] ELSE [] END
         + CASE WHEN ends + '-99' < begins THEN ['reversed_period'] ELSE [] END AS problem
  RETURN problem, CASE problem WHEN 'event_before_start' THEN 'STARTED' ELSE what END AS first,
         CASE problem WHEN 'event_before_start' THEN c.started WHEN 'reversed_period' THEN begins ELSE period END AS first_date,
         CASE problem WHEN 'event_after_publication' THEN 'PUBLISHED' ELSE what END AS second,
         CASE problem WHEN 'event_after_publication' THEN d.published WHEN 'reversed_period' THEN ends ELSE period END AS second_date,
         CASE problem WHEN 'event_before_start' THEN [c, s] ELSE [s] END AS said, s.id AS id
  UNION ALL
  WITH c
  MATCH (c)-[s:LEARNED_FROM]->(v:TradeUnion)
  WHERE NOT s.collective AND NOT s.internal AND NOT s.intended
  MATCH (c)-[p:APPLIED {role: 'main'}]->(t:PracticeType {routine: false})
  WITH s, p, v, t, COLLECT {
         MATCH (v)-[:INITIATED]->(k:PracticeCase)-[q:APPLIED]->(t)
         WITH k.account AS account, min(q.not_before) AS lower, min(q.not_after) AS upper
         WITH min(lower) AS lower, count(lower) AS stated, count(account) AS accounts, min(upper) AS upper
         // An account without a start may be the earliest.
         RETURN {not_before: CASE WHEN stated = accounts THEN lower END, not_after: upper}
       }[0] AS a
  WITH s, p, v, t, a, a.not_before IS NOT NULL AND (s.period IS NOT NULL OR p.not_before IS NOT NULL) AS stated
  WHERE NOT stated OR coalesce(split(s.period, '/')[-1] + '-99', p.not_after) < a.not_before
  RETURN CASE WHEN stated THEN 'learned_from_later' ELSE 'undecided' END AS problem, v.name + '：' + t.name AS first,
         coalesce(a.not_before, '') + '/' + a.not_after AS first_date,
         CASE WHEN s.period IS NULL THEN 'APPLIED：' + t.name ELSE 'LEARNED_FROM：' + v.name END AS second,
         coalesce(s.period, coalesce(p.not_before, '') + '/' + p.not_after) AS second_date,
         [s, p] + COLLECT { MATCH (v)-[:INITIATED]->(:PracticeCase)-[q:APPLIED]->(t) RETURN q ORDER BY q.id LIMIT 10 } AS said,
         s.id AS id
}
WITH c, problem, first, first_date, second, second_date, said, id
ORDER BY problem, c.name, c.id, first, second, id
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[i:INITIATED]->(c)
WITH c, problem, first, first_date, second, second_date, said, id, u, i
ORDER BY u.name, u.id
WITH c, problem, first, first_date, second, second_date, said, id, collect(u.name) AS unions, collect(i) AS owning
RETURN problem, c.name AS case, unions, first AS should_be_earlier, first_date AS earlier_date,
       second AS should_be_later, second_date AS later_date, (said + owning)[..20] AS evidence
ORDER BY problem, case, c.id, should_be_earlier, should_be_later, id;
