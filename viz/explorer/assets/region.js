// A region's page: its place among regions, its unions, the accounts from it, what is on record there.

view("region", {
  render: function (host, route) {
    const at = position(D.regions, function (one) { return one.code === route.region || one.name === route.region || one.full === route.region; });
    if (at < 0) {
      host.appendChild(nothing(w("kit.not_found", { name: route.region || "" }), w("kit.not_found_hint")));
      return;
    }
    const one = D.regions[at];
    const accounts = where(D.accounts, function (account) { return account.regions.some(function (place) { return within(place, at); }); });
    const unions = where(D.unions, function (union) { return union.regions.some(function (place) { return within(place, at); }); });
    const below = where(D.regions, function (other) { return other.within.indexOf(at) >= 0 && other !== one; });
    append(host, [
      el("h2", { text: one.full }),
      el("p", { class: "lead" }, label("region_level." + one.level), " · ", w("region.code", { code: one.code }), one.within.length ? [" · ", w("region.within"), all(region, one.within)] : null),
      one.until ? el("p", { class: "note" }, w("region.until", { date: dateShown(one.until) }), one.became.length ? [" ", w("region.became"), all(region, one.became)] : null) : null,
      one.counted || one.level !== "province" ? null : note(w("region.not_counted")),
      el("h3", { text: w("region.types") }),
      accounts.length ? regionTypes(accounts, one.full) : nothing(w("region.none", { name: one.full }), w("region.none_hint")),
      accounts.length ? [el("h3", { text: w("region.accounts", { count: accountsAt(accounts) }) }), accountTable(accounts, one.full)] : null,
      unions.length ? [el("h3", { text: w("region.unions", { count: unions.length }) }), unionsByLevel(unions)] : null,
      below.length ? [el("h3", { text: w("region.below") }), el("p", { class: "tags" }, below.map(function (i) {
        const has = D.accounts.some(function (account) { return account.regions.some(function (place) { return within(place, i); }); });
        return el("span", { class: has ? "" : "uncertain" }, region.shown(i));
      })), note(w("region.below_note"))] : null,
    ]);
  },
});

/** The practice types on record in some accounts, in the order of their names: no ranking. */
function regionTypes(accounts, name) {
  const found = {};
  accounts.forEach(function (i) {
    D.accounts[i].types.forEach(function (applied) {
      const row = found[applied[0]] || (found[applied[0]] = { type: applied[0], accounts: [], quotes: [], datings: {} });
      if (row.accounts.indexOf(i) < 0) row.accounts.push(i);
      row.quotes = row.quotes.concat(applied[5]);
      const same = D.accounts[i].same;
      (row.datings[same] = row.datings[same] || []).push(applied.slice(2, 5));
    });
  });
  const rows = Object.keys(found).map(function (key) { return found[key]; }).sort(function (a, b) { return D.types[a.type].name.localeCompare(D.types[b.type].name, "zh"); });
  rows.forEach(function (row) { row.first = earliest(Object.keys(row.datings).map(function (same) { return ofAccount(row.datings[same]); })); });
  return table({
    name: name, rows: rows, columns: [
      { title: w("kit.practice_type"), value: function (row) { return D.types[row.type].name; }, cell: function (row) { return type.shown(row.type); } },
      { title: w("region.earliest"), value: function (row) { return D.types[row.type].routine ? "" : row.first[1] || ""; }, cell: function (row) { return D.types[row.type].routine ? uncertain(w("region.routine")) : el("span", { text: interval(row.first[0], row.first[1], row.first[2]) }); } },
      { title: w("kit.accounts"), numeric: true, value: function (row) { return accountsAt(row.accounts); } },
      { title: w("kit.quotes"), value: function (row) { return row.quotes.length; }, cell: function (row) { return sources(row.quotes, D.types[row.type].name); } },
    ],
  });
}

/**
 * The earliest of several datings [not before, not after, dated by], as the graph tells it of an adoption: what has no
 * lower bound may be the earliest, so then there is none.
 */
function earliest(datings) {
  const dated = datings.filter(function (one) { return one[1]; }).sort(function (a, b) { return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : (a[0] ? 0 : 1) - (b[0] ? 0 : 1); });
  const lower = datings.map(function (one) { return one[0]; }).filter(Boolean).sort();
  return [lower.length && lower.length === datings.length ? lower[0] : null, dated.length ? dated[0][1] : null, dated.length ? dated[0][2] : null];
}

/** When an account's beginning lies, of what its printings say: a stated one, unless it was known before that. */
function ofAccount(printings) {
  const stated = earliest(printings.filter(function (one) { return one[0]; }));
  const known = earliest(printings);
  return stated[0] === null || known[1] < stated[0] ? known : stated;
}

function unionsByLevel(positions) {
  return el("dl", { class: "facts" }, LEVELS.map(function (level) {
    const here = positions.filter(function (i) { return D.unions[i].level === level; });
    return here.length ? [el("dt", { text: levelShown(level) }), el("dd", null, all(union, here))] : null;
  }));
}
