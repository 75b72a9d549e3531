"""What a name given by a person means in a projection: a practice type, a region, a union, a named practice, a theme …

One way for all that is asked for by name: comparisons, posters and briefings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.errors import InputError
from unionkg.graph.analysis.accounts import Collection, listed
from unionkg.graph.analysis.places import upwards
from unionkg.graph.stores.protocol import Node
from unionkg.language import say

Kind = Literal["PracticeType", "Region", "TradeUnion", "Practice", "PracticeCase", "Theme", "TargetGroup"]
#: What may be named, by the label of its node, and how it is called.
KINDS: Mapping[Kind, tuple[str, str]] = {
    "PracticeType": ("做法类型", "practice type"),
    "Region": ("地区", "region"),
    "TradeUnion": ("工会", "union"),
    "Practice": ("做法", "practice"),
    "PracticeCase": ("案例", "account"),
    "Theme": ("领域", "theme"),
    "TargetGroup": ("服务对象", "target group"),
}
_TERMS: frozenset[Kind] = frozenset({"PracticeType", "Theme", "TargetGroup"})
"""Kinds that vocabularies list: a part of such a name means it only where slashes and brackets set it apart."""
_NEAR, _LIKE = 5, 55
"""How many near names are told where none is meant, and from which score of 100 on a name is near."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means: the kind, the node's id, the name to show."""

    kind: Kind
    id: str
    name: str


#: Kinds whose things can be compared with each other.
_ALIKE: Sequence[tuple[Kind, ...]] = (("PracticeType",), ("Region",), ("TradeUnion",), ("Practice", "PracticeCase"))


def meanings(name: str, found: Collection, kinds: Sequence[Kind]) -> dict[Kind, list[Named]]:
    """By kind, what a name may mean; kinds in which it means nothing are left out.

    A name is a node's id, code, name, full official name or alias; white space, quotation marks and brackets do not
    count. A union or account that alone has it as a part of its name is meant too; so is a term of a vocabulary of
    whose name, parted by slashes and brackets, it is one part. A region's name may be short (上海, 宝山).
    """
    return _meanings(name, _known(found, kinds), found)


def resolve_alike(names: Sequence[str], found: Collection, only: Kind | None = None) -> list[Named]:
    """What several names mean, all of one kind, of the kind ``only`` if given; practices and accounts count as one kind.

    Where names fit several kinds, practice types come before regions, unions, and practices with accounts.

    Raises
    ------
    InputError
        A name means nothing (near ones are told) or several things, or the names are of different kinds.
    """
    kinds_ = [only] if only else [kind for kinds in _ALIKE for kind in kinds]
    known = _known(found, kinds_)
    meant = {name: _meanings(name, known, found) for name in names}
    for name, by_kind in meant.items():
        if not by_kind:
            raise unknown(name, found, kinds_)
    for kinds in _ALIKE:
        if all(any(kind in meant[name] for kind in kinds) for name in names):
            return [_only(name, [one for kind in kinds for one in meant[name].get(kind, [])], found) for name in names]
    told = say("；", "; ").join(
        f"{name}：{say('、', ', ').join(say(*KINDS[kind]) for kind in by_kind)}" for name, by_kind in meant.items()
    )
    raise InputError(
        say(
            "只能比较同一种：都是工会、都是地区、都是做法类型，或都是具体做法、案例",
            "only things of one kind can be compared",
        ),
        hint=told,
    )


Known = Mapping[Kind, Mapping[str, Sequence[str]]]
"""By kind and bare name, the ids of the nodes that have it."""


def _known(found: Collection, kinds: Sequence[Kind]) -> Known:
    made: dict[Kind, dict[str, list[str]]] = {kind: defaultdict(list) for kind in kinds}
    for (label, identifier), node in found.nodes.items():
        for kind in kinds:
            if kind == label:
                for name in _names(node):
                    ids = made[kind][_bare(name)]
                    if identifier not in ids:
                        ids.append(identifier)
    return made


def _names(node: Node) -> list[str]:
    given = node.properties
    names = [str(given[key]) for key in ("name", "canonical", "full_name", "code", "title", "name_en") if key in given]
    names += [str(alias) for alias in listed(node, "aliases")]
    return [node.id, node.id.partition(":")[2], *names]


def _bare(name: str) -> str:
    return re.sub(r"[\s“”\"'‘’《》〈〉「」『』]", "", name).casefold()


