"""People's decisions: what binds, what survives a better or worse reader, what is reopened."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.graph.making import TEXT, identified, stated
from unionkg.errors import RecordError
from unionkg.graph.decisions import ReviewDecision, read_identities, read_reviews
from unionkg.graph.effective import effective
from unionkg.graph.identity import statement_id
from unionkg.graph.records import CaseRecord, OutcomeStatement, encode


def decide(record: CaseRecord, decision: str, **given: object) -> ReviewDecision:
    plain = {"decision": decision, "document": record.document, "case": record.id, "by": "甲", "at": "2026-11-01"}
    return ReviewDecision(**plain, **given)  # type: ignore[arg-type]


def apply(records: list[CaseRecord], *decisions: ReviewDecision, text: str = TEXT):
    return effective(records, decisions, text, statement_id)


def outcome(quote: str, **given: object) -> OutcomeStatement:
    made: OutcomeStatement = stated(OutcomeStatement, quote, **given)
    return made


def on(
    record: CaseRecord, item: OutcomeStatement, decision: str, value: OutcomeStatement | None = None
) -> ReviewDecision:
    return decide(
        record, decision, field="outcomes", key=item.key, quote=item.evidence[0].quote, value=encode(value or item)
    )


def test_an_accepted_fact_is_accepted() -> None:
    (made,) = identified()
    (case,), reopened = apply([made], on(made, made.outcomes[0], "accept"))
    assert case.review(case.record.outcomes[0]) == "accepted"
    assert case.review(case.record.outcomes[1]) == "unreviewed"
    assert not reopened


def test_an_accepted_fact_survives_a_reader_that_misses_it() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "accept")
    (case,), _ = apply([replace(made, outcomes=made.outcomes[1:])], decision)
    assert [o.indicator for o in case.record.outcomes] == ["服务", "驿站"]
    assert case.record.outcomes[1].id == made.outcomes[0].id


def test_a_longer_quote_does_not_reopen_a_decision() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "accept")
    longer = replace(
        made.outcomes[0],
        evidence=stated(OutcomeStatement, "到2022年底,驿站增至12个", indicator="驿站", value=12.0, unit="个").evidence,
    )
    (case,), reopened = apply([replace(made, outcomes=(longer,))], decision)
    assert not reopened
    assert case.record.outcomes[0].evidence == longer.evidence


def test_another_value_from_the_same_words_reopens_it() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "accept")
    other = replace(made.outcomes[0], value=120.0)
    (case,), reopened = apply([replace(made, outcomes=(other,))], decision)
    assert [r.reason for r in reopened] == ["other_value"]
    assert case.record.outcomes == (other,)


def test_a_quote_that_left_the_source_reopens_it() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "reject")
    (case,), reopened = apply([made], decision, text=TEXT.replace("增至12个", "增到12处"))
    assert [r.reason for r in reopened] == ["quote_left_source"]
    assert len(case.record.outcomes) == 2


def test_line_breaks_in_the_source_do_not_reopen_a_decision() -> None:
    (made,) = identified()
    _, reopened = apply([made], on(made, made.outcomes[0], "reject"), text=TEXT.replace("增至12个", "增至\n12 个"))
    assert not reopened


def test_a_rejected_fact_is_gone() -> None:
    (made,) = identified()
    (case,), _ = apply([made], on(made, made.outcomes[0], "reject"))
    assert [o.indicator for o in case.record.outcomes] == ["服务"]


def test_an_edited_fact_keeps_its_id_and_is_corrected() -> None:
    (made,) = identified()
    better = replace(made.outcomes[0], indicator="建成驿站")
    (case,), _ = apply([made], on(made, made.outcomes[0], "edit", better))
    assert case.record.outcomes[0].indicator == "建成驿站"
    assert case.record.outcomes[0].id == made.outcomes[0].id
    assert case.review(case.record.outcomes[0]) == "corrected"


def test_an_added_fact_is_there() -> None:
    (made,) = identified()
    new = outcome("3400余人次", indicator="歇脚", value=3400.0, unit="人次")
    (case,), _ = apply([made], on(made, new, "add"))
    assert [o.indicator for o in case.record.outcomes] == ["驿站", "服务", "歇脚"]
    assert case.record.outcomes[2].id


def test_a_key_that_was_edited_away_can_be_added_again() -> None:
    (made,) = identified()
    edited = on(made, made.outcomes[0], "edit", replace(made.outcomes[0], value=13.0))
    (case,), _ = apply([made], edited, on(made, made.outcomes[0], "add"))
    ids = [o.id for o in case.record.outcomes]
    assert len(ids) == len(set(ids)) == 3


def test_later_decisions_go_on_from_earlier_ones() -> None:
    (made,) = identified()
    first = on(made, made.outcomes[0], "reject")
    (case,), _ = apply([made], first, on(made, made.outcomes[0], "add"))
    assert "驿站" in [o.indicator for o in case.record.outcomes]


def test_a_rejected_account_is_gone() -> None:
    (made,) = identified()
    assert apply([made], decide(made, "reject")) == ([], [])


def test_merged_accounts_hold_the_statements_of_both() -> None:
    (made,) = identified()
    one = replace(made, outcomes=made.outcomes[:1])
    other = replace(made, id="case:other", lines=((6, 9),), outcomes=made.outcomes[1:])
    (case,), _ = apply([one, other], decide(one, "merge", cases=("case:other",)))
    assert case.record.lines == ((1, 5), (6, 9))
    assert [o.indicator for o in case.record.outcomes] == ["驿站", "服务"]


def test_a_split_account_gives_every_part_what_stands_in_its_lines() -> None:
    (made,) = identified()
    cases, _ = apply([made], decide(made, "split", lines=(((1, 3),), ((4, 5),))))
    assert [case.record.id for case in cases] == [made.id, f"{made.id}.2"]
    assert [len(case.record.outcomes) for case in cases] == [0, 2]
    assert [case.record.title is not None for case in cases] == [True, False]


def test_a_decision_on_an_unknown_account_is_reported() -> None:
    (made,) = identified()
    decision = replace(on(made, made.outcomes[0], "accept"), case="case:gone")
    _, reopened = apply([made], decision)
    assert [r.reason for r in reopened] == ["unknown_case"]


def line(**changes: object) -> str:
    plain: dict[str, object] = {
        "decision": "reject",
        "document": "doc:a",
        "case": "case:b",
        "by": "甲",
        "at": "2026-11-01",
    }
    return json.dumps({**plain, **changes}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "JSON"),
        (line(decision="maybe"), "decision"),
        (line(field="poems", key=["x"]), "poems"),
        (line(decision="edit", field="outcomes", key=["x"]), "value"),
        (line(decision="add"), "value"),
        (line(decision="split", lines=[[[1, 2]]]), "split"),
        (line(decision="merge"), "cases"),
        (line(decision="undo"), "undoes"),
        (line(decision="accept", lacks=["poems"]), "poems"),
        (line(decision="add", field="outcomes", value={"indicator": "甲"}), "evidence"),
        (line(by=None), "by"),
    ],
)
def test_a_broken_decision_line_is_refused_with_its_place(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(line() + "\n" + text + "\n", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        read_reviews(path)
    assert named in str(error.value)
    assert f"{path}:2" in str(error.value)


def test_no_files_hold_no_decisions(tmp_path: Path) -> None:
    assert read_reviews(tmp_path / "none") == []
    assert read_identities(tmp_path / "none") == []


def test_a_neighbour_in_the_same_sentence_is_no_other_value() -> None:
    (made,) = identified()
    whole = stated(OutcomeStatement, "驿站增至12个,服务3400余人次", indicator="x", value=1.0, unit="x").evidence
    first, second = (replace(o, evidence=whole) for o in made.outcomes)
    decision = decide(made, "accept", field="outcomes", key=first.key, quote=whole[0].quote, value=encode(first))
    (case,), reopened = apply([replace(made, outcomes=(second,))], decision)
    assert not reopened
    assert len(case.record.outcomes) == 2


def test_an_accepted_fact_is_quoted_where_it_stands_now() -> None:
    (made,) = identified()
    moved = "新加的一行\n" + TEXT
    (case,), _ = apply([replace(made, outcomes=())], on(made, made.outcomes[0], "accept"), text=moved)
    (piece,) = case.record.outcomes[0].evidence
    assert moved[piece.start : piece.end] == piece.quote


def test_an_accepted_account_is_accepted_in_all_its_statements() -> None:
    (made,) = identified()
    (case,), _ = apply([made], decide(made, "accept"))
    assert {case.review(statement) for _, statement in made.statements()} == {"accepted"}


def test_merged_accounts_have_one_main_practice() -> None:
    (made,) = identified()
    other = replace(made, id="case:other", practices=(replace(made.practices[0], name="另一做法"),))
    (case,), _ = apply([made, other], decide(made, "merge", cases=("case:other",)))
    assert [p.main for p in case.record.practices] == [True, False]


def test_a_whole_number_in_a_key_is_read(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text("\ufeff" + line(field="outcomes", key=["驿站", 12, "个", "2022"]) + "\n", encoding="utf-8")
    (decision,) = read_reviews(path)
    (made,) = identified()
    bound = replace(decision, document=made.document, case=made.id)
    (case,), _ = apply([made], bound)
    assert [o.indicator for o in case.record.outcomes] == ["服务"]


def fact(**given: object) -> str:
    plain = {"evidence": [{"quote": "甲", "start": 0, "end": 1}], "method": "person", "confidence": 1}
    return line(decision="add", **{"value": {**plain, **given.pop("value")}, **given})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (fact(field="started", value={"value": "去年"}), "started"),
        (fact(field="regions", value={"name": "甲", "code": "999999", "role": "location"}), "999999"),
        (fact(field="concepts", value={"concept": "x", "evidence": []}), "evidence"),
        (fact(field="diffusion", value={"type": "learned_from", "other": "甲", "entity": "platform:1"}), "platform:1"),
        (fact(field="outcomes", value={"indicator": "x", "value": 1, "unit": "个", "period": "去年"}), "去年"),
    ],
)
def test_a_decided_value_that_cannot_be_is_refused(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        read_reviews(path)
    assert named in str(error.value)
    assert f"{path}:1" in str(error.value)


def test_a_split_outside_the_document_is_refused() -> None:
    (made,) = identified()
    with pytest.raises(RecordError, match="split"):
        apply([made], decide(made, "split", lines=(((1, 3),), ((4, 99),))))


@pytest.mark.parametrize("ids", [[], ["union:a"], ["union:a", "union:a"], ["union:a", "practice:b"]])
def test_an_identity_decision_names_two_of_a_kind(tmp_path: Path, ids: list[str]) -> None:
    path = tmp_path / "identities.jsonl"
    path.write_text(json.dumps({"decision": "same", "ids": ids, "by": "甲", "at": "x"}) + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"identities\.jsonl:1"):
        read_identities(path)


def test_a_rejection_whose_words_are_now_read_otherwise_is_reported() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "reject")
    (case,), reopened = apply([replace(made, outcomes=(replace(made.outcomes[0], value=120.0),))], decision)
    assert [r.reason for r in reopened] == ["other_value"]
    assert len(case.record.outcomes) == 1


def test_a_rejection_of_what_is_no_longer_read_has_nothing_to_do() -> None:
    (made,) = identified()
    assert apply([replace(made, outcomes=())], on(made, made.outcomes[0], "reject"))[1] == []


def test_a_wrong_account_is_reported_whatever_the_decision() -> None:
    (made,) = identified()
    decision = replace(on(made, made.outcomes[0], "reject"), case="case:gone")
    assert [r.reason for r in apply([made], decision)[1]] == ["unknown_case"]


def test_an_undone_decision_has_no_effect() -> None:
    (made,) = identified()
    first = on(made, made.outcomes[0], "reject")
    (case,), _ = apply([made], first, decide(made, "undo", undoes=first.id))
    assert case.record == made


def test_an_undo_takes_back_the_latest_of_equal_decisions() -> None:
    (made,) = identified()
    first = on(made, made.outcomes[0], "reject")
    undo = decide(made, "undo", undoes=first.id)
    (case,), _ = apply([made], first, undo, first)
    assert [o.indicator for o in case.record.outcomes] == ["服务"]


def test_an_undo_of_nothing_is_refused_with_its_place() -> None:
    (made,) = identified()
    with pytest.raises(RecordError, match=r"reviews\.jsonl:7"):
        apply([made], decide(made, "undo", undoes="decision:none", where="reviews.jsonl:7"))


def test_rejected_facts_are_kept_apart() -> None:
    (made,) = identified()
    decision = on(made, made.outcomes[0], "reject")
    (case,), _ = apply([made], decision)
    assert case.rejected == {made.outcomes[0].id: decision}


def test_a_neighbour_of_a_rejected_fact_that_is_no_longer_read_does_not_reopen_it() -> None:
    (made,) = identified()
    whole = stated(OutcomeStatement, "驿站增至12个,服务3400余人次", indicator="x", value=1.0, unit="x").evidence
    first, second = (replace(o, evidence=whole) for o in made.outcomes)
    decision = decide(made, "reject", field="outcomes", key=first.key, quote=whole[0].quote, value=encode(first))
    assert apply([replace(made, outcomes=(second,))], decision)[1] == []


def test_decisions_bind_in_a_document_without_text() -> None:
    (made,) = identified()
    new = outcome("3400余人次", indicator="歇脚", value=3400.0, unit="人次")
    (case,), reopened = apply([made], on(made, made.outcomes[0], "accept"), on(made, new, "add"), text="")
    assert not reopened
    assert [o.indicator for o in case.record.outcomes] == ["驿站", "服务", "歇脚"]


def test_merged_accounts_hold_the_quotes_of_both_for_one_fact() -> None:
    (made,) = identified()
    again = replace(
        made.outcomes[0], evidence=stated(OutcomeStatement, "12个", indicator="x", value=1.0, unit="x").evidence
    )
    other = replace(made, id="case:other", outcomes=(again,))
    (case,), _ = apply([made, other], decide(made, "merge", cases=("case:other",)))
    assert [e.quote for e in case.record.outcomes[0].evidence] == ["驿站增至12个", "12个"]
