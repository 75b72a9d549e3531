// Decisions on facts: who decides and why, verdicts, the form in which a fact is corrected or added, its history.

const LIVE_KEPT = { by: "unionkg.by", why: "unionkg.why" };
/** What the reader gave as name and reason; kept as long as the window is open. */
function liveKept(name) {
  const kept = window.sessionStorage.getItem(LIVE_KEPT[name]);
  return kept === null ? (name === "why" ? w("live_decide.checked") : "") : kept;
}

/** The two boxes for name and reason. */
function liveWho() {
  function box(name) {
    const input = el("input", {
      type: "text", value: liveKept(name), maxlength: 200, "data-who": name, autocomplete: "off", on: {
        input: function () {
          window.sessionStorage.setItem(LIVE_KEPT[name], input.value);
          input.removeAttribute("aria-invalid");
          Array.prototype.forEach.call(document.querySelectorAll('[data-who="' + name + '"]'), function (other) { if (other !== input) other.value = input.value; });
        },
      },
    });
    return el("label", null, el("span", { text: w("live_decide." + name) }), input);
  }
  return el("div", { class: "live-form live-who" }, box("by"), box("why"));
}

/** Name and reason; null, with the empty box shown, where one is missing. */
function liveSigned() {
  const given = { by: liveKept("by").trim(), why: liveKept("why").trim() };
  const lacking = ["by", "why"].filter(function (name) { return !given[name]; })[0];
  if (!lacking) return given;
  const boxes = document.querySelectorAll('[data-who="' + lacking + '"]');
  const box = boxes[boxes.length - 1];
  if (box) {
    box.setAttribute("aria-invalid", "true");
    box.scrollIntoView({ block: "nearest" });
    box.focus();
  }
  liveBar(w("live_decide.lacks_" + lacking));
  return null;
}

/** Send verdicts; the answer is a promise of the decisions that were written, null where name or reason is missing. */
function liveSay(verdicts) {
  const given = liveSigned();
  if (!given) return null;
  return liveAsk("/api/review", { verdicts: verdicts, by: given.by, why: given.why }).then(function (told) {
    liveFollow(true);
    return told.made;
  });
}

/** A button with its key. */
function liveButton(text, key, click, properties) {
  return el("button", Object.assign({ type: "button", class: "verdict", on: { click: click } }, properties), text, key ? el("kbd", { text: key, "aria-hidden": "true" }) : null);
}

// ---------------------------------------------------------------- a fact in full

/** What the card of an account has at its head: a button that opens all its statements for decisions. */
function accountReview(identifier) {
  return el("p", null, el("button", { type: "button", class: "sources live-review", text: w("live_decide.account"), on: { click: function () { liveOpenAccount(identifier); } } }));
}

function liveOpenAccount(identifier) {
  const place = el("div");
  panel(w("live_decide.account"), place);
  liveInto(place, liveAsk("/api/review/facts/" + encodeURIComponent(identifier)), function (into, told) {
    into.appendChild(el("ul", { class: "live-history" }, told.facts.map(function (fact) {
      return el("li", null, el("span", { class: "note", text: fact.field_label + colon() }), fact.value + " ",
        fact.review === "unreviewed" ? null : el("span", { class: "review", text: label("review." + fact.review) + " " }), factButtons(fact.id));
    })));
  });
}

/** A button that opens a fact for a decision. */
function factButtons(identifier) {
  return el("button", { type: "button", class: "sources live-review", text: w("live_decide.open"), on: { click: function () { liveOpen(identifier); } } });
}

/** Open a fact in the side panel, to be decided on. */
function liveOpen(identifier) {
  const place = el("div");
  panel(w("live_decide.title"), place);
  liveInto(place, liveAsk("/api/review/facts/" + encodeURIComponent(identifier)), function (into, told) {
    if (told.facts.length) liveFact(into, told.facts[0], function () { liveOpen(identifier); });
    else into.appendChild(nothing(w("live_decide.gone")));
  });
}

