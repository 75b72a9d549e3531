"""A copy of a text to match on, in which one spelling stands for many; every offset stays valid.

Traditional characters become simplified ones, ASCII punctuation between Chinese becomes full-width, corner brackets
and straight quotes become curved quotes, so that one set of cue words and patterns serves all layouts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from unionkg.loaders.extract.simplified import simplified

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}
_ASCII = re.compile(r"[;!?()]|[,:](?![0-9])|(?<![0-9])[,:](?=[0-9])|(?<=[一-龥”\"）)])\.(?=[一-龥“\"\n]|$)")


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The text in simplified characters with full-width punctuation and curved quotes, of the same length."""
    converted = _ASCII.sub(lambda match: _FULL_WIDTH[match.group()], simplified(text))
    return "\n".join(map(_curved, converted.split("\n"))) if '"' in converted else converted


def _curved(paragraph: str) -> str:
    """Straight quotes as opening and closing ones in turn, where they come in pairs."""
    pieces = paragraph.split('"')
    if len(pieces) % 2 == 0:
        return paragraph
    return "".join(piece + mark for piece, mark in zip(pieces, [*("“", "”") * (len(pieces) // 2), ""], strict=True))
