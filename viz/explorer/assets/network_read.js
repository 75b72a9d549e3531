// What the network of the data says: nodes with their names and pages, ties with their ends, and what the choices leave.

const Network = (function () {
  /** Relations that the picture opens with are those of these groups, but for a mere mention. */
  const OPEN = { diffusion: true, stated: true };
  /** Inferred ties that are found again less often than this are not drawn unless a reader asks for them. */
  const STABLE = 0.8;
  const TABLES = { TradeUnion: "unions", PracticeType: "types", PracticeCase: "accounts", Region: "regions", Theme: "themes", TargetGroup: "groups" };
  let index = null;

  function kindOf(node) { return D.network.kinds[D.network.kind[node]][0]; }

  /** The row of a node in its table; null where it has none. */
  function rowOf(node) {
    const at = D.network.at[node];
    return at >= 0 ? D[TABLES[kindOf(node)]][at] : null;
  }
  function nameOf(node) {
    const row = rowOf(node);
    return row ? row.full || row.name : D.network.names[-1 - D.network.at[node]];
  }
  /** What the address calls a node. */
  function keyOf(node) {
    const row = rowOf(node);
    return row ? row.code || row.id : kindOf(node) + "/" + nameOf(node);
  }
  /** The link to the page of a node; null where it has none. */
  function pageOf(node) {
    const shown = { TradeUnion: union, PracticeType: type, PracticeCase: account, Region: region, Theme: theme, TargetGroup: group }[kindOf(node)];
    return shown && D.network.at[node] >= 0 ? shown.shown(D.network.at[node]) : null;
  }

  /** Everything that is asked of the ties again and again: stated and inferred ones as rows, and which touch a node. */
  function read() {
    if (index) return index;
    const net = D.network;
    const ties = net.relation.map(function (relation, i) {
      const kind = net.relations[relation];
      return { relation: kind[0] + "." + kind[1], type: kind[0], group: kind[1], influence: kind[2], start: net.start[i], end: net.end[i],
        flags: net.flags[i], quotes: net.quotes[i], period: net.periods[i] || null, accounts: net.accounts[i] || [] };
    });
    const byRow = {};
    net.kind.forEach(function (kind, node) { if (net.at[node] >= 0) byRow[net.kinds[kind][0] + net.at[node]] = node; });
    Object.keys(D.inferred || {}).forEach(function (unit) {
      const found = D.inferred[unit];
      found.ties.forEach(function (tie) {
        const start = byRow[found.label + tie[0]], end = byRow[found.label + tie[1]];
        if (start === undefined || end === undefined) return; // beyond what is drawn
        ties.push({ relation: "INFERRED." + unit, type: "INFERRED_TIE", group: "computed", influence: "start_to_end", start: start, end: end, flags: 0,
          quotes: tie[5], period: null, accounts: [], frequency: tie[2], types: tie[4] });
      });
    });
    const touching = net.kind.map(function () { return []; });
    ties.forEach(function (tie, i) {
      touching[tie.start].push(i);
      touching[tie.end].push(i);
    });
    index = { ties: ties, touching: touching };
    return index;
  }

  function relations() {
    const found = D.network.relations.map(function (kind) { return { key: kind[0] + "." + kind[1], group: kind[1], on: Boolean(OPEN[kind[1]]) && kind[0] !== "MENTIONS", name: label(kind[0]) }; });
    Object.keys(D.inferred || {}).forEach(function (unit) {
      if (!D.inferred[unit].lacking) found.push({ key: "INFERRED." + unit, group: "computed", on: false, name: w("network.inferred_" + unit) });
    });
    return found;
  }
  function kinds() {
    const counts = {};
    D.network.kind.forEach(function (kind) { counts[kind] = (counts[kind] || 0) + 1; });
    return D.network.kinds.map(function (kind, i) { return { key: kind[0], name: label(kind[0]), style: i, count: counts[i] || 0, on: i < 3 }; }).filter(function (kind) { return kind.count; });
  }

  /** What of a list is on: as the address says, else as the page opens. */
  function switched(list, said) {
    const given = said === undefined ? null : said.split(",");
    const found = {};
    list.forEach(function (one) { found[one.key] = given ? given.indexOf(one.key) >= 0 : one.on; });
    return found;
  }

  // ---------------------------------------------------------------- what is shown

  /** Which accounts the filters leave: null where all do. */
  function passing(route) {
    const at = read();
    const tests = [];
    function tied(type, test) {
      tests.push(function (node) {
        return at.touching[node].some(function (i) {
          const tie = at.ties[i];
          return tie.type === type && test(tie.start === node ? tie.end : tie.start);
        });
      });
    }
    if (route.practice) tied("APPLIED", function (other) { return nameOf(other) === route.practice; });
    if (route.theme) tied("IN_THEME", function (other) { return nameOf(other) === route.theme; });
    if (route.level) tied("INITIATED", function (other) { const row = rowOf(other); return row && row.level === route.level; });
    if (!tests.length) return null;
    const found = new Set();
    D.network.kind.forEach(function (kind, node) {
      if (kindOf(node) === "PracticeCase" && tests.every(function (test) { return test(node); })) found.add(node);
    });
    return found;
  }

  /** The nodes and ties that the choices leave. */
  function visible(route) {
    const at = read();
    const kindsOn = switched(kinds(), route.kinds), tiesOn = switched(relations(), route.ties);
    const cases = passing(route);
    const stable = Number(route.stable || STABLE);
    const near = cases && new Set(cases);
    if (cases) {
      cases.forEach(function (node) {
        at.touching[node].forEach(function (i) {
          const other = at.ties[i].start === node ? at.ties[i].end : at.ties[i].start;
          if (kindOf(other) !== "PracticeCase") near.add(other);
        });
      });
    }
    const alone = route.only ? find(route.only) : -1;
    const around = new Set([alone]);
    if (alone >= 0) at.touching[alone].forEach(function (i) { around.add(at.ties[i].start); around.add(at.ties[i].end); });
    function allowed(node) { return (!near || near.has(node)) && (alone < 0 || around.has(node)); }
    const shown = new Set();
    D.network.kind.forEach(function (kind, node) { if (kindsOn[kindOf(node)] && allowed(node)) shown.add(node); });
    const candidates = at.ties.filter(function (tie) {
      return tiesOn[tie.relation] && allowed(tie.start) && allowed(tie.end) && (tie.group !== "computed" || tie.frequency >= stable);
    });
    candidates.forEach(function (tie) { // where something spread to is part of the story, whatever kind of thing it is
      if (tie.group === "diffusion" || tie.group === "computed") { shown.add(tie.start); shown.add(tie.end); }
    });
    return {
      nodes: Array.from(shown).sort(function (a, b) { return a - b; }),
      ties: candidates.filter(function (tie) { return shown.has(tie.start) && shown.has(tie.end); }),
    };
  }

  function find(key) {
    for (let node = 0; node < D.network.kind.length; node += 1) if (keyOf(node) === key) return node;
    return -1;
  }

  return {
    kindOf: kindOf, rowOf: rowOf, nameOf: nameOf, keyOf: keyOf, pageOf: pageOf, find: find,
    read: read, relations: relations, kinds: kinds, switched: switched, visible: visible,
  };
})();
