// How a practice type grew: between least and most, year by year, for all unions, those of a level, or regions.

function practiceCurve(told, key) {
  return told.curves.filter(function (one) { return (one[1] ? one[0] + "." + one[1] : one[0]) === key; })[0];
}
function practiceCurveKey(one) { return one[1] ? one[0] + "." + one[1] : one[0]; }
function practiceCurveName(one) { return one[0] === "union" ? (one[1] ? w("practice.curve_level", { level: levelShown(one[1]) }) : w("practice.curve_all")) : w("practice.unit_" + one[0]); }

function practiceSpan(curves) {
  const years = [];
  curves.forEach(function (one) { one[3].forEach(function (row) { years.push(row[0]); }); });
  return years.length ? [Math.min.apply(null, years), Math.max.apply(null, years)] : null;
}

function practiceSteps(one, given, span) {
  const years = span || practiceSpan([one]);
  const most = one[3].length ? one[3][one[3].length - 1][5] : 1;
  return steps(one[3], { width: given.width, height: given.height, first: years[0], last: years[1], most: most, axes: given.axes });
}

/** The curve chosen, and small ones of all levels to choose from. */
function practiceGrowth(told, kind, route) {
  const curves = told.curves.filter(function (one) { return one[3].length; });
  const section = el("section", null, el("h3", { text: w("practice.growth") }));
  if (!curves.length) {
    section.appendChild(nothing(w("practice.no_dates"), w("practice.no_dates_hint")));
    return { node: section, leave: null };
  }
  const one = practiceCurve({ curves: curves }, route.curve || "union") || curves[0];
  const rows = one[3];
  const title = w("practice.growth_title", { practice: kind.name, what: practiceCurveName(one) });
  const undated = practiceUndated(told, one);
  const drawn = chart({
    label: title, height: 300, before: practiceSteps(one, { width: 640, height: 300, axes: true }),
    traces: practiceTraces(rows), onPoint: function (year) { practiceYear(told, one, Math.round(year)); },
    xaxis: { tickmode: "array", tickvals: yearTicks(rows[0][0], rows[rows.length - 1][0], 12), tickformat: "d", hoverformat: "d", range: [rows[0][0] - 0.6, rows[rows.length - 1][0] + 0.6] },
    yaxis: { title: { text: w("practice.axis") }, tickformat: "d", dtick: practiceTick(rows[rows.length - 1][5]) },
  });
  append(section, [
    practiceChoices(curves, one),
    figure({
      name: practiceFile(kind, "curve"), title: title, picture: el("div", null, practiceLegend(), drawn.node), svg: drawn.svg,
      note: sentences([w("practice.growth_note"), undated ? w("practice.growth_undated", { count: undated }) : null, practiceBase(one)]),
      table: practiceYears(told, one, kind),
    }),
    practiceFits(told),
  ]);
  return { node: section, leave: drawn.leave };
}

/** Sentences one after the other, as the language does. */
function sentences(parts) { return parts.filter(Boolean).join(lang() === "zh" ? "" : " "); }

function practiceTick(most) { return most <= 6 ? 1 : most <= 14 ? 2 : undefined; }

function practiceBase(one) {
  return one[0] === "union" ? w(one[1] ? "practice.base_level" : "practice.base_union", { count: one[2] }) : w("practice.base_" + one[0], { count: one[2], provinces: one[2] - 1 });
}

/** How many adopters of a curve have no date at all; they count as possible from the beginning. */
function practiceUndated(told, one) { return practiceOf(told, one).filter(function (row) { return row[4] === "undated"; }).length; }

/** The adopters that a curve counts. */
function practiceOf(told, one) {
  return (told.adopters[one[0]] || []).filter(function (row) { return !one[1] || D.unions[row[0]].level === one[1]; });
}

function practiceTraces(rows) {
  const x = rows.map(function (row) { return row[0]; });
  function column(i) { return rows.map(function (row) { return row[i]; }); }
  return [
    { type: "scatter", mode: "lines", x: x, y: column(4), name: w("practice.known"), line: { shape: "hvh", color: COLOURS.blue, width: 2.5 }, hovertemplate: "%{y}" },
    { type: "scatter", mode: "lines", x: x, y: column(5), name: w("practice.possible"), line: { shape: "hvh", color: "#5b7fa3", width: 1.5, dash: "dot" }, fill: "tonexty", fillcolor: "rgba(86, 140, 190, 0.16)", hovertemplate: "%{y}" },
    { type: "bar", x: x, y: column(1).map(function (value) { return value || null; }), name: w("practice.new_stated"), marker: { color: COLOURS.orange, line: { color: "#8a5f00", width: 1 }, pattern: { shape: "/", bgcolor: COLOURS.orange, fgcolor: "#8a5f00", size: 5, solidity: 0.25 } }, hovertemplate: "%{y}" },
  ];
}

