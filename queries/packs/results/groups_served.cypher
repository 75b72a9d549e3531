// ---
// zh: 某类做法服务哪些人？（写明服务对象的，与只归入同名领域的，分开列）
// en: Whom does a practice type serve? (Accounts that name the group, and accounts only filed in the field of that name, apart.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   role: {type: string, optional: true, values: [main, part], zh: 这类做法在案例中是主做法（main）还是其中一部分（part）, en: "whether the type is what the account's main practice is an instance of, or a part"}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
// columns:
//   target_group: {zh: 服务对象, en: target group}
//   accounts: {zh: 写明服务这一人群的案例数（几处刊印的同一则只算一次）, en: accounts that name the group; one printed several times counts once}
//   named_as: {zh: 文中的叫法, en: what the accounts call it}
//   theme: {zh: 以这一人群命名的领域（没有只归入它的案例时为空）, en: "field that is named after the group, where accounts are only filed in it"}
//   theme_only: {zh: 归入该领域、但哪一处刊印都没有写明这一人群的案例数, en: accounts in that field that name the group in none of their printings}
// leaves_out: [unplaced]
// example: unionkg query run results.groups_served -p practice_type=工会驿站/户外劳动者服务站
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE ($role IS NULL OR p.role = $role)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
WITH DISTINCT c
CALL (c) {
  MATCH (c)-[s:SERVED]->(g:TargetGroup)
  RETURN g.name AS name, s.surface AS surface, null AS theme, true AS told
  UNION ALL
  MATCH (c)-[:IN_THEME]->(h:Theme)
  MATCH (g:TargetGroup)
  WHERE h.name CONTAINS g.name
  RETURN g.name AS name, null AS surface, h.name AS theme, false AS told
}
WITH name, surface, theme, told, c.account AS account, c.id AS id
ORDER BY id, surface
WITH name, collect(DISTINCT CASE WHEN told THEN account END) AS naming, collect(DISTINCT surface)[..10] AS named_as,
     collect(DISTINCT CASE WHEN told THEN id END)[..20] AS ids,
     collect(DISTINCT CASE WHEN NOT told THEN {account: account, theme: theme, id: id} END) AS filed
WITH name, naming, named_as, ids, [one IN filed WHERE NOT one.account IN naming] AS only
WHERE size(naming) + size(only) > 0
WITH name, size(naming) AS accounts, named_as, ids, [one IN only | one.id][..10] AS filed_ids,
     COLLECT { UNWIND only AS one RETURN DISTINCT one.theme AS theme ORDER BY theme DESC LIMIT 1 }[0] AS theme,
     COUNT { UNWIND only AS one RETURN DISTINCT one.account } AS theme_only
RETURN name AS target_group, accounts, named_as, theme, theme_only,
       (COLLECT {
          UNWIND ids AS i
          MATCH (:PracticeCase {id: i})-[s:SERVED]->(:TargetGroup {name: name})
          RETURN s ORDER BY s.id LIMIT 20
        } + COLLECT {
          UNWIND filed_ids AS i
          MATCH (:PracticeCase {id: i})-[s:IN_THEME]->(h:Theme)
          WHERE h.name CONTAINS name
          RETURN s ORDER BY s.id LIMIT 10
        })[..20] AS evidence
ORDER BY accounts DESC, theme_only DESC, target_group;
