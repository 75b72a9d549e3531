"""The page of a practice type as a planner uses it: the table, the chart, the panel, by mouse and keyboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.queries import asked_results, varied
from tests.queries.asked_results import BARGAINING, SUMMER
from tests.viz.explorer.conftest import OpenView
from tests.viz.explorer.test_practice_data import grown
from unionkg.viz.explorer.data import Setting
from unionkg.viz.explorer.page import plotly_script

pytestmark = pytest.mark.browser

HERE = f"#practice={BARGAINING}"


@pytest.fixture(scope="module")
def results_page(write_projection: Callable[..., Path]) -> Path:
    path: Path = write_projection(asked_results.projection())
    return path


def charted(page: Page) -> None:
    page.wait_for_selector('.chart[data-drawn="true"]')


def test_the_list_stands_by_field_and_leads_to_a_type(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, "#view=practice")
    expect(page.locator("h2")).to_have_text("做法类型")
    row = page.locator(".practice-list tr", has_text=BARGAINING)
    expect(row.locator("td").nth(0)).to_have_text("5")
    expect(row.locator("td").nth(2)).to_have_text("2012年")
    routine = page.locator(".practice-list tr", has_text=SUMMER)
    expect(routine).to_contain_text("常规工作")
    expect(routine.locator("svg")).to_have_count(0)
    row.get_by_role("link").click()
    expect(page.locator("h2")).to_have_text(BARGAINING)


def test_who_when_where_from_whom_with_quotes(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HERE)
    rows = page.locator(".adopters tbody tr")
    texts = [row.inner_text() for row in rows.all()]
    assert ["闸北区总工会" in text for text in texts] == [True, False, False, False, False]
    assert "资料中最早记载" in texts[0]
    assert "2012年" in texts[0]
    assert "日期不明" in texts[-1]
    huzhou = rows.filter(has_text="湖州市总工会")
    expect(huzhou).to_contain_text("学习自 宝山区总工会")
    expect(huzhou).to_contain_text("受命试点 中华全国总工会")
    expect(rows.filter(has_text="嘉定区总工会")).to_contain_text("资料未写明")
    huzhou.get_by_role("button", name="学习自").click()
    expect(page.locator("#panel blockquote")).to_have_text("learned_from：宝山区总工会")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_the_unit_is_in_the_address_and_the_back_button_undoes_it(
    page: Page, results_page: Path, open_view: OpenView
) -> None:
    open_view(page, results_page, HERE)
    page.locator("select[name=unit]").select_option("province")
    assert page.url.endswith("&unit=province")
    expect(page.locator(".adopters tbody tr").first).to_contain_text("上海市")
    page.go_back()
    expect(page.locator(".adopters tbody tr").first).to_contain_text("闸北区总工会")


def test_the_chart_is_drawn_without_any_request_and_its_numbers_stand_beside_it(
    page: Page, results_page: Path, open_view: OpenView
) -> None:
    open_view(page, results_page, HERE)
    charted(page)
    assert page.locator(".chart .js-plotly-plot, .chart .plot-container").count() >= 1
    assert page.locator(".chart a").count() == 0, "no logo that leads outside"
    page.locator("figure details summary").first.click()
    cells = [row.locator("td").all_inner_texts() for row in page.locator("figure").first.locator("tbody tr").all()]
    assert cells[0] == ["2012", "1", "2", "1", "1", "2"]
    assert cells[-1][0] == "2022"


def test_without_the_library_a_plain_drawing_stands_there(
    page: Page, results_page: Path, open_view: OpenView, tmp_path: Path
) -> None:
    bare = tmp_path / "page.html"
    text = results_page.read_text(encoding="utf-8")
    bare.write_text(text.replace(plotly_script(), ""), encoding="utf-8")
    open_view(page, bare, HERE)
    expect(page.locator(".chart svg.steps")).to_be_visible()
    expect(page.locator("main")).to_contain_text("没有图表程序，只显示简图")
    with page.expect_download() as download:
        page.locator("figure .tools").first.get_by_role("button", name="SVG").click()
    assert b"<svg" in Path(download.value.path()).read_bytes()


def test_a_year_of_the_chart_and_of_the_table_open_the_same(
    page: Page, results_page: Path, open_view: OpenView
) -> None:
    open_view(page, results_page, HERE)
    charted(page)
    page.locator("figure details summary").first.click()
    page.get_by_role("button", name="2015", exact=True).press("Enter")
    by_table = page.locator("#panel").inner_text()
    assert "宝山区总工会" in by_table
    page.keyboard.press("Escape")
    page.locator("figure").first.scroll_into_view_if_needed()
    tick = page.locator(".chart .xaxislayer-above text", has_text="2015").bounding_box()
    plot = page.locator(".chart .nsewdrag").bounding_box()
    assert tick
    assert plot
    page.mouse.move(tick["x"] + tick["width"] / 2, plot["y"] + plot["height"] / 2)
    page.mouse.click(tick["x"] + tick["width"] / 2, plot["y"] + plot["height"] - 14)
    expect(page.locator("#panel")).to_be_visible()
    assert page.locator("#panel").inner_text() == by_table


def test_levels_of_unions_have_curves_of_their_own(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HERE)
    levels = page.locator(".multiple").all_inner_texts()
    assert [text.split("\n")[0] for text in levels] == [
        "全部工会",
        "地市级工会",
        "县级工会",
        "县级地区",
        "地级地区",
        "省级地区",
    ]
    page.locator(".multiple", has_text="县级工会").click()
    expect(page.locator("figcaption").first).to_contain_text("县级工会")
    charted(page)


@pytest.mark.parametrize(("kind", "start"), [("SVG", b"<svg"), ("PNG", b"\x89PNG")])
def test_the_chart_can_be_taken_away(
    page: Page, results_page: Path, open_view: OpenView, kind: str, start: bytes
) -> None:
    open_view(page, results_page, HERE)
    charted(page)
    page.wait_for_timeout(400)
    with page.expect_download() as download:
        page.locator("figure .tools").first.get_by_role("button", name=kind).click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(start)
    assert download.value.suggested_filename == f"{BARGAINING}_曲线.{kind.lower()}"
    if kind == "SVG":
        text = content.decode("utf-8")
        assert f"{BARGAINING}：到各年底累计采用的单位" in text, "the title goes with it"
        assert "累计至少" in text, "and so does the legend"


def test_the_table_of_adopters_can_be_taken_away(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HERE)
    with page.expect_download() as download:
        page.locator(".adopters").get_by_role("button", name="表格 CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows[0][:5] == ["工会", "层级", "时间", "地区", "向谁学来、受谁部署"]
    assert rows[1][:4] == ["闸北区总工会", "县级", "2012年", "上海市闸北区"]
    assert len(rows) == 6


def test_ties_and_modes_show_what_is_stated(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HERE)
    collective = page.locator("tr", has_text="各县区")
    expect(collective).to_contain_text("泛指多家")
    expect(collective).to_contain_text("打算")
    expect(page.locator("h4", has_text="先行—跟进")).to_have_count(1)
    expect(page.locator(".story").last).to_contain_text("先后有写明的日期为据")


def test_a_type_without_evidence_says_so(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, "#practice=" + "网格化建会")
    expect(page.locator("main")).to_contain_text("证据不足")
    expect(page.locator("main")).to_contain_text("资料没有写明它从哪里来")


def test_a_routine_type_says_why_it_has_no_order(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, f"#practice={SUMMER}")
    expect(page.locator(".practice-why")).to_contain_text("不列先后、不画曲线")
    expect(page.locator(".chart")).to_have_count(0)
    expect(page.locator(".adopters")).to_have_count(0)


def test_fits_and_classes_stand_where_the_years_carry_them(
    page: Page, write_projection: Callable[..., Path], open_view: OpenView
) -> None:
    open_view(page, write_projection(grown(30)), HERE)
    assert page.locator(".fits tbody tr td:first-child").all_inner_texts() == ["logistic"] * 3 + ["Bass"] * 3
    expect(page.locator(".adopters thead")).to_contain_text("采用者类别")
    expect(page.locator(".adopters tbody tr").first).to_contain_text("早期采用者")
    open_view(page, write_projection(grown(0)), HERE)
    expect(page.locator("main")).to_contain_text("logistic 曲线未拟合：上限")


def test_claims_are_the_accounts_own(page: Page, write_projection: Callable[..., Path], open_view: OpenView) -> None:
    open_view(page, write_projection(varied.projection()), "#practice=网格化建会")
    expect(page.locator(".claims li", has_text="全市首家")).to_contain_text("范围：全市")
    expect(page.locator("main")).to_contain_text("这是案例自己的说法")


def test_fields_and_groups_stand_apart(page: Page, write_projection: Callable[..., Path], open_view: OpenView) -> None:
    open_view(page, write_projection(varied.projection()), HERE)
    terms = dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True))
    assert terms["案例归入的领域"] == "基层工会建设 4、新就业形态劳动者 1"
    assert "新就业形态劳动者 1" in terms["案例写明的服务对象"].split("、")


def test_english_says_the_same(page: Page, write_projection: Callable[..., Path], open_view: OpenView) -> None:
    open_view(page, write_projection(asked_results.projection(), Setting(language="en")), HERE)
    expect(page.locator(".adopters tbody tr").first).to_contain_text("earliest record")
    expect(page.locator("main")).to_contain_text("Who, when, where, from whom")
    charted(page)


def test_nothing_scrolls_sideways_with_the_panel_open(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, HERE)
    charted(page)
    page.locator(".sources").first.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chart, box = (page.locator(one).bounding_box() for one in (".chart .main-svg >> nth=0", ".chart"))
    assert chart
    assert box
    assert chart["width"] <= box["width"] + 1, "the chart follows the room that it has"


def test_an_unknown_type_says_what_to_do(page: Page, results_page: Path, open_view: OpenView) -> None:
    open_view(page, results_page, "#practice=没有这一类")
    expect(page.locator(".nothing")).to_contain_text("页面中没有“没有这一类”")


def test_a_region_tells_its_earliest_records_as_the_types_do(
    page: Page, write_projection: Callable[..., Path], open_view: OpenView
) -> None:
    path = write_projection(varied.projection())
    open_view(page, path, "#region=310000")
    rows = [row.locator("td").all_inner_texts() for row in page.locator("table").first.locator("tbody tr").all()]
    told = {cells[0]: cells[1] for cells in rows if "常规" not in cells[1]}
    assert len(told) >= 4
    assert any(text.startswith("不晚于") for text in told.values())
    for name, text in told.items():
        open_view(page, path, f"#practice={name}&unit=province")
        row = page.locator(".adopters tbody tr", has_text="上海市").first
        assert row.locator("td").nth(1).inner_text() == text


def test_a_table_keeps_the_focus_where_it_is_turned(page: Page, example_page: Path, open_view: OpenView) -> None:
    open_view(page, example_page, "#view=coverage")
    page.locator("details.beside summary").click()
    page.get_by_role("button", name="下一页").click()
    assert page.evaluate("document.activeElement.textContent") == "下一页"
    expect(page.get_by_role("status").filter(has_text="第 21")).to_be_visible()
    page.get_by_role("button", name="上一页").click()
    assert page.evaluate("document.activeElement.textContent") == "下一页"  # there is no page before
