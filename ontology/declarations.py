"""What the schema is made of: plain frozen data, built by `unionkg.ontology.schema_file`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

ValueType = Literal["string", "integer", "number", "boolean", "date", "period", "datetime", "url"]
Basis = Literal["stated", "structural", "derived", "computed"]
Influence = Literal["start_to_end", "end_to_start"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list, with its labels."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyType:
    """A property of a label or relationship type.

    ``iri`` and the other IRIs are compact (``ukg:level``); `Schema.expand` writes them out. ``choices`` is a closed
    list declared in the YAML, ``vocabulary`` one in a CSV file (``union_types.key``: file and column). ``pattern``
    holds for the whole value. Properties of one ``parallel`` name are lists of equal length.
    """

    name: str
    type: ValueType
    zh: str
    en: str
    iri: str
    many: bool = False
    required: bool = False
    description: str = ""
    choices: tuple[Choice, ...] = ()
    vocabulary: str | None = None
    pattern: str | None = None
    parallel: str | None = None
    indexed: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A node label. ``parents`` are classes of published ontologies; ``section`` is the YAML file it stands in."""

    label: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    iri: str
    section: str
    properties: Mapping[str, PropertyType]
    parents: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Between which labels a relationship type runs on one basis, and the properties it carries there."""

    start_labels: tuple[str, ...]
    end_labels: tuple[str, ...]
    basis: Basis
    properties: Mapping[str, PropertyType]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipType:
    """A relationship type.

    ``influence`` tells which way a practice went, along the arrow or against it; None where the relationship does
    not tell. No pair of labels stands in two of ``ends``.
    """

    type: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    iri: str
    section: str
    ends: tuple[Ends, ...]
    parents: tuple[str, ...] = ()
    influence: Influence | None = None
    symmetric: bool = False

    @property
    def bases(self) -> frozenset[Basis]:
        """The bases on which it occurs."""
        return frozenset(ends.basis for ends in self.ends)

    @property
    def properties(self) -> Mapping[str, PropertyType]:
        """The properties of all its ends together."""
        return {name: prop for ends in self.ends for name, prop in ends.properties.items()}

    def between(self, start_label: str, end_label: str) -> Ends | None:
        """The ends that two labels belong to, None where the type does not run between them."""
        for ends in self.ends:
            if start_label in ends.start_labels and end_label in ends.end_labels:
                return ends
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Everything that may be said, by name, in the order of the files."""

    version: int
    namespace: str
    prefixes: Mapping[str, str]
    nodes: Mapping[str, NodeType]
    relationships: Mapping[str, RelationshipType]

    def expand(self, iri: str) -> str:
        """Write a compact IRI out: ``skos:Concept`` -> ``http://www.w3.org/2004/02/skos/core#Concept``."""
        prefix, _, local = iri.partition(":")
        return self.prefixes[prefix] + local

    def properties(self) -> Iterator[tuple[str, PropertyType]]:
        """Every property with the label or type it belongs to."""
        for label, node in self.nodes.items():
            for prop in node.properties.values():
                yield label, prop
        for name, relationship in self.relationships.items():
            for prop in relationship.properties.values():
                yield name, prop
