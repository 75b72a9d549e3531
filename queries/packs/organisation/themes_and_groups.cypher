// ---
// zh: 各领域、各服务对象有多少案例？（两种命中分开：“新就业形态劳动者”作为领域，不等于服务了骑手）
// en: How many accounts are there of each field, and of each group served? (Two kinds of hits, kept apart; an account in the field 新就业形态劳动者 need not serve riders, nor the other way round.)
// parameters:
//   kind: {type: string, optional: true, values: [theme, target_group], zh: 只看领域（theme）或只看服务对象（target_group）, en: only fields (theme) or only groups served (target_group)}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
// columns:
//   kind: {zh: "种类：theme（领域）或 target_group（服务对象）", en: theme or target_group}
//   name: {zh: 领域或对象, en: the field or the group}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   with_narrower: {zh: 连下位对象在内的案例数；领域没有下位, en: "accounts that serve the group or a narrower one; the same for a field"}
//   unions: {zh: 发起的工会数, en: unions whose accounts they are}
//   in_both: {zh: 同名的领域和对象（连下位）都命中的案例数；没有同名的为空, en: "accounts that are in the field and serve the group of the same name (or a narrower one); empty where no two bear one name"}
// leaves_out: [unplaced]
// example: unionkg query run organisation.themes_and_groups -p kind=target_group -p region=上海市
// ---
CALL () {
  MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
  WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
  WITH DISTINCT x
  MATCH (x)<-[:TOOK_PLACE_IN]-(c:PracticeCase)
  RETURN c
  UNION
  // All accounts where no region is given.
  UNWIND CASE WHEN $region IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)
  RETURN c
}
CALL (c) {
  WITH c
  WHERE coalesce($kind, 'theme') = 'theme'
  MATCH (c)-[s:IN_THEME]->(n:Theme)
  RETURN 'theme' AS kind, n, s, true AS direct
  UNION ALL
  WITH c
  WHERE coalesce($kind, 'target_group') = 'target_group'
  MATCH (c)-[s:SERVED]->(:TargetGroup)-[b:BROADER*0..3]->(n:TargetGroup)
  RETURN 'target_group' AS kind, n, s, size(b) = 0 AS direct
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
OPTIONAL MATCH (c)-[:IN_THEME]->(h:Theme {name: n.name})
OPTIONAL MATCH (c)-[:SERVED]->(:TargetGroup)-[:BROADER*0..3]->(g:TargetGroup {name: n.name})
WITH kind, n, s, c, direct, u, CASE WHEN h IS NOT NULL AND g IS NOT NULL THEN c.account END AS both
ORDER BY s.id
WITH kind, n, count(DISTINCT CASE WHEN direct THEN c.account END) AS cases, count(DISTINCT c.account) AS all_cases,
     count(DISTINCT u) AS unions, count(DISTINCT both) AS both, collect(DISTINCT s)[..20] AS ties
OPTIONAL MATCH (h:Theme {name: n.name})
OPTIONAL MATCH (g:TargetGroup {name: n.name})
RETURN kind, n.name AS name, cases, all_cases AS with_narrower, unions,
       CASE WHEN h IS NOT NULL AND g IS NOT NULL THEN both END AS in_both, ties AS evidence
ORDER BY kind DESC, cases DESC, name, n.id;
