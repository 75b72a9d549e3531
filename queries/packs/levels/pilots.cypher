// ---
// zh: 谁受命试点，谁替谁试点，在哪里试点？
// en: Who piloted what for whom, and where?
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 案例的工会（或名称的一部分）, en: "union whose account it is, or a part of its name"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   relationship: {zh: "PILOT_ASSIGNED_BY 部署试点的，PILOTED_AT 试点所在的", en: "PILOT_ASSIGNED_BY, the other end ordered it; PILOTED_AT, it ran there"}
//   unions: {zh: 案例的工会, en: the unions whose account it is}
//   levels: {zh: 其层级, en: their levels}
//   printed: {zh: 原文怎样称呼另一端, en: the other end as printed}
//   other: {zh: 另一端, en: what it was resolved to}
//   other_kind: {zh: 种类（UnresolvedName 为未识别）, en: "its kind; UnresolvedName is a name only"}
//   other_level: {zh: 层级, en: its level}
//   period: {zh: 时间, en: when}
//   collective: {zh: 泛指多家（不算一家试点）, en: "a collection, which is no single pilot"}
//   intended: {zh: 尚未实施, en: not done yet}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例, en: the account}
// example: unionkg query run levels.pilots -p practice_type=非公企业工会改革
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT]->(o)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:PILOT_ASSIGNED_BY|PILOTED_AT]->(o)
  RETURN c, s, o
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, s, o, u
ORDER BY u.name, u.id
WITH c, s, o, collect(u) AS us
WHERE $name IS NULL OR any(u IN us WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN type(s) AS relationship, [u IN us | u.name] AS unions, [u IN us | u.level] AS levels, s.printed AS printed, o.name AS other,
       labels(o)[0] AS other_kind, o.level AS other_level, s.period AS period, s.collective AS collective,
       s.intended AS intended, n.name AS practice, c.name AS case, [s] AS evidence
ORDER BY relationship, other_kind, other, case, c.id, s.id
LIMIT $limit;
