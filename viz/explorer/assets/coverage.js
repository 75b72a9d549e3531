// Coverage: regions in the order of their codes by practice types. Four kinds of cells, told apart by sign, pattern and
// colour; only what a ledger confirms as absent is a gap. No totals by region: nothing here ranks.

view("coverage", {
  nav: true, order: 6,
  render: function (host, route) {
    const shown = coverageChosen(route);
    append(host, [
      el("h2", { text: w("coverage.heading") }),
      el("p", { class: "lead", text: w("coverage.lead") }),
      coverageFilters(shown),
      coverageKey(),
    ]);
    if (!shown.columns.length || !shown.regions.length) {
      host.appendChild(nothing(w("coverage.nothing"), w("coverage.nothing_hint")));
      return;
    }
    append(host, [
      el("p", { class: "summary" }, coverageSummary(shown)),
      figure({
        name: coverageFile(shown), title: coverageTitle(shown), picture: coverageGrid(shown), svg: function () { return svgText(coverageDrawing(shown)); },
        note: coverageNote(shown), table: coverageTable(shown),
      }),
    ]);
  },
});

/** As many columns as the question planning.coverage_matrix shows, unless more are asked for. */
const COVERAGE_MOST = 15;

/** What the address chooses: level, field, region; the columns and the regions that follow. */
function coverageChosen(route) {
  const all = D.coverage;
  const level = all.levels[route.level] ? route.level : "province";
  const of = all.levels[level];
  let field = position(D.themes, function (one) { return one.name === route.theme; });
  const every = route.theme === "*";
  if (field < 0 && !every) field = coverageFirstField();
  const named = route.practice ? position(all.types, function (one) { return one[0] === route.practice; }) : -1;
  const columns = named >= 0 ? [[named, all.types[named][3], false]]
    : every ? where(all.types, function (one) { return one[3] > 0 || coverageInLedger(one); }).map(function (i) { return [i, all.types[i][3], false]; })
      : all.fields[field];
  const most = every || named >= 0 || route.types === "all" ? columns.length : COVERAGE_MOST;
  const inside = route.region ? position(D.regions, function (one) { return one.code === route.region; }) : -1;
  const cells = {};
  of.cells.forEach(function (cell) { cells[cell[0] + " " + cell[1]] = cell; });
  const material = {};
  of.material.forEach(function (i) { material[i] = true; });
  const asked = of.regions.filter(function (i) { return inside < 0 || within(i, inside); });
  const touched = {};
  of.cells.forEach(function (cell) { touched[cell[0]] = true; });
  // Hundreds of prefectures without any material would bury the others.
  const brief = level !== "province" && route.rows !== "all";
  const regions = brief ? asked.filter(function (i) { return material[i] || touched[i]; }) : asked;
  return {
    level: level, field: every || named >= 0 ? -1 : field, every: every, practice: named, inside: inside, cells: cells, material: material,
    columns: columns.slice(0, most), left: columns.length - Math.min(most, columns.length), regions: regions, hidden: asked.length - regions.length, brief: brief,
    uncounted: level === "province" && inside < 0 ? all.uncounted : [],
  };
}

function coverageInLedger(one) { return D.coverage.levels.province.cells.some(function (cell) { return D.coverage.types[cell[1]] === one && cell[5].length; }); }

/** The field to begin with: that with most accounts; of several the first of the programme. */
function coverageFirstField() {
  let best = 0;
  D.themes.forEach(function (one, i) { if (one.accounts > D.themes[best].accounts) best = i; });
  return best;
}

/** The state of a cell: record, ledger (on record by a ledger alone), absent, unseen, none. */
function coverageState(shown, at, column) {
  const cell = shown.cells[at + " " + column];
  if (cell && cell[2] === "record") return cell[3] ? "record" : "ledger";
  if (cell && cell[2] === "absent") return "absent";
  return shown.material[at] ? "unseen" : "none";
}

/** The kind that a state belongs to: there are four. */
function coverageKind(state) { return state === "ledger" ? "record" : state; }

// ---------------------------------------------------------------- around the matrix

function coverageFilters(shown) {
  const practice = shown.practice >= 0;
  const themes = [["*", w("coverage.every_field")]].concat(D.themes.map(function (one) { return [one.name, w("coverage.field_option", { name: one.name, count: one.accounts })]; }));
  const regions = [["", w("coverage.everywhere")]].concat(where(D.regions, function (one) { return one.level === "province" && one.counted && !one.until; })
    .map(function (i) { return [D.regions[i].code, D.regions[i].name]; }));
  const current = shown.inside >= 0 ? D.regions[shown.inside].code : "";
  const theme = el("select", { name: "theme", on: { change: function () { go(changed({ view: "coverage", theme: theme.value, practice: null, types: null })); } } },
    practice ? el("option", { value: "", selected: true }, w("coverage.by_type")) : null,
    themes.map(function (one) { return el("option", { value: one[0], selected: !practice && (shown.every ? one[0] === "*" : shown.field >= 0 && one[0] === D.themes[shown.field].name) }, one[1]); }));
  return filters(
    select("level", w("kit.level"), [["province", w("coverage.level_province")], ["prefecture", w("coverage.level_prefecture")]], shown.level),
    el("label", { class: "choice" }, el("span", { text: w("kit.theme") }), theme),
    select("region", w("kit.region"), regions, current),
    practice ? el("span", null, w("coverage.one_type"), type.shown(D.coverage.types[shown.practice][2])) : null,
    shown.left ? link(changed({ types: "all" }), w("coverage.more_types", { count: shown.left })) : null,
    shown.hidden ? link(changed({ rows: "all" }), w("coverage.more_regions", { count: shown.hidden })) : null);
}

