"""Splitting and merging accounts: what becomes of their lines and statements.

Pure functions over records; who decided it and when is `unionkg.graph.decisions`' business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from unionkg.errors import RecordError
from unionkg.graph.records import CaseRecord, Evidence, PracticeStatement, Statement
from unionkg.language import say

Ranges = tuple[tuple[int, int], ...]


def parts_at(lines: Ranges, line: int) -> tuple[Ranges, Ranges] | None:
    """The lines before and from a line of an account, in reading order; None where a part would be empty."""
    before: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(lines):
        if first <= line <= last:
            if line > first:
                before.append((first, line - 1))
            after = ((line, last), *lines[number + 1 :])
            return (tuple(before), after) if before else None
        before.append((first, last))
    return None


def split(record: CaseRecord, parts: Sequence[Ranges], ids: Sequence[str], text: str, where: str) -> list[CaseRecord]:
    """Give every part the statements whose first quote stands in its lines; the first part also keeps the rest.

    Raises
    ------
    RecordError
        Lines lie outside of the document; ``where`` is the decision's place.
    """
    starts = line_starts(text)
    bounds = [spans(starts, lines, where) for lines in parts]
    made = []
    for number, lines in enumerate(parts):
        mine = _belongs(bounds, number)
        given: dict[str, Any] = {"id": ids[number], "lines": lines}
        for field in fields(record):
            value = getattr(record, field.name)
            if isinstance(value, Statement):
                given[field.name] = value if mine(value.evidence[0].start) else None
            elif field.name == "sections":
                given[field.name] = tuple(section for section in value if mine(section.start))
            elif isinstance(value, tuple) and any(isinstance(item, Statement) for item in value):
                given[field.name] = tuple(item for item in value if mine(item.evidence[0].start))
        made.append(replace(record, **given))
    return made


def _belongs(bounds: Sequence[Sequence[tuple[int, int]]], number: int) -> Callable[[int], bool]:
    def mine(offset: int) -> bool:
        owner = next((i for i, part in enumerate(bounds) if any(a <= offset < b for a, b in part)), 0)
        return owner == number

    return mine


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin, and at last where one behind it would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def spans(starts: Sequence[int], lines: Iterable[tuple[int, int]], where: str) -> list[tuple[int, int]]:
    """The offsets between which lines stand. Raises RecordError where the document has no such lines."""
    if any(not 1 <= first <= last < len(starts) for first, last in lines):
        raise RecordError(say("split 的行区间超出文献", "the lines of the split are not in the document"), where=where)
    return [(starts[first - 1], starts[last]) for first, last in lines]


def merged(record: CaseRecord, others: Sequence[CaseRecord]) -> CaseRecord:
    """One account of several: the lines and statements of all; of one fact the quotes of all; the first title there is."""
    for other in others:
        joined: dict[str, Any] = {"lines": _joined_lines(record.lines, other.lines)}
        for field in fields(record):
            ours, theirs = getattr(record, field.name), getattr(other, field.name)
            if field.name == "sections":
                joined[field.name] = tuple(sorted({*ours, *theirs}, key=lambda section: section.start))
            elif field.name in {"title", "started"}:
                joined[field.name] = ours or theirs
            elif isinstance(ours, tuple) and field.name != "lines":
                joined[field.name] = _joined(ours, theirs)
        record = replace(record, **joined)
    return record


def _joined_lines(ours: Ranges, theirs: Ranges) -> Ranges:
    """Both, the one that begins first before the other; each in its own reading order."""
    first, second = sorted((ours, theirs), key=lambda lines: min(lines, default=(0, 0)))
    return tuple(dict.fromkeys((*first, *second)))


def _joined(ours: Sequence[Statement], theirs: Sequence[Statement]) -> tuple[Statement, ...]:
    found = {item.key: item for item in ours}
    one_main = any(isinstance(item, PracticeStatement) and item.main for item in ours)
    for item in theirs:
        known = found.get(item.key)
        if known is not None:
            quotes: tuple[Evidence, ...] = tuple(dict.fromkeys((*known.evidence, *item.evidence)))
            found[item.key] = replace(known, evidence=quotes)
        elif isinstance(item, PracticeStatement) and one_main:
            found[item.key] = replace(item, main=False)  # a case has one main practice
        else:
            found[item.key] = item
    return tuple(found.values())
