// ---
// zh: 哪些工会共同发起或参与同一项做法？
// en: Which unions began or carried out a practice together?
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 其中一家工会（或名称的一部分）, en: "one of the unions, or a part of its name"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 发起的工会, en: the union whose account it is}
//   level: {zh: 其层级, en: its level}
//   other: {zh: 另一家工会, en: the other union}
//   other_level: {zh: 另一家的层级, en: level of the other}
//   role: {zh: "另一家的角色：INITIATED 共同发起，JOINED 参与", en: "role of the other: INITIATED, began it too; JOINED, took part"}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例（几处刊印的同一则只列一行，用其中一处的题名）, en: "the account; one printed several times is one row, by the title of one of them"}
// example: unionkg query run peers.joint_work -p practice_type=集体协商
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)<-[j:INITIATED|JOINED]-(v:TradeUnion)
  RETURN c, j, v
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)<-[j:INITIATED|JOINED]-(v:TradeUnion)
  RETURN c, j, v
}
MATCH (u:TradeUnion)-[i:INITIATED]->(c)
WHERE u.id <> v.id AND (type(j) = 'JOINED' OR u.id < v.id)
  AND ($name IS NULL OR any(x IN [u, v] WHERE x.name CONTAINS $name OR x.canonical CONTAINS $name
                                             OR any(a IN coalesce(x.aliases, []) WHERE a CONTAINS $name)))
// What several printings of one account state is one row.
WITH u, v, type(j) AS role, c.account AS account, min(c.id) AS printing, collect(i) + collect(j) AS said
ORDER BY u.name, u.id, v.name, v.id, role, printing
LIMIT $limit
MATCH (c:PracticeCase {id: printing})
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN u.name AS union, u.level AS level, v.name AS other, v.level AS other_level, role, n.name AS practice, c.name AS case,
       COLLECT { UNWIND said AS s WITH DISTINCT s RETURN s ORDER BY s.id LIMIT 20 } AS evidence
ORDER BY union, u.id, other, v.id, role, printing;
