"""A small collection made by hand about how practices spread: between neighbours, along lines of command, with changes.

Shanghai: 闸北 (now 静安) bargains from 2009, 宝山 beside it from 2012 and is promoted in 2014, 嘉定 learns from 宝山 in 2015
and bargains from July 2016, 青浦 beside 嘉定 some time in 2016. Zhejiang: 湖州 learns from 嘉定 and bargains from March 2018,
长兴 is only known by the booklet, 鄞州 from 2019 without a neighbour that bargains, 慈溪 too but a ledger names a neighbour.
A steel works says no date. The account of 宝山 is printed twice. 小三级工会 is asked for by a document of June 2015 from the
national federation, 集体协商 by one of 2017 for Zhejiang.
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
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    SuperiorStatement,
    TargetGroupStatement,
    TextStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

SMALL, STATION, SUMMER = "小三级工会", "工会驿站/户外劳动者服务站", "送清凉"


def owner(name: str, full: str, level: str, region: str, kind: str = "local_federation") -> tuple[Any, ...]:
    return name, full, "originator", level, region, kind


ZHABEI = owner("闸北区总工会", "上海市闸北区总工会", "county", "310108")
BAOSHAN = owner("宝山区总工会", "上海市宝山区总工会", "county", "310113")
JIADING = owner("嘉定区总工会", "上海市嘉定区总工会", "county", "310114")
QINGPU = owner("青浦区总工会", "上海市青浦区总工会", "county", "310118")
TOWN = owner("顾村镇总工会", "上海市宝山区顾村镇总工会", "township", "310113")
HUZHOU = owner("湖州市总工会", "浙江省湖州市总工会", "prefecture", "330500")
CHANGXING = owner("长兴县总工会", "浙江省湖州市长兴县总工会", "county", "330522")
YINZHOU = owner("鄞州区总工会", "浙江省宁波市鄞州区总工会", "county", "330212")
FENGHUA = owner("奉化区总工会", "浙江省宁波市奉化区总工会", "county", "330213")
CIXI = owner("慈溪市总工会", "浙江省宁波市慈溪市总工会", "county", "330282")
NINGBO = owner("宁波市总工会", "浙江省宁波市总工会", "prefecture", "330200")
HANGZHOU = owner("杭州市总工会", "浙江省杭州市总工会", "prefecture", "330100")
STEEL = owner("示例钢铁公司工会", "示例钢铁公司工会", "grassroots", "320500", "enterprise")
GROUP = owner("示例钢铁集团工会", "示例钢铁集团工会", "grassroots", "320500", "enterprise")


def mentioned(one: tuple[Any, ...], role: str = "mentioned") -> Any:
    return union(*one[:2], role, *one[3:])


def spread(kind: str, other: str, **more: Any) -> Any:
    words = f"{kind}{other}{more.get('form', '')}"
    return said(DiffusionStatement, words, type=kind, other=other, **more)


def serving(*groups: str) -> tuple[Any, ...]:
    return tuple(said(TargetGroupStatement, f"服务{group}", group=group, surface=group) for group in groups)


def named(*values: str) -> tuple[Any, ...]:
    return tuple(said(TextStatement, value, value=value) for value in values)


def helped_by(**kinds: str) -> tuple[Any, ...]:
    return tuple(said(PartnerStatement, name, name=name, type=kind) for name, kind in kinds.items())


def with_practices(
    record: CaseRecord, name: str, aliases: tuple[str, ...] = (), parts: tuple[str, ...] = ()
) -> CaseRecord:
    """The account with another name for its main practice, and with parts; each is told in a sentence of its own.

    Of other names of the main practice the first is told beside it.
    """
    theme = "基层工会建设"
    main = said(
        PracticeStatement, "又叫".join((name, *aliases[:1])), name=name, theme=theme, main=True, aliases=aliases
    )
    more = (said(PracticeStatement, f"又做了{p}，职工都说好", name=p, theme=theme, main=False) for p in parts)
    return replace(record, practices=(main, *more))


def _baoshan(document: str) -> CaseRecord:
    record = account(
        document,
        1,
        "宝山区集体协商的经验",
        BAOSHAN,
        "310113",
        ((BARGAINING, "main"), (GRID, "part", "2014")),
        "2012",
        unions=(union(*SHANGHAI), union(*NATIONAL)),
        target_groups=serving("女职工"),
        platforms=named("协商云"),
        partners=helped_by(区人社局="government", 区法院="judiciary"),
        policies=named("集体合同条例"),
        diffusion=(
            spread("piloted_by", "上海市总工会", period="2012-03", form="列为试点"),
            spread("promoted_by", "中华全国总工会", period="2014-06", form="发文推广"),
            spread("recognised_by", "中华全国总工会", form="批示"),
            spread("scaled_to", "全市", collective=True),
            spread("replicated_in", "嘉定区", period="2016"),
        ),
    )
    place = said(RegionStatement, "嘉定区", name="嘉定区", code="310114", role="mentioned")
    record = with_practices(
        record, "“宝山谈判”", parts=("恳谈会", "要约行动月", "谈判员培训", "回头看制度", "协商示范点")
    )
    return replace(record, regions=(*record.regions, place))


def _shanghai() -> list[CaseRecord]:
    return [
        _baoshan("doc:p"),
        with_practices(
            account(
                "doc:p",
                11,
                "嘉定谈判",
                JIADING,
                "310114",
                ((BARGAINING, "main"), (GRID, "part", "2010")),
                "2016-07",
                unions=(mentioned(BAOSHAN),),
                target_groups=serving("女职工", "快递员"),
                platforms=named("协商云"),
                policies=named("集体合同条例"),
                diffusion=(
                    spread("learned_from", "宝山区总工会", period="2015", form="调研考察"),
                    spread("promoted_by", "上海市总工会", intended=True),
                ),
            ),
            "“嘉定谈判”工作法",
            ("“嘉定协商”工作法", "嘉定谈判", "谈出新局面", "嘉定议事工作法"),
            ("恳谈会",),
        ),
        account("doc:p", 21, "青浦谈判", QINGPU, "310118", ((BARGAINING, "main"), (SUMMER, "part")), "2016"),
        account(
            "doc:p",
            31,
            "顾村小三级",
            TOWN,
            "310113",
            ((SMALL, "main"),),
            "2013-01",
            unions=(mentioned(BAOSHAN, "superior"),),
            diffusion=(spread("piloted_by", "某产业园"), spread("learned_from", "各兄弟单位", collective=True)),
        ),
    ]


def _elsewhere() -> list[CaseRecord]:
    return [
        account(
            "doc:q", 1, "闸北谈判", ZHABEI, "310108", ((BARGAINING, "main"),), "2009", target_groups=serving("企业")
        ),
        account(
            "doc:q",
            11,
            "湖州谈判",
            HUZHOU,
            "330500",
            ((BARGAINING, "main"), (STATION, "part", "2020")),
            "2018-03",
            unions=(mentioned(JIADING),),
            diffusion=(spread("learned_from", "嘉定区总工会"), spread("learned_from", "某协商节目")),
            target_groups=serving("快递员"),
        ),
        account(
            "doc:q",
            21,
            "长兴网格",
            CHANGXING,
            "330522",
            ((BARGAINING, "part"), (GRID, "main")),
            unions=(mentioned(HUZHOU), mentioned(BAOSHAN)),
            diffusion=(
                spread("learned_from", "湖州市总工会", intended=True),
                spread("learned_from", "宝山区总工会", internal=True),
            ),
        ),
        account("doc:q", 31, "鄞州谈判", YINZHOU, "330212", ((BARGAINING, "main"),), "2019"),
        account("doc:q", 41, "奉化网格", FENGHUA, "330213", ((GRID, "main"),), "2011"),
        account("doc:q", 51, "慈溪谈判", CIXI, "330282", ((BARGAINING, "main"),), "2019"),
        with_practices(
            account(
                "doc:q",
                61,
                "甬杭小三级",
                NINGBO,
                "330200",
                ((SMALL, "main"), (BARGAINING, "part")),
                "2016",
                unions=(union(*HANGZHOU), mentioned(HUZHOU, "partner"), mentioned(NATIONAL, "superior")),
                diffusion=(spread("recognised_by", "市人大", form="现场会", period="2017"),),
            ),
            "甬杭小三级",
            parts=("“恳谈会”",),
        ),
    ]


def _undated() -> list[CaseRecord]:
    return [
        _baoshan("doc:r"),
        account(
            "doc:r",
            11,
            "钢铁谈判",
            STEEL,
            "320500",
            ((BARGAINING, "main"), (SUMMER, "part"), (STATION, "part")),
            unions=(mentioned(GROUP, "superior"), mentioned(SHANGHAI, "superior")),
            superiors=(said(SuperiorStatement, "集团工会领导", union=STEEL[0], superior=GROUP[0]),),
            partners=helped_by(区人社局="government", 某学院="school"),
        ),
    ]


def _announced(name: str, **given: Any) -> AnnouncementStatement:
    return said(AnnouncementStatement, name, name=name, lines=((71, 73),), **given)  # type: ignore[no-any-return]


ANNOUNCEMENTS = (
    _announced("小三级建设意见", issuers=("中华全国总工会",), issued="2015-06", concepts=(SMALL,)),
    _announced("协商条例", issuers=("某某厅",), issued="2017", concepts=(BARGAINING,), regions=("330000",)),
    _announced("没有日期的意见", issuers=("中华全国总工会",), concepts=(SMALL,)),
)


def _ledger() -> Ledger:
    entries = [
        LedgerEntry(
            region=code,
            region_printed=name,
            practice_type=BARGAINING,
            practice_printed=BARGAINING,
            place=f"第{row}行",
            quote=f"{name} | {status}",
            status=status,  # type: ignore[arg-type]
            date="2021",
        )
        for row, (code, name, status) in enumerate(
            [("310117", "松江区", "开展"), ("330281", "余姚市", "开展"), ("330213", "奉化区", "未开展")], 2
        )
    ]
    record = LedgerRecord(
        id="ledger:spread", title="示例台账", origin="台账.csv", sha256="0" * 64, media_type="text/csv"
    )
    return Ledger(record, tuple(entries))


def projection() -> Projection:
    """The collection, projected."""
    authority = Authority()
    documents = []
    for identifier, published, records, announced in (
        ("doc:p", "2018-06", _shanghai(), ()),
        ("doc:q", "2021", _elsewhere(), ANNOUNCEMENTS),
        ("doc:r", None, _undated(), ()),
    ):
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="0" * 64,
            encoding="utf-8",
            published=published,
            announcements=announced,
        )
        documents.append((identified(document, authority), cases))
    words = vocabularies()
    ledger = _ledger()
    made = project(documents, words, {}, table(), places={entry.region for entry in ledger.entries})
    return with_ledgers(made, [ledger], words)
