"""Cascades and curves of a collection made by hand, as rows worked out with pencil and paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.queries.asked import BARGAINING, GRID, projection
from unionkg.graph.analysis import cascades, curve_rows
from unionkg.graph.analysis.accounts import Selection, collection
from unionkg.graph.analysis.adoptions import Adoption, Spread, Unit, material
from unionkg.graph.analysis.curves_of_adoption import Fitted, classes_of, fits_of, years_of
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship

#: Practice type, unit, level, region, code, bounds, basis, censoring, accounts.
UNIONS = [
    (BARGAINING, "宝山区总工会", "county", "上海市宝山区", "310113", "2015-01-01", "2015-12-31", "stated_start", "exact", 1),
    (BARGAINING, "宁波市总工会", "prefecture", "浙江省宁波市", "330200", "2010-01-01", "2016-12-31", "stated_start", "interval", 2),
    (BARGAINING, "湖州市总工会", "prefecture", "浙江省湖州市", "330500", "2017-07-01", "2017-07-31", "stated_start", "exact", 1),
    (BARGAINING, "长兴县总工会", "county", "浙江省湖州市长兴县", "330522", None, "2019-05-31", "publication", "left", 1),
    (BARGAINING, "示例钢铁公司工会", "grassroots", "江苏省苏州市", "320500", None, None, None, "undated", 1),
    (GRID, "宁波市总工会", "prefecture", "浙江省宁波市", "330200", None, "2018-12-31", "own_date", "left", 2),
    (GRID, "湖州市总工会", "prefecture", "浙江省湖州市", "330500", None, "2019-05-31", "publication", "left", 1),
    (GRID, "长兴县总工会", "county", "浙江省湖州市长兴县", "330522", None, "2019-05-31", "publication", "left", 1),
]  # fmt: skip
#: Zhejiang has four accounts: without a start of the one of 长兴 it may have begun before 2010.
PROVINCES = [
    (BARGAINING, "上海市", "province", "上海市", "310000", "2015-01-01", "2015-12-31", "stated_start", "exact", 1),
    (BARGAINING, "浙江省", "province", "浙江省", "330000", None, "2016-12-31", "stated_start", "left", 4),
    (BARGAINING, "江苏省", "province", "江苏省", "320000", None, None, None, "undated", 1),
    (GRID, "浙江省", "province", "浙江省", "330000", None, "2018-12-31", "own_date", "left", 4),
]


@pytest.fixture(scope="module")
def made() -> Projection:
    return projection()


def rows(made: Projection, unit: Unit, **more: Any) -> list[tuple[Any, ...]]:
    found = cascades.cascades(made, unit, **more)
    known = collection(made, Selection())
    return cascades.rows(found, unit, known, cascades.evidence(made))


def without_order(some: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Ids of unions are minted, so that only time orders those that are known by one day."""
    return sorted(some, key=lambda row: (row[0], row[6] or "9", row[5] or "", row[4]))


@pytest.mark.parametrize(("unit", "expected"), [("union", UNIONS), ("province", PROVINCES)])
def test_every_adoption_is_a_row_with_its_interval_and_its_basis(
    made: Projection, unit: Unit, expected: list[tuple[Any, ...]]
) -> None:
    found = rows(made, unit)
    assert without_order([row[:10] for row in found]) == without_order(expected)
    for name in {row[0] for row in expected}:  # in the order of time, undated ones last
        bounds = [row[6] or "9" for row in found if row[0] == name]
        assert bounds == sorted(bounds)


def test_a_county_has_what_happened_in_it_and_not_what_its_city_did(made: Projection) -> None:
    assert [row[1] for row in rows(made, "county", practice_type=BARGAINING)] == ["上海市宝山区", "浙江省湖州市长兴县"]
    (spread,) = cascades.cascades(made, "county", practice_type=BARGAINING)
    assert spread.unplaced == 4  # 湖州, 苏州, and 宁波 twice


