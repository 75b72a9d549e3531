// ---
// zh: 做某类做法的案例用到哪些平台（应用、小程序、系统）？（同见于一则案例，不一定用于这一类做法）
// en: Which platforms (apps, mini-programmes, systems) do accounts of a practice type use? (In the same account, not necessarily for this type.)
// parameters:
//   practice_type: {type: string, default: 法律援助与咨询, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   platform: {zh: 平台（同名而工会不同的分开列）, en: "the platform; of one name and different unions they are several"}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   as_main: {zh: 其中主做法就属于这一类的, en: "of these, whose main practice is of the type"}
//   unions: {zh: 这些案例的工会, en: the unions whose accounts they are}
//   case_names: {zh: 案例, en: the accounts}
// example: unionkg query run reinvention.platforms -p practice_type=法律援助与咨询
// ---
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)-[s:USED]->(f:Platform)
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH p, c, s, f, u
ORDER BY u.name, u.id, s.id, p.id
WITH f, count(DISTINCT c.account) AS accounts, count(DISTINCT CASE WHEN p.role = 'main' THEN c.account END) AS as_main,
     collect(DISTINCT u) AS us, collect(DISTINCT c) AS cs, collect(DISTINCT s)[..10] + collect(DISTINCT p)[..10] AS evidence
ORDER BY accounts DESC, f.name, f.id
LIMIT $limit
UNWIND cs AS c
// An account printed several times by the title of one of its printings.
WITH f, accounts, as_main, us, evidence, c.account AS account, min(c.name) AS title
ORDER BY title, account
WITH f, accounts, as_main, us, evidence, collect(title) AS cases
RETURN f.name AS platform, accounts AS cases, as_main, [u IN us | u.name] AS unions, cases AS case_names, evidence
ORDER BY accounts DESC, platform, f.id;
