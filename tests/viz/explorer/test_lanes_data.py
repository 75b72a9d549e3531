"""The timeline by level: lanes, places and ties of accounts whose rows can be worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.queries.asked import account, union
from tests.viz.explorer import spreading
from tests.viz.explorer.spreading import BARGAINING, HUZHOU, STATION, owner, projected
from unionkg.graph.build import Projection
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.lanes_data import APART, FLAGS, KNOWN_BY, STATED_START, UNDATED, YEAR, lanes_data


def base_of(made: Projection) -> Base:
    return Base(made, {}, [node.id for graph in made.documents for node in graph.nodes if node.label == "PracticeCase"])


@pytest.fixture(scope="module")
def base() -> Base:
    return base_of(spreading.story())


@pytest.fixture(scope="module")
def told(base: Base) -> dict[str, Any]:
    return lanes_data(base)


def called(base: Base, at: int) -> str:
    return str(base.nodes["PracticeCase", list(base.tables["PracticeCase"])[at]].properties["name"])


def whole(base: Base, told: dict[str, Any]) -> dict[str, list[Any]]:
    """The dots of accounts as a whole, by name."""
    return {called(base, dot[0]): dot for dot in told["dots"] if dot[8] is None}


def test_each_account_stands_in_the_lane_of_its_originator(base: Base, told: dict[str, Any]) -> None:
    lanes = {name: told["lanes"][dot[1]] for name, dot in whole(base, told).items()}
    assert lanes == {
        "宝山谈判": "county",
        "嘉定谈判": "county",
        "顾村驿站": "township",
        "园区驿站": "zone",
        "集团谈判": "group",
        "齿轮厂谈判": "grassroots",
        "教师谈判": "industry",
        "湖州谈判": "prefecture",
    }
    assert told["lanes"][:6] == ["national", "provincial", "prefecture", "county", "township", "grassroots"]


def test_what_is_stated_known_by_and_undated_is_told_apart(base: Base, told: dict[str, Any]) -> None:
    dots = whole(base, told)
    assert {name: dot[2] for name, dot in dots.items()} == {
        "宝山谈判": STATED_START,
        "嘉定谈判": STATED_START,
        "顾村驿站": KNOWN_BY,
        "园区驿站": STATED_START,
        "集团谈判": STATED_START,
        "齿轮厂谈判": STATED_START,
        "教师谈判": STATED_START,
        "湖州谈判": UNDATED,
    }
    assert (told["first"], told["last"]) == (2012, 2018)
    assert dots["顾村驿站"][5:8] == [None, "2018-06-30", "publication"]
    assert dots["湖州谈判"][5:8] == [None, None, None]


def test_a_month_is_where_it_is_and_a_year_somewhere_in_it(base: Base, told: dict[str, Any]) -> None:
    dots = whole(base, told)
    assert dots["嘉定谈判"][3] == round((4 + 6.5 / 12) * YEAR)
    assert 0 < dots["宝山谈判"][3] < YEAR
    assert 6 * YEAR < dots["顾村驿站"][3] <= round((6 + 5.5 / 12) * YEAR)  # not later than June, and within its year
    assert dots["湖州谈判"][3] >= told["undated"] > 7 * YEAR


def test_an_interval_of_years_has_a_bar_to_its_lower_bound(base: Base, told: dict[str, Any]) -> None:
    dots = whole(base, told)
    assert dots["园区驿站"][5:7] == ["2013-01-01", "2016-12-31"]
    assert dots["园区驿站"][9] == round((1 + 0.5 / 12) * YEAR)
    assert dots["园区驿站"][3] == round((4 + 11.5 / 12) * YEAR)
    assert [dot[9] for name, dot in dots.items() if name != "园区驿站"] == [None] * 7


def test_a_part_with_a_time_of_its_own_has_a_dot_of_its_own(base: Base, told: dict[str, Any]) -> None:
    parts = [dot for dot in told["dots"] if dot[8] is not None]
    assert [(called(base, dot[0]), dot[5], dot[6]) for dot in parts] == [("宝山谈判", "2014-03-01", "2014-03-31")]
    types = list(base.tables["PracticeType"])
    assert [str(base.nodes["PracticeType", types[at]].properties["name"]) for at in parts[0][8]] == [STATION]


def test_ties_lead_to_the_other_dot_or_to_its_lane(base: Base, told: dict[str, Any]) -> None:
    found = {}
    for here, other, lane, kind, flags, period, quotes, name, x in told["ties"]:
        ends = called(base, told["dots"][here][0]), called(base, told["dots"][other][0]) if other is not None else None
        marks = [flag for bit, flag in enumerate(FLAGS) if flags >> bit & 1]
        found[told["kinds"][kind], ends[0]] = (ends[1], told["lanes"][lane], marks, period, name)
        assert quotes
        assert isinstance(x, int)
    assert found == {
        ("LEARNED_FROM", "嘉定谈判"): ("宝山谈判", "county", [], None, "宝山区总工会"),
        ("LEARNED_FROM", "湖州谈判"): ("嘉定谈判", "county", ["intended"], None, "嘉定区总工会"),
        ("PILOT_ASSIGNED_BY", "宝山谈判"): (None, "provincial", [], "2012-05", "上海市总工会"),
        ("PROMOTED_BY", "宝山谈判"): (None, "national", [], "2015", "中华全国总工会"),
        # 全市 of a city directly under the nation is a province, and never one adopter.
        ("SCALED_TO", "宝山谈判"): (None, "provincial", ["collective"], None, "全市"),
    }


def test_a_union_that_has_another_practice_is_no_end(base: Base) -> None:
    """宝山 learned stations from 湖州, whose only account is about bargaining: the tie leads to its lane."""
    made = projected(
        (
            "doc:a",
            "2018",
            None,
            [
                account(
                    "doc:a",
                    1,
                    "宝山驿站",
                    spreading.BAOSHAN,
                    "310113",
                    ((STATION, "main"),),
                    unions=(spreading.mentioned(HUZHOU),),
                    diffusion=(spreading.spread("learned_from", "湖州市总工会"),),
                ),
                account("doc:a", 11, "湖州谈判", HUZHOU, "330500", ((BARGAINING, "main"),)),
            ],
        )
    )
    told = lanes_data(base_of(made))
    assert [(tie[1], told["lanes"][tie[2]]) for tie in told["ties"]] == [(None, "prefecture")]


@pytest.mark.parametrize(
    ("owners", "region", "lane"),
    [
        ((), "330500", "prefecture"),
        ((union("中华全国总工会", "中华全国总工会", "superior", "national", None),), "330522", "national"),
    ],
    ids=["the place", "the superior named"],
)
def test_without_an_originator_the_superior_decides_then_the_place(owners: Any, region: str, lane: str) -> None:
    from dataclasses import replace

    record = account("doc:a", 1, "某地谈判", HUZHOU, region, ((BARGAINING, "main"),))
    told = lanes_data(base_of(projected(("doc:a", "2018", None, [replace(record, unions=owners)]))))
    assert [told["lanes"][dot[1]] for dot in told["dots"]] == [lane]


def test_a_hundred_dots_of_one_lane_do_not_touch() -> None:
    records = []
    for number in range(105):
        one = owner(f"{number}号镇总工会", f"上海市宝山区{number}号镇总工会", "township", "310113")
        started = (None, "2016", f"2016-{number % 12 + 1:02d}", "2017")[number % 4]
        records.append(
            account("doc:a", 10 * number + 1, f"{number}号谈判", one, "310113", ((BARGAINING, "main"),), started)
        )
    told = lanes_data(base_of(projected(("doc:a", "2018", None, records))))
    assert len(told["dots"]) == 105
    by_row: dict[int, list[int]] = {}
    for dot in told["dots"]:
        by_row.setdefault(dot[4], []).append(dot[3])
    for row in by_row.values():
        row.sort()
        assert all(later - earlier >= APART for earlier, later in pairwise(row))
    assert len(by_row) <= 16  # 53 began in 2016, four of which stand beside each other: at least 14
    again = lanes_data(base_of(projected(("doc:a", "2018", None, records))))
    assert again == told


def test_nothing_is_laid_out_where_there_is_nothing() -> None:
    told = lanes_data(base_of(projected(("doc:a", "2018", None, []))))
    assert (told["dots"], told["ties"], told["first"], told["last"]) == ([], [], None, None)
