"""How large a value one expression may become: what nothing bounds is refused, by rules over the tokens.

Values grow inside an expression in two ways, and each has a rule.

A *loop* (a list or pattern comprehension, ``reduce``, ``COLLECT { }``) makes something for every member. What it makes may
take in its own members and short text written out, but no value from outside: then the whole is about as large as the
list that it goes through. A value from outside may be looked at (compared, given to ``size``).

A *clause* may take a value in several times (``s + s``, ``[s, s]``, ``{a: s, b: s}``), and the next clause the result. How
often is multiplied over the clauses, and so much larger than what it begins with nothing can become. It begins with the
statement and its parameters.

Nodes and relationships do not count: what they hold is as small as the graph made it.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.graph.stores.bounded_reading import (
    LONGEST_TEXT,
    QUANTIFIERS,
    Frame,
    Loop,
    Name,
    Place,
    is_taken,
    loops_of,
    names_of,
    places_of,
    plain,
    refused,
    text_at,
    values_of,
    with_joins,
    word_at,
)
from unionkg.graph.stores.read_only import Token
from unionkg.language import say

_LARGEST = 100_000_000
"""So many characters the values of a statement may come to, by the rules' own estimate."""
_OF_A_RANGE = 1_000_000
"""What a loop over a ``range`` makes of short text."""
_MOST_LOOPS, _DEEPEST_LOOP = 30, 2
_LONGEST_BODY = 300
_SPLIT = 16
"""What a ``split`` counts: a list takes so many times the memory of its text."""
_ONE_VALUE = {"SIZE", "HEAD", "LAST", "ISEMPTY", *QUANTIFIERS}
"""Functions that take a list and keep no more than one of its values."""


def check_growth(tokens: Sequence[Token], closes: Mapping[int, int], parameters: Mapping[str, Any]) -> None:
    """Refuse a statement whose values may grow without bound inside an expression.

    Parameters
    ----------
    tokens : sequence of Token
        The statement.
    closes : mapping
        Where each bracket closes, by where it opens.
    parameters : mapping
        Those that are numbers or short text count as written out.

    Raises
    ------
    QueryError
        Says which rule, and what to write instead.
    """
    tokens = with_joins(tokens)
    values = values_of(tokens)
    loops = list(loops_of(tokens, closes))
    _check_depth(loops)
    places = places_of(tokens, closes, loops, values)
    taken = [one for one in names_of(tokens, values, parameters) if is_taken(tokens, one, places, loops)]
    # What a condition joins is dropped member by member.
    kept = [name for name in taken if not places[name.first].looking]
    for loop in loops:
        _check_nested(loop, loops, tokens, places)
        _check_loop(loop, tokens, [name for name in kept if _innermost(loops, name.first) is loop])
    _check_clauses(tokens, closes, loops, taken, places, parameters)


def _check_depth(loops: Sequence[Loop]) -> None:
    if len(loops) > _MOST_LOOPS:
        raise refused(
            say("太多的循环", "so many loops"),
            say(
                f"列表推导、reduce、any 等最多 {_MOST_LOOPS} 处",
                f"at most {_MOST_LOOPS} list comprehensions, reduce, any …",
            ),
        )
    for loop in loops:
        if sum(other.opens <= loop.opens <= other.closes for other in loops) > _DEEPEST_LOOP:
            raise refused(
                say("三层循环", "loops three deep"),
                say(
                    "列表推导、reduce、any 等最多套两层；先用 UNWIND 拆成行",
                    "at most two within each other; UNWIND first",
                ),
            )


def _innermost(loops: Sequence[Loop], at: int) -> Loop | None:
    """The loop that makes what stands there for every member."""
    around = [loop for loop in loops if loop.body <= at < loop.closes]
    return max(around, key=lambda loop: loop.opens, default=None)


