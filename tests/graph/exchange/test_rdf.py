"""RDF out: everything is there once, with its evidence, the same in every form and at every run."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import rdflib
from rdflib import RDF, SKOS, BNode, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, PROV

from tests.graph.making import document, identified, record, stated
from unionkg.errors import InputError, RecordError
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.exchange import rdf
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.records import CaseRecord, Evidence, OutcomeStatement, PracticeStatement, Section, TextStatement
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.graph.structure import vocabularies
from unionkg.ontology.model import schema
from unionkg.ontology.regions import table
from unionkg.ontology.views.context import context

BASE = "https://example.org/id/"
FORMS: tuple[Literal["turtle", "json-ld"], ...] = ("turtle", "json-ld")
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "rdf.md"
UKG = rdflib.Namespace("https://w3id.org/unionkg/ontology#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")
#: Characters that end strings, lines or escapes somewhere, or are more than one code unit.
HOSTILE = '他说"好"\'\'\'"""\\ \\n\\u0041\n\r\n\t\x0b\x1f\x7f\x85\u2028\u2029\ufeff<a>@zh^^x {} 👩‍🔧𠮷é\u202e.'


def projected(*records: CaseRecord, reviews: dict[str, Any] | None = None, **given: Any) -> Projection:
    cases = [EffectiveRecord(r, reviews or {}) for r in (records or identified())]
    return project([(document(**given), cases)], vocabularies(), {}, table())


@cache
def usual() -> Projection:
    """The projection of the one record, made once: nothing changes it."""
    return projected()


def read(projection: Projection, form: str, base: str = BASE) -> rdflib.Graph:
    if form == "graph":
        return rdf.graph(projection, base)
    return rdflib.Graph().parse(data=rdf.text(projection, base, form), format=form)  # type: ignore[arg-type]


def everything(projection: Projection) -> tuple[list[Node], list[Relationship]]:
    graphs = projection.documents
    nodes = [*(n for g in graphs for n in g.nodes), *projection.entities, *projection.structure[0]]
    ties = [*(r for g in graphs for r in g.relationships), *projection.derived, *projection.structure[1]]
    return nodes, ties


def passages(graph: rdflib.Graph, statement: Any) -> list[tuple[str, int, int, str]]:
    """Quote, start, end and document of a statement's evidence, in order."""
    found = []
    for target in graph.objects(statement, OA.hasTarget):
        number = graph.value(target, SCHEMA.position)
        source = graph.value(target, OA.hasSource)
        selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
        quote = graph.value(selectors[OA.TextQuoteSelector], OA.exact)
        start, end = (graph.value(selectors[OA.TextPositionSelector], p) for p in (OA.start, OA.end))
        found.append((int(str(number)), (str(quote), int(str(start)), int(str(end)), str(source))))
    return [row for _, row in sorted(found)]


def the(graph: rdflib.Graph, kind: str) -> URIRef:
    """The one statement of a relationship type."""
    (found,) = graph.subjects(RDF.predicate, URIRef(schema().expand(schema().relationships[kind].iri)))
    assert isinstance(found, URIRef)
    return found


@pytest.mark.parametrize("form", ["graph", *FORMS])
def test_every_statement_comes_out_with_its_quotes_and_their_places(form: str) -> None:
    (made,) = identified()
    graph = read(projected(made), form)
    checked = 0
    for name, statement in made.statements():
        if name in {"title", "started"}:
            found = [URIRef(f"{BASE}statement/case/{made.id.partition(':')[2]}/{name}")]
        else:
            found = [
                s
                for s in graph.subjects(DCTERMS.identifier, rdflib.Literal(statement.id))
                if RDF.Statement in graph.objects(s, RDF.type)
            ]
        assert found, (name, statement.id)
        for resource in found:
            wanted = [(e.quote, e.start, e.end, f"{BASE}doc/aaaa") for e in statement.evidence]
            assert passages(graph, resource) == wanted
            assert graph.value(resource, PROV.wasDerivedFrom) == URIRef(f"{BASE}doc/aaaa")
            checked += 1
    assert checked == len(list(made.statements())) + 1  # the main practice is INTRODUCED and gives IN_THEME


def test_several_quotes_keep_their_order() -> None:
    pieces = (Evidence("第二段在前", 40, 45), Evidence("第一段在后", 3, 8), Evidence("第二段在前", 90, 95))
    outcome = replace(record().outcomes[0], evidence=pieces)
    graph = rdf.graph(projected(*identified(record(outcomes=(outcome,)))), BASE)
    assert [row[:3] for row in passages(graph, the(graph, "ACHIEVED"))] == [(e.quote, e.start, e.end) for e in pieces]


