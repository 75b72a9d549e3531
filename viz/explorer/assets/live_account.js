// The card of an account that is not in the data of this page: large collections keep the most connected, the rest is asked for.

/** Ask for an account and show it; what `factButtons` needs is in what the server tells. */
function liveAccount(identifier, host) {
  const place = el("div");
  host.appendChild(place);
  liveInto(place, liveAsk("/api/accounts/" + encodeURIComponent(identifier)), liveCard);
}

/** A button that asks for the text of an account which the data of the page leaves out. */
function liveFullText(identifier) {
  const place = el("div");
  place.appendChild(el("button", {
    type: "button", class: "more", text: w("live_account.read"), on: {
      click: function () {
        liveInto(empty(place), liveAsk("/api/accounts/" + encodeURIComponent(identifier)), function (into, one) { append(into, liveLines(one)); });
      },
    },
  }));
  return place;
}

function liveLines(one) {
  return one.lines.map(function (line) {
    return el("p", { class: "live-line" }, line.pieces.map(function (piece) {
      return piece.facts.length ? el("mark", { text: piece.text }) : piece.text;
    }));
  });
}

function liveCard(host, one) {
  const published = one.document.published;
  append(host, [
    el("h2", { text: one.name }),
    el("p", { class: "note" }, w("live_account.from", { document: one.document.title }), published ? w("account.published", { date: dateShown(published) }) : ""),
    note(w("live_account.note")),
    one.fields.map(function (field) {
      return el("section", { class: "field" }, el("h4", { text: field.label }), el("ul", null, field.facts.map(function (fact) {
        return el("li", null, el("div", { class: "fact" }, el("strong", { text: fact.value }),
          fact.review !== "unreviewed" ? el("span", { class: "review", text: label("review." + fact.review) }) : null,
          D.about.edit ? factButtons(fact.id) : null), liveSentences(fact.sentences));
      })));
    }),
    el("h3", { text: w("live_account.text") }),
    liveLines(one),
  ]);
}
