"""Every line of a document is part of an account, ignored by a named rule, or left over and reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unionkg.loaders.layout import Layout
from unionkg.loaders.source import SourceText


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the lines of a document were taken; every line that is not blank counts once.

    ``used``, ``blank`` and the values of ``ignored`` count lines; ``left_over`` are 1-based inclusive ranges (blank
    lines between two left over lines lie inside a range), and ``left`` counts their lines that are not blank.
    """

    used: int
    ignored: Mapping[str, int]
    left_over: tuple[tuple[int, int], ...]
    left: int
    blank: int


def coverage(source: SourceText, layout: Layout) -> Coverage:
    """Count the lines of a document by what became of them. A line ignored inside an account counts as ignored."""
    rules = {line: rule for (first, last), rule in layout.ignored for line in range(first, last + 1)}
    taken = {line for account in layout.accounts for first, last in account.lines for line in range(first, last + 1)}
    blank, used = 0, 0
    ignored: dict[str, int] = {}
    left: list[int] = []
    parted = set()
    for line in range(1, source.line_count + 1):
        if not source.line(line).strip():
            blank += 1
        elif line in rules:
            ignored[rules[line]] = ignored.get(rules[line], 0) + 1
            parted.add(line)
        elif line in taken:
            used += 1
            parted.add(line)
        else:
            left.append(line)
    counted = dict(sorted(ignored.items(), key=lambda item: (-item[1], item[0])))
    return Coverage(used, counted, _ranges(left, parted), len(left), blank)


def _ranges(lines: Iterable[int], parted: set[int]) -> tuple[tuple[int, int], ...]:
    """Ranges of lines; only a line that is taken or ignored parts two of them, not a blank one."""
    ranges: list[tuple[int, int]] = []
    for line in lines:
        if ranges and not any(between in parted for between in range(ranges[-1][1] + 1, line)):
            ranges[-1] = (ranges[-1][0], line)
        else:
            ranges.append((line, line))
    return tuple(ranges)