def test_as_many_nodes_and_relationships_come_out_as_went_in() -> None:
    projection = usual()
    graph = rdf.graph(projection, BASE)
    nodes, ties = everything(projection)
    exported = {str(s) for s in graph.subjects(RDF.type)}
    ids = {str(o): s for s, o in graph.subject_objects(DCTERMS.identifier) if (s, RDF.type, RDF.Statement) not in graph}
    structural = {"Region", "Theme", "PracticeType", "TargetGroup"}
    assert {n.id for n in nodes if n.label not in structural} <= set(ids)
    between = [r for r in ties if r.start[1] in ids and r.end[1] in ids]
    statements = Counter(graph.objects(predicate=RDF.predicate))
    wanted = Counter(URIRef(schema().expand(schema().relationships[r.type].iri)) for r in between)
    wanted.update({DCTERMS.title: 1, UKG.started: 1})
    assert statements == wanted
    assert len([r for r in ties if r.start[1].startswith("case:")]) > 10
    for tie in between:
        predicate = URIRef(schema().expand(schema().relationships[tie.type].iri))
        assert (ids[tie.start[1]], predicate, ids[tie.end[1]]) in graph
    assert {str(ids[i]) for i in ids} <= exported


def test_a_resource_says_one_thing_only() -> None:
    graph = rdf.graph(usual(), BASE)
    for single in (
        RDF.subject,
        RDF.predicate,
        RDF.object,
        OA.exact,
        OA.start,
        OA.end,
        OA.hasSource,
        DCTERMS.identifier,
    ):
        counted = Counter(graph.subjects(single))
        assert counted
        assert set(counted.values()) == {1}, single
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_two_relationships_of_one_fact_are_two_statements() -> None:
    (made,) = identified()
    graph = rdf.graph(projected(made), BASE)
    found = {str(s) for s in graph.subjects(DCTERMS.identifier, rdflib.Literal(made.practices[0].id))}
    fact = made.practices[0].id.replace(":", "/")
    assert found == {f"{BASE}statement/{fact}/INTRODUCED", f"{BASE}statement/{fact}/IN_THEME"}


@pytest.mark.parametrize(
    ("base", "union"),
    [
        ("https://example.org/id/", "https://example.org/id/union/"),
        ("https://example.org/id", "https://example.org/id/union/"),
        ("https://example.org/kg#", "https://example.org/kg#union/"),
        ("https://example.org/a/../b/", "https://example.org/a/../b/union/"),
        ("https://例子.example/图谱/", "https://例子.example/图谱/union/"),
        ("urn:example:kg", "urn:example:kg/union/"),
        ("tag:example.org,2026:", "tag:example.org,2026:union/"),
        ("https://example.org/?id=", "https://example.org/?id=/union/"),
    ],
)
def test_all_forms_hold_the_same_triples_whatever_the_base(base: str, union: str) -> None:
    projection = usual()
    graph, *others = (set(read(projection, form, base)) for form in ("graph", *FORMS))
    assert [other == graph for other in others] == [True, True]
    unions = [str(s) for s, _, o in graph if o == UKG.TradeUnion]
    assert len(unions) == 3
    assert all(iri.startswith(union) for iri in unions)


@pytest.mark.parametrize("base", ["", "example.org/id/", "/id/", "https:", "https://example.org/a b/", "https://x/<y>"])
def test_what_is_no_base_is_refused(base: str) -> None:
    for form in FORMS:
        with pytest.raises(InputError, match=r"base|前缀"):
            rdf.text(usual(), base, form)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_projection_gives_the_same_bytes(form: Literal["turtle", "json-ld"]) -> None:
    records = identified(record(), record(lines=((6, 9),)))
    one = projected(*records)
    turned = Projection(
        (one.structure[0][::-1], one.structure[1][::-1]),
        [DocumentGraph(g.document, g.nodes[::-1], g.relationships[::-1]) for g in one.documents[::-1]],
        one.entities[::-1],
        one.derived[::-1],
    )
    assert rdf.text(one, BASE, form) == rdf.text(projected(*records), BASE, form) == rdf.text(turned, BASE, form)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_survives(form: Literal["turtle", "json-ld"]) -> None:
    piece = (Evidence(HOSTILE, 7, 7 + len(HOSTILE)),)
    practice = replace(record().practices[0], name=HOSTILE, aliases=(HOSTILE + "二", "\\"), evidence=piece)
    title = TextStatement(value=HOSTILE, evidence=piece, method="test.hand", confidence=0.5)
    projection = projected(*identified(record(title=title, practices=(practice,))), title=HOSTILE)
    text = rdf.text(projection, BASE, form)
    graph = rdflib.Graph().parse(data=text, format=form)
    assert set(graph) == set(rdf.graph(projection, BASE))
    introduced = the(graph, "INTRODUCED")
    assert passages(graph, introduced)[0][:3] == (HOSTILE, 7, 7 + len(HOSTILE))
    assert graph.value(introduced, UKG.printed) == rdflib.Literal(HOSTILE)
    assert graph.value(URIRef(f"{BASE}doc/aaaa"), DCTERMS.title) == rdflib.Literal(HOSTILE)
    assert graph.value(graph.value(introduced, RDF.object), SKOS.prefLabel) == rdflib.Literal(HOSTILE)


