"""What the answers about spreading have in common: intervals, regions that count together, lines upwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.queries.by_hand.plain import Key, Plain
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology import dates

Row = tuple[Any, ...]
"""The columns of a row, last a frozenset of all that may be shown as its evidence."""
When = tuple[str | None, str | None]
"""The first and the last day on which something may have been; None where that is open."""


def ranked(rows: Iterable[tuple[Any, Row]], limit: int | None = None) -> list[Row]:
    """Rows by their keys."""
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])][:limit]


def evidence(*ties: Relationship) -> frozenset[Key]:
    return frozenset((tie.type, tie.id) for tie in ties)


def of_type(graph: Plain, *types: str) -> list[Relationship]:
    return [tie for key in graph.nodes for tie in graph.out(key, *types)]


def tracked(graph: Plain, name: str) -> Key | None:
    """The practice type of a name; None where it is routine."""
    kind = graph.named("PracticeType", name)
    return None if kind is None or graph.of(kind, "routine") else kind


def applied(graph: Plain, kind: Key, adopted: Iterable[Relationship]) -> list[Relationship]:
    """The statements that the accounts behind some adoptions apply a practice type."""
    cases = {case for tie in adopted for case in tie.properties["cases"]}  # type: ignore[union-attr]
    return [tie for tie in graph.into(kind, "APPLIED") if tie.start[1] in cases]


def applies(graph: Plain, case: Key, kind: str | None) -> bool:
    """Whether an account applies the practice type of a name; of no name: always."""
    return kind is None or any(graph.name(tie.end) == kind for tie in graph.out(case, "APPLIED"))


def called(graph: Plain, union: Key, name: str | None) -> bool:
    """Whether a union goes by a name or a part of it; by no name: always."""
    return name is None or graph.called(union, name)


def by_name(graph: Plain, ends: Iterable[Key]) -> list[Key]:
    return sorted(set(ends), key=lambda end: (graph.name(end), end[1]))


def names(graph: Plain, ends: Iterable[Key]) -> list[str]:
    return [graph.name(end) for end in ends]


def by_code(graph: Plain, regions: Iterable[Key]) -> list[Key]:
    return sorted(regions, key=lambda region: str(graph.of(region, "code")))


def main_practice(graph: Plain, case: Key) -> str:
    (tie,) = graph.out(case, "INTRODUCED")
    return graph.name(tie.end)


def when(tie: Relationship) -> When:
    lower, upper = tie.properties.get("not_before"), tie.properties.get("not_after")
    return (str(lower) if lower else None), (str(upper) if upper else None)


def earliest(ties: Iterable[Relationship]) -> When:
    """The interval of the earliest of several: open below where one of them is, above where all are undated."""
    lower, upper = zip(*map(when, ties), strict=True)
    return (None if None in lower else min(lower)), min((last for last in upper if last), default=None)


def interval(given: When) -> str:
    lower, upper = given
    if upper is None:
        return "时间不明"
    return f"{lower}/{upper}" if lower else f"不晚于 {upper}"


def surely_before(one: When, other: When) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def surely_not_before(one: When, other: When) -> bool:
    return one[0] is not None and other[1] is not None and one[0] >= other[1]


def days(period: str) -> tuple[str, str]:
    """First and last day of a partial date or of an interval of two."""
    first, _, last = period.partition("/")
    return dates.bounds(first)[0], dates.bounds(last or first)[1]


def above(graph: Plain, region: Key, *, history: bool = True) -> set[Key]:
    """The region with all that it lies in now and, by its history, all that took its place, and so on."""
    found, new = {region}, [region]
    while new:
        here = new.pop()
        further = [tie.end for tie in graph.out(here, "WITHIN") if "valid_to" not in tie.properties]
        further += [tie.end for tie in graph.out(here, "SUCCEEDED_BY")] if history else []
        new += [end for end in further if end not in found]
        found.update(further)
    return found


def neighbours(graph: Plain, region: Key) -> list[Key]:
    """The regions next to one; of another level only where they neither hold nor lie in one of its level."""
    around = {end for tie in graph.at(region, "ADJACENT_TO") for end in (tie.start, tie.end)} - {region}
    level = {one for one in around if graph.of(one, "level") == graph.of(region, "level")}
    tied = {end for one in level for tie in graph.at(one, "WITHIN") for end in (tie.start, tie.end)}
    return by_code(graph, {one for one in around if one in level or one not in tied})


def leads_up(graph: Plain, union: Key, superior: Key) -> bool:
    """Whether a union is another or stands under it, on whatever line."""
    return union == superior or any(leads_up(graph, t.end, superior) for t in graph.out(union, "SUBORDINATE_TO"))


def superior_lines(graph: Plain, union: Key, superior: Key) -> list[str]:
    """On which lines a union stands under another: those of the first steps of all ways up."""
    up = graph.out(union, "SUBORDINATE_TO") if union != superior else []
    return sorted({str(tie.properties["line"]) for tie in up if leads_up(graph, tie.end, superior)})
