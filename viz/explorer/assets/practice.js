// A practice type: who took it up, when, where and from whom, with quotes; its curve; ties, modes and claims as stated.

view("practice", {
  nav: true, order: 2,
  render: function (host, route) {
    if (!route.practice) { practiceList(host); return null; }
    const at = position(D.types, function (one) { return one.name === route.practice; });
    if (at < 0) {
      append(host, [el("h2", { text: route.practice }), filters(practiceSelect(route.practice, w("practice.all"))), nothing(w("kit.not_found", { name: route.practice }), w("kit.not_found_hint"))]);
      return null;
    }
    return practicePage(host, at, route);
  },
});

const PRACTICE_UNITS = ["union", "county", "prefecture", "province"];

// ---------------------------------------------------------------- the list

/** All types by field, each with what there is of it. */
function practiceList(host) {
  append(host, [
    el("h2", { text: w("practice.list_heading") }),
    el("p", { class: "lead", text: w("practice.list_lead") }),
    filters(practiceSelect("", w("kit.choose"))),
  ]);
  const by = D.themes.map(function () { return []; });
  const other = [];
  D.types.forEach(function (one, at) {
    if (!one.count) return;
    if (one.themes.length) one.themes.forEach(function (theme) { by[theme].push(at); });
    else other.push(at);
  });
  append(host, [el("div", { class: "scroll" }, el("table", { class: "practice-list", "aria-label": w("practice.list_heading") },
    el("thead", null, el("tr", null, ["type", "accounts", "unions", "earliest", "ties", "curve"].map(function (name) {
      return el("th", { scope: "col", class: name === "accounts" || name === "unions" || name === "ties" ? "numeric" : null, text: w("practice.list_" + name) });
    }))),
    by.map(function (some, theme) { return some.length ? practiceGroup(D.themes[theme].name, some) : null; }),
    other.length ? practiceGroup(w("practice.no_theme"), other) : null))]);
}

function practiceGroup(title, some) {
  const rows = some.sort(function (a, b) { return D.types[a].routine - D.types[b].routine || D.types[b].count - D.types[a].count || D.types[a].name.localeCompare(D.types[b].name, "zh"); });
  return el("tbody", null, el("tr", { class: "field" }, el("th", { colspan: 6, scope: "rowgroup", text: title })), rows.map(practiceRow));
}

function practiceRow(at) {
  const kind = D.types[at];
  const told = D.practices.types[at];
  const adopters = told.adopters.union || [];
  const whole = practiceCurve(told, "union");
  return el("tr", null,
    el("th", { scope: "row" }, link({ practice: kind.name }, kind.name), kind.routine ? el("span", { class: "badge", text: w("practice.routine") }) : null),
    el("td", { class: "numeric", text: kind.count }),
    el("td", { class: "numeric" }, kind.routine ? uncertain("—") : adopters.length),
    el("td", null, kind.routine ? uncertain(w("practice.routine_short")) : adopters.length && adopters[0][2] ? interval(adopters[0][1], adopters[0][2], adopters[0][3]) : uncertain(w("kit.undated"))),
    el("td", { class: "numeric", text: told.ties.length }),
    el("td", null, whole && whole[3].length ? practiceSteps(whole, { width: 132, height: 26 }) : null));
}

// ---------------------------------------------------------------- the page of a type

function practicePage(host, at, route) {
  const kind = D.types[at];
  const told = D.practices.types[at];
  append(host, [
    el("div", { class: "practice-top" }, el("h2", { text: kind.name }), filters(practiceSelect(kind.name, w("practice.all")))),
    practiceHead(at),
  ]);
  if (kind.routine) {
    append(host, [el("p", { class: "practice-why", text: w("practice.routine_why") }), practiceAccounts(told), practiceTies(told), practiceClaims(told)]);
    return null;
  }
  const picture = practiceGrowth(told, kind, route);
  const map = practiceMap(at, route);
  append(host, [
    practiceAdopters(told, kind, route),
    el("div", { class: map ? "practice-pictures" : null }, picture.node, map),
    practiceTies(told),
    practiceModes(told),
    practiceClaims(told),
  ]);
  return picture.leave;
}

