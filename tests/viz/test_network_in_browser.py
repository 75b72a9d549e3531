"""The network page as a planner meets it: from a file, without a network, with mouse and keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Page, chromium  # noqa: F401  a fixture
from tests.viz.pictured import DOCUMENT, TEXT, small
from tests.viz.test_network import HOSTILE
from unionkg.viz import network
from unionkg.viz.network import network_page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Page, tmp_path: Path) -> Page:  # noqa: F811
    return opened(chromium, tmp_path, network_page(small(), {DOCUMENT: TEXT}).html)


def opened(browser: Page, folder: Path, content: str) -> Page:
    path = folder / "网络 图.html"
    path.write_text(content, encoding="utf-8")
    browser.open(path)
    return browser


def shown(page: Page) -> tuple[int, int]:
    """Nodes and lines that the drawing really shows."""
    counts: list[int] = page.run("[nodes, edges].map((set) => set.get({filter: (x) => !x.hidden}).length)")
    said = page.text("#shown")
    assert f"显示 {counts[0]} /" in said
    assert f"{counts[1]} /" in said
    return counts[0], counts[1]


def tick(page: Page, label: str) -> None:
    """Click the tick of this name in the list of choices."""
    found = page.run(
        "(() => { const all = Array.from(document.querySelectorAll('#choices label'));"
        f"const one = all.find((e) => e.childNodes[e.childNodes.length > 2 ? 2 : 1].textContent === {json.dumps(label)}"
        f" || e.textContent.replace(/[0-9,]+$/, '') === {json.dumps(label)});"
        "if (!one) return false; one.closest('details').open = true; one.querySelector('input').click(); return true; })()"
    )
    assert found, label


def point(page: Page, script: str) -> tuple[float, float]:
    """Where a point of the picture lies in the window."""
    x, y = page.run(
        f"(() => {{ const p = network.canvasToDOM({script}); const r = document.getElementById('mynetwork')"
        ".getBoundingClientRect(); return [p.x + r.x, p.y + r.y]; })()"
    )
    return x, y


def node_of(page: Page, name: str) -> int:
    names: list[Any] = page.run("JSON.parse(document.getElementById('data').textContent).nodes.map((n) => n[1])")
    return names.index(name)


def test_it_opens_from_a_file_without_a_request_or_a_complaint(page: Page) -> None:
    assert page.requests
    assert all(url.startswith(("file:", "data:", "blob:")) for url in page.requests)
    assert page.complaints == []
    assert shown(page)[0] == 6  # cases, unions, practice and type; regions, themes, outcome and document wait


def test_something_is_painted(page: Page) -> None:
    colours = page.run(
        "(() => { const c = document.querySelector('#mynetwork canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; const s = new Set();"
        "for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250) s.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]);"
        "return [0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7].map((colour) => s.has(colour)); })()"
    )
    assert colours == [True] * 4


def test_names_are_written_beside_the_marks(page: Page) -> None:
    written = page.run(
        "(() => { const seen = []; const real = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (text) { seen.push(text); real.apply(this, arguments); };"
        "network.redraw(); CanvasRenderingContext2D.prototype.fillText = real; return seen; })()"
    )
    assert "青山的小站" in written
    assert len(written) == len(set(written))


def test_the_picture_can_be_moved_with_the_keyboard(page: Page) -> None:
    page.run("document.querySelector('#mynetwork .vis-network').focus()")
    scale, x = page.run("[network.getScale(), network.getViewPosition().x]")
    page.press("+", 187)
    page.press("ArrowRight", 39)
    assert page.run("network.getScale()") > scale
    assert page.run("network.getViewPosition().x") > x


def test_the_mouse_does_not_take_the_focus_from_the_search(page: Page) -> None:
    page.run("document.getElementById('search').focus()")
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=600, y=400)
    page.type("暖杯")
    assert page.run("document.getElementById('search').value") == "暖杯"


def test_ticks_change_what_is_shown(page: Page) -> None:
    nodes, lines = shown(page)
    tick(page, "成效")
    assert shown(page) == (nodes + 1, lines + 1)
    tick(page, "成效")
    tick(page, "学习自")
    assert shown(page) == (nodes, lines - 1)


@pytest.mark.parametrize(
    ("choice", "left", "gone"),
    [("服务", "白水的小站", "青山的小站"), ("乙省", "青山的小站", "白水的小站")],
    ids=["theme", "province"],
)
def test_theme_and_province_leave_their_cases(page: Page, choice: str, left: str, gone: str) -> None:
    tick(page, choice)
    assert not page.run(f"Boolean(nodes.get({node_of(page, left)}).hidden)")
    assert page.run(f"nodes.get({node_of(page, gone)}).hidden")
    page.click_on("#reset")
    assert shown(page)[0] == 6


def test_years_leave_the_cases_of_that_time(page: Page) -> None:
    page.run(
        "(() => { const e = document.getElementById('year-from'); e.value = 2020; e.dispatchEvent(new Event('change')); })()"
    )
    assert page.run(f"nodes.get({node_of(page, '青山的小站')}).hidden")
    assert not page.run(f"Boolean(nodes.get({node_of(page, '白水的小站')}).hidden)")


@pytest.mark.parametrize("typed", ["暖杯屋", "“暖杯”", " 暖 杯屋"])
def test_search_finds_names_and_aliases_and_enter_goes_there(page: Page, typed: str) -> None:
    page.run("document.getElementById('search').focus()")
    page.type(typed)
    assert "“暖杯”小站" in page.text("#hits")
    page.press("Enter", 13)
    assert page.text("#details h2") == "“暖杯”小站"
    x, y = page.run(
        f"(() => {{ const p = network.canvasToDOM(network.getPosition({node_of(page, '“暖杯”小站')}));"
        "const r = document.getElementById('mynetwork'); return [p.x / r.clientWidth, p.y / r.clientHeight]; })()"
    )
    assert (x, y) == (pytest.approx(0.5, abs=0.02), pytest.approx(0.5, abs=0.02))


def test_search_shows_what_the_filters_hide(page: Page) -> None:
    page.run("document.getElementById('search').focus()")
    page.type("12个")
    page.press("Enter", 13)
    assert not page.run(f"Boolean(nodes.get({node_of(page, '小站 12个')}).hidden)")
    assert "指标" in page.text("#details")


def test_a_click_on_a_mark_shows_its_statements_with_quotes(page: Page) -> None:
    page.click(*point(page, f"network.getPosition({node_of(page, '青山的小站')})"))
    told = page.text("#details")
    for words in (
        "青山的小站",
        "起始时间",
        "2019",
        "做法从白水县学来",
        "《小站汇编》第 3 行",
        "二〇一九年起步",
        "未复核",
        "90%",
    ):
        assert words in told


def test_a_click_on_a_line_shows_its_quote_and_how_it_was_read(page: Page) -> None:
    ends = [node_of(page, "青山的小站"), node_of(page, "白水县总工会")]
    page.click(
        *point(
            page,
            f"(() => {{ const [a, b] = {ends}.map((n) => network.getPosition(n));"
            "return {x: a.x * 0.55 + b.x * 0.45, y: a.y * 0.55 + b.y * 0.45}; })()",
        )
    )
    told = page.text("#details")
    for words in ("学习自", "做法从白水县学来", "《小站汇编》第 3 行", "test.rule", "90%", "未复核"):
        assert words in told


def test_only_this_and_its_neighbours(page: Page) -> None:
    page.click(*point(page, f"network.getPosition({node_of(page, '青山的小站')})"))
    page.click_on("#only-this")
    assert shown(page)[0] == 9  # all that is tied to the case, of every kind
    page.click_on("#message button")
    assert shown(page)[0] == 6


def test_the_table_says_the_same_in_words(page: Page) -> None:
    page.click_on("#table summary")
    _, lines = shown(page)
    assert page.run("document.querySelectorAll('#rows tbody tr').length") == lines
    assert "做法从白水县学来" in page.text("#rows")
    page.click_on("#rows tbody tr:first-child button")
    assert page.text("#details h2")


def test_above_the_limit_the_best_connected_come_first(
    chromium: Page,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "LIMIT", 3)
    page = opened(chromium, tmp_path, network_page(small(), {DOCUMENT: TEXT}).html)
    assert shown(page)[0] == 3
    assert not page.run(f"Boolean(nodes.get({node_of(page, '青山的小站')}).hidden)")
    assert "6 个" in page.text("#message")
    page.click_on("#message button")
    assert shown(page)[0] == 6


def test_hostile_names_are_shown_and_do_nothing(chromium: Page, tmp_path: Path) -> None:  # noqa: F811
    hostile = small(union=HOSTILE, practice=HOSTILE, alias=HOSTILE)
    page = opened(chromium, tmp_path, network_page(hostile, {DOCUMENT: TEXT}).html)
    page.run("document.getElementById('search').focus()")
    page.type("alert(1)")
    page.press("Enter", 13)
    assert page.text("#details h2").startswith("</script><script>alert(1)</script><img")
    page.click_on("#table summary")
    assert page.run("document.querySelectorAll('#details img, #rows img, #hits img').length") == 0
    assert page.complaints == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in page.requests)


def test_an_empty_graph_opens(chromium: Page, tmp_path: Path) -> None:  # noqa: F811
    from unionkg.graph.build import Projection

    page = opened(chromium, tmp_path, network_page(Projection(([], []), [], [], [])).html)
    assert "unionkg load" in page.text("#message")
    assert page.complaints == []
