"""What the pack ``timeline`` should answer, worked out from the projection without Cypher.

Adoptions are worked out from accounts and their dates anew, not read off the derived relationships.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.queries.by_hand.plain import Expected, Key, Parameters, Plain, distinct, known, overlaps, said, years
from unionkg.graph.stores.protocol import Relationship

_LEVELS = ("national", "provincial", "prefecture", "county", "township", "community", "grassroots")
_SPREAD = (
    "LEARNED_FROM",
    "PILOT_ASSIGNED_BY",
    "PILOTED_AT",
    "PROMOTED_BY",
    "SCALED_TO",
    "REPLICATED_IN",
    "RECOGNISED_BY",
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """When a union took up a practice type: ``lower`` is None where it may be older than all we know."""

    union: Key
    lower: str | None
    upper: str | None
    basis: str | None
    ties: tuple[Relationship, ...]

    @property
    def interval(self) -> str:
        return f"{self.lower}/{self.upper}" if self.lower else f"不晚于 {self.upper}"

    def bounding(self) -> list[Relationship]:
        """The statements that give one of the bounds."""
        return [
            tie
            for tie in self.ties
            if (self.upper and tie.properties.get("not_after") == self.upper)
            or (self.lower and tie.properties.get("not_before") == self.lower)
        ]


def _date(tie: Relationship, name: str) -> Any:
    return tie.properties.get(name)


def _type(graph: Plain, name: str | None, *, routine: bool = False) -> Key | None:
    found = graph.named("PracticeType", name) if name else None
    return found if found and (routine or not graph.of(found, "routine")) else None


def adoptions(graph: Plain, practice_type: Key | None, codes: set[str] | None = None) -> list[Adoption]:
    """Every union's adoption of a type, of unions based in some regions."""
    by_union: dict[Key, list[Relationship]] = defaultdict(list)
    for tie in graph.into(practice_type, "APPLIED") if practice_type else ():
        for union in graph.owners(tie.start):
            if codes is None or graph.of(union, "region") in codes:
                by_union[union].append(tie)
    return [_adoption(union, ties) for union, ties in by_union.items()]


def _adoption(union: Key, ties: list[Relationship]) -> Adoption:
    lowers = [_date(tie, "not_before") for tie in ties]
    dated = sorted(
        (_date(t, "not_after"), _date(t, "not_before") is None, _date(t, "dated_by"))
        for t in ties
        if _date(t, "not_after")
    )
    upper, _, basis = dated[0] if dated else (None, None, None)
    return Adoption(union, None if None in lowers else min(lowers), upper, basis, tuple(ties))


def _in_order(graph: Plain, found: Iterable[Adoption]) -> list[Adoption]:
    return sorted(
        (a for a in found if a.upper), key=lambda a: (a.upper, a.lower or "", graph.name(a.union), a.union[1])
    )


def earliest_records(graph: Plain, given: Parameters) -> Expected:
    kind = _type(graph, given["practice_type"])
    found = [
        a
        for a in _in_order(graph, adoptions(graph, kind, graph.codes(given["region"])))
        if overlaps(a.lower, str(a.upper), given["years"])
    ]
    rows: Expected = []
    for one in found[: given["limit"]]:
        by_account: dict[str, list[Relationship]] = defaultdict(list)
        for tie in sorted(one.bounding(), key=lambda t: (_date(t, "not_after"), t.start[1])):
            by_account[graph.of(tie.start, "account")].append(tie)
        for ties in by_account.values():
            rows.append(
                (
                    graph.name(one.union),
                    graph.of(one.union, "level"),
                    _region_of(graph, one.union),
                    one.interval,
                    _date(ties[0], "dated_by"),
                    graph.name(ties[0].start),
                    [key for tie in ties for key in _dating(graph, tie, str(one.upper))],
                )
            )
    return rows


def _dating(graph: Plain, tie: Relationship, upper: str) -> list[Key]:
    """The statements that date an account: its own, its stated start, its honours."""
    evidence, basis = said([tie]), _date(tie, "dated_by")
    if basis == "stated_start":
        evidence.append(tie.start)
    if basis == "award":
        honours = graph.out(tie.start, "RECEIVED")
        evidence += said([h for h in honours if _date(h, "year") and upper.startswith(_date(h, "year"))][:3])
    return evidence


