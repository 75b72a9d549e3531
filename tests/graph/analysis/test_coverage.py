"""Coverage from a projection is what the question planning.coverage_matrix answers, and what pencil and paper give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.queries import asked_results, varied
from tests.queries.asked_results import BARGAINING, GRID
from unionkg.graph.analysis import coverage
from unionkg.graph.build import Projection, update
from unionkg.graph.stores import parse_target, reading
from unionkg.graph.stores.protocol import Relationship, Store
from unionkg.queries import library, parameters

ANHUI, JIANGSU, SHANGHAI, ZHEJIANG, CORPS = (
    f"region:{code}" for code in ("340000", "320000", "310000", "330000", "xpcc")
)
ON_RECORD, ABSENT, NOT_SEEN, NO_MATERIAL = coverage.STATES


@pytest.fixture(scope="module")
def made() -> Projection:
    return asked_results.projection()


@pytest.fixture(scope="module")
def told(made: Projection) -> coverage.Told:
    return coverage.told(made)


@pytest.fixture(scope="module", params=["results", "varied"])
def stored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Projection, Store]]:
    """A collection made by hand, with its ledgers, as a projection and in the embedded store."""
    projected = asked_results.projection() if request.param == "results" else varied.projection()
    target, folder = parse_target("embedded"), tmp_path_factory.mktemp("graph")
    update(target, folder, "workspace-c", projected)
    with reading(target, folder) as store:
        yield projected, store


def rows(of: coverage.Told, made: coverage.Matrix) -> list[tuple[Any, ...]]:
    """The cells as the question ``planning.coverage_matrix`` tells them, without their evidence."""
    found: list[tuple[Any, ...]] = []
    for region in made.regions:
        code, name = (of.found.nodes["Region", region].properties[key] for key in ("code", "full_name"))
        for column in sorted(made.columns, key=lambda one: (one.name, one.practice_type)):
            cell = made.cell(region, column.practice_type)
            found.append((code, name, column.name, column.in_field, cell.state, cell.accounts, ledger_says(cell)))
    return found


def ledger_says(cell: coverage.Cell) -> list[str]:
    said = [one.properties for one in cell.entries if "status" in one.properties]
    return sorted({f"{one.get('date', '日期不明')} {one['status']}" for one in said})


def columns(of: coverage.Told, *names: str) -> list[coverage.Column]:
    found = {one.name: one for one in coverage.columns(of)}
    return [found[name] for name in names]


def states(of: coverage.Told, level: coverage.Level, name: str, **more: Any) -> dict[str, str]:
    """The state of every region that is not without material, by its code."""
    made = coverage.matrix(of, level, columns(of, name), **more)
    return {row[0]: row[4] for row in rows(of, made) if row[4] != NO_MATERIAL}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"theme": "基层工会建设"},
        {"theme": "新就业形态劳动者"},
        {"theme": "工会服务职工", "level": "prefecture"},
        {"level": "prefecture", "types": 3},
        {"level": "prefecture", "region": ZHEJIANG},
        {"level": "county", "region": SHANGHAI, "theme": "基层工会建设"},
        {"region": CORPS},
    ],
    ids=str,
)
def test_the_rows_are_those_of_the_question(stored: tuple[Projection, Store], given: dict[str, Any]) -> None:
    projected, store = stored
    query = library.find("planning.coverage_matrix")
    bound = parameters.bind(query, given, store=store)
    of = coverage.told(projected)
    theme = next(
        key[1]
        for key, node in of.found.nodes.items()
        if key[0] == "Theme" and node.properties["name"] == bound["theme"]
    )
    kinds = coverage.columns(of, theme, bound["types"])
    made = coverage.matrix(of, bound["level"], kinds, region=bound["region"])
    answered = store.ask(query.statement, bound).rows
    assert rows(of, made) == [tuple(row[:-1]) for row in answered]
    assert answered or given.get("region") == CORPS
    by_name = {kind.name: kind.practice_type for kind in kinds}
    regions = {str(of.found.nodes["Region", one].properties["code"]): one for one in made.regions}
    for code, _, name, *_, evidence in answered:
        cell = made.cell(regions[code], by_name[name])
        assert {one["id"] for one in evidence} <= {tie.id for tie in (*cell.applied, *cell.entries)}
        assert len(evidence) == min(20, len(cell.applied) + len(cell.entries))


def test_the_four_states_as_pencil_and_paper_give_them(told: coverage.Told) -> None:
    # 江苏 says 未开展 of itself and has a city that a ledger says 开展 of; 安徽 has nothing against its 未开展.
    assert states(told, "province", BARGAINING) == {
        "310000": ON_RECORD,
        "320000": ON_RECORD,
        "330000": ON_RECORD,
        "340000": ABSENT,
    }
    assert states(told, "province", GRID) == {"310000": ON_RECORD, "330000": ON_RECORD}


def test_what_a_ledger_says_of_a_city_is_no_gap_of_its_province(told: coverage.Told) -> None:
    # 绍兴 is said 未开展 in 2021 and 开展 in 2023; 湖州 (未开展 in 2017) has an account.
    found = states(told, "prefecture", BARGAINING)
    assert found == {
        "320500": ON_RECORD,
        "330100": ON_RECORD,
        "330200": ON_RECORD,
        "330500": ON_RECORD,
        "330600": ON_RECORD,
    }
    assert states(told, "prefecture", GRID) == {"330200": NOT_SEEN, "330500": ON_RECORD}


def test_a_merged_district_counts_where_it_went(told: coverage.Told) -> None:
    made = coverage.matrix(told, "county", columns(told, BARGAINING), region=SHANGHAI)
    cell = made.cell("region:310106", made.columns[0].practice_type)
    assert (cell.state, cell.accounts, cell.entries) == (ON_RECORD, 1, ())
    assert [tie.properties["quotes"] for tie in cell.applied] == [[f"开展{BARGAINING}"]]
    assert len(made.regions) == 16


def test_two_printings_of_an_account_are_one(told: coverage.Told) -> None:
    made = coverage.matrix(told, "county", columns(told, BARGAINING), region=SHANGHAI)
    cell = made.cell("region:310113", made.columns[0].practice_type)
    assert (cell.accounts, len(cell.applied)) == (1, 2)
    assert ledger_says(cell) == ["日期不明 未开展"]


def test_the_base_is_the_31_provinces_and_the_corps_in_order_of_codes(told: coverage.Told) -> None:
    made = coverage.matrix(told, "province", columns(told, BARGAINING))
    assert len(made.regions) == 32
    assert CORPS in made.regions
    codes = [row[0] for row in rows(told, made)]
    assert codes == sorted(codes)
    assert not {"710000", "810000", "820000"} & set(codes)


def test_an_entry_that_says_neither_is_no_gap(made: Projection) -> None:
    """A ledger may give a number and not say whether the region has the practice: nothing is confirmed by that."""
    nodes, ties = made.structure
    kind = next(tie.end for tie in ties if tie.type == "COVERAGE")
    entry = Relationship(
        "COVERAGE", "coverage:number", ("Region", "region:350000"), kind, {"amount": 3.0, "source": "丙台账"}
    )
    of = coverage.told(replace(made, structure=(nodes, [*ties, entry])))
    found = coverage.matrix(of, "province", columns(of, BARGAINING)).cell("region:350000", kind[1])
    assert (found.state, ledger_says(found), len(found.entries)) == (NO_MATERIAL, [], 1)


def test_types_that_only_a_ledger_names_have_a_column(made: Projection) -> None:
    nodes, ties = made.structure
    other = next(node for node in nodes if node.label == "PracticeType" and node.properties["name"] == "疗休养")
    entry = Relationship(
        "COVERAGE",
        "coverage:other",
        ("Region", ANHUI),
        ("PracticeType", other.id),
        {"status": "未开展", "date": "2022"},
    )
    of = coverage.told(replace(made, structure=(nodes, [*ties, entry])))
    assert [(one.name, one.in_field) for one in coverage.columns(of) if one.listed] == [("疗休养", 0), (BARGAINING, 5)]
    assert states(of, "province", "疗休养")["340000"] == ABSENT
    assert states(of, "province", "疗休养")["310000"] == NOT_SEEN


@pytest.mark.documents
@pytest.mark.slow
def test_the_documents_give_the_same_rows_as_the_question(shared: Path, tmp_path: Path) -> None:
    from unionkg import open as opened
    from unionkg.loading import load_files

    assert shared
    kg = opened(tmp_path)
    load_files(kg.workspace, sorted((shared / "documents").glob("*.txt")))
    projected = kg.projection()
    target, folder = parse_target("embedded"), tmp_path / "c"
    update(target, folder, "workspace-c", projected)
    of = coverage.told(projected)
    query = library.find("planning.coverage_matrix")
    with reading(target, folder) as store:
        for name in ("构建和谐劳动关系", "基层工会建设"):
            bound = parameters.bind(query, {"theme": name, "level": "county", "region": SHANGHAI}, store=store)
            theme = next(
                key[1] for key, n in of.found.nodes.items() if key[0] == "Theme" and n.properties["name"] == name
            )
            made = coverage.matrix(of, "county", coverage.columns(of, theme, bound["types"]), region=SHANGHAI)
            assert rows(of, made) == [tuple(row[:-1]) for row in store.ask(query.statement, bound).rows]
