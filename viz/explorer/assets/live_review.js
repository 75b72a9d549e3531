// Review: what deserves a look, one thing at a time with its sentence, decided by button or key; who is who (live_pairs.js).

/** What is gone through now: the items left, how many there are in all, how many were decided or are on their way. */
let liveWalk = null;
const LIVE_CAUSES = ["reopened", "contradiction", "missing", "unknown_place", "low_confidence", "proposed"];

view("review", {
  get nav() { return Boolean(D.about.edit); }, // offered only where decisions are taken
  live: true, order: 72,
  render: function (host, route) {
    if (!D.about.edit) {
      host.appendChild(nothing(w("live_review.off"), w("live_review.off_hint")));
      return undefined;
    }
    append(host, [
      el("h2", { text: w("kit.view_review") }),
      el("div", { class: "tags", role: "group" }, ["", "pairs"].map(function (of) {
        return link({ view: "review", of: of }, w("live_review.of_" + (of || "queue")), (route.of || "") === of ? { "aria-current": "true", class: "chosen" } : null);
      })),
      liveWho(),
    ]);
    const place = el("div");
    host.appendChild(place);
    if (route.of === "pairs") return livePairs(place, route);
    liveQueue(place, route);
    function pressed(event) { liveKeyPressed(event, place); }
    document.addEventListener("keydown", pressed);
    return function () { document.removeEventListener("keydown", pressed); };
  },
});

function liveQueue(host, route) {
  const filter = { document: route.document, field: route.field, cause: route.cause };
  liveInto(host, liveAsk("/api/review/queue" + liveQuery(Object.assign({ limit: 100 }, filter))), function (into, told) {
    liveWalk = { items: told.items, total: told.total, written: 0, sending: 0, problem: null };
    append(into, [
      el("p", { class: "note", text: w("live_review.progress", told.progress) }),
      el("div", { class: "filters" },
        select("document", w("kit.document"), [["", w("kit.all")]].concat(told.documents.map(function (one) { return [one.id, one.title]; })), route.document),
        select("field", w("live_review.field"), [["", w("kit.all")]].concat(told.fields.map(function (one) { return [one.name, one.label]; })), route.field),
        select("cause", w("live_review.cause"), [["", w("kit.all")]].concat(LIVE_CAUSES.map(function (cause) { return [cause, w("live_review.cause_" + cause)]; })), route.cause)),
      el("p", { class: "note live-count", role: "status" }),
      el("div", { class: "live-item" }),
      liveHistory(told.recent, routed),
    ]);
    liveShow(into);
  });
}

/** Show the item in front. */
function liveShow(host) {
  const place = empty(host.querySelector(".live-item"));
  host.querySelector(".live-count").textContent = w("live_review.left", { left: liveWalk.total, written: liveWalk.written }) + (liveWalk.sending ? w("live_review.sending", { count: liveWalk.sending }) : "");
  if (liveWalk.problem) place.appendChild(liveProblem(liveWalk.problem));
  const item = liveWalk.items[0];
  if (!item) {
    append(place, [el("p", { text: liveWalk.total > 0 ? w("live_review.more") : w("live_review.done") }),
      liveWalk.total > 0 ? liveButton(w("live_review.go_on"), null, routed) : null]);
    return;
  }
  append(place, [
    el("p", { class: "note" }, item.document.title + " · ", link({ case: item.case }, item.case_name)),
    el("h3", { text: item.field_label + colon() + (item.value || w("live_review.nothing_read")) }),
    el("ul", { class: "reasons" }, item.reasons.map(function (reason) { return el("li", { text: reason.text }); })),
    liveSentences(item.sentences),
    el("div", { class: "verdicts" }, liveChoices(item, host).map(function (choice) {
      return liveButton(choice.text, choice.key, choice.act, { "data-key": choice.key });
    })),
    el("div", { class: "live-place" }),
  ]);
}

