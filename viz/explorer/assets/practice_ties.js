// What accounts state of a practice type's spread: ties, modes, claims to be first, each with its quotes.

/** The other end of a statement, as printed, with a link where it leads somewhere. */
function practiceOther(tie) {
  const end = tie[4];
  if (end[1] === null) return end[0] === "UnresolvedName" ? el("span", { class: "uncertain", title: w("practice.unresolved"), text: tie[3] }) : el("span", { text: tie[3] });
  const to = end[0] === "TradeUnion" ? { union: D.unions[end[1]].id } : end[0] === "Region" ? { region: D.regions[end[1]].code } : end[0] === "PracticeCase" ? { case: D.accounts[end[1]].id } : null;
  return to ? link(to, tie[3]) : el("span", { text: tie[3] });
}

function practiceFlags(tie) {
  return tie[7].map(function (flag) { return el("span", { class: "badge", title: w("practice.flag_" + flag + "_hint"), text: w("practice.flag_" + flag) }); });
}

function practiceTies(told) {
  const heading = el("h3", { text: w("practice.ties") });
  if (!told.ties.length) return [heading, nothing(w("practice.no_ties"), w("practice.no_ties_hint"))];
  const rows = told.ties.slice().sort(function (a, b) { return SPREAD.indexOf(a[1]) - SPREAD.indexOf(b[1]); });
  function owners(tie) { return told.cases[tie[0]][2]; }
  return [heading, note(w("practice.ties_note")), table({
    name: w("practice.file_ties"), rows: rows, columns: [
      { title: w("practice.tie_account"), value: function (tie) { return listed(owners(tie).map(function (i) { return D.unions[i].name; })) || told.cases[tie[0]][1]; },
        cell: function (tie) { return el("div", null, el("div", null, all(union, owners(tie))), el("div", { class: "small" }, practiceCase(told.cases[tie[0]]))); } },
      { title: w("practice.tie_kind"), value: function (tie) { return label(tie[1]); }, cell: function (tie) {
        return el("span", null, tie[2] === "in" ? "← " : tie[2] === "out" ? "→ " : "", label(tie[1]), tie[6] ? el("span", { class: "small", text: bracketed(tie[6]) }) : null);
      } },
      { title: w("practice.tie_other"), value: function (tie) { return tie[3]; }, cell: function (tie) { return el("span", null, practiceOther(tie), practiceFlags(tie)); } },
      { title: w("practice.tie_period"), value: function (tie) { return tie[5] ? dateShown(tie[5]) : ""; }, cell: function (tie) { return tie[5] ? el("span", { text: dateShown(tie[5]) }) : uncertain(w("kit.undated")); } },
      { title: w("practice.tie_state"), value: function (tie) { return listed(tie[7].map(function (flag) { return w("practice.flag_" + flag); })) || w("practice.done"); } },
      { title: w("kit.quotes"), value: function (tie) { return quotesText(tie[8]); }, cell: function (tie) { return practiceQuote(tie[8], label(tie[1]) + " " + tie[3]); } },
    ],
  })];
}

/** The first quote in full, and a button for its place and the others. */
function practiceQuote(positions, title) {
  const first = positions.length ? D.quotes[positions[0]][4] : "";
  return el("div", { class: "evidence" }, first ? el("q", { text: first.length > 70 ? first.slice(0, 70) + "…" : first }) : null, " ", sources(positions, title));
}

// ---------------------------------------------------------------- modes

function practiceModes(told) {
  const heading = el("h3", { text: w("practice.modes") });
  const found = told.modes;
  if (!found) return [heading, el("p", { class: "note", text: w("practice.modes_part_only") })];
  const basis = note(w("practice.modes_basis", { accounts: found.accounts, edges: found.edges }));
  const unused = found.unused.length ? note(w("practice.modes_unused") + colon() + found.unused.map(function (one) {
    return label(one[0]) + " " + one[2] + bracketed(D.practices.reasons[one[1]][lang() === "zh" ? 0 : 1]);
  }).join(lang() === "zh" ? "、" : ", ")) : null;
  if (!found.findings.length) return [heading, el("p", null, el("strong", { text: w("practice.insufficient") }), " ", w("practice.insufficient_why")), basis, unused];
  return [heading, D.practices.modes.filter(function (mode) { return found.findings.some(function (one) { return one[0] === mode[0]; }); }).map(function (mode) {
    const stories = found.findings.filter(function (one) { return one[0] === mode[0]; });
    return el("section", { class: "mode" },
      el("h4", null, mode[lang() === "zh" ? 1 : 2], el("span", { class: "small", text: colon() + mode[lang() === "zh" ? 3 : 4] })),
      stories.map(function (story) {
        return el("div", { class: "story" }, el("p", { class: "small", text: w("practice.order_" + story[1]) }), el("ol", null, story[2].map(function (step) { return practiceStep(told, step); })));
      }));
  }), basis, unused];
}

function practiceStep(told, step) {
  const what = step[1] === "started" ? w("practice.step_started") : label(step[1]) + (step[3] ? " " + step[3] : "");
  const given = told.cases[step[2]];
  return el("li", null,
    el("span", { class: "badge", text: w("practice.role_" + step[0]) }), " ",
    el("span", null, all(union, given[2])), given[2].length ? " " : null, what, " ",
    step[4] ? el("span", { text: dateShown(step[4]) }) : uncertain(w("kit.undated")),
    step[6] === "unreviewed" ? el("span", { class: "small unreviewed", text: w("practice.unreviewed") }) : null, practiceQuote(step[5], what));
}

// ---------------------------------------------------------------- claims, accounts

function practiceClaims(told) {
  if (!told.claims.length) return null;
  return [el("h3", { text: w("practice.claims") }), note(w("practice.claims_note")), el("ul", { class: "claims" }, told.claims.map(function (one) {
    const given = told.cases[one[0]];
    return el("li", null, el("strong", { text: "“" + one[1] + "”" }), " ",
      w("practice.claim_scope", { scope: one[2] || w("kit.unknown") }), one[3] === null ? null : [" ", region.shown(one[3])], lang() === "zh" ? "；" : "; ",
      all(union, given[2]), " ", practiceCase(given), " ",
      one[4].length && D.quotes[one[4][0]][4] !== one[1] ? practiceQuote(one[4], one[1]) : sources(one[4], one[1]));
  }))];
}

/** The accounts of a routine type, in the order of the documents: none of them is earlier than another. */
function practiceAccounts(told) {
  return [el("h3", { text: w("kit.accounts") }), table({
    name: w("practice.file_accounts"), rows: told.cases, page: 20, columns: [
      { title: w("kit.account"), value: function (given) { return given[1]; }, cell: practiceCase },
      { title: w("kit.union"), value: function (given) { return listed(given[2].map(function (i) { return D.unions[i].name; })); }, cell: function (given) { return el("span", null, all(union, given[2])); } },
      { title: w("kit.region"), value: function (given) { return listed(given[3].map(function (i) { return D.regions[i].full; })); }, cell: function (given) { return el("span", null, all(region, given[3])); } },
    ],
  })];
}