def test_routine_types_have_no_cascade(made: Projection) -> None:
    assert cascades.cascades(made, practice_type="送清凉") == []
    assert {spread.name for spread in cascades.cascades(made)} == {BARGAINING, GRID}


@pytest.mark.parametrize(
    ("window", "names"),
    [
        ((2015, 2015), ["宝山区总工会", "宁波市总工会", "长兴县总工会"]),  # 长兴 by 2019, so perhaps in 2015
        ((2017, 2018), ["湖州市总工会", "长兴县总工会"]),
        ((2020, 9999), []),
    ],
)
def test_a_window_takes_in_what_may_lie_in_it(made: Projection, window: tuple[int, int], names: list[str]) -> None:
    assert [row[1] for row in rows(made, "union", practice_type=BARGAINING, window=window)] == names


def test_small_cascades_can_be_left_out(made: Projection) -> None:
    assert [spread.name for spread in cascades.cascades(made, least=4)] == [BARGAINING]


def test_events_are_what_a_document_states_within_a_year(made: Projection) -> None:
    assert cascades.events(cascades.cascades(made)) == [
        ("宝山区总工会", 2015, BARGAINING),
        ("湖州市总工会", 2017, BARGAINING),
    ]


def test_units_of_one_name_stay_two_in_events() -> None:
    one, other = (
        Adoption("t", unit, "城东街道总工会", f"{when}-01-01", f"{when}-12-31", "stated_start", ())
        for unit, when in (("union:1", 2001), ("union:2", 2002))
    )
    assert cascades.events([Spread("t", "做法", (one, other), 2, 0)]) == [
        ("城东街道总工会 (union:1)", 2001, "做法"),
        ("城东街道总工会 (union:2)", 2002, "做法"),
    ]


def test_what_dates_an_adoption_is_its_evidence(made: Projection) -> None:
    by_name = {row[1]: row[-1] for row in rows(made, "union", practice_type=BARGAINING)}
    assert [said["quotes"] for said in by_name["宝山区总工会"]] == [[f"开展{BARGAINING}"], ["2015起"]]
    # The account that gives the upper bound comes first.
    assert [(said["_type"], said["quotes"]) for said in by_name["宁波市总工会"]][:2] == [
        ("APPLIED", [f"开展{BARGAINING}"]),
        ("started", ["2016起"]),
    ]
    assert [said["_type"] for said in by_name["长兴县总工会"]] == ["APPLIED"]


def test_the_material_reaches_to_its_last_date(made: Projection) -> None:
    reached = material(made)
    assert (reached.end, reached.documents, reached.undated) == ("2020", 3, 1)


@pytest.mark.parametrize(("document", "end"), [("doc:a", "2020"), ("doc:b", "2035-01-01")])
def test_a_start_moves_the_end_only_where_its_document_has_no_date(made: Projection, document: str, end: str) -> None:
    """doc:a is of May 2019, so a start of 2035 in it is a plan or an error; doc:b has no date."""

    def later(tie: Relationship) -> Relationship:
        if tie.type != "APPLIED":
            return tie
        dates = {"not_before": "2035-01-01", "not_after": "2035-12-31", "dated_by": "stated_start"}
        return replace(tie, properties={**tie.properties, **dates})

    graphs = [
        replace(graph, relationships=[later(tie) for tie in graph.relationships])
        if graph.document == document
        else graph
        for graph in made.documents
    ]
    told = replace(made, documents=graphs)
    assert material(told).end == end
    of = curve_rows.setting(told, practice_type=BARGAINING)
    assert max(row[1] for row in curve_rows.curves(of, (0, 2050))) == int(end[:4])


