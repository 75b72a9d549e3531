"""People's decisions: read from append-only files, applied to the machine's reading.

``decisions/reviews.jsonl`` holds ``accept, reject, edit, add, split, merge`` on facts and accounts,
``decisions/identities.jsonl`` holds ``same, different, undecided, undo`` on entities. Each line says who, when
and why. A decision on a fact binds to (document, case, field, key, quote): a better reader may choose a longer
quote without reopening it; it is reopened only when its quote left the source or the machine now reads another
value from the same words. An accepted or added fact survives a reader that misses it.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from unionkg.errors import RecordError
from unionkg.graph.quotes import QuotedText
from unionkg.graph.records import CaseRecord, OutcomeStatement, Statement, decode, read_lines
from unionkg.graph.validity import check_statement
from unionkg.language import say

Review = Literal["unreviewed", "accepted", "corrected"]

#: The fields that hold one statement, not several.
_SINGLE = frozenset({"title", "started"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One line of ``reviews.jsonl``. ``field`` is None where the decision is on a whole account.

    ``key`` is the fact's key as a list (see `unionkg.graph.records.Statement.key`); ``value`` is the complete
    statement for accept, edit and add; ``lines`` are the line ranges of the parts of a split; ``cases`` the
    accounts to merge into ``case``.
    """

    decision: Literal["accept", "reject", "edit", "add", "split", "merge"]
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
    where: str = ""


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
    """A decision that no longer binds, and why: it is listed for a person, not applied."""

    decision: ReviewDecision
    reason: Literal["quote_left_source", "other_value", "unknown_case"]


@dataclass(frozen=True, slots=True)
class EffectiveRecord:
    """The machine's reading with people's decisions applied; ``reviews`` maps statement ids to their state."""

    record: CaseRecord
    reviews: Mapping[str, Review] = field(default_factory=dict)

    def review(self, statement: Statement) -> Review:
        """The review state of one of the record's statements."""
        return self.reviews.get(statement.id, "unreviewed")


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


def effective(
    records: Sequence[CaseRecord],
    decisions: Iterable[ReviewDecision],
    text: str,
    make_id: Callable[[str, str, str, tuple[object, ...]], str],
) -> tuple[list[EffectiveRecord], list[Reopened]]:
    """Apply the decisions on one document to its records, in the order in which they were made.

    Parameters
    ----------
    records : sequence of CaseRecord
        The machine's reading of one document.
    decisions : iterable of ReviewDecision
        Those of the same document.
    text : str
        The document's stored text, in which quotes must still stand.
    make_id : callable
        (document, case, field, key) -> statement id.

    Returns
    -------
    The effective records, and the decisions that do not bind any more.
    """
    found = {record.id: EffectiveRecord(record) for record in records}
    squeezed = _squeeze(text)
    quoted = QuotedText(text)
    reopened: list[Reopened] = []
    gone: set[str] = set()  # accounts that a decision took out: later decisions on them have nothing left to do
    for decision in decisions:
        held = found.get(decision.case)
        if held is None:
            if decision.case not in gone:
                reopened.append(Reopened(decision, "unknown_case"))
        elif decision.quote and _squeeze(decision.quote) not in squeezed:
            reopened.append(Reopened(decision, "quote_left_source"))
        elif decision.field is None:
            found.update(_on_account(held, decision, found, text))
            for case in _gone(decision):
                found.pop(case, None)
                gone.add(case)
        elif decision.decision == "reject" and not _has(held.record, decision):
            if decision.quote and any(
                _shares_words(i, _squeeze(decision.quote)) for i in _items(held.record, decision.field)
            ):
                reopened.append(Reopened(decision, "other_value"))
        elif _reads_other_value(held.record, decision):
            reopened.append(Reopened(decision, "other_value"))
        else:
            found[decision.case] = _on_fact(held, decision, make_id, quoted)
    return list(found.values()), reopened


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _gone(decision: ReviewDecision) -> tuple[str, ...]:
    if decision.decision == "reject":
        return (decision.case,)
    if decision.decision == "merge":
        return tuple(case for case in decision.cases if case != decision.case)
    return ()


def _on_account(
    held: EffectiveRecord, decision: ReviewDecision, found: Mapping[str, EffectiveRecord], text: str
) -> dict[str, EffectiveRecord]:
    if decision.decision == "accept":
        accepted: dict[str, Review] = {item.id: "accepted" for _, item in held.record.statements()}
        return {decision.case: EffectiveRecord(held.record, {**accepted, **held.reviews})}
    if decision.decision == "split":
        return {part.record.id: part for part in _split(held, decision.lines, text, decision.where)}
    if decision.decision == "merge":
        others = [found[case] for case in decision.cases if case in found and case != decision.case]
        return {decision.case: _merged(held, others)}
    return {}


def _split(
    held: EffectiveRecord, parts: Sequence[tuple[tuple[int, int], ...]], text: str, where: str
) -> list[EffectiveRecord]:
    """Give every part the statements whose first quote stands in its lines; the first part also keeps the rest."""
    record = held.record
    bounds = [_offsets(text, lines, where) for lines in parts]
    made = []
    for number, lines in enumerate(parts):
        mine = _belongs(bounds, number)
        given: dict[str, Any] = {"id": record.id if number == 0 else f"{record.id}.{number + 1}", "lines": lines}
        for name in statement_types():
            kept = tuple(item for item in _items(record, name) if mine(item.evidence[0].start))
            given[name] = (kept[0] if kept else None) if name in _SINGLE else kept
        given["sections"] = tuple(section for section in record.sections if mine(section.start))
        made.append(EffectiveRecord(replace(record, **given), held.reviews))
    return made


