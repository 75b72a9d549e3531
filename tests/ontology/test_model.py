"""What may be said: labels, relationship types and their ends, and the checks that hold a projection to them."""

from __future__ import annotations

import pytest

from unionkg.ontology.model import check_node, check_relationship, schema, values

LABELS = [
    "Document", "PracticeCase", "TradeUnion", "Region", "Practice", "PracticeType", "Theme", "TargetGroup", "Outcome",
    "Policy", "Organization", "Platform", "Award", "Person", "UnresolvedName", "Build",
]  # fmt: skip

OTHERS = ["TradeUnion", "Region", "Organization", "Practice", "PracticeCase", "Policy", "Document", "UnresolvedName"]
DIFFUSION = [
    "LEARNED_FROM", "PILOT_ASSIGNED_BY", "PILOTED_AT", "PROMOTED_BY", "SCALED_TO", "REPLICATED_IN", "RECOGNISED_BY",
]  # fmt: skip

ENDS = [
    ("REPORTED_IN", "PracticeCase", "Document", "structural"),
    ("INITIATED", "TradeUnion", "PracticeCase", "stated"),
    ("SUPERVISED", "TradeUnion", "PracticeCase", "stated"),
    ("JOINED", "TradeUnion", "PracticeCase", "stated"),
    ("ESTABLISHED", "PracticeCase", "TradeUnion", "stated"),
    ("MENTIONS", "PracticeCase", "TradeUnion", "stated"),
    ("MENTIONS", "PracticeCase", "Region", "stated"),
    ("TOOK_PLACE_IN", "PracticeCase", "Region", "stated"),
    ("INTRODUCED", "PracticeCase", "Practice", "stated"),
    ("CLAIMED_FIRST", "PracticeCase", "Practice", "stated"),
    ("INCLUDED", "PracticeCase", "Practice", "stated"),
    ("APPLIED", "PracticeCase", "PracticeType", "stated"),
    ("INSTANCE_OF", "Practice", "PracticeType", "derived"),
    ("IN_THEME", "PracticeCase", "Theme", "stated"),
    ("IN_THEME", "Practice", "Theme", "derived"),
    ("IN_THEME", "PracticeType", "Theme", "structural"),
    ("SERVED", "PracticeCase", "TargetGroup", "stated"),
    ("ACHIEVED", "PracticeCase", "Outcome", "stated"),
    ("SUPPORTED", "Organization", "PracticeCase", "stated"),
    ("CITED", "PracticeCase", "Policy", "stated"),
    ("USED", "PracticeCase", "Platform", "stated"),
    ("RECEIVED", "PracticeCase", "Award", "stated"),
    ("COMMENTED_ON", "Person", "PracticeCase", "stated"),
    ("ISSUED_BY", "Policy", "TradeUnion", "derived"),
    ("ISSUED_BY", "Policy", "Organization", "derived"),
    ("CONCERNS", "Policy", "PracticeType", "derived"),
    ("APPLIES_TO", "Policy", "Region", "derived"),
    *((kind, "PracticeCase", other, "stated") for kind in DIFFUSION for other in OTHERS),
    ("SUBORDINATE_TO", "TradeUnion", "TradeUnion", "structural"),
    ("BASED_IN", "TradeUnion", "Region", "structural"),
    ("WITHIN", "Region", "Region", "structural"),
    ("ADJACENT_TO", "Region", "Region", "structural"),
    ("SUCCEEDED_BY", "Region", "Region", "structural"),
    ("BROADER", "TargetGroup", "TargetGroup", "structural"),
    ("PRACTISES", "TradeUnion", "Practice", "derived"),
    ("ADOPTED", "TradeUnion", "PracticeType", "derived"),
    ("ADOPTED", "Region", "PracticeType", "derived"),
    ("COVERAGE", "Region", "PracticeType", "structural"),
    ("LEARNED_FROM", "TradeUnion", "TradeUnion", "derived"),
    ("INFERRED_TIE", "TradeUnion", "TradeUnion", "computed"),
    ("INFERRED_TIE", "Region", "Region", "computed"),
    ("SIMILAR_TO", "PracticeCase", "PracticeCase", "computed"),
    ("REUSES_TEXT", "PracticeCase", "PracticeCase", "computed"),
    ("SAME_ACCOUNT", "PracticeCase", "PracticeCase", "computed"),
]

