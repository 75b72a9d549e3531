"""What the pack ``organisation`` should answer, worked out from the projection without Cypher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.queries.by_hand.plain import Expected, Key, Parameters, Plain, distinct, known, said
from unionkg.graph.stores.protocol import Relationship

_ROLES = ("INITIATED", "SUPERVISED", "JOINED", "ESTABLISHED", "MENTIONS")
_LEVELS = ("national", "provincial", "prefecture", "county", "township", "community", "grassroots")


def _case(tie: Relationship) -> Key:
    return tie.start if tie.start[0] == "PracticeCase" else tie.end


def _union(tie: Relationship) -> Key:
    return tie.start if tie.start[0] == "TradeUnion" else tie.end


def _in(graph: Plain, union: Key, codes: set[str] | None) -> bool:
    return codes is None or graph.of(union, "region") in codes


def _based_in(graph: Plain, union: Key) -> str | None:
    return next((graph.of(t.end, "full_name") for t in graph.out(union, "BASED_IN")), None)


def _matching(graph: Plain, name: str | None) -> list[Key]:
    return [u for u in graph.all("TradeUnion") if name is None or graph.called(u, name)]


def unions(graph: Plain, given: Parameters) -> Expected:
    codes = graph.codes(given["region"])
    found = [
        u
        for u in _matching(graph, given["name"])
        if _in(graph, u, codes)
        and given["level"] in {None, graph.of(u, "level")}
        and given["type"] in {None, graph.of(u, "type")}
    ]
    found.sort(key=lambda u: (graph.of(u, "region") or "~", graph.name(u), u[1]))
    rows: Expected = []
    for union in found[: given["limit"]]:
        own, others = graph.out(union, "INITIATED"), graph.at(union, *_ROLES[1:])
        rows.append(
            (
                graph.name(union),
                graph.of(union, "canonical"),
                graph.of(union, "level"),
                graph.of(union, "type"),
                _based_in(graph, union),
                graph.accounts(t.end for t in own),
                graph.accounts(map(_case, others)),
                (said(own)[:20] + said(others))[:20],
            )
        )
    return rows


def cases_of_union(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for union in _matching(graph, given["name"]):
        by_account: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for tie in graph.at(union, *_ROLES):
            if given["role"] in {None, tie.type}:
                case = _case(tie)
                place = graph.of(case, "document"), graph.of(case, "first_line"), case[1], tie.id
                by_account[tie.type, graph.of(case, "account")].append((*place, tie))
        for (role, _), places in by_account.items():
            places.sort(key=lambda place: place[:4])
            case = ("PracticeCase", places[0][2])
            introduced, started = graph.out(case, "INTRODUCED")[:1], graph.of(case, "started")
            row = (
                graph.name(union),
                places[0][4].properties["printed"],
                role,
                graph.name(case),
                next((graph.name(t.end) for t in introduced), None),
                started,
                [*said(place[4] for place in places)[:10], *said(introduced), *([case] if started else [])],
            )
            rows.append(((row[0], union[1], role, *places[0][:3]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def union_profile(graph: Plain, given: Parameters) -> Expected:
    name = given["name"]
    found = _matching(graph, name)
    found.sort(key=lambda u: (graph.name(u) != name, len(graph.name(u)), graph.name(u), u[1]))
    rows: Expected = []
    for union in sorted(found[:5], key=lambda u: (graph.name(u), u[1])):
        sides: dict[tuple[int, str, str], list[tuple[str | None, Relationship | None]]] = defaultdict(list)
        for place, what, value, account, tie in _sides(graph, union):
            sides[place, what, value].append((account, tie))
        for (_, what, value), behind in sorted(sides.items()):
            ties = {t.id: t for _, t in behind if t}
            accounts = {account for account, _ in behind if account}
            rows.append((graph.name(union), what, value, len(accounts), said(ties[i] for i in sorted(ties))[:20]))
    return rows


_Side = tuple[int, str, str, str | None, Relationship | None]


def _sides(graph: Plain, union: Key) -> Iterator[_Side]:
    naming = graph.at(union, *_ROLES)
    own = [(place, name, graph.of(union, name), name) for place, name in ((1, "canonical"), (3, "level"), (4, "type"))]
    own += [(2, "alias", alias, "printed") for alias in graph.of(union, "aliases", ())]
    for place, what, value, name in own:
        if value:
            yield place, what, value, None, None
            for tie in naming:
                if tie.properties.get(name) == value:
                    yield place, what, value, graph.of(_case(tie), "account"), tie
    if place_name := _based_in(graph, union):
        yield 5, "region", place_name, None, None
        for tie in naming:
            if tie.properties.get("region") == graph.of(union, "region"):
                yield 5, "region", place_name, graph.of(_case(tie), "account"), tie
    for tie in graph.at(union, "SUBORDINATE_TO"):
        above = tie.start == union
        other = tie.end if above else tie.start
        what = f"superior_{tie.properties['line']}" if above else "subordinate"
        stated = tie if "quotes" in tie.properties else None
        yield (
            6 if above else 7,
            what,
            graph.of(other, "canonical") or graph.name(other),
            tie.properties.get("case_id"),
            stated,
        )
    for tie in graph.at(union, *_ROLES):
        case, account = _case(tie), graph.of(_case(tie), "account")
        printings = [_case(t) for t in naming if t.type == tie.type and graph.of(_case(t), "account") == account]
        title = min(map(graph.name, printings))
        if tie.type != "INITIATED":
            yield 9, "other_role", f"{tie.type}：{title}", account, tie
            continue
        yield 8, "case", title, account, tie
        for place, what, kinds in (
            (10, "practice", ("INTRODUCED",)),
            (11, "practice_type", ("APPLIED",)),
            (12, "theme", ("IN_THEME",)),
            (13, "target_group", ("SERVED",)),
            (14, "partner", ("SUPPORTED",)),
            (15, "founded", ("ESTABLISHED",)),
            (16, "honour", ("RECEIVED",)),
        ):
            for of_case in graph.at(case, *kinds):
                other = of_case.end if of_case.start == case else of_case.start
                yield place, what, graph.name(other), account, of_case


def superiors(graph: Plain, given: Parameters) -> Expected:
    found: dict[tuple[Any, ...], tuple[tuple[Any, ...], dict[str, Relationship]]] = {}
    for union in _matching(graph, given["name"]):
        for path in _ways_up(graph, union, 5):
            lines = [t.properties["line"] for t in path]
            if given["line"] not in {None, lines[0]}:
                continue
            keys = [union, *(t.end for t in path)]
            top, ids = keys[-1], [k[1] for k in keys]
            basis = ["text" if "case_id" in t.properties else t.properties["source"] for t in path]
            order = (graph.name(union), union[1], lines[0], len(path), graph.name(top), top[1], ids, lines, basis)
            row = (
                graph.name(union),
                lines[0],
                len(path),
                graph.name(top),
                graph.of(top, "canonical"),
                graph.of(top, "level"),
                [graph.name(k) for k in keys[1:-1]],
                [name for t in path for name in _between(graph, t)],
                lines,
                basis,
            )
            stated = {t.id: t for t in path if "quotes" in t.properties}
            found.setdefault(tuple(map(str, order)), (row, {}))[1].update(stated)
    ordered = sorted(found.items(), key=lambda one: (one[0][:3], int(one[0][3]), one[0][4:]))
    return [(*row, said(ties[i] for i in sorted(ties))[:20]) for _, (row, ties) in ordered][: given["limit"]]


_STAIRS = ("national", "provincial province", "prefecture", "county", "township", "community", "grassroots")
_DEPTH = {key: depth for depth, keys in enumerate(_STAIRS) for key in keys.split()}


def _between(graph: Plain, tie: Relationship) -> list[str]:
    """The regions between two unions, from below: those that the lower one lies in and the upper one stands above."""
    levels = [graph.of(union, "level") for union in (tie.start, tie.end)]
    if "case_id" in tie.properties or tie.properties["source"] != "GB/T 2260" or None in levels:
        return []
    deepest, highest = (_DEPTH[level] for level in levels)
    at = [base.end for base in graph.out(tie.start, "BASED_IN")]
    names = []
    while at:
        if highest < _DEPTH[graph.of(at[0], "level")] < deepest:
            names.append(graph.name(at[0]))
        above = [tie.end for tie in graph.out(at[0], "WITHIN") if "valid_to" not in tie.properties]
        at = [up for up in above if graph.of(up, "code")[:2] == graph.of(at[0], "code")[:2]]
    return names


def _ways_up(graph: Plain, union: Key, steps: int) -> Iterator[list[Relationship]]:
    for tie in graph.out(union, "SUBORDINATE_TO") if steps else ():
        yield [tie]
        for more in _ways_up(graph, tie.end, steps - 1):
            yield [tie, *more]


def subordinates(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for superior in _matching(graph, given["name"]):
        found: dict[tuple[Any, ...], list[Relationship]] = defaultdict(list)
        for tie in graph.into(superior, "SUBORDINATE_TO"):
            if given["line"] in {None, tie.properties["line"]}:
                basis = "text" if "case_id" in tie.properties else tie.properties["source"]
                found[tie.start, tie.properties["line"], basis].append(tie)
        for (union, line, basis), ties in found.items():
            row = (
                graph.name(superior),
                line,
                graph.name(union),
                graph.of(union, "canonical"),
                graph.of(union, "level"),
                graph.of(union, "type"),
                basis,
                len({t.start for t in graph.into(union, "SUBORDINATE_TO")}),
                graph.accounts(t.end for t in graph.out(union, "INITIATED")),
                said(t for t in ties if "quotes" in t.properties)[:10] + said(graph.at(union, *_ROLES))[:10],
            )
            rows.append(((row[0], superior[1], line, row[2], union[1], basis), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _is_in_theme(graph: Plain, case: Key, theme: str | None) -> bool:
    return theme is None or any(graph.name(t.end) == theme for t in graph.out(case, "IN_THEME"))


def partners(graph: Plain, given: Parameters) -> Expected:
    codes, rows = graph.codes(given["region"]), []
    for body in graph.all("Organization"):
        ties = [
            t
            for t in graph.out(body, "SUPPORTED")
            if given["type"] in {None, graph.of(body, "type")}
            and _is_in_theme(graph, t.end, given["theme"])
            and graph.took_place(t.end, codes)
        ]
        if not ties:
            continue
        names = sorted({name for t in ties for name in graph.owner_names(t.end)})
        # The statements in the order of the first union that they belong to, those without one last.
        pairs = sorted(
            (known(None if own is None else graph.name(own.start)), t.id, "" if own is None else own.id)
            for t in ties
            for own in graph.into(t.end, "INITIATED") or [None]
        )
        behind = [("SUPPORTED", identifier) for identifier in distinct(one for _, one, _ in pairs)][:10]
        behind += [("INITIATED", identifier) for identifier in distinct(own for _, _, own in pairs) if identifier][:10]
        row = (graph.name(body), graph.of(body, "type"), graph.accounts(t.end for t in ties), names, behind)
        rows.append(((-row[2], row[0], body[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def founded(graph: Plain, given: Parameters) -> Expected:
    codes, rows = graph.codes(given["region"]), []
    for union in graph.all("TradeUnion"):
        kind = graph.of(union, "type")
        by_account: dict[str, list[Relationship]] = defaultdict(list)
        for tie in graph.into(union, "ESTABLISHED"):
            if given["type"] in {None, kind} and graph.took_place(tie.start, codes):
                by_account[graph.of(tie.start, "account")].append(tie)
        for ties in by_account.values():
            ties.sort(key=lambda tie: (tie.start[1], tie.id))
            case = ties[0].start
            row = (
                graph.name(union),
                kind,
                graph.of(union, "level"),
                graph.owner_names(case),
                graph.name(case),
                said(ties)[:10] + _owning(graph, case)[:10],
            )
            rows.append(((known(kind), row[0], union[1], case[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _owning(graph: Plain, case: Key) -> list[Key]:
    """The statements of whose account it is, by the name of the union."""
    return said(sorted(graph.into(case, "INITIATED"), key=lambda t: (graph.name(t.start), t.start[1])))


def unresolved(graph: Plain, given: Parameters) -> Expected:
    rows = []
    for name in graph.all("UnresolvedName"):
        found: dict[tuple[str, bool], list[Relationship]] = defaultdict(list)
        for tie in graph.into(name):
            found[tie.type, bool(tie.properties["collective"])].append(tie)
        for (relation, collective), ties in found.items():
            named = _titles(graph, (t.start for t in ties))
            ties.sort(key=lambda t: (*named[graph.of(t.start, "account")], t.id))
            row = (
                graph.name(name),
                relation,
                collective,
                graph.accounts(t.start for t in ties),
                list(distinct(named[graph.of(t.start, "account")][0] for t in ties))[:20],
                said(ties)[:20],
            )
            rows.append(((-row[3], *row[:3], name[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _titles(graph: Plain, cases: Iterable[Key]) -> dict[str, tuple[str, str]]:
    """The first title of every account among its printings, with the account."""
    found: dict[str, tuple[str, str]] = {}
    for case in cases:
        account = graph.of(case, "account")
        found[account] = min(found.get(account, (graph.name(case), account)), (graph.name(case), account))
    return found


def by_level_and_type(graph: Plain, given: Parameters) -> Expected:
    codes = graph.codes(given["region"])
    found: dict[tuple[Any, Any], list[Key]] = defaultdict(list)
    for union in graph.all("TradeUnion"):
        if _in(graph, union, codes):
            found[graph.of(union, "level"), graph.of(union, "type")].append(union)
    rows: Expected = []
    for level, kind in sorted(found, key=lambda k: ([*_LEVELS, None].index(k[0]), known(k[1]))):
        here = found[level, kind]
        ties = sorted((t for union in here for t in graph.out(union, "INITIATED")), key=lambda t: t.id)
        own = {t.start for t in ties}
        others = {t.id: t for union in here if union not in own for t in graph.at(union, *_ROLES)}
        behind = said(ties)[:10] + said(others[i] for i in sorted(others))[:10]
        rows.append((level, kind, len(here), len(own), graph.accounts(t.end for t in ties), behind))
    return rows


def cooperation(graph: Plain, given: Parameters) -> Expected:
    codes, name = graph.codes(given["region"]), given["name"]
    found: dict[tuple[Key, str, Key], list[tuple[Key, Relationship, Relationship]]] = defaultdict(list)
    for case in graph.all("PracticeCase"):
        if not graph.took_place(case, codes):
            continue
        for own in graph.into(case, "INITIATED"):
            for tie in graph.at(case, "INITIATED", "SUPERVISED", "JOINED", "ESTABLISHED"):
                union, other = own.start, _union(tie)
                twice = tie.type == "INITIATED" and union[1] >= other[1]
                if (
                    union != other
                    and not twice
                    and (name is None or graph.called(union, name) or graph.called(other, name))
                ):
                    found[union, tie.type, other].append((case, tie, own))
    rows = []
    for (union, role, other), several in found.items():
        named = _titles(graph, (case for case, _, _ in several))
        several.sort(key=lambda one: (*named[graph.of(one[0], "account")], one[1].id, one[2].id))
        row = (
            graph.name(union),
            role,
            graph.name(other),
            graph.of(other, "level"),
            graph.accounts(case for case, _, _ in several),
            list(distinct(named[graph.of(case, "account")][0] for case, _, _ in several))[:20],
            said(tie for _, tie, _ in several[:10]) + said(own for _, _, own in several[:10]),
        )
        rows.append(((-row[4], row[0], union[1], role, row[2], other[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]


def _narrower(graph: Plain, group: Key) -> set[Key]:
    """A group and all that are narrower."""
    found, todo = set(), [group]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += [t.start for t in graph.into(one, "BROADER")]
    return found


def _served(graph: Plain, group: Key) -> list[Relationship]:
    ties = [t for one in _narrower(graph, group) for t in graph.into(one, "SERVED")]
    return sorted(ties, key=lambda t: t.id)


def themes_and_groups(graph: Plain, given: Parameters) -> Expected:
    codes, rows = graph.codes(given["region"]), []
    for label, kind in (("Theme", "theme"), ("TargetGroup", "target_group")):
        for node in graph.all(label) if given["kind"] in {None, kind} else ():
            found = (
                [t for t in graph.into(node, "IN_THEME") if t.start[0] == "PracticeCase"]
                if kind == "theme"
                else _served(graph, node)
            )
            ties = [t for t in found if graph.took_place(t.start, codes)]
            if not ties:
                continue
            cases = {t.start for t in ties}
            theme, group = graph.named("Theme", graph.name(node)), graph.named("TargetGroup", graph.name(node))
            both = None
            if theme and group:
                in_theme = {t.start for t in graph.into(theme, "IN_THEME")}
                both = graph.accounts(cases & in_theme & {t.start for t in _served(graph, group)})
            row = (
                kind,
                graph.name(node),
                graph.accounts(t.start for t in ties if t.end == node),
                graph.accounts(cases),
                len({union for case in cases for union in graph.owners(case)}),
                both,
                said(ties)[:20],
            )
            rows.append(((label != "Theme", -row[2], row[1], node[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def theme_against_group(graph: Plain, given: Parameters) -> Expected:
    codes = graph.codes(given["region"])
    theme, group = graph.named("Theme", given["theme"]), graph.named("TargetGroup", given["group"])
    groups = _narrower(graph, group) if group else set()
    by_account: dict[str, list[Key]] = defaultdict(list)
    for case in graph.all("PracticeCase"):
        ends = {t.end for t in graph.out(case, "IN_THEME", "SERVED")}
        if (theme in ends or ends & groups) and graph.took_place(case, codes):
            by_account[graph.of(case, "account")].append(case)
    rows = []
    for cases in by_account.values():
        cases.sort(key=lambda case: (graph.of(case, "document"), graph.of(case, "first_line"), case[1]))
        first = cases[0]
        themed = sorted((t for c in cases for t in graph.out(c, "IN_THEME") if t.end == theme), key=lambda t: t.id)
        served = sorted(
            (t for c in cases for t in graph.out(c, "SERVED") if t.end in groups),
            key=lambda t: (graph.name(t.end), t.id),
        )
        row = (
            graph.name(first),
            graph.owner_names(first),
            bool(themed),
            list(distinct(graph.name(t.end) for t in served)),
            list(distinct(str(t.properties["surface"]) for t in served)),
            said([*served, *themed])[:15] + _owning(graph, first)[:5],
        )
        rows.append(((graph.of(first, "document"), graph.of(first, "first_line"), first[1]), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])][: given["limit"]]
