"""The view `timeline` in a real browser: lanes, filters, the panel of a dot, the tables, what is exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.viz.explorer import spreading
from tests.viz.explorer.spreading import BARGAINING, STATION

pytestmark = pytest.mark.browser

OpenView = Callable[[Page, Path, str], None]
VIEW = "#view=timeline"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def written(write_projection: Callable[..., Path]) -> Path:
    return write_projection(spreading.story())


def counts(page: Page) -> tuple[int, int, int, int, int]:
    """Accounts; with a stated beginning, only known by a date, undated; statements of spread: as the page says."""
    found = re.search(
        r"案例 (\d+) 则：写明起始时间 (\d+)，只知不晚于 (\d+)，日期不明 (\d+)；传播陈述 (\d+) 条",
        page.locator(".shown").inner_text(),
    )
    assert found
    return tuple(map(int, found.groups()))  # type: ignore[return-value]


def rows(page: Page, number: int) -> list[list[str]]:
    """The rows of the first or second text table beside the picture."""
    if page.locator("details.beside").get_attribute("open") is None:
        page.locator("details.beside > summary").click()
    found: list[list[str]] = (
        page.locator("details.beside tbody")
        .nth(number)
        .evaluate("body => Array.from(body.rows, row => Array.from(row.cells, cell => cell.innerText.trim()))")
    )
    return found


def drawing(page: Page) -> ElementTree.Element:
    """The exported picture."""
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    return ElementTree.fromstring(download.value.path().read_bytes())


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_it_opens_with_every_account(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, VIEW)
    assert counts(page) == (8, 6, 1, 1, 5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    told = {row[4]: row for row in rows(page, 0)}
    assert told["宝山谈判"][:3] == ["县级", "2012年", "2012-12-31"]
    assert told["园区驿站"][::2][:2] == ["园区楼宇", "2016-12-31"]
    assert re.fullmatch("2013年.*至2016年.*", told["园区驿站"][1])
    assert told["顾村驿站"][:3] == ["乡镇街道", "不晚于2018年6月（按刊印日期）", "2018-06-30"]
    assert told["湖州谈判"][:3] == ["市级", "日期不明", ""]
    assert [told[name][0] for name in ("集团谈判", "齿轮厂谈判", "教师谈判")] == ["企业集团", "基层", "产业行业"]


def test_a_collection_is_a_bracket_and_what_is_intended_is_dashed(
    page: Page, written: Path, open_view: OpenView
) -> None:
    open_view(page, written, VIEW)
    told = {(row[0], row[1]): row[2:5] for row in rows(page, 1)}
    assert told == {
        ("嘉定谈判", "学习自"): ["宝山区总工会", "县级", ""],
        ("湖州谈判", "学习自"): ["嘉定区总工会", "县级", "打算，尚未实施"],
        ("宝山谈判", "受命试点"): ["上海市总工会", "省级", "2012年5月"],
        ("宝山谈判", "由…推广"): ["中华全国总工会", "全国", "2015年"],
        ("宝山谈判", "推广到"): ["全市", "省级", "泛指多家，不计为采用"],
    }
    root = drawing(page)
    paths = [path.attrib for path in root.iter(f"{SVG}path")]
    assert any(path.get("stroke-dasharray") == "5 4" for path in paths)
    assert {"全国", "省级", "县级", "园区楼宇", "日期不明", "2012", "2018", "全市", "中华全国总工会"} <= set(
        texts(root)
    )
    assert "括号：泛指多家或同一单位内部，不计为采用" in texts(root)
    # A bracket has no inside to fill: it never looks like the dot of an account.
    ends = [path for path in paths if path["fill"] == "none" and path["d"].count("L") == 3 and "Q" not in path["d"]]
    assert ends
    circles = {
        fill: sum(p["d"].count("A") // 2 for p in paths if p["fill"] == fill)
        for fill in ("#2b3a49", "#FFFFFF", "#D5DBE1")
    }
    legend = 1  # each kind of dot once
    assert circles == {"#2b3a49": 6 + legend, "#FFFFFF": 1 + legend, "#D5DBE1": 1 + legend}


def test_a_practice_type_shows_its_own_dates(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, VIEW)
    page.select_option("select[name=practice]", STATION)
    assert counts(page) == (3, 2, 1, 0, 3)
    told = {row[4]: row[1] for row in rows(page, 0)}
    assert told["宝山谈判"] == "2014年3月"  # when its stations began, not its bargaining
    assert f"practice={quote(STATION, safe='')}" in page.url
    page.go_back()
    assert counts(page)[0] == 8


@pytest.mark.parametrize(
    ("filters", "accounts"),
    [
        (f"practice={BARGAINING}", 6),
        ("theme=基层工会建设", 8),
        ("region=330000", 1),
        ("region=310000", 7),
        ("from=2017", 1),
        ("from=2013&to=2015", 1),
        ("to=2012", 1),
        (f"practice={BARGAINING}&from=2016&to=2016", 4),
    ],
)
def test_filters_leave_what_they_say(
    page: Page, written: Path, open_view: OpenView, filters: str, accounts: int
) -> None:
    open_view(page, written, f"{VIEW}&{filters}")
    assert counts(page)[0] == accounts


def test_a_dot_leads_to_its_account_and_its_quotes(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{VIEW}&practice={BARGAINING}")
    page.focus(".scene canvas")
    page.keyboard.press("]")
    assert page.locator(".scene-told").text_content() == "县级，宝山区总工会，宝山谈判，2012年"  # the earliest first
    tip, canvas = page.locator(".scene-tip").bounding_box(), page.locator(".scene canvas").bounding_box()
    assert tip
    assert canvas
    page.mouse.click(tip["x"] - 14, tip["y"] - 18)  # the tip stands beside the mark
    panel = page.locator("#panel")
    expect(panel.locator("h3")).to_have_text("宝山谈判")
    expect(panel).to_contain_text("传播陈述 4 条")  # its three, and that 嘉定 learned from it
    expect(panel.locator("blockquote").first).to_have_text("2012起")
    panel.get_by_role("link", name="宝山谈判").first.click()
    expect(page.locator("h2")).to_have_text("宝山谈判")


def test_what_has_no_stated_beginning_says_so(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, f"{VIEW}&region=330000")
    page.focus(".scene canvas")
    page.keyboard.press("]")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("日期不明")
    expect(page.locator("#panel")).to_contain_text("资料没有写明时间")


@pytest.mark.parametrize("filters", ["region=440000", f"practice={STATION}&region=330000", "from=2018&to=2012"])
def test_an_empty_result_says_why_and_what_to_do(page: Page, written: Path, open_view: OpenView, filters: str) -> None:
    open_view(page, written, f"{VIEW}&{filters}")
    expect(page.locator(".nothing")).to_contain_text("没有符合条件的案例")
    page.locator(".nothing a").click()
    assert counts(page)[0] == 8


def test_the_wheel_moves_the_page_and_zooms_with_ctrl(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, VIEW)

    def picture() -> str:
        page.wait_for_timeout(250)
        drawn: str = page.evaluate("document.querySelector('.scene canvas').toDataURL()")
        return drawn

    box = page.locator(".scene canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 600, box["y"] + 250)
    before = picture()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > 0
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    assert picture() != before
    page.focus(".scene canvas")
    page.keyboard.press("0")
    page.mouse.move(2, 2)
    assert picture() == before


def test_it_is_read_in_english(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, VIEW)
    page.locator("button.language").click()
    expect(page.locator(".shown")).to_contain_text("8 accounts: 6 with a stated beginning")
    expect(page.locator(".scene-legend")).to_contain_text("several together or inside one organisation, no adopter")


def test_on_paper_the_picture_keeps_its_shape_and_its_legend(page: Page, written: Path, open_view: OpenView) -> None:
    open_view(page, written, VIEW)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    page.wait_for_timeout(200)
    box = page.locator(".scene canvas").bounding_box()
    assert box
    assert page.evaluate("(c => c.width / c.height)(document.querySelector('.scene canvas'))") == pytest.approx(
        box["width"] / box["height"], rel=0.01
    )
    expect(page.locator(".scene-legend")).to_be_visible()
    expect(page.locator(".scene-tools")).to_be_hidden()
