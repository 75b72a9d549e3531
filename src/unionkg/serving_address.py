"""Where `unionkg serve` listens, what it is called there, and who needs a token."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address

from unionkg.errors import InputError
from unionkg.language import say

TOKEN = "UNIONKG_TOKEN"
"""The environment variable that holds the token; it is asked for nowhere else."""

_SHORTEST_TOKEN = 16


def is_local(host: str) -> bool:
    """Whether an address is one that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def checked_token(host: str, token: str | None) -> str | None:
    """The token that requests need; None where only this machine is listened to and none is set.

    Raises
    ------
    InputError
        Others are listened to and there is none, or it is short enough to be guessed or cannot stand in a header.
    """
    hint = say(
        f"在环境变量 {TOKEN} 中放一个随机令牌，如 python -c 'import secrets; print(secrets.token_urlsafe())'",
        f"put a random one into the environment as {TOKEN}, as from python -c 'import secrets; print(secrets.token_urlsafe())'",
    )
    if not token:
        if is_local(host):
            return None
        raise InputError(say(f"监听 {host} 需要令牌", f"listening to {host} needs a token"), where=TOKEN, hint=hint)
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            say(
                f"令牌至少 {_SHORTEST_TOKEN} 个字符，只用英文字母、数字和符号",
                f"a token has at least {_SHORTEST_TOKEN} characters, ASCII without blanks",
            ),
            where=TOKEN,
            hint=hint,
        )
    return token


def browsable(host: str) -> str:
    """How a browser names the address that is listened to."""
    try:
        if ip_address(host).is_unspecified:  # all addresses of this machine
            return socket.gethostname()
    except ValueError:
        return host
    return f"[{host}]" if ":" in host else host


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; InputError where the address or the port cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unusable(host, port, error) from error
    try:
        if os.name == "nt":  # there SO_REUSEADDR would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _unusable(host, port, error) from error
    return listener


def _unusable(host: str, port: int, error: OSError) -> InputError:
    return InputError(
        say(f"无法监听 {host}:{port}（{error.strerror}）", f"cannot listen to {host}:{port} ({error.strerror})"),
        hint=say("换一个端口：--port 8766", "use another port: --port 8766"),
    )
