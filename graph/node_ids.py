"""How nodes are named in the graph, and the vocabularies whose terms are nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unionkg.graph.stores.protocol import Value
from unionkg.ontology.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The terms that statements refer to, by Chinese label."""

    themes: Mapping[str, Term]
    practice_types: Mapping[str, Term]
    target_groups: Mapping[str, Term]


def told(properties: Mapping[str, Any]) -> dict[str, Value]:
    """Properties without None and empty lists: a property graph has no place for them."""
    return {key: value for key, value in properties.items() if value is not None and value != []}


def region_id(code: str) -> str:
    """The node id of a region."""
    return f"region:{code}"


def term_id(kind: str, term: Term) -> str:
    """The node id of a theme, practice type or target group."""
    return f"{kind}:{term.key}"


def practice_type_id(concept: str, vocabularies: Vocabularies) -> str:
    """The node id of a practice type; one that is not in the vocabulary (``new:…``) keeps its name."""
    term = vocabularies.practice_types.get(concept)
    return term_id("practice_type", term) if term else f"practice_type:{concept}"
