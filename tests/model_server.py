"""A server on this machine that speaks the protocol of chat completions, and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: A request -> (status, content of the answer or body of an error).
Answer = Callable[[Mapping[str, Any]], tuple[int, str]]


@dataclass(slots=True)
class Service:
    """The address of a running server, and the requests that it was sent."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """The variables that point the program at it."""
        return {"UNIONKG_LLM_URL": self.url, "UNIONKG_LLM_MODEL": "test-model", "UNIONKG_LLM_KEY": "secret"}


@contextmanager
def serving(answer: Answer) -> Iterator[Service]:
    """Run a server for the length of a test."""
    service = Service("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.requests.append(request)
            status, content = answer(request)
            self._send(status, _body(content) if status == 200 else {"error": {"message": content}})

        def _send(self, status: int, data: object) -> None:
            body = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _body(content: str) -> dict[str, Any]:
    cut = content.endswith("<cut>")
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "test-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": "length" if cut else "stop",
                "message": {"role": "assistant", "content": content},
            }
        ],
    }
