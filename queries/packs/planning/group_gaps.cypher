// ---
// zh: 哪些地区的案例没有写明服务某一人群，而相邻地区有？（写明人群的与只归入同名领域的分开列；资料未见不等于没有服务；台账不记服务对象，所以没有“确认未开展”）
// en: Which regions have no account that names a target group although adjacent ones have? (Accounts that name the group and accounts only filed in the field of that name stand apart. Not seen is not absence; ledgers tell nothing of groups.)
// parameters:
//   target_group: {type: string, default: 新就业形态劳动者, values: target_groups, zh: 服务对象（含其下的小类）, en: target group with the narrower ones}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 只看用到这类做法的案例, en: only accounts that apply this practice type}
//   region: {type: string, optional: true, values: regions, zh: 只看这一地区之内, en: only within this region}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 地区（现行区划，31 个省级和兵团之内）, en: "the region, of those in force and counted"}
//   state: {zh: 资料未见（该地有案例）、无该地资料, en: "资料未见 not seen in the accounts from there, 无该地资料 no material"}
//   theme_only: {zh: 本地归入同名领域、但没有写明这一人群的案例数（几处刊印的同一则只算一次）, en: own accounts filed in the field of that name that do not name the group; one printed several times counts once}
//   neighbours_naming: {zh: 有案例写明这一人群的相邻地区数, en: adjacent regions with accounts that name the group}
//   neighbours: {zh: 相邻地区总数, en: adjacent regions in all}
//   which: {zh: 这些相邻地区, en: these adjacent regions}
//   named_there: {zh: 相邻地区写明的人群, en: groups that the adjacent regions name}
// leaves_out: [unplaced]
// example: unionkg query run planning.group_gaps -p target_group=快递员 -p level=province
// ---
MATCH (g:TargetGroup)-[:BROADER*0..4]->(:TargetGroup {name: $target_group})
WITH DISTINCT g
// An account printed several times names the group where one printing does, and is from where any printing places it.
MATCH (g)<-[:SERVED]-(c:PracticeCase)
WHERE $practice_type IS NULL OR EXISTS { MATCH (c)-[:APPLIED]->(:PracticeType {name: $practice_type}) }
MATCH (c)-[:SAME_ACCOUNT*0..2]-(d:PracticeCase)
WHERE d.account = c.account
WITH DISTINCT g, c, d
MATCH (d)-[:TOOK_PLACE_IN]->(x:Region)
WITH x, collect(DISTINCT [c.id, g.name]) AS told
MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(q:Region)
WHERE q.counted AND q.valid_to IS NULL AND ($level <> 'province' OR q.level = 'province')
  AND all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
WITH DISTINCT q, x, told
UNWIND told AS one
WITH q, one[0] AS id, one[1] AS name
ORDER BY id
WITH q, collect(DISTINCT id)[..20] AS shown, collect(DISTINCT name) AS called
CALL (q) {
  RETURN q AS r, true AS own
  UNION ALL
  MATCH (q)-[:ADJACENT_TO]-(r:Region {level: $level})
  WHERE r.counted AND r.valid_to IS NULL
    AND (q.level = $level OR NOT EXISTS { MATCH (q)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
  RETURN r, null AS own
}
WITH r, own, q.code AS code, q.full_name AS name, shown, called
ORDER BY code
WITH r, count(own) AS own, collect(name) AS which, collect(shown) AS shown, collect(called) AS called
WHERE own = 0 AND r.level = $level AND ($region IS NULL OR EXISTS {
  MATCH (r)-[w:WITHIN*0..3]->(:Region {id: $region})
  WHERE all(step IN w WHERE step.valid_to IS NULL)
})
WITH r, which, reduce(flat = [], some IN shown | flat + some) AS ids, reduce(flat = [], some IN called | flat + some) AS called
RETURN r.code AS code, r.full_name AS region,
       CASE WHEN EXISTS {
            MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
            WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
          } THEN '资料未见' ELSE '无该地资料' END AS state,
       COUNT {
         MATCH (g:TargetGroup)-[:BROADER*0..4]->(:TargetGroup {name: $target_group}), (h:Theme)
         WHERE h.name CONTAINS g.name
         MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(c:PracticeCase)-[:IN_THEME]->(h)
         WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
           AND ($practice_type IS NULL OR EXISTS { MATCH (c)-[:APPLIED]->(:PracticeType {name: $practice_type}) })
         RETURN DISTINCT c.account
       } AS theme_only,
       size(which) AS neighbours_naming,
       COUNT {
         MATCH (r)-[:ADJACENT_TO]-(n:Region)
         WHERE n.counted AND n.valid_to IS NULL
           AND (n.level = $level OR NOT EXISTS { MATCH (n)-[:WITHIN]-(:Region {level: $level})-[:ADJACENT_TO]-(r) })
       } AS neighbours,
       which, COLLECT { UNWIND called AS name RETURN DISTINCT name ORDER BY name } AS named_there,
       COLLECT {
         UNWIND ids AS i
         WITH DISTINCT i ORDER BY i LIMIT 20
         MATCH (:PracticeCase {id: i})-[s:SERVED]->(:TargetGroup)-[:BROADER*0..4]->(:TargetGroup {name: $target_group})
         RETURN DISTINCT s ORDER BY s.id LIMIT 20
       } AS evidence
ORDER BY code;
