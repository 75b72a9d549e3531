"""A second collection made by hand, with what the first one has not: whatever a question must get right is in it once.

A district that was merged into another (闸北 into 静安), a city of the 兵团, a company with a branch, superiors that a text
states, one account printed twice, claims to be first, dates that contradict each other, statements that people
reviewed, an announcement, a coverage ledger, narrower groups of a group, a field and a group of one name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.queries.asked import BAOSHAN, BARGAINING, GRID, HUZHOU, NATIONAL, SHANGHAI, account, said, union
from unionkg.graph.announced import identified
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.records import (
    AnnouncementStatement,
    CaseRecord,
    ClaimStatement,
    CommentatorStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    SuperiorStatement,
    TargetGroupStatement,
    TextStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

STATIONS, COOLNESS, PLATFORMS = "工会驿站/户外劳动者服务站", "送清凉", "新就业形态劳动者"
ZHABEI = ("闸北区总工会", "上海市闸北区总工会", "originator", "county", "310108")
JINGAN = ("静安区总工会", "上海市静安区总工会", "originator", "county", "310106")
SHIHEZI = ("石河子市总工会", "新疆维吾尔自治区石河子市总工会", "originator", "county", "659001")
BRANCH = (
    "示例集团有限公司第二分公司工会",
    "示例集团有限公司第二分公司工会",
    "originator",
    "grassroots",
    "310113",
    "enterprise",
)
GROUP = ("示例集团有限公司工会", "示例集团有限公司工会", "partner", "grassroots", "310113", "enterprise")
COURIERS = (
    "宝山区快递行业工会联合会",
    "上海市宝山区快递行业工会联合会",
    "created",
    "county",
    "310113",
    "sectoral_federation",
)

LEDGER = "ledger:varied"


def _in_theme(record: CaseRecord, theme: str) -> CaseRecord:
    return replace(record, practices=tuple(replace(p, theme=theme) for p in record.practices))


def _spread(kind: str, other: str, **more: Any) -> DiffusionStatement:
    made: DiffusionStatement = said(DiffusionStatement, f"{kind}：{other}", type=kind, other=other, **more)
    return made


def _group(name: str, words: str) -> TargetGroupStatement:
    made: TargetGroupStatement = said(TargetGroupStatement, words, group=name, surface=words)
    return made


def _unsure(record: CaseRecord) -> CaseRecord:
    """The account with a low confidence on its practice types, the first of them accepted by a person."""
    first, *others = record.concepts
    concepts = (replace(first, review="accepted"), *(replace(c, confidence=0.5 + i / 10) for i, c in enumerate(others)))
    return replace(record, concepts=concepts)


def _with_sentences(record: CaseRecord) -> CaseRecord:
    """The account with whole sentences for evidence, so that two printings of it are known as one."""

    def told(statement: Any, number: int) -> Any:
        words = f"这是第{number}句完整的话，说的是{getattr(statement, 'concept', '')}在本区怎样开展"
        return replace(statement, evidence=(Evidence(words, 100 * number, 100 * number + len(words)),))

    return replace(record, concepts=tuple(told(c, i) for i, c in enumerate(record.concepts)))


def _first() -> list[CaseRecord]:
    zhabei = account(
        "doc:k",
        1,
        "闸北网格",
        ZHABEI,
        "310108",
        ((GRID, "main"), (BARGAINING, "part")),
        "2012",
        unions=(union(*SHANGHAI), union(*COURIERS), union(*BAOSHAN[:2], "partner", *BAOSHAN[3:])),
        claims=(said(ClaimStatement, "全市首家", claim="全市首家", scope="全市", region="310000"),),
        honors=(
            said(
                HonorStatement, "2018年度示例奖", name="2018年度示例奖", kind="award", level="provincial", year="2018"
            ),
        ),
        policies=(said(TextStatement, "示例网格办法", value="示例网格办法"),),
        target_groups=(_group("快递员", "快递小哥"), _group(PLATFORMS, "新就业群体")),
        partners=(said(PartnerStatement, "示例人民法院", name="示例人民法院", type="judiciary"),),
        commentators=(said(CommentatorStatement, "示例教授", name="示例教授", title="示例大学"),),
    )
    jingan = account(
        "doc:k",
        11,
        "静安驿站",
        JINGAN,
        "310106",
        ((STATIONS, "main"), (COOLNESS, "part"), (BARGAINING, "part", "2014-03")),
        # After the document was published, and after its honour.
        "2019-06",
        unions=(union(*HUZHOU[:2], "mentioned", *HUZHOU[3:]),),
        honors=(
            said(
                HonorStatement, "2016年优秀驿站", name="2016年优秀驿站", kind="title", level="provincial", year="2016"
            ),
        ),
        diffusion=(
            _spread("scaled_to", "全区", period="2017/2015", collective=True),
            _spread("recognised_by", "上海市总工会", period="2024-05", form="现场会"),
            _spread("learned_from", "湖州市总工会"),
            _spread("piloted_by", "示例区政府", period="2020", intended=True),
        ),
        outcomes=(
            said(OutcomeStatement, "建成驿站20家", indicator="建成驿站", value=20, unit="家", period="2019"),
            said(OutcomeStatement, "服务骑手1万人", indicator="服务骑手", value=10000, unit="人", approximate=True),
        ),
        target_groups=(_group("网约送餐员", "骑手"),),
    )
    return [zhabei, _in_theme(jingan, PLATFORMS)]


def _second() -> list[CaseRecord]:
    branch = account(
        "doc:l",
        1,
        "分公司谈判",
        BRANCH,
        "310113",
        ((BARGAINING, "main"), (GRID, "part"), ("法律援助与咨询", "part"), (STATIONS, "part", "2016-05-01")),
        "2016",
        unions=(union(*GROUP), union(*BAOSHAN[:2], "superior", *BAOSHAN[3:])),
        superiors=(said(SuperiorStatement, "隶属于宝山区总工会", union=BRANCH[0], superior=BAOSHAN[0]),),
        claims=(said(ClaimStatement, "行业内率先", claim="行业内率先", scope="行业内"),),
    )
    shihezi = account(
        "doc:l",
        11,
        "石河子谈判",
        SHIHEZI,
        "659001",
        ((BARGAINING, "main"),),
        "2015/2018",
        unions=(union(*NATIONAL),),
        diffusion=(_spread("promoted_by", "中华全国总工会", period="2017", form="会议交流"),),
        honors=(said(HonorStatement, "2020年度案例", name="2020年度案例", kind="selection", year="2020"),),
    )
    huzhou = account("doc:l", 21, "湖州驿站", HUZHOU, "330500", ((STATIONS, "main"), (GRID, "part", "2017-02")), "2021")
    return [_with_sentences(_unsure(branch)), shihezi, huzhou]


def _reprinted() -> list[CaseRecord]:
    """The company's account a second time, in other words here and there, and accounts of an undated document."""
    again = account(
        "doc:m",
        1,
        "分公司谈判",
        BRANCH,
        "310113",
        ((BARGAINING, "main"), (GRID, "part"), ("法律援助与咨询", "part"), (STATIONS, "part", "2016-05-01")),
        "2015",
        unions=(union(*GROUP),),
        superiors=(said(SuperiorStatement, "系统内由集团工会领导", union=BRANCH[0], superior=GROUP[0]),),
    )
    more = account("doc:m", 11, "宝山网格", BAOSHAN, "310113", ((GRID, "main"), (COOLNESS, "part")))
    started = account("doc:m", 21, "静安网格", JINGAN, "310106", ((GRID, "main"), (BARGAINING, "part")), "2013")
    return [_with_sentences(again), more, started]


