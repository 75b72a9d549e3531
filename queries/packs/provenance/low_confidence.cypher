// ---
// zh: 一份文献里，读得最没有把握、还没有人复核的陈述是哪些？
// en: Which statements of a document is the reading least sure of, among those that nobody reviewed?
// parameters:
//   below: {type: number, default: 0.75, zh: 可信度低于, en: confidence below}
//   document: {type: string, values: documents, zh: 文献标题（或其中一部分；符合的文献越多越慢）, en: "title of the document or a part of it; the more documents bear it, the slower"}
//   statement: {type: string, optional: true, zh: 只看一种陈述（关系类型，如 LEARNED_FROM）, en: "only one kind of statement: a relationship type such as LEARNED_FROM"}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   statement: {zh: 陈述的种类, en: kind of statement}
//   value: {zh: 读出的值, en: what was read}
//   confidence: {zh: 可信度, en: probability that the reading is right}
//   method: {zh: 读法, en: the rule or model that read it}
//   case: {zh: 案例, en: the account}
// example: unionkg query run provenance.low_confidence -p document=案例选编 -p below=0.7 -p limit=20
// ---
MATCH (d:Document)
WHERE d.title CONTAINS $document OR d.name CONTAINS $document
MATCH (d)<-[:REPORTED_IN]-(c:PracticeCase)-[s]-(o)
WHERE s.confidence < $below AND s.case_id = c.id AND s.review = 'unreviewed' AND s.quotes IS NOT NULL
  AND ($statement IS NULL OR type(s) = $statement)
WITH c, s, o
ORDER BY s.confidence, type(s), s.id
LIMIT $limit
RETURN type(s) AS statement, coalesce(o.full_name, o.name) AS value, s.confidence AS confidence, s.method AS method,
       c.name AS case, [s] AS evidence
ORDER BY confidence, statement, s.id;
