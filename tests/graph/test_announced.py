"""National announcements in the graph: the policy, its issuers, what it concerns, each with its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

import unionkg
from unionkg.graph.announced import announced_relationships, identified
from unionkg.graph.authority import Authority
from unionkg.graph.records import AnnouncementStatement, DocumentRecord, Evidence
from unionkg.graph.structure import vocabularies

TEXT = """全国总工会印发意见规范职工疗休养

本报北京5月9日电（记者 丙丁）日前，人力资源社会保障部、全总联合印发《关于规范职工疗休养工作的指导意见》，要求各级工会把一线职工放在前面，到2025年一线职工占比达到六成以上，并先在广东省先行试点。

西湖区总工会办起暑期托管班

本报讯（记者 甲乙）今年7月，浙江省杭州市西湖区总工会办起暑期托管班，为双职工家庭照看孩子，两个月服务职工子女320人。全国总工会印发的《关于规范职工疗休养工作的指导意见》也在区里落实。
"""


@pytest.fixture
def kg(tmp_path: Path) -> unionkg.KnowledgeGraph:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    graph = unionkg.open(tmp_path / "workspace")
    graph.load(tmp_path / "news.txt", published="2023-05-10")
    return graph


def announcement(kg: unionkg.KnowledgeGraph) -> AnnouncementStatement:
    ((document, _),) = kg.corpus().documents
    (one,) = document.announcements
    return one


def test_a_policy_leads_to_its_sentences(kg: unionkg.KnowledgeGraph) -> None:
    answer = kg.cypher(
        "MATCH (p:Policy)-[r]->(x) WHERE type(r) IN ['REPORTED_IN', 'ISSUED_BY', 'CONCERNS', 'APPLIES_TO'] "
        "RETURN p.name AS name, p.deadline AS deadline, type(r) AS type, x.name AS other, r.quotes AS quotes ORDER BY type, other"
    )
    rows = answer.records()
    told = [(row["type"], row["other"]) for row in rows]
    assert ("APPLIES_TO", "广东省") in told
    assert ("CONCERNS", "疗休养") in told
    assert {other for kind, other in told if kind == "ISSUED_BY"} == {"人力资源社会保障部", "全国总工会"}
    assert {(row["name"], row["deadline"]) for row in rows} == {("关于规范职工疗休养工作的指导意见", "2025")}
    text = (next(kg.workspace.sources.glob("*/text.txt"))).read_text(encoding="utf-8")
    assert all(quote in text for row in rows for quote in row["quotes"])


def test_it_goes_with_its_document(kg: unionkg.KnowledgeGraph) -> None:
    kg.remove("news.txt")
    assert kg.cypher("MATCH (p:Policy) RETURN count(p) AS n").records() == [{"n": 0}]


def test_of_two_documents_that_print_it_each_takes_its_own_sentences_with_it(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path / "workspace")
    for name, place in (("one.txt", "西湖区"), ("other.txt", "拱墅区")):
        text = TEXT.replace("今年7月", "2022年7月").replace("西湖区", place)
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert not kg.load(tmp_path / name, published="2023-05-10").failed
    asked = "MATCH (:Policy)-[r:ISSUED_BY|CONCERNS|APPLIES_TO]->() RETURN DISTINCT r.document AS document"
    assert len(kg.cypher(asked).records()) == 2
    kg.remove("other.txt")
    (left,) = kg.corpus().documents
    assert kg.cypher(asked).records() == [{"document": left[0].id}]


def test_ids_are_kept_when_it_is_read_again(kg: unionkg.KnowledgeGraph, tmp_path: Path) -> None:
    before = announcement(kg)
    kg.load(tmp_path / "news.txt", published="2023-05-11")
    after = announcement(kg)
    assert before.id
    assert before.entity
    assert (before.id, before.entity, before.issuer_entities) == (after.id, after.entity, after.issuer_entities)
    assert before.issuer_entities[0].startswith("organization:")
    assert before.issuer_entities[1].startswith("union:")


def test_an_issuer_named_in_two_ways_issued_it_once() -> None:
    twice = AnnouncementStatement(
        evidence=(Evidence("关于规范职工疗休养工作的指导意见", 0, 16),),
        method="announcement.titled",
        confidence=0.8,
        name="关于规范职工疗休养工作的指导意见",
        lines=((1, 1),),
        issuers=("全总", "中华全国总工会"),
    )
    document = DocumentRecord(id="doc:1", title="x", origin="x", sha256="0", encoding="utf-8", announcements=(twice,))
    known = identified(document, Authority())
    issued = [tie for tie in announced_relationships(known, vocabularies(), {}) if tie.type == "ISSUED_BY"]
    assert len(issued) == 1
