"""Networks of a small collection whose ties can be counted by hand (`tests.queries.asked`), and of records that try them."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from typing import Any

import networkx as nx
import pytest

from tests.graph.making import document, identified, record, stated
from tests.queries import asked
from tests.queries.asked import BARGAINING, GRID
from unionkg.errors import InputError, MissingExtraError
from unionkg.graph.analysis import network_rows as rows
from unionkg.graph.analysis.accounts import Selection
from unionkg.graph.analysis.network_columns import COLUMNS
from unionkg.graph.analysis.network_graph import Network
from unionkg.graph.analysis.network_notes import notes
from unionkg.graph.analysis.networks import TIES, network
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.records import CaseRecord, DiffusionStatement, RegionStatement
from unionkg.graph.stores.protocol import Relationship
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

projection = cache(asked.projection)

EVERY = [(kind, ties) for kind, possible in TIES.items() for ties in possible]


def weights(made: Network) -> dict[tuple[str, str], int]:
    """Edges by the names of their ends, undirected ones with the ends in order."""
    found = {}
    for one, other, weight in made.graph.edges(data="weight"):
        ends = made.names[one], made.names[other]
        found[ends if made.graph.is_directed() else tuple(sorted(ends))] = weight
    return found


@cache
def projected(*records: CaseRecord) -> Projection:
    """Records of one document each, projected."""
    authority = Authority()
    documents = []
    for number, one in enumerate(records):
        made = identified(replace(one, document=f"doc:{number}"), authority=authority)
        documents.append((document(f"doc:{number}"), [EffectiveRecord(case) for case in made]))
    return project(documents, vocabularies(), {}, table())


def spread(kind: str, other: str, **more: Any) -> DiffusionStatement:
    said: DiffusionStatement = stated(DiffusionStatement, "这一做法学自静安区总工会", type=kind, other=other, **more)
    return said


def as_one_account(made: Projection) -> Projection:
    """The same accounts, known to be printings of one."""
    graphs = []
    for graph in made.documents:
        nodes = [
            replace(node, properties={**node.properties, "account": "case:one"})
            if node.label == "PracticeCase"
            else node
            for node in graph.nodes
        ]
        graphs.append(replace(graph, nodes=tuple(nodes)))
    return replace(made, documents=graphs)


def learned(**more: Any) -> CaseRecord:
    """An account of Baoshan that learned from Jing'an, the place and its union."""
    one = record()
    jingan = stated(RegionStatement, "静安区", name="静安区", code="310106", role="mentioned")
    both = (spread("learned_from", "静安区"), spread("learned_from", "静安区总工会"))
    return replace(one, regions=(*one.regions, jingan), diffusion=both, **more)


class TestPracticeTypes:
    def test_types_in_one_account(self) -> None:
        made = network(projection(), "practice-practice")
        assert weights(made) == {(GRID, BARGAINING)[::-1] if BARGAINING < GRID else (GRID, BARGAINING): 4}
        (told,) = (told for *_, told in made.graph.edges(data=True))
        # 6 accounts, 6 with bargaining, 4 with grids.
        assert (told["expected"], told["jaccard"]) == (pytest.approx(6 * 4 / 6), pytest.approx(4 / 6))
        assert len(told["accounts"].split("|")) == 4
        assert len(told["statements"].split("|")) == 8  # each account states both

    def test_types_of_one_union(self) -> None:
        made = network(projection(), "practice-practice", within="union")
        (told,) = (told for *_, told in made.graph.edges(data=True))
        # Huzhou, Changxing, Ningbo of five unions; Ningbo's two accounts count once.
        assert told["weight"] == 3
        assert (told["expected"], told["jaccard"]) == (pytest.approx(5 * 3 / 5), pytest.approx(3 / 5))

    def test_routine_types_only_when_asked_for(self) -> None:
        made = network(projection(), "practice-practice", selection=Selection(routine=True))
        assert weights(made)[tuple(sorted(("送清凉", BARGAINING)))] == 1
        assert "送清凉" not in {
            told["name"] for _, told in network(projection(), "practice-practice").graph.nodes(data=True)
        }

    def test_a_type_and_its_broader_one_are_marked(self) -> None:
        kinds = ("集体协商", "专项集体合同", "职工书屋")
        one = record()
        concepts = tuple(replace(one.concepts[0], concept=kind) for kind in kinds)
        made = network(projected(replace(one, concepts=concepts)), "practice-practice")
        broader = {
            frozenset((made.names[a], made.names[b])): told["broader"] for a, b, told in made.graph.edges(data=True)
        }
        assert {frozenset((row[0], row[2])): row[7] for row in rows.ties(made)} == broader
        assert broader == {
            frozenset(kinds[:2]): True,
            frozenset((kinds[0], kinds[2])): False,
            frozenset(kinds[1:]): False,
        }

    @pytest.mark.parametrize(
        ("selection", "accounts"),
        [
            (Selection(practice_type=GRID), 4),
            (Selection(practice_type="送清凉"), 1),
            (Selection(theme="基层工会建设"), 6),
            (Selection(theme="女职工工作"), 0),
            (Selection(region="region:330000"), 4),
            (Selection(region="region:330500"), 2),
            (Selection(region="region:330000", practice_type=BARGAINING), 4),
        ],
    )
    def test_accounts_are_selected(self, selection: Selection, accounts: int) -> None:
        assert network(projection(), "practice-practice", selection=selection).graph.graph["accounts"] == accounts

    def test_two_printings_of_one_account_count_once(self) -> None:
        twice = projected(record(), record())
        assert set(weights(network(twice, "practice-practice")).values()) == {2}
        once = network(as_one_account(twice), "practice-practice")
        assert once.graph.graph["accounts"] == 1
        assert set(weights(once).values()) == {1}