def _meanings(name: str, known: Known, found: Collection) -> dict[Kind, list[Named]]:
    bare = _bare(name)
    made: dict[Kind, list[Named]] = {}
    if not bare:
        return made
    for kind in known:
        ids = list(known[kind].get(bare, ()))
        if kind == "Region":
            ids = _regions(name, ids, found)
        elif not ids:
            ids = _by_part(bare, kind, known[kind])
        elif len(ids) > 1:  # a name of its own comes before an alias
            ids = [one for one in ids if bare == _bare(str(found.nodes[kind, one].properties["name"]))] or ids
        if ids:
            made[kind] = [Named(kind, one, shown(found.nodes[kind, one])) for one in ids]
    # A part of a name counts only where nothing has it as its whole name.
    exact = {kind for kind in made if kind == "Region" or bare in known[kind]}
    return {kind: some for kind, some in made.items() if kind in exact} if exact else made


def _by_part(bare: str, kind: Kind, names: Mapping[str, Sequence[str]]) -> list[str]:
    if kind in _TERMS:
        whole = {
            one
            for name, ids in names.items()
            for one in ids
            if bare in [_bare(p) for p in re.split(r"[/（）()、]", name)]
        }
        return sorted(whole)
    if len(bare) < 3:
        return []
    return sorted({one for name, ids in names.items() if bare in name for one in ids})


def _regions(name: str, exact: Sequence[str], found: Collection) -> list[str]:
    """The regions of the projection that a name may mean; of several those that the material tells of."""
    from unionkg.ontology.regions import region_id, resolve, table

    regions = table()
    code = name.strip().removeprefix("region:")
    if code in regions:
        return [region_id(code)] if ("Region", region_id(code)) in found.nodes else []
    ids = [region_id(one.code) for one in resolve(name.strip())]
    told = {
        upper for account in found.every.values() for one in account.regions for upper in upwards(one, found.places)
    }
    there = [one for one in dict.fromkeys([*ids, *exact]) if ("Region", one) in found.nodes]
    if len(there) == 1 and there[0] in told:
        return there
    # 朝阳 is a city of its own, but the material may speak of a district
    beginning = [
        one
        for one in sorted(told)
        if len(name) > 1 and str(found.nodes["Region", one].properties["name"]).startswith(name)
    ]
    return [one for one in there if one in told] or beginning or there


def shown(node: Node) -> str:
    """How a node is called where it stands alone: a union with its place, a region in full."""
    given = node.properties
    if node.label == "TradeUnion":
        return str(given.get("canonical") or given["name"])
    return str(given.get("full_name") or given["name"])


def _only(name: str, meant: Sequence[Named], found: Collection) -> Named:
    """The one thing that a name means; a practice and the account that introduced it are one."""
    accounts = [one for one in meant if one.kind == "PracticeCase"]
    groups = {found.every[one.id].id for one in accounts}
    practices = [one for one in meant if one.kind == "Practice"]
    if len(meant) == 1 or (not practices and len(groups) == 1):
        return meant[0]
    if len(practices) == 1:
        return practices[0]
    raise ambiguous(name, meant)


def ambiguous(name: str, meant: Sequence[Named]) -> InputError:
    """The error for a name that several things of a kind bear."""
    told = [f"{one.name}（{one.id}）" for one in meant[:8]]
    return InputError(
        say(f"“{name}”可以指 {len(meant)} 个", f"{name!r} may mean {len(meant)} things"),
        hint=say("写全称或编号：", "give the full name or the id: ") + say("；", "; ").join(told),
    )


def unknown(name: str, found: Collection, kinds: Sequence[Kind]) -> InputError:
    """The error for a name that nothing of some kinds bears; near names are told."""
    *others, last = (say(*KINDS[kind]) for kind in kinds)
    listed_ = say("、", ", ").join(others) + say("或", " or ") + last if others else last
    near = likely(name, [node for (label, _), node in found.nodes.items() if label in kinds])
    return InputError(
        say(f"没有叫“{name}”的{listed_}", f"no {listed_} is called {name!r}"),
        hint=say("是不是：", "did you mean: ") + say("；", "; ").join(near)
        if near
        else say("用 unionkg search 查找名称", "find the name with `unionkg search`"),
    )


def likely(name: str, nodes: Iterable[Node]) -> list[str]:
    """What nodes are called of which a name is like one, the likest first; regions that ended are left out."""
    from rapidfuzz import fuzz, process

    names: dict[str, str] = {}
    for node in nodes:
        if "valid_to" not in node.properties:
            for one in (shown(node), str(node.properties["name"]), *map(str, listed(node, "aliases"))):
                names.setdefault(one, shown(node))
    hits = process.extract(_bare(name), list(names), scorer=fuzz.WRatio, limit=3 * _NEAR, score_cutoff=_LIKE)
    return list(dict.fromkeys(names[hit] for hit, _, _ in hits))[:_NEAR]
