"""A third small collection made by hand: dates that seem to contradict each other, old and undated ledgers, printings.

Districts of Shanghai that bargain: 宝山 from 2015; 奉贤 from 2014 learned from it, as it says; 松江 known by 2018 learned from 青浦,
which began in 2019; 金山 from 2016 learned from 崇明, known by 2018; 闵行 from 2012 became a pilot in 2017. 浦东's station of 2013
stands in two documents: the first names nobody whom it serves and dates it 2014, the second has no place. 杨浦's account of
the field of new forms of employment stands in both, too. Ledgers of 集体协商: 杨浦 and 黄浦 未开展 as of 2020 and without a date,
徐汇 未开展 as of 2018 and 开展 as of 2022, 普陀 the other way round, 金山 未开展 as of 2015, 奉贤 as of 2018, 青浦 as of 2019.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.queries.asked import BARGAINING, GRID, SHANGHAI, account, said, union
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.records import (
    CaseRecord,
    ClaimStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    TargetGroupStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

STATION = "工会驿站/户外劳动者服务站"


def _district(name: str, code: str) -> tuple[Any, ...]:
    return f"{name}区总工会", f"上海市{name}区总工会", "originator", "county", code


def _spread(kind: str, other: str, **more: Any) -> DiffusionStatement:
    made: DiffusionStatement = said(DiffusionStatement, f"{kind}：{other}", type=kind, other=other, **more)
    return made


def _bargains(
    document: str,
    line: int,
    name: str,
    code: str,
    started: str | None,
    *told: DiffusionStatement,
    other: Any = SHANGHAI,
) -> CaseRecord:
    return account(
        document,
        line,
        f"{name}谈判",
        _district(name, code),
        code,
        ((BARGAINING, "main"),),
        started,
        unions=(union(*other[:2], "mentioned", *other[3:]),),
        diffusion=told,
    )


def _printed(record: CaseRecord, subject: str) -> CaseRecord:
    """The account with whole sentences for evidence, so that two printings of it are known as one."""

    def told(number: int) -> OutcomeStatement:
        words = f"这是{subject}的第{number}句完整的话，说的是它究竟怎样做、做了多少、有谁参加"
        made: OutcomeStatement = said(
            OutcomeStatement, words, indicator=f"第{number}项", value=float(number), unit="个"
        )
        return replace(made, evidence=(Evidence(words, 100 * number, 100 * number + len(words)),))

    return replace(record, outcomes=tuple(told(number) for number in range(1, 9)))


def _station(document: str, started: str, *groups: TargetGroupStatement) -> CaseRecord:
    record = account(
        document,
        61,
        "浦东驿站",
        _district("浦东新", "310115"),
        "310115",
        ((STATION, "main"),),
        started,
        claims=(said(ClaimStatement, "全市首家", claim="全市首家", scope="全市", region="310000"),),
        honors=(said(HonorStatement, "2016年好驿站", name="2016年好驿站", kind="award", year="2016"),),
        target_groups=groups,
    )
    return _printed(record, "驿站")


def _fair(document: str) -> CaseRecord:
    record = account(document, 71, "杨浦集市", _district("杨浦", "310110"), "310110", ((GRID, "main"),))
    practices = tuple(replace(practice, theme="新就业形态劳动者") for practice in record.practices)
    return _printed(replace(record, practices=practices), "集市")


def _documents() -> list[tuple[str, str, list[CaseRecord]]]:
    first = [
        _bargains("doc:s", 1, "宝山", "310113", "2015"),
        _bargains(
            "doc:s",
            11,
            "奉贤",
            "310120",
            "2014",
            _spread("learned_from", "宝山区总工会"),
            other=_district("宝山", "310113"),
        ),
        _bargains(
            "doc:s",
            21,
            "松江",
            "310117",
            None,
            _spread("learned_from", "青浦区总工会"),
            other=_district("青浦", "310118"),
        ),
        _bargains(
            "doc:s",
            31,
            "金山",
            "310116",
            "2016",
            _spread("learned_from", "崇明区总工会"),
            other=_district("崇明", "310151"),
        ),
        _bargains("doc:s", 41, "崇明", "310151", None),
        _bargains("doc:s", 51, "闵行", "310112", "2012", _spread("piloted_by", "上海市总工会", period="2017")),
        _station("doc:s", "2014"),
        _fair("doc:s"),
    ]
    couriers = said(TargetGroupStatement, "快递小哥", group="快递员", surface="快递小哥")
    second = [
        _bargains("doc:t", 1, "青浦", "310118", "2019"),
        replace(_station("doc:t", "2013", couriers), regions=()),
        _fair("doc:t"),
    ]
    return [("doc:s", "2018", first), ("doc:t", "2021", second)]


def _ledger(name: str, *given: tuple[str, Any, str | None]) -> Ledger:
    entries = tuple(
        LedgerEntry(
            region=code,
            region_printed=table().full_name(code),
            practice_type=BARGAINING,
            practice_printed=BARGAINING,
            place=f"表1第{row}行",
            quote=f"{table().full_name(code)}|{status}|{date}",
            status=status,
            date=date,
        )
        for row, (code, status, date) in enumerate(given, start=2)
    )
    record = LedgerRecord(id=f"ledger:{name}", title=name, origin=f"{name}.csv", sha256="1" * 64, media_type="text/csv")
    return Ledger(record, entries)


def projection() -> Projection:
    """The collection, projected."""
    authority, words = Authority(), vocabularies()
    documents = []
    for identifier, published, records in _documents():
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="0" * 64,
            encoding="utf-8",
            published=published,
        )
        documents.append((document, [EffectiveRecord(record) for record in identify(records, (), authority)]))
    ledgers = [
        _ledger(
            "甲台账",
            ("310110", "未开展", "2020"),
            ("310101", "未开展", None),
            ("310104", "未开展", "2018"),
            ("310107", "开展", "2018"),
            ("310116", "未开展", "2015"),
            ("310120", "未开展", "2018"),
            ("310118", "未开展", "2019"),
        ),
        _ledger("乙台账", ("310104", "开展", "2022"), ("310107", "未开展", "2022-06")),
    ]
    places = {entry.region for ledger in ledgers for entry in ledger.entries}
    return with_ledgers(project(documents, words, {}, table(), places=places), ledgers, words)
