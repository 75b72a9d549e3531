// ---
// zh: 地方做法得到推广或认可（吸纳）之后，还有哪些工会见于记载（辐射）？（先后不等于因果；一定在后与可能在后分列）
// en: After a local practice was promoted or recognised, which other unions have records of its type? (Order in time is no cause; surely and possibly later apart.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 主做法所属的类型, en: type of the main practice}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   practice_type: {zh: 主做法所属的类型, en: type of the main practice}
//   union: {zh: 地方工会, en: the local union}
//   earliest: {zh: 其最早记载的区间, en: interval of its earliest record}
//   taken_up: {zh: "PROMOTED_BY 推广，RECOGNISED_BY 认可", en: "PROMOTED_BY or RECOGNISED_BY"}
//   form: {zh: 形式, en: form}
//   taken_up_by: {zh: 谁, en: by whom}
//   kind: {zh: 种类, en: its kind}
//   superior_lines: {zh: 它是不是上级：隶属线（territorial 块，industrial、corporate 条；一路上块和条都有的写在一起，既不算块也不算条）；空为图中看不出, en: "line on which it stands above the union (territorial, industrial, corporate; a way up with steps of several names them all); empty where the graph does not show it"}
//   period: {zh: 何时推广或认可, en: when}
//   later: {zh: 一定在其后见于记载的其他工会（最多二十家）, en: "other unions with records surely after that (twenty at most)"}
//   surely_later: {zh: 其家数, en: how many surely after}
//   possibly_later: {zh: 先后不明的其他工会数；没有写何时推广或认可的，无从比较，为空, en: "other unions whose order is open; empty where no time is given, since nothing can be compared"}
// leaves_out: [without_union]
// example: unionkg query run levels.absorption_radiation -p practice_type=非公企业工会改革
// ---
CALL () {
  MATCH (t:PracticeType {name: $practice_type})<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PROMOTED_BY|RECOGNISED_BY {intended: false}]->(o)
  RETURN t, c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (t:PracticeType)<-[:APPLIED {role: 'main'}]-(c:PracticeCase)-[s:PROMOTED_BY|RECOGNISED_BY {intended: false}]->(o)
  RETURN t, c, s, o
}
MATCH (u:TradeUnion)-[:INITIATED]->(c)
WHERE NOT t.routine
// What several printings of one account state is one row.
WITH t, u, o, c.account AS account, type(s) AS taken_up, s.form AS form, s.period AS period, collect(DISTINCT s) AS said, min(s.id) AS one
ORDER BY t.name, u.name, u.id, coalesce(period, '9999'), one
LIMIT $limit
MATCH (u)-[a:ADOPTED]->(t)
OPTIONAL MATCH path = (u)-[:SUBORDINATE_TO*1..6]->(o)
WITH t, u, o, taken_up, form, period, said, one, a,
     CASE WHEN path IS NOT NULL THEN reduce(all = '', x IN ['corporate', 'industrial', 'territorial'] | CASE WHEN NOT any(step IN relationships(path) WHERE step.line = x) THEN all WHEN all = '' THEN x ELSE all + '+' + x END) END AS line, relationships(path) AS steps
ORDER BY line
WITH t, u, o, taken_up, form, period, said, one, a, collect(DISTINCT line) AS lines, collect(steps) AS ways
WITH t, collect({union: u, other: o, taken_up: taken_up, form: form, period: period, said: said, one: one, adopted: a, lines: lines, ways: ways}) AS found
// The unions that have the type, once for all its rows, by the bounds of their dates.
WITH t, found, COLLECT {
       MATCH (t)<-[b:ADOPTED]-(v:TradeUnion)
       WITH b.not_before AS lower, b.not_after AS upper, v.name AS name, v.id AS id, b.cases[0] AS one
       ORDER BY name, id
       WITH lower, upper, count(*) AS number, collect([name, id, one])[..21] AS first
       RETURN {lower: lower, upper: upper, number: number, first: first}
     } AS all
UNWIND found AS one
WITH t, one, one.union AS u, one.adopted AS a, all, split(one.period, '/')[0] AS begun, last(split(one.period, '/')) AS ended
WITH t, one, u, a, begun, ended, [v IN all WHERE substring(v.lower, 0, size(ended)) > ended] AS later,
     [v IN all WHERE coalesce(substring(v.upper, 0, size(begun)) >= begun, true)
                 AND coalesce(substring(v.lower, 0, size(ended)) <= ended, true)] AS open
// Without the union itself.
WITH t, one, u, a, reduce(n = 0, v IN later | n + v.number)
       - CASE WHEN substring(a.not_before, 0, size(ended)) > ended THEN 1 ELSE 0 END AS surely,
     reduce(n = 0, v IN open | n + v.number)
       - CASE WHEN coalesce(substring(a.not_after, 0, size(begun)) >= begun, true)
                   AND coalesce(substring(a.not_before, 0, size(ended)) <= ended, true) THEN 1 ELSE 0 END AS possibly,
     COLLECT {
       UNWIND later AS v
       UNWIND [x IN v.first WHERE x[1] <> u.id] AS other
       RETURN other ORDER BY other[0], other[1] LIMIT 20
     } AS later
WITH t, one, u, a, one.other AS o, surely, [v IN later | v[0]] AS later, possibly,
     COLLECT { UNWIND one.said AS s RETURN s ORDER BY s.id LIMIT 4 } + COLLECT {
       UNWIND one.ways AS way
       UNWIND way AS step
       WITH DISTINCT step
       WHERE step.quotes IS NOT NULL
       RETURN step ORDER BY step.id LIMIT 4
     } + COLLECT {
       // Where the union's own record comes from.
       UNWIND a.cases AS id
       MATCH (:PracticeCase {id: id})-[e:APPLIED]->(same:PracticeType)
       WHERE same.id = t.id AND coalesce(e.not_after = a.not_after, a.not_after IS NULL)
       RETURN DISTINCT e ORDER BY e.id LIMIT 4
     } + COLLECT {
       UNWIND [v IN later[..19] | v[2]] AS id
       MATCH (:PracticeCase {id: id})-[e:APPLIED]->(same:PracticeType)
       WHERE same.id = t.id
       RETURN DISTINCT e ORDER BY e.id
     } AS shown
RETURN t.name AS practice_type, u.name AS union,
       CASE WHEN a.not_after IS NULL THEN '时间不明' WHEN a.not_before IS NULL THEN '不晚于 ' + a.not_after ELSE a.not_before + '/' + a.not_after END AS earliest,
       one.taken_up AS taken_up, one.form AS form, o.name AS taken_up_by, labels(o)[0] AS kind, one.lines AS superior_lines, one.period AS period,
       later, CASE WHEN one.period IS NULL THEN null ELSE surely END AS surely_later,
       CASE WHEN one.period IS NULL THEN null ELSE possibly END AS possibly_later, shown[..20] AS evidence
ORDER BY practice_type, union, u.id, coalesce(one.period, '9999'), one.one;
