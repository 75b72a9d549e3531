// ---
// zh: 某类做法，哪些工会在资料中最早有记载？（时间是区间，不等于首创）
// en: Which unions have the earliest records of a practice type? (Intervals with their basis, never a claim to be first.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 工会所在地区（含下级和历史区划）, en: "where the union is based, with all below it and what became part of it"}
//   years: {type: years, default: .., zh: 最早记载可能落在的年份, en: years in which the earliest record may lie}
//   limit: {type: integer, default: 20, zh: 最多几家, en: at most so many unions}
// columns:
//   union: {zh: 工会, en: the union whose account it is}
//   level: {zh: 层级, en: its level}
//   region: {zh: 所在地区, en: where it is based}
//   earliest: {zh: 该工会最早记载的区间；“不晚于”表示下限未知，即有的案例没写起始时间、可能更早, en: "interval of the union's earliest record; 不晚于 means that an account without a stated start may be earlier still"}
//   dated_by: {zh: 本行案例的定年依据, en: what the date of this row's account rests on}
//   case: {zh: 所据案例（几处刊印的同一则只占一行）；上限、下限出自两个案例时各占一行, en: "the account that gives the upper or the lower bound, one row however often it is printed; a row for each where they are two"}
// leaves_out: [undated, without_union]
// example: unionkg query run timeline.earliest_records -p practice_type=集体协商
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[a:ADOPTED]-(u:TradeUnion)
WHERE a.not_after >= toString($years[0])
  AND (a.not_before IS NULL OR a.not_before <= toString($years[1]) + '-12-31')
  AND ($region IS NULL OR u.region IN inside)
WITH t, u, a
ORDER BY a.not_after, coalesce(a.not_before, ''), u.name, u.id
LIMIT $limit
MATCH (u)-[:INITIATED]->(c:PracticeCase)-[p:APPLIED]->(t)
WHERE c.id IN a.cases AND (p.not_after = a.not_after OR p.not_before = a.not_before)
OPTIONAL MATCH (c)-[h:RECEIVED]->(:Award)
WHERE p.dated_by = 'award' AND p.not_after STARTS WITH h.year
WITH u, a, c, p, h
ORDER BY h.id
WITH u, a, c, p, collect(h)[..3] AS honours
OPTIONAL MATCH (u)-[:BASED_IN]->(r:Region)
WITH u, a, r, c, p, [p] + CASE WHEN p.dated_by = 'stated_start' THEN [c] ELSE [] END + honours AS said
ORDER BY p.not_after, c.id, p.id
// Printings of one account are one row; the one that says earliest gives its name and basis.
WITH u, a, r, c.account AS account, collect(p)[0] AS p, collect(c)[0] AS c, collect(said) AS told
RETURN u.name AS union, u.level AS level, r.full_name AS region,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS earliest,
       p.dated_by AS dated_by, c.name AS case, reduce(flat = [], said IN told | flat + said)[..20] AS evidence
ORDER BY a.not_after, coalesce(a.not_before, ''), u.name, u.id, p.not_after, c.id;
