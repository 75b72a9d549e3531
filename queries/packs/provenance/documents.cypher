// ---
// zh: 装入了哪些文献，各读出多少案例和陈述，有多少有时间、有多少经人复核？
// en: Which documents were loaded, and how many accounts and statements were read, dated and reviewed?
// parameters:
//   document: {type: string, optional: true, values: documents, zh: 文献标题（或其中一部分）, en: title of the document or a part of it}
//   years: {type: years, default: .., zh: 刊印年份；给了就不列没有刊印时间的, en: "years of publication; given, documents without a date are left out"}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   document: {zh: 文献, en: the document}
//   publisher: {zh: 编印单位或刊名, en: publisher or journal}
//   published: {zh: 刊印时间（空为文中没有）, en: "when it was published, empty where it does not say"}
//   cases: {zh: 案例数, en: accounts}
//   started: {zh: 其中写明起始时间的, en: "of these, with a stated start"}
//   undated: {zh: 其中有做法没有时间的, en: "of these, with a practice that has no date"}
//   statements: {zh: 陈述数（不含标题和起始时间）, en: statements without titles and starts}
//   reviewed: {zh: 其中经人复核的, en: "of these, reviewed by a person"}
//   least_sure: {zh: 最低的可信度, en: the smallest confidence}
// example: unionkg query run provenance.documents
// ---
MATCH (d:Document)
WHERE ($document IS NULL OR d.title CONTAINS $document OR d.name CONTAINS $document)
  AND ($years = [0, 9999] OR (d.published >= toString($years[0]) AND d.published <= toString($years[1]) + '-99'))
WITH d
ORDER BY coalesce(d.published, '~'), d.title, d.id
LIMIT $limit
OPTIONAL MATCH (d)<-[:REPORTED_IN]-(c:PracticeCase)
OPTIONAL MATCH (c)-[s]-()
WHERE s.case_id = c.id AND s.quotes IS NOT NULL
WITH d, c, count(s) AS statements, sum(CASE WHEN s.review <> 'unreviewed' THEN 1 ELSE 0 END) AS reviewed,
     min(s.confidence) AS least_sure, sum(CASE WHEN type(s) = 'APPLIED' AND s.not_after IS NULL THEN 1 ELSE 0 END) AS undated
WITH d, count(c) AS cases, count(c.started) AS started, sum(CASE WHEN undated > 0 THEN 1 ELSE 0 END) AS undated,
     sum(statements) AS statements, sum(reviewed) AS reviewed, min(least_sure) AS least_sure
RETURN d.title AS document, d.publisher AS publisher, d.published AS published, cases, started, undated, statements,
       reviewed, least_sure, CASE WHEN d.quotes IS NULL THEN [] ELSE [d] END AS evidence
ORDER BY coalesce(d.published, '~'), document, d.id;
