"""Small collections made by hand about who did what when and from whom, for the tests of the network and the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.queries.asked import account, said, union
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import CaseRecord, DiffusionStatement, DocumentRecord
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

STATION, BARGAINING, GRID = "工会驿站/户外劳动者服务站", "集体协商", "网格化建会"
NATIONAL = ("中华全国总工会", "中华全国总工会", "superior", "national", None)
SHANGHAI = ("上海市总工会", "上海市总工会", "superior", "provincial", "310000")

Owner = tuple[Any, ...]


def owner(name: str, canonical: str, level: str, region: str, kind: str = "local_federation") -> Owner:
    return name, canonical, "originator", level, region, kind


BAOSHAN = owner("宝山区总工会", "上海市宝山区总工会", "county", "310113")
JIADING = owner("嘉定区总工会", "上海市嘉定区总工会", "county", "310114")
HUZHOU = owner("湖州市总工会", "浙江省湖州市总工会", "prefecture", "330500")
TOWN = owner("顾村镇总工会", "上海市宝山区顾村镇总工会", "township", "310113")
PARK = owner("示例园区联合工会", "上海市宝山区示例园区联合工会", "grassroots", "310113", "area_federation")
TEACHERS = owner("上海市教育工会", "上海市教育工会", "provincial", "310000", "industrial")
GROUP = owner("示例钢铁集团工会", "示例钢铁集团工会", "grassroots", "310113", "enterprise")
COMPANY = owner("示例齿轮厂工会", "示例齿轮厂工会", "grassroots", "310113", "enterprise")


def spread(kind: str, other: str, **more: Any) -> DiffusionStatement:
    made: DiffusionStatement = said(DiffusionStatement, f"{kind}：{other}", type=kind, other=other, **more)
    return made


def mentioned(one: Owner) -> Any:
    return union(*one[:2], "mentioned", *one[3:])


def projected(*documents: tuple[str, str | None, str | None, Sequence[CaseRecord]]) -> Projection:
    """Project documents given as id, date of publication, publisher and accounts."""
    authority, done = Authority(), []
    for identifier, published, publisher, records in documents:
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="0" * 64,
            encoding="utf-8",
            publisher=publisher,
            published=published,
        )
        done.append((document, [EffectiveRecord(record) for record in identify(records, (), authority)]))
    return project(done, vocabularies(), {}, table())


def story() -> Projection:
    """Bargaining and stations of six unions: stated, only known by the booklet, an interval, without any date.

    嘉定 learned from 宝山, who was a pilot of Shanghai; Huzhou wants to learn from 嘉定 and has copied nothing yet.
    """
    printed = [
        account(
            "doc:a",
            1,
            "宝山谈判",
            BAOSHAN,
            "310113",
            ((BARGAINING, "main"), (STATION, "part", "2014-03")),
            "2012",
            unions=(union(*SHANGHAI), union(*NATIONAL)),
            diffusion=(
                spread("piloted_by", "上海市总工会", period="2012-05"),
                spread("promoted_by", "中华全国总工会", period="2015"),
                spread("scaled_to", "全市", collective=True),
            ),
        ),
        account(
            "doc:a",
            11,
            "嘉定谈判",
            JIADING,
            "310114",
            ((BARGAINING, "main"),),
            "2016-07",
            unions=(mentioned(BAOSHAN),),
            diffusion=(spread("learned_from", "宝山区总工会"),),
        ),
        account("doc:a", 21, "顾村驿站", TOWN, "310113", ((STATION, "main"),)),
        account("doc:a", 31, "园区驿站", PARK, "310113", ((STATION, "main"),), "2013/2016"),
        account("doc:a", 41, "集团谈判", GROUP, "310113", ((BARGAINING, "main"),), "2016"),
        account("doc:a", 51, "齿轮厂谈判", COMPANY, "310113", ((BARGAINING, "main"),), "2016"),
        account("doc:a", 61, "教师谈判", TEACHERS, "310000", ((BARGAINING, "main"),), "2016"),
    ]
    undated = [
        account(
            "doc:b",
            1,
            "湖州谈判",
            HUZHOU,
            "330500",
            ((BARGAINING, "main"),),
            unions=(mentioned(JIADING),),
            diffusion=(spread("learned_from", "嘉定区总工会", intended=True),),
        ),
    ]
    return projected(("doc:a", "2018-06", "甲出版社", printed), ("doc:b", None, None, undated))


def sequence(publishers: int) -> Projection:
    """Four practice types that 宝山 has a year before 嘉定 and 嘉定 two years before 湖州, told by so many publishers."""
    documents = []
    names = (BARGAINING, STATION, GRID, "法律援助与咨询")
    for number, name in enumerate(names):
        identifier = f"doc:{number}"
        records = [
            account(
                identifier, 10 * n + 1, f"{one[0]}之{number}", one, str(one[4]), ((name, "main"),), str(year + number)
            )
            for n, (one, year) in enumerate(((BAOSHAN, 2010), (JIADING, 2011), (HUZHOU, 2013)))
        ]
        documents.append((identifier, "2022", f"出版社{number % publishers}", records))
    return projected(*documents)
