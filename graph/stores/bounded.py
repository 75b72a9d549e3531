"""What a Neo4j server must not be asked for others: expressions whose time or memory nothing there can end.

The server looks at a transaction's clock between rows and counts the memory of rows, not inside one expression. There a
regular expression runs for ever, and a list of lists fills the memory of everybody (tried: docs/decisions/
0008-guarded-queries.md, which also says what these rules leave open). The embedded store needs no such rules, its
process is killed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unionkg.errors import QueryError
from unionkg.graph.stores.read_only import Token, tokens_of
from unionkg.language import say

MOST_NUMBERS = 10_000
"""So many numbers a ``range`` may give."""

_MOST_REPEATS, _MOST_OPTIONS, _LONGEST_PATTERN = 3, 5, 300
_MOST_DOUBLINGS = 3
_DEEPEST = 40
_LONGEST = 3_000
_OPENING, _CLOSING = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}
_CLAUSES = {"MATCH", "WITH", "RETURN", "UNWIND", "CALL", "WHERE", "LET", "FILTER", "UNION", "ORDER"}
_FOLDS = {"REDUCE", "ALLREDUCE"}
_ONE_VALUE = {"SIZE", "HEAD", "LAST", "ANY", "ALL", "NONE", "SINGLE", "ISEMPTY"}
"""Functions that take a list and keep no more than one of its values."""


def check(statement: str, parameters: Mapping[str, Any]) -> None:
    """Refuse what a server could not end.

    Raises
    ------
    QueryError
        ``=~`` with a pattern that is computed, or that may go back over the text again and again; a ``range`` of more
        than `MOST_NUMBERS` or between computed ends; a list that is built anew for every member of another; a
        ``reduce`` that uses what it has gathered more than once; names that are doubled clause after clause.
    """
    tokens = tokens_of(statement)
    if len(tokens) > _LONGEST:
        raise _refused(
            say("过长的语句", "so long a statement"),
            say(f"最多 {_LONGEST} 个词和符号", f"at most {_LONGEST} words and symbols"),
        )
    closes = _pairs(tokens)
    for at, token in enumerate(tokens):
        if token.text == "=" and _text(tokens, at + 1) == "~":
            _check_pattern(tokens, at + 2, parameters)
        elif token.word == "RANGE" and _text(tokens, at + 1) == "(":
            _check_range(tokens[at + 2 : closes[at + 1]], parameters)
        elif token.word in _FOLDS and _text(tokens, at + 1) == "(":
            _check_fold(tokens, at + 1, closes)
        elif token.text == "[" and at in closes:
            _check_list(tokens, at, closes)
    _check_doubling(tokens, closes)


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
            raise _refused(
                say("括号嵌套过深", "too many brackets within each other"),
                say(f"最多 {_DEEPEST} 层", f"at most {_DEEPEST}"),
            )
    if open_ones:
        raise QueryError(say("括号没有结束", "a bracket is not closed"))
    return closes


def _level(first: int, last: int, closes: Mapping[int, int]) -> Iterator[int]:
    """The positions between two, without what stands in brackets between them."""
    at = first
    while at < last:
        yield at
        at = closes.get(at, at) + 1


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
        raise _refused(
            "=~",
            say("模式要直接写出，或用文字参数给出", "write the pattern out, or give it as a parameter that is text"),
        )
    if reason := _dangerous(pattern):
        raise _refused(f"=~ {pattern[:40]}", reason)


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
        raise _refused(
            f"range({texts[:40]})",
            say(
                "range 的两端要是写出的整数、整数参数，或 size(名称)、length(名称) 加减整数",
                "the ends of a range are whole numbers, parameters, or size(name) or length(name) plus or minus one",
            ),
        )
    first, last = (end for end in ends if end is not None)
    if abs(last - first) > MOST_NUMBERS:
        raise _refused(
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


def _check_list(tokens: Sequence[Token], at: int, closes: Mapping[int, int]) -> None:
    """Of a list comprehension, what stands behind ``|`` builds no list that is kept."""
    end = closes[at]
    bar = next((here for here in _level(at + 1, end, closes) if tokens[here].text == "|"), None)
    before = tokens[at - 1] if at else None
    is_relationship = before is not None and before.text in {"-", "<"}
    if bar is not None and not is_relationship:
        _check_body(tokens, bar + 1, end, closes)


def _check_body(tokens: Sequence[Token], first: int, last: int, closes: Mapping[int, int]) -> None:
    at = first
    while at < last:
        token = tokens[at]
        if token.word in _ONE_VALUE and _text(tokens, at + 1) == "(":
            at = closes[at + 1] + 1  # the list is used up on the spot
            continue
        loops = token.text == "[" and (_text(tokens, at + 2).upper() == "IN" or _has_bar(tokens, at, closes))
        if loops or (token.word in {*_FOLDS, "RANGE", "COLLECT"} and _text(tokens, at + 1) in {"(", "{"}):
            raise _refused(
                say("列表中再造列表", "a list built for every member of a list"),
                say("先用 UNWIND 拆成行，再用 collect 收拢", "take it apart with UNWIND and gather with collect"),
            )
        at += 1


def _has_bar(tokens: Sequence[Token], at: int, closes: Mapping[int, int]) -> bool:
    return any(tokens[here].text == "|" for here in _level(at + 1, closes[at], closes))


def _check_fold(tokens: Sequence[Token], at: int, closes: Mapping[int, int]) -> None:
    end = closes[at]
    gathered = _text(tokens, at + 1)
    bar = next((here for here in _level(at + 1, end, closes) if tokens[here].text == "|"), end)
    body = [token for before, token in zip(tokens[bar:end], tokens[bar + 1 : end], strict=False) if before.text != "."]
    stop = next((here for here in _level(bar + 1, end, closes) if tokens[here].text == ","), end)
    used = sum(token.text == gathered for token in body[: stop - bar - 1])
    if used > 1:
        raise _refused(
            say(f"reduce 中多次使用 {gathered}", f"{gathered} used more than once in reduce"),
            say("累积的值每一步只能用一次", "what is gathered can be used once a step"),
        )
    _check_body(tokens, bar + 1, end, closes)


def _check_doubling(tokens: Sequence[Token], closes: Mapping[int, int]) -> None:
    """A value that goes twice into what one clause makes of it: few clauses may do so."""
    replaced = {
        here for at, end in closes.items() if at and tokens[at - 1].word == "REPLACE" for here in range(at + 1, end)
    }
    if any(tokens[at].word == "REPLACE" for at in replaced):
        raise _refused(
            say("replace 里面再用 replace", "replace within replace"), say("分成两个语句", "ask in two statements")
        )
    doublings, names = 0, Counter[str]()
    for at, token in enumerate([*tokens, Token("word", "RETURN", 0)]):
        if token.word in _CLAUSES:
            doublings += any(number > 1 for number in names.values())
            names = Counter()
        elif token.kind in {"word", "quoted"} and (at in replaced or _goes_in(tokens, at)):
            names[token.text] += 1
    if doublings > _MOST_DOUBLINGS:
        raise _refused(
            say("一再把同一个值相加或放进列表", "one value added to itself or put into a list again and again"),
            say(f"最多 {_MOST_DOUBLINGS} 个子句这样写", f"at most {_MOST_DOUBLINGS} clauses may do so"),
        )


def _goes_in(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name stands whole beside ``+``, in a list or map, or is given another name."""
    before, after = _text(tokens, at - 1), _text(tokens, at + 1)
    if "." in {before, after} or before == "$" or after in {"(", "["}:
        return False
    member = before in {"[", ",", ":"} and after in {",", "]", "}"}
    return "+" in {before, after} or member or (after.upper() == "AS" and before not in {"(", "."})


def _refused(what: str, hint: str) -> QueryError:
    return QueryError(
        say(f"在 Neo4j 上不能代人运行：{what}", f"not run for others on Neo4j: {what}"),
        hint=hint,
    )
