// ---
// zh: 一份文献的案例里，哪些时间自相矛盾？（起始晚于刊印、荣誉或认可早于起始、被推广早于起始、时段颠倒、向后来者学习）
// en: Which dates in the accounts of a document contradict each other? (A start after publication; an honour, recognition or spread before the start; a period that ends before it begins; learning from one that began later.)
// parameters:
//   document: {type: string, values: documents, zh: 文献标题（或其中一部分；符合的文献越多越慢）, en: "title of the document or a part of it; the more documents bear it, the slower"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   problem: {zh: "哪一种：start_after_publication 起始晚于刊印、event_before_start 荣誉、认可或推广早于起始、event_after_publication 所说的事晚于刊印、reversed_period 时段颠倒、learned_from_later 学的对象起步更晚", en: "which: start_after_publication, event_before_start (an honour, recognition or spread before the practice began), event_after_publication (told before it happened), reversed_period, learned_from_later (the source began later than the learner)"}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 谁的案例, en: whose account it is}
//   should_be_earlier: {zh: 应在前的, en: what should come first}
//   earlier_date: {zh: 应在前的时间, en: its date}
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
  MATCH (c)-[s:RECEIVED|RECOGNISED_BY|SCALED_TO|REPLICATED_IN|PROMOTED_BY]->(o)
  WITH c, s, o, coalesce(s.period, s.year) AS period
  WHERE split(period, '/')[-1] + '-99' < split(c.started, '/')[0]
  RETURN 'event_before_start' AS problem, 'STARTED' AS first, c.started AS first_date,
         type(s) + '：' + coalesce(s.printed, o.name) AS second, period AS second_date, [c, s] AS said, s.id AS id
  UNION ALL
  WITH d, c
  MATCH (c)-[s:RECEIVED|RECOGNISED_BY|SCALED_TO|REPLICATED_IN|PROMOTED_BY|LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT]->(o)
  WITH d, c, s, o, coalesce(s.period, s.year) AS period
  WHERE split(period, '/')[0] > d.published + '-99' AND NOT coalesce(s.intended, false)
  RETURN 'event_after_publication' AS problem, type(s) + '：' + coalesce(s.printed, o.name) AS first, period AS first_date,
         'PUBLISHED' AS second, d.published AS second_date, [s] AS said, s.id AS id
  UNION ALL
  WITH d, c
  MATCH (c)-[s:ACHIEVED|RECOGNISED_BY|SCALED_TO|REPLICATED_IN|PROMOTED_BY|LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT]->(o)
  WITH c, s, o, coalesce(s.period, o.period) AS period
  WHERE split(period, '/')[-1] + '-99' < split(period, '/')[0]
  RETURN 'reversed_period' AS problem, type(s) + '：' + coalesce(s.printed, o.name) AS first, split(period, '/')[0] AS first_date,
         type(s) + '：' + coalesce(s.printed, o.name) AS second, split(period, '/')[-1] AS second_date, [s] AS said, s.id AS id
  UNION ALL
  WITH d, c
  MATCH (c)-[s:LEARNED_FROM]->(v:TradeUnion)-[a:ADOPTED]->(t:PracticeType {routine: false})<-[p:APPLIED {role: 'main'}]-(c)
  WHERE p.not_after < a.not_before
  RETURN 'learned_from_later' AS problem, v.name + '：' + t.name AS first, a.not_before + '/' + a.not_after AS first_date,
         'APPLIED：' + t.name AS second, coalesce(p.not_before, '') + '/' + p.not_after AS second_date, [s, p] AS said, s.id AS id
}
WITH c, problem, first, first_date, second, second_date, said, id
ORDER BY problem, c.name, c.id, first, second, id
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, problem, first, first_date, second, second_date, said, id, u
ORDER BY u.name, u.id
WITH c, problem, first, first_date, second, second_date, said, id, collect(u.name) AS unions
RETURN problem, c.name AS case, unions, first AS should_be_earlier, first_date AS earlier_date,
       second AS should_be_later, second_date AS later_date, said AS evidence
ORDER BY problem, case, c.id, should_be_earlier, should_be_later, id;
