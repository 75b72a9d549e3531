// The labels of a scene: of one size at every zoom, the important ones first, none over another.

const SceneLabels = (function () {
  const INK = "#1b2733";
  const LABEL = { size: 12.5, height: 16, longest: 165, cell: 96 };

  /**
   * Which points have their label written at a zoom, and where: none over another, the important ones first. It depends on
   * the zoom alone, so that labels stay while the picture is moved.
   */
  function placed(plan, view, first) {
    const times = SceneView.growth(plan, view);
    const taken = new Map();
    const marks = new Map();
    function cells(box, act) {
      const x2 = Math.floor(box[2] / LABEL.cell), y2 = Math.floor(box[3] / LABEL.height);
      for (let x = Math.floor(box[0] / LABEL.cell); x <= x2; x += 1) {
        for (let y = Math.floor(box[1] / LABEL.height); y <= y2; y += 1) if (act(x * 1048576 + y)) return true;
      }
      return false;
    }
    function enter(map, box, owner) {
      cells(box, function (key) {
        const there = map.get(key);
        if (there) there.push(box, owner); else map.set(key, [box, owner]);
        return false;
      });
    }
    function covered(map, box, owner) {
      return cells(box, function (key) {
        const there = map.get(key) || [];
        for (let i = 0; i < there.length; i += 2) {
          const other = there[i];
          if (there[i + 1] !== owner && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
        }
        return false;
      });
    }
    plan.points.forEach(function (point, i) {
      const x = point.x * view.kx, y = point.y * view.ky, r = point.r * times;
      enter(marks, [x - r, y - r, x + r, y + r], i);
    });
    const found = [];
    const order = first ? Array.from(first) : [];
    plan.points.forEach(function (point, i) { if (!first || !first.has(i)) order.push(i); });
    order.forEach(function (i) {
      const point = plan.points[i];
      if (!point.label) return;
      const text = ScenePen.cut(point.label, LABEL.size, LABEL.longest);
      const half = ScenePen.width(text, LABEL.size) / 2 + 2;
      const x = point.x * view.kx, y = point.y * view.ky, r = point.r * times;
      for (let above = 0; above < 2; above += 1) { // under the mark, or over it where there is more room
        const top = above ? y - r - 2 - LABEL.height : y + r + 1;
        const box = [x - half, top, x + half, top + LABEL.height];
        const free = (found.length < plan.over && !above) || (first && first.has(i)) || !covered(marks, box, i);
        if (free && !covered(taken, box, i)) {
          enter(taken, box, i);
          found.push({ point: i, text: text, half: half, above: above });
          return;
        }
      }
    });
    return found;
  }

  function write(pen, plan, view, placed, font, rough) {
    const times = SceneView.growth(plan, view);
    ScenePen.textSize(pen, LABEL.size, false, font);
    pen.textAlign = "center";
    pen.lineWidth = 3;
    pen.strokeStyle = "rgba(255,255,255,0.9)";
    pen.fillStyle = INK;
    for (let i = 0; i < placed.length; i += 1) {
      const point = plan.points[placed[i].point];
      const x = point.x * view.kx + view.x, y = point.y * view.ky + view.y + (placed[i].above ? -point.r * times - 6 : point.r * times + 13);
      if (SceneView.beside(x, y, view, placed[i].half + LABEL.height)) continue;
      if (!rough) pen.strokeText(placed[i].text, x, y);
      pen.fillText(placed[i].text, x, y);
    }
  }

  return { placed: placed, write: write };
})();
