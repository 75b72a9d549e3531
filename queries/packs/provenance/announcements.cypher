// ---
// zh: 文献公布了哪些文件、行动？谁发的，到什么时候，涉及哪些做法和地区？
// en: Which policies and drives do documents announce? By whom, until when, about which practices and regions?
// parameters:
//   practice_type: {type: string, optional: true, values: practice_types, zh: 只看涉及某类做法的, en: only those about this practice type}
//   limit: {type: integer, default: 50, zh: 最多几行, en: at most so many rows}
// columns:
//   policy: {zh: 文件或行动, en: the policy or drive}
//   number: {zh: 文号, en: its number}
//   issuers: {zh: 发文单位, en: who issued it}
//   issued: {zh: 发文时间, en: when it was issued}
//   deadline: {zh: 期限, en: the deadline}
//   target: {zh: 到期要达到的目标（原文）, en: "what is to be reached by then, in its words"}
//   practice_types: {zh: 涉及的做法类型, en: practice types that it is about}
//   regions: {zh: 适用的地区（空为全国）, en: "regions that it applies to, empty for the whole country"}
//   citing: {zh: 引用它的案例数（几处刊印的同一则只算一次）, en: accounts that cite it; one printed several times counts once}
// needs: {zh: 要有登载了文件公布消息的文献, en: documents that announce policies}
// example: unionkg query run provenance.announcements
// ---
MATCH (:Document)<-[s:REPORTED_IN]-(p:Policy)
WHERE $practice_type IS NULL OR EXISTS { (p)-[:CONCERNS]->(:PracticeType {name: $practice_type}) }
WITH p, s
ORDER BY s.id
WITH p, collect(s)[..20] AS ties
ORDER BY coalesce(p.issued, '~'), p.name, p.id
LIMIT $limit
RETURN p.name AS policy, p.number AS number,
       COLLECT { MATCH (p)-[:ISSUED_BY]->(o) RETURN DISTINCT o.name AS name ORDER BY name } AS issuers,
       p.issued AS issued, p.deadline AS deadline, p.target AS target,
       COLLECT { MATCH (p)-[:CONCERNS]->(t:PracticeType) RETURN DISTINCT t.name AS name ORDER BY name } AS practice_types,
       COLLECT { MATCH (p)-[:APPLIES_TO]->(r:Region) RETURN DISTINCT r.full_name AS name ORDER BY name } AS regions,
       COUNT { MATCH (p)<-[:CITED]-(c:PracticeCase) RETURN DISTINCT c.account } AS citing,
       (ties + COLLECT { MATCH (p)-[s:ISSUED_BY|CONCERNS|APPLIES_TO]->() RETURN s ORDER BY s.id LIMIT 10 }
        + COLLECT { MATCH (p)<-[s:CITED]-(:PracticeCase) RETURN s ORDER BY s.id LIMIT 10 })[..20] AS evidence
ORDER BY coalesce(issued, '~'), policy, p.id;