class TestUnions:
    def test_who_applied_what(self) -> None:
        made = network(projection(), "union-practice")
        assert weights(made)[tuple(sorted(("宁波市总工会", BARGAINING)))] == 2
        assert weights(made)[tuple(sorted(("宝山区总工会", BARGAINING)))] == 1
        assert len(made.graph) == 7
        assert nx.is_bipartite(made.graph)

    def test_who_has_types_in_common(self) -> None:
        found = weights(network(projection(), "union-union", ties="shared"))
        assert len(found) == 10
        assert {ends for ends, weight in found.items() if weight == 2} == {
            tuple(sorted(pair))
            for pair in (
                ("湖州市总工会", "长兴县总工会"),
                ("湖州市总工会", "宁波市总工会"),
                ("宁波市总工会", "长兴县总工会"),
            )
        }

    def test_partners_of_one_account_have_nothing_in_common_by_it(self) -> None:
        one = record()
        both = replace(one, unions=(one.unions[0], replace(one.unions[2], role="originator")))
        assert weights(network(projected(both), "union-union", ties="shared")) == {}

    def test_stated_ties_run_the_way_the_practice_went(self) -> None:
        """The learner is the account's union, a place that took the practice up is the other end."""
        spreads = (spread("learned_from", "静安区总工会"), spread("replicated_in", "上海市总工会"))
        made = network(projected(record(diffusion=spreads)), "union-union", ties="stated")
        assert made.graph.is_directed()
        assert weights(made) == {
            ("静安区总工会", "宝山区示例镇总工会"): 1,
            ("宝山区示例镇总工会", "上海市总工会"): 1,
        }
        assert {told["relations"] for *_, told in made.graph.edges(data=True)} == {"LEARNED_FROM", "REPLICATED_IN"}

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (spread("scaled_to", "静安区总工会", collective=True), "collective"),
            (spread("replicated_in", "静安区总工会", internal=True), "internal"),
            (spread("replicated_in", "静安区总工会", intended=True), "intended"),
            (spread("learned_from", "远方某会"), "unresolved"),
            (spread("learned_from", "区城管局"), "other_kind"),
            (spread("learned_from", "宝山区示例镇总工会"), "itself"),
        ],
    )
    def test_what_is_no_tie_between_two_is_counted_by_its_reason(self, said: DiffusionStatement, reason: str) -> None:
        made = network(projected(record(diffusion=(said,))), "union-union", ties="stated")
        assert len(made.graph) == 0
        assert made.left_out == {reason: 1}
        assert rows.ties(made) == []

    @pytest.mark.parametrize("kind", ["promoted_by", "recognised_by"])
    def test_promotion_and_recognition_are_told_without_a_direction_and_not_measured(self, kind: str) -> None:
        made = network(projected(record(diffusion=(spread(kind, "上海市总工会"),))), "union-union", ties="stated")
        assert len(made.graph) == 0
        (row,) = (dict(zip(COLUMNS["ties"], one, strict=True)) for one in rows.ties(made))
        assert (row["source"], row["target"], row["directed"]) == ("宝山区示例镇总工会", "上海市总工会", False)
        assert row["evidence"][0]["quotes"] == ["这一做法学自静安区总工会"]
        assert rows.centrality(made) == []

    def test_a_tie_weighs_as_many_accounts_as_state_it(self) -> None:
        twice = projected(learned(), learned())
        assert list(weights(network(twice, "union-union", ties="stated")).values()) == [2]
        assert list(weights(network(as_one_account(twice), "union-union", ties="stated")).values()) == [1]


