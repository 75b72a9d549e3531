// The real map, of provinces or of prefectures: built once per layer from arcs that neighbours share, coloured anew as asked.
// Nothing is ever cut off: the frame holds the whole country, 南海诸岛 included, and so does every exported picture.

const MAP_FRAME = { x: 222, y: 26, width: 544, height: 625 };
const MAP_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MAP_ZOOM = { least: 1, most: 16, kept: 3.2 };

/** The points of an encoded line (scripts/build_map.py), flat, from a point. */
function mapPoints(text, x, y) {
  const points = [];
  let value = 0, shift = 0, across = true;
  for (let i = 0; i < text.length; i += 1) {
    const digit = MAP_DIGITS.indexOf(text.charAt(i));
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    const step = value & 1 ? -((value + 1) >> 1) : value >> 1;
    if (across) x += step;
    else { y += step; points.push(x, y); }
    across = !across;
    value = 0;
    shift = 0;
  }
  return points;
}

function mapLine(points, backwards, move) {
  const parts = [];
  for (let i = 0; i < points.length; i += 2) {
    const at = backwards ? points.length - 2 - i : i;
    if (i === 0 && !move) continue;
    parts.push((i === 0 ? "M" : "L") + points[at] + " " + points[at + 1]);
  }
  return parts.join("");
}

const mapOutlines = {};
/** The paths of a layer: a shape for each region, inner lines, province lines and the outer line. */
function mapOutline(layer) {
  if (mapOutlines[layer] && mapOutlines[layer].of === D) return mapOutlines[layer];
  const built = D.map.geometry[layer];
  const arcs = [];
  let x = 0, y = 0;
  built.arcs.split(" ").forEach(function (text) {
    const points = mapPoints(text, x, y);
    x = points[points.length - 2];
    y = points[points.length - 1];
    arcs.push(points);
  });
  const owners = arcs.map(function () { return []; });
  const shapes = built.regions.map(function (row) {
    const top = row[0] === null ? null : mapProvince(row[0]);
    const rings = row[3].map(function (ring) {
      return ring.map(function (arc, i) {
        const number = arc < 0 ? ~arc : arc;
        owners[number].push(top);
        return mapLine(arcs[number], arc < 0, i === 0);
      }).join("") + "Z";
    });
    return { region: row[0], x: row[1], y: row[2], d: rings.join("") };
  });
  const lines = { inner: [], province: [], outer: [] };
  arcs.forEach(function (points, i) {
    const sides = owners[i];
    const known = sides.filter(function (one) { return one !== null; });
    const which = sides.length < 2 ? "outer" : layer === "province" || known.length === 2 && known[0] !== known[1] ? "province" : "inner";
    lines[which].push(mapLine(points, false, true));
  });
  mapOutlines[layer] = {
    of: D, shapes: shapes, size: built.projection.size, names: built.names,
    dashes: built.dashes.map(function (text) { return mapLine(mapPoints(text, 0, 0), false, true); }),
    inner: lines.inner, province: lines.province, outer: lines.outer,
  };
  return mapOutlines[layer];
}

/** The province that a region lies in; of a city of the 兵团 新疆, whose ground it is. */
function mapProvince(at) {
  const one = D.regions[at];
  if (one.level === "province") return at;
  const uppers = one.within.map(mapProvince);
  const drawn = uppers.filter(function (upper) { return D.regions[upper].code !== "xpcc"; });
  return drawn.length ? drawn[0] : uppers[0];
}

/**
 * The map of a layer as an SVG node with `recolour(when)`, `zoom(factor)` and `fit()`.
 * given: title, when, onPick(region), says(text).
 */
