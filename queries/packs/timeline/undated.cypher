// ---
// zh: 哪些案例的做法没有时间，为什么？（别处刊印的同一则有时间的，不列）
// en: Which accounts have practices that cannot be dated, and why? (Not where another printing of the account dates them.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 只看某类做法, en: only one practice type}
//   document: {type: string, optional: true, values: documents, zh: 只看某份文献（标题的一部分）, en: only one document (a part of its title)}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   document: {zh: 文献, en: the document}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 谁的案例, en: whose account it is}
//   practice_types: {zh: 没有时间的做法类型, en: the practice types that have no date}
//   why: {zh: "为什么：nothing_dated：文献没有刊印时间，案例没有起始时间，荣誉没有年份；start_of_main_only：写明的起始时间只说主做法", en: "nothing_dated: the document has no date of publication, the account no start, its honours no year; start_of_main_only: the stated start speaks of the main practice only"}
// example: unionkg query run timeline.undated -p limit=20
// ---
MATCH (d:Document)
WHERE d.published IS NULL AND ($document IS NULL OR d.title CONTAINS $document OR d.name CONTAINS $document)
WITH d
ORDER BY d.title, d.id
// Document by document, so that no more of them are read than rows are wanted.
CALL (d) {
  MATCH (d)<-[:REPORTED_IN]-(c:PracticeCase)-[p:APPLIED]->(t:PracticeType)
  WHERE p.not_after IS NULL AND ($practice_type IS NULL OR t.name = $practice_type)
    // What another printing of the account dates is dated.
    AND NOT EXISTS {
      MATCH (c)-[:SAME_ACCOUNT*1..2]-(o:PracticeCase)-[q:APPLIED]->(t)
      WHERE o.account = c.account AND q.not_after IS NOT NULL
    }
  WITH c, t, p
  ORDER BY t.name, p.id
  WITH c, collect(t.name) AS types, collect(p)[..20] AS ties
  RETURN c, types, ties
  ORDER BY c.first_line, c.id
}
WITH d, c, types, ties
LIMIT $limit
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH d, c, types, ties, u
ORDER BY u.name, u.id
WITH d, c, types, ties, collect(u.name) AS unions
RETURN d.title AS document, c.name AS case, unions, types AS practice_types,
       CASE WHEN c.started IS NULL THEN 'nothing_dated' ELSE 'start_of_main_only' END AS why, ties AS evidence
ORDER BY document, d.id, c.first_line, c.id;