def _check_nested(loop: Loop, loops: Sequence[Loop], tokens: Sequence[Token], places: Sequence[Place]) -> None:
    """No list is made for every member of a list, unless it is used up on the spot."""
    collects = text_at(tokens, loop.opens) == "{"
    made = [(at + 1, at + 1) for at in range(len(tokens)) if word_at(tokens, at) == "RANGE"]
    if not collects:
        made += [(one.opens, one.closes) for one in loops if one is not loop and not _is_quantifier(tokens, one)]
    for at, end in made:
        inside = loop.opens < at < loop.closes if collects else loop.body <= at < loop.closes
        if inside and not (_is_one(tokens, end) or _used_up(tokens, places[at].frame, loop)):
            raise refused(
                say("列表中再造列表", "a list built for every member of a list"),
                say("先用 UNWIND 拆成行，再用 collect 收拢", "take it apart with UNWIND and gather with collect"),
            )


def _is_quantifier(tokens: Sequence[Token], loop: Loop) -> bool:
    return word_at(tokens, loop.opens - 1) in QUANTIFIERS


def _is_one(tokens: Sequence[Token], end: int) -> bool:
    """Whether a member is taken of the list that ends there: ``[…][0]``."""
    return [text_at(tokens, end + 1), text_at(tokens, end + 3)] == ["[", "]"] and ".." not in text_at(tokens, end + 2)


def _used_up(tokens: Sequence[Token], frame: Frame, loop: Loop) -> bool:
    while frame.opens > loop.opens and frame.parent is not None:
        if tokens[frame.opens].text == "(" and word_at(tokens, frame.opens - 1) in _ONE_VALUE:
            return True
        frame = frame.parent
    return False


def _check_loop(loop: Loop, tokens: Sequence[Token], taken: Sequence[Name]) -> None:
    """What a loop makes for every member."""
    for at in range(loop.body, loop.closes):
        if tokens[at].kind == "string" and len(tokens[at].text) > LONGEST_TEXT + 2:
            raise refused(
                say("循环里很长的文字", "long text within a loop"),
                say(f"| 后面的文字最多 {LONGEST_TEXT} 字", f"at most {LONGEST_TEXT} characters behind |"),
            )
    if loop.closes - loop.body > _LONGEST_BODY:
        raise refused(
            say("很长的循环", "so long a loop"),
            say(f"| 后面最多 {_LONGEST_BODY} 个词和符号", f"at most {_LONGEST_BODY} words and symbols behind |"),
        )
    gathered = []
    for name in taken:
        if name.name not in loop.own:
            raise refused(
                say(f"循环里用到外面的 {name.name}", f"{name.name} from outside taken into a loop"),
                say(
                    "| 后面只能放循环自己的变量和短文字；外面的数先用 toInteger() 或 toFloat()，其他的先用 UNWIND 拆成行",
                    "behind | only the loop's own names and short text; a number from outside through toInteger() or "
                    "toFloat(), all else by rows with UNWIND",
                ),
            )
        if name.name == loop.gathered:
            gathered.append(name)
    if gathered:
        _check_gathered(loop, tokens, gathered)


def _check_gathered(loop: Loop, tokens: Sequence[Token], used: Sequence[Name]) -> None:
    """What a fold carries on goes once into what it makes of it, by whichever branch, and not into a list or map."""
    starts = {name.first for name in used}
    count, cases = 0, list[tuple[int, int]]()
    for at in range(loop.body, loop.closes):
        word = word_at(tokens, at)
        if word == "CASE":
            cases.append((count, count))
        elif word in {"THEN", "ELSE", "END"} and cases:
            begun, most = cases.pop()
            most = max(most, count)
            count = most if word == "END" else begun
            if word != "END":
                cases.append((begun, most))
        count += at in starts
    put_in = any(
        text_at(tokens, name.first - 1) in {"[", ":"} or text_at(tokens, name.last + 1) in {"]", "}"} for name in used
    )
    if max([count, *(most for _, most in cases)]) > 1 or put_in:
        raise refused(
            say(f"reduce 中多次使用 {loop.gathered}", f"{loop.gathered} used more than once in reduce"),
            say(
                "累积的值每一步只能用一次，也不能放进列表里的列表",
                "what is gathered can be used once a step, and not be put into a list within it",
            ),
        )


