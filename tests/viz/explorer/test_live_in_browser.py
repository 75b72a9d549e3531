"""The page of a server in a real browser: search, questions as forms, review and judgements by button and key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Route

import unionkg
from tests.served import Client, served
from tests.viz.test_server_editing import TWO
from unionkg.graph.stores.guarded import Limits
from unionkg.knowledge_graph import KnowledgeGraph

pytestmark = pytest.mark.browser

EXAMPLE = Path(str(files("unionkg"))) / "example"
LIMITS = Limits(waiting_seconds=60)
Open = Callable[[str], Page]
ANSWERED = ".live-answer summary:has-text('语句'), .live-answer summary:has-text('statement')"
"""What stands at the end of every answer."""


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("kg")
    (folder / "两则.txt").write_text(TWO, encoding="utf-8")
    kg = unionkg.open(folder)
    kg.load(folder / "两则.txt", EXAMPLE)
    return kg


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[Client]:
    with served(kg, LIMITS, edit=True) as (client, guards):
        guards.warm()
        yield client


@pytest.fixture
def show(browser: Browser, client: Client) -> Iterator[Open]:
    """Open an address behind ``#``; the test fails for a request elsewhere, an error, or anything the policy stops."""
    base = f"http://127.0.0.1:{client.port}/"
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(120_000)  # a decision waits while the graph follows those before it
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda one: None if one.url.startswith((base, "data:", "blob:")) else complaints.append(one.url))

    def opened(fragment: str = "") -> Page:
        page.goto(f"{base}{fragment}")
        page.wait_for_selector("body[data-ready]")
        page.wait_for_function("() => !document.querySelector('.live-waiting')")
        return page

    yield opened
    context.close()
    refused = [one for one in complaints if "422" not in one]  # a refusal is told in the console too
    assert refused == []


WRITTEN_ONE = "() => /本次写下 1 条/.test(document.querySelector('.live-count').textContent)"


def sign(page: Page, name: str = "测试员") -> None:
    page.fill("[data-who=by]", name)
    page.locator("#view h2").click()


