// ---
// zh: 某类做法，各工会比资料中最早的一家晚几年？（区间；不作采用者分类，因为资料只是样本；年数按日历年相减）
// en: How many years after the earliest record of a practice type does each union follow? (Intervals; no adopter classes, because a collection is a sample; years are calendar years subtracted.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 只在这一地区的工会之间比较（含下级和历史区划）, en: "compare only unions based there, with all below it and what became part of it"}
//   limit: {type: integer, default: 100, zh: 最多几家, en: at most so many unions}
// columns:
//   union: {zh: 工会, en: the union}
//   level: {zh: 层级, en: its level}
//   earliest: {zh: 该工会最早记载的区间, en: interval of the union's earliest record}
//   dated_by: {zh: 上限的定年依据, en: what the upper bound rests on}
//   lag_at_least: {zh: 比起止都已知的工会中最早的一家至少晚几年；只知上限时为空, en: "at least so many years after the earliest of those with both bounds known; empty where only the upper bound is known"}
//   lag_at_most: {zh: 至多晚几年（负数：一定早于起止都已知的各家）, en: "at most so many years later; below zero: surely earlier than all with both bounds known"}
// leaves_out: [undated, without_union]
// example: unionkg query run timeline.lags -p practice_type=集体协商
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[b:ADOPTED]-(v:TradeUnion)
WHERE b.not_before IS NOT NULL AND ($region IS NULL OR v.region IN inside)
WITH inside, t, b.not_before AS lower, b.not_after AS upper
ORDER BY lower
WITH inside, t, collect(lower)[..2] AS lowers, min(upper) AS first_upper
MATCH (t)<-[a:ADOPTED]-(u:TradeUnion)
WHERE a.not_after IS NOT NULL AND ($region IS NULL OR u.region IN inside)
WITH t, u, a, lowers, first_upper
ORDER BY a.not_after, coalesce(a.not_before, ''), u.name, u.id
LIMIT $limit
MATCH (u)-[:INITIATED]->(c:PracticeCase)-[p:APPLIED]->(t)
WHERE c.id IN a.cases AND (p.not_after = a.not_after OR p.not_before = a.not_before)
WITH u, a, p, lowers, first_upper
ORDER BY p.id
WITH u, a, collect(p)[..20] AS ties,
     // A union cannot follow itself: its lag is measured from the earliest of the others.
     CASE WHEN a.not_before = lowers[0] THEN lowers[1] ELSE lowers[0] END AS first_lower, first_upper
WITH u, a, ties,
     toInteger(substring(a.not_before, 0, 4)) - toInteger(substring(first_upper, 0, 4)) AS least,
     toInteger(substring(a.not_after, 0, 4)) - toInteger(substring(first_lower, 0, 4)) AS most
RETURN u.name AS union, u.level AS level,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS earliest,
       a.dated_by AS dated_by,
       CASE WHEN least < 0 THEN 0 ELSE least END AS lag_at_least,
       CASE WHEN most IS NULL OR (most < 0 AND a.not_before IS NOT NULL) THEN 0 ELSE most END AS lag_at_most,
       ties AS evidence
ORDER BY a.not_after, coalesce(a.not_before, ''), union, u.id;
