"""Reuse of wording between accounts: which pairs, with which places; printings, commentary and set phrases are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.queries.asked import BAOSHAN, BARGAINING, HUZHOU, NINGBO, account
from unionkg.graph.analysis.reuse_of_accounts import Shared, account_text, reuse
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import CaseRecord, DocumentRecord, Section
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

SET = "在上级工会的正确领导下认真贯彻落实会议精神"
OWN = "把保温箱摆到桥洞下面骑手换电时顺手热一份饭再在箱门上贴一张写着谁家孩子放学早的小纸条"
OLD = f"骑手热饭\n{SET}。\n甲地{OWN}，半年用了三百次。\n别的话甲乙丙丁。\n"
NEW = f"换电热饭\n{SET}。\n乙地也{OWN}，大家都说好。\n说点不同的戊己庚辛。\n谈判下棋\n{SET}。\n丙地请人演了几场小戏。\n就这样了壬癸子丑。\n"


def told(document: str, line: int, title: str, one: tuple[Any, ...], **more: Any) -> CaseRecord:
    return replace(account(document, line, title, one, one[4], ((BARGAINING, "main"),)), **more)


def made(*records: CaseRecord, published: dict[str, str], redirects: dict[str, str] | None = None) -> Projection:
    authority = Authority()
    documents = []
    for name in sorted({record.document for record in records}):
        cases = [EffectiveRecord(r) for r in identify([r for r in records if r.document == name], (), authority)]
        document = DocumentRecord(
            id=name, title=name, origin=name, sha256="0" * 64, encoding="utf-8", published=published.get(name)
        )
        documents.append((document, cases))
    return project(documents, vocabularies(), redirects or {}, table())


TEXTS = {"doc:old": OLD, "doc:new": NEW}


def asked(projection: Projection, least: float = 25) -> list[Shared]:
    return reuse(projection, TEXTS.__getitem__, least)


def three(**published: str) -> Projection:
    return made(
        told("doc:old", 1, "骑手热饭", BAOSHAN),
        told("doc:new", 1, "换电热饭", HUZHOU),
        told("doc:new", 5, "谈判下棋", NINGBO),
        published={f"doc:{name}": when for name, when in published.items()},
    )


def test_the_pair_that_shares_words_of_its_own_with_both_places() -> None:
    (pair,) = asked(three(old="2018", new="2020"))
    assert (pair.left.case, pair.right.case) == ("骑手热饭", "换电热饭")
    for side in (pair.left, pair.right):
        assert OWN in side.quote
        assert TEXTS[side.document][side.start : side.end] == side.quote
    assert pair.left.unions == ("宝山区总工会",)
    assert (pair.left.published, pair.right.published, pair.earlier) == ("2018", "2020", "left")
    assert pair.score >= len(OWN) * 0.8
    assert not pair.possibly_same


def test_the_earlier_publication_comes_first_and_without_dates_nobody_does() -> None:
    (pair,) = asked(three(old="2020", new="2018"))
    assert (pair.left.case, pair.earlier) == ("换电热饭", "left")
    for dates in ({}, {"old": "2018"}, {"old": "2018", "new": "2018-05"}):
        assert [one.earlier for one in asked(three(**dates))] == [None]


def test_set_phrases_are_no_reuse() -> None:
    assert [(p.left.case, p.right.case) for p in asked(three(), 8)] in (
        [("骑手热饭", "换电热饭")],
        [("换电热饭", "骑手热饭")],
    )


def test_printings_of_one_account_are_no_pair() -> None:
    first, other = told("doc:old", 1, "骑手热饭", BAOSHAN), told("doc:new", 1, "换电热饭", BAOSHAN)
    apart = made(first, other, published={})
    ids = sorted(node.id for graph in apart.documents for node in graph.nodes if node.label == "PracticeCase")
    assert len(asked(apart)) == 1
    assert asked(made(first, other, published={}, redirects={ids[1]: ids[0]})) == []


def test_what_an_expert_says_of_an_account_is_not_its_wording() -> None:
    begin = NEW.index("乙地也")
    commentary = Section(kind="点评", heading=None, start=begin, end=NEW.index("\n", begin))
    projection = made(
        told("doc:old", 1, "骑手热饭", BAOSHAN),
        told("doc:new", 1, "换电热饭", HUZHOU, sections=(commentary,)),
        published={},
    )
    assert asked(projection) == []


def test_the_pieces_of_an_account_lead_back_to_the_document() -> None:
    document = "一二\n三四五\n六\n七八九\n"
    text = account_text(document, [1, 2, 4, 4], [(4, 5)])
    assert text.text == "一二\n三五\n七八九\n"
    assert [document[text.offset(at)] for at in range(len(text.text))] == list(text.text)
