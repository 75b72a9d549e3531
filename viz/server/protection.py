"""What every request passes first: who may ask, how much may be sent, how many are answered at once.

Written for ASGI itself, because nothing of a request is read before it is known to be allowed.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from unionkg.language import Language, language, say, speaking

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_BODY_SECONDS = 20.0
_DISCARD_SECONDS, _DISCARD_BYTES = 3.0, 64 * 2**20
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""What a page may load unless its own answer says otherwise."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    Attributes
    ----------
    token : str, optional
        What every request has to bring: as ``Authorization: Bearer …``, or, in a browser, once as ``?token=…``, which is
        answered with a cookie and the address without it.
    local : tuple of str and int, optional
        Name and port, as in the address, of a server that listens to this machine only: requests must name it so, or by
        another local name, so that a page of somebody else's, whose name was made to point here, gets nothing.
    body_bytes : int
        Most bytes of a request's body.
    requests : int
        Most requests that are answered at once.
    """

    token: str | None
    local: tuple[str, int] | None
    body_bytes: int
    requests: int


class Protection:
    """Lets through what `Access` allows, and adds the headers that keep a browser from harm."""

    def __init__(self, app: Application, access: Access) -> None:
        self._app = app
        self._access = access
        self._running = 0
        self._names: frozenset[str] | None = None
        if access.local is not None:
            name, port = access.local
            names = (name.lower(), *_LOCAL_NAMES)
            self._names = frozenset([f"{one}:{port}" for one in names] + [one for one in names if port == 80])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", ())}
                more = [pair for pair in (*_HEADERS, (b"content-security-policy", _POLICY)) if pair[0] not in present]
                message["headers"] = [*message.get("headers", ()), *more]
            await send(message)

        with speaking(preferred(headers.get(b"accept-language", b"").decode("latin-1"))):
            refusal = self._refusal(headers) or self._unknown(scope, headers)
            if refusal is None and self._running >= self._access.requests:
                refusal = _refusal(429, say("请求太多", "too many requests"), say("稍后再试", "try again later"))
            if refusal is not None:
                await _discard(receive)
                await refusal(send_safely)
                return
            self._running += 1
            try:
                await self._with_body(scope, receive, send_safely)
            finally:
                self._running -= 1

    def _refusal(self, headers: dict[bytes, bytes]) -> _Answer | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._access.local is not None and self._names is not None and host not in self._names:
            name, port = self._access.local
            return _refusal(
                421,
                say("请求的主机名不是本机", "the request names another host than this machine"),
                f"http://{name}:{port}",
            )
        origin = headers.get(b"origin")
        if origin is not None and _site(origin) != host:
            return _refusal(403, say("请求来自别的网站", "the request comes from another site's page"), None)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._access.body_bytes:
            return self._too_large()
        return None

    def _unknown(self, scope: Scope, headers: dict[bytes, bytes]) -> _Answer | None:
        """The answer to who does not bring the token, or brings it in the address; None for who may ask."""
        token = self._access.token
        if token is None or _same(headers.get(b"authorization", b""), f"Bearer {token}"):
            return None
        name, value = _cookie(token)
        cookies = (one.strip().partition("=") for one in headers.get(b"cookie", b"").decode("latin-1").split(";"))
        if any(key == name and _same(given.encode("latin-1"), value) for key, _, given in cookies):
            return None
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] in {"GET", "HEAD"} and any(
            key == "token" and _same(one.encode(), token) for key, one in asked
        ):
            left = urlencode([(key, one) for key, one in asked if key != "token"])
            # One slash: two would lead to another host.
            path = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
            return _redirection(
                f"{path}?{left}" if left else path, f"{name}={value}; Path=/; HttpOnly; SameSite=Strict"
            )
        hint = say(
            "在请求头中写 Authorization: Bearer 令牌；在浏览器中第一次打开时，在网址后加上 ?token=令牌",
            "send the header Authorization: Bearer with the token; in a browser open the address with ?token=… once",
        )
        return _refusal(401, say("没有令牌或令牌不对", "no token, or a wrong one"), hint)

    def _too_large(self) -> _Answer:
        most = self._access.body_bytes
        return _refusal(
            413, say(f"请求太大，最多 {most:,} 字节", f"the request is too large, at most {most:,} bytes"), None
        )

    async def _with_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, as much of it as may be, then answer."""
        parts: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        return  # the client is gone
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    more = message.get("more_body", False)
                    if size > self._access.body_bytes:
                        break
        except TimeoutError:
            await _refusal(408, say("请求没有发完", "the request was not sent to its end"), None)(send)
            return
        if size > self._access.body_bytes:
            await _discard(receive)
            await self._too_large()(send)
            return
        body: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

        async def receive_again() -> Message:
            return body.pop() if body else await receive()

        await self._app(scope, receive_again, send)


async def _discard(receive: Receive) -> None:
    """Let a client that is refused finish sending, within reason: else it sees a broken connection and no answer."""
    size, more = 0, True
    try:
        async with asyncio.timeout(_DISCARD_SECONDS):
            while more and size < _DISCARD_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return


def preferred(accepted: str) -> Language:
    """The language that an ``Accept-Language`` header asks for; that of the server where it asks for neither."""
    asked: list[tuple[float, Language]] = []
    for part in accepted.split(","):
        name, _, weight = part.strip().lower().partition(";q=")
        try:
            rank = float(weight or "1")
        except ValueError:
            continue
        if name.startswith("zh"):
            asked.append((-rank, "zh"))
        elif name.startswith("en"):
            asked.append((-rank, "en"))
    return min(asked, key=lambda pair: pair[0])[1] if asked else language()


_Answer = Callable[[Send], Awaitable[None]]


def _same(given: bytes, wanted: str) -> bool:
    return hmac.compare_digest(given, wanted.encode())


def _cookie(token: str) -> tuple[str, str]:
    """Name and value of the cookie of who brought the token: not the token itself, and another for another server."""
    digest = hmac.new(token.encode(), b"unionkg cookie", "sha256").hexdigest()
    return f"unionkg_{digest[:8]}", digest[8:]


def _redirection(place: str, cookie: str) -> _Answer:
    headers = [
        (b"location", place.encode("latin-1")),
        (b"set-cookie", cookie.encode("latin-1")),
        (b"content-length", b"0"),
    ]

    async def answer(send: Send) -> None:
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return answer


def _refusal(status: int, what: str, hint: str | None) -> _Answer:
    content = json.dumps({"what": what, "where": None, "hint": hint}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    if status == 429:
        headers.append((b"retry-after", b"5"))
    if status in {408, 413}:  # what is still being sent is not read
        headers.append((b"connection", b"close"))

    async def answer(send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    return answer


def _site(origin: bytes) -> str | None:
    """The host and port of an Origin header; None for one that is no address."""
    try:
        return urlsplit(origin.decode("latin-1")).netloc.lower()
    except ValueError:
        return None
