// ---
// zh: 各层级、各类型的工会有多少？
// en: How many unions are there of each level and type?
// parameters:
//   region: {type: string, optional: true, values: regions, zh: 所在地区（含下级和历史区划）, en: "where they are based, with all below it and what became part of it"}
// columns:
//   level: {zh: 层级, en: level}
//   type: {zh: 类型, en: type}
//   unions: {zh: 工会数, en: unions}
//   with_cases: {zh: 其中有自己案例的, en: "of these, with accounts of their own"}
//   cases: {zh: 它们的案例数（几处刊印的同一则只算一次）, en: accounts of theirs; one printed several times counts once}
// leaves_out: [without_union]
// example: unionkg query run organisation.by_level_and_type -p region=浙江省
// ---
CALL () {
  MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
  WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
  WITH DISTINCT x
  MATCH (x)<-[:BASED_IN]-(u:TradeUnion)
  RETURN u
  UNION
  // All unions where no region is given.
  UNWIND CASE WHEN $region IS NULL THEN [true] ELSE [] END AS everything
  MATCH (u:TradeUnion)
  RETURN u
}
OPTIONAL MATCH (u)-[i:INITIATED]->(c:PracticeCase)
WITH u, i, c
ORDER BY i.id
WITH u.level AS level, u.type AS type, count(DISTINCT u) AS unions, count(DISTINCT CASE WHEN c IS NOT NULL THEN u END) AS with_cases,
     count(DISTINCT c.account) AS cases, collect(i)[..10] AS ties, collect(CASE WHEN c IS NULL THEN u END) AS others
RETURN level, type, unions, with_cases, cases,
       // Unions without an account of their own are known from those of others.
       ties + COLLECT {
         UNWIND others AS u
         MATCH (u)-[s:SUPERVISED|JOINED|ESTABLISHED|MENTIONS]-(:PracticeCase)
         RETURN s ORDER BY s.id LIMIT 10
       } AS evidence
ORDER BY CASE level WHEN 'national' THEN 1 WHEN 'provincial' THEN 2 WHEN 'prefecture' THEN 3 WHEN 'county' THEN 4
         WHEN 'township' THEN 5 WHEN 'community' THEN 6 WHEN 'grassroots' THEN 7 ELSE 8 END, type;
