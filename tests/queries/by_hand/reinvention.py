"""The answers of the pack ``reinvention``, worked out from plain data."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.spread import (
    Row,
    applied,
    by_name,
    dated,
    earliest,
    evidence,
    interval,
    names,
    of_type,
    ranked,
    surely_before,
    titles,
    tracked,
    when,
)
from unionkg.graph.stores.protocol import Relationship


def _uses(graph: Plain, name: str) -> dict[Key, Relationship]:
    """The accounts that apply a practice type, with the statement that they do."""
    kind = graph.named("PracticeType", name)
    return {tie.start: tie for tie in graph.into(kind, "APPLIED")} if kind else {}


def _as_main(graph: Plain, uses: dict[Key, Relationship], cases: set[Key]) -> int:
    return graph.accounts(case for case in cases if uses[case].properties["role"] == "main")


def new_groups(graph: Plain, given: Parameters) -> list[Row]:
    if tracked(graph, given["practice_type"]) is None:
        return []
    uses = _uses(graph, given["practice_type"])
    served: dict[Key, list[Relationship]] = defaultdict(list)
    for case in uses:
        for tie in graph.out(case, "SERVED"):
            served[tie.end].append(tie)
    rows = []
    for group, ties in served.items():
        cases = {tie.start for tie in ties}
        own = earliest([uses[case] for case in cases])
        row = (
            graph.name(group),
            graph.accounts(cases),
            _as_main(graph, uses, cases),
            len({union for case in cases for union in graph.owners(case)}),
            interval(own),
            surely_before(earliest(uses.values()), own),
            evidence(*ties, *(tie for case in cases for tie in graph.into(case, "INITIATED")))
            | dated(
                *(uses[case] for case in cases),
                *(use for use in uses.values() if when(use)[1] == earliest(uses.values())[1]),
            ),
        )
        rows.append(((own[1] or "9999", own[0] or "", row[0], group[1]), row))
    return ranked(rows)


def variants(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    mains: dict[Key, list[tuple[Relationship, Relationship]]] = defaultdict(list)
    for case, use in _uses(graph, given["practice_type"]).items():
        if use.properties["role"] == "main":
            (tie,) = graph.out(case, "INTRODUCED")
            mains[tie.end].append((tie, use))
    rows = []
    for practice, pairs in mains.items():
        cases = [tie.start for tie, _ in pairs]
        own = (None, None) if graph.of(kind, "routine") else earliest([use for _, use in pairs])  # type: ignore[arg-type]
        beside = {
            role: sorted({graph.name(t.end) for case in cases for t in graph.out(case, role) if t.end != kind})
            for role in ("APPLIED", "INCLUDED", "USED")
        }
        row = (
            graph.name(practice),
            names(graph, by_name(graph, (union for case in cases for union in graph.owners(case)))),
            None if graph.of(kind, "routine") else interval(own),  # type: ignore[arg-type]
            *beside.values(),
            graph.accounts(cases),
            evidence(*(tie for tie, _ in pairs))
            | dated(*(use for _, use in pairs))
            | evidence(*(t for c in cases for t in graph.out(c, "APPLIED", "INCLUDED", "USED") if t.end != kind)),
        )
        rows.append(((own[1] or "9999", own[0] or "", row[0], practice[1]), row))
    return ranked(rows, given["limit"])


def bundles(graph: Plain, given: Parameters) -> list[Row]:
    using: dict[str, set[Key]] = defaultdict(set)
    for tie in of_type(graph, "APPLIED"):
        using[graph.name(tie.end)].add(tie.start)
    first, total = using[given["practice_type"]], graph.accounts(graph.all("PracticeCase"))
    rows = []
    for other, cases in using.items():
        both = first & cases
        together = graph.accounts(both)
        if other == given["practice_type"] or not both or together < given["min_accounts"]:
            continue
        expected = graph.accounts(first) * graph.accounts(cases) / total
        said = [tie for case in both for tie in graph.out(case, "APPLIED")]
        row = (
            other,
            together,
            graph.accounts(first),
            graph.accounts(cases),
            total,
            math.floor(100 * together / expected + 0.5) / 100,
            evidence(*(tie for tie in said if graph.name(tie.end) in (other, given["practice_type"]))),
        )
        rows.append(((-together, other), row))
    return ranked(rows, given["limit"])


_STATED = ("stated_start", "own_date")


def sequences(graph: Plain, given: Parameters) -> list[Row]:
    kind = tracked(graph, given["practice_type"])
    if kind is None:
        return []
    having: dict[Key, list[tuple[Key, Relationship, Relationship]]] = defaultdict(list)
    for own in graph.into(kind, "ADOPTED"):
        if own.start[0] == "TradeUnion":
            for other in graph.out(own.start, "ADOPTED"):
                if other.end != kind and not graph.of(other.end, "routine"):
                    having[other.end].append((own.start, own, other))
    rows = []
    for end, found in having.items():
        before = [(u, other, own) for u, own, other in found if surely_before(when(other), when(own))]
        after = [(u, own, other) for u, own, other in found if surely_before(when(own), when(other))]
        if len(before) + len(after) < max(1, given["min_unions"]):
            continue
        # Certain where the date of what comes first is stated, not that of its printing or of an honour.
        groups = [
            [one for one in ordered if (one[1].properties["dated_by"] in _STATED) is certain]
            for certain in (True, False)
            for ordered in (before, after)
        ]
        # The accounts behind either of the two adoptions, with what they say of either type.
        ties = [tie for ordered in groups for _, *pair in ordered for tie in pair]
        row = (
            graph.name(end),
            *map(len, groups),
            len(found) - len(before) - len(after),
            *(names(graph, by_name(graph, (one[0] for one in ordered))) for ordered in groups),
            dated(*applied(graph, kind, ties), *applied(graph, end, ties)),
        )
        rows.append(((*(-len(ordered) for ordered in groups), row[0], end[1]), row))
    return ranked(rows)


def _bare(name: str) -> str:
    return name.translate({ord("“"): None, ord("”"): None})


def _close(text: str) -> str:
    return text.replace(" ", "")


def _quotes(properties: Mapping[str, Any]) -> Iterable[Any]:
    found = properties.get("quotes", ())
    return found if isinstance(found, (list, tuple)) else ()


def renamed(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for practice in graph.all("Practice"):
        if given["practice_type"] not in (graph.name(tie.end) for tie in graph.out(practice, "INSTANCE_OF")):
            continue
        name = _bare(graph.name(practice))
        others = [
            alias
            for alias in graph.of(practice, "aliases", [])
            if alias[-2:] == name[-2:] and name not in _bare(alias) and _bare(alias) not in name
        ]
        ties = graph.into(practice, "INTRODUCED", "INCLUDED")
        cases = by_name(graph, (tie.start for tie in ties))
        sentences = [_close(str(q)) for tie in ties for q in _quotes(tie.properties)]
        headed = {case: [_close(str(q)) for q in _quotes(graph.nodes[case].properties)] for case in cases}
        told = [*sentences, *(quote for quotes in headed.values() for quote in quotes)]
        others = [alias for alias in others if any(_close(alias) in quote for quote in told)]
        if others:
            unions = by_name(graph, (union for case in cases for union in graph.owners(case)))
            titled = {case for case in cases for q in headed[case] if any(_close(alias) in q for alias in others)}
            shown = evidence(*ties) | titled
            row = (graph.name(practice), others, names(graph, unions), titles(graph, cases), shown)
            rows.append(((row[0], practice[1]), row))
    return ranked(rows, given["limit"])


def same_name(graph: Plain, given: Parameters) -> list[Row]:
    groups: dict[str, list[Relationship]] = defaultdict(list)
    for case in _uses(graph, given["practice_type"]):
        for tie in graph.out(case, "INTRODUCED", "INCLUDED") if graph.owners(case) else ():
            groups[_bare(graph.name(tie.end))].append(tie)
    rows = []
    for name, ties in groups.items():
        practices = {tie.end for tie in ties}
        unions = by_name(graph, (union for tie in ties for union in graph.owners(tie.start)))
        if len(practices) > 1 and len(unions) >= given["min_unions"]:
            row = (
                name,
                names(graph, unions),
                [graph.of(union, "level") for union in unions],
                len(practices),
                graph.accounts(tie.start for tie in ties if tie.type == "INTRODUCED"),
                graph.accounts(tie.start for tie in ties),
                evidence(*ties),
            )
            rows.append(((-len(unions), name), row))
    return ranked(rows, given["limit"])


def platforms(graph: Plain, given: Parameters) -> list[Row]:
    uses = _uses(graph, given["practice_type"])
    rows = []
    for platform in graph.all("Platform"):
        ties = [tie for tie in graph.into(platform, "USED") if tie.start in uses]
        if not ties:
            continue
        cases = {tie.start for tie in ties}
        unions = by_name(graph, (union for case in cases for union in graph.owners(case)))
        row = (
            graph.name(platform),
            graph.accounts(cases),
            _as_main(graph, uses, cases),
            names(graph, unions),
            titles(graph, cases),
            evidence(*ties, *(uses[case] for case in cases)),
        )
        rows.append(((-row[1], row[0], platform[1]), row))
    return ranked(rows, given["limit"])


def partners(graph: Plain, given: Parameters) -> list[Row]:
    uses = _uses(graph, given["practice_type"])
    kinds: dict[str | None, list[Relationship]] = defaultdict(list)
    for case in uses:
        for tie in graph.into(case, "SUPPORTED"):
            kinds[graph.of(tie.start, "type")].append(tie)
    rows = []
    for kind, ties in kinds.items():
        bodies = {tie.start for tie in ties}
        count = graph.accounts(tie.end for tie in ties)
        row = (kind, count, len(bodies), sorted(set(names(graph, bodies)))[:20], graph.accounts(uses), evidence(*ties))
        rows.append(((-count, kind or ""), row))
    return ranked(rows)
