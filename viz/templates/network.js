// The picture: what of it is shown, and what happens when the reader looks for, points at or chooses something.
// `nodes`, `edges` and `network` are those that pyvis's page makes.

const lines = edges.get().sort((a, b) => a.id - b.id);
const cases = Object.keys(data.facets).map(Number);
const ties = data.nodes.map(() => []);
const restsOn = data.nodes.map(() => []);
lines.forEach((line) => {
  ties[line.from].push(line.id);
  if (line.to !== line.from) ties[line.to].push(line.id);
  [line.from, line.to].forEach((node) => restsOn[node].push(...data.edges[line.id][EDGE.cases]));
});
const byTies = data.nodes.map((_, node) => node).sort((a, b) => ties[b].length - ties[a].length || a - b);
const nodeHidden = nodes.get().map((node) => Boolean(node.hidden));
const lineHidden = lines.map((line) => Boolean(line.hidden));
let shownLines = [];

const element = (name) => document.getElementById(name);
const number = (value) => value.toLocaleString("en");

/** Which nodes and lines the choices leave. */
function visible() {
  const passing = data.nodes.map(() => false);
  let every = true;
  cases.forEach((node) => {
    passing[node] = passes(data.facets[node]);
    every = every && passing[node];
  });
  const stands = (edge) => edge[EDGE.cases].length === 0 || edge[EDGE.cases].some((node) => passing[node]);
  const matches = (node) => (node in data.facets ? passing[node] : every || restsOn[node].some((other) => passing[other]));
  let found;
  const near = new Set();
  if (chosen.alone !== null) {
    near.add(chosen.alone);
    ties[chosen.alone].forEach((id) => { near.add(lines[id].from); near.add(lines[id].to); });
    found = byTies.filter((node) => near.has(node));
  } else {
    found = byTies.filter((node) => chosen.kinds[data.nodes[node][NODE.kind]] && matches(node));
  }
  const all = found.length;
  if (!chosen.unlimited) found = found.slice(0, data.limit);
  const shown = data.nodes.map(() => false);
  found.forEach((node) => { shown[node] = true; });
  chosen.asked.forEach((node) => { shown[node] = true; });
  const drawnLines = lines.map((line) => {
    const edge = data.edges[line.id];
    const own = chosen.alone !== null && (line.from === chosen.alone || line.to === chosen.alone);
    return shown[line.from] && shown[line.to] && (own || (chosen.relations[edge[EDGE.relation]] && stands(edge)));
  });
  return { shown, drawnLines, all };
}

function update(set, hidden, wanted) {
  const changes = [];
  wanted.forEach((show, id) => {
    if (hidden[id] === show) {
      hidden[id] = !show;
      changes.push({ id, hidden: !show });
    }
  });
  if (changes.length) set.update(changes);
}

function say(text, action, then) {
  const message = element("message");
  message.hidden = !text;
  refill(message, text || "");
  if (action) message.append(make("button", { type: "button", onclick: then }, action));
}

function refresh() {
  const { shown, drawnLines, all } = visible();
  update(nodes, nodeHidden, shown);
  update(edges, lineHidden, drawnLines);
  forgetLabels();
  shownLines = lines.filter((line) => drawnLines[line.id]).map((line) => [line.id, line.from, line.to]);
  const count = shown.filter(Boolean).length;
  element("shown").textContent = fill(words.shown, {
    nodes: number(count), all_nodes: number(data.nodes.length),
    edges: number(shownLines.length), all_edges: number(lines.length),
  });
  if (!data.nodes.length) say(words.empty);
  else if (chosen.alone !== null) {
    say(fill(words.alone, { name: data.nodes[chosen.alone][NODE.name] }), words.show_rest, () => {
      chosen.alone = null;
      refresh();
      network.fit();
    });
  } else if (!count) say(words.nothing);
  else if (!chosen.unlimited && all > data.limit) {
    say(fill(words.limited, { all: number(all), limit: number(data.limit) }), words.show_all, () => {
      chosen.unlimited = true;
      refresh();
    });
  } else say("");
  if (element("table").open) showTable(element("rows"), shownLines, go, 0);
}

const actions = {
  go,
  centre: (node) => network.focus(node, { scale: Math.max(network.getScale(), 0.9), animation: false }),
  alone: (node) => { chosen.alone = node; refresh(); network.fit({ nodes: nodes.getIds().filter((id) => !nodeHidden[id]), animation: false }); },
  close: () => { network.unselectAll(); forgetLabels(); showHint(element("details")); },
};

function select(node) {
  network.selectNodes([node]);
  forgetLabels();
  network.redraw();
  const order = (id) => data.relations[data.edges[id][EDGE.relation]].group;
  const found = ties[node].slice().sort((a, b) => order(a) - order(b) || data.edges[a][0] - data.edges[b][0] || a - b);
  showNode(element("details"), node, found.map((id) => {
    const line = lines[id];
    return line.from === node ? [id, line.to, true] : [id, line.from, false];
  }), actions);
}

/** Go to a node, showing it even where the filters leave it out. */
function go(node) {
  if (nodeHidden[node]) {
    chosen.asked.add(node);
    if (chosen.alone !== null) chosen.alone = null;
    refresh();
  }
  select(node);
  actions.centre(node);
}

