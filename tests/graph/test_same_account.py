"""One account printed twice is found, certain only where the text is the same, and counted once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.graph.making import TEXT, document, identified, record, stated
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project, update
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.records import (
    CaseRecord,
    DiffusionStatement,
    Evidence,
    OutcomeStatement,
    PracticeStatement,
    TextStatement,
)
from unionkg.graph.same_account import Copy, account_groups, same_accounts
from unionkg.graph.stores import parse_target, reading
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table
from unionkg.queries import answers, library

LONG = (
    "到2022年底,驿站增至12个,服务3400余人次",
    "把闲置门房改成工会驿站,供快递员歇脚",
    "上海市总工会到场指导,区城管局出了场地",
)


def printed(name: str, **changes: object) -> CaseRecord:
    """The account with quotes long enough to be sentences."""
    outcomes = tuple(
        stated(OutcomeStatement, quote, indicator=f"指标{i}", value=value, unit="个")
        for i, (quote, value) in enumerate(zip(LONG, (3400.0, 57.0, 218.0), strict=True))
    )
    return record(name, **{"outcomes": outcomes, **changes})


def retold(name: str) -> CaseRecord:
    """The same account in other words: other quotes, the same owner, numbers and practice."""
    other = printed(name)

    def said(quote: str) -> tuple[Evidence, ...]:
        return (Evidence(quote, 0, len(quote)),)

    outcomes = tuple(replace(o, evidence=said(f"换了一种说法来讲的第{i}句话")) for i, o in enumerate(other.outcomes))
    return replace(other, outcomes=outcomes, title=None, concepts=(), diffusion=(), honors=(), unions=other.unions[:1])


def both(one: CaseRecord, other: CaseRecord) -> list[EffectiveRecord]:
    authority = Authority()
    return [EffectiveRecord(r) for made in (one, other) for r in identified(made, authority=authority)]


def test_two_printings_of_one_text_are_certain() -> None:
    (copy,) = same_accounts(both(printed("doc:a"), printed("doc:b", lines=((7, 11),))), {})
    assert copy.method == "same_account.text"
    assert copy.certain
    assert copy.score > 0.9
    assert copy.first < copy.other


def test_an_account_told_again_is_offered_not_joined() -> None:
    (copy,) = same_accounts(both(printed("doc:a"), retold("doc:b")), {})
    assert copy.method == "same_account.facts"
    assert not copy.certain


def test_another_account_of_the_same_union_is_not_offered() -> None:
    other = printed(
        "doc:b",
        title=stated(TextStatement, "家门口的歇脚屋", value="法律援助进工地"),
        outcomes=(stated(OutcomeStatement, "入选2022年度全市工会案例", indicator="援助", value=66.0, unit="件"),),
        practices=(stated(PracticeStatement, "歇脚屋", name="流动法庭", theme="维护职工权益", main=True),),
        concepts=(),
        diffusion=(),
        unions=printed("doc:b").unions[:1],
        honors=(),
    )
    assert same_accounts(both(printed("doc:a"), other), {}) == []


def test_accounts_of_one_document_are_never_copies() -> None:
    authority = Authority()
    made = identified(printed("doc:a"), printed("doc:a", lines=((7, 11),)), authority=authority)
    assert same_accounts([EffectiveRecord(r) for r in made], {}) == []


def sure(first: str, other: str) -> Copy:
    return Copy(first, other, 1.0, "same_account.text", certain=True)


@pytest.mark.parametrize(
    ("copies", "leads", "apart", "groups"),
    [
        ([], {}, [], {}),
        ([sure("case:1", "case:2")], {}, [], {"case:1": "case:1", "case:2": "case:1"}),
        ([replace(sure("case:1", "case:2"), certain=False)], {}, [], {}),
        ([], {"case:1": "case:2", "union:1": "union:2"}, [], {"case:1": "case:1", "case:2": "case:1"}),
        ([sure("case:1", "case:2")], {}, [("case:1", "case:2")], {}),
        (
            [sure("case:2", "case:3"), sure("case:1", "case:2")],
            {},
            [],
            {"case:1": "case:1", "case:2": "case:1", "case:3": "case:1"},
        ),
        (
            [sure("case:1", "case:2"), sure("case:2", "case:3")],
            {},
            [("case:1", "case:3")],
            {"case:1": "case:1", "case:2": "case:1"},
        ),
    ],
)
def test_groups_hold_certain_copies_and_what_people_joined(
    copies: list, leads: dict, apart: list, groups: dict
) -> None:
    assert account_groups(copies, leads, {frozenset(pair) for pair in apart}) == groups


def projected(apart: frozenset[frozenset[str]] = frozenset(), **changes: object) -> Projection:
    one, other = both(printed("doc:a", **changes), printed("doc:b", lines=((7, 11),), **changes))
    documents = [(document("doc:a"), [one]), (document("doc:b"), [other])]
    return project(documents, vocabularies(), {}, table(), apart)


def accounts(made: Projection) -> list[str]:
    return [str(n.properties["account"]) for g in made.documents for n in g.nodes if n.label == "PracticeCase"]


def test_the_graph_shows_copies_and_the_account_that_they_print() -> None:
    made = projected()
    (tie,) = [r for r in made.derived if r.type == "SAME_ACCOUNT"]
    assert {tie.start[1], tie.end[1]} == {n.id for g in made.documents for n in g.nodes if n.label == "PracticeCase"}
    assert tie.properties["method"] == "same_account.text"
    first, other = accounts(made)
    assert first == other == min(tie.start[1], tie.end[1])


def test_copies_judged_different_are_neither_tied_nor_grouped() -> None:
    made = projected()
    (tie,) = [r for r in made.derived if r.type == "SAME_ACCOUNT"]
    kept_apart = projected(frozenset({frozenset((tie.start[1], tie.end[1]))}))
    assert not [r for r in kept_apart.derived if r.type == "SAME_ACCOUNT"]
    assert len(set(accounts(kept_apart))) == 2


def test_queries_count_an_account_once_however_often_it_is_printed(tmp_path: Path) -> None:
    target = parse_target("embedded")
    spread = stated(DiffusionStatement, "这一做法学自静安区总工会", type="learned_from", other="静安那边")
    update(target, tmp_path, "workspace-g", projected(diffusion=(spread,)))
    with reading(target, tmp_path) as store:
        unresolved = answers.run(library.find("organisation.unresolved"), store, {}).rows
        unions = answers.run(library.find("organisation.unions"), store, {}).rows
        partners = answers.run(library.find("organisation.partners"), store, {}).rows
        printings = store.run("MATCH (c:PracticeCase) RETURN count(c)").rows
    assert printings == [(2,)] or printings == [[2]]
    assert {row[0]: row[5] for row in unions}["宝山区示例镇总工会"] == 1
    assert [row[2] for row in partners] == [1]
    assert [(*row[:2], row[3]) for row in unresolved] == [("静安那边", "LEARNED_FROM", 1)]


def test_the_sample_quotes_are_sentences() -> None:
    assert all(quote in TEXT for quote in LONG)
