"""Resources as JSON-LD 1.1: the schema's names as keys, the context inline, evidence inside its statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from unionkg.graph.exchange.rdf_terms import (
    BOOLEAN,
    DOUBLE,
    INTEGER,
    STRING,
    Link,
    Literal,
    Name,
    Resource,
    Said,
    Value,
    is_resolvable,
)
from unionkg.ontology.model import schema
from unionkg.ontology.views.context import context

#: The context, and the label that it has for a class (a compact IRI).
_Terms = Mapping[str, Any]
_Labels = Mapping[str, str]


def json_ld(resources: Iterable[Resource], base: str) -> str:
    """The JSON-LD text; IRIs are written relative to a whole ``base`` where that is safe."""
    terms = context(schema())
    labels = {node.iri: label for label, node in schema().nodes.items() if label in terms}
    head = {"@base": base, **terms} if is_resolvable(base) else terms
    graph = ",\n".join(_lines(_resource(resource, terms, labels, base)) for resource in resources)
    return f'{{"@context": {_lines(head)},\n"@graph": [\n{graph}\n]}}\n'


def _lines(made: Mapping[str, Any]) -> str:
    """One line a key: a diff shows what changed, and a file of many quotes stays short."""
    return "{\n" + ",\n".join(f" {_json(key)}: {_json(value)}" for key, value in made.items()) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _resource(resource: Resource, terms: _Terms, labels: _Labels, base: str) -> dict[str, Any]:
    made: dict[str, Any] = {"@id": _iri(resource.iri, base)}
    if resource.types:
        types = [labels.get(name, name) for name in resource.types]
        made["@type"] = types if len(types) > 1 else types[0]
    for said in resource.said:
        key = said.term or said.iri
        values = [_value(value, said, terms, labels, base) for value in said.values]
        made[key] = values if _is_many(said, terms) else values[0]
    return made


def _declared(said: Said, terms: _Terms) -> Mapping[str, Any]:
    """What the context says of the key beyond its IRI."""
    told = terms.get(said.term) if said.term else None
    return told if isinstance(told, Mapping) else {}


def _is_many(said: Said, terms: _Terms) -> bool:
    """Whether the values come as an array: also a single one where others of the key may have several."""
    told = _declared(said, terms)
    parts = any(isinstance(value, Resource) for value in said.values)
    return len(said.values) > 1 or parts or "@container" in told or told.get("@type") == "@id"


def _value(value: Value, said: Said, terms: _Terms, labels: _Labels, base: str) -> Any:
    kind = _declared(said, terms).get("@type")
    match value:
        case Resource():
            return _resource(value, terms, labels, base)
        case Name(compact):
            return {"@id": compact}
        case Link(iri):
            short = _iri(iri, base)
            return short if kind == "@id" else {"@id": short}
        case Literal(text, datatype):
            return _literal(text, datatype, kind)


def _literal(text: str, datatype: str, kind: str | None) -> Any:
    """A plain JSON value where a reader takes it for this very literal, else a value object.

    A number is a double to a reader only where the key is declared so: 12.0 alone is an integer in JSON-LD.
    """
    if datatype in {INTEGER, BOOLEAN} and kind in {None, datatype}:
        return json.loads(text)
    if datatype == DOUBLE and kind == DOUBLE:
        return float(text)
    if datatype == kind or (datatype == STRING and kind is None):
        return text
    return {"@value": text, "@type": datatype}


def _iri(iri: str, base: str) -> str:
    return iri.removeprefix(base) if is_resolvable(base) else iri
