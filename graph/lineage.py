"""One region through its renamings: 奉化县, 奉化市 and 奉化区 are one, 闸北区 and the 静安区 that took it in are not."""

from __future__ import annotations

from functools import cache

from unionkg.ontology.regions import table


@cache
def lineage(code: str) -> tuple[str, ...]:
    """The codes that one region has had, the oldest first.

    One code follows another where the whole of it, and nothing else, became the other (撤县设区, 撤县设市), which began
    when it ended. A township's nine digits, and a code that is not in the table, stand for themselves.
    """
    if len(code) != 6 or code not in table():
        return (code,)
    line = [code]
    while (old := _only(table().predecessors(line[0]))) and _became(old, line[0]):
        line.insert(0, old)
    while (new := _only(table().successors(line[-1]))) and _became(line[-1], new):
        line.append(new)
    return tuple(line)


def root(code: str) -> str:
    """The oldest code of a region: equal roots mean one region. New renamings do not change it."""
    return lineage(code)[0]


def same_place(one: str, other: str) -> bool:
    """Whether two codes can be one place told more or less finely: one region, or one within the other."""
    return root(one) == root(other) or _lies_in(one, other) or _lies_in(other, one)


@cache
def city(code: str) -> str:
    """The prefecture or municipality that a region lies in, or it itself: where a company may be told in another district."""
    if len(code) != 6 or code.endswith("00") or code not in table():
        return code
    uppers = table().parents(lineage(code)[-1])
    return next((upper for upper in uppers if upper.isdigit()), code)


@cache
def above(code: str) -> frozenset[str]:
    """The roots of all regions that a region lies, or at any time lay, within."""
    return frozenset(root(upper) for one in lineage(code) if one in table() for upper in table().ever_within(one))


@cache
def merged_with(code: str) -> frozenset[str]:
    """The roots of regions that took over the territory of this one, by way of others too, without being it."""
    found: set[str] = set()
    todo = list(table().successors(lineage(code)[-1])) if code in table() else []
    while todo:
        heir = todo.pop()
        if root(heir) not in found:
            found.add(root(heir))
            todo += table().successors(lineage(heir)[-1])
    return frozenset(found)


def _lies_in(one: str, other: str) -> bool:
    return root(other) in above(one)


def _only(codes: tuple[str, ...]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _became(old: str, new: str) -> bool:
    regions = table()
    ended, began = regions.region(old).valid_to, regions.region(new).valid_from
    together = (_only(regions.successors(old)), _only(regions.predecessors(new))) == (new, old)
    return together and ended is not None and began is not None and ended[:4] == began[:4]
