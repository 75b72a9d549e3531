// ---
// zh: 一份文献里，各种陈述有多少还没有人复核？
// en: How many statements of each kind in a document has nobody reviewed?
// parameters:
//   document: {type: string, values: documents, zh: 文献标题（或其中一部分；符合的文献越多越慢）, en: "title of the document or a part of it; the more documents bear it, the slower"}
// columns:
//   statement: {zh: 陈述的种类（关系类型）, en: kind of statement (relationship type)}
//   statements: {zh: 陈述数, en: statements}
//   unreviewed: {zh: 未复核, en: not reviewed}
//   accepted: {zh: 已采信, en: accepted}
//   corrected: {zh: 已更正, en: corrected}
//   least_sure: {zh: 未复核者中最低的可信度, en: the smallest confidence of those not reviewed}
// example: unionkg query run provenance.unreviewed -p document=案例选编
// ---
MATCH (d:Document)
WHERE d.title CONTAINS $document OR d.name CONTAINS $document
CALL (d) {
  // Document by document: sorting every statement of a large graph at once needs more memory than a query has.
  MATCH (d)<-[:REPORTED_IN]-(c:PracticeCase)-[s]-()
  WHERE s.case_id = c.id AND s.quotes IS NOT NULL
  WITH type(s) AS statement, s
  ORDER BY s.confidence, s.id
  RETURN statement, count(s) AS statements, sum(CASE s.review WHEN 'unreviewed' THEN 1 ELSE 0 END) AS unreviewed,
         sum(CASE s.review WHEN 'accepted' THEN 1 ELSE 0 END) AS accepted,
         sum(CASE s.review WHEN 'corrected' THEN 1 ELSE 0 END) AS corrected,
         collect(CASE s.review WHEN 'unreviewed' THEN s END)[..20] AS ties
}
WITH statement, sum(statements) AS statements, sum(unreviewed) AS unreviewed, sum(accepted) AS accepted,
     sum(corrected) AS corrected, collect(ties) AS parts
WITH statement, statements, unreviewed, accepted, corrected,
     COLLECT { UNWIND parts AS part UNWIND part AS s RETURN s ORDER BY s.confidence, s.id LIMIT 20 } AS ties
RETURN statement, statements, unreviewed, accepted, corrected, ties[0].confidence AS least_sure, ties AS evidence
ORDER BY statement;
