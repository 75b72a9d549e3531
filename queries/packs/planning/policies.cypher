// ---
// zh: 某类做法引用或出台了哪些文件？（发文单位、时间、文号；公告中涉及这类做法的也列出）
// en: Which policies go with a practice type? (Issuer, date, number; those of announcements that concern the type too.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   policy: {zh: 文件, en: the policy}
//   number: {zh: 文号, en: its number}
//   issuer: {zh: 发文单位, en: who issued it}
//   issued: {zh: 发文时间, en: when}
//   deadline: {zh: 截止时间, en: its deadline}
//   relation: {zh: 案例引用，或公告涉及, en: "案例引用 cited by accounts, 公告涉及 announced as concerning the type"}
//   accounts: {zh: 引用它的案例数, en: accounts that cite it}
//   earliest: {zh: 引用它的案例中最早一则的时间，只是上限（不晚于）, en: "upper bound of the earliest of these accounts (不晚于: by then, perhaps earlier)"}
//   cases: {zh: 这些案例, en: these accounts}
// leaves_out: [unplaced]
// example: unionkg query run planning.policies -p practice_type=工会经费管理
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (t:PracticeType {name: $practice_type})
CALL (t, places) {
  MATCH (t)<-[a:APPLIED]-(c:PracticeCase)-[s:CITED]->(p:Policy)
  WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places }
  RETURN DISTINCT p, '案例引用' AS relation, s, c.account AS account, c.name AS name, a.not_after AS known
  UNION ALL
  MATCH (t)<-[s:CONCERNS]-(p:Policy)
  WHERE $region IS NULL OR EXISTS { MATCH (p)-[:APPLIES_TO]->(x:Region) WHERE x.id IN places }
  RETURN DISTINCT p, '公告涉及' AS relation, s, null AS account, null AS name, null AS known
}
WITH p, relation, s, account, name, known
ORDER BY name, s.id
WITH p, relation, count(DISTINCT account) AS accounts, min(known) AS earliest, collect(DISTINCT name)[..10] AS cases,
     collect(DISTINCT s)[..20] AS said
RETURN p.name AS policy, p.number AS number, p.issuer AS issuer, p.issued AS issued, p.deadline AS deadline, relation, accounts,
       '不晚于 ' + earliest AS earliest, cases, said AS evidence
ORDER BY relation, accounts DESC, policy, p.id
LIMIT $limit;
