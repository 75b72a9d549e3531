"""From effective records to nodes and relationships: complete, by the schema, with evidence, nothing invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.graph.making import document, identified, record, stated
from unionkg.errors import RecordError
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    DocumentRecord,
    HonorStatement,
    OutcomeStatement,
    TextStatement,
)
from unionkg.graph.stores.protocol import Relationship
from unionkg.graph.structure import vocabularies
from unionkg.ontology.model import check_node, check_relationship
from unionkg.ontology.regions import table


def projected(
    *records: CaseRecord, of: DocumentRecord | None = None, redirects: Mapping[str, str] | None = None
) -> Projection:
    cases = [EffectiveRecord(r) for r in (records or identified())]
    return project([(of or document(), cases)], vocabularies(), redirects or {}, table())


def ties(projection: Projection, kind: str) -> list[Relationship]:
    everything = [*projection.derived, *(r for graph in projection.documents for r in graph.relationships)]
    return [r for r in everything if r.type == kind]


def test_everything_obeys_the_schema() -> None:
    made = projected()
    nodes = [*made.structure[0], *made.entities, *(n for graph in made.documents for n in graph.nodes)]
    relationships = [*made.structure[1], *made.derived, *(r for graph in made.documents for r in graph.relationships)]
    problems = [p for n in nodes for p in check_node(n.label, {"id": n.id, **n.properties})]
    problems += [
        p for r in relationships for p in check_relationship(r.type, r.start[0], r.end[0], {"id": r.id, **r.properties})
    ]
    assert problems == []


def test_every_end_is_a_node() -> None:
    made = projected()
    ends = {
        (n.label, n.id) for n in (*made.structure[0], *made.entities, *(n for g in made.documents for n in g.nodes))
    }
    for graph in made.documents:
        for r in graph.relationships:
            assert {r.start, r.end} <= ends
    for r in (*made.derived, *made.structure[1]):
        assert {r.start, r.end} <= ends


def test_every_statement_reaches_the_graph_with_its_evidence() -> None:
    (made,) = identified()
    relationships = {r.id: r for g in projected(made).documents for r in g.relationships}
    for name, statement in made.statements():
        if name in {"title", "started"}:
            continue
        found = relationships[statement.id].properties
        assert found["quotes"] == [e.quote for e in statement.evidence]
        assert found["starts"] == [e.start for e in statement.evidence]
        assert found["review"] == "unreviewed"
        assert found["case_id"] == made.id


def test_title_and_start_keep_their_quotes_on_the_case() -> None:
    (made,) = identified()
    (case,) = [n for g in projected(made).documents for n in g.nodes if n.label == "PracticeCase"]
    assert case.properties["quote_for"] == ["title", "started"]
    assert case.properties["quotes"] == ["家门口的歇脚屋", "2021年4月起"]


def test_an_untitled_case_is_named_by_its_main_practice() -> None:
    (made,) = identified(record(title=None))
    (case,) = [n for g in projected(made).documents for n in g.nodes if n.label == "PracticeCase"]
    assert case.properties["name"] == "歇脚屋"
    assert "title" not in case.properties


def test_title_and_start_say_how_they_were_read() -> None:
    (made,) = identified()
    assert made.title is not None
    of = document()
    projection = project([(of, [EffectiveRecord(made, {made.title.id: "accepted"})])], vocabularies(), {}, table())
    (case,) = [n for g in projection.documents for n in g.nodes if n.label == "PracticeCase"]
    for name, review in (("title", "accepted"), ("started", "unreviewed")):
        read = [case.properties[f"{name}_{part}"] for part in ("method", "confidence", "review")]
        assert read == ["test.hand", 0.9, review]


def test_an_honour_keeps_what_the_account_says_of_it() -> None:
    said = {"issuer": "某市总工会", "level": "市级", "grade": "一等奖", "year": "2022"}
    (honor,) = record().honors
    (tie,) = ties(projected(*identified(record(honors=(replace(honor, **said),)))), "RECEIVED")  # type: ignore[arg-type]
    assert {key: tie.properties[key] for key in said} == said


@pytest.mark.parametrize(
    "field", ["unions", "practices", "partners", "honors", "policies", "platforms", "commentators"]
)
def test_a_statement_without_an_entity_is_an_error_not_a_gap(field: str) -> None:
    policy = stated(TextStatement, "全市工会案例", value="全市工会案例")
    person = stated(CommentatorStatement, "全市工会案例", name="某教授")
    (made,) = identified(record(policies=(policy,), platforms=(policy,), commentators=(person,)))
    first, *others = getattr(made, field)
    with pytest.raises(RecordError) as error:
        projected(replace(made, **{field: (replace(first, entity=None), *others)}))
    assert made.id in str(error.value)
    assert field in str(error.value)


@pytest.mark.parametrize(
    ("role", "kind", "from_union"),
    [
        ("originator", "INITIATED", True),
        ("superior", "SUPERVISED", True),
        ("partner", "JOINED", True),
        ("created", "ESTABLISHED", False),
        ("mentioned", "MENTIONS", False),
    ],
)
def test_a_role_is_a_relationship_in_its_direction(role: str, kind: str, from_union: bool) -> None:
    union = replace(record().unions[0], role=role)  # type: ignore[arg-type]
    (tie,) = ties(projected(*identified(record(unions=(union,)))), kind)
    assert (tie.start[0] == "TradeUnion") is from_union
    assert tie.properties["printed"] == "宝山区示例镇总工会"


def applied(projection: Projection) -> dict[str, Relationship]:
    return {r.end[1]: r for r in ties(projection, "APPLIED")}


def test_a_stated_start_dates_the_main_practice_only() -> None:
    found = applied(projected())
    main = next(r for r in found.values() if r.properties["role"] == "main")
    assert (main.properties["not_before"], main.properties["not_after"]) == ("2021-04-01", "2021-04-30")
    assert main.properties["dated_by"] == "stated_start"
    part = next(r for r in found.values() if r.properties["role"] == "part")
    assert "not_before" not in part.properties
    assert (part.properties["not_after"], part.properties["dated_by"]) == ("2022-12-31", "publication")


def test_a_part_with_a_date_of_its_own_is_dated_by_it() -> None:
    part = stated(ConceptStatement, "区城管局出了场地", concept="部门联动(工会+)", started="2022")
    (made,) = identified(record(concepts=(part,)))
    (found,) = applied(projected(made)).values()
    assert (found.properties["not_before"], found.properties["dated_by"]) == ("2022-01-01", "own_date")


@pytest.mark.parametrize(
    ("published", "honors", "expected"),
    [
        # 2022年度 may be given in 2023.
        (None, True, {"not_after": "2023-12-31", "dated_by": "award"}),
        (None, False, {}),
        ("2024-05", True, {"not_after": "2023-12-31", "dated_by": "award"}),
        ("2022-03", True, {"not_after": "2022-03-31", "dated_by": "publication"}),
        ("2022", True, {"not_after": "2022-12-31", "dated_by": "publication"}),
        ("2023-05", False, {"not_after": "2023-05-31", "dated_by": "publication"}),
    ],
)
def test_without_a_start_only_an_upper_bound_is_known(published: str | None, honors: bool, expected: dict) -> None:
    plain = record(started=None)
    (made,) = identified(plain if honors else replace(plain, honors=()))
    for found in applied(projected(made, of=document(published=published))).values():
        dated = {k: v for k, v in found.properties.items() if k in {"not_before", "not_after", "dated_by"}}
        assert dated == expected


def test_a_title_of_the_union_dates_no_practice() -> None:
    title = stated(HonorStatement, "全市工会案例", name="厂务公开先进单位", kind="title", year="2015")
    (made,) = identified(record(started=None, honors=(title,)))
    for found in applied(projected(made, of=document(published=None))).values():
        assert "not_after" not in found.properties


def test_the_earliest_of_several_award_years_counts_by_its_last_day() -> None:
    honors = tuple(stated(HonorStatement, "2022年度全市工会案例", name=y, year=y) for y in ("2021-06", "2021", "2022"))
    (made,) = identified(record(started=None, honors=honors))
    for found in applied(projected(made, of=document(published=None))).values():
        assert (found.properties["not_after"], found.properties["dated_by"]) == ("2021-06-30", "award")


#: What dates one account: (start of the main practice, date of the part itself, award year).
Dated = tuple[str | None, str | None, str | None]


@pytest.mark.parametrize(
    ("accounts", "lower", "upper", "basis"),
    [
        ([("2021-04", None, None), ("2022", None, None)], "2021-04-01", "2021-04-30", "stated_start"),
        # The interval of the earliest is that of no account alone, whichever comes first.
        ([("2010/2017", None, None), ("2016", None, None)], "2010-01-01", "2016-12-31", "stated_start"),
        ([("2016", None, None), ("2010/2017", None, None)], "2010-01-01", "2016-12-31", "stated_start"),
        ([("2010/2017", None, None), (None, "2016", None)], "2010-01-01", "2016-12-31", "own_date"),
        # Whoever does not say when it began may have been first, even if it is known only by a later year.
        ([("2015", None, None), (None, None, "2019")], None, "2015-12-31", "stated_start"),
        ([("2015", None, None), (None, None, "2012")], None, "2012-12-31", "award"),
        ([("2015", None, None), (None, None, "2015")], None, "2015-12-31", "stated_start"),
        ([("2015", None, None), (None, None, None)], None, "2015-12-31", "stated_start"),
        ([(None, None, "2012"), (None, None, None)], None, "2012-12-31", "award"),
        ([(None, None, None), (None, None, None)], None, None, None),
    ],
)
def test_adoption_spans_what_the_earliest_of_all_accounts_can_be(
    accounts: list[Dated], lower: str | None, upper: str | None, basis: str | None
) -> None:
    made = []
    for number, (start, own, award) in enumerate(accounts):
        concept = stated(ConceptStatement, "改成工会驿站", concept="集体协商", role="main", started=own)
        changed = record(
            lines=((10 * number + 1, 10 * number + 5),),
            started=stated(TextStatement, "2021年4月起", value=start) if start else None,
            concepts=(concept,),
            honors=(stated(HonorStatement, "全市工会案例", name="全市工会案例", year=award),) if award else (),
        )
        made.append(changed)
    found = ties(projected(*identified(*made), of=document(published=None)), "ADOPTED")
    assert {r.start[0] for r in found} == {"TradeUnion", "Region"}
    for r in found:
        assert [r.properties.get(key) for key in ("not_before", "not_after", "dated_by")] == [lower, upper, basis]
        assert len(r.properties["cases"]) == len(accounts)  # type: ignore[arg-type]


def test_a_union_shows_the_name_printed_most_and_keeps_the_others() -> None:
    one = record().unions[0]
    cases = identified(
        record(),
        record(lines=((6, 7),)),
        record(lines=((8, 9),), unions=(replace(one, name="示例镇总工会"),)),
    )
    node = next(n for n in projected(*cases).entities if n.properties.get("canonical") == "上海市宝山区示例镇总工会")
    assert node.properties["name"] == "宝山区示例镇总工会"
    assert node.properties["aliases"] == ["示例镇总工会"]


def test_entities_judged_the_same_are_one_node() -> None:
    (made,) = identified()
    first, second, _ = (str(u.entity) for u in made.unions)
    projection = projected(made, redirects={second: first})
    assert second not in {n.id for n in projection.entities}
    assert {r.start[1] for r in (*ties(projection, "INITIATED"), *ties(projection, "SUPERVISED"))} == {first}


def test_the_territorial_line_runs_up_by_codes() -> None:
    made = projected()
    names = {n.id: n.properties["name"] for n in made.entities}
    lines = {(names[r.start[1]], names[r.end[1]]) for r in ties(made, "SUBORDINATE_TO")}
    assert lines == {("宝山区示例镇总工会", "上海市总工会"), ("静安区总工会", "上海市总工会")}


@pytest.mark.parametrize(
    ("other", "given", "kind", "label"),
    [
        ("静安区总工会", {"type": "learned_from"}, "LEARNED_FROM", "TradeUnion"),
        ("宝山区", {"type": "piloted_by"}, "PILOTED_AT", "Region"),
        ("上海市总工会", {"type": "piloted_by"}, "PILOT_ASSIGNED_BY", "TradeUnion"),
        ("某某镇", {"type": "piloted_by"}, "PILOTED_AT", "UnresolvedName"),
        ("某省总工会", {"type": "piloted_by"}, "PILOT_ASSIGNED_BY", "UnresolvedName"),
        ("区城管局", {"type": "recognised_by"}, "RECOGNISED_BY", "Organization"),
        ("静安区总工会", {"type": "scaled_to", "collective": True}, "SCALED_TO", "UnresolvedName"),
    ],
)
def test_the_other_end_of_diffusion_is_resolved_or_kept_as_a_name(
    other: str, given: dict, kind: str, label: str
) -> None:
    spread = stated(DiffusionStatement, "这一做法学自静安区总工会", other=other, **given)
    projection = projected(*identified(record(diffusion=(spread,))))
    (tie,) = [r for g in projection.documents for r in g.relationships if r.type == kind]
    assert tie.end[0] == label
    assert tie.properties["printed"] == other


def test_a_superior_stands_at_a_higher_level() -> None:
    one = record().unions[2]
    town = record().unions[0]
    cases = [
        record(
            unions=(
                replace(one, canonical=name, role="originator"),
                replace(town, canonical="上海市静安区示例镇总工会", region="310106"),
            ),
            diffusion=(),
        )
        for name in ("上海市静安区总工会", "静安区总工会(筹)")
    ]
    made = projected(*identified(cases[0], replace(cases[1], lines=((6, 9),))))
    levels = {n.id: n.properties["level"] for n in made.entities if n.label == "TradeUnion"}
    assert sorted(levels.values()) == ["county", "county", "township"]  # type: ignore[type-var]
    lines = [(levels[r.start[1]], levels[r.end[1]]) for r in ties(made, "SUBORDINATE_TO")]
    assert lines == [("township", "county")]


@pytest.mark.parametrize(
    ("flag", "derived"), [({}, 1), ({"intended": True}, 0), ({"collective": True}, 0), ({"internal": True}, 0)]
)
def test_learning_between_unions_is_derived_only_from_what_happened(flag: dict, derived: int) -> None:
    spread = stated(DiffusionStatement, "学自静安区总工会", type="learned_from", other="静安区总工会", **flag)
    projection = projected(*identified(record(diffusion=(spread,))))
    assert len([r for r in projection.derived if r.type == "LEARNED_FROM"]) == derived


def test_a_practice_type_that_is_not_in_the_vocabulary_is_provisional() -> None:
    nodes = [n for n in projected().entities if n.label == "PracticeType"]
    assert [n.properties for n in nodes] == [{"name": "闲置空间利用", "routine": False, "provisional": True}]


def test_equal_input_gives_equal_digests_and_a_decision_another() -> None:
    (made,) = identified()
    assert projected(made).digest == projected(made).digest
    accepted = EffectiveRecord(made, {made.outcomes[0].id: "accepted"})
    changed = project([(document(), [accepted])], vocabularies(), {}, table())
    assert changed.digest != projected(made).digest


def test_an_outcome_that_is_a_part_names_its_whole_while_the_account_holds_it() -> None:
    whole = stated(OutcomeStatement, "驿站增至12个", indicator="发展会员", value=460.0, unit="人")
    part = stated(
        OutcomeStatement, "服务3400余人次", indicator="女会员", value=120.0, unit="人", subset_of="发展会员 460人"
    )
    (made,) = identified(record(outcomes=(whole, part)))
    nodes = {n.properties["indicator"]: n for g in projected(made).documents for n in g.nodes if n.label == "Outcome"}
    assert nodes["女会员"].properties["subset_of"] == nodes["发展会员"].id
    assert "subset_of" not in nodes["发展会员"].properties
    alone = replace(made, outcomes=made.outcomes[1:])
    (node,) = (n for g in projected(alone).documents for n in g.nodes if n.label == "Outcome")
    assert "subset_of" not in node.properties