def test_turtle_has_no_line_but_its_own() -> None:
    title = TextStatement(value=HOSTILE, evidence=(Evidence(HOSTILE, 0, 3),), method="test.hand", confidence=0.5)
    text = rdf.text(projected(*identified(record(title=title))), BASE, "turtle")
    assert text.splitlines() == text.split("\n")[:-1]


@pytest.mark.parametrize("name", ["闲置/空间?利用#1", "a b%20<c>", '"引"|\\', "..", "é𠮷"])
def test_any_id_makes_an_iri(name: str) -> None:
    concept = replace(record().concepts[2], concept=f"new:{name}")
    projection = projected(*identified(record(concepts=(concept,))))
    graphs = [read(projection, form) for form in FORMS]
    assert set(graphs[0]) == set(graphs[1])
    (found,) = graphs[0].subjects(DCTERMS.identifier, rdflib.Literal(f"practice_type:new:{name}"))
    assert re.fullmatch(re.escape(BASE) + r"practice_type/new%3A[A-Za-z0-9%._~-]+", str(found))


@pytest.mark.parametrize("form", FORMS)
def test_a_list_is_repeated_values(form: str) -> None:
    practice: PracticeStatement = replace(record().practices[0], aliases=("工会驿站", "歇脚点", "工会驿站"))
    graph = read(projected(*identified(record(practices=(practice,)))), form)
    introduced = the(graph, "INTRODUCED")
    assert {str(o) for o in graph.objects(introduced, SKOS.altLabel)} == {"工会驿站", "歇脚点"}
    assert {str(o) for o in graph.objects(graph.value(introduced, RDF.object), SKOS.altLabel)} == {"工会驿站", "歇脚点"}


@pytest.mark.parametrize("form", FORMS)
def test_lines_keep_their_order(form: str) -> None:
    graph = read(projected(*identified(record(lines=((40, 44), (1, 1), (3, 5))))), form)
    (head,) = graph.objects(predicate=UKG.lines)
    assert [int(str(item)) for item in Collection(graph, head)] == [40, 44, 1, 1, 3, 5]


@pytest.mark.parametrize("form", FORMS)
def test_sections_keep_their_order_and_what_belongs_together(form: str) -> None:
    sections = (Section("做法", None, 20, 60), Section("背景", "一、背景", 5, 19), Section("做法", None, 60, 70))
    graph = read(projected(*identified(record(sections=sections))), form)
    (case,) = graph.subjects(RDF.type, UKG.PracticeCase)
    names = (SCHEMA.position, UKG.sectionKind, UKG.sectionHeading, UKG.sectionStart, UKG.sectionEnd)
    rows = sorted(
        tuple(graph.value(part, name).toPython() for name in names)  # type: ignore[union-attr]
        for part in graph.objects(case, DCTERMS.hasPart)
    )
    assert rows == [(1, "做法", "", 20, 60), (2, "背景", "一、背景", 5, 19), (3, "做法", "", 60, 70)]


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2017", "gYear"), ("2017-05", "gYearMonth"), ("2017-05-02", "date"), ("2013/2017", None), ("去年", None)],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_period_is_as_precise_as_the_text(form: str, value: str, datatype: str | None) -> None:
    outcome = replace(record().outcomes[0], period=value)
    graph = read(projected(*identified(record(outcomes=(outcome,)))), form)
    (found,) = graph.objects(predicate=UKG.period)
    assert isinstance(found, rdflib.Literal)
    assert str(found) == value
    assert found.datatype == (rdflib.XSD[datatype] if datatype else None)


