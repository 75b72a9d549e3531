// A picture of plain marks on a canvas that can be moved, zoomed, pointed at and walked through by keyboard.
// What a plan of marks is: scene_paint.js.

const Scene = (function () {
  /** How long after the last movement everything is drawn in full again, in milliseconds. */
  const REST = 140;
  const STEP = 1.25, PAN = 70;

  /**
   * Make a scene.
   * @param given {
   *   plan, height (pixels), name (what the picture is, for those who hear the page),
   *   kept: an object in which the view is kept from one drawing of the page to the next,
   *   tell(hit) -> text of a mark, choose(hit | null), open(hit): Enter or a second click,
   *   ties(hit) -> {lines: [positions], points: [positions]} of what belongs to a mark
   * }; a hit is {point: i} or {line: i}
   * @returns {node, svg(), png(), show(hit), fit(), leave()}
   */
  function make(given) {
    const plan = given.plan;
    plan.margin = Object.assign({ left: 0, top: 0, right: 0, bottom: 0 }, plan.margin);
    if (plan.over === undefined) plan.over = 24;
    const box = bounds(plan);
    const kept = given.kept || {};
    const view = { kx: 1, ky: 1, x: 0, y: 0, width: 0, height: 0, clip: [0, 0, 0, 0] };
    const state = { hovered: null, chosen: null, near: null, ties: [], labels: [], rough: false };
    let placedAt = null, asked = 0, fitted = 1, timer = 0, changed = true, drawn = [0, 0];

    const canvas = el("canvas", { tabindex: 0, role: "application", "aria-label": given.name + " " + w("scene.keys"), style: { height: given.height + "px" } });
    const tip = el("div", { class: "scene-tip", hidden: true });
    const told = el("div", { class: "scene-told", "aria-live": "polite" });
    const node = el("div", { class: plan.flat ? "scene flat" : "scene" }, canvas, tip, told, el("div", { class: "scene-tools" },
      tool("+", "scene.zoom_in", function () { zoom(STEP * STEP); }), tool("−", "scene.zoom_out", function () { zoom(1 / STEP / STEP); }),
      tool(w("scene.fit"), "scene.fit_hint", fit)));
    function tool(text, word, act) { return el("button", { type: "button", title: w(word), "aria-label": w(word), text: text, on: { click: act } }); }
    const pen = canvas.getContext("2d", { alpha: false });

    // ---------------------------------------------------------------- drawing

    function ask() { if (!asked) asked = requestAnimationFrame(draw); }
    /** Draw everything anew, because more than the place of the picture is another. */
    function again() {
      changed = true;
      ask();
    }

    function draw() {
      asked = 0;
      const key = view.kx + "/" + view.ky;
      const whole = placedAt !== key || !state.rough || changed || plan.sides || plan.rules;
      if (placedAt !== key) {
        state.labels = SceneLabels.placed(plan, view, state.near);
        placedAt = key;
      }
      if (whole) part(0, 0, view.width, view.height);
      else shifted();
      changed = false;
      drawn = [view.x, view.y];
      kept.view = [view.kx, view.ky, (view.width / 2 - view.x) / view.kx, (view.height / 2 - view.y) / view.ky];
    }

    /** Draw a part of the screen. */
    function part(x, y, wide, high) {
      const ratio = window.devicePixelRatio || 1;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.save();
      pen.beginPath();
      pen.rect(x, y, wide, high);
      pen.clip();
      view.clip = [x, y, x + wide, y + high];
      ScenePaint.paint(pen, plan, view, state, FONT);
      pen.restore();
    }

    /** What was drawn is moved, by whole pixels, and only what comes into sight is drawn. */
    function shifted() {
      const ratio = window.devicePixelRatio || 1;
      const dx = Math.round((view.x - drawn[0]) * ratio), dy = Math.round((view.y - drawn[1]) * ratio);
      view.x = drawn[0] + dx / ratio;
      view.y = drawn[1] + dy / ratio;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.drawImage(canvas, dx, dy);
      const wide = Math.min(view.width, Math.abs(dx) / ratio), high = Math.min(view.height, Math.abs(dy) / ratio);
      if (wide) part(dx > 0 ? 0 : view.width - wide, 0, wide, view.height);
      if (high) part(0, dy > 0 ? 0 : view.height - high, view.width, high);
    }

    /** Draw quickly now, and in full when nothing moves any more. */
    function moving() {
      state.rough = true;
      ask();
      clearTimeout(timer);
      timer = setTimeout(function () { state.rough = false; again(); }, REST);
    }

    function resize() {
      const width = canvas.clientWidth, height = canvas.clientHeight;
      if (!width || !height || isPrinting()) return;
      const ratio = window.devicePixelRatio || 1;
      const old = view.width ? [(view.width / 2 - view.x) / view.kx, (view.height / 2 - view.y) / view.ky] : null;
      const all = Math.abs(view.kx - fitted) < 1e-9; // who saw everything goes on seeing everything
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      view.width = width;
      view.height = height;
      measure();
      if (old && all) fit();
      else if (old) centred(old[0], old[1]);
      else if (kept.view) {
        view.kx = kept.view[0];
        view.ky = kept.view[1];
        centred(kept.view[2], kept.view[3]);
      } else fit();
      changed = true;
      draw();
    }

    // ---------------------------------------------------------------- view

    function room() {
      const m = plan.margin;
      return [view.width - m.left - m.right, view.height - m.top - m.bottom];
    }

    /** The zoom at which everything is seen; lines of a flat plan keep their height. */
    function measure() {
      const space = room();
      const x = space[0] / Math.max(1, box[2] - box[0]), y = space[1] / Math.max(1, box[3] - box[1]);
      fitted = plan.flat ? x : Math.min(x, y, 1.6);
    }

    function fit() {
      view.kx = fitted;
      view.ky = plan.flat ? 1 : fitted;
      centred((box[0] + box[2]) / 2, plan.flat ? Math.min((box[1] + box[3]) / 2, box[1] + room()[1] / 2) : (box[1] + box[3]) / 2);
      moving();
    }

    /** Bring a point of the plan to the middle of the room. */
    function centred(x, y) {
      const m = plan.margin, space = room();
      view.x = m.left + space[0] / 2 - x * view.kx;
      view.y = m.top + space[1] / 2 - y * view.ky;
      bound();
    }

    /** Keep something of the picture in sight. */
    function bound() {
      const m = plan.margin, space = room();
      view.x = Math.min(m.left + space[0] * 0.8 - box[0] * view.kx, Math.max(m.left + space[0] * 0.2 - box[2] * view.kx, view.x));
      if (plan.flat && (box[3] - box[1]) * view.ky <= space[1] + 1) view.y = m.top - box[1] * view.ky;
      else view.y = Math.min(m.top + space[1] * (plan.flat ? 0 : 0.8) - box[1] * view.ky, Math.max(m.top + space[1] * (plan.flat ? 1 : 0.2) - box[3] * view.ky, view.y));
    }

    function pan(dx, dy) {
      view.x += dx;
      view.y += dy;
      bound();
      moving();
    }

    /** Zoom around a point of the screen. */
    function zoom(times, at) {
      const m = plan.margin, space = room();
      const x = at ? at[0] : m.left + space[0] / 2, y = at ? at[1] : m.top + space[1] / 2;
      const k = Math.min(Math.max(fitted * 40, 6), Math.max(fitted * 0.6, view.kx * times));
      const real = k / view.kx;
      view.x = x - (x - view.x) * real;
      view.kx = k;
      if (!plan.flat) {
        view.y = y - (y - view.y) * real;
        view.ky = k;
      }
      bound();
      moving();
    }

    // ---------------------------------------------------------------- marks

    function same(a, b) { return a === b || (a && b && a.point === b.point && a.line === b.line); }

    function hover(hit, x, y) {
      if (!same(hit, state.hovered)) {
        state.hovered = hit;
        canvas.style.cursor = hit ? "pointer" : "grab";
        again();
      }
      tell(hit, x, y);
    }

    /** Say what a mark is, beside it. */
    function tell(hit, x, y) {
      tip.hidden = !hit;
      if (!hit) return;
      tip.textContent = given.tell(hit);
      tip.style.left = Math.max(4, Math.min(x + 14, view.width - tip.offsetWidth - 6)) + "px";
      tip.style.top = (y + 18 + tip.offsetHeight > view.height ? y - tip.offsetHeight - 10 : y + 18) + "px";
    }

    /** Choose a mark, or none: what belongs to it stands out. */
    function chosen(hit) {
      state.chosen = hit;
      state.near = null;
      state.ties = [];
      const belongs = hit && given.ties ? given.ties(hit) : null;
      if (belongs) {
        state.near = new Set(belongs.points);
        state.ties = belongs.lines.map(function (i) { return plan.lines[i]; });
      }
      placedAt = null;
      again();
    }

    function choose(hit) {
      chosen(hit);
      given.choose(hit);
    }

    /** Choose a mark and bring it into sight; for searches and lists beside the picture. */
    function show(hit) {
      chosen(hit);
      if (hit && hit.point !== undefined) {
        const point = plan.points[hit.point];
        const wanted = plan.grow ? Math.max(view.kx, Math.min(0.7, fitted * 8)) : view.kx;
        view.kx = wanted;
        if (!plan.flat) view.ky = wanted;
        centred(point.x, point.y);
        moving();
      }
    }

    /** The next mark of the plan that can be opened, from the chosen one on. */
    function walk(by) {
      const count = plan.points.length;
      if (!count) return;
      let at = state.chosen && state.chosen.point !== undefined ? state.chosen.point : by > 0 ? -1 : count;
      for (let tries = 0; tries < count; tries += 1) {
        at = (at + by + count) % count;
        if (!plan.points[at].still) break;
      }
      chosen({ point: at });
      const point = plan.points[at];
      let x = point.x * view.kx + view.x, y = point.y * view.ky + view.y;
      if (x < plan.margin.left + 20 || y < plan.margin.top + 20 || x > view.width - 20 || y > view.height - 20) {
        centred(point.x, point.y);
        moving();
        x = point.x * view.kx + view.x;
        y = point.y * view.ky + view.y;
      }
      tell({ point: at }, x, y);
      told.textContent = tip.textContent;
    }

    // ---------------------------------------------------------------- hands

    const fingers = new Map();
    let pressed = null, spread = 0;
    function place(event) {
      const frame = canvas.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    }
    function apart() {
      const two = Array.from(fingers.values());
      return Math.hypot(two[0][0] - two[1][0], two[0][1] - two[1][1]);
    }
    function down(event) {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, place(event));
      pressed = { at: place(event), dragged: false };
      if (fingers.size === 2) spread = apart();
    }
    function move(event) {
      const at = place(event);
      const before = fingers.get(event.pointerId);
      if (!before) {
        hover(SceneView.under(plan, view, at[0], at[1]), at[0], at[1]);
        return;
      }
      if (!pressed.dragged && Math.hypot(at[0] - pressed.at[0], at[1] - pressed.at[1]) < 4) return;
      pressed.dragged = true;
      hover(null);
      canvas.style.cursor = "grabbing";
      fingers.set(event.pointerId, at);
      if (fingers.size === 2) {
        const now = apart();
        zoom(now / Math.max(1, spread), at);
        spread = now;
      } else pan(at[0] - before[0], at[1] - before[1]);
    }
    function up(event) {
      if (!fingers.delete(event.pointerId)) return;
      canvas.style.cursor = "grab";
      if (pressed && !pressed.dragged && event.type === "pointerup") {
        const hit = SceneView.under(plan, view, pressed.at[0], pressed.at[1]);
        if (hit && same(hit, state.chosen)) given.open(hit);
        else if (hit || state.chosen) choose(hit);
      }
    }
    function wheel(event) {
      // A flat picture is as high as it needs to be, so the wheel moves the page over it, and zooms with Ctrl.
      if (plan.flat && !event.ctrlKey) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0022), place(event));
    }
    const KEYS = {
      ArrowLeft: function () { pan(PAN, 0); }, ArrowRight: function () { pan(-PAN, 0); },
      ArrowUp: function () { pan(0, PAN); }, ArrowDown: function () { pan(0, -PAN); },
      "+": function () { zoom(STEP); }, "=": function () { zoom(STEP); }, "-": function () { zoom(1 / STEP); }, "0": fit,
      Enter: function () { if (state.chosen) given.open(state.chosen); },
      Escape: function () { if (state.chosen) choose(null); },
    };
    function key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // By the place of the key as well: a Chinese input method makes 【 of [.
      const walks = event.key === "[" || event.code === "BracketLeft" ? -1 : event.key === "]" || event.code === "BracketRight" ? 1 : 0;
      if (walks) walk(walks);
      else if (KEYS[event.key]) KEYS[event.key]();
      else return;
      event.preventDefault();
    }

    [["pointerdown", down], ["pointermove", move], ["pointerup", up], ["pointercancel", up], ["keydown", key],
      ["pointerleave", function () { hover(null); }]].forEach(function (pair) { canvas.addEventListener(pair[0], pair[1]); });
    canvas.addEventListener("wheel", wheel, { passive: false });
    const watch = new ResizeObserver(resize);
    watch.observe(canvas);

    return {
      node: node,
      show: show,
      choose: choose,
      fit: fit,
      svg: function () { return SceneSheet.svg(plan, box); },
      png: function () { return SceneSheet.png(plan, box); },
      view: view,
      leave: function () {
        watch.disconnect();
        clearTimeout(timer);
        if (asked) cancelAnimationFrame(asked);
      },
    };
  }

  /** The corners of the plan, with room for marks and labels at its edges. */
  function bounds(plan) {
    if (plan.box) return plan.box;
    if (!plan.points.length) return [0, 0, 100, 100];
    const found = [Infinity, Infinity, -Infinity, -Infinity];
    plan.points.forEach(function (point) {
      found[0] = Math.min(found[0], point.x);
      found[1] = Math.min(found[1], point.y);
      found[2] = Math.max(found[2], point.x);
      found[3] = Math.max(found[3], point.y);
    });
    return found;
  }

  return { make: make };
})();
