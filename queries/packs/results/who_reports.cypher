// ---
// zh: 成效数字出自谁？（案例自述，还是文中点名的人或单位；案例多由工会自己撰写）
// en: Who says the figures, the account itself or somebody whom it names? (Accounts are mostly written by the unions themselves.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
// columns:
//   said_by: {zh: 出自何人之口, en: who says so; 案例自述 the account itself}
//   figures: {zh: 数字个数, en: figures}
//   all_figures: {zh: 这些案例的全部数字个数, en: all figures of these accounts}
//   accounts: {zh: 涉及案例数, en: accounts}
// example: unionkg query run results.who_reports -p practice_type=区域/园区/楼宇联合工会
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)
WHERE ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
MATCH (c)-[:ACHIEVED]->(o:Outcome)
WITH DISTINCT coalesce(o.claimed_by, '案例自述') AS said_by, c.account AS account, o.name AS figure, o.period AS period, o.id AS id
ORDER BY id
WITH said_by, account, figure, period, collect(id)[0] AS id
WITH said_by, count(*) AS figures, count(DISTINCT account) AS accounts, collect(id)[..20] AS ids
WITH collect({said_by: said_by, figures: figures, accounts: accounts, ids: ids}) AS all, sum(figures) AS all_figures
UNWIND all AS one
RETURN one.said_by AS said_by, one.figures AS figures, all_figures, one.accounts AS accounts,
       COLLECT { UNWIND one.ids AS i MATCH (o:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY o.id } AS evidence
ORDER BY figures DESC, said_by;
