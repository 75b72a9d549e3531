// ---
// zh: 做某类做法的案例有哪几类单位配合（政府部门、法院、企业等），各在多少案例里？（同见于一则案例，不一定是为这一类做法）
// en: Which kinds of bodies (government, courts, enterprises …) support accounts of a practice type, and how many of them? (In the same account, not necessarily for this type.)
// parameters:
//   practice_type: {type: string, default: 劳动争议多元化解, values: practice_types, zh: 做法类型, en: practice type}
// columns:
//   kind: {zh: 单位类型, en: kind of body}
//   cases: {zh: 案例数（几处刊印的同一则只算一次）, en: accounts; one printed several times counts once}
//   bodies: {zh: 单位数（同名的按地区分开）, en: bodies; those of one name in different places are several}
//   names: {zh: 单位（最多二十个）, en: "the bodies, twenty at most"}
//   with_type: {zh: 运用这类做法的案例总数, en: accounts that apply the type}
// example: unionkg query run reinvention.partners -p practice_type=劳动争议多元化解
// ---
MATCH (t:PracticeType {name: $practice_type})<-[:APPLIED]-(c:PracticeCase)
WITH t, count(DISTINCT c.account) AS with_type
MATCH (t)<-[:APPLIED]-(c:PracticeCase)<-[s:SUPPORTED]-(o:Organization)
WITH with_type, o.type AS kind, count(DISTINCT c.account) AS accounts, count(DISTINCT o) AS bodies, collect([o.name, o.id, s]) AS found
RETURN kind, accounts AS cases, bodies,
       COLLECT { UNWIND found AS one RETURN DISTINCT one[0] AS name ORDER BY name LIMIT 20 } AS names, with_type,
       [one IN COLLECT {
         UNWIND found AS one
         RETURN DISTINCT one ORDER BY one[0], one[1], one[2].id LIMIT 20
       } | one[2]] AS evidence
ORDER BY accounts DESC, coalesce(kind, '');
