"""A few child processes that answer whoever asks, each one question at a time; one that dies or is killed is replaced."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import unionkg.errors
from unionkg.errors import BusyError, QueryError, StoreError, UnionkgError
from unionkg.graph.stores.guarded_child import Child, DiedError
from unionkg.language import language, say

_LOG = logging.getLogger(__name__)
_AT_ONCE = 1.0
"""Seconds within which a child that was already dead says so."""


class Pool:
    """Child processes of one kind; safe to use from several threads.

    Parameters
    ----------
    start : callable
        Starts a child.
    children : int
        How many, so many questions are answered at once. They are started when they are needed.
    waiting_seconds : float
        So long a question waits for a child before BusyError is raised.
    """

    def __init__(self, start: Callable[[], Child], children: int, waiting_seconds: float) -> None:
        self._start = start
        self._size = children
        self._waiting_seconds = waiting_seconds
        self._idle: list[Child | None] = [None] * children  # None: a child that is not started yet
        self._all: set[Child] = set()
        self._changed = threading.Condition()
        self._closed = False

    @property
    def children(self) -> list[Child]:
        """Those that are started."""
        with self._changed:
            return list(self._all)

    def warm(self, count: int) -> None:
        """Start some children; nothing waits for them."""
        if count > 0:
            with self._child():
                self.warm(min(count, self._size) - 1)

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """A child's answer to a request, with the ``seconds`` that it took.

        Raises
        ------
        UnionkgError
            What the child raised, as it raised it.
        QueryTimeoutError
            It took longer than ``seconds``, and was killed.
        BusyError
            No child became free in time.
        StoreError
            No child can be started, or the pool is closed.
        """
        answer = self._asked({**request, "language": language()}, seconds, again=self._size)
        error = answer.get("error")
        if error is not None:
            raise _error(error)
        return answer

    def close(self) -> None:
        """End the children, whatever they are doing."""
        with self._changed:
            self._closed = True
            ended, self._all = self._all, set()
        for child in ended:
            child.end()

    def _asked(self, request: dict[str, Any], seconds: float, again: int) -> dict[str, Any]:
        began = time.monotonic()
        try:
            with self._child() as child:
                return child.answer(request, seconds)
        except DiedError:
            # One that was dead before it was asked says so at once; what killed it after a while would kill the next.
            if not again or time.monotonic() - began > _AT_ONCE:
                raise
        return self._asked(request, seconds, again - 1)

    @contextmanager
    def _child(self) -> Iterator[Child]:
        """A child of one's own, for a while; one that is spent afterwards is replaced, so that nobody waits for it."""
        taken = self._taken()
        child: Child | None = None
        try:
            child = taken if taken is not None and taken.usable else self._replaced(taken)
            if child is None:
                raise StoreError(say("服务已停止", "the server has ended"))
            yield child
        finally:
            self._give_back(child)

    def _give_back(self, child: Child | None) -> None:
        """Make a place free for the next; where its child cannot be replaced now, the next question starts one."""
        kept: Child | None = None
        try:
            kept = child if child is None or child.usable else self._replaced(child)
        except StoreError as error:
            _LOG.warning("%s", error)  # whoever was answered has the answer all the same
        finally:
            with self._changed:
                self._idle.append(kept)
                self._changed.notify()

    def _taken(self) -> Child | None:
        """The idle child that can answer soonest."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._idle, timeout=self._waiting_seconds):
                raise busy()
            soonest = max(self._idle, key=lambda child: 0 if child is None else 1 + child.ready.is_set())
            self._idle.remove(soonest)
            return soonest

    def _replaced(self, child: Child | None) -> Child | None:
        """A new child in place of one that is spent, or of none; None after `close`. StoreError where none starts."""
        if child is not None:
            child.end()
        with self._changed:
            if child is not None:
                self._all.discard(child)
            if self._closed:
                return None
            try:
                new = self._start()
            except (OSError, RuntimeError) as error:  # no memory, no more processes, files or (RuntimeError) threads
                told = error.strerror if isinstance(error, OSError) else error
                raise StoreError(
                    say(f"无法启动查询进程（{told}）", f"the process that answers cannot be started ({told})"),
                    hint=say("稍后再试", "try again later"),
                ) from error
            self._all.add(new)
            return new


def busy() -> BusyError:
    """The error where too many ask."""
    return BusyError(
        say("正在处理的查询太多", "too many questions are being answered"),
        hint=say("稍后再试", "try again later"),
    )


def _error(told: Mapping[str, Any]) -> UnionkgError:
    """The child's error as the parent's."""
    kind = getattr(unionkg.errors, told["kind"], QueryError)
    error: UnionkgError = kind(told["what"], where=told["where"], hint=told["hint"])
    return error
