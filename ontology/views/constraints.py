"""What a graph store enforces and indexes, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from unionkg.ontology.model import Schema

#: Value types that a store holds as text; an index on text would turn others into it.
_TEXTS = {"string", "date", "period"}


@dataclass(frozen=True, slots=True)
class Constraints:
    """Every label has a unique ``id``; ``indexed`` are further properties by label, of one value each."""

    labels: tuple[str, ...]
    indexed: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...]


def constraints(schema: Schema) -> Constraints:
    """The labels, indexed properties (texts, as the stores' indexes are) and relationship types, in the schema's order."""
    return Constraints(
        labels=tuple(schema.nodes),
        indexed={
            label: tuple(prop.name for prop in node.properties.values() if prop.indexed and prop.type in _TEXTS)
            for label, node in schema.nodes.items()
        },
        types=tuple(schema.relationships),
    )
