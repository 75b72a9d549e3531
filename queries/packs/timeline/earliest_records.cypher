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
//   资料中最早记载: {zh: 最早记载的区间；“不晚于”表示只知上限, en: "interval of the earliest record; 不晚于 means only the upper bound is known"}
//   dated_by: {zh: 定年依据, en: what the interval rests on}
//   case: {zh: 所据案例, en: the account behind it}
//   document: {zh: 文献, en: the document}
//   quotes: {zh: 原文, en: the words that show the practice type}
// example: unionkg query run timeline.earliest_records -p practice_type=集体协商
// ---
MATCH (u:TradeUnion)-[a:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine AND a.not_after IS NOT NULL
MATCH (u)-[:INITIATED]->(c:PracticeCase)-[p:APPLIED]->(t)
WHERE p.not_after = a.not_after AND coalesce(p.not_before, '') = coalesce(a.not_before, '')
MATCH (c)-[:REPORTED_IN]->(d:Document)
OPTIONAL MATCH (u)-[:BASED_IN]->(r:Region)
RETURN u.name AS union, u.level AS level, r.full_name AS region,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS `资料中最早记载`,
       a.dated_by AS dated_by, c.name AS case, d.title AS document, p.quotes AS quotes
ORDER BY a.not_after, coalesce(a.not_before, ''), u.name, c.id
LIMIT $limit;
