// Names on the picture: of one size on the screen at every zoom, the important ones first, none over another.

const LABEL = { font: '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif', size: 13, height: 18, cell: 140, longest: 170, always: 24 };
const labelTexts = [];
const places = nodes.get().map((node) => [node.x, node.y, node.size]);
let labelled = [];
let labelledAt = 0;

/** Have the names placed anew, because what is shown or chosen has changed. */
function forgetLabels() {
  labelledAt = 0;
}

/** The name as written, cut to fit, and its width in pixels; measured once. */
function labelText(context, node) {
  if (!labelTexts[node]) {
    let text = data.nodes[node][NODE.name].replace(/\s+/g, " ");
    if (context.measureText(text).width > LABEL.longest) {
      const letters = Array.from(text);
      let count = Math.min(letters.length, 30);
      while (count > 1 && context.measureText(`${letters.slice(0, count).join("")}…`).width > LABEL.longest) count -= 1;
      text = `${letters.slice(0, count).join("")}…`;
    }
    labelTexts[node] = [text, context.measureText(text).width];
  }
  return labelTexts[node];
}

function placeLabels(context, scale) {
  const taken = new Map();
  const cellsOf = (box) => {
    const found = [];
    for (let x = Math.floor(box[0] / LABEL.cell); x <= Math.floor(box[2] / LABEL.cell); x += 1) {
      for (let y = Math.floor(box[1] / LABEL.height); y <= Math.floor(box[3] / LABEL.height); y += 1) found.push(`${x},${y}`);
    }
    return found;
  };
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const selected = network.getSelectedNodes();
  const near = selected.length ? Array.from(new Set(selected.concat(network.getConnectedNodes(selected[0])))) : [];
  const first = new Set(near);
  const enter = (box, owner, into) => cellsOf(box).forEach((cell) => into.set(cell, (into.get(cell) || []).concat([[box, owner]])));
  const marks = new Map();
  byTies.forEach((node) => {
    const [x, y, size] = places[node];
    if (!nodeHidden[node]) enter([(x - size) * scale, (y - size) * scale, (x + size) * scale, (y + size) * scale], node, marks);
  });
  const over = (box, boxes, owner) => cellsOf(box).some((cell) => (boxes.get(cell) || []).some((other) => other[1] !== owner && meet(box, other[0])));
  labelled = [];
  near.concat(byTies.filter((node) => !first.has(node))).forEach((node) => {
    if (nodeHidden[node]) return;
    const [x, y, size] = places[node];
    const half = labelText(context, node)[1] / 2 + 3;
    const top = (y + size) * scale + 2;
    const box = [x * scale - half, top, x * scale + half, top + LABEL.height];
    // Only the most important names may lie over other marks; the others wait until there is room.
    if (over(box, taken, node) || (labelled.length >= LABEL.always && !first.has(node) && over(box, marks, node))) return;
    enter(box, node, taken);
    labelled.push(node);
  });
}

/** Write the names; called by vis-network after each drawing, in the picture's own units. */
function drawLabels(context) {
  const scale = network.getScale();
  context.save();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  if (labelledAt !== scale) {
    context.font = `${LABEL.size}px ${LABEL.font}`;
    placeLabels(context, scale);
    labelledAt = scale;
  }
  const room = element("mynetwork");
  const a = network.DOMtoCanvas({ x: -LABEL.longest, y: -40 });
  const b = network.DOMtoCanvas({ x: room.clientWidth + LABEL.longest, y: room.clientHeight });
  context.font = `${LABEL.size / scale}px ${LABEL.font}`;
  context.lineWidth = 3.5 / scale;
  context.strokeStyle = "rgba(255, 255, 255, 0.92)";
  context.fillStyle = "#1b2733";
  labelled.forEach((node) => {
    const [x, y, size] = places[node];
    if (x < a.x || x > b.x || y < a.y || y > b.y) return;
    const text = labelTexts[node][0];
    context.strokeText(text, x, y + size + 4 / scale);
    context.fillText(text, x, y + size + 4 / scale);
  });
  context.restore();
}