def decisions(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    path = kg.workspace.reviews
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


# ---------------------------------------------------------------- search


def test_what_is_searched_is_found_marked_and_narrowed(show: Open) -> None:
    page = show("#view=search")
    page.fill("[type=search]", "家政")
    page.keyboard.press("Enter")
    page.wait_for_selector(".live-hits li")
    assert "text=%E5%AE%B6%E6%94%BF" in page.url
    assert page.locator(".live-hits mark").first.inner_text() == "家政"
    every = page.locator(".live-hits li").count()
    page.locator(".live-facets a", has_text="工会组织").click()
    page.wait_for_selector(".live-facets .chosen")
    assert 0 < page.locator(".live-hits li").count() < every
    page.go_back()
    page.wait_for_function(f"() => document.querySelectorAll('.live-hits li').length === {every}")
    name = "把家政员请进自己的工会"
    page.locator(".live-hits a", has_text=name).first.click()
    page.wait_for_selector("h2")
    assert page.inner_text("#view h2") == name


def test_where_nothing_is_found_near_names_are_offered(show: Open) -> None:
    page = show("#view=search&text=" + quote("合理化建意"))
    assert "资料未见不等于没有开展" in page.inner_text("#view")
    page.locator("#view a", has_text="合理化建议").first.click()
    page.wait_for_selector(".live-hits li")


# ---------------------------------------------------------------- questions


def test_questions_are_listed_by_pack_and_narrowed_by_words(show: Open) -> None:
    page = show("#view=query")
    assert [one.inner_text() for one in page.locator("#view h3").all()][:3] == ["时序", "横向", "纵向"]
    page.fill("#view [type=search]", "最早有记载")
    left = page.locator(".live-questions li:visible")
    assert left.count() >= 1
    left.first.locator("a").click()
    page.wait_for_selector(ANSWERED)
    assert "name=timeline." in page.url


def test_a_form_is_made_of_the_parameters_and_the_address_holds_the_values(show: Open) -> None:
    page = show("#view=query&name=organisation.superiors")
    assert "请先填写" in page.inner_text(".live-answer")
    box = page.locator("[data-parameter=name] input")
    page.wait_for_function("() => document.querySelectorAll('datalist option').length > 3")
    assert page.locator("[data-parameter=line] select option").count() >= 3
    box.fill("长宁区家政行业工会联合会")
    page.locator("form .primary").click()
    page.wait_for_selector(ANSWERED)
    assert "name_=" in page.url
    address = page.url.partition("#")[2]
    again = show(f"#{address}")
    assert again.input_value("[data-parameter=name] input") == "长宁区家政行业工会联合会"


def test_years_numbers_and_lists_are_taken(show: Open) -> None:
    page = show("#view=query&name=timeline.earliest_records&practice_type=" + quote("工会驿站/户外劳动者服务站"))
    rows = page.locator(".live-answer > .table tbody tr")
    assert rows.count() == 3
    page.fill("[data-part=last]", "2023")
    page.fill("[data-parameter=limit] input", "1")
    page.locator("form .primary").click()
    page.wait_for_url("**years=..2023&limit=1")
    page.wait_for_selector(ANSWERED)
    assert rows.count() == 1
    assert "2015年" in rows.inner_text()
    assert "可能还有" in page.inner_text(".live-answer .notes")


def test_rows_have_chinese_headings_and_lead_to_their_quotes(show: Open) -> None:
    page = show("#view=query&name=organisation.unions")
    assert "工会" in page.inner_text(".live-answer > .table thead")
    page.locator(".live-answer > .table .sources").first.click()
    quoted = page.inner_text("#panel blockquote >> nth=0")
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLE.glob("*.txt")) + TWO
    assert "".join(quoted.split()) in "".join(text.split())
    assert "《" in page.inner_text("#panel cite >> nth=0")


def test_a_wrong_value_is_told_beside_the_form(browser: Browser, client: Client) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"http://127.0.0.1:{client.port}/#view=query&name=timeline.by_year&practice_type={quote('集体协')}")
    page.wait_for_selector(".live-problem")
    assert "集体协商" in page.inner_text(".live-problem")
    assert page.input_value("[data-parameter=practice_type] input") == "集体协"
    page.close()


def test_years_are_drawn_and_the_library_breaks_no_policy(show: Open) -> None:
    page = show("#view=query&name=timeline.by_year&practice_type=" + quote("行业工会联合会"))
    page.wait_for_selector(".live-answer .chart[data-drawn]", timeout=60_000)
    assert page.locator(".live-answer .chart svg .bars .point").count() >= 1
    page.locator(".live-answer figure details summary").first.click()
    assert page.locator(".live-answer figure details table").first.is_visible()


def test_regions_are_drawn_with_their_state_in_words(show: Open) -> None:
    page = show("#view=query&name=planning.gaps&practice_type=" + quote("行业工会联合会"))
    tiles = page.locator(".live-tiles [data-code]")
    assert tiles.count() == 34 + 1  # provinces with Hong Kong, Macau and Taiwan, and the corps
    assert "有记载" in page.locator(".live-tiles [data-code='310000']").text_content()  # type: ignore[operator]
    assert "不计入" in page.locator(".live-tiles [data-code='710000']").text_content()  # type: ignore[operator]


