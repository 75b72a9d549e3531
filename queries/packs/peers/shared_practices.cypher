// ---
// zh: 两个地区都有哪些做法类型的记载，哪些只见于一方？（含下级和并入的旧区划；未见记载不等于没有开展）
// en: Of which practice types do two regions both have records, and which are recorded of one only? (With all below them; no record is no absence.)
// parameters:
//   region: {type: string, values: regions, zh: 一个地区, en: one region}
//   other_region: {type: string, values: regions, zh: 另一个地区, en: the other region}
// columns:
//   practice_type: {zh: 做法类型, en: practice type}
//   in_region: {zh: 前者最早记载的区间, en: interval of the earliest record of the first}
//   in_other: {zh: 后者最早记载的区间, en: interval of the earliest record of the second}
//   recorded_of: {zh: "见于记载的：both 双方，region 只前者，other_region 只后者", en: "recorded of: both, region (the first only), other_region (the second only)"}
// leaves_out: [unplaced]
// example: unionkg query run peers.shared_practices -p region=上海市 -p other_region=浙江省
// ---
UNWIND [$region, $other_region] AS side
MATCH (r:Region {id: side})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH DISTINCT side, x
MATCH (x)-[a:ADOPTED]->(t:PracticeType)
WHERE NOT t.routine
WITH side, t, a
ORDER BY coalesce(a.not_after, '9999'), a.id
WITH side, t, CASE WHEN count(a.not_before) = count(a) THEN min(a.not_before) END AS lower, min(a.not_after) AS upper,
     collect(a.cases[..5])[..10] AS cases
WITH side, t, cases, CASE WHEN upper IS NULL THEN '时间不明' WHEN lower IS NULL THEN '不晚于 ' + upper ELSE lower + '/' + upper END AS interval
WITH t, collect({side: side, interval: interval, cases: cases}) AS sides
WITH t, sides, [s IN sides WHERE s.side = $region | s.interval][0] AS one, [s IN sides WHERE s.side = $other_region | s.interval][0] AS other
UNWIND sides AS s
UNWIND s.cases AS ids
UNWIND ids AS id
MATCH (:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
WHERE same.id = t.id
WITH t, one, other, p
ORDER BY coalesce(p.not_after, '9999'), p.id
WITH t, one, other, collect(DISTINCT p)[..20] AS evidence
RETURN t.name AS practice_type, one AS in_region, other AS in_other,
       CASE WHEN one IS NULL THEN 'other_region' WHEN other IS NULL THEN 'region' ELSE 'both' END AS recorded_of, evidence
ORDER BY recorded_of, practice_type, t.id;
