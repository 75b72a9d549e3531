// What all scripts of the page share: the data, words, elements, and the address as the state of the page.
// Text from documents only ever becomes text nodes and attribute values, never markup.

/** The data of the page; set by start.js before anything is drawn. */
let D = null;

const COLOURS = {
  blue: "#0072B2", sky: "#56B4E9", green: "#009E73", orange: "#E69F00",
  red: "#D55E00", pink: "#CC79A7", yellow: "#F0E442", black: "#1b2733", grey: "#8796a8",
};
/** Levels of unions from the top down, each with a colour that colour-blind eyes tell from its neighbours. */
const LEVEL_COLOURS = {
  national: "#D55E00", provincial: "#0072B2", prefecture: "#E69F00", county: "#009E73",
  township: "#CC79A7", community: "#56B4E9", grassroots: "#5b6672",
};
const LEVELS = Object.keys(LEVEL_COLOURS);

let language = "zh";
/** The language of the page now: "zh" or "en". */
function lang() { return language; }

/** A word of the page, with {name} replaced by a value. */
function w(key, values) {
  const both = D.words[key];
  if (!both) throw new Error("no such word: " + key);
  const text = both[language === "zh" ? 0 : 1];
  return values ? text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; }) : text;
}

/** The label of a key of the schema; `otherwise` (or the key itself) where there is none. */
function label(key, otherwise) {
  const both = D.labels[key];
  return both ? both[language === "zh" ? 0 : 1] : otherwise === undefined ? key : otherwise;
}

/** Make an element. Properties: class, text, style (object), on (object of functions), dataset, else attributes. */
function el(tag, properties) {
  return filled(document.createElement(tag), properties, Array.prototype.slice.call(arguments, 2));
}

/** Make an SVG element, as `el`. */
function svg(tag, properties) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, Array.prototype.slice.call(arguments, 2));
}

function filled(node, properties, children) {
  Object.keys(properties || {}).forEach(function (name) {
    const value = properties[name];
    if (value === null || value === undefined || value === false) return;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.setAttribute("class", value);
    else if (name === "style" && typeof value === "object") Object.keys(value).forEach(function (key) { node.style.setProperty(key, value[key]); });
    else if (name === "on") Object.keys(value).forEach(function (key) { node.addEventListener(key, value[key]); });
    else if (name === "dataset") Object.keys(value).forEach(function (key) { node.dataset[key] = value[key]; });
    else node.setAttribute(name, value === true ? "" : value);
  });
  append(node, children);
  return node;
}

function append(node, children) {
  children.forEach(function (child) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== null && child !== undefined && child !== false) {
      node.appendChild(child.nodeType ? child : document.createTextNode(String(child)));
    }
  });
}

function empty(node) { while (node.firstChild) node.removeChild(node.firstChild); return node; }

// ---------------------------------------------------------------- the address

const SINGLE = ["practice", "union", "region", "case", "theme", "group"];
/** What the address says now: `view` and the parameters, as strings. */
let route = { view: "overview" };

/** The address that leads to some parameters; null and "" are left out. */
function address(parameters) {
  const parts = Object.keys(parameters).filter(function (name) {
    return parameters[name] !== null && parameters[name] !== undefined && parameters[name] !== "" &&
      !(name === "view" && SINGLE.indexOf(parameters.view) >= 0 && parameters[parameters.view]);
  });
  return "#" + parts.map(function (name) { return name + "=" + encodeURIComponent(parameters[name]); }).join("&");
}

function parsed(hash) {
  const found = {};
  hash.replace(/^#/, "").split("&").forEach(function (pair) {
    const at = pair.indexOf("=");
    if (at <= 0) return;
    let value = pair.slice(at + 1);
    try { value = decodeURIComponent(value.replace(/\+/g, " ")); } catch (error) { /* typed by hand: taken as it stands */ }
    found[pair.slice(0, at)] = value;
  });
  if (found.practice) found.practice = practiceNamed(found.practice);
  if (!found.view) found.view = SINGLE.filter(function (name) { return name in found; })[0] || D.about.views[0];
  return found;
}

/** The practice type that a name means: its own, another name, or a part between strokes, where only one has it. */
function practiceNamed(name) {
  const meant = D.types.filter(function (one) { return one.name === name; });
  if (meant.length) return name;
  const alike = D.types.filter(function (one) { return one.aliases.indexOf(name) >= 0 || one.name.split(/[/（）()、]/).indexOf(name) >= 0; });
  return alike.length === 1 ? alike[0].name : name;
}

/** Go to an address. With `replace` the back button does not stop at where we are. */
function go(parameters, options) {
  const to = address(parameters);
  if (to === location.hash) return;
  if (options && options.replace) {
    history.replaceState(null, "", to);
    routed();
  } else location.hash = to;
}

/** The route now with some parameters changed (null takes one out). */
function changed(parameters) { return Object.assign({}, route, parameters); }

const views = {};
let leave = null;
/** Register a view. */
function view(key, given) { views[key] = given; }

