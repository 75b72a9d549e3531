// ---
// zh: 某类做法，哪些工会在资料中最早有记载？（时间是区间，不等于首创）
// en: Which unions have the earliest records of a practice type? (Intervals with their basis, never a claim to be first.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 20, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 工会, en: the union whose case it is}
//   level: {zh: 层级, en: its level}
//   region: {zh: 所在地区, en: where it is based}
//   资料中最早记载: {zh: 该工会最早记载的区间；“不晚于”表示下限未知，即有的案例没写起始时间、可能更早, en: "interval of the union's earliest record; 不晚于 means that an account without a stated start may be earlier still"}
//   dated_by: {zh: 本行案例的定年依据, en: what the date of this row's account rests on}
//   case: {zh: 所据案例；上限、下限出自两个案例时各占一行, en: the account that gives the upper or the lower bound; a row for each where they are two}
//   document: {zh: 文献, en: the document}
//   quotes: {zh: 原文, en: the words that show the practice type}
// example: unionkg query run timeline.earliest_records -p practice_type=集体协商
// ---
MATCH (u:TradeUnion)-[a:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine AND a.not_after IS NOT NULL
MATCH (u)-[:INITIATED]->(c:PracticeCase)-[p:APPLIED]->(t)
WHERE c.id IN a.cases AND (p.not_after = a.not_after OR p.not_before = a.not_before)
MATCH (c)-[:REPORTED_IN]->(d:Document)
OPTIONAL MATCH (u)-[:BASED_IN]->(r:Region)
RETURN u.name AS union, u.level AS level, r.full_name AS region,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS `资料中最早记载`,
       p.dated_by AS dated_by, c.name AS case, d.title AS document, p.quotes AS quotes
ORDER BY a.not_after, coalesce(a.not_before, ''), u.name, u.id, p.not_after, c.id
LIMIT $limit;
