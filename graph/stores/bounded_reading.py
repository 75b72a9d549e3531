"""A statement as the rules on growth read it: its loops, and every use of a value that may be large.

Nothing is parsed: brackets, a few words that Cypher is built of, and what stands beside a name tell enough. Where they
leave it open, a value counts as taken in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from unionkg.errors import QueryError
from unionkg.graph.stores.read_only import Token
from unionkg.language import say

LONGEST_TEXT = 100
"""So many characters of text count as short."""

_TAKING = {"WITH", "RETURN", "UNWIND", "LET"}
_LOOKING = {"MATCH", "OPTIONAL", "CALL", "ORDER", "SKIP", "OFFSET", "LIMIT", "FILTER", "YIELD"}
_CASES = {"CASE", "WHEN", "THEN", "ELSE", "END"}
_BEHIND_A_NAME = {"", ",", ";", ")", "}", "ASC", "DESC", "SKIP", "LIMIT"}
"""What may stand behind a column called ``case``, and never behind CASE."""
_COMPARING = {"IS", "IN", "CONTAINS", "STARTS", "ENDS"}
_STRUCTURE = {*_TAKING, *_LOOKING, *_CASES, "IN", "WHERE", "AS", "FOR"} - {"CASE"}
"""Words that a statement is read by; no variable may be called so. CASE may, because its END would be missing."""
_NO_NAMES = {*_STRUCTURE, "CASE", "AND", "OR", "XOR", "NOT", "BY", "DISTINCT", "ALL", "ASC", "DESC"}
_FOLDS = {"REDUCE", "ALLREDUCE"}
QUANTIFIERS = {"ANY", "ALL", "NONE", "SINGLE"}
_QUERIES = {"COLLECT", "EXISTS", "COUNT", "CALL"}
_SMALL = {
    "SIZE",
    "COUNT",
    "SUM",
    "AVG",
    "EXISTS",
    "ISEMPTY",
    "TOINTEGER",
    "TOFLOAT",
    "TOBOOLEAN",
    "LENGTH",
    *QUANTIFIERS,
}
_SMALL |= {"TYPE", "ID", "LABELS", "ABS", "ROUND", "FLOOR", "CEIL", "SIGN", "DATE", "DATETIME", "DURATION", "RANGE"}
"""Functions whose result is small whatever they are given; a ``range`` is bounded elsewhere."""
_OPERATORS = {"=", "<", ">", "-", "*", "/", "%", "^"}
"""What gives a truth or a number, whatever stands beside it."""


def refused(what: str, hint: str) -> QueryError:
    """The error for what a server could not end."""
    return QueryError(say(f"在 Neo4j 上不能代人运行：{what}", f"not run for others on Neo4j: {what}"), hint=hint)


@dataclass(slots=True)
class Frame:
    """A bracket, while it is gone through: what it is, and whether what stands there is only looked at."""

    opens: int
    closes: int
    parent: Frame | None
    looking: bool
    clause: int
    query: bool = False
    small: bool = False
    cases: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: its bracket, its clause, and whether it is only looked at there."""

    frame: Frame
    clause: int
    looking: bool


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: its brackets, where what it makes for every member begins, and the names it gives."""

    opens: int
    closes: int
    body: int
    own: frozenset[str]
    gathered: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A value where it is used, with its first key: the first and the last token."""

    name: str
    key: str
    first: int
    last: int


def with_joins(tokens: Sequence[Token]) -> list[Token]:
    """``||`` joins as ``+`` does; it comes as two tokens, and both are marked."""
    made = list(tokens)
    for at, (one, other) in enumerate(pairwise(tokens)):
        if one.text == other.text == "|" and one.start + 1 == other.start:
            made[at], made[at + 1] = one._replace(text="||"), other._replace(text="||")
    return made


def text_at(tokens: Sequence[Token], at: int) -> str:
    """The token there, nothing before the first and behind the last."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word there in capitals; none for a property, a parameter or a label."""
    if not 0 <= at < len(tokens) or (at and tokens[at - 1].text in {".", "$"}):
        return ""
    return tokens[at].word


def plain(text: str) -> str:
    """A name without its backticks."""
    return text[1:-1].replace("``", "`") if text.startswith("`") else text


