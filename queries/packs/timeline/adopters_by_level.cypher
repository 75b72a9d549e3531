// ---
// zh: 某类做法，各层级工会到每一年累计有多少家已见于记载？
// en: How many unions of each level have a record of a practice type by the end of each year?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 工会所在地区（含下级和历史区划）, en: "where the union is based, with all below it and what became part of it"}
//   years: {type: years, default: .., zh: 列出哪些年份（累计仍从头算起）, en: years to list; cumulated from the beginning all the same}
// columns:
//   level: {zh: 层级, en: level of the union}
//   year: {zh: 年份；有新见记载的才列, en: year; only those that bring a new record}
//   unions: {zh: 该年新见于记载的工会数（按最早记载的上限）, en: "unions whose earliest record is known by that year, not before"}
//   with_stated_start: {zh: 其中年份出自文中写明的时间的, en: "of these, whose year is that of a date in the text"}
//   known: {zh: 累计：到该年年底已见于记载的, en: "cumulated: with a record by the end of the year"}
//   possible: {zh: 累计上限：到该年年底可能已开展的（含只知“不晚于”和没有时间的）, en: "cumulated at most: that may have begun by then, those known by an upper bound only or without a date among them"}
// leaves_out: [unbounded, undated, without_union]
// example: unionkg query run timeline.adopters_by_level -p practice_type=集体协商
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[a:ADOPTED]-(u:TradeUnion)
WHERE $region IS NULL OR u.region IN inside
WITH t, u, a
ORDER BY u.id
WITH t, u.level AS level, substring(a.not_after, 0, 4) AS year, count(a) AS unions,
     sum(CASE WHEN a.dated_by IN ['stated_start', 'own_date'] THEN 1 ELSE 0 END) AS dated,
     collect(a.not_before) AS lowers, collect({union: u, adoption: a})[..20] AS some
WITH t, level, collect({year: year, unions: unions, dated: dated, lowers: lowers, some: some}) AS years
UNWIND years AS one
WITH t, level, years, one
WHERE one.year IS NOT NULL AND toInteger(one.year) >= $years[0] AND toInteger(one.year) <= $years[1]
WITH t, level, one,
     reduce(total = 0, y IN [z IN years WHERE z.year <= one.year] | total + y.unions) AS known,
     reduce(total = 0, y IN years | total + y.unions - size(y.lowers) + size([l IN y.lowers WHERE l < one.year + '-99']))
       AS possible
UNWIND one.some AS adopted
WITH t, level, toInteger(one.year) AS year, one.unions AS unions, one.dated AS dated, known, possible,
     adopted.union AS u, adopted.adoption AS a
OPTIONAL MATCH (u)-[:INITIATED]->(c:PracticeCase)-[p:APPLIED]->(t)
WHERE c.id IN a.cases AND p.not_after = a.not_after
WITH level, year, unions, dated, known, possible, u, p
ORDER BY u.id, p.id
RETURN level, year, unions, dated AS with_stated_start, known, possible, collect(DISTINCT p)[..20] AS evidence
ORDER BY CASE level WHEN 'national' THEN 1 WHEN 'provincial' THEN 2 WHEN 'prefecture' THEN 3 WHEN 'county' THEN 4
         WHEN 'township' THEN 5 WHEN 'community' THEN 6 WHEN 'grassroots' THEN 7 ELSE 8 END, year;