PROPERTIES = [
    ("Document", "title authors publisher issue page page_labels page_starts published sha256 url rights projection"),
    ("PracticeCase", "kind title started first_line last_line lines section_kinds section_headings document"),
    ("TradeUnion", "name canonical aliases level type subtype region"),
    ("Region", "code level valid_from valid_to longitude latitude"),
    ("PracticeType", "routine aliases"),
    ("Outcome", "indicator value unit approximate baseline period kind cumulative subset_of claimed_by"),
    ("CLAIMED_FIRST", "printed scope region"),
    ("Policy", "name number issuer issued deadline target"),
    ("Award", "issuer level grade year"),
    ("Build", "workspace schema complete built projection"),
    ("APPLIED", "role not_before not_after dated_by"),
    ("COVERAGE", "ledger status date amount unit denominator printed place row source"),
    ("ADOPTED", "not_before not_after dated_by cases"),
    ("SUBORDINATE_TO", "line primary"),
    ("WITHIN", "valid_from valid_to"),
    ("SERVED", "surface"),
    *((kind, "period collective internal intended form printed") for kind in DIFFUSION),
    *((kind, "printed type level") for kind in ("INITIATED", "SUPERVISED", "JOINED", "ESTABLISHED")),
    *((kind, "printed theme") for kind in ("INTRODUCED", "INCLUDED")),
    ("INFERRED_TIE", "method score stability cases"),
]

EVIDENCE = {
    "id": "f1",
    "document": "doc:1",
    "case_id": "case:1",
    "quotes": ["某镇总工会", "镇总工会"],
    "starts": [0, 40],
    "ends": [5, 44],
    "method": "union.title",
    "confidence": 0.9,
    "review": "unreviewed",
}


def test_there_are_no_other_labels() -> None:
    assert sorted(schema().nodes) == sorted(LABELS)


def test_there_are_no_other_relationship_types() -> None:
    assert set(schema().relationships) == {kind for kind, *_ in ENDS}


@pytest.mark.parametrize(("kind", "start", "end", "basis"), ENDS)
def test_relationship_runs_between_its_ends(kind: str, start: str, end: str, basis: str) -> None:
    ends = schema().relationships[kind].between(start, end)
    assert ends is not None
    assert ends.basis == basis


@pytest.mark.parametrize("kind", sorted({kind for kind, *_ in ENDS}))
def test_relationship_does_not_run_from_a_document(kind: str) -> None:
    assert schema().relationships[kind].between("Document", "Build") is None


@pytest.mark.parametrize(("owner", "names"), PROPERTIES)
def test_promised_properties_are_declared(owner: str, names: str) -> None:
    declared = schema().nodes.get(owner) or schema().relationships[owner]
    assert set(names.split()) <= set(declared.properties)


@pytest.mark.parametrize("label", LABELS)
def test_every_node_has_id_and_name(label: str) -> None:
    properties = schema().nodes[label].properties
    assert properties["id"].required
    assert properties["name"].required


def test_every_stated_relationship_carries_its_evidence() -> None:
    for relationship in schema().relationships.values():
        for ends in relationship.ends:
            if ends.basis == "stated":
                assert all(ends.properties[name].required for name in EVIDENCE), relationship.type


def test_every_property_is_called_something_in_both_languages_and_in_rdf() -> None:
    for owner, prop in schema().properties():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in prop.zh), (owner, prop.name)
        assert prop.en.isascii(), (owner, prop.name)
        assert schema().expand(prop.iri).startswith("http"), (owner, prop.name)


def test_own_terms_expand_into_the_published_namespace() -> None:
    assert schema().expand("ukg:TradeUnion") == "https://w3id.org/unionkg/ontology#TradeUnion"


@pytest.mark.parametrize(
    ("kind", "influence"),
    [
        ("LEARNED_FROM", "end_to_start"),
        ("PILOT_ASSIGNED_BY", "end_to_start"),
        ("SCALED_TO", "start_to_end"),
        ("REPLICATED_IN", "start_to_end"),
        ("RECOGNISED_BY", None),
        ("INFERRED_TIE", None),
    ],
)
def test_influence_is_told_only_where_the_statement_tells_it(kind: str, influence: str | None) -> None:
    assert schema().relationships[kind].influence == influence


def test_closed_lists_have_labels() -> None:
    for owner, prop in schema().properties():
        for choice in values(prop):
            assert choice.zh, (owner, prop.name)
            assert choice.en, (owner, prop.name)


def test_the_graph_carries_outcome_kinds_as_the_record_does() -> None:
    kinds = values(schema().nodes["Outcome"].properties["kind"])
    assert [choice.key for choice in kinds] == ["投入", "产出", "成效", "规模"]


UNION = {"id": "union:1", "name": "某镇总工会", "level": "township", "type": "local_federation", "region": "310113"}
DOCUMENT = {"id": "doc:1", "name": "简报", "sha256": "0" * 64}
OUTCOME = {
    "id": "o", "name": "建站 3个", "case_id": "case:1", "indicator": "建站", "value": 3.0, "unit": "个", "approximate": False,
}  # fmt: skip
CASE = {
    "id": "case:1", "name": "建站", "kind": "case", "document": "doc:1", "first_line": 1, "last_line": 9, "lines": [1, 9],
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "properties"),
    [
        ("TradeUnion", UNION),
        ("TradeUnion", {**UNION, "region": "xpcc", "aliases": []}),
        ("Document", {**DOCUMENT, "published": "2018-06", "url": "https://example.org/a"}),
        ("Outcome", {**OUTCOME, "value": 3, "period": "2013/2017", "kind": "产出"}),
        ("PracticeCase", {**CASE, "quotes": ["建站"], "starts": [3], "ends": [5], "quote_for": ["title"]}),
        (
            "Build",
            {
                "id": "build",
                "name": "构建",
                "workspace": "w",
                "schema": 1,
                "complete": True,
                "built": "2026-11-21T08:00:00+00:00",
            },
        ),
    ],
)
def test_a_sound_node_has_no_problems(label: str, properties: dict[str, object]) -> None:
    assert check_node(label, properties) == []


