"""The answers of the pack ``planning``, worked out from plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.results import resource, uses
from tests.queries.by_hand.spread import (
    Row,
    above,
    applies,
    by_code,
    days,
    earliest,
    evidence,
    neighbours,
    of_type,
    ranked,
    when,
)
from unionkg.graph.stores.protocol import Relationship

ON_RECORD, ABSENT, NOT_SEEN, NO_MATERIAL = "有记载", "台账确认未开展", "资料未见", "无该地资料"
_STATED = ("stated_start", "own_date", "stated_period")


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


def _told_by(entries: Iterable[Relationship]) -> list[str]:
    """What entries of ledgers say, each with its date."""
    return sorted({f"{tie.properties.get('date', '日期不明')} {tie.properties['status']}" for tie in entries})


def _denials(graph: Plain, region: Key, kind: Key) -> list[Relationship]:
    return [t for t in graph.out(region, "COVERAGE") if t.end == kind and t.properties.get("status") == "未开展"]


def _covered(graph: Plain, region: Key, kind: Key) -> tuple[Any, ...]:
    """State, number of accounts, what ledgers say, and the statements behind it."""
    ties, entries = _applied(graph, region, kind), _entries(graph, region, kind)
    number = graph.accounts(tie.start for tie in ties)
    return _state(graph, region, kind), number, _told_by(entries), evidence(*ties, *entries)


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
    kinds: dict[Key, set[Key]] = defaultdict(set)
    listed = {tie.start for tie in (graph.into(theme, "IN_THEME") if theme else ()) if tie.start[0] == "PracticeType"}
    for tie in graph.into(theme, "IN_THEME") if theme else ():
        for use in graph.out(tie.start, "APPLIED"):
            kinds[use.end].add(use.start)
    shown = sorted(
        listed | kinds.keys(), key=lambda k: (k not in listed, -graph.accounts(kinds[k]), graph.name(k), k[1])
    )
    rows = []
    for region in _wanted(graph, given):
        for kind in shown[: given["types"]]:
            field = graph.name(kind), graph.accounts(kinds[kind])
            row = (*_place(graph, region), *field, *_covered(graph, region, kind))
            if given["state"] in {None, row[4]}:
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
        absent = _denials(graph, region, kind)
        behind = [tie for other in having for tie in recorded[other]]
        which = [str(graph.of(other, "full_name")) for other in having]
        number = len(_around(graph, region))
        rows.append(
            (
                *_place(graph, region),
                state,
                _told_by(absent),
                len(having),
                number,
                which,
                evidence(*absent, *behind),
            )
        )
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
        absent, ever = _denials(graph, region, kind), _on_record(graph, kind).get(region, [])
        confirmed = any(str(tie.properties.get("date", ""))[:4] == str(given["year"]) for tie in absent)
        material = absent or ever or _accounts_of(graph, region)
        counted = [other for other in siblings if _counts(graph, other, given["level"])]
        rows.append(
            (
                *_place(graph, region),
                ABSENT if confirmed else NOT_SEEN if material else NO_MATERIAL,
                _told_by(absent),
                bool(ever),
                len(near),
                len(_around(graph, region)),
                len(under),
                len(counted),
                evidence(*behind.values(), *absent, *ever),
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
    names = {graph.name(group) for group in groups}
    naming: dict[Key, list[Relationship]] = defaultdict(list)
    filed: dict[Key, set[str]] = defaultdict(set)
    for account, printings in _printings(graph).items():
        # What a printing says counts where it applies the type; the place may stand in another one.
        places = [tie.end for case in printings for tie in graph.out(case, "TOOK_PLACE_IN")]
        saying = [case for case in printings if applies(graph, case, given["practice_type"])]
        named = [tie for case in saying for tie in graph.out(case, "SERVED") if tie.end in groups]
        for region in {upper for place in places for upper in above(graph, place)}:
            naming[region] += named
        for case in saying:
            if any(name in graph.name(tie.end) for tie in graph.out(case, "IN_THEME") for name in names):
                for region in {upper for t in graph.out(case, "TOOK_PLACE_IN") for upper in above(graph, t.end)}:
                    filed[region].add(account)
    rows: list[Row] = []
    for region in _wanted(graph, given):
        near = [r for r in neighbours(graph, region) if naming.get(r) and _counts(graph, r)]
        if naming.get(region) or not near:
            continue
        ties = [tie for other in near for tie in naming[other]]
        rows.append(
            (
                *_place(graph, region),
                NOT_SEEN if _accounts_of(graph, region) else NO_MATERIAL,
                len(filed[region]),
                len(near),
                len(_around(graph, region)),
                [str(graph.of(other, "full_name")) for other in near],
                sorted({graph.name(tie.end) for tie in ties}),
                evidence(*ties),
            )
        )
    return rows


def _printings(graph: Plain) -> dict[str, list[Key]]:
    """The accounts, each with its printings."""
    found: dict[str, list[Key]] = defaultdict(list)
    for case in graph.all("PracticeCase"):
        found[str(graph.of(case, "account"))].append(case)
    return found


def _narrower(graph: Plain, group: Key) -> set[Key]:
    return {group}.union(*(_narrower(graph, tie.start) for tie in graph.into(group, "BROADER")))


def ledger_against_documents(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    within, rows = graph.codes(given["region"]), []
    for entry in graph.into(kind, "COVERAGE") if kind else ():
        region, said = entry.start, entry.properties
        if said.get("status") != "未开展" or (within is not None and graph.of(region, "code") not in within):
            continue
        codes = graph.codes(region[1]) or set()
        ties = _applied(graph, region, kind)  # type: ignore[arg-type]
        entries = [
            tie
            for tie in graph.into(kind, "COVERAGE")  # type: ignore[arg-type]
            if tie.properties.get("status") == "开展" and graph.of(tie.start, "code") in codes
        ]
        for difference, behind in (*_documents(graph, ties, said), *_ledgers(entries, said)):
            if behind and given["difference"] in {None, difference}:
                cases = [tie.start for tie in behind if tie.type == "APPLIED"]
                others = [tie for tie in behind if tie.type == "COVERAGE"]
                known = [t.properties["not_after"] for t in behind if "not_after" in t.properties]
                against = sorted({graph.name(case) for case in cases})[:10]
                against += sorted(
                    {
                        " ".join(
                            (
                                str(t.properties["source"]),
                                str(t.properties.get("date", "日期不明")),
                                str(graph.of(t.start, "full_name")),
                                "开展",
                            )
                        )
                        for t in others
                    }
                )[:10]
                row = (
                    *_place(graph, region),
                    difference,
                    said.get("source"),
                    said["status"],
                    said.get("date"),
                    graph.accounts(cases),
                    f"不晚于 {min(known)}" if known else None,
                    against,
                    evidence(entry, *behind),
                )
                rows.append(((row[0], difference, entry.id), row))
    return ranked(rows)


_Differing = tuple[str, list[Relationship]]


def _documents(graph: Plain, ties: list[Relationship], said: Mapping[str, Any]) -> list[_Differing]:
    """What documents say that a ledger's 未开展 does not agree with, or may not."""
    first, last = days(str(said["date"])) if "date" in said else ("", "9999")
    before = [tie for tie in ties if str(tie.properties.get("not_after", "9999")) < first]
    later = {graph.of(tie.start, "account") for tie in ties if str(tie.properties.get("not_before", "")) > last}
    unsure = [tie for tie in ties if graph.of(tie.start, "account") not in later]
    return [("资料此前已有记载", before)] if before else [("资料记载先后不明", unsure)]


