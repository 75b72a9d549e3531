"""The data of the explorer page behind `unionkg serve`: made once a build, in a child, and kept packed."""

from __future__ import annotations

import base64
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunningError
from functools import partial

from unionkg.errors import BusyError
from unionkg.graph.stores.guarded_pool import Pool
from unionkg.language import Language, language, say, speaking
from unionkg.serving_children import READING_SECONDS, Children

_Key = tuple[str, Language]


class PageData:
    """Makes the data and keeps that of the last build; whoever asks meanwhile waits for the same making.

    Parameters
    ----------
    children : Children
    edit : bool
        Whether the page may send decisions.
    waiting_seconds : float
        So long a request waits before BusyError: the page asks again.
    """

    def __init__(self, children: Children, *, edit: bool, waiting_seconds: float) -> None:
        self._children = children
        self._edit = edit
        self._waiting_seconds = waiting_seconds
        self._changing = threading.Lock()
        self._maker = ThreadPoolExecutor(1, "page")  # one at a time: each reads the whole graph
        self._made: dict[_Key, Future[bytes]] = {}
        self._running: Pool | None = None

    def packed(self, build: str, built: str | None) -> bytes:
        """The data as JSON, packed with gzip, of the build that is current.

        Parameters
        ----------
        build : str
            What tells it from every other build.
        built : str, optional
            When it was made.

        Raises
        ------
        BusyError
            It is being made.
        UnionkgError
            It cannot be made.
        """
        key = (build, language())
        with self._changing:
            made = self._made.get(key)
            if made is None or (made.done() and made.exception() is not None):
                for other in [other for other in self._made if other[0] != build]:
                    self._made.pop(other).cancel()
                made = self._made[key] = self._maker.submit(partial(self._make, key, built))
        try:
            return made.result(timeout=self._waiting_seconds)
        except StillRunningError:
            raise BusyError(
                say("页面数据正在准备", "the page's data is being made"), hint=say("稍后再试", "try again later")
            ) from None

    def close(self) -> None:
        """End what is being made."""
        self._maker.shutdown(wait=False, cancel_futures=True)
        with self._changing:
            running = self._running
        if running is not None:
            running.close()

    def _make(self, key: _Key, built: str | None) -> bytes:
        build, spoken = key
        request = {"ask": "page", "build": build, "built": built, "edit": self._edit}
        with speaking(spoken):
            answer = self._children.once("page", request, READING_SECONDS, self._keep)
        return base64.b64decode(answer["page"])

    def _keep(self, pool: Pool) -> None:
        with self._changing:
            self._running = pool
