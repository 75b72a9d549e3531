// ---
// zh: 一个领域的各类做法，各地处于哪种状态？（地区 × 做法类型；只有台账确认未开展才是空白；不排名）
// en: For all practice types of a field, in which state is each region? (Region by practice type. Only 台账确认未开展, confirmed absent by a ledger, is a gap; no ranking.)
// parameters:
//   theme: {type: string, default: 构建和谐劳动关系, values: themes, zh: 领域, en: field}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
//   state: {type: string, optional: true, values: [有记载, 台账确认未开展, 资料未见, 无该地资料], zh: 只看这一种状态, en: only this state}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   practice_type: {zh: 做法类型, en: practice type}
//   state: {zh: 有记载、台账确认未开展、资料未见、无该地资料, en: "有记载 on record, 台账确认未开展 confirmed absent by a ledger, 资料未见 not seen, 无该地资料 no material"}
//   accounts: {zh: 用到这类做法的案例数（含下级和并入的旧区划）, en: "accounts that apply the type, with all below it and what became part of it"}
//   ledger_says: {zh: 台账的说法（开展：含下级；未开展：只算写这一地区的）, en: "what ledgers say: 开展 of it or a region below it, 未开展 of itself"}
// leaves_out: [unplaced]
// example: unionkg query run planning.coverage_matrix -p theme=女职工工作 -p state=有记载
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN*0..3]-(r:Region)
       WHERE all(step IN w WHERE step.valid_to IS NULL)
       RETURN DISTINCT r.id
     } AS places
MATCH (r:Region {level: $level})
WHERE r.counted AND r.valid_to IS NULL AND ($region IS NULL OR r.id IN places)
WITH r, EXISTS {
       MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
     } AS material
WITH collect([r.id, material]) AS wanted
MATCH (:Theme {name: $theme})<-[:IN_THEME]-(t:PracticeType)
CALL (t, wanted) {
  UNWIND wanted AS one
  MATCH (r:Region {id: one[0]})
  RETURN r, null AS tie, null AS account, null AS entry, one[1] AS material
  UNION ALL
  MATCH (t)<-[p:APPLIED]-(c:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WITH x, collect({tie: p, account: c.account}) AS told
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
  WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  WITH DISTINCT r, x, told
  UNWIND told AS one
  RETURN r, one.tie AS tie, one.account AS account, null AS entry, null AS material
  UNION ALL
  MATCH (t)<-[l:COVERAGE]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
  WHERE (l.status = '开展' OR x = r) AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  RETURN DISTINCT r, null AS tie, null AS account, l AS entry, null AS material
}
WITH t, r, collect(material) AS material, count(DISTINCT account) AS accounts, collect(tie) AS ties, collect(entry) AS entries
WHERE size(material) > 0
WITH t, r, material[0] AS material, accounts, ties, entries,
     [word IN ['开展', '未开展'] WHERE any(l IN entries WHERE l.status = word)] AS ledger_says
WITH t, r, accounts, ties, entries, ledger_says,
     CASE WHEN accounts > 0 OR '开展' IN ledger_says THEN '有记载'
          WHEN '未开展' IN ledger_says THEN '台账确认未开展'
          WHEN material THEN '资料未见'
          ELSE '无该地资料' END AS state
WHERE $state IS NULL OR state = $state
RETURN r.code AS code, r.full_name AS region, t.name AS practice_type, state, accounts, ledger_says,
       (COLLECT { UNWIND entries AS l RETURN l ORDER BY l.id } + COLLECT {
         UNWIND ties AS p
         RETURN DISTINCT p ORDER BY p.id LIMIT 20
       })[..20] AS evidence
ORDER BY code, practice_type, t.id;