@pytest.mark.parametrize("number", [0.0, 12.0, 3400.0, 0.1 + 0.2, 99.99, 1.3e4, 12345678.9, 1e21, 1e-7, -5.5])
@pytest.mark.parametrize("form", FORMS)
def test_a_number_comes_out_exactly(form: str, number: float) -> None:
    outcome: OutcomeStatement = replace(record().outcomes[1], value=number)
    graph = read(projected(*identified(record(outcomes=(outcome,)))), form)
    (found,) = graph.objects(predicate=SCHEMA.value)
    assert isinstance(found, rdflib.Literal)
    assert (found.datatype, float(str(found))) == (rdflib.XSD.double, number)


def test_numbers_are_written_in_their_canonical_form() -> None:
    outcome = replace(record().outcomes[1], value=3400.0, baseline=0.0)
    text = rdf.text(projected(*identified(record(outcomes=(outcome,)))), BASE, "turtle")
    assert "    schema:value 3.4E3 ;" in text
    assert "    ukg:baseline 0.0E0 ;" in text


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    outcome = replace(record().outcomes[0], baseline=number)
    projection = projected(*identified(record(outcomes=(outcome,))))
    for form in FORMS:
        with pytest.raises(RecordError) as caught:
            rdf.text(projection, BASE, form)
        assert str(caught.value.where).startswith("outcome:")


def test_booleans_and_integers_have_their_types() -> None:
    graph = rdf.graph(usual(), BASE)
    learned = next(s for s in graph.subjects(RDF.predicate, UKG.learnedFrom) if graph.value(s, OA.hasTarget))
    assert graph.value(learned, UKG.intended) == rdflib.Literal(False)
    assert graph.value(graph.value(predicate=RDF.type, object=UKG.PracticeCase), UKG.firstLine) == rdflib.Literal(1)


def test_published_classes_and_properties_stand_beside_our_own() -> None:
    graph = rdf.graph(usual(), BASE)
    org = rdflib.Namespace("http://www.w3.org/ns/org#")
    for union in graph.subjects(RDF.type, UKG.TradeUnion):
        assert (union, RDF.type, org.FormalOrganization) in graph
    assert set(graph.subject_objects(org.subOrganizationOf)) == set(graph.subject_objects(UKG.subordinateTo)) != set()
    assert set(graph.subject_objects(SKOS.broader)) == set(graph.subject_objects(UKG.broader)) != set()


def test_only_used_regions_and_terms_come_out_with_those_above() -> None:
    graph = rdf.graph(usual(), BASE)

    def ids(label: str) -> set[str]:
        return {str(graph.value(s, DCTERMS.identifier)) for s in graph.subjects(RDF.type, UKG[label])}

    assert ids("Region") == {"region:310000", "region:310106", "region:310113"}
    assert ids("TargetGroup") == {
        "target_group:couriers",
        "target_group:new_employment_workers",
        "target_group:all_workers",
    }
    assert len(ids("PracticeType")) == 3
    themes = {str(o) for o in graph.objects(predicate=UKG.inTheme)}
    assert {str(s) for s in graph.subjects(RDF.type, UKG.Theme)} == themes


def test_what_is_derived_names_its_accounts_and_has_no_quotes() -> None:
    records = identified(record(), record(lines=((6, 9),)))
    graph = rdf.graph(projected(*records), BASE)
    practises = next(graph.subjects(RDF.predicate, UKG.practises))
    assert {str(o) for o in graph.objects(practises, PROV.wasDerivedFrom)} == {
        BASE + r.id.replace(":", "/") for r in records
    }
    assert (practises, RDF.type, OA.Annotation) not in graph
    assert graph.value(practises, OA.hasTarget) is None


def test_what_is_computed_stays_out() -> None:
    one = usual()
    ends = [("TradeUnion", n.id) for n in one.entities if n.label == "TradeUnion"][:2]
    told = {"method": "netinf", "score": 0.7, "cases": []}
    guessed = Relationship("INFERRED_TIE", "computed:1", ends[0], ends[1], told)
    assert rdf.text(replace(one, derived=[*one.derived, guessed]), BASE, "turtle") == rdf.text(one, BASE, "turtle")


def test_two_statements_with_one_id_are_refused() -> None:
    (made,) = identified()
    one = made.partners[0]
    twice = replace(made, partners=(one, replace(one, name="另一个单位", entity="organization:other")))
    with pytest.raises(RecordError, match=re.escape(one.id)):
        rdf.text(projected(twice), BASE, "turtle")


