// ---
// zh: 一则案例读出了哪些内容，各凭哪句话，有多大把握？
// en: What was read out of one account, from which words, and how sure is it?
// parameters:
//   account: {type: string, values: accounts, zh: 案例标题（或其中一部分；最多取三则）, en: title of the account or a part of it; at most three accounts}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   case: {zh: 案例, en: the account}
//   statement: {zh: "陈述的种类：title、started，或关系类型", en: "kind of statement: title, started, or the relationship type"}
//   value: {zh: 读出的值（关系另一端的名称）, en: "what was read: the name of the other end"}
//   said: {zh: 原文的写法, en: how the account prints it}
//   confidence: {zh: 可信度, en: probability that the reading is right}
//   review: {zh: 复核状态, en: "review: unreviewed, accepted, corrected"}
//   method: {zh: 读法, en: "the rule, model or person that read it"}
// example: unionkg query run provenance.evidence_of_case -p account=驿站
// ---
MATCH (c:PracticeCase)
WHERE c.id = $account OR c.name CONTAINS $account
WITH c
ORDER BY c.name, c.id
LIMIT 3
CALL (c) {
  UNWIND [{statement: 'title', value: c.title, confidence: c.title_confidence, review: c.title_review, method: c.title_method, place: 0},
          {statement: 'started', value: c.started, confidence: c.started_confidence, review: c.started_review,
           method: c.started_method, place: 1}] AS own
  WITH c, own
  WHERE own.value IS NOT NULL
  RETURN own.statement AS statement, own.value AS value, null AS said, own.confidence AS confidence, own.review AS review,
         own.method AS method, own.place AS place, c AS from, c.id AS id
  UNION ALL
  MATCH (c)-[s]-(o)
  WHERE s.case_id = c.id AND s.quotes IS NOT NULL
  RETURN type(s) AS statement, coalesce(o.full_name, o.name) AS value, coalesce(s.printed, s.surface) AS said,
         s.confidence AS confidence, s.review AS review, s.method AS method, 2 + s.starts[0] AS place, s AS from, s.id AS id
  UNION ALL
  MATCH (c)-[:INITIATED|SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(u:TradeUnion)-[s:SUBORDINATE_TO]->(v:TradeUnion)
  WHERE s.case_id = c.id
  RETURN DISTINCT type(s) AS statement, u.name + ' → ' + v.name AS value, null AS said,
         s.confidence AS confidence, s.review AS review, s.method AS method, 2 + s.starts[0] AS place, s AS from, s.id AS id
}
RETURN c.name AS case, statement, value, said, confidence, review, method, [from] AS evidence
ORDER BY case, c.id, place, statement, value, id
LIMIT $limit;
