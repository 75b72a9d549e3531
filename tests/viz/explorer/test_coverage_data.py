"""The compact cells of the page are the matrix of the analysis, cell by cell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asked_results
from tests.queries.asked_results import BARGAINING, STATION, SUMMER
from unionkg.graph.analysis import coverage
from unionkg.graph.build import Projection
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.coverage_data import LEVELS, coverage_data

STATES = {"record": "有记载", "absent": "台账确认未开展"}


@pytest.fixture(scope="module")
def made() -> Projection:
    return asked_results.projection()


@pytest.fixture(scope="module")
def base(made: Projection) -> Base:
    cases = [node.id for graph in made.documents for node in graph.nodes if node.label == "PracticeCase"]
    return Base(made, {}, cases)


@pytest.fixture(scope="module")
def told(base: Base) -> dict[str, Any]:
    return coverage_data(base)


def region(base: Base, at: int) -> str:
    return list(base.tables["Region"])[at]


def cells(base: Base, told: dict[str, Any], level: str, name: str) -> dict[str, list[Any]]:
    """The cells of a type by the code of their region, as [state, accounts, told, ledger]."""
    at = [kind[0] for kind in told["types"]].index(name)
    return {region(base, cell[0])[7:]: cell[2:] for cell in told["levels"][level]["cells"] if cell[1] == at}


@pytest.mark.parametrize("level", LEVELS)
def test_every_cell_is_that_of_the_matrix(
    made: Projection, base: Base, told: dict[str, Any], level: coverage.Level
) -> None:
    of = coverage.told(made)
    kinds = coverage.columns(of)
    matrix = coverage.matrix(of, level, kinds)
    here = told["levels"][level]
    assert [region(base, at) for at in here["regions"]] == list(matrix.regions)
    material = {region(base, at) for at in here["material"]}
    named = {kind.name: number for number, kind in enumerate(kinds)}
    by_place = {(region(base, cell[0]), told["types"][cell[1]][0]): cell for cell in here["cells"]}
    for one in matrix.regions:
        for name, number in named.items():
            wanted = matrix.cell(one, kinds[number].practice_type)
            cell = by_place.get((one, name))
            silent = "资料未见" if one in material else "无该地资料"
            assert (STATES.get(cell[2], silent) if cell else silent, cell[3] if cell else 0) == (
                wanted.state,
                wanted.accounts,
            )


def test_cells_lead_to_the_words_of_accounts_and_the_rows_of_ledgers(base: Base, told: dict[str, Any]) -> None:
    found = cells(base, told, "province", BARGAINING)
    assert {code: (cell[0], cell[1]) for code, cell in found.items()} == {
        "310000": ("record", 3),
        "320000": ("record", 0),
        "330000": ("record", 2),
        "340000": ("absent", 0),
    }
    accounts = [told["told"][at] for at in found["310000"][2]]
    assert sorted({one[1] for one in accounts}) == ["嘉定谈判", "宝山谈判", "闸北谈判"]
    quotes = list(base.found)
    assert {quotes[at][4] for one in accounts for at in one[4]} == {f"开展{BARGAINING}"}
    (entry,) = (told["ledger"][at] for at in found["340000"][3])
    assert entry[1:] == ["未开展", "2022", None, None, None, "甲台账", "表1第8行", "安徽省|未开展|2022"]
    assert {tuple(told["ledger"][at][1:3]) for at in found["320000"][3]} == {("开展", "2020"), ("未开展", "2020")}


def test_the_columns_of_a_field_are_those_of_the_question(base: Base, told: dict[str, Any]) -> None:
    fields = {
        str(base.nodes["Theme", theme].properties["name"]): [
            (told["types"][column][0], number) for column, number, _ in told["fields"][at]
        ]
        for at, theme in enumerate(base.tables["Theme"])
    }
    assert fields["新就业形态劳动者"] == [(STATION, 1), (SUMMER, 1)]
    # What the vocabulary files in a field has a column, whether any account applies it or not.
    assert (BARGAINING, 0) in fields["构建和谐劳动关系"]


def test_accounts_keep_their_fields_so_that_the_page_tells_them_apart(base: Base, told: dict[str, Any]) -> None:
    themes = [str(base.nodes["Theme", one].properties["name"]) for one in base.tables["Theme"]]
    by_name = {one[1]: [themes[at] for at in one[3]] for one in told["told"]}
    assert by_name["普陀集市"] == ["新就业形态劳动者"]
    assert by_name["宝山谈判"] == ["基层工会建设"]


def test_regions_that_are_not_counted_are_shown_apart(base: Base, told: dict[str, Any]) -> None:
    assert [region(base, at) for at in told["uncounted"]] == ["region:710000", "region:810000", "region:820000"]
    assert not set(told["uncounted"]) & set(told["levels"]["province"]["regions"])
    assert len(told["levels"]["province"]["regions"]) == 32
