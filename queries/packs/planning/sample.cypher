// ---
// zh: 手头的资料是怎样的样本？（按文献、省份、工会层级、年份等看案例各有多少；资料不是普查，多少不代表工作好坏）
// en: What is the collection a sample of? (Accounts by document, province, level of union, year and so on. It is no census, and more accounts do not mean better work.)
// parameters:
//   by: {type: string, default: province, values: [document, publisher, province, level, type, year, kind, theme], zh: 按什么分, en: by what}
// columns:
//   value: {zh: 类别（空缺的写未说明）, en: the class; 未说明 where it is not known}
//   accounts: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   all_accounts: {zh: 全部案例数；一则可能属于几类, en: all accounts; one may be in several classes}
//   documents: {zh: 出自几份文献, en: documents that they stand in}
// example: unionkg query run planning.sample -p by=level
// ---
MATCH (c:PracticeCase)
WITH count(DISTINCT c.account) AS all_accounts
CALL () {
  UNWIND CASE $by WHEN 'document' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)-[:REPORTED_IN]->(d:Document)
  RETURN d.title AS value, c.account AS account, c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'publisher' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)-[:REPORTED_IN]->(d:Document)
  RETURN d.publisher AS value, c.account AS account, c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'province' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)
  OPTIONAL MATCH (c)-[:TOOK_PLACE_IN]->(x:Region)
  WITH x, collect([c.account, c.document, c.id]) AS there
  WITH there, CASE WHEN x IS NULL THEN [null] ELSE COLLECT {
         MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: 'province'})
         WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
         RETURN DISTINCT r.name
       } END AS provinces
  UNWIND provinces AS value
  UNWIND there AS c
  RETURN value, c[0] AS account, c[1] AS document, c[2] AS id
  UNION ALL
  UNWIND CASE $by WHEN 'level' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)
  OPTIONAL MATCH (c)<-[:INITIATED]-(u:TradeUnion)
  RETURN u.level AS value, c.account AS account, c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'type' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)
  OPTIONAL MATCH (c)<-[:INITIATED]-(u:TradeUnion)
  RETURN u.type AS value, c.account AS account, c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'year' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)-[:REPORTED_IN]->(d:Document)
  RETURN coalesce(substring(c.started, 0, 4), '不晚于 ' + substring(d.published, 0, 4)) AS value, c.account AS account,
         c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'kind' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)
  RETURN c.kind AS value, c.account AS account, c.document AS document, c.id AS id
  UNION ALL
  UNWIND CASE $by WHEN 'theme' THEN [1] ELSE [] END AS go
  MATCH (c:PracticeCase)
  OPTIONAL MATCH (c)-[:IN_THEME]->(h:Theme)
  RETURN h.name AS value, c.account AS account, c.document AS document, c.id AS id
}
WITH all_accounts, coalesce(value, '未说明') AS value, count(DISTINCT account) AS accounts, count(DISTINCT document) AS documents,
     collect(DISTINCT id) AS all_ids
WITH all_accounts, value, accounts, documents, COLLECT { UNWIND all_ids AS i RETURN i ORDER BY i LIMIT 20 } AS ids
RETURN value, accounts, all_accounts, documents,
       COLLECT { UNWIND ids AS i MATCH (c:PracticeCase {id: i})-[s:INTRODUCED]->(:Practice) RETURN s ORDER BY c.id } AS evidence
ORDER BY value;
