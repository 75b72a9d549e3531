"""The lanes of a poster: for every level of unions when they took a practice up, and how many had by when."""

from __future__ import annotations

from collections.abc import Iterator

from unionkg.language import say
from unionkg.viz.briefing.poster_content import Content, Lane
from unionkg.viz.briefing.poster_marks import (
    BLACK,
    BLUE,
    GREY,
    LIGHT,
    PALE,
    RED,
    Line,
    Mark,
    Path,
    Rect,
    Text,
    paragraph,
    text_width,
)

_LABEL, _NUMBERS, _BETWEEN = 84.0, 62.0, 20.0
"""Widths of the names of lanes, of the numbers at the end of curves, and of what lies between the two charts."""
_SMALL, _BODY, _HEADING = 10.5, 12.0, 15.0
_WIDEST, _HIGH, _COUNT = 20.0, 14.0, 9.5
"""The widest mark, its height, and the size of the number in it."""
_SPAN = 25
"""So many years are shown; what lies before them stands in the first."""
_MOST_LABELS = 12


def lanes(shown: Content, left: float, top: float, right: float, bottom: float) -> Iterator[Mark]:
    """Both charts side by side, on the same lanes."""
    if not shown.lanes or not shown.first:
        told = shown.no_lanes or say(
            "有记载的都没有日期，不画先后", "nothing on record has a date, so no order is drawn"
        )
        yield Text(left, top + 12, say("所据案例", "The accounts"), _HEADING, RED, bold=True)
        yield Text(left, top + 36, told, _BODY, GREY)
        yield from _fillers(shown, left, top + 66, right - left, bottom)
        return
    yield Text(left, top + 12, say("各层级最早记载", "Earliest records by level"), _HEADING, RED, bold=True)
    first = max(shown.first, shown.last - _SPAN + 1)
    inner = right - left - _LABEL - _NUMBERS - _BETWEEN
    start, middle = left + _LABEL, left + _LABEL + inner * 0.64
    curve = middle + _BETWEEN
    yield Text(curve, top + 12, say("累计采用单位", "Unions, cumulated"), _HEADING, RED, bold=True)
    yield from _legend(start, top + 31)
    head, foot = top + 40, bottom - 22
    height = (foot - head) / len(shown.lanes)
    height = min(height, 70.0)
    foot = head + height * len(shown.lanes)
    band = (middle - start) / (shown.last - first + 1)
    for at, lane in enumerate(shown.lanes):
        y = head + at * height
        yield Rect(left, y, right - left, height, "#f6f6f4" if at % 2 == 0 else "")
        yield Text(left + 6, y + height / 2 + (-1 if lane.undated else 4), lane.name, _BODY, BLACK, bold=True)
        if lane.undated:
            told = say(f"日期不明 {lane.undated}", f"undated {lane.undated}")
            yield Text(left + 6, y + height / 2 + 13, told, _SMALL, GREY)
        yield from _marks(lane, start, y, band, height, first)
        yield from _curve(lane, curve, y, right - _NUMBERS, height, first, shown.last)
    yield from _axis(first, shown, start, band, foot, left_open=first > shown.first)
    yield from _ends(first, shown.last, curve, right - _NUMBERS, foot)
    yield from _fillers(shown, left, foot + 50, right - left, bottom)


def _fillers(shown: Content, left: float, top: float, width: float, bottom: float) -> Iterator[Mark]:
    """What the accounts are about, as far as there is room."""
    y = top
    for name, told in shown.fillers:
        lines, below = paragraph(told, left, y + 20, width, _BODY, 17)
        if not told or below > bottom:
            continue
        yield Text(left, y, name, _HEADING, RED, bold=True)
        yield from lines
        y = below + 16


def _legend(x: float, y: float) -> Iterator[Mark]:
    yield from _began(x + 8, y - 4, 16, 1)
    yield Text(x + 20, y, say("写明起始年", "stated year"), _SMALL, GREY)
    yield from _known_by(x + 108, y - 4, 16, 1)
    yield Text(x + 120, y, say("只知不晚于该年；数字为单位数", "known by that year; numbers are unions"), _SMALL, GREY)


