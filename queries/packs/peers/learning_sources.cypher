// ---
// zh: 谁被写明为学习、考察的对象，有几家工会向它学习？（地区只按代码列出，不排名；泛指多家的不算对象）
// en: Who is named as a source or as visited, and by how many unions? (Regions in the order of their codes, no ranking; a collective is no source.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 学习方案例运用的做法类型, en: practice type that the learners' accounts apply}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   source: {zh: 学习对象, en: the source}
//   kind: {zh: 种类, en: its kind}
//   unions: {zh: 写明已向它学习的工会数（不含系统内部与尚未实施的）, en: "distinct unions that say they learned from it, without internal and intended ones"}
//   learners: {zh: 这些工会, en: these unions}
//   cases: {zh: 这些案例数（几处刊印的同一则只算一次）, en: "their accounts; one printed several times counts once"}
//   forms: {zh: 形式, en: forms}
//   internal: {zh: 系统内部的案例数, en: accounts of learning inside one organisation}
//   intended: {zh: 尚未实施的案例数, en: accounts that only intend to}
// needs: {zh: 要有写明学习对象的案例, en: accounts that name whom they learned from}
// example: unionkg query run peers.learning_sources -p practice_type=集体协商
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:LEARNED_FROM {collective: false}]->(o)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:LEARNED_FROM {collective: false}]->(o)
  RETURN c, s, o
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH o, s, c, u, NOT s.internal AND NOT s.intended AS done
ORDER BY s.id, u.name, u.id
WITH o, collect(DISTINCT s)[..20] AS evidence,
     collect(DISTINCT CASE WHEN done THEN u END) AS us,
     count(DISTINCT CASE WHEN done THEN c.account END) AS cases,
     collect(DISTINCT CASE WHEN done THEN s.form END) AS forms,
     count(DISTINCT CASE WHEN s.internal THEN c.account END) AS internal,
     count(DISTINCT CASE WHEN s.intended THEN c.account END) AS intended
UNWIND CASE WHEN size(us) = 0 THEN [null] ELSE us END AS u
WITH o, evidence, cases, forms, internal, intended, u
ORDER BY u.name, u.id
WITH o, evidence, cases, forms, internal, intended, count(u) AS unions, collect(u.name) AS learners
UNWIND CASE WHEN size(forms) = 0 THEN [null] ELSE forms END AS form
WITH o, evidence, cases, internal, intended, unions, learners, form
ORDER BY form
WITH o, evidence, cases, internal, intended, unions, learners, collect(form) AS forms, labels(o)[0] AS kind
RETURN o.name AS source, kind, unions, learners, cases, forms, internal, intended, evidence
ORDER BY kind, CASE WHEN kind = 'Region' THEN 0 ELSE -unions END, coalesce(o.code, ''), source, o.id
LIMIT $limit;
