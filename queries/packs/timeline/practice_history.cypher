// ---
// zh: 某一项做法，资料里写明了时间的事有哪些？（起始、试点、学习、推广、认可、荣誉、见于文献，按时间先后）
// en: What is dated about one named practice, in order of time? (Start, pilots, learning, promotion, recognition, honours, appearance in documents.)
// parameters:
//   practice: {type: string, values: practices, zh: 做法名称（或其中一部分）, en: name of the practice or a part of it}
//   years: {type: years, default: .., zh: 可能落在哪些年份, en: years in which it may lie}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   period: {zh: 时间（或“起/止”区间，原文写到哪一级就到哪一级）, en: "date or interval, as precise as the text"}
//   event: {zh: "什么事：STARTED 起始、RECEIVED 荣誉、REPORTED 见于文献（只说明不晚于），其余为扩散关系", en: "what: STARTED, RECEIVED an honour, REPORTED in a document (an upper bound only), else a relationship of diffusion"}
//   practice: {zh: 做法, en: the practice}
//   case: {zh: 案例（几处刊印的同一则，同一件事只占一行；见于文献的各占一行）, en: "the account; one thing is one row however often the account is printed, its appearances in documents apart"}
//   unions: {zh: 谁的案例, en: whose account it is}
//   other: {zh: 另一端（荣誉、单位、地区、文献）, en: "the other end: an honour, a body, a region, a document"}
// example: unionkg query run timeline.practice_history -p practice=驿站
// ---
MATCH (k:Practice)
WHERE k.name CONTAINS $practice OR any(a IN coalesce(k.aliases, []) WHERE a CONTAINS $practice)
MATCH (k)<-[i:INTRODUCED|INCLUDED]-(c:PracticeCase)
CALL (i, c) {
  WITH i, c
  WHERE type(i) = 'INTRODUCED' AND c.started IS NOT NULL
  RETURN c.started AS period, 'STARTED' AS event, null AS other, [i, c] AS said, i.id AS id
  UNION ALL
  WITH i, c
  WHERE type(i) = 'INTRODUCED'
  MATCH (c)-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY|RECEIVED]->(o)
  WHERE s.period IS NOT NULL OR (type(s) = 'RECEIVED' AND s.year IS NOT NULL)
  RETURN coalesce(s.period, s.year) AS period, type(s) AS event, coalesce(s.printed, o.name) AS other, [s, i] AS said,
         s.id AS id
  UNION ALL
  WITH i, c
  MATCH (c)-[:REPORTED_IN]->(d:Document)
  WHERE d.published IS NOT NULL
  RETURN d.published AS period, 'REPORTED' AS event, d.title AS other, [i] AS said, i.id AS id
}
// Printings of one account are one: of its beginning the printing counts that says earliest, of what else happened all that say the same.
WITH k, c, period, event, other, said, id,
     CASE event WHEN 'STARTED' THEN event WHEN 'REPORTED' THEN event + '|' + c.id + '|' + id ELSE event + '|' + period + '|' + other END AS same
ORDER BY split(period, '/')[-1], period, c.id, id
WITH k, c.account AS account, same, collect({period: period, event: event, case: c, other: other, id: id})[0] AS one, collect(said) AS told
WITH k, one.case AS c, one.period AS period, one.event AS event, one.other AS other, one.id AS id, told
WHERE split(period, '/')[-1] + '-99' >= toString($years[0])
  AND split(period, '/')[0] <= toString($years[1]) + '-99'
WITH k, c, period, event, other, told, id
ORDER BY period, event, k.name, k.id, id
LIMIT $limit
WITH k, c, period, event, other, told, id,
     COLLECT { MATCH (u:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY u.name, u.id, i.id } AS initiated
RETURN period, event, k.name AS practice, c.name AS case, [i IN initiated | startNode(i).name] AS unions, other,
       (reduce(flat = [], said IN told | flat + said) + initiated)[..20] AS evidence
ORDER BY period, event, practice, k.id, id;
