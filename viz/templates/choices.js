// What the reader chose to see, and the list of ticks in which it is chosen.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

// Positions in the arrays of the page's data, as viz/network.py writes them.
const NODE = { kind: 0, name: 1, aliases: 2, properties: 3, quotes: 4 };
const EDGE = { relation: 0, cases: 1, properties: 2, quotes: 3, method: 4, confidence: 5, review: 6 };
const QUOTE = { document: 0, first: 1, last: 2, text: 3, exact: 4 };
const FACET = { themes: 0, provinces: 1, year: 2 };

/** Make an element; texts become text nodes, so nothing that a document says is ever read as HTML. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** Give an element other children (replaceChildren, which browsers before 2020 lack). */
function refill(element, ...children) {
  while (element.firstChild) element.removeChild(element.firstChild);
  element.append(...children);
}

/** Fill a wording: fill("{a} of {b}", {a: 1, b: 2}). */
function fill(wording, values) {
  return wording.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function drawn(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function corners(count, turn, inner) {
  const points = [];
  for (let i = 0; i < count; i += 1) {
    const radius = inner && i % 2 ? inner : 7;
    const angle = turn + (2 * Math.PI * i) / count;
    points.push(`${(9 + radius * Math.cos(angle)).toFixed(1)},${(9 + radius * Math.sin(angle)).toFixed(1)}`);
  }
  return points.join(" ");
}

/** The mark of a kind of node, for the legend. */
function markOf(kind) {
  const up = -Math.PI / 2;
  const points = {
    square: () => corners(4, Math.PI / 4), diamond: () => corners(4, up), triangle: () => corners(3, up),
    triangleDown: () => corners(3, -up), star: () => corners(10, up, 3.2), hexagon: () => corners(6, 0),
  }[kind.shape];
  const paint = { fill: kind.fill, stroke: kind.border, "stroke-width": 1.5 };
  const shape = points
    ? drawn("polygon", Object.assign({ points: points() }, paint))
    : drawn("circle", Object.assign({ cx: 9, cy: 9, r: 6.5 }, paint));
  return drawn("svg", { width: 18, height: 18, "aria-hidden": "true" }, shape);
}

function lineOf(group) {
  const line = { x1: 0, y1: 7, x2: 30, y2: 7, stroke: group.colour, "stroke-width": Math.min(3, Math.max(1.5, group.width)) };
  if (group.dashes.length) line["stroke-dasharray"] = group.dashes.join(" ");
  return drawn("svg", { width: 30, height: 14, "aria-hidden": "true" }, drawn("line", line));
}

const years = Object.values(data.facets).map((facet) => facet[FACET.year]).filter((year) => year !== null);
const firstYear = years.reduce((a, b) => Math.min(a, b), Infinity);
const lastYear = years.reduce((a, b) => Math.max(a, b), -Infinity);

/** The choices as the page opens. The last place of themes and of provinces stands for cases without one. */
function opening() {
  return {
    kinds: data.kinds.map((kind) => kind.on),
    relations: data.relations.map((relation) => data.groups[relation.group].on),
    themes: data.themes.map(() => true).concat(true),
    provinces: data.provinces.map(() => true).concat(true),
    from: firstYear, to: lastYear, undated: true,
    unlimited: false, alone: null, asked: new Set(),
  };
}

let chosen = opening();

function meets(wanted, has) {
  return has.length ? has.some((place) => wanted[place]) : wanted[wanted.length - 1];
}

/** Whether a case passes the filters of theme, region and year. */
function passes(facet) {
  const year = facet[FACET.year];
  return meets(chosen.themes, facet[FACET.themes]) && meets(chosen.provinces, facet[FACET.provinces])
    && (year === null ? chosen.undated : year >= chosen.from && year <= chosen.to);
}

function tick(list, place, label, picture, count, changed, title) {
  const box = make("input", {
    type: "checkbox", checked: list[place], onchange: () => { list[place] = box.checked; changed(); },
  });
  const text = make("label", title ? { title } : {}, box, picture || "", label);
  if (count !== null) text.append(make("span", { class: "count" }, count.toLocaleString("en")));
  return make("li", {}, text);
}

function bothButtons(list, changed) {
  const set = (value) => () => { list.fill(value); changed(true); };
  return make("p", { class: "both" },
    make("button", { type: "button", class: "link", onclick: set(true) }, words.all),
    make("button", { type: "button", class: "link", onclick: set(false) }, words.none));
}

function section(title, key, open, ...inside) {
  return make("details", { id: `choose-${key}`, open, class: key === "kinds" || key === "relations" ? "legend" : "filter" },
    make("summary", {}, title), ...inside);
}

function relationTicks(changed) {
  const list = make("ul", {});
  data.groups.forEach((group, place) => {
    const members = data.relations.map((_, i) => i).filter((i) => data.relations[i].group === place);
    if (!members.length) return;
    const box = make("input", {
      type: "checkbox", checked: members.every((i) => chosen.relations[i]),
      onchange: () => { members.forEach((i) => { chosen.relations[i] = box.checked; }); changed(true); },
    });
    box.indeterminate = !box.checked && members.some((i) => chosen.relations[i]);
    const inside = make("ul", { class: "inside" });
    members.forEach((i) => {
      const relation = data.relations[i];
      inside.append(tick(chosen.relations, i, relation.name, null, relation.count, () => changed(true)));
    });
    list.append(make("li", { class: "group" }, make("label", {}, box, lineOf(group), words[group.key])), inside);
  });
  return list;
}

function counted(key, place) {
  return Object.values(data.facets).filter((facet) => meetsOnly(facet[FACET[key]], place, data[key].length)).length;
}

function meetsOnly(has, place, none) {
  return place === none ? has.length === 0 : has.includes(place);
}

function facetTicks(key, missing, changed) {
  const list = make("ul", {});
  data[key].concat(missing).forEach((name, place) => {
    const count = counted(key, place);
    if (count) list.append(tick(chosen[key], place, name, null, count, changed));
  });
  return list;
}

function yearFields(changed) {
  const field = (key, label) => make("label", {}, label, " ", make("input", {
    type: "number", id: `year-${key}`, min: firstYear, max: lastYear, value: chosen[key],
    onchange: (event) => {
      const year = parseInt(event.target.value, 10);
      chosen[key] = Number.isNaN(year) ? (key === "from" ? firstYear : lastYear) : year;
      changed();
    },
  }));
  const undated = [chosen.undated];
  const box = make("ul", {}, tick(undated, 0, words.undated, null, null, () => { chosen.undated = undated[0]; changed(); }));
  return make("div", { class: "years" }, make("p", {}, field("from", words.from), " ", field("to", words.to)), box,
    make("p", { class: "note" }, words.years_help));
}

/** Draw the list of choices; `changed` is called after every change. */
function showChoices(changed) {
  const place = document.getElementById("choices");
  const open = (key, normally) => {
    const there = document.getElementById(`choose-${key}`);
    return there ? there.open : normally;
  };
  const redraw = (again) => { if (again) showChoices(changed); changed(); };
  const kinds = make("ul", {});
  data.kinds.forEach((kind, i) => {
    kinds.append(tick(chosen.kinds, i, kind.name, markOf(kind), kind.count, redraw, kind.definition));
  });
  const parts = [
    section(words.kinds, "kinds", open("kinds", true), bothButtons(chosen.kinds, redraw), kinds),
    section(words.relations, "relations", open("relations", true), relationTicks(redraw),
      ...["solid", "dotted", "dashed", "arrow"].map((key) => make("p", { class: "key" }, words[key]))),
    section(words.themes, "themes", open("themes", false), bothButtons(chosen.themes, redraw),
      facetTicks("themes", words.no_theme, redraw)),
    section(words.provinces, "provinces", open("provinces", false), bothButtons(chosen.provinces, redraw),
      facetTicks("provinces", words.no_province, redraw)),
  ];
  if (years.length) parts.push(section(words.years, "years", open("years", true), yearFields(redraw)));
  parts.push(make("p", { class: "both filter" }, make("button", {
    type: "button", id: "reset", onclick: () => { chosen = opening(); redraw(true); },
  }, words.reset)));
  refill(place, ...parts);
}
