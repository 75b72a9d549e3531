// ---
// zh: 某类做法，哪些地区的记载晚于别处、而相邻地区没有可能更早的记载？（跳跃；只就资料而言，资料未见不等于没有开展；相邻地区全无资料的看不出跳跃，不列；台账写明相邻地区或其下级已开展的也不列）
// en: Which regions have a record of a practice type after others elsewhere, while no region next to them has one that may be earlier? (Leaps, as far as the material goes; not seen is not absent. Where no neighbour has any account nothing can be told, so that is left out, and so is where a ledger says that a neighbour, or a region below it, has it.)
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
// Each bound is followed by the accounts that it comes from.
WITH t, x, a.not_before AS lower, a.not_after AS upper, reduce(told = '', id IN a.cases | told + ' ' + id) AS told
MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
WHERE r.valid_to IS NULL AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
// What is smallest is so however often ways lead there.
WITH t, r, CASE WHEN count(lower) = count(told) THEN split(min(lower + told), ' ') END AS lower, split(min(upper + told), ' ') AS upper
ORDER BY upper[0], r.code
WITH t, collect({region: r, lower: lower[0], upper: upper[0],
                 cases: coalesce(upper[1..], []) + CASE WHEN lower[1..] <> upper[1..] THEN lower[1..] ELSE [] END}) AS all
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
WITH t, first, place, own, others, n, n.id IN [o IN others | o.region.id] AS later
OPTIONAL MATCH (n)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE NOT later AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH t, first, place, own, others, n, later, collect(DISTINCT x) AS below
WITH t, first, place, own, others, n, CASE WHEN later THEN 'later'
     WHEN any(x IN below WHERE EXISTS { MATCH (x)-[:COVERAGE {status: '开展'}]->(same:PracticeType) WHERE same.id = t.id }) THEN 'ledger'
     WHEN any(x IN below WHERE EXISTS { MATCH (x)<-[:TOOK_PLACE_IN]-(:PracticeCase) }) THEN 'not_seen' ELSE 'no_material' END AS kind
ORDER BY n.code
WITH t, first, place, own, others, sum(CASE kind WHEN 'ledger' THEN 1 ELSE 0 END) AS confirmed,
     collect(CASE kind WHEN 'later' THEN n.name END) AS later,
     collect(CASE kind WHEN 'not_seen' THEN n.name END) AS not_seen,
     collect(CASE kind WHEN 'no_material' THEN n.name END) AS no_material
WHERE confirmed = 0 AND (size(later) > 0 OR size(not_seen) > 0)
WITH t, first, place, own, others, later, not_seen, no_material
ORDER BY place.code
LIMIT $limit
WITH t, first, place, own, others, later, not_seen, no_material,
       // Of every region the accounts that its bounds come from.
       COLLECT {
         UNWIND [own, first] + others AS record
         UNWIND record.cases AS id
         MATCH (c:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
         WHERE same.id = t.id AND (p.not_after = record.upper OR p.not_before = record.lower)
         WITH DISTINCT record.region.code AS code, p, c
         ORDER BY p.id
         // An account that says when its main practice began says so itself.
         WITH code, collect(CASE WHEN p.dated_by = 'stated_start' THEN [p, c] ELSE [p] END)[..2] AS said
         UNWIND said AS some
         UNWIND some AS one
         RETURN DISTINCT one LIMIT 20
       } AS evidence
RETURN place.name AS region, own.lower + '/' + own.upper AS earliest,
       first.region.name + ' ' + CASE WHEN first.lower IS NULL THEN '不晚于 ' + first.upper ELSE first.lower + '/' + first.upper END AS earlier_elsewhere,
       later, not_seen, no_material, evidence
ORDER BY place.code;
