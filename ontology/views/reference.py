"""The page docs/reference/schema.md.

``python -m unionkg.ontology.views.reference docs/reference/schema.md`` writes it again; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from unionkg.ontology.model import Choice, Ends, NodeType, PropertyType, RelationshipType, Schema, schema, values

_BASES = {
    "stated": "a document says it: carries its quotes with positions, method, confidence and review state",
    "structural": "from names, codes or a cited table",
    "derived": "follows from stated ones; names the cases behind it",
    "computed": "estimated by a method; never mixed with stated ones",
}
_INFLUENCE = {"start_to_end": "with the arrow", "end_to_start": "against the arrow"}


def reference(of: Schema) -> str:
    """The page as Markdown, ending in a newline."""
    lines = [
        "# The schema",
        "",
        "<!-- Generated from ontology/schema/*.yaml by unionkg.ontology.views.reference. Change those files, not this page. -->",
        "",
        f"Schema version {of.version}. Own terms live in `{of.namespace}`, prefix `ukg`. Every node has one label.",
        "Types of values: a *date* is `2017`, `2017-05` or `2017-05-02`; a *period* is a date or an interval of two",
        "(`2013/2017`); `[]` marks a list. A property in **bold** is required.",
        "",
        "## Nodes",
        "",
        *_table(
            ("label", "中文", "what it is"),
            ((f"[`{label}`](#{label.lower()})", node.zh, node.definition_en) for label, node in of.nodes.items()),
        ),
        "",
        "## Relationships",
        "",
        "What a relationship rests on:",
        "",
        *_table(("basis", "meaning"), ((f"`{name}`", text) for name, text in _BASES.items())),
        "",
        *_table(
            ("type", "中文", "from → to", "basis"),
            (
                (f"[`{name}`](#{name.lower()})" if not i else "", one.zh if not i else "", _arrow(ends), ends.basis)
                for name, one in of.relationships.items()
                for i, ends in enumerate(one.ends)
            ),
        ),
        "",
        "## Labels in detail",
        "",
    ]
    for node in of.nodes.values():
        lines += _node(node)
    lines += ["## Relationship types in detail", ""]
    lines += _shared(of)
    for one in of.relationships.values():
        lines += _relationship(one, of)
    lines += ["## Prefixes", "", *_table(("prefix", "IRI"), ((f"`{p}`", f"`{iri}`") for p, iri in of.prefixes.items()))]
    return "\n".join(lines).rstrip() + "\n"


def _node(node: NodeType) -> list[str]:
    return [
        f"### {node.label}",
        "",
        f"{node.zh}：{node.definition_zh}",
        "",
        node.definition_en + (" Internal: it is not exported." if node.internal else ""),
        "",
        f"`{node.iri}`{_parents(node.parents)}",
        "",
        *_property_table(node.properties),
        "",
    ]


def _relationship(one: RelationshipType, of: Schema) -> list[str]:
    facts = [f"`{one.iri}`{_parents(one.parents)}"]
    if one.influence:
        facts.append(f"a practice went {_INFLUENCE[one.influence]}")
    if one.symmetric:
        facts.append("symmetric")
    lines = [f"### {one.type}", "", f"{one.zh}：{one.definition_zh}", "", one.definition_en, "", "; ".join(facts), ""]
    for ends in one.ends:
        common = _common(of, ends.basis)
        own = {name: prop for name, prop in ends.properties.items() if name not in common or common[name] != prop}
        lines += [f"- {_arrow(ends)} ({ends.basis})"]
        if own:
            lines += ["", *_property_table(own), ""]
    return [*lines, ""] if lines[-1] else lines


def _shared(of: Schema) -> list[str]:
    lines = ["What every relationship of a basis carries is listed here once.", ""]
    for basis in _BASES:
        lines += [f"**{basis}**", "", *_property_table(_common(of, basis)), ""]
    return lines


def _common(of: Schema, basis: str) -> Mapping[str, PropertyType]:
    """The properties that all relationships of a basis share."""
    groups = [ends.properties for one in of.relationships.values() for ends in one.ends if ends.basis == basis]
    if not groups:
        return {}
    first, *others = groups
    return {name: prop for name, prop in first.items() if all(other.get(name) == prop for other in others)}


def _property_table(properties: Mapping[str, PropertyType]) -> list[str]:
    return _table(
        ("property", "中文", "type", "IRI", "meaning"),
        (
            (
                f"**`{prop.name}`**" if prop.required else f"`{prop.name}`",
                prop.zh,
                prop.type + ("[]" if prop.many else ""),
                f"`{prop.iri}`",
                _meaning(prop),
            )
            for prop in properties.values()
        ),
    )


def _meaning(prop: PropertyType) -> str:
    parts = [prop.description or f"{prop.en[:1].upper()}{prop.en[1:]}."]
    if listed := values(prop):
        parts.append("One of " + ", ".join(_choice(choice) for choice in listed) + ".")
    if prop.pattern:
        parts.append(f"Written `{prop.pattern}`.")
    if prop.internal:
        parts.append("Internal: it is not exported.")
    return " ".join(parts)


def _choice(choice: Choice) -> str:
    return f"`{choice.key}` ({choice.zh if choice.zh != choice.key else choice.en})"


def _arrow(ends: Ends) -> str:
    return f"{', '.join(ends.start_labels)} → {', '.join(ends.end_labels)}"


def _parents(parents: tuple[str, ...]) -> str:
    return " ⊂ " + ", ".join(f"`{parent}`" for parent in parents) if parents else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(schema()), encoding="utf-8", newline="\n")
