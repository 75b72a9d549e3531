// Pieces that views are made of: quotes with their places, the side panel, tables, links to things, choices.

function note(text) { return el("p", { class: "note", text: text }); }
function uncertain(text) { return el("span", { class: "uncertain", text: text }); }
/** What stands where nothing matches: why, and what to do. */
function nothing(why, what) { return el("div", { class: "nothing" }, el("p", { text: why }), what ? el("p", { class: "note" }, what) : null); }

/** Where a quote stands: document, page, lines. */
function quotePlace(quote) {
  const book = D.documents[quote[0]].title;
  const title = lang() === "zh" ? "《" + book + "》" : book;
  const page = quote[3] ? w("kit.page", { page: quote[3] }) : "";
  const lines = quote[1] ? w(quote[1] === quote[2] ? "kit.line" : "kit.lines", { first: quote[1], last: quote[2] }) : "";
  return title + [page, lines].filter(Boolean).join(lang() === "zh" ? "，" : ", ");
}

/** The quotes at some positions, each with its place; of many the first, and a button for the rest. */
function quotes(positions, most) {
  const limit = most || 8;
  const list = el("ul", { class: "quotes" });
  function put(from, to) {
    positions.slice(from, to).forEach(function (position) {
      const quote = D.quotes[position];
      list.appendChild(el("li", null, el("blockquote", { text: quote[4] }), el("cite", { text: quotePlace(quote) })));
    });
  }
  put(0, limit);
  if (positions.length > limit) {
    const more = el("button", { type: "button", class: "more", text: w("kit.more", { count: positions.length - limit }) });
    more.addEventListener("click", function () { list.removeChild(more.parentNode); put(limit, positions.length); });
    list.appendChild(el("li", null, more));
  }
  if (!positions.length) list.appendChild(el("li", null, uncertain(w("kit.no_quote"))));
  return list;
}

/** The quotes at some positions as text, each with its place: for tables that are taken away. */
function quotesText(positions) {
  return positions.map(function (i) { return D.quotes[i][4] + bracketed(quotePlace(D.quotes[i])); }).join(lang() === "zh" ? "；" : "; ");
}

/** A button that opens the quotes in the side panel. */
function sources(positions, title) {
  if (!positions || !positions.length) return uncertain("—");
  return el("button", {
    type: "button", class: "sources", text: w("kit.sources", { count: positions.length }),
    "aria-label": w("kit.sources_of", { count: positions.length, title: title || "" }),
    on: { click: function () { panel(title || w("kit.sources_title"), quotes(positions, 20)); } },
  });
}

// ---------------------------------------------------------------- the side panel

let opener = null;
/** Open the side panel with a title and what stands in it. */
function panel(title) {
  const host = document.getElementById("panel");
  if (host.hidden) opener = document.activeElement;
  empty(host);
  append(host, [
    el("div", { class: "panel-head" }, el("h3", { text: title, tabindex: -1 }),
      el("button", { type: "button", class: "close", "aria-label": w("kit.close"), title: w("kit.close"), text: "×", on: { click: closePanel } })),
    Array.prototype.slice.call(arguments, 1),
  ]);
  host.hidden = false;
  host.scrollTop = 0;
  document.body.classList.add("with-panel");
  host.querySelector("h3").focus({ preventScroll: true });
}

/** Close it; the focus goes back to what opened it. */
function closePanel() {
  const host = document.getElementById("panel");
  if (!host || host.hidden) return;
  const within = host.contains(document.activeElement);
  host.hidden = true;
  document.body.classList.remove("with-panel");
  if (within && opener && document.contains(opener)) opener.focus({ preventScroll: true });
  opener = null;
}

// ---------------------------------------------------------------- tables

