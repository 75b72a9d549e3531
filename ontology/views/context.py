"""The JSON-LD 1.1 context: the graph's own names of labels, relationship types and properties as IRIs.

One property name means one IRI everywhere (the schema checks it), so the context is flat. Relationship types stand
beside properties without a clash, because they are upper case. Evidence positions and lines are ordered lists.
"""

from __future__ import annotations

from typing import Any

from unionkg.ontology.model import PropertyType, Schema

#: Datatypes of the value types; dates and periods stay plain strings, since a partial date is no xsd:date.
_DATATYPES = {
    "integer": "xsd:integer",
    "number": "xsd:double",
    "boolean": "xsd:boolean",
    "datetime": "xsd:dateTime",
    "url": "xsd:anyURI",
}


def context(schema: Schema) -> dict[str, Any]:
    """The context as a dictionary, ready to stand under ``@context``; internal labels and properties are left out."""
    terms: dict[str, Any] = {"@version": 1.1, **schema.prefixes}
    hidden = {label for label, node in schema.nodes.items() if node.internal}
    for owner, prop in schema.properties():
        if owner not in hidden and not prop.internal:
            terms[prop.name] = _property(prop)
    terms |= {label: node.iri for label, node in schema.nodes.items() if label not in hidden}
    terms |= {name: {"@id": one.iri, "@type": "@id"} for name, one in schema.relationships.items()}
    return terms


def _property(prop: PropertyType) -> Any:
    told: dict[str, Any] = {"@id": prop.iri}
    if prop.type in _DATATYPES:
        told["@type"] = _DATATYPES[prop.type]
    if prop.many:
        told["@container"] = "@list" if prop.parallel or prop.type == "integer" else "@set"
    return prop.iri if len(told) == 1 else told