function mapDrawn(kind, layer, given) {
  const outline = mapOutline(layer);
  const unit = Math.min(MAP_FRAME.width / outline.size[0], MAP_FRAME.height / outline.size[1]);
  const patterns = mapPatterns();
  const still = mapPatterns(); // beside the map nothing is scaled
  const at = { k: 1, x: 0, y: 0 };
  const legend = svg("g");
  let walked = -1, cells = [];

  const shapes = outline.shapes.map(function (shape, i) {
    return svg("path", { d: shape.d, "data-shape": i, "data-code": shape.region === null ? "" : D.regions[shape.region].code });
  });
  const strokes = [];
  /** A path for each arc: what lies outside the frame is then not even looked at, and one long path would be at every step. */
  function lines(some, colour, width) {
    const host = svg("g", { fill: "none", stroke: colour, "pointer-events": "none" }, some.map(function (d) { return svg("path", { d: d }); }));
    strokes.push({ node: host, width: width });
    return host;
  }
  const around = lines([""], "#8C1D18", 2.2);
  const chosen = around.firstChild;
  const labels = mapLabels(outline, layer, unit);
  const moving = svg("g", null,
    svg("g", { transform: "scale(" + unit + ")" }, svg("g", { "fill-rule": "evenodd" }, shapes),
      lines(outline.inner, "#9aa6b2", 0.4), lines(outline.province, layer === "province" ? "#6b7885" : "#4d5a67", layer === "province" ? 0.7 : 0.8),
      lines(outline.outer, "#3d4b59", 0.8), lines(outline.dashes, "#3d4b59", 1.6), around),
    labels.node);
  const clip = "map-frame-" + mapDefsMade;
  patterns.node.appendChild(svg("clipPath", { id: clip }, svg("rect", { width: MAP_FRAME.width, height: MAP_FRAME.height })));
  const corps = layer === "province" ? mapCorps(given) : null;
  const notes = svg("g");

  function recolour(when) {
    const rows = mapRows(kind, layer);
    cells = outline.shapes.map(function (shape) { return mapCell(kind, layer, shape.region, rows[shape.region], when); });
    cells.forEach(function (cell, i) {
      shapes[i].setAttribute("fill", patterns.fill(cell));
      shapes[i].setAttribute("data-state", cell.state);
    });
    if (corps) corps.recolour(mapCell(kind, layer, corps.region, rows[corps.region], when), still.fill, kind);
    empty(legend);
    legend.appendChild(mapLegendDrawn(0, 34, kind, when, still.fill, 20, 0));
  }

  function said(i) {
    const region = outline.shapes[i].region;
    return region === null ? w("map.said_none") : D.regions[region].full + colon() + mapCellSaid(kind, cells[i]);
  }

  function place() {
    // The frame stays full: nobody can push the country out of it.
    at.x = Math.min(0, Math.max(MAP_FRAME.width * (1 - at.k), at.x));
    at.y = Math.min(0, Math.max(MAP_FRAME.height * (1 - at.k), at.y));
    moving.setAttribute("transform", "translate(" + at.x.toFixed(2) + " " + at.y.toFixed(2) + ") scale(" + at.k.toFixed(4) + ")");
  }
  let rest = 0;
  /** Move without drawing anew, as long as the whole is not too large to be kept as a picture; near, what is outside costs nothing. */
  function pan(x, y) {
    at.x = x;
    at.y = y;
    if (at.k < MAP_ZOOM.kept) {
      moving.style.willChange = "transform";
      clearTimeout(rest);
      rest = setTimeout(settle, 400);
    }
    place();
  }
  function settle() { moving.style.willChange = ""; }
  function zoom(factor, x, y) {
    const k = Math.min(MAP_ZOOM.most, Math.max(MAP_ZOOM.least, at.k * factor));
    const cx = x === undefined ? MAP_FRAME.width / 2 : x, cy = y === undefined ? MAP_FRAME.height / 2 : y;
    at.x = cx - (cx - at.x) * k / at.k;
    at.y = cy - (cy - at.y) * k / at.k;
    at.k = k;
    settle();
    scaled();
    place();
  }
  function scaled() {
    patterns.scale(1 / (unit * at.k));
    labels.scale(at.k);
    // Widths are set here: strokes that the browser itself keeps from scaling are made anew at every step of panning.
    strokes.forEach(function (one) { one.node.setAttribute("stroke-width", (one.width / (unit * at.k)).toFixed(2)); });
  }
  function fit() { at.k = 1; at.x = 0; at.y = 0; scaled(); place(); }

  function walk(by) {
    const order = mapWalk(outline);
    const now = order.indexOf(walked);
    turn(order[(now + by + order.length) % order.length]);
    const shape = outline.shapes[walked];
    if (at.k > 1) {
      at.x = MAP_FRAME.width / 2 - shape.x * unit * at.k;
      at.y = MAP_FRAME.height / 2 - shape.y * unit * at.k;
      place();
    }
  }
  function turn(i) {
    walked = i;
    chosen.setAttribute("d", outline.shapes[i].d);
    given.says(said(i));
  }
  function pick(i) {
    turn(i);
    if (outline.shapes[i].region !== null) given.onPick(outline.shapes[i].region);
  }

  /** A place of the window in units of the frame. */
  function inFrame(event) {
    const point = node.createSVGPoint();
    point.x = event.clientX;
    point.y = event.clientY;
    const there = point.matrixTransform(node.getScreenCTM().inverse());
    return { x: there.x - MAP_FRAME.x, y: there.y - MAP_FRAME.y };
  }

  let held = null;
  const hands = {
    pointerdown: function (event) {
      if (event.button !== 0) return;
      const from = inFrame(event);
      held = { x: from.x - at.x, y: from.y - at.y, from: from, moved: false, shape: event.target.dataset ? event.target.dataset.shape : undefined };
    },
    pointermove: function (event) {
      if (held) {
        const to = inFrame(event);
        if (!held.moved && Math.abs(to.x - held.from.x) + Math.abs(to.y - held.from.y) < 4) return;
        if (!held.moved) { held.moved = true; frame.setPointerCapture(event.pointerId); }
        pan(to.x - held.x, to.y - held.y);
      } else if (event.target.dataset && event.target.dataset.shape !== undefined) given.says(said(Number(event.target.dataset.shape)));
    },
    pointerup: function () {
      const was = held;
      held = null;
      if (was && !was.moved && was.shape !== undefined) pick(Number(was.shape));
    },
    pointercancel: function () { held = null; },
    wheel: function (event) {
      // Without a hand on the map the wheel goes on scrolling the page.
      if (!event.ctrlKey && document.activeElement !== node) return;
      event.preventDefault();
      const there = inFrame(event);
      zoom(Math.pow(1.0015, -event.deltaY), there.x, there.y);
    },
  };
  const keys = {
    ArrowRight: function () { pan(at.x - 60, at.y); }, ArrowLeft: function () { pan(at.x + 60, at.y); },
    ArrowDown: function () { pan(at.x, at.y - 60); }, ArrowUp: function () { pan(at.x, at.y + 60); },
    "+": function () { zoom(1.4); }, "=": function () { zoom(1.4); }, "-": function () { zoom(1 / 1.4); }, "0": fit,
    "]": function () { walk(1); }, "[": function () { walk(-1); },
    Enter: function () { if (walked >= 0) pick(walked); },
  };

  const frame = svg("g", { transform: "translate(" + MAP_FRAME.x + " " + MAP_FRAME.y + ")", class: "frame", on: hands },
    svg("rect", { width: MAP_FRAME.width, height: MAP_FRAME.height, fill: "#ffffff", stroke: "#c3cbd3", "stroke-width": 1 }),
    svg("g", { "clip-path": "url(#" + clip + ")" }, moving));
  const node = svg("svg", {
    class: "drawn", viewBox: "-6 -4 780 666", role: "application", tabindex: 0, "aria-label": w("map.drawn_label"),
    on: { keydown: function (event) { if (keys[event.key] && !event.ctrlKey && !event.metaKey) { keys[event.key](); event.preventDefault(); } } },
  }, patterns.node, still.node, svg("text", { x: 0, y: 15, "font-size": 15, "font-weight": 600, fill: "#1b2733", text: given.title }),
  legend, corps ? corps.node : null, notes, frame);
  mapNotes(notes, layer);
  recolour(given.when);
  fit();
  node.recolour = recolour;
  node.zoom = zoom;
  node.fit = fit;
  /** What is exported is always the whole map, however it is looked at. */
  node.whole = function () {
    const before = { k: at.k, x: at.x, y: at.y };
    fit();
    const text = svgText(node);
    at.k = before.k; at.x = before.x; at.y = before.y;
    scaled();
    place();
    return text;
  };
  return node;
}

