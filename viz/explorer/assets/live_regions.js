// The answer to a question on the grid of provinces: the state of each, or how many rows each has.

/** States of coverage as answers name them, by the states that maps draw. */
const LIVE_STATES = { "有记载": "routine", "台账确认未开展": "denied", "资料未见": "unseen", "无该地资料": "nothing" };
const LIVE_SHADES = ["#d3e6f5", "#9cc5e6", "#5c9bd1", "#2b6cab"];

/** The grid of an answer that names regions; null where it does not, or where all lie in one province. */
function liveRegions(query, found) {
  const names = found.columns.map(function (column) { return column.name; });
  const places = D.map ? liveProvinces(found, names) : null;
  if (!places) return null;
  const state = names.indexOf("state");
  const single = Object.keys(places).every(function (province) { return places[province].length === 1; });
  const stated = state >= 0 && single;
  const cells = {};
  Object.keys(places).forEach(function (province) {
    const rows = places[province];
    if (stated) cells[province] = LIVE_STATES[rows[0][state]];
    else cells[province] = rows.filter(function (row) { return state < 0 || row[state] === "有记载"; }).length;
  });
  const known = Object.keys(cells);
  if (known.length < 2 || stated && known.some(function (province) { return !cells[province]; })) return null;
  const title = stated ? w("live_regions.states") : w(state < 0 ? "live_regions.rows" : "live_regions.recorded");
  return figure({
    name: query.name + "-regions", title: title, note: w(stated ? "live_regions.note_states" : "live_regions.note_rows"),
    picture: liveTiles(cells, stated, title),
    table: table({
      name: query.name + "-regions", rows: known.map(Number), page: 40, columns: [
        { title: w("kit.region"), value: function (i) { return D.regions[i].full; }, cell: function (i) { return region.shown(i); } },
        { title: w(stated ? "map.state" : "live_regions.count"), numeric: !stated, value: function (i) { return stated ? liveStateWord(cells[i]) : cells[i]; } },
      ],
    }),
  });
}

/** The rows of each province, by its position; null where no column tells where a row is. */
function liveProvinces(found, names) {
  const code = names.indexOf("code"), full = names.indexOf("region"), several = names.indexOf("regions");
  if (code < 0 && full < 0 && several < 0) return null;
  const byName = {}, byCode = {};
  D.regions.forEach(function (one, i) { byName[one.full] = i; byCode[one.code] = i; });
  const places = {};
  found.rows.forEach(function (row) {
    const given = code >= 0 ? [byCode[row[code]]] : full >= 0 ? [byName[row[full]]] : (row[several] || []).map(function (name) { return byName[name]; });
    const here = {};
    given.forEach(function (i) {
      const province = i === undefined ? -1 : liveProvince(i);
      if (province >= 0) here[province] = true;
    });
    Object.keys(here).forEach(function (province) { (places[province] = places[province] || []).push(row); });
  });
  return places;
}

/** The region with a tile that a region is or lies in; -1 where it is in none. */
function liveProvince(i) {
  if (D.map.tiles.some(function (tile) { return tile[0] === i; })) return i;
  for (let j = 0; j < D.regions[i].within.length; j += 1) {
    const upper = D.regions[i].within[j] === i ? -1 : liveProvince(D.regions[i].within[j]);
    if (upper >= 0) return upper;
  }
  return -1;
}

function liveStateWord(state) { return w("map.tile_" + state); }

function liveTiles(cells, stated, title) {
  const patterns = mapPatterns();
  const step = MAP_TILE.size + MAP_TILE.gap, size = MAP_TILE.size;
  const most = Math.max.apply(null, Object.keys(cells).map(function (i) { return stated ? 0 : cells[i]; }));
  function shade(value) { return LIVE_SHADES[Math.min(3, Math.floor(4 * (value - 1) / Math.max(1, most)))]; }
  return svg("svg", { class: "tiles live-tiles", viewBox: "-3 -3 " + (8 * step + 3) + " " + (8 * step + 3), width: 448, height: 448, role: "img", "aria-label": title },
    patterns.node, mapTilePlaces(MAP_TILE).map(function (tile) {
      const value = cells[tile.region];
      const plain = value === undefined || value === 0;
      const dark = !stated && !plain && LIVE_SHADES.indexOf(shade(value)) > 1;
      const word = value === undefined ? (D.regions[tile.region].counted ? "" : w("map.tile_uncounted")) : stated ? liveStateWord(value) : String(value);
      return svg("g", { transform: "translate(" + tile.x + " " + tile.y + ")", "data-code": D.regions[tile.region].code },
        svg("title", null, D.regions[tile.region].full + (word ? colon() + word : "")),
        svg("rect", { width: size, height: size, rx: 2, stroke: "#8796a8", "stroke-width": 0.8, fill: stated && !plain ? patterns.fill({ state: value }) : plain ? "#ffffff" : shade(value) }),
        stated && MAP_PATTERNS.indexOf(value) >= 0 ? svg("rect", { x: 4, y: 13, width: size - 8, height: 40, rx: 3, fill: "#ffffff", "fill-opacity": 0.9 }) : null,
        svg("text", { x: size / 2, y: 29, "text-anchor": "middle", "font-size": 15, "font-weight": 600, fill: dark ? "#ffffff" : "#1b2733" }, mapShort(D.regions[tile.region].name)),
        svg("text", { x: size / 2, y: 48, "text-anchor": "middle", "font-size": 12, fill: dark ? "#ffffff" : "#3d4b59" }, word));
    }));
}
