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
    """Figures of equal keys with the name, unions and regions of the account that the first of them stands in."""
    by_key: dict[tuple[Any, ...], list[Relationship]] = defaultdict(list)
    for key, tie in told:
        by_key[key].append(tie)
    found = []
    for key, ties in by_key.items():
        case = min(ties, key=lambda tie: tie.end[1]).start
        found.append((key, ties, [graph.name(case), graph.owner_names(case), places(graph, case)]))
    return found


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
    rows = [(_open(*key), (*key[:6], *key[7:], *who, evidence(*ties))) for key, ties, who in _grouped(graph, told)]
    return ranked(rows, given["limit"])


def by_indicator(graph: Plain, given: Parameters) -> list[Row]:
    told = []
    for tie in _figures(graph, graph.all("PracticeCase")):
        o = tie.end
        if graph.of(o, "indicator") != given["indicator"] or given["unit"] not in {None, graph.of(o, "unit")}:
            continue
        key = (
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
        unit, kind, counted, period, _, value, approximate, baseline, said_by = key
        part = graph.of(min(tie.end for tie in ties), "subset_of")
        whole = graph.name(("Outcome", part)) if part else None
        order = (*_open(*key[:7]), value if baseline is None else baseline, said_by or "")
        shown = (unit, kind, counted, period, value, approximate, baseline, whole, said_by, *who, evidence(*ties))
        rows.append((order, shown))
    return ranked(rows, given["limit"])


def indicators(graph: Plain, given: Parameters) -> list[Row]:
    found: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
    for tie in _figures(graph, (use.start for use in uses(graph, given))):
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
    last = f"{given['year']}-12-31"
    told: dict[tuple[Any, ...], dict[tuple[Any, ...], list[Relationship]]] = defaultdict(lambda: defaultdict(list))
    for use in uses(graph, given):
        early = use.properties.get("not_after", "9999") <= last  # type: ignore[operator]
        if not early and use.properties.get("not_before", "") <= last:  # type: ignore[operator]
            continue
        for tie in graph.out(use.start, "ACHIEVED"):
            o = tie.end
            if given["kind"] in {None, graph.of(o, "kind")}:
                head = (
                    graph.of(o, "indicator"),
                    graph.of(o, "unit"),
                    graph.of(o, "kind", "未归类"),
                    _counted(graph, o),
                )
                fact = (account(graph, use.start), graph.of(o, "period", ""), graph.of(o, "value"), early)
                told[head][fact].append(tie)
    rows = []
    for head, facts in told.items():
        sides: dict[bool, tuple[list[float], list[str]]] = {True: ([], []), False: ([], [])}
        for fact in sorted(facts, key=lambda f: (*f[:3], min(t.end[1] for t in facts[f]))):
            sides[fact[3]][0].append(fact[2])
            sides[fact[3]][1].append(min(graph.name(tie.start) for tie in facts[fact]))
        one_sided = not (sides[True][0] and sides[False][0])
        firsts = [min(ties, key=lambda tie: tie.end[1]) for ties in facts.values()]
        if not given["both"] or not one_sided:
            rows.append(((one_sided, *head), (*head, *sides[True], *sides[False], evidence(*firsts))))
    return ranked(rows, given["limit"])


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
        shown = (what, indicator, value, unit, approximate, counted, period, role, *who, evidence(*ties))
        rows.append((_open(*key), shown))
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
            year = tie.properties.get("year") or graph.of(reported.end, "published")
            if year:
                honour = (str(year)[:4], graph.name(tie.end), use.start[1], tie.id)
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
        rows.append(((year, case[1], *link, began, other), (*row, evidence(tie) | {("RECEIVED", statement)})))
    return ranked(rows, given["limit"])


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
        naming = {tie.start for tie in ties}
        filed = [
            tie
            for case in cases - naming
            for tie in graph.out(case, "IN_THEME")
            if graph.name(group) in graph.name(tie.end)
        ]
        if not ties and not filed:
            continue
        called = sorted(ties, key=lambda tie: (tie.start[1], tie.properties["surface"]))
        row = (
            graph.name(group),
            graph.accounts(naming),
            list(dict.fromkeys(tie.properties["surface"] for tie in called))[:10],
            max((graph.name(tie.end) for tie in filed), default=None),
            graph.accounts(tie.start for tie in filed),
            evidence(*ties),
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
                if (check := _check(graph, tie.end, other.end)) and given["check"] in {None, check}:
                    key = (check, one, *_figure(graph, tie.end), *_figure(graph, other.end))
                    found[key] += [tie, other]
    rows = []
    for (check, one, indicator, value, unit, *against), ties in found.items():
        name = min(graph.name(tie.start) for tie in figures[one])
        alone = check == "比率超过百分之百"
        shown = (check, name, unit, indicator, value, *([None] * 3 if alone else against), evidence(*ties))
        rows.append(((check, one, indicator, value, against[1]), shown))
    return ranked(rows)


def _figure(graph: Plain, outcome: Key) -> tuple[str, float, str]:
    return graph.of(outcome, "indicator"), graph.of(outcome, "value"), graph.of(outcome, "unit")


def _check(graph: Plain, one: Key, other: Key) -> str | None:
    """What is wrong with a figure beside another one, or by itself."""
    (name, value, unit), (other_name, other_value, other_unit) = _figure(graph, one), _figure(graph, other)
    if one == other:
        rate = unit == "%" and name.endswith("率") and "增" not in name and "完成" not in name
        return "比率超过百分之百" if rate and value > 100 else None
    if graph.of(one, "subset_of") == other[1] and unit == other_unit and value > other_value:
        return "部分大于整体"
    scopes = [(graph.of(o, "period"), graph.of(o, "cumulative")) for o in (one, other)]
    if (name, unit, scopes[0]) == (other_name, other_unit, scopes[1]) and value < other_value:
        return "同一指标两个数"
    old = graph.of(one, "baseline")
    growth = other_unit == "%" and other_name.startswith(name) and any(w in other_name for w in ("增", "升", "提高"))
    if old and old > 0 and unit != "%" and growth and abs((value - old) / old * 100 - other_value) > 1:
        return "增幅不符"
    return None
