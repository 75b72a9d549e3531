// A picture with its caption, what it can be taken away as, and the text table beside it.

const FONT = '"Microsoft YaHei", "Noto Sans CJK SC", "PingFang SC", sans-serif';

/** A figure: see the fields it reads. */
function figure(given) {
  const isSvg = given.picture && given.picture.tagName && given.picture.tagName.toLowerCase() === "svg";
  function asSvg() { return given.svg ? given.svg() : isSvg ? svgText(given.picture) : null; }
  function savePng() {
    (given.png ? Promise.resolve(given.png()) : canvasOf(asSvg())).then(function (canvas) {
      canvas.toBlob(function (blob) { download(given.name + ".png", blob); }, "image/png");
    });
  }
  const tools = el("div", { class: "tools", role: "group", "aria-label": w("kit.tools") },
    given.png || given.svg || isSvg ? el("button", { type: "button", class: "tool", text: "PNG", title: w("kit.png"), on: { click: savePng } }) : null,
    given.svg || isSvg ? el("button", {
      type: "button", class: "tool", text: "SVG", title: w("kit.svg"), on: {
        click: function () { download(given.name + ".svg", new Blob([asSvg()], { type: "image/svg+xml;charset=utf-8" })); },
      },
    }) : null,
    el("button", { type: "button", class: "tool", text: w("kit.print"), on: { click: function () { window.print(); } } }));
  return el("figure", null,
    el("figcaption", null, el("strong", { text: given.title }), tools),
    el("div", { class: "picture" }, given.picture),
    given.note ? note(given.note) : null,
    given.table ? el("details", { class: "beside", open: given.open }, el("summary", { text: w("kit.as_table") }), given.table) : null);
}

/** An SVG of the page as a file of its own, with the fonts it is set in. */
function svgText(node) {
  const copy = node.cloneNode(true);
  const box = node.viewBox && node.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", FONT.replace(/"/g, "'"));
  if (box && box.width) { copy.setAttribute("width", box.width); copy.setAttribute("height", box.height); }
  inline(node, copy);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy);
}

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor", "display"];
/** Put what the style sheet says into the copy, because a file of its own has no style sheet. */
function inline(from, to) {
  const style = getComputedStyle(from);
  STYLED.forEach(function (name) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  });
  to.removeAttribute("class");
  for (let i = 0; i < from.children.length; i += 1) inline(from.children[i], to.children[i]);
}

/** A canvas with an SVG drawn at twice its size, on white. */
function canvasOf(text) {
  return new Promise(function (resolve, reject) {
    const image = new Image();
    image.onload = function () {
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * 2;
      canvas.height = image.naturalHeight * 2;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      resolve(canvas);
    };
    image.onerror = function () { reject(new Error("the picture cannot be drawn")); };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  });
}