/** What can be said of an item, each with its key. */
function liveChoices(item, host) {
  function say(verdict) { return function () { liveSend(host, [Object.assign({ id: item.id, seen: item.version }, verdict)]); }; }
  const skip = { key: "k", text: w("live_review.skip"), act: function () { liveWalk.items.shift(); liveShow(host); } };
  if (item.kind === "reopened") {
    return [
      { key: "a", text: w("live_review.take"), act: say({ verdict: "accept" }) },
      item.holdable ? { key: "h", text: w("live_review.hold"), act: say({ verdict: "hold" }) } : null,
      { key: "r", text: w("live_review.drop"), act: say({ verdict: "undo" }) }, skip,
    ].filter(Boolean);
  }
  if (item.kind === "missing") {
    return [
      { key: "a", text: w("live_review.lack"), act: function () { liveSend(host, [{ verdict: "lack", case: item.case, field: item.field }]); } },
      { key: "e", text: w("live_review.add"), act: function () { liveAdd(host, item); } },
      { key: "r", text: w("live_review.no_account"), act: function () { liveConfirm(host, w("live_review.no_account_sure"), say({ verdict: "reject" })); } }, skip,
    ];
  }
  const accept = { key: "a", text: w("live_decide.accept"), act: say({ verdict: "accept" }) };
  const reject = { key: "r", text: w("live_decide.reject"), act: say({ verdict: "reject" }) };
  const whole = { key: "v", text: w("live_review.whole"), act: function () { liveOpen(item.id); } };
  if (item.kind === "proposed") return [accept, reject, whole, skip];
  return [accept, { key: "e", text: w("live_decide.edit"), act: function () { liveCorrect(host, item); } }, reject, whole, skip];
}

/** Send what was said of the item in front and go on to the next at once; where it is refused it comes back in front. */
function liveSend(host, verdicts) {
  const sent = liveSay(verdicts);
  if (!sent) return;
  const walk = liveWalk, item = walk.items.shift();
  walk.total -= 1;
  walk.sending += 1;
  walk.problem = null;
  liveShow(host);
  sent.then(function (made) { walk.written += made.length; }, function (error) {
    walk.items.unshift(item);
    walk.total += 1;
    walk.problem = error;
  }).then(function () {
    walk.sending -= 1;
    if (walk !== liveWalk || !document.contains(host)) return;
    if (walk.problem) liveShow(host);
    else host.querySelector(".live-count").textContent = w("live_review.left", { left: walk.total, written: walk.written });
  });
}

/** Send what was filled into a form; it stays open, with what was typed, until it is taken. */
function liveWrite(host, place, verdicts) {
  const sent = liveSay(verdicts);
  if (!sent) return;
  const walk = liveWalk, item = walk.items[0];
  Array.prototype.forEach.call(place.querySelectorAll(".live-problem, .live-waiting"), function (old) { old.parentNode.removeChild(old); });
  const waiting = place.appendChild(liveWaiting(w("live_decide.sending")));
  sent.then(function (made) {
    walk.written += made.length;
    if (walk.items[0] === item) {
      walk.items.shift();
      walk.total -= 1;
    }
    walk.problem = null;
    if (walk === liveWalk && document.contains(host)) liveShow(host);
  }, function (error) {
    if (waiting.parentNode) waiting.parentNode.replaceChild(liveProblem(error), waiting);
  });
}

function liveCorrect(host, item) {
  const place = host.querySelector(".live-place");
  liveInto(empty(place), liveAsk("/api/review/facts/" + encodeURIComponent(item.id)), function (into, told) {
    const fact = told.facts[0];
    into.appendChild(liveForm(fact.attributes, function (values, quote) {
      liveWrite(host, place, [{ verdict: "edit", id: item.id, seen: fact.version, values: values, quote: quote }]);
    }, function () { empty(place); }));
    into.querySelector("input, select").focus();
  });
}

function liveAdd(host, item) {
  const place = host.querySelector(".live-place");
  liveInto(empty(place), liveAsk("/api/review/fields"), function (into, told) {
    const field = told.fields.filter(function (one) { return one.name === item.field; })[0];
    const own = field.attributes.filter(function (one) { return one.name !== "canonical"; });
    own.forEach(function (one) { if (one.name === "main") one.optional = true; });
    into.appendChild(liveForm(own, function (values, quote) {
      if (item.field === "practices") values.main = w("live.yes"); // a main practice is what was missing
      liveWrite(host, place, [{ verdict: "add", case: item.case, field: item.field, values: values, quote: quote }]);
    }, function () { empty(place); }, { quoted: true }));
    into.querySelector("input, select").focus();
  });
}

function liveConfirm(host, text, act) {
  const place = empty(host.querySelector(".live-place"));
  const sure = liveButton(w("live_review.sure"), null, act);
  append(place, [el("p", { text: text }), el("div", { class: "verdicts" }, sure, liveButton(w("live_decide.cancel"), null, function () { empty(place); }))]);
  sure.focus();
}

/** A key stands for the button that shows it, unless somebody is typing. */
function liveKeyPressed(event, host) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const button = host.querySelector('.verdicts [data-key="' + event.key.toLowerCase().replace(/[^a-z]/g, "") + '"]');
  if (!button) return;
  event.preventDefault();
  button.click();
}