def _belongs(bounds: Sequence[Sequence[tuple[int, int]]], number: int) -> Callable[[int], bool]:
    def mine(offset: int) -> bool:
        owner = next((i for i, part in enumerate(bounds) if any(a <= offset < b for a, b in part)), 0)
        return owner == number

    return mine


def _offsets(text: str, lines: Iterable[tuple[int, int]], where: str) -> list[tuple[int, int]]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    if any(not 1 <= first <= last < len(starts) for first, last in lines):
        raise RecordError(say("split 的行区间超出文献", "the lines of the split are not in the document"), where=where)
    return [(starts[first - 1], starts[last]) for first, last in lines]


def _merged(held: EffectiveRecord, others: Sequence[EffectiveRecord]) -> EffectiveRecord:
    record = held.record
    reviews = dict(held.reviews)
    for other in others:
        joined: dict[str, Any] = {"lines": tuple(sorted({*record.lines, *other.record.lines}))}
        for name in (*statement_types(), "sections"):
            ours, theirs = getattr(record, name), getattr(other.record, name)
            if isinstance(ours, tuple):
                keys = {item.key for item in ours if isinstance(item, Statement)}
                added = tuple(i for i in theirs if not isinstance(i, Statement) or i.key not in keys)
                if name == "practices":
                    added = tuple(replace(practice, main=False) for practice in added)  # a case has one main practice
                joined[name] = ours + added
            else:
                joined[name] = ours or theirs
        record = replace(record, **joined)
        reviews.update(other.reviews)
    return EffectiveRecord(record, reviews)


def _items(record: CaseRecord, name: str) -> tuple[Statement, ...]:
    value = getattr(record, name)
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _anchored(statement: Statement, text: QuotedText) -> Statement:
    """A decided statement with its quotes where they stand in the present text; a lost quote keeps its old place."""
    return replace(statement, evidence=tuple(text.find(e.quote, e.start) or e for e in statement.evidence))


def _has(record: CaseRecord, decision: ReviewDecision) -> bool:
    return decision.field is not None and any(_same_key(i, decision.key) for i in _items(record, decision.field))


def _same_key(statement: Statement, key: tuple[object, ...]) -> bool:
    return tuple(statement.key) == tuple(key)


def _reads_other_value(record: CaseRecord, decision: ReviewDecision) -> bool:
    """Whether the machine now reads something else from the very words that an accept or edit was about."""
    if decision.decision not in {"accept", "edit"} or not decision.quote or not decision.field:
        return False
    items = _items(record, decision.field)
    if any(_same_key(item, decision.key) for item in items):
        return False
    accepted = decode(statement_types()[decision.field], decision.value, decision.where)
    others = [item for item in items if not _same_key(item, accepted.key)]
    if decision.field in _SINGLE:
        return bool(others)
    quote = _squeeze(decision.quote)
    return any(_like(item, accepted) and _shares_words(item, quote) for item in others)


def _like(item: Statement, accepted: Statement) -> bool:
    """Whether two statements tell of the same thing, so that one of them is another value of it.

    Of several facts in one sentence (12个驿站，3400人次) one is not another value of its neighbour.
    """
    if isinstance(item, OutcomeStatement) and isinstance(accepted, OutcomeStatement):
        return item.unit == accepted.unit
    return len(item.key) > 1 and item.key[0] == accepted.key[0]


def _shares_words(item: Statement, quote: str) -> bool:
    pieces = [_squeeze(evidence.quote) for evidence in item.evidence]
    return any(piece in quote or quote in piece for piece in pieces)


def _on_fact(
    held: EffectiveRecord,
    decision: ReviewDecision,
    make_id: Callable[[str, str, str, tuple[object, ...]], str],
    text: QuotedText,
) -> EffectiveRecord:
    record, name = held.record, decision.field
    assert name is not None
    items = list(_items(record, name))
    index = next((i for i, item in enumerate(items) if _same_key(item, decision.key)), None)
    reviews = dict(held.reviews)
    if decision.decision == "reject":
        if index is not None:
            del items[index]
    else:
        given = _anchored(decode(statement_types()[name], decision.value, decision.where), text)
        identifier = make_id(record.document, record.id, name, given.key)
        if decision.decision == "accept" and index is not None:
            given = items[index]  # the machine's present reading of the same fact may have the longer quote
            identifier = given.id
        elif decision.decision == "edit" and index is not None:
            identifier = items[index].id or identifier
        elif index is None and identifier in {item.id for item in items}:
            identifier += "-2"  # an edited fact kept the id of the key that is added again now
        given = replace(given, id=identifier)
        if index is None:
            items = [item for item in items if not _same_key(item, given.key)]
            items.append(given)
        else:
            items[index] = given
        reviews[identifier] = "accepted" if decision.decision == "accept" else "corrected"
    value: Any = (items[-1] if items else None) if name in _SINGLE else tuple(items)
    return EffectiveRecord(replace(record, **{name: value}), reviews)
