"""The effective record: people's decisions applied to the machine's reading (see `unionkg.graph.decisions`).

A decision on a fact binds to (document, case, field, key, quote): a better reader may choose a longer quote without
reopening it; it is reopened only when its quote left the source or the machine now reads another value from the same
words. An accepted or added fact survives a reader that misses it. A split binds to the words that open the second
part, so lines that move do not move it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from unionkg.graph.decisions import SINGLE, EffectiveRecord, Reopened, ReviewDecision, standing, statement_types
from unionkg.graph.quotes import QuotedText
from unionkg.graph.records import CaseRecord, Evidence, OutcomeStatement, Review, Statement, UnionStatement, decode
from unionkg.graph.splitting import Ranges, line_starts, merged, parts_at, spans, split

#: The fields whose evidence may stand outside of the account: in an award list, in a commentary on several accounts.
_ELSEWHERE = frozenset({"honors", "commentators"})


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
        The document's stored text, in which quotes must still stand; empty where the document has none.
    make_id : callable
        (document, case, field, key) -> statement id.

    Returns
    -------
    The effective records, and the decisions that do not bind any more.
    """
    given = standing(decisions)
    if not given:
        return [EffectiveRecord(record) for record in records], []
    reading = _Reading({record.id: EffectiveRecord(record) for record in records}, text, given)
    reopened = [one for decision in given if (one := reading.apply(decision, make_id)) is not None]
    decided = {decision.case for decision in given}
    cases = [_with_one_main(case) if case.record.id in decided else case for case in reading.found.values()]
    return cases, reopened


