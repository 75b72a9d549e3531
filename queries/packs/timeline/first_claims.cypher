// ---
// zh: 哪些案例自称首创、率先？（只是原文的说法和范围，不是结论）
// en: Which accounts claim to be the first, and of what scope? (The source's own words, no finding of ours.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 只看运用某类做法的案例, en: only accounts that apply this practice type}
//   theme: {type: string, optional: true, values: themes, zh: 只看某一领域, en: only one field}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   scope: {zh: 自称的范围（原文用词）, en: "the scope that is claimed, in the source's words"}
//   scope_region: {zh: 范围所指的地区（能确定的）, en: "the region that the scope means, where that is certain"}
//   claim: {zh: 自称的话（同一则案例几处刊印的同一句只占一行）, en: "the words of the claim; those of one account are one row, however often it is printed"}
//   practice: {zh: 所说的做法, en: the practice that it speaks of}
//   unions: {zh: 谁的案例, en: whose account it is}
//   case: {zh: 案例, en: the account}
//   started: {zh: 案例写明的主做法起始时间, en: "when the main practice began, if the account says so"}
// example: unionkg query run timeline.first_claims
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[f:CLAIMED_FIRST]->(p:Practice)
  RETURN DISTINCT c, f, p
  UNION ALL
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[f:CLAIMED_FIRST]->(p:Practice)
  RETURN c, f, p
}
WITH inside, c, f, p
WHERE ($theme IS NULL OR EXISTS { (c)-[:IN_THEME]->(:Theme {name: $theme}) })
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside })
// The same words of one account, however often it is printed, are one claim.
WITH c, f, p
ORDER BY c.id, f.id
WITH c.account AS account, f.scope AS scope, f.printed AS claim, collect({case: c, tie: f, practice: p}) AS told
WITH account, scope, claim, told, told[0].case AS c, told[0].tie AS f, told[0].practice AS p
ORDER BY scope, claim, c.name, c.id, f.id
LIMIT $limit
OPTIONAL MATCH (g:Region {code: coalesce(f.region, '')})
WITH scope, claim, told, c, f, p, g,
     COLLECT { MATCH (u:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY u.name, u.id, i.id } AS initiated
RETURN scope, g.full_name AS scope_region, claim, p.name AS practice,
       [i IN initiated | startNode(i).name] AS unions, c.name AS case, c.started AS started,
       ([one IN told | one.tie] + [one IN told WHERE one.case.started IS NOT NULL | one.case] + initiated)[..20] AS evidence
ORDER BY scope, claim, case, c.id, f.id;
