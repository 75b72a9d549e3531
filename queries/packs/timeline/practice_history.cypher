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
//   case: {zh: 案例, en: the account}
//   unions: {zh: 谁的案例, en: whose account it is}
//   other: {zh: 另一端（荣誉、单位、地区、文献）, en: "the other end: an honour, a body, a region, a document"}
// example: unionkg query run timeline.practice_history -p practice=驿站
// ---
MATCH (k:Practice)
WHERE k.name CONTAINS $practice OR any(a IN coalesce(k.aliases, []) WHERE a CONTAINS $practice)
MATCH (k)<-[i:INTRODUCED|INCLUDED]-(c:PracticeCase)
WITH k, i, c
ORDER BY c.id, i.id
LIMIT 1000
CALL (i, c) {
  WITH i, c
  WHERE type(i) = 'INTRODUCED' AND c.started IS NOT NULL
  RETURN c.started AS period, 'STARTED' AS event, null AS other, [i, c] AS said, i.id AS id
  UNION ALL
  WITH i, c
  WHERE type(i) = 'INTRODUCED'
  MATCH (c)-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY|RECEIVED]->(o)
  WHERE s.period IS NOT NULL OR (type(s) = 'RECEIVED' AND s.year IS NOT NULL)
  RETURN coalesce(s.period, s.year) AS period, type(s) AS event, coalesce(s.printed, o.name) AS other, [s] AS said,
         s.id AS id
  UNION ALL
  WITH i, c
  MATCH (c)-[:REPORTED_IN]->(d:Document)
  WHERE d.published IS NOT NULL
  RETURN d.published AS period, 'REPORTED' AS event, d.title AS other, [i] AS said, i.id AS id
}
WITH k, i, c, period, event, other, said, id
WHERE split(period, '/')[-1] + '-99' >= toString($years[0])
  AND split(period, '/')[0] <= toString($years[1]) + '-99'
WITH k, c, period, event, other, said, id
ORDER BY period, event, k.name, k.id, id
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH k, c, period, event, other, said, id, u
ORDER BY u.name, u.id
WITH k, c, period, event, other, said, id, collect(u.name) AS unions
RETURN period, event, k.name AS practice, c.name AS case, unions, other, said AS evidence
ORDER BY period, event, practice, k.id, id;
