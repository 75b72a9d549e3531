// ---
// zh: 有哪些奖项、入选和称号，各授予多少则案例？（入选不等于获奖）
// en: Which prizes, selections and titles are there, and how many accounts received each? (To be selected is not to win.)
// parameters:
//   kind: {type: string, optional: true, values: [获奖, 入选, 称号], zh: 种类, en: "kind: 获奖 won, 入选 selected, 称号 title"}
//   level: {type: string, optional: true, values: union_levels.key, zh: 级别, en: level}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   kind: {zh: 获奖、入选、称号，或未说明, en: "获奖 won, 入选 selected, 称号 title, 未说明 not said"}
//   honour: {zh: 荣誉, en: the honour}
//   issuer: {zh: 授予单位（按原文）, en: "who gave it, as printed"}
//   level: {zh: 级别, en: its level}
//   grade: {zh: 等次, en: its grade}
//   year: {zh: 年份, en: its year}
//   accounts: {zh: 得到它的案例数（几处刊印的同一则只算一次）, en: accounts that received it; one printed several times counts once}
//   documents: {zh: 写到它的文献数, en: documents that tell of it}
// example: unionkg query run results.awards -p level=national
// ---
MATCH (h:Award)
WITH h.id AS award, h.name AS honour, h.level AS level, CASE h.kind WHEN 'award' THEN '获奖' WHEN 'selection' THEN '入选' WHEN 'title' THEN '称号' ELSE '未说明' END AS kind
WHERE ($kind IS NULL OR kind = $kind) AND ($level IS NULL OR level = $level)
WITH award, honour, level, kind
ORDER BY kind, coalesce(level, ''), honour, award
LIMIT $limit
MATCH (h:Award {id: award})<-[s:RECEIVED]-(c:PracticeCase)
WITH h, kind, c, s
ORDER BY s.id
WITH h, kind, count(DISTINCT c.account) AS accounts, count(DISTINCT c.document) AS documents, collect(s)[..20] AS said
RETURN kind, h.name AS honour, h.issuer AS issuer, h.level AS level, h.grade AS grade, h.year AS year, accounts, documents,
       said AS evidence
ORDER BY kind, coalesce(level, ''), honour, h.id;
