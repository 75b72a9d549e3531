// The answer to a question: what has to be known of it, a picture where there is one, the table with quotes, files.

let livePictures = [];
/** End what pictures keep running when the view is left. */
function liveAnswerLeft() {
  livePictures.forEach(function (picture) { if (picture && picture.leave) picture.leave(); });
  livePictures = [];
}

/** Ask and show. `asked` are the values by the parameters' names. */
function liveAnswer(host, query, asked) {
  const path = "/api/queries/" + encodeURIComponent(query.name) + "/rows";
  liveInto(host, liveAsk(path + liveQuery(Object.assign({ format: "page" }, asked))), function (into, found) {
    const rows = found.rows.map(function (cells, i) { return { cells: cells, quotes: found.quotes[i] }; });
    append(into, [
      found.notes.length ? el("ul", { class: "note notes" }, found.notes.map(function (text) { return el("li", { text: text }); })) : null,
      rows.length ? null : nothing(w("live_answer.none"), w("live_answer.none_hint")),
    ]);
    if (rows.length) {
      append(into, [liveYears(query, found), liveRegions(query, found), liveTable(query, found, rows)]);
      into.appendChild(el("div", { class: "downloads" }, w("live_answer.files"), ["xlsx", "csv", "md"].map(function (form) {
        return el("button", { type: "button", class: "tool", text: { xlsx: "Excel", csv: "CSV", md: "Markdown" }[form], on: { click: function () { liveFile(into, path, query, asked, form); } } });
      })));
    }
    into.appendChild(liveStatement(query));
  });
}

function liveFile(host, path, query, asked, form) {
  liveFetch(path + liveQuery(Object.assign({ format: form, evidence: "true" }, asked))).then(function (answer) { return answer.blob(); }).then(function (blob) {
    download(query.name + "." + form, blob);
  }).catch(function (error) { host.appendChild(liveProblem(error)); });
}

/** The statement that was run, asked for when somebody opens it. */
function liveStatement(query) {
  const place = el("div");
  let asked = false;
  return el("details", {
    on: {
      toggle: function () {
        if (asked) return;
        asked = true;
        liveInto(place, liveAsk("/api/queries/" + encodeURIComponent(query.name)), function (into, told) { into.appendChild(el("pre", { text: told.source })); });
      },
    },
  }, el("summary", { text: w("live_answer.statement") }), place);
}

// ---------------------------------------------------------------- the table

function liveTable(query, found, rows) {
  const columns = found.columns.map(function (column, i) {
    const numeric = rows.every(function (row) { return row.cells[i] === null || typeof row.cells[i] === "number"; }) && rows.some(function (row) { return row.cells[i] !== null; });
    const year = numeric && rows.every(function (row) { return row.cells[i] === null || liveIsYear(row.cells[i]); }) && /year/.test(column.name);
    return {
      title: column.title, numeric: numeric && !year,
      value: function (row) { return liveText(row.cells[i]); },
      cell: function (row) { return liveCell(column.name, row.cells[i]); },
    };
  });
  if (rows.some(function (row) { return row.quotes.length; })) {
    columns.push({
      title: w("kit.quotes"),
      value: function (row) { return row.quotes.map(function (quote) { return quote.text + " " + liveCited(quote); }).join(" / "); },
      cell: function (row) { return liveSources(row.quotes, liveText(row.cells[0])); },
    });
  }
  return table({ name: query.name, caption: w("live_answer.rows", { count: number(rows.length) }) + (found.truncated ? w("live_answer.more") : ""), columns: columns, rows: rows, page: 50 });
}

/** A value as text, a number as itself so that it sorts. */
function liveText(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return w(value ? "live.yes" : "live.no");
  if (Array.isArray(value)) return listed(value.map(liveText).map(String));
  return typeof value === "object" ? JSON.stringify(value) : value;
}

/** What columns hold names of, that lead to a page of this one; only where one thing alone is called so. */
const LIVE_NAMES = {
  case: ["accounts", "name", "case", "id"], union: ["unions", "name", "union", "id"], superior: ["unions", "name", "union", "id"],
  region: ["regions", "full", "region", "code"], practice_type: ["types", "name", "practice", "name"],
  theme: ["themes", "name", "theme", "name"], target_group: ["groups", "name", "group", "name"],
};

function liveCell(column, value) {
  const known = LIVE_NAMES[column];
  if (typeof value !== "string") return null;
  if (!known) return liveDate(value);
  const there = where(D[known[0]], function (one) { return one[known[1]] === value; });
  if (there.length !== 1) return null;
  const to = {};
  to[known[2]] = D[known[0]][there[0]][known[3]];
  return link(to, value);
}