let shown = "";
/** Show what the address says. */
function routed() {
  route = parsed(location.hash);
  const known = isHere(route.view) ? views[route.view] : null;
  const host = document.getElementById("view");
  if (leave) { leave(); leave = null; }
  closePanel();
  const before = shown === place() ? held(host) : null;
  if (!before) window.scrollTo(0, 0);
  empty(host);
  host.className = "view-" + route.view;
  markTab();
  if (!known) {
    host.appendChild(nothing(w("kit.no_view"), w("kit.no_view_hint")));
    return;
  }
  const undo = known.render(host, route);
  leave = typeof undo === "function" ? undo : null;
  const heading = host.querySelector("h2");
  document.title = (heading ? heading.textContent + " · " : "") + w("kit.title");
  if (before) hold(host, before);
  else if (shown && heading) { // who listens to the page hears where they are
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  shown = place();
}

/** What the address is about, whatever is chosen there. */
function place() { return route.view + " " + (route[route.view] || ""); }

/** Where the reader is: how far down, and on which control or link. */
function held(host) {
  const now = document.activeElement;
  const inside = now && host.contains(now);
  return { top: window.scrollY, name: inside ? now.getAttribute("name") : null, href: inside ? now.getAttribute("href") : null };
}

/** Put the reader back there after a choice drew the view anew. */
function hold(host, before) {
  window.scrollTo(0, before.top);
  const again = Array.prototype.filter.call(host.querySelectorAll("[name], a[href]"), function (node) {
    return before.name ? node.getAttribute("name") === before.name : before.href && node.getAttribute("href") === before.href;
  })[0];
  if (again) again.focus({ preventScroll: true });
}

/** Whether a view is on this page: a page may hold a part of them. */
function isHere(key) {
  return Boolean(views[key]) && (!views[key].nav || Boolean(views[key].live) || D.about.views.indexOf(key) >= 0);
}

function markTab() {
  const current = views[route.view] && views[route.view].under || route.view;
  Array.prototype.forEach.call(document.querySelectorAll("nav a"), function (tab) {
    if (tab.dataset.view === current) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  });
}

function link(parameters, text, properties) {
  return el("a", Object.assign({ href: address(parameters) }, properties), text);
}

function reducedMotion() { return window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches; }
function isPrinting() { return window.matchMedia && matchMedia("print").matches; }

/** A list put together as the language does. */
function listed(parts) { return parts.filter(Boolean).join(lang() === "zh" ? "、" : ", "); }
/** Something added in brackets. */
function bracketed(text) { return lang() === "zh" ? "（" + text + "）" : " (" + text + ")"; }
/** Nodes one after the other, with the sign between them that the language puts into lists. */
function strung(nodes) { return nodes.map(function (node, i) { return [i ? (lang() === "zh" ? "、" : ", ") : null, node]; }); }
/** A colon. */
function colon() { return lang() === "zh" ? "：" : ": "; }
function number(value) { return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 10 }) : String(value); }

// ---------------------------------------------------------------- partial dates

/** A partial date in words: 2016年7月. */
function dateShown(date) {
  if (!date) return "";
  if (date.indexOf("/") > 0) return date.split("/").map(dateShown).join(lang() === "zh" ? "至" : " to ");
  if (lang() !== "zh") return date;
  if (!/^\d{4}(-\d\d){0,2}$/.test(date)) return date; // told in a record's own words
  const parts = date.split("-");
  return parts[0] + "年" + (parts[1] ? Number(parts[1]) + "月" : "") + (parts[2] ? Number(parts[2]) + "日" : "");
}

/** An interval in words; where only the last bound is known it says so, and what it rests on. */
function interval(first, last, datedBy) {
  if (!first && !last) return w("kit.undated");
  const basis = datedBy ? bracketed(w("kit.by_" + datedBy)) : "";
  if (!first) return boundShown(last) + basis;
  const short = sameInterval(first, last);
  if (short) return dateShown(short);
  const years = first.slice(5) === "01-01" && last.slice(5) === "12-31";
  return w("kit.between", { first: dateShown(years ? first.slice(0, 4) : first), last: dateShown(years ? last.slice(0, 4) : last) });
}

/** An upper bound in words; the end of a year or a month is told as the year or month. */
function boundShown(last) {
  return w("kit.not_after", { date: dateShown(sameInterval(last.slice(0, 4) + "-01-01", last) || sameInterval(last.slice(0, 7) + "-01", last) || last) });
}

/** The partial date that an interval of two days is the whole of; null where it is none. */
function sameInterval(first, last) {
  if (!last || first === last) return first;
  if (first.slice(0, 4) !== last.slice(0, 4)) return null;
  if (first.slice(5) === "01-01" && last.slice(5) === "12-31") return first.slice(0, 4);
  const end = new Date(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0).getDate();
  if (first.slice(0, 7) === last.slice(0, 7) && first.slice(8) === "01" && Number(last.slice(8)) === end) return first.slice(0, 7);
  return null;
}

// ---------------------------------------------------------------- files

/** Hand a file to the reader. */
function download(name, blob) {
  const href = URL.createObjectURL(blob);
  const anchor = el("a", { href: href, download: name });
  document.body.appendChild(anchor);
  anchor.click();
  document.body.removeChild(anchor);
  setTimeout(function () { URL.revokeObjectURL(href); }, 10000);
}

/** Hand a table as CSV that Excel opens as UTF-8; a cell cannot start a formula. */
function csv(name, columns, rows) {
  function cell(value) {
    let text = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  const lines = [columns].concat(rows).map(function (row) { return row.map(cell).join(","); });
  download(name + ".csv", new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
}