/** The provinces as tiles by earliest record, with a slider of years; nothing where the page holds no map. */
function practiceMap(at, route) {
  if (!D.map || typeof tileMap !== "function") return null;
  const span = mapSpan();
  const when = mapWhen(route);
  const name = D.types[at].name;
  const says = el("p", { class: "note", role: "status", "aria-live": "polite" });
  const tiles = tileMap(at, {
    year: when.year, stated: when.stated, title: mapTitle(at, when), says: function (text) { says.textContent = text; },
    onPick: function (place) { mapPanel(at, "province", place, mapWhen(route)); },
  });
  function turned(year) { tiles.recolour({ year: year >= span.last ? null : year, stated: when.stated }); }
  return el("section", { class: "practice-map" }, el("h3", { text: w("practice.map") }),
    filters(slider("year", w("practice.map_year"), span.first, span.last, when.year === null ? span.last : when.year, turned)),
    figure({ name: practiceFile(D.types[at], "map"), title: w("practice.map_title"), picture: tiles, table: mapTable(at, "province", when) }), says,
    el("p", { class: "note" }, link({ view: "map", practice: name }, w("practice.see_large"))));
}

/** What it is, how many accounts, in which fields, for whom: fields and groups counted apart. */
function practiceHead(at) {
  const kind = D.types[at];
  const told = D.practices.types[at];
  const counts = practiceCounts(told.adopters.union || []);
  function counted(pairs, what) {
    return strung(pairs.map(function (pair) { return [what.shown(pair[0]), " ", el("span", { class: "count", text: pair[1] })]; }));
  }
  const links = [["timeline", "practice.see_timeline"], ["network", "practice.see_network"], ["map", "practice.see_map"], ["coverage", "practice.see_coverage"]]
    .filter(function (one) { return D.about.views.indexOf(one[0]) >= 0; });
  return el("div", { class: "practice-head" },
    el("dl", null,
      practiceTerm("practice.also", told.aliases.length ? listed(told.aliases) : null),
      practiceTerm("practice.part_of", told.broader.length ? all(type, told.broader) : null),
      practiceTerm("practice.material", kind.routine ? w("practice.material_routine", { accounts: kind.count })
        : w("practice.material_counts", Object.assign({ accounts: kind.count, unions: (told.adopters.union || []).length }, counts))),
      practiceTerm("practice.themes", told.themes.length ? counted(told.themes, theme) : null, w("practice.themes_hint")),
      practiceTerm("practice.groups", told.groups.length ? counted(told.groups, group) : null, w("practice.groups_hint"))),
    links.length ? el("p", { class: "practice-links" }, w("practice.see") + colon(), links.map(function (one, i) {
      return [i ? " · " : null, link({ view: one[0], practice: kind.name }, w(one[1]))];
    })) : null);
}

function practiceTerm(key, value, hint) {
  return value ? [el("dt", { text: w(key), title: hint }), el("dd", null, value)] : null;
}

/** How many adoptions are stated, known by a date, undated. */
function practiceCounts(adopters) {
  const counts = { stated: 0, known_by: 0, undated: 0 };
  adopters.forEach(function (one) { counts[one[4] === "left" ? "known_by" : one[4] === "undated" ? "undated" : "stated"] += 1; });
  return counts;
}

// ---------------------------------------------------------------- who, when, where, from whom

