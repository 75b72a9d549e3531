// The matrix of coverage as a grid that keys walk, its cells opened in the side panel, and the same as a drawing.

let coverageAt = null;

/** The name of a region in the first column: a prefecture with its province. */
function coverageName(at) { return D.regions[at].level === "province" ? D.regions[at].name : D.regions[at].full; }

/** The matrix: a table whose head and first column stay while the rest moves. */
function coverageGrid(shown) {
  const cells = [];
  const head = el("tr", null, el("th", { scope: "col", class: "corner" }, w("kit.region")), shown.columns.map(function (column) {
    const kind = D.coverage.types[column[0]];
    return el("th", { scope: "col", title: coverageColumnTitle(shown, column) }, el("div", { class: "upright" },
      kind[2] === null ? el("span", { text: kind[0] }) : link({ practice: kind[0] }, kind[0]), kind[1] ? el("span", { class: "routine", text: w("coverage.routine") }) : null));
  }));
  const counts = shown.field >= 0 ? el("tr", { class: "counts" }, el("th", { scope: "row" }, w("coverage.in_field")), shown.columns.map(function (column) { return el("td", { text: column[1] }); })) : null;
  const rows = shown.regions.map(function (at, y) {
    cells.push([]);
    return el("tr", null, el("th", { scope: "row" }, link({ region: D.regions[at].code }, coverageName(at), { title: D.regions[at].full })), shown.columns.map(function (column, x) {
      const cell = coverageCell(shown, at, column[0], y, x);
      cells[y].push(cell);
      return cell;
    }));
  });
  const apart = shown.uncounted.map(function (at) {
    return el("tr", { class: "uncounted" }, el("th", { scope: "row", text: D.regions[at].name }), el("td", { colspan: shown.columns.length, text: w("coverage.uncounted") }));
  });
  const grid = el("table", { class: shown.columns.length > 24 ? "matrix dense" : "matrix", role: "grid", "aria-label": coverageTitle(shown) }, el("thead", null, head, counts), el("tbody", null, rows, apart));
  const start = cells[0][0];
  start.tabIndex = 0;
  coverageAt = start;
  grid.addEventListener("click", function (event) {
    const cell = event.target.closest("td[data-y]");
    if (cell) { coverageFocus(cell, false); coverageOpen(shown, Number(cell.dataset.region), Number(cell.dataset.type)); }
  });
  grid.addEventListener("keydown", function (event) { coverageKeys(event, cells, shown); });
  return el("div", { class: "box" }, grid);
}

function coverageColumnTitle(shown, column) {
  const kind = D.coverage.types[column[0]];
  return kind[0] + (shown.field >= 0 ? colon() + w(column[2] ? "coverage.filed" : "coverage.applied", { count: column[1] }) : "");
}

function coverageCell(shown, at, column, y, x) {
  const state = coverageState(shown, at, column);
  const cell = shown.cells[at + " " + column];
  return el("td", {
    class: "cell " + coverageKind(state), role: "gridcell", tabindex: -1, dataset: { y: y, x: x, region: at, type: column },
    "aria-label": w("coverage.cell", { region: D.regions[at].full, type: D.coverage.types[column][0], state: w("coverage.state_" + coverageKind(state)) }) + (cell && cell[3] ? bracketed(w("coverage.of_all", { count: cell[3] })) : ""),
  }, el("span", { "aria-hidden": "true", text: coverageSign(state, cell ? cell[3] : 0) }));
}

/** Arrows walk the cells, Enter opens one. */
function coverageKeys(event, cells, shown) {
  const here = event.target.closest("td[data-y]");
  if (!here) return;
  const y = Number(here.dataset.y);
  const x = Number(here.dataset.x);
  const last = cells[y].length - 1;
  const to = { ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], Home: [y, 0], End: [y, last], PageDown: [Math.min(y + 10, cells.length - 1), x], PageUp: [Math.max(y - 10, 0), x] }[event.key];
  if (to) {
    event.preventDefault();
    if (cells[to[0]] && cells[to[0]][to[1]]) coverageFocus(cells[to[0]][to[1]], true);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    coverageOpen(shown, Number(here.dataset.region), Number(here.dataset.type));
  }
}

function coverageFocus(cell, move) {
  if (coverageAt) coverageAt.tabIndex = -1;
  coverageAt = cell;
  cell.tabIndex = 0;
  cell.focus({ preventScroll: !move });
}

// ---------------------------------------------------------------- a cell, opened

/** What a cell rests on: accounts with their quotes, what ledgers say; or why there is nothing. */
function coverageOpen(shown, at, column) {
  const cell = shown.cells[at + " " + column];
  const kind = D.coverage.types[column];
  const state = coverageKind(coverageState(shown, at, column));
  const told = (cell ? cell[4] : []).map(function (i) { return D.coverage.told[i]; });
  const ours = shown.field >= 0 ? told.filter(function (one) { return one[3].indexOf(shown.field) >= 0; }) : told;
  const others = shown.field >= 0 ? told.filter(function (one) { return one[3].indexOf(shown.field) < 0; }) : [];
  panel(w("coverage.panel_title", { region: D.regions[at].full, type: kind[0] }),
    el("p", null, el("span", { class: "cell " + state, "aria-hidden": "true" }, el("span", { text: coverageSign(state, cell ? cell[3] : 0) })), el("strong", { text: w("coverage.state_" + state) }), " ", w("coverage.why_" + state)),
    el("p", { class: "note" }, region.shown(at), kind[2] === null ? null : [" · ", type.shown(kind[2])]),
    (cell ? cell[5] : []).length ? [el("h4", { text: w("coverage.ledgers") }), cell[5].map(coverageEntry)] : null,
    ours.length ? [el("h4", { text: shown.field >= 0 ? w("coverage.of_field", { field: D.themes[shown.field].name, count: coverageAccounts(ours) }) : w("coverage.of_all", { count: coverageAccounts(ours) }) }), ours.map(coverageTold)] : null,
    others.length ? [el("h4", { text: w("coverage.of_others", { count: coverageAccounts(others) }) }), others.map(coverageTold)] : null);
}

