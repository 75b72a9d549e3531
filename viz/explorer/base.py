"""What all parts of the explorer's data share: tables, positions in them, and each quote kept once.

The page refers to rows of tables by their position, so that nothing is said twice in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from unionkg.graph.analysis.accounts import Collection, Selection, collection, listed
from unionkg.graph.analysis.places import upwards
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node, Relationship, Value

#: The labels that have a table in the page's data, with its name.
TABLES: Mapping[str, str] = {
    "Document": "documents",
    "Theme": "themes",
    "TargetGroup": "groups",
    "Region": "regions",
    "TradeUnion": "unions",
    "PracticeType": "types",
    "PracticeCase": "accounts",
}

Properties = Mapping[str, Value]
Quote = tuple[int, int, int, str | None, str]
"""Position of the document, first and last line from 1 (0 where the text is not at hand), page as printed, the words."""


@dataclass(slots=True)
class _Place:
    """Where offsets of a document lie."""

    breaks: list[int] | None
    page_starts: list[int]
    page_labels: list[str]


@dataclass
class Base:
    """A projection and the tables that the parts of the page's data refer to.

    Parameters
    ----------
    projection : Projection
    texts : mapping of str to str
        Stored texts by document id, for the lines of quotes.
    kept : sequence of str
        The accounts (case ids) that the page shows in full, in this order.
    """

    projection: Projection
    texts: Mapping[str, str]
    kept: Sequence[str]
    tables: dict[str, dict[str, int]] = field(init=False)
    found: dict[Quote, int] = field(init=False, default_factory=dict)
    _places: dict[str, _Place] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {label: {} for label in TABLES}
        for node in self.nodes.values():
            if node.label in {"Document", "Theme", "TargetGroup"}:
                self.add(node.label, node.id)
        regions = sorted(
            (node for node in self.nodes.values() if node.label == "Region"), key=lambda n: str(n.properties["code"])
        )
        for node in regions:
            if node.properties.get("level") in {"province", "prefecture"} and "valid_to" not in node.properties:
                self.add("Region", node.id)
        for tie in self.ties("APPLIED"):
            self.add("PracticeType", tie.end[1])
        for identifier in self.kept:
            self.add("PracticeCase", identifier)

    @cached_property
    def collection(self) -> Collection:
        """The accounts as networks take them, routine practice types among them."""
        return collection(self.projection, Selection(routine=True))

    @property
    def nodes(self) -> Mapping[tuple[str, str], Node]:
        """Every node by label and id."""
        return self.collection.nodes

    @cached_property
    def _ties(self) -> Mapping[str, Sequence[Relationship]]:
        found: dict[str, list[Relationship]] = defaultdict(list)
        for graph in self.projection.documents:
            for tie in graph.relationships:
                found[tie.type].append(tie)
        return found

    def ties(self, kind: str | None = None) -> Sequence[Relationship]:
        """The relationships that documents state, of one type or all."""
        if kind is not None:
            return self._ties.get(kind, ())
        return [tie for some in self._ties.values() for tie in some]

    def position(self, label: str, identifier: str) -> int | None:
        """Where a node stands in its table; None where it is not in it."""
        return self.tables.get(label, {}).get(identifier)

    def add(self, label: str, identifier: str) -> int:
        """Where a node stands in its table, in which it is put when it was not there; a region with all above it."""
        table = self.tables[label]
        at = table.setdefault(identifier, len(table))
        if label == "Region" and at == len(table) - 1:
            for upper in sorted(upwards(identifier, self.collection.places) - {identifier}):
                table.setdefault(upper, len(table))
        return at

    def of(self, tie: Relationship) -> list[int]:
        """Positions of the quotes that a relationship carries."""
        return self.quotes(tie.properties, str(tie.properties.get("document", "")))

    def quotes(self, properties: Properties, document: str) -> list[int]:
        """Positions of the quotes that a statement of a document carries."""
        if ("Document", document) not in self.nodes:
            return []
        items = [_items(properties.get(name)) for name in ("quotes", "starts", "ends")]
        return [
            self._position(document, str(quote), int(start), int(end)) for quote, start, end in zip(*items, strict=True)
        ]

    def _position(self, document: str, words: str, start: int, end: int) -> int:
        place = self._place(document)
        first = bisect_right(place.breaks, start - 1) + 1 if place.breaks is not None else 0
        last = bisect_right(place.breaks, max(start, end - 1) - 1) + 1 if place.breaks is not None else 0
        quote = (self.add("Document", document), first, last, self.page(document, start), words)
        return self.found.setdefault(quote, len(self.found))

    def page(self, document: str, offset: int) -> str | None:
        """The page that an offset lies on, as printed; None where the document has no pages."""
        place = self._place(document)
        at = bisect_right(place.page_starts, offset) - 1
        return place.page_labels[at] if at >= 0 else None

    def _place(self, document: str) -> _Place:
        if document not in self._places:
            node, text = self.nodes["Document", document], self.texts.get(document)
            breaks = None if text is None else [at for at, character in enumerate(text) if character == "\n"]
            starts = [int(start) for start in listed(node, "page_starts")]
            self._places[document] = _Place(breaks, starts, [str(label) for label in listed(node, "page_labels")])
        return self._places[document]


def _items(value: Value | None) -> Sequence[str | int | float | bool]:
    return value if isinstance(value, list) else []
