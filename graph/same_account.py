"""One account printed in two documents: found by shared sentences or shared facts, without comparing all with all.

The words quoted of an account stand for its text: two printings of one text are read alike, so they quote the same
sentences. An account told again in other words shares its originator, its numbers, its practice or its title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.records import CaseRecord
from unionkg.graph.union_names import normal

Method = Literal["same_account.text", "same_account.facts"]

#: What more accounts share than this is a formula, not a sentence of one account.
_CROWD = 40
_SENTENCE = 10
_OFFERED = 0.5
#: From here on, with so many quotes in common, two printings of one text are certain.
_CERTAIN, _QUOTES = 0.8, 5


@dataclass(frozen=True, slots=True)
class Copy:
    """Two accounts, the smaller id first, that may be one; ``score`` 0 to 1 is the share of the shorter one's quotes that
    the other has too (text), or how much of title, practice and numbers agrees (facts).
    """

    first: str
    other: str
    score: float
    method: Method
    certain: bool


@dataclass(frozen=True, slots=True)
class _Trace:
    """What an account is compared by: its sentences, owners, title, main practice and numbers."""

    id: str
    document: str
    quotes: frozenset[str]
    owners: frozenset[str]
    title: str
    practice: str
    numbers: frozenset[tuple[float, str]]

    def marks(self) -> Iterator[tuple[object, ...]]:
        """Everything of which two printings have at least one in common."""
        yield from (("quote", quote) for quote in self.quotes)
        if len(self.title) >= _SENTENCE:
            yield ("title", self.title)
        for owner in self.owners:
            yield ("practice", owner, self.practice)
            yield from (("number", owner, *number) for number in self.numbers)


def same_accounts(cases: Iterable[EffectiveRecord], leads: Mapping[str, str]) -> list[Copy]:
    """Pairs of accounts of different documents that may be one, the likest first."""
    traces = [_trace(case.record, leads) for case in cases]
    marked: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, trace in enumerate(traces):
        for mark in trace.marks():
            marked[mark].append(number)
    pairs = {
        (one, other)
        for there in marked.values()
        if 1 < len(there) <= _CROWD
        for i, one in enumerate(there)
        for other in there[i + 1 :]
        if traces[one].document != traces[other].document
    }
    found = [copy for one, other in pairs if (copy := _compared(traces[one], traces[other])) is not None]
    return sorted(found, key=lambda copy: (-copy.score, copy.first, copy.other))


def account_groups(
    copies: Sequence[Copy], leads: Mapping[str, str], apart: Collection[frozenset[str]] = frozenset()
) -> dict[str, str]:
    """The accounts that are printed more than once, each with the smallest id of its group.

    A group holds what people judged the same (``leads``) and certain copies, unless people judged any two of its members
    different (``apart``).
    """
    members: dict[str, set[str]] = {}

    def join(one: str, other: str) -> None:
        together = members.get(one, {one}) | members.get(other, {other})
        if not any(pair <= together for pair in apart):
            members.update((identifier, together) for identifier in together)

    for identifier, lead in leads.items():
        if identifier.startswith("case:"):
            join(identifier, lead)
    for copy in copies:
        if copy.certain:
            join(copy.first, copy.other)
    return {identifier: min(together) for identifier, together in members.items() if len(together) > 1}


def _trace(record: CaseRecord, leads: Mapping[str, str]) -> _Trace:
    quotes = {normal(e.quote) for _, item in record.statements() for e in item.evidence}
    return _Trace(
        id=record.id,
        document=record.document,
        quotes=frozenset(quote for quote in quotes if len(quote) >= _SENTENCE),
        owners=frozenset(leads.get(u.entity, u.entity) for u in record.unions if u.role == "originator" and u.entity),
        title=normal(record.title.value) if record.title else "",
        practice=next((normal(practice.name) for practice in record.practices if practice.main), ""),
        # Ones and twos agree by chance.
        numbers=frozenset((o.value, o.unit) for o in record.outcomes if o.value > 12),
    )


def _compared(one: _Trace, other: _Trace) -> Copy | None:
    first, second = sorted((one.id, other.id))
    shared = one.quotes & other.quotes
    shorter = min(sum(map(len, one.quotes)), sum(map(len, other.quotes)))
    text = sum(map(len, shared)) / shorter if shorter else 0.0
    if text >= _OFFERED and len(shared) > 1:
        owners = bool(one.owners & other.owners) or not one.owners or not other.owners
        certain = text >= _CERTAIN and len(shared) >= _QUOTES and owners
        return Copy(first, second, round(text, 2), "same_account.text", certain)
    facts = _facts(one, other)
    return Copy(first, second, round(facts, 2), "same_account.facts", certain=False) if facts >= _OFFERED else None


def _facts(one: _Trace, other: _Trace) -> float:
    """How much of title, practice and numbers agrees; of different owners nothing does."""
    from rapidfuzz import fuzz

    if one.owners and other.owners and not one.owners & other.owners:
        return 0.0
    title = fuzz.ratio(one.title, other.title) / 100 if one.title and other.title else 0.0
    practice = fuzz.ratio(one.practice, other.practice) / 100 if one.practice and other.practice else 0.0
    numbers = min(1.0, len(one.numbers & other.numbers) / 3)
    return 0.35 * max(0.0, 2 * title - 1) + 0.3 * max(0.0, 2 * practice - 1) + 0.35 * numbers
