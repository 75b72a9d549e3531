// In which state each region is with a practice type in a year, and how a state is drawn: shared by tiles and maps.

/** What dates a beginning as a document states it; everything else is only an upper bound. */
const MAP_STATED = ["stated_start", "own_date"];
/** Fills of the periods, the earliest darkest: one hue, told apart by lightness, so safe for every eye and in grey. */
const MAP_PERIOD_FILLS = ["#0b3d73", "#2b6cab", "#5c9bd1", "#9cc5e6", "#d3e6f5"];
const MAP_FILLS = { unseen: "#eef1f4", later: "#eef1f4", uncounted: "#ffffff", none: "#ffffff", routine: "#8fc1ad" };
/** States that are drawn as a pattern, so that they differ in more than colour. */
const MAP_PATTERNS = ["possible", "undated", "denied", "nothing"];
/** The four kinds of cells, and which states are of each. */
const MAP_KINDS = {
  recorded: "recorded", routine: "recorded", possible: "recorded", undated: "recorded",
  denied: "denied", unseen: "unseen", later: "unseen", nothing: "nothing", uncounted: "uncounted", none: "uncounted",
};

function mapYear(day) { return Number(day.slice(0, 4)); }

/** The rows of a practice type (null: all that are not routine) by region: [region, first, last, basis, accounts, quotes, others, entries]. */
function mapRows(kind, layer) {
  const of = D.map.layers[layer];
  const found = {};
  (kind === null ? of.all : of.types[kind] || []).forEach(function (row) { found[row[0]] = row; });
  return found;
}

let mapSpanFound = null;
/** The last year that any date of the map speaks of, and the one before the first, when nothing is on record yet. */
function mapSpan() {
  if (mapSpanFound && mapSpanFound.of === D) return mapSpanFound;
  const years = [];
  mapEachRow(function (row) {
    if (row[1]) years.push(mapYear(row[1]));
    if (row[2]) years.push(mapYear(row[2]));
  });
  if (D.about.end) years.push(mapYear(D.about.end));
  const known = years.length ? years : [new Date().getFullYear()];
  mapSpanFound = { of: D, first: Math.min.apply(null, known) - 1, last: Math.max.apply(null, known), periods: null };
  return mapSpanFound;
}

function mapEachRow(each) {
  Object.keys(D.map.layers).forEach(function (layer) {
    const types = D.map.layers[layer].types;
    Object.keys(types).forEach(function (kind) { if (!D.types[kind].routine) types[kind].forEach(each); });
  });
}

/** At most five periods that share the years of all records evenly: [[first, last] …]; the same for every type, so that grids compare. */
function mapPeriods() {
  const span = mapSpan();
  if (span.periods) return span.periods;
  const seen = {};
  mapEachRow(function (row) { if (row[2]) seen[mapYear(row[2])] = true; });
  const years = Object.keys(seen).map(Number).sort(function (a, b) { return a - b; });
  const wanted = Math.min(MAP_PERIOD_FILLS.length, years.length);
  const periods = [];
  for (let i = 0; i < wanted; i += 1) {
    const last = years[Math.ceil((i + 1) * years.length / wanted) - 1];
    periods.push([periods.length ? periods[periods.length - 1][1] + 1 : null, last]);
  }
  span.periods = periods;
  return periods;
}

function mapPeriodOf(year) {
  const periods = mapPeriods();
  for (let i = 0; i < periods.length; i += 1) if (year <= periods[i][1]) return i;
  return periods.length - 1;
}

/** A fill of the ramp for a period; of few periods those farthest apart. */
function mapPeriodFill(i) {
  const most = mapPeriods().length;
  return MAP_PERIOD_FILLS[most > 1 ? Math.round(i * (MAP_PERIOD_FILLS.length - 1) / (most - 1)) : 1];
}

function mapPeriodShown(i) {
  const period = mapPeriods()[i];
  if (period[0] === null) return w("map.period_until", { last: period[1] });
  if (period[0] === period[1]) return w("map.period_year", { last: period[1] });
  return w("map.period_between", { first: period[0], last: period[1] });
}

/**
 * The state of a region: {state, year, stated, row}. `when.year` null asks for everything the material has; `when.stated`
 * lets only beginnings count that a document states.
 */
function mapCell(kind, layer, at, row, when) {
  if (at === null || at === undefined) return { state: "none" };
  if (mapCounted(layer)[at] !== true) return { state: "uncounted" };
  const entries = row && row[7] || [];
  const denied = entries.some(function (entry) {
    return entry[0] === "未开展" && (when.year === null || entry[1] && mapYear(entry[1]) === when.year);
  });
  const on = row && (kind === null || row[5].length > 0 || row[4].length > 0 || row[6] > 0 ||
    entries.some(function (entry) { return entry[0] === "开展"; }));
  if (!on) return { state: denied ? "denied" : mapMaterial(layer)[at] ? "unseen" : "nothing", row: row };
  if (kind !== null && D.types[kind].routine) return { state: "routine", row: row };
  const stated = Boolean(row[1]) && MAP_STATED.indexOf(row[3]) >= 0;
  if (!row[2] || when.stated && !stated) return { state: "undated", row: row, stated: stated };
  const last = mapYear(row[2]);
  const cell = { row: row, stated: stated, year: last };
  if (when.year === null || last <= when.year) cell.state = "recorded";
  else if (denied) cell.state = "denied";
  else cell.state = row[1] && mapYear(row[1]) > when.year ? "later" : "possible";
  return cell;
}

