"""From a projection to RDF resources: nodes with their properties and plain triples, and one resource a statement.

A statement is an ``rdf:Statement`` and, where quotes support it, an ``oa:Annotation`` whose targets are the passages
of the document, one a quote. RDF has no properties on triples; reification as resources survives every store and
format, named graphs or not, and can be asked in plain SPARQL 1.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from unionkg.errors import RecordError, SchemaError
from unionkg.graph.build import Projection
from unionkg.graph.exchange.rdf_terms import (
    INTEGER,
    Link,
    Literal,
    Name,
    Resource,
    Said,
    Value,
    iri,
    literal,
    statement_iri,
    whole_base,
)
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.language import say
from unionkg.ontology.model import Ends, PropertyType, schema

#: Properties that hold ids of other nodes: they become links.
_REFERENCES = frozenset({"document", "case_id", "cases", "subset_of", "candidates"})
#: What a used region or term brings with it, upwards.
_UPWARDS = frozenset({"WITHIN", "BROADER", "IN_THEME"})

_Key = tuple[str, str]


def resources(projection: Projection, base: str) -> Iterator[Resource]:
    """Everything that is exported, as resources in a fixed order.

    All nodes of documents and all entities; of the structure only what a statement uses, with the regions and
    terms above it. All relationships between those but computed ones.

    Parameters
    ----------
    projection : Projection
    base : str
        The base IRI; ids are appended to it (`unionkg.graph.exchange.rdf_terms.iri`).

    Raises
    ------
    InputError
        ``base`` is no absolute IRI.
    RecordError
        A number is not finite, or two relationships of one type have one id.
    SchemaError
        The projection holds what the schema does not declare.
    """
    base = whole_base(base)
    ties = _ties(projection)
    nodes = _nodes(projection, ties)
    known = {(node.label, node.id) for node in nodes}
    between = [tie for tie in ties if tie.start in known and tie.end in known]
    yield _dataset(projection, base)
    yield from _sources(between, base)
    plain = _plain(between, base)
    for node in nodes:
        yield from _node(node, plain[node.label, node.id], base)
    for node in nodes:
        yield from _stated_of_node(node, base)
    for tie in between:
        yield _statement(tie, base)


def _ties(projection: Projection) -> list[Relationship]:
    """All relationships but computed ones, by type and id."""
    everything = [
        *(tie for graph in projection.documents for tie in graph.relationships),
        *projection.derived,
        *projection.structure[1],
    ]
    order = {name: number for number, name in enumerate(schema().relationships)}
    ties = sorted(
        (tie for tie in everything if _ends(tie).basis != "computed"), key=lambda tie: (order[tie.type], tie.id)
    )
    for one, other in pairwise(ties):
        if (one.type, one.id) == (other.type, other.id):  # one IRI for both would mix what they say
            raise RecordError(
                say(f"两条 {one.type} 陈述的编号都是 {one.id}", f"two {one.type} statements have the id {one.id}"),
                where=str(one.properties.get("case_id", one.start[1])),
                hint=say("检查对这个案例的裁定", "check the decisions on this account"),
            )
    return ties


def _ends(tie: Relationship) -> Ends:
    declared = schema().relationships.get(tie.type)
    ends = declared.between(tie.start[0], tie.end[0]) if declared else None
    if ends is None:
        shown = f"{tie.type}: {tie.start[0]} -> {tie.end[0]}"
        raise SchemaError(say("结构中没有这种关系", "the schema has no such relationship"), where=shown)
    return ends


def _nodes(projection: Projection, ties: Sequence[Relationship]) -> list[Node]:
    """The nodes that are exported, by label and id."""
    structure = {(node.label, node.id): node for node in projection.structure[0]}
    above: dict[_Key, list[_Key]] = defaultdict(list)
    for tie in projection.structure[1]:
        if tie.type in _UPWARDS:
            above[tie.start].append(tie.end)
    # What a ledger says is no table of ours: it is exported whole, as what documents state is.
    structural = {(tie.type, tie.id) for tie in projection.structure[1] if tie.type != "COVERAGE"}
    waiting = [end for tie in ties if (tie.type, tie.id) not in structural for end in (tie.start, tie.end)]
    used: set[_Key] = set()
    while waiting:
        key = waiting.pop()
        if key in structure and key not in used:
            used.add(key)
            waiting += above[key]
    found = [node for graph in projection.documents for node in graph.nodes]
    found += [*projection.entities, *(structure[key] for key in used)]
    order = {name: number for number, name in enumerate(schema().nodes)}
    return sorted(found, key=lambda node: (order[node.label], node.id))


def _dataset(projection: Projection, base: str) -> Resource:
    """The export itself: which ontology it follows and which documents it rests on."""
    documents = sorted(graph.document for graph in projection.documents)
    said = (
        Said("dcterms:conformsTo", (Link(schema().namespace),)),
        Said("ukg:schemaVersion", (Literal(str(schema().version), INTEGER),)),
        Said("prov:wasDerivedFrom", tuple(Link(iri(base, document)) for document in documents)),
    )
    return Resource(f"{base}dataset", ("dcat:Dataset", "prov:Entity"), said if documents else said[:2])


def _sources(ties: Sequence[Relationship], base: str) -> Iterator[Resource]:
    """The tables and standards that structural statements rest on: PROV wants a thing there, not a string."""
    for name in sorted({str(tie.properties["source"]) for tie in ties if "source" in tie.properties}):
        named = Said("skos:prefLabel", (Literal(name),), "name")
        yield Resource(iri(base, f"source:{name}"), ("prov:Entity",), (named,))


def _plain(ties: Sequence[Relationship], base: str) -> Mapping[_Key, Sequence[Said]]:
    """By node: its relationships as triples without more, each also under the published properties above its own."""
    found: dict[_Key, dict[tuple[str, str | None], set[str]]] = defaultdict(lambda: defaultdict(set))
    for tie in ties:
        declared = schema().relationships[tie.type]
        there = iri(base, tie.end[1])
        found[tie.start][declared.iri, declared.type].add(there)
        for parent in declared.parents:
            found[tie.start][parent, None].add(there)
    made: dict[_Key, Sequence[Said]] = defaultdict(tuple)
    for key, by_property in found.items():
        made[key] = [Said(name, tuple(map(Link, sorted(iris))), term) for (name, term), iris in by_property.items()]
    return made


def _node(node: Node, plain: Sequence[Said], base: str) -> Iterator[Resource]:
    declared = schema().nodes[node.label]
    here = iri(base, node.id)
    said = _said(declared.properties, {"id": node.id, **node.properties}, node.id, base)
    said += _rows(declared.properties, node, here)
    yield Resource(here, (declared.iri, *declared.parents), (*said, *plain))
    for name, prop in declared.properties.items():
        if _is_ordered(prop) and node.properties.get(name):
            yield from _cells(prop, node, here)


def _said(declared: Mapping[str, PropertyType], given: Mapping[str, object], owner: str, base: str) -> list[Said]:
    """The properties that are said as they are: no parallel lists, ordered lists by their first cell."""
    if unknown := sorted(set(given) - set(declared)):
        raise SchemaError(say(f"结构中没有属性 {unknown[0]}", f"the schema has no property {unknown[0]}"), where=owner)
    found = []
    for name, prop in declared.items():
        if name not in given or given[name] == [] or prop.parallel or prop.internal:
            continue
        value = given[name]
        items = list(dict.fromkeys(value)) if isinstance(value, list) else [value]
        if _is_ordered(prop):
            found.append(Said(prop.iri, (Link(f"{iri(base, owner)}/{name}/1"),)))
        elif name in _REFERENCES:
            found.append(Said(prop.iri, tuple(Link(iri(base, str(item))) for item in items), name))
        elif name == "source":  # a table or standard (see `_sources`)
            found.append(Said(prop.iri, (Link(iri(base, f"source:{value}")),), name))
        else:
            found.append(Said(prop.iri, tuple(literal(prop, item, owner) for item in items), name))
    return found


def _is_ordered(prop: PropertyType) -> bool:
    return prop.many and prop.type == "integer" and prop.parallel is None


def _cells(prop: PropertyType, node: Node, here: str) -> Iterator[Resource]:
    """An ordered list as an RDF list whose cells have IRIs."""
    items = node.properties[prop.name]
    assert isinstance(items, list)
    for number, item in enumerate(items, 1):
        rest: Value = Link(f"{here}/{prop.name}/{number + 1}") if number < len(items) else Name("rdf:nil")
        first = Said("rdf:first", (literal(prop, item, node.id),))
        yield Resource(f"{here}/{prop.name}/{number}", (), (first, Said("rdf:rest", (rest,))))


def _rows(declared: Mapping[str, PropertyType], node: Node, here: str) -> list[Said]:
    """Parallel lists (the sections of an account) as one part a row; evidence is written with its statements."""
    groups: dict[str, list[PropertyType]] = defaultdict(list)
    for name, prop in declared.items():
        if prop.parallel and prop.parallel != "evidence" and name in node.properties:
            groups[prop.parallel].append(prop)
    parts = []
    for group, props in sorted(groups.items()):
        columns = [_list(node.properties, prop.name) for prop in props]
        for number, row in enumerate(zip(*columns, strict=True), 1):
            said = [Said(prop.iri, (literal(prop, item, node.id),)) for prop, item in zip(props, row, strict=True)]
            parts.append(Resource(f"{here}/{group}/{number}", (), (_position(number), *said)))
    return [Said("dcterms:hasPart", tuple(parts))] if parts else []


def _list(given: Mapping[str, object], name: str) -> list[object]:
    value = given.get(name, [])
    assert isinstance(value, list)
    return value


def _position(number: int) -> Said:
    return Said("schema:position", (Literal(str(number), INTEGER),))


def _stated_of_node(node: Node, base: str) -> Iterator[Resource]:
    """Statements about a node's own properties (title, start), from the quotes that it holds for them."""
    given = node.properties
    rows = list(zip(*(_list(given, name) for name in ("quote_for", "quotes", "starts", "ends")), strict=True))
    stated = next(e.properties for r in schema().relationships.values() for e in r.ends if e.basis == "stated")
    for name in dict.fromkeys(str(row[0]) for row in rows):
        mine = [row[1:] for row in rows if row[0] == name]
        quotes, starts, ends = (list(column) for column in zip(*mine, strict=True))
        about: dict[str, object] = {"document": given.get("document", node.id)}
        if node.label == "PracticeCase":
            about["case_id"] = node.id
        for key in ("method", "confidence", "review"):
            if f"{name}_{key}" in given:
                about[key] = given[f"{name}_{key}"]
        prop = schema().nodes[node.label].properties[name]
        here = statement_iri(base, node.id, name)
        value = literal(prop, given[name], node.id)
        said = _said(stated, about, node.id, base)
        evidence = {"quotes": quotes, "starts": starts, "ends": ends}
        yield _reified(here, (Link(iri(base, node.id)), prop.iri, value), said, {**about, **evidence}, base)


