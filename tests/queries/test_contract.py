"""What holds for every query of the packs: described in both languages, pasteable, with evidence behind its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queries.asked import projection
from tests.stores_of_tests import every_store, neo4j_session_server, settled  # noqa: F401  fixtures
from unionkg.graph.build import update
from unionkg.graph.stores import Target, reading
from unionkg.graph.stores.protocol import Store
from unionkg.queries import answers, library, parameters
from unionkg.queries.library import Query

QUERIES = library.queries()


@pytest.fixture(scope="module")
def store(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:  # noqa: F811
    folder: Path = tmp_path_factory.mktemp("graph")
    update(every_store, folder, "workspace-q", projection())
    with reading(every_store, folder) as opened:
        yield settled(opened)


def given(query: Query) -> dict[str, str]:
    """The parameters of the query's example."""
    return dict(part.strip().split("=", 1) for part in query.example.split(" -p ")[1:])


def test_there_are_as_many_questions_as_promised() -> None:
    assert len(QUERIES) >= 36
    assert {query.pack for query in QUERIES} == set(library.PACKS)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_it_is_described_in_both_languages_and_its_example_can_be_asked(query: Query) -> None:
    assert query.question_zh.endswith(("？", "）"))
    assert "?" in query.question_en
    assert all(p.zh and p.en for p in query.parameters)
    assert all(c.zh and c.en and c.name.isascii() for c in query.columns)
    assert answers.EVIDENCE not in {column.name for column in query.columns}
    assert query.example.startswith(f"unionkg query run {query.name}")
    assert set(parameters.bind(query, given(query))) == {p.name for p in query.parameters}


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_it_answers_with_its_columns_and_evidence(query: Query, store: Store) -> None:
    bound = parameters.bind(
        query, {**{p.name: "总工会" for p in parameters.missing(query, {})}, **given(query)}, store=store
    )
    if query.compute:
        columns, rows, notes = query.compute(projection(), bound)
        assert notes
        evidence = [row[-1] for row in rows]
    else:
        found = store.ask(query.statement, bound)
        columns, evidence = found.columns, [row[-1] for row in found.rows]
    assert not columns or tuple(columns) == (*(column.name for column in query.columns), answers.EVIDENCE)
    for statements in evidence:
        assert len(statements) <= 20
        for statement in statements:
            assert "quotes" in statement or "row" in statement


@pytest.mark.parametrize("query", [q for q in QUERIES if not q.compute], ids=lambda q: q.name)
def test_it_can_be_pasted_as_it_is(query: Query) -> None:
    text = library.for_browser(query, parameters.bind(query, {}, partial=True))
    for parameter in query.parameters:
        assert f":param {parameter.name} =>" in text
    assert text.rstrip().endswith(";")
