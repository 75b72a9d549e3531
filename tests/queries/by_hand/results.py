"""The answers of the pack ``results``, worked out from plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.queries.by_hand.plain import Key, Parameters, Plain
from tests.queries.by_hand.spread import Row, above, by_code, evidence, neighbours, ranked
from unionkg.graph.stores.protocol import Relationship

_AWARDS = {"award": "获奖", "selection": "入选", "title": "称号"}
_KINDS = ("投入", "产出", "成效", "规模")


def uses(graph: Plain, given: Parameters) -> list[Relationship]:
    """The statements that accounts apply the type asked for, in the role and the region asked for."""
    kind = graph.named("PracticeType", given["practice_type"])
    codes = graph.codes(given.get("region"))
    return [
        tie
        for tie in (graph.into(kind, "APPLIED") if kind else ())
        if given.get("role") in {None, tie.properties["role"]} and graph.took_place(tie.start, codes)
    ]


def places(graph: Plain, case: Key) -> list[str]:
    ends = {tie.end for tie in graph.out(case, "TOOK_PLACE_IN")}
    return [str(graph.of(end, "full_name")) for end in by_code(graph, ends)]


def account(graph: Plain, case: Key) -> str:
    return str(graph.of(case, "account"))


def _counted(graph: Plain, outcome: Key) -> str:
    return {None: "未说明", True: "累计", False: "期内"}[graph.of(outcome, "cumulative")]


def _figures(graph: Plain, cases: Iterable[Key]) -> list[Relationship]:
    return [tie for case in sorted(set(cases)) for tie in graph.out(case, "ACHIEVED")]


def _grouped(
    graph: Plain, told: Iterable[tuple[tuple[Any, ...], Relationship]]
) -> list[tuple[tuple[Any, ...], list[Relationship], list[Any]]]:
    """Figures of equal keys, all with the statements behind them, with the name, unions and regions of the account that
    the first of them stands in.
    """
    by_key: dict[tuple[Any, ...], list[Relationship]] = defaultdict(list)
    for key, tie in told:
        by_key[key].append(tie)
    found = []
    for key, ties in by_key.items():
        case = min(ties, key=lambda tie: tie.end[1]).start
        shown = [*ties, *graph.into(case, "INITIATED"), *graph.out(case, "TOOK_PLACE_IN")]
        found.append((key, shown, [graph.name(case), graph.owner_names(case), places(graph, case)]))
    return found


def _roles(graph: Plain, given: Parameters, ties: Iterable[Relationship], role: str) -> list[Relationship]:
    """The statements that give the account of the first figure its role."""
    case = min((tie for tie in ties if tie.type == "ACHIEVED"), key=lambda tie: tie.end[1]).start
    return [use for use in uses(graph, given) if use.start == case and use.properties["role"] == role]


def _open(*values: Any) -> tuple[Any, ...]:
    """Values as a sorting key, what is not known as nothing."""
    return tuple("" if value is None else value for value in values)


def outcomes(graph: Plain, given: Parameters) -> list[Row]:
    told = []
    for use in uses(graph, given):
        for tie in graph.out(use.start, "ACHIEVED"):
            o = tie.end
            if given["kind"] not in {None, graph.of(o, "kind")} or (given["words"] or "") not in graph.of(
                o, "indicator"
            ):
                continue
            key = (
                use.properties["role"],
                graph.of(o, "indicator"),
                graph.of(o, "unit"),
                graph.of(o, "kind", "未归类"),
                _counted(graph, o),
                graph.of(o, "period"),
                account(graph, tie.start),
                graph.of(o, "value"),
                graph.of(o, "approximate"),
            )
            told.append((key, tie))
    rows = []
    for key, ties, who in _grouped(graph, told):
        behind = evidence(*ties, *_roles(graph, given, ties, key[0]))
        rows.append((_open(*key), (*key[:6], *key[7:], *who, behind)))
    return ranked(rows, given["limit"])


def by_indicator(graph: Plain, given: Parameters) -> list[Row]:
    told = []
    for tie in _figures(graph, graph.all("PracticeCase")):
        o = tie.end
        indicator = graph.of(o, "indicator")
        if given["indicator"] not in indicator or given["unit"] not in {None, graph.of(o, "unit")}:
            continue
        key = (
            indicator,
            graph.of(o, "unit"),
            graph.of(o, "kind", "未归类"),
            _counted(graph, o),
            graph.of(o, "period"),
            account(graph, tie.start),
            graph.of(o, "value"),
            graph.of(o, "approximate"),
            graph.of(o, "baseline"),
            graph.of(o, "claimed_by"),
        )
        told.append((key, tie))
    rows = []
    for key, ties, who in _grouped(graph, told):
        indicator, unit, kind, counted, period, _, value, approximate, baseline, said_by = key
        part = graph.of(min(tie.end for tie in ties if tie.type == "ACHIEVED"), "subset_of")
        whole = graph.name(("Outcome", part)) if part else None
        ties += graph.into(("Outcome", part), "ACHIEVED") if part else []
        order = (*_open(*key[:8]), value if baseline is None else baseline, said_by or "")
        figure = (indicator, unit, kind, counted, period, value, approximate, baseline)
        shown = (*figure, whole, said_by, *who, evidence(*ties))
        rows.append((order, shown))
    return ranked(rows, given["limit"])


def indicators(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
    all_types = given["practice_type"] is None
    for tie in _figures(graph, graph.all("PracticeCase") if all_types else (u.start for u in uses(graph, given))):
        indicator, unit = graph.of(tie.end, "indicator"), graph.of(tie.end, "unit")
        if (given["words"] or "") in indicator and given["unit"] in {None, unit}:
            found[indicator, unit].append(tie)
    rows = []
    for name, ties in found.items():

        def count(counted: str | None = None, ties: list[Relationship] = ties) -> int:
            return graph.accounts(t.start for t in ties if counted in {None, _counted(graph, t.end)})

        kinds = {graph.of(tie.end, "kind") for tie in ties}
        row = (
            *name,
            count(),
            count("累计"),
            count("期内"),
            count("未说明"),
            graph.accounts(tie.start for tie in ties if graph.of(tie.end, "period")),
            [kind for kind in _KINDS if kind in kinds],
            evidence(*ties),
        )
        rows.append(((-count(), *name), row))
    return ranked(rows, given["limit"])


def early_and_late(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    if kind is None or graph.of(kind, "routine"):
        return []
    by_account: dict[str, list[Relationship]] = defaultdict(list)
    for use in uses(graph, given):
        by_account[account(graph, use.start)].append(use)
    told: dict[tuple[Any, ...], dict[tuple[Any, ...], list[Relationship]]] = defaultdict(lambda: defaultdict(list))
    sides = {one: _side(printings, given["year"]) for one, printings in by_account.items()}
    for one, printings in by_account.items():
        for tie in _figures(graph, (use.start for use in printings)):
            o = tie.end
            if given["kind"] in {None, graph.of(o, "kind")}:
                head = (
                    graph.of(o, "indicator"),
                    graph.of(o, "unit"),
                    graph.of(o, "kind", "未归类"),
                    _counted(graph, o),
                )
                told[head][one, graph.of(o, "period", ""), graph.of(o, "value")].append(tie)
    rows = []
    for head, facts in told.items():
        lists: dict[str, tuple[list[float], list[str]]] = {side: ([], []) for side in ("early", "late", "either")}
        for fact in sorted(facts):
            values, names = lists[sides[fact[0]]]
            values.append(fact[2])
            names.append(min(graph.name(use.start) for use in by_account[fact[0]]))
        if not lists["early"][0] and not lists["late"][0]:
            continue
        one_sided = not (lists["early"][0] and lists["late"][0])
        of_each = {"early": 4, "late": 4, "either": 2}
        firsts = [
            min(facts[fact], key=lambda tie: tie.end[1])
            for side, most in of_each.items()
            for fact in [fact for fact in sorted(facts) if sides[fact[0]] == side][:most]
        ]
        dating = [use for uses_ in by_account.values() for use in uses_ if use.start in {tie.start for tie in firsts}]
        if not given["both"] or not one_sided:
            shown = (*head, *lists["early"], *lists["late"], *lists["either"], evidence(*firsts, *dating))
            rows.append(((one_sided, *head), shown))
    return ranked(rows, given["limit"])


def _side(printings: Iterable[Relationship], year: int) -> str:
    """Whether an account began by the end of a year, after it, or may have done either; its printings may disagree."""
    bounds = [(use.properties.get("not_before"), use.properties.get("not_after")) for use in printings]
    by_then = any(isinstance(upper, str) and int(upper[:4]) <= year for _, upper in bounds)
    after = any(isinstance(lower, str) and int(lower[:4]) > year for lower, _ in bounds)
    if by_then == after:
        return "either"
    return "early" if by_then else "late"


def before_and_after(graph: Plain, given: Parameters) -> list[Row]:
    told = []
    for tie in _figures(graph, (use.start for use in uses(graph, given))):
        o = tie.end
        if graph.of(o, "baseline") is not None:
            told.append(
                (
                    (
                        graph.of(o, "indicator"),
                        graph.of(o, "unit"),
                        account(graph, tie.start),
                        graph.of(o, "baseline"),
                        graph.of(o, "value"),
                        graph.of(o, "period"),
                    ),
                    tie,
                )
            )
    rows = []
    for key, ties, who in _grouped(graph, told):
        indicator, unit, _, old, new, period = key
        direction = "持平" if old == new else "升" if old < new else "降"
        rows.append((_open(*key), (indicator, unit, old, new, direction, period, *who, evidence(*ties))))
    return ranked(rows, given["limit"])


def resource(unit: str) -> str:
    return "人" if unit[0] == "人" else "财" if unit[-1] == "元" else "物"


def inputs(graph: Plain, given: Parameters) -> list[Row]:
    told = []
    for use in uses(graph, given):
        for tie in graph.out(use.start, "ACHIEVED"):
            o = tie.end
            if graph.of(o, "kind") == "投入":
                unit = graph.of(o, "unit")
                key = (
                    resource(unit),
                    use.properties["role"],
                    graph.of(o, "indicator"),
                    unit,
                    account(graph, tie.start),
                    graph.of(o, "value"),
                    _counted(graph, o),
                    graph.of(o, "period"),
                    graph.of(o, "approximate"),
                )
                told.append((key, tie))
    rows = []
    for key, ties, who in _grouped(graph, told):
        what, role, indicator, unit, _, value, counted, period, approximate = key
        behind = evidence(*ties, *_roles(graph, given, ties, role))
        rows.append((_open(*key), (what, indicator, value, unit, approximate, counted, period, role, *who, behind)))
    return ranked(rows, given["limit"])


def honours(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[tuple[Any, ...], list[Key]] = defaultdict(list)
    for use in uses(graph, given):
        for tie in graph.out(use.start, "RECEIVED"):
            said = tie.properties
            kind = _AWARDS.get(str(said.get("kind")), "未说明")
            if given["kind"] in {None, kind} and given["level"] in {None, said.get("level")}:
                key = (kind, graph.name(tie.end), tie.end[1], account(graph, use.start), use.properties["role"])
                details = tuple(said.get(name) for name in ("issuer", "level", "grade", "year"))
                found[*key, *details].append(use.start)
    rows = []
    for key, cases in found.items():
        kind, honour, award, _, role, *details = key
        case = min(cases)
        behind = [tie for one in cases for tie in graph.out(one, "RECEIVED") if tie.end[1] == award]
        behind += [use for use in uses(graph, given) if use.start == case and use.properties["role"] == role]
        behind += [*graph.into(case, "INITIATED"), *graph.out(case, "TOOK_PLACE_IN")]
        row = (kind, honour, *details, role, graph.name(case), graph.owner_names(case), places(graph, case))
        rows.append((_open(*key), (*row, evidence(*behind))))
    return ranked(rows, given["limit"])


def awards(graph: Plain, given: Parameters) -> list[Row]:
    rows = []
    for award in graph.all("Award"):
        kind = _AWARDS.get(str(graph.of(award, "kind")), "未说明")
        level = graph.of(award, "level")
        if given["kind"] not in {None, kind} or given["level"] not in {None, level}:
            continue
        ties = graph.into(award, "RECEIVED")
        details = [graph.of(award, name) for name in ("issuer", "level", "grade", "year")]
        counts = graph.accounts(tie.start for tie in ties), len({tie.properties["document"] for tie in ties})
        row = (kind, graph.name(award), *details, *counts, evidence(*ties))
        rows.append(((kind, level or "", graph.name(award), award[1]), row))
    return ranked(rows, given["limit"])


def followers_of_honoured(graph: Plain, given: Parameters) -> list[Row]:
    kind = graph.named("PracticeType", given["practice_type"])
    if kind is None or graph.of(kind, "routine"):
        return []
    first: dict[str, tuple[str, str, str, str]] = {}
    for use in uses(graph, given):
        (reported,) = graph.out(use.start, "REPORTED_IN")
        for tie in graph.out(use.start, "RECEIVED"):
            if year := _honoured_by(tie, graph.of(reported.end, "published")):
                honour = (year, graph.name(tie.end), use.start[1], tie.id)
                first[account(graph, use.start)] = min(first.get(account(graph, use.start), honour), honour)
    chosen = sorted((honour[0], one) for one, honour in first.items())[: given["honoured"]]
    found: dict[tuple[Any, ...], list[tuple[str, Relationship]]] = defaultdict(list)
    later = [tie for tie in graph.into(kind, "APPLIED") if "not_before" in tie.properties]
    for year, one in chosen:
        case = ("PracticeCase", first[one][2])
        near = {other for region in _at(graph, case, given["level"]) for other in neighbours(graph, region)}
        over = _superiors(graph, case)
        for tie in later:
            if tie.properties["not_before"] <= f"{year}-12-31":  # type: ignore[operator]
                continue
            if set(graph.owners(case)) & set(graph.owners(tie.start)):
                continue
            same = [
                use for use in graph.into(kind, "APPLIED") if account(graph, use.start) == account(graph, tie.start)
            ]
            if any(str(use.properties.get("not_after", "9999")) <= f"{year}-12-31" for use in same):
                continue
            links = [
                ("相邻地区", str(graph.of(r, "full_name"))) for r in _at(graph, tie.start, given["level"]) if r in near
            ]
            links += [
                ("同一上级（块）" if line == "territorial" else "同一上级（条）", graph.name(union))
                for line, union in _superiors(graph, tie.start) & over
            ]
            for link in links:
                found[one, link, account(graph, tie.start)].append((tie.start[1], tie))
    rows = []
    for (one, link, other), ties in found.items():
        _, tie = min(ties, key=lambda one: (one[0], one[1].id))
        lower, upper = tie.properties["not_before"], tie.properties.get("not_after")
        began = f"{lower}/{upper}" if upper else f"{lower} 起"
        year, honour, printing, statement = first[one]
        case = ("PracticeCase", printing)
        row = (graph.name(case), honour, year, *link, graph.name(tie.start), began, tie.properties["dated_by"])
        near = link[0] == "相邻地区"
        where = [
            t
            for g in (case, tie.start)
            for t in (graph.out(g, "TOOK_PLACE_IN") if near else graph.into(g, "INITIATED"))
        ]
        rows.append(((year, case[1], *link, began, other), (*row, evidence(tie, *where) | {("RECEIVED", statement)})))
    return ranked(rows, given["limit"])


def _honoured_by(tie: Relationship, published: str | None) -> str | None:
    """The year by which an honour was given; one for a year may have been given in the next one."""
    year = tie.properties.get("year")
    if not isinstance(year, str):
        return published[:4] if published else None
    if "年度" not in str(tie.properties["printed"]):
        return year[:4]
    return min(str(int(year[:4]) + 1), published[:4] if published else "9999")


def _at(graph: Plain, case: Key, level: str) -> set[Key]:
    """The regions of a level that an account took place in."""
    found = {end for tie in graph.out(case, "TOOK_PLACE_IN") for end in above(graph, tie.end)}
    return {region for region in found if graph.of(region, "level") == level}


def _superiors(graph: Plain, case: Key) -> set[tuple[str, Key]]:
    return {
        (str(tie.properties["line"]), tie.end)
        for union in graph.owners(case)
        for tie in graph.out(union, "SUBORDINATE_TO")
    }


def who_reports(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[str, dict[tuple[Any, ...], list[Relationship]]] = defaultdict(lambda: defaultdict(list))
    for tie in _figures(graph, (use.start for use in uses(graph, given))):
        o = tie.end
        fact = (account(graph, tie.start), graph.name(o), graph.of(o, "period"))
        found[graph.of(o, "claimed_by", "案例自述")][fact].append(tie)
    everything = sum(map(len, found.values()))
    rows = []
    for said_by, facts in found.items():
        firsts = [min(ties, key=lambda tie: tie.end[1]) for ties in facts.values()]
        row = (said_by, len(facts), everything, len({fact[0] for fact in facts}), evidence(*firsts))
        rows.append(((-len(facts), said_by), row))
    return ranked(rows)


def groups_served(graph: Plain, given: Parameters) -> list[Row]:
    cases = {use.start for use in uses(graph, given)}
    rows = []
    for group in graph.all("TargetGroup"):
        ties = [tie for tie in graph.into(group, "SERVED") if tie.start in cases]
        naming = {account(graph, tie.start) for tie in ties}
        filed = [
            tie
            for case in cases
            for tie in graph.out(case, "IN_THEME")
            if account(graph, case) not in naming and graph.name(group) in graph.name(tie.end)
        ]
        if not ties and not filed:
            continue
        called = sorted(ties, key=lambda tie: (tie.start[1], tie.properties["surface"]))
        row = (
            graph.name(group),
            len(naming),
            list(dict.fromkeys(tie.properties["surface"] for tie in called))[:10],
            max((graph.name(tie.end) for tie in filed), default=None),
            graph.accounts(tie.start for tie in filed),
            evidence(*ties, *filed),
        )
        rows.append(((-row[1], -row[4], row[0]), row))  # type: ignore[operator]
    return ranked(rows)


def contradictions(graph: Plain, given: Parameters) -> list[Row]:
    figures: dict[str, list[Relationship]] = defaultdict(list)
    for tie in _figures(graph, (use.start for use in uses(graph, given))):
        figures[account(graph, tie.start)].append(tie)
    found: dict[tuple[Any, ...], list[Relationship]] = defaultdict(list)
    for one, ties in figures.items():
        for tie in ties:
            for other in ties:
                if (check := _check(graph, tie, other)) and given["check"] in {None, check}:
                    key = (
                        check,
                        one,
                        *_figure(graph, tie.end),
                        graph.of(tie.end, "period"),
                        *_figure(graph, other.end),
                    )
                    found[key] += [tie, other]
    rows = []
    for (check, one, indicator, value, unit, period, *against), ties in found.items():
        name = min(graph.name(tie.start) for tie in figures[one])
        alone = check == "比率超过百分之百"
        shown = (check, name, unit, indicator, value, period, *([None] * 3 if alone else against), evidence(*ties))
        rows.append(((check, one, indicator, value, against[1], period or ""), shown))
    return ranked(rows)


def _figure(graph: Plain, outcome: Key) -> tuple[str, float, str]:
    return graph.of(outcome, "indicator"), graph.of(outcome, "value"), graph.of(outcome, "unit")


def _check(graph: Plain, tie: Relationship, against: Relationship) -> str | None:
    """What is wrong with a figure beside another one, or by itself."""
    one, other = tie.end, against.end
    (name, value, unit), (other_name, other_value, other_unit) = _figure(graph, one), _figure(graph, other)
    if one == other:
        rate = unit == "%" and name.endswith("率") and "增" not in name and "完成" not in name
        return "比率超过百分之百" if rate and value > 100 else None
    periods = {graph.of(one, "period"), graph.of(other, "period")}
    kinds = {graph.of(one, "cumulative"), graph.of(other, "cumulative")}
    if len(periods - {None}) > 1:
        return None
    rough = graph.of(one, "approximate") or graph.of(other, "approximate")
    near = 1.1 if rough else 1.0
    if graph.of(one, "subset_of") == other[1] and unit == other_unit and len(kinds - {None}) < 2:
        return "部分大于整体" if value > other_value * near else None
    told = None not in periods | kinds and len(kinds) == 1
    alike = [(*_figure(graph, o)[::2], graph.of(o, "claimed_by"), graph.of(o, "subset_of")) for o in (one, other)]
    if told and alike[0] == alike[1] and value * near < other_value:
        return "同一指标两个数"
    old = graph.of(one, "baseline")
    growth = other_unit == "%" and other_name.startswith(name) and any(w in other_name for w in ("增", "升", "提高"))
    beside = tie.start == against.start and abs(_place(tie) - _place(against)) < 60
    if not (old and old > 0 and unit != "%" and growth and (None not in periods or beside)):
        return None
    return "增幅不符" if abs((value - old) / old * 100 - other_value) > (10 if rough else 1) else None


def _place(tie: Relationship) -> int:
    """Where in the document the first quote of a statement stands."""
    return tie.properties["starts"][0]  # type: ignore[index,return-value]
