"""What the map is told: the dates of `unionkg diffusion`, the states of the coverage matrix, and no geometry unasked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.queries import asked_results
from tests.queries.asked_results import BARGAINING, SUMMER
from unionkg.graph.analysis import coverage
from unionkg.graph.analysis.adoptions import spreads
from unionkg.graph.build import Projection
from unionkg.ontology.regions import table
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.map_data import map_data, tiles


@pytest.fixture(scope="module")
def projection() -> Projection:
    return asked_results.projection()


@pytest.fixture(scope="module")
def base(projection: Projection) -> Base:
    cases = [n.id for graph in projection.documents for n in graph.nodes if n.label == "PracticeCase"]
    return Base(projection, {}, cases[:-1])  # one account is not on the page


@pytest.fixture(scope="module")
def made(base: Base) -> dict[str, Any]:
    return map_data(base, None, "internal")


def rows(base: Base, made: dict[str, Any], layer: str, name: str) -> dict[str, list[Any]]:
    """The rows of a practice type by the code of the region."""
    kind = next(n.id for n in base.nodes.values() if n.label == "PracticeType" and n.properties["name"] == name)
    some = made["layers"][layer]["types"].get(str(base.position("PracticeType", kind)), [])
    return {code(base, row[0]): row for row in some}


def code(base: Base, at: int) -> str:
    region = list(base.tables["Region"])[at]
    return str(base.nodes["Region", region].properties["code"])


def codes(base: Base, positions: list[int]) -> set[str]:
    return {code(base, at) for at in positions}


def test_the_base_is_31_provinces_and_the_corps(base: Base, made: dict[str, Any]) -> None:
    counted = codes(base, made["layers"]["province"]["regions"])
    assert counted == set(table().counting_units())
    assert len(counted) == 32


def test_prefectures_stand_with_municipalities_and_counties_under_a_province(base: Base, made: dict[str, Any]) -> None:
    counted = codes(base, made["layers"]["prefecture"]["regions"])
    assert {"330500", "310000", "469001", "659001"} <= counted
    assert not counted & {"330000", "710000", "810000", "820000", "310113", "xpcc", "659013"}


@pytest.mark.parametrize(("layer", "level"), [("province", "province"), ("prefecture", "prefecture")])
def test_dates_are_those_of_diffusion(
    base: Base, made: dict[str, Any], projection: Projection, layer: str, level: Any
) -> None:
    seen = 0
    for spread in spreads(projection, level):
        shown = rows(base, made, layer, spread.name)
        for one in spread.adoptions:
            row = shown[one.unit.removeprefix("region:")]
            assert row[1:4] == [one.not_before, one.not_after, one.dated_by]
            seen += 1
    assert seen > 3


def test_shanghai_stands_on_both_layers_alike(base: Base, made: dict[str, Any]) -> None:
    province, prefecture = (rows(base, made, layer, BARGAINING)["310000"] for layer in ("province", "prefecture"))
    assert province == prefecture
    assert province[1][:4] == "2012"


def test_states_are_those_of_the_coverage_matrix(base: Base, made: dict[str, Any], projection: Projection) -> None:
    of = coverage.told(projection)
    matrix = coverage.matrix(of, "province", coverage.columns(of))
    material = codes(base, made["layers"]["province"]["material"])
    assert material == {one.removeprefix("region:") for one in matrix.material}
    for column in matrix.columns:
        shown = rows(base, made, "province", column.name)
        for region in matrix.regions:
            cell = matrix.cell(region, column.practice_type)
            row = shown.get(region.removeprefix("region:"))
            said = {entry[0] for entry in row[7]} if row else set()
            on_record = bool(row and (row[4] or row[6])) or "开展" in said
            assert (cell.state == coverage.ON_RECORD) == on_record
            assert (cell.state == coverage.ABSENT) == (not on_record and "未开展" in said)


def test_a_row_leads_to_accounts_quotes_and_ledgers(base: Base, made: dict[str, Any]) -> None:
    row = rows(base, made, "province", BARGAINING)["310000"]
    assert len(row[4]) + row[6] >= 3
    assert row[5]
    assert all(at < len(base.found) for at in row[5])
    entries = [entry for one in rows(base, made, "province", BARGAINING).values() for entry in one[7]]
    assert {status for status, *_ in entries} >= {"未开展"}
    assert all(title for _, _, title, _ in entries)


def test_accounts_that_the_page_does_not_hold_are_counted(projection: Projection) -> None:
    nothing = Base(projection, {}, [])
    made = map_data(nothing, None, "internal")
    row = rows(nothing, made, "province", BARGAINING)["310000"]
    assert row[4] == []
    assert row[6] >= 3
    assert row[5], "its quotes are there all the same"


def test_what_only_a_ledger_has_is_known_by_its_date(base: Base, made: dict[str, Any]) -> None:
    found = [
        row
        for some in made["layers"]["prefecture"]["types"].values()
        for row in some
        if not row[4] and not row[6] and any(entry[0] == "开展" and entry[1] for entry in row[7])
    ]
    assert found
    assert all(row[1] is None and row[3] == "ledger" and row[2] for row in found)


def test_routine_types_have_places_and_no_order(base: Base, made: dict[str, Any]) -> None:
    found = rows(base, made, "province", SUMMER)
    assert found
    assert all(row[1:4] == [None, None, None] for row in found.values())


def test_all_types_together_begin_with_the_earliest(base: Base, made: dict[str, Any]) -> None:
    every = {code(base, row[0]): row[1:] for row in made["layers"]["province"]["all"]}
    assert every["310000"][1][:4] == "2012"
    routine = {
        str(at)
        for at, node in enumerate(base.tables["PracticeType"])
        if base.nodes["PracticeType", node].properties["routine"]
    }
    types = made["layers"]["province"]["types"]
    others = {code(base, row[0]) for kind, some in types.items() if kind not in routine for row in some}
    assert set(every) <= others
    assert routine & set(types), "there are routine ones to leave out"


@pytest.mark.parametrize(
    ("audience", "approval", "shown"),
    [("internal", None, True), ("public", None, False), ("public", "", False), ("public", "GS(0000)0000号", True)],
)
def test_a_public_page_without_approval_holds_no_geometry(
    projection: Projection, audience: Any, approval: str | None, shown: bool
) -> None:
    found = map_data(Base(projection, {}, []), approval, audience)
    assert (found["geometry"] is not None) == shown
    assert ("arcs" in json.dumps(found)) == shown
    assert ("prefecture" in found["layers"]) == shown
    assert found["about"]["approval"] == approval
    assert found["about"]["layer_approval"] != approval


def test_the_default_is_what_may_be_shown_to_anybody(projection: Projection) -> None:
    assert map_data(Base(projection, {}, []), None)["geometry"] is None


def test_geometry_refers_to_regions_by_position(base: Base, made: dict[str, Any]) -> None:
    drawn = [row[0] for row in made["geometry"]["province"]["regions"]]
    assert len(drawn) == 34
    assert codes(base, drawn) >= {"710000", "810000", "820000"}
    assert [row[0] for row in made["geometry"]["prefecture"]["regions"]].count(None) == 3, "areas that are no divisions"


def test_tiles_have_regions_of_the_graph(base: Base) -> None:
    assert len(tiles()) == 35
    assert all(("Region", region) in base.nodes for region, _, _ in tiles())
