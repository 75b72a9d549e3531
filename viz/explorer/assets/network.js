// The network: who did what and what spread from whom, each tie with its quotes. Inferred ties are off at first and
// never look like stated ones.

(function () {
  const kindOf = Network.kindOf, rowOf = Network.rowOf, nameOf = Network.nameOf, keyOf = Network.keyOf, pageOf = Network.pageOf, find = Network.find;
  const read = Network.read, relations = Network.relations, kinds = Network.kinds, switched = Network.switched;
  const INTENDED = 1, COLLECTIVE = 2, INTERNAL = 4;
  const FAR = 460, ROWS = 40, HITS = 8;
  const STYLES = {
    spread: { colour: "#C04A00", width: 2.4, dash: null, arrow: true },
    spreadOpen: { colour: "#C04A00", width: 2.4, dash: null, arrow: false },
    intended: { colour: "#C04A00", width: 1.8, dash: [2, 5], arrow: true },
    several: { colour: "#C04A00", width: 1.1, dash: null, arrow: true },
    stated: { colour: "#8796A8", width: 1.3, dash: null, arrow: false },
    far: { colour: "#CFD7DF", width: 1, dash: null, arrow: false },
    derived: { colour: "#6B7785", width: 1, dash: [2, 4], arrow: false },
    inferred: { colour: "#7B3FA0", width: 1.8, dash: [9, 6], arrow: true },
  };
  const ORDER = ["far", "stated", "derived", "inferred", "intended", "several", "spreadOpen", "spread"];
  /** Where the view was left, so that a change of the filters does not move the picture. */
  const kept = {};

  function styleOf(tie) {
    if (tie.group === "computed") return "inferred";
    if (tie.group === "diffusion") return tie.flags & INTENDED ? "intended" : tie.flags & (COLLECTIVE | INTERNAL) ? "several" : tie.influence ? "spread" : "spreadOpen";
    if (tie.group !== "stated") return "derived";
    const net = D.network;
    return Math.hypot(net.x[tie.start] - net.x[tie.end], net.y[tie.start] - net.y[tie.end]) > FAR ? "far" : "stated";
  }

  function planOf(found) {
    const net = D.network;
    const place = {};
    const points = found.nodes.map(function (node, i) {
      place[node] = i;
      return { x: net.x[node], y: net.y[node], r: net.r[node], style: net.kind[node], label: nameOf(node), node: node };
    });
    const pairs = {};
    const lines = found.ties.map(function (tie) {
      const back = tie.influence === "end_to_start";
      const from = place[back ? tie.end : tie.start], to = place[back ? tie.start : tie.end];
      const pair = Math.min(from, to) + "/" + Math.max(from, to);
      const nth = pairs[pair] = (pairs[pair] || 0) + 1;
      const bend = nth === 1 ? 0 : (nth % 2 ? 0.1 : -0.1) * Math.floor(nth / 2) * (from < to ? 1 : -1);
      return { x1: points[from].x, y1: points[from].y, x2: points[to].x, y2: points[to].y, style: ORDER.indexOf(styleOf(tie)), from: from, to: to, bend: bend, tie: tie };
    });
    const used = {};
    lines.forEach(function (line) { used[ORDER[line.style]] = true; });
    if (used.far) used.stated = true;
    const kindsUsed = {};
    points.forEach(function (point) { kindsUsed[point.style] = true; });
    const legend = net.kinds.map(function (kind, i) { return { point: i, text: label(kind[0]) }; }).filter(function (entry) { return kindsUsed[entry.point]; })
      .concat(ORDER.slice().reverse().filter(function (style) { return used[style] && style !== "far"; }).map(function (style) { return { line: ORDER.indexOf(style), text: w("network.line_" + style) }; }));
    return {
      title: titleOf(route), note: w("kit.sample"), grow: true, margin: { left: 60, top: 30, right: 60, bottom: 34 }, points: points, lines: lines, legend: legend,
      lineStyles: ORDER.map(function (style) { return STYLES[style]; }),
      pointStyles: net.kinds.map(function (kind) { return { shape: kind[1], fill: kind[2], border: kind[3] }; }),
    };
  }

  function titleOf(route) {
    const parts = [route.practice, route.theme, route.level ? label("level." + route.level) : null].filter(Boolean);
    return parts.length ? w("network.title_of", { what: listed(parts) }) : w("network.title");
  }

  // ---------------------------------------------------------------- words for marks

  function sentence(tie) {
    if (tie.group === "computed") return w("network.before", { first: nameOf(tie.start), last: nameOf(tie.end) });
    return nameOf(tie.start) + " — " + label(tie.type) + " → " + nameOf(tie.end);
  }
  function flagsOf(tie) {
    return [tie.flags & INTENDED ? w("network.intended") : null, tie.flags & COLLECTIVE ? w("network.collective") : null, tie.flags & INTERNAL ? w("network.internal") : null,
      tie.period ? dateShown(tie.period) : null, tie.group === "computed" ? w("network.frequency", { share: Math.round(tie.frequency * 100) }) : null];
  }
  function basisOf(tie) { return w("network.basis_" + (tie.group === "diffusion" ? "stated" : tie.group)); }

  /** One tie as a line of the side panel, with its quotes to open. */
  function tieItem(tie, node, goTo) {
    const other = tie.start === node ? tie.end : tie.start;
    const name = el("button", { type: "button", class: "goto", text: nameOf(other), on: { click: function () { goTo(other); } } });
    const words = tie.group === "computed" ? w("network.inferred_title") + colon() + w(tie.start === node ? "network.comes_before" : "network.comes_after") : label(tie.type);
    const arrow = tie.group === "computed" ? "" : tie.start === node ? " → " : " ← ";
    const more = listed(flagsOf(tie));
    return el("li", null, el("span", { class: "relation", text: words + arrow }), name, more ? uncertain(bracketed(more)) : null, behind(tie, goTo));
  }

  function behind(tie, goTo) {
    const parts = [];
    if (tie.quotes.length) parts.push(el("details", null, el("summary", { text: w("kit.sources", { count: tie.quotes.length }) }), quotes(tie.quotes, 6)));
    else if (tie.accounts.length) {
      parts.push(el("p", { class: "note" }, w("network.rests_on"), strung(tie.accounts.slice(0, 6).map(function (node) {
        return el("button", { type: "button", class: "goto", text: nameOf(node), on: { click: function () { goTo(node); } } });
      })), tie.accounts.length > 6 ? w("network.and_more", { count: tie.accounts.length }) : null));
    } else parts.push(el("p", { class: "note", text: w("network.no_quote") }));
    return parts;
  }

  // ---------------------------------------------------------------- the side panel

  function openNode(node, ties, goTo) {
    const found = read().touching[node].map(function (i) { return read().ties[i]; }).filter(function (tie) { return tie.group !== "computed" || ties[tie.relation]; });
    const rank = { diffusion: 0, stated: 1, structural: 2, derived: 3, computed: 4 };
    found.sort(function (a, b) { return rank[a.group] - rank[b.group] || a.type.localeCompare(b.type); });
    const row = rowOf(node), page = pageOf(node);
    const more = [label(kindOf(node)), row && row.level && kindOf(node) === "TradeUnion" ? label("level." + row.level) : null].filter(Boolean);
    const list = el("ul", { class: "ties" });
    function put(from, to) { found.slice(from, to).forEach(function (tie) { list.appendChild(tieItem(tie, node, goTo)); }); }
    put(0, ROWS);
    const rest = found.length > ROWS ? el("button", { type: "button", class: "more", text: w("kit.more", { count: found.length - ROWS }) }) : null;
    if (rest) rest.addEventListener("click", function () { rest.parentNode.removeChild(rest); put(ROWS, found.length); });
    panel(nameOf(node), el("p", { class: "note", text: listed(more) }),
      row && row.canonical && row.canonical !== row.name ? el("p", { class: "note", text: row.canonical }) : null,
      page ? el("p", null, w("network.page"), page) : null,
      el("p", null, link(changed({ only: keyOf(node), node: keyOf(node) }), w("network.only"))),
      el("h4", { text: w("network.statements", { count: found.length }) }), list, rest);
  }

  function openTie(tie, goTo) {
    panel(tie.group === "computed" ? w("network.inferred_title") : label(tie.type),
      el("p", null, el("button", { type: "button", class: "goto", text: nameOf(tie.start), on: { click: function () { goTo(tie.start); } } }),
        tie.group === "computed" ? " … " : " → ", el("button", { type: "button", class: "goto", text: nameOf(tie.end), on: { click: function () { goTo(tie.end); } } })),
      el("p", { class: "note", text: listed([basisOf(tie)].concat(flagsOf(tie))) }),
      tie.group === "computed" ? el("p", { class: "note", text: w("network.inferred_note", { types: listed(tie.types) }) }) : null,
      tie.quotes.length ? quotes(tie.quotes, 20) : behind(tie, goTo));
  }

  // ---------------------------------------------------------------- choices

  /** Put a change of a list of ticks into the address; the list as the page opens is not told. */
  function ticked(name, list, on, key, value) {
    const now = list.filter(function (one) { return one.key === key ? value : on[one.key]; }).map(function (one) { return one.key; });
    const plain = list.every(function (one) { return one.on === (now.indexOf(one.key) >= 0); });
    const to = {};
    to[name] = plain ? null : now.join(",") || "-";
    go(changed(to));
  }
  function ticks(name, list, on, some, sample) {
    return some.map(function (one) {
      const box = el("input", { type: "checkbox", name: name + "." + one.key, checked: on[one.key], on: { change: function () { ticked(name, list, on, one.key, box.checked); } } });
      return el("label", { class: "tick" }, box, sample ? sample(one) : null, el("span", { text: one.name }), one.count ? el("span", { class: "count", text: number(one.count) }) : null);
    });
  }

  function sampleOf(entry, plan) {
    const canvas = el("canvas", { width: 64, height: 32, "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    SceneSheet.sample(pen, plan, entry, 1, 8);
    return canvas;
  }

  const GROUP_STYLES = { diffusion: "spread", stated: "stated", structural: "derived", derived: "derived", computed: "inferred" };
  function choices(route, plan) {
    const everyKind = kinds(), every = relations();
    const kindsOn = switched(everyKind, route.kinds), tiesOn = switched(every, route.ties);
    return el("div", { class: "choices" },
      el("h3", { text: w("network.kinds") }),
      ticks("kinds", everyKind, kindsOn, everyKind, function (one) { return sampleOf({ point: one.style }, plan); }),
      el("h3", { text: w("network.relations") }),
      Object.keys(GROUP_STYLES).map(function (part) {
        const some = every.filter(function (one) { return one.group === part; });
        if (!some.length) return null;
        const on = some.filter(function (one) { return tiesOn[one.key]; }).length;
        return el("details", { open: kept[part] === undefined ? part === "diffusion" || part === "computed" : kept[part], on: { toggle: function (event) { kept[part] = event.target.open; } } },
          el("summary", null, sampleOf({ line: ORDER.indexOf(GROUP_STYLES[part]) }, plan), w("network.group_" + part), el("span", { class: "count", text: on + "/" + some.length })),
          ticks("ties", every, tiesOn, some));
      }),
      inferredNote());
  }

  /** Why nothing is inferred, or that what is inferred is no influence. */
  function inferredNote() {
    if (!D.inferred) return null;
    return Object.keys(D.inferred).map(function (unit) {
      const found = D.inferred[unit];
      if (!found.lacking) return found.ties.length ? null : el("p", { class: "note", text: w("network.none_" + unit) });
      const reasons = [
        found.types < found.least_types ? w("network.lack_types", { count: found.types, least: found.least_types }) : null,
        found.publishers < found.least_publishers ? w("network.lack_publishers", { count: found.publishers, least: found.least_publishers }) : null,
      ];
      return el("p", { class: "note", text: w("network.lacking_" + unit) + listed(reasons) });
    });
  }

  /** The box that finds a name, with the hits under it. */
  function searchBox(goTo) {
    const hits = el("ul", { class: "sought", hidden: true });
    /** The nodes whose name, or other name, has the text in it: the same first, then those that begin so. */
    function matching(text) {
      const wanted = text.trim().toLowerCase();
      const found = [[], [], []];
      if (!wanted) return [];
      D.network.kind.forEach(function (kind, node) {
        const row = rowOf(node), name = nameOf(node).toLowerCase();
        const also = row && kindOf(node) === "TradeUnion" ? (row.canonical || "") + " " + row.aliases.join(" ") : "";
        const at = name.indexOf(wanted);
        if (at >= 0 || also.toLowerCase().indexOf(wanted) >= 0) found[name === wanted ? 0 : at === 0 ? 1 : 2].push(node);
      });
      return Array.prototype.concat.apply([], found).slice(0, HITS);
    }
    function take(node) {
      hits.hidden = true;
      box.value = nameOf(node);
      goTo(node);
    }
    function list() {
      const found = matching(box.value);
      empty(hits);
      found.forEach(function (node) {
        hits.appendChild(el("li", null, el("button", { type: "button", on: { click: function () { take(node); } } }, nameOf(node), el("span", { class: "count", text: label(kindOf(node)) }))));
      });
      if (!found.length && box.value.trim()) hits.appendChild(el("li", { class: "note", text: w("network.no_hit") }));
      hits.hidden = !box.value.trim();
    }
    const box = el("input", {
      type: "search", name: "find", autocomplete: "off", placeholder: w("network.find_hint"), on: {
        input: list,
        keydown: function (event) {
          const found = event.key === "Enter" ? matching(box.value) : [];
          if (found.length) take(found[0]);
          if (event.key === "Escape") hits.hidden = true;
        },
      },
    });
    return el("div", { class: "seek" }, el("label", { class: "choice" }, el("span", { text: w("network.find") }), box), hits);
  }

  // ---------------------------------------------------------------- the view

  function tableOf(found, goTo) {
    function ended(node) { return el("button", { type: "button", class: "goto", text: nameOf(node), on: { click: function () { goTo(node); } } }); }
    return table({
      name: w("network.title"),
      rows: found.ties,
      columns: [
        { title: w("network.start"), value: function (tie) { return nameOf(tie.start); }, cell: function (tie) { return ended(tie.start); } },
        { title: w("network.relation"), value: function (tie) { return tie.group === "computed" ? w("network.inferred_title") : label(tie.type); } },
        { title: w("network.end"), value: function (tie) { return nameOf(tie.end); }, cell: function (tie) { return ended(tie.end); } },
        { title: w("network.remarks"), value: function (tie) { return listed(flagsOf(tie)); } },
        { title: w("network.basis"), value: basisOf },
        { title: w("kit.quotes"), value: function (tie) { return quotesText(tie.quotes); },
          cell: function (tie) { return sources(tie.quotes, sentence(tie)); } },
      ],
    });
  }

  function stableSelect(route) {
    const some = Object.keys(D.inferred || {}).some(function (unit) { return D.inferred[unit].ties.length; });
    if (!some) return null;
    return select("stable", w("network.stable"), [["", w("network.stable_at", { share: 80 })], ["0.5", w("network.stable_at", { share: 50 })], ["0.01", w("network.stable_any")]], route.stable);
  }

  function render(host, route) {
    const net = D.network;
    if (!net) { // a page of other views
      host.appendChild(nothing(w("kit.no_view"), w("kit.no_view_hint")));
      return null;
    }
    const found = Network.visible(route);
    const plan = planOf(found);
    const ties = switched(relations(), route.ties);
    const key = JSON.stringify([route.practice, route.theme, route.level, route.only]);
    if (kept.key !== key) { kept.key = key; kept.view = null; }
    const place = {};
    plan.points.forEach(function (point, i) { place[point.node] = i; });

    /** Remember the chosen node in the address without drawing everything anew. */
    function remember(node) {
      const to = changed({ node: node === null ? null : keyOf(node) });
      route.node = to.node;
      history.replaceState(null, "", address(to));
    }
    function goTo(node) {
      remember(node);
      if (place[node] === undefined) { // not in the picture as it is filtered: shown with what it is tied to
        go({ view: "network", only: keyOf(node), node: keyOf(node), kinds: route.kinds, ties: route.ties });
        return;
      }
      scene.show({ point: place[node] });
      openNode(node, ties, goTo);
    }
    const scene = Scene.make({
      plan: plan, height: 520, name: w("network.title"), kept: kept,
      tell: function (hit) { return hit.point !== undefined ? label(kindOf(plan.points[hit.point].node)) + colon() + nameOf(plan.points[hit.point].node) : sentence(plan.lines[hit.line].tie); },
      choose: function (hit) { if (hit) opened(hit); else { remember(null); closePanel(); } },
      open: opened,
      ties: function (hit) {
        const lines = [], points = [];
        plan.lines.forEach(function (line, i) {
          if (hit.line === i || line.from === hit.point || line.to === hit.point) { lines.push(i); points.push(line.from, line.to); }
        });
        return { lines: lines, points: hit.point === undefined ? points : points.concat(hit.point) };
      },
    });
    function opened(hit) {
      if (hit.point !== undefined) {
        remember(plan.points[hit.point].node);
        openNode(plan.points[hit.point].node, ties, goTo);
      } else openTie(plan.lines[hit.line].tie, goTo);
    }

    const levels = LEVELS.map(function (level) { return [level, levelShown(level)]; });
    append(host, [
      el("h2", { text: w("kit.view_network") }),
      filters(practiceSelect(route.practice, w("kit.all")),
        select("theme", w("kit.theme"), [["", w("kit.all")]].concat(D.themes.map(function (one) { return [one.name, one.name]; })), route.theme),
        select("level", w("network.level"), [["", w("kit.all")]].concat(levels), route.level), stableSelect(route), searchBox(goTo)),
      el("p", { class: "shown", role: "status" }, w("network.shown", { nodes: number(plan.points.length), all_nodes: number(net.all_nodes), ties: number(plan.lines.length), all_ties: number(net.all_edges) }),
        route.only ? [" ", w("network.only_now", { name: find(route.only) >= 0 ? nameOf(find(route.only)) : route.only }), " ", link(changed({ only: null, node: null }), w("network.whole"))] : null),
      net.all_nodes > net.kind.length ? el("p", { class: "note limited", text: w("network.limited", { limit: number(net.limit), all: number(net.all_nodes) }) }) : null,
    ]);
    const tableNode = tableOf(found, goTo);
    host.appendChild(el("div", { class: "sides" }, choices(route, plan), plan.points.length ? figure({
      name: w("network.title"), title: plan.title, picture: el("div", null, scene.node, SceneSheet.legend(plan)), svg: scene.svg, png: scene.png, note: w("network.note"), table: tableNode,
    }) : nothing(w("network.nothing"), el("span", null, w("network.nothing_hint"), " ", link({ view: "network" }, w("network.reset"))))));
    const at = route.node ? find(route.node) : -1;
    if (at >= 0 && place[at] !== undefined) {
      scene.show({ point: place[at] });
      openNode(at, ties, goTo);
    }
    return scene.leave;
  }

  view("network", { nav: true, order: 4, render: render });
})();