/** A partial date, an interval or an upper bound in words; null for what is none. */
function liveDate(value) {
  const parts = /^(不晚于 ?)?(\d{4}(?:-\d\d){0,2})(?:\/(\d{4}(?:-\d\d){0,2}))?$/.exec(value);
  if (!parts || !parts[1] && !parts[3] && value.length < 7) return null; // a year alone stands as it is
  return document.createTextNode(parts[1] ? interval(null, parts[2]) : parts[3] ? interval(parts[2], parts[3]) : dateShown(parts[2]));
}

function liveCited(quote) {
  const title = quote.document ? (lang() === "zh" ? "《" + quote.document + "》" : quote.document) : "";
  const place = [quote.page ? w("kit.page", { page: quote.page }) : "", quote.line ? w("kit.line", { first: quote.line }) : ""].filter(Boolean);
  return title + place.join(lang() === "zh" ? "，" : ", ");
}

function liveSources(found, title) {
  if (!found.length) return uncertain("—");
  return el("button", {
    type: "button", class: "sources", text: w("kit.sources", { count: found.length }), "aria-label": w("kit.sources_of", { count: found.length, title: title }), on: {
      click: function () {
        panel(String(title), el("ul", { class: "quotes" }, found.map(function (quote) {
          return el("li", null, el("blockquote", { text: quote.text }), el("cite", { text: liveCited(quote) }));
        })));
      },
    },
  });
}

// ---------------------------------------------------------------- a chart by years

function liveIsYear(value) { return typeof value === "number" && value % 1 === 0 && value >= 1900 && value <= 2100; }

/** Columns that hold partial dates, of which the rows are counted by year; the first that a table has is taken. */
const LIVE_DATES = ["earliest", "started", "began", "period", "issued", "published", "year"];
const LIVE_SERIES = ["blue", "orange", "green", "pink", "sky", "red"];
const LIVE_PATTERNS = ["", "/", "x", "-", "|", "\\"];

/** The chart of an answer: its numbers by its years; else how many rows lie in each year, where they have dates. */
function liveYears(query, found) {
  const names = found.columns.map(function (column) { return column.name; });
  const at = names.indexOf("year");
  const series = at >= 0 ? liveByYear(found, at) : null;
  return series ? liveChart(query, series.lines, series.title, series.apart ? w("live_answer.apart") : "") : liveCounted(query, found, names);
}

/** Numbers by year: of each numeric column, or where a column of words stands beside the year the first of them of each word. */
function liveByYear(found, at) {
  const rows = found.rows.filter(function (row) { return liveIsYear(row[at]); });
  const numbers = where(found.columns, function (column, i) {
    return i !== at && rows.length && rows.every(function (row) { return typeof row[i] === "number"; });
  });
  if (!rows.length || !numbers.length) return null;
  const words = where(found.columns, function (column, i) { return i !== at && rows.every(function (row) { return typeof row[i] === "string"; }); });
  if (words.length > 1) return null; // honours with a year are no series
  const lines = [];
  if (words.length) {
    const kinds = rows.map(function (row) { return row[words[0]]; }).filter(function (kind, i, all) { return all.indexOf(kind) === i; });
    kinds.slice(0, LIVE_SERIES.length).forEach(function (kind) {
      lines.push({ title: kind, points: rows.filter(function (row) { return row[words[0]] === kind; }).map(function (row) { return [row[at], row[numbers[0]]]; }) });
    });
  } else {
    numbers.slice(0, LIVE_SERIES.length).forEach(function (i) {
      lines.push({ title: found.columns[i].title, points: rows.map(function (row) { return [row[at], row[i]]; }) });
    });
  }
  return { lines: lines, apart: !words.length && lines.length > 1, title: words.length ? w("live_answer.by_year_and", { number: found.columns[numbers[0]].title, kind: found.columns[words[0]].title }) : w("live_answer.by_year") };
}

/** How many rows lie in each year; a date that leaves its year open is not counted, and that is said. */
function liveCounted(query, found, names) {
  const column = LIVE_DATES.filter(function (name) { return names.indexOf(name) >= 0; })[0];
  if (!column) return null;
  const at = names.indexOf(column), counts = {};
  let left = 0;
  found.rows.forEach(function (row) {
    const year = liveYearOf(row[at]);
    if (year) counts[year] = (counts[year] || 0) + 1;
    else left += 1;
  });
  const years = Object.keys(counts).map(Number).sort();
  if (years.length < 2) return null;
  const line = { title: w("live_answer.count"), points: years.map(function (year) { return [year, counts[year]]; }) };
  const title = w("live_answer.counted", { column: found.columns[at].title });
  return liveChart(query, [line], title, left ? w("live_answer.open", { count: left }) : "");
}

/** The year that a value lies in for sure; null where it may be several, or is not known. */
function liveYearOf(value) {
  if (liveIsYear(value)) return value;
  const dates = typeof value === "string" ? value.match(/(?:19|20)\d\d/g) : null;
  if (!dates || /^\D*(\.\.|≤|不晚于|not)/.test(value) || /\.\.$|\/$/.test(value)) return null;
  return dates.every(function (date) { return date === dates[0]; }) ? Number(dates[0]) : null;
}

