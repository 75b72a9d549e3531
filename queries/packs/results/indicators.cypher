// ---
// zh: 案例都用哪些指标和单位，各有几则？（可只看用到某类做法的；供选 results.by_indicator 的指标）
// en: Which indicators and units do accounts use, those of one practice type or all, and in how many accounts? (To choose one for results.by_indicator.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 案例运用的做法类型, en: practice type that the account applies}
//   words: {type: string, optional: true, zh: 指标中含有的字, en: words that the indicator contains}
//   unit: {type: string, optional: true, values: units, zh: 单位, en: unit}
//   limit: {type: integer, default: 100, zh: 最多几行, en: at most so many rows}
// columns:
//   indicator: {zh: 指标, en: what is measured}
//   unit: {zh: 单位, en: unit}
//   accounts: {zh: 用到它的案例数（几处刊印的同一则只算一次）, en: accounts that use it; one printed several times counts once}
//   cumulative: {zh: 其中有累计数的, en: "of these, with a stock up to a time"}
//   in_period: {zh: 其中有期内数的, en: "of these, with a flow in a period"}
//   left_open: {zh: 其中有未说明口径的, en: "of these, with one that leaves it open"}
//   with_period: {zh: 其中写明时段的, en: "of these, with a stated period"}
//   kinds: {zh: 归入的种类, en: kinds that it was read as}
// example: unionkg query run results.indicators -p practice_type=集体协商 -p unit=%
// ---
CALL () {
  MATCH (:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)-[:ACHIEVED]->(o:Outcome)
  RETURN c, o
  UNION
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[:ACHIEVED]->(o:Outcome)
  RETURN c, o
}
WITH c, o
WHERE ($words IS NULL OR o.indicator CONTAINS $words) AND ($unit IS NULL OR o.unit = $unit)
WITH o.indicator AS indicator, o.unit AS unit, o.kind AS kind, o.cumulative AS stock, o.period AS period, o.id AS id,
     c.account AS account
ORDER BY id
WITH indicator, unit, count(DISTINCT account) AS accounts,
     count(DISTINCT CASE WHEN stock THEN account END) AS cumulative,
     count(DISTINCT CASE WHEN NOT stock THEN account END) AS in_period,
     count(DISTINCT CASE WHEN stock IS NULL THEN account END) AS left_open,
     count(DISTINCT CASE WHEN period IS NOT NULL THEN account END) AS with_period,
     collect(DISTINCT kind) AS found, collect(id)[..20] AS ids
ORDER BY accounts DESC, indicator, unit
LIMIT $limit
RETURN indicator, unit, accounts, cumulative, in_period, left_open, with_period,
       [kind IN ['投入', '产出', '成效', '规模'] WHERE kind IN found] AS kinds,
       COLLECT { UNWIND ids AS i MATCH (o:Outcome {id: i})<-[a:ACHIEVED]-(:PracticeCase) RETURN a ORDER BY o.id } AS evidence
ORDER BY accounts DESC, indicator, unit;
