"""Partial dates and intervals of them, as plain strings.

A *partial date* is ``2017``, ``2017-05`` or ``2017-05-02``: what a text says, no more. A *period* is a partial date or
an interval of two, ``2013/2017``, from the first day of the first to the last day of the second. Years run from 1000
to 2999; a day that the calendar lacks is no date, nor is an interval whose end lies before its beginning.

Policy. A partial date is not an imprecise instant that may be rounded: ``2017`` means some day or days of 2017. So two
periods are *before* or *after* one another only when no day of the one can be at or past the days of the other, and
*overlap* otherwise: ``2017`` and ``2017-05`` are in no order. Whoever needs an order all the same (a list, a curve)
takes the first days (`earliest`) or the last (`latest`) and says so. The strings do not sort by themselves:
``"2017" < "2017-05"`` tells nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Literal

from unionkg.errors import InputError
from unionkg.language import say

Order = Literal["before", "after", "overlaps", "unknown"]

_PARTIAL = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_date(text: str) -> bool:
    """Whether ``text`` is a partial date of the calendar."""
    return _days(text) is not None


def is_period(text: str) -> bool:
    """Whether ``text`` is a partial date or an interval of two."""
    return _period(text) is not None


def bounds(text: str) -> tuple[str, str]:
    """The first and the last day that a period can mean, as ISO dates.

    Raises
    ------
    InputError
        ``text`` is no period.
    """
    first, last = _checked(text)
    return first.isoformat(), last.isoformat()


def compare(one: str | None, other: str | None) -> Order:
    """How one period lies to another; ``"unknown"`` where either is None."""
    if one is None or other is None:
        return "unknown"
    (first, last), (other_first, other_last) = _checked(one), _checked(other)
    if last < other_first:
        return "before"
    if first > other_last:
        return "after"
    return "overlaps"


def year(text: str) -> int | None:
    """The year that the whole period lies in; None where it spans several."""
    first, last = _checked(text)
    return first.year if first.year == last.year else None


def earliest(periods: Iterable[str | None]) -> str | None:
    """The period that can begin first; of those with the same first day the most precise. None where there is none."""
    return min((period for period in periods if period is not None), key=_checked, default=None)


def latest(periods: Iterable[str | None]) -> str | None:
    """The period that can end last; of those with the same last day the most precise. None where there is none."""
    known = (period for period in periods if period is not None)
    return max(known, key=lambda period: _checked(period)[::-1], default=None)


def _checked(text: str) -> tuple[date, date]:
    found = _period(text)
    if found is None:
        raise InputError(
            say(f"{text!r} 不是日期或时段", f"{text!r} is no date or period"),
            hint=say("写作 2017、2017-05、2017-05-02 或 2013/2017", "write 2017, 2017-05, 2017-05-02 or 2013/2017"),
        )
    return found


def _period(text: str) -> tuple[date, date] | None:
    first, slash, last = text.partition("/")
    start = _days(first)
    if not slash or start is None:
        return start
    end = _days(last)
    if end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def _days(text: str) -> tuple[date, date] | None:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    of_year, month, day = (None if part is None else int(part) for part in match.groups())
    assert of_year is not None
    if month is None:
        return date(of_year, 1, 1), date(of_year, 12, 31)
    if not 1 <= month <= 12:
        return None
    length = monthrange(of_year, month)[1]
    if day is None:
        return date(of_year, month, 1), date(of_year, month, length)
    if not 1 <= day <= length:
        return None
    return date(of_year, month, day), date(of_year, month, day)
