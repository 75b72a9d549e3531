// The timeline by level: a lane for each level, a dot for each account, arrows for what documents say went from one to
// another. Where dots stand is settled in the data; rows that the filters leave empty are closed up here.

(function () {
  const PITCH = 13, ROOM = 32, LEAST = 44, ENDS = 14, RADIUS = 5;
  const STATED = 0, UNDATED = 2;
  const INTENDED = 1, COLLECTIVE = 2, INTERNAL = 4;
  const DARK = "#2b3a49", SPREAD = "#C04A00";
  const LANE_COLOURS = {
    national: "#D55E00", provincial: "#0072B2", prefecture: "#B87400", county: "#007A59", township: "#A84F80", grassroots: "#4B5560",
    zone: "#2A7FB0", industry: "#6B5B00", group: "#5D3A8E", other: "#5b6672", unknown: "#5b6672",
  };
  const POINTS = [
    { shape: "dot", fill: DARK, border: DARK }, { shape: "dot", fill: "#FFFFFF", border: DARK, width: 1.4 }, { shape: "dot", fill: "#D5DBE1", border: "#7c8894", width: 1.2 },
    { shape: "tick", fill: null, border: SPREAD, width: 2.2 }, { shape: "bracket", fill: null, border: SPREAD, width: 2 },
  ];
  const TICK = 3, BRACKET = 4;
  const LINES = [
    { colour: "#9fb0c0", width: 3, dash: null, arrow: false },
    { colour: SPREAD, width: 1.5, dash: null, arrow: true }, { colour: SPREAD, width: 1.5, dash: null, arrow: false },
    { colour: SPREAD, width: 1.5, dash: [5, 4], arrow: true }, { colour: SPREAD, width: 1.5, dash: [5, 4], arrow: false },
  ];
  const BAR = 0, ARROW = 1, PLAIN = 2, PLANNED = 3;
  /** Which way a practice went: from the other end to the account, from it to the other end, or not told. */
  const INWARDS = { LEARNED_FROM: true, PILOT_ASSIGNED_BY: true };
  const UNTOLD = { PROMOTED_BY: true };
  /** Lanes that are drawn though nothing stands in them: that nothing is there is told, too. */
  const ALWAYS = ["national", "provincial", "prefecture", "county", "township", "grassroots"];
  const kept = {};

  function laneName(lane) { return w("lanes." + lane); }
  function nameOf(dot) { return D.accounts[dot.account].name; }
  /** The unions whose account it is. */
  function owners(dot) {
    return D.accounts[dot.account].unions.filter(function (one) { return one[1] === "originator"; }).map(function (one) { return D.unions[one[0]].name; });
  }
  function whenOf(dot) { return dot.state === UNDATED ? w("kit.undated") : interval(dot.notBefore, dot.notAfter, dot.datedBy); }

  function dots() {
    return D.lanes.dots.map(function (row, i) {
      return { at: i, account: row[0], lane: D.lanes.lanes[row[1]], state: row[2], x: row[3], row: row[4], notBefore: row[5], notAfter: row[6], datedBy: row[7], types: row[8], since: row[9] };
    });
  }
  function ties() {
    return D.lanes.ties.map(function (row) {
      return { dot: row[0], other: row[1], lane: D.lanes.lanes[row[2]], kind: D.lanes.kinds[row[3]], flags: row[4], period: row[5], quotes: row[6], name: row[7], x: row[8] };
    });
  }

  // ---------------------------------------------------------------- filters

  /** The dots that the filters leave: of a practice type, the dot that tells when that began. */
  function chosen(route) {
    const wanted = route.practice ? position(D.types, function (one) { return one.name === route.practice; }) : -1;
    const field = route.theme ? position(D.themes, function (one) { return one.name === route.theme; }) : -1;
    const place = route.region ? position(D.regions, function (one) { return one.code === route.region; }) : -1;
    const own = {};
    const every = dots();
    if (wanted >= 0) every.forEach(function (dot) { if (dot.types && dot.types.indexOf(wanted) >= 0) own[dot.account] = dot.at; });
    return every.filter(function (dot) {
      const row = D.accounts[dot.account];
      if (route.practice && !row.types.some(function (one) { return one[0] === wanted; })) return false;
      if (route.theme && row.themes.indexOf(field) < 0) return false;
      if (route.region && !row.regions.some(function (one) { return place >= 0 && within(one, place); })) return false;
      if (own[dot.account] === undefined ? dot.types !== null : own[dot.account] !== dot.at) return false;
      return inYears(dot, route);
    });
  }
  function inYears(dot, route) {
    if (!route.from && !route.to) return true;
    if (dot.state === UNDATED) return false;
    const first = Number((dot.notBefore || dot.notAfter).slice(0, 4)), last = Number(dot.notAfter.slice(0, 4));
    return last >= Number(route.from || 0) && first <= Number(route.to || 9999);
  }

  // ---------------------------------------------------------------- the picture

  /** The lanes that are drawn, each with its height; rows closed up over dots that are not shown. */
  function laid(found, some) {
    const lanes = D.lanes.lanes.filter(function (lane) {
      return ALWAYS.indexOf(lane) >= 0 || found.some(function (dot) { return dot.lane === lane; }) || some.some(function (tie) { return tie.lane === lane; });
    });
    const made = {};
    let top = 0;
    lanes.forEach(function (lane) {
      const own = found.filter(function (dot) { return dot.lane === lane; }).sort(function (a, b) { return a.row - b.row || a.at - b.at; });
      const rows = [];
      const row = {};
      own.forEach(function (dot) {
        let at = 0;
        while (rows[at] && rows[at].some(function (x) { return Math.abs(x - dot.x) < D.lanes.apart; })) at += 1;
        if (!rows[at]) rows.push([]);
        rows[at].push(dot.x);
        row[dot.at] = at;
      });
      const ends = some.some(function (tie) { return tie.lane === lane; }) ? ENDS : 0;
      const height = Math.max(LEAST, rows.length * PITCH + ROOM) + ends;
      made[lane] = { top: top, height: height, ends: ends, rows: rows.length, row: row, count: own.length };
      top += height;
    });
    return { lanes: lanes, of: made, height: top };
  }

  function planOf(found, route) {
    const byDot = {};
    found.forEach(function (dot) { byDot[dot.account] = dot; });
    const every = dots();
    const some = ties().filter(function (tie) { return byDot[every[tie.dot].account]; });
    const at = laid(found, some);
    function height(dot) {
      const lane = at.of[dot.lane];
      return lane.top + (lane.height - lane.ends - ROOM + PITCH) / 2 + 5 + (lane.row[dot.at] - (lane.rows - 1) / 2) * PITCH;
    }
    const points = found.slice().sort(function (a, b) { return a.state === UNDATED ? (b.state === UNDATED ? a.at - b.at : 1) : b.state === UNDATED ? -1 : a.x - b.x || a.at - b.at; }).map(function (dot) {
      return { x: dot.x, y: height(dot), r: RADIUS, style: dot.state, label: owners(dot)[0] || nameOf(dot), dot: dot };
    });
    const place = {};
    points.forEach(function (point, i) { place[point.dot.account] = i; });
    const lines = [];
    points.forEach(function (point) {
      if (point.dot.since !== null) lines.push({ x1: point.dot.since, y1: point.y, x2: point.x, y2: point.y, style: BAR });
    });
    some.forEach(function (tie) {
      const here = place[every[tie.dot].account];
      const there = endOf(tie, every, place, points, at);
      const inwards = INWARDS[tie.kind];
      const from = inwards ? there : here, to = inwards ? here : there;
      const a = points[from], b = points[to];
      const planned = tie.flags & INTENDED;
      const style = UNTOLD[tie.kind] ? (planned ? PLANNED + 1 : PLAIN) : planned ? PLANNED : ARROW;
      const flat = Math.abs(a.y - b.y) < 3 * PITCH;
      lines.push({ x1: a.x, y1: a.y, x2: b.x, y2: b.y, style: style, from: from, to: to, bend: flat ? -0.22 : 0.06, tie: tie, here: here });
    });
    const dated = found.filter(function (dot) { return dot.state !== UNDATED; });
    return drawn(points, lines, at, dated, found.length > dated.length, route);
  }

  /** The point at the other end of a tie: its own dot, else a mark in its lane. */
  function endOf(tie, every, place, points, at) {
    const own = tie.other === null ? undefined : place[every[tie.other].account];
    if (own !== undefined) return own;
    const lane = at.of[tie.lane];
    const many = tie.flags & (COLLECTIVE | INTERNAL);
    const y = lane.top + lane.height - 22;
    let x = tie.period ? tie.x : points[place[every[tie.dot].account]].x;
    while (points.some(function (point) { return point.still && point.y === y && Math.abs(point.x - x) < 12; })) x += 12;
    points.push({ x: x, y: y, r: 5, style: many ? BRACKET : TICK, label: tie.name, still: true, tie: tie });
    return points.length - 1;
  }

  function drawn(points, lines, at, dated, undated, route) {
    const unit = D.lanes.year, start = D.lanes.first;
    const marked = points.filter(function (point) { return !point.dot && point.tie.period && point.x < D.lanes.undated; });
    const years = dated.map(function (dot) { return Number(dot.notAfter.slice(0, 4)); })
      .concat(marked.map(function (point) { return start + Math.floor(point.x / unit); }));
    const low = years.length ? Math.min.apply(null, years.concat(dated.map(function (dot) { return dot.since === null ? 9999 : start + Math.floor(dot.since / unit); }))) : start;
    const high = years.length ? Math.max.apply(null, years) : start;
    const from = Number(route.from) || low, to = Number(route.to) || high;
    const shift = undated ? (to + 1 - start) * unit + unit / 2 - D.lanes.undated : 0;
    points.forEach(function (point) { if (point.dot && point.dot.state === UNDATED || !point.dot && point.x >= D.lanes.undated) point.x += shift; });
    lines.forEach(function (line) {
      if (line.from !== undefined) { line.x1 = points[line.from].x; line.x2 = points[line.to].x; }
    });
    const rules = [];
    for (let year = from; year <= to + 1; year += 1) rules.push({ x: (year - start) * unit, wide: unit, text: year <= to && years.length ? String(year) : "" });
    if (undated) rules.push({ x: D.lanes.undated + shift, wide: unit, text: w("lanes.undated"), strong: true });
    const right = undated ? D.lanes.undated + shift + unit + 12 : (to + 1 - start) * unit;
    const legend = [{ point: 0, text: w("lanes.filled") }, { point: 1, text: w("lanes.hollow") }];
    if (undated) legend.push({ point: 2, text: w("lanes.grey") });
    if (lines.some(function (line) { return line.style === BAR; })) legend.push({ line: BAR, text: w("lanes.bar") });
    if (lines.some(function (line) { return line.style === ARROW; })) legend.push({ line: ARROW, text: w("lanes.arrow") });
    if (lines.some(function (line) { return line.style === PLAIN; })) legend.push({ line: PLAIN, text: w("lanes.plain") });
    if (lines.some(function (line) { return line.style >= PLANNED; })) legend.push({ line: PLANNED, text: w("lanes.planned") });
    if (points.some(function (point) { return point.style === TICK; })) legend.push({ point: TICK, text: w("lanes.tick") });
    if (points.some(function (point) { return point.style === BRACKET; })) legend.push({ point: BRACKET, text: w("lanes.bracket") });
    return {
      title: titleOf(route), note: w("kit.sample"), flat: true, over: 0, points: points, lines: lines, lineStyles: LINES, pointStyles: POINTS, legend: legend,
      margin: { left: 122, top: 30, right: 12, bottom: 34 },
      box: [(from - start) * unit - 56, 0, right + 40, at.height],
      rules: rules,
      bands: at.lanes.map(function (lane, i) { return { y1: at.of[lane].top, y2: at.of[lane].top + at.of[lane].height, fill: i % 2 ? "#FFFFFF" : "#F6F8FA" }; }),
      sides: at.lanes.map(function (lane) { return { y: at.of[lane].top + at.of[lane].height / 2, text: laneName(lane), sub: at.of[lane].count ? w("lanes.count", { count: at.of[lane].count }) : ALWAYS.indexOf(lane) >= 0 ? w("lanes.none") : null, colour: LANE_COLOURS[lane] }; }),
    };
  }

  function titleOf(route) {
    const place = route.region ? D.regions.filter(function (one) { return one.code === route.region; })[0] : null;
    const parts = [route.practice, route.theme, place ? place.full : null].filter(Boolean);
    return parts.length ? w("lanes.title_of", { what: listed(parts) }) : w("lanes.title");
  }

  // ---------------------------------------------------------------- words for marks

  function flagsOf(tie) {
    return [tie.flags & INTENDED ? w("lanes.intended") : null, tie.flags & COLLECTIVE ? w("lanes.collective") : null, tie.flags & INTERNAL ? w("lanes.internal") : null, tie.period ? dateShown(tie.period) : null];
  }
  function tieText(tie) { return label(tie.kind) + colon() + tie.name; }
  function tell(point) {
    if (!point.dot) return tieText(point.tie);
    return [laneName(point.dot.lane), owners(point.dot)[0], nameOf(point.dot), whenOf(point.dot)].filter(Boolean).join(lang() === "zh" ? "，" : ", ");
  }

  /** The words that date a dot: those of its beginning, of a part those that say that it was applied. */
  function datingQuotes(dot) {
    const row = D.accounts[dot.account];
    if (dot.types) return Array.prototype.concat.apply([], row.types.filter(function (one) { return dot.types.indexOf(one[0]) >= 0; }).map(function (one) { return one[5]; }));
    const started = row.fields.filter(function (one) { return one[0] === "p.started"; })[0];
    return started && dot.state === STATED ? Array.prototype.concat.apply([], started[1].map(function (fact) { return fact[2]; })) : [];
  }

  function openDot(dot, some) {
    const row = D.accounts[dot.account];
    const when = datingQuotes(dot);
    const own = some.filter(function (tie) { return D.lanes.dots[tie.dot][0] === dot.account || (tie.other !== null && D.lanes.dots[tie.other][0] === dot.account); });
    const types = row.types.filter(function (one, i) { return row.types.map(function (other) { return other[0]; }).indexOf(one[0]) === i; });
    panel(row.name,
      el("p", null, account.shown(dot.account)),
      el("dl", { class: "facts" },
        el("dt", { text: w("lanes.lane") }), el("dd", { text: laneName(dot.lane) }),
        row.unions.length ? [el("dt", { text: w("kit.union") }), el("dd", null, row.unions.filter(function (one) { return one[1] === "originator" || one[1] === "superior"; }).map(function (one, i) { return [i ? "；" : null, label("role." + one[1]), colon(), union.shown(one[0])]; }))] : null,
        row.regions.length ? [el("dt", { text: w("kit.region") }), el("dd", null, all(region, row.regions))] : null,
        el("dt", { text: w("kit.date") }), el("dd", { text: whenOf(dot) }),
        el("dt", { text: w("kit.practice_type") }), el("dd", null, all(type, types.map(function (one) { return one[0]; })))),
      when.length ? [el("h4", { text: w("lanes.when_quotes") }), quotes(when, 3)] : el("p", { class: "note", text: w(dot.state === UNDATED ? "lanes.undated_hint" : "lanes.hollow_hint") }),
      el("h4", { text: w("lanes.spread", { count: own.length }) }),
      own.length ? own.map(function (tie) { return tieNode(tie); }) : el("p", { class: "note", text: w("lanes.no_spread") }));
  }
  function tieNode(tie) {
    const more = listed(flagsOf(tie));
    return [el("p", null, account.shown(D.lanes.dots[tie.dot][0]), " — ", label(tie.kind), " → ", tie.other === null ? tie.name : account.shown(D.lanes.dots[tie.other][0]), more ? uncertain(bracketed(more)) : null), quotes(tie.quotes, 4)];
  }

  // ---------------------------------------------------------------- tables

  function dotTable(found) {
    return table({
      name: w("lanes.title"), rows: found,
      columns: [
        { title: w("lanes.lane"), value: function (dot) { return laneName(dot.lane); } },
        { title: w("kit.date"), value: whenOf, order: function (dot) { return dot.notAfter; } },
        { title: w("lanes.by"), value: function (dot) { return dot.state === UNDATED ? "" : dot.notAfter; } },
        { title: w("kit.union"), value: function (dot) { return listed(owners(dot)); } },
        { title: w("kit.account"), value: nameOf, cell: function (dot) { return account.shown(dot.account); } },
        { title: w("kit.region"), value: function (dot) { return listed(D.accounts[dot.account].regions.map(function (one) { return D.regions[one].full; })); } },
      ],
    });
  }
  function tieTable(some) {
    function nameAt(dot) { return D.accounts[D.lanes.dots[dot][0]].name; }
    return table({
      name: w("lanes.ties"), rows: some,
      columns: [
        { title: w("kit.account"), value: function (tie) { return nameAt(tie.dot); }, cell: function (tie) { return account.shown(D.lanes.dots[tie.dot][0]); } },
        { title: w("lanes.relation"), value: function (tie) { return label(tie.kind); } },
        { title: w("lanes.other_end"), value: function (tie) { return tie.name; } },
        { title: w("lanes.lane"), value: function (tie) { return laneName(tie.lane); } },
        { title: w("lanes.remarks"), value: function (tie) { return listed(flagsOf(tie)); } },
        { title: w("kit.quotes"), value: function (tie) { return quotesText(tie.quotes); }, cell: function (tie) { return sources(tie.quotes, tieText(tie)); } },
      ],
    });
  }

  // ---------------------------------------------------------------- the view

  function yearOptions(every) {
    const found = [["", every]];
    for (let year = D.lanes.first; D.lanes.first !== null && year <= D.lanes.last; year += 1) found.push([String(year), String(year)]);
    return found;
  }

  function render(host, route) {
    if (!D.lanes) { // a page of other views
      host.appendChild(nothing(w("kit.no_view"), w("kit.no_view_hint")));
      return null;
    }
    const found = chosen(route);
    const provinces = where(D.regions, function (one) { return one.level === "province" && one.counted; }).concat(route.region ? where(D.regions, function (one) { return one.code === route.region && one.level !== "province"; }) : []);
    append(host, [
      el("h2", { text: w("kit.view_timeline") }),
      filters(practiceSelect(route.practice, w("kit.all")),
        select("theme", w("kit.theme"), [["", w("kit.all")]].concat(D.themes.map(function (one) { return [one.name, one.name]; })), route.theme),
        select("region", w("kit.region"), [["", w("kit.all")]].concat(provinces.map(function (i) { return [D.regions[i].code, D.regions[i].full]; })), route.region),
        select("from", w("lanes.from"), yearOptions(w("lanes.earliest")), route.from), select("to", w("lanes.to"), yearOptions(w("lanes.latest")), route.to)),
    ]);
    if (!found.length) {
      host.appendChild(nothing(w("lanes.nothing"), el("span", null, w("lanes.nothing_hint"), " ", link({ view: "timeline" }, w("lanes.reset")))));
      return null;
    }
    const plan = planOf(found, route);
    const shownTies = plan.lines.filter(function (line) { return line.tie; }).map(function (line) { return line.tie; });
    const key = JSON.stringify([route.practice, route.theme, route.region, route.from, route.to]);
    if (kept.key !== key) { kept.key = key; kept.view = null; }
    const counts = [0, 1, 2].map(function (state) { return found.filter(function (dot) { return dot.state === state; }).length; });
    const scene = Scene.make({
      plan: plan, height: Math.min(1000, plan.box[3] + plan.margin.top + plan.margin.bottom), name: w("lanes.title"), kept: kept,
      tell: function (hit) { return hit.point !== undefined ? tell(plan.points[hit.point]) : plan.lines[hit.line].tie ? tieText(plan.lines[hit.line].tie) : w("lanes.bar"); },
      choose: function (hit) { if (hit) opened(hit); else closePanel(); },
      open: opened,
      ties: function (hit) {
        const tied = [], points = [];
        plan.lines.forEach(function (line, i) {
          if (line.tie && (hit.line === i || line.from === hit.point || line.to === hit.point)) { tied.push(i); points.push(line.from, line.to); }
        });
        return { lines: tied, points: hit.point === undefined ? points : points.concat(hit.point) };
      },
    });
    function opened(hit) {
      const line = hit.line === undefined ? null : plan.lines[hit.line];
      const point = hit.point === undefined ? null : plan.points[hit.point];
      if (point && point.dot) openDot(point.dot, shownTies);
      else if (point) panel(tieText(point.tie), tieNode(point.tie));
      else if (line.tie) panel(tieText(line.tie), tieNode(line.tie));
    }
    append(host, [
      el("p", { class: "shown", role: "status", text: w("lanes.shown", { count: found.length, stated: counts[0], known: counts[1], undated: counts[2], ties: shownTies.length }) }),
      D.about.kept < D.about.matching ? el("p", { class: "note", text: w("lanes.limited", { kept: D.about.kept, all: D.about.matching }) }) : null,
      figure({
        name: w("lanes.title"), title: plan.title, picture: el("div", null, scene.node, SceneSheet.legend(plan)), svg: scene.svg, png: scene.png, note: w("lanes.note"),
        table: el("div", null, el("h3", { text: w("kit.accounts") }), el("div", { class: "accounts" }, dotTable(found)), el("h3", { text: w("lanes.ties") }), shownTies.length ? tieTable(shownTies) : note(w("lanes.no_ties"))),
      }),
    ]);
    return scene.leave;
  }

  view("timeline", { nav: true, order: 3, render: render });
})();
