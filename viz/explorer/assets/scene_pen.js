// What scenes are drawn with: the shapes of marks as paths, and a pen that writes what it is told to draw as SVG.
// Canvas and SVG are drawn by the same code (scene_paint.js), so that what is exported is what was seen.

const ScenePen = (function () {
  const TURN = Math.PI * 2;

  /** The corners of shapes on a circle of radius 1; a dot has none. */
  const CORNERS = {
    square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
    diamond: [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]],
    triangle: [[0, -1.15], [1.08, 0.8], [-1.08, 0.8]],
    triangleDown: [[0, 1.15], [1.08, -0.8], [-1.08, -0.8]],
    hexagon: ring(6, 1, 1, 0),
    star: ring(10, 1.25, 0.55, -Math.PI / 2),
  };

  function ring(count, outer, inner, from) {
    const found = [];
    for (let i = 0; i < count; i += 1) {
      const radius = i % 2 ? inner : outer;
      found.push([radius * Math.cos(from + TURN * i / count), radius * Math.sin(from + TURN * i / count)]);
    }
    return found;
  }

  /** Add a shape to the path that is being drawn. */
  function shape(pen, name, x, y, radius) {
    const corners = CORNERS[name];
    if (corners) {
      pen.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
      for (let i = 1; i < corners.length; i += 1) pen.lineTo(x + corners[i][0] * radius, y + corners[i][1] * radius);
      pen.closePath();
    } else if (name === "bracket") { // open towards the right: a collection, not one adopter
      pen.moveTo(x + radius * 0.7, y - radius * 1.3);
      pen.lineTo(x - radius * 0.2, y - radius * 1.3);
      pen.lineTo(x - radius * 0.2, y + radius * 1.3);
      pen.lineTo(x + radius * 0.7, y + radius * 1.3);
    } else if (name === "tick") { // a place in a lane, with no account of its own
      pen.moveTo(x - radius, y);
      pen.lineTo(x + radius, y);
    } else {
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, TURN);
    }
  }

  /** The width of a text in pixels, near enough to keep texts apart: a Chinese character is as wide as it is high. */
  function width(text, size) {
    let ems = 0;
    for (let i = 0; i < text.length; i += 1) ems += text.charCodeAt(i) > 0x2000 ? 1 : 0.56;
    return ems * size;
  }

  /** A text cut to a width. */
  function cut(text, size, most) {
    const plain = text.replace(/\s+/g, " ");
    if (width(plain, size) <= most) return plain;
    const letters = Array.from(plain);
    let count = letters.length;
    while (count > 1 && width(letters.slice(0, count).join(""), size) > most - size) count -= 1;
    return letters.slice(0, count).join("") + "…";
  }

  // ---------------------------------------------------------------- SVG

  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  function escaped(text) {
    // XML has no place for most control characters.
    return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, function (sign) { return ENTITIES[sign]; });
  }
  function short(value) { return String(Math.round(value * 10) / 10); }

  /** A pen with the part of a canvas's context that scenes use; `text()` gives what it wrote. */
  function svgPen(wide, high, font) {
    const written = [];
    let path = [];
    let dash = [];
    const pen = {
      fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, textAlign: "left", textSize: 13, bold: false,
      setLineDash: function (given) { dash = given; },
      beginPath: function () { path = []; },
      moveTo: function (x, y) { path.push("M" + short(x) + " " + short(y)); },
      lineTo: function (x, y) { path.push("L" + short(x) + " " + short(y)); },
      quadraticCurveTo: function (a, b, x, y) { path.push("Q" + [a, b, x, y].map(short).join(" ")); },
      closePath: function () { path.push("Z"); },
      arc: function (x, y, radius) { // whole circles only, begun at their right end
        const r = short(radius);
        path.push("A" + r + " " + r + " 0 1 1 " + short(x - radius) + " " + short(y) + "A" + r + " " + r + " 0 1 1 " + short(x + radius) + " " + short(y) + "Z");
      },
      fill: function () { if (path.length) put("path", 'd="' + path.join("") + '" fill="' + pen.fillStyle + '"'); },
      stroke: function () {
        if (!path.length) return;
        const dashes = dash.length ? ' stroke-dasharray="' + dash.join(" ") + '"' : "";
        put("path", 'd="' + path.join("") + '" fill="none" stroke="' + pen.strokeStyle + '" stroke-width="' + short(pen.lineWidth) + '"' + dashes);
      },
      fillRect: function (x, y, a, b) { put("rect", box(x, y, a, b) + ' fill="' + pen.fillStyle + '"'); },
      fillText: function (text, x, y) { put("text", where(x, y) + ' fill="' + pen.fillStyle + '"', text); },
      strokeText: function (text, x, y) {
        put("text", where(x, y) + ' fill="none" stroke="' + pen.strokeStyle + '" stroke-width="' + short(pen.lineWidth) + '" stroke-linejoin="round" aria-hidden="true"', text);
      },
      /** Draw something in a window of the sheet that begins at a height. */
      inside: function (y, a, b, act) {
        written.push('<svg x="0" y="' + short(y) + '" width="' + short(a) + '" height="' + short(b) + '" overflow="hidden">');
        act();
        written.push("</svg>");
      },
      text: function () {
        return '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="' + short(wide) + '" height="' + short(high) +
          '" viewBox="0 0 ' + short(wide) + " " + short(high) + '" font-family="' + escaped(font.replace(/"/g, "'")) + '">\n' + written.join("\n") + "\n</svg>\n";
      },
    };
    function box(x, y, a, b) { return 'x="' + short(x) + '" y="' + short(y) + '" width="' + short(a) + '" height="' + short(b) + '"'; }
    function where(x, y) {
      const anchor = { left: "start", center: "middle", right: "end" }[pen.textAlign];
      return 'x="' + short(x) + '" y="' + short(y) + '" font-size="' + pen.textSize + '" text-anchor="' + anchor + '"' + (pen.bold ? ' font-weight="bold"' : "");
    }
    function put(tag, attributes, text) {
      const alpha = pen.globalAlpha < 1 ? ' opacity="' + pen.globalAlpha + '"' : "";
      written.push("<" + tag + " " + attributes + alpha + (text === undefined ? "/>" : ">" + escaped(text) + "</" + tag + ">"));
    }
    return pen;
  }

  /** Set the size of the text that follows, on a canvas or an SVG pen. */
  function textSize(pen, size, bold, font) {
    pen.textSize = size;
    pen.bold = bold;
    if ("canvas" in pen) pen.font = (bold ? "bold " : "") + size + "px " + font;
  }

  return { shape: shape, width: width, cut: cut, svgPen: svgPen, textSize: textSize };
})();
