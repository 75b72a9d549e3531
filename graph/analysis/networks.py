"""Networks of unions, regions and practice types as networkx graphs, made from the graph as plain data.

Three kinds of tie, never mixed in one network:

stated
    A document says it: that a union applied a practice type, or that a practice went from one unit to another (then
    the network is directed, in the direction of influence that the schema declares).
inferred
    Computed from the order of dates (``INFERRED_TIE``): precedence, not influence.
shared
    Co-occurrence: two practice types in one account, two units with one practice type. No tie between anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Literal, get_args

from unionkg.errors import InputError
from unionkg.graph.analysis import extra
from unionkg.graph.analysis.accounts import Account, Collection, Selection, collection
from unionkg.graph.analysis.network_graph import Edges, End, Network, assembled, no_edges
from unionkg.graph.analysis.places import at_level, upwards
from unionkg.graph.analysis.stated import Unit, stated_ties, units
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import say

Kind = Literal["union-practice", "practice-practice", "region-region", "union-union"]
Ties = Literal["stated", "inferred", "shared"]
Within = Literal["account", "union"]

#: The kinds of tie that each network can have.
TIES: Mapping[Kind, tuple[Ties, ...]] = {
    "union-practice": ("stated",),
    "practice-practice": ("shared",),
    "region-region": ("stated", "inferred", "shared"),
    "union-union": ("stated", "inferred", "shared"),
}

#: Up to so many units every pair is looked at for what they share.
MOST_UNITS = 800


def network(
    projection: Projection,
    kind: Kind,
    *,
    ties: Ties | None = None,
    selection: Selection | None = None,
    within: Within = "account",
    level: str | None = None,
    at_least: int = 1,
) -> Network:
    """Make a network.

    Parameters
    ----------
    projection : Projection
        The graph as plain data.
    kind : str
        ``union-practice`` (two-mode: who applied what; weight: accounts), ``practice-practice`` (what occurs together;
        weight: accounts, or unions; ``expected``: the weight if the two had nothing to do with each other, ``broader``:
        one is broader than the other), ``region-region`` or ``union-union`` (weight of stated ties: accounts; of shared
        ones: practice types; of inferred ones: the practice types that they rest on).
    ties : str, optional
        ``stated``, ``inferred`` or ``shared``; may be left out where the network has but one kind.
    selection : Selection, optional
        Which accounts count; all, without routine practice types, if not given.
    within : str
        Practice types occur together in one ``account``, or in all accounts of one ``union``.
    level : str, optional
        Of regions: key of ``region_levels``; regions below count for theirs of that level, coarser ones are left out.
    at_least : int
        Ties of a smaller weight are left out.

    Raises
    ------
    InputError
        The network has no such ties, or several kinds and none is chosen; ``within`` or ``level`` is given for a
        network that knows none; or more than `MOST_UNITS` units would be
        compared pair by pair.
    MissingExtraError
        networkx or numpy is not installed.
    """
    extra.require()
    chosen = _chosen(kind, ties)
    _check("level", level is not None, kind, "region-region")
    _check("within", within != "account", kind, "practice-practice")
    found = collection(projection, selection or Selection())
    if kind == "union-practice":
        made = _affiliations(found, at_least)
    elif kind == "practice-practice":
        made = _together(found, within, at_least)
    else:
        unit: Unit = "TradeUnion" if kind == "union-union" else "Region"
        if chosen == "stated":
            made = _spread(found, unit, level, at_least)
        elif chosen == "inferred":
            made = _inferred(found, unit, level, at_least)
        else:
            made = _alike(found, unit, level, at_least)
    made.graph.graph.update(
        projection=kind, ties=chosen, accounts=len(found.accounts), within=within, at_least=at_least
    )
    made.graph.graph.update({f"left_out_{reason}": count for reason, count in sorted(made.left_out.items())})
    return made


def _chosen(kind: Kind, ties: Ties | None) -> Ties:
    if kind not in TIES:
        raise InputError(
            say(f"没有这种网络：{kind}", f"there is no network {kind!r}"),
            hint=say("可选：", "one of ") + ", ".join(get_args(Kind)),
        )
    possible = TIES[kind]
    if ties is None and len(possible) == 1:
        return possible[0]
    if ties in possible:
        return ties
    raise InputError(
        say(f"网络 {kind} 要指明关系种类", f"say which ties of {kind} are meant")
        if ties is None
        else say(f"网络 {kind} 没有这种关系：{ties}", f"the network {kind} has no {ties} ties"),
        hint="ties=" + " | ".join(possible),
    )


def _check(name: str, given: bool, kind: Kind, meant: Kind) -> None:
    if given and kind != meant:
        raise InputError(
            say(f"{name} 只用于网络 {meant}", f"{name} is for the network {meant} only"),
            hint=say("去掉这个参数", "leave it out"),
        )


def _affiliations(found: Collection, at_least: int) -> Network:
    edges: Edges = no_edges()
    members: dict[End, set[str]] = defaultdict(set)
    for account in found.accounts:
        for kind, said in account.applied.items():
            for union in account.unions:
                edges[union, kind].add(account.id, account.id, said)
                members["TradeUnion", union].add(account.id)
                members["PracticeType", kind].add(account.id)
    return assembled(found, members, edges, at_least)


def _together(found: Collection, within: Within, at_least: int) -> Network:
    """Practice types in one account, or in the accounts of one union."""
    scopes: dict[str, list[Account]] = defaultdict(list)
    for account in found.accounts:
        for scope in (account.id,) if within == "account" else sorted(account.unions):
            scopes[scope].append(account)
    edges: Edges = no_edges()
    members: dict[End, set[str]] = defaultdict(set)
    scopes_of: dict[str, set[str]] = defaultdict(set)
    for scope, accounts in scopes.items():
        for account in accounts:
            for kind in account.applied:
                members["PracticeType", kind].add(account.id)
                scopes_of[kind].add(scope)
        for one, other in combinations(sorted({kind for account in accounts for kind in account.applied}), 2):
            for account in accounts:
                said = [*account.applied.get(one, ()), *account.applied.get(other, ())]
                if said:
                    edges[one, other].add(scope, account.id, said)
    for (one, other), edge in edges.items():
        edge.more["jaccard"] = _jaccard(scopes_of[one], scopes_of[other])
        edge.more["expected"] = len(scopes_of[one]) * len(scopes_of[other]) / len(scopes)
        edge.more["broader"] = bool({(one, other), (other, one)} & found.broader)
    return assembled(found, members, edges, at_least)


def _alike(found: Collection, unit: Unit, level: str | None, at_least: int) -> Network:
    """Units with practice types in common; a region and one that it lies in are not compared."""
    having: dict[str, dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    members: dict[End, set[str]] = defaultdict(set)
    coarser = 0
    for account in found.accounts:
        here = units(account, unit, found, level)
        coarser += bool(level and account.regions and not here)
        for one in here:
            for kind in account.applied:
                having[one][kind].append(account)
                members[unit, one].add(account.id)
    if len(having) > MOST_UNITS:
        raise InputError(
            say(
                f"{len(having)} 个单位两两比较太多（最多 {MOST_UNITS} 个）",
                f"{len(having)} units are too many to compare pair by pair (at most {MOST_UNITS})",
            ),
            hint=say(
                "用 level、region、theme 或 practice_type 缩小范围", "narrow by level, region, theme, practice_type"
            ),
        )
    above = {one: upwards(one, found.places) for one in having} if unit == "Region" else {}
    edges: Edges = no_edges()
    for one, other in combinations(sorted(having), 2):
        if other in above.get(one, ()) or one in above.get(other, ()):
            continue
        for kind in sorted(having[one].keys() & having[other].keys()):
            both = having[one][kind], having[other][kind]
            if both[0] == both[1] and len(both[0]) == 1:  # the two took part in one account
                continue
            for account in (*both[0], *both[1]):
                edges[one, other].add(kind, account.id, account.applied[kind])
        if (one, other) in edges:
            edge = edges[one, other]
            edge.more["practice_types"] = "|".join(sorted(edge.counted))
            edge.more["jaccard"] = _jaccard(having[one].keys(), having[other].keys())
    return assembled(found, members, edges, at_least, left_out={"coarser": coarser} if coarser else {})


def _spread(found: Collection, unit: Unit, level: str | None, at_least: int) -> Network:
    """Who had a practice from whom, as documents say it."""
    ties, left_out = stated_ties(found, unit, level)
    edges: Edges = no_edges()
    relations: dict[End, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.directed:
            edges[tie.source, tie.target].add(tie.account, tie.account, [tie.statement])
            relations[tie.source, tie.target].add(tie.statement.type)
    for ends, edge in edges.items():
        edge.more["relations"] = "|".join(sorted(relations[ends]))
    undeclared = tuple(tie for tie in ties if not tie.directed)
    return assembled(found, _tied(unit, edges), edges, at_least, undeclared, left_out, directed=True)


def _inferred(found: Collection, unit: Unit, level: str | None, at_least: int) -> Network:
    """Ties computed from the order of dates, from the earlier to the later, that rest on a selected account."""
    selected = {account.id for account in found.accounts}
    edges: Edges = no_edges()
    for tie in found.inferred:
        accounts = {found.every[case].id for case in _listed(tie, "cases") if case in found.every} & selected
        if tie.start[0] != unit or not accounts:
            continue
        starts, ends = [
            at_level(end[1], level, found.places) if unit == "Region" else (end[1],) for end in (tie.start, tie.end)
        ]
        for pair in ((one, other) for one in starts for other in ends if one != other):
            edge = edges[pair]
            edge.counted.update(_listed(tie, "practice_types") or [tie.id])
            edge.accounts |= accounts
            edge.statements[tie.id] = tie
    return assembled(found, _tied(unit, edges), edges, at_least, directed=True)


def _listed(tie: Relationship, name: str) -> list[str]:
    values = tie.properties.get(name)
    return [str(value) for value in values] if isinstance(values, list) else []


def _tied(unit: Unit, edges: Edges) -> dict[End, set[str]]:
    """The units of stated or inferred ties, with the accounts of their ties: who has none is not in the network."""
    members: dict[End, set[str]] = defaultdict(set)
    for ends, edge in edges.items():
        for end in ends:
            members[unit, end] |= edge.accounts
    return members


def _jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of what two have in common in what either has (Jaccard 1901)."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second)
