"""The answers of the pack ``peers``, worked out from plain data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.spread import (
    Row,
    When,
    above,
    applied,
    applies,
    by_code,
    by_name,
    called,
    dated,
    earliest,
    evidence,
    interval,
    main_practice,
    names,
    neighbours,
    of_type,
    printings,
    ranked,
    surely_before,
    surely_not_before,
    told,
    tracked,
)
from unionkg.graph.stores.protocol import Relationship


def _records(graph: Plain, kind: Key) -> dict[Key, list[Relationship]]:
    """The records of a practice type by region in force, those of regions below it and before it among them."""
    found: dict[Key, list[Relationship]] = {}
    for tie in graph.into(kind, "ADOPTED"):
        for region in above(graph, tie.start) if tie.start[0] == "Region" else ():
            if graph.of(region, "valid_to") is None:
                found.setdefault(region, []).append(tie)
    return found


def _shown(graph: Plain, region: Key, given: When) -> str:
    return f"{graph.name(region)} {interval(given)}"


def _covered(graph: Plain, region: Key, kind: Key) -> list[Relationship]:
    """The entries of ledgers that a region, or one below it or before it, has a practice type."""
    yes = [tie for tie in graph.into(kind, "COVERAGE") if tie.properties.get("status") == "开展"]
    return [tie for tie in yes if region in above(graph, tie.start)]


def earlier_neighbours(graph: Plain, given: Parameters) -> list[Row]:
    kind = tracked(graph, given["practice_type"])
    if kind is None:
        return []
    records = _records(graph, kind)
    when = {region: earliest(ties) for region, ties in records.items()}
    rows: list[Row] = []
    for place in by_code(graph, records):
        if graph.of(place, "level") != given["level"] or when[place][1] is None:
            continue
        if given["region"] is not None and ("Region", given["region"]) not in above(graph, place, history=False):
            continue
        around = neighbours(graph, place)
        others = [n for n in around if n in records]
        surely = [n for n in others if surely_before(when[n], when[place])]
        possibly = [n for n in others if n not in surely and not surely_not_before(when[n], when[place])]
        ledgers = {n: _covered(graph, n, kind) for n in around if n not in others}
        behind = applied(graph, kind, [tie for n in (place, *surely, *possibly) for tie in records[n]])
        rows.append(
            (
                graph.name(place),
                interval(when[place]),
                [_shown(graph, n, when[n]) for n in surely],
                [_shown(graph, n, when[n]) for n in possibly],
                list(dict.fromkeys(graph.name(n) for n, said in ledgers.items() if said)),
                len(around),
                dated(*behind) | evidence(*(tie for said in ledgers.values() for tie in said)),
            )
        )
    return rows[: given["limit"]]


def leapfrogs(graph: Plain, given: Parameters) -> list[Row]:
    kind = tracked(graph, given["practice_type"])
    if kind is None:
        return []
    records = _records(graph, kind)
    when = {region: earliest(ties) for region, ties in records.items()}
    told_of = {region for tie in of_type(graph, "TOOK_PLACE_IN") for region in above(graph, tie.end)}
    peers = [region for region in by_code(graph, records) if graph.of(region, "level") == given["level"]]
    first = min(peers, key=lambda region: (when[region][1] is None, when[region][1] or ""), default=None)
    rows: list[Row] = []
    for place in peers:
        around = neighbours(graph, place)
        others = [n for n in around if n in records]
        not_seen = [n for n in around if n not in others and n in told_of]
        if (
            None in when[place]
            or first is None
            or not surely_before(when[first], when[place])
            or not all(surely_not_before(when[n], when[place]) for n in others)
            or any(_covered(graph, n, kind) for n in around)
            or not (others or not_seen)
        ):
            continue
        rows.append(
            (
                graph.name(place),
                interval(when[place]),
                _shown(graph, first, when[first]),
                names(graph, others),
                names(graph, not_seen),
                names(graph, (n for n in around if n not in told_of)),
                dated(*applied(graph, kind, [tie for n in (place, first, *others) for tie in records[n]])),
            )
        )
    return rows[: given["limit"]]


def learned_from(graph: Plain, given: Parameters) -> list[Row]:
    found: list[tuple[Any, Row]] = []
    stated = [tie for tie in of_type(graph, "LEARNED_FROM") if tie.start[0] == "PracticeCase"]
    stated = [tie for tie in stated if applies(graph, tie.start, given["practice_type"])]
    flags = ("collective", "internal", "intended")
    for ties in printings(graph, stated, *flags):
        learners = by_name(graph, (union for tie in ties for union in graph.owners(tie.start)))
        if given["name"] is not None and not any(called(graph, u, given["name"]) for u in learners):
            continue
        source, case = ties[0].end, min(tie.start for tie in ties)
        marked = [ties[0].properties[flag] for flag in flags]
        row = (
            names(graph, learners),
            told(ties, "printed"),
            graph.name(source),
            source[0],
            told(ties, "form"),
            told(ties, "period"),
            *marked,
            main_practice(graph, case),
            graph.name(case),
            evidence(*ties),
        )
        found.append(((source[0], graph.name(source), source[1], case[1], *marked), row))
    return ranked(found, given["limit"])


def learning_chains(graph: Plain, given: Parameters) -> list[Row]:

    def from_here(chain: list[Key]) -> Iterator[list[Key]]:
        for tie in graph.out(chain[-1], "LEARNED_FROM"):
            if tie.end not in chain:
                yield [*chain, tie.end]
                if len(chain) < 4:
                    yield from from_here([*chain, tie.end])

    chains = [c for union in graph.all("TradeUnion") for c in from_here([union])]
    chains = [c for c in chains if called(graph, c[0], given["name"]) or called(graph, c[-1], given["name"])]
    rows: list[Row] = []
    for chain in sorted(chains, key=lambda c: (len(c), [graph.name(u) for u in c], [u[1] for u in c])):
        steps = []
        for learner, source in pairwise(chain):
            own = {tie.end for tie in graph.out(learner, "INITIATED")}
            said = [
                tie
                for tie in graph.into(source, "LEARNED_FROM")
                if tie.start in own and not any(tie.properties.get(f) for f in ("collective", "internal", "intended"))
            ]
            steps.append(sorted(said, key=lambda tie: tie.id))
        types = [{graph.name(t.end) for tie in said for t in graph.out(tie.start, "APPLIED")} for said in steps]
        rows.append(
            (
                names(graph, chain),
                len(chain) - 1,
                [next((str(t.properties["period"]) for t in said if "period" in t.properties), "") for said in steps],
                sorted(set.intersection(*types)),
                evidence(*(tie for said in steps for tie in said)),
            )
        )
    return rows[: given["limit"]]


def learning_sources(graph: Plain, given: Parameters) -> list[Row]:
    stated: dict[Key, list[Relationship]] = {}
    for tie in of_type(graph, "LEARNED_FROM"):
        one = tie.start[0] == "PracticeCase" and not tie.properties["collective"]
        if one and applies(graph, tie.start, given["practice_type"]):
            stated.setdefault(tie.end, []).append(tie)
    rows = []
    for source, ties in stated.items():
        done = [tie for tie in ties if not tie.properties["internal"] and not tie.properties["intended"]]
        learners = by_name(graph, (u for tie in done for u in graph.owners(tie.start)))
        row = (
            graph.name(source),
            source[0],
            len(learners),
            names(graph, learners),
            graph.accounts(tie.start for tie in done),
            sorted({str(tie.properties["form"]) for tie in done if "form" in tie.properties}),
            graph.accounts(tie.start for tie in ties if tie.properties["internal"]),
            graph.accounts(tie.start for tie in ties if tie.properties["intended"]),
            evidence(*ties),
        )
        place = 0 if source[0] == "Region" else -len(learners)
        rows.append(((source[0], place, graph.of(source, "code") or "", graph.name(source), source[1]), row))
    return ranked(rows, given["limit"])


def similar_unions(graph: Plain, given: Parameters) -> list[Row]:
    taken = {
        union: {tie.end: tie for tie in graph.out(union, "ADOPTED") if not graph.of(tie.end, "routine")}
        for union in graph.all("TradeUnion")
    }
    found = []
    for union in taken:
        for peer in taken if called(graph, union, given["name"]) else ():
            both = taken[union].keys() & taken[peer].keys()
            if peer == union or not both or len(both) < given["min_shared"]:
                continue
            alike = math.floor(1000 * len(both) / len(taken[union].keys() | taken[peer].keys()) + 0.5) / 1000
            behind = [tie for kind in both for tie in applied(graph, kind, [taken[peer][kind]])]
            row = (
                graph.name(union),
                graph.name(peer),
                graph.of(peer, "level"),
                sorted(map(graph.name, both)),
                sorted(map(graph.name, taken[union].keys() - both)),
                sorted(map(graph.name, taken[peer].keys() - both)),
                alike,
                evidence(*behind),
            )
            found.append(((graph.name(union), union[1], -alike, graph.name(peer), peer[1]), row))
    return ranked(found, given["limit"])


def shared_practices(graph: Plain, given: Parameters) -> list[Row]:
    sides: dict[str, dict[Key, list[Relationship]]] = {given["region"]: {}, given["other_region"]: {}}
    for tie in of_type(graph, "ADOPTED"):
        if tie.start[0] == "Region" and not graph.of(tie.end, "routine"):
            for region in above(graph, tie.start):
                if region[1] in sides:
                    sides[region[1]].setdefault(tie.end, []).append(tie)
    one, other = sides[given["region"]], sides[given["other_region"]]
    rows = []
    for kind in one.keys() | other.keys():
        where = "both" if kind in one and kind in other else "region" if kind in one else "other_region"
        row = (
            graph.name(kind),
            interval(earliest(one[kind])) if kind in one else None,
            interval(earliest(other[kind])) if kind in other else None,
            where,
            evidence(*applied(graph, kind, [*one.get(kind, ()), *other.get(kind, ())])),
        )
        rows.append(((where, graph.name(kind), kind[1]), row))
    return ranked(rows)


def joint_work(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[tuple[Key, Key, str, str], list[tuple[Key, Relationship, Relationship]]] = {}
    for case in graph.all("PracticeCase"):
        began = graph.into(case, "INITIATED") if applies(graph, case, given["practice_type"]) else []
        for own in began:
            for other in [*began, *graph.into(case, "JOINED")]:
                if own.start == other.start or (other.type == "INITIATED" and own.start[1] > other.start[1]):
                    continue
                if not any(called(graph, u, given["name"]) for u in (own.start, other.start)):
                    continue
                pair = own.start, other.start, other.type, str(graph.of(case, "account"))
                found.setdefault(pair, []).append((case, own, other))
    rows = []
    for (union, peer, role, _), stated in found.items():
        case = min(case for case, _, _ in stated)
        row = (
            graph.name(union),
            graph.of(union, "level"),
            graph.name(peer),
            graph.of(peer, "level"),
            role,
            main_practice(graph, case),
            graph.name(case),
            evidence(*(tie for _, *ties in stated for tie in ties)),
        )
        rows.append(((row[0], union[1], row[2], peer[1], role, case[1]), row))
    return ranked(rows, given["limit"])
