// A union's page: where it stands (块 and 条 apart), what it did, what it took part in.

view("union", {
  render: function (host, route) {
    const at = position(D.unions, function (one) { return one.id === route.union || one.name === route.union; });
    if (at < 0) {
      host.appendChild(nothing(w("kit.not_found", { name: route.union || "" }), w("kit.not_found_hint")));
      return;
    }
    const one = D.unions[at];
    const names = (one.canonical && one.canonical !== one.name ? [one.canonical] : []).concat(one.aliases).filter(function (name, i, every) { return name !== one.name && every.indexOf(name) === i; });
    append(host, [
      el("h2", { text: one.name }),
      el("p", { class: "lead" }, [levelShown(one.level), one.type ? label("type." + one.type, label("union_type." + one.type)) : null].filter(Boolean).join(lang() === "zh" ? " · " : ", "), one.regions.length ? [" · ", all(region, one.regions)] : null),
      names.length ? note(w("union.aliases", { names: listed(names) })) : null,
      superiorTable(at, "territorial"), superiorTable(at, "industrial"),
      subordinates(at),
      partsTable(one),
    ]);
  },
});

/** The superiors of one line: 块 territorial, 条 industrial or corporate. */
function superiorTable(at, line) {
  const rows = D.unions[at].superiors.filter(function (one) { return (one.line === "territorial") === (line === "territorial"); });
  return el("section", null, el("h3", { text: w(line === "territorial" ? "union.territorial" : "union.industrial") }),
    rows.length ? el("ul", { class: "superiors" }, rows.map(function (one) {
      return el("li", null, chain(one.union, line, [at]), one.quotes.length ? sources(one.quotes, D.unions[one.union].name) : el("span", { class: "note", text: w("union.by_codes") }));
    })) : uncertain(w("union.no_superior")));
}

/** A superior and those above it on the same line. */
function chain(at, line, seen) {
  const parts = [union.shown(at)];
  const upper = D.unions[at].superiors.filter(function (one) { return (one.line === "territorial") === (line === "territorial") && seen.indexOf(one.union) < 0; })[0];
  if (upper && seen.length < 8) parts.push(" › ", chain(upper.union, line, seen.concat(at)));
  return parts;
}

function subordinates(at) {
  const below = where(D.unions, function (one) { return one.superiors.some(function (upper) { return upper.union === at; }); });
  if (!below.length) return null;
  return el("section", null, el("h3", { text: w("union.below", { count: below.length }) }), el("p", null, all(union, below)));
}

/** The accounts in which a union takes part. */
function partsTable(one) {
  return el("section", null, el("h3", { text: w("union.accounts") }), one.accounts.length ? table({
    name: one.name, rows: one.accounts, columns: [
      { title: w("kit.account"), value: function (part) { return D.accounts[part[0]].name; }, cell: function (part) { return account.shown(part[0]); } },
      { title: w("kit.role"), value: function (part) { return label("role." + part[1]); } },
      { title: w("overview.started"), value: function (part) { return D.accounts[part[0]].started || ""; }, cell: function (part) { const of = D.accounts[part[0]]; return of.started ? el("span", { text: dateShown(of.started) }) : uncertain(knownBy(of)); } },
      { title: w("kit.practice_type"), value: function (part) { return listed(D.accounts[part[0]].types.map(function (applied) { return D.types[applied[0]].name; })); }, cell: function (part) { return el("span", null, all(type, D.accounts[part[0]].types.map(function (applied) { return applied[0]; }))); } },
    ],
  }) : nothing(w("union.none")));
}
