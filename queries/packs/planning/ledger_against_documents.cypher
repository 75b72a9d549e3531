// ---
// zh: 某类做法，台账写未开展的地区，资料或别的台账是否写明此前已经开展？（只指出，不改正；此后才开展的、资料未见的都不矛盾，不列）
// en: Where a ledger says 未开展 of a practice type, do documents or other ledgers tell of it before the ledger's date? (Shown, not corrected. A later start contradicts nothing, nor does silence; both are left out.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   difference: {type: string, optional: true, values: [资料此前已有记载, 资料记载先后不明, 台账此前已写开展, 台账先后不明], zh: 只看这一种, en: only this kind}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
// columns:
//   code: {zh: 区划代码, en: code of the region}
//   region: {zh: 台账所写的地区, en: the region of the ledger's entry}
//   difference: {zh: "哪里对不上：资料此前已有记载、台账此前已写开展（矛盾，或后来停办）；资料记载先后不明、台账先后不明（日期缺或重叠，须核对，不一定矛盾）", en: "资料此前已有记载 on record in documents before the ledger's date, 台账此前已写开展 a ledger said 开展 by then (both contradict it, unless it was given up since); 资料记载先后不明 and 台账先后不明: dates are missing or overlap, to be checked, perhaps no contradiction"}
//   ledger: {zh: 台账, en: the ledger}
//   status: {zh: 台账所载, en: what it says}
//   date: {zh: 台账截至时间（空为日期不明）, en: "its date, empty where it has none"}
//   accounts: {zh: 与它对不上的案例数（含下级和并入的旧区划，几处刊印的同一则只算一次）, en: "accounts that differ, with all below it and what became part of it; one printed several times counts once"}
//   earliest: {zh: 这些案例中最早一则的时间，只是上限（不晚于）, en: "smallest upper bound of the dates of these accounts (不晚于: by then, perhaps earlier)"}
//   against: {zh: 与它对不上的案例名或台账所载, en: "these accounts, or what the other ledgers say"}
// leaves_out: [unplaced]
// needs: {zh: 没有对不上的；还没有覆盖台账时，先载入, en: "nothing differs; where there is no coverage ledger yet, load one"}
// example: unionkg query run planning.ledger_against_documents -p practice_type=集体协商
// ---
MATCH (t:PracticeType {name: $practice_type})
WITH t, COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (t)<-[l:COVERAGE {status: '未开展'}]-(x:Region)
WHERE $region IS NULL OR x.id IN places
WITH t, x, l, COLLECT {
       MATCH (x)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(c:PracticeCase)-[p:APPLIED]->(t)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       WITH DISTINCT p, c
       RETURN {tie: p, account: c.account}
     } AS ties, COLLECT {
       MATCH (x)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)-[o:COVERAGE {status: '开展'}]->(t)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT o
     } AS entries
// Surely before: known by a day before the ledger's date begins. Surely later: begun after it ends, in one printing at least.
WITH x, l, ties, entries, [one IN ties WHERE substring(one.tie.not_before, 0, size(l.date)) > l.date | one.account] AS later
WITH x, l, [one IN ties WHERE substring(one.tie.not_after, 0, size(l.date)) < l.date | one.tie] AS before,
     [one IN ties WHERE NOT one.account IN later | one.tie] AS open,
     [o IN entries WHERE o.date = l.date OR CASE WHEN size(o.date) < size(l.date) THEN o.date < substring(l.date, 0, size(o.date)) ELSE substring(o.date, 0, size(l.date)) < l.date END] AS said_before,
     [o IN entries WHERE o.date IS NULL OR l.date IS NULL OR o.date <> l.date AND CASE WHEN size(o.date) < size(l.date) THEN o.date = substring(l.date, 0, size(o.date)) ELSE substring(o.date, 0, size(l.date)) = l.date END] AS said_sometime
UNWIND CASE WHEN size(before) > 0 THEN [{word: '资料此前已有记载', ties: before, entries: []}]
            WHEN size(open) > 0 THEN [{word: '资料记载先后不明', ties: open, entries: []}] ELSE [] END
       + CASE WHEN size(said_before) > 0 THEN [{word: '台账此前已写开展', ties: [], entries: said_before}]
              WHEN size(said_sometime) > 0 THEN [{word: '台账先后不明', ties: [], entries: said_sometime}] ELSE [] END AS found
WITH x, l, found.word AS difference, found.ties AS ties, found.entries AS entries
WHERE $difference IS NULL OR difference = $difference
RETURN x.code AS code, x.full_name AS region, difference, l.source AS ledger, l.status AS status, l.date AS date,
       COUNT { UNWIND ties AS p MATCH (c:PracticeCase {id: p.case_id}) RETURN DISTINCT c.account } AS accounts,
       '不晚于 ' + reduce(first = null, p IN ties | CASE WHEN first IS NULL OR p.not_after < first THEN p.not_after ELSE first END) AS earliest,
       COLLECT {
         UNWIND ties AS p
         MATCH (c:PracticeCase {id: p.case_id})
         RETURN DISTINCT c.name AS name ORDER BY name LIMIT 10
       } + COLLECT {
         UNWIND entries AS o
         WITH DISTINCT o.source + ' ' + coalesce(o.date, '日期不明') + ' ' + startNode(o).full_name + ' ' + o.status AS told
         RETURN told ORDER BY told LIMIT 10
       } AS against,
       ([l] + COLLECT { UNWIND entries AS o RETURN o ORDER BY o.id } + COLLECT { UNWIND ties AS p RETURN p ORDER BY p.id })[..20]
         AS evidence
ORDER BY code, difference, l.id;
