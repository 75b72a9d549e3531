"""A small collection made by hand about results and plans: figures, honours, groups, ledgers.

Shanghai: 闸北 (now 静安) bargains from 2012, with funds that did not grow as it says; 宝山 beside it from 2015, honoured in
2016, with a part of its contracts larger than the whole, printed a second time in 2022; 嘉定 beside 宝山 from March 2018.
Zhejiang: 湖州 from 2019, promoted in 2017 as it says, 宁波 without any date, 长兴 has a station and does not bargain.
普陀 only stands in the field of the new forms of employment, 徐汇 names its couriers. Two ledgers contradict each other and the documents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.queries.asked import BARGAINING, GRID, NATIONAL, SHANGHAI, account, said, union
from unionkg.graph.announced import identified
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.records import (
    AnnouncementStatement,
    CaseRecord,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    TargetGroupStatement,
    TextStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

STATION, SUMMER = "工会驿站/户外劳动者服务站", "送清凉"


def _owner(name: str, full: str, level: str, region: str) -> tuple[Any, ...]:
    return name, full, "originator", level, region


ZHABEI = _owner("闸北区总工会", "上海市闸北区总工会", "county", "310108")
BAOSHAN = _owner("宝山区总工会", "上海市宝山区总工会", "county", "310113")
JIADING = _owner("嘉定区总工会", "上海市嘉定区总工会", "county", "310114")
PUTUO = _owner("普陀区总工会", "上海市普陀区总工会", "county", "310107")
XUHUI = _owner("徐汇区总工会", "上海市徐汇区总工会", "county", "310104")
HUZHOU = _owner("湖州市总工会", "浙江省湖州市总工会", "prefecture", "330500")
CHANGXING = _owner("长兴县总工会", "浙江省湖州市长兴县总工会", "county", "330522")
NINGBO = _owner("宁波市总工会", "浙江省宁波市总工会", "prefecture", "330200")


def _figure(indicator: str, value: float, unit: str, **more: Any) -> OutcomeStatement:
    words = f"{indicator}{value:g}{unit}"
    made: OutcomeStatement = said(OutcomeStatement, words, indicator=indicator, value=float(value), unit=unit, **more)
    return made


def _group(name: str, words: str) -> TargetGroupStatement:
    made: TargetGroupStatement = said(TargetGroupStatement, words, group=name, surface=words)
    return made


def _spread(kind: str, other: str, **more: Any) -> DiffusionStatement:
    made: DiffusionStatement = said(DiffusionStatement, f"{kind}：{other}", type=kind, other=other, **more)
    return made


def _honour(name: str, **more: Any) -> HonorStatement:
    made: HonorStatement = said(HonorStatement, name, name=name, **more)
    return made


def _with_sentences(record: CaseRecord) -> CaseRecord:
    """The account with whole sentences for evidence, so that two printings of it are known as one."""

    def told(statement: Any, number: int) -> Any:
        words = f"这是第{number}句完整的话，说的是{getattr(statement, 'indicator', '')}究竟做得怎样、做了多少"
        return replace(statement, evidence=(Evidence(words, 100 * number, 100 * number + len(words)),))

    return replace(record, outcomes=tuple(told(o, i) for i, o in enumerate(record.outcomes)))


def _baoshan(document: str) -> CaseRecord:
    whole = _figure("签订合同", 120, "份", cumulative=True, kind="产出")
    record = account(
        document,
        1,
        "宝山谈判",
        BAOSHAN,
        "310113",
        ((BARGAINING, "main"), (GRID, "part")),
        "2015",
        unions=(union(*SHANGHAI), union(*XUHUI[:2], "partner", *XUHUI[3:])),
        outcomes=(
            whole,
            _figure("女职工专项合同", 150, "份", subset_of=whole.name),
            _figure("建会率", 80, "%", baseline=30.0, kind="成效", period="2017"),
            _figure("投入经费", 50000, "元", kind="投入", period="2016", approximate=True),
            _figure("专职人员", 3, "人", kind="投入", cumulative=True),
        ),
        honors=(
            _honour("2016年示例奖", kind="award", issuer="示例报社", level="provincial", grade="一等奖", year="2016"),
            _honour("示例案例", kind="selection", level="national"),
        ),
        partners=(said(PartnerStatement, "区人社局", name="区人社局", type="government"),),
        policies=(said(TextStatement, "示例协商办法", value="示例协商办法"),),
        platforms=(said(TextStatement, "示例协商平台", value="示例协商平台"),),
        target_groups=(_group("女职工", "女工"),),
    )
    return _with_sentences(record)


def _documents() -> list[tuple[str, str | None, list[CaseRecord]]]:
    zhabei = account(
        "doc:p",
        11,
        "闸北谈判",
        ZHABEI,
        "310108",
        ((BARGAINING, "main"),),
        "2012",
        outcomes=(
            _figure("收缴经费", 53, "元", baseline=26.0, kind="投入"),
            _figure("收缴经费增长", 50, "%"),
            _figure("签订合同", 12, "份", cumulative=False, kind="产出", period="2013"),
            _figure("签订合同", 14, "份", cumulative=False, kind="产出", period="2013", approximate=True),
            _figure("履约率", 104, "%"),
            _figure("产值增长率", 120, "%"),
        ),
    )
    jiading = account(
        "doc:p",
        21,
        "嘉定谈判",
        JIADING,
        "310114",
        ((BARGAINING, "part", "2018-03"), (GRID, "main")),
        unions=(union(*SHANGHAI),),
        outcomes=(
            _figure("签订合同", 30, "份", kind="产出"),
            _figure("满意率", 96, "%", kind="成效", claimed_by="某评估机构", baseline=98.0),
        ),
        honors=(_honour("示例先进单位", kind="title", year="2017"),),
        target_groups=(_group("工会干部", "协商代表"),),
    )
    putuo = account("doc:p", 31, "普陀集市", PUTUO, "310107", ((STATION, "part"), (SUMMER, "part")))
    putuo = replace(putuo, practices=tuple(replace(p, theme="新就业形态劳动者") for p in putuo.practices))
    xuhui = account(
        "doc:p",
        41,
        "徐汇驿站",
        XUHUI,
        "310104",
        ((STATION, "main"),),
        "2016",
        target_groups=(_group("快递员", "快递小哥"), _group("新就业形态劳动者", "新业态")),
        outcomes=(_figure("建成驿站", 12, "个", kind="产出", cumulative=True),),
    )
    huzhou = account(
        "doc:q",
        11,
        "湖州谈判",
        HUZHOU,
        "330500",
        ((BARGAINING, "main"),),
        "2019",
        unions=(union(*NATIONAL), union(*BAOSHAN[:2], "mentioned", *BAOSHAN[3:])),
        outcomes=(_figure("签订合同", 45, "份", cumulative=False, kind="产出", period="2019"),),
        diffusion=(
            _spread("learned_from", "宝山区总工会"),
            _spread("promoted_by", "中华全国总工会", period="2017"),
            _spread("replicated_in", "各县区", collective=True, intended=True),
            _spread("piloted_by", "中华全国总工会", period="2019-03/2020"),
            _spread("piloted_by", "浙江某县", period="2018"),
        ),
    )
    changxing = account("doc:q", 21, "长兴驿站", CHANGXING, "330522", ((STATION, "main"), (GRID, "part")))
    ningbo = account("doc:r", 1, "宁波谈判", NINGBO, "330200", ((BARGAINING, "main"),), honors=(_honour("某个荣誉"),))
    return [
        ("doc:p", "2018", [_baoshan("doc:p"), zhabei, jiading, putuo, xuhui]),
        ("doc:q", "2022-05", [_baoshan("doc:q"), huzhou, changxing]),
        ("doc:r", None, [ningbo]),
    ]


def _announcement() -> AnnouncementStatement:
    made: AnnouncementStatement = said(
        AnnouncementStatement,
        "全国总工会印发示例协商计划",
        name="示例协商计划",
        lines=((60, 61),),
        issuers=("全国总工会",),
        number="总工发〔2017〕3号",
        issued="2017",
        deadline="2020",
        concepts=(BARGAINING,),
        regions=("330000",),
    )
    return made


def _ledgers() -> list[Ledger]:
    def ledger(name: str, *given: tuple[str, Any, str | None]) -> Ledger:
        record = LedgerRecord(
            id=f"ledger:{name}", title=name, origin=f"{name}.csv", sha256="1" * 64, media_type="text/csv"
        )
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
        return Ledger(record, entries)

    first = ledger(
        "甲台账",
        ("330500", "未开展", "2017"),
        ("310114", "未开展", "2020-06"),
        ("310113", "未开展", None),
        ("320500", "开展", "2020"),
        ("330600", "未开展", "2021"),
        ("320000", "未开展", "2020"),
        ("340000", "未开展", "2022"),
    )
    second = ledger("乙台账", ("330600", "开展", "2023"), ("330100", "开展", None))
    return [first, second]


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
            publisher="示例出版社" if published else None,
            published=published,
            announcements=(_announcement(),) if identifier == "doc:q" else (),
        )
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        documents.append((identified(document, authority), cases))
    ledgers = _ledgers()
    places = {entry.region for ledger in ledgers for entry in ledger.entries}
    return with_ledgers(project(documents, words, {}, table(), places=places), ledgers, words)
