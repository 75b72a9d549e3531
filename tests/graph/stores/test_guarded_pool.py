"""A pool of children that cannot be started for a while, or that end themselves: no place is lost, nothing is told."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unionkg.errors import StoreError
from unionkg.graph.stores.guarded_child import Child, DiedError
from unionkg.graph.stores.guarded_pool import Pool

WORKER = """
import os, sys

from unionkg.graph.stores.guarded_worker import answer_requests

def answer(request):
    if request["ask"] == "die":
        print("RuntimeError: bolt://10.0.0.5:7687 user=neo4j /srv/secret/path", file=sys.stderr, flush=True)
        os._exit(7)
    return {"process": os.getpid(), "spent": request["ask"] == "answer and end"}

answer_requests(lambda first: answer)
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Pool]]:
    """A pool whose children are started or not, as is said in turn; when all is said, they are."""
    (tmp_path / "worker_of_tests.py").write_text(WORKER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made: list[Pool] = []

    def make(children: int, *outcomes: Exception | None) -> Pool:
        left = list(outcomes)

        def start() -> Child:
            if left and (error := left.pop(0)) is not None:
                raise error
            return Child("worker_of_tests", {"language": "en", "memory": 10**9}, 10_000)

        made.append(Pool(start, children, 0.2))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOMEM, "Cannot allocate memory"), RuntimeError("can't start new thread")]
)
def test_who_cannot_be_started_is_started_by_the_next_question(pool: Callable[..., Pool], error: Exception) -> None:
    asked = pool(2, *[error] * 5)
    for _ in range(5):
        with pytest.raises(StoreError, match=str(error.args[-1])):
            asked.ask({"ask": "x"}, 10)
    assert asked.ask({"ask": "x"}, 10)["process"] != os.getpid()


def test_an_answer_is_given_though_its_child_cannot_be_replaced(
    pool: Callable[..., Pool], caplog: pytest.LogCaptureFixture
) -> None:
    asked = pool(1, None, OSError(errno.ENOMEM, "Cannot allocate memory"))
    first = asked.ask({"ask": "answer and end"}, 10)
    assert "Cannot allocate memory" in caplog.text
    assert asked.ask({"ask": "x"}, 10)["process"] != first["process"]


def test_what_a_child_said_before_it_died_is_logged_here_and_told_to_nobody(
    pool: Callable[..., Pool], caplog: pytest.LogCaptureFixture
) -> None:
    asked = pool(1)
    with caplog.at_level(logging.WARNING), pytest.raises(DiedError) as told:
        asked.ask({"ask": "die"}, 10)
    assert told.value.what == "the process that answered has ended (exit code 7)"
    assert "bolt" not in str(told.value)
    assert "RuntimeError: bolt://10.0.0.5:7687 user=neo4j /srv/secret/path" in caplog.text
