// ---
// zh: 做某类做法的案例引用或制定了哪些文件？
// en: Which rules and documents do accounts of a practice type cite or issue?
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   policy: {zh: 文件（地方文件同名而出处不同的分开列）, en: "the document; local ones of one name from different places are several"}
//   issued: {zh: 发文时间（公告写明的）, en: "when it was issued, where an announcement says so"}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   unions: {zh: 这些案例的工会, en: the unions whose accounts they are}
//   levels: {zh: 它们的层级, en: their levels}
//   case_names: {zh: 案例, en: the accounts}
// example: unionkg query run levels.cited_documents -p practice_type=集体协商
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:CITED]->(p:Policy)
  RETURN c, s, p
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:CITED]->(p:Policy)
  RETURN c, s, p
}
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH p, s, c, u
ORDER BY u.name, u.id, s.id
WITH p, collect(DISTINCT s)[..20] AS evidence, collect(DISTINCT c) AS cases, collect(DISTINCT u) AS us, collect(DISTINCT u.level) AS levels,
     count(DISTINCT c.account) AS accounts
ORDER BY accounts DESC, p.name, p.id
LIMIT $limit
UNWIND cases AS c
// An account printed several times by the title of one of its printings.
WITH p, evidence, us, levels, accounts, c.account AS account, min(c.name) AS title
ORDER BY title, account
WITH p, evidence, us, levels, accounts, collect(title) AS cases
UNWIND CASE WHEN size(levels) = 0 THEN [null] ELSE levels END AS level
WITH p, evidence, us, accounts, cases, level
ORDER BY level
WITH p, evidence, us, accounts, cases, collect(level) AS levels
RETURN p.name AS policy, p.issued AS issued, accounts AS cases, [u IN us | u.name] AS unions, levels, cases AS case_names, evidence
ORDER BY accounts DESC, policy, p.id;
