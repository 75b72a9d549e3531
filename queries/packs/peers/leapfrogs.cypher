// ---
// zh: 某类做法，哪些地区的记载晚于别处、而相邻地区没有可能更早的记载？（跳跃；只就资料而言，资料未见不等于没有开展；相邻地区全无资料的看不出跳跃，不列）
// en: Which regions have a record of a practice type after others elsewhere, while no region next to them has one that may be earlier? (Leaps, as far as the material goes; not seen is not absent. Where no neighbour has any account nothing can be told, so that is left out.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: county, values: region_levels.key, zh: 地区层级, en: level of the regions}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   region: {zh: 地区, en: the region}
//   earliest: {zh: 该地最早记载的区间, en: interval of its earliest record}
//   earlier_elsewhere: {zh: 同级地区中一定更早的一例（上限最早的）, en: "the region of the level with the earliest upper bound, which is surely earlier"}
//   later: {zh: 一定不更早的相邻地区, en: neighbours with a record that is surely not earlier}
//   not_seen: {zh: 资料未见的相邻地区（该地有别的案例）, en: neighbours with accounts but no record of the practice type}
//   no_material: {zh: 无该地资料的相邻地区, en: neighbours without any account}
// leaves_out: [undated, unbounded, unplaced]
// needs: {zh: 要有更多地区的、写明起始时间的案例，相邻地区也要有资料, en: "more regions with stated starts, and accounts from their neighbours"}
// example: unionkg query run peers.leapfrogs -p practice_type=集体协商 -p level=prefecture
// ---
MATCH (t:PracticeType {name: $practice_type})<-[a:ADOPTED]-(x:Region)
WHERE NOT t.routine
MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
WHERE r.valid_to IS NULL AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH DISTINCT t, r, a
WITH t, r, CASE WHEN count(a.not_before) = count(a) THEN min(a.not_before) END AS lower, min(a.not_after) AS upper
ORDER BY upper, r.code
WITH t, collect({region: r, lower: lower, upper: upper}) AS all
WITH t, all, [o IN all WHERE o.region.level = $level AND o.upper IS NOT NULL][0] AS first
UNWIND all AS record
WITH t, first, record, record.region AS r
// A region of another level is a neighbour where none of the level that lies in it, or in which it lies, is one.
OPTIONAL MATCH (r)-[:ADJACENT_TO]-(n:Region {level: $level})
WHERE r.level = $level OR NOT EXISTS { MATCH (r)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(n) }
WITH t, first, r, record, collect(n) AS around
UNWIND around + [r] AS place
WITH t, first, place, collect(record) AS seen
WHERE place.level = $level
WITH t, first, place, [s IN seen WHERE s.region.id = place.id][0] AS own, [s IN seen WHERE s.region.id <> place.id] AS others
WHERE own.lower IS NOT NULL AND own.upper IS NOT NULL AND first.upper < own.lower AND all(s IN others WHERE s.lower >= own.upper)
OPTIONAL MATCH (place)-[:ADJACENT_TO]-(n:Region)
WHERE n.level = $level OR NOT EXISTS { MATCH (n)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(place) }
WITH t, first, place, own, others, n, CASE WHEN n.id IN [o IN others | o.region.id] THEN 'later'
     WHEN EXISTS { MATCH (n)-[:COVERAGE {status: '开展'}]->(t) } THEN 'ledger' ELSE 'other' END AS kind
OPTIONAL MATCH (n)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(c:PracticeCase)
WHERE kind = 'other' AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH t, first, place, own, n, kind, count(c) AS accounts
ORDER BY n.code
WITH t, first, place, own, sum(CASE kind WHEN 'ledger' THEN 1 ELSE 0 END) AS confirmed,
     collect(CASE kind WHEN 'later' THEN n.name END) AS later,
     collect(CASE WHEN kind = 'other' AND accounts > 0 THEN n.name END) AS not_seen,
     collect(CASE WHEN kind = 'other' AND accounts = 0 THEN n.name END) AS no_material
WHERE confirmed = 0 AND (size(later) > 0 OR size(not_seen) > 0)
WITH t, first, place, own, later, not_seen, no_material
ORDER BY place.code
LIMIT $limit
MATCH (place)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)-[a:ADOPTED]->(same:PracticeType)
WHERE same.id = t.id AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH DISTINCT t, first, place, own, later, not_seen, no_material, a
ORDER BY a.id
WITH t, first, place, own, later, not_seen, no_material, collect(a.cases[..5])[..20] AS cases
UNWIND cases AS ids
UNWIND ids AS id
MATCH (:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
WHERE same.id = t.id
WITH first, place, own, later, not_seen, no_material, p
ORDER BY p.id
WITH first, place, own, later, not_seen, no_material, collect(DISTINCT p)[..20] AS evidence
RETURN place.name AS region, own.lower + '/' + own.upper AS earliest,
       first.region.name + ' ' + CASE WHEN first.lower IS NULL THEN '不晚于 ' + first.upper ELSE first.lower + '/' + first.upper END AS earlier_elsewhere,
       later, not_seen, no_material, evidence
ORDER BY place.code;