/** The four kinds of cells in words, each beside its look. */
function coverageKey() {
  return el("ul", { class: "key", "aria-label": w("coverage.key") }, ["record", "absent", "unseen", "none"].map(function (kind) {
    return el("li", null, el("span", { class: "cell " + kind, "aria-hidden": "true" }, el("span", { text: coverageSign(kind, 3) })), el("span", null, el("strong", { text: w("coverage.state_" + kind) }), " ", w("coverage.means_" + kind)));
  }));
}

/** The sign in a cell: the number of accounts, or a sign of its kind. */
function coverageSign(state, accounts) {
  return state === "record" ? String(accounts) : state === "ledger" ? w("coverage.sign_ledger") : state === "absent" ? "✕" : state === "unseen" ? "·" : "";
}

function coverageTitle(shown) {
  const what = shown.practice >= 0 ? D.coverage.types[shown.practice][0] : shown.every ? w("coverage.every_field") : D.themes[shown.field].name;
  return w("coverage.title", { level: w("coverage.level_" + shown.level), what: what, where: shown.inside >= 0 ? D.regions[shown.inside].full : w("coverage.everywhere") });
}

function coverageFile(shown) { return (w("coverage.file") + "_" + (shown.practice >= 0 ? D.coverage.types[shown.practice][0] : shown.every ? w("coverage.every_field") : D.themes[shown.field].name)).replace(/[\\/:*?"<>|]/g, "_"); }

/** How many cells of each kind, and every gap by name. */
function coverageSummary(shown) {
  const counts = { record: 0, absent: 0, unseen: 0, none: 0 };
  const absent = [];
  shown.regions.forEach(function (at) {
    shown.columns.forEach(function (column) {
      const kind = coverageKind(coverageState(shown, at, column[0]));
      counts[kind] += 1;
      if (kind === "absent") absent.push([at, column[0]]);
    });
  });
  const regions = shown.level === "province" && shown.inside < 0 ? w("coverage.base", { count: shown.regions.length - 1 }) : w("coverage.regions", { count: shown.regions.length });
  return [
    w("coverage.summary", Object.assign({ regions: regions, types: shown.columns.length }, counts)), lang() === "zh" ? "" : " ",
    absent.length ? [w("coverage.gaps"), absent.map(function (one, i) {
      return [i ? (lang() === "zh" ? "；" : "; ") : null, region.shown(one[0]), " ", el("button", { type: "button", class: "sources", text: D.coverage.types[one[1]][0], on: { click: function () { coverageOpen(shown, one[0], one[1]); } } })];
    })] : w("coverage.no_gaps"),
  ];
}

function coverageNote(shown) {
  return sentences([
    shown.level === "prefecture" ? w("coverage.note_prefecture") : w("coverage.note_province"),
    shown.brief && shown.hidden ? w("coverage.note_hidden", { count: shown.hidden }) : null,
    shown.field >= 0 ? w("coverage.note_field") : null,
    w("coverage.note_keys"),
  ]);
}

/** The cells as a table, a row each: what the CSV holds. */
function coverageTable(shown) {
  const rows = [];
  shown.regions.forEach(function (at) { shown.columns.forEach(function (column) { rows.push([at, column[0], column[1]]); }); });
  return table({
    name: coverageFile(shown), rows: rows, page: 20, columns: [
      { title: w("coverage.code"), value: function (row) { return D.regions[row[0]].code; } },
      { title: w("kit.region"), value: function (row) { return D.regions[row[0]].full; }, cell: function (row) { return region.shown(row[0]); } },
      { title: w("kit.practice_type"), value: function (row) { return D.coverage.types[row[1]][0]; } },
      { title: w("coverage.state"), value: function (row) { return w("coverage.state_" + coverageKind(coverageState(shown, row[0], row[1]))); },
        cell: function (row) { return el("button", { type: "button", class: "sources", text: w("coverage.state_" + coverageKind(coverageState(shown, row[0], row[1]))), on: { click: function () { coverageOpen(shown, row[0], row[1]); } } }); } },
      { title: w("coverage.accounts"), numeric: true, value: function (row) { const cell = shown.cells[row[0] + " " + row[1]]; return cell ? cell[3] : 0; } },
      { title: w("coverage.ledger_says"), value: function (row) { return coverageLedger(shown, row[0], row[1]); } },
    ].concat(shown.field >= 0 ? [{ title: w("coverage.in_field"), numeric: true, value: function (row) { return row[2]; } }] : []),
  });
}

/** What ledgers say of a cell, each with its date. */
function coverageLedger(shown, at, column) {
  const cell = shown.cells[at + " " + column];
  const said = {};
  (cell ? cell[5] : []).forEach(function (i) {
    const entry = D.coverage.ledger[i];
    if (entry[1]) said[(entry[2] || w("kit.undated")) + " " + w("coverage.says_" + entry[1])] = true;
  });
  return Object.keys(said).sort().join(lang() === "zh" ? "；" : "; ");
}
