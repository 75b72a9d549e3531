// ---
// zh: 某类做法，后来的案例新增了哪些服务对象？（对象是整则案例的，不只是这一类做法的；一定后加的标出）
// en: Which target groups do later accounts of a practice type add? (Groups are those of the whole account; what is surely later is marked.)
// parameters:
//   practice_type: {type: string, default: 工会驿站/户外劳动者服务站, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   target_group: {zh: 服务对象, en: target group}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   as_main: {zh: 其中主做法就属于这一类的, en: "of these, whose main practice is of the type"}
//   unions: {zh: 工会数, en: unions}
//   earliest: {zh: 服务这类对象的案例中最早记载的区间, en: interval of the earliest record among the accounts that serve the group}
//   surely_added: {zh: 真：一定晚于这类做法在资料中的最早记载；假：不能断定, en: "true: surely later than the earliest record of the type; false: cannot be told"}
// leaves_out: [undated]
// example: unionkg query run reinvention.new_groups -p practice_type=工会驿站/户外劳动者服务站
// ---
MATCH (t:PracticeType {name: $practice_type, routine: false})<-[p:APPLIED]-(:PracticeCase)
WITH t, min(p.not_after) AS known_by
WITH t, known_by, COLLECT {
       MATCH (t)<-[p:APPLIED]-(c:PracticeCase)
       WHERE p.not_after = known_by
       // An account that says when its main practice began says so itself.
       RETURN [p] + CASE WHEN p.dated_by = 'stated_start' THEN [c] ELSE [] END ORDER BY p.id LIMIT 2
     } AS known
MATCH (t)<-[p:APPLIED]-(c:PracticeCase)-[s:SERVED]->(g:TargetGroup)
OPTIONAL MATCH (c)<-[i:INITIATED]-(u:TradeUnion)
WITH known_by, known, g, count(DISTINCT c.account) AS accounts, count(DISTINCT CASE WHEN p.role = 'main' THEN c.account END) AS as_main,
     count(DISTINCT u.id) AS unions, min(p.not_before) AS least, count(p) AS n, count(p.not_before) AS bounded, min(p.not_after) AS upper,
     collect([s, p, i, CASE WHEN p.dated_by = 'stated_start' THEN c END]) AS found
WITH known_by, known, g, accounts, as_main, unions, CASE WHEN n = bounded THEN least END AS lower, upper, found
WITH known_by, known, g, accounts, as_main, unions, lower, upper, COLLECT {
       // The accounts that the interval comes from.
       UNWIND [one IN found WHERE one[1].not_after = upper OR one[1].not_before = lower] AS one
       RETURN one ORDER BY one[0].id, one[1].id, one[2].id LIMIT 3
     } AS first, COLLECT { UNWIND found AS one WITH DISTINCT one[0] AS s RETURN s ORDER BY s.id LIMIT 20 } AS said
RETURN g.name AS target_group, accounts AS cases, as_main, unions,
       CASE WHEN upper IS NULL THEN '时间不明' WHEN lower IS NULL THEN '不晚于 ' + upper ELSE lower + '/' + upper END AS earliest,
       coalesce(lower > known_by, false) AS surely_added,
       // These first, then what the type itself is known by, then the others.
       reduce(kept = [], x IN reduce(flat = [], one IN first + known | flat + one) + said
              | CASE WHEN x IS NULL OR x IN kept THEN kept ELSE kept + [x] END)[..20] AS evidence
ORDER BY coalesce(upper, '9999'), coalesce(lower, ''), target_group, g.id;
