// ---
// zh: 写明的学习、试点、推广关系，两边的时间对得上吗？（相符、矛盾、先后不明、缺日期；两边都写明了时间才可能矛盾；只核对先后，不判断影响）
// en: Do the dates of both sides of stated learning, pilots and promotion agree? (相符 agree, 矛盾 contradict each other, by dates that the text states on both sides, 先后不明 cannot be told, 缺日期 undated; the order only, no influence.)
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 做法类型, en: practice type}
//   status: {type: string, optional: true, values: [相符, 矛盾, 先后不明, 缺日期], zh: 只看这一种结果, en: only this result}
//   limit: {type: integer, default: 200, zh: 最多几行, en: at most so many rows}
// columns:
//   status: {zh: 核对结果, en: result of the check}
//   relation: {zh: 关系, en: "the relation: learned from, pilot ordered by, piloted at, promoted by, spread to, replicated in, recognised by"}
//   case: {zh: 案例, en: the account}
//   unions: {zh: 工会, en: whose account it is}
//   practice_type: {zh: 主做法所属类型（有几类时取一类）, en: "type of its main practice, one of them where there are several"}
//   began: {zh: 这一边的起始区间（不晚于：只知上限）, en: "when this side began; 不晚于 for an upper bound only"}
//   dated_by: {zh: 这一边的定年依据, en: what that rests on}
//   other: {zh: 另一边（按原文）, en: "the other side, as printed"}
//   other_label: {zh: 另一边是什么；UnresolvedName 是没能对应到工会、地区或单位的名称, en: what the other side is; UnresolvedName could not be resolved}
//   other_date: {zh: 另一边的时间：关系句写明的时段，否则是它同类做法在资料中最早的记载（记载不是起始，可能更早就有）, en: "date of the other side: the period that the sentence states, else its earliest record of the type, which is no start: it may have had it before"}
//   other_dated_by: {zh: 另一边的定年依据；stated_period 是关系句写明的时段, en: what that rests on; stated_period for a period that the sentence of the relation states}
//   order_due: {zh: 应有的先后, en: "the order that the relation calls for: 对方在先 the other first, 本例在先 this one first, 不论先后 none"}
//   planned: {zh: 只是打算, en: only intended}
//   collective: {zh: 泛指多家, en: the other end is a collection}
// leaves_out: [undated]
// example: unionkg query run planning.evidence_trail -p practice_type=集体协商
// ---
CALL () {
  MATCH (t:PracticeType {name: $practice_type})<-[p:APPLIED {role: 'main'}]-(c:PracticeCase)
  MATCH (c)-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY]->(n)
  RETURN DISTINCT c, s, n, t, p
  UNION ALL
  // All accounts, one by one, where no practice type is given.
  UNWIND CASE WHEN $practice_type IS NULL THEN [true] ELSE [] END AS everything
  MATCH (c:PracticeCase)-[s:LEARNED_FROM|PILOT_ASSIGNED_BY|PILOTED_AT|PROMOTED_BY|SCALED_TO|REPLICATED_IN|RECOGNISED_BY]->(n)
  WITH c, s, n, COLLECT { MATCH (c)-[p:APPLIED {role: 'main'}]->(t:PracticeType) RETURN p ORDER BY t.id LIMIT 1 }[0] AS p
  RETURN c, s, n, endNode(p) AS t, p
}
// What the other side has on record of the type, in other accounts than this one.
WITH c, s, n, t, p, CASE WHEN s.period IS NULL AND type(s) IN ['LEARNED_FROM', 'SCALED_TO', 'REPLICATED_IN'] THEN COLLECT {
       MATCH (n)-[a:ADOPTED]->(same:PracticeType)
       WHERE same.id = t.id
       UNWIND a.cases AS i
       MATCH (d:PracticeCase {id: i})-[q:APPLIED]->(other:PracticeType)
       WHERE other.id = t.id AND d.account <> c.account
       RETURN q ORDER BY coalesce(q.not_after, '~'), coalesce(q.not_before, '~'), q.id
     } ELSE [] END AS records
WITH c, s, n, t, p, records,
     CASE WHEN any(q IN records WHERE q.not_before IS NULL) THEN null
          ELSE reduce(low = null, q IN records | CASE WHEN low IS NULL OR q.not_before < low THEN q.not_before ELSE low END) END AS lowest,
     CASE WHEN c.started IS NULL THEN p.dated_by ELSE 'stated_start' END AS dated_by,
     CASE WHEN s.period IS NULL THEN records[0].dated_by ELSE 'stated_period' END AS other_dated_by
