// ---
// zh: 上级就某类做法发文之后几年内，哪些下级工会有了记载？（一定与可能分列；先后不等于因果）
// en: Which unions have a record of a practice type within some years after a document of a superior about it? (Surely and possibly apart; order in time is no cause.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 做法类型, en: practice type}
//   within_years: {type: integer, default: 2, zh: 几年之内, en: within so many years}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   practice_type: {zh: 做法类型, en: practice type}
//   policy: {zh: 文件, en: the document}
//   issued: {zh: 发文时间, en: when it was issued}
//   issuers: {zh: 发文单位, en: who issued it}
//   union: {zh: 下级工会（隶属于发文工会；文件写明适用地区的，取在该地区的）, en: "the union: subordinate to the issuer or, where the document names regions, based in one of them"}
//   level: {zh: 其层级, en: its level}
//   earliest: {zh: 其最早记载的区间, en: interval of its earliest record}
//   surely: {zh: 真：一定在发文之后、且在期限内；假：只是可能, en: "true: surely after and within the years; false: possibly only"}
// leaves_out: [undated, without_union]
// needs: {zh: 要有写明发文时间的公告（文件、发文工会、涉及的做法类型）, en: announcements that say when a document was issued}
// example: unionkg query run levels.after_document -p practice_type=小三级工会 -p within_years=3
// ---
MATCH (p:Policy)-[k:CONCERNS]->(t:PracticeType)
WHERE p.issued IS NOT NULL AND NOT t.routine AND ($practice_type IS NULL OR t.name = $practice_type)
WITH p, t, k
ORDER BY k.id
WITH p, t, collect(k) AS said
OPTIONAL MATCH (p)-[:ISSUED_BY]->(o)
WITH p, t, said, o
ORDER BY o.name, o.id
WITH p, t, said, collect(DISTINCT o) AS issuers
OPTIONAL MATCH (p)-[:APPLIES_TO]->(g:Region)
WITH p, t, said, issuers, collect(DISTINCT g.id) AS areas,
     toString(toInteger(substring(p.issued, 0, 4)) + $within_years) + substring(p.issued, 4) AS until
MATCH (u:TradeUnion)-[a:ADOPTED]->(t)
// A date of the length of the document's own: shorter dates compare as the periods that they are.
WITH p, t, said, issuers, areas, until, u, a, substring(a.not_before, 0, size(p.issued)) AS lower,
     substring(a.not_after, 0, size(p.issued)) AS upper
WHERE upper >= p.issued AND coalesce(lower, '') <= until
OPTIONAL MATCH (u)-[:SUBORDINATE_TO*1..6]->(s:TradeUnion)
WHERE size(areas) = 0 AND s.id IN [o IN issuers | o.id]
WITH p, t, said, issuers, areas, until, u, a, lower, upper, count(s) AS under
OPTIONAL MATCH (u)-[:BASED_IN]->(:Region)-[w:WITHIN|SUCCEEDED_BY*0..6]->(g:Region)
WHERE g.id IN areas AND all(x IN w WHERE type(x) = 'SUCCEEDED_BY' OR x.valid_to IS NULL)
WITH p, t, said, issuers, until, u, a, lower, upper, under, count(g) AS inside
WHERE under + inside > 0 AND NOT u.id IN [o IN issuers | o.id]
WITH p, t, said, issuers, u, a, coalesce(lower > p.issued, false)
       AND a.not_after <= CASE size(until) WHEN 4 THEN until + '-01-01' WHEN 7 THEN until + '-01' ELSE until END AS surely
ORDER BY t.name, p.issued, p.name, p.id, surely DESC, a.not_after, u.name, u.id
LIMIT $limit
UNWIND a.cases AS id
MATCH (:PracticeCase {id: id})-[e:APPLIED]->(same:PracticeType)
WHERE same.id = t.id
WITH p, t, said, issuers, u, a, surely, e
ORDER BY e.id
WITH p, t, said, issuers, u, a, surely, collect(DISTINCT e) AS applied
RETURN t.name AS practice_type, p.name AS policy, p.issued AS issued, [o IN issuers | o.name] AS issuers, u.name AS union, u.level AS level,
       CASE WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS earliest,
       surely, (said + applied)[..20] AS evidence
ORDER BY practice_type, issued, policy, p.id, surely DESC, a.not_after, union, u.id;
