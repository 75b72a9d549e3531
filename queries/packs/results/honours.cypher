// ---
// zh: 用到某类做法的案例得到了哪些荣誉，谁授予的？（入选、获奖、称号分列；荣誉属于整则案例）
// en: Which honours did accounts of a practice type receive, and from whom? (To be selected is not to win, so kinds stand apart. An honour belongs to the whole account.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   role: {type: string, optional: true, values: [main, part], zh: 这类做法在案例中是主做法（main）还是其中一部分（part）, en: "whether the type is what the account's main practice is an instance of, or a part"}
//   kind: {type: string, optional: true, values: [获奖, 入选, 称号], zh: 种类, en: "kind: 获奖 won, 入选 selected, 称号 title"}
//   level: {type: string, optional: true, values: union_levels.key, zh: 级别, en: level}
//   region: {type: string, optional: true, values: regions, zh: 地区（含下级和历史区划）, en: region with all below it and what became part of it}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   kind: {zh: 获奖、入选、称号，或未说明, en: "获奖 won, 入选 selected, 称号 title, 未说明 not said"}
//   honour: {zh: 荣誉, en: the honour}
//   issuer: {zh: 授予单位（按原文）, en: "who gave it, as printed"}
//   level: {zh: 级别, en: its level}
//   grade: {zh: 等次, en: its grade}
//   year: {zh: 年份, en: its year}
//   role: {zh: 这类做法在案例中的角色（main 主做法、part 其中一部分）, en: "role of the practice type in the account: main or part"}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   regions: {zh: 地区, en: where it took place}
// example: unionkg query run results.honours -p practice_type=集体协商 -p kind=入选
// ---
WITH COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (:PracticeType {name: $practice_type})<-[p:APPLIED]-(c:PracticeCase)
WHERE ($role IS NULL OR p.role = $role)
  AND ($region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places })
MATCH (c)-[s:RECEIVED]->(h:Award)
WITH CASE s.kind WHEN 'award' THEN '获奖' WHEN 'selection' THEN '入选' WHEN 'title' THEN '称号' ELSE '未说明' END AS kind, s.issuer AS issuer, s.level AS level,
     s.grade AS grade, s.year AS year, h.id AS award, h.name AS honour, p.role AS role, c.account AS account, c.id AS id
WHERE ($kind IS NULL OR kind = $kind) AND ($level IS NULL OR level = $level)
WITH kind, honour, award, issuer, level, grade, year, role, account, min(id) AS first, collect(DISTINCT id) AS ids
ORDER BY kind, honour, award, account, role, coalesce(issuer, ''), coalesce(level, ''), coalesce(grade, ''), coalesce(year, '')
LIMIT $limit
MATCH (c:PracticeCase {id: first})
RETURN kind, honour, issuer, level, grade, year, role, c.name AS case,
       COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.name ORDER BY u.name, u.id } AS unions,
       COLLECT { MATCH (c)-[:TOOK_PLACE_IN]->(r:Region) RETURN r.full_name ORDER BY r.code } AS regions,
       (COLLECT {
          UNWIND ids AS i
          MATCH (:PracticeCase {id: i})-[s:RECEIVED]->(:Award {id: award})
          RETURN s ORDER BY s.id LIMIT 20
        }
        + COLLECT { MATCH (c)-[p:APPLIED {role: role}]->(:PracticeType {name: $practice_type}) RETURN p ORDER BY p.id }
        + COLLECT { MATCH (:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY i.id }
        + COLLECT { MATCH (c)-[x:TOOK_PLACE_IN]->(:Region) RETURN x ORDER BY x.id })[..20] AS evidence
ORDER BY kind, honour, award, account, role, coalesce(issuer, ''), coalesce(level, ''), coalesce(grade, ''), coalesce(year, '');
