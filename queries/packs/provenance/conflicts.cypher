// ---
// zh: 同一家工会、单位或奖项，哪些案例的说法不一致？（图中按“最多者”显示一种，其余在此列出）
// en: Where do accounts differ about one union, body or award? (The graph shows what most of them say; here is every one.)
// columns:
//   label: {zh: 种类, en: "kind of thing: TradeUnion, Organization, Award"}
//   name: {zh: 名称, en: its name}
//   property: {zh: 说法不一致的属性, en: the property in which accounts differ}
//   shown: {zh: 图中显示的值（说的最多；同样多取较长的，再按字符次序）, en: "value that the node shows: said most often, of equals the longest, then the first in code order"}
//   said: {zh: 该案例的说法, en: what this account says}
//   case: {zh: 案例, en: the account}
//   document: {zh: 文献, en: the document}
//   line: {zh: 首行, en: first line of the account in the document}
//   quotes: {zh: 原文, en: the words}
// example: unionkg query run provenance.conflicts
// ---
MATCH (n)-[s]-(c:PracticeCase)
WHERE n:TradeUnion OR n:Organization OR n:Award
WITH n, s, c, labels(n)[0] AS label
UNWIND [{name: 'issuer', shown: n.issuer, said: s.issuer}, {name: 'level', shown: n.level, said: s.level},
        {name: 'region', shown: n.region, said: s.region}, {name: 'type', shown: n.type, said: s.type}] AS p
WITH n, s, c, label, p.name AS property, p.shown AS shown, p.said AS said
WHERE said IS NOT NULL
WITH n, label, property, shown, count(DISTINCT said) AS different, collect({tie: s, account: c, said: said}) AS ties
WHERE different > 1
UNWIND ties AS one
WITH n, label, property, shown, one.said AS said, one.tie AS s, one.account AS c
MATCH (c)-[:REPORTED_IN]->(d:Document)
RETURN label, n.name AS name, property, shown, said, c.name AS case, d.title AS document, c.first_line AS line,
       s.quotes AS quotes
ORDER BY label, name, n.id, property, said, document, line, c.id, s.id;