/** A table that can be sorted, paged through and taken away as CSV. */
function table(given) {
  const size = given.page || 50;
  let rows = given.rows.slice();
  let at = 0;
  let sorted = null;
  const body = el("tbody");
  const foot = el("div", { class: "table-foot" });
  const heads = given.columns.map(function (column) {
    const button = el("button", { type: "button", text: column.title, on: { click: function () { sort(column); } } });
    return el("th", { scope: "col", class: column.numeric ? "numeric" : null }, given.rows.length > 1 ? button : column.title);
  });

  function sort(column) {
    const falling = sorted && sorted.column === column && !sorted.falling;
    sorted = { column: column, falling: falling };
    rows.sort(function (a, b) {
      const one = (column.order || column.value)(a), other = (column.order || column.value)(b);
      if (one === other) return 0;
      if (one === null || one === undefined || one === "") return 1; // what is not known stands last either way
      if (other === null || other === undefined || other === "") return -1;
      const less = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh");
      return falling ? -less : less;
    });
    heads.forEach(function (head, i) {
      if (given.columns[i] === column) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    at = 0;
    draw();
  }

  /** Turn to another page; the focus stays on the button that did it, or on its neighbour at either end. */
  function turn(to, which) {
    at = to;
    draw();
    const buttons = foot.querySelectorAll("button");
    (buttons[which].disabled ? buttons[1 - which] : buttons[which]).focus({ preventScroll: true });
  }

  function draw() {
    empty(body);
    rows.slice(at, at + size).forEach(function (row) {
      body.appendChild(el("tr", null, given.columns.map(function (column) {
        const cell = column.cell ? column.cell(row) : null;
        const value = column.value(row);
        return el("td", { class: column.numeric ? "numeric" : null }, cell || (column.numeric && typeof value === "number" ? number(value) : value));
      })));
    });
    empty(foot);
    if (rows.length > size) {
      append(foot, [
        el("button", { type: "button", disabled: at === 0, text: w("kit.previous"), on: { click: function () { turn(at - size, 0); } } }),
        el("span", { role: "status", text: w("kit.rows", { first: at + 1, last: Math.min(at + size, rows.length), count: rows.length }) }),
        el("button", { type: "button", disabled: at + size >= rows.length, text: w("kit.next"), on: { click: function () { turn(at + size, 1); } } }),
      ]);
    }
    if (given.name && rows.length) {
      foot.appendChild(el("button", {
        type: "button", class: "tool", text: w("kit.csv"), on: {
          click: function () {
            csv(given.name, given.columns.map(function (column) { return column.title; }),
              rows.map(function (row) { return given.columns.map(function (column) { return column.value(row); }); }));
          },
        },
      }));
    }
  }

  draw();
  return el("div", { class: "table" }, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": given.title || given.name },
    el("table", { "aria-label": given.caption ? null : given.title || given.name }, given.caption ? el("caption", { text: given.caption }) : null, el("thead", null, el("tr", null, heads)), body)), foot);
}

// ---------------------------------------------------------------- links to things

const account = { shown: function (i) { return link({ case: D.accounts[i].id }, D.accounts[i].name); }, };
const union = { shown: function (i) { return link({ union: D.unions[i].id }, unionName(i)); }, };
const region = { shown: function (i) { return link({ region: D.regions[i].code }, D.regions[i].full); }, };
const type = { shown: function (i) { return isHere("practice") ? link({ practice: D.types[i].name }, D.types[i].name) : el("span", { text: D.types[i].name }); }, };
const theme = { shown: function (i) { return link({ theme: D.themes[i].name }, D.themes[i].name); }, };
const group = { shown: function (i) { return link({ group: D.groups[i].name }, D.groups[i].name); }, };

let unionNames = null;
/** A union's name as printed; of several of one name with where it is. */
function unionName(i) {
  if (!unionNames) {
    unionNames = {};
    D.unions.forEach(function (one) { unionNames[one.name] = (unionNames[one.name] || 0) + 1; });
  }
  const one = D.unions[i];
  if (unionNames[one.name] < 2 || !one.regions.length) return one.name;
  const place = D.regions[one.regions[0]].full;
  return one.name + bracketed(place);
}

/** Several links, one after the other. */
function all(kind, positions) { return strung(positions.map(kind.shown)); }

/** How documents say that something spread, in the order in which it is told. */
const SPREAD = ["LEARNED_FROM", "PILOT_ASSIGNED_BY", "PILOTED_AT", "PROMOTED_BY", "SCALED_TO", "REPLICATED_IN", "RECOGNISED_BY"];

/** How many accounts stand at some positions: printings of one count once. */
function accountsAt(positions) { return new Set(positions.map(function (i) { return D.accounts[i].same; })).size; }

/** The positions of rows for which something holds. */
function where(rows, test) {
  const found = [];
  rows.forEach(function (row, i) { if (test(row, i)) found.push(i); });
  return found;
}

/** The position of the first row for which something holds; -1 where there is none. */
function position(rows, test) {
  for (let i = 0; i < rows.length; i += 1) if (test(rows[i])) return i;
  return -1;
}

/** Whether a region is another, lies in it, or became it or a part of it. */
function within(inner, outer) {
  const waiting = [inner];
  const seen = new Set(waiting);
  while (waiting.length) {
    const here = waiting.pop();
    if (here === outer) return true;
    D.regions[here].within.concat(D.regions[here].became || []).forEach(function (upper) {
      if (!seen.has(upper)) { seen.add(upper); waiting.push(upper); }
    });
  }
  return false;
}

/** A level of a union in words. */
function levelShown(level) { return level ? label("level." + level) : w("kit.unknown"); }

// ---------------------------------------------------------------- choices

/** A choice that goes into the address. */
function select(name, title, options, current) {
  const box = el("select", { name: name, on: { change: function () { const to = {}; to[name] = box.value; go(changed(to)); } } },
    options.map(function (option) { return el("option", { value: option[0], selected: String(option[0]) === String(current === undefined || current === null ? "" : current) }, option[1]); }));
  return el("label", { class: "choice" }, el("span", { text: title }), box);
}

/** The choice of a practice type; `every` names what the empty choice means. */
function practiceSelect(current, every) {
  const names = D.types.map(function (one) { return one; }).sort(function (a, b) { return a.routine - b.routine || b.count - a.count || a.name.localeCompare(b.name, "zh"); });
  const options = names.map(function (one) {
    return [one.name, w(one.routine ? "kit.type_routine" : "kit.type_count", { name: one.name, count: one.count })];
  });
  return select("practice", w("kit.practice_type"), [["", every || w("kit.choose")]].concat(options), current);
}

/** A slider of years; `onInput` is told each year at once, the address when it rests. */
function slider(name, title, least, most, current, onInput) {
  const output = el("output", { text: current });
  const box = el("input", {
    type: "range", min: least, max: most, step: 1, value: current, name: name, on: {
      input: function () { output.textContent = box.value; if (onInput) onInput(Number(box.value)); },
      change: function () { const to = {}; to[name] = box.value; go(changed(to)); },
    },
  });
  return el("label", { class: "choice slider" }, el("span", { text: title }), box, output);
}

function filters() { return el("div", { class: "filters" }, Array.prototype.slice.call(arguments)); }
