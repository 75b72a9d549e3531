"""Superiors: 块 from names and codes, 条 where a name states it, several at once, never in a circle."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from tests.graph.making import document, identified, record, stated
from unionkg.graph.build import project
from unionkg.graph.decisions import EffectiveRecord, ReviewDecision
from unionkg.graph.effective import effective
from unionkg.graph.hierarchy import Tie, hierarchy
from unionkg.graph.identity import statement_id
from unionkg.graph.records import SuperiorStatement, encode
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.graph.structure import vocabularies
from unionkg.ontology.model import check_relationship
from unionkg.ontology.regions import table


def union(
    canonical: str, level: str, region: str | None = None, kind: str = "local_federation", identifier: str = ""
) -> Node:
    properties = {"name": canonical, "canonical": canonical, "level": level, "type": kind}
    return Node("TradeUnion", identifier or canonical, properties | ({"region": region} if region else {}))


NATION = union("中华全国总工会", "national")
CITY = union("上海市总工会", "provincial", "310000")
DISTRICT = union("上海市宝山区总工会", "county", "310113")
TOWN = union("上海市宝山区顾村镇总工会", "township", "310113")


def lines(*unions: Node) -> set[tuple[str, str, str]]:
    return {(tie.lower, tie.upper, tie.line) for tie in hierarchy(unions)}


def test_the_territorial_line_runs_from_town_to_nation() -> None:
    assert lines(TOWN, DISTRICT, CITY, NATION) == {
        (TOWN.id, DISTRICT.id, "territorial"),
        (DISTRICT.id, CITY.id, "territorial"),
        (CITY.id, NATION.id, "territorial"),
    }


def test_a_union_that_nobody_names_is_passed_over() -> None:
    assert lines(TOWN, CITY) == {(TOWN.id, CITY.id, "territorial")}


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (union("上海市宝山区顾村镇快递行业工会联合会", "township", "310113", "sectoral_federation"), TOWN),
        (union("上海市宝山区快递行业工会联合会", "county", "310113", "sectoral_federation"), DISTRICT),
        (union("上海市宝山区高新区总工会", "county", "310113"), DISTRICT),
        (union("上海市宝山区总工会女职工委员会", "county", "310113"), DISTRICT),
        (union("上海市医务工会", "provincial", "310000", "industrial"), CITY),
    ],
)
def test_what_a_place_has_in_it_stands_under_its_federation(lower: Node, upper: Node) -> None:
    assert (lower.id, upper.id, "territorial") in lines(lower, TOWN, DISTRICT, CITY, NATION)


def test_a_renamed_county_leads_its_towns_still() -> None:
    town = union("浙江省宁波市奉化市溪口镇总工会", "township", "330283")
    county = union("浙江省宁波市奉化区总工会", "county", "330213")
    assert lines(town, county) == {(town.id, county.id, "territorial")}


def test_a_company_has_no_territorial_superior() -> None:
    assert lines(union("上海示例有限公司工会", "grassroots", "310113", "enterprise"), DISTRICT, CITY) == {
        (DISTRICT.id, CITY.id, "territorial")
    }


def test_a_branch_stands_under_the_body_that_its_name_begins_with() -> None:
    whole = union("示例建设集团有限公司工会", "grassroots", None, "enterprise")
    branch = union("示例建设集团有限公司第二分公司工会", "grassroots", "310000", "enterprise")
    other = union("示例建设集团有限公司职工之友协会工会", "grassroots", "310000", "enterprise")
    assert lines(whole, branch, other) == {(branch.id, whole.id, "corporate")}


def test_a_committee_of_an_industrial_union_has_both_lines() -> None:
    nation = union("中国教育工会", "national", None, "industrial")
    committee = union("中国教育工会上海市委员会", "provincial", "310000", "industrial")
    city = union("上海市教育工会", "provincial", "310000", "industrial")
    assert lines(nation, committee, city, CITY) == {
        (committee.id, nation.id, "industrial"),
        (city.id, CITY.id, "territorial"),
    }  # 上海市教育工会 does not say whose it is by industry


def test_every_union_has_at_most_one_primary_superior() -> None:
    unions = [NATION, CITY, DISTRICT, TOWN, union("上海市宝山区快递行业工会联合会", "county", "310113", "industrial")]
    primary = [tie.lower for tie in hierarchy(unions) if tie.primary]
    assert len(primary) == len(set(primary))


def leads_back(ties: list[Tie]) -> bool:
    uppers: dict[str, set[str]] = {}
    for tie in ties:
        uppers.setdefault(tie.lower, set()).add(tie.upper)

    def reaches(one: str, goal: str, seen: frozenset[str]) -> bool:
        return any(u == goal or (u not in seen and reaches(u, goal, seen | {u})) for u in uppers.get(one, ()))

    return any(reaches(one, one, frozenset()) for one in uppers)


CONTRADICTORY = [
    union("上海市宝山区总工会", "township", "310113", identifier="a"),
    union("上海市总工会", "grassroots", "310000", identifier="b"),
    union("中华全国总工会", "community", "310113", identifier="c"),
    union("上海市宝山区总工会", "national", "310113", identifier="d"),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_contradictory_levels_never_make_a_circle(order: tuple[int, ...]) -> None:
    ties = hierarchy([CONTRADICTORY[i] for i in order])
    assert not leads_back(ties)
    assert all(tie.lower != tie.upper for tie in ties)


# ---------------------------------------------------------------- what texts state

GROUP = union("示例集团工会", "grassroots", None, "enterprise", "group")
WHOLE = union("示例建设有限公司工会", "grassroots", None, "enterprise", "whole")
BRANCH = union("示例建设有限公司第二分公司工会", "grassroots", "310113", "enterprise", "branch")
TRADE = union("上海市宝山区快递行业工会联合会", "county", "310113", "sectoral_federation", "trade")
CITY_TRADE = union("上海市快递行业工会联合会", "provincial", "310000", "sectoral_federation", "city trade")


def by_line(*unions: Node, stated: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, bool]]:
    return {(tie.upper, tie.source): (tie.line, tie.primary) for tie in hierarchy(unions, stated)}


@pytest.mark.parametrize(
    ("upper", "line"),
    [(GROUP, "corporate"), (TOWN, "territorial"), (CITY_TRADE, "industrial")],
)
def test_the_line_of_a_stated_superior_is_what_the_superior_is(upper: Node, line: str) -> None:
    assert by_line(upper, WHOLE, stated=[("whole", upper.id)]) == {(upper.id, "text"): (line, True)}


def test_what_a_text_states_stands_in_place_of_what_the_name_suggests() -> None:
    assert by_line(WHOLE, BRANCH, stated=[]) == {("whole", "示例建设有限公司第二分公司工会"): ("corporate", True)}
    assert by_line(GROUP, WHOLE, BRANCH, stated=[("branch", "group")]) == {("group", "text"): ("corporate", True)}


def test_a_stated_line_leaves_the_other_line_to_names_and_comes_first() -> None:
    assert by_line(TRADE, DISTRICT, CITY_TRADE, stated=[("trade", "city trade")]) == {
        ("city trade", "text"): ("industrial", True),
        (DISTRICT.id, "GB/T 2260"): ("territorial", False),
    }


def test_two_stated_superiors_are_two_and_the_territorial_one_is_first() -> None:
    assert by_line(TRADE, DISTRICT, CITY_TRADE, stated=[("trade", "city trade"), ("trade", DISTRICT.id)]) == {
        ("city trade", "text"): ("industrial", False),
        (DISTRICT.id, "text"): ("territorial", True),
    }


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ([("whole", "group"), ("group", "whole")], set()),  # nobody can tell which is right
        ([("whole", "group"), ("whole", "group"), ("group", "whole")], {("whole", "group")}),
        ([("whole", "whole")], set()),
        ([("whole", "nobody")], set()),
        (
            [("whole", "group"), ("whole", "group"), ("group", "trade"), ("group", "trade"), ("trade", "whole")],
            {("whole", "group"), ("group", "trade")},
        ),
    ],
)
def test_what_texts_state_makes_no_circle_either(stated: list, kept: set) -> None:
    assert {(tie.lower, tie.upper) for tie in hierarchy([GROUP, WHOLE, TRADE], stated)} == kept


def test_a_stated_superior_is_kept_before_one_from_a_name_that_leads_back() -> None:
    found = {(tie.lower, tie.upper): tie.source for tie in hierarchy([TOWN, DISTRICT], [(DISTRICT.id, TOWN.id)])}
    assert found == {(DISTRICT.id, TOWN.id): "text"}


# ---------------------------------------------------------------- in the graph

SAID = "静安区总工会"


def told(lower: str, upper: str) -> SuperiorStatement:
    made: SuperiorStatement = stated(SuperiorStatement, SAID, union=lower, superior=upper)
    return made


def graph_of(cases: list[EffectiveRecord], redirects: dict[str, str] | None = None) -> list[Relationship]:
    made = project([(document(), cases)], vocabularies(), redirects or {}, table())
    return [tie for tie in made.derived if tie.type == "SUBORDINATE_TO" and "case_id" in tie.properties]


def test_a_stated_superior_carries_its_sentence() -> None:
    (made,) = identified(record(superiors=(told("宝山区示例镇总工会", "静安区总工会"),)))
    (tie,) = graph_of([EffectiveRecord(made, {made.superiors[0].id: "accepted"})])
    entities = {union.name: union.entity for union in made.unions}
    assert (tie.start[1], tie.end[1]) == (entities["宝山区示例镇总工会"], entities["静安区总工会"])
    assert check_relationship(tie.type, tie.start[0], tie.end[0], {"id": tie.id, **tie.properties}) == []
    assert tie.properties["quotes"] == [SAID]
    assert tie.properties["case_id"] == made.id
    assert tie.properties["review"] == "accepted"
    assert tie.properties["line"] == "territorial"


def test_every_account_that_states_a_superior_is_shown() -> None:
    superiors = (told("宝山区示例镇总工会", "静安区总工会"),)
    made = identified(record(superiors=superiors), record(superiors=superiors, lines=((6, 10),), title=None))
    ties = graph_of([EffectiveRecord(one) for one in made])
    assert {tie.properties["case_id"] for tie in ties} == {one.id for one in made}
    assert len({(tie.start, tie.end) for tie in ties}) == 1


def test_ends_that_were_judged_one_make_no_tie() -> None:
    (made,) = identified(record(superiors=(told("宝山区示例镇总工会", "静安区总工会"),)))
    entities = {union.name: str(union.entity) for union in made.unions}
    assert graph_of([EffectiveRecord(made)], {entities["静安区总工会"]: entities["宝山区示例镇总工会"]}) == []


def test_a_stated_superior_follows_a_name_that_is_corrected_and_goes_with_its_union() -> None:
    (made,) = identified(record(superiors=(told("宝山区示例镇总工会", "静安区总工会"),)))
    lower = made.unions[0]
    decision = ReviewDecision(
        decision="edit", document=made.document, case=made.id, by="甲", at="2026-01-01", field="unions", key=lower.key
    )
    renamed = encode(replace(lower, name="示例镇总工会"))
    (edited,), _ = effective([made], [replace(decision, value=renamed)], "", statement_id)
    assert [(one.union, one.superior) for one in edited.record.superiors] == [("示例镇总工会", "静安区总工会")]
    assert len(graph_of([edited])) == 1
    (left,), _ = effective([made], [replace(decision, decision="reject")], "", statement_id)
    assert graph_of([left]) == []
