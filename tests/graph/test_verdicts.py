"""What a person may say of the reading, what it becomes, and what is refused with which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.graph.making import TEXT, document, identified, record
from unionkg.errors import InputError
from unionkg.graph.decisions import ReviewDecision
from unionkg.graph.effective import effective
from unionkg.graph.identity import statement_id
from unionkg.graph.records import CaseRecord
from unionkg.graph.verdicts import Accept, Add, Edit, Lack, Merge, Reject, Split, State, Undo, Verdict, lines

FIRST_LINES = "宝山区示例镇总工会 家门口的歇脚屋"


def state(*records: CaseRecord, decisions: tuple[ReviewDecision, ...] = ()) -> State:
    cases, _ = effective(records, decisions, TEXT, statement_id)
    about = document()
    return State([(about, cases)], {about.id: TEXT}, decisions)


def say(*verdicts: Verdict, to: State | None = None) -> list[ReviewDecision]:
    return lines(verdicts, to or state(*identified()), "甲", "2026-11-21T00:00:00+00:00", "核过")


def made() -> CaseRecord:
    return identified()[0]


def after(*verdicts: Verdict) -> CaseRecord:
    """The account when the verdicts are applied one after the other."""
    given: tuple[ReviewDecision, ...] = ()
    for verdict in verdicts:
        given += tuple(lines([verdict], state(made(), decisions=given), "甲", f"t{len(given)}"))
    cases, reopened = effective([made()], given, TEXT, statement_id)
    assert not reopened
    return cases[0].record


def test_a_verdict_says_who_when_and_why() -> None:
    (line,) = say(Accept(made().outcomes[0].id))
    assert (line.decision, line.by, line.at, line.why) == ("accept", "甲", "2026-11-21T00:00:00+00:00", "核过")
    assert (line.field, line.quote, line.key) == ("outcomes", "驿站增至12个", made().outcomes[0].key)


def test_saying_it_twice_adds_nothing() -> None:
    fact, account = made().outcomes[0].id, made().id
    for verdict in (
        Accept(fact),
        Reject(fact),
        Edit(fact, {"value": 13.0}),
        Add(account, "platforms", {}, "闲置门房"),
        Lack(account, "platforms"),
        Reject(account),
        Accept(account),
    ):
        given = tuple(say(verdict))
        assert given
        assert say(verdict, to=state(made(), decisions=given)) == []


def test_accepting_an_account_accepts_its_facts_one_by_one_and_what_it_lacks() -> None:
    given = say(Accept(made().id))
    facts = [line for line in given if line.field]
    assert len(facts) == len(list(made().statements()))
    assert [line.lacks for line in given if not line.field] == [("commentators", "platforms", "policies", "superiors")]
    later = replace(made(), outcomes=(*made().outcomes, replace(made().outcomes[0], indicator="新", id="fact:new")))
    (case,), _ = effective([later], given, TEXT, statement_id)
    assert case.review(later.outcomes[2]) == "unreviewed"


def test_an_edited_name_is_quoted_where_it_stands() -> None:
    partner = made().partners[0]
    changed = after(Edit(partner.id, {"name": "城管局"}))
    assert (changed.partners[0].name, changed.partners[0].evidence[0].quote) == ("城管局", "区城管局")
    changed = after(Edit(partner.id, {"name": "静安区总工会"}))
    assert changed.partners[0].evidence[0].quote == "静安区总工会"
    assert (changed.partners[0].method, changed.partners[0].confidence) == ("person", 1.0)


def test_an_edited_fact_can_be_given_other_words() -> None:
    changed = after(Edit(made().outcomes[0].id, {"value": 3400.0}, "服务 3400余\n人次"))
    assert next((o.value, o.evidence[0].quote) for o in changed.outcomes) == (3400.0, "服务3400余人次")


def test_a_part_of_an_edited_outcome_stays_its_part() -> None:
    whole, part = made().outcomes
    parted = replace(made(), outcomes=(whole, replace(part, subset_of=whole.name)))
    given = say(Edit(whole.id, {"value": 13.0}), to=state(parted))
    (case,), _ = effective([parted], given, TEXT, statement_id)
    assert case.record.outcomes[1].subset_of == case.record.outcomes[0].name == "驿站 13个"


def test_another_main_practice_is_the_only_one() -> None:
    changed = after(Add(made().id, "practices", {"theme": "工会服务职工", "main": True}, "工会驿站"))
    assert [(p.name, p.main) for p in changed.practices] == [("歇脚屋", False), ("工会驿站", True)]


def test_an_added_place_finds_its_code() -> None:
    changed = after(Add(made().id, "regions", {"role": "mentioned", "name": "静安区"}, "静安区"))
    assert changed.regions[1].code == "310106"


def test_a_split_part_is_worked_on_like_any_account() -> None:
    account = made().id
    given = tuple(say(Split(account, 4)))
    assert given[0].lines == (((1, 3),), ((4, 5),))
    both = state(made(), decisions=given)
    assert list(both.cases) == [account, f"{account}.2"]
    more = (*given, *lines([Split(f"{account}.2", 5)], both, "甲", "t"))
    assert list(state(made(), decisions=more).cases) == [account, f"{account}.2", f"{account}.2.2"]


def test_an_account_is_split_twice_into_three() -> None:
    account = made().id
    given = tuple(say(Split(account, 4)))
    given += tuple(lines([Split(account, 2)], state(made(), decisions=given), "甲", "t"))
    cases = state(made(), decisions=given).cases
    assert [(key, case.record.lines) for key, case in cases.items()] == [
        (account, ((1, 1),)),
        (f"{account}.3", ((2, 3),)),
        (f"{account}.2", ((4, 5),)),
    ]


@pytest.mark.parametrize(
    ("verdict", "named"),
    [
        (lambda r: Accept("fact:none"), "fact:none"),
        (lambda r: Edit(r.outcomes[0].id, {"value": 12.0}), "nothing changes"),
        (lambda r: Edit(r.outcomes[0].id, {"colour": "红"}), "colour"),
        (lambda r: Edit(r.outcomes[0].id, {"period": "去年"}), "去年"),
        (lambda r: Edit(r.outcomes[0].id, {"value": float("inf")}), "finite"),
        (lambda r: Edit(r.partners[0].id, {"name": "区教育局"}), "no such words"),
        (lambda r: Add(r.id, "partners", {"type": "government"}, "区教育局"), "no such words"),
        (lambda r: Add(r.id, "partners", {"type": "government"}, " "), "words"),
        (lambda r: Add(r.id, "partners", {}, "闲置门房"), "type"),
        (lambda r: Add(r.id, "poems", {}, "闲置门房"), "poems"),
        (lambda r: Add(r.id, "started", {"value": "2020"}, "2021年4月"), "there already"),
        (lambda r: Add("case:none", "policies", {}, "闲置门房"), "case:none"),
        (lambda r: Split(r.id, 1), "split"),
        (lambda r: Split(r.id, 99), "1-5"),
        (lambda r: Merge(r.id, ()), "two accounts"),
        (lambda r: Undo(), "no decision"),
        (lambda r: Undo(r.outcomes[0].id), "no decision"),
    ],
)
def test_what_cannot_be_is_refused(verdict, named: str) -> None:
    with pytest.raises(InputError) as error:
        say(verdict(made()))
    assert named in str(error.value)


def test_two_verdicts_on_one_fact_are_refused() -> None:
    fact = made().outcomes[0].id
    with pytest.raises(InputError, match="two verdicts"):
        say(Accept(fact), Reject(fact))


def test_accounts_of_different_documents_are_not_merged() -> None:
    one, other = made(), identified(record("doc:bbbb"))[0]
    cases = [effective([r], (), TEXT, statement_id)[0] for r in (one, other)]
    both = State([(document(), cases[0]), (document("doc:bbbb"), cases[1])], {"doc:aaaa": TEXT}, ())
    with pytest.raises(InputError, match="different documents"):
        say(Merge(one.id, (other.id,)), to=both)


def test_the_last_decision_of_the_person_is_undone_not_that_of_another() -> None:
    first, second = made().outcomes
    mine = lines([Accept(first.id)], state(made()), "甲", "t1")
    theirs = lines([Accept(second.id)], state(made()), "乙", "t2")
    (line,) = say(Undo(), to=state(made(), decisions=(*mine, *theirs)))
    assert line.undoes == mine[0].id
