"""A page is written and read whatever a record holds: periods of no calendar, ends without a name of their own, nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.queries.asked import account
from tests.viz.explorer.conftest import OpenView
from tests.viz.explorer.spreading import BAOSHAN, BARGAINING, JIADING, STATION, projected, spread
from unionkg.graph.build import Projection
from unionkg.viz.explorer.data import VIEWS, Setting, ViewName, explorer_data
from unionkg.viz.explorer.page import page_html

BACKWARDS = "2017/2015"
NO_DAY = "2017-02-30"


def untidy() -> Projection:
    """Accounts whose dates are of no calendar, whose ends are nobody's, and that lack title, union, place or type."""
    ties = tuple(
        spread(kind, other, period=period, **more)
        for kind, other, period, more in (
            ("learned_from", "某地的老办法", BACKWARDS, {}),
            ("piloted_by", "上海市总工会", "近年", {}),
            ("scaled_to", "各试点单位", NO_DAY, {"collective": True}),
            ("promoted_by", "有关部门", "1987", {}),
            ("scaled_to", "全区", "2031", {"intended": True}),
            ("replicated_in", "宝山谈判", "", {}),
            ("recognised_by", "某刊物", BACKWARDS, {"form": "不在词表里的形式"}),
        )
    )
    full = account("doc:a", 1, "宝山谈判", BAOSHAN, "310113", ((BARGAINING, "main"),), "2012", diffusion=ties)
    part = account("doc:a", 11, "嘉定驿站", JIADING, "310114", ((STATION, "part"),), "2016", diffusion=ties[:1])
    bare = replace(
        account("doc:b", 1, "无主之事", BAOSHAN, "310113", (), "2016"),
        title=None, started=None, unions=(), regions=(), practices=(), concepts=(),
    )  # fmt: skip
    dates = (("doc:a", "2018-06", None, [full, part]), ("doc:b", None, None, [bare]))
    made = projected(*dates)
    return replace(made, documents=[_damaged(graph) for graph in made.documents])


def _damaged(graph: Any) -> Any:
    """What no check lets in today may lie in records of before: a start that no calendar has."""
    nodes = tuple(
        replace(node, properties={**node.properties, "started": NO_DAY})
        if node.label == "PracticeCase" and node.properties.get("started") == "2016"
        else node
        for node in graph.nodes
    )
    return replace(graph, nodes=nodes)


@pytest.mark.parametrize("view", list(VIEWS))
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_page_is_written(view: ViewName, audience: Any) -> None:
    data = explorer_data(untidy(), {}, Setting(view=view, audience=audience))
    assert data["about"]["accounts"] == 3
    assert page_html(data)


def test_a_period_of_no_calendar_dates_nothing() -> None:
    lanes = explorer_data(untidy(), {}, Setting(view="timeline"))["lanes"]
    told = {tie[5]: tie for tie in lanes["ties"]}
    assert {BACKWARDS, NO_DAY, "近年", "1987", "2031"} <= set(told)
    here = lanes["dots"][told[BACKWARDS][0]][3]
    assert [told[period][8] for period in (NO_DAY, "近年")] == [here, here]
    assert (lanes["first"], lanes["last"]) == (1987, 2031)
    assert told["1987"][8] < here < told["2031"][8] < lanes["undated"]


def test_a_start_of_no_calendar_leaves_the_date_of_printing() -> None:
    data = explorer_data(untidy(), {}, Setting(view="timeline"))
    dots = [dot for dot in data["lanes"]["dots"] if data["accounts"][dot[0]]["name"] == "嘉定驿站"]
    assert [dot[5:8] for dot in dots] == [[None, "2018-06-30", "publication"]]


@pytest.mark.browser
def test_every_view_is_drawn(page: Page, write_projection: Callable[..., Path], open_view: OpenView) -> None:
    path = write_projection(untidy())
    for fragment in (
        "#view=overview", "#view=practice", f"#practice={BARGAINING}", f"#practice={STATION}", "#view=timeline",
        f"#view=timeline&practice={BARGAINING}", "#view=network", "#view=map", "#view=coverage", "#region=310113",
    ):  # fmt: skip
        open_view(page, path, fragment)
        expect(page.locator("#view h2").first).to_be_visible()
        assert "undefined" not in page.locator("body").inner_text()
        assert "NaN" not in page.locator("body").inner_text()
    for at in range(3):
        case = page.evaluate("at => JSON.parse(document.getElementById('data').textContent).accounts[at].id", at)
        open_view(page, path, f"#case={case}")
        expect(page.locator("#view h2")).to_be_visible()
