"""Decisions from the page of `unionkg serve --edit`: written at once by one child, followed by the graph in another.

To bring the graph up takes seconds, to write a decision a tenth of one. So the graph follows when nobody has decided
anything for a moment, in a child of its own; requests are answered meanwhile from the build before. The embedded store
is copied and its pointer switched (`unionkg.graph.stores.builds`): readers keep their build and open the next one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.errors import UnionkgError
from unionkg.graph.stores.guarded_pool import Pool, busy
from unionkg.serving_children import Children

_LOG = logging.getLogger(__name__)
_QUIET_SECONDS, _LATEST_SECONDS = 3.0, 30.0
"""The graph follows when so long nothing was decided, or when the first decision is so old."""

_AGAIN_SECONDS = 15.0
_DESK_SECONDS = 120.0
_UPDATE_SECONDS = 3600.0
_WAITING_SECONDS = 90.0
"""So long a decision waits for the graph to have followed those before it."""


class Editor:
    """Writes decisions of people (a `unionkg.viz.server.service.Editing`).

    Parameters
    ----------
    children : Children
    """

    def __init__(self, children: Children) -> None:
        self._children = children
        self._desk = Pool(children.starting("desk"), 1, _WAITING_SECONDS)
        self._writing = threading.Lock()  # one writer of ours at a time: the workspace's lock would refuse the other
        self._changed = threading.Condition()
        self._first: float | None = None
        self._due: float | None = None
        self._following = False
        self._problem: UnionkgError | None = None
        self._update: Pool | None = None
        self._closed = False
        self._follower = threading.Thread(target=self._follow, name="follow", daemon=True)
        self._follower.start()

    def state(self) -> Mapping[str, Any]:
        """Whether the graph has to follow decisions still (``pending``), and why it could not (``problem``)."""
        with self._changed:
            problem = self._problem
            told = None if problem is None else {"what": problem.what, "where": problem.where, "hint": problem.hint}
            return {"pending": self._due is not None or self._following, "problem": told}

    def queue(self, document: str | None, field: str | None, cause: str | None, limit: int) -> Mapping[str, Any]:
        """What deserves a look, what deserves it first in front, with how much is reviewed and the last decisions."""
        return self._asked({"ask": "queue", "document": document, "field": field, "cause": cause, "limit": limit})

    def facts(self, identifier: str) -> Mapping[str, Any]:
        """A fact with its attributes, sentences and history, or every fact of an account."""
        return self._asked({"ask": "facts", "id": identifier})

    def fields(self) -> Mapping[str, Any]:
        """The fields of a record with their attributes and what these may be."""
        return self._asked({"ask": "fields"})

    def decide(self, verdicts: Sequence[Mapping[str, Any]], by: str, why: str) -> Mapping[str, Any]:
        """Write decisions, all or none; the graph follows."""
        made = self._written({"ask": "decide", "verdicts": list(verdicts), "by": by, "why": why})
        if made["made"]:
            self._must_follow()
        return made

    def pairs(self, kind: str | None, *, judged: bool, limit: int) -> Mapping[str, Any]:
        """Pairs that may be one, the likest first."""
        return self._asked({"ask": "pairs", "kind": kind, "judged": judged, "limit": limit})

    def pair(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """The two of a pair, or several things, each with where it is named."""
        return self._asked({"ask": "pair", "ids": list(ids)})

    def judge(self, decision: str, ids: Sequence[str], by: str, why: str) -> Mapping[str, Any]:
        """Write who is who; the graph follows."""
        made = self._written({"ask": "judge", "decision": decision, "ids": list(ids), "by": by, "why": why})
        if made["new"]:
            self._must_follow()
        return made

    def close(self) -> None:
        """Let the graph follow what was decided last, then end the children."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._follower.join(timeout=_UPDATE_SECONDS)
        with self._changed:
            update = self._update
        for pool in (self._desk, update):
            if pool is not None:
                pool.close()

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self._desk.ask(request, _DESK_SECONDS)["found"]
        return found

    def _written(self, request: dict[str, Any]) -> dict[str, Any]:
        if not self._writing.acquire(timeout=_WAITING_SECONDS):
            raise busy()
        try:
            return self._asked(request)
        finally:
            self._writing.release()

    def _must_follow(self) -> None:
        with self._changed:
            now = time.monotonic()
            self._first = self._first or now
            self._due = min(now + _QUIET_SECONDS, self._first + _LATEST_SECONDS)
            self._changed.notify_all()

    def _follow(self) -> None:
        """Bring the graph up whenever it is due, until `close`; then once more where something is left."""
        while True:
            with self._changed:
                while not self._closed and (self._due is None or time.monotonic() < self._due):
                    self._changed.wait(None if self._due is None else max(0.01, self._due - time.monotonic()))
                if self._due is None:
                    return
                self._first, self._due, self._following = None, None, True
                last = self._closed
            problem: UnionkgError | None = None
            try:
                with self._writing:
                    self._children.once("update", {"ask": "update"}, _UPDATE_SECONDS, self._keep)
            except UnionkgError as error:
                problem = error
                _LOG.warning("%s", error)
            with self._changed:
                self._problem, self._following = problem, False
                if problem is not None and not self._closed and self._due is None:
                    self._due = time.monotonic() + _AGAIN_SECONDS
            if last:
                return

    def _keep(self, pool: Pool) -> None:
        with self._changed:
            self._update = pool