def _check_clauses(
    tokens: Sequence[Token],
    closes: Mapping[int, int],
    loops: Sequence[Loop],
    taken: Sequence[Name],
    places: Sequence[Place],
    parameters: Mapping[str, Any],
) -> None:
    """How often values are taken in, over all clauses."""
    uses: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for name in taken:
        uses[places[name.first].clause][name.name][name.key] += 1
    factors: dict[int, int] = defaultdict(lambda: 1)
    for clause, by_name in uses.items():
        times = (keys.get("", 0) + max([0, *(n for key, n in keys.items() if key)]) for keys in by_name.values())
        factors[clause] = 1 + sum(one - 1 for one in times if one > 1)
    split = {
        places[at].clause
        for at in range(len(tokens) - 1)
        if word_at(tokens, at) == "SPLIT" and not _is_used_up(tokens, at, closes, places)
    }
    growth = math.prod(factors.values()) * _SPLIT ** len(split)
    for at, end in closes.items():
        if word_at(tokens, at - 1) == "REPLACE":
            longer = _replaced(tokens[at + 1 : end], parameters)
            if longer > 1 and any(loop.gathered and loop.body <= at < loop.closes for loop in loops):
                raise refused(
                    say("reduce 中越换越长的 replace", "replace by something longer in reduce"),
                    say("先换，再用 reduce", "replace first, then reduce"),
                )
            growth *= longer
    begun = sum(len(token.text) for token in tokens) + len(json.dumps(parameters, ensure_ascii=False, default=str))
    begun += _OF_A_RANGE * any(word_at(tokens, at) == "RANGE" for at in range(len(tokens)))
    if growth * begun > _LARGEST:
        raise refused(
            say("可能变得很大的值", "values that may become very large"),
            say(
                "每个子句里少用几次同一个值（相加、放进列表、split），缩短参数，或分成几个语句",
                "use a value fewer times a clause (added, put into a list, split), pass less, or ask several statements",
            ),
        )


def _is_used_up(tokens: Sequence[Token], at: int, closes: Mapping[int, int], places: Sequence[Place]) -> bool:
    """Whether of the list that a function gives only one member, or its size, is kept."""
    opens, end = places[at].frame.opens, closes.get(at + 1, at)
    if _is_one(tokens, end) or [text_at(tokens, end + 1), text_at(tokens, end + 2)] == ["[", "-"]:
        return ".." not in text_at(tokens, end + 3)
    return opens == at - 1 and word_at(tokens, opens - 1) in _ONE_VALUE


def _replaced(arguments: Sequence[Token], parameters: Mapping[str, Any]) -> int:
    """How many times longer a ``replace`` may make a text: what it puts in is written out, or a short parameter."""
    commas = [at for at, token in enumerate(arguments) if token.text == ","]
    last = arguments[commas[-1] + 1 :] if commas else ()
    old = arguments[commas[-2] + 1 : commas[-1]] if len(commas) > 1 else ()
    put_in = _written(last, parameters)
    if put_in is None:
        raise refused("replace", say("换成的文字要直接写出", "write out the text that is put in"))
    taken_out = _written(old, parameters) or "x"
    return max(1, -(-len(put_in) // len(taken_out)))


def _written(tokens: Sequence[Token], parameters: Mapping[str, Any]) -> str | None:
    """A short text that is written out or a parameter; None for anything else."""
    if len(tokens) == 1 and tokens[0].kind == "string":
        text: Any = re.sub(r"\\(.)", r"\1", tokens[0].text[1:-1], flags=re.DOTALL)
    elif len(tokens) == 2 and tokens[0].text == "$":
        text = parameters.get(plain(tokens[1].text))
    else:
        return None
    return text if isinstance(text, str) and len(text) <= LONGEST_TEXT else None
