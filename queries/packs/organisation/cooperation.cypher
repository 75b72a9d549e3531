// ---
// zh: 哪些工会出现在同一案例里，各是什么角色？（同在一则案例，不等于实际共事；上级也可能只是文中提到它的部署）
// en: Which unions appear in the same accounts, and in which roles? (To stand in one account is not to have worked together; of a superior the account may only tell what it asked for.)
// parameters:
//   name: {type: string, optional: true, values: unions, zh: 其中一方的名称（或其中一部分）, en: name of one side or a part of it}
//   region: {type: string, optional: true, values: regions, zh: 案例发生的地区（含下级和历史区划）, en: "where the accounts took place, with all below it and what became part of it"}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   union: {zh: 案例所属的工会, en: the union whose account it is}
//   role: {zh: 另一家的角色：指导、参与、新建，或同为发起, en: "role of the other: SUPERVISED, JOINED, ESTABLISHED, or INITIATED as well"}
//   other: {zh: 另一家工会, en: the other union}
//   level: {zh: 另一家的层级, en: level of the other}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   case_names: {zh: 案例名称, en: the accounts}
// example: unionkg query run organisation.cooperation -p name=宝山
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (v:TradeUnion)
WHERE $name IS NULL OR v.name CONTAINS $name OR v.canonical CONTAINS $name OR any(a IN coalesce(v.aliases, []) WHERE a CONTAINS $name)
MATCH (v)-[:SUPERVISED|JOINED|ESTABLISHED|INITIATED]-(c:PracticeCase)
WITH DISTINCT inside, c
MATCH (c)-[s:SUPERVISED|JOINED|ESTABLISHED|INITIATED]-(o:TradeUnion)
WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) WHERE r.code IN inside }
MATCH (c)<-[i:INITIATED]-(u:TradeUnion)
WHERE u <> o AND (type(s) <> 'INITIATED' OR u.id < o.id)
  AND ($name IS NULL OR any(v IN [u, o] WHERE v.name CONTAINS $name OR v.canonical CONTAINS $name
                            OR any(a IN coalesce(v.aliases, []) WHERE a CONTAINS $name)))
WITH u, type(s) AS role, o, c, i, s
ORDER BY s.id, i.id
WITH u, role, o, c.account AS account, min(c.name) AS named, collect(s) AS theirs, collect(i) AS own
ORDER BY named, account
WITH u, role, o, count(account) AS cases, collect(DISTINCT named)[..20] AS case_names,
     reduce(flat = [], some IN collect(theirs)[..10] | flat + some)[..10] AS theirs,
     reduce(flat = [], some IN collect(own)[..10] | flat + some)[..10] AS own
RETURN u.name AS union, role, o.name AS other, o.level AS level, cases, case_names, theirs + own AS evidence
ORDER BY cases DESC, union, u.id, role, other, o.id
LIMIT $limit;
