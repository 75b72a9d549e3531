"""A small collection made by hand, whose answers can be worked out with pencil and paper.

Three documents: one published in May 2019, one without a date, one of 2020. Five unions of three provinces with
cases of their own. The practice type 集体协商 has stated starts of 2015 and July 2017, one account known only by its
publication, one without any date, and one union with two accounts: "2010 to 2017" and 2016, so its beginning lies
between 2010 and 2016. 网格化建会 has a part dated 2018 beside an account of the same union without a start.
"""

from __future__ import annotations

from typing import Any

from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import (
    CaseRecord,
    ConceptStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

BARGAINING, GRID = "集体协商", "网格化建会"


def said(cls: type[Any], words: str, **given: Any) -> Any:
    return cls(evidence=(Evidence(words, 0, len(words)),), method="test.hand", confidence=1.0, **given)


def union(name: str, canonical: str, role: str, level: str, region: str | None, kind: str = "local_federation") -> Any:
    return said(UnionStatement, name, name=name, canonical=canonical, role=role, type=kind, level=level, region=region)


NATIONAL = ("中华全国总工会", "中华全国总工会", "superior", "national", None)
SHANGHAI = ("上海市总工会", "上海市总工会", "superior", "provincial", "310000")
BAOSHAN = ("宝山区总工会", "上海市宝山区总工会", "originator", "county", "310113")
HUZHOU = ("湖州市总工会", "浙江省湖州市总工会", "originator", "prefecture", "330500")
CHANGXING = ("长兴县总工会", "浙江省湖州市长兴县总工会", "originator", "county", "330522")
NINGBO = ("宁波市总工会", "浙江省宁波市总工会", "originator", "prefecture", "330200")
STEEL = ("示例钢铁公司工会", "示例钢铁公司工会", "originator", "grassroots", "320500", "enterprise")


def account(
    document: str,
    line: int,
    title: str,
    owner: tuple[Any, ...],
    region: str,
    concepts: tuple[tuple[str, ...], ...],
    started: str | None = None,
    **more: Any,
) -> CaseRecord:
    unions = (union(*owner), *more.pop("unions", ()))
    return CaseRecord(
        id="",
        document=document,
        kind="case",
        lines=((line, line + 3),),
        title=said(TextStatement, title, value=title),
        started=said(TextStatement, f"{started}起", value=started) if started else None,
        unions=unions,
        regions=(said(RegionStatement, owner[0], name=owner[0], code=region, role="location"),),
        practices=(said(PracticeStatement, title, name=title, theme="基层工会建设", main=True),),
        concepts=tuple(
            said(ConceptStatement, f"开展{name}", concept=name, role=role, started=own[0] if own else None)
            for name, role, *own in concepts
        ),
        **more,
    )


def projection() -> Projection:
    """The collection, projected."""
    dated = [
        account(
            "doc:a",
            1,
            "宝山谈判",
            BAOSHAN,
            "310113",
            ((BARGAINING, "main"),),
            "2015",
            unions=(
                union(*SHANGHAI),
                union("示例园区联合工会", "示例园区联合工会", "created", "grassroots", "310113", "area_federation"),
            ),
            partners=(said(PartnerStatement, "区人社局", name="区人社局", type="government"),),
        ),
        account(
            "doc:a",
            11,
            "湖州谈判",
            HUZHOU,
            "330500",
            ((BARGAINING, "main"), (GRID, "part")),
            "2017-07",
            unions=(union(*NATIONAL),),
            diffusion=(said(DiffusionStatement, "学自宝山", type="learned_from", other="宝山区"),),
        ),
        account("doc:a", 21, "长兴网格", CHANGXING, "330522", ((BARGAINING, "part"), (GRID, "main"))),
    ]
    undated = [
        account(
            "doc:b",
            1,
            "钢铁谈判",
            STEEL,
            "320500",
            ((BARGAINING, "main"), ("送清凉", "part")),
            partners=(said(PartnerStatement, "示例传媒有限公司", name="示例传媒有限公司", type="enterprise"),),
        ),
    ]
    several = [
        account(
            "doc:c",
            1,
            "宁波网格",
            NINGBO,
            "330200",
            ((BARGAINING, "part", "2010/2017"), (GRID, "main")),
            # Another type and a coarser place than the union's own account gives.
            unions=(union(*STEEL[:2], "mentioned", "grassroots", "320000", "industrial"),),
            honors=(said(HonorStatement, "示例奖", name="示例奖", issuer="示例报社", grade="一等奖"),),
        ),
        account(
            "doc:c",
            11,
            "宁波谈判",
            NINGBO,
            "330200",
            ((BARGAINING, "main"), (GRID, "part", "2018")),
            "2016",
            unions=(union(*STEEL[:2], "mentioned", *STEEL[3:]),),
            partners=(said(PartnerStatement, "示例传媒有限公司", name="示例传媒有限公司", type="media"),),
            honors=(said(HonorStatement, "示例奖", name="示例奖", issuer="示例杂志社", grade="二等奖"),),
        ),
    ]
    authority = Authority()
    documents = []
    for identifier, published, records in (
        ("doc:a", "2019-05", dated),
        ("doc:b", None, undated),
        ("doc:c", "2020", several),
    ):
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        documents.append(
            (
                DocumentRecord(
                    id=identifier,
                    title=f"文献{identifier[-1]}",
                    origin=f"{identifier[-1]}.txt",
                    sha256="0" * 64,
                    encoding="utf-8",
                    published=published,
                ),
                cases,
            )
        )
    return project(documents, vocabularies(), {}, table())