def _ledgers(entries: list[Relationship], said: Mapping[str, Any]) -> list[_Differing]:
    before, unsure = [], []
    for tie in entries:
        one, other = tie.properties.get("date"), said.get("date")
        if one and other and (one == other or days(str(one))[1] < days(str(other))[0]):
            before.append(tie)
        elif not one or not other or days(str(one))[0] <= days(str(other))[1]:
            unsure.append(tie)
    return [("台账此前已写开展", before)] if before else [("台账先后不明", unsure)]


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
            earliest and f"不晚于 {earliest}",
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
        basis = "stated_start" if graph.of(case, "started") else main.properties.get("dated_by") if main else None
        records = [] if "period" in said else _records(graph, tie, main)
        theirs = _span(said.get("period")) if "period" in said else earliest(records) if records else (None, None)
        other_basis = "stated_period" if "period" in said else _basis(records)
        deciding = [t for t in records if theirs[1] == when(t)[1] is not None or theirs[0] == when(t)[0] is not None]
        due = "对方在先" if tie.type in _OTHER_FIRST else "不论先后" if tie.type == "PILOTED_AT" else "本例在先"
        stated = basis in _STATED and other_basis in _STATED
        status = _agree(due, ours, theirs, stated, afterwards="period" not in said or due == "本例在先")
        if given["status"] in {None, status}:
            row = (
                status,
                _RELATIONS[tie.type],
                graph.name(case),
                graph.owner_names(case),
                graph.name(main.end) if main else None,
                _told(ours),
                basis,
                said["printed"],
                tie.end[0],
                _told(theirs),
                other_basis,
                due,
                said["intended"],
                said["collective"],
                evidence(tie, *([main] if main else []), *graph.into(case, "INITIATED"), *deciding)
                | ({case} if graph.of(case, "started") else set()),
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


def _records(graph: Plain, tie: Relationship, main: Relationship | None) -> list[Relationship]:
    """What the other side has on record of the same type, in other accounts than this one."""
    if main is None or tie.type not in _WITH_RECORD:
        return []
    account = graph.of(tie.start, "account")
    return [
        one
        for one in graph.into(main.end, "APPLIED")
        if graph.of(one.start, "account") != account
        and (tie.end in graph.owners(one.start) or tie.end in [t.end for t in graph.out(one.start, "TOOK_PLACE_IN")])
    ]


def _basis(records: list[Relationship]) -> Any:
    """What the smallest upper bound rests on."""
    dated = [t.properties for t in records if "not_after" in t.properties]
    first = min(dated, key=lambda p: (p["not_after"], p.get("not_before", "~")), default={})
    return first.get("dated_by")


def _agree(due: str, ours: _Span, theirs: _Span, stated: bool, *, afterwards: bool) -> str:
    """``stated``: the text dates both sides. ``afterwards``: the wrong order would be one."""
    if ours[1] is None or theirs[1] is None:
        return "缺日期"
    this_first = theirs[0] is not None and days(ours[1])[1] < days(theirs[0])[0]
    other_first = ours[0] is not None and days(theirs[1])[1] < days(ours[0])[0]
    if due == "不论先后" or this_first == other_first:
        return "先后不明"
    if other_first == (due == "对方在先"):
        return "相符"
    return "矛盾" if stated and afterwards else "先后不明"


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