/** The shapes that stand for regions, by code. */
function mapWalk(outline) {
  return where(outline.shapes, function (shape) { return shape.region !== null; }).sort(function (a, b) {
    return D.regions[outline.shapes[a].region].code < D.regions[outline.shapes[b].region].code ? -1 : 1;
  });
}

/** The 兵团 has no bounds of its own: it stands beside the map as a field. */
function mapCorps(given) {
  const region = position(D.regions, function (one) { return one.code === "xpcc"; });
  if (region < 0) return null;
  const said = svg("title");
  const rect = svg("rect", { width: 34, height: 24, stroke: "#3d4b59", "stroke-width": 0.8 });
  let words = "";
  const node = svg("g", {
    class: "corps", transform: "translate(0 300)", "data-code": "xpcc", tabindex: 0, role: "button", on: {
      click: function () { given.onPick(region); }, mouseenter: function () { given.says(words); }, focus: function () { given.says(words); },
      keydown: function (event) { if (event.key === "Enter" || event.key === " ") { given.onPick(region); event.preventDefault(); event.stopPropagation(); } },
    },
  }, said, rect, svg("text", { x: 42, y: 10, "font-size": 11.5, fill: "#1b2733", text: D.regions[region].name }),
  svg("text", { x: 42, y: 24, "font-size": 10.5, fill: "#5b6672", text: w("map.no_bounds") }));
  return {
    node: node, region: region,
    recolour: function (cell, fill, kind) {
      rect.setAttribute("fill", fill(cell));
      node.setAttribute("data-state", cell.state);
      words = D.regions[region].name + colon() + mapCellSaid(kind, cell);
      said.textContent = words;
      node.setAttribute("aria-label", words);
    },
  };
}