class TestRegions:
    def test_stated_ties_run_the_way_the_practice_went(self) -> None:
        made = network(projected(learned()), "region-region", ties="stated")
        assert weights(made) == {("上海市静安区", "上海市宝山区"): 1}  # by its name and by its union's seat
        (told,) = (told for *_, told in made.graph.edges(data=True))
        assert len(told["statements"].split("|")) == 2

    def test_regions_count_for_theirs_of_a_level(self) -> None:
        by_province = network(projected(learned()), "region-region", ties="stated", level="province")
        assert weights(by_province) == {}
        assert by_province.left_out == {"itself": 2}
        there = stated(RegionStatement, "宝山区", name="宝山区", code="330500", role="location")
        above = projected(replace(learned(), regions=(there, learned().regions[1])))
        assert weights(network(above, "region-region", ties="stated", level="province")) == {("上海市", "浙江省"): 1}
        assert network(above, "region-region", ties="stated", level="county").left_out == {"no_unit": 2}

    def test_a_region_is_not_compared_with_what_lies_in_it(self) -> None:
        made = network(projection(), "region-region", ties="shared")
        found = weights(made)
        assert tuple(sorted(("浙江省湖州市", "浙江省湖州市长兴县"))) not in found
        assert len(found) == 9
        assert {ends for ends, weight in found.items() if weight == 2} == {
            tuple(sorted(("浙江省宁波市", "浙江省湖州市"))),
            tuple(sorted(("浙江省宁波市", "浙江省湖州市长兴县"))),
        }

    def test_light_ties_are_left_out(self) -> None:
        made = network(projection(), "region-region", ties="shared", at_least=2)
        assert len(weights(made)) == 2
        assert len(made.graph) == 5  # the others are there, without ties

    def test_coarser_accounts_are_counted(self) -> None:
        made = network(projection(), "region-region", ties="shared", level="county")
        assert made.left_out == {"coarser": 4}  # Huzhou, Suzhou, twice Ningbo
        assert set(weights(made)) == {tuple(sorted(("上海市宝山区", "浙江省湖州市长兴县")))}

    def test_a_region_that_ended_counts_for_what_it_became(self) -> None:
        there = stated(RegionStatement, "宝山区", name="卢湾区", code="310103", role="location")
        made = network(
            projected(record(regions=(there,)), record(regions=(replace(there, code="330500"),), title=None)),
            "region-region",
            ties="shared",
        )
        assert "上海市黄浦区" in {told["name"] for _, told in made.graph.nodes(data=True)}
        assert "region:310103" not in made.graph
        within = network(
            projected(record(regions=(there,))), "practice-practice", selection=Selection(region="region:310101")
        )
        assert within.graph.graph["accounts"] == 1


class TestKindsOfTie:
    def test_an_inferred_tie_is_in_no_other_network(self) -> None:
        made = projection()
        units = {r.end: r.properties["cases"] for r in made.derived if r.type == "ADOPTED"}
        assert units
        cases = sorted(n.id for graph in made.documents for n in graph.nodes if n.label == "PracticeCase")
        tie = Relationship(
            "INFERRED_TIE",
            "derived:tie",
            ("Region", "region:310113"),
            ("Region", "region:330200"),
            {
                "practice_types": ["practice_type:a", "practice_type:b"],
                "cases": cases[:2],
                "method": "netinf",
                "score": 3.0,
            },
        )
        more = replace(made, derived=[*made.derived, tie])
        inferred = network(more, "region-region", ties="inferred")
        assert weights(inferred) == {("上海市宝山区", "浙江省宁波市"): 2}
        assert weights(network(made, "region-region", ties="inferred")) == {}
        for ties in ("stated", "shared"):
            without, with_it = (network(one, "region-region", ties=ties) for one in (made, more))  # type: ignore[arg-type]
            assert nx.utils.graphs_equal(without.graph, with_it.graph)
        (row,) = (dict(zip(COLUMNS["ties"], row, strict=True)) for row in rows.ties(inferred))
        assert (row["relation"], row["evidence"]) == (["INFERRED_TIE"], [])  # nobody said it: no words

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("region-region", {}),
            ("union-union", {}),
            ("practice-practice", {"ties": "stated"}),
            ("union-practice", {"ties": "shared"}),
            ("practice-practice", {"level": "county"}),
            ("region-region", {"ties": "shared", "within": "union"}),
            ("union-region", {"ties": "stated"}),
        ],
    )
    def test_what_is_not_said_or_cannot_be_is_refused(self, kind: Any, given: dict[str, Any]) -> None:
        with pytest.raises(InputError):
            network(projection(), kind, **given)


