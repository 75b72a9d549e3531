"""A projection as plain data, to work out by hand what a question should answer.

Expected rows are tuples that end in the evidence, each statement as (type or label, id).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node, Relationship

Key = tuple[str, str]
Parameters = Mapping[str, Any]
Expected = list[tuple[Any, ...]]
EVER = [0, 9999]


class Plain:
    """Nodes by (label, id), relationships by what they are tied to."""

    def __init__(self, projection: Projection) -> None:
        nodes = [*projection.structure[0], *projection.entities, *(n for d in projection.documents for n in d.nodes)]
        ties = [
            *projection.structure[1],
            *projection.derived,
            *(r for d in projection.documents for r in d.relationships),
        ]
        self.nodes: dict[Key, Node] = {(node.label, node.id): node for node in nodes}
        self._out: dict[Key, list[Relationship]] = defaultdict(list)
        self._in: dict[Key, list[Relationship]] = defaultdict(list)
        self._codes: dict[str, set[str]] = {}
        for tie in sorted(ties, key=lambda tie: tie.id):
            self._out[tie.start].append(tie)
            self._in[tie.end].append(tie)

    def all(self, label: str) -> list[Key]:
        """The keys of a label's nodes, by id."""
        return self._by_label[label]

    @cached_property
    def _by_label(self) -> Mapping[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(self.nodes):
            found[key[0]].append(key)
        return found

    def of(self, key: Key, name: str, default: Any = None) -> Any:
        """A property of a node."""
        return key[1] if name == "id" else self.nodes[key].properties.get(name, default)

    def name(self, key: Key) -> str:
        return str(self.of(key, "name"))

    def out(self, key: Key, *types: str) -> list[Relationship]:
        """Relationships that begin at a node, by id."""
        return [tie for tie in self._out[key] if not types or tie.type in types]

    def into(self, key: Key, *types: str) -> list[Relationship]:
        """Relationships that end at a node, by id."""
        return [tie for tie in self._in[key] if not types or tie.type in types]

    def at(self, key: Key, *types: str) -> list[Relationship]:
        """Relationships at a node in either direction, by id."""
        return sorted(
            {(t.type, t.id): t for t in (*self.out(key, *types), *self.into(key, *types))}.values(),
            key=lambda tie: tie.id,
        )

    def named(self, label: str, name: str) -> Key | None:
        """The node of a label with a name; the first by id."""
        return next((key for key in self.all(label) if self.name(key) == name), None)

    def owners(self, case: Key) -> list[Key]:
        """The unions whose account it is, by name."""
        found = {tie.start for tie in self.into(case, "INITIATED")}
        return sorted(found, key=lambda union: (self.name(union), union[1]))

    def owner_names(self, case: Key) -> list[str]:
        return [self.name(union) for union in self.owners(case)]

    def codes(self, region: str | None) -> set[str] | None:
        """The codes of a region, of all that lies in it and of what became part of it; None for no region."""
        if region is None:
            return None
        if region not in self._codes:
            self._codes[region] = self._found(region)
        return self._codes[region]

    def _found(self, region: str) -> set[str]:
        found: set[Key] = set()
        todo = [("Region", region)] if ("Region", region) in self.nodes else []
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += [t.start for t in self.into(one, "WITHIN") if "valid_to" not in t.properties]
                todo += [t.start for t in self.into(one, "SUCCEEDED_BY")]
        return {str(self.of(one, "code")) for one in found}

    def took_place(self, case: Key, codes: set[str] | None) -> bool:
        """Whether an account took place in one of the regions (None: anywhere)."""
        return codes is None or any(self.of(t.end, "code") in codes for t in self.out(case, "TOOK_PLACE_IN"))

    def called(self, key: Key, text: str) -> bool:
        """Whether a union goes by a name that holds the text."""
        names = [self.of(key, "name"), self.of(key, "canonical"), *self.of(key, "aliases", ())]
        return any(text in name for name in names if name)

    def accounts(self, cases: Iterable[Key]) -> int:
        """How many accounts several printings are."""
        return len({self.of(case, "account") for case in cases})


def said(ties: Iterable[Relationship]) -> list[Key]:
    """Relationships as evidence."""
    return [(tie.type, tie.id) for tie in ties]


def known(text: str | None) -> tuple[bool, str]:
    """A sorting key with what is not known last."""
    return text is None, text or ""


def years(period: str) -> tuple[int, int]:
    """The first and the last year of a partial date or an interval of two."""
    first, _, last = period.partition("/")
    return int(first[:4]), int((last or first)[:4])


def overlaps(lower: str | None, upper: str, asked: Sequence[int]) -> bool:
    """Whether an interval, perhaps open at its beginning, may fall into years."""
    return int(upper[:4]) >= asked[0] and (lower is None or int(lower[:4]) <= asked[1])


def distinct(items: Iterable[Any]) -> Iterator[Any]:
    """Each item once, in order."""
    return iter(dict.fromkeys(items))