function liveFact(host, fact, again) {
  const problem = el("div");
  const form = el("div");
  function send(verdict) {
    const sent = liveSay([Object.assign({ id: fact.id, seen: fact.version }, verdict)]);
    if (!sent) return;
    empty(problem).appendChild(liveWaiting(w("live_decide.sending")));
    sent.then(verdict.verdict === "reject" ? function () { empty(host).appendChild(note(w("live_decide.rejected"))); } : again, function (error) {
      empty(problem).appendChild(liveProblem(error));
    });
  }
  append(host, [
    el("p", null, el("button", { type: "button", class: "tool", text: w("live_decide.all"), on: { click: function () { liveOpenAccount(fact.case); } } })),
    el("p", null, el("strong", { text: fact.field_label + colon() + fact.value })),
    el("p", { class: "note" }, label("review." + fact.review) + " · " + w("live_decide.sure", { percent: Math.round(100 * fact.confidence) })),
    liveSentences(fact.sentences),
    liveWho(), problem,
    el("div", { class: "verdicts" },
      liveButton(w("live_decide.accept"), null, function () { send({ verdict: "accept" }); }),
      liveButton(w("live_decide.edit"), null, function () {
        empty(form).appendChild(liveForm(fact.attributes, function (values, quote) { send({ verdict: "edit", values: values, quote: quote }); }, function () { empty(form); }));
        form.querySelector("input, select").focus();
      }),
      liveButton(w("live_decide.reject"), null, function () { send({ verdict: "reject" }); })),
    form,
    liveHistory(fact.history, again),
  ]);
}

/** A moment in the reader's own time, to the minute. */
function liveTime(at) {
  const then = new Date(at);
  function two(value) { return (value < 10 ? "0" : "") + value; }
  return then.getFullYear() + "-" + two(then.getMonth() + 1) + "-" + two(then.getDate()) + " " + two(then.getHours()) + ":" + two(then.getMinutes());
}

/** Decisions, the latest first where they are told so, each with a button that takes it back. */
function liveHistory(history, again) {
  if (!history.length) return null;
  return el("section", null, el("h4", { text: w("live_decide.history") }), el("ul", { class: "live-history" }, history.map(function (one) {
    const problem = el("div");
    function undo() {
      const sent = liveSay([{ verdict: "undo", id: one.id }]);
      if (sent) empty(problem).appendChild(liveWaiting(w("live_decide.sending")));
      if (sent) sent.then(again, function (error) { empty(problem).appendChild(liveProblem(error)); });
    }
    return el("li", null, el("strong", { text: one.verb }), " " + [one.field_label, one.value].filter(Boolean).join(colon()) + " ",
      el("span", { class: "note", text: [one.by, liveTime(one.at), one.why].filter(Boolean).join(" · ") }),
      one.stands ? el("button", { type: "button", class: "tool", text: w("live_decide.undo"), on: { click: undo } })
        : one.decision === "undo" ? null : uncertain(w("live_decide.undone")), problem);
  })));
}

// ---------------------------------------------------------------- the form of a fact

/** A form of attributes; `save` is given those that were changed, and the words that say it where they were given. */
function liveForm(attributes, save, cancel, options) {
  const given = options || {};
  const boxes = {};
  function field(attribute) {
    const text = attribute.text || "";
    let box;
    if (attribute.choices.length || attribute.kind === "boolean") {
      const choices = attribute.kind === "boolean" ? [[w("live.yes"), w("live.yes")], [w("live.no"), w("live.no")]] : attribute.choices.map(function (choice) { return [choice[1], choice[1]]; });
      const known = choices.some(function (choice) { return choice[0] === text; });
      const rest = known ? [] : [[text, text || (attribute.optional ? "—" : w("kit.choose"))]];
      box = el("select", null, (attribute.optional && known ? [["", "—"]] : rest).concat(choices).map(function (choice) {
        return el("option", { value: choice[0], selected: choice[0] === text }, choice[1]);
      }));
    } else box = el("input", { type: "text", value: text, inputmode: attribute.kind === "number" ? "decimal" : null, autocomplete: "off" });
    boxes[attribute.name] = box;
    return el("label", null, el("span", { text: attribute.label + (attribute.optional ? "" : " *") }), box,
      attribute.kind === "list" ? el("span", { class: "hint", text: w("live_decide.list") }) : null);
  }
  const quote = el("input", { type: "text", class: "quote", maxlength: 2000, required: given.quoted, autocomplete: "off", value: "" });
  return el("form", {
    class: "live-form live-edit", on: {
      submit: function (event) {
        event.preventDefault();
        const values = {};
        attributes.forEach(function (attribute) {
          const text = boxes[attribute.name].value.trim();
          if (text !== (attribute.text || "")) values[attribute.name] = text;
        });
        save(values, quote.value.trim());
      },
      keydown: function (event) { if (event.key === "Escape") { event.stopPropagation(); cancel(); } },
    },
  }, attributes.filter(function (one) { return !one.optional || one.text || !given.quoted; }).map(field),
  el("label", { class: "wide" }, el("span", { text: w(given.quoted ? "live_decide.quote" : "live_decide.other_quote") }), quote, el("span", { class: "hint", text: w("live_decide.quote_hint") })),
  el("div", { class: "verdicts" }, el("button", { type: "submit", class: "primary", text: w("live_decide.save") }), liveButton(w("live_decide.cancel"), null, cancel)));
}
