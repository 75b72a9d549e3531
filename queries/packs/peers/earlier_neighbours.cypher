// ---
// zh: 某类做法，一个地区见于记载之前，哪些相邻地区已经有记载？（下级地区和并入的旧区划一并计入；一定更早与可能更早分列）
// en: Before a region has a record of a practice type, which regions next to it had one? (Regions below and former ones count with it; surely and possibly earlier apart.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: county, values: region_levels.key, zh: 地区层级, en: level of the regions}
//   region: {type: string, optional: true, values: regions, zh: 只看哪个地区（含下级）, en: only this region and those below it}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   region: {zh: 地区, en: the region}
//   earliest: {zh: 该地最早记载的区间；“不晚于”表示可能更早, en: interval of its earliest record; 不晚于 means that it may be earlier}
//   surely_earlier: {zh: 一定更早的相邻地区及其区间, en: "neighbours that are surely earlier, with their intervals"}
//   possibly_earlier: {zh: 可能更早的相邻地区（区间相交、只知上限或没有时间）, en: "neighbours that may be earlier (intervals overlap, only an upper bound, or no date)"}
//   by_ledger: {zh: 另有台账写明已开展（本地区或下级）、但资料没有记载的相邻地区（先后不明）, en: "neighbours that only a ledger says have it, themselves or below them; whether earlier is open"}
//   neighbours: {zh: 相邻地区总数（没有记载的不等于没有开展）, en: neighbouring regions in all; one without a record may have it all the same}
// leaves_out: [undated, unplaced]
// example: unionkg query run peers.earlier_neighbours -p practice_type=集体协商 -p level=county
// ---
OPTIONAL MATCH (:Region {id: $region})<-[v:WITHIN*0..4]-(inside:Region)
WHERE all(s IN v WHERE s.valid_to IS NULL)
WITH collect(DISTINCT inside.id) AS within
MATCH (t:PracticeType {name: $practice_type})<-[a:ADOPTED]-(x:Region)
WHERE NOT t.routine
// Each bound is followed by the accounts that it comes from.
WITH within, t, x, a.not_before AS lower, a.not_after AS upper, reduce(told = '', id IN a.cases | told + ' ' + id) AS told
MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
WHERE r.valid_to IS NULL AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
// What is smallest is so however often ways lead there.
WITH within, t, r, CASE WHEN count(lower) = count(told) THEN split(min(lower + told), ' ') END AS lower,
     split(min(upper + told), ' ') AS upper, split(min(told), ' ') AS undated
WITH within, t, r, {region: r, lower: lower[0], upper: upper[0],
                    cases: coalesce(upper[1..], undated[1..]) + CASE WHEN lower[1..] <> upper[1..] THEN lower[1..] ELSE [] END} AS record
// A region of another level is a neighbour where none of the level that lies in it, or in which it lies, is one.
OPTIONAL MATCH (r)-[:ADJACENT_TO]-(n:Region {level: $level})
WHERE r.level = $level OR NOT EXISTS { MATCH (r)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(n) }
WITH within, t, r, record, collect(n) AS around
// Each record is seen from its own region and from those next to it.
UNWIND around + [r] AS place
WITH within, t, place, collect(record) AS seen
WHERE place.level = $level AND ($region IS NULL OR place.id IN within)
WITH t, place, [s IN seen WHERE s.region.id = place.id][0] AS own, [s IN seen WHERE s.region.id <> place.id] AS others
WHERE own.upper IS NOT NULL
ORDER BY place.code
LIMIT $limit
WITH t, place, own, others, COLLECT {
       MATCH (place)-[:ADJACENT_TO]-(n:Region)
       WHERE n.level = $level OR NOT EXISTS { MATCH (n)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(place) }
       RETURN DISTINCT n ORDER BY n.code
     } AS around
// The records in the order of the neighbours.
WITH t, place, own, around, [n IN around WHERE n.id IN [o IN others | o.region.id] | [o IN others WHERE o.region.id = n.id][0]] AS others
WITH t, place, own, around, [o IN others | o.region.id] AS known, [s IN others WHERE s.upper < own.lower] AS surely,
     [s IN others WHERE NOT coalesce(s.upper < own.lower, false) AND coalesce(s.lower, '') < own.upper] AS possibly
WITH t, place, own, around, surely, possibly, COLLECT {
       UNWIND CASE WHEN EXISTS { MATCH (t)<-[:COVERAGE {status: '开展'}]-(:Region) } THEN [n IN around WHERE NOT n.id IN known] ELSE [] END AS n
       MATCH (n)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)-[l:COVERAGE {status: '开展'}]->(same:PracticeType)
       WHERE same.id = t.id AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
       WITH DISTINCT n, l
       ORDER BY l.id
       WITH n, collect(l) AS entries
       RETURN [n.name, entries] ORDER BY n.code
     } AS ledgers
WITH t, place, own, around, surely, possibly, ledgers,
       // Of every region the accounts that its bounds come from, of every ledger an entry.
       COLLECT {
         UNWIND [own] + surely + possibly AS record
         UNWIND record.cases AS id
         MATCH (c:PracticeCase {id: id})-[p:APPLIED]->(same:PracticeType)
         WHERE same.id = t.id AND (record.upper IS NULL OR p.not_after = record.upper OR p.not_before = record.lower)
         WITH DISTINCT record.region.code AS code, p, c
         ORDER BY p.id
         // An account that says when its main practice began says so itself.
         WITH code, collect(CASE WHEN p.dated_by = 'stated_start' THEN [p, c] ELSE [p] END)[..2] AS said
         UNWIND said AS some
         UNWIND some AS one
         RETURN DISTINCT one LIMIT 15
       } AS said
RETURN place.name AS region,
       CASE WHEN own.lower IS NULL THEN '不晚于 ' + own.upper ELSE own.lower + '/' + own.upper END AS earliest,
       [s IN surely | s.region.name + ' ' + CASE WHEN s.lower IS NULL THEN '不晚于 ' + s.upper ELSE s.lower + '/' + s.upper END] AS surely_earlier,
       [s IN possibly | s.region.name + ' ' + CASE WHEN s.upper IS NULL THEN '时间不明' WHEN s.lower IS NULL THEN '不晚于 ' + s.upper ELSE s.lower + '/' + s.upper END] AS possibly_earlier,
       [one IN ledgers | one[0]] AS by_ledger, size(around) AS neighbours,
       (said + [one IN ledgers | one[1][0]])[..20] AS evidence
ORDER BY place.code;
