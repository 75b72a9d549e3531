"""Cascades from the material: who took up which practice type, when, and what dates it; and the events others read.

A cascade is one practice type spreading over units (union, county, prefecture, province). Every adoption stays an
interval with its basis and its censoring; who is not in a cascade is right-censored at the end of the material. Only
what a document states within one year is an event for methods that want points in time.

References
----------
Gomez-Rodriguez, Leskovec & Krause (2010), Inferring networks of diffusion and influence, KDD, for cascades as events
(node, time, cascade).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.adoptions import EVER, Adoption, Spread, Unit, spreads
from unionkg.graph.analysis.units import describe
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node, Relationship

Evidence = Callable[[Adoption], list[dict[str, Any]]]
"""Gives the statements behind an adoption, as properties with quotes and their places."""

EVENT_COLUMNS = ("node_name", "event_time", "cascade_id")
"""The columns of `events`, as R NetworkInference and `unionkg diffusion infer --cascades` name them."""

MOST_EVIDENCE = 20


def cascades(
    projection: Projection,
    unit: Unit = "union",
    *,
    practice_type: str | None = None,
    window: tuple[int, int] = EVER,
    least: int = 1,
) -> list[Spread]:
    """The cascades of all practice types that are not routine, or of one (Gomez-Rodriguez et al. 2010).

    Parameters
    ----------
    projection : Projection
    unit : {"union", "county", "prefecture", "province"}
    practice_type : str, optional
        Chinese label.
    window : (int, int)
        First and last year in which an adoption may lie; one without any date is left out where a window is given.
    least : int
        Cascades of fewer units are left out.
    """
    found = [
        replace(spread, adoptions=tuple(one for one in spread.adoptions if one.may_lie_in(window)))
        for spread in spreads(projection, unit)
        if practice_type in {None, spread.name}
    ]
    return [spread for spread in found if len(spread.adoptions) >= max(least, 1)]


def events(found: Iterable[Spread]) -> list[tuple[str, int, str]]:
    """Events for methods that want points in time: (unit, year, practice type), where a document states the year.

    Units that share a name have their ids behind it.
    """
    dated = [(one, spread.name) for spread in found for one in spread.adoptions if one.stated_year is not None]
    units = Counter(name for _, name in {(one.unit, one.name) for one, _ in dated})
    return [
        (one.name if units[one.name] == 1 else f"{one.name} ({one.unit})", int(one.stated_year or 0), name)
        for one, name in dated
    ]


def rows(found: Iterable[Spread], unit: Unit, known: Collection, behind: Evidence) -> list[tuple[Any, ...]]:
    """A row for each adoption: `COLUMNS`, then the statements behind it."""
    made = []
    for spread in found:
        for one in spread.adoptions:
            place = describe(one.unit, unit, known)
            where = place.place if unit == "union" else place.province
            dates = one.not_before, one.not_after, one.dated_by, one.censoring
            made.append(
                (
                    spread.name,
                    place.name,
                    place.level,
                    where,
                    place.code,
                    *dates,
                    len(one.accounts),
                    one.unit,
                    behind(one),
                )
            )
    return made


COLUMNS = (
    "practice_type",
    "unit",
    "level",
    "region",
    "code",
    "not_before",
    "not_after",
    "dated_by",
    "censoring",
    "accounts",
    "unit_id",
)
"""The columns of `rows`."""


def evidence(projection: Projection) -> Evidence:
    """What an adoption rests on: the statements that the practice was applied, and those of its dates.

    The account that gives the upper bound comes first; with each the words of its beginning, or the award that dates
    it. At most `MOST_EVIDENCE`.
    """
    cases: dict[str, Node] = {}
    honours: dict[str, list[Relationship]] = defaultdict(list)
    for graph in projection.documents:
        cases.update((node.id, node) for node in graph.nodes if node.label == "PracticeCase")
        for tie in graph.relationships:
            if tie.type == "RECEIVED":
                honours[tie.start[1]].append(tie)

    def behind(one: Adoption) -> list[dict[str, Any]]:
        ordered = sorted(one.statements, key=lambda s: (s.properties.get("not_after") != one.not_after, s.id))
        told: dict[str, dict[str, Any]] = {}
        for applied in ordered:
            told[applied.id] = _as_row(applied)
            case = applied.start[1]
            if applied.properties.get("dated_by") == "stated_start" and (began := _started(cases[case])):
                told[began["id"]] = began
            if applied.properties.get("dated_by") == "award":
                last = str(applied.properties["not_after"])[:4]
                told |= {h.id: _as_row(h) for h in honours[case] if str(h.properties.get("year", ""))[:4] == last}
        return list(told.values())[:MOST_EVIDENCE]

    return behind


def _as_row(said: Relationship) -> dict[str, Any]:
    return {**said.properties, "id": said.id, "_type": said.type}


def _started(case: Node) -> dict[str, Any] | None:
    """The words that state an account's beginning; None where they are not kept."""
    properties: Mapping[str, Any] = case.properties
    of: Sequence[str] = properties.get("quote_for", ())
    at = [number for number, field in enumerate(of) if field == "started"]
    if not at:
        return None
    return {
        "id": f"{case.id}#started",
        "_type": "started",
        "document": properties["document"],
        "case_id": case.id,
        "review": properties.get("started_review", "unreviewed"),
        **{key: [properties[key][number] for number in at] for key in ("quotes", "starts", "ends")},
    }
