"""What the pack ``provenance`` should answer, worked out from the projection without Cypher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.queries.by_hand.plain import EVER, Expected, Key, Parameters, Plain, known, said
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology import dates

_DIFFERING = ("issuer", "level", "region", "type", "kind")
_AFTERWARDS = ("RECEIVED", "RECOGNISED_BY", "SCALED_TO", "REPLICATED_IN", "PROMOTED_BY")
_BEFOREHAND = ("LEARNED_FROM", "PILOT_ASSIGNED_BY", "PILOTED_AT")


def _other(tie: Relationship, case: Key) -> Key:
    return tie.end if tie.start == case else tie.start


def _documents(graph: Plain, text: str | None) -> list[Key]:
    return [d for d in graph.all("Document") if text is None or text in str(graph.of(d, "title"))]


def _cases(graph: Plain, document: Key) -> list[Key]:
    return [t.start for t in graph.into(document, "REPORTED_IN") if t.start[0] == "PracticeCase"]


def _stated(graph: Plain, case: Key) -> list[Relationship]:
    """The statements of an account."""
    return [t for t in graph.at(case) if t.properties.get("case_id") == case[1] and "quotes" in t.properties]


def conflicts(graph: Plain, given: Parameters) -> Expected:
    rows = []
    here = {case for document in _documents(graph, given["document"]) for case in _cases(graph, document)}
    for label in ("TradeUnion", "Organization", "Award"):
        for node in graph.all(label) if given["label"] in {None, label} else ():
            ties = [t for t in graph.at(node) if "PracticeCase" in {t.start[0], t.end[0]}]
            if not any(_other(tie, node) in here for tie in ties):
                continue
            for name in _DIFFERING:
                telling = [t for t in ties if t.properties.get(name) is not None]
                if given["property"] not in {None, name} or len({t.properties[name] for t in telling}) < 2:
                    continue
                behind: dict[tuple[Any, Any], list[tuple[Any, ...]]] = defaultdict(list)
                for tie in telling:
                    case = _other(tie, node)
                    place = graph.of(case, "document"), graph.of(case, "first_line"), case[1], tie.id
                    behind[tie.properties[name], graph.of(case, "account")].append((*place, tie))
                for (value, _), places in behind.items():
                    places.sort(key=lambda place: place[:4])
                    first = ("PracticeCase", places[0][2])
                    told = label, graph.name(node), name, graph.of(node, name), value, graph.name(first)
                    ordered = (label, told[1], node[1], name, value, *places[0][:4])
                    rows.append((ordered, (*told, said(place[4] for place in places)[:20])))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def evidence_of_case(graph: Plain, given: Parameters) -> Expected:
    text = given["account"]
    found = [c for c in graph.all("PracticeCase") if text == c[1] or text in graph.name(c)]
    found.sort(key=lambda c: (graph.name(c), c[1]))
    rows: Expected = []
    for case in found[:3]:
        here = []
        for place, name in enumerate(("title", "started")):
            if value := graph.of(case, name):
                how = (graph.of(case, f"{name}_{what}") for what in ("confidence", "review", "method"))
                here.append(((place, name, value, case[1]), (name, value, None, *how, [case])))
        for tie in [*_stated(graph, case), *_superiors(graph, case)]:
            if tie.type == "SUBORDINATE_TO":
                value, printed = f"{graph.name(tie.start)} → {graph.name(tie.end)}", None
            else:
                other = _other(tie, case)
                value = graph.of(other, "full_name") or graph.name(other)
                printed = tie.properties.get("printed") or tie.properties.get("surface")
            how = (tie.properties[what] for what in ("confidence", "review", "method"))
            place = 2 + tie.properties["starts"][0]  # type: ignore[index,operator]
            here.append(((place, tie.type, value, tie.id), (tie.type, value, printed, *how, said([tie]))))
        rows += [(graph.name(case), *row) for _, row in sorted(here, key=lambda one: one[0])]
    return rows[: given["limit"]]


def _superiors(graph: Plain, case: Key) -> list[Relationship]:
    """What the account states of who is whose superior: between unions that it names."""
    roles = ("INITIATED", "SUPERVISED", "JOINED", "ESTABLISHED", "MENTIONS")
    named = {other for t in graph.at(case, *roles) if (other := _other(t, case))[0] == "TradeUnion"}
    ties = [t for union in named for t in graph.out(union, "SUBORDINATE_TO") if t.properties.get("case_id") == case[1]]
    return sorted(ties, key=lambda t: t.id)


def documents(graph: Plain, given: Parameters) -> Expected:
    first, last = given["years"]
    rows = []
    for document in _documents(graph, given["document"]):
        published = graph.of(document, "published")
        if given["years"] != EVER and not (published and first <= int(published[:4]) <= last):
            continue
        cases = _cases(graph, document)
        ties = [t for case in cases for t in _stated(graph, case)]
        row = (
            graph.of(document, "title"),
            graph.of(document, "publisher"),
            published,
            len(cases),
            sum(graph.of(c, "started") is not None for c in cases),
            len({t.start for t in ties if t.type == "APPLIED" and "not_after" not in t.properties}),
            len(ties),
            sum(t.properties["review"] != "unreviewed" for t in ties),
            min((t.properties["confidence"] for t in ties), default=None),  # type: ignore[type-var]
            [document] if graph.of(document, "quotes") else [],
        )
        rows.append(((published or "~", row[0], document[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _unreviewed(graph: Plain, document: str | None) -> Iterator[tuple[Key, Relationship]]:
    for one in _documents(graph, document):
        for case in _cases(graph, one):
            for tie in _stated(graph, case):
                if tie.properties["review"] == "unreviewed":
                    yield case, tie


def low_confidence(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for case, tie in _unreviewed(graph, given["document"]):
        confidence = tie.properties["confidence"]
        if confidence < given["below"] and given["statement"] in {None, tie.type}:  # type: ignore[operator]
            other = _other(tie, case)
            value = graph.of(other, "full_name") or graph.name(other)
            row = (tie.type, value, confidence, tie.properties["method"], graph.name(case), said([tie]))
            rows.append(((confidence, tie.type, tie.id), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def unreviewed(graph: Plain, given: Parameters) -> Expected:
    found: dict[str, list[Relationship]] = defaultdict(list)
    for document in _documents(graph, given["document"]):
        for case in _cases(graph, document):
            for tie in _stated(graph, case):
                found[tie.type].append(tie)
    rows: Expected = []
    for kind in sorted(found):
        ties = sorted(found[kind], key=lambda t: (t.properties["confidence"], t.id))
        by_state = [[t for t in ties if t.properties["review"] == s] for s in ("unreviewed", "accepted", "corrected")]
        least = by_state[0][0].properties["confidence"] if by_state[0] else None
        rows.append((kind, len(ties), *map(len, by_state), least, said(by_state[0])[:20]))
    return rows


def _bounds(period: str) -> tuple[str, str]:
    """The first and the last day of a partial date or an interval of two, each end by itself."""
    first, _, last = period.partition("/")
    return dates.bounds(first)[0], dates.bounds(last or first)[1]


def contradictions_in_time(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for document in _documents(graph, given["document"]):
        for case in _cases(graph, document):
            for problem, identifier, earlier, later, evidence in _problems(graph, document, case):
                owning = sorted(graph.into(case, "INITIATED"), key=lambda t: (graph.name(t.start), t.start[1]))
                behind = (evidence + said(owning))[:20]
                row = (problem, graph.name(case), graph.owner_names(case), *earlier, *later, behind)
                rows.append(((problem, row[1], case[1], earlier[0], later[0], identifier), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


_Problem = tuple[str, str, tuple[str, str | None], tuple[str, str | None], list[Key]]


def _problems(graph: Plain, document: Key, case: Key) -> Iterator[_Problem]:
    started, published = graph.of(case, "started"), graph.of(document, "published")
    if started and published and _bounds(started)[0] > _bounds(published)[1]:
        yield "start_after_publication", case[1], ("STARTED", started), ("PUBLISHED", published), [case]
    for tie in graph.out(case, *_AFTERWARDS, *_BEFOREHAND):
        period = tie.properties.get("year" if tie.type == "RECEIVED" else "period")
        if not isinstance(period, str):
            continue
        what = f"{tie.type}：{tie.properties.get('printed') or graph.name(tie.end)}"
        latest = _bounds(period)[1]
        if tie.type == "RECEIVED" and "年度" in str(tie.properties["printed"]):
            latest = f"{int(latest[:4]) + 1}-12-31"  # an honour for a year is given in it or in the next one
        title = tie.properties.get("kind") == "title" or tie.properties.get("intended")
        if tie.type in _AFTERWARDS and not title and started and latest < _bounds(started)[0]:
            yield "event_before_start", tie.id, ("STARTED", started), (what, period), [case, *said([tie])]
        if published and not tie.properties.get("intended") and _bounds(period)[0] > _bounds(published)[1]:
            yield "event_after_publication", tie.id, (what, period), ("PUBLISHED", published), said([tie])
    for tie in graph.out(case, *_AFTERWARDS[1:], *_BEFOREHAND, "ACHIEVED"):
        period = tie.properties.get("period") or graph.of(tie.end, "period")
        if isinstance(period, str) and "/" in period and _bounds(period)[1] < _bounds(period)[0]:
            what = f"{tie.type}：{tie.properties.get('printed') or graph.name(tie.end)}"
            first, last = period.split("/")
            yield "reversed_period", tie.id, (what, first), (what, last), said([tie])
    for tie in graph.out(case, "LEARNED_FROM"):
        if tie.end[0] != "TradeUnion" or any(tie.properties[flag] for flag in ("collective", "internal", "intended")):
            continue
        for applied in graph.out(case, "APPLIED"):
            if applied.properties["role"] == "main" and not graph.of(applied.end, "routine"):
                yield from _learning(graph, tie, applied)


def _learning(graph: Plain, learned: Relationship, applied: Relationship) -> Iterator[_Problem]:
    """Learning from a union that began later, and learning of which that cannot be told."""
    source, kind = learned.end, applied.end
    records = [t for own in graph.out(source, "INITIATED") for t in graph.out(own.end, "APPLIED") if t.end == kind]
    upper = [str(t.properties["not_after"]) for t in records if "not_after" in t.properties]
    starts: dict[str, list[str]] = {str(graph.of(t.start, "account")): [] for t in records}
    for t in records:
        if lower := t.properties.get("not_before"):
            starts[str(graph.of(t.start, "account"))].append(str(lower))
    # Where one of its accounts states no start in any printing, that one may be the earliest.
    began = min(map(min, starts.values())) if starts and all(starts.values()) else None
    period, name = learned.properties.get("period"), graph.name(source)
    own = [applied.properties.get(bound) or "" for bound in ("not_before", "not_after")]
    by_then = _bounds(period)[1] if isinstance(period, str) else own[1] if own[0] else None
    if began and by_then and began <= str(by_then):
        return
    yield (
        "learned_from_later" if began and by_then else "undecided",
        learned.id,
        (f"{name}：{graph.name(kind)}", f"{began or ''}/{min(upper)}" if upper else None),
        (
            f"APPLIED：{graph.name(kind)}" if period is None else f"LEARNED_FROM：{name}",
            str(period) if period is not None else "/".join(map(str, own)) if own[1] else None,
        ),
        said([learned, applied, *sorted(records, key=lambda t: t.id)[:10]]),
    )


def same_account(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for case in graph.all("PracticeCase"):
        for tie in graph.out(case, "SAME_ACCOUNT"):
            other = tie.end
            one = graph.of(case, "account") == graph.of(other, "account")
            if given["counted"] not in {None, one}:
                continue
            traits = [_traits(graph, printing) for printing in (case, other)]
            row = (
                graph.name(case),
                _title(graph, case),
                graph.name(other),
                _title(graph, other),
                one,
                tie.properties["method"],
                tie.properties["score"],
                [name for name in traits[0] if traits[0][name] != traits[1][name]],
                [c for c in (case, other) if graph.of(c, "quotes")],
            )
            rows.append(((-row[6], tie.id), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _title(graph: Plain, case: Key) -> Any:
    return graph.of(("Document", graph.of(case, "document")), "title")


def _traits(graph: Plain, case: Key) -> dict[str, Any]:
    def ends(kind: str) -> set[Key]:
        return {t.end for t in graph.out(case, kind)}

    return {
        "title": graph.of(case, "title"),
        "started": graph.of(case, "started"),
        "practice": ends("INTRODUCED"),
        "unions": set(graph.owners(case)),
        "practice_types": ends("APPLIED"),
        "outcomes": {graph.name(outcome) for outcome in ends("ACHIEVED")},
    }


def announcements(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for policy in graph.all("Policy"):
        ties = graph.out(policy, "REPORTED_IN")
        types = sorted({graph.name(t.end) for t in graph.out(policy, "CONCERNS")})
        if not ties or (given["practice_type"] is not None and given["practice_type"] not in types):
            continue
        issued = graph.of(policy, "issued")
        row = (
            graph.name(policy),
            graph.of(policy, "number"),
            sorted({graph.name(t.end) for t in graph.out(policy, "ISSUED_BY")}),
            issued,
            graph.of(policy, "deadline"),
            graph.of(policy, "target"),
            types,
            sorted({graph.of(t.end, "full_name") for t in graph.out(policy, "APPLIES_TO")}),
            graph.accounts(t.start for t in graph.into(policy, "CITED")),
            (
                said(ties)[:20]
                + said(graph.out(policy, "ISSUED_BY", "CONCERNS", "APPLIES_TO"))[:10]
                + said(graph.into(policy, "CITED"))[:10]
            )[:20],
        )
        rows.append(((known(issued), row[0], policy[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]
