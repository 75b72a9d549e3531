// ---
// zh: 某类做法，一个层级的地区里有多少有记载？其余是台账确认未开展、资料未见，还是无该地资料？
// en: How many regions of a level have a record of a practice type, and what is known of the others?
// parameters:
//   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
//   level: {type: string, default: province, values: region_levels.key, zh: 地区层级（省、地级市、县）, en: "level of region: province, prefecture or county"}
//   region: {type: string, optional: true, values: regions, zh: 只算这一地区之内的, en: only regions within this one}
//   year: {type: integer, optional: true, zh: 到哪一年年底（不给则不限）, en: by the end of which year; any without it}
// columns:
//   kind: {zh: 四种之一；只有“台账确认未开展”才是空白，而且只说明到台账截至时间；“资料未见”不等于未开展, en: "one of four kinds; only 台账确认未开展 (confirmed by a ledger, as of its date) is a gap, 资料未见 (not seen) is no sign of absence"}
//   regions: {zh: 地区数（按现行区划；省级为 31 个和兵团，港澳台不计）, en: "regions as divided today; of provinces the 31 and the 兵团 are counted"}
//   of_all: {zh: 该层级的地区总数, en: all regions of the level}
//   later: {zh: 其中记载晚于该年年底或没有时间的（可能更早开展）, en: "of these, with a record known only later or without a date, which may have begun earlier"}
//   earliest: {zh: 其中案例最早记载的日期，只是上限（不晚于）, en: "upper bound of the earliest account among them (不晚于: by then, perhaps earlier)"}
//   denied: {zh: 其中台账写过未开展的地区数；给了年份时，截至别的年份或日期不明的只算资料未见, en: "of these, regions of which a ledger says 未开展; where a year is asked, one as of another year or without a date counts as 资料未见 only"}
//   denied_as_of: {zh: 这些台账的截至时间, en: "as of when these ledgers say so; 日期不明 for none"}
// leaves_out: [undated, unplaced]
// example: unionkg query run timeline.coverage -p practice_type=集体协商 -p level=province -p year=2024
// ---
OPTIONAL MATCH (:Region {id: coalesce($region, '')})<-[w:WITHIN|SUCCEEDED_BY*0..6]-(x:Region)
WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
WITH collect(DISTINCT x.code) AS inside
MATCH (t:PracticeType {name: $practice_type})
// From the few regions that have something upwards: most have nothing.
CALL (t) {
  MATCH (r:Region {level: $level})
  WHERE r.counted AND r.valid_to IS NULL
  RETURN r, null AS x, null AS a, null AS v
  UNION ALL
  MATCH (t)<-[a:ADOPTED]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
  WHERE r.level = $level AND r.counted AND r.valid_to IS NULL AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
  RETURN r, x, a, null AS v
  UNION ALL
  MATCH (t)<-[v:COVERAGE]-(x:Region)
  MATCH (x)-[w:WITHIN|SUCCEEDED_BY*0..6]->(r:Region)
  WHERE r.level = $level AND r.counted AND r.valid_to IS NULL AND all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
    AND (v.status = '开展' OR x.id = r.id)
  RETURN r, x, null AS a, v
}
WITH t, r, x, a, v
WHERE $region IS NULL OR r.code IN inside
WITH t, r, x, a, v
ORDER BY x.code, v.date, v.id
WITH t, r, collect(DISTINCT a) AS all_records, collect(DISTINCT v) AS entries
WITH t, r, entries, all_records,
     [a IN all_records WHERE $year IS NULL OR a.not_after <= toString($year) + '-12-31'] AS records
WITH t, r, entries, all_records, records,
     reduce(first = null, a IN records | CASE WHEN first IS NULL OR a.not_after < first THEN a.not_after ELSE first END)
       AS earliest
WITH t, r, entries, earliest, [a IN records WHERE earliest IS NULL OR a.not_after = earliest] AS firsts,
     [v IN entries WHERE v.status = '未开展' | coalesce(v.date, '日期不明')] AS denied,
     // A ledger's 开展 holds from its date on, its 未开展 for the year of its date.
     CASE WHEN size(records) > 0 OR any(v IN entries WHERE v.status = '开展' AND ($year IS NULL OR substring(v.date, 0, 4) <= toString($year))) THEN '有记载'
          WHEN any(v IN entries WHERE v.status = '未开展' AND ($year IS NULL OR substring(v.date, 0, 4) = toString($year))) THEN '台账确认未开展'
          WHEN size(entries) > 0 THEN '资料未见'
          WHEN EXISTS {
            MATCH (r)<-[w:WITHIN|SUCCEEDED_BY*0..6]-(:Region)<-[:TOOK_PLACE_IN]-(:PracticeCase)
            WHERE all(s IN w WHERE type(s) = 'SUCCEEDED_BY' OR s.valid_to IS NULL)
          } THEN '资料未见' ELSE '无该地资料' END AS kind,
     size(all_records) > 0 OR any(v IN entries WHERE v.status = '开展') AS ever
ORDER BY earliest, r.code
WITH t, collect({kind: kind, later: CASE WHEN ever AND kind <> '有记载' THEN 1 ELSE 0 END, firsts: firsts, entries: entries, denied: denied}) AS regions
UNWIND ['有记载', '台账确认未开展', '资料未见', '无该地资料'] AS kind
WITH t, kind, size(regions) AS of_all, [one IN regions WHERE one.kind = kind] AS these
WITH t, kind, of_all, size(these) AS regions, reduce(total = 0, one IN these | total + one.later) AS later,
     size([one IN these WHERE size(one.denied) > 0]) AS denied, reduce(found = [], one IN these | found + one.denied) AS dates,
     reduce(found = [], one IN these[..20] | found + one.firsts)[..20] AS firsts,
     reduce(found = [], one IN these[..200] | found + one.entries)[..20] AS entries
UNWIND CASE WHEN size(firsts) = 0 THEN [null] ELSE firsts END AS a
WITH t, kind, of_all, regions, later, firsts[0].not_after AS earliest, denied, dates, entries, a
UNWIND coalesce(a.cases, [null]) AS identifier
WITH t, kind, of_all, regions, later, earliest, denied, dates, entries, a.not_after AS known_by, identifier
OPTIONAL MATCH (:PracticeCase {id: coalesce(identifier, '')})-[p:APPLIED]->(same:PracticeType)
WHERE same.id = t.id AND (p.not_after = known_by OR known_by IS NULL)
WITH kind, of_all, regions, later, earliest, denied, dates, entries, p
ORDER BY p.not_after, p.id
WITH kind, of_all, regions, later, earliest, denied, dates, entries, collect(DISTINCT p)[..20] AS ties
RETURN kind, regions, of_all, later, '不晚于 ' + earliest AS earliest, denied,
       COLLECT { UNWIND dates AS date RETURN DISTINCT date ORDER BY date } AS denied_as_of, (ties + entries)[..20] AS evidence
ORDER BY CASE kind WHEN '有记载' THEN 1 WHEN '台账确认未开展' THEN 2 WHEN '资料未见' THEN 3 ELSE 4 END;