function practiceLegend() {
  function mark(children) { return svg("svg", { width: 28, height: 14, "aria-hidden": "true" }, children); }
  return el("div", { class: "key" },
    el("span", null, mark(svg("line", { x1: 1, x2: 27, y1: 7, y2: 7, stroke: COLOURS.blue, "stroke-width": 2.5 })), w("practice.known")),
    el("span", null, mark([svg("rect", { x: 1, y: 4, width: 26, height: 10, fill: "#dbe7f0" }), svg("line", { x1: 1, x2: 27, y1: 4, y2: 4, stroke: "#5b7fa3", "stroke-dasharray": "2 2", "stroke-width": 1.5 })]), w("practice.possible")),
    el("span", null, mark(svg("rect", { x: 9, y: 2, width: 9, height: 12, fill: COLOURS.orange, stroke: "#8a5f00" })), w("practice.new_stated")));
}

/** Small curves of every level, each a link to its large one. */
function practiceChoices(curves, current) {
  const span = practiceSpan(curves);
  return el("div", { class: "multiples", role: "group", "aria-label": w("practice.levels") }, curves.map(function (one) {
    const key = practiceCurveKey(one);
    const last = one[3][one[3].length - 1];
    return el("a", { href: address(changed({ curve: key })), class: "multiple", "aria-current": one === current ? "true" : null },
      el("span", { text: practiceCurveName(one) }), practiceSteps(one, { width: 118, height: 34 }, span),
      el("small", { text: last[4] === last[5] ? w("practice.up_to_one", { known: last[4] }) : w("practice.up_to", { known: last[4], possible: last[5] }) }));
  }));
}

/** The numbers of a curve; each year opens the adoptions first known then. */
function practiceYears(told, one, kind) {
  const names = ["new_stated", "new_possible", "newly_known", "known", "possible"];
  return table({
    name: practiceFile(kind, "curve"), rows: one[3], columns: [
      { title: w("practice.year"), value: function (row) { return row[0]; }, cell: function (row) {
        return el("button", { type: "button", class: "year", text: row[0], on: { click: function () { practiceYear(told, one, row[0]); } } });
      } },
    ].concat(names.map(function (name, i) { return { title: w("practice." + name), numeric: true, value: function (row) { return row[i + 1]; } }; })),
  });
}

/** Whose adoption is first known in a year, and what says so. */
function practiceYear(told, one, year) {
  const what = one[0] === "union" ? union : region;
  const found = practiceOf(told, one).filter(function (row) { return row[2] && Number(row[2].slice(0, 4)) === year; });
  panel(w("practice.year_title", { year: year, what: practiceCurveName(one) }), found.length ? found.map(function (row) {
    return el("section", { class: "in-panel" }, el("h4", null, what.shown(row[0])), el("p", { class: "note" }, practiceWhen(row)), quotes(practiceQuotes(told, row), 3));
  }) : el("p", { text: w("practice.year_nothing") }));
}

/** Fitted curves where the years carry them, else the reason. */
function practiceFits(told) {
  if (!told.fits.length && !told.lacking.length) return el("p", { class: "note", text: sentences([w("practice.no_fit"), practiceThin(told)]) });
  return el("div", null,
    told.fits.length ? el("table", { class: "fits" }, el("caption", { text: w("practice.fits") }),
      el("thead", null, el("tr", null, ["curve", "parameter", "value", "error", "r2", "periods"].map(function (name) { return el("th", { scope: "col", class: name === "curve" || name === "parameter" ? null : "numeric", text: w("practice.fit_" + name) }); }))),
      el("tbody", null, told.fits.map(function (fit) {
        return el("tr", null, el("td", { text: fit[0] === "bass" ? "Bass" : "logistic" }), el("td", { text: w("practice.parameter_" + fit[1]) }),
          [2, 3, 4].map(function (i) { return el("td", { class: "numeric", text: fit[1] === "midpoint" && i === 2 ? fit[i].toFixed(1) : fit[i].toPrecision(4) }); }), el("td", { class: "numeric", text: fit[5] }));
      }))) : null,
    told.lacking.map(function (one) { return note(w("practice.lacking", { curve: one[0] === "bass" ? "Bass" : "logistic", why: one[lang() === "zh" ? 1 : 2] })); }));
}
