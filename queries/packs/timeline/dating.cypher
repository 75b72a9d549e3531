// ---
// zh: 某类做法，各案例的时间靠什么定？有多少写明、只知不晚于、没有时间？
// en: What do the dates of a practice type rest on, and how many accounts are dated, known only by an upper bound, or undated?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
// columns:
//   dated_by: {zh: "定年依据：stated_start 写明的主做法起始时间、own_date 该项做法自己的时间、award 获奖年份（只知不晚于）、publication 刊印时间（只知不晚于），空为没有时间", en: "basis: stated_start, own_date; award and publication give an upper bound only; empty for no date"}
//   role: {zh: 这类做法在案例中是主做法还是其中一项, en: "whether the account's main practice is of this type or a part of it"}
//   cases: {zh: 案例数（几处刊印的同一则只算一次，取说得最早的）, en: "accounts; one printed several times counts once, by the printing that says earliest"}
//   earliest: {zh: 其中最早一则的时间，只是上限（不晚于）, en: "smallest upper bound among them (不晚于: by then, perhaps earlier)"}
//   latest: {zh: 其中最晚的上限, en: largest upper bound among them}
// leaves_out: [unplaced]
// example: unionkg query run timeline.dating -p practice_type=集体协商
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside }
WITH c, p
ORDER BY coalesce(p.not_after, '~'), coalesce(p.not_before, '~'), p.id
WITH c.account AS account, collect(p)[0] AS p
WITH p
ORDER BY p.id
WITH p.dated_by AS dated_by, p.role AS role, count(p) AS cases, min(p.not_after) AS earliest, max(p.not_after) AS latest,
     collect(p)[..20] AS ties
RETURN dated_by, role, cases, '不晚于 ' + earliest AS earliest, latest, ties AS evidence
ORDER BY CASE dated_by WHEN 'stated_start' THEN 1 WHEN 'own_date' THEN 2 WHEN 'award' THEN 3 WHEN 'publication' THEN 4
         ELSE 5 END, role;
