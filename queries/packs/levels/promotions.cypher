// ---
// zh: 做法由谁推广，推广、复制到哪里？（泛指多家、系统内部、尚未实施或名称未识别的不算一家采用）
// en: By whom was a practice promoted, and where was it extended or copied? (What is collective, internal, intended or a mere name is no adopter.)
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 案例的工会（或名称的一部分）, en: "union whose account it is, or a part of its name"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   relationship: {zh: "PROMOTED_BY 由其推广，SCALED_TO 推广到，REPLICATED_IN 被其照做", en: "PROMOTED_BY, the other end promotes it; SCALED_TO, it was extended there; REPLICATED_IN, copied there"}
//   unions: {zh: 案例的工会, en: the unions whose account it is}
//   levels: {zh: 其层级, en: their levels}
//   printed: {zh: 原文怎样称呼另一端（几处刊印的写法都列出）, en: the other end as printed in each printing}
//   other: {zh: 另一端, en: what it was resolved to}
//   other_kind: {zh: 种类（UnresolvedName 为未识别）, en: "its kind; UnresolvedName is a name only"}
//   other_level: {zh: 层级, en: its level}
//   forms: {zh: 形式, en: forms}
//   periods: {zh: 写明的时间（几处刊印的都列出）, en: "when, as each printing says it"}
//   one_adopter: {zh: 可算一家采用（推广到或照做，且有名有姓、已实施、不在系统内部）, en: "counts as one adopter: extended to or copied by a named, other body, and done"}
//   collective: {zh: 泛指多家, en: a collection of several}
//   internal: {zh: 系统内部, en: among branches of one organisation}
//   intended: {zh: 尚未实施, en: not done yet}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例（几处刊印的同一则只列一行，用其中一处的题名）, en: "the account; one printed several times is one row, by the title of one of them"}
// example: unionkg query run levels.promotions -p practice_type=非公企业工会改革
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:PROMOTED_BY|SCALED_TO|REPLICATED_IN]->(o)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:PROMOTED_BY|SCALED_TO|REPLICATED_IN]->(o)
  RETURN c, s, o
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, s, o, u
ORDER BY u.name, u.id
// What several printings of one account state is one row.
WITH c.account AS account, type(s) AS relationship, o, s.collective AS collective, s.internal AS internal, s.intended AS intended,
     collect(DISTINCT u) AS us, collect(DISTINCT s) AS said, min(c.id) AS printing
WHERE $name IS NULL OR any(u IN us WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
WITH relationship, o, collective, internal, intended, us, said, printing, labels(o)[0] AS other_kind
ORDER BY relationship, other_kind, o.name, o.id, printing, collective, internal, intended
LIMIT $limit
MATCH (c:PracticeCase {id: printing})
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN relationship, [u IN us | u.name] AS unions, [u IN us | u.level] AS levels,
       COLLECT { UNWIND said AS s WITH DISTINCT s.printed AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS printed, o.name AS other,
       other_kind, o.level AS other_level,
       COLLECT { UNWIND said AS s WITH DISTINCT s.form AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS forms,
       COLLECT { UNWIND said AS s WITH DISTINCT s.period AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS periods,
       relationship <> 'PROMOTED_BY' AND other_kind IN ['TradeUnion', 'Organization', 'Region']
         AND NOT collective AND NOT internal AND NOT intended AS one_adopter,
       collective, internal, intended, n.name AS practice, c.name AS case,
       COLLECT { UNWIND said AS s RETURN s ORDER BY s.id LIMIT 20 } AS evidence
ORDER BY relationship, other_kind, other, o.id, printing, collective, internal, intended;
