// ---
// zh: 哪些案例写明向谁学习，学习对象是什么？（泛指多家、系统内部、尚未实施的都列出并注明）
// en: Which accounts say whom they learned from, and what is that other end? (Collective, internal and intended ones are listed and marked.)
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 学习方工会（或其中一部分）, en: the learning union or a part of its name}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   learners: {zh: 学习方（案例的工会）, en: the unions whose account it is}
//   printed: {zh: 原文怎样称呼学习对象, en: the source as printed}
//   source: {zh: 学习对象, en: "what it was resolved to; its name alone where it was not"}
//   source_kind: {zh: 学习对象的种类（UnresolvedName 为未识别）, en: "its kind; UnresolvedName is a name only"}
//   form: {zh: 形式, en: form}
//   period: {zh: 时间, en: when}
//   collective: {zh: 泛指多家, en: a collection of several}
//   internal: {zh: 系统内部, en: among branches of one organisation}
//   intended: {zh: 尚未实施, en: not done yet}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例, en: the account}
// example: unionkg query run peers.learned_from -p practice_type=集体协商
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:LEARNED_FROM]->(o)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:LEARNED_FROM]->(o)
  RETURN c, s, o
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, s, o, u
ORDER BY u.name, u.id
WITH c, s, o, collect(u) AS us
WHERE $name IS NULL OR any(u IN us WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN [u IN us | u.name] AS learners, s.printed AS printed, o.name AS source, labels(o)[0] AS source_kind, s.form AS form,
       s.period AS period, s.collective AS collective, s.internal AS internal, s.intended AS intended,
       n.name AS practice, c.name AS case, [s] AS evidence
ORDER BY source_kind, source, case, c.id, s.id
LIMIT $limit;
