// How a scene looks: a plan of plain marks, painted through a view with any pen.
//
// A plan:
//   lineStyles  [{colour, width, dash: [on, off] | null, arrow: bool}]
//   pointStyles [{shape, fill, border, width}]                 fill null: hollow
//   bands       [{y1, y2, fill}]                               across the whole picture
//   rules       [{x, text, strong}]                            from top to bottom, their text kept at the top edge
//   sides       [{y, text, colour}]                            kept at the left edge
//   lines       [{x1, y1, x2, y2, style, bend, from, to}]      from, to: the points they join (positions), if any
//   points      [{x, y, r, style, label}]                      the important ones first: their labels have precedence
//   legend      [{line | point: position of a style, text}], title, note
//   margin      {left, top, right, bottom} in pixels; grow: points grow with the zoom; flat: only x is zoomed
//   over        how many labels may cover other marks
// A view: {kx, ky, x, y, width, height, clip}: a point of the plan lies at x * kx + view.x, y * ky + view.y on the screen;
// clip [x1, y1, x2, y2] is the part of the screen that is drawn now.

const ScenePaint = (function () {
  const INK = "#1b2733";
  const CHOSEN = "#8C1D18";
  /** Marks a path: a longer path takes a software renderer more than its share of time, a shorter one more calls. */
  const MARKS = 128;
  /** So many lines of a style are drawn one pixel wide while the picture moves: a renderer has a fast way for those. */
  const MANY = 600;
  const EDGE = SceneView.EDGE;

  // ---------------------------------------------------------------- lines

  function lines(pen, plan, view, wanted, rough, wider) {
    const thick = SceneView.lineGrowth(plan, view);
    plan.lineStyles.forEach(function (style, number) {
      const some = wanted(number);
      if (!some.length) return;
      pen.strokeStyle = style.colour;
      const width = style.width * thick + wider;
      pen.lineWidth = width < 1.2 || (rough && some.length > MANY) ? 1 : width;
      pen.setLineDash(style.dash || []);
      strokes(pen, plan, view, some);
      pen.setLineDash([]);
      if (style.arrow) {
        pen.fillStyle = pen.strokeStyle;
        heads(pen, plan, view, some, 4.5 + pen.lineWidth * 1.6);
      }
    });
  }

  function strokes(pen, plan, view, some) {
    // Wide lines that cross each other in one path cost the more the more they are, thin ones do not.
    const most = pen.lineWidth > 1 && "canvas" in pen ? 1 : MARKS;
    let count = 0;
    pen.beginPath();
    for (let i = 0; i < some.length; i += 1) {
      const line = some[i];
      const x1 = line.x1 * view.kx + view.x, y1 = line.y1 * view.ky + view.y;
      const x2 = line.x2 * view.kx + view.x, y2 = line.y2 * view.ky + view.y;
      if (SceneView.outside(x1, y1, x2, y2, view)) continue;
      pen.moveTo(x1, y1);
      if (line.bend) {
        const by = SceneView.middle(x1, y1, x2, y2, line.bend);
        pen.quadraticCurveTo(by[0], by[1], x2, y2);
      } else pen.lineTo(x2, y2);
      count += 1;
      if (count === most) {
        pen.stroke();
        pen.beginPath();
        count = 0;
      }
    }
    if (count) pen.stroke();
  }

  /** Arrowheads, clear of the marks that the lines end at. */
  function heads(pen, plan, view, some, size) {
    const times = SceneView.growth(plan, view);
    let count = 0;
    pen.beginPath();
    for (let i = 0; i < some.length; i += 1) {
      const line = some[i];
      const x1 = line.x1 * view.kx + view.x, y1 = line.y1 * view.ky + view.y;
      const x2 = line.x2 * view.kx + view.x, y2 = line.y2 * view.ky + view.y;
      if (SceneView.beside(x2, y2, view, EDGE)) continue;
      const by = line.bend ? SceneView.middle(x1, y1, x2, y2, line.bend) : [x1, y1];
      const dx = x2 - by[0], dy = y2 - by[1];
      const long = Math.sqrt(dx * dx + dy * dy);
      const clear = line.to === undefined || line.to === null ? 0 : plan.points[line.to].r * times + 1.5;
      if (long < clear + size * 1.2) continue;
      const ux = dx / long, uy = dy / long;
      const tx = x2 - ux * clear, ty = y2 - uy * clear;
      pen.moveTo(tx, ty);
      pen.lineTo(tx - ux * size - uy * size * 0.45, ty - uy * size + ux * size * 0.45);
      pen.lineTo(tx - ux * size + uy * size * 0.45, ty - uy * size - ux * size * 0.45);
      pen.closePath();
      count += 1;
      if (count === MARKS) {
        pen.fill();
        pen.beginPath();
        count = 0;
      }
    }
    if (count) pen.fill();
  }

  // ---------------------------------------------------------------- points

  function points(pen, plan, view, wanted) {
    const times = SceneView.growth(plan, view);
    plan.pointStyles.forEach(function (style, number) {
      const some = wanted(number);
      let count = 0;
      pen.beginPath();
      for (let i = 0; i < some.length; i += 1) {
        const point = some[i];
        const x = point.x * view.kx + view.x, y = point.y * view.ky + view.y;
        if (SceneView.beside(x, y, view, EDGE)) continue;
        const radius = point.r * times;
        // A shape of two pixels is a spot whatever it is; corners cost time.
        ScenePen.shape(pen, radius < 2 ? "square" : style.shape, x, y, radius);
        count += 1;
        if (count === MARKS) {
          finish(pen, style, times);
          pen.beginPath();
          count = 0;
        }
      }
      if (count) finish(pen, style, times);
    });
  }

  function finish(pen, style, times) {
    if (style.fill && style.shape !== "bracket") {
      pen.fillStyle = style.fill;
      pen.fill();
    }
    if (times > 0.35 || !style.fill || style.fill === "#FFFFFF") {
      pen.strokeStyle = style.border;
      pen.lineWidth = style.width || Math.max(0.8, Math.min(1.6, 1.4 * times));
      pen.stroke();
    }
  }

  // ---------------------------------------------------------------- the whole

  function ground(pen, plan, view) {
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, view.width, view.height);
    (plan.bands || []).forEach(function (band) {
      pen.fillStyle = band.fill;
      pen.fillRect(0, band.y1 * view.ky + view.y, view.width, (band.y2 - band.y1) * view.ky);
    });
    (plan.rules || []).forEach(function (rule) {
      const x = Math.round(rule.x * view.kx + view.x) + 0.5;
      if (x < plan.margin.left || x > view.width) return;
      pen.strokeStyle = rule.strong ? "#9aa5b1" : "#e3e8ed";
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x, plan.margin.top);
      pen.lineTo(x, view.height);
      pen.stroke();
    });
  }

  /** What stays at the edges: names of the bands at the left, of the rules at the top. */
  function edges(pen, plan, view, font) {
    if (plan.sides) {
      pen.fillStyle = "#FFFFFF";
      pen.fillRect(0, 0, plan.margin.left, view.height);
      (plan.bands || []).forEach(function (band) {
        pen.fillStyle = band.fill;
        pen.fillRect(0, band.y1 * view.ky + view.y, plan.margin.left, (band.y2 - band.y1) * view.ky);
      });
      pen.textAlign = "left";
      plan.sides.forEach(function (side) {
        const y = side.y * view.ky + view.y;
        ScenePen.textSize(pen, 14, true, font);
        pen.fillStyle = side.colour || INK;
        pen.fillText(side.text, 10, y + (side.sub ? -2 : 5));
        if (side.sub) {
          ScenePen.textSize(pen, 11.5, false, font);
          pen.fillStyle = "#5b6672";
          pen.fillText(side.sub, 10, y + 14);
        }
      });
    }
    if (!plan.rules) return;
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, view.width, plan.margin.top);
    ruleTexts(pen, plan, view, font, plan.margin.top - 8);
    if (plan.margin.bottom < 20) return;
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, view.height - plan.margin.bottom, view.width, plan.margin.bottom);
    ruleTexts(pen, plan, view, font, view.height - plan.margin.bottom + 20);
  }

  function ruleTexts(pen, plan, view, font, y) {
    ScenePen.textSize(pen, 12.5, false, font);
    pen.textAlign = "center";
    pen.fillStyle = INK;
    let free = plan.margin.left;
    plan.rules.forEach(function (rule) {
      const half = ScenePen.width(rule.text || "", 12.5) / 2;
      const x = (rule.x + (rule.wide || 0) / 2) * view.kx + view.x;
      if (!rule.text || x - half < free || x + half > view.width + 4) return;
      free = x + half + 8;
      pen.fillText(rule.text, x, y);
    });
  }

  /**
   * Paint a plan.
   * @param state {chosen: {point | line} | null, near: Set of points | null, hovered, labels: from `placed`, rough: bool}
   */
  function paint(pen, plan, view, state, font) {
    if (!plan.byStyle) plan.byStyle = grouped(plan);
    ground(pen, plan, view);
    lines(pen, plan, view, function (style) { return plan.byStyle.lines[style]; }, state.rough, 0);
    points(pen, plan, view, function (style) { return plan.byStyle.points[style]; });
    if (state.near) { // a veil over everything, and what belongs to the chosen mark once more on top
      pen.fillStyle = "rgba(255,255,255,0.74)";
      pen.fillRect(0, 0, view.width, view.height);
      lines(pen, plan, view, function (style) { return state.ties.filter(function (line) { return line.style === style; }); }, false, 0.8);
      points(pen, plan, view, function (style) {
        return plan.byStyle.points[style].filter(function (point) { return state.near.has(point.index); });
      });
    }
    SceneLabels.write(pen, plan, view, state.near ? state.labels.filter(function (one) { return state.near.has(one.point); }) : state.labels, font, state.rough);
    [state.hovered, state.chosen].forEach(function (hit, i) { if (hit) mark(pen, plan, view, hit, i ? CHOSEN : INK); });
    edges(pen, plan, view, font);
  }

  /** A ring around a point, a heavier stroke along a line. */
  function mark(pen, plan, view, hit, colour) {
    pen.strokeStyle = colour;
    if (hit.point !== undefined) {
      const point = plan.points[hit.point];
      pen.lineWidth = 2.5;
      pen.beginPath();
      ScenePen.shape(pen, "dot", point.x * view.kx + view.x, point.y * view.ky + view.y, point.r * SceneView.growth(plan, view) * 1.25 + 3);
      pen.stroke();
    } else {
      const line = plan.lines[hit.line];
      pen.lineWidth = plan.lineStyles[line.style].width * SceneView.lineGrowth(plan, view) + 2;
      pen.setLineDash(plan.lineStyles[line.style].dash || []);
      strokes(pen, plan, view, [line]);
      pen.setLineDash([]);
    }
  }

  function grouped(plan) {
    const found = { lines: plan.lineStyles.map(function () { return []; }), points: plan.pointStyles.map(function () { return []; }) };
    plan.lines.forEach(function (line) { found.lines[line.style].push(line); });
    plan.points.forEach(function (point, i) {
      point.index = i;
      found.points[point.style].push(point);
    });
    return found;
  }

  return { paint: paint, finish: finish };
})();
