// A theme or a target group: the accounts that belong to it. Theme hits and group hits are never mixed.

["theme", "group"].forEach(function (key) {
  view(key, {
    render: function (host, route) {
      const terms = key === "theme" ? D.themes : D.groups;
      const at = position(terms, function (one) { return one.name === route[key]; });
      if (at < 0) {
        host.appendChild(nothing(w("kit.not_found", { name: route[key] || "" }), w("kit.not_found_hint")));
        return;
      }
      const one = terms[at];
      const accounts = where(D.accounts, function (account) { return account[key + "s"].indexOf(at) >= 0; });
      const listed = key === "theme" ? where(D.types, function (type) { return type.themes.indexOf(at) >= 0; }) : [];
      append(host, [
        el("h2", { text: one.name }),
        el("p", { class: "lead", text: w(key === "theme" ? "topic.theme" : "topic.group", { count: one.accounts }) }),
        listed.length ? [el("h3", { text: w("topic.types") }), el("p", null, all(type, listed))] : null,
        accounts.length ? [el("h3", { text: w("topic.accounts") }), accountTable(accounts, one.name)] : nothing(w("topic.none"), w("region.none_hint")),
      ]);
    },
  });
});
