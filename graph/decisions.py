"""People's decisions, read from append-only files; `unionkg.graph.effective` applies them to the machine's reading.

``decisions/reviews.jsonl`` holds ``accept, reject, edit, add, split, merge, undo`` on facts and accounts,
``decisions/identities.jsonl`` holds ``same, different, undecided, undo`` on entities. Each line says who, when
and why. ``undo`` takes back one decision, which stays in the file.
"""

from __future__ import annotations

import hashlib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from unionkg.errors import RecordError
from unionkg.graph.records import (
    CaseRecord,
    Review,
    Statement,
    decode,
    read_lines,
    to_line,
)
from unionkg.graph.validity import check_statement
from unionkg.language import say

#: The fields that hold one statement, not several.
SINGLE = frozenset({"title", "started"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One line of ``reviews.jsonl``. ``field`` is None where the decision is on a whole account.

    ``key`` is the fact's key as a list (see `unionkg.graph.records.Statement.key`); ``value`` is the complete
    statement for accept, edit and add, and for reject what was rejected; ``lines`` are the line ranges of the parts
    of a split, ``quote`` then the words that open the second of two; ``cases`` the accounts to merge into ``case``;
    ``lacks`` the fields of which an accepted account rightly tells nothing (without them, accepting an account accepts
    every statement of it); ``undoes`` is the id of the decision that an undo takes back.
    """

    decision: Literal["accept", "reject", "edit", "add", "split", "merge", "undo"]
    document: str
    case: str
    by: str
    at: str
    why: str = ""
    field: str | None = None
    key: tuple[str | float | bool | None, ...] = ()
    quote: str | None = None
    value: Mapping[str, Any] | None = None
    lines: tuple[tuple[tuple[int, int], ...], ...] = ()
    cases: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    undoes: str | None = None
    where: str = ""

    @property
    def id(self) -> str:
        """A digest of the whole line, by which an undo names it."""
        return "decision:" + hashlib.sha256(to_line(replace(self, where="")).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDecision:
    """One line of ``identities.jsonl``; ``undo`` takes back the latest other decision on the same ids."""

    decision: Literal["same", "different", "undecided", "undo"]
    ids: tuple[str, ...]
    by: str
    at: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A decision that no longer binds, and why: it is listed for a person, not applied.

    ``facts`` are the ids of what the machine now reads from the same words.
    """

    decision: ReviewDecision
    reason: Literal["quote_left_source", "other_value", "unknown_case"]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectiveRecord:
    """The machine's reading with people's decisions applied.

    ``reviews`` maps statement ids to their state, ``rejected`` the ids of facts that people rejected, and that are
    in the record no more, to their decisions; ``lacks`` are fields of which people said that the account tells nothing.
    """

    record: CaseRecord
    reviews: Mapping[str, Review] = field(default_factory=dict)
    rejected: Mapping[str, ReviewDecision] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()

    def review(self, statement: Statement) -> Review:
        """The review state of one of the record's statements; one that was handed on reviewed keeps that state."""
        return self.reviews.get(statement.id, statement.review)


def read_reviews(path: Path) -> list[ReviewDecision]:
    """Read ``reviews.jsonl`` in order; a missing file holds no decisions. Raises RecordError with file:line."""
    if not path.is_file():
        return []
    return [_checked(replace(decode(ReviewDecision, data, where), where=where)) for where, data in read_lines(path)]


def read_identities(path: Path) -> list[IdentityDecision]:
    """Read ``identities.jsonl`` in order; a missing file holds no decisions. Raises RecordError with file:line."""
    if not path.is_file():
        return []
    return [_checked_identity(decode(IdentityDecision, data, where), where) for where, data in read_lines(path)]


def _checked_identity(decision: IdentityDecision, where: str) -> IdentityDecision:
    if len(set(decision.ids)) < 2:
        raise RecordError(say("ids 里至少要有两个不同的编号", "ids needs two different ids"), where=where)
    if len({identifier.partition(":")[0] for identifier in decision.ids}) > 1:
        raise RecordError(say("ids 里的编号不是同一类", "the ids are not of one kind"), where=where)
    return decision


def _checked(decision: ReviewDecision) -> ReviewDecision:
    needs_value = decision.decision in {"edit", "add"} or (decision.decision == "accept" and decision.field)
    problem = None
    if decision.field is not None and decision.field not in statement_types():
        problem = say(f"不认识的字段：{decision.field}", f"unknown field: {decision.field}")
    elif needs_value and decision.value is None:
        problem = say(f"{decision.decision} 缺少 value", f"{decision.decision} lacks a value")
    elif decision.decision in {"edit", "add"} and decision.field is None:
        problem = say(f"{decision.decision} 缺少 field", f"{decision.decision} lacks a field")
    elif decision.decision == "split" and len(decision.lines) < 2:
        problem = say("split 至少要有两段 lines", "split needs two parts in lines")
    elif decision.decision == "merge" and not decision.cases:
        problem = say("merge 缺少 cases", "merge lacks cases")
    elif unknown := sorted(set(decision.lacks) - set(statement_types())):
        problem = say(f"不认识的字段：{unknown[0]}", f"unknown field: {unknown[0]}")
    elif decision.decision == "undo" and not decision.undoes:
        problem = say("undo 缺少 undoes", "undo lacks undoes")
    if problem:
        raise RecordError(problem, where=decision.where)
    if decision.value is not None and decision.field is not None:
        given = decode(statement_types()[decision.field], decision.value, decision.where)
        check_statement(decision.field, given, decision.where)
    return decision


@cache
def statement_types() -> Mapping[str, type[Statement]]:
    """The statement type of every field of a record that holds statements."""
    found: dict[str, type[Statement]] = {}
    for name, hint in typing.get_type_hints(CaseRecord).items():
        for part in (hint, *typing.get_args(hint)):
            if isinstance(part, type) and issubclass(part, Statement):
                found[name] = part
    return found


def standing(decisions: Iterable[ReviewDecision]) -> list[ReviewDecision]:
    """The decisions that no undo took back, in their order.

    Raises
    ------
    RecordError
        An undo names no decision before it.
    """
    found: list[ReviewDecision] = []
    for decision in decisions:
        if decision.decision != "undo":
            found.append(decision)
            continue
        at = next((i for i in reversed(range(len(found))) if found[i].id == decision.undoes), None)
        if at is None:
            raise RecordError(
                say(f"没有这条裁定可撤销：{decision.undoes}", f"there is no such decision to undo: {decision.undoes}"),
                where=decision.where,
                hint=say("改正或删去这一行", "mend or delete the line"),
            )
        del found[at]
    return found
