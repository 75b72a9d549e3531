// ---
// zh: 一个领域的各类做法，各地处于哪种状态？（地区 × 做法类型，包括词表归入该领域的和该领域案例用到的；只有台账确认未开展才是空白；不排名）
// en: For all practice types of a field, in which state is each region? (Region by practice type, those that the vocabulary files there and those that its accounts apply. Only 台账确认未开展, confirmed absent by a ledger, is a gap; no ranking.)
// parameters:
//   theme: {type: string, default: 构建和谐劳动关系, values: themes, zh: 领域, en: field}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
//   types: {type: integer, default: 15, zh: 最多几类做法（词表归入的在前，其余按该领域用到的案例数）, en: "at most so many practice types: those of the vocabulary, then those that most accounts of the field apply"}
//   state: {type: string, optional: true, values: [有记载, 台账确认未开展, 资料未见, 无该地资料], zh: 只看这一种状态, en: only this state}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   practice_type: {zh: 做法类型, en: practice type}
//   in_field: {zh: 该领域用到它的案例数（不限地区）；0 是只由词表归入, en: "accounts of the field, from anywhere, that apply the type; 0 where only the vocabulary files it there"}
//   state: {zh: 有记载、台账确认未开展（到台账截至时间）、资料未见、无该地资料, en: "有记载 on record, 台账确认未开展 confirmed absent by a ledger as of its date, 资料未见 not seen, 无该地资料 no material"}
//   accounts: {zh: 用到这类做法的案例数（含下级和并入的旧区划）, en: "accounts that apply the type, with all below it and what became part of it"}
//   ledger_says: {zh: 台账的说法，各带截至时间（开展：含下级；未开展：只算写这一地区的）, en: "what ledgers say, each with its date: 开展 of it or a region below it, 未开展 of itself; 日期不明 for none"}
// leaves_out: [unplaced]
// example: unionkg query run planning.coverage_matrix -p theme=女职工工作 -p state=有记载
// ---
MATCH (h:Theme {name: $theme})
CALL (h) {
  MATCH (h)<-[:IN_THEME]-(t:PracticeType)
  RETURN t, null AS filed, 1 AS listed
  UNION ALL
  MATCH (h)<-[:IN_THEME]-(c:PracticeCase)-[:APPLIED]->(t:PracticeType)
  RETURN DISTINCT t, c.account AS filed, 0 AS listed
}
WITH t, count(DISTINCT filed) AS in_field, max(listed) AS listed
ORDER BY listed DESC, in_field DESC, t.name, t.id
LIMIT $types
WITH collect({type: t, in_field: in_field}) AS kinds
WITH kinds, COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN*0..3]-(r:Region)
       WHERE all(step IN w WHERE step.valid_to IS NULL)
       RETURN DISTINCT r.id
     } AS places
MATCH (r:Region {level: $level})
WHERE r.counted AND r.valid_to IS NULL AND ($region IS NULL OR r.id IN places)
WITH kinds, r, EXISTS {
       MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
     } AS material
WITH kinds, collect([r.id, material]) AS wanted
UNWIND kinds AS one
WITH wanted, one.type AS t, one.in_field AS in_field
CALL (t, wanted) {
  UNWIND wanted AS one
  MATCH (r:Region {id: one[0]})
  RETURN r, null AS id, null AS account, null AS entry, one[1] AS material
  UNION ALL
  MATCH (t)<-[:APPLIED]-(c:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WITH x, collect([c.id, c.account]) AS told
  WITH told, COLLECT {
         MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
         WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
         RETURN DISTINCT r
       } AS uppers
  UNWIND uppers AS r
  UNWIND told AS one
  RETURN r, one[0] AS id, one[1] AS account, null AS entry, null AS material
  UNION ALL
  MATCH (t)<-[l:COVERAGE]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
  WHERE (l.status = '开展' OR x = r) AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
  RETURN DISTINCT r, null AS id, null AS account, l AS entry, null AS material
}
WITH t, r, in_field, collect(material) AS material, count(DISTINCT account) AS accounts, collect(id) AS ids, collect(entry) AS entries
WHERE size(material) > 0
WITH t, r, in_field, material[0] AS material, accounts, ids, entries, COLLECT {
       UNWIND entries AS l
       WITH DISTINCT coalesce(l.date, '日期不明') + ' ' + l.status AS told
       RETURN told ORDER BY told
     } AS ledger_says
WITH t, r, in_field, accounts, ids, entries, ledger_says,
     CASE WHEN accounts > 0 OR any(l IN entries WHERE l.status = '开展') THEN '有记载'
          WHEN size(entries) > 0 THEN '台账确认未开展'
          WHEN material THEN '资料未见'
          ELSE '无该地资料' END AS state
WHERE $state IS NULL OR state = $state
WITH t, r, in_field, accounts, entries, ledger_says, state, COLLECT { UNWIND ids AS i RETURN DISTINCT i ORDER BY i LIMIT 20 } AS ids
RETURN r.code AS code, r.full_name AS region, t.name AS practice_type, in_field, state, accounts, ledger_says,
       (COLLECT { UNWIND entries AS l RETURN l ORDER BY l.id } + COLLECT {
         UNWIND ids AS i
         MATCH (:PracticeCase {id: i})-[p:APPLIED]->(same:PracticeType)
         WHERE same.id = t.id
         RETURN p ORDER BY p.id
       })[..20] AS evidence
ORDER BY code, practice_type, t.id;
