"""The coverage matrix as a planner uses it: four kinds of cells, what is behind each, filters, keys, exports."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.queries import asked_results
from tests.queries.asked_results import BARGAINING
from tests.viz.explorer.conftest import OpenView
from unionkg.viz.explorer.data import Setting

pytestmark = pytest.mark.browser

HARMONY = "#view=coverage&theme=构建和谐劳动关系"


@pytest.fixture(scope="module")
def results_page(write_projection: Callable[..., Path]) -> Path:
    path: Path = write_projection(asked_results.projection())
    return path


def cell(page: Page, region: str, kind: str = BARGAINING) -> Locator:
    return page.get_by_role("gridcell", name=re.compile(f"^{region}，{kind}："))


def test_the_four_kinds_of_cells_differ_in_sign_and_pattern(
    page: Page, results_page: Path, open_view: OpenView
) -> None:
    open_view(page, results_page, HARMONY)
    wanted = {
        "上海市": ("有记载", "3"),
        "江苏省": ("有记载", "台"),
        "安徽省": ("台账确认未开展", "✕"),
        "福建省": ("无该地资料", ""),
    }
    for region, (state, sign) in wanted.items():
        here = cell(page, region)
        assert (here.get_attribute("aria-label") or "").partition("（")[0].endswith(f"：{state}")
        expect(here).to_have_text(sign)
    expect(cell(page, "上海市", "职代会与厂务公开")).to_have_attribute("aria-label", re.compile("资料未见$"))
    looks = [
        cell(page, region, kind).evaluate("e => [getComputedStyle(e).backgroundImage, getComputedStyle(e).boxShadow]")
        for region, kind in (
            ("上海市", BARGAINING),
            ("安徽省", BARGAINING),
            ("上海市", "职代会与厂务公开"),
            ("福建省", BARGAINING),
        )
    ]
    assert len({str(look) for look in looks}) == 3, "white cells differ by their sign, the others by pattern and edge"


def test_regions_stand_by_code_and_nothing_ranks_them(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    names = page.locator(".matrix tbody th").all_inner_texts()
    assert names[:3] == ["北京市", "天津市", "河北省"]
    assert names[-5:] == ["新疆维吾尔自治区", "新疆生产建设兵团", "台湾省", "香港特别行政区", "澳门特别行政区"]
    assert len(names) == 35
    expect(page.locator(".matrix .uncounted").first).to_contain_text("不计入")
    expect(page.locator(".matrix tbody tr").first.locator("td")).to_have_count(2)


def test_a_cell_opens_its_quotes_and_what_ledgers_say(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    cell(page, "浙江省").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("乙台账")
    expect(panel).to_contain_text("归入其他领域的案例 2 则")
    expect(panel.locator("blockquote", has_text=f"开展{BARGAINING}")).to_have_count(2)
    page.keyboard.press("Escape")
    cell(page, "安徽省").click()
    expect(panel).to_contain_text("台账写明未开展，资料中也没有")
    expect(panel.locator("blockquote")).to_have_text("安徽省|未开展|2022")
    expect(panel).to_contain_text("截至2022年")
    cell(page, "福建省").click()
    expect(panel).to_contain_text("什么都说不出")


def test_accounts_of_the_field_and_of_other_fields_stand_apart(
    page: Page, results_page: Path, open_view: OpenView
) -> None:
    open_view(page, results_page, "#view=coverage&theme=基层工会建设&types=all")
    cell(page, "上海市").click()
    expect(page.locator("#panel")).to_contain_text("归入“基层工会建设”的案例 3 则")
    assert "其他领域" not in page.locator("#panel").inner_text()


def test_keys_walk_the_cells_and_open_one(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    page.locator('td[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused).startswith("天津市，集体协商")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h3")).to_have_text("天津市 · 集体协商")
    page.keyboard.press("Escape")
    assert page.evaluate(focused).startswith("天津市，集体协商")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert page.locator('td[tabindex="0"]').count() == 1


def test_the_summary_names_every_confirmed_gap(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    summary = page.locator(".summary")
    expect(summary).to_contain_text("31 个省份和兵团、2 类做法：有记载 3 格，台账确认未开展 1 格")
    summary.get_by_role("button", name=BARGAINING).click()
    expect(page.locator("#panel h3")).to_have_text(f"安徽省 · {BARGAINING}")
    open_view(page, results_page, "#view=coverage&theme=女职工工作")
    expect(summary).to_contain_text("没有台账确认未开展的")


def test_level_field_and_region_are_in_the_address(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    page.locator("select[name=level]").select_option("prefecture")
    expect(page.locator(".matrix tbody th")).to_have_text(
        ["江苏省苏州市", "浙江省杭州市", "浙江省宁波市", "浙江省湖州市", "浙江省绍兴市"]
    )
    assert "level=prefecture" in page.url
    page.locator("select[name=region]").select_option("320000")
    expect(page.locator(".matrix tbody th")).to_have_text(["江苏省苏州市"])
    page.get_by_role("link", name=re.compile("个无该地资料的地区")).click()
    expect(page.locator(".matrix tbody th")).to_have_count(13)
    page.go_back()
    page.go_back()
    expect(page.locator(".matrix tbody th")).to_have_count(5)


def test_the_head_and_the_first_column_stay(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, "#view=coverage&theme=基层工会建设&types=all")
    box = page.locator(".box")
    before = [page.locator(one).first.bounding_box() for one in (".matrix .corner", ".matrix thead th >> nth=1")]
    box.evaluate("e => e.scrollTo(60, 400)")
    after = [page.locator(one).first.bounding_box() for one in (".matrix .corner", ".matrix thead th >> nth=1")]
    assert before[0] == after[0]
    assert before[1]
    assert after[1]
    assert before[1]["y"] == after[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_csv_holds_the_rows_of_the_question(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    page.locator("figure summary").click()
    with page.expect_download() as download:
        page.locator("figure").get_by_role("button", name="表格 CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + 32 * 2
    assert ["340000", "安徽省", BARGAINING, "台账确认未开展", "0", "2022 未开展", "0"] in rows
    assert ["310000", "上海市", BARGAINING, "有记载", "3", "", "0"] in rows


def test_the_matrix_can_be_taken_away_as_a_drawing(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HARMONY)
    with page.expect_download() as download:
        page.locator("figure .tools").get_by_role("button", name="SVG").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    for words in ("新疆生产建设兵团", "不计入", BARGAINING, "台账确认未开展", "无该地资料"):
        assert words in text


def test_the_links_of_a_practice_type_lead_to_its_column(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, f"#practice={BARGAINING}")
    page.get_by_role("link", name="覆盖情况").last.click()
    expect(page.locator(".matrix thead th")).to_have_count(2)
    expect(page.locator(".matrix thead tr").first).to_contain_text(BARGAINING)


def test_english_says_the_same(page: Page, write_projection: Callable[..., Path], open_view: OpenView) -> None:
    open_view(page, write_projection(asked_results.projection(), Setting(language="en")), HARMONY)
    expect(page.locator(".summary")).to_contain_text("1 confirmed absent")
    expect(page.get_by_role("gridcell", name=re.compile("^安徽省, 集体协商: Confirmed absent"))).to_have_text("✕")