def values_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The names that stand for values; all others stand for what a pattern found."""
    found = set()
    for at, token in enumerate(tokens):
        if token.kind not in {"word", "quoted"} or text_at(tokens, at - 1) in {".", "$"}:
            continue
        before, after = text_at(tokens, at - 1), text_at(tokens, at + 1)
        name = plain(token.text)
        assigned = word_at(tokens, at - 1) in {"AS", "LET", "FOR"} or (
            before in {"(", "[", ",", "{"} and (word_at(tokens, at + 1) == "IN" or after == "=")
        )
        if assigned:
            found.add(name)
        matched = before in {"(", "["} and after in {")", "]", ":", "{", "*"}
        label = before == "|" and token.word in {*_CASES, "WHERE"} - {"CASE"}
        if label or ((assigned or matched) and name.upper() in _STRUCTURE):
            raise refused(say(f"名称 {name}", f"the name {name}"), say("换一个名称", "use another name"))
    return frozenset(found)


def loops_of(tokens: Sequence[Token], closes: Mapping[int, int]) -> Iterator[Loop]:
    """The loops of a statement, outer ones first."""
    for at, end in sorted(closes.items()):
        text, before = tokens[at].text, word_at(tokens, at - 1)
        level = list(_level(at + 1, end, closes))
        bar = next((here for here in level if tokens[here].text == "|"), end)
        named = word_at(tokens, at + 2) == "IN"
        given = frozenset(plain(text_at(tokens, here - 1)) for here in level if word_at(tokens, here) == "IN")
        if text == "(" and before in _FOLDS:
            gathered = plain(text_at(tokens, at + 1))
            yield Loop(at, end, bar + 1, given | {gathered}, gathered)
        elif text == "(" and before in QUANTIFIERS:
            yield Loop(at, end, end, given)
        elif text == "{" and before == "COLLECT":
            yield Loop(at, end, end, frozenset())
        elif text == "[" and (named or (bar < end and (tokens[at + 1].text == "(" or text_at(tokens, at + 2) == "="))):
            yield Loop(at, end, bar + 1, given if named else frozenset())


def _level(first: int, last: int, closes: Mapping[int, int]) -> Iterator[int]:
    """The positions between two, without what stands in brackets between them."""
    at = first
    while at < last:
        yield at
        at = closes.get(at, at) + 1


def places_of(
    tokens: Sequence[Token], closes: Mapping[int, int], loops: Sequence[Loop], values: frozenset[str]
) -> list[Place]:
    """Where each token stands."""
    bodies = {loop.body for loop in loops if loop.body < loop.closes}
    frame = Frame(-1, len(tokens), None, looking=True, clause=0, query=True)
    clauses = 0
    places = []
    for at in range(len(tokens)):
        while at >= frame.closes and frame.parent is not None:
            _check_cases(frame)
            frame = frame.parent
        word = "" if _is_label(tokens, at, frame) else word_at(tokens, at)
        if at in bodies:
            frame.looking = False
        if word in _CASES and not (word == "CASE" and text_at(tokens, at + 1).upper() in _BEHIND_A_NAME):
            _follow_case(word, frame)
        elif word == "WHERE" or (frame.query and word in _LOOKING):
            frame.looking = True
        elif frame.query and word in _TAKING and not _is_comparison(tokens, at):
            clauses += 1
            frame.looking, frame.clause = False, clauses
        places.append(Place(frame, frame.clause, frame.looking))
        if at in closes:
            frame = _opened(tokens, at, closes[at], frame, values)
    _check_cases(frame)
    return places


def _check_cases(frame: Frame) -> None:
    if frame.cases:
        raise QueryError(say("CASE 没有 END", "CASE without END"))


def _is_comparison(tokens: Sequence[Token], at: int) -> bool:
    """Whether WITH is that of ``x STARTS WITH y``, and not one behind a variable called ``ends``."""
    operand = tokens[at - 2] if at > 1 else None
    return (
        operand is not None
        and word_at(tokens, at - 1) in {"STARTS", "ENDS"}
        and (operand.kind != "symbol" or operand.text in {")", "]", "}"})
        and not _is_keyword(tokens, at - 2)
    )


def _is_label(tokens: Sequence[Token], at: int, frame: Frame) -> bool:
    """Whether a word is a label or a key of a map: behind ``:`` in what is no map, or before ``:``."""
    in_map = frame.opens >= 0 and tokens[frame.opens].text == "{" and text_at(tokens, at - 3) in {"{", ","}
    return text_at(tokens, at + 1) == ":" or (text_at(tokens, at - 1) in {":", "&", "!"} and not in_map)


def _follow_case(word: str, frame: Frame) -> None:
    """Between CASE and THEN, what is compared is looked at."""
    if word == "CASE":
        frame.cases.append(frame.looking)
        frame.looking = True
    elif not frame.cases:
        raise QueryError(say(f"{word} 前面没有 CASE", f"{word} without CASE"))
    elif word == "END":
        frame.looking = frame.cases.pop()
    else:
        frame.looking = word == "WHEN" or frame.cases[-1]


def _opened(tokens: Sequence[Token], at: int, end: int, outer: Frame, values: frozenset[str]) -> Frame:
    text, before = tokens[at].text, word_at(tokens, at - 1)
    query = text == "{" and (before in _QUERIES or text_at(tokens, at - 1) == ")")
    behind_name = plain(text_at(tokens, at - 1)) in values and before not in _NO_NAMES
    index = text == "[" and (
        text_at(tokens, at - 1) in {")", "]"} or text_at(tokens, at - 2) in {".", "$"} or behind_name
    )
    small = (text == "(" and before in _SMALL) or index
    matched = text == "[" and text_at(tokens, at + 1) == "("  # the pattern of a comprehension
    return Frame(at, end, outer, query or small or matched or outer.looking, outer.clause, query, small)


def _is_keyword(tokens: Sequence[Token], at: int) -> bool:
    return word_at(tokens, at) in _NO_NAMES


def names_of(tokens: Sequence[Token], values: frozenset[str], parameters: Mapping[str, Any]) -> Iterator[Name]:
    """Every use of a value, and of a parameter that is neither a number nor short text."""
    for at, token in enumerate(tokens):
        before, after = text_at(tokens, at - 1), text_at(tokens, at + 1)
        if token.kind not in {"word", "quoted"} or before == "." or word_at(tokens, at - 1) in {"AS", "LET", "FOR"}:
            continue
        name = plain(token.text)
        if before == "$":
            if _is_small(parameters.get(name)):
                continue
            name = f"${name}"
        elif name not in values or after == "(" or (after == ":" and before in {"{", ","}):
            continue
        last, key = at, ""
        while (
            text_at(tokens, last + 1) == "." and last + 2 < len(tokens) and tokens[last + 2].kind in {"word", "quoted"}
        ):
            last += 2
            key = key or tokens[last].text
        yield Name(name, key, at - (before == "$"), last)


def _is_small(value: Any) -> bool:
    return (
        value is None
        or isinstance(value, bool | int | float)
        or (isinstance(value, str) and len(value) <= LONGEST_TEXT)
    )


def is_taken(tokens: Sequence[Token], name: Name, places: Sequence[Place], loops: Sequence[Loop]) -> bool:
    """Whether what stands around a value takes it in as it is; what is not surely looked at counts as taken."""
    place = places[name.first]
    first, last = name.first, name.last
    frame: Frame | None = place.frame
    heads = {loop.opens for loop in loops}
    beside = _around(tokens, first, last)
    while True:  # joined here, or what it is given to is joined
        if {"+", "||"} & set(_around(tokens, first, last)):
            return True
        if frame is None or frame.parent is None or frame.small or frame.query or frame.opens in heads:
            break
        first, last, frame = frame.opens - _is_function(tokens, frame.opens), frame.closes, frame.parent
    if place.looking:
        return False
    at = name.first - 1
    loop = next((one for one in loops if one.opens == place.frame.opens), None)
    in_head = loop is not None and name.first < loop.body
    if in_head and word_at(tokens, at) == "IN":
        return True  # what is gone through
    before = "" if beside[0] == "=" and (in_head or _in_let(tokens, name.first, places)) else beside[0]
    words = {word_at(tokens, at), word_at(tokens, name.last + 1)}
    compared = words & _COMPARING or _is_comparison(tokens, at)
    return not (compared or {before, beside[1]} & _OPERATORS)


def _around(tokens: Sequence[Token], first: int, last: int) -> tuple[str, str]:
    """What stands before and behind, an index (``x[0]``) being a part of it."""
    while text_at(tokens, last + 1) == "[":
        depth, last = 1, last + 1
        while depth and last + 1 < len(tokens):
            last += 1
            depth += {"[": 1, "]": -1}.get(tokens[last].text, 0)
    return text_at(tokens, first - 1), text_at(tokens, last + 1)


def _is_function(tokens: Sequence[Token], opens: int) -> bool:
    return (
        tokens[opens].text == "("
        and opens > 0
        and tokens[opens - 1].kind == "word"
        and not _is_keyword(tokens, opens - 1)
    )


def _in_let(tokens: Sequence[Token], at: int, places: Sequence[Place]) -> bool:
    clause = places[at].clause
    first = next(
        (here for here in range(at, -1, -1) if word_at(tokens, here) in _TAKING and places[here].clause == clause), -1
    )
    return word_at(tokens, first) == "LET"
