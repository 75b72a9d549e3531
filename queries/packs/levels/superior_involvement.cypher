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
//   superior_lines: {zh: 在哪条线上：territorial（块）、industrial、corporate（条）；一路上块和条都有的写在一起（如 corporate+territorial），既不算块也不算条；空为图中看不出隶属, en: "lines on which it is above the union: territorial (块), industrial, corporate (条); a way up with steps of several names them all (corporate+territorial), neither 块 nor 条; empty where the graph shows none"}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例（几处刊印的同一则只列一行，用其中一处的题名）, en: "the account; one printed several times is one row, by the title of one of them"}
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
// What several printings of one account state is one row.
WITH u, o, type(s) AS relationship, c.account AS account, collect(DISTINCT s) AS said, min(c.id) AS printing
ORDER BY u.name, u.id, o.name, o.id, relationship, printing
LIMIT $limit
OPTIONAL MATCH path = (u)-[:SUBORDINATE_TO*1..6]->(o)
WITH u, o, relationship, said, printing, relationships(path) AS steps,
     CASE WHEN path IS NOT NULL THEN reduce(all = '', x IN ['corporate', 'industrial', 'territorial'] | CASE WHEN NOT any(step IN relationships(path) WHERE step.line = x) THEN all WHEN all = '' THEN x ELSE all + '+' + x END) END AS line
ORDER BY line
WITH u, o, relationship, said, printing, collect(DISTINCT line) AS lines, collect(steps) AS ways
MATCH (c:PracticeCase {id: printing})
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN u.name AS union, u.level AS level, relationship, o.name AS superior, o.level AS superior_level, lines AS superior_lines,
       n.name AS practice, c.name AS case,
       (COLLECT { UNWIND said AS s RETURN s ORDER BY s.id LIMIT 15 } + COLLECT {
         UNWIND ways AS way
         UNWIND way AS step
         WITH DISTINCT step
         WHERE step.quotes IS NOT NULL
         RETURN step ORDER BY step.id
       })[..20] AS evidence
ORDER BY union, u.id, superior, o.id, relationship, printing;
