"""What a language model reads otherwise than the record: proposals for review, one JSON line each.

A proposal is no fact: it is in no graph and no export until a person accepts it, which makes a decision of it
(`unionkg.graph.verdicts`). Its id is that of the statement that it would be, so a decision on it binds as on any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionkg.graph.decisions import EffectiveRecord, statement_types
from unionkg.graph.records import (
    CaseRecord,
    OutcomeStatement,
    PracticeStatement,
    Statement,
    UnionStatement,
    decode,
    read_lines,
)
from unionkg.graph.union_names import normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that a model gives for a field of an account.

    ``value`` is the statement as a record stores it, with id, evidence and method; ``against`` the id of the statement
    that it contradicts, None for what it adds. ``at`` is when the model was asked.
    """

    document: str
    case: str
    field: str
    value: Mapping[str, Any]
    against: str | None = None
    at: str = ""

    @property
    def id(self) -> str:
        """The id of the statement that it would be."""
        return str(self.value["id"])

    @property
    def statement(self) -> Statement:
        """The value as a statement."""
        found: Statement = decode(statement_types()[self.field], self.value, self.case)
        return found


def read_proposals(path: Path) -> list[Proposal]:
    """Read ``proposals/<document>.jsonl``; a missing file holds none. Raises RecordError with file and line."""
    if not path.is_file():
        return []
    return [decode(Proposal, data, where) for where, data in read_lines(path)]


def is_open(proposal: Proposal, case: EffectiveRecord) -> bool:
    """Whether a proposal still asks for a decision: not rejected, and not in the record by now."""
    return proposal.id not in case.rejected and not relation(proposal.field, proposal.statement, case.record).known


@dataclass(frozen=True, slots=True)
class Relation:
    """How a model's value stands to a record: ``known`` to it already, ``against`` a statement, or new (neither)."""

    known: bool
    against: str | None = None


def relation(field: str, statement: Statement, record: CaseRecord) -> Relation:
    """Compare a model's value with what a record holds of the field.

    It contradicts another start, another main practice, another role of the same union, and another number of the same
    indicator in the same words; what is otherwise new adds to the record.
    """
    held = [other for name, other in record.statements() if name == field]
    for other in held:
        if _same(statement, other):
            return Relation(known=True)
    against = next((other for other in held if field == "started" or _contradicts(statement, other)), None)
    return Relation(known=False, against=against.id if against else None)


def _same(one: Statement, other: Statement) -> bool:
    match one, other:
        case OutcomeStatement(), OutcomeStatement():
            return (one.value, normal(one.unit)) == (other.value, normal(other.unit))
        case PracticeStatement(), PracticeStatement():
            names = {normal(name) for name in (other.name, *other.aliases)}
            return normal(one.name) in names and (other.main or not one.main)
    return [normal(str(part)) for part in one.key] == [normal(str(part)) for part in other.key]


def _contradicts(one: Statement, other: Statement) -> bool:
    match one, other:
        case UnionStatement(), UnionStatement():
            return normal(one.name) in {normal(other.name), normal(other.canonical)}
        case PracticeStatement(), PracticeStatement():
            return one.main and other.main
        case OutcomeStatement(), OutcomeStatement():
            return normal(one.indicator) == normal(other.indicator) and _overlaps(one, other)
    return False


def _overlaps(one: Statement, other: Statement) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)
