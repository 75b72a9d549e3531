"""How soon the network of the explorer page can be used, how smoothly it moves, and how large it is.

::

    python benchmarks/pages.py                       # about 5,000 nodes and 10,000 ties
    python benchmarks/pages.py --everything          # with every kind of statement: as many nodes, 23,000 ties
    python benchmarks/pages.py --accounts 300 --runs 5

Accounts are made up in the schema and the shape of real ones (`generated`), projected, and written as one page. It is
opened from disk in Debian's Chromium without a graphics processor and without a network, once with what the picture
opens with and once with every kind of node; each time as often as ``--runs`` says, in a new browser.

*usable*: from the start of loading until the picture is drawn and answers; by the page's own clock, so that the start of
the browser does not count. *frames/s*: while the picture is dragged to and fro for two seconds, at the zoom that shows
everything and four turns of the wheel nearer; ties are not hidden meanwhile: *ties drawn* is the share of the pixels in the colour
of ties while moving, of those at rest. *KB*: own data by part, own scripts and styles; plotly's script, which charts
need, apart.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import generated
from conditions import command, conditions, spread
from playwright.sync_api import Page, sync_playwright

from unionkg.graph.analysis.accounts import SPREAD
from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.data import Setting, explorer_data
from unionkg.viz.explorer.network_data import KINDS, network_data
from unionkg.viz.explorer.page import page_html
from unionkg.viz.explorer.scripts import script, style

SECONDS = 2.0
_STRUCTURE = frozenset(("Region", "Theme", "PracticeType", "TargetGroup"))
_OWN = frozenset(("Document", "PracticeCase", "Outcome"))
_MAIN = frozenset(
    (
        *SPREAD,
        "REPORTED_IN",
        "INITIATED",
        "INTRODUCED",
        "INCLUDED",
        "APPLIED",
        "TOOK_PLACE_IN",
        "SUBORDINATE_TO",
        "BASED_IN",
    )
)
_FAINT = "207,215,223"
_COUNT = """(colour) => {
    const c = document.querySelector('.scene canvas');
    const copy = document.createElement('canvas');
    copy.width = c.width;
    copy.height = c.height;
    const pen = copy.getContext('2d', { willReadFrequently: true });
    pen.drawImage(c, 0, 0);
    const d = pen.getImageData(0, 0, c.width, c.height).data;
    let count = 0;
    for (let i = 0; i < d.length; i += 4) if (d[i] + ',' + d[i + 1] + ',' + d[i + 2] === colour) count += 1;
    return count;
}"""
_READY = (
    "new MutationObserver(function (changes, watch) { if (!document.querySelector('.scene canvas')) return;"
    "watch.disconnect(); requestAnimationFrame(function () { requestAnimationFrame(function () {"
    "window.usable = performance.now(); }); }); }).observe(document, { childList: true, subtree: true });"
)
_FRAMES = (
    "() => { window.times = []; let last = performance.now(); (function next() { const now = performance.now();"
    "times.push(now - last); last = now; if (window.times) requestAnimationFrame(next); })(); }"
)


def projection(accounts: int, *, everything: bool) -> Projection:
    """The generated graph in the parts of a projection; unless everything is wanted, with what the network opens with."""
    shared, *documents, last = generated.parts(accounts)
    entities = {(node.label, node.id): node for node in shared.nodes if node.label not in _STRUCTURE}
    graphs = []
    for part in documents:
        own: list[Node] = []
        for node in part.nodes:
            if node.label in _OWN:
                own.append(node)
            else:
                entities.setdefault((node.label, node.id), node)
        document = next(node.id for node in own if node.label == "Document")
        stated = tuple(tie for tie in part.relationships if everything or tie.type in _MAIN)
        graphs.append(DocumentGraph(document, tuple(own), stated))
    structure = [node for node in shared.nodes if node.label in _STRUCTURE]
    derived = [tie for tie in last.relationships if everything or tie.type in _MAIN]
    return Projection((structure, list(shared.relationships)), graphs, list(entities.values()), derived)


def kilobytes(value: Any) -> int:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return round(len(text.encode()) / 1024)


def measured(page: Page, path: Path, fragment: str) -> dict[str, float]:
    """One opening: seconds until usable, frames a second at two zooms, ties drawn while moving."""
    page.add_init_script(_READY)
    page.goto(path.as_uri() + fragment, wait_until="commit")
    while page.evaluate("window.usable") is None:
        time.sleep(0.02)
    found = {"usable": page.evaluate("window.usable") / 1000}
    box = page.locator(".scene canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for name, turns in (("all", 0), ("near", 4)):
        page.mouse.move(x, y)
        for _ in range(turns):
            page.mouse.wheel(0, -120)
        page.wait_for_timeout(500)
        at_rest = page.evaluate(_COUNT, _FAINT)
        page.evaluate(_FRAMES)
        page.mouse.down()
        until, step = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            step += 1
            page.mouse.move(x + abs(step * 5 % 240 - 120), y + abs(step * 3 % 120 - 60))
        times = page.evaluate("() => { const told = window.times; window.times = null; return told; }")[2:]
        moving = page.evaluate(_COUNT, _FAINT)
        page.mouse.up()
        found[f"frames {name}"] = 1000 * len(times) / sum(times)
        found[f"slowest {name}"] = max(times)
        found[f"ties {name}"] = moving / max(1, at_rest)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=1450, help="accounts to make up")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is opened")
    parser.add_argument("--everything", action="store_true", help="with every kind of statement")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        parser.error("there is no Chromium on PATH")
    made = projection(given.accounts, everything=given.everything)
    base = Base(made, {}, [])
    began = time.process_time()
    network = network_data(base)
    laid_out = time.process_time() - began
    data = explorer_data(made, {}, Setting(view="diffusion"))
    print(conditions())
    print(command())
    print(
        f"{network['all_nodes']:,} nodes, {network['all_edges']:,} ties there; {len(network['kind']):,} nodes, "
        f"{len(network['start']):,} ties on the page; laid out in {laid_out:.1f} s of CPU"
    )
    sizes = {name: kilobytes(part) for name, part in data.items()}
    print("KB: " + ", ".join(f"{name} {size:,}" for name, size in sorted(sizes.items(), key=lambda one: -one[1])))
    own = sum(sizes.values()) + kilobytes(script()) + kilobytes(style())
    print(f"KB: own data, scripts and styles {own:,} (network, its quotes and scripts {_network_only(data):,})")
    every = "#view=network&kinds=" + quote(",".join(KINDS))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(page_html(data), encoding="utf-8")
        for title, fragment in (("as it opens", "#view=network"), ("every kind of node", every)):
            runs = []
            for _ in range(given.runs):
                browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu", "--no-sandbox"])
                page = browser.new_page(viewport={"width": 1366, "height": 768})
                page.context.set_offline(True)
                runs.append(measured(page, path, fragment))
                shown = page.locator(".shown").inner_text()
                browser.close()
            print(f"\n{title}: {shown}")
            for name in runs[0]:
                unit = (
                    "s"
                    if name == "usable"
                    else "ms"
                    if name.startswith("slowest")
                    else "/s"
                    if "frames" in name
                    else ""
                )
                print(f"  {name:13} {spread([run[name] for run in runs], unit)}")


def _network_only(data: dict[str, Any]) -> int:
    """The network with the quotes that it leads to, and the scripts."""
    quotes = {at for some in data["network"]["quotes"] for at in some}
    return (
        kilobytes(data["network"])
        + kilobytes([data["quotes"][at] for at in sorted(quotes)])
        + kilobytes(script())
        + kilobytes(style())
    )


if __name__ == "__main__":
    main()
