"""What only the embedded store has: its own Java, its silence, its bulk path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.graph.stores.conftest import SCHEMA
from unionkg.errors import MissingExtraError, QueryError, StoreError
from unionkg.graph.stores import embedded
from unionkg.graph.stores.protocol import Node, Relationship

BUILD_AND_ASK = """
from pathlib import Path
from unionkg.graph.stores import embedded
from unionkg.graph.stores.protocol import Node, Schema
store = embedded.open_writer(Path("database"), fresh=True)
store.create_schema(Schema(["Region"], {}, []))
store.write_nodes([Node("Region", "r")])
store.close()
store = embedded.open_reader(Path("database"))
try:
    store.ask("MATCH (n RETURN n")
except Exception as error:
    assert "wrong" in str(error), error
assert store.ask("MATCH (n:Region) RETURN n.id AS i").rows == [("r",)]
store.close()
"""


@pytest.mark.slow
def test_it_says_nothing_and_leaves_nothing_lying_about(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILD_AND_ASK], cwd=tmp_path, check=False, capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["database"]


def test_importing_the_stores_starts_no_java() -> None:
    script = (
        "import sys, unionkg.graph.stores, unionkg.graph.stores.embedded, unionkg.graph.stores.neo4j_server\n"
        "assert not {'jpype', 'arcadedb_embedded', 'neo4j'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded.jvm", None)
    with pytest.raises(MissingExtraError, match=r'pip install "unionkg\[embedded\]"') as caught:
        embedded.open_reader(tmp_path)
    assert "--store neo4j://" in str(caught.value)


def test_a_second_writer_is_turned_away(tmp_path: Path) -> None:
    first = embedded.open_writer(tmp_path / "database")
    with pytest.raises(StoreError, match="another program"):
        embedded.open_writer(tmp_path / "database")
    first.close()


def test_the_bulk_path_writes_the_same_graph(tmp_path: Path) -> None:
    nodes = [Node("Region", f"r{number}", {"name": f"第{number}区", "codes": ["1", "2"]}) for number in range(50)]
    ties = [
        Relationship("WITHIN", f"w{number}", ("Region", f"r{number}"), ("Region", f"r{number // 7}"), {"since": number})
        for number in range(50)
    ]
    answers = []
    for fresh in (True, False):
        store = embedded.open_writer(tmp_path / str(fresh), fresh=fresh)
        store.create_schema(SCHEMA)
        for _ in range(2):
            store.write_nodes(nodes)
            store.write_relationships(ties)
        answers.append((store.counts(), store.ask("MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY r.id")))
        store.close()
    assert answers[0] == answers[1]


def test_a_label_that_was_not_declared_is_refused(tmp_path: Path) -> None:
    store = embedded.open_writer(tmp_path / "database")
    with pytest.raises(StoreError, match="Nonesuch"):
        store.write_nodes([Node("Nonesuch", "x")])
    store.close()


def test_the_engine_reads_no_files_even_past_the_check(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n", encoding="utf-8")
    store = embedded.open_writer(tmp_path / "database")
    for statement in (
        f"LOAD CSV FROM '{secret.as_uri()}' AS line RETURN line",
        f"RETURN COLLECT {{ LOAD CSV FROM '{secret.as_uri()}' AS line RETURN line }} AS x",
    ):
        with pytest.raises((QueryError, StoreError)):
            store.run(statement)
    store.close()
