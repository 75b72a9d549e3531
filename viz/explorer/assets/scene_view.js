// Where a plan of marks (scene_paint.js) lies on the screen, and what lies under a point of it.

const SceneView = (function () {
  const EDGE = 40, MOST_BENT = 44, NEAR = 6;

  /** How much larger than planned points are drawn. */
  function growth(plan, view) {
    return plan.grow ? Math.min(1.7, Math.max(0.16, Math.pow(view.kx, 0.72))) : 1;
  }

  /** Widths of lines follow too, but less: thin ones would vanish. */
  function lineGrowth(plan, view) {
    return plan.grow ? Math.min(1.2, Math.max(0.5, Math.pow(view.kx, 0.4))) : 1;
  }

  /** The middle point that a bent line is drawn by: `bend` is its offset as a part of the line's length, up to a limit. */
  function middle(x1, y1, x2, y2, bend) {
    const dx = x2 - x1, dy = y2 - y1;
    const by = Math.max(-MOST_BENT, Math.min(MOST_BENT, bend * Math.sqrt(dx * dx + dy * dy))) / (Math.sqrt(dx * dx + dy * dy) || 1);
    return [(x1 + x2) / 2 - dy * by, (y1 + y2) / 2 + dx * by];
  }

  /** Whether a line lies beside what is drawn now; a bent one may reach out by `EDGE`. */
  function outside(x1, y1, x2, y2, view) {
    const c = view.clip;
    return (x1 < c[0] - EDGE && x2 < c[0] - EDGE) || (y1 < c[1] - EDGE && y2 < c[1] - EDGE) ||
      (x1 > c[2] + EDGE && x2 > c[2] + EDGE) || (y1 > c[3] + EDGE && y2 > c[3] + EDGE);
  }
  function beside(x, y, view, edge) {
    const c = view.clip;
    return x < c[0] - edge || y < c[1] - edge || x > c[2] + edge || y > c[3] + edge;
  }

  /** What lies under a point of the screen. A look at 15,000 marks takes less than a millisecond, so there is no index. */
  function under(plan, view, x, y) {
    const m = plan.margin;
    if (x < (plan.sides ? m.left : 0) || y < (plan.rules ? m.top : 0)) return null;
    const times = growth(plan, view);
    let best = null, least = Infinity;
    for (let i = 0; i < plan.points.length; i += 1) {
      const point = plan.points[i];
      const dx = point.x * view.kx + view.x - x, dy = point.y * view.ky + view.y - y;
      const reach = point.r * times * 1.15 + 3;
      const far = dx * dx + dy * dy;
      if (far <= reach * reach && far < least && !point.still) { best = i; least = far; }
    }
    if (best !== null) return { point: best };
    least = NEAR * NEAR;
    for (let i = 0; i < plan.lines.length; i += 1) {
      const far = fromLine(plan.lines[i], view, x, y);
      if (far < least) { best = i; least = far; }
    }
    return best === null ? null : { line: best };
  }

  /** The square of the distance of a point of the screen from a line. */
  function fromLine(line, view, x, y) {
    const x1 = line.x1 * view.kx + view.x, y1 = line.y1 * view.ky + view.y;
    const x2 = line.x2 * view.kx + view.x, y2 = line.y2 * view.ky + view.y;
    if (!line.bend) return fromSegment(x, y, x1, y1, x2, y2);
    const by = middle(x1, y1, x2, y2, line.bend);
    let least = Infinity, ax = x1, ay = y1;
    for (let i = 1; i <= 10; i += 1) {
      const t = i / 10, u = 1 - t;
      const bx = u * u * x1 + 2 * u * t * by[0] + t * t * x2, cy = u * u * y1 + 2 * u * t * by[1] + t * t * y2;
      least = Math.min(least, fromSegment(x, y, ax, ay, bx, cy));
      ax = bx;
      ay = cy;
    }
    return least;
  }

  function fromSegment(x, y, x1, y1, x2, y2) {
    const dx = x2 - x1, dy = y2 - y1;
    const t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
    const ex = x1 + t * dx - x, ey = y1 + t * dy - y;
    return ex * ex + ey * ey;
  }

  return { EDGE: EDGE, growth: growth, lineGrowth: lineGrowth, middle: middle, outside: outside, beside: beside, under: under };
})();
