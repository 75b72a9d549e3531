// ---
// zh: 一地之内，某类做法在各层级最早的记载是什么时候？（块，即地方工会一线，与条，即产业、集团系统，分列）
// en: Within one region, when is the earliest record of a practice type at each level? (块, the territorial line, and 条, the industrial and corporate lines, apart.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
// columns:
//   superior_line: {zh: "地方总工会为 territorial（块），其余按首要隶属：territorial、industrial、corporate；空为看不出", en: "territorial for local federations, else the line of the union's primary superior; empty where none is known"}
//   level: {zh: 工会层级, en: level of the union}
//   unions: {zh: 有记载的工会数, en: unions with a record}
//   undated: {zh: 其中没有任何时间的, en: "of these, without any date"}
//   bounded: {zh: 其中区间起止都已知的, en: "of these, with both bounds known"}
//   earliest: {zh: 起止都已知的各家中最早一家的区间：下限、上限各取最小, en: "interval of the earliest of those with both bounds: the smallest lower and the smallest upper bound"}
//   known_by: {zh: 全部各家中最早的上限（不晚于）, en: "smallest upper bound of all: known by"}
// leaves_out: [without_union]
// example: unionkg query run levels.level_lags -p practice_type=集体协商 -p region=上海市
// ---
MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH DISTINCT x
MATCH (u:TradeUnion)-[:BASED_IN]->(x)
MATCH (u)-[a:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine
OPTIONAL MATCH (u)-[up:SUBORDINATE_TO {primary: true}]->(:TradeUnion)
WITH DISTINCT u, a, t, CASE WHEN u.type = 'local_federation' THEN 'territorial' ELSE up.line END AS line
WITH line, u.level AS level, u, a, t, a.not_before IS NOT NULL AND a.not_after IS NOT NULL AS known
WITH line, level, t, count(u) AS unions, sum(CASE WHEN a.not_after IS NULL THEN 1 ELSE 0 END) AS undated,
     sum(CASE WHEN known THEN 1 ELSE 0 END) AS bounded, min(CASE WHEN known THEN a.not_before END) AS lower,
     min(CASE WHEN known THEN a.not_after END) AS upper, min(a.not_after) AS known_by, collect(a.cases) AS cases
UNWIND reduce(ids = [], some IN cases | ids + some) AS id
MATCH (c:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
WHERE same.id = t.id
WITH DISTINCT line, level, unions, undated, bounded, lower, upper, known_by, p, CASE WHEN p.dated_by = 'stated_start' THEN c END AS c
ORDER BY coalesce(p.not_after, '9999'), p.id
// An account that says when its main practice began says so itself.
WITH line, level, unions, undated, bounded, lower, upper, known_by, collect(c)[..4] AS starts, collect(p)[..16] AS said
RETURN line AS superior_line, level, unions, undated, bounded, lower + '/' + upper AS earliest, known_by, starts + said AS evidence
ORDER BY coalesce(line, ''), coalesce(level, '');
