// The view `map`: one practice type, or all that are not routine, by the earliest record in each region.

const MAP_FORMS = ["tiles", "province", "prefecture"];
/** More small grids than these are shown on demand. */
const MAP_GRIDS = 40;

view("map", {
  nav: true, order: 5,
  render: function (host, given) {
    if (!D.map) {
      append(host, [el("h2", { text: w("kit.view_map") }), nothing(w("kit.no_view"), w("kit.no_view_hint"))]);
      return undefined;
    }
    const kind = given.practice ? position(D.types, function (one) { return one.name === given.practice; }) : null;
    if (kind === -1) {
      append(host, [el("h2", { text: w("kit.view_map") }), filters(practiceSelect(given.practice, w("map.every"))),
        nothing(w("kit.not_found", { name: given.practice }), w("map.choose_other"))]);
      return undefined;
    }
    const form = D.map.geometry && MAP_FORMS.indexOf(given.map) > 0 ? given.map : "tiles";
    const layer = form === "prefecture" ? "prefecture" : "province";
    const when = mapWhen(given);
    const routine = kind !== null && D.types[kind].routine;
    const status = el("p", { class: "status", role: "status", "aria-live": "polite", text: w(form === "tiles" ? "map.hint_tiles" : "map.hint_drawn") });
    function says(text) { status.textContent = text; }
    function onPick(region) { mapPanel(kind, layer, region, mapWhen(route)); }
    const title = mapTitle(kind, when);
    const picture = form === "tiles" ? tileMap(kind, { year: when.year, stated: when.stated, title: title, onPick: onPick, says: says })
      : mapDrawn(kind, layer, { when: when, title: title, onPick: onPick, says: says });

    const tally = el("p", { class: "tally" });
    const beside = el("div", { class: "rows" });
    function told(now) {
      tally.textContent = mapTallySaid(kind, layer, now);
      empty(beside);
      beside.appendChild(mapTable(kind, layer, now));
    }
    told(when);
    let waiting = 0;
    function onYear(year) {
      const now = { year: year >= mapSpan().last ? null : year, stated: when.stated };
      picture.recolour(now);
      clearTimeout(waiting);
      waiting = setTimeout(function () { told(now); }, 150);
    }

    const span = mapSpan();
    append(host, [
      el("div", { class: "head" }, el("h2", { text: w("kit.view_map") }), D.map.geometry ? mapTabs(form) : null),
      el("div", { class: "choices" }, practiceSelect(given.practice, w("map.every")),
        routine ? null : slider("year", w("map.year"), span.first, span.last, when.year === null ? span.last : when.year, onYear),
        routine ? null : select("dates", w("map.dates"), [["", w("map.dates_all")], ["stated", w("map.dates_stated")]], when.stated ? "stated" : "")),
      D.map.geometry ? null : note(w("map.only_tiles")),
      routine ? note(w("map.routine")) : null,
      el("div", { class: "sheet" },
        figure({
          name: "map-" + (kind === null ? "all" : D.types[kind].name) + "-" + form, title: w("map.caption_" + form), picture: picture,
          svg: function () { return picture.whole ? picture.whole() : svgText(picture); },
          note: w("map.reading"),
        }),
        el("section", { class: "beside", "aria-label": w("kit.as_table") }, tally, status, picture.zoom ? mapTools(picture) : null, beside)),
      kind === null ? mapGrids(when) : null,
    ]);
    return function () { clearTimeout(waiting); };
  },
});

/** The moment that the address asks for: a year before the last one, or everything. */
function mapWhen(given) {
  const year = Number(given.year);
  return { year: given.year && year < mapSpan().last ? Math.max(year, mapSpan().first) : null, stated: given.dates === "stated" };
}

function mapTitle(kind, when) {
  const name = kind === null ? w("map.every") : D.types[kind].name;
  const routine = kind !== null && D.types[kind].routine;
  return w(routine ? "map.title_routine" : when.year === null ? "map.title" : "map.title_year", { name: name, year: when.year });
}

/** The three forms. */
function mapTabs(form) {
  return el("nav", { class: "forms", "aria-label": w("map.forms") }, MAP_FORMS.map(function (one) {
    return link(changed({ map: one === "tiles" ? null : one }), w("map.form_" + one), { "aria-current": one === form ? "true" : null });
  }));
}

function mapTools(picture) {
  function tool(key, does) { return el("button", { type: "button", class: "tool", text: w("map." + key), title: w("map." + key + "_hint"), on: { click: does } }); }
  return el("div", { class: "tools zoom", role: "group", "aria-label": w("map.zoom") },
    tool("zoom_in", function () { picture.zoom(1.6); }), tool("zoom_out", function () { picture.zoom(1 / 1.6); }), tool("zoom_fit", picture.fit));
}

