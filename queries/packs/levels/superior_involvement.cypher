// ---
// zh: 案例里哪些工会作为上级出面、做了什么，它在哪条线上是上级（块或条）？
// en: Which unions stand above a practice in the accounts, what did they do, and on which line are they superior (块 or 条)?
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 案例的工会或上级（或名称的一部分）, en: "the union or its superior, or a part of the name"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 案例的工会, en: the union whose account it is}
//   level: {zh: 工会的层级, en: its level}
//   relationship: {zh: "关系：SUPERVISED 指导，PILOT_ASSIGNED_BY 部署试点，PROMOTED_BY 推广，RECOGNISED_BY 认可", en: "SUPERVISED, PILOT_ASSIGNED_BY, PROMOTED_BY or RECOGNISED_BY"}
//   superior: {zh: 上级, en: the superior}
//   superior_level: {zh: 上级的层级, en: its level}
//   superior_lines: {zh: 在哪条线上：territorial（块）、industrial、corporate（条）；空为图中看不出隶属, en: "lines on which it is above the union: territorial (块), industrial, corporate (条); empty where the graph shows none"}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例, en: the account}
// example: unionkg query run levels.superior_involvement -p practice_type=非公企业工会改革 -p name=宝山区
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:SUPERVISED|PILOT_ASSIGNED_BY|PROMOTED_BY|RECOGNISED_BY]-(o:TradeUnion)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:SUPERVISED|PILOT_ASSIGNED_BY|PROMOTED_BY|RECOGNISED_BY]-(o:TradeUnion)
  RETURN c, s, o
}
MATCH (u:TradeUnion)-[:INITIATED]->(c)
WHERE u.id <> o.id
  AND ($name IS NULL OR any(x IN [u, o] WHERE x.name CONTAINS $name OR x.canonical CONTAINS $name
                                             OR any(a IN coalesce(x.aliases, []) WHERE a CONTAINS $name)))
WITH DISTINCT u, c, s, o
ORDER BY u.name, u.id, o.name, o.id, type(s), c.id, s.id
LIMIT $limit
OPTIONAL MATCH path = (u)-[:SUBORDINATE_TO*1..6]->(o)
WITH u, c, s, o, relationships(path)[0].line AS line
ORDER BY line
WITH u, c, s, o, collect(DISTINCT line) AS lines
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN u.name AS union, u.level AS level, type(s) AS relationship, o.name AS superior, o.level AS superior_level, lines AS superior_lines,
       n.name AS practice, c.name AS case, [s] AS evidence
ORDER BY union, u.id, superior, o.id, relationship, c.id, s.id;