def _marks(lane: Lane, x: float, y: float, band: float, height: float, first: int) -> Iterator[Mark]:
    """What began in a year above what is first known by it, each with how many."""
    for counted, mark, line in ((lane.began, _began, 0.29), (lane.known_by, _known_by, 0.71)):
        by_year: dict[int, int] = {}
        for year, count in counted.items():
            by_year[max(year, first)] = by_year.get(max(year, first), 0) + count
        for year, count in sorted(by_year.items()):
            yield from mark(x + (year - first + 0.5) * band, y + height * line, min(band - 1.5, _WIDEST), count)


def _began(x: float, y: float, width: float, count: int) -> Iterator[Mark]:
    yield Rect(x - width / 2, y - _HIGH / 2, width, _HIGH, BLUE, BLUE)
    yield Text(x, y + 3.6, str(count), _size(count, width), "#ffffff", bold=True, anchor="middle")


def _known_by(x: float, y: float, width: float, count: int) -> Iterator[Mark]:
    """It points to the left: the beginning lies somewhere before."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - _HIGH / 2, y + _HIGH / 2
    yield Path(((left, y), (left + 4, top), (right, top), (right, bottom), (left + 4, bottom)), "#ffffff", BLUE, 1.1)
    yield Text(x + 1.5, y + 3.6, str(count), _size(count, width - 3), anchor="middle")


def _size(count: int, width: float) -> float:
    """The size in which a number fits into a mark."""
    return min(_COUNT, _COUNT * width / text_width(str(count), _COUNT))


def _curve(lane: Lane, left: float, y: float, right: float, height: float, first: int, last: int) -> Iterator[Mark]:
    """Surely and possibly adopted, in steps, each lane to its own scale."""
    rows = [row for row in lane.curve if row.year >= first]
    most = max((row.possible for row in rows), default=0)
    if not most:  # nothing of it has a date
        yield Text(right + 6, y + height / 2 + 4, say(f"0–{lane.undated} 家", f"0–{lane.undated}"), _BODY)
        return
    wide, floor, high = (right - left) / (last - first + 1), y + height - 4, height - 12

    def steps(values: list[int]) -> tuple[tuple[float, float], ...]:
        points: list[tuple[float, float]] = []
        for row, value in zip(rows, values, strict=True):
            at = floor - high * value / most
            points += [(left + (row.year - first) * wide, at), (left + (row.year - first + 1) * wide, at)]
        return tuple(points)

    known, possible = steps([row.known for row in rows]), steps([row.possible for row in rows])
    yield Path((*known, *reversed(possible)), LIGHT)
    yield Path(possible, "", BLUE, 1.1, (3, 2.5), closed=False)
    yield Path(known, "", BLUE, 1.8, closed=False)
    yield Line(left, floor, right, floor, PALE, 0.8)
    end = rows[-1]
    told = f"{end.known}" if end.known == end.possible else f"{end.known}–{end.possible}"
    yield Text(right + 6, y + height / 2 + 4, say(f"{told} 家", told), _BODY)


def _axis(first: int, shown: Content, x: float, band: float, foot: float, *, left_open: bool) -> Iterator[Mark]:
    years = shown.last - first + 1
    every = next(step for step in (1, 2, 5, 10) if years / step <= _MOST_LABELS)
    yield Line(x, foot, x + years * band, foot, GREY, 0.8)
    for year in range(first, shown.last + 1):
        if year == first or (year % every == 0 and year - first >= every):
            words = f"≤{year}" if left_open and year == first else str(year)
            yield Text(x + (year - first + 0.5) * band, foot + 14, words, _SMALL, GREY, anchor="middle")


def _ends(first: int, last: int, left: float, right: float, foot: float) -> Iterator[Mark]:
    yield Line(left, foot, right, foot, GREY, 0.8)
    yield Text(left, foot + 14, str(first), _SMALL, GREY)
    if last > first:
        yield Text(right, foot + 14, str(last), _SMALL, GREY, anchor="end")