/** The regions that count, and those of which there is material, by position. */
function mapCounted(layer) { return mapMarked(layer, "regions"); }
function mapMaterial(layer) { return mapMarked(layer, "material"); }
function mapMarked(layer, name) {
  const of = D.map.layers[layer];
  const key = "by_" + name;
  if (!of[key]) {
    of[key] = {};
    of[name].forEach(function (at) { of[key][at] = true; });
  }
  return of[key];
}

/** How many counted regions are of each of the four kinds. */
function mapTally(kind, layer, when) {
  const rows = mapRows(kind, layer);
  const counts = { recorded: 0, denied: 0, unseen: 0, nothing: 0, sure: 0 };
  D.map.layers[layer].regions.forEach(function (at) {
    const state = mapCell(kind, layer, at, rows[at], when).state;
    counts[MAP_KINDS[state]] += 1;
    if (state === "recorded") counts.sure += 1;
  });
  return counts;
}

/** The short name of a province: 内蒙古, 黑龙江, 兵团. */
function mapShort(name) {
  return name.replace(/(?:维吾尔|壮族|回族)?自治区$|特别行政区$|省$|市$/, "").replace(/^.*(?=兵团$)/, "");
}

/** What a cell says of itself in a line, as for a hovering hand. */
function mapCellSaid(kind, cell) {
  const row = cell.row;
  switch (cell.state) {
    case "recorded": return w(cell.stated ? "map.said_stated" : "map.said_recorded", { date: interval(row[1], row[2], row[3]) });
    case "possible": return w("map.said_possible", { date: interval(row[1], row[2], row[3]) });
    case "later": return w("map.said_later", { date: interval(row[1], row[2], row[3]) });
    case "undated": return row[2] ? w("map.said_unstated", { date: interval(row[1], row[2], row[3]) }) : w("map.said_undated");
    default: return w("map.said_" + cell.state);
  }
}

// ---------------------------------------------------------------- fills

let mapDefsMade = 0;
/** Patterns for one drawing, under names of its own: {node, fill: cell -> fill, scale: function (k)}. */
function mapPatterns() {
  mapDefsMade += 1;
  const prefix = "map" + mapDefsMade + "-";
  function pattern(name, size, background) {
    return svg("pattern", { id: prefix + name, width: size, height: size, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: size, height: size, fill: background }), Array.prototype.slice.call(arguments, 3));
  }
  function stroke(d, colour, width) { return svg("path", { d: d, stroke: colour, "stroke-width": width, fill: "none" }); }
  const made = [
    pattern("possible", 7, "#ffffff", stroke("M-1 8L8-1M-1 1L1-1M6 8L8 6", "#2b6cab", 1.6)),
    pattern("undated", 6, "#ffffff", svg("circle", { cx: 3, cy: 3, r: 1.5, fill: "#2b6cab" })),
    pattern("denied", 8, "#fdf1e7", stroke("M0 0L8 8M0 8L8 0", "#b3541e", 1.3)),
    pattern("nothing", 5, "#ffffff", stroke("M2.5 0V5", "#d3dae0", 0.9)),
  ];
  return {
    node: svg("defs", null, made),
    fill: function (cell) {
      if (cell.state === "recorded") return mapPeriodFill(mapPeriodOf(cell.year));
      return MAP_PATTERNS.indexOf(cell.state) >= 0 ? "url(#" + prefix + cell.state + ")" : MAP_FILLS[cell.state];
    },
    scale: function (k) { made.forEach(function (one) { one.setAttribute("patternTransform", "scale(" + k + ")"); }); },
  };
}

/** How many regions are in which state, in words. */
function mapTallySaid(kind, layer, when) {
  const counts = Object.assign({ regions: D.map.layers[layer].regions.length }, mapTally(kind, layer, when));
  const sure = when.year === null ? "" : w("map.tally_sure", { year: when.year, sure: counts.sure });
  return w("map.tally_" + layer, counts) + w(kind === null ? "map.tally_every" : "map.tally", Object.assign(counts, { year: sure }));
}

/** The legend as rows of [cell, words], for a practice type and a moment. */
function mapLegend(kind, when) {
  const routine = kind !== null && D.types[kind].routine;
  const entries = routine ? [[{ state: "routine" }, w("map.legend_routine")]] : mapPeriods().map(function (period, i) {
    return [{ state: "recorded", year: period[1] }, mapPeriodShown(i)];
  });
  if (!routine && when.year !== null) entries.push([{ state: "possible" }, w("map.legend_possible", { year: when.year })]);
  if (!routine) entries.push([{ state: "undated" }, w(when.stated ? "map.legend_unstated" : "map.legend_undated")]);
  if (kind !== null) entries.push([{ state: "denied" }, w("map.legend_denied")]);
  entries.push([{ state: "unseen" }, w("map.legend_unseen")],
    [{ state: "nothing" }, w("map.legend_nothing")], [{ state: "uncounted" }, w("map.legend_uncounted")]);
  return entries;
}

/** The legend drawn at a place, so many rows in a column. */
function mapLegendDrawn(x, y, kind, when, fill, inColumn, width) {
  return svg("g", { class: "legend", transform: "translate(" + x + " " + y + ")" }, mapLegend(kind, when).map(function (entry, i) {
    const left = Math.floor(i / inColumn) * width;
    const top = i % inColumn * 19;
    return [
      svg("rect", { x: left, y: top, width: 20, height: 13, fill: fill(entry[0]), stroke: "#8796a8", "stroke-width": 0.7 }),
      svg("text", { x: left + 26, y: top + 11, "font-size": 11.5, fill: "#1b2733" }, entry[1]),
    ];
  }));
}
