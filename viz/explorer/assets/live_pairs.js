// Who is who: pairs that may be one, both sides with their sentences, judged by button or key.

const LIVE_KINDS = ["union", "organization", "practice", "person", "policy", "platform", "award", "case"];

function livePairs(host, route) {
  const asked = { kind: route.kind, judged: route.judged, limit: 200 };
  liveInto(host, liveAsk("/api/identities/pairs" + liveQuery(asked)), function (into, told) {
    append(into, [
      el("div", { class: "filters" },
        select("kind", w("live_pairs.kind"), [["", w("kit.all")]].concat(LIVE_KINDS.map(function (kind) { return [kind, w("live_pairs.kind_" + kind)]; })), route.kind),
        select("judged", w("live_pairs.which"), [["", w("live_pairs.waiting")], ["true", w("live_pairs.all")]], route.judged)),
      el("p", { class: "note", role: "status", text: w("live_pairs.total", { count: told.total }) }),
      el("div", { class: "live-item" }),
      el("ul", { class: "live-pairs" }),
    ]);
    livePairsShown(into, told.pairs, 0);
  });
  function pressed(event) { liveKeyPressed(event, host); }
  document.addEventListener("keydown", pressed);
  return function () { document.removeEventListener("keydown", pressed); };
}

/** The list, and one of it in full. */
function livePairsShown(host, pairs, at, problem) {
  const list = empty(host.querySelector(".live-pairs")), place = empty(host.querySelector(".live-item"));
  append(list, pairs.map(function (pair, i) {
    return el("li", null, el("button", { type: "button", "aria-current": i === at ? "true" : null, text: pair.sides.map(liveSideName).join(" — "), on: { click: function () { livePairsShown(host, pairs, i); } } }),
      " ", el("span", { class: "note", text: w("live_pairs.kind_" + pair.kind) + " · " + w("live_pairs.reason_" + pair.reason.replace(".", "_")) }),
      pair.judgement ? el("span", { class: "review", text: livePairJudged(pair.judgement) }) : null);
  }));
  const pair = pairs[at];
  if (!pair) {
    place.appendChild(nothing(w("live_pairs.done")));
    return;
  }
  liveInto(place, liveAsk("/api/identities/pairs/" + encodeURIComponent(pair.id)), function (into, told) {
    append(into, [
      el("h3", { text: w("live_pairs.question_" + (pair.kind === "case" ? "case" : "thing"), { kind: w("live_pairs.kind_" + pair.kind) }) }),
      el("p", { class: "note", text: w("live_pairs.reason_" + pair.reason.replace(".", "_")) + (pair.judgement ? " · " + livePairJudged(pair.judgement) : "") }),
      el("div", { class: "live-sides" }, told.sides.map(liveSide)),
      el("div", { class: "verdicts" }, [["same", "s"], ["different", "d"], ["undecided", "u"]].map(function (one) {
        return liveButton(w("live_pairs." + one[0]), one[1], function () { liveJudge(host, pairs, at, one[0]); }, { "data-key": one[1] });
      }), pair.judgement ? liveButton(w("live_decide.undo"), "z", function () { liveJudge(host, pairs, at, "undo"); }, { "data-key": "z" }) : null),
      problem ? liveProblem(problem) : null,
    ]);
  });
}

function liveSideName(side) { return (side.name || side.id) + (side.place ? (lang() === "zh" ? "（" + side.place + "）" : " (" + side.place + ")") : ""); }
function livePairJudged(made) { return w("live_pairs." + made.decision) + " · " + made.by + " · " + made.at.slice(0, 10) + (made.why ? " · " + made.why : ""); }

function liveSide(side) {
  return el("section", null, el("h4", { text: liveSideName(side) }), side.appearances.slice(0, 8).map(function (one) {
    return [el("p", { class: "note", text: one.document + " · " + one.case_name + " · " + one.field_label }), liveSentences(one.sentences.slice(0, 3))];
  }), side.appearances.length > 8 ? note(w("kit.more", { count: side.appearances.length - 8 })) : null);
}

function liveJudge(host, pairs, at, decision) {
  const given = liveSigned();
  if (!given) return;
  const pair = pairs[at];
  liveAsk("/api/identities", { decision: decision, ids: [pair.id], by: given.by, why: given.why }).then(function (told) {
    if (told.new) liveFollow(true);
  }, function (error) { // it comes back in front, with the reason
    if (!document.contains(host)) return;
    pairs.unshift(pair);
    livePairsShown(host, pairs, 0, error);
  });
  // What was judged leaves the list at once; the pairs behind it wait for nobody.
  pairs.splice(at, 1);
  livePairsShown(host, pairs, Math.min(at, pairs.length - 1));
}