function selectLine(id) {
  const line = lines[id];
  const same = ties[line.from].filter((other) => {
    const ends = lines[other];
    return !lineHidden[other] && (other === id || (ends.from === line.from && ends.to === line.to) || (ends.from === line.to && ends.to === line.from));
  });
  network.setSelection({ nodes: [], edges: [id] });
  showEdges(element("details"), [id].concat(same.filter((other) => other !== id)).map((other) => [other, lines[other].from, lines[other].to]), actions);
}

// Search

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
let searchable = null;
let hits = [];
let active = 0;

function rank(names, wanted) {
  if (names[0] === wanted) return 0;
  if (names[0].startsWith(wanted)) return 1;
  if (names.slice(1).includes(wanted)) return 2;
  if (names[0].includes(wanted)) return 3;
  return names.some((name) => name.includes(wanted)) ? 4 : 9;
}

function find(text) {
  const wanted = plain(text);
  if (!wanted) return [];
  if (!searchable) searchable = data.nodes.map((node) => [node[NODE.name]].concat(node[NODE.aliases]).map(plain));
  const ranks = searchable.map((names) => rank(names, wanted));
  return byTies.filter((node) => ranks[node] < 9).sort((a, b) => ranks[a] - ranks[b]).slice(0, 30);
}

function showHits(open) {
  const list = element("hits");
  const box = element("search");
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  refill(list, ...hits.map((node, i) => make("li", {
    role: "option", id: `hit-${i}`, "aria-selected": String(i === active), onmousedown: (event) => { event.preventDefault(); take(i); },
  }, make("span", {}, data.nodes[node][NODE.name]), make("span", { class: "kind" }, data.kinds[data.nodes[node][NODE.kind]].name))));
  if (open && !hits.length) list.append(make("li", {}, words.no_hit));
  if (open && hits.length) {
    box.setAttribute("aria-activedescendant", `hit-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function take(place) {
  if (place >= hits.length) return;
  showHits(false);
  go(hits[place]);
}

element("search").addEventListener("input", (event) => {
  hits = find(event.target.value);
  active = 0;
  showHits(event.target.value.trim() !== "");
});
element("search").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    event.preventDefault();
    active = (active + step + hits.length) % hits.length;
    showHits(true);
  } else if (event.key === "Enter") take(active);
  else if (event.key === "Escape") showHits(false);
});
element("search").addEventListener("blur", () => showHits(false));

// The picture itself

function tip(text, at) {
  const place = element("tip");
  place.hidden = !text;
  place.textContent = text || "";
  if (!text) return;
  const room = element("mynetwork").getBoundingClientRect();
  place.style.left = `${Math.max(0, Math.min(at.x + 14, room.width - place.offsetWidth - 8))}px`;
  place.style.top = `${Math.max(0, Math.min(at.y + 14, room.height - place.offsetHeight - 8))}px`;
}

network.on("click", (event) => {
  if (event.nodes.length) select(event.nodes[0]);
  else if (event.edges.length) selectLine(event.edges[0]);
});
network.on("hoverNode", (event) => {
  const node = data.nodes[event.node];
  tip(`${node[NODE.name]}（${data.kinds[node[NODE.kind]].name}）`, network.canvasToDOM(network.getPosition(event.node)));
});
network.on("hoverEdge", (event) => {
  const line = lines[event.edge];
  const relation = data.relations[data.edges[line.id][EDGE.relation]].name;
  tip(`${data.nodes[line.from][NODE.name]} —${relation}→ ${data.nodes[line.to][NODE.name]}`, event.pointer ? event.pointer.DOM : { x: 8, y: 8 });
});
["blurNode", "blurEdge", "dragStart", "zoom"].forEach((name) => network.on(name, () => tip("")));

const moved = (move) => () => { tip(""); move(); };
const zoomBy = (factor) => moved(() => network.moveTo({ scale: network.getScale() * factor, animation: false }));
element("zoom-in").addEventListener("click", zoomBy(1.35));
element("zoom-out").addEventListener("click", zoomBy(1 / 1.35));
element("fit").addEventListener("click", moved(() => network.fit({ animation: false })));
element("print").addEventListener("click", () => window.print());
element("table").addEventListener("toggle", () => {
  if (element("table").open) showTable(element("rows"), shownLines, go, tableStart);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target !== element("search")) actions.close();
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    element("search").focus();
  }
});

network.setOptions({ interaction: { hideEdgesOnDrag: lines.length > 2500 } });
const frame = element("mynetwork").querySelector(".vis-network");
frame.tabIndex = 0; // vis-network says 900, which is where the eye is not
// Our own keys: those of vis-network take the focus away from the search box whenever the mouse moves.
frame.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  const factor = { "+": 1.2, "=": 1.2, "-": 1 / 1.2 }[event.key];
  if (step) {
    const at = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: at.x + step[0] / scale, y: at.y + step[1] / scale }, animation: false });
  } else if (factor) zoomBy(factor)();
  else if (event.key === "0") network.fit({ animation: false });
  else return;
  tip("");
  event.preventDefault();
});
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", words.title);
network.on("afterDrawing", drawLabels);
showChoices(refresh);
showHint(element("details"));
refresh();
network.redraw();