#: Year, new stated, new possible, newly known, known, possible, at risk, hazard, at least, at most: of five unions.
CURVE = [
    (2010, 0, 3, 0, 0, 3, 2, 0.0, 0.0, 0.6),
    (2011, 0, 3, 0, 0, 3, 2, 0.0, 0.0, 0.6),
    (2012, 0, 3, 0, 0, 3, 2, 0.0, 0.0, 0.6),
    (2013, 0, 3, 0, 0, 3, 2, 0.0, 0.0, 0.6),
    (2014, 0, 3, 0, 0, 3, 2, 0.0, 0.0, 0.6),
    (2015, 1, 4, 1, 1, 4, 2, 0.5, 0.2, 0.8),  # of 宁波, 长兴 and the undated one none, or all
    (2016, 0, 3, 1, 2, 4, 1, 0.0, 0.0, 0.75),
    (2017, 1, 3, 1, 3, 5, 1, 1.0, 0.333333, 1.0),
    (2018, 0, 2, 0, 3, 5, 0, None, 0.0, 1.0),
    (2019, 0, 2, 1, 4, 5, 0, None, 0.0, 1.0),
    (2020, 0, 1, 0, 4, 5, 0, None, 0.0, 1.0),
]


def test_a_curve_is_an_interval_year_by_year(made: Projection) -> None:
    of = curve_rows.setting(made, practice_type=BARGAINING)
    assert [row[1:-1] for row in curve_rows.curves(of)] == CURVE
    assert [row[1:-1] for row in curve_rows.curves(of, (2015, 2016))] == CURVE[5:7]
    assert [said["quotes"] for said in curve_rows.curves(of)[5][-1]] == [[f"开展{BARGAINING}"], ["2015起"]]


def test_a_curve_of_one_level_has_the_unions_of_that_level_for_its_base(made: Projection) -> None:
    of = curve_rows.setting(made, practice_type=BARGAINING, level="county")
    assert len(of.units) == 2
    # 长兴, known by 2019, is at risk in no year that is known.
    assert next(row[1:-1] for row in curve_rows.curves(of)) == (2015, 1, 2, 1, 1, 2, 1, 1.0, 0.5, 1.0)


def test_provinces_are_31_and_the_corps(made: Projection) -> None:
    of = curve_rows.setting(made, "province", practice_type=BARGAINING)
    assert len(of.units) == 32
    assert {"region:xpcc", "region:310000"} <= set(of.units)
    assert not {"region:710000", "region:810000", "region:820000"} & set(of.units)
    assert [row[1:-1] for row in curve_rows.curves(of)][:2] == [
        (2015, 1, 3, 1, 1, 3, 30, 0.0333333, 0.03125, 0.09375),  # 1 of 30; 1 and 3 of 32
        (2016, 0, 2, 1, 2, 3, 29, 0.0, 0.0, 0.0645161),
    ]


def test_who_is_only_in_a_ledger_is_not_known_to_be_at_risk(made: Projection) -> None:
    kind = ("PracticeType", "practice_type:collective_bargaining")
    said = [
        ("340000", "2015"),
        ("360000", "2018"),
        ("350000", None),
        ("330000", "2012"),
    ]  # of 浙江 documents say it too
    ledger = [
        Relationship(
            "COVERAGE",
            f"coverage:{number}",
            ("Region", f"region:{code}"),
            kind,
            {"status": "开展"} | ({"date": date} if date else {}),
        )
        for number, (code, date) in enumerate(said)
    ]
    nodes, ties = made.structure
    of = curve_rows.setting(replace(made, structure=(nodes, [*ties, *ledger])), "province", practice_type=BARGAINING)
    assert [row[1:-1] for row in curve_rows.curves(of)][:2] == [
        (2015, 1, 3, 1, 1, 3, 27, 0.037037, 0.03125, 0.1875),  # 1 of 27; 1 and 6 of 32
        (2016, 0, 2, 1, 2, 3, 26, 0.0, 0.0, 0.133333),  # 4 of 30: not 上海, nor the one of 2015
    ]


