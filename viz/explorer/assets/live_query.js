// Questions of the packs as forms: what may be asked, its parameters, and the answer (live_answer.js). All of it stands
// in the address, so that a question with its values is a link.

let liveQueries = null;
/** The list of questions, asked for once. */
function liveListed() {
  if (!liveQueries) {
    liveQueries = liveAsk("/api/queries");
    liveQueries.catch(function () { liveQueries = null; });
  }
  return liveQueries;
}

/** How a parameter is called in the address, where some names mean something else already. */
function liveKey(parameter) { return parameter === "name" || parameter === "view" ? parameter + "_" : parameter; }

function liveSaid(both) { return both[lang() === "zh" ? "zh" : "en"]; }

view("query", {
  nav: true, live: true, order: 71,
  render: function (host, route) {
    liveInto(host, liveListed(), function (into, queries) {
      if (!route.name) {
        livePacks(into, queries);
        return undefined;
      }
      const query = queries.filter(function (one) { return one.name === route.name; })[0];
      if (!query || query.problem) {
        append(into, [nothing(query ? query.problem : w("live_query.unknown", { name: route.name })), el("p", null, link({ view: "query" }, w("live_query.all")))]);
        return undefined;
      }
      return liveQuestion(into, query);
    });
    return liveAnswerLeft;
  },
});

/** All questions, pack by pack; a box narrows them down as one types. */
function livePacks(host, queries) {
  const box = el("input", { type: "search", "aria-label": w("live_query.filter"), placeholder: w("live_query.filter"), on: { input: narrow } });
  const packs = [];
  queries.forEach(function (query) {
    const pack = query.problem ? "" : query.pack;
    let section = packs.filter(function (one) { return one.pack === pack; })[0];
    if (!section) {
      section = { pack: pack, rows: [] };
      packs.push(section);
    }
    section.rows.push({
      text: query.problem ? query.name : query.question.zh + " " + query.question.en.toLowerCase() + " " + query.name,
      node: query.problem ? el("li", null, el("span", { text: query.name }), " ", uncertain(query.problem))
        : el("li", null, link({ view: "query", name: query.name }, liveSaid(query.question))),
    });
  });
  const none = el("p", { class: "nothing", hidden: true, text: w("live_query.none") });
  packs.forEach(function (one) {
    one.node = el("section", null, el("h3", { text: livePackName(one.pack) }), el("ul", { class: "live-questions" }, one.rows.map(function (row) { return row.node; })));
  });
  function narrow() {
    const words = box.value.trim().toLowerCase();
    let left = 0;
    packs.forEach(function (one) {
      let here = 0;
      one.rows.forEach(function (row) {
        row.node.hidden = words !== "" && row.text.indexOf(words) < 0;
        here += row.node.hidden ? 0 : 1;
      });
      one.node.hidden = !here;
      left += here;
    });
    none.hidden = left > 0;
  }
  append(host, [el("h2", { text: w("kit.view_query") }), el("p", { class: "lead", text: w("live_query.lead") }), el("div", { class: "live-form" }, box),
    none, el("div", { class: "columns" }, packs.map(function (one) { return one.node; }))]);
}

function livePackName(pack) {
  const key = "live_query.pack_" + pack;
  return pack === "" ? w("live_query.broken") : D.words[key] ? w(key) : pack;
}

/** One question: its form, and its answer where nothing is missing. */
function liveQuestion(host, query) {
  const place = el("div", { class: "live-answer" });
  const fields = el("div", { class: "live-form" });
  const missing = query.parameters.filter(function (one) { return one.required && !route[liveKey(one.name)]; });
  const form = el("form", {
    on: {
      submit: function (event) {
        event.preventDefault();
        const to = { view: "query", name: query.name };
        query.parameters.forEach(function (one) {
          const value = liveValue(form, one);
          to[liveKey(one.name)] = value === liveDefault(one) ? null : value;
        });
        if (address(to) === location.hash) routed(); // asked again
        else go(to);
      },
    },
  }, fields);
  append(host, [
    el("p", { class: "note" }, link({ view: "query" }, w("live_query.all")), " · " + livePackName(query.pack)),
    el("h2", { text: liveSaid(query.question) }), form, place,
  ]);
  document.title = liveSaid(query.question) + " · " + w("kit.title");
  append(fields, query.parameters.map(liveField));
  fields.appendChild(el("button", { type: "submit", class: "primary", text: w("live_query.run") }));
  if (query.parameters.length) {
    liveAsk("/api/queries/" + encodeURIComponent(query.name) + "/choices").then(function (choices) {
      if (document.contains(form)) query.parameters.forEach(function (one) { liveOffer(form, one, choices[one.name] || []); });
    }, function (error) { fields.appendChild(note(error.message)); });
  }
  if (missing.length) {
    place.appendChild(note(w("live_query.missing", { names: listed(missing.map(liveLabel)) })));
    return;
  }
  const asked = {};
  query.parameters.forEach(function (one) { asked[one.name] = route[liveKey(one.name)]; });
  liveAnswer(place, query, asked);
}