function practiceAdopters(told, kind, route) {
  const units = PRACTICE_UNITS.filter(function (unit) { return (told.adopters[unit] || []).length; });
  const unit = units.indexOf(route.unit) >= 0 ? route.unit : units[0];
  if (!unit) return [el("h3", { text: w("practice.who") }), nothing(w("practice.nobody"), w("practice.nobody_hint"))];
  const rows = told.adopters[unit];
  const earliest = rows[0][2] ? rows.filter(function (row) { return row[2] === rows[0][2]; }) : [];
  // Where many are known by one date, that date tells of the document and not of them.
  const marked = earliest.length <= 3 ? earliest : [];
  const classes = rows.some(function (row) { return row[6]; });
  const what = unit === "union" ? union : region;
  const kinds = unit === "union" ? D.unions : D.regions;
  const columns = [
    { title: w("practice.unit_" + unit), value: function (row) { return kinds[row[0]].full || kinds[row[0]].name; }, cell: function (row) {
      return el("span", null, what.shown(row[0]), marked.indexOf(row) >= 0 ? el("span", { class: "badge first", text: w("practice.earliest") }) : null);
    } },
    unit === "union" ? { title: w("kit.level"), value: function (row) { return levelShown(D.unions[row[0]].level); } } : null,
    { title: w("practice.when"), value: function (row) { return interval(row[1], row[2], row[3]); }, order: function (row) { return row[2]; }, cell: function (row) { return practiceWhen(row); } },
    unit === "union" ? { title: w("practice.where"), value: function (row) { return listed(practiceWhere(told, row).map(function (i) { return D.regions[i].full; })); },
      cell: function (row) { return el("span", null, all(region, practiceWhere(told, row))); } } : null,
    { title: w("practice.from_whom"), value: function (row) { return listed(practiceFrom(told, row).map(function (tie) { return label(tie[1]) + " " + tie[3] + (tie[7].length ? bracketed(listed(tie[7].map(function (flag) { return w("practice.flag_" + flag); }))) : ""); })); },
      cell: function (row) { return practiceFromShown(told, row); } },
    classes ? { title: w("practice.class"), value: function (row) { return row[6] ? w("practice.class_" + row[6]) : ""; } } : null,
    { title: w("practice.evidence"), value: function (row) { return quotesText(practiceQuotes(told, row)); },
      cell: function (row) { return practiceEvidence(told, row, kinds[row[0]].name); } },
  ].filter(Boolean);
  return [
    el("h3", { text: w("practice.who") }),
    note(w("practice.order_note")),
    filters(select("unit", w("practice.unit"), units.map(function (one) { return [one, w("practice.unit_" + one) + bracketed(told.adopters[one].length)]; }), unit)),
    el("div", { class: "adopters" }, table({ name: practiceFile(kind, "adopters"), rows: rows, page: 15, columns: columns })),
    told.unplaced[unit] ? note(w(unit === "union" ? "practice.unplaced_union" : "practice.unplaced", { count: told.unplaced[unit] })) : null,
    classes ? note(w("practice.class_note")) : null,
  ];
}

/** The name of a file about a type; a name may hold signs that a file's may not. */
function practiceFile(kind, what) { return kind.name.replace(/[\\/:*?"<>|]/g, "_") + "_" + w("practice.file_" + what); }

function practiceWhen(row) {
  const text = interval(row[1], row[2], row[3]);
  return row[4] === "left" || row[4] === "undated" ? uncertain(text) : el("span", { text: text });
}

function practiceWhere(told, row) {
  const found = [];
  row[5].forEach(function (i) { told.cases[i][3].forEach(function (place) { if (found.indexOf(place) < 0) found.push(place); }); });
  return found;
}

/** The stated ties of an adopter's accounts by which it had the practice from somebody. */
function practiceFrom(told, row) {
  return told.ties.filter(function (tie) { return tie[2] === "in" && row[5].indexOf(tie[0]) >= 0; });
}

function practiceFromShown(told, row) {
  const ties = practiceFrom(told, row);
  if (!ties.length) return uncertain(w("practice.not_stated"));
  return el("span", null, ties.map(function (tie) {
    return el("div", null, label(tie[1]) + " ", practiceOther(tie), practiceFlags(tie), " ", sources(tie[8], label(tie[1]) + " " + tie[3]));
  }));
}

function practiceEvidence(told, row, name) {
  const words = practiceQuotes(told, row);
  const first = words.length ? D.quotes[words[0]] : null;
  return el("div", { class: "evidence" },
    el("div", null, strung(row[5].map(function (i) { return practiceCase(told.cases[i]); }))),
    first ? el("q", { text: first[4].length > 54 ? first[4].slice(0, 54) + "…" : first[4], title: quotePlace(first) }) : null, " ", sources(words, name));
}

/** What an adoption rests on: the words of its accounts, of that which gives the upper bound first. */
function practiceQuotes(told, row) {
  const found = new Set();
  row[5].forEach(function (i) { told.cases[i][4].forEach(function (quote) { found.add(quote); }); });
  return Array.from(found);
}

/** An account as a link, or by name alone where this page does not show it in full. */
function practiceCase(given) {
  return given[0] === null ? el("span", { text: given[1], title: w("practice.not_kept") }) : account.shown(given[0]);
}

/** Why neither classes nor curves are fitted. */
function practiceThin(told) {
  return w("practice.thin", { stated: told.dated[1], adopters: told.dated[0], years: told.dated[2] });
}
