"""The page as a planner meets it: from a file, with the network off, by mouse and by keyboard."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.viz.explorer.conftest import OpenView

pytestmark = pytest.mark.browser


def data_of(path: Path) -> dict[str, object]:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_overview_opens_first(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    expect(page.locator("h2")).to_have_text("总览")
    data = data_of(example_page)
    expect(page.locator(".lead")).to_contain_text(f"{data['about']['accounts']} 则案例")  # type: ignore[index]
    expect(page.locator("nav a[aria-current]")).to_have_text("总览")
    expect(page.locator("footer")).to_contain_text("资料未见不等于没有开展")


def test_no_view_scrolls_sideways(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    for tab in page.locator("nav a").all():
        tab.click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab.inner_text()


def test_a_case_card_shows_every_fact_with_its_sentence(page: Page, example_page: Path, open_view: OpenView) -> None:
    data = data_of(example_page)
    for account in data["accounts"][:5]:  # type: ignore[index]
        open_view(page, example_page, f"#case={account['id']}")
        expect(page.locator("h2")).to_have_text(account["name"])
        facts = page.locator(".field > ul > li")
        assert facts.count() == sum(len(found) for _, found in account["fields"])
        for fact in facts.all():
            assert fact.locator("blockquote").count() >= 1


def test_links_lead_from_overview_to_case_to_union_and_back(
    page: Page, example_page: Path, open_view: OpenView
) -> None:
    open_view(page, example_page, "")
    first = page.locator("main table").last.locator("tbody a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h2")).to_have_text(name)
    link = page.locator(".facts dd a").first
    union = link.inner_text()
    link.click()
    expect(page.locator("h2")).to_have_text(union)
    expect(page.locator("#view")).to_contain_text("块（地方）的上级工会")
    page.go_back()
    expect(page.locator("h2")).to_have_text(name)
    page.go_back()
    expect(page.locator("h2")).to_have_text("总览")


def test_a_region_shows_what_is_on_record_and_what_is_not(page: Page, example_page: Path, open_view: OpenView) -> None:
    data = data_of(example_page)
    regions = data["regions"]
    used = {place for account in data["accounts"] for place in account["regions"]}  # type: ignore[attr-defined, union-attr]
    there = regions[min(used)]  # type: ignore[index]
    open_view(page, example_page, f"#region={there['code']}")
    expect(page.locator("h2")).to_have_text(there["full"])
    page.locator("button.sources").first.click()
    expect(page.locator("#panel blockquote").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("button.sources").first).to_be_focused()
    open_view(page, example_page, "#region=710000")
    expect(page.locator("#view")).to_contain_text("不计入覆盖基数")
    expect(page.locator("#view")).to_contain_text("资料未见，不等于没有开展")


@pytest.mark.parametrize(
    "fragment",
    [
        "#case=case:none",
        "#union=nobody",
        "#region=999999",
        "#practice=没有",
        "#theme=没有",
        "#group=没有",
        "#view=nothing",
        "#practice=%E4%B",
    ],
)
def test_an_address_that_leads_nowhere_says_so(
    page: Page, example_page: Path, open_view: OpenView, fragment: str
) -> None:
    open_view(page, example_page, fragment)
    expect(page.locator(".nothing")).to_be_visible()
    assert page.locator(".nothing p").first.inner_text().strip()


def test_the_finder_goes_to_what_is_named(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    name = data_of(example_page)["unions"][0]["name"]  # type: ignore[index]
    page.locator(".finder input").fill(str(name))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h2")).to_have_text(str(name))
    open_view(page, example_page, "#view=overview")
    page.locator(".finder input").fill("没有这样的名称")
    expect(page.locator(".hits")).to_contain_text("没有名称含")


def test_english_is_one_click_away_and_keeps_the_place(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "#region=310000")
    page.locator("button.language").click()
    expect(page.locator("header h1")).to_have_text("Trade-union practices")
    expect(page.locator("#view")).to_contain_text("code 310000")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("button.language").click()
    expect(page.locator("#view")).to_contain_text("区划代码 310000")


def test_tables_sort_and_are_taken_away_as_csv(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    box = page.locator(".table").last
    head = box.locator("th button").first
    head.click()
    expect(box.locator("th").first).to_have_attribute("aria-sort", "ascending")
    rising = box.locator("tbody tr td:first-child").all_inner_texts()
    head.click()
    assert box.locator("tbody tr td:first-child").all_inner_texts()[0] == rising[-1] or len(rising) == 20
    with page.expect_download() as waiting:
        box.locator("button.tool").click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][0] == "案例"
    assert len(rows) == 1 + len(data_of(example_page)["accounts"])  # type: ignore[arg-type]


def test_it_can_be_used_without_a_mouse(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("nav a[aria-current]")).to_have_text(focused)


def test_paper_shows_no_buttons(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    assert page.locator("button:visible").count() == page.locator("th button:visible").count()


def test_a_practice_type_is_found_by_its_other_names(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "#practice=工会驿站")
    expect(page.locator("h2")).to_have_text("工会驿站/户外劳动者服务站")