def test_a_structural_statement_names_its_table() -> None:
    graph = rdf.graph(usual(), BASE)
    within = next(graph.subjects(RDF.predicate, UKG.within))
    source = graph.value(within, PROV.hadPrimarySource)
    assert source == URIRef(f"{BASE}source/GB%2FT%202260")
    assert graph.value(source, SKOS.prefLabel) == rdflib.Literal("GB/T 2260")


def test_people_s_decisions_are_told() -> None:
    (made,) = identified()
    assert made.started is not None
    reviews = {made.unions[0].id: "accepted", made.started.id: "corrected"}
    graph = rdf.graph(projected(made, reviews=reviews), BASE)
    assert str(graph.value(the(graph, "INITIATED"), UKG.review)) == "accepted"
    started = URIRef(f"{BASE}statement/case/{made.id.partition(':')[2]}/started")
    assert str(graph.value(started, UKG.review)) == "corrected"
    assert str(graph.value(started, UKG.method)) == "test.hand"
    assert graph.value(started, RDF.object) == rdflib.Literal("2021-04", datatype=rdflib.XSD.gYearMonth)


def test_the_export_describes_itself() -> None:
    graph = rdf.graph(usual(), BASE)
    (dataset,) = graph.subjects(RDF.type, URIRef(schema().expand("dcat:Dataset")))
    assert set(graph.objects(dataset, PROV.wasDerivedFrom)) == set(graph.subjects(RDF.type, UKG.Document)) != set()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_workspace_is_rdf_too(form: str) -> None:
    empty = project([], vocabularies(), {}, table())
    assert [str(s) for s in set(read(empty, form).subjects())] == [f"{BASE}dataset"]


def test_json_ld_speaks_the_schema_s_names() -> None:
    data = json.loads(rdf.text(usual(), BASE, "json-ld"))
    assert data["@context"] == {"@base": BASE, **context(schema())}
    by_id = {item["@id"]: item for item in data["@graph"]}
    (union,) = [
        item for item in by_id.values() if item.get("canonical") == "上海市宝山区示例镇总工会" and "name" in item
    ]
    assert union["@type"] == ["TradeUnion", "org:FormalOrganization"]
    assert by_id[union["INITIATED"][0]]["@type"][0] == "PracticeCase"
    (initiated,) = [item for key, item in by_id.items() if key.endswith("/INITIATED")]
    assert initiated["confidence"] == 0.9
    assert initiated["oa:hasTarget"][0]["oa:hasSelector"][0]["oa:exact"] == "宝山区示例镇总工会"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_page_shows_what_is_written() -> None:
    (shown,) = blocks("turtle")
    projection = usual()
    prefixes = "".join(re.findall(r"@prefix .*\n", rdf.text(projection, BASE, "turtle")))
    example = rdflib.Graph().parse(data=prefixes + shown, format="turtle")
    assert len(example) > 20
    assert set(example) - set(rdf.graph(projection, BASE)) == set()


@pytest.mark.parametrize("form", FORMS)
def test_where_does_it_say_so(form: str) -> None:
    question = blocks("sparql")[0]
    (row,) = read(usual(), form).query(question)
    told = [term.toPython() for term in row]  # type: ignore[union-attr]
    assert told == ["宝山区示例镇总工会", "宝山区示例镇总工会 家门口的歇脚屋", "示例文献", "宝山区示例镇总工会", 0, 9]
    table_row = "| " + " | ".join(map(str, told)) + " |"
    assert table_row in PAGE.read_text(encoding="utf-8")


def test_all_that_a_document_says() -> None:
    (made,) = identified()
    rows = {tuple(str(term) for term in row) for row in rdf.graph(projected(made), BASE).query(blocks("sparql")[1])}  # type: ignore[union-attr]
    quotes = {e.quote for _, statement in made.statements() for e in statement.evidence}
    assert {row[-1] for row in rows} == quotes
    assert "unreviewed" in {row[3] for row in rows}


def test_an_account_that_is_stated_twice_is_one_triple_and_two_statements() -> None:
    first = record().diffusion[0]
    twice = (first, stated(type(first), "上海市总工会", type="learned_from", other="上海市静安区总工会"))
    graph = rdf.graph(projected(*identified(record(diffusion=twice))), BASE)
    case = graph.value(predicate=RDF.type, object=UKG.PracticeCase)
    assert len(list(graph.objects(case, UKG.learnedFrom))) == 1
    assert len([s for s in graph.subjects(RDF.predicate, UKG.learnedFrom) if (s, RDF.subject, case) in graph]) == 2
