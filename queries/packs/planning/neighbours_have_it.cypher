// ---
// zh: 某类做法，哪些地区没有记载，而相邻地区有？（没有记载不等于没有开展，状态见“状态”一栏；不预测，不排名）
// en: Which regions have no record of a practice type although adjacent ones have? (No record is not absence; see the state. No forecast, no ranking.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
//   state: {type: string, optional: true, values: [台账确认未开展, 资料未见, 无该地资料], zh: 只看这一种状态, en: only this state}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   state: {zh: 台账确认未开展（到台账截至时间）、资料未见、无该地资料, en: "台账确认未开展 confirmed absent by a ledger as of its date, 资料未见 not seen, 无该地资料 no material"}
//   ledger_says: {zh: 台账写这一地区未开展的，各带截至时间, en: "entries of ledgers that say 未开展 of it, each with its date; 日期不明 for none"}
//   neighbours_with_record: {zh: 有记载的相邻地区数, en: adjacent regions with a record}
//   neighbours: {zh: 相邻地区总数, en: adjacent regions in all}
//   which: {zh: 有记载的相邻地区, en: the adjacent regions with a record}
// leaves_out: [unplaced]
// example: unionkg query run planning.neighbours_have_it -p practice_type=集体协商 -p level=prefecture
// ---
MATCH (t:PracticeType {name: $practice_type})
CALL (t) {
  MATCH (t)<-[p:APPLIED]-(c:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WITH DISTINCT x, c.id AS id
  ORDER BY id
  WITH x, collect(id)[..20] AS told
  WITH told, COLLECT {
         MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
         WHERE r.counted AND r.valid_to IS NULL AND ($level <> 'province' OR r.level = 'province')
           AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
         RETURN DISTINCT r
       } AS above
  UNWIND above AS q
  RETURN q, told, null AS entry
  UNION ALL
  MATCH (t)<-[l:COVERAGE {status: '开展'}]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
  WHERE r.counted AND r.valid_to IS NULL AND ($level <> 'province' OR r.level = 'province')
    AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  RETURN DISTINCT r AS q, null AS told, l AS entry
}
WITH t, q, collect(told) AS shown, collect(entry) AS entries
CALL (q) {
  RETURN q AS r, true AS own
  UNION ALL
  MATCH (q)-[:ADJACENT_TO]-(r:Region {level: $level})
  WHERE r.counted AND r.valid_to IS NULL
    AND (q.level = $level OR NOT EXISTS { MATCH (q)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
  RETURN r, null AS own
}
WITH t, r, own, q.code AS code, q.full_name AS name, shown, entries
ORDER BY code
WITH t, r, count(own) AS own, collect(name) AS which, collect(shown) AS shown, collect(entries) AS entries
WHERE own = 0 AND r.level = $level AND ($region IS NULL OR EXISTS {
  MATCH (r)-[w:WITHIN*0..3]->(:Region {id: $region})
  WHERE all(step IN w WHERE step.valid_to IS NULL)
})
WITH r, which, shown, reduce(flat = [], some IN entries | flat + some) AS entries,
     COLLECT { MATCH (r)-[l:COVERAGE {status: '未开展'}]->(t) RETURN l ORDER BY l.id } AS absent
WITH r, which, shown, entries, absent,
     CASE WHEN size(absent) > 0 THEN '台账确认未开展'
          WHEN EXISTS {
            MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
            WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
          } THEN '资料未见'
          ELSE '无该地资料' END AS state
WHERE $state IS NULL OR state = $state
RETURN r.code AS code, r.full_name AS region, state,
       COLLECT {
         UNWIND absent AS l
         WITH DISTINCT coalesce(l.date, '日期不明') + ' ' + l.status AS told
         RETURN told ORDER BY told
       } AS ledger_says,
       size(which) AS neighbours_with_record,
       COUNT {
         MATCH (r)-[:ADJACENT_TO]-(n:Region)
         WHERE n.counted AND n.valid_to IS NULL
           AND (n.level = $level OR NOT EXISTS { MATCH (n)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
       } AS neighbours,
       which,
       (absent + COLLECT { UNWIND entries AS l RETURN DISTINCT l ORDER BY l.id } + COLLECT {
         UNWIND shown AS some
         UNWIND some AS several
         UNWIND several AS i
         WITH DISTINCT i ORDER BY i LIMIT 20
         MATCH (:PracticeCase {id: i})-[p:APPLIED]->(:PracticeType {name: $practice_type})
         RETURN p ORDER BY p.id
       })[..20] AS evidence
ORDER BY code;
