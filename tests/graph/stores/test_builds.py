"""Generations of the embedded store: whatever happens to a writer, readers have a whole graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.graph.stores.conftest import SCHEMA
from unionkg.errors import StoreError, UnionkgError
from unionkg.graph.stores import builds
from unionkg.graph.stores.protocol import Node, Store

ONE_REGION = "MATCH (n:Region {id: 'r'}) RETURN n.name AS name"
# Writes into an update until it is killed; says so once something is committed.
ENDLESS = """
import sys
from pathlib import Path
from unionkg.graph.stores import builds
from unionkg.graph.stores.protocol import Node
with builds.updating(Path(sys.argv[1]), fresh=sys.argv[2] == "fresh") as store:
    if sys.argv[2] == "fresh":
        from tests.graph.stores.conftest import SCHEMA
        store.create_schema(SCHEMA)
    for number in range(10**9):
        with store.transaction():
            store.write_nodes([Node("Region", "r", {"name": "half done"}), Node("Region", f"r{number}")])
        if number == 20:
            print("writing", flush=True)
"""
# Opens the current build, answers once, waits for a line, answers again.
READER = """
import sys
from pathlib import Path
from unionkg.graph.stores import builds
with builds.reading(Path(sys.argv[1])) as store:
    for _ in range(2):
        print(store.ask(sys.argv[2]).rows[0][0], store.counts().nodes["Region"], flush=True)
        sys.stdin.readline()
"""


def write(folder: Path, name: str, *, fresh: bool = False, more: int = 0) -> None:
    with builds.updating(folder, fresh=fresh) as store:
        store.create_schema(SCHEMA)
        store.write_nodes([Node("Region", "r", {"name": name})])
        store.write_nodes([Node("Region", f"more{number}", {"name": "x" * 200}) for number in range(more)])


def name_now(folder: Path) -> str:
    with builds.reading(folder) as store:
        return str(store.ask(ONE_REGION).rows[0][0])


def folders(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[3]
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_nothing_built_yet_says_what_to_do(folder: Path) -> None:
    assert builds.current(folder) is None
    with pytest.raises(StoreError, match="unionkg build"):
        name_now(folder)


def test_an_update_keeps_what_it_does_not_touch_and_a_fresh_one_does_not(folder: Path) -> None:
    write(folder, "first")
    with builds.updating(folder, fresh=False) as store:
        store.write_nodes([Node("Region", "s")])
    with builds.reading(folder) as store:
        assert store.counts().nodes == {"Region": 2}
    write(folder, "anew", fresh=True)
    with builds.reading(folder) as store:
        assert store.counts().nodes == {"Region": 1}
    assert len(folders(folder)) == 1


def test_a_failed_update_leaves_the_old_graph_and_no_rubbish(folder: Path) -> None:
    write(folder, "first")
    before = builds.current(folder)

    def fail(fresh: bool) -> None:
        with builds.updating(folder, fresh=fresh) as store:
            store.create_schema(SCHEMA)
            store.write_nodes([Node("Region", "r", {"name": "half done"})])
            raise KeyboardInterrupt

    for fresh in (False, True):
        with pytest.raises(KeyboardInterrupt):
            fail(fresh)
        assert builds.current(folder) == before
        assert name_now(folder) == "first"
        assert len(folders(folder)) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
@pytest.mark.parametrize("how", ["copy", "fresh"])
def test_a_killed_update_leaves_the_old_graph_and_the_next_one_clears_up(folder: Path, how: str) -> None:
    write(folder, "first")
    process = python(ENDLESS, folder, how)
    assert line(process) == "writing"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(folders(folder)) == 2
    assert name_now(folder) == "first"
    write(folder, "second")
    assert name_now(folder) == "second"
    assert len(folders(folder)) == 1


@pytest.mark.slow
def test_two_readers_keep_their_build_while_a_writer_makes_the_next(folder: Path) -> None:
    write(folder, "first", more=3_000)
    elsewhere = python(READER, folder, ONE_REGION)
    assert line(elsewhere) == "first 3001"
    with builds.reading(folder) as here:
        assert here.ask(ONE_REGION).rows == [("first",)]
        write(folder, "second", fresh=True)
        write(folder, "third")
        assert here.ask(ONE_REGION).rows == [("first",)]
        assert here.ask("MATCH (n:Region) WHERE n.name STARTS WITH 'x' RETURN count(n) AS c").rows == [(3_000,)]
        assert name_now(folder) == "third"
        answer, errors = elsewhere.communicate("go on\n\n", timeout=60)
    assert (answer.strip(), errors, elsewhere.returncode) == ("first 3001", None, 0)
    assert name_now(folder) == "third"


def test_one_process_reads_a_build_twice_at_once(folder: Path) -> None:
    write(folder, "first")
    with builds.reading(folder) as one:
        with builds.reading(folder) as other:
            assert other.ask(ONE_REGION) == one.ask(ONE_REGION)
        assert one.ask(ONE_REGION).rows == [("first",)]


def test_a_reader_cannot_write(folder: Path) -> None:
    write(folder, "first")

    def attempt(store: Store) -> None:
        with store.transaction():
            store.write_nodes([Node("Region", "s")])

    with builds.reading(folder) as store:
        with pytest.raises(UnionkgError, match="reading only"):
            attempt(store)
        with pytest.raises(UnionkgError, match="not idempotent"):
            store.run("CREATE (n:Region {id: 's'})")
    with builds.reading(folder) as store:
        assert store.counts().nodes == {"Region": 1}


@pytest.mark.parametrize("pointer", [b"", b"gone", b"../elsewhere", b"\xff\xfe", None])
def test_a_broken_pointer_is_an_error_that_a_fresh_build_mends(folder: Path, pointer: bytes | None) -> None:
    write(folder, "first")
    (folder.parent / "elsewhere").mkdir()
    if pointer is None:
        (folder / "current").unlink()
        (folder / "current").mkdir()
    else:
        (folder / "current").write_bytes(pointer)
    with pytest.raises(StoreError, match="unionkg build"):
        builds.current(folder)
    write(folder, "mended", fresh=True)
    assert name_now(folder) == "mended"


def test_a_folder_that_is_no_database_is_an_error(folder: Path) -> None:
    (folder / "broken").mkdir(parents=True)
    (folder / "current").write_text("broken\n", encoding="utf-8")
    with pytest.raises(StoreError):
        name_now(folder)
