// The overview: what the material is, what it holds by field and by group, and ways into it.

view("overview", {
  nav: true, order: 1,
  render: function (host) {
    const about = D.about;
    append(host, [
      el("h2", { text: w("overview.heading") }),
      el("p", { class: "lead", text: w("overview.lead", {
        documents: about.documents, accounts: about.accounts, unions: D.unions.length,
        types: D.types.filter(function (one) { return !one.routine; }).length, end: about.end ? dateShown(about.end) : w("kit.unknown"),
      }) }),
      about.matching > about.kept ? note(w("overview.kept", { kept: about.kept, matching: about.matching })) : null,
      selectionShown(),
      finder(),
      overviewSpread(),
      el("h3", { text: w("overview.types") }),
      note(w("overview.types_note")),
      typeList(D.types, false),
      routineTypes(),
      el("div", { class: "columns" },
        el("section", null, el("h3", { text: w("overview.themes") }), note(w("overview.themes_note")), bars(D.themes, "theme")),
        el("section", null, el("h3", { text: w("overview.groups") }), note(w("overview.groups_note")), bars(D.groups, "group"))),
      el("h3", { text: w("overview.documents") }),
      documentTable(),
      el("h3", { text: w("overview.accounts") }),
      accountTable(D.accounts.map(function (one, i) { return i; }), w("overview.accounts")),
    ]);
  },
});

/** What the page was limited to. */
function selectionShown() {
  const chosen = D.about.selection;
  const parts = ["practice", "theme", "region"].filter(function (key) { return chosen[key] !== null; }).map(function (key) {
    return w("overview.by_" + key, { name: key === "region" ? D.regions[chosen[key]].full : chosen[key] });
  });
  return parts.length ? note(w("overview.selection", { what: listed(parts) })) : null;
}

/** A box that finds accounts, unions, practice types and regions of this page by name. */
function finder() {
  const hits = el("ul", { class: "hits", hidden: true });
  const box = el("input", {
    type: "search", placeholder: w("overview.find_hint"), "aria-label": w("overview.find"), on: {
      input: function () { look(box.value.trim()); },
      keydown: function (event) {
        const first = hits.querySelector("a");
        if (event.key === "Enter" && first) { event.preventDefault(); first.click(); }
        if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
      },
    },
  });
  function look(text) {
    empty(hits);
    hits.hidden = !text;
    if (!text) return;
    const found = [];
    [[D.types, "practice", function (one) { return { practice: one.name }; }], [D.unions, "union", function (one) { return { union: one.id }; }],
      [D.accounts, "account", function (one) { return { case: one.id }; }], [D.regions, "region", function (one) { return { region: one.code }; }],
      [D.themes, "theme", function (one) { return { theme: one.name }; }], [D.groups, "group", function (one) { return { group: one.name }; }],
    ].forEach(function (kind) {
      kind[0].forEach(function (one) {
        const names = [one.name, one.full, one.canonical, one.practice].concat(one.aliases || []).filter(Boolean);
        if (names.some(function (name) { return name.indexOf(text) >= 0; })) found.push([kind[1], one, kind[2](one), one.name.indexOf(text) === 0 ? 0 : 1]);
      });
    });
    found.sort(function (a, b) { return a[3] - b[3]; });
    found.slice(0, 12).forEach(function (hit) {
      hits.appendChild(el("li", null, link(hit[2], hit[1].full || hit[1].name), el("span", { class: "kind", text: w("overview.kind_" + hit[0]) })));
    });
    if (!found.length) hits.appendChild(el("li", null, uncertain(w("overview.no_hit", { text: text }))));
  }
  return el("div", { class: "finder", role: "search" }, box, hits);
}

/** How many accounts state that something spread, and where to see it. */
function overviewSpread() {
  const counted = {};
  D.accounts.forEach(function (one) {
    one.fields.forEach(function (field) {
      if (SPREAD.indexOf(field[0]) >= 0) counted[field[0]] = (counted[field[0]] || 0) + field[1].length;
    });
  });
  const kinds = SPREAD.filter(function (kind) { return counted[kind]; });
  if (!kinds.length) return null;
  return el("section", null,
    el("h3", { text: w("overview.spread") }),
    el("p", null, kinds.map(function (kind, i) {
      return [i ? (lang() === "zh" ? "；" : "; ") : null, label(kind) + " " + counted[kind]];
    }), lang() === "zh" ? "。" : ". ", D.about.views.indexOf("timeline") >= 0 ? link({ view: "timeline" }, w("overview.see_timeline")) : null));
}