WITH c, s, n, t.name AS practice_type, p, dated_by, other_dated_by,
     [q IN records WHERE q.not_after = records[0].not_after OR q.not_before = lowest] AS records,
     CASE WHEN c.started IS NULL THEN p.not_before ELSE head(split(c.started, '/')) END AS since,
     CASE WHEN c.started IS NULL THEN p.not_after ELSE last(split(c.started, '/')) END AS until,
     CASE WHEN s.period IS NULL THEN lowest ELSE head(split(s.period, '/')) END AS their_since,
     CASE WHEN s.period IS NULL THEN records[0].not_after ELSE last(split(s.period, '/')) END AS their_until,
     CASE WHEN type(s) IN ['LEARNED_FROM', 'PILOT_ASSIGNED_BY'] THEN '对方在先'
          WHEN type(s) = 'PILOTED_AT' THEN '不论先后' ELSE '本例在先' END AS order_due
WITH c, s, n, practice_type, p, records, since, until, their_since, their_until, dated_by, other_dated_by, order_due,
     CASE WHEN until IS NULL OR their_since IS NULL THEN null WHEN size(until) < size(their_since) THEN until < substring(their_since, 0, size(until)) ELSE substring(until, 0, size(their_since)) < their_since END AS this_first,
     CASE WHEN their_until IS NULL OR since IS NULL THEN null WHEN size(their_until) < size(since) THEN their_until < substring(since, 0, size(their_until)) ELSE substring(their_until, 0, size(since)) < since END AS other_first
// Being known by a day is no start: only what the text dates on both sides can contradict. Who began and learned later,
// or was made a pilot later, contradicts nothing either.
WITH c, s, n, practice_type, p, records, since, until, their_since, their_until, dated_by, other_dated_by, order_due,
     CASE WHEN until IS NULL OR their_until IS NULL THEN '缺日期'
          WHEN order_due = '对方在先' AND other_first OR order_due = '本例在先' AND this_first THEN '相符'
          WHEN NOT dated_by IN ['stated_start', 'own_date'] OR NOT other_dated_by IN ['stated_start', 'own_date', 'stated_period'] THEN '先后不明'
          WHEN order_due = '对方在先' AND s.period IS NULL AND this_first OR order_due = '本例在先' AND other_first THEN '矛盾'
          ELSE '先后不明' END AS status
WHERE $status IS NULL OR status = $status
WITH c.id AS id, s.id AS statement, c, s, n, practice_type, p, records, since, until, their_since, their_until, dated_by, other_dated_by,
     order_due, status
ORDER BY status, id, statement
LIMIT $limit
WITH id, statement, c, s, n, practice_type, p, records, since, until, their_since, their_until, dated_by, other_dated_by, order_due,
     status, COLLECT { MATCH (u:TradeUnion)-[i:INITIATED]->(c) RETURN i ORDER BY u.name, u.id } AS initiated
RETURN status,
       CASE type(s) WHEN 'LEARNED_FROM' THEN '学习自' WHEN 'PILOT_ASSIGNED_BY' THEN '受命试点' WHEN 'PILOTED_AT' THEN '试点于'
                    WHEN 'PROMOTED_BY' THEN '由…推广' WHEN 'SCALED_TO' THEN '推广到' WHEN 'REPLICATED_IN' THEN '被复制于'
                    ELSE '获…认可' END AS relation,
       c.name AS case, [i IN initiated | startNode(i).name] AS unions, practice_type,
       CASE WHEN since IS NULL THEN '不晚于 ' + until WHEN since = until THEN since ELSE since + '/' + until END AS began, dated_by,
       s.printed AS other, labels(n)[0] AS other_label,
       CASE WHEN their_since IS NULL THEN '不晚于 ' + their_until WHEN their_since = their_until THEN their_since
            ELSE their_since + '/' + their_until END AS other_date, other_dated_by,
       order_due, s.intended AS planned, s.collective AS collective,
       ([s] + CASE WHEN c.started IS NULL THEN [] ELSE [c] END + CASE WHEN p IS NULL THEN [] ELSE [p] END + initiated + records)[..20]
         AS evidence
ORDER BY status, id, statement;
