// ---
// zh: 工会之间写明的学习可以连成哪些链？（一至四步，从学习者到来源；各步说的可以是不同做法，共同的类型另列）
// en: Which chains do stated learning ties between unions make? (One to four steps, from the learner to the source; steps may be about different practices, the types that all of them share are listed.)
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 链的一端是哪家工会（或名称的一部分）, en: "union at either end of the chain, or a part of its name"}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   chain: {zh: 链（学习者在前，来源在后）, en: "the chain, learner first, source last"}
//   steps: {zh: 步数, en: steps}
//   periods: {zh: 各步写明的时间（空为未写）, en: "when, step by step; empty where it is not said"}
//   shared_types: {zh: 各步案例都运用的做法类型（空：不能说是同一做法一路传来）, en: "practice types that the accounts of every step apply; where empty, nothing shows that one practice went all the way"}
// needs: {zh: 要有写明工会名称的学习、考察, en: accounts that name the union they learned from}
// example: unionkg query run peers.learning_chains
// ---
MATCH path = (learner:TradeUnion)-[:LEARNED_FROM*1..4]->(source:TradeUnion)
WHERE $name IS NULL OR any(u IN [learner, source] WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
WITH path, [x IN nodes(path) | x.id] AS ids
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
WITH path, ids, [x IN nodes(path) | x.name] AS chain
ORDER BY size(ids), chain, ids
LIMIT $limit
WITH ids, chain, [r IN relationships(path) | r.cases] AS cases
UNWIND range(0, size(cases) - 1) AS i
UNWIND cases[i] AS id
MATCH (c:PracticeCase {id: id})-[s:LEARNED_FROM {collective: false, internal: false, intended: false}]->(:TradeUnion {id: ids[i + 1]})
OPTIONAL MATCH (c)-[:APPLIED]->(t:PracticeType)
WITH ids, chain, i, s, t
ORDER BY s.id, t.name
WITH ids, chain, i, collect(DISTINCT s) AS said, collect(DISTINCT t.name) AS types
ORDER BY i
WITH ids, chain, collect(said) AS said, collect(types) AS types
RETURN chain, size(chain) - 1 AS steps, [step IN said | coalesce(head([s IN step WHERE s.period IS NOT NULL | s.period]), '')] AS periods,
       [t IN types[0] WHERE all(step IN types WHERE t IN step)] AS shared_types,
       reduce(flat = [], step IN said | flat + step)[..20] AS evidence
ORDER BY steps, chain, ids;