def _announcement() -> AnnouncementStatement:
    made: AnnouncementStatement = said(
        AnnouncementStatement,
        "全国总工会印发示例行动方案，到2026年底基本建成",
        name="示例行动方案",
        lines=((40, 41),),
        issuers=("全国总工会", "示例部"),
        number="总工发〔2023〕1号",
        issued="2023-04",
        deadline="2026",
        target="到2026年底基本建成",
        concepts=(STATIONS, GRID),
        regions=("310000",),
    )
    return made


def _ledger() -> Ledger:
    def entry(code: str, concept: str, status: Any, date: str | None, row: int) -> LedgerEntry:
        return LedgerEntry(
            region=code,
            region_printed=table().full_name(code),
            practice_type=concept,
            practice_printed=concept,
            place=f"表1第{row}行",
            quote=f"{table().full_name(code)}|{concept}|{status}|{date}",
            status=status,
            date=date,
        )

    entries = (
        entry("310113", GRID, "未开展", "2016", 2),
        entry("320000", GRID, "未开展", None, 3),
        entry("320500", GRID, "开展", "2020", 4),
        entry("440000", GRID, "未开展", "2022-12", 5),
        entry("330500", BARGAINING, "未开展", "2022", 6),
        entry("330000", BARGAINING, "未开展", "2022", 7),
    )
    record = LedgerRecord(id=LEDGER, title="示例台账", origin="台账.csv", sha256="1" * 64, media_type="text/csv")
    return Ledger(record, entries)


def projection() -> Projection:
    """The collection, projected."""
    authority, words = Authority(), vocabularies()
    documents: list[tuple[DocumentRecord, Sequence[EffectiveRecord]]] = []
    for identifier, published, records, announcements in (
        ("doc:k", "2018", _first(), (_announcement(),)),
        ("doc:l", "2022-05", _second(), ()),
        ("doc:m", None, _reprinted(), ()),
    ):
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="0" * 64,
            encoding="utf-8",
            publisher="示例出版社" if published else None,
            published=published,
            announcements=announcements,
        )
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        documents.append((identified(document, authority), cases))
    ledger = _ledger()
    places = {entry.region for entry in ledger.entries}
    return with_ledgers(project(documents, words, {}, table(), places=places), [ledger], words)
