// The provinces as a grid of equal tiles: no borders, every province as easy to see as another.

const MAP_TILE = { size: 64, gap: 4 };
const MAP_SMALL = { size: 11, gap: 1 };

/**
 * A grid of tiles as an SVG node.
 * kind: position of the practice type, null for all that are not routine. options: small (a picture without words), year (null:
 * everything), stated (only stated beginnings), title, onPick(region), says(text), current.
 */
function tileMap(kind, options) {
  const given = Object.assign({ small: false, year: null, stated: false }, options);
  return given.small ? mapSmallTiles(kind, given) : mapLargeTiles(kind, given);
}

function mapTilePlaces(form) {
  const step = form.size + form.gap;
  return D.map.tiles.map(function (tile) { return { region: tile[0], x: (tile[2] - 1) * step, y: (tile[1] - 1) * step, row: tile[1], column: tile[2] }; });
}

function mapTileCells(kind, when) {
  const rows = mapRows(kind, "province");
  return function (region) { return mapCell(kind, "province", region, rows[region], when); };
}

function mapSmallTiles(kind, given) {
  const cellOf = mapTileCells(kind, given);
  const patterns = mapPatterns();
  patterns.scale(0.45);
  const edge = 8 * (MAP_SMALL.size + MAP_SMALL.gap);
  return svg("svg", { class: "tiles small", viewBox: "-1 -1 " + (edge + 2) + " " + (edge + 2), width: edge + 2, height: edge + 2, role: "img", "aria-label": mapTallySaid(kind, "province", given) },
    patterns.node, mapTilePlaces(MAP_SMALL).map(function (tile) {
      const cell = cellOf(tile.region);
      return svg("rect", {
        x: tile.x, y: tile.y, width: MAP_SMALL.size, height: MAP_SMALL.size, fill: patterns.fill(cell),
        stroke: cell.state === "recorded" ? "none" : "#c3cbd3", "stroke-width": 0.6,
      });
    }));
}

/** What stands under the name on a tile: the year, ≤ before one that is only an upper bound, or the state in a word. */
function mapTileWord(cell) {
  if (cell.state === "recorded" || cell.state === "possible") return (cell.stated && mapSameYear(cell.row) ? "" : "≤") + cell.year;
  return w("map.tile_" + cell.state);
}
function mapSameYear(row) { return Boolean(row[1]) && mapYear(row[1]) === mapYear(row[2]); }

function mapLargeTiles(kind, given) {
  const patterns = mapPatterns();
  const step = MAP_TILE.size + MAP_TILE.gap;
  const width = 8 * step - MAP_TILE.gap, height = 8 * step - MAP_TILE.gap;
  const legend = svg("g");
  const tiles = mapTilePlaces(MAP_TILE);
  const focus = svg("rect", { width: MAP_TILE.size + 4, height: MAP_TILE.size + 4, fill: "none", stroke: "#8C1D18", "stroke-width": 2.5, rx: 3, display: "none", class: "focus" });
  let current = -1;

  tiles.forEach(function (tile) {
    const name = D.regions[tile.region].name;
    tile.rect = svg("rect", { width: MAP_TILE.size, height: MAP_TILE.size, rx: 2, stroke: "#8796a8", "stroke-width": 0.8 });
    tile.said = svg("title");
    tile.name = svg("text", { x: MAP_TILE.size / 2, y: 29, "text-anchor": "middle", "font-size": 15, "font-weight": 600, text: mapShort(name) });
    tile.word = svg("text", { x: MAP_TILE.size / 2, y: 48, "text-anchor": "middle", "font-size": 11.5 });
    // A pattern behind words makes them hard to read: a plain ground lies between.
    tile.ground = svg("rect", { x: 4, y: 13, width: MAP_TILE.size - 8, height: 40, rx: 3, fill: "#ffffff", "fill-opacity": 0.9 });
    tile.node = svg("g", {
      class: "tile", transform: "translate(" + tile.x + " " + tile.y + ")", "data-code": D.regions[tile.region].code,
      on: { click: function () { pick(tile); }, mouseenter: function () { if (given.says) given.says(name + colon() + tile.said.textContent); } },
    }, tile.said, tile.rect, tile.ground, tile.name, tile.word);
  });

  function recolour(when) {
    const cellOf = mapTileCells(kind, when);
    tiles.forEach(function (tile) {
      const cell = cellOf(tile.region);
      const patterned = MAP_PATTERNS.indexOf(cell.state) >= 0;
      const dark = cell.state === "recorded" && MAP_PERIOD_FILLS.indexOf(mapPeriodFill(mapPeriodOf(cell.year))) < 2;
      tile.rect.setAttribute("fill", patterns.fill(cell));
      tile.ground.setAttribute("display", patterned ? "inline" : "none");
      tile.name.setAttribute("fill", dark ? "#ffffff" : "#1b2733");
      tile.word.setAttribute("fill", dark ? "#ffffff" : "#3d4b59");
      tile.word.textContent = mapTileWord(cell);
      tile.said.textContent = mapCellSaid(kind, cell);
      tile.node.setAttribute("data-state", cell.state);
    });
    empty(legend);
    legend.appendChild(mapLegendDrawn(0, 26, kind, when, patterns.fill, 5, 150));
  }

  function pick(tile) {
    turn(tiles.indexOf(tile));
    if (given.onPick) given.onPick(tile.region);
  }

  function turn(to) {
    current = to;
    const tile = tiles[to];
    focus.setAttribute("x", tile.x - 2);
    focus.setAttribute("y", tile.y - 2);
    focus.setAttribute("display", "inline");
    if (given.says) given.says(D.regions[tile.region].name + colon() + tile.said.textContent);
  }

  /** The nearest tile in a direction: the same row or column first. */
  function towards(right, down) {
    const from = tiles[current];
    let best = -1, least = Infinity;
    tiles.forEach(function (tile, i) {
      const across = tile.column - from.column, along = tile.row - from.row;
      const ahead = across * right + along * down;
      if (ahead <= 0) return;
      const cost = ahead + 3 * Math.abs(right ? along : across);
      if (cost < least) { least = cost; best = i; }
    });
    if (best >= 0) turn(best);
  }

  const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const node = svg("svg", {
    class: "tiles", viewBox: "-3 -6 " + (width + 6) + " " + (height + 30), role: "application", tabindex: 0, "aria-label": w("map.tiles_label"),
    on: {
      keydown: function (event) {
        if (steps[event.key]) { if (current < 0) turn(0); else towards(steps[event.key][0], steps[event.key][1]); }
        else if ((event.key === "Enter" || event.key === " ") && current >= 0) pick(tiles[current]);
        else return;
        event.preventDefault();
      },
      focus: function () { if (current < 0 && node.matches(":focus-visible")) turn(0); },
    },
  }, patterns.node, svg("text", { x: 0, y: 13, "font-size": 15, "font-weight": 600, fill: "#1b2733", text: given.title || "" }),
  legend, tiles.map(function (tile) { return tile.node; }), focus,
  svg("text", { x: 0, y: height + 18, "font-size": 10.5, fill: "#5b6672", text: w("map.tiles_note") }));
  recolour(given);
  node.recolour = recolour;
  return node;
}
