"""The date at which an account began a practice type other than its main one, where the text gives one.

Read is a date that stands before the type in its clause, or alone in the clause before it, with a verb of beginning
between the date and the type (2019年，工会开办职工书屋) or after it at the clause's end (2019年，职工书屋挂牌). Not read: a type by
means of which something else began (2019年，非公改革试点推出新举措), dates of events and of what was counted (2019年
新建书屋30家 says how many, not since when), dates in another clause, plans, and the date of the main practice, which is
the account's own (`unionkg.loaders.extract.started`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from unionkg.loaders.extract.practice_marks import pattern
from unionkg.loaders.extract.practice_mentions import Use
from unionkg.loaders.extract.practice_text import Mention, Reading
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions

_LONGEST_CLAUSE = 60
#: a clause that holds but a date and a word or two: 2019年起，
_DATE_ALONE = 4
#: a longer expression tells of something else in it: 2007年设立热线以来
_LONGEST_DATE = 14


class Beginning(NamedTuple):
    """A partial date, and the stretch of the folded text that says so: ``text[start:end]``."""

    value: str
    start: int
    end: int


def dates(reading: Reading, published: str | None) -> list[TimeExpression]:
    """The dates by which something may be told to begin; ``published`` is the partial date of the document."""
    return [
        time
        for time in time_expressions(reading.text, published)
        if not time.stamp and time.bound != "until" and time.end - time.start <= _LONGEST_DATE
    ]


def _begins(text: str, start: int, mention: Mention, end: int) -> bool:
    """Whether a clause, from its date on, says that the type begins, and not that something else does through it."""
    founding = pattern("founding")
    if founding.search(text, start, mention.start):
        return True
    return any(end - verb.end() <= _LEFT_OVER for verb in founding.finditer(text, mention.start, end))


_LEFT_OVER = 1


def own_start(reading: Reading, found: Sequence[Use], times: Sequence[TimeExpression]) -> Beginning | None:
    """The earliest beginning told of a type, dated by one of some dates."""
    begun = []
    for use in found if times else ():
        mention = use.mention
        if not (use.real and mention.strong) or use.future or use.zone == "title":
            continue
        start, end = reading.clause(mention.start)
        end = max(end, mention.end)
        first = reading.clause(start - 1)[0] if reading.text[start - 1 : start] == "，" else start
        if mention.start - first > _LONGEST_CLAUSE:
            continue
        before = [time for time in times if first <= time.start and time.end <= mention.start]
        if len(before) != 1 or (before[0].end <= start and start - before[0].end > _DATE_ALONE):
            continue
        told = reading.text[before[0].end : end]
        if _begins(reading.text, before[0].end, mention, end) and not pattern("counted").search(told):
            begun.append(Beginning(before[0].value.split("/")[0], before[0].start, end))
    return min(begun, default=None)
