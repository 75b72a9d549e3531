// A case card: who, where, when, what; every field with the sentences behind it; the parts of the account.

view("case", {
  render: function (host, route) {
    const at = position(D.accounts, function (one) { return one.id === route.case; });
    if (at < 0) {
      if (D.about.live && route.case) {
        liveAccount(route.case, host);
        return;
      }
      host.appendChild(nothing(w("kit.not_found", { name: route.case || "" }), w("kit.not_found_hint")));
      return;
    }
    const one = D.accounts[at];
    const book = D.documents[one.document];
    append(host, [
      el("h2", { text: one.name }),
      el("p", { class: "note" }, w("account.from", { document: book.title, page: one.page ? w("kit.page", { page: one.page }) : "", lines: linesShown(one.lines) }),
        book.published ? w("account.published", { date: dateShown(book.published) }) : ""),
      D.about.edit ? accountReview(one.id) : null,
      cardFacts(one, at),
      sectionsShown(one),
      el("h3", { text: w("account.fields") }),
      note(w("account.fields_note")),
      one.fields.map(function (field) { return fieldShown(one, field); }),
      printings(one, at),
    ]);
  },
});

/** The lines an account takes up, as ranges. */
function linesShown(lines) {
  const ranges = [];
  for (let i = 0; i + 1 < lines.length; i += 2) ranges.push(lines[i] + "—" + lines[i + 1]);
  return w("account.lines", { lines: ranges.join(lang() === "zh" ? "、" : ", ") });
}

/** The head of the card: the few things asked first. */
function cardFacts(one) {
  const others = one.unions.filter(function (part) { return part[1] !== "originator" && part[1] !== "mentioned"; });
  function row(name, content) { return content ? [el("dt", { text: name }), el("dd", null, content)] : null; }
  return el("dl", { class: "facts" },
    row(w("overview.originator"), originators(one).length ? all(union, originators(one)) : uncertain(w("account.no_union"))),
    row(w("account.other_unions"), others.length ? strung(others.map(function (part) { return [union.shown(part[0]), el("span", { class: "note", text: bracketed(label("role." + part[1])) })]; })) : null),
    row(w("kit.region"), one.regions.length ? all(region, one.regions) : uncertain(w("account.no_region"))),
    row(w("overview.started"), one.started ? dateShown(one.started) : uncertain(knownBy(one))),
    row(w("account.practice"), one.practice),
    row(w("kit.practice_type"), one.types.length ? strung(one.types.map(function (applied) {
      return [type.shown(applied[0]), applied[1] === "main" ? el("strong", { text: w("account.main") }) : null];
    })) : uncertain(w("account.no_type"))),
    row(w("kit.theme"), one.themes.length ? all(theme, one.themes) : null),
    row(w("kit.group"), one.groups.length ? all(group, one.groups) : null));
}

/** The parts of the account, with their text where the page holds it. */
function sectionsShown(one) {
  if (!one.sections.length) return null;
  const full = one.sections.some(function (part) { return part[2]; });
  return el("section", null, el("h3", { text: w("account.sections") }),
    full ? one.sections.map(function (part) {
      return el("details", { class: "section" }, el("summary", null, el("strong", { text: part[0] }), part[1] ? " " + part[1] : ""),
        (part[2] || "").split("\n").map(function (line) { return el("p", { text: line }); }));
    }) : [el("ul", null, one.sections.map(function (part) { return el("li", { text: part[0] + (part[1] ? " · " + part[1] : "") }); })), D.about.live ? liveFullText(one.id) : note(w(D.about.audience === "public" ? "account.no_text_public" : "account.no_text"))]);
}

/** A field of the account: every statement, what is said about it, and its sentences. */
function fieldShown(one, field) {
  return el("section", { class: "field" }, el("h4", { text: label(field[0]) }),
    el("ul", null, field[1].map(function (fact) {
      return el("li", null,
        el("div", { class: "fact" }, factShown(field[0], fact), field[0] === "APPLIED" ? applied(one, fact) : details(fact[1]),
          fact[5] ? el("span", { class: "review", text: label("review." + fact[5]) }) : null,
          fact[4] && fact[4] < 60 ? uncertain(w("account.doubtful", { percent: fact[4] })) : null),
        quotes(fact[2], 2));
    })));
}

/** The value of a statement, leading to its page where it has one. */
function factShown(field, fact) {
  if (field === "p.started") return el("strong", { text: dateShown(fact[0]) });
  const to = fact[3];
  const kinds = { TradeUnion: union, Region: region, PracticeType: type, Theme: theme, TargetGroup: group, PracticeCase: account };
  const shown = kinds[to && to[0]] ? kinds[to[0]].shown(to[1]) : fact[0];
  const printed = to && kinds[to[0]] && shown.textContent !== fact[0] ? el("span", { class: "note", text: w("account.printed", { printed: fact[0] }) }) : null;
  return [el("strong", null, shown), printed];
}

/** Which part a practice type has in the account, and since when. */
function applied(one, fact) {
  const row = one.types.filter(function (row) { return fact[3] && row[0] === fact[3][1]; })[0];
  return row ? el("span", { class: "details" }, el("span", { text: label("role." + row[1], row[1]) }), el("span", { text: interval(row[2], row[3], row[4]) })) : null;
}

/** What else a statement says: level, period, who reports it. */
function details(pairs) {
  if (!pairs.length) return null;
  return el("span", { class: "details" }, pairs.map(function (pair) {
    const values = Array.isArray(pair[1]) ? pair[1] : [pair[1]];
    const text = values.map(function (value) {
      if (value === true) return null;
      if (/^(period|started|not_before|not_after|year)$/.test(pair[0])) return dateShown(String(value));
      return typeof value === "number" ? number(value) : label(pair[0] + "." + value, value);
    }).filter(Boolean);
    return el("span", null, label("p." + pair[0]) + (text.length ? colon() + listed(text) : ""));
  }));
}

/** Other printings of the same account. */
function printings(one, at) {
  const others = where(D.accounts, function (other, i) { return other.same === one.same && i !== at; });
  if (!others.length) return null;
  return el("section", null, el("h3", { text: w("account.printings") }), note(w("account.printings_note")),
    el("ul", null, others.map(function (i) { return el("li", null, account.shown(i), " ", el("span", { class: "note", text: D.documents[D.accounts[i].document].title })); })));
}
