"""The answers of the pack ``planning``, worked out from plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.results import resource, uses
from tests.queries.by_hand.spread import Row, above, by_code, days, evidence, neighbours, of_type, ranked
from unionkg.graph.stores.protocol import Relationship

ON_RECORD, ABSENT, NOT_SEEN, NO_MATERIAL = "有记载", "台账确认未开展", "资料未见", "无该地资料"
_SAID = ("开展", "未开展")


def _wanted(graph: Plain, given: Parameters) -> list[Key]:
    """The regions of the level asked for that are in force and counted, by code."""
    return by_code(
        graph, (r for r in graph.all("Region") if _counts(graph, r, given["level"]) and _inside(graph, r, given))
    )


def _counts(graph: Plain, region: Key, level: str | None = None) -> bool:
    in_force = graph.of(region, "valid_to") is None
    return bool(level in {None, graph.of(region, "level")} and graph.of(region, "counted") and in_force)


def _inside(graph: Plain, region: Key, given: Parameters) -> bool:
    asked = given["region"]
    return asked is None or ("Region", asked) in above(graph, region, history=False)


def _accounts_of(graph: Plain, region: Key) -> list[Key]:
    """The accounts from a region, from all below it and from what became part of it."""
    codes = graph.codes(region[1])
    return [case for case in graph.all("PracticeCase") if graph.took_place(case, codes)]


def _applied(graph: Plain, region: Key, kind: Key) -> list[Relationship]:
    codes = graph.codes(region[1])
    return [tie for tie in graph.into(kind, "APPLIED") if graph.took_place(tie.start, codes)]


def _entries(graph: Plain, region: Key, kind: Key) -> list[Relationship]:
    """What ledgers say of a region: 开展 of it or of one below it, 未开展 of itself."""
    codes = graph.codes(region[1]) or set()
    return [
        tie
        for tie in graph.into(kind, "COVERAGE")
        if tie.start == region or (tie.properties.get("status") == "开展" and graph.of(tie.start, "code") in codes)
    ]


def _state(graph: Plain, region: Key, kind: Key) -> str:
    said = {tie.properties.get("status") for tie in _entries(graph, region, kind)}
    if _applied(graph, region, kind) or "开展" in said:
        return ON_RECORD
    if "未开展" in said:
        return ABSENT
    return NOT_SEEN if _accounts_of(graph, region) else NO_MATERIAL


def _covered(graph: Plain, region: Key, kind: Key) -> tuple[Any, ...]:
    """State, number of accounts, what ledgers say, and the statements behind it."""
    ties, entries = _applied(graph, region, kind), _entries(graph, region, kind)
    said = {tie.properties.get("status") for tie in entries}
    number = graph.accounts(tie.start for tie in ties)
    words = [word for word in _SAID if word in said]
    return _state(graph, region, kind), number, words, evidence(*ties, *entries)


def _place(graph: Plain, region: Key) -> tuple[str, str]:
    return str(graph.of(region, "code")), str(graph.of(region, "full_name"))


def gaps(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    if kind is None:
        return []
    rows = ((*_place(graph, region), *_covered(graph, region, kind)) for region in _wanted(graph, given))
    return [row for row in rows if given["state"] in {None, row[2]}]


def coverage_matrix(graph: Plain, given: Parameters) -> list[Row]:
    theme = graph.named("Theme", given["theme"])
    kinds = [tie.start for tie in (graph.into(theme, "IN_THEME") if theme else ()) if tie.start[0] == "PracticeType"]
    rows = []
    for region in _wanted(graph, given):
        for kind in kinds:
            row = (*_place(graph, region), graph.name(kind), *_covered(graph, region, kind))
            if given["state"] in {None, row[3]}:
                rows.append(((row[0], row[2], kind[1]), row))
    return ranked(rows)


def _around(graph: Plain, region: Key) -> list[Key]:
    """Its neighbours that are in force and counted."""
    return [other for other in neighbours(graph, region) if _counts(graph, other)]


def _on_record(graph: Plain, kind: Key, last: str = "9999") -> dict[Key, list[Relationship]]:
    """The regions in force with a record, known by a day at the latest, and what says so."""
    found: dict[Key, list[Relationship]] = defaultdict(list)
    for tie in graph.into(kind, "APPLIED"):
        if last == "9999" or str(tie.properties.get("not_after", "9999")) <= last:
            for place in graph.out(tie.start, "TOOK_PLACE_IN"):
                for region in above(graph, place.end):
                    found[region].append(tie)
    for tie in graph.into(kind, "COVERAGE"):
        known = last == "9999" or str(tie.properties.get("date", "9999"))[:4] <= last[:4]
        if tie.properties.get("status") == "开展" and known:
            for region in above(graph, tie.start):
                found[region].append(tie)
    return {region: ties for region, ties in found.items() if _counts(graph, region)}


def neighbours_have_it(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    if kind is None:
        return []
    recorded = _on_record(graph, kind)
    rows: list[Row] = []
    for region in _wanted(graph, given):
        around = neighbours(graph, region)
        having = [other for other in around if other in recorded]
        state = _state(graph, region, kind)
        if region in recorded or not having or given["state"] not in {None, state}:
            continue
        absent = [t for t in graph.out(region, "COVERAGE") if t.end == kind and t.properties.get("status") == "未开展"]
        behind = [tie for other in having for tie in recorded[other]]
        which = [str(graph.of(other, "full_name")) for other in having]
        number = len(_around(graph, region))
        rows.append((*_place(graph, region), state, len(having), number, which, evidence(*absent, *behind)))
    return rows


def exposure(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    if kind is None or graph.of(kind, "routine"):
        return []
    recorded = _on_record(graph, kind, f"{given['year']}-12-31")
    rows: list[Row] = []
    for region in _wanted(graph, given):
        near = [other for other in neighbours(graph, region) if other in recorded]
        siblings = _siblings(graph, region)
        under = [other for other in siblings if other in recorded and _counts(graph, other, given["level"])]
        if region in recorded or not (near or under):
            continue
        behind = {tie.id: tie for other in (*near, *under) for tie in recorded[other]}
        counted = [other for other in siblings if _counts(graph, other, given["level"])]
        rows.append(
            (
                *_place(graph, region),
                _state(graph, region, kind),
                len(near),
                len(_around(graph, region)),
                len(under),
                len(counted),
                evidence(*behind.values()),
            )
        )
    return rows[: given["limit"]]


def _siblings(graph: Plain, region: Key) -> set[Key]:
    """The other regions that lie in one of those that a region lies in."""

    def within(ties: Iterable[Relationship]) -> Iterator[Relationship]:
        return (tie for tie in ties if "valid_to" not in tie.properties)

    uppers = {tie.end for tie in within(graph.out(region, "WITHIN"))}
    return {tie.start for upper in uppers for tie in within(graph.into(upper, "WITHIN"))} - {region}


def group_gaps(graph: Plain, given: Parameters) -> list[Row]:
    top = graph.named("TargetGroup", given["target_group"])
    groups = _narrower(graph, top) if top else set()
    naming: dict[Key, list[Relationship]] = defaultdict(list)
    for group in groups:
        for tie in graph.into(group, "SERVED"):
            if _applies(graph, tie.start, given):
                for place in graph.out(tie.start, "TOOK_PLACE_IN"):
                    for region in above(graph, place.end):
                        naming[region].append(tie)
    names = {graph.name(group) for group in groups}
    rows: list[Row] = []
    for region in _wanted(graph, given):
        near = [r for r in neighbours(graph, region) if r in naming and _counts(graph, r)]
        if region in naming or not near:
            continue
        from_there = _accounts_of(graph, region)
        filed = [
            case
            for case in from_there
            for tie in graph.out(case, "IN_THEME")
            if _applies(graph, case, given) and any(name in graph.name(tie.end) for name in names)
        ]
        ties = [tie for other in near for tie in naming[other]]
        rows.append(
            (
                *_place(graph, region),
                NOT_SEEN if from_there else NO_MATERIAL,
                graph.accounts(filed),
                len(near),
                len(_around(graph, region)),
                [str(graph.of(other, "full_name")) for other in near],
                sorted({graph.name(tie.end) for tie in ties}),
                evidence(*ties),
            )
        )
    return rows


def _narrower(graph: Plain, group: Key) -> set[Key]:
    return {group}.union(*(_narrower(graph, tie.start) for tie in graph.into(group, "BROADER")))


def _applies(graph: Plain, case: Key, given: Parameters) -> bool:
    named = given["practice_type"]
    return named is None or any(graph.name(tie.end) == named for tie in graph.out(case, "APPLIED"))


def ledger_against_documents(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    codes = graph.codes(given["region"])
    rows = []
    for entry in graph.into(kind, "COVERAGE") if kind else ():
        region, said = entry.start, entry.properties
        if "status" not in said or (codes is not None and graph.of(region, "code") not in codes):
            continue
        ties = _applied(graph, region, kind)  # type: ignore[arg-type]
        others = [
            tie
            for tie in graph.out(region, "COVERAGE")
            if tie.end == kind and tie.properties.get("status") not in {None, said["status"]}
        ]
        found: dict[str, list[Relationship]] = {}
        if said["status"] == "未开展" and ties:
            found["台账未开展而资料有记载"] = ties
        if said["status"] == "开展" and not ties:
            found["台账开展而资料未见"] = []
        if others:
            found["台账之间不一致"] = others
        for difference, behind in found.items():
            if given["difference"] in {None, difference}:
                row = (
                    *_place(graph, region),
                    difference,
                    said.get("source"),
                    said["status"],
                    said.get("date"),
                    graph.accounts(tie.start for tie in ties),
                    min((t.properties["not_after"] for t in ties if "not_after" in t.properties), default=None),
                    _timing(ties, said.get("date")),
                    evidence(entry, *behind),
                )
                rows.append(((row[0], difference, entry.id), row))
    return ranked(rows)


def _timing(ties: list[Relationship], date: Any) -> str | None:
    if not ties:
        return None
    if date:
        first, last = days(str(date))
        if any(str(tie.properties.get("not_after", "9999")) < first for tie in ties):
            return "记载在前"
        if all(str(tie.properties.get("not_before", "")) > last for tie in ties):
            return "记载在后"
    return "先后不明"


_CONDITIONS = {"CITED": "制度", "USED": "平台", "SUPPORTED": "协同单位", "SUPERVISED": "上级工会", "JOINED": "伙伴工会"}
_ORDER = ["投入", *_CONDITIONS.values()]


def conditions(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[tuple[str, str, str | None], dict[str, tuple[Key, Relationship]]] = defaultdict(dict)
    for use in uses(graph, given):
        for tie in graph.at(use.start, "ACHIEVED", *_CONDITIONS):
            other = tie.end if tie.start == use.start else tie.start
            condition = _CONDITIONS.get(tie.type, "投入")
            if (tie.type != "ACHIEVED" or graph.of(other, "kind") == "投入") and given["condition"] in {
                None,
                condition,
            }:
                found[condition, graph.name(other), _kind(graph, condition, other)][tie.id] = (use.start, tie)
    rows = []
    for (condition, what, kind), told in found.items():
        cases = [case for case, _ in told.values()]
        number = graph.accounts(cases)
        names = sorted({graph.name(case) for case in cases})[:10]
        row = (condition, what, kind, number, names, evidence(*(tie for _, tie in told.values())))
        rows.append(((_ORDER.index(condition), -number, what, kind or ""), row))
    return ranked(rows, given["limit"])


def _kind(graph: Plain, condition: str, thing: Key) -> Any:
    if condition == "投入":
        return resource(graph.of(thing, "unit"))
    return graph.of(thing, {"协同单位": "type", "上级工会": "level", "伙伴工会": "level"}.get(condition, "none"))


def policies(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    codes = graph.codes(given["region"])
    cited: dict[Key, list[tuple[Relationship, Relationship]]] = defaultdict(list)
    for use in uses(graph, given):
        for tie in graph.out(use.start, "CITED"):
            cited[tie.end].append((use, tie))
    rows = []
    for policy, told in cited.items():
        cases = [use.start for use, _ in told]
        earliest = min((u.properties["not_after"] for u, _ in told if "not_after" in u.properties), default=None)
        row = (
            *_policy(graph, policy),
            "案例引用",
            graph.accounts(cases),
            earliest,
            sorted({graph.name(case) for case in cases})[:10],
            evidence(*(tie for _, tie in told)),
        )
        rows.append((("案例引用", -row[6], row[0], policy[1]), row))  # type: ignore[operator]
    announced: dict[Key, list[Relationship]] = defaultdict(list)
    for tie in graph.into(kind, "CONCERNS") if kind else ():
        if codes is None or any(graph.of(t.end, "code") in codes for t in graph.out(tie.start, "APPLIES_TO")):
            announced[tie.start].append(tie)
    for policy, ties in announced.items():
        row = (*_policy(graph, policy), "公告涉及", 0, None, [], evidence(*ties))
        rows.append((("公告涉及", 0, row[0], policy[1]), row))
    return ranked(rows, given["limit"])


def _policy(graph: Plain, policy: Key) -> tuple[Any, ...]:
    return graph.name(policy), *(graph.of(policy, name) for name in ("number", "issuer", "issued", "deadline"))


_RELATIONS = {
    "LEARNED_FROM": "学习自",
    "PILOT_ASSIGNED_BY": "受命试点",
    "PILOTED_AT": "试点于",
    "PROMOTED_BY": "由…推广",
    "SCALED_TO": "推广到",
    "REPLICATED_IN": "被复制于",
    "RECOGNISED_BY": "获…认可",
}
_OTHER_FIRST = ("LEARNED_FROM", "PILOT_ASSIGNED_BY")
_WITH_RECORD = ("LEARNED_FROM", "SCALED_TO", "REPLICATED_IN")
_Span = tuple[str | None, str | None]


def evidence_trail(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for tie in of_type(graph, *_RELATIONS):
        case, said = tie.start, tie.properties
        if case[0] != "PracticeCase":
            continue
        mains = [t for t in graph.out(case, "APPLIED") if t.properties["role"] == "main"]
        mains = [t for t in mains if given["practice_type"] in {None, graph.name(t.end)}]
        if given["practice_type"] and not mains:
            continue
        main = min(mains, key=lambda t: t.end[1], default=None)
        ours = _span(graph.of(case, "started")) if graph.of(case, "started") else _bounds(main)
        theirs = _span(said.get("period")) if "period" in said else _bounds(_record(graph, tie, main))
        due = "对方在先" if tie.type in _OTHER_FIRST else "不论先后" if tie.type == "PILOTED_AT" else "本例在先"
        status = _agree(due, ours, theirs)
        if given["status"] in {None, status}:
            row = (
                status,
                _RELATIONS[tie.type],
                graph.name(case),
                graph.owner_names(case),
                graph.name(main.end) if main else None,
                _told(ours),
                said["printed"],
                tie.end[0],
                _told(theirs),
                due,
                said["intended"],
                said["collective"],
                evidence(tie),
            )
            rows.append(((status, case[1], tie.id), row))
    return ranked(rows, given["limit"])


def _span(period: Any) -> _Span:
    first, _, last = str(period).partition("/")
    return first, last or first


def _bounds(tie: Relationship | None) -> _Span:
    said = tie.properties if tie else {}
    lower, upper = said.get("not_before"), said.get("not_after")
    return (str(lower) if lower else None), (str(upper) if upper else None)


def _record(graph: Plain, tie: Relationship, main: Relationship | None) -> Relationship | None:
    """The other side's adoption of the same type, from accounts besides this one."""
    if main is None or tie.type not in _WITH_RECORD:
        return None
    found = [
        a for a in graph.out(tie.end, "ADOPTED") if a.end == main.end and set(a.properties["cases"]) - {tie.start[1]}
    ]  # type: ignore[arg-type]
    return found[0] if found else None


