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


def dated(*ties: Relationship) -> frozenset[Key]:
    """Accounts' use of a practice type, with the accounts that say when their main practice began."""
    return evidence(*ties) | {tie.start for tie in ties if tie.properties.get("dated_by") == "stated_start"}


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


def ways_up(graph: Plain, union: Key, superior: Key) -> list[list[Relationship]]:
    """All ways from a union to one above it, as the steps that they take."""
    return [
        [tie, *rest]
        for tie in (graph.out(union, "SUBORDINATE_TO") if union != superior else ())
        for rest in ([[]] if tie.end == superior else ways_up(graph, tie.end, superior))
    ]


def superior_lines(graph: Plain, union: Key, superior: Key) -> list[str]:
    """On which lines a union stands under another: of each way up the lines of all its steps, by name."""
    ways = ways_up(graph, union, superior)
    return sorted({"+".join(sorted({str(step.properties["line"]) for step in way})) for way in ways})


def stated_steps(graph: Plain, union: Key, superior: Key) -> list[Relationship]:
    """The steps of those ways that a text states."""
    return [step for way in ways_up(graph, union, superior) for step in way if "quotes" in step.properties]


def printings(graph: Plain, ties: Iterable[Relationship], *flags: str) -> list[list[Relationship]]:
    """Statements of accounts by what they state: of one account, about one end, with the same flags."""
    groups: dict[Any, list[Relationship]] = {}
    for tie in ties:
        case = tie.start if tie.start[0] == "PracticeCase" else tie.end
        key = (
            tie.type,
            {tie.start, tie.end} - {case},
            graph.of(case, "account"),
            [tie.properties.get(f) for f in flags],
        )
        groups.setdefault(repr((key[0], sorted(key[1]), *key[2:])), []).append(tie)
    return list(groups.values())


def told(ties: Iterable[Relationship], name: str) -> list[str]:
    """What several statements say of one thing, each wording once."""
    return sorted({str(tie.properties[name]) for tie in ties if name in tie.properties})


def titles(graph: Plain, cases: Iterable[Key]) -> list[str]:
    """The titles of accounts; one that is printed several times has the first of its titles."""
    found: dict[str, str] = {}
    for case in cases:
        account, name = str(graph.of(case, "account")), graph.name(case)
        found[account] = min(name, found.get(account, name))
    return sorted(found.values())
