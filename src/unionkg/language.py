"""The user's language: Chinese or English.

Chosen by ``UNIONKG_LANG``, else by the locale, else Chinese. Every message of the product is written in
both languages at the place where it is raised; `say` picks one.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["zh", "en"]

_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def language() -> Language:
    """Return the language for messages: that of `speaking`, else ``UNIONKG_LANG``, the locale's, ``"zh"``."""
    chosen = _spoken.get()
    if chosen is not None:
        return chosen
    names = [os.environ.get(name) for name in ("UNIONKG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    if os.name == "nt":  # elsewhere it answers en_US where no language is set (C.UTF-8)
        names.append(locale.getlocale()[0])
    for name in names:
        code = (name or "").lower()
        if code.startswith(("zh", "chinese")):
            return "zh"
        if code.startswith("en"):
            return "en"
    return "zh"


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Use one language inside, in this thread or task only: the readers of a server do not all read the same."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(zh: str, en: str) -> str:
    """Return the one of two wordings that the user reads."""
    return zh if language() == "zh" else en