class _Reading:
    """The accounts of a document while decisions are applied to them one after the other."""

    def __init__(self, found: dict[str, EffectiveRecord], text: str, decisions: Sequence[ReviewDecision]) -> None:
        self.found = found
        self.text = text
        self.quoted = QuotedText(text)
        self.squeezed = _squeeze(text)
        self.starts = line_starts(text)
        #: Accounts that a decision took out: later decisions on them have nothing left to do.
        self.gone: set[str] = set()
        #: Accounts that the machine now reads otherwise, as a decision had it: where later decisions on them go.
        self.now: dict[str, str] = {
            case: decision.case
            for decision in decisions
            if decision.decision == "merge"
            for case in decision.cases
            if case not in found
        }

    def apply(
        self, decision: ReviewDecision, make_id: Callable[[str, str, str, tuple[object, ...]], str]
    ) -> Reopened | None:
        """Apply one decision, or say why it does not bind."""
        case = decision.case if decision.case in self.found else self.now.get(decision.case, decision.case)
        held = self.found.get(case)
        if held is None:
            return None if decision.case in self.gone else Reopened(decision, "unknown_case")
        words = _words(decision)
        if words and self.text and _squeeze(words) not in self.squeezed:
            return Reopened(decision, "quote_left_source")
        if decision.field is None:
            return self._on_account(held, decision)
        if others := _other_values(held.record, decision):
            return Reopened(decision, "other_value", tuple(other.id for other in others))
        if decision.decision == "reject":
            self.found[case] = _rejected(held, decision, make_id)
            return None
        known = any(_same_key(item, decision.key) for item in _items(held.record, decision.field))
        given = decode(statement_types()[decision.field], decision.value, decision.where)
        if not (known and decision.decision == "accept"):  # what is read and accepted is quoted as it is read
            place = self._place(held.record, decision) if self.text else None
            if not known and self.text and place is None:
                return Reopened(decision, "quote_left_source")
            given = self._anchored(given, place)
        self.found[case] = _decided(held, decision, given, make_id)
        return None

    def _on_account(self, held: EffectiveRecord, decision: ReviewDecision) -> Reopened | None:
        case = held.record.id
        match decision.decision:
            case "accept" if decision.lacks:
                self.found[case] = replace(held, lacks=held.lacks | set(decision.lacks))
            case "accept":
                accepted: dict[str, Review] = {item.id: "accepted" for _, item in held.record.statements()}
                self.found[case] = replace(held, reviews={**accepted, **held.reviews})
            case "reject":
                del self.found[case]
                self.gone.add(case)
            case "split":
                return self._split(held, decision)
            case "merge":
                others = [self.found.pop(other) for other in decision.cases if other in self.found and other != case]
                self.gone.update(other.record.id for other in others)
                self.found[case] = EffectiveRecord(
                    merged(held.record, [other.record for other in others]),
                    {**{key: state for other in others for key, state in other.reviews.items()}, **held.reviews},
                    {**{key: one for other in others for key, one in other.rejected.items()}, **held.rejected},
                )
        return None

    def _split(self, held: EffectiveRecord, decision: ReviewDecision) -> Reopened | None:
        record = held.record
        new = self._free_ids(decision.case, max(1, len(decision.lines) - 1))
        parts: Sequence[Ranges] = decision.lines
        if decision.quote:
            line = self._opening(record, decision)
            if line is None:
                other = self._opened_by(decision)
                if other is None:
                    return Reopened(decision, "quote_left_source")
                self.now[new[0]] = other  # the machine now cuts there by itself
                return None
            cut = parts_at(record.lines, line)
            if cut is None:
                self.now[new[0]] = record.id
                return None
            parts = cut
        made = split(record, parts, (record.id, *new), self.text, decision.where)
        whole = {part.id: EffectiveRecord(part, held.reviews) for part in made[1:]}
        whole = {record.id: replace(held, record=made[0]), **whole}
        self.found = {
            part: one
            for key, case in self.found.items()
            for part, one in (whole.items() if key == record.id else [(key, case)])
        }
        return None

    def _free_ids(self, case: str, count: int) -> list[str]:
        """Ids for further parts of an account: its own with a number that no part has."""
        taken = {*self.found, *self.now, *self.gone}
        free = (f"{case}.{number}" for number in range(2, len(taken) + count + 3))
        return [identifier for identifier in free if identifier not in taken][:count]

    def _opening(self, record: CaseRecord, decision: ReviewDecision) -> int | None:
        """The line of an account that the words of a split open, nearest to where they stood."""
        own = spans(self.starts, record.lines, decision.where)
        inside = [p for p in self.quoted.places(decision.quote or "") if any(a <= p.start < b for a, b in own)]
        lines = [bisect_right(self.starts, place.start) for place in inside]
        stood = decision.lines[1][0][0]
        return min(lines, key=lambda line: abs(line - stood), default=None)

    def _opened_by(self, decision: ReviewDecision) -> str | None:
        """The account that begins with the words of a split."""
        lines = {bisect_right(self.starts, place.start) for place in self.quoted.places(decision.quote or "")}
        starts = ((key, case.record.lines[0][0]) for key, case in self.found.items())
        return next((key for key, first in starts if first in lines), None)

    def _place(self, record: CaseRecord, decision: ReviewDecision) -> Evidence | None:
        """Where the words of a fact stand that the machine does not read: in its account, or in none.

        Short words may stand in a neighbouring account too: what was said there is not said here.
        """
        near = _first_start(decision)
        places = self.quoted.places(_words(decision))
        own = spans(self.starts, record.lines, decision.where)
        inside = [place for place in places if any(a <= place.start < b for a, b in own)]
        if not inside and decision.field not in _ELSEWHERE:
            taken = [
                span for case in self.found.values() for span in spans(self.starts, case.record.lines, decision.where)
            ]
            places = [place for place in places if not any(a <= place.start < b for a, b in taken)]
        return min(inside or places, key=lambda place: (place.start < near, abs(place.start - near)), default=None)

    def _anchored(self, statement: Statement, place: Evidence | None) -> Statement:
        """A statement with its quotes where they stand now, the others near the first; a lost one keeps its old place."""
        if not self.text:
            return statement
        first, *others = statement.evidence
        here = place or self.quoted.find(first.quote, first.start) or first
        moved = here.start - first.start
        found = (self.quoted.find(other.quote, other.start + moved) or other for other in others)
        return replace(statement, evidence=(here, *found))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _words(decision: ReviewDecision) -> str:
    """The words that a decision rests on: those that its value quotes first, which an edit may have changed."""
    match decision.value:
        case {"evidence": [{"quote": str(quote)}, *_]}:
            return quote
    return decision.quote or ""


def _first_start(decision: ReviewDecision) -> int:
    match decision.value:
        case {"evidence": [{"start": int(start)}, *_]}:
            return start
    return 0


def _items(record: CaseRecord, name: str) -> tuple[Statement, ...]:
    value = getattr(record, name)
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _same_key(statement: Statement, key: tuple[object, ...]) -> bool:
    return tuple(statement.key) == tuple(key)


def _other_values(record: CaseRecord, decision: ReviewDecision) -> list[Statement]:
    """What the machine now reads from the very words of a decision instead of what it was about."""
    if decision.decision == "add" or not decision.quote or decision.field is None:
        return []
    items = _items(record, decision.field)
    if any(_same_key(item, decision.key) for item in items):
        return []
    quote = _squeeze(decision.quote)
    if decision.decision == "reject" and _is_of_model(decision):
        return []  # what a model proposed beside the reading was refused, which the reading may contradict
    if decision.value is None:  # a rejection by hand, which need not say what it rejected
        return [item for item in items if _shares_words(item, quote)]
    decided: Statement = decode(statement_types()[decision.field], decision.value, decision.where)
    others = [item for item in items if not _same_key(item, decided.key)]
    if decision.field in SINGLE:
        return others if decision.decision != "reject" else [item for item in others if _shares_words(item, quote)]
    return [item for item in others if _like(item, decided) and _shares_words(item, quote)]


