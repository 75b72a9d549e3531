"""What the page tells of practice types agrees with the commands and the analysis behind them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asked, asked_results, varied
from tests.queries.asked import BARGAINING, GRID
from unionkg.graph.analysis import cascades, curve_rows, modes
from unionkg.graph.analysis.adoptions import UNITS, Unit
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import DocumentRecord
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.practice_data import practice_data

COOLNESS = "送清凉"


def based(projection: Projection, kept: bool = True) -> Base:
    cases = [node.id for graph in projection.documents for node in graph.nodes if node.label == "PracticeCase"]
    return Base(projection, {}, cases if kept else [])


@pytest.fixture(scope="module")
def made() -> Projection:
    return asked.projection()


@pytest.fixture(scope="module")
def base(made: Projection) -> Base:
    return based(made)


@pytest.fixture(scope="module")
def told(base: Base) -> dict[str, Any]:
    return practice_data(base)


def of(base: Base, told: dict[str, Any], name: str) -> dict[str, Any]:
    at = next(
        number
        for number, identifier in enumerate(base.tables["PracticeType"])
        if base.nodes["PracticeType", identifier].properties["name"] == name
    )
    row: dict[str, Any] = told["types"][at]
    return row


def name_of(base: Base, label: str, at: int) -> str:
    return str(base.nodes[label, list(base.tables[label])[at]].properties["name"])


def words_of(base: Base, positions: list[int]) -> list[str]:
    return [list(base.found)[at][4] for at in positions]


def test_adopters_stand_by_earliest_record_with_their_basis_and_words(base: Base, told: dict[str, Any]) -> None:
    row = of(base, told, BARGAINING)
    rows = row["adopters"]["union"]
    assert [(name_of(base, "TradeUnion", row[0]), *row[1:5]) for row in rows] == [
        ("宝山区总工会", "2015-01-01", "2015-12-31", "stated_start", "exact"),
        ("宁波市总工会", "2010-01-01", "2016-12-31", "stated_start", "interval"),
        ("湖州市总工会", "2017-07-01", "2017-07-31", "stated_start", "exact"),
        ("长兴县总工会", None, "2019-05-31", "publication", "left"),
        ("示例钢铁公司工会", None, None, None, "undated"),
    ]
    assert words_of(base, row["cases"][rows[0][5][0]][4]) == [f"开展{BARGAINING}", "2015起"]
    assert words_of(base, row["cases"][rows[3][5][0]][4]) == [f"开展{BARGAINING}"]
    assert all(one[6] is None for one in rows)


@pytest.mark.parametrize("unit", UNITS)
def test_adopters_are_those_of_diffusion_cascades(
    made: Projection, base: Base, told: dict[str, Any], unit: Unit
) -> None:
    label = "TradeUnion" if unit == "union" else "Region"
    spreads = cascades.cascades(made, unit)
    assert {spread.name for spread in spreads} >= {BARGAINING}
    behind = cascades.evidence(made)
    for spread in spreads:
        row = of(base, told, spread.name)
        rows = row["adopters"][unit]
        for one, shown in zip(spread.adoptions, rows, strict=True):
            words = [word for at in shown[5] for word in words_of(base, row["cases"][at][4])]
            assert set(words) == {word for said in behind(one) for word in said["quotes"]}
        assert [(list(base.tables[label])[row[0]], *row[1:5]) for row in rows] == [
            (one.unit, one.not_before, one.not_after, one.dated_by, one.censoring) for one in spread.adoptions
        ]


@pytest.mark.parametrize(
    ("unit", "level"),
    [("union", None), ("union", "county"), ("union", "prefecture"), ("county", None), ("province", None)],
)
@pytest.mark.parametrize("collection", ["asked", "varied"])
def test_curves_are_those_of_diffusion_curves(collection: str, unit: Unit, level: str | None) -> None:
    projection = asked.projection() if collection == "asked" else varied.projection()
    here = based(projection)
    page = practice_data(here)
    setting = curve_rows.setting(projection, unit, level=level)
    wanted: dict[str, list[list[int]]] = {}
    for name, *row in curve_rows.curves(setting):
        wanted.setdefault(name, []).append(row[:6])
    assert wanted
    for name, rows in wanted.items():
        found = [one for one in of(here, page, name)["curves"] if one[:2] == [unit, level]]
        assert [(one[2], one[3]) for one in found] == [(len(setting.units), rows)]


def test_a_curve_by_hand(base: Base, told: dict[str, Any]) -> None:
    # 宝山 2015; 宁波 between 2010 and 2016; 湖州 July 2017; 长兴 known by May 2019; the company without any date.
    curve = next(one for one in of(base, told, BARGAINING)["curves"] if one[:2] == ["union", None])
    assert [row for row in curve[3] if row[0] in {2010, 2015, 2016, 2019}] == [
        [2010, 0, 3, 0, 0, 3],
        [2015, 1, 4, 1, 1, 4],
        [2016, 0, 3, 1, 2, 4],
        [2019, 0, 2, 1, 4, 5],
    ]


def test_too_few_stated_years_carry_no_fit(base: Base, told: dict[str, Any]) -> None:
    row = of(base, told, BARGAINING)
    assert (row["dated"], row["fits"], row["lacking"]) == ([5, 2, 2], [], [])


GROWN = {2010: 1, 2011: 1, 2012: 3, 2013: 6, 2014: 8, 2015: 6, 2016: 3, 2017: 1, 2018: 1}


def grown(others: int) -> Projection:
    """Thirty unions that bargain from stated years on, and others that do something else."""
    years = [year for year, number in GROWN.items() for _ in range(number)]
    records = []
    for number in range(len(years) + others):
        name = f"示例{number}号厂工会"
        owner = (name, name, "originator", "grassroots", "310113", "enterprise")
        begun = number < len(years)
        kind = (BARGAINING if begun else GRID, "main")
        started = str(years[number]) if begun else None
        records.append(asked.account("doc:f", 10 * number + 1, f"做法{number}", owner, "310113", (kind,), started))
    document = DocumentRecord(
        id="doc:f", title="甲", origin="甲.txt", sha256="0" * 64, encoding="utf-8", published="2019"
    )
    told = [(document, [EffectiveRecord(one) for one in identify(records, (), Authority())])]
    return project(told, vocabularies(), {}, table())


def test_what_the_years_carry_is_fitted_and_classed() -> None:
    here = based(grown(30))
    row = of(here, practice_data(here), BARGAINING)
    assert {fit[0] for fit in row["fits"]} == {"logistic", "bass"}
    assert row["lacking"] == []
    by_year = {one[1][:4]: one[6] for one in row["adopters"]["union"]}
    assert (by_year["2010"], by_year["2018"]) == ("early_adopters", "laggards")
    assert list(by_year) == [str(year) for year in GROWN]


def test_why_a_curve_is_not_fitted_is_told_in_both_languages() -> None:
    here = based(grown(0))  # as many unions as adopters: the ceiling is above the base
    row = of(here, practice_data(here), BARGAINING)
    assert row["fits"] == []
    assert {one[0] for one in row["lacking"]} == {"logistic", "bass"}
    for _, zh, en in row["lacking"]:
        assert "超过基数 30" in zh
        assert "exceeds the base of 30" in en


def test_routine_types_have_no_order_and_no_curve(base: Base, told: dict[str, Any]) -> None:
    row = of(base, told, COOLNESS)
    assert (row["adopters"], row["curves"], row["modes"]) == ({}, [], None)
    assert [case[1] for case in row["cases"]] == ["钢铁谈判"]


@pytest.fixture(scope="module")
def spread() -> tuple[Base, dict[str, Any]]:
    """A collection whose accounts state how their practice spread."""
    here = based(asked_results.projection())
    return here, practice_data(here)


def test_stated_ties_tell_the_other_end_the_way_and_what_limits_them(spread: tuple[Base, dict[str, Any]]) -> None:
    here, page = spread
    row = of(here, page, BARGAINING)
    assert {row["cases"][tie[0]][1] for tie in row["ties"]} == {"湖州谈判"}
    assert [(*tie[1:4], tie[5], tie[7]) for tie in row["ties"]] == [
        ("LEARNED_FROM", "in", "宝山区总工会", None, []),
        ("PILOTED_AT", "out", "浙江某县", "2018", []),
        ("PILOT_ASSIGNED_BY", "in", "中华全国总工会", "2019-03/2020", []),
        ("PROMOTED_BY", None, "中华全国总工会", "2017", []),
        ("REPLICATED_IN", "out", "各县区", None, ["collective", "intended"]),
    ]
    ends = [tie[4] for tie in row["ties"]]
    assert (ends[0][0], name_of(here, "TradeUnion", ends[0][1])) == ("TradeUnion", "宝山区总工会")
    assert ends[1] == ["UnresolvedName", None]
    assert words_of(here, row["ties"][0][8]) == ["learned_from：宝山区总工会"]


def test_what_an_account_states_is_about_its_main_practice(base: Base, told: dict[str, Any]) -> None:
    assert [tie[3] for tie in of(base, told, BARGAINING)["ties"]] == ["宝山区"]
    assert of(base, told, GRID)["ties"] == []  # 湖州 has the grid as a part


def test_modes_are_those_of_the_analysis(spread: tuple[Base, dict[str, Any]]) -> None:
    here, page = spread
    for one in modes.modes(here.projection):
        found = of(here, page, one.name)["modes"]
        assert (found["accounts"], found["edges"]) == (one.basis.accounts, one.basis.edges)
        assert [(mode, order, len(steps)) for mode, order, steps in found["findings"]] == [
            (finding.mode, finding.order, len(finding.steps)) for finding in one.findings
        ]
    *_, forerunner = of(here, page, BARGAINING)["modes"]["findings"]
    assert [(step[0], words_of(here, step[5])) for step in forerunner[2]] == [
        ("start", ["2015起"]),
        ("start", ["2019起"]),
        ("learning", ["learned_from：宝山区总工会"]),
    ]
    assert {mode for mode, *_ in of(here, page, BARGAINING)["modes"]["findings"]} <= {one[0] for one in page["modes"]}
    assert all(reason in page["reasons"] for _, reason, _ in of(here, page, BARGAINING)["modes"]["unused"])


def test_what_supports_no_mode_is_insufficient_with_the_reason(base: Base, told: dict[str, Any]) -> None:
    found = of(base, told, BARGAINING)["modes"]
    assert (found["findings"], found["unused"]) == ([], [["LEARNED_FROM", "unresolved", 1]])


def test_claims_are_kept_with_their_scope() -> None:
    projection = varied.projection()
    here = based(projection)
    claims = [
        (row["cases"][claim[0]][1], claim[1], claim[2], words_of(here, claim[4]))
        for row in practice_data(here)["types"]
        for claim in row["claims"]
    ]
    stated = [tie for graph in projection.documents for tie in graph.relationships if tie.type == "CLAIMED_FIRST"]
    assert stated
    assert {claim[1] for claim in claims} == {tie.properties["printed"] for tie in stated}
    assert all(scope and quotes for _, _, scope, quotes in claims)


def test_fields_and_groups_are_counted_apart() -> None:
    here = based(varied.projection())
    told = practice_data(here)
    themes = {name_of(here, "Theme", at) for row in told["types"] for at, _ in row["themes"]}
    groups = {name_of(here, "TargetGroup", at) for row in told["types"] for at, _ in row["groups"]}
    assert "新就业形态劳动者" in themes & groups
    accounts = len(here.collection.accounts)
    assert all(0 < number <= accounts for row in told["types"] for _, number in (*row["themes"], *row["groups"]))


def test_accounts_that_the_page_does_not_keep_are_named(made: Projection) -> None:
    here = based(made, kept=False)
    cases = of(here, practice_data(here), BARGAINING)["cases"]
    assert {position for position, *_ in cases} == {None}
    assert {name for _, name, *_ in cases} >= {"宝山谈判", "湖州谈判"}
