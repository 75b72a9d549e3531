"""RDF out: the projection as Turtle, JSON-LD or an rdflib graph, each statement with its evidence.

What is exported and in which shape: `unionkg.graph.exchange.rdf_resources` and docs/reference/rdf.md. The three
forms hold the same triples; the texts are the same byte for byte whenever the projection is the same.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from unionkg.graph.build import Projection
from unionkg.graph.exchange import rdf_terms
from unionkg.graph.exchange.rdf_jsonld import json_ld
from unionkg.graph.exchange.rdf_resources import resources
from unionkg.graph.exchange.rdf_turtle import turtle
from unionkg.ontology.model import schema

if TYPE_CHECKING:
    import rdflib


def text(projection: Projection, base: str, form: Literal["turtle", "json-ld"]) -> str:
    """The projection as RDF text.

    Every node of a document and every entity; of regions, themes, practice types and groups only those that a
    statement uses and those above them, not the whole table; every relationship but computed ones, as a triple and
    as a resource that carries its evidence.

    Parameters
    ----------
    projection : Projection
    base : str
        Where IRIs begin: ``https://example.org/id/`` makes ``https://example.org/id/union/4c1e`` of ``union:4c1e``.
        A slash is added to a base that ends in none of ``/ # :``.
    form : {"turtle", "json-ld"}

    Raises
    ------
    InputError
        ``base`` is no absolute IRI.
    RecordError
        A number is not finite, or two statements have one id.
    """
    written = {"turtle": turtle, "json-ld": json_ld}[form]
    return written(resources(projection, base), rdf_terms.whole_base(base))


def graph(projection: Projection, base: str) -> rdflib.Graph:
    """The same as an rdflib graph; parameters and errors as for `text`."""
    import rdflib

    found = schema()
    named = cache(rdflib.URIRef)  # it checks every character, and most IRIs come several times
    made = rdflib.Graph()
    for prefix, iri in found.prefixes.items():
        made.bind(prefix, iri, replace=True)

    def term(value: rdf_terms.Value) -> rdflib.URIRef | rdflib.Literal:
        match value:
            case rdf_terms.Name(compact):
                return named(found.expand(compact))
            case rdf_terms.Link(iri) | rdf_terms.Resource(iri):
                return named(iri)
            case rdf_terms.Literal(lexical, rdf_terms.STRING):
                return rdflib.Literal(lexical)
            case rdf_terms.Literal(lexical, datatype):
                return rdflib.Literal(lexical, datatype=named(found.expand(datatype)))

    for resource in (one for outer in resources(projection, base) for one in rdf_terms.flat(outer)):
        here = named(resource.iri)
        for name in resource.types:
            made.add((here, rdflib.RDF.type, named(found.expand(name))))
        for said in resource.said:
            predicate = named(found.expand(said.iri))
            for value in said.values:
                made.add((here, predicate, term(value)))
    return made
