// ---
// zh: 某类做法，台账与资料哪里对不上？（台账写未开展而资料有记载、台账写开展而资料未见、台账之间不一致；只指出，不改正）
// en: Where do ledgers and documents differ about a practice type? (A ledger says 未开展 and documents have a record, a ledger says 开展 and none is seen, ledgers differ among each other; shown, not corrected.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   difference: {type: string, optional: true, values: [台账未开展而资料有记载, 台账开展而资料未见, 台账之间不一致], zh: 只看这一种, en: only this kind}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 台账所写的地区, en: the region of the ledger's entry}
//   difference: {zh: 哪里对不上, en: "台账未开展而资料有记载 absent in the ledger and on record in documents, 台账开展而资料未见 present in the ledger and not seen, 台账之间不一致 ledgers differ"}
//   ledger: {zh: 台账, en: the ledger}
//   status: {zh: 台账所载, en: what it says}
//   date: {zh: 台账截至时间, en: its date}
//   accounts: {zh: 该地（含下级和并入的旧区划）用到这类做法的案例数, en: "accounts of the type from there, with all below it and what became part of it"}
//   earliest: {zh: 其中最早记载的上限（不晚于）, en: smallest upper bound of their dates}
//   timing: {zh: 记载与台账的先后：记载在前（矛盾，或后来停办）、记载在后（未必矛盾）、先后不明, en: "记载在前 a record is surely older than the ledger, 记载在后 all are surely later, 先后不明 it cannot be told"}
// needs: {zh: 载入覆盖台账, en: a coverage ledger}
// example: unionkg query run planning.ledger_against_documents -p practice_type=集体协商
// ---
MATCH (t:PracticeType {name: $practice_type})
WITH t, COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (t)<-[l:COVERAGE]-(x:Region)
WHERE l.status IS NOT NULL AND ($region IS NULL OR x.id IN places)
WITH t, x, l, COLLECT {
       MATCH (x)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(c:PracticeCase)-[p:APPLIED]->(t)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT p
     } AS ties, COLLECT {
       MATCH (x)-[other:COVERAGE]->(t)
       WHERE other.status <> l.status
       RETURN other ORDER BY other.id
     } AS others
UNWIND CASE WHEN l.status = '未开展' AND size(ties) > 0 THEN ['台账未开展而资料有记载']
            WHEN l.status = '开展' AND size(ties) = 0 THEN ['台账开展而资料未见'] ELSE [] END
       + CASE WHEN size(others) > 0 THEN ['台账之间不一致'] ELSE [] END AS difference
WITH x, l, ties, others, difference
WHERE $difference IS NULL OR difference = $difference
RETURN x.code AS code, x.full_name AS region, difference, l.source AS ledger, l.status AS status, l.date AS date,
       COUNT { UNWIND ties AS p MATCH (c:PracticeCase {id: p.case_id}) RETURN DISTINCT c.account } AS accounts,
       reduce(first = null, p IN ties | CASE WHEN first IS NULL OR p.not_after < first THEN p.not_after ELSE first END) AS earliest,
       CASE WHEN size(ties) = 0 THEN null
            WHEN l.date IS NULL THEN '先后不明'
            WHEN any(p IN ties WHERE substring(p.not_after, 0, size(l.date)) < l.date) THEN '记载在前'
            WHEN all(p IN ties WHERE p.not_before IS NOT NULL AND substring(p.not_before, 0, size(l.date)) > l.date) THEN '记载在后'
            ELSE '先后不明' END AS timing,
       ([l] + CASE difference WHEN '台账之间不一致' THEN others
                              ELSE COLLECT { UNWIND ties AS p RETURN p ORDER BY p.id } END)[..20] AS evidence
ORDER BY code, difference, l.id;
