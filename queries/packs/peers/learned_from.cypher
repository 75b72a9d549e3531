// ---
// zh: 哪些案例写明向谁学习，学习对象是什么？（泛指多家、系统内部、尚未实施的都列出并注明）
// en: Which accounts say whom they learned from, and what is that other end? (Collective, internal and intended ones are listed and marked.)
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 学习方工会（或其中一部分）, en: the learning union or a part of its name}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   learners: {zh: 学习方（案例的工会）, en: the unions whose account it is}
//   printed: {zh: 原文怎样称呼学习对象（几处刊印的写法都列出）, en: the source as printed in each printing}
//   source: {zh: 学习对象, en: "what it was resolved to; its name alone where it was not"}
//   source_kind: {zh: 学习对象的种类（UnresolvedName 为未识别）, en: "its kind; UnresolvedName is a name only"}
//   forms: {zh: 形式, en: forms}
//   periods: {zh: 写明的时间（几处刊印的都列出）, en: "when, as each printing says it"}
//   collective: {zh: 泛指多家, en: a collection of several}
//   internal: {zh: 系统内部, en: among branches of one organisation}
//   intended: {zh: 尚未实施, en: not done yet}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例（几处刊印的同一则只列一行，用其中一处的题名）, en: "the account; one printed several times is one row, by the title of one of them"}
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
// What several printings of one account state is one row.
WITH c.account AS account, o, s.collective AS collective, s.internal AS internal, s.intended AS intended,
     collect(DISTINCT u) AS us, collect(DISTINCT s) AS said, min(c.id) AS printing
WHERE $name IS NULL OR any(u IN us WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
WITH o, collective, internal, intended, us, said, printing, labels(o)[0] AS source_kind
ORDER BY source_kind, o.name, o.id, printing, collective, internal, intended
LIMIT $limit
MATCH (c:PracticeCase {id: printing})
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN [u IN us | u.name] AS learners,
       COLLECT { UNWIND said AS s WITH DISTINCT s.printed AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS printed,
       o.name AS source, source_kind,
       COLLECT { UNWIND said AS s WITH DISTINCT s.form AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS forms,
       COLLECT { UNWIND said AS s WITH DISTINCT s.period AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS periods,
       collective, internal, intended, n.name AS practice, c.name AS case,
       COLLECT { UNWIND said AS s RETURN s ORDER BY s.id LIMIT 20 } AS evidence
ORDER BY source_kind, source, o.id, printing, collective, internal, intended;