def _region_of(graph: Plain, union: Key) -> str | None:
    return next((graph.of(t.end, "full_name") for t in graph.out(union, "BASED_IN")), None)


def adopters_by_level(graph: Plain, given: Parameters) -> Expected:
    found = adoptions(graph, _type(graph, given["practice_type"]), graph.codes(given["region"]))
    rows: Expected = []
    for level in [*_LEVELS, None]:
        here = [a for a in found if graph.of(a.union, "level") == level]
        for year in sorted({int(a.upper[:4]) for a in here if a.upper}):
            new = [a for a in here if a.upper and int(a.upper[:4]) == year]
            ties: list[Relationship] = []
            for one in sorted(new, key=lambda a: a.union[1]):
                ties += [t for t in one.ties if _date(t, "not_after") == one.upper]
            if given["years"][0] <= year <= given["years"][1]:
                rows.append(
                    (
                        level,
                        year,
                        len(new),
                        sum(a.basis in {"stated_start", "own_date"} for a in new),
                        sum(int(a.upper[:4]) <= year for a in here if a.upper),
                        sum(a.lower is None or int(a.lower[:4]) <= year for a in here),
                        list(distinct(said(ties)))[:20],
                    )
                )
    return rows


def speed(graph: Plain, given: Parameters) -> Expected:
    k, rows = given["k"], []
    for kind in graph.all("PracticeType"):
        if graph.of(kind, "routine") or not _in_theme(graph, kind, given["theme"]):
            continue
        if given["practice_type"] not in {None, graph.name(kind)}:
            continue
        found = adoptions(graph, kind)
        bounded = [a for a in found if a.lower and a.upper]
        if len(bounded) < k or k < 1:
            continue
        lowers, uppers = sorted(str(a.lower) for a in bounded), sorted(str(a.upper) for a in bounded)
        ends = {lowers[0], lowers[k - 1]}, {uppers[0], uppers[k - 1]}
        ties = {t.id: t for a in bounded if a.lower in ends[0] or a.upper in ends[1] for t in a.bounding()}.values()
        rows.append(
            (
                graph.name(kind),
                len(found),
                len(bounded),
                f"{lowers[0]}/{uppers[0]}",
                f"{lowers[k - 1]}/{uppers[k - 1]}",
                max(0, int(lowers[k - 1][:4]) - int(uppers[0][:4])),
                0 if k == 1 else int(uppers[k - 1][:4]) - int(lowers[0][:4]),
                said(sorted(ties, key=lambda t: (_date(t, "not_after"), t.id)))[:20],
            )
        )
    return sorted(rows)


def _in_theme(graph: Plain, key: Key, theme: str | None) -> bool:
    return theme is None or any(graph.name(t.end) == theme for t in graph.out(key, "IN_THEME"))


