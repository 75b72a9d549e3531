// ---
// zh: 到某年年底，某类做法还没有记载的地区，其相邻地区、同一上级之下的地区有多少已有记载？（是接触情况，不是预测；常规工作不问）
// en: By the end of a year, for regions without a record of a practice type, how many adjacent regions and regions under the same superior had one? (Exposure, not a forecast; not asked of routine work.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   year: {type: integer, default: 2024, zh: 到哪一年年底, en: by the end of which year}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   state: {zh: 这一地区到该年年底的状态；台账确认未开展：台账截至时间在该年，截至别的年份或日期不明的只算资料未见, en: "its state by the end of the year; 台账确认未开展 by a ledger of that year, one of another year or without a date tells nothing of it"}
//   ledger_says: {zh: 台账写这一地区未开展的，各带截至时间, en: "entries of ledgers that say 未开展 of it, each with its date; 日期不明 for none"}
//   later: {zh: 是否另有晚于该年或时间不明的记载, en: "whether it has a record that is later or undated"}
//   neighbours_with_record: {zh: 到那时已有记载的相邻地区数, en: adjacent regions with a record by then}
//   neighbours: {zh: 相邻地区总数, en: adjacent regions in all}
//   siblings_with_record: {zh: 到那时已有记载的同一上级地区数, en: regions under the same superior region with a record by then}
//   siblings: {zh: 同一上级之下的其他地区总数, en: other regions under the same superior region}
// leaves_out: [undated, unplaced]
// example: unionkg query run planning.exposure -p practice_type=集体协商 -p level=county -p year=2018
// ---
MATCH (t:PracticeType {name: $practice_type, routine: false})
CALL (t) {
  MATCH (t)<-[p:APPLIED]-(c:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WHERE p.not_after <= toString($year) + '-12-31'
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
  WHERE substring(l.date, 0, 4) <= toString($year)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
  WHERE r.counted AND r.valid_to IS NULL AND ($level <> 'province' OR r.level = 'province')
    AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  RETURN DISTINCT r AS q, null AS told, l AS entry
}
WITH t, q, collect(told) AS shown, collect(entry) AS entries
CALL (q) {
  RETURN q AS r, 'own' AS tie
  UNION ALL
  MATCH (q)-[:ADJACENT_TO]-(r:Region {level: $level})
  WHERE r.counted AND r.valid_to IS NULL
    AND (q.level = $level OR NOT EXISTS { MATCH (q)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
  RETURN r, 'neighbour' AS tie
  UNION ALL
  MATCH (q)-[v:WITHIN]->(:Region)<-[w:WITHIN]-(r:Region {level: $level})
  WHERE v.valid_to IS NULL AND w.valid_to IS NULL AND r.counted AND r.valid_to IS NULL AND q.level = $level AND r <> q
  RETURN r, 'sibling' AS tie
}
WITH t, r, tie, q.id AS other, shown, entries
WITH t, r, count(CASE WHEN tie = 'own' THEN 1 END) AS own,
     count(DISTINCT CASE WHEN tie = 'neighbour' THEN other END) AS near,
     count(DISTINCT CASE WHEN tie = 'sibling' THEN other END) AS under,
     collect(shown) AS shown, collect(entries) AS entries
WHERE own = 0 AND r.level = $level AND ($region IS NULL OR EXISTS {
  MATCH (r)-[w:WITHIN*0..3]->(:Region {id: $region})
  WHERE all(step IN w WHERE step.valid_to IS NULL)
})
WITH t, r, near, under, shown, entries
ORDER BY r.code, r.id
LIMIT $limit
WITH t, r, near, under, shown,
     reduce(flat = [], some IN entries | flat + some) AS entries,
     COLLECT {
       MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)-[s:COVERAGE {status: '开展'}]->(t)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT s ORDER BY s.id LIMIT 3
     } + COLLECT {
       MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)-[s:ADOPTED]->(t)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       UNWIND s.cases AS i
       MATCH (:PracticeCase {id: i})-[p:APPLIED]->(:PracticeType {name: $practice_type})
       RETURN DISTINCT p ORDER BY p.id LIMIT 3
     } AS later,
     COLLECT { MATCH (r)-[l:COVERAGE {status: '未开展'}]->(t) RETURN l ORDER BY l.id } AS absent
RETURN r.code AS code, r.full_name AS region,
       CASE WHEN any(l IN absent WHERE substring(l.date, 0, 4) = toString($year)) THEN '台账确认未开展'
            WHEN size(later) + size(absent) > 0 OR EXISTS {
            MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
            WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
          } THEN '资料未见'
            ELSE '无该地资料' END AS state,
       COLLECT {
         UNWIND absent AS l
         WITH DISTINCT coalesce(l.date, '日期不明') + ' ' + l.status AS told
         RETURN told ORDER BY told
       } AS ledger_says,
       size(later) > 0 AS later,
       near AS neighbours_with_record,
       COUNT {
         MATCH (r)-[:ADJACENT_TO]-(n:Region)
         WHERE n.counted AND n.valid_to IS NULL
           AND (n.level = $level OR NOT EXISTS { MATCH (n)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
       } AS neighbours,
       under AS siblings_with_record,
       COUNT {
         MATCH (r)-[v:WITHIN]->(:Region)<-[w:WITHIN]-(n:Region {level: $level})
         WHERE v.valid_to IS NULL AND w.valid_to IS NULL AND n.counted AND n.valid_to IS NULL AND n <> r
       } AS siblings,
       (absent + later + COLLECT { UNWIND entries AS l RETURN DISTINCT l ORDER BY l.id } + COLLECT {
         UNWIND shown AS some
         UNWIND some AS several
         UNWIND several AS i
         WITH DISTINCT i ORDER BY i LIMIT 20
         MATCH (:PracticeCase {id: i})-[p:APPLIED]->(:PracticeType {name: $practice_type})
         RETURN p ORDER BY p.id
       })[..20] AS evidence
ORDER BY code, r.id;