/** Bars side by side by year: rows of different years are never joined, because what lies between is not known to be nothing. */
function liveChart(query, lines, title, remark) {
  const told = lines.filter(function (line) { return line.points.some(function (point) { return point[1] !== 0; }); });
  if (!told.length) return null;
  const years = told.reduce(function (all, line) { return all.concat(line.points.map(function (point) { return point[0]; })); }, []);
  const first = Math.min.apply(null, years), last = Math.max.apply(null, years);
  const picture = chart({
    label: title, height: 300, before: liveBars(told, title, first, last),
    xaxis: { tickvals: yearTicks(first, last, 12), tickformat: "d", range: [first - 0.8, last + 0.8] }, yaxis: { tickformat: ",d" },
    traces: told.map(function (line, i) {
      return {
        type: "bar", name: line.title, width: Math.min(0.3, 0.8 / told.length), x: line.points.map(function (point) { return point[0]; }), y: line.points.map(function (point) { return point[1]; }),
        marker: { color: COLOURS[LIVE_SERIES[i]], pattern: { shape: LIVE_PATTERNS[i], size: 7, solidity: 0.25 } },
      };
    }),
  });
  livePictures.push(picture);
  const remarks = [remark, told.length < lines.length ? w("live_answer.all_zero") : ""];
  return figure({
    name: query.name + "-years", title: title, note: remarks.filter(Boolean).join(" "), picture: [liveKeyOf(told), picture.node],
    svg: function () { return picture.svg(); }, table: liveYearTable(query, lines),
  });
}

/** What the bars are, by pattern as well as by colour. */
function liveKeyOf(lines) {
  if (lines.length < 2) return null;
  return el("div", { class: "key" }, lines.map(function (line, i) {
    return el("span", null, svg("svg", { width: 22, height: 13, "aria-hidden": "true" }, liveFills("key" + i, [line], i), svg("rect", { width: 22, height: 13, fill: "url(#live-key" + i + "-" + i + ")" })), line.title);
  }));
}

/** The fills of bars: colour with a pattern in white. */
function liveFills(prefix, lines, from) {
  const marks = ["", "M0 7L7 0", "M0 7L7 0M0 0L7 7", "M0 3.5H7", "M3.5 0V7", "M0 0L7 7"];
  return svg("defs", null, lines.map(function (line, at) {
    const i = from + at;
    return svg("pattern", { id: "live-" + prefix + "-" + i, width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: 7, height: 7, fill: COLOURS[LIVE_SERIES[i]] }), svg("path", { d: marks[i], stroke: "#fff", "stroke-width": 1.2, fill: "none" }));
  }));
}

function liveYearTable(query, lines) {
  const years = lines.reduce(function (all, line) { return all.concat(line.points.map(function (point) { return point[0]; })); }, [])
    .filter(function (year, i, all) { return all.indexOf(year) === i; }).sort();
  const columns = [{ title: w("live_answer.year"), value: function (row) { return String(row[0]); } }].concat(lines.map(function (line, i) {
    return { title: line.title, numeric: true, value: function (row) { return row[i + 1]; } };
  }));
  return table({
    name: query.name + "-years", columns: columns, page: 60, rows: years.map(function (year) {
      return [year].concat(lines.map(function (line) {
        const point = line.points.filter(function (one) { return one[0] === year; })[0];
        return point ? point[1] : "";
      }));
    }),
  });
}

/** A plain drawing of the same that stands until the chart library is there, or in its place. */
function liveBars(lines, title, first, last) {
  const most = Math.max.apply(null, lines.map(function (line) { return Math.max.apply(null, line.points.map(function (point) { return point[1]; })); }));
  const across = 720 / (last - first + 1);
  const width = Math.min(30, 0.7 * across / lines.length);
  return svg("svg", { class: "live-bars", viewBox: "0 0 780 300", width: 780, height: 300, role: "img", "aria-label": title },
    liveFills("bars", lines, 0),
    svg("line", { x1: 44, x2: 770, y1: 262, y2: 262, stroke: "#8796a8" }),
    svg("text", { x: 38, y: 20, "text-anchor": "end" }, number(most)),
    yearTicks(first, last, 12).map(function (year) { return svg("text", { x: 44 + (year - first + 0.5) * across, y: 282, "text-anchor": "middle" }, year); }),
    lines.map(function (line, i) {
      return line.points.map(function (point) {
        const height = 246 * point[1] / most;
        return svg("rect", {
          x: 44 + (point[0] - first + 0.5) * across + (i - lines.length / 2) * width, width: width - 1, y: 262 - height, height: height, fill: "url(#live-bars-" + i + ")",
        }, svg("title", null, point[0] + " " + line.title + colon() + number(point[1])));
      });
    }));
}
