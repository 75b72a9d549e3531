"""What a Neo4j server must not be asked for others: expressions whose time or memory nothing there can end.

The server looks at a transaction's clock between rows and counts the memory of rows, not inside one expression. There a
regular expression runs for ever, and a list of lists fills the memory of everybody (tried: docs/decisions/
0008-guarded-queries.md, which also says what these rules leave open). The embedded store needs no such rules, its
process is killed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.errors import QueryError
from unionkg.graph.stores.bounded_growth import check_growth
from unionkg.graph.stores.bounded_reading import refused
from unionkg.graph.stores.read_only import Token, tokens_of
from unionkg.language import say

MOST_NUMBERS = 10_000
"""So many numbers a ``range`` may give."""

_MOST_REPEATS, _MOST_OPTIONS, _LONGEST_PATTERN = 3, 5, 300
_DEEPEST = 40
_LONGEST = 3_000
_OPENING, _CLOSING = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


def check(statement: str, parameters: Mapping[str, Any]) -> None:
    """Refuse what a server could not end.

    Raises
    ------
    QueryError
        ``=~`` with a pattern that is computed, or that may go back over the text again and again; a ``range`` of more
        than `MOST_NUMBERS` or between computed ends; values that may grow without bound
        (`unionkg.graph.stores.bounded_growth`); too long or too deep a statement.
    """
    tokens = tokens_of(statement)
    if len(tokens) > _LONGEST:
        raise refused(
            say("过长的语句", "so long a statement"),
            say(f"最多 {_LONGEST} 个词和符号", f"at most {_LONGEST} words and symbols"),
        )
    closes = _pairs(tokens)
    for at, token in enumerate(tokens):
        if token.text == "=" and _text(tokens, at + 1) == "~":
            _check_pattern(tokens, at + 2, parameters)
        elif token.word == "RANGE" and _text(tokens, at + 1) == "(":
            _check_range(tokens[at + 2 : closes[at + 1]], parameters)
    check_growth(tokens, closes, parameters)


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each bracket closes."""
    open_ones: list[int] = []
    closes: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.text in _OPENING and token.kind == "symbol":
            open_ones.append(at)
        elif token.text in _CLOSING and token.kind == "symbol":
            if not open_ones or _OPENING[tokens[open_ones[-1]].text] != token.text:
                raise QueryError(say("括号不配对", "brackets do not match"))
            closes[open_ones.pop()] = at
        if len(open_ones) > _DEEPEST:
            raise refused(
                say("括号嵌套过深", "too many brackets within each other"),
                say(f"最多 {_DEEPEST} 层", f"at most {_DEEPEST}"),
            )
    if open_ones:
        raise QueryError(say("括号没有结束", "a bracket is not closed"))
    return closes


def _check_pattern(tokens: Sequence[Token], at: int, parameters: Mapping[str, Any]) -> None:
    token = tokens[at] if at < len(tokens) else None
    if token is not None and token.kind == "string":
        pattern: object = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
    elif token is not None and token.text == "$":
        pattern = parameters.get(_text(tokens, at + 1).strip("`"))
        at += 1
    else:
        pattern = None
    follower = _text(tokens, at + 1)
    if not isinstance(pattern, str) or follower in {"+", "[", ".", "|"}:
        raise refused(
            "=~",
            say("模式要直接写出，或用文字参数给出", "write the pattern out, or give it as a parameter that is text"),
        )
    if reason := _dangerous(pattern):
        raise refused(f"=~ {pattern[:40]}", reason)


def _dangerous(pattern: str) -> str | None:
    """Why a pattern may take for ever; None where it does not."""
    if len(pattern) > _LONGEST_PATTERN:
        return say(f"模式最长 {_LONGEST_PATTERN} 字", f"a pattern has at most {_LONGEST_PATTERN} characters")
    plain = re.sub(r"\[(?:\\.|[^\]\\])*\]", "x", pattern)  # a class of characters is one character
    if re.search(r"\\[1-9k]", plain):
        return say("不能回引（\\1）", "no back references (\\1)")
    plain = re.sub(r"\\.", "x", plain)
    if re.search(r"\(\?(?!:|i\))", plain):
        return say("不能用前后环视等 (?…) 写法", "no look-around and other (?…)")
    plain = re.sub(r"\(\?(:|i\))", "(", plain)
    if re.search(r"\)[*+{]", plain):
        return say("括号整体不能重复，如 (a+)+", "a group cannot be repeated, as in (a+)+")
    repeats = len(re.findall(r"[^*+?}][*+]|\{\d*,?\d*\}", f"x{plain}"))
    options = len(re.findall(r"(?<![*+?}])\?", plain)) + plain.count("|")
    if repeats > _MOST_REPEATS or options > _MOST_OPTIONS:
        return say(
            f"重复（* + {{}}）最多 {_MOST_REPEATS} 处，可选（? |）最多 {_MOST_OPTIONS} 处",
            f"at most {_MOST_REPEATS} repetitions (* + {{}}) and {_MOST_OPTIONS} options (? |)",
        )
    return None


def _check_range(arguments: Sequence[Token], parameters: Mapping[str, Any]) -> None:
    texts = "".join(token.text for token in arguments)
    parts = re.fullmatch(r"([^,]*),([^,]*)(?:,[^,]*)?", texts)
    ends = [_end(part, parameters) for part in parts.groups()] if parts else [None]
    if None in ends:
        raise refused(
            f"range({texts[:40]})",
            say(
                "range 的两端要是写出的整数、整数参数，或 size(名称)、length(名称) 加减整数",
                "the ends of a range are whole numbers, parameters, or size(name) or length(name) plus or minus one",
            ),
        )
    first, last = (end for end in ends if end is not None)
    if abs(last - first) > MOST_NUMBERS:
        raise refused(
            f"range({texts[:40]})", say(f"最多 {MOST_NUMBERS} 个数", f"at most {MOST_NUMBERS} numbers in a range")
        )


def _end(text: str, parameters: Mapping[str, Any]) -> int | None:
    """An end of a range as a number, 0 where it is the size of something that is there; None for what is computed."""
    if re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    if text.startswith("$"):
        value = parameters.get(text[1:].strip("`"))
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return 0 if re.fullmatch(r"(?i:size|length)\([\w.`]+\)(?:[+-]\d{1,9})?", text) else None
