// The panel beside the picture and the table below it: what a mark or a line stands for, with its quotes.

const FIRST_STATEMENTS = 40;
const TABLE_PAGE = 100;

function quoteOf(position) {
  const quote = data.quotes[position];
  const lines = quote[QUOTE.first] === quote[QUOTE.last] ? quote[QUOTE.first] : `${quote[QUOTE.first]}–${quote[QUOTE.last]}`;
  const wording = quote[QUOTE.exact] ? words.source : words.source_account;
  return { text: quote[QUOTE.text], source: fill(wording, { title: data.documents[quote[QUOTE.document]], lines }) };
}

function quotation(position) {
  const quote = quoteOf(position);
  return make("div", {}, make("blockquote", {}, quote.text), make("p", { class: "source" }, quote.source));
}

function properties(pairs) {
  const list = make("dl", {});
  pairs.forEach(([label, value]) => list.append(make("dt", {}, label), make("dd", {}, value)));
  return pairs.length ? list : "";
}

function linkTo(node, go) {
  return make("button", { type: "button", class: "link", onclick: () => go(node) }, data.nodes[node][NODE.name]);
}

/** What a relationship says, without its ends: properties, quotes, and how it was read. */
function evidence(edge, go) {
  const relation = data.relations[edge[EDGE.relation]];
  const parts = [properties(edge[EDGE.properties])];
  parts.push(...edge[EDGE.quotes].map(quotation));
  if (!edge[EDGE.quotes].length) {
    parts.push(make("p", { class: "source" }, fill(words.no_quote, { basis: words[data.groups[relation.group].key] })));
    edge[EDGE.cases].forEach((node, i) => {
      parts.push(make("span", { class: "source" }, i ? "；" : `${words.cases}：`), linkTo(node, go));
    });
  }
  if (edge.length > EDGE.method) {
    const read = [`${words.method} ${data.methods[edge[EDGE.method]]}`];
    if (edge[EDGE.confidence] !== null) read.push(`${words.confidence} ${edge[EDGE.confidence]}%`);
    if (edge[EDGE.review]) read.push(edge[EDGE.review]);
    parts.push(make("p", { class: "read" }, read.join(" · ")));
  }
  return parts;
}

function relationName(edge) {
  const relation = data.relations[edge[EDGE.relation]];
  return make("span", { class: `relation ${data.groups[relation.group].key}` }, relation.name);
}

function kindLine(node) {
  const kind = data.kinds[data.nodes[node][NODE.kind]];
  return make("p", { class: "kind" }, markOf(kind), kind.name);
}

function showHint(place) {
  refill(place, make("h2", {}, words.panel), make("p", {}, words.hint), make("p", {}, words.hint_more),
    make("p", { class: "note" }, words.sample));
}

/** Show a node: `ties` are [edge number, other end, whether the relationship starts here]. */
function showNode(place, node, ties, actions) {
  const item = data.nodes[node];
  const list = make("div", {});
  const add = (from) => {
    ties.slice(from, from + FIRST_STATEMENTS).forEach(([number, other, outward]) => {
      const edge = data.edges[number];
      list.append(make("div", { class: "statement" },
        make("p", {}, relationName(edge), outward ? " → " : " ← ", linkTo(other, actions.go)), ...evidence(edge, actions.go)));
    });
    const left = ties.length - from - FIRST_STATEMENTS;
    if (left <= 0) return;
    const more = make("button", { type: "button", onclick: () => { more.remove(); add(from + FIRST_STATEMENTS); } },
      fill(words.more, { count: Math.min(left, FIRST_STATEMENTS) }));
    list.append(more);
  };
  add(0);
  const own = item[NODE.quotes];
  refill(place, kindLine(node), make("h2", {}, item[NODE.name]),
    make("div", { class: "buttons" },
      make("button", { type: "button", id: "only-this", onclick: () => actions.alone(node) }, words.only_this),
      make("button", { type: "button", onclick: () => actions.centre(node) }, words.centre),
      make("button", { type: "button", onclick: actions.close }, words.close)),
    properties(item[NODE.properties]),
    own.length ? make("h3", {}, words.own_quotes) : "",
    ...own.map(([label, quote]) => make("div", {}, label ? make("p", { class: "read" }, label) : "", quotation(quote))),
    make("h3", {}, fill(words.statements, { count: ties.length })), list);
  place.scrollTop = 0;
}

/** Show the relationships between two nodes: `found` are [edge number, start, end]. */
function showEdges(place, found, actions) {
  refill(place, 
    make("div", { class: "buttons" }, make("button", { type: "button", onclick: actions.close }, words.close)),
    ...found.map(([number, start, end]) => make("div", { class: "statement" },
      make("h2", {}, relationName(data.edges[number])),
      make("p", {}, linkTo(start, actions.go), " → ", linkTo(end, actions.go)),
      ...evidence(data.edges[number], actions.go))));
  place.scrollTop = 0;
}

let tableStart = 0;

/** Show a page of the table: `found` are [edge number, start, end]. */
function showTable(place, found, go, start) {
  tableStart = Math.min(start, Math.max(0, Math.floor((found.length - 1) / TABLE_PAGE) * TABLE_PAGE));
  const page = found.slice(tableStart, tableStart + TABLE_PAGE);
  const body = make("tbody", {});
  page.forEach(([number, from, to]) => {
    const edge = data.edges[number];
    const quotes = edge[EDGE.quotes].map(quoteOf);
    body.append(make("tr", {}, make("td", {}, linkTo(from, go)), make("td", {}, relationName(edge)),
      make("td", {}, linkTo(to, go)), make("td", {}, quotes.map((quote) => quote.text).join("\n")),
      make("td", {}, Array.from(new Set(quotes.map((quote) => quote.source))).join("；"))));
  });
  const head = make("tr", {}, ...["start", "relation", "end", "quote", "where"].map((key) => make("th", { scope: "col" }, words[key])));
  const turn = (to, word, off) => make("button", { type: "button", disabled: off, onclick: () => showTable(place, found, go, to) }, word);
  const last = Math.min(tableStart + TABLE_PAGE, found.length);
  refill(place, 
    make("div", { class: "pages" }, fill(words.page, { first: found.length ? tableStart + 1 : 0, last, count: found.length }),
      turn(tableStart - TABLE_PAGE, words.previous, tableStart === 0),
      turn(tableStart + TABLE_PAGE, words.next, last >= found.length)),
    make("table", {}, make("thead", {}, head), body));
  place.scrollTop = 0;
}
