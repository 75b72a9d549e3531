"""Unit-years of a collection made by hand: who is at risk when, what is missing, and what Stata and pandas read back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.queries.asked import BARGAINING, projection
from unionkg.errors import InputError
from unionkg.graph.analysis import panel as panels
from unionkg.graph.analysis.accounts import Selection, collection
from unionkg.graph.analysis.panel import Panel, panel
from unionkg.graph.analysis.surroundings import Relation, surroundings
from unionkg.graph.build import Projection
from unionkg.graph.exchange.panel_files import codebook, panel_csv, panel_dta, variables
from unionkg.graph.stores.protocol import Relationship

NAN = float("nan")


@pytest.fixture(scope="module")
def made() -> Projection:
    return projection()


@pytest.fixture(scope="module")
def unions(made: Projection) -> Panel:
    return panel(made, "union", practice_type=BARGAINING)


def of(found: Panel, name: str, *columns: str) -> list[tuple[float, ...]]:
    """The values of a unit, year by year."""
    here = found.columns["unit_name"] == name
    return list(zip(*(found.columns[column][here].tolist() for column in columns), strict=True))


def same(found: list[tuple[float, ...]], expected: list[tuple[float, ...]]) -> bool:
    return len(found) == len(expected) and np.array_equal(np.array(found), np.array(expected), equal_nan=True)


#: at_risk, adopted, first_known, has_adopted, risk_set of the years from 2010 to 2020.
YEARS = {
    "宝山区总工会": [(1, 0, 0, 0, 1)] * 5 + [(1, 1, 1, 1, 1)] + [(0, 0, 0, 1, 0)] * 5,  # stated: 2015
    "湖州市总工会": [(1, 0, 0, 0, 1)] * 7 + [(1, 1, 1, 1, 1)] + [(0, 0, 0, 1, 0)] * 3,  # stated: July 2017
    # Between 2010 and 2016: not before 2010; whether it was in that year or the next nobody knows.
    "宁波市总工会": [(1, NAN, 0, NAN, 0)] + [(NAN, NAN, 0, NAN, 0)] * 5 + [(NAN, NAN, 1, 1, 0)] + [(0, 0, 0, 1, 0)] * 4,
    # Known by a publication of 2019: left-censored, in no year of the risk set.
    "长兴县总工会": [(NAN, NAN, 0, NAN, 0)] * 9 + [(NAN, NAN, 1, 1, 0)] + [(0, 0, 0, 1, 0)],
    "示例钢铁公司工会": [(NAN, NAN, 0, NAN, 0)] * 11,  # undated
}


@pytest.mark.parametrize("name", YEARS)
def test_a_year_is_filled_in_only_where_the_material_says_so(unions: Panel, name: str) -> None:
    columns = "at_risk", "adopted", "first_known", "has_adopted", "risk_set"
    assert same(of(unions, name, *columns), YEARS[name])


def test_who_can_have_no_event_does_not_count_as_long_as_it_has_none(made: Projection) -> None:
    found = panel(made, "union", practice_type=BARGAINING, window=(2008, 2020))
    columns = "at_risk", "adopted", "risk_set", "censoring"
    # 宁波, between 2010 and 2016, surely was without it before; its adoption can be no event, so nor are these years.
    assert of(found, "宁波市总工会", *columns)[:2] == [(1, 0, 0, 2)] * 2
    assert of(found, "宝山区总工会", *columns)[:2] == [(1, 0, 1, 1)] * 2


def test_years_reach_from_the_first_bound_to_the_end_of_the_material(unions: Panel) -> None:
    assert (unions.years, unions.units, len(unions)) == ((2010, 2020), 5, 55)
    assert [year for (year,) in of(unions, "宝山区总工会", "year")] == list(range(2010, 2021))


def test_censoring_and_bounds_are_told_in_every_year(unions: Panel) -> None:
    told = {name: of(unions, name, "not_before", "not_after", "censoring", "type_accounts")[0] for name in YEARS}
    assert same(
        [told[name] for name in YEARS],
        [(2015, 2015, 1, 1), (2017, 2017, 1, 1), (2010, 2016, 2, 2), (NAN, 2019, 3, 1), (NAN, NAN, 4, 1)],
    )


def test_who_never_appears_is_at_risk_to_the_end(made: Projection) -> None:
    found = panel(made, "province", practice_type=BARGAINING)
    assert (found.units, found.years) == (32, (2015, 2020))
    columns = "at_risk", "adopted", "has_adopted", "risk_set", "censoring", "accounts"
    assert of(found, "安徽省", *columns) == [(1, 0, 0, 1, 0, 0)] * 6


def test_exposure_is_that_of_the_year_before(made: Projection, unions: Panel) -> None:
    # The two cities of Zhejiang have one superior and are no neighbours. 宁波 surely had it by the end of 2016.
    seen = of(unions, "湖州市总工会", "neigh_n", "sib_n", "sib_low", "sib_high", "sib_exp", "all_low")
    assert seen[0] == (0, 1, 0, 0, 0, 0)
    assert seen[1] == (0, 1, 0, 1, 0, 0)  # from 2010 on it may have
    assert seen[7] == (0, 1, 1, 1, 1, 2)  # 2017: 宁波 and 宝山
    found = panel(made, "province", practice_type=BARGAINING)
    # 安徽 borders on 上海 not, on 江苏 (undated) and 浙江 (by 2016) yes; 浙江 on 上海 too (2015).
    columns = "neigh_n", "neigh_low", "neigh_high", "sib_n"
    assert of(found, "安徽省", *columns) == [(6, 0, 2, 0), (6, 0, 2, 0), *[(6, 1, 2, 0)] * 4]
    assert of(found, "浙江省", *columns) == [(5, 0, 1, 0), *[(5, 1, 2, 0)] * 5]
    assert np.isnan(found.columns["sib_exp"]).all()


def test_stated_ties_expose_whom_they_influenced(made: Projection) -> None:
    owner = {
        tie.end[1]: tie.start[1] for graph in made.documents for tie in graph.relationships if tie.type == "INITIATED"
    }
    names = {node.id: node.properties["name"] for node in made.entities}
    unit_of = {str(names[union]): union for union in owner.values()}
    case = next(case for case, union in owner.items() if names[union] == "湖州市总工会")
    said = {"collective": False, "internal": False, "intended": False, "document": "doc:a", "case_id": case}
    learned = Relationship(
        "LEARNED_FROM", "fact:learned", ("PracticeCase", case), ("TradeUnion", unit_of["宝山区总工会"]), said
    )
    first = made.documents[0]
    told = replace(made, documents=[replace(first, relationships=[*first.relationships, learned]), *made.documents[1:]])
    found = panel(told, "union", practice_type=BARGAINING)
    seen = of(found, "湖州市总工会", "tie_n", "tie_low", "tie_exp")
    assert seen[5:7] == [(1, 0, 0), (1, 1, 1)]  # 宝山 began in 2015: exposure from 2016 on
    assert {n for (n,) in of(found, "宝山区总工会", "tie_n")} == {0}


def test_neighbours_of_counties_and_of_unions(made: Projection) -> None:
    known = collection(made, Selection())
    counties = ["region:310113", "region:310114", "region:330522"]  # 宝山 borders on 嘉定
    around = surroundings(counties, "county", made, known)
    assert around.neighbours.size().tolist() == [1, 1, 0]
    assert around.siblings.size().tolist() == [1, 1, 0]
    corps = ["region:659001", "region:659002", "region:650100"]  # two cities of the 兵团, and 乌鲁木齐
    assert surroundings(corps, "county", made, known).siblings.size().tolist() == [1, 1, 0]


def test_a_relation_counts_its_group_without_itself_and_the_groups_it_looks_to() -> None:
    relation = Relation(np.array([0, 0, 1, -1]), np.array([[0], [1]]))
    assert relation.size().tolist() == [2, 2, 0, 0]
    assert relation.count(np.array([[True], [False], [True], [True]]))[:, 0].tolist() == [1, 2, 0, 0]


def test_ledgers_stand_beside_what_documents_say(made: Projection) -> None:
    def entry(number: int, region: str, status: str, date: str | None) -> Relationship:
        said: dict[str, Any] = {"status": status} | ({"date": date} if date else {})
        kind = ("PracticeType", "practice_type:collective_bargaining")
        return Relationship("COVERAGE", f"coverage:{number}", ("Region", region), kind, said)

    entries = [
        entry(1, "region:340000", "未开展", "2016"),
        entry(2, "region:340000", "开展", "2018-06"),
        entry(3, "region:340100", "未开展", "2015"),  # a city without it is no province without it
        entry(4, "region:360100", "开展", None),  # a city with it is a province with it
        entry(5, "region:350000", "开展", "2017"),
        entry(6, "region:350000", "未开展", "2017"),
    ]
    nodes, ties = made.structure
    found = panel(replace(made, structure=(nodes, [*ties, *entries])), "province", practice_type=BARGAINING)
    assert same(of(found, "安徽省", "ledger"), [(NAN,), (2,), (2,), (1,), (1,), (1,)])
    assert same(of(found, "江西省", "ledger", "ledger_undated"), [(NAN, 1)] * 6)
    assert same(of(found, "福建省", "ledger"), [(NAN,), (NAN,), (3,), (3,), (3,), (3,)])
    columns = "censoring", "at_risk", "adopted", "has_adopted", "risk_set"
    for name in ("安徽省", "江西省", "福建省"):  # they had it by the ledger, and since when nobody knows
        assert same(of(found, name, *columns), [(5, NAN, NAN, NAN, 0)] * 6)
    assert same(of(found, "山东省", *columns), [(0, 1, 0, 0, 1)] * 6)
    # 江西, which borders on 福建, may have had it in any year, as 浙江 may; that it surely had is for documents to say.
    assert of(found, "福建省", "neigh_low", "neigh_high") == [(0, 2), (0, 2), *[(1, 2)] * 4]


def test_a_ledger_of_later_years_tells_of_earlier_ones_too(made: Projection) -> None:
    kind = ("PracticeType", "practice_type:collective_bargaining")
    said = {"status": "开展", "date": "2023"}
    entry = Relationship("COVERAGE", "coverage:1", ("Region", "region:340000"), kind, said)
    nodes, ties = made.structure
    found = panel(replace(made, structure=(nodes, [*ties, entry])), "province", practice_type=BARGAINING)
    assert same(of(found, "安徽省", "ledger", "censoring", "has_adopted", "risk_set"), [(NAN, 5, NAN, 0)] * 6)


def test_no_year_lies_behind_the_end_of_the_material(made: Projection) -> None:
    found = panel(made, "province", practice_type=BARGAINING, window=(2017, 2035))
    assert found.years == (2017, 2020)
    assert of(found, "安徽省", "year", "risk_set")[-1] == (2020, 1)
    with pytest.raises(InputError, match="reaches to 2020"):
        panel(made, "province", practice_type=BARGAINING, window=(2021, 2035))


def test_a_window_and_a_level_narrow_it_down(made: Projection) -> None:
    found = panel(made, "union", practice_type=BARGAINING, level="county", window=(2014, 2016))
    assert (found.units, found.years, found.left_out, len(found)) == (2, (2014, 2016), 3, 6)
    assert of(found, "宝山区总工会", "adopted") == [(0,), (1,), (0,)]


def test_all_types_stand_under_each_other(made: Projection) -> None:
    found = panel(made, "union")
    assert found.practice_types == (BARGAINING, "网格化建会")
    assert len(found) == 2 * 5 * 11
    assert {len(values) for values in found.columns.values()} == {110}
    assert list(found.columns) == [term.key for term in variables()]


def test_nothing_to_make_and_too_much_are_refused(made: Projection, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="too little"):
        panel(made, practice_type="没有这一类")
    monkeypatch.setattr(panels, "MOST_ROWS", 50)
    with pytest.raises(InputError, match="55 rows"):
        panel(made, practice_type=BARGAINING)


def test_labels_and_names_are_what_stata_takes() -> None:
    for term in variables():
        assert len(term.key) <= 32
        assert term.key.isascii()
        assert 0 < len(term.zh) <= 80
        assert 0 < len(term.en) <= 80
    assert {term.key: len(term.values("codes_zh")) for term in variables()} == {
        term.key: len(term.values("codes_en")) for term in variables()
    }


def test_csv_has_numbers_as_they_are_and_blanks_for_what_is_missing(unions: Panel) -> None:
    content = panel_csv(unions)
    assert content.startswith(b"type_id,")  # no byte order mark, which R would take for a part of the name
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert len(rows) == 55
    (row,) = [row for row in rows if row["unit_name"] == "宁波市总工会" and row["year"] == "2010"]
    wanted = {
        "region_code": "330200",
        "at_risk": "1",
        "adopted": "",
        "risk_set": "0",
        "not_after": "2016",
        "sib_exp": "0",
    }
    assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("language", "label", "left"),
    [("zh", "删失", "只知不晚于（左删失）"), ("en", "censoring", "known by a date (left-censored)")],
)
def test_pandas_reads_the_stata_file_back(
    unions: Panel, monkeypatch: pytest.MonkeyPatch, language: str, label: str, left: str
) -> None:
    pandas = pytest.importorskip("pandas")
    monkeypatch.setenv("UNIONKG_LANG", language)
    content = panel_dta(unions)
    plain = pandas.read_stata(io.BytesIO(content), convert_categoricals=False)
    assert list(plain.columns) == [term.key for term in variables()]
    for term in variables():
        ours, theirs = unions.columns[term.key], plain[term.key]
        if theirs.dtype.kind in "if":
            assert np.allclose(np.asarray(theirs, float), ours.astype(float), equal_nan=True, rtol=1e-6), term.key
        else:
            assert list(theirs) == list(ours), term.key
    assert plain["year"].dtype.kind == "i"
    with pandas.io.stata.StataReader(io.BytesIO(content)) as reader:
        assert reader.variable_labels()["censoring"] == label
        assert reader.value_labels()["censoring"][3] == left
    labelled = pandas.read_stata(io.BytesIO(content))
    assert left in set(labelled["censoring"])
    used = plain[plain["risk_set"] == 1]
    assert (len(used), used["adopted"].sum()) == (14, 2)


def test_the_codebook_tells_of_every_variable(unions: Panel) -> None:
    rows = {row["variable"]: row for row in csv.DictReader(io.StringIO(codebook(unions).decode("utf-8-sig")))}
    assert list(rows) == [term.key for term in variables()]
    told = rows["adopted"]
    assert (told["label_zh"], told["type"], told["codes_en"]) == (
        "该年采用（只认文中写明的年份）",
        "integer",
        "0=no; 1=yes",
    )
    missing = 7 + 10 + 11  # of 宁波, 长兴, and the undated one
    assert (told["present"], told["missing"], told["minimum"], told["maximum"]) == (
        str(55 - missing),
        str(missing),
        "0",
        "1",
    )
    assert rows["tie_exp"]["present"] == "0"