def _agree(due: str, ours: _Span, theirs: _Span) -> str:
    if ours[1] is None or theirs[1] is None:
        return "缺日期"
    this_first = theirs[0] is not None and days(ours[1])[1] < days(theirs[0])[0]
    other_first = ours[0] is not None and days(theirs[1])[1] < days(ours[0])[0]
    if due == "不论先后" or this_first == other_first:
        return "先后不明"
    return "相符" if other_first == (due == "对方在先") else "矛盾"


def _told(span: _Span) -> str | None:
    lower, upper = span
    if upper is None:
        return None
    return f"不晚于 {upper}" if lower is None else lower if lower == upper else f"{lower}/{upper}"


def sample(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[str, set[Key]] = defaultdict(set)
    for case in graph.all("PracticeCase"):
        for value in _classes(graph, case, given["by"]) or ["未说明"]:
            found[value or "未说明"].add(case)
    everything = graph.accounts(graph.all("PracticeCase"))
    rows: list[Row] = []
    for value in sorted(found):
        cases = sorted(found[value])
        introduced = [tie for case in cases[:20] for tie in graph.out(case, "INTRODUCED")]
        documents = {graph.of(case, "document") for case in cases}
        rows.append((value, graph.accounts(cases), everything, len(documents), evidence(*introduced)))
    return rows


def _classes(graph: Plain, case: Key, by: str) -> list[str | None]:
    (document,) = (tie.end for tie in graph.out(case, "REPORTED_IN"))
    match by:
        case "document":
            return [graph.of(document, "title")]
        case "publisher":
            return [graph.of(document, "publisher")]
        case "province":
            ends = {r for tie in graph.out(case, "TOOK_PLACE_IN") for r in above(graph, tie.end)}
            return [graph.name(r) for r in ends if graph.of(r, "level") == "province"]
        case "level" | "type":
            return [graph.of(union, by) for union in graph.owners(case)]
        case "year":
            started, published = graph.of(case, "started"), graph.of(document, "published")
            return [started[:4] if started else f"不晚于 {published[:4]}" if published else None]
        case "kind":
            return [graph.of(case, "kind")]
        case _:
            return [graph.name(tie.end) for tie in graph.out(case, "IN_THEME")]
