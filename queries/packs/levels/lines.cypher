// ---
// zh: 出面的上级有多少在块上、多少在条上？（块与条分开数；块条混合的、看不出隶属的各自另列）
// en: How many of the superiors in accounts stand on the territorial line, how many on the industrial and corporate ones? (Kept apart; ways up that mix them and those whose line is not known are listed by themselves.)
// parameters:
//   type: {type: string, optional: true, values: union_types.key, zh: 案例工会的类型, en: type of the union whose account it is}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
// columns:
//   superior_line: {zh: "隶属线：territorial（块）、industrial、corporate（条）；一路上块和条都有的写在一起（如 corporate+territorial），既不算块也不算条；空为图中看不出隶属；两条线上都是上级的在两行都数", en: "territorial (块), industrial, corporate (条); a way up with steps of several names them all (corporate+territorial), neither 块 nor 条; empty where the graph shows none; a superior on two lines counts in both rows"}
//   relationship: {zh: "SUPERVISED 指导，PILOT_ASSIGNED_BY 部署试点，PROMOTED_BY 推广，RECOGNISED_BY 认可", en: "SUPERVISED, PILOT_ASSIGNED_BY, PROMOTED_BY or RECOGNISED_BY"}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   unions: {zh: 案例的工会数, en: unions whose accounts they are}
//   superiors: {zh: 上级工会数, en: superiors}
// leaves_out: [without_union]
// example: unionkg query run levels.lines -p practice_type=非公企业工会改革
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
WHERE u.id <> o.id AND ($type IS NULL OR u.type = $type)
OPTIONAL MATCH path = (u)-[:SUBORDINATE_TO*1..6]->(o)
WITH DISTINCT u, c, s, o,
     CASE WHEN path IS NOT NULL THEN reduce(all = '', x IN ['corporate', 'industrial', 'territorial'] | CASE WHEN NOT any(step IN relationships(path) WHERE step.line = x) THEN all WHEN all = '' THEN x ELSE all + '+' + x END) END AS line
ORDER BY s.id
WITH line, type(s) AS relationship, count(DISTINCT c.account) AS cases, count(DISTINCT u.id) AS unions, count(DISTINCT o.id) AS superiors,
     collect(DISTINCT s)[..20] AS evidence
RETURN line AS superior_line, relationship, cases, unions, superiors, evidence
ORDER BY coalesce(line, '~'), relationship;
