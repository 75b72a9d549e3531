"""The network of the page: its nodes and ties are what the records say, and inferred ties stand apart."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.queries import asked_spread
from tests.viz.explorer import spreading
from unionkg.graph.build import Projection
from unionkg.viz.explorer.base import TABLES, Base
from unionkg.viz.explorer.data import Setting, explorer_data
from unionkg.viz.explorer.inferred_data import inferred_data
from unionkg.viz.explorer.network_data import FIRST, FLAGS, network_data


def base_of(made: Projection) -> Base:
    return Base(made, {}, [node.id for graph in made.documents for node in graph.nodes if node.label == "PracticeCase"])


@pytest.fixture(scope="module")
def base() -> Base:
    return base_of(spreading.story())


@pytest.fixture(scope="module")
def told(base: Base) -> dict[str, Any]:
    return network_data(base)


def names(base: Base, told: dict[str, Any]) -> list[str]:
    """The names of the nodes, in order."""
    found = []
    for kind, at in zip(told["kind"], told["at"], strict=True):
        label = told["kinds"][kind][0]
        if at < 0:
            found.append(told["names"][-1 - at])
        else:
            assert label in TABLES
            found.append(str(base.nodes[label, list(base.tables[label])[at]].properties["name"]))
    return found


def ties(base: Base, told: dict[str, Any], *types: str) -> set[tuple[str, str, str, tuple[str, ...], str | None]]:
    """Type, ends, flags and period of the ties of some types."""
    called = names(base, told)
    found = set()
    for number, relation in enumerate(told["relation"]):
        kind = told["relations"][relation][0]
        if kind in types:
            flags = tuple(name for bit, name in enumerate(FLAGS) if told["flags"][number] >> bit & 1)
            ends = called[told["start"][number]], called[told["end"][number]]
            found.add((kind, *ends, flags, told["periods"].get(number)))
    return found


def test_what_spread_is_told_with_its_ends_and_when(base: Base, told: dict[str, Any]) -> None:
    assert ties(base, told, "LEARNED_FROM", "PILOT_ASSIGNED_BY", "PROMOTED_BY", "SCALED_TO") == {
        ("LEARNED_FROM", "嘉定谈判", "宝山区总工会", (), None),
        ("LEARNED_FROM", "湖州谈判", "嘉定区总工会", ("intended",), None),
        (
            "LEARNED_FROM",
            "嘉定区总工会",
            "宝山区总工会",
            (),
            None,
        ),  # follows from the first, and from the second nothing
        ("PILOT_ASSIGNED_BY", "宝山谈判", "上海市总工会", (), "2012-05"),
        ("PROMOTED_BY", "宝山谈判", "中华全国总工会", (), "2015"),
        ("SCALED_TO", "宝山谈判", "全市", ("collective",), None),
    }


def test_each_basis_is_told_apart(told: dict[str, Any]) -> None:
    groups = {(kind, group): influence for kind, group, influence in told["relations"]}
    assert groups["LEARNED_FROM", "diffusion"] == groups["LEARNED_FROM", "derived"] == "end_to_start"
    assert groups["PROMOTED_BY", "diffusion"] is None
    assert groups["INITIATED", "stated"] is None
    assert groups["SUBORDINATE_TO", "structural"] is None
    assert {group for _, group in groups} == {"diffusion", "stated", "structural", "derived"}


def test_every_stated_tie_leads_to_the_words_that_state_it(base: Base, told: dict[str, Any]) -> None:
    quotes = list(base.found)
    for number, relation in enumerate(told["relation"]):
        if told["relations"][relation][1] in {"diffusion", "stated"}:
            assert told["quotes"][number]
    learned = [n for n, r in enumerate(told["relation"]) if told["relations"][r][:2] == ["LEARNED_FROM", "diffusion"]]
    assert {quotes[told["quotes"][n][0]][4] for n in learned} == {
        "learned_from：宝山区总工会",
        "learned_from：嘉定区总工会",
    }


def test_what_follows_names_the_accounts_that_it_follows_from(base: Base, told: dict[str, Any]) -> None:
    called = names(base, told)
    for number, relation in enumerate(told["relation"]):
        if told["relations"][relation][:2] == ["LEARNED_FROM", "derived"]:
            assert [called[at] for at in told["accounts"][number]] == ["嘉定谈判"]


def test_printings_of_one_account_are_one_node() -> None:
    base = base_of(asked_spread.projection())
    told = network_data(base)
    accounts = [kind for kind in told["kind"] if told["kinds"][kind][0] == "PracticeCase"]
    assert len(accounts) == len(base.collection.accounts) < len(base.tables["PracticeCase"])


def test_positions_and_order_are_the_same_each_time(told: dict[str, Any]) -> None:
    again = network_data(base_of(spreading.story()))
    assert again == told
    degrees = [0] * len(told["kind"])
    for start, end in zip(told["start"], told["end"], strict=True):
        degrees[start] += 1
        degrees[end] += 1
    assert degrees == sorted(degrees, reverse=True)
    assert len(set(zip(told["x"], told["y"], strict=True))) == len(told["x"])  # none on another


def test_above_the_limit_the_best_connected_stay_and_the_rest_is_counted(base: Base, told: dict[str, Any]) -> None:
    small = network_data(base, limit=6)
    assert (small["all_nodes"], small["all_edges"], small["limit"]) == (told["all_nodes"], told["all_edges"], 6)
    kept = names(base, small)
    assert len(kept) == 6
    assert {"集体协商", "宝山谈判"} <= set(kept)
    assert {small["kinds"][kind][0] for kind in small["kind"]} <= FIRST
    assert all(end < 6 for end in (*small["start"], *small["end"]))


def test_inferred_ties_carry_how_stable_they_are_and_what_they_rest_on() -> None:
    base = base_of(spreading.sequence(publishers=2))
    found = inferred_data(base)["union"]
    assert not found["lacking"]
    unions = [str(base.nodes["TradeUnion", one].properties["name"]) for one in base.tables["TradeUnion"]]
    quotes = list(base.found)
    told = {
        (unions[start], unions[end]): (frequency, p, types, behind)
        for start, end, frequency, p, types, behind in found["ties"]
    }
    assert set(told) == {("宝山区总工会", "嘉定区总工会"), ("嘉定区总工会", "湖州市总工会")}
    for frequency, p, types, behind in told.values():
        assert (frequency, len(types)) == (1.0, 4)
        assert p < 0.1
        assert {"开展集体协商"} < {quotes[at][4] for at in behind}
    assert {"2010起", "2011起"} <= {quotes[at][4] for at in told["宝山区总工会", "嘉定区总工会"][3]}


def test_too_little_material_is_told_and_nothing_inferred(base: Base) -> None:
    for unit in inferred_data(base).values():
        assert unit["lacking"]
        assert unit["ties"] == []
    one = inferred_data(base_of(spreading.sequence(publishers=1)))["union"]
    assert one["lacking"]
    assert (one["publishers"], one["least_publishers"]) == (1, 2)
    assert one["types"] >= one["least_types"]


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_public_page_holds_nothing_inferred(audience: Any) -> None:
    data = explorer_data(spreading.sequence(publishers=2), {}, Setting(audience=audience))
    assert ("inferred" in data) == (audience == "internal")
    assert ("stable" in json.dumps(data["network"])) is False
    assert all(group != "computed" for _, group, _ in data["network"]["relations"])
