"""A child process that answers requests (`guarded_worker`), as its parent sees it: asked, waited for, killed."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, Any

from unionkg.errors import BusyError, QueryError, QueryTimeoutError, StoreError, UnionkgError
from unionkg.graph.stores.guarded_worker import receive, send
from unionkg.language import say

_LOG = logging.getLogger(__name__)
_START_SECONDS = 60.0
_GRACE_SECONDS = 1.5
"""So long after the engine should have stopped by itself, the child is killed."""

_JAVA = "-Xmx{heap}m -XX:+ExitOnOutOfMemoryError -XX:+SuppressFatalErrorMessage"
_OUT_OF_MEMORY = 3
"""The exit code of a Java that ends itself because its memory is full."""


class DiedError(QueryError):
    """A child has ended without an answer."""


class Child:
    """A child process; a thread reads what it answers.

    Parameters
    ----------
    module : str
        What it runs, by `guarded_worker.answer_requests`.
    first : dict
        Its first message.
    answer_bytes : int
        About so large an answer may be; of twice as large a one nothing is read.
    heap_megabytes : int
        Memory of its Java, if it has one.
    start_seconds : float
        So long it may take until it is ready.
    patience : float
        So long a question waits until it is ready, then BusyError.
    """

    def __init__(
        self,
        module: str,
        first: dict[str, Any],
        answer_bytes: int,
        *,
        heap_megabytes: int = 64,
        start_seconds: float = _START_SECONDS,
        patience: float = _START_SECONDS,
    ) -> None:
        self._module = module
        self._patience = patience
        self._until = time.monotonic() + start_seconds
        own = os.environ.get("ARCADEDB_JVM_ARGS", "")
        environment = {name: value for name, value in os.environ.items() if name != "UNIONKG_TOKEN"}
        environment["ARCADEDB_JVM_ARGS"] = f"{own} {_JAVA.format(heap=heap_megabytes)}".strip()
        self._most = 2 * answer_bytes
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  open as long as the child
        self._ending = threading.Lock()  # who ends it closes what another thread may be reading
        # Its own group: Ctrl-C is for the server, which ends its children itself.
        apart: dict[str, Any] = (
            {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
            if os.name == "nt"
            else {"start_new_session": True}
        )
        self._process = subprocess.Popen(
            # -P: a folder in which somebody serves must not shadow a module
            [sys.executable, "-P", "-X", "utf8", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environment,
            **apart,
        )
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self.ready = threading.Event()
        self._spent = False
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(first)

    @property
    def usable(self) -> bool:
        """Whether it runs and has nothing left to answer."""
        return not self._spent and self._process.poll() is None

    def answer(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Its answer, with the ``seconds`` that it took; where there is none in time the child is killed."""
        if not self.ready.wait(self._patience):
            if time.monotonic() < self._until:
                raise BusyError(
                    say("还在读入图", "the graph is still being read"), hint=say("稍后再试", "try again later")
                )
            self._spent = True
            self._process.kill()
            raise StoreError(say("查询进程没有启动", "the process that answers does not start"))
        began = time.monotonic()
        self._send(request)
        return self._received(seconds + _GRACE_SECONDS) | {"seconds": time.monotonic() - began}

    def end(self) -> None:
        """Kill it."""
        self._spent = True
        self._process.kill()
        self._process.wait()
        with self._ending:
            for stream in (self._process.stdin, self._said):
                if stream is not None and not stream.closed:
                    try:
                        stream.close()
                    except BrokenPipeError:
                        continue  # what was still to be sent to it needs no reader any more

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, message)
        except (OSError, ValueError):  # ValueError: its pipe is closed already
            self._spent = True  # it has died; `_received` finds out why

    def _received(self, seconds: float) -> dict[str, Any]:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._spent = True
            self._process.kill()
            raise too_long() from None
        if answer is None:
            raise self._died()
        self._spent = self._spent or bool(answer.get("spent"))
        return answer

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            with self._process.stdout as stream:
                while (message := receive(stream, self._most)) is not None:
                    if self.ready.is_set():
                        self._answers.put(message)
                    self.ready.set()
        except ValueError:
            self._process.kill()  # no answer of ours is so long
        self._answers.put(None)
        self.ready.set()

    def _died(self) -> UnionkgError:
        self._spent = True
        code = self._process.wait()
        if code == _OUT_OF_MEMORY:
            return QueryError(say("查询占用内存过多，已停止", "the query needed too much memory and was stopped"))
        # What it said may name addresses, users and folders of this machine: it is for who runs the server, not for clients.
        if said := self._last_words():
            _LOG.error("%s (exit code %s): %s", self._module, code, said)
        return DiedError(
            say(f"查询进程中断（退出码 {code}）", f"the process that answered has ended (exit code {code})"),
            hint=say("缩小范围再试", "narrow it down and try again"),
        )

    def _last_words(self) -> str:
        """The end of what it wrote to stderr; nothing where we ended it."""
        with self._ending:
            if self._said.closed:
                return ""
            size = self._said.seek(0, os.SEEK_END)
            self._said.seek(max(0, size - 2_000))
            return self._said.read().decode("utf-8", errors="replace").strip()


def too_long() -> QueryTimeoutError:
    """The error for a statement that took longer than it may."""
    return QueryTimeoutError(
        say("查询超时", "the query took too long"), hint=say("缩小范围，或加 LIMIT", "narrow it down, or add LIMIT")
    )
