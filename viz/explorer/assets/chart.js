// Charts by plotly, which is parsed when a first chart is drawn: until then a plain drawing of the same stands there.

let chartLibrary = null;
/** The library, once it is there. In a file it stands as text in the page; a server has it at an address of its own. */
function chartReady() {
  if (!chartLibrary) {
    chartLibrary = chartWhole().then(function () {
      // Without this it would look for a typesetter of formulas.
      window.PlotlyConfig = { MathJaxConfig: "local" };
      const inside = document.getElementById("plotly");
      return inside && inside.textContent ? chartInside(inside.textContent) : chartOutside(D.about.plotly);
    });
  }
  return chartLibrary;
}

/** Until the page is read to its end, the text of the library may be there in part. */
function chartWhole() {
  return new Promise(function (resolve) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });
}

function chartInside(text) {
  const script = el("script");
  script.textContent = text;
  document.head.appendChild(script);
  if (!window.Plotly) throw new Error(w("chart.missing"));
  return window.Plotly;
}

function chartOutside(address) {
  return new Promise(function (resolve, reject) {
    function missing() { reject(new Error(w("chart.missing"))); }
    if (!address) { missing(); return; }
    const script = el("script", { src: address });
    script.addEventListener("load", function () { resolve(window.Plotly); });
    script.addEventListener("error", missing);
    document.head.appendChild(script);
  });
}

const CHART_QUIET = { displayModeBar: false, displaylogo: false, scrollZoom: false, doubleClick: false, showTips: false };

/** The look that all charts share. */
function chartLayout(given) {
  const axis = { linecolor: "#8796a8", gridcolor: "#e9edf0", zeroline: false, fixedrange: true, automargin: true, tickfont: { size: 13 }, titlefont: { size: 13 } };
  return {
    font: { family: FONT, size: 13, color: "#1b2733" }, paper_bgcolor: "#fff", plot_bgcolor: "#fff", dragmode: false,
    margin: { l: 44, r: 12, t: 8, b: 40 }, showlegend: false, hovermode: "x unified", bargap: 0.72, height: given.height,
    hoverlabel: { bgcolor: "#fff", bordercolor: "#8796a8", font: { family: FONT, size: 13, color: "#1b2733" }, align: "left" },
    xaxis: Object.assign({}, axis, { showgrid: false }, given.xaxis), yaxis: Object.assign({}, axis, { rangemode: "tozero" }, given.yaxis),
  };
}

/**
 * A chart in a place of its own.
 *
 * given: {label, height, traces, xaxis, yaxis, before: node that stands there until the library is there, onPoint(x)}.
 * Returns {node, svg(), leave()}; svg gives what is drawn now as text.
 */
function chart(given) {
  const host = el("div", { class: "chart", role: "img", "aria-label": given.label, style: { height: given.height + "px" } }, given.before);
  // Paper is narrower than the window, and what is drawn does not follow: there this stands in its place.
  const printed = el("img", { class: "chart-printed", alt: "" });
  let drawn = null;
  let left = false;
  let library = null;
  let watcher = null;

  /** What is handed out stands alone, so it has its title and legend in it. */
  function keep() {
    const alone = chartLayout(given);
    alone.title = { text: given.label, x: 0.02, font: { size: 16 } };
    alone.showlegend = true;
    alone.legend = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", traceorder: "normal" };
    alone.margin = { l: 52, r: 16, t: 84, b: 44 };
    library.toImage({ data: given.traces, layout: alone }, { format: "svg", width: 960, height: given.height + 90 }).then(function (address) {
      drawn = decodeURIComponent(address.slice(address.indexOf(",") + 1));
      printed.src = address;
    });
  }

  function draw(found) {
    if (left || !document.contains(host)) return;
    library = found;
    empty(host);
    library.newPlot(host, given.traces, chartLayout(given), CHART_QUIET).then(function () {
      host.dataset.drawn = "true";
      if (given.onPoint) {
        host.on("plotly_click", function (event) { given.onPoint(event.points[0].x); });
      }
      keep();
      if (window.ResizeObserver) { // the side panel takes room without a change of the window
        watcher = new ResizeObserver(function () { if (host.clientWidth) library.Plots.resize(host); });
        watcher.observe(host);
      }
    });
  }

  // The page answers first; half a second of parsing comes after it is painted.
  requestAnimationFrame(function () {
    setTimeout(function () {
      if (left) return;
      chartReady().then(draw, function (error) { host.parentNode.appendChild(note(error.message)); });
    }, 30);
  });
  return {
    node: el("div", null, host, printed),
    svg: function () { return drawn || svgText(given.before); },
    leave: function () { left = true; if (watcher) watcher.disconnect(); if (library) library.purge(host); },
  };
}

// ---------------------------------------------------------------- steps between least and most

/** How a year is spelled on an axis: all where there is room, else every second, fifth. */
function yearTicks(first, last, most) {
  const step = [1, 2, 5, 10, 20].filter(function (size) { return (last - first) / size <= most; })[0] || 50;
  const ticks = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) ticks.push(year);
  return ticks;
}

/**
 * A small drawing of a curve between least and most: rows are [year, stated, possible new, newly known, known, possible].
 *
 * given: {width, height, first, last, most, axes}.
 */
function steps(rows, given) {
  const left = given.axes ? 40 : 2;
  const bottom = given.axes ? 30 : 3;
  const across = (given.width - left - 6) / Math.max(1, given.last - given.first + 1);
  const up = (given.height - bottom - 6) / Math.max(1, given.most);
  function x(year) { return left + (year - given.first) * across; }
  function y(value) { return given.height - bottom - value * up; }
  function path(column) {
    return rows.map(function (row, i) { return (i ? "L" : "M") + x(row[0]) + " " + y(row[column]) + "H" + x(row[0] + 1); }).join("");
  }
  const back = rows.slice().reverse().map(function (row) { return "L" + x(row[0] + 1) + " " + y(row[4]) + "H" + x(row[0]); }).join("");
  return svg("svg", { class: "steps", viewBox: "0 0 " + given.width + " " + given.height, width: given.width, height: given.height, "aria-hidden": "true" },
    svg("line", { x1: left, x2: given.width - 4, y1: y(0), y2: y(0), stroke: "#8796a8" }),
    rows.length ? svg("path", { d: path(5) + back + "Z", fill: "#dbe7f0" }) : null,
    rows.length ? svg("path", { d: path(5), fill: "none", stroke: "#5b7fa3", "stroke-dasharray": "3 2" }) : null,
    rows.length ? svg("path", { d: path(4), fill: "none", stroke: COLOURS.blue, "stroke-width": 2 }) : null,
    given.axes ? yearTicks(given.first, given.last, 10).map(function (year) {
      return svg("text", { x: x(year) + across / 2, y: given.height - 10, "text-anchor": "middle", "font-size": 13, fill: "#36424e" }, year);
    }) : null);
}
