"""What deserves a look first, and why; what is not asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.graph.making import TEXT, document, evidence, identified, record, stated
from unionkg.graph.attributes import all_fields, cell, parsed, shown
from unionkg.graph.decisions import EffectiveRecord, Reopened, ReviewDecision, statement_types
from unionkg.graph.records import CaseRecord, DocumentRecord, OutcomeStatement, Page, UnionStatement, encode
from unionkg.graph.reviewing import Item, progress, queue
from unionkg.graph.sentences import DocumentText


def listed(*cases: CaseRecord | EffectiveRecord, about: DocumentRecord | None = None, text: str = TEXT) -> list[Item]:
    about = about or document()
    effective = [case if isinstance(case, EffectiveRecord) else EffectiveRecord(case) for case in cases]
    return queue([(about, effective)], {about.id: text})


def causes(*cases: CaseRecord | EffectiveRecord, about: DocumentRecord | None = None) -> list[tuple[str, str]]:
    return [(item.field or "", reason.cause) for item in listed(*cases, about=about) for reason in item.reasons]


def sure() -> CaseRecord:
    (made,) = identified()
    return made


def outcome(quote: str, **given: object) -> OutcomeStatement:
    made: OutcomeStatement = stated(OutcomeStatement, quote, **given)
    return made


def test_a_reading_that_is_sure_and_whole_is_not_asked_about() -> None:
    assert listed(sure()) == []


def test_the_least_sure_comes_first() -> None:
    made = sure()
    group = replace(made.target_groups[0], confidence=0.5)
    started = replace(made.started, confidence=0.55)
    practice = replace(made.practices[0], confidence=0.2)
    items = listed(replace(made, target_groups=(group,), started=started, practices=(practice,)))
    assert [item.field for item in items] == ["practices", "started", "target_groups"]
    assert all(reason.cause == "low_confidence" for item in items for reason in item.reasons)


def test_what_people_decided_is_not_asked_again() -> None:
    made = sure()
    unsure = replace(made, practices=(replace(made.practices[0], confidence=0.2),))
    held = EffectiveRecord(unsure, {unsure.practices[0].id: "accepted"})
    assert listed(held) == []
    assert [item.field for item in listed(unsure)] == ["practices"]


def test_decisions_that_no_longer_bind_come_before_everything() -> None:
    made = sure()
    unsure = replace(made, practices=(replace(made.practices[0], confidence=0.01),))
    decision = ReviewDecision(
        decision="accept", document=made.document, case=made.id, by="甲", at="2026-01-02T00:00:00+00:00",
        field="outcomes", key=made.outcomes[0].key, quote="驿站增至12个", value=encode(made.outcomes[0]),
    )  # fmt: skip
    about = document()
    reopened = Reopened(decision, "other_value", (made.outcomes[1].id,))
    items = queue([(about, [EffectiveRecord(unsure)])], {about.id: TEXT}, [reopened])
    assert [item.reasons[0].cause for item in items] == ["reopened", "low_confidence"]
    assert "甲" in items[0].reasons[0].text
    assert items[0].sentences[0].text() == "到2022年底,驿站增至12个,【服务3400余人次】。"


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"unions": ()}, "unions"),
        ({"regions": ()}, "regions"),
        ({"practices": ()}, "practices"),
        ({"outcomes": ()}, "outcomes"),
    ],
)
def test_core_fields_that_were_not_read_are_missing(lacking: dict[str, object], field: str) -> None:
    made = replace(sure(), **lacking)
    assert (field, "missing") in causes(made)
    assert (field, "missing") not in causes(EffectiveRecord(made, lacks=frozenset({field})))


def test_no_outcomes_are_missing_where_no_number_stands() -> None:
    made = replace(sure(), outcomes=(), lines=((1, 1),))
    assert ("outcomes", "missing") not in causes(made)


def test_a_rejected_outcome_is_not_missing() -> None:
    made = sure()
    decision = ReviewDecision(
        decision="reject", document=made.document, case=made.id, by="甲", at="x", field="outcomes"
    )
    assert ("outcomes", "missing") in causes(replace(made, outcomes=()))
    assert causes(EffectiveRecord(replace(made, outcomes=()), rejected={made.outcomes[0].id: decision})) == []


def contradictory(**changes: object) -> list[str]:
    items = listed(identified(record(**changes))[0])
    return [i.value for i in items if {r.cause for r in i.reasons} == {"contradiction"}]


def test_an_account_that_began_after_it_was_published() -> None:
    assert ("started", "contradiction") in causes(sure(), about=document(published="2020"))
    assert ("started", "contradiction") not in causes(sure(), about=document(published="2021"))


def test_one_indicator_with_two_values_in_one_period() -> None:
    twice = (
        outcome("驿站增至12个", indicator="驿站", value=12.0, unit="个", period="2022"),
        outcome("服务3400余人次", indicator="驿站", value=13.0, unit="个", period="2022"),
    )
    assert len(contradictory(outcomes=twice)) == 2
    assert contradictory(outcomes=(twice[0], replace(twice[1], period="2021"))) == []


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"indicator": "建会率", "value": 120.0, "unit": "%"}, True),
        ({"indicator": "建会率", "value": 98.0, "unit": "%"}, False),
        ({"indicator": "会员增长率", "value": 120.0, "unit": "%"}, False),
        ({"indicator": "驿站增至", "value": 12.0, "unit": "个", "baseline": 20.0}, True),
        ({"indicator": "驿站增至", "value": 12.0, "unit": "个", "baseline": 5.0}, False),
        ({"indicator": "投诉", "value": 9.0, "unit": "件", "period": "2030"}, True),
    ],
)
def test_an_outcome_against_itself(given: dict[str, object], wrong: bool) -> None:
    quote = "驿站增至12个" if "baseline" in given else "12个"
    assert bool(contradictory(outcomes=(outcome(quote, **given),))) is wrong


def union(name: str, region: str | None, **given: object) -> UnionStatement:
    plain = {"canonical": name, "role": "originator", "type": "local_federation", "level": "county"}
    made: UnionStatement = stated(UnionStatement, "静安区总工会", name=name, region=region, **{**plain, **given})
    return made


def test_two_originators_in_different_places() -> None:
    first = record().unions[0]
    assert contradictory(unions=(first, union("静安区总工会", "310106")))
    assert not contradictory(unions=(first, union("宝山区总工会", "310113")))


def test_two_accounts_of_one_practice_that_begin_at_different_times() -> None:
    one = sure()
    other = replace(one, id="case:other", started=replace(one.started, value="2019", id="fact:other"))
    items = listed(one, other)
    assert {item.field for item in items} == {"started"}
    assert "2019" in items[0].reasons[0].text + items[1].reasons[0].text


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (union("城东街道总工会", None, level="township"), True),
        (union("某公司工会", None, type="enterprise", level="grassroots", role="mentioned"), False),
        (union("全国总工会", None, level="national", role="superior"), False),
    ],
)
def test_unions_whose_place_is_unknown(one: UnionStatement, asked: bool) -> None:
    first = record().unions[0]
    (made,) = identified(record(unions=(first, one)))
    assert (("unions", "unknown_place") in causes(made)) is asked


def test_progress_counts_states() -> None:
    made = sure()
    first, second = made.outcomes
    decision = ReviewDecision(decision="reject", document=made.document, case=made.id, by="甲", at="x")
    held = EffectiveRecord(made, {first.id: "accepted", second.id: "corrected"}, {"fact:x": decision})
    done = progress([held, EffectiveRecord(made)])
    whole = len(list(made.statements()))
    assert (done.accepted, done.corrected, done.rejected) == (1, 1, 1)
    assert done.unreviewed == 2 * whole - 2
    assert (done.accounts, done.touched) == (2, 1)


def test_a_sentence_shows_its_quotes_its_line_and_its_page() -> None:
    text = DocumentText(TEXT, (Page(0, "封面"), Page(20, "1")))
    (shown_once,) = text.marked((*evidence("驿站增至12个"), *evidence("服务3400余人次")))
    assert shown_once.text() == "到2022年底,【驿站增至12个】,【服务3400余人次】。"
    assert (shown_once.line, shown_once.page) == (4, "1")


def test_a_quote_whose_place_is_unknown_is_shown_by_itself() -> None:
    (alone,) = DocumentText("").marked((replace(evidence("12个")[0], start=-1, end=-1),))
    assert (alone.text("<", ">"), alone.line, alone.page) == ("<12个>", None, None)


def test_every_attribute_of_every_field_has_a_name() -> None:
    aside = {"evidence", "method", "confidence", "id", "review", "entity", "subset_of"}  # ids are not for people
    for name, of in statement_types().items():
        assert set(all_fields()[name].attributes) == set(of.__dataclass_fields__) - aside - {"KEY"}


@pytest.mark.parametrize("chinese", [True, False])
def test_a_value_in_a_cell_is_read_back(chinese: bool) -> None:
    for name, statement in sure().statements():
        for attribute in all_fields()[name].attributes.values():
            value = getattr(statement, attribute.name)
            assert parsed(attribute, cell(attribute, value, chinese=chinese)) == value


def test_a_statement_as_a_person_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    made = sure()
    assert shown("outcomes", made.outcomes[0]) == "驿站 12个（2022，规模）"
    assert shown("unions", made.unions[0]) == "宝山区示例镇总工会（发起，地方总工会，乡镇街道，310113）"
    assert shown("regions", made.regions[0]) == "宝山区（上海市宝山区 310113，发生地）"
