"""Documents that try to run in the reader's browser: from a file and from the server their words stay words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.served import served
from tests.viz.explorer.hostile import HARM, UNION, WORDS, hostile_workspace
from unionkg.graph.stores.guarded import Limits
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.picturing import page_data, write_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="no file can be called so there"),
]

TABS = ("overview", "practice", "timeline", "network", "map", "coverage")
LIVE = (
    "view=search&text=alert",
    "view=search&text=" + quote("驿站"),
    "view=query&name=provenance.documents",
    "view=query&name=organisation.unions",
    "view=query&name=peers.learned_from",
    "view=query&name=results.outcomes&practice_type=" + quote("工会驿站/户外劳动者服务站"),
    "view=review",
    "view=review&of=pairs&judged=true",
    "case=" + quote("<img src=x onerror=alert(12)>"),
    "practice=" + quote("</script><script>alert(13)</script>"),
    "view=" + quote("<svg onload=alert(14)>"),
)


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    kg = hostile_workspace(tmp_path_factory.mktemp("hostile"))
    kg.build()
    return kg


@pytest.fixture(scope="module")
def data(kg: KnowledgeGraph) -> dict[str, Any]:
    return page_data(kg)


def addresses(data: dict[str, Any]) -> list[str]:
    """Every view, and the page of everything that the document speaks of."""
    things = [f"case={quote(one['id'])}" for one in data["accounts"]]
    things += [f"union={quote(one['id'])}" for one in data["unions"]]
    things += [f"practice={quote(one['name'])}" for one in data["types"]]
    return [*(f"view={name}" for name in TABS), *things, "region=310109"]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def look(page: Page, scripts: int) -> None:
    """Nothing of the document has become markup, and opening every quote changes nothing of that."""
    page.wait_for_timeout(150)
    for button in page.locator("#view .sources:visible").all()[:3]:
        button.click()
        page.wait_for_timeout(30)
    assert page.evaluate(HARM) == 0
    assert page.evaluate("document.scripts.length") <= scripts


def test_the_words_are_in_the_data(data: dict[str, Any]) -> None:
    found = set(strings(data))
    for words in WORDS:
        assert any(words in one for one in found), words


def test_in_a_file_they_stay_words(kg: KnowledgeGraph, data: dict[str, Any], page: Page, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_page(kg, "explorer", path)
    # The data, our script, the library's text, and what it becomes when a chart is drawn.
    for address in addresses(data):
        page.goto(f"{path.as_uri()}#{address}")
        page.wait_for_selector("body[data-ready]")
        look(page, 4)
    union = next(one for one in data["unions"] if one["name"] == UNION)
    page.goto(f"{path.as_uri()}#union={quote(union['id'])}")
    assert UNION in page.inner_text("#view")


@pytest.fixture(scope="module")
def served_page(kg: KnowledgeGraph, browser: Browser) -> Iterator[tuple[Page, str, list[str]]]:
    """A page of the server, with everything that it should not have done."""
    with served(kg, Limits(waiting_seconds=60), edit=True) as (client, _):
        base = f"http://127.0.0.1:{client.port}/"
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        opened = context.new_page()
        done: list[str] = []
        opened.on("dialog", lambda dialog: (done.append(f"dialog: {dialog.message}"), dialog.dismiss())[0])
        opened.on("pageerror", lambda error: done.append(f"error: {error}"))
        opened.on(
            "request", lambda asked: None if asked.url.startswith((base, "data:", "blob:")) else done.append(asked.url)
        )
        opened.on("console", lambda said: done.append(said.text) if "Content Security Policy" in said.text else None)
        yield opened, base, done
        context.close()


def test_from_the_server_they_stay_words(data: dict[str, Any], served_page: tuple[Page, str, list[str]]) -> None:
    page, base, done = served_page
    for address in [*addresses(data), *LIVE]:
        page.goto(f"{base}#{address}")
        page.wait_for_selector("body[data-ready]")
        page.wait_for_function("() => !document.querySelector('.live-waiting')")
        look(page, 2)
    assert done == []


def test_hits_and_facts_show_the_words_as_they_are(
    data: dict[str, Any], served_page: tuple[Page, str, list[str]]
) -> None:
    page, base, done = served_page
    page.goto(f"{base}#view=search&text=alert")
    page.wait_for_selector(".live-hits li")
    shown = page.inner_text(".live-hits")
    assert "建驿站<script>alert(2)</script>送清凉" in shown
    assert UNION in shown
    marked = page.locator(".live-hits mark").first.inner_text()
    assert marked == "alert"
    account = next(one for one in data["accounts"] if "请进" in one["name"])
    page.goto(f"{base}#case={quote(account['id'])}")
    page.wait_for_selector(".live-review")
    page.locator("#view .live-review").click()
    page.locator("#panel li", has_text=UNION).locator(".live-review").first.click()
    page.wait_for_selector("#panel .live-history")
    assert "<script>alert(11)</script>" in page.inner_text("#panel .live-history")
    assert page.evaluate(HARM) == 0
    assert done == []


def test_what_the_server_sends_is_never_taken_for_a_page(kg: KnowledgeGraph) -> None:
    with served(kg, Limits(waiting_seconds=60), edit=True) as (client, _):
        account = kg.corpus().cases[0].record.id
        for path, query in (
            (f"/api/accounts/{account}", None),
            ("/api/search", {"text": "alert"}),
            ("/api/queries/organisation.unions/rows", {"format": "page"}),
            ("/api/review/queue", None),
            ("/page/data.json", None),
        ):
            answer = client.get(path, query)
            assert answer.status == 200
            assert "alert(" in json.dumps(answer.json)
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "script-src" not in answer.headers["content-security-policy"]  # default-src 'none' stands
        for form in ("csv", "md", "xlsx"):
            answer = client.get("/api/queries/organisation.unions/rows", {"format": form})
            assert answer.headers["content-disposition"].startswith("attachment")
