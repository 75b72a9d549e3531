// ---
// zh: 某类做法的案例受表彰之后，相邻地区、同一上级的工会有没有后来才开始的同类记载？（只表示先后，不表示影响；常规工作不问）
// en: After an account of a practice type was honoured, are there records of the type that surely began later, in adjacent regions or under the same superior? (Precedence, not influence; not asked of routine work.)
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 在哪一级看相邻（省、地级市、县）, en: "level of region at which adjacency is looked at: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 受表彰案例所在地区（含下级和历史区划）, en: region of the honoured account with all below it and what became part of it}
//   honoured: {type: integer, default: 5, zh: 最多看几则受表彰的案例（先受表彰的在前）, en: "at most so many honoured accounts, those honoured first in front"}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   honoured_case: {zh: 受表彰的案例, en: the honoured account}
//   honour: {zh: 荣誉（同年有几项的取一项）, en: "the honour; one of those of that year"}
//   honoured_by: {zh: 不晚于哪一年受表彰（荣誉的年份，“年度”荣誉按次年，刊印更早或没有年份的按文献刊印年份）, en: "year by which it was honoured: that of the honour, of one for a year (年度) the next one, where the document is earlier or the honour has no year that of the document"}
//   tie: {zh: 关系：相邻地区、同一上级（块）、同一上级（条）, en: "相邻地区 adjacent region, 同一上级（块） same territorial superior, 同一上级（条） same industrial or corporate superior"}
//   through: {zh: 后来案例的所在地区，或共同的上级工会, en: "region of the later account, or the superior of both"}
//   later_case: {zh: 后来的案例（几处刊印的起始说法不一、可能更早的不列）, en: "the later account, not where another printing of it says that it began earlier"}
//   began: {zh: 后来案例的起始区间, en: when the later account began}
//   dated_by: {zh: 定年依据, en: what this date rests on}
// leaves_out: [undated, unbounded]
// needs: {zh: 写明起始时间的同类案例，且晚于表彰, en: accounts of the type with a stated start after the honour}
// example: unionkg query run results.followers_of_honoured -p practice_type=劳动争议多元化解
// ---
MATCH (t:PracticeType {name: $practice_type, routine: false})
WITH t, COLLECT {
       MATCH (:Region {id: $region})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
       WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
       RETURN DISTINCT x.id
     } AS places
MATCH (t)<-[:APPLIED]-(c:PracticeCase)-[s:RECEIVED]->(h:Award), (c)-[:REPORTED_IN]->(d:Document)
WHERE $region IS NULL OR EXISTS { MATCH (c)-[:TOOK_PLACE_IN]->(x:Region) WHERE x.id IN places }
WITH t, c, s, h, substring(d.published, 0, 4) AS printed,
     CASE WHEN s.printed CONTAINS '年度' THEN toString(toInteger(substring(s.year, 0, 4)) + 1) ELSE substring(s.year, 0, 4) END AS given
WITH t, c, s, h, CASE WHEN given IS NULL OR (s.printed CONTAINS '年度' AND printed < given) THEN printed ELSE given END AS year
WHERE year IS NOT NULL
WITH t, c, s, h, year
ORDER BY year, h.name, c.id, s.id
WITH t, c.account AS account, collect({year: year, honour: h.name, statement: s, printing: c})[0] AS first
ORDER BY first.year, account
LIMIT $honoured
WITH t, first, first.printing AS c
WITH t, collect({honoured: c, first: first,
       owners: COLLECT { MATCH (u:TradeUnion)-[:INITIATED]->(c) RETURN u.id },
       ties: COLLECT {
         MATCH (c)-[:TOOK_PLACE_IN]->(x:Region)
         MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
         WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
         MATCH (r)-[:ADJACENT_TO]-(q:Region)
         RETURN DISTINCT q.id
       } + COLLECT {
         MATCH (c)<-[:INITIATED]-(:TradeUnion)-[k:SUBORDINATE_TO]->(s:TradeUnion)
         RETURN DISTINCT k.line + ' ' + s.id
       }}) AS earlier
// Both sides by what ties them, so that only those that meet are compared.
WITH t, earlier, reduce(flat = [], one IN earlier | flat + one.ties) AS wanted,
     COLLECT {
       MATCH (t)<-[p:APPLIED]-(f:PracticeCase)
       WITH f.account AS account, max(p.not_before) AS lower, min(p.not_after) AS upper
       WHERE upper < lower
       RETURN {account: account, upper: upper}
     } AS torn
CALL (t, earlier, wanted) {
  UNWIND earlier AS one
  UNWIND one.ties AS link
  RETURN link, one, null AS found
  UNION ALL
  MATCH (t)<-[p:APPLIED]-(f:PracticeCase)-[:TOOK_PLACE_IN]->(x:Region)
  WHERE p.not_before IS NOT NULL
  WITH wanted, x, collect({later: f, applied: p}) AS there
  WITH wanted, there, COLLECT {
         MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region {level: $level})
         WHERE all(step IN w WHERE type(step) = 'SUCCEEDED_BY' OR step.valid_to IS NULL)
         RETURN DISTINCT r
       } AS above
  UNWIND [q IN above WHERE q.id IN wanted] AS r
  UNWIND there AS each
  RETURN r.id AS link, null AS one,
         {later: each.later, applied: each.applied, tie: '相邻地区', through: r.full_name} AS found
  UNION ALL
  MATCH (t)<-[p:APPLIED]-(f:PracticeCase)<-[:INITIATED]-(:TradeUnion)-[k:SUBORDINATE_TO]->(s:TradeUnion)
  WHERE p.not_before IS NOT NULL AND k.line + ' ' + s.id IN wanted
  RETURN k.line + ' ' + s.id AS link, null AS one,
         {later: f, applied: p, tie: CASE k.line WHEN 'territorial' THEN '同一上级（块）' ELSE '同一上级（条）' END, through: s.name} AS found
}
WITH torn, link, collect(one) AS honoured, collect(found) AS followers
UNWIND honoured AS one
UNWIND followers AS found
WITH torn, one, found, found.later AS f, found.applied AS p
WHERE p.not_before > one.first.year + '-12-31'
  AND NOT any(two IN torn WHERE two.account = f.account AND two.upper <= one.first.year + '-12-31')
  AND NOT EXISTS { MATCH (f)<-[:INITIATED]-(v:TradeUnion) WHERE v.id IN one.owners }
WITH one, found, f, p
ORDER BY f.id, p.id
WITH one.honoured AS c, one.first AS first, found.tie AS tie, found.through AS through, f.account AS account, collect({later: f, applied: p})[0] AS found
WITH c, first, tie, through, account, found, found.later AS f,
     CASE WHEN found.applied.not_after IS NULL THEN found.applied.not_before + ' 起'
          ELSE found.applied.not_before + '/' + found.applied.not_after END AS began
ORDER BY first.year, c.id, tie, through, began, account
LIMIT $limit
RETURN c.name AS honoured_case, first.honour AS honour, first.year AS honoured_by, tie, through, f.name AS later_case, began,
       found.applied.dated_by AS dated_by,
       ([first.statement, found.applied]
        + COLLECT { UNWIND [c, f] AS g MATCH (g)-[x:TOOK_PLACE_IN]->(:Region) WHERE tie = '相邻地区' RETURN x ORDER BY x.id }
        + COLLECT { UNWIND [c, f] AS g MATCH (g)<-[i:INITIATED]-(:TradeUnion) WHERE tie <> '相邻地区' RETURN i ORDER BY i.id })[..20] AS evidence
ORDER BY honoured_by, c.id, tie, through, began, account;
