"""A real Chromium with the network off, in which pages are opened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from availability import unavailable
from playwright.sync_api import Browser, Page, Route, sync_playwright

from unionkg.files import write_text
from unionkg.graph.build import Projection
from unionkg.graph.corpus import text_of
from unionkg.knowledge_graph import KnowledgeGraph, open_graph
from unionkg.viz.explorer.data import Setting, explorer_data
from unionkg.viz.explorer.page import page_html

REPOSITORY = Path(__file__).resolve().parent.parent.parent.parent

OpenView = Callable[[Page, Path, str], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright's own download does not work everywhere."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        unavailable("there is no Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of 1366 x 768; the test fails for any request that leaves the file, and for any complaint."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    complaints: list[str] = []

    def only_this_file(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            complaints.append(f"request: {route.request.url}")
            route.abort()

    context.route("**/*", only_this_file)
    opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    opened.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The bundled example, loaded; its graph is not built."""
    folder = tmp_path_factory.mktemp("example")
    kg = open_graph(folder)
    from unionkg.loading import files_of, load_files

    load_files(kg.workspace, files_of([REPOSITORY / "src" / "unionkg" / "example"]))
    return kg


@pytest.fixture(scope="session")
def example_page(example: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bundled example, as a file with a Chinese name and a blank in it."""
    path = tmp_path_factory.mktemp("page") / "工会 图谱.html"
    texts = {graph.document: text_of(example.workspace, graph.document) for graph in example.projection().documents}
    write_text(path, page_html(explorer_data(example.projection(), texts, Setting())))
    return path


@pytest.fixture(scope="session")
def write_projection(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the page of any projection; returns its path."""

    def write(projection: Projection, setting: Setting | None = None, **texts: str) -> Path:
        path = tmp_path_factory.mktemp("page") / "page.html"
        write_text(path, page_html(explorer_data(projection, texts, setting or Setting())))
        return path

    return write


@pytest.fixture
def open_view() -> OpenView:
    """Open a page at an address behind ``#`` and wait until it is drawn."""

    def opened(page: Page, path: Path, fragment: str = "") -> None:
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("body[data-ready]")

    return opened
