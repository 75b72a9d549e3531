"""The view `map` in a real browser: tiles, provinces, prefectures, the years, the panel, and what a public page leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.queries import asked_results
from tests.queries.asked_results import BARGAINING, SUMMER
from unionkg.viz.explorer.data import Setting

pytestmark = pytest.mark.browser

OpenView = Callable[[Page, Path, str], None]
ONE = f"#view=map&practice={quote(BARGAINING)}"


@pytest.fixture(scope="module")
def written(write_projection: Callable[..., Path]) -> Path:
    return write_projection(asked_results.projection(), Setting(view="map"))


@pytest.fixture(scope="module")
def public(write_projection: Callable[..., Path]) -> Path:
    return write_projection(asked_results.projection(), Setting(view="map", audience="public"))


def state(page: Page, code: str) -> str | None:
    """The state of a region in the large picture."""
    return page.locator(f'.sheet svg [data-code="{code}"]').get_attribute("data-state")


def test_the_tiles_come_first(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    expect(page.locator(".sheet svg.tiles .tile")).to_have_count(35)
    expect(page.locator("nav.forms [aria-current]")).to_have_text("方格图")
    assert state(page, "310000") == "recorded"
    assert state(page, "340000") == "denied"
    assert state(page, "440000") == "nothing"
    assert {state(page, code) for code in ("710000", "810000", "820000")} == {"uncounted"}
    expect(page.locator('.tile[data-code="710000"]')).to_contain_text("不计入")
    expect(page.locator('.tile[data-code="340000"]')).to_contain_text("未开展")


def test_tabs_lead_to_the_real_map(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    page.get_by_role("link", name="省级地图").click()
    expect(page.locator("svg.drawn [data-shape]")).to_have_count(34)
    assert state(page, "310000") == "recorded"
    assert state(page, "xpcc") is not None, "the 兵团 stands beside the map"
    assert "map=province" in page.url
    page.get_by_role("link", name="地级市地图").click()
    expect(page.locator("svg.drawn [data-shape]")).to_have_count(375)
    assert state(page, "330500") == "recorded"
    page.go_back()
    expect(page.locator("svg.drawn [data-shape]")).to_have_count(34)


@pytest.mark.parametrize("form", ["province", "prefecture"])
def test_the_picture_says_what_it_is(page: Page, written: Path, open_view: OpenView, form: str) -> None:
    open_view(page, written, f"{ONE}&map={form}")
    words = page.locator("svg.drawn").text_content() or ""
    for wanted in (
        "示意图",
        "天地图",
        "GS(2024)0650号",
        "不是本图的审图号",
        "审图号：（未填）",
        "钓鱼岛",
        "曾母暗沙",
        "台账确认未开展",
    ):
        assert wanted in words.replace("\n", ""), wanted
    drawn = page.evaluate(
        """() => {
            const frame = document.querySelector("svg.drawn .frame > rect").getBoundingClientRect();
            const shapes = Array.from(document.querySelectorAll("svg.drawn [data-shape]")).map((s) => s.getBoundingClientRect());
            return shapes.every((s) => s.left >= frame.left && s.right <= frame.right && s.top >= frame.top && s.bottom <= frame.bottom);
        }"""
    )
    assert drawn, "the whole country lies in the frame"


def test_a_year_shows_what_was_surely_there_and_what_may_have_been(
    page: Page, written: Path, open_view: OpenView
) -> None:
    open_view(page, written, f"{ONE}&year=2013")
    assert state(page, "310000") == "recorded"  # stated for 2012
    assert state(page, "330000") == "possible"  # known by 2019, from when on is open
    expect(page.locator(".sheet svg.tiles")).to_contain_text("2013 年可能已有")
    open_view(page, written, f"{ONE}&year=2011")
    assert state(page, "310000") == "later"
    expect(page.locator(".tally")).to_contain_text("2011 年确已有 0")
    open_view(page, written, f"{ONE}&map=prefecture&year=2013")
    assert state(page, "330500") == "later"  # stated for 2019
    assert state(page, "330200") == "undated"


def test_the_slider_recolours_and_goes_into_the_address(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    slider = page.locator('input[type="range"][name="year"]')
    least = int(slider.get_attribute("min") or "0")
    slider.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(f"year={least}"))
    assert state(page, "310000") != "recorded"
    page.go_back()
    expect(page.locator('.sheet [data-code="310000"]')).to_have_attribute("data-state", "recorded")


def test_only_stated_beginnings(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    page.locator('select[name="dates"]').select_option("stated")
    expect(page).to_have_url(re.compile("dates=stated"))
    expect(page.locator(".sheet svg.tiles")).to_contain_text("起始未写明")
    assert state(page, "310000") == "recorded"


@pytest.mark.parametrize("form", ["tiles", "province", "prefecture"])
def test_a_region_opens_with_who_when_and_the_words(page: Page, written: Path, open_view: OpenView, form: str) -> None:
    open_view(page, written, f"{ONE}&map={form}")
    page.locator('.sheet svg [data-code="310000"]').click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("上海市")
    expect(panel).to_contain_text("2012")
    expect(panel).to_contain_text("实施：")
    assert panel.locator("blockquote").count() > 0
    expect(panel.locator('a[href="#region=310000"]')).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_tiles_are_walked_with_the_arrow_keys(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    page.locator("svg.tiles[tabindex]").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("p.status")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()


def test_the_map_is_moved_and_walked_with_keys(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{ONE}&map=province")
    page.locator("svg.drawn").focus()
    page.keyboard.press("]")
    expect(page.locator("p.status")).to_contain_text("北京市")
    moving = page.locator("svg.drawn .frame g[clip-path] > g")
    before = moving.get_attribute("transform")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    assert moving.get_attribute("transform") != before
    page.keyboard.press("0")
    assert moving.get_attribute("transform") == before
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("北京市")


def test_the_map_is_dragged(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{ONE}&map=prefecture")
    page.get_by_role("button", name="放大").click()
    moving = page.locator("svg.drawn .frame g[clip-path] > g")
    before = moving.get_attribute("transform")
    box = page.locator("svg.drawn .frame > rect").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 150, steps=4)
    page.mouse.up()
    assert moving.get_attribute("transform") != before
    expect(page.locator("#panel")).to_be_hidden()


def test_an_exported_map_is_whole_however_it_is_looked_at(
    page: Page, written: Path, open_view: OpenView, tmp_path: Path
) -> None:
    open_view(page, written, f"{ONE}&map=province")
    for _ in range(3):
        page.get_by_role("button", name="放大").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="SVG").click()
    saved = tmp_path / "map.svg"
    started.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert "translate(0.00 0.00) scale(1.0000)" in text
    assert "审图号" in text
    assert "曾母暗沙" in text
    assert "scale(1.0000)" not in (page.locator("svg.drawn .frame g[clip-path] > g").get_attribute("transform") or "")


def test_the_table_lists_regions_by_code(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, ONE)
    shown = page.locator(".sheet .beside tbody tr td:first-child").all_text_contents()
    assert shown == sorted(shown)
    assert len(shown) == 32
    expect(page.locator(".sheet .beside tbody")).to_contain_text("新疆生产建设兵团")
    expect(page.locator(".sheet .beside tbody")).not_to_contain_text("台湾")


def test_of_prefectures_those_without_material_are_listed_on_demand(
    page: Page, written: Path, open_view: OpenView
) -> None:
    open_view(page, written, f"{ONE}&map=prefecture")
    rows = page.locator(".sheet .beside tbody tr")
    few = rows.count()
    page.get_by_role("button", name="全部列出").click()
    assert rows.count() > few


def test_small_grids_lead_to_their_type(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, "#view=map")
    grids = page.locator(".grids li")
    assert grids.count() >= 2
    grids.filter(has_text=BARGAINING).locator("a").click()
    expect(page.locator(".sheet svg.tiles")).to_contain_text(BARGAINING)


def test_routine_work_has_no_years(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"#view=map&practice={quote(SUMMER)}")
    expect(page.locator('input[type="range"]')).to_have_count(0)
    expect(page.locator("#view")).to_contain_text("常规工作")
    assert "routine" in {state(page, code) for code in ("310000", "330000")}


def test_an_unknown_type_says_so(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"#view=map&practice={quote('没有的做法')}")
    expect(page.locator("#view")).to_contain_text("没有“没有的做法”")


def test_in_english(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{ONE}&map=province")
    page.get_by_role("button", name="English").click()
    expect(page.locator("svg.drawn")).to_contain_text("absent by a ledger")
    expect(page.locator("svg.drawn")).to_contain_text("Zengmu Ansha")


def test_a_public_page_without_approval_has_tiles_alone(page: Page, public: Path, open_view: OpenView) -> None:
    assert '"arcs"' not in public.read_text(encoding="utf-8")
    open_view(page, public, f"{ONE}&map=province")
    expect(page.locator("svg.tiles .tile")).to_have_count(35)
    expect(page.locator("svg.drawn")).to_have_count(0)
    expect(page.locator("nav.forms")).to_have_count(0)
    expect(page.locator("#view")).to_contain_text("公开版未填审图号")


def test_with_an_approval_the_public_page_shows_map_and_number(
    page: Page, write_projection: Callable[..., Path], open_view: OpenView
) -> None:
    number = "测S(2026)001号"
    path = write_projection(asked_results.projection(), Setting(view="map", audience="public", approval=number))
    open_view(page, path, f"{ONE}&map=province")
    expect(page.locator("svg.drawn")).to_contain_text(f"审图号：{number}")


def test_nothing_hangs_over_the_edge(page: Page, written: Path, open_view: OpenView) -> None:
    for form in ("tiles", "province", "prefecture"):
        open_view(page, written, f"{ONE}&map={form}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_panning_the_prefectures_is_smooth(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{ONE}&map=prefecture")
    page.get_by_role("button", name="放大").click()
    # The middle of the times between frames, so that something else that runs for a moment does not decide.
    between = page.evaluate(
        """() => new Promise((done) => {
            const map = document.querySelector("svg.drawn");
            const times = [];
            let last = null;
            function step(now) {
                if (last !== null) times.push(now - last);
                last = now;
                map.dispatchEvent(new KeyboardEvent("keydown", {key: times.length % 2 ? "ArrowLeft" : "ArrowRight"}));
                if (times.length < 90) requestAnimationFrame(step);
                else done(times.slice(10).sort((a, b) => a - b)[40]);
            }
            requestAnimationFrame(step);
        })"""
    )
    assert 1000 / between >= 30
