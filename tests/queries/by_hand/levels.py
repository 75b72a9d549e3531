"""The answers of the pack ``levels``, worked out from plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.spread import (
    Row,
    When,
    above,
    applied,
    applies,
    by_name,
    called,
    dated,
    days,
    earliest,
    evidence,
    interval,
    leads_up,
    main_practice,
    names,
    of_type,
    printings,
    ranked,
    stated_steps,
    superior_lines,
    surely_before,
    titles,
    told,
    tracked,
    when,
)
from unionkg.graph.stores.protocol import Relationship

_ADOPTERS = ("TradeUnion", "Organization", "Region")
_INVOLVED = ("SUPERVISED", "PILOT_ASSIGNED_BY", "PROMOTED_BY", "RECOGNISED_BY")


_Told = tuple[list[Relationship], list[Any], list[Any], tuple[Any, ...]]


def _told(graph: Plain, given: Parameters, types: tuple[str, ...], flags: tuple[str, ...]) -> Iterator[_Told]:
    """Statements, those of several printings of an account together, with what stands first and last in their row, and its key."""
    stated = [tie for tie in of_type(graph, *types) if applies(graph, tie.start, given["practice_type"])]
    for ties in printings(graph, stated, *flags):
        unions = by_name(graph, (union for tie in ties for union in graph.owners(tie.start)))
        if given["name"] is not None and not any(called(graph, union, given["name"]) for union in unions):
            continue
        end, case = ties[0].end, min(tie.start for tie in ties)
        first = [
            names(graph, unions),
            [graph.of(union, "level") for union in unions if graph.of(union, "level")],
            told(ties, "printed"),
            graph.name(end),
            end[0],
            graph.of(end, "level"),
        ]
        key = (
            end[0],
            graph.name(end),
            end[1],
            case[1],
            *(ties[0].properties[flag] for flag in flags if flag != "form"),
        )
        yield ties, first, [main_practice(graph, case), graph.name(case), evidence(*ties)], key


def pilots(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    flags = ("collective", "intended")
    for ties, first, last, key in _told(graph, given, ("PILOT_ASSIGNED_BY", "PILOTED_AT"), flags):
        row = (ties[0].type, *first, told(ties, "period"), *(ties[0].properties[flag] for flag in flags), *last)
        rows.append(((ties[0].type, *key), row))
    return ranked(rows, given["limit"])


def promotions(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    flags = ("collective", "internal", "intended")
    for ties, first, last, key in _told(graph, given, ("PROMOTED_BY", "SCALED_TO", "REPLICATED_IN"), flags):
        marked = [ties[0].properties[flag] for flag in flags]
        one = ties[0].type != "PROMOTED_BY" and ties[0].end[0] in _ADOPTERS and not any(marked)
        row = (ties[0].type, *first, told(ties, "form"), told(ties, "period"), one, *marked, *last)
        rows.append(((ties[0].type, *key), row))
    return ranked(rows, given["limit"])


def recognitions(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for ties, first, last, key in _told(graph, given, ("RECOGNISED_BY",), ("form", "intended")):
        form = ties[0].properties.get("form")
        if given["form"] in (None, form):
            row = (form, *first, told(ties, "period"), ties[0].properties["intended"], *last)
            rows.append(((form or "", *key), row))
    return ranked(rows, given["limit"])


def _documents(graph: Plain, name: str | None) -> Iterator[tuple[Key, Key, list[Relationship], list[Key], list[Key]]]:
    """Dated documents with a practice type, its statements, the issuers and the unions that the document is for."""
    for policy in graph.all("Policy"):
        issuers = by_name(graph, (tie.end for tie in graph.out(policy, "ISSUED_BY")))
        areas = {tie.end for tie in graph.out(policy, "APPLIES_TO")}
        for kind in {tie.end for tie in graph.out(policy, "CONCERNS")}:
            if not graph.of(policy, "issued") or graph.of(kind, "routine") or name not in (None, graph.name(kind)):
                continue
            said = [tie for tie in graph.out(policy, "CONCERNS") if tie.end == kind]
            unions = [u for u in graph.all("TradeUnion") if u not in issuers and _meant(graph, u, issuers, areas)]
            yield policy, kind, said, issuers, unions


def _meant(graph: Plain, union: Key, issuers: list[Key], areas: set[Key]) -> bool:
    if areas:
        based = [tie.end for tie in graph.out(union, "BASED_IN")]
        return any(above(graph, region) & areas for region in based)
    return any(leads_up(graph, union, issuer) for issuer in issuers)


_Judged = tuple[bool, list[Any]]


def _beside_documents(graph: Plain, given: Parameters, judge: Callable[[str, When], _Judged | None]) -> list[Row]:
    rows = []
    for policy, kind, said, issuers, unions in _documents(graph, given["practice_type"]):
        issued = str(graph.of(policy, "issued"))
        for union in unions:
            taken = [tie for tie in graph.out(union, "ADOPTED") if tie.end == kind and when(tie)[1]]
            judged = judge(issued, when(taken[0])) if taken else None
            if judged is None:
                continue
            row = (
                graph.name(kind),
                graph.name(policy),
                issued,
                names(graph, issuers),
                graph.name(union),
                graph.of(union, "level"),
                interval(when(taken[0])),
                judged[0],
                *judged[1],
                evidence(*said, *applied(graph, kind, taken)),
            )
            key = (row[0], issued, row[1], policy[1], not judged[0], when(taken[0])[1], row[4], union[1])
            rows.append((key, row))
    return ranked(rows, given["limit"])


def after_document(graph: Plain, given: Parameters) -> list[Row]:
    def years_later(day: str) -> str:
        return f"{int(day[:4]) + given['within_years']}{day[4:]}"

    def judge(issued: str, taken: When) -> _Judged | None:
        """Whatever day the document is of: surely after its last and at most the years after its first, or possibly."""
        first, last = days(issued)
        lower, upper = taken
        assert upper is not None
        if upper < first or (lower is not None and lower > years_later(last)):
            return None
        return lower is not None and lower > last and upper <= years_later(first), []

    return _beside_documents(graph, given, judge)


def before_document(graph: Plain, given: Parameters) -> list[Row]:
    def judge(issued: str, taken: When) -> _Judged | None:
        first, last = days(issued)
        lower, upper = taken
        assert upper is not None
        if lower is not None and lower > last:
            return None
        return upper < first, [max(0, int(issued[:4]) - int(upper[:4]))]

    return _beside_documents(graph, given, judge)


def pilot_to_rollout(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for kind in graph.all("PracticeType"):
        if graph.of(kind, "routine") or given["practice_type"] not in (None, graph.name(kind)):
            continue
        cases = [tie.start for tie in graph.into(kind, "APPLIED") if tie.properties["role"] == "main"]
        done = [
            tie
            for case in cases
            for tie in graph.out(case, "PILOT_ASSIGNED_BY", "PILOTED_AT", "PROMOTED_BY", "SCALED_TO", "REPLICATED_IN")
            if not tie.properties["intended"]
        ]
        pilot = [tie for tie in done if tie.type.startswith("PILOT")]
        wide = [tie for tie in done if tie not in pilot and not tie.properties["internal"]]
        if not pilot and not wide:
            continue
        papers = graph.into(kind, "CONCERNS")
        piloted = [days(str(tie.properties["period"])) for tie in pilot if "period" in tie.properties]
        spread = [days(str(tie.properties["period"])) for tie in wide if "period" in tie.properties]
        where = {graph.of(tie.start, "account") for tie in wide}
        named = {graph.of(tie.start, "account") for tie in wide if not tie.properties["collective"]}
        begun = tuple(map(min, zip(*piloted, strict=True))) if piloted else None
        rolled = tuple(map(min, zip(*spread, strict=True))) if spread else None
        adopted = [when(t) for t in graph.into(kind, "ADOPTED") if t.start[0] == "TradeUnion" and when(t)[1]]
        counts: list[int | None] = [None] * 3
        if rolled:
            before = sum(surely_before(one, rolled) for one in adopted)
            after = sum(surely_before(rolled, one) for one in adopted)
            counts = [before, after, len(adopted) - before - after]
        gap: list[int | None] = [None] * 2
        if begun and rolled:
            gap = [int(rolled[0][:4]) - int(begun[1][:4]), int(rolled[1][:4]) - int(begun[0][:4])]
        row = (
            graph.name(kind),
            graph.accounts(tie.start for tie in pilot),
            "/".join(begun) if begun else None,
            len(where),
            len(where - named),
            "/".join(rolled) if rolled else None,
            *gap,
            *counts,
            _listed(graph, {tie.start for tie in papers}),
            evidence(*pilot, *wide, *papers, *applied(graph, kind, graph.into(kind, "ADOPTED") if rolled else ())),
        )
        rows.append(((row[0], kind[1]), row))
    return ranked(rows)


def _listed(graph: Plain, papers: set[Key]) -> list[str]:
    """Documents with their dates, those without one last."""
    dated = sorted((graph.of(paper, "issued") or "9999", graph.name(paper), paper[1]) for paper in papers)
    return [name if issued == "9999" else f"{name} {issued}" for issued, name, _ in dated][:20]


def absorption_radiation(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    stated = [tie for tie in of_type(graph, "PROMOTED_BY", "RECOGNISED_BY") if not tie.properties["intended"]]
    for ties in printings(graph, stated, "form", "period"):
        found: dict[tuple[Key, Key], list[Relationship]] = defaultdict(list)
        for tie in ties:
            kinds = [t.end for t in graph.out(tie.start, "APPLIED") if t.properties["role"] == "main"]
            for union in graph.owners(tie.start):
                for kind in kinds:
                    if not graph.of(kind, "routine") and given["practice_type"] in (None, graph.name(kind)):
                        found[union, kind].append(tie)
        rows += [_taken_up(graph, same, union, kind) for (union, kind), same in found.items()]
    return ranked(rows, given["limit"])


def _taken_up(graph: Plain, ties: list[Relationship], union: Key, kind: Key) -> tuple[Any, Row]:
    tie = min(ties, key=lambda tie: tie.id)
    period = tie.properties.get("period")
    (own,) = [t for t in graph.out(union, "ADOPTED") if t.end == kind]
    others = {t.start: t for t in graph.into(kind, "ADOPTED") if t.start[0] == "TradeUnion" and t.start != union}
    later: list[Key] = []
    possibly: int | None = None
    if period:
        taken = days(str(period))
        later = [u for u in by_name(graph, others) if surely_before(taken, when(others[u]))]
        possibly = sum(not surely_before(when(t), taken) for u, t in others.items() if u not in later)
    shown = {others[u].properties["cases"][0] for u in later[:19]}  # type: ignore[index]
    steps = stated_steps(graph, union, tie.end) if tie.end[0] == "TradeUnion" else []
    row = (
        graph.name(kind),
        graph.name(union),
        interval(when(own)),
        tie.type,
        tie.properties.get("form"),
        graph.name(tie.end),
        tie.end[0],
        superior_lines(graph, union, tie.end) if tie.end[0] == "TradeUnion" else [],
        period,
        names(graph, later)[:20],
        len(later) if period else None,
        possibly,
        evidence(
            *ties,
            *steps,
            *(t for t in applied(graph, kind, [own]) if when(t)[1] == when(own)[1]),
            *(t for t in graph.into(kind, "APPLIED") if t.start[1] in shown),
        ),
    )
    return (row[0], row[1], union[1], period or "9999", tie.id), row


def level_lags(graph: Plain, given: Parameters) -> list[Row]:
    kind = tracked(graph, given["practice_type"])
    if kind is None:
        return []
    groups: dict[tuple[str | None, str | None], list[Relationship]] = defaultdict(list)
    for tie in graph.into(kind, "ADOPTED"):
        union = tie.start
        based = [t.end for t in graph.out(union, "BASED_IN")]
        if not any(("Region", given["region"]) in above(graph, region) for region in based):
            continue
        first = [str(t.properties["line"]) for t in graph.out(union, "SUBORDINATE_TO") if t.properties["primary"]]
        line = "territorial" if graph.of(union, "type") == "local_federation" else next(iter(first), None)
        groups[line, graph.of(union, "level")].append(tie)
    rows = []
    for (line, level), ties in groups.items():
        both = [tie for tie in ties if None not in when(tie)]
        row = (
            line,
            level,
            len(ties),
            sum(when(tie)[1] is None for tie in ties),
            len(both),
            interval(earliest(both)) if both else None,
            earliest(ties)[1],
            dated(*applied(graph, kind, ties)),
        )
        rows.append(((line or "", level or ""), row))
    return ranked(rows)


def _involved(graph: Plain, given: Parameters) -> Iterator[tuple[Key, Relationship, Key, Key]]:
    """A union, a statement about its account, the union that stands above it there, and the account."""
    for tie in of_type(graph, *_INVOLVED):
        case, superior = (tie.end, tie.start) if tie.type == "SUPERVISED" else (tie.start, tie.end)
        for union in graph.owners(case) if applies(graph, case, given["practice_type"]) else ():
            if superior[0] == "TradeUnion" and superior != union:
                yield union, tie, superior, case


def superior_involvement(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    found: dict[tuple[Key, Key, str, str], list[tuple[Key, Relationship]]] = defaultdict(list)
    for union, tie, superior, case in _involved(graph, given):
        if any(called(graph, one, given["name"]) for one in (union, superior)):
            found[union, superior, tie.type, graph.of(case, "account")].append((case, tie))
    for (union, superior, kind, _), stated in found.items():
        case = min(case for case, _ in stated)
        row = (
            graph.name(union),
            graph.of(union, "level"),
            kind,
            graph.name(superior),
            graph.of(superior, "level"),
            superior_lines(graph, union, superior),
            main_practice(graph, case),
            graph.name(case),
            evidence(*(tie for _, tie in stated), *stated_steps(graph, union, superior)),
        )
        rows.append(((row[0], union[1], row[3], superior[1], kind, case[1]), row))
    return ranked(rows, given["limit"])


def lines(graph: Plain, given: Parameters) -> list[Row]:
    groups: dict[tuple[str | None, str], list[tuple[Key, Relationship, Key, Key]]] = defaultdict(list)
    for union, tie, superior, case in _involved(graph, given):
        if given["type"] in (None, graph.of(union, "type")):
            for line in superior_lines(graph, union, superior) or [None]:
                groups[line, tie.type].append((union, tie, superior, case))
    rows = []
    for (line, kind), found in groups.items():
        unions, ties, superiors, cases = zip(*found, strict=True)
        row = (line, kind, graph.accounts(cases), len(set(unions)), len(set(superiors)), evidence(*ties))
        rows.append(((line or "~", kind), row))
    return ranked(rows)


def cited_documents(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for policy in graph.all("Policy"):
        ties = [t for t in graph.into(policy, "CITED") if applies(graph, t.start, given["practice_type"])]
        if not ties:
            continue
        cases = by_name(graph, (tie.start for tie in ties))
        unions = by_name(graph, (union for case in cases for union in graph.owners(case)))
        row = (
            graph.name(policy),
            graph.of(policy, "issued"),
            graph.accounts(cases),
            names(graph, unions),
            sorted({str(graph.of(union, "level")) for union in unions if graph.of(union, "level")}),
            titles(graph, cases),
            evidence(*ties),
        )
        rows.append(((-row[2], row[0], policy[1]), row))
    return ranked(rows, given["limit"])