/** What a parameter is called, without what is said of it. */
function liveLabel(parameter) { return liveSaid(parameter).split(/[（：(:;；,，]/)[0].trim(); }

function liveDefault(parameter) {
  return parameter.default === null || parameter.type === "years" && parameter.default === ".." ? "" : String(parameter.default);
}

/** The field of a parameter: of years two, of yes and no a choice, else a box to type in, made a choice when values are known. */
function liveField(parameter) {
  const now = route[liveKey(parameter.name)];
  const value = now === undefined ? liveDefault(parameter) : now;
  const rest = liveSaid(parameter).slice(liveLabel(parameter).length).replace(/^[（：(:;；,，\s]+|[）)\s]+$/g, "");
  const title = el("span", null, liveLabel(parameter), parameter.required ? el("b", { text: " *", title: w("live_query.required") }) : null);
  const hint = rest || (parameter.required || liveDefault(parameter) ? "" : w("live_query.optional"));
  function around(inside) { return el("label", { dataset: { parameter: parameter.name } }, title, inside, hint ? el("span", { class: "hint", text: hint }) : null); }
  if (parameter.type === "years") {
    const parts = value.indexOf("..") >= 0 ? value.split("..") : [value, value];
    return el("div", { class: "live-years", role: "group", "aria-label": liveLabel(parameter), dataset: { parameter: parameter.name } }, el("label", null, title, el("span", { class: "pair" },
      el("input", { type: "number", min: 1900, max: 2100, value: parts[0], "data-part": "first", "aria-label": w("live_query.from"), placeholder: w("live_query.from") }), "—",
      el("input", { type: "number", min: 1900, max: 2100, value: parts[1], "data-part": "last", "aria-label": w("live_query.to"), placeholder: w("live_query.to") }))));
  }
  if (parameter.type === "boolean") {
    const options = [["true", w("live.yes")], ["false", w("live.no")]];
    return around(liveSelect(parameter.required || liveDefault(parameter) ? options : [["", w("kit.all")]].concat(options), value));
  }
  if (parameter.type === "integer" || parameter.type === "number") {
    return around(el("input", { type: "number", step: parameter.type === "integer" ? 1 : "any", value: value, required: parameter.required, "data-part": "value" }));
  }
  return around(el("input", { type: "text", value: value, required: parameter.required, "data-part": "value", autocomplete: "off" }));
}

function liveSelect(options, value) {
  return el("select", { "data-part": "value" }, options.map(function (option) { return el("option", { value: option[0], selected: option[0] === value }, option[1]); }));
}

/** Offer what a parameter may be: a fixed list to choose from, names to be completed while one types. */
function liveOffer(form, parameter, choices) {
  const place = form.querySelector('[data-parameter="' + parameter.name + '"]');
  const box = place.querySelector('input[type="text"]');
  if (!box) return;
  if (Array.isArray(parameter.values) || /\.key$/.test(parameter.values || "")) {
    const all = parameter.required || liveDefault(parameter) ? choices : [["", w("kit.all")]].concat(choices);
    place.replaceChild(liveSelect(all, box.value), box);
    return;
  }
  const names = parameter.values === "regions" ? D.regions.map(function (one) { return one.full; }) : choices.map(function (choice) { return choice[1]; });
  if (!names.length) return;
  const list = el("datalist", { id: "live-values-" + parameter.name }, names.map(function (name) { return el("option", { value: name }); }));
  place.appendChild(list);
  box.setAttribute("list", list.id);
}

/** What a form says of a parameter. */
function liveValue(form, parameter) {
  const place = form.querySelector('[data-parameter="' + parameter.name + '"]');
  if (parameter.type !== "years") return place.querySelector('[data-part="value"]').value.trim();
  const first = place.querySelector('[data-part="first"]').value.trim(), last = place.querySelector('[data-part="last"]').value.trim();
  return !first && !last ? "" : first === last ? first : first + ".." + last;
}