def test_an_answer_is_taken_away_as_a_workbook(show: Open, tmp_path: Path) -> None:
    page = show("#view=query&name=organisation.unions")
    with page.expect_download() as download:
        page.locator(".downloads button", has_text="Excel").click()
    download.value.save_as(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    assert "工会" in heads
    assert "原文" in heads


def test_the_statement_can_be_read(show: Open) -> None:
    page = show("#view=query&name=organisation.unions")
    page.locator("summary", has_text="查询语句").click()
    page.wait_for_selector(".live-answer pre")
    assert "MATCH" in page.inner_text(".live-answer pre")


def test_everything_is_said_in_english_too(show: Open) -> None:
    page = show("#view=query&name=planning.gaps")
    page.locator("button.language").click()
    page.wait_for_selector(ANSWERED)
    assert "In which of four states" in page.inner_text("#view h2")
    assert page.locator(".live-answer > .table thead").inner_text().startswith("code")
    page.goto(page.url.partition("#")[0] + "#view=search&text=" + quote("家政"))
    page.wait_for_selector(".live-hits li")
    assert "hits" in page.inner_text(".live-hits .note >> nth=0")


# ---------------------------------------------------------------- accounts that are not in the data


def test_an_account_that_is_not_in_the_data_is_asked_for(browser: Browser, client: Client) -> None:
    page = browser.new_page(locale="zh-CN")

    def without_one(route: Route) -> None:
        told = route.fetch().json()
        told["accounts"][0]["id"] = "case:elsewhere"
        route.fulfill(json=told)

    page.route("**/page/data.json", without_one)
    account = client.get("/page/data.json").json["accounts"][0]
    page.goto(f"http://127.0.0.1:{client.port}/#case={quote(account['id'])}")
    page.wait_for_selector(".live-line mark")
    assert page.inner_text("#view h2") == account["name"]
    page.goto(f"http://127.0.0.1:{client.port}/#case=nonesuch")
    page.wait_for_selector(".live-problem")
    page.close()


# ---------------------------------------------------------------- decisions


def test_nothing_is_decided_without_a_name(show: Open, kg: KnowledgeGraph) -> None:
    before = decisions(kg)
    page = show("#view=review")
    page.locator("#view h2").click()
    page.keyboard.press("a")
    assert page.inner_text("#live-bar") == "请先填写裁定人。"
    assert page.evaluate("document.activeElement.dataset.who") == "by"
    page.keyboard.press("a")  # typed into the box, not a key of the review
    assert page.input_value("[data-who=by]") == "a"
    assert decisions(kg) == before


def test_items_are_decided_one_after_the_other_by_key_and_taken_back(show: Open, kg: KnowledgeGraph) -> None:
    before = len(decisions(kg))
    page = show("#view=review&cause=low_confidence")
    sign(page)
    first = page.inner_text(".live-item h3")
    page.keyboard.press("a")
    assert page.inner_text(".live-item h3") != first  # the next is there at once
    page.keyboard.press("r")
    page.wait_for_function(WRITTEN_ONE.replace("1", "2"))
    made = decisions(kg)[before:]
    assert [(one["decision"], one["by"], one["why"]) for one in made] == [
        ("accept", "测试员", "已核对原文"),
        ("reject", "测试员", "已核对原文"),
    ]
    page = show("#view=review")
    assert page.input_value("[data-who=by]") == "测试员"  # kept as long as the window is open
    for undone in (1, 2):
        with page.expect_response("**/api/review"):
            page.locator(".live-history button").first.click()
        page.wait_for_function(f"() => document.querySelectorAll('.live-history li').length === {before + 2 + undone}")
    assert [one["decision"] for one in decisions(kg)[before + 2 :]] == ["undo", "undo"]


def test_a_value_is_corrected_in_a_form_that_stays_until_it_is_taken(show: Open, kg: KnowledgeGraph) -> None:
    page = show("#view=review&cause=low_confidence&field=outcomes")
    sign(page)
    page.keyboard.press("e")
    page.wait_for_selector(".live-edit")
    page.get_by_label("单位 *").fill("处")
    page.get_by_label("数值 *").fill("四十")
    page.locator(".live-edit .primary").click()
    page.wait_for_selector(".live-problem")
    assert "不是数字" in page.inner_text(".live-problem")
    assert page.get_by_label("单位 *").input_value() == "处"
    page.get_by_label("数值 *").fill("40")
    page.locator(".live-edit .primary").click()
    page.wait_for_function(WRITTEN_ONE)
    made = decisions(kg)[-1]
    assert (made["decision"], made["value"]["value"], made["value"]["unit"]) == ("edit", 40, "处")


def test_what_is_missing_is_added_with_its_words(show: Open, kg: KnowledgeGraph) -> None:
    page = show("#view=review&cause=missing&field=regions")
    sign(page)
    page.keyboard.press("e")
    page.wait_for_selector(".live-edit")
    page.get_by_label("名称 *").fill("示例重工")
    page.get_by_label("代码 *").fill("宝山区")  # there are two
    page.get_by_label("角色 *").select_option(label="发生地")
    page.locator(".live-edit .quote").fill("工会")
    page.locator(".live-edit .primary").click()
    page.wait_for_selector(".live-problem")
    assert "上海市宝山区" in page.inner_text(".live-problem")
    page.get_by_label("代码 *").fill("上海市宝山区")
    page.locator(".live-edit .primary").click()
    page.wait_for_function(WRITTEN_ONE)
    made = decisions(kg)[-1]
    assert (made["decision"], made["value"]["code"]) == ("add", "310113")


def test_pairs_are_judged_with_both_sides_before_one(show: Open, kg: KnowledgeGraph) -> None:
    page = show("#view=review&of=pairs")
    sign(page)
    page.wait_for_selector(".live-sides blockquote")
    names = sorted(one.inner_text().partition("（")[0] for one in page.locator(".live-sides h4").all())
    assert names == ["示例重工工会", "示例重工集团工会"]
    with page.expect_response("**/api/identities"):
        page.keyboard.press("s")
    line = json.loads(kg.workspace.identities.read_text(encoding="utf-8").splitlines()[-1])
    assert (line["decision"], line["by"]) == ("same", "测试员")
    page = show("#view=review&of=pairs&judged=true")
    assert "同一个 · 测试员" in page.inner_text(".live-item")
    page.locator("#view h2").click()
    with page.expect_response("**/api/identities"):
        page.keyboard.press("z")
    line = json.loads(kg.workspace.identities.read_text(encoding="utf-8").splitlines()[-1])
    assert line["decision"] == "undo"


def test_a_fact_of_a_card_is_accepted_and_the_page_takes_in_the_new_graph(show: Open, kg: KnowledgeGraph) -> None:
    case = next(case.record for case in kg.corpus().cases if "自己的工会" in str(case.record.title))
    page = show(f"#case={quote(case.id)}")
    page.locator("#view .live-review").click()
    page.locator("#panel li", has_text="家政服务员").locator(".live-review").first.click()
    page.wait_for_selector("#panel .verdicts")
    page.fill("#panel [data-who=by]", "测试员")
    page.locator("#panel .verdict", has_text="接受").click()
    page.wait_for_selector("#panel .live-history")
    page.wait_for_selector("#live-bar button:visible", timeout=240_000)
    page.locator("#live-bar button").click()
    page.wait_for_selector(".fact .review")
    assert "已采信" in page.inner_text("#view")


def test_a_server_that_only_reads_offers_no_review(browser: Browser, kg: KnowledgeGraph) -> None:
    with served(kg, LIMITS) as (client, _):
        page = browser.new_page(locale="zh-CN")
        page.goto(f"http://127.0.0.1:{client.port}/#view=review")
        page.wait_for_selector("body[data-ready]")
        assert "unionkg serve --edit" in page.inner_text("#view")
        assert "复核" not in page.inner_text("nav")
        page.goto(f"http://127.0.0.1:{client.port}/#case={quote(kg.corpus().cases[0].record.id)}")
        page.wait_for_selector(".fact")
        assert page.locator(".live-review").count() == 0
        page.close()
