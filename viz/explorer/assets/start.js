// What starts the page: the data, the frame around the views, and the first view.

/** The frame: head, tabs, place of the view, side panel, foot. */
function frame() {
  document.documentElement.lang = lang() === "zh" ? "zh-CN" : "en";
  const body = document.body;
  Array.prototype.slice.call(body.querySelectorAll("header, main, footer, .skip")).forEach(function (old) { body.removeChild(old); });
  const tabs = Object.keys(views).filter(function (key) {
    return views[key].nav && isHere(key);
  }).sort(function (a, b) { return views[a].order - views[b].order; });
  append(body, [
    el("a", { class: "skip", href: "#view", text: w("kit.skip"), on: { click: function (event) { event.preventDefault(); document.getElementById("view").focus(); } } }),
    el("header", null,
      el("h1", null, link({ view: D.about.views[0] }, w("kit.title"))),
      el("nav", { "aria-label": w("kit.views") }, tabs.map(function (key) {
        return link({ view: key }, w("kit.view_" + key), { "data-view": key });
      })),
      el("div", { class: "aside" },
        D.about.audience === "public" ? el("span", { class: "audience", text: w("kit.public"), title: w("kit.public_hint") }) : el("span", { class: "audience", text: w("kit.internal"), title: w("kit.internal_hint") }),
        el("button", {
          type: "button", class: "language", lang: lang() === "zh" ? "en" : "zh-CN", text: lang() === "zh" ? "English" : "中文",
          on: { click: function () { language = lang() === "zh" ? "en" : "zh"; frame(); routed(); document.querySelector(".language").focus(); } },
        }))),
    el("main", null, el("div", { id: "view", tabindex: -1 }), el("aside", { id: "panel", hidden: true, "aria-label": w("kit.panel") })),
    el("footer", null, el("p", { text: w("kit.sample") }), el("p", { text: foot() })),
  ]);
}

/** What the page was made of, and when. */
function foot() {
  const about = D.about;
  const parts = [w("kit.material", { documents: about.documents, accounts: about.accounts, end: about.end ? dateShown(about.end) : w("kit.unknown") })];
  if (about.built) parts.push(w("kit.built", { built: about.built.slice(0, 10) }));
  parts.push("unionkg " + about.version);
  return parts.join(lang() === "zh" ? "；" : "; ");
}

function start(data) {
  D = data;
  language = D.about.language;
  frame();
  window.addEventListener("hashchange", routed);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") closePanel(); });
  routed();
  document.body.dataset.ready = "true";
}

(function () {
  const inside = document.getElementById("data");
  if (inside) {
    start(JSON.parse(inside.textContent));
    return;
  }
  const waiting = document.getElementById("waiting");
  /** Ask for the data; of a large collection it takes the server a while to make, and it says to come again. */
  function asked() {
    return fetch("/page/data.json", { credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 429) return new Promise(function (again) { setTimeout(again, 2000); }).then(asked);
      if (!answer.ok) return answer.json().then(function (problem) { throw new Error(problem.what); });
      return answer.json();
    });
  }
  asked().then(function (data) {
    waiting.hidden = true;
    start(data);
  }, function (error) { waiting.textContent = error.message; });
})();
