// ---
// zh: 哪些名称没有对应到工会、地区或单位？
// en: Which names could not be resolved to a union, region or body?
// parameters:
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   name: {zh: 名称, en: the name}
//   relation: {zh: 出现为哪种关系的另一端, en: the kind of relationship whose end it is}
//   collective: {zh: 是否泛指多家（各区县总工会、全市）, en: "whether it is told of a collection (各区县总工会, 全市), which is no one body"}
//   cases: {zh: 提到它的案例数（一个案例印在几份文献里只算一次）, en: "accounts that name it (one that several documents print counts once)"}
//   accounts: {zh: 案例, en: the accounts}
// example: unionkg query run organisation.unresolved
// ---
MATCH (n:UnresolvedName)
      <-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY]-(c:PracticeCase)
WITH n, type(s) AS relation, s.collective AS collective, count(DISTINCT c.account) AS cases, collect(s) AS ties
ORDER BY cases DESC, n.name, relation, collective, n.id
LIMIT $limit
UNWIND ties AS s
MATCH (c:PracticeCase {id: s.case_id})
WITH n, relation, collective, cases, s, c
ORDER BY s.id
WITH n, relation, collective, cases, c.account AS account, min(c.name) AS named, collect(s) AS told
ORDER BY named, account
WITH n, relation, collective, cases, collect(DISTINCT named)[..20] AS accounts,
     reduce(flat = [], some IN collect(told)[..20] | flat + some)[..20] AS ties
RETURN n.name AS name, relation, collective, cases, accounts, ties AS evidence
ORDER BY cases DESC, name, relation, collective, n.id;
