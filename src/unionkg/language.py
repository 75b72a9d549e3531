"""The user's language: Chinese or English.

Chosen by ``UNIONKG_LANG``, else by the locale, else Chinese. Every message of the product is written in
both languages at the place where it is raised; `say` picks one.
"""

from __future__ import annotations

import locale
import os
from typing import Literal

Language = Literal["zh", "en"]


def language() -> Language:
    """Return the language for messages: ``UNIONKG_LANG``, else the locale's, else ``"zh"``."""
    for name in (
        os.environ.get("UNIONKG_LANG"),
        os.environ.get("LC_ALL"),
        os.environ.get("LANG"),
        locale.getlocale()[0],
    ):
        code = (name or "").lower()
        if code.startswith(("zh", "chinese")):
            return "zh"
        if code.startswith("en"):
            return "en"
    return "zh"


def say(zh: str, en: str) -> str:
    """Return the one of two wordings that the user reads."""
    return zh if language() == "zh" else en
