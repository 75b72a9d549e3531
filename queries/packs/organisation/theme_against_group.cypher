// ---
// zh: 哪些案例属于一个领域，哪些服务了一类对象，哪些两样都是？
// en: Which accounts are in a field, which serve a group, and which do both?
// parameters:
//   theme: {type: string, default: 新就业形态劳动者, values: themes, zh: 领域, en: field}
//   group: {type: string, default: 新就业形态劳动者, values: target_groups, zh: 服务对象（连下位对象）, en: group served (with narrower ones)}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   case: {zh: 案例（几处刊印的同一则只列一次）, en: the account; one printed several times is one row}
//   unions: {zh: 谁的案例, en: whose account it is}
//   in_theme: {zh: 是否属于该领域, en: whether it is in the field}
//   served: {zh: 服务了哪些对象（该对象或其下位；空为没有）, en: "which groups it serves, the group or narrower ones; empty for none"}
//   words: {zh: 原文怎么称呼, en: "the words that name the group"}
// example: unionkg query run organisation.theme_against_group -p theme=新就业形态劳动者 -p group=新就业形态劳动者
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
CALL () {
  MATCH (:Theme {name: $theme})<-[:IN_THEME]-(c:PracticeCase)
  RETURN c
  UNION
  MATCH (:TargetGroup {name: $group})<-[:BROADER*0..3]-(:TargetGroup)<-[:SERVED]-(c:PracticeCase)
  RETURN c
}
WITH inside, c
WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside }
WITH c
ORDER BY c.document, c.first_line, c.id
WITH c.account AS account, collect(c) AS printings
WITH printings, printings[0] AS c
ORDER BY c.document, c.first_line, c.id
LIMIT $limit
CALL (printings) {
  UNWIND printings AS p
  MATCH (p)-[s:IN_THEME]->(:Theme {name: $theme})
  RETURN s, null AS g
  UNION ALL
  UNWIND printings AS p
  MATCH (p)-[s:SERVED]->(g:TargetGroup)
  WHERE EXISTS { (g)-[:BROADER*0..3]->(:TargetGroup {name: $group}) }
  RETURN s, g
}
WITH c, s, g
ORDER BY g.name, s.id
WITH c, collect(DISTINCT g.name) AS served, collect(DISTINCT s.surface) AS words,
     count(CASE WHEN g IS NULL THEN 1 END) > 0 AS in_theme, collect(s)[..15] AS ties
OPTIONAL MATCH (u:TradeUnion)-[i:INITIATED]->(c)
WITH c, served, words, in_theme, ties, u, i
ORDER BY u.name, u.id
WITH c, served, words, in_theme, ties, collect(u.name) AS unions, collect(i)[..5] AS owning
RETURN c.name AS case, unions, in_theme, served, words, ties + owning AS evidence
ORDER BY c.document, c.first_line, c.id;