def _is_of_model(decision: ReviewDecision) -> bool:
    return str((decision.value or {}).get("method", "")).startswith("model.")


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


def _rejected(
    held: EffectiveRecord,
    decision: ReviewDecision,
    make_id: Callable[[str, str, str, tuple[object, ...]], str],
) -> EffectiveRecord:
    record, name = held.record, decision.field
    assert name is not None
    items = _items(record, name)
    out = next((item for item in items if _same_key(item, decision.key)), None)
    identifier = out.id if out else make_id(record.document, record.id, name, decision.key)
    kept = tuple(item for item in items if item is not out)
    reviews = {key: state for key, state in held.reviews.items() if out is None or key != out.id}
    return replace(
        held, record=_with(record, name, kept), reviews=reviews, rejected={**held.rejected, identifier: decision}
    )


def _decided(
    held: EffectiveRecord,
    decision: ReviewDecision,
    given: Statement,
    make_id: Callable[[str, str, str, tuple[object, ...]], str],
) -> EffectiveRecord:
    """The account with an accepted, edited or added statement."""
    record, name = held.record, decision.field
    assert name is not None
    items = list(_items(record, name))
    index = next((i for i, item in enumerate(items) if _same_key(item, decision.key)), None)
    identifier = make_id(record.document, record.id, name, given.key)
    if decision.decision == "accept" and index is not None:
        # The machine's present reading of the same fact may have the longer quote; what it says is what was accepted.
        known = items[index]
        told = {key: getattr(known, key) for key in ("id", "evidence", "method", "confidence")}
        given, identifier = replace(given, **told), known.id
    elif decision.decision == "edit" and index is not None:
        identifier = items[index].id or identifier
    elif index is None and identifier in {item.id for item in items if not _same_key(item, given.key)}:
        identifier += "-2"  # an edited fact kept the id of the key that is added again now
    given = replace(given, id=identifier)
    known_as = items[index] if index is not None else None
    if index is not None:
        items = [_following(item, items[index], given) for item in items]
    twin = next((i for i, item in enumerate(items) if i != index and _same_key(item, given.key)), None)
    if index is not None:
        items[index] = given
    elif twin is not None:
        items[twin] = given
    else:
        items.append(given)
    if index is not None and twin is not None:
        del items[twin]  # edited into what is there already
    state: Review = "accepted" if decision.decision == "accept" else "corrected"
    rejected = {key: one for key, one in held.rejected.items() if key != identifier}
    reviews = {key: known for key, known in held.reviews.items() if key != identifier}
    changed = _with(record, name, items)
    if known_as is not None:
        changed = _with_renamed(changed, known_as, given)
    return replace(held, record=changed, reviews={**reviews, identifier: state}, rejected=rejected)


def _following(item: Statement, before: Statement, after: Statement) -> Statement:
    """An outcome that is told as part of one which is edited stays a part of it."""
    match item, before, after:
        case OutcomeStatement(), OutcomeStatement(), OutcomeStatement() if item.subset_of == before.name:
            return replace(item, subset_of=after.name)
    return item


def _with_renamed(record: CaseRecord, before: Statement, after: Statement) -> CaseRecord:
    """The account in which what is said of a union's superiors follows the union's name."""
    if not isinstance(before, UnionStatement) or not isinstance(after, UnionStatement) or before.name == after.name:
        return record
    if any(union.name == before.name for union in record.unions):
        return record
    new = {before.name: after.name}
    superiors = (
        replace(one, union=new.get(one.union, one.union), superior=new.get(one.superior, one.superior))
        for one in record.superiors
    )
    return replace(record, superiors=tuple(superiors))


def _with(record: CaseRecord, name: str, items: Sequence[Statement]) -> CaseRecord:
    value: Any = (items[-1] if items else None) if name in SINGLE else tuple(items)
    return replace(record, **{name: value})


def _with_one_main(case: EffectiveRecord) -> EffectiveRecord:
    """Of several main practices the one that a person decided last stays main: a case has one."""
    mains = [practice for practice in case.record.practices if practice.main]
    if len(mains) < 2:
        return case
    decided = {key: number for number, key in enumerate(case.reviews)}
    first = max(mains, key=lambda practice: decided.get(practice.id, -1))
    practices = tuple(
        practice if practice is first else replace(practice, main=False) for practice in case.record.practices
    )
    return replace(case, record=replace(case.record, practices=practices))
