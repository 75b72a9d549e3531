"""Networks of documents that were read: the bundled example, and the project's five, counted again from their records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from unionkg import workspace as workspaces
from unionkg.errors import InputError, QueryError
from unionkg.graph.build import Projection
from unionkg.graph.corpus import text_of
from unionkg.graph.records import CaseRecord
from unionkg.graph.stores import parse_target
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.loading import files_of, load_files
from unionkg.queries.library import Query
from unionkg.queries.networks import network_queries
from unionkg.queries.parameters import bind

QUERIES = {query.name.partition(".")[2]: query for query in network_queries()}


def read(folder: Path, paths: Iterable[Path]) -> KnowledgeGraph:
    """A workspace with documents, without a graph: networks need none."""
    made = workspaces.create(folder)
    load_files(made, files_of(list(paths)))
    return KnowledgeGraph(made, parse_target("embedded"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return read(tmp_path_factory.mktemp("example"), Path(str(files("unionkg") / "example")).glob("*.txt"))


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> KnowledgeGraph:
    return read(tmp_path_factory.mktemp("five"), sorted((shared / "documents").iterdir()))


@cache
def projection(kg: KnowledgeGraph) -> Projection:
    """Made once: what is asked here changes nothing."""
    return kg.projection()


def ask(kg: KnowledgeGraph, query: Query, **given: Any) -> list[dict[str, Any]]:
    assert query.compute is not None
    columns, rows, notes = query.compute(projection(kg), bind(query, given))
    assert list(columns) == [*(column.name for column in query.columns), "evidence"]
    assert notes
    return [dict(zip(columns, row, strict=True)) for row in rows]


def records(kg: KnowledgeGraph) -> list[CaseRecord]:
    return [case.record for _, cases in kg.corpus().documents for case in cases]


def routine(kg: KnowledgeGraph) -> set[str]:
    nodes, _ = projection(kg).structure
    return {str(n.properties["name"]) for n in nodes if n.label == "PracticeType" and n.properties.get("routine")}


def accounts(kg: KnowledgeGraph) -> dict[str, list[CaseRecord]]:
    """The printings of every account, as the graph has it."""
    group = {
        n.id: str(n.properties["account"])
        for g in projection(kg).documents
        for n in g.nodes
        if n.label == "PracticeCase"
    }
    found: dict[str, list[CaseRecord]] = defaultdict(list)
    for record in records(kg):
        found[group[record.id]].append(record)
    return found


def pairs_by_hand(kg: KnowledgeGraph) -> Counter[frozenset[str]]:
    """In how many accounts two practice types occur, from the records alone."""
    skipped = routine(kg)
    counted: Counter[frozenset[str]] = Counter()
    for printings in accounts(kg).values():
        names = {concept.concept.removeprefix("new:") for one in printings for concept in one.concepts} - skipped
        counted.update(frozenset(pair) for pair in combinations(sorted(names), 2))
    return counted


def check_pairs(kg: KnowledgeGraph) -> int:
    graph = kg.network("practice-practice")
    named = dict(graph.nodes(data="name"))
    found = {
        frozenset(named[end].removeprefix("new:") for end in ends): told["weight"]
        for *ends, told in graph.edges(data=True)
    }
    assert found == dict(pairs_by_hand(kg))
    return len(found)


def check_words(kg: KnowledgeGraph, rows: list[dict[str, Any]]) -> int:
    """Every statement behind the rows is in its document, letter by letter."""
    texts: dict[str, str] = {}
    checked = 0
    for row in rows:
        for said in row["evidence"]:
            text = texts.setdefault(said["document"], text_of(kg.workspace, said["document"]))
            for quote, start in zip(said["quotes"], said["starts"], strict=True):
                assert text[start : start + len(quote)] == quote
                checked += 1
    return checked


def test_the_example_is_counted_as_by_hand(example: KnowledgeGraph) -> None:
    assert check_pairs(example) > 3


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda q: q.name)
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"projection": "union-practice"},
        {"projection": "region-region", "ties": "shared", "level": "省级"},
        {"projection": "region-region", "ties": "stated"},
        {"projection": "union-union", "ties": "stated"},
        {"projection": "union-union", "ties": "shared", "theme": "维护职工权益"},
        {"projection": "union-union", "ties": "inferred"},
    ],
    ids=lambda given: "-".join(given.values()) or "default",
)
def test_every_question_of_the_example_is_answered_with_words(
    query: Query, given: dict[str, str], example: KnowledgeGraph
) -> None:
    rows = ask(example, query, **given)
    words = check_words(example, rows)
    assert bool(words) == any(row["evidence"] for row in rows)
    assert rows == ask(example, query, **given)


def test_parameters_narrow_the_network(example: KnowledgeGraph) -> None:
    every = ask(example, QUERIES["ties"], projection="union-practice")
    assert len(ask(example, QUERIES["ties"], projection="union-practice", limit=2)) == 2
    (some,) = {row["target"] for row in every[:1]}
    narrowed = ask(example, QUERIES["ties"], projection="union-practice", practice_type=some)
    assert 0 < len(narrowed) < len(every)
    assert {row["source"] for row in narrowed} == {row["source"] for row in every if row["target"] == some}


def test_a_network_from_python_takes_what_people_type(example: KnowledgeGraph) -> None:
    by_province = example.network("region-region", ties="shared", level="省级", routine="是")
    assert {level for _, level in by_province.nodes(data="level")} == {"province"}
    with pytest.raises(InputError, match="say which ties"):
        example.network("region-region")
    for wrong in ({"levels": "省级"}, {"limit": 3}):  # a graph is not cut like a table
        with pytest.raises(QueryError, match="no parameter"):
            example.network("region-region", ties="shared", **wrong)


@pytest.mark.documents
@pytest.mark.slow
class TestFiveDocuments:
    def test_practice_types_are_counted_as_by_hand(self, five: KnowledgeGraph) -> None:
        assert check_pairs(five) > 300

    def test_unions_and_their_types_are_counted_as_by_hand(self, five: KnowledgeGraph) -> None:
        skipped = routine(five)
        redirects = five.corpus().redirects
        counted: dict[tuple[str, str], set[str]] = defaultdict(set)
        for account, printings in accounts(five).items():
            unions = {
                redirects.get(u.entity, u.entity)
                for one in printings
                for u in one.unions
                if u.role == "originator" and u.entity
            }
            for concept in {c.concept for one in printings for c in one.concepts} - skipped:
                for union in unions:
                    counted[union, concept].add(account)
        graph = five.network("union-practice")
        named = dict(graph.nodes(data="name"))
        found = {}
        for *ends, weight in graph.edges(data="weight"):
            kind, union = sorted(ends, key=lambda end: end.startswith("union:"))
            found[union, named[kind]] = weight
        assert found == {ends: len(some) for ends, some in counted.items()}

    def test_what_is_said_of_diffusion_is_a_tie_or_counted(self, five: KnowledgeGraph) -> None:
        """Every statement of diffusion of the five documents is a tie, told without direction, or left out by a reason."""
        from unionkg.graph.analysis.networks import network

        made = network(projection(five), "union-union", ties="stated")
        said = {spread.id for record in records(five) for spread in record.diffusion}
        tied = {s for *_, joined in made.graph.edges(data="statements") for s in joined.split("|")}
        told = {tie.statement.id for tie in made.undeclared}
        assert tied | told <= said
        assert len(said) == len(tied | told) + sum(made.left_out.values())
        assert tied

    def test_a_sample_shows_kinds_of_practice_that_belong_together(self, five: KnowledgeGraph) -> None:
        """What anybody who knows the field would expect: rights together, organising together, and not the same."""
        community = {row["name"]: row["community"] for row in ask(five, QUERIES["communities"])}
        assert community["法律援助与咨询"] == community["劳动争议多元化解"] == community["部门联动(工会+)"]
        assert community["非公企业工会改革"] == community["工会经费管理"] == community["经费差异化收缴与补贴"]
        assert community["法律援助与咨询"] != community["工会经费管理"]
        assert community["创新工作室"] == community["师徒结对"]

    @pytest.mark.parametrize("query", QUERIES.values(), ids=lambda q: q.name)
    def test_words_stand_in_the_documents(self, query: Query, five: KnowledgeGraph) -> None:
        assert check_words(five, ask(five, query, projection="union-practice")) > 200
