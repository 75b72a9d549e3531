// ---
// zh: 到某年，某层级的地区里有多少见于记载？其余是资料未见还是无该地资料？
// en: By a year, how many regions of a level have a record of a practice type, and what is known of the others?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   year: {type: integer, default: 2024, zh: 到哪一年年底, en: by the end of which year}
// columns:
//   regions: {zh: 地区总数（31 个省级和兵团之内）, en: regions of the level that are counted}
//   recorded: {zh: 有记载, en: with a record known by then}
//   not_seen: {zh: 资料未见（该地有别的案例；不等于未开展）, en: not seen although the region has accounts; no sign of absence}
//   no_material: {zh: 无该地资料, en: no account from there at all}
//   资料中最早记载: {zh: 其中最早的记载（日期上限）, en: upper bound of the earliest record among them}
// example: unionkg query run timeline.coverage -p practice_type=集体协商 -p level=province -p year=2024
// ---
MATCH (r:Region {level: $level})
WHERE r.counted AND (r.valid_to IS NULL OR r.valid_to > toString($year) + '-12-31')
  AND (r.valid_from IS NULL OR r.valid_from <= toString($year) + '-12-31')
OPTIONAL MATCH (r)<-[w:WITHIN*0..2]-(:Region)-[a:ADOPTED]->(:PracticeType {name: $practice_type, routine: false})
WHERE a.not_after <= toString($year) + '-12-31' AND all(x IN w WHERE x.valid_to IS NULL)
WITH r, count(a) AS records, min(a.not_after) AS earliest
OPTIONAL MATCH (r)<-[v:WITHIN*0..2]-(:Region)<-[:TOOK_PLACE_IN]-(c:PracticeCase)
WHERE all(x IN v WHERE x.valid_to IS NULL)
WITH r, records, earliest, count(c) AS accounts
RETURN count(r) AS regions,
       sum(CASE WHEN records > 0 THEN 1 ELSE 0 END) AS recorded,
       sum(CASE WHEN records = 0 AND accounts > 0 THEN 1 ELSE 0 END) AS not_seen,
       sum(CASE WHEN records = 0 AND accounts = 0 THEN 1 ELSE 0 END) AS no_material,
       min(earliest) AS `资料中最早记载`;
