// ---
// zh: 做法得到谁的认可，什么形式（批示、现场会、写入文件等），认可者是哪一级？（认可不等于采用）
// en: Who recognised a practice, in what form (instruction, meeting on site, written into a document …), and at what level? (Recognition is no adoption.)
// parameters:
//   form: {type: string, optional: true, values: recognition_forms, zh: 形式, en: form}
//   name: {type: string, optional: true, values: unions, zh: 案例的工会（或名称的一部分）, en: "union whose account it is, or a part of its name"}
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   form: {zh: 形式, en: form}
//   unions: {zh: 案例的工会, en: the unions whose account it is}
//   levels: {zh: 其层级, en: their levels}
//   printed: {zh: 原文怎样称呼认可者（几处刊印的写法都列出）, en: the recogniser as printed in each printing}
//   recogniser: {zh: 认可者, en: what it was resolved to}
//   recogniser_kind: {zh: 种类（UnresolvedName 为未识别）, en: "its kind; UnresolvedName is a name only"}
//   recogniser_level: {zh: 认可者的层级（只有工会和地区有）, en: level of the recogniser (unions and regions only)}
//   periods: {zh: 写明的时间（几处刊印的都列出）, en: "when, as each printing says it"}
//   intended: {zh: 尚未实施, en: not done yet}
//   practice: {zh: 主做法, en: main practice of the account}
//   case: {zh: 案例（几处刊印的同一则只列一行，用其中一处的题名）, en: "the account; one printed several times is one row, by the title of one of them"}
// example: unionkg query run levels.recognitions -p practice_type=数智平台/小程序/APP -p form=批示
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[s:RECOGNISED_BY]->(o)
  RETURN c, s, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:RECOGNISED_BY]->(o)
  RETURN c, s, o
}
WITH c, s, o
WHERE $form IS NULL OR s.form = $form
OPTIONAL MATCH (u:TradeUnion)-[:INITIATED]->(c)
WITH c, s, o, u
ORDER BY u.name, u.id
// What several printings of one account state is one row.
WITH c.account AS account, o, s.form AS form, s.intended AS intended,
     collect(DISTINCT u) AS us, collect(DISTINCT s) AS said, min(c.id) AS printing
WHERE $name IS NULL OR any(u IN us WHERE u.name CONTAINS $name OR u.canonical CONTAINS $name
                                       OR any(a IN coalesce(u.aliases, []) WHERE a CONTAINS $name))
WITH form, o, intended, us, said, printing, labels(o)[0] AS recogniser_kind
ORDER BY coalesce(form, ''), recogniser_kind, o.name, o.id, printing, intended
LIMIT $limit
MATCH (c:PracticeCase {id: printing})
OPTIONAL MATCH (c)-[:INTRODUCED]->(n:Practice)
RETURN form, [u IN us | u.name] AS unions, [u IN us | u.level] AS levels,
       COLLECT { UNWIND said AS s WITH DISTINCT s.printed AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS printed, o.name AS recogniser,
       recogniser_kind, o.level AS recogniser_level,
       COLLECT { UNWIND said AS s WITH DISTINCT s.period AS text WHERE text IS NOT NULL RETURN text ORDER BY text } AS periods, intended,
       n.name AS practice, c.name AS case, COLLECT { UNWIND said AS s RETURN s ORDER BY s.id LIMIT 20 } AS evidence
ORDER BY coalesce(form, ''), recogniser_kind, recogniser, o.id, printing, intended;
