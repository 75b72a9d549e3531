"""A copy of a text to match on, in which one spelling stands for many; every offset stays valid.

Traditional characters become simplified ones, full-width letters, digits and signs ASCII; punctuation becomes
full-width (but between digits: 1,200, 9:30), corner brackets and straight quotes curved quotes. So one set of cue words
and patterns serves all layouts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from unionkg.loaders.extract.simplified import replaced, simplified

_PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}
_HALF_WIDTH = {"，": ",", "：": ":"}
_SIGNS = {
    chr(0xFF01 + i): chr(0x21 + i) for i in range(0x5E) if chr(0x21 + i) not in _PUNCTUATION or chr(0x21 + i) == "."
} | {"﹪": "%", "〇": "零", "○": "零"}
_ASCII = re.compile(r"[;!?()]|[,:](?![0-9])|(?<![0-9])[,:](?=[0-9])|(?<=[一-龥”\"）)])\.(?=[一-龥“\"\n]|$)")
_IN_NUMBERS = re.compile("(?<=[0-9])[，：](?=[0-9])")


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The text in simplified characters, ASCII letters and digits, full-width punctuation and curved quotes, of the same length."""
    converted = replaced(simplified(text), _SIGNS)
    converted = _ASCII.sub(lambda match: _PUNCTUATION[match.group()], converted)
    converted = _IN_NUMBERS.sub(lambda match: _HALF_WIDTH[match.group()], converted)
    return "\n".join(map(_curved, converted.split("\n"))) if '"' in converted else converted


def _curved(paragraph: str) -> str:
    """Straight quotes as opening and closing ones in turn, where they come in pairs."""
    pieces = paragraph.split('"')
    if len(pieces) % 2 == 0:
        return paragraph
    return "".join(piece + mark for piece, mark in zip(pieces, [*("“", "”") * (len(pieces) // 2), ""], strict=True))
