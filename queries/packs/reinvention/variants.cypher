// ---
// zh: 某类做法有哪些有名称的具体做法，各是哪家工会的，同一案例还用到什么？（常规工作不列时间）
// en: Which named practices are instances of a practice type, whose are they, and what else do the same accounts apply? (Routine types without dates.)
// parameters:
//   practice_type: {type: string, default: 工会驿站/户外劳动者服务站, values: practice_types, zh: 做法类型, en: practice type}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   practice: {zh: 做法名称, en: the named practice}
//   unions: {zh: 工会, en: the unions}
//   earliest: {zh: 最早记载的区间；“不晚于”表示可能更早, en: interval of its earliest record; 不晚于 means that it may be earlier}
//   combines: {zh: 同一案例还运用的做法类型, en: other practice types of the same accounts}
//   parts: {zh: 文中点名的子做法, en: practices named as its parts}
//   platforms: {zh: 同一案例使用的平台, en: platforms that the same accounts use}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
// example: unionkg query run reinvention.variants -p practice_type=工会驿站/户外劳动者服务站
// ---
MATCH (t:PracticeType {name: $practice_type})<-[p:APPLIED {role: 'main'}]-(c:PracticeCase)-[i:INTRODUCED]->(n:Practice)
WITH t, n, count(DISTINCT c.account) AS accounts, collect(DISTINCT c) AS cs, collect([i, p, CASE WHEN p.dated_by = 'stated_start' THEN c END]) AS said,
     count(p) AS uses, count(p.not_before) AS bounded, min(p.not_before) AS least, min(p.not_after) AS upper
WITH t, n, accounts, cs, said, CASE WHEN NOT t.routine THEN upper END AS upper,
     CASE WHEN NOT t.routine AND uses = bounded THEN least END AS lower
ORDER BY coalesce(upper, '9999'), coalesce(lower, ''), n.name, n.id
LIMIT $limit
RETURN n.name AS practice,
       COLLECT {
         UNWIND cs AS c
         MATCH (c)<-[:INITIATED]-(u:TradeUnion)
         WITH DISTINCT u
         RETURN u.name ORDER BY u.name, u.id
       } AS unions,
       CASE WHEN t.routine THEN null WHEN upper IS NULL THEN '时间不明' WHEN lower IS NULL THEN '不晚于 ' + upper ELSE lower + '/' + upper END AS earliest,
       COLLECT {
         UNWIND cs AS c
         MATCH (c)-[:APPLIED]->(o:PracticeType)
         WHERE o.id <> t.id
         RETURN DISTINCT o.name AS name ORDER BY name
       } AS combines,
       COLLECT { UNWIND cs AS c MATCH (c)-[:INCLUDED]->(m:Practice) RETURN DISTINCT m.name AS name ORDER BY name } AS parts,
       COLLECT { UNWIND cs AS c MATCH (c)-[:USED]->(f:Platform) RETURN DISTINCT f.name AS name ORDER BY name } AS platforms,
       accounts AS cases,
       (COLLECT { UNWIND said AS one RETURN DISTINCT one[0] AS i ORDER BY i.id LIMIT 4 }
        + COLLECT { UNWIND said AS one WITH DISTINCT one[1] AS p RETURN p ORDER BY coalesce(p.not_after, '9999'), p.id LIMIT 4 }
        // Accounts that say when their main practice began, and what else they apply.
        + [one IN said WHERE one[2] IS NOT NULL | one[2]][..2]
        + COLLECT { UNWIND cs[..3] AS c MATCH (c)-[x:APPLIED|INCLUDED|USED]->(o) WHERE o.id <> t.id RETURN DISTINCT x ORDER BY type(x), x.id LIMIT 10 }) AS evidence
ORDER BY coalesce(upper, '9999'), coalesce(lower, ''), practice, n.id;
