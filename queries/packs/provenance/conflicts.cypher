// ---
// zh: 一份文献说到的工会、单位和奖项，各处案例的说法有哪些不一致？（图中按“最多者”显示一种，其余在此列出）
// en: Where do accounts, wherever printed, differ about a union, body or award that a document tells of? (The graph shows what most of them say; here is every one.)
// parameters:
//   document: {type: string, values: documents, zh: 文献标题（或其中一部分；符合的文献越多越慢）, en: "title of the document or a part of it; the more documents bear it, the slower"}
//   label: {type: string, optional: true, values: [TradeUnion, Organization, Award], zh: 只看工会、单位或奖项, en: "only unions, bodies or awards"}
//   property: {type: string, optional: true, values: [type, level, region, issuer, kind], zh: 只看一种属性, en: only one property}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   label: {zh: 种类, en: "kind of thing: TradeUnion, Organization, Award"}
//   name: {zh: 名称, en: its name}
//   property: {zh: 说法不一致的属性, en: the property in which accounts differ}
//   shown: {zh: 图中显示的值（说的最多；同样多取较长的，再按字符次序）, en: "value that the node shows: said most often, of equals the longest, then the first in code order"}
//   said: {zh: 该案例的说法, en: what this account says}
//   case: {zh: 案例（几处刊印说法相同的只列一次）, en: the account; printings that say the same are one row}
// needs: {zh: 要有几则案例说到同一家工会、单位或奖项而说法不同, en: "several accounts that speak of one union, body or award and differ"}
// example: unionkg query run provenance.conflicts -p document=案例选编
// ---
MATCH (d:Document)
WHERE d.title CONTAINS $document OR d.name CONTAINS $document
MATCH (d)<-[:REPORTED_IN]-(:PracticeCase)-[:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS|SUPPORTED|RECEIVED]-(n)
WITH DISTINCT n, labels(n)[0] AS label
WHERE label IN ['TradeUnion', 'Organization', 'Award'] AND ($label IS NULL OR label = $label)
MATCH (n)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS|SUPPORTED|RECEIVED]-(:PracticeCase)
WITH n, label, count(DISTINCT s.issuer) AS issuers, count(DISTINCT s.level) AS levels, count(DISTINCT s.region) AS regions,
     count(DISTINCT s.type) AS types, count(DISTINCT s.kind) AS kinds
WITH n, label, [p IN [{name: 'issuer', said: issuers}, {name: 'level', said: levels}, {name: 'region', said: regions},
                      {name: 'type', said: types}, {name: 'kind', said: kinds}]
                WHERE p.said > 1 AND ($property IS NULL OR p.name = $property) | p.name] AS differing
WHERE size(differing) > 0
// Every one of them gives a row at least.
WITH n, label, differing
ORDER BY label, n.name, n.id
LIMIT $limit
MATCH (n)-[s:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS|SUPPORTED|RECEIVED]-(c:PracticeCase)
UNWIND differing AS property
WITH n, s, c, label, property,
     CASE property WHEN 'issuer' THEN n.issuer WHEN 'level' THEN n.level WHEN 'region' THEN n.region WHEN 'type' THEN n.type
                   ELSE n.kind END AS shown,
     CASE property WHEN 'issuer' THEN s.issuer WHEN 'level' THEN s.level WHEN 'region' THEN s.region WHEN 'type' THEN s.type
                   ELSE s.kind END AS said
WHERE said IS NOT NULL
WITH n, s, c, label, property, shown, said
ORDER BY c.document, c.first_line, c.id, s.id
WITH n, label, property, shown, said, c.account AS account, collect(c)[0] AS first, collect(s)[..20] AS ties
RETURN label, n.name AS name, property, shown, said, first.name AS case, ties AS evidence
ORDER BY label, name, n.id, property, said, first.document, first.first_line, first.id
LIMIT $limit;