@pytest.mark.parametrize(("kind", "ties"), EVERY)
class TestEveryNetwork:
    @pytest.fixture
    def made(self, kind: Any, ties: Any) -> list[Network]:
        """Of both collections: one shares practice types, the other states who learned from whom."""
        return [network(one, kind, ties=ties) for one in (projection(), projected(learned()))]

    def test_graphml_and_gexf_take_every_attribute(self, made: list[Network], tmp_path: Any) -> None:
        for one in made:
            graph = one.graph
            nx.write_graphml(graph, tmp_path / "a.graphml")
            nx.write_gexf(graph, tmp_path / "a.gexf")
            again = nx.read_graphml(tmp_path / "a.graphml")
            assert {node: dict(told) for node, told in again.nodes(data=True)} == dict(graph.nodes(data=True))
            assert {frozenset(ends): told["weight"] for *ends, told in again.edges(data=True)} == {
                frozenset(ends): told["weight"] for *ends, told in graph.edges(data=True)
            }
            assert set(nx.read_gexf(tmp_path / "a.gexf")) == set(graph)

    def test_every_table_has_its_columns_and_words_behind_its_rows(self, made: list[Network]) -> None:
        for one in made:
            tables = {
                "ties": rows.ties(one),
                "centrality": rows.centrality(one),
                "brokerage": rows.brokerage(one),
                "communities": rows.parts(one),
                "core_periphery": rows.core(one),
            }
            for name, found in tables.items():
                for row in found:
                    assert len(row) == len(COLUMNS[name])
                    assert row[-1] or (name != "ties" and not one.graph.degree(row[-2]))
                    assert all(said["quotes"] and said["document"] and said["case_id"] for said in row[-1])
                if name != "ties":
                    assert sorted(row[-2] for row in found) == sorted(one.graph)

    def test_its_notes_say_what_its_ties_are_and_that_it_is_a_sample(self, made: list[Network]) -> None:
        said = notes(made[0])
        assert "from 6 accounts" in said[0]
        assert said[1].startswith("ties: ")
        assert "sample" in said[2]


def test_regions_and_unions_stand_in_the_order_of_their_codes() -> None:
    made = network(projection(), "region-region", ties="shared")
    codes = [row[-2].removeprefix("region:") for row in rows.centrality(made)]
    assert codes == ["310113", "320500", "330200", "330500", "330522"]
    unions = [row[0] for row in rows.centrality(network(projection(), "union-union", ties="shared"))]
    assert unions == ["宝山区总工会", "示例钢铁公司工会", "宁波市总工会", "湖州市总工会", "长兴县总工会"]


def test_roles_are_told_only_where_ties_have_a_direction() -> None:
    column = COLUMNS["brokerage"].index
    (first, *_) = rows.brokerage(network(projected(learned()), "region-region", ties="stated"))
    assert first[column("liaison")] == 0
    assert first[column("group")] == "上海市"
    (first, *_) = rows.brokerage(network(projection(), "region-region", ties="shared"))
    assert (first[column("liaison")], first[column("group")]) == (None, None)
    assert first[column("constraint")] is not None
    (first, *_) = rows.brokerage(network(projection(), "union-practice"))
    assert (first[column("constraint")], first[column("redundancy")]) == (None, pytest.approx(0.3))


def test_the_first_statements_behind_a_tie_show_both_of_its_types() -> None:
    (row,) = rows.ties(network(projection(), "practice-practice"))
    assert len({said["quotes"][0] for said in row[-1][:2]}) == 2


def test_a_core_stands_first_and_a_network_without_one_says_so() -> None:
    """Three unions have two types in common, the two others one with everybody."""
    made = network(projection(), "union-union", ties="shared")
    found = [dict(zip(COLUMNS["core_periphery"], row, strict=True)) for row in rows.core(made)]
    assert [row["core"] for row in found] == sorted((row["core"] for row in found), reverse=True)
    assert {row["name"] for row in found if row["core"]} == {"湖州市总工会", "长兴县总工会", "宁波市总工会"}
    assert {row["fit"] for row in found} == {1.0}  # the two others have one type with each, and one with each other
    assert {row["density_core"] for row in found} == {2.0}
    alike = network(projection(), "union-union", ties="shared", selection=Selection(region="region:330500"))
    assert {row[0] for row in rows.core(alike)} == {None}


def test_without_networkx_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtraError, match="networkx") as caught:
        network(projection(), "union-practice")
    assert "unionkg[analysis]" in str(caught.value)