def test_where_no_year_is_stated_there_is_no_hazard_but_a_bound(made: Projection) -> None:
    of = curve_rows.setting(made, practice_type=GRID)
    assert [row[1:-1] for row in curve_rows.curves(of)][:2] == [
        (2018, 0, 3, 1, 1, 3, 2, None, 0.0, 0.6),
        (2019, 0, 2, 2, 3, 3, 2, None, 0.0, 0.5),
    ]


def test_what_follows_from_too_few_dates_is_not_told(made: Projection) -> None:
    of = curve_rows.setting(made)
    assert curve_rows.fits(of) == ([], [])
    assert {row[8] for row in curve_rows.adopters(of)} == {None}
    (said,) = curve_rows.too_thin(of.spreads, "not fitted")
    assert f"{BARGAINING} (2 of 5)" in said
    assert "10 adoptions" in said


def test_thresholds_count_who_surely_had_adopted(made: Projection) -> None:
    of = curve_rows.setting(made, "province", practice_type=BARGAINING)
    found = {row[1]: row[4:18] for row in curve_rows.adopters(of)}
    # 上海 borders on 江苏 and 浙江; neither surely had it in 2015. Provinces have no superior but the nation.
    assert found["上海市"] == (2015, "2015-01-01", "2015-12-31", "exact", None, 2, 0, 0.0, 0, 0, None, 0, 0, None)
    assert found["浙江省"][4:] == (None,) * 10  # not dated by a year: no threshold


def spread(years: dict[int, int], undated: int = 0) -> Spread:
    """As many adopters with a stated year as told, and undated ones."""
    dates = [
        (f"{year}-01-01", f"{year}-12-31", "stated_start") for year, number in years.items() for _ in range(number)
    ]
    adoptions = [Adoption("t", f"u{n}", f"u{n}", *date, ()) for n, date in enumerate(dates)]
    adoptions += [Adoption("t", f"v{n}", f"v{n}", None, None, None, ()) for n in range(undated)]
    return Spread("t", "做法", tuple(adoptions), len(adoptions), 0)


GROWN = {2010: 1, 2011: 1, 2012: 3, 2013: 6, 2014: 8, 2015: 6, 2016: 3, 2017: 1, 2018: 1}


def test_classes_are_parted_at_the_mean_and_a_deviation() -> None:
    # Mean 2014, deviation 1.72: early up to 2012, then 2013, then 2014 (the mean itself) and 2015, late from 2016 on.
    found = classes_of(spread(GROWN))
    assert [found.count(name) for name in ("early_adopters", "early_majority", "late_majority", "laggards")] == [
        5,
        6,
        14,
        5,
    ]
    assert found[0] == "early_adopters"
    assert found[-1] == "laggards"


@pytest.mark.parametrize(
    ("years", "undated"),
    [({2010: 3, 2011: 3, 2012: 3, 2013: 3}, 0), ({2010: 1, 2011: 2, 2012: 3, 2013: 2, 2014: 1}, 0), (GROWN, 31)],
    ids=["four years", "nine adopters", "most undated"],
)
def test_too_little_is_neither_fitted_nor_classed(years: dict[int, int], undated: int) -> None:
    thin = spread(years, undated)
    assert fits_of(thin, 2020, 60) == Fitted()
    assert set(classes_of(thin)) == {None}


def test_fits_come_with_standard_errors() -> None:
    found = {(one.curve, one.parameter): one for one in fits_of(spread(GROWN), 2018, 60).parameters}
    assert set(found) == {
        ("logistic", "ceiling"),
        ("logistic", "rate"),
        ("logistic", "midpoint"),
        ("bass", "ceiling"),
        ("bass", "p"),
        ("bass", "q"),
    }
    assert found["logistic", "ceiling"].value == pytest.approx(30, abs=2)
    assert found["logistic", "midpoint"].value == pytest.approx(2013.7, abs=0.5)
    assert all(one.periods == 9 and one.error > 0 for one in found.values())


def test_a_curve_without_any_date_is_none() -> None:
    assert years_of(spread({}, 3), 10, 2020) == []
