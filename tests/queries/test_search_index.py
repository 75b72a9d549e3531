"""The index follows the collection, and survives what may happen to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.queries.searched import SERVICE, Collection, account, collection, tie
from unionkg.errors import StoreError
from unionkg.queries.search import Found, SearchIndex, search
from unionkg.queries.search_index import update, usable


@pytest.fixture
def made(tmp_path: Path) -> Collection:
    return collection(tmp_path)


@pytest.fixture
def path(tmp_path: Path, made: Collection) -> Path:
    update(tmp_path / "search.sqlite", made.projection(), made.texts)
    return tmp_path / "search.sqlite"


def bring(path: Path, made: Collection, **options: bool) -> bool:
    return update(path, made.projection(), made.texts, **options)


def told(found: Found) -> list[object]:
    return [found.total, found.facets, *((hit.id, hit.matched, hit.snippet, hit.line) for hit in found)]


QUESTIONS = ("工会", "集体协商", "gc", "e家", "热水", "冷水", "编辑部", "上海", "新")


def answers(path: Path) -> list[list[object]]:
    return [told(search(path, question, limit=100)) for question in QUESTIONS]


def test_bringing_up_what_is_up_changes_nothing(path: Path, made: Collection) -> None:
    before = path.read_bytes()
    assert not bring(path, made)
    assert path.read_bytes() == before


def add(made: Collection) -> None:
    made.document("三", "新案例\n新来的话。\n", [account("case:n", "新案例", [1, 2])], [], "2021")
    made.union("新开区总工会", "新开区总工会")


def change_text(made: Collection) -> None:
    made.texts["doc:二"].write_text("寶山區總工會 讓職工喝上冷水\n改過了。\n", encoding="utf-8", newline="")
    os.utime(made.texts["doc:二"], ns=(1, 1))


def change_tie(made: Collection) -> None:
    text = made.texts["doc:二"].read_text(encoding="utf-8")
    made.document(
        "二",
        text,
        [account("case:c", "新名字", [1, 2])],
        [tie("case:c", "IN_THEME", ("Theme", SERVICE)), tie("case:c", "APPLIED", ("PracticeType", "x"), text, "送水")],
        "2022",
    )


def remove(made: Collection) -> None:
    del made.graphs["doc:一"], made.texts["doc:一"]


def remove_union(made: Collection) -> None:
    del made.unions["顾村镇总工会"]


@pytest.mark.parametrize("change", [add, change_text, change_tie, remove, remove_union])
def test_an_update_gives_what_a_build_from_nothing_gives(
    path: Path, made: Collection, change: Callable[[Collection], None], tmp_path: Path
) -> None:
    before = answers(path)
    change(made)
    assert bring(path, made)
    other = tmp_path / "other.sqlite"
    bring(other, made)
    assert answers(path) == answers(other)
    assert answers(path) != before


def test_many_updates_leave_few_segments_and_the_same_answers(path: Path, made: Collection, tmp_path: Path) -> None:
    for number in range(20):
        made.document(f"n{number}", f"新事{number}\n", [account(f"case:{number}", f"新事{number}", [1, 1])], [], "2021")
        bring(path, made)
    other = tmp_path / "other.sqlite"
    bring(other, made)
    assert answers(path) == answers(other)
    with SearchIndexConnection(path) as segments:
        assert segments < 10


class SearchIndexConnection:
    """How many segments an index has."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> int:
        import sqlite3

        connection = sqlite3.connect(self.path)
        (count,) = connection.execute("SELECT count(*) FROM segment").fetchone()
        connection.close()
        return int(count)

    def __exit__(self, *_: object) -> None:
        pass


def test_an_open_index_sees_updates(path: Path, made: Collection) -> None:
    index = SearchIndex(path)
    assert search(index, "新开区").total == 0
    add(made)
    bring(path, made)
    assert search(index, "新开区").total == 1
    bring(path, made, fresh=True)
    assert search(index, "新开区").total == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"x" * 100])
def test_a_broken_index_is_told_and_made_anew(path: Path, made: Collection, content: bytes) -> None:
    path.write_bytes(content)
    assert not usable(path)
    with pytest.raises(StoreError) as error:
        search(path, "工会")
    assert "unionkg build" in str(error.value)
    bring(path, made)
    assert search(path, "热水").total == 1


def test_no_index_is_told_and_none_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        search(tmp_path / "search.sqlite", "工会")
    assert not (tmp_path / "search.sqlite").exists()


SLOW = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.queries.searched import account, collection
from unionkg.queries.search_index import update
made = collection(Path(sys.argv[2]))
text = "".join(chr(0x4E00 + i * 7 % 20000) for i in range(3_000_000))
made.document("三", "新案例\\n" + text + "\\n", [account("case:n", "新案例", [1, 2])], [], "2021")
update(Path(sys.argv[2]) / "search.sqlite", made.projection(), made.texts, fresh=sys.argv[3] == "fresh")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize(("how", "sign"), [("follow", "search.sqlite-journal"), ("fresh", ".search.sqlite.*")])
def test_a_killed_update_leaves_the_index_as_it_was(path: Path, made: Collection, how: str, sign: str) -> None:
    before = answers(path)
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(root), str(path.parent), how])
    until = time.monotonic() + 60
    while not [*path.parent.glob(sign)]:
        assert time.monotonic() < until
        assert process.poll() is None, "it was too fast to be killed"
        time.sleep(0.005)
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert answers(path) == before
    add(made)
    bring(path, made)
    assert search(path, "新来的话").total == 1
    assert [*path.parent.glob(".search.sqlite*")] == []
