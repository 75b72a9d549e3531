// ---
// zh: 某类做法，各层级工会累计有多少家已见于记载？
// en: How many unions of each level have a record of a practice type, cumulated by year?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   level: {zh: 层级, en: level of the union}
//   资料中最早记载: {zh: 记载的年份上限, en: year by which the record is known}
//   unions: {zh: 该年新见于记载的工会数, en: unions whose earliest record is known by that year}
//   with_stated_start: {zh: 其中年份出自文中写明的起始时间的, en: "of these, whose year is that of a stated start"}
//   cumulative: {zh: 累计, en: cumulated}
// example: unionkg query run timeline.adopters_by_level -p practice_type=集体协商
// ---
MATCH (u:TradeUnion)-[a:ADOPTED]->(t:PracticeType {name: $practice_type})
WHERE NOT t.routine AND a.not_after IS NOT NULL
WITH u.level AS level, toInteger(substring(a.not_after, 0, 4)) AS year, count(*) AS unions,
     sum(CASE WHEN a.dated_by IN ['stated_start', 'own_date'] THEN 1 ELSE 0 END) AS dated
ORDER BY level, year
WITH level, collect({year: year, unions: unions, dated: dated}) AS years
UNWIND range(0, size(years) - 1) AS i
RETURN level, years[i].year AS `资料中最早记载`, years[i].unions AS unions, years[i].dated AS with_stated_start,
       reduce(total = 0, y IN years[0..i + 1] | total + y.unions) AS cumulative
ORDER BY level, `资料中最早记载`;