/** How many accounts: two printings of one are one. */
function coverageAccounts(told) {
  const seen = {};
  told.forEach(function (one) { seen[one[2]] = true; });
  return Object.keys(seen).length;
}

function coverageTold(one) {
  return el("section", { class: "in-panel" }, el("p", null, one[0] === null ? one[1] : account.shown(one[0])), quotes(one[4], 3));
}

function coverageEntry(i) {
  const entry = D.coverage.ledger[i];
  const amount = entry[3] === null ? null : number(entry[3]) + (entry[5] === null ? "" : " / " + number(entry[5])) + (entry[4] || "");
  return el("section", { class: "in-panel" },
    el("p", null, region.shown(entry[0]), " ", el("strong", { text: entry[1] ? w("coverage.says_" + entry[1]) : w("coverage.says_nothing") }), amount ? " " + amount : null, " ",
      entry[2] ? el("span", { text: w("coverage.as_of", { date: dateShown(entry[2]) }) }) : uncertain(w("kit.undated"))),
    el("ul", { class: "quotes" }, el("li", null, el("blockquote", { text: entry[8] || "" }), el("cite", { text: (lang() === "zh" ? "《" + entry[6] + "》" : entry[6] + ", ") + (entry[7] || "") }))));
}

// ---------------------------------------------------------------- as a drawing

const COVERAGE_FILL = { record: "#1f5f8b", absent: "#fff", unseen: "#fff", none: "#eceff2" };

/** The same as a drawing, to take into a paper or slides. */
function coverageDrawing(shown) {
  const side = 26;
  const left = shown.level === "province" ? 150 : 210;
  const top = 190;
  const width = Math.max(640, left + side * shown.columns.length + 110); // the last name leans out
  const height = top + side * (shown.regions.length + shown.uncounted.length) + 46;
  function text(x, y, words, more) { return svg("text", Object.assign({ x: x, y: y, "font-size": 13, fill: "#1b2733" }, more), words); }
  function square(at, column, x, y) {
    const state = coverageState(shown, at, column);
    const kind = coverageKind(state);
    const cell = shown.cells[at + " " + column];
    return coverageSquare(left + x * side, top + y * side, side, kind, coverageSign(state, cell ? cell[3] : 0));
  }
  return svg("svg", { viewBox: "0 0 " + width + " " + height, width: width, height: height },
    svg("rect", { width: width, height: height, fill: "#fff" }),
    text(8, 20, coverageTitle(shown), { "font-weight": 600, "font-size": 15 }),
    shown.columns.map(function (column, x) {
      const name = D.coverage.types[column[0]][0];
      const at = left + x * side + side / 2 + 4;
      return text(at, top - 8, name, { transform: "rotate(-60 " + at + " " + (top - 8) + ")" });
    }),
    shown.regions.map(function (at, y) {
      return [text(left - 8, top + y * side + 18, coverageName(at), { "text-anchor": "end" }), shown.columns.map(function (column, x) { return square(at, column[0], x, y); })];
    }),
    shown.uncounted.map(function (at, i) {
      const y = shown.regions.length + i;
      return [text(left - 8, top + y * side + 18, D.regions[at].name, { "text-anchor": "end", fill: "#52606e" }), text(left + 6, top + y * side + 18, w("coverage.uncounted"), { fill: "#52606e" })];
    }),
    ["record", "absent", "unseen", "none"].map(function (kind, i) {
      const x = 8 + i * 150;
      return [coverageSquare(x, height - 34, 22, kind, coverageSign(kind, "n")), text(x + 30, height - 18, w("coverage.state_" + kind))];
    }));
}

function coverageSquare(x, y, side, kind, sign) {
  const edge = kind === "absent" ? "#b3261e" : "#c5ced6";
  const lines = kind === "none" ? [0.33, 0.67, 1].map(function (part) {
    return svg("path", { d: "M" + (x + 1) + " " + (y + side * part) + "L" + (x + side * part) + " " + (y + 1), stroke: "#c5ced6" });
  }) : null;
  return [
    svg("rect", { x: x + 1, y: y + 1, width: side - 2, height: side - 2, fill: COVERAGE_FILL[kind], stroke: edge, "stroke-width": kind === "absent" ? 2 : 1 }),
    lines,
    svg("text", { x: x + side / 2, y: y + side / 2 + 5, "text-anchor": "middle", "font-size": 13, fill: kind === "record" ? "#fff" : kind === "absent" ? "#b3261e" : "#52606e" }, sign),
  ];
}
