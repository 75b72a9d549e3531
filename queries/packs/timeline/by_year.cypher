// ---
// zh: 某类做法，每年有多少案例、多少工会？（写明起始的与只知“不晚于”的分开）
// en: How many accounts and unions of a practice type are there by year, those with a stated start apart from those known only by an upper bound?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 案例发生、工会所在的地区（含下级和历史区划）, en: "where accounts took place and unions are based, with all below it and what became part of it"}
//   years: {type: years, default: .., zh: 列出哪些年份, en: years to list}
// columns:
//   year: {zh: 年份, en: year}
//   accounts_started: {zh: 起始时间写明在该年的案例数, en: accounts whose stated start lies in the year}
//   accounts_spanning: {zh: 起始区间跨几年、止于该年的案例数, en: "accounts whose stated start is an interval of several years that ends in it"}
//   accounts_known_by: {zh: 只知不晚于该年的案例数（可能早得多，不是该年新增）, en: "accounts known only by an upper bound in the year; they may be much older and are no new ones"}
//   unions_started: {zh: 最早记载起止都已知、上限在该年的工会数, en: "unions whose earliest record has both bounds, the upper one in the year"}
//   unions_known_by: {zh: 最早记载只知不晚于该年的工会数, en: unions whose earliest record is known only by an upper bound in the year}
// leaves_out: [undated, unplaced]
// example: unionkg query run timeline.by_year -p practice_type=集体协商 -p years=2010..2024
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type, routine: false})
OPTIONAL MATCH (t)<-[p:APPLIED]-(c:PracticeCase)
WHERE p.not_after IS NOT NULL
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside })
// Of several printings of one account the one that says earliest counts.
WITH inside, t, c, p
ORDER BY p.not_after, coalesce(p.not_before, '~'), p.id
WITH inside, t, c.account AS account, collect(p)[0] AS p
WITH inside, t, p, substring(p.not_after, 0, 4) AS year
ORDER BY p.id
WITH inside, t, year, collect(p)[..20] AS ties,
     sum(CASE WHEN p.not_before STARTS WITH year THEN 1 ELSE 0 END) AS started,
     sum(CASE WHEN p.not_before IS NOT NULL AND NOT p.not_before STARTS WITH year THEN 1 ELSE 0 END) AS spanning,
     sum(CASE WHEN p.not_before IS NULL THEN 1 ELSE 0 END) AS known_by
WITH inside, t, collect({year: year, ties: ties, started: started, spanning: spanning, known_by: known_by}) AS told
OPTIONAL MATCH (t)<-[a:ADOPTED]-(u:TradeUnion)
WHERE a.not_after IS NOT NULL AND ($region IS NULL OR u.region IN inside)
WITH told, u, a
ORDER BY u.id
WITH told, substring(a.not_after, 0, 4) AS year, count(a.not_before) AS bounded, count(a) AS adopted, collect({cases: a.cases, known_by: a.not_after})[..10] AS some
WITH told, collect({year: year, bounded: bounded, adopted: adopted, some: some}) AS unions
UNWIND [one IN told | one.year] + [one IN unions | one.year] AS year
WITH DISTINCT year, [one IN told WHERE one.year = year][0] AS accounts, [one IN unions WHERE one.year = year][0] AS unions
WHERE toInteger(year) >= $years[0] AND toInteger(year) <= $years[1]
WITH year, accounts, unions, COLLECT {
       UNWIND unions.some AS one
       UNWIND one.cases AS i
       MATCH (:PracticeCase {id: i})-[p:APPLIED]->(:PracticeType {name: $practice_type})
       WHERE p.not_after = one.known_by
       RETURN DISTINCT p ORDER BY p.id LIMIT 10
     } AS firsts
RETURN toInteger(year) AS year, coalesce(accounts.started, 0) AS accounts_started,
       coalesce(accounts.spanning, 0) AS accounts_spanning, coalesce(accounts.known_by, 0) AS accounts_known_by,
       coalesce(unions.bounded, 0) AS unions_started, coalesce(unions.adopted - unions.bounded, 0) AS unions_known_by,
       (firsts + [p IN coalesce(accounts.ties, []) WHERE NOT p.id IN [q IN firsts | q.id]])[..20] AS evidence
ORDER BY year;
