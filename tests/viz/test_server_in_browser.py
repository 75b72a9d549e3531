"""The API's page in a real browser that reaches nothing but this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import unionkg
from tests.browser import Page, chromium  # noqa: F401  a fixture
from tests.served import served
from unionkg.graph.stores.guarded import Limits

pytestmark = pytest.mark.browser

_DRAWN = """new Promise((done) => {
  const look = () => document.querySelectorAll(".opblock-summary").length > 20 ? done(true) : setTimeout(look, 100);
  look();
})"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(unionkg.open(tmp_path), Limits()) as (client, _):
        yield f"http://127.0.0.1:{client.port}"


@pytest.fixture
def page(chromium: Page) -> Iterator[Page]:  # noqa: F811
    """The browser without its emulated lack of any network: its own rules leave it no host but this machine."""
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chromium.call("Network.emulateNetworkConditions", offline=False, **network)
    chromium.requests.clear()
    chromium.complaints.clear()
    yield chromium
    chromium.call("Page.navigate", url="about:blank")
    chromium.call("Network.emulateNetworkConditions", offline=True, **network)


def test_the_documentation_is_drawn_from_this_server_alone(page: Page, address: str) -> None:
    page.call("Page.navigate", url=f"{address}/docs")
    assert page.run(_DRAWN) is True
    text = page.text("#docs")
    assert "只读接口" in text
    assert "/api/queries/timeline.earliest_records/rows" in text.replace("\u200b", "")
    assert all(asked.startswith((address, "data:")) for asked in page.requests), page.requests
    assert page.complaints == []


def test_who_opens_the_address_with_the_token_is_let_in(page: Page, tmp_path: Path) -> None:
    token = "a-token&of=the/tests+0123456789"
    with served(unionkg.open(tmp_path), Limits(), token=token) as (client, _):
        address = f"http://127.0.0.1:{client.port}"
        page.call("Page.navigate", url=f"{address}/docs?token={quote(token, safe='')}")
        assert page.run(_DRAWN) is True
        assert page.run("location.href") == f"{address}/docs"
        assert page.run("document.cookie") == ""  # no script reads it
        assert page.run("fetch('/api/queries').then((answer) => answer.status)") == 200