@pytest.mark.parametrize(
    ("label", "properties", "named"),
    [
        ("Gild", UNION, "Gild"),
        ("TradeUnion", {**UNION, "chair": "x"}, "chair"),
        ("TradeUnion", {"id": "union:1"}, "name"),
        ("TradeUnion", {**UNION, "name": ""}, "name"),
        ("TradeUnion", {**UNION, "level": "district"}, "level"),
        ("TradeUnion", {**UNION, "region": "3101"}, "region"),
        ("TradeUnion", {**UNION, "region": "310113109\n"}, "region"),
        ("TradeUnion", {**UNION, "aliases": "镇工会"}, "aliases"),
        ("TradeUnion", {**UNION, "aliases": [None]}, "aliases"),
        ("TradeUnion", {**UNION, "canonical": None}, "canonical"),
        ("Document", {**DOCUMENT, "published": "2018-13"}, "published"),
        ("Document", {**DOCUMENT, "published": "2017/2018"}, "published"),
        ("Document", {**DOCUMENT, "url": "file:///etc/passwd"}, "url"),
        ("Document", {**DOCUMENT, "sha256": "12"}, "sha256"),
        ("Outcome", {**OUTCOME, "value": "3"}, "value"),
        ("Outcome", {**OUTCOME, "value": True}, "value"),
        ("Outcome", {**OUTCOME, "value": float("nan")}, "value"),
        ("Outcome", {**OUTCOME, "approximate": 1}, "approximate"),
        ("Outcome", {**OUTCOME, "period": "2017/2013"}, "period"),
        ("Outcome", {**OUTCOME, "kind": "output"}, "kind"),
        ("PracticeCase", {**CASE, "lines": []}, "lines"),
        ("PracticeCase", {**CASE, "first_line": 1.0}, "first_line"),
        ("PracticeCase", {**CASE, "quotes": ["建站"], "starts": [3, 4], "ends": [5]}, "starts 2"),
        ("PracticeCase", {**CASE, "section_kinds": ["背景"], "section_starts": []}, "section_starts 0"),
    ],
)
def test_a_broken_node_is_told_by_name(label: str, properties: dict[str, object], named: str) -> None:
    problems = check_node(label, properties)
    assert len(problems) == 1, problems
    assert named in problems[0]


def test_a_sound_relationship_has_no_problems() -> None:
    stated = {**EVIDENCE, "printed": "镇总工会", "type": "local_federation", "level": "township"}
    assert check_relationship("INITIATED", "TradeUnion", "PracticeCase", stated) == []


def test_a_union_learns_by_derivation_and_a_case_by_statement() -> None:
    derived = {"id": "d1", "cases": ["case:1"]}
    assert check_relationship("LEARNED_FROM", "TradeUnion", "TradeUnion", derived) == []
    assert check_relationship("LEARNED_FROM", "PracticeCase", "TradeUnion", derived) != []


@pytest.mark.parametrize(
    ("kind", "start", "end", "properties", "named"),
    [
        ("KNOWS", "TradeUnion", "PracticeCase", EVIDENCE, "KNOWS"),
        ("INITIATED", "PracticeCase", "TradeUnion", EVIDENCE, "INITIATED"),
        ("INITIATED", "TradeUnion", "PracticeCase", {**EVIDENCE, "quotes": []}, "quotes"),
        ("INITIATED", "TradeUnion", "PracticeCase", {**EVIDENCE, "review": "maybe"}, "review"),
        ("MENTIONS", "PracticeCase", "Region", {**EVIDENCE, "level": "county"}, "level"),
        ("APPLIED", "PracticeCase", "PracticeType", EVIDENCE, "role"),
    ],
)
def test_a_broken_relationship_is_told_by_name(
    kind: str, start: str, end: str, properties: dict[str, object], named: str
) -> None:
    problems = check_relationship(kind, start, end, properties)
    assert problems
    assert any(named in problem for problem in problems)


def test_problems_are_told_in_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    assert "缺少" in check_node("TradeUnion", {"id": "union:1"})[0]
    monkeypatch.setenv("UNIONKG_LANG", "en")
    assert "lacks" in check_node("TradeUnion", {"id": "union:1"})[0]
