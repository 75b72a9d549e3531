// The whole scene as a file with its title, its legend in words and its note, and the legend that stands under a picture.

const SceneSheet = (function () {
  const INK = "#1b2733";
  /** The longest side of a picture in pixels of the file. */
  const LARGEST = 7000;
  const HEAD = 46, ROW = 22;

  /** The rows that a legend takes at a width: each entry with its place. */
  function legendPlaces(plan, width) {
    let x = 16, row = 0;
    const found = (plan.legend || []).map(function (entry) {
      const wide = 40 + ScenePen.width(entry.text, 12.5) + 20;
      if (x > 16 && x + wide > width - 16) { x = 16; row += 1; }
      const place = { entry: entry, x: x, row: row };
      x += wide;
      return place;
    });
    return { entries: found, height: found.length ? (row + 1) * ROW + 14 : 0 };
  }

  /** The size of the whole scene as a file with its title and legend, and a function that paints it with a pen. */
  function sheet(plan, box, zoom, font) {
    const wide = Math.max(720, (box[2] - box[0]) * zoom.kx + plan.margin.left + plan.margin.right);
    const legend = legendPlaces(plan, wide);
    const high = (box[3] - box[1]) * zoom.ky + plan.margin.top + plan.margin.bottom;
    const spare = (wide - plan.margin.left - plan.margin.right - (box[2] - box[0]) * zoom.kx) / 2;
    const view = { kx: zoom.kx, ky: zoom.ky, x: plan.margin.left + spare - box[0] * zoom.kx, y: plan.margin.top - box[1] * zoom.ky, width: wide, height: high, clip: [0, 0, wide, high] };
    return {
      width: wide,
      head: HEAD,
      picture: high,
      height: HEAD + high + legend.height + (plan.note ? ROW + 4 : 0),
      paint: function (pen) { ScenePaint.paint(pen, plan, view, { labels: SceneLabels.placed(plan, view, null) }, font); },
      frame: function (pen) { frame(pen, plan, legend, wide, HEAD + high, font); },
    };
  }

  function frame(pen, plan, legend, wide, top, font) {
    pen.textAlign = "left";
    ScenePen.textSize(pen, 17, true, font);
    pen.fillStyle = INK;
    pen.fillText(plan.title || "", 16, 29);
    ScenePen.textSize(pen, 12.5, false, font);
    legend.entries.forEach(function (place) {
      const y = top + place.row * ROW + 18;
      sample(pen, plan, place.entry, place.x, y);
      pen.fillStyle = INK;
      pen.fillText(place.entry.text, place.x + 36, y + 4.5);
    });
    if (plan.note) {
      ScenePen.textSize(pen, 11.5, false, font);
      pen.fillStyle = "#5b6672";
      pen.fillText(ScenePen.cut(plan.note, 11.5, wide - 32), 16, top + legend.height + 14);
    }
  }

  /** A style as a small picture of 28 pixels, for legends. */
  function sample(pen, plan, entry, x, y) {
    if (entry.line !== undefined) {
      const style = plan.lineStyles[entry.line];
      pen.strokeStyle = pen.fillStyle = style.colour;
      pen.lineWidth = style.width;
      pen.setLineDash(style.dash || []);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + 28, y);
      pen.stroke();
      pen.setLineDash([]);
      if (style.arrow) {
        pen.beginPath();
        pen.moveTo(x + 30, y);
        pen.lineTo(x + 22, y - 4);
        pen.lineTo(x + 22, y + 4);
        pen.closePath();
        pen.fill();
      }
    } else {
      const style = plan.pointStyles[entry.point];
      pen.beginPath();
      ScenePen.shape(pen, style.shape, x + 14, y, 6);
      ScenePaint.finish(pen, style, 1);
    }
  }

  /** The whole scene at its own size, or smaller where that would be larger than a file should be. */
  function whole(plan, box) {
    const own = plan.flat ? Math.max(0.2, 1280 / (box[2] - box[0])) : 1;
    const k = Math.min(own, LARGEST / 2 / (box[2] - box[0]), plan.flat ? Infinity : LARGEST / 2 / (box[3] - box[1]));
    return sheet(plan, box, { kx: k, ky: plan.flat ? 1 : k }, FONT);
  }

  function svgOf(plan, box) {
    const sheet = whole(plan, box);
    const pen = ScenePen.svgPen(sheet.width, sheet.height, FONT);
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.inside(sheet.head, sheet.width, sheet.picture, function () { sheet.paint(pen); });
    sheet.frame(pen);
    return pen.text();
  }

  function pngOf(plan, box) {
    const sheet = whole(plan, box);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(sheet.width * 2);
    canvas.height = Math.round(sheet.height * 2);
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.save();
    pen.translate(0, sheet.head);
    pen.beginPath();
    pen.rect(0, 0, sheet.width, sheet.picture);
    pen.clip();
    sheet.paint(pen);
    pen.restore();
    sheet.frame(pen);
    return Promise.resolve(canvas);
  }

  /** The legend in words, each with a sample of its mark; what stands under a picture. */
  function legend(plan) {
    return el("ul", { class: "scene-legend" }, (plan.legend || []).map(function (entry) {
      const ratio = 2;
      const canvas = el("canvas", { width: 32 * ratio, height: 18 * ratio, "aria-hidden": "true" });
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      sample(pen, plan, entry, 1, 9);
      return el("li", null, canvas, entry.text);
    }));
  }

  return { svg: svgOf, png: pngOf, sample: sample, legend: legend };
})();