def lags(graph: Plain, given: Parameters) -> Expected:
    found = adoptions(graph, _type(graph, given["practice_type"]), graph.codes(given["region"]))
    bounded = [a for a in found if a.lower and a.upper]
    if not bounded:
        return []
    first_upper = min(str(a.upper) for a in bounded)
    rows: Expected = []
    for one in _in_order(graph, found)[: given["limit"]]:
        others = [a for a in bounded if a is not one]
        least = max(0, int(one.lower[:4]) - int(first_upper[:4])) if one.lower else None
        most = int(str(one.upper)[:4]) - int(min(str(a.lower) for a in others)[:4]) if others else 0
        rows.append(
            (
                graph.name(one.union),
                graph.of(one.union, "level"),
                one.interval,
                one.basis,
                least,
                max(0, most) if one.lower else most,
                said(one.bounding())[:20],
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is known of one region and a practice type."""

    region: Key
    kind: str
    earliest: str | None
    ties: list[Relationship]
    entries: list[Relationship]
    later: bool
    denied: list[str]


def _cells(graph: Plain, given: Parameters) -> list[_Cell]:
    kind = _type(graph, given["practice_type"], routine=True)
    within, year = graph.codes(given["region"]), given["year"]
    by_code: dict[str, list[Relationship]] = defaultdict(list)
    told: set[str] = set()
    for case in graph.all("PracticeCase"):
        for place in graph.out(case, "TOOK_PLACE_IN"):
            code = graph.of(place.end, "code")
            told.add(code)
            by_code[code] += [t for t in graph.out(case, "APPLIED") if t.end == kind]
    cells = []
    for region in sorted(graph.all("Region"), key=lambda r: graph.of(r, "code")):
        code = graph.of(region, "code")
        counted = graph.of(region, "counted") and graph.of(region, "valid_to") is None
        if graph.of(region, "level") != given["level"] or not counted or not (within is None or code in within):
            continue
        codes = graph.codes(region[1]) or set()
        ties = [t for one in codes for t in by_code.get(one, ())]
        in_time = [
            t for t in ties if year is None or (_date(t, "not_after") and int(_date(t, "not_after")[:4]) <= year)
        ]
        earliest = min((_date(t, "not_after") for t in in_time if _date(t, "not_after")), default=None)
        entries = [
            v
            for one in codes
            for v in graph.out(("Region", f"region:{one}"), "COVERAGE")
            if v.end == kind and (v.properties["status"] == "开展" or one == code)
        ]
        carried_out = [v for v in entries if v.properties["status"] == "开展"]
        denied = [v for v in entries if v.properties["status"] == "未开展"]
        if in_time or any(year is None or _year(v, 9999) <= year for v in carried_out):
            word = "有记载"
        elif any(year is None or _year(v, 0) == year for v in denied):
            word = "台账确认未开展"
        else:
            word = "资料未见" if codes & told or entries else "无该地资料"
        firsts = {t.id: t for t in in_time if _date(t, "not_after") == earliest}.values()
        entries.sort(key=lambda v: (v.start[1], known(_date(v, "date")), v.id))
        cells.append(
            _Cell(
                region,
                word,
                earliest,
                sorted(firsts, key=lambda t: t.id),
                entries,
                bool(ties or carried_out) and word != "有记载",
                [_date(v, "date") or "日期不明" for v in denied],
            )
        )
    return cells


def _year(entry: Relationship, unknown: int) -> int:
    """The year of which a ledger's entry speaks."""
    return int((_date(entry, "date") or str(unknown))[:4])


def coverage(graph: Plain, given: Parameters) -> Expected:
    if _type(graph, given["practice_type"], routine=True) is None:
        return []
    cells = sorted(_cells(graph, given), key=lambda c: (known(c.earliest), graph.of(c.region, "code")))
    rows: Expected = []
    for word in ("有记载", "台账确认未开展", "资料未见", "无该地资料"):
        these = [c for c in cells if c.kind == word]
        ties = {t.id: t for c in these[:20] for t in c.ties}.values()
        entries = [v for c in these for v in c.entries]
        rows.append(
            (
                word,
                len(these),
                len(cells),
                sum(c.later for c in these),
                f"不晚于 {these[0].earliest}" if these and these[0].earliest else None,
                sum(bool(c.denied) for c in these),
                sorted({date for c in these for date in c.denied}),
                (said(sorted(ties, key=lambda t: (known(_date(t, "not_after")), t.id)))[:20] + said(entries)[:20])[:20],
            )
        )
    return rows if cells else []


def _of_accounts(graph: Plain, ties: Iterable[Relationship]) -> list[Relationship]:
    """Of several printings of one account the statement that says earliest."""
    first: dict[str, Relationship] = {}
    for tie in sorted(ties, key=lambda t: (known(_date(t, "not_after")), known(_date(t, "not_before")), t.id)):
        first.setdefault(graph.of(tie.start, "account"), tie)
    return sorted(first.values(), key=lambda t: t.id)


def by_year(graph: Plain, given: Parameters) -> Expected:
    kind, codes = _type(graph, given["practice_type"]), graph.codes(given["region"])
    ties = graph.into(kind, "APPLIED") if kind else []
    told = _of_accounts(graph, [t for t in ties if _date(t, "not_after") and graph.took_place(t.start, codes)])
    unions = [a for a in adoptions(graph, kind, codes) if a.upper]
    rows: Expected = []
    for year in sorted({int(_date(t, "not_after")[:4]) for t in told} | {int(str(a.upper)[:4]) for a in unions}):
        here = [t for t in told if int(_date(t, "not_after")[:4]) == year]
        begins = Counter(_date(t, "not_before") and int(_date(t, "not_before")[:4]) for t in here)
        first = [a for a in unions if int(str(a.upper)[:4]) == year]
        ties = [
            t for a in sorted(first, key=lambda a: a.union[1])[:10] for t in a.ties if _date(t, "not_after") == a.upper
        ]
        dating = sorted({t.id: t for t in ties}.values(), key=lambda t: t.id)[:10]
        if given["years"][0] <= year <= given["years"][1]:
            rows.append(
                (
                    year,
                    begins[year],
                    len(here) - begins[year] - begins[None],
                    begins[None],
                    sum(a.lower is not None for a in first),
                    sum(a.lower is None for a in first),
                    list(distinct(said([*dating, *here[:20]])))[:20],
                )
            )
    return rows


def dating(graph: Plain, given: Parameters) -> Expected:
    kind, codes = _type(graph, given["practice_type"], routine=True), graph.codes(given["region"])
    ties = graph.into(kind, "APPLIED") if kind else []
    told = _of_accounts(graph, [t for t in ties if graph.took_place(t.start, codes)])
    rows: Expected = []
    for basis in ("stated_start", "own_date", "award", "publication", None):
        for role in ("main", "part"):
            here = [t for t in told if (_date(t, "dated_by"), _date(t, "role")) == (basis, role)]
            uppers = [_date(t, "not_after") for t in here if _date(t, "not_after")]
            if here:
                first = f"不晚于 {min(uppers)}" if uppers else None
                rows.append((basis, role, len(here), first, max(uppers, default=None), said(here)[:20]))
    return rows


def _printed(graph: Plain, tie: Relationship) -> list[Relationship]:
    """The statements of all printings of an account that it applies the same type."""
    account = graph.of(tie.start, "account")
    return [other for other in graph.into(tie.end, "APPLIED") if graph.of(other.start, "account") == account]


def undated(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for case in graph.all("PracticeCase"):
        ties = [
            t
            for t in graph.out(case, "APPLIED")
            if not _date(t, "not_after")
            and given["practice_type"] in {None, graph.name(t.end)}
            and not any(_date(o, "not_after") for o in _printed(graph, t))
        ]
        document = ("Document", graph.of(case, "document"))
        title = graph.of(document, "title")
        if ties and (given["document"] is None or given["document"] in title):
            ties.sort(key=lambda t: (graph.name(t.end), t.id))
            why = "start_of_main_only" if graph.of(case, "started") else "nothing_dated"
            row = (
                title,
                graph.name(case),
                graph.owner_names(case),
                [graph.name(t.end) for t in ties],
                why,
                said(ties)[:20],
            )
            rows.append(((title, document[1], graph.of(case, "first_line"), case[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def first_claims(graph: Plain, given: Parameters) -> Expected:
    codes, told = graph.codes(given["region"]), defaultdict(list)
    for case in graph.all("PracticeCase"):
        applied = {graph.name(t.end) for t in graph.out(case, "APPLIED")}
        if (
            (given["practice_type"] is not None and given["practice_type"] not in applied)
            or not _in_theme(graph, case, given["theme"])
            or not graph.took_place(case, codes)
        ):
            continue
        for tie in graph.out(case, "CLAIMED_FIRST"):
            told[graph.of(case, "account"), _date(tie, "scope"), _date(tie, "printed")].append(tie)
    rows = []
    for (_, scope, claim), ties in told.items():
        case, region = ties[0].start, _date(ties[0], "region")
        row = (
            scope,
            graph.of(("Region", f"region:{region}"), "full_name") if region else None,
            claim,
            graph.name(ties[0].end),
            graph.owner_names(case),
            graph.name(case),
            graph.of(case, "started"),
            said(ties) + [t.start for t in ties if graph.of(t.start, "started")] + _owning(graph, case),
        )
        rows.append(((scope, claim, row[5], case[1], ties[0].id), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _owning(graph: Plain, case: Key) -> list[Key]:
    """The statements whose account it is."""
    ties = graph.into(case, "INITIATED")
    return said(sorted(ties, key=lambda t: (graph.name(t.start), t.start[1], t.id)))


def _spread(graph: Plain, case: Key) -> list[tuple[str, Relationship]]:
    """Dated honours and statements of diffusion of an account."""
    return [
        (str(period), tie)
        for tie in graph.out(case, *_SPREAD, "RECEIVED")
        if (period := _date(tie, "year" if tie.type == "RECEIVED" else "period"))
    ]


def _other(graph: Plain, tie: Relationship) -> str:
    return str(_date(tie, "printed") or graph.name(tie.end))


@dataclass(frozen=True, slots=True)
class _Event:
    """Something dated: of which account (none for a policy), and what else its row says before the other end."""

    period: str
    event: str
    id: str
    case: Key | None
    about: tuple[Any, ...]
    other: str | None
    evidence: tuple[Key, ...]


def type_history(graph: Plain, given: Parameters) -> Expected:
    kind, codes = _type(graph, given["practice_type"]), graph.codes(given["region"])
    if kind is None:
        return []
    words, found = [graph.name(kind), *graph.of(kind, "aliases", ())], []
    for tie in graph.into(kind, "APPLIED"):
        case, role, basis = tie.start, _date(tie, "role"), _date(tie, "dated_by")
        if not graph.took_place(case, codes):
            continue
        about = role, graph.name(case), graph.owner_names(case)
        if basis == "stated_start":
            found.append(_Event(graph.of(case, "started"), "STARTED", tie.id, case, about, None, (case, *said([tie]))))
        if basis == "own_date":
            days = dict.fromkeys((_date(tie, "not_before"), _date(tie, "not_after")))
            found.append(_Event("/".join(days), "OWN_DATE", tie.id, case, about, None, tuple(said([tie]))))
        for period, event in _spread(graph, case):
            if role == "main" or any(word in quote for word in words for quote in event.properties["quotes"]):
                other = _other(graph, event)
                found.append(_Event(period, event.type, event.id, case, about, other, tuple(said([event]))))
    for tie in graph.into(kind, "CONCERNS") if codes is None else ():
        for name, event in (("issued", "ISSUED"), ("deadline", "DEADLINE")):
            if period := graph.of(tie.start, name):
                issuer = graph.of(tie.start, "issuer")
                about = None, None, [issuer] if issuer else []
                found.append(_Event(period, event, tie.id, None, about, graph.name(tie.start), tuple(said([tie]))))
    rows = _dated(graph, found, given)
    return [(e.period, e.event, *e.about, e.other, evidence) for e, evidence in rows]


def _dated(graph: Plain, found: Iterable[_Event], given: Parameters) -> list[tuple[_Event, list[Key]]]:
    """What happened in the years asked for, printings of one account together, with the evidence of all."""
    same: dict[Any, list[_Event]] = defaultdict(list)
    for one in sorted(found, key=lambda e: (e.period.split("/")[-1], e.period, e.case or ("", ""), e.id)):
        account = graph.of(one.case, "account") if one.case else one.id
        began = one.event in {"STARTED", "OWN_DATE"}
        where = one.id if one.event == "REPORTED" else "" if began else f"{one.period} {one.other}"
        same[account, one.about[0], one.event, where].append(one)
    (first, last), kept = given["years"], []
    for events in same.values():
        one = events[0]
        begin, end = years(one.period)
        if end >= first and begin <= last:
            owning = _owning(graph, one.case) if one.case else []
            kept.append((one, [*(key for e in events for key in e.evidence), *owning]))
    # A practice is told by name and id before the statement.
    kept.sort(key=lambda pair: (pair[0].period, pair[0].event, *_practice_of(graph, pair[0]), pair[0].id))
    return kept[: given["limit"]]


def _practice_of(graph: Plain, event: _Event) -> tuple[str, str]:
    about = event.about[0]
    return (graph.name(about), about[1]) if isinstance(about, tuple) else ("", "")


def practice_history(graph: Plain, given: Parameters) -> Expected:
    found = []
    for practice in graph.all("Practice"):
        if not any(given["practice"] in name for name in (graph.name(practice), *graph.of(practice, "aliases", ()))):
            continue
        for tie in graph.into(practice, "INTRODUCED", "INCLUDED"):
            case = tie.start
            about = practice, graph.name(case), graph.owner_names(case)
            if tie.type == "INTRODUCED":
                if started := graph.of(case, "started"):
                    found.append(_Event(started, "STARTED", tie.id, case, about, None, (*said([tie]), case)))
                for period, event in _spread(graph, case):
                    other = _other(graph, event)
                    found.append(_Event(period, event.type, event.id, case, about, other, tuple(said([event, tie]))))
            document = ("Document", graph.of(case, "document"))
            if published := graph.of(document, "published"):
                title = graph.of(document, "title")
                found.append(_Event(published, "REPORTED", tie.id, case, about, title, tuple(said([tie]))))
    rows = _dated(graph, found, given)
    return [(e.period, e.event, graph.name(e.about[0]), *e.about[1:], e.other, evidence) for e, evidence in rows]
