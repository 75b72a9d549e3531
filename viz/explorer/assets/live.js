// What those views share that only a server gives: asking it, what it refuses, and taking in a graph that has changed.

/** Ask the server for JSON; with a body, send it. A refusal is an Error with what, where, hint and status. */
function liveAsk(path, body) {
  return liveFetch(path, body).then(function (answer) { return answer.json(); });
}

function liveFetch(path, body) {
  const headers = { "Accept-Language": lang() === "zh" ? "zh-CN" : "en" };
  const options = { credentials: "same-origin", headers: headers };
  if (body) {
    options.method = "POST";
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  return fetch(path, options).then(function (answer) {
    if (answer.ok) return answer;
    return answer.json().then(function (told) { throw liveError(told, answer.status); });
  }, function () {
    throw liveError({ what: w("live.unreachable"), hint: w("live.unreachable_hint") }, 0);
  });
}

function liveError(told, status) {
  const error = new Error(told.what);
  return Object.assign(error, { what: told.what, where: told.where || null, hint: told.hint || null, status: status });
}

/** What went wrong, and what to try. */
function liveProblem(error) {
  return el("div", { class: "nothing live-problem", role: "alert" }, el("p", { text: error.what || error.message }),
    error.where ? el("p", { class: "note", text: error.where }) : null,
    (error.hint || "").split("\n").filter(Boolean).map(function (line) { return el("p", { class: "note", text: line }); }));
}

/** Parameters as the end of an address; what is empty is left out. */
function liveQuery(parameters) {
  const parts = Object.keys(parameters).filter(function (name) {
    return parameters[name] !== null && parameters[name] !== undefined && parameters[name] !== "";
  }).map(function (name) { return encodeURIComponent(name) + "=" + encodeURIComponent(parameters[name]); });
  return parts.length ? "?" + parts.join("&") : "";
}

function liveWaiting(text) { return el("p", { class: "note live-waiting", role: "status", text: text || w("live.waiting") }); }

/** Put into a place what the server answers, unless the reader has gone elsewhere by then. */
function liveInto(host, promise, draw) {
  host.appendChild(liveWaiting());
  return promise.then(function (told) {
    if (!document.contains(host)) return;
    draw(empty(host), told);
  }).catch(function (error) {
    if (document.contains(host)) empty(host).appendChild(liveProblem(error));
    if (!error.what) throw error;
  });
}

/** Sentences as the server tells them: pieces, of which some are quoted, with line and page. */
function liveSentences(sentences) {
  return el("ul", { class: "quotes" }, sentences.map(function (one) {
    const place = [one.page ? w("kit.page", { page: one.page }) : "", one.line ? w("kit.line", { first: one.line }) : ""].filter(Boolean);
    return el("li", null, el("blockquote", null, one.pieces.map(function (piece) {
      return piece.quoted ? el("mark", { text: piece.text }) : piece.text;
    })), place.length ? el("cite", { text: place.join(lang() === "zh" ? "，" : ", ") }) : null);
  }));
}

/** A link to the page of a thing by its name or id, where this page holds it; null where it does not. */
function livePlace(kind, key, text) {
  const known = {
    PracticeCase: [D.accounts, "id", "case"], TradeUnion: [D.unions, "id", "union"], Region: [D.regions, "code", "region"],
    PracticeType: [D.types, "name", "practice"], Theme: [D.themes, "name", "theme"], TargetGroup: [D.groups, "name", "group"],
  }[kind];
  if (!known) return null;
  const there = kind === "PracticeCase" || position(known[0], function (one) { return one[known[1]] === key; }) >= 0;
  const to = {};
  to[known[2]] = key;
  return there ? link(to, text) : null; // an account that is not in the data is asked for when it is opened
}

// ---------------------------------------------------------------- a graph that has changed

let liveIsNew = false;
let liveChecked = Date.now();

/** A line at the foot of the window that tells how the graph stands to what is shown. */
function liveBar(text, button) {
  let bar = document.getElementById("live-bar");
  if (!bar) {
    bar = el("div", { id: "live-bar", role: "status" });
    document.body.appendChild(bar);
  }
  empty(bar);
  bar.hidden = !text;
  append(bar, [text, button ? el("button", { type: "button", class: "tool", text: w("live.reload"), on: { click: function () { location.reload(); } } }) : null]);
}

/** Look whether the graph is another one than what is shown; after a decision again and again until it is. */
function liveFollow(decided) {
  liveChecked = Date.now();
  return liveAsk("/page/state.json").then(function (state) {
    if (state.problem) liveBar(w("live.behind", { what: state.problem.what }));
    else if (state.pending) liveBar(w("live.pending"));
    else if (state.build !== D.about.build) {
      liveIsNew = true;
      liveBar(w(decided ? "live.followed" : "live.changed"), true);
      return;
    }
    else liveBar("");
    if (state.pending) setTimeout(function () { liveFollow(decided); }, 1500);
  }).catch(function (error) { liveBar(error.what || error.message); });
}

// Positions in tables change with the data, so a new build is taken in whole, when the reader turns to something else.
window.addEventListener("hashchange", function () {
  if (liveIsNew && parsed(location.hash).view !== route.view) location.reload();
});
document.addEventListener("visibilitychange", function () {
  if (D && !document.hidden && Date.now() - liveChecked > 30000) liveFollow(false);
});
