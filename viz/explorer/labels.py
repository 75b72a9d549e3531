"""Labels of what rows name by key, in Chinese and English: relationship types, properties and their closed lists."""

from __future__ import annotations

from collections.abc import Iterable

from unionkg.ontology.declarations import PropertyType
from unionkg.ontology.model import schema, values
from unionkg.ontology.vocabulary import table, terms

Labels = dict[str, tuple[str, str]]


def labels() -> Labels:
    """Every label by its key.

    A node label or relationship type stands as itself, a property as ``p.name``, a value of a closed list as
    ``name.key``; a level of a region as ``region_level.key``; a role of a union as ``role.key``.
    """
    made: Labels = {}
    for name, node in schema().nodes.items():
        made[name] = (node.zh, node.en)
        _properties(node.properties.values(), made)
    for name, relationship in schema().relationships.items():
        made[name] = (relationship.zh, relationship.en)
        _properties(relationship.properties.values(), made)
    for term in terms("union_levels"):
        made[f"level.{term.key}"] = (term.zh, term.en)
    for term in terms("region_levels"):
        made[f"region_level.{term.key}"] = (term.zh, term.en)
    roles = next(
        row["choices"]
        for row in table("statement_attributes")
        if row["attribute"] == "role" and row["field"] == "unions"
    )
    for pair in roles.split("|"):
        key, _, zh = pair.partition("=")
        made[f"role.{key}"] = (zh, key)
    return made


def _properties(properties: Iterable[PropertyType], made: Labels) -> None:
    for prop in properties:
        made.setdefault(f"p.{prop.name}", (prop.zh, prop.en))
        for choice in values(prop):
            if prop.vocabulary is None or prop.vocabulary.endswith(".key"):
                made.setdefault(f"{prop.name}.{choice.key}", (choice.zh, choice.en))