/** The text table: counted regions by their codes; of many, first those that there is material of. Nothing here ranks regions. */
function mapTable(kind, layer, when, every) {
  const found = mapRows(kind, layer);
  const all = D.map.layers[layer].regions.map(function (at) { return { at: at, cell: mapCell(kind, layer, at, found[at], when) }; })
    .sort(function (a, b) { return D.regions[a.at].code < D.regions[b.at].code ? -1 : 1; });
  const rows = every || layer === "province" ? all : all.filter(function (row) { return row.cell.state !== "nothing"; });
  function since(row) { return row.cell.row && MAP_KINDS[row.cell.state] === "recorded" ? interval(row.cell.row[1], row.cell.row[2], row.cell.row[3]) : ""; }
  const more = rows.length === all.length ? null : el("p", { class: "note" }, w("map.left_out", { count: all.length - rows.length }), " ",
    el("button", { type: "button", class: "more", text: w("map.list_all"), on: { click: function () { host.parentNode.replaceChild(mapTable(kind, layer, when, true), host); } } }));
  const host = el("div", null, table({
    name: "map-" + layer, page: 40, rows: rows, columns: [
      { title: w("map.code"), value: function (row) { return D.regions[row.at].code; } },
      { title: w("kit.region"), value: function (row) { return D.regions[row.at].full; }, cell: function (row) { return region.shown(row.at); } },
      {
        title: w("map.state"), value: function (row) { return w("map.state_" + row.cell.state, { year: when.year }); },
        cell: function (row) { return el("span", { class: "state", text: w("map.state_" + row.cell.state, { year: when.year }) }); },
      },
      { title: w("map.since"), value: since },
      {
        title: w("map.evidence"), value: function (row) { return mapQuotes(kind, layer, row.at).map(function (at) { return D.quotes[at][4]; }).join(" | "); },
        cell: function (row) {
          return row.cell.row ? el("button", { type: "button", class: "sources", text: w("map.open"), "aria-label": w("map.open_of", { name: D.regions[row.at].full }), on: { click: function () { mapPanel(kind, layer, row.at, when); } } }) : uncertain("—");
        },
      },
    ],
  }), more);
  return host;
}

/** The quotes behind what is on record of a region. */
function mapQuotes(kind, layer, at) {
  const found = mapTypesOf(kind, layer, at).map(function (pair) { return pair[1][5]; });
  return Array.prototype.concat.apply([], found);
}

/** The rows of a region as [position of the type, row], of one type or of all that are not routine, by the type's name. */
function mapTypesOf(kind, layer, at) {
  const types = D.map.layers[layer].types;
  const kinds = kind === null ? Object.keys(types).map(Number).filter(function (one) { return !D.types[one].routine; }) : [kind];
  return kinds.map(function (one) {
    return [one, (types[one] || []).filter(function (row) { return row[0] === at; })[0]];
  }).filter(function (pair) { return pair[1]; }).sort(function (a, b) { return D.types[a[0]].name.localeCompare(D.types[b[0]].name, "zh"); });
}

/** What is known of a region, with who, when and the words; a link leads to its page. */
function mapPanel(kind, layer, at, when) {
  const cell = mapCell(kind, layer, at, mapRows(kind, layer)[at], when);
  const parts = [el("p", { class: "said", text: mapCellSaid(kind, cell) })];
  if (cell.state !== "uncounted") {
    mapTypesOf(kind, layer, at).forEach(function (pair) {
      if (kind === null) parts.push(el("h4", null, type.shown(pair[0])), el("p", { text: interval(pair[1][1], pair[1][2], pair[1][3]) }));
      parts.push(mapEvidence(pair[1], kind === null));
    });
  }
  parts.push(el("p", { class: "onward" }, link({ region: D.regions[at].code }, w("map.to_region"))));
  if (kind !== null) parts.push(el("p", { class: "onward" }, link({ practice: D.types[kind].name }, w("map.to_practice", { name: D.types[kind].name }))));
  panel(D.regions[at].full, parts);
}

/** Who, in which accounts, and the quotes; what ledgers say stands apart. */
function mapEvidence(row, short) {
  const parts = [];
  if (row[4].length) {
    parts.push(el("ul", { class: "who" }, row[4].map(function (at) {
      const owners = D.accounts[at].unions.filter(function (pair) { return pair[1] === "originator"; }).map(function (pair) { return pair[0]; });
      return el("li", null, account.shown(at), owners.length ? el("div", { class: "by" }, w("map.by"), all(union, owners)) : null);
    })));
  }
  if (row[6] > 0) parts.push(note(w("map.others", { count: row[6] })));
  if (row[5].length) parts.push(short ? el("p", null, sources(row[5])) : quotes(row[5], 6));
  if (row[7].length) {
    parts.push(el("h4", { text: w("map.ledgers") }), el("ul", { class: "ledgers" }, row[7].map(function (entry) {
      return el("li", null, w("map.ledger", { title: entry[2] || "", date: entry[1] ? dateShown(entry[1]) : w("kit.undated"), status: w(entry[0] === "开展" ? "map.ledger_yes" : "map.ledger_no") }),
        entry[3] ? el("blockquote", { text: entry[3] }) : null);
    })));
  }
  return el("div", { class: "evidence" }, parts);
}

/** One small grid for each practice type that is not routine and on record anywhere: a first overview. */
function mapGrids(when) {
  const types = D.map.layers.province.types;
  const kinds = Object.keys(types).map(Number).filter(function (kind) {
    return !D.types[kind].routine && mapTally(kind, "province", { year: null, stated: false }).recorded > 0;
  }).sort(function (a, b) { return D.types[b].count - D.types[a].count || D.types[a].name.localeCompare(D.types[b].name, "zh"); });
  const list = el("ul", { class: "grids" });
  function put(from, to) {
    kinds.slice(from, to).forEach(function (kind) {
      const name = D.types[kind].name;
      list.appendChild(el("li", null, link(changed({ practice: name }), [tileMap(kind, { small: true, year: when.year, stated: when.stated }), el("span", { text: name })])));
    });
  }
  put(0, MAP_GRIDS);
  const more = kinds.length > MAP_GRIDS ? el("button", { type: "button", class: "more", text: w("kit.more", { count: kinds.length - MAP_GRIDS }), on: { click: function () { put(MAP_GRIDS, kinds.length); more.parentNode.removeChild(more); } } }) : null;
  return el("section", { class: "small-multiples" }, el("h3", { text: w("map.grids") }), note(w("map.grids_note")),
    kinds.length ? list : nothing(w("map.no_grids"), w("map.no_grids_hint")), more);
}
