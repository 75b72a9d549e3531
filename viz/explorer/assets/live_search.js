// Search: a box, hits with the words around, and what narrows them. All of it stands in the address.

const LIVE_FACETS = ["label", "region", "theme", "year"];
const LIVE_HITS = 20;

view("search", {
  nav: true, live: true, order: 70,
  render: function (host, route) {
    const box = el("input", {
      type: "search", name: "text", value: route.text || "", maxlength: 200, required: true, autocomplete: "off",
      "aria-label": w("live_search.words"), placeholder: w("live_search.placeholder"),
    });
    append(host, [
      el("h2", { text: w("kit.view_search") }),
      el("form", {
        class: "live-form", role: "search", on: {
          submit: function (event) {
            event.preventDefault();
            if (box.value.trim()) go({ view: "search", text: box.value.trim() });
          },
        },
      }, box, el("button", { type: "submit", class: "primary", text: w("live_search.go") })),
    ]);
    if (!route.text) {
      host.appendChild(note(w("live_search.hint")));
      box.focus({ preventScroll: true });
      return;
    }
    const place = el("div");
    host.appendChild(place);
    const asked = { text: route.text, limit: route.limit || LIVE_HITS };
    LIVE_FACETS.forEach(function (name) { asked[name] = route[name]; });
    liveInto(place, liveAsk("/api/search" + liveQuery(asked)), function (into, found) { liveFound(into, found, Number(asked.limit)); });
  },
});

function liveFound(host, found, limit) {
  const narrowed = LIVE_FACETS.filter(function (name) { return route[name]; });
  if (!found.total) {
    host.appendChild(nothing(w("live_search.none", { text: route.text }), narrowed.length ? link({ view: "search", text: route.text }, w("live_search.wider")) : w("live_search.none_hint")));
    if (found.near.length) {
      host.appendChild(el("p", null, w("live_search.near"), found.near.map(function (name, i) {
        return [i ? (lang() === "zh" ? "、" : ", ") : null, link({ view: "search", text: name }, name)];
      })));
    }
    return;
  }
  host.appendChild(el("div", { class: "live-found" },
    el("div", { class: "live-facets", role: "group", "aria-label": w("live_search.narrow") }, LIVE_FACETS.map(function (name) { return liveFacet(name, found.facets[name]); })),
    el("div", { class: "live-hits" },
      el("p", { class: "note", role: "status", text: w("live_search.total", { count: number(found.total) }) }),
      el("ol", null, found.hits.map(liveHit)),
      found.total > found.hits.length && limit < 1000 ? el("p", null, link(changed({ limit: Math.min(1000, limit + 40) }), w("live_search.more"))) : null)));
}

/** Counts over all hits that narrow them; the one that is chosen is taken back by its link. */
function liveFacet(name, counts) {
  if (!counts.length) return null;
  function line(one) {
    const chosen = route[name] === one.value;
    const to = { limit: null };
    to[name] = chosen ? null : one.value;
    return el("li", null, link(changed(to), one.name, chosen ? { class: "chosen", "aria-current": "true", title: w("live_search.take_back") } : null), " ", el("span", { class: "note", text: one.count }));
  }
  const first = counts.slice(0, 8), rest = counts.slice(8);
  return el("section", null, el("h4", { text: w("live_search.by_" + name) }), el("ul", null, first.map(line)),
    rest.length ? el("details", null, el("summary", { text: w("live_search.more_of", { count: rest.length }) }), el("ul", null, rest.map(line))) : null);
}

function liveHit(hit) {
  const to = hit.label === "Region" ? hit.id.replace(/^region:/, "") : ["PracticeType", "Theme", "TargetGroup"].indexOf(hit.label) >= 0 ? hit.name : hit.id;
  const place = livePlace(hit.label, to, hit.name);
  const cited = hit.document && hit.label === "PracticeCase" ? (lang() === "zh" ? "《" + hit.document + "》" : hit.document) + (hit.line ? (lang() === "zh" ? "，" : ", ") + w("kit.line", { first: hit.line }) : "") : "";
  return el("li", null,
    el("div", { class: "live-hit" }, el("span", { class: "kind", text: label(hit.label) }), el("strong", null, place || hit.name),
      place ? null : link({ view: "search", text: '"' + hit.name + '"', label: "PracticeCase" }, w("live_search.accounts"))),
    hit.snippet.text !== hit.name ? el("p", null, hit.matched === "alias" || hit.matched === "pinyin" ? w("live_search.as") : null, liveMarked(hit.snippet)) : null,
    cited ? el("cite", { text: cited }) : null);
}

/** A snippet with what matches marked; marks count characters, not halves of them. */
function liveMarked(snippet) {
  const letters = Array.from(snippet.text);
  const parts = [];
  let at = 0;
  snippet.marks.forEach(function (mark) {
    parts.push(letters.slice(at, mark[0]).join(""), el("mark", { text: letters.slice(mark[0], mark[1]).join("") }));
    at = mark[1];
  });
  parts.push(letters.slice(at).join(""));
  return parts;
}
