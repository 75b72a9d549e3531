// ---
// zh: 某类做法，各地处于四种状态的哪一种：有记载、台账确认未开展、资料未见、无该地资料？（只有台账确认未开展才是空白；按区划代码排列，不排名）
// en: In which of four states is each region for a practice type? 有记载 on record, 台账确认未开展 confirmed absent by a ledger, 资料未见 not seen, 无该地资料 no material. (Only the second is a gap; in the order of codes, no ranking.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
//   state: {type: string, optional: true, values: [有记载, 台账确认未开展, 资料未见, 无该地资料], zh: 只看这一种状态, en: only this state}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   state: {zh: 状态；台账写“开展”的也算有记载，不论何时；台账确认未开展只说明到台账截至时间（见“台账的说法”）, en: "the state; a ledger that says 开展 counts as a record too, whenever; 台账确认未开展 holds as of the ledger's date (see ledger_says)"}
//   accounts: {zh: 用到这类做法的案例数（含下级和并入的旧区划）, en: "accounts that apply the type, with all below it and what became part of it"}
//   ledger_says: {zh: 台账的说法，各带截至时间（开展：含下级；未开展：只算写这一地区的）, en: "what ledgers say, each with its date: 开展 of it or a region below it, 未开展 of itself; 日期不明 for none"}
// leaves_out: [unplaced]
// example: unionkg query run planning.gaps -p practice_type=集体协商 -p level=prefecture -p region=浙江省
// ---
MATCH (t:PracticeType {name: $practice_type})
WITH t, COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN*0..3]-(r:Region)
       WHERE all(step IN w WHERE step.valid_to IS NULL)
       RETURN DISTINCT r.id
     } AS places
CALL (t, places) {
  MATCH (r:Region {level: $level})
  WHERE r.counted AND r.valid_to IS NULL AND ($region IS NULL OR r.id IN places)
  RETURN r, null AS id, null AS account, null AS entry, true AS wanted
  UNION ALL
  MATCH (t)<-[:APPLIED]-(c:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WITH x, collect(DISTINCT [c.id, c.account]) AS told
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
  WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  WITH DISTINCT r, x, told
  UNWIND told AS one
  RETURN r, one[0] AS id, one[1] AS account, null AS entry, null AS wanted
  UNION ALL
  MATCH (t)<-[l:COVERAGE]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
  WHERE (l.status = '开展' OR x = r) AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  RETURN DISTINCT r, null AS id, null AS account, l AS entry, null AS wanted
}
WITH t, r, count(wanted) AS wanted, count(DISTINCT account) AS accounts, collect(id) AS ids, collect(entry) AS entries
WHERE wanted > 0
WITH t, r, accounts, ids, entries, COLLECT {
       UNWIND entries AS l
       WITH DISTINCT coalesce(l.date, '日期不明') + ' ' + l.status AS told
       RETURN told ORDER BY told
     } AS ledger_says
WITH t, r, accounts, ids, entries, ledger_says,
     CASE WHEN accounts > 0 OR any(l IN entries WHERE l.status = '开展') THEN '有记载'
          WHEN size(entries) > 0 THEN '台账确认未开展'
          WHEN EXISTS {
            MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
            WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
          } THEN '资料未见'
          ELSE '无该地资料' END AS state
WHERE $state IS NULL OR state = $state
RETURN r.code AS code, r.full_name AS region, state, accounts, ledger_says,
       (COLLECT { UNWIND entries AS l RETURN l ORDER BY l.id } + COLLECT {
         UNWIND ids AS i
         WITH DISTINCT i ORDER BY i LIMIT 20
         MATCH (:PracticeCase {id: i})-[p:APPLIED]->(:PracticeType {name: $practice_type})
         RETURN p ORDER BY p.id
       })[..20] AS evidence
ORDER BY code;