/** Source, 示意图 and 审图号, at the foot of the legend. */
function mapNotes(host, layer) {
  const about = D.map.about;
  const which = lang() === "zh" ? 0 : 1;
  const rows = [w(layer === "province" ? "map.note_province" : "map.note_prefecture"), about.changed[which], about.source[which],
    w("map.layer_approval", { number: about.layer_approval }),
    about.approval ? w("map.approval", { number: about.approval }) : w("map.no_approval")];
  let y = 0;
  rows.forEach(function (row, i) {
    mapWrapped(row, lang() === "zh" ? 19 : 38).forEach(function (line) {
      y += 14;
      host.appendChild(svg("text", { y: y, "font-size": 10.5, fill: i === rows.length - 1 ? "#8C1D18" : "#5b6672", text: line }));
    });
    y += 4;
  });
  host.setAttribute("transform", "translate(0 " + (650 - y) + ")");
}

/** A text in lines of at most so many letters, English ones between words. */
function mapWrapped(text, most) {
  const parts = text.match(lang() === "zh" ? /[!-~]+|./g : /\S+\s*/g) || [];
  const lines = [""];
  let length = 0;
  parts.forEach(function (part) {
    const wide = lang() === "zh" && /^[ -~]+$/.test(part) ? part.length * 0.55 : part.length;
    if (length && length + wide > most && !/^[，。；：、）]/.test(part)) { lines.push(""); length = 0; }
    lines[lines.length - 1] += part;
    length += wide;
  });
  return lines;
}

/** Names on the map: of islands at their side, of provinces where they find room, of prefectures from near. */
function mapLabels(outline, layer, unit) {
  const taken = [];
  const groups = [];
  function group(size, colour) {
    const node = svg("g", { fill: colour });
    groups.push({ node: node, size: size });
    return node;
  }
  const names = group(10, "#1b2733"), islands = group(8, "#3d4b59");
  const near = layer === "prefecture";

  function free(box) {
    return taken.every(function (other) { return box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]; });
  }
  /** A label at a side of a point; distances are in its own size, so that only that changes with the scale. */
  function label(host, text, x, y, size, side) {
    const wide = text.length * size * (lang() === "zh" ? 1 : 0.55);
    const dx = side === "left" ? -0.4 : side === "right" ? 0.4 : 0;
    const dy = side === "above" ? -0.5 : side === "below" ? 1.2 : 0.36;
    const from = side === "left" ? x + dx * size - wide : side === "right" ? x + dx * size : x - wide / 2;
    return { box: [from, y + (dy - 1) * size, from + wide, y + dy * size + 1], put: function () {
      taken.push(this.box);
      host.appendChild(svg("text", {
        x: x.toFixed(2), y: y.toFixed(2), dx: dx + "em", dy: dy + "em", text: text,
        "text-anchor": side === "left" ? "end" : side === "right" ? "start" : "middle",
      }));
    } };
  }
  outline.names.forEach(function (one) {
    label(islands, one[lang() === "zh" ? 0 : 1], one[2] * unit, one[3] * unit, 8, one[4]).put();
  });
  outline.shapes.forEach(function (shape) {
    if (shape.region === null) return;
    const text = mapShort(D.regions[shape.region].name);
    const tries = (near ? ["middle"] : ["middle", "right", "left", "above", "below"]).map(function (side) {
      return label(names, text, shape.x * unit, shape.y * unit, 10, side);
    });
    (tries.filter(function (one) { return free(one.box); })[0] || tries[0]).put();
  });
  return {
    node: svg("g", { "pointer-events": "none", "paint-order": "stroke", stroke: "#ffffff", "stroke-linejoin": "round", "stroke-opacity": 0.8 },
      groups.map(function (one) { return one.node; })),
    scale: function (k) {
      names.setAttribute("display", near && k < 3.2 ? "none" : "inline");
      groups.forEach(function (one) {
        one.node.setAttribute("font-size", (one.size / k).toFixed(3));
        one.node.setAttribute("stroke-width", (2 / k).toFixed(3));
      });
    },
  };
}
