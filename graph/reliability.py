"""How far a confidence can be trusted: the statements of a reading judged one by one against labelled accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unionkg.graph.evaluation import STATED, Flat, Tally, pair_items
from unionkg.graph.records import CaseRecord, Statement

#: Lower bounds of the bands of the reliability table, the highest first.
BANDS = (0.9, 0.8, 0.7, 0.5, 0.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of a reading, and whether the labelled account says the same."""

    field: str
    case: CaseRecord
    statement: Statement
    value: Any
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Statements whose confidence lies above ``low`` and not above ``high``: how many, and how many are right."""

    low: float
    high: float
    count: int
    right: int


def judge(gold: Sequence[Flat], read: Sequence[tuple[Flat, CaseRecord]]) -> list[Judged]:
    """Judge every statement of the accounts that have a labelled partner.

    Parameters
    ----------
    gold : sequence of mappings
        Labelled accounts, flat.
    read : sequence of (mapping, CaseRecord)
        Each account that was read, flat and as it is stored.
    """
    stored = {id(flat): record for flat, record in read}
    pairs = pair_items(gold, [flat for flat, _ in read], Tally())
    return [judged for labelled, flat in pairs for judged in _judge_account(labelled, flat, stored[id(flat)])]


def _judge_account(labelled: Flat, flat: Flat, record: CaseRecord) -> Iterator[Judged]:
    for field, same in STATED.items():
        left = _values(labelled, field)
        for value, statement in zip(_values(flat, field), _statements(record, field), strict=True):
            found = next((wanted for wanted in left if same(wanted, value)), None)
            if found is not None:
                left.remove(found)
            yield Judged(field, record, statement, value, found is not None)


def _values(record: Mapping[str, Any], field: str) -> list[Any]:
    value = record.get(field)
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _statements(record: CaseRecord, field: str) -> Sequence[Statement]:
    value = getattr(record, field)
    return () if value is None else (value,) if isinstance(value, Statement) else value


def reliability(judged: Iterable[Judged]) -> list[Band]:
    """Count statements by bands of confidence, the highest band first."""
    bands = list(zip(BANDS, (1.0, *BANDS), strict=False))
    counts = {band: [0, 0] for band in bands}
    for one in judged:
        confidence = one.statement.confidence
        band = next(band for band in bands if confidence > band[0] or band[0] == 0.0)
        counts[band][0] += 1
        counts[band][1] += one.right
    return [Band(low, high, count, right) for (low, high), (count, right) in counts.items()]