def _statement(tie: Relationship, base: str) -> Resource:
    said = _said(_ends(tie).properties, {"id": tie.id, **tie.properties}, tie.id, base)
    triple = Link(iri(base, tie.start[1])), schema().relationships[tie.type].iri, Link(iri(base, tie.end[1]))
    return _reified(statement_iri(base, tie.id, tie.type), triple, said, tie.properties, base)


def _reified(
    here: str, triple: tuple[Link, str, Value], said: Sequence[Said], given: Mapping[str, object], base: str
) -> Resource:
    subject, predicate, value = triple
    made = [
        Said("rdf:subject", (subject,)),
        Said("rdf:predicate", (Name(predicate),)),
        Said("rdf:object", (value,)),
        *said,
    ]
    types = ["rdf:Statement", "prov:Entity"]
    if "document" in given:
        source = Link(iri(base, str(given["document"])))
        made.append(Said("prov:wasDerivedFrom", (source,)))
        if targets := _targets(here, source, given):
            types.append("oa:Annotation")
            made.append(Said("oa:hasTarget", tuple(targets)))
    return Resource(here, tuple(types), tuple(made))


def _targets(here: str, source: Link, given: Mapping[str, object]) -> list[Resource]:
    """The quotes in their order: each a passage of the document, by its words and by its place."""
    made = []
    columns = (_list(given, name) for name in ("quotes", "starts", "ends"))
    for number, (quote, start, end) in enumerate(zip(*columns, strict=True), 1):
        passage = f"{here}/evidence/{number}"
        words = Said("oa:exact", (Literal(str(quote)),))
        place = (
            Said("oa:start", (Literal(str(start), INTEGER),)),
            Said("oa:end", (Literal(str(end), INTEGER),)),
        )
        selectors = (
            Resource(f"{passage}/quote", ("oa:TextQuoteSelector",), (words,)),
            Resource(f"{passage}/position", ("oa:TextPositionSelector",), place),
        )
        said = (_position(number), Said("oa:hasSource", (source,)), Said("oa:hasSelector", selectors))
        made.append(Resource(passage, ("oa:SpecificResource",), said))
    return made