/** Practice types as links, those with most accounts first. */
function typeList(types, routine) {
  const rows = types.filter(function (one) { return one.routine === routine && one.count > 0; })
    .sort(function (a, b) { return b.count - a.count || a.name.localeCompare(b.name, "zh"); });
  return el("ul", { class: "type-list" }, rows.map(function (one) {
    return el("li", null, link({ practice: one.name }, one.name), " ", el("span", { class: "count", text: one.count }));
  }));
}

function routineTypes() {
  return el("details", null, el("summary", { text: w("overview.routine") }), note(w("overview.routine_note")), typeList(D.types, true));
}

/** Terms with the number of accounts as bars; those that no account belongs to are named below. */
function bars(terms, key) {
  const used = terms.filter(function (one) { return one.accounts; }).sort(function (a, b) { return b.accounts - a.accounts; });
  const most = used.length ? used[0].accounts : 1;
  const unused = terms.filter(function (one) { return !one.accounts; });
  return el("div", null, el("ul", { class: "bars" }, used.map(function (one) {
    const to = {};
    to[key] = one.name;
    return el("li", null, link(to, one.name), el("span", { class: "bar", style: { width: Math.max(2, Math.round(120 * one.accounts / most)) + "px" } }), el("span", { class: "count", text: one.accounts }));
  })), unused.length ? note(w("overview.unused", { names: listed(unused.map(function (one) { return one.name; })) })) : null);
}

function documentTable() {
  return table({
    name: w("overview.documents"), rows: D.documents, columns: [
      { title: w("kit.document"), value: function (one) { return one.title; } },
      { title: w("overview.publisher"), value: function (one) { return one.publisher || ""; } },
      { title: w("overview.published"), value: function (one) { return one.published || ""; }, cell: function (one) { return one.published ? el("span", { text: dateShown(one.published) }) : uncertain(w("kit.undated")); } },
      { title: w("kit.accounts"), numeric: true, value: function (one) { const at = D.documents.indexOf(one); return D.accounts.filter(function (account) { return account.document === at; }).length; } },
      { title: w("overview.reference"), value: function (one) { return one.reference || ""; } },
    ],
  });
}

/** Accounts as a table: who, where, what, when, in which document. */
function accountTable(positions, name) {
  return table({
    name: name, page: 20, rows: positions.map(function (i) { return D.accounts[i]; }), columns: [
      { title: w("kit.account"), value: function (one) { return one.name; }, cell: function (one) { return link({ case: one.id }, one.name); } },
      { title: w("overview.originator"), value: function (one) { return listed(originators(one).map(function (i) { return D.unions[i].name; })); }, cell: function (one) { return el("span", null, all(union, originators(one))); } },
      { title: w("kit.region"), value: function (one) { return listed(one.regions.map(function (i) { return D.regions[i].full; })); }, cell: function (one) { return el("span", null, all(region, one.regions)); } },
      { title: w("overview.started"), value: function (one) { return one.started || ""; }, cell: function (one) { return one.started ? el("span", { text: dateShown(one.started) }) : uncertain(knownBy(one)); } },
      { title: w("kit.theme"), value: function (one) { return listed(one.themes.map(function (i) { return D.themes[i].name; })); } },
      { title: w("kit.document"), value: function (one) { return D.documents[one.document].title; } },
    ],
  });
}

/** The unions that an account is of. */
function originators(account) {
  return account.unions.filter(function (part) { return part[1] === "originator"; }).map(function (part) { return part[0]; });
}

/** By when an account without a stated start is known. */
function knownBy(account) {
  const bounds = account.types.filter(function (one) { return one[3]; });
  if (!bounds.length) return w("kit.undated");
  const last = bounds.map(function (one) { return one[3]; }).sort()[0];
  return boundShown(last);
}
