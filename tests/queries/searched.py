"""A small collection to search: made by hand, its texts in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.graph.structure import structure, vocabularies
from unionkg.ontology.regions import table

SERVICE, GRASSROOTS = "theme:member_services", "theme:grassroots_organizing"

FIRST = """案例选编
顾村镇总工会 集体协商进网格
2017年3月起，顾村镇总工会开展集体协商，
职工可拨打12351热线。
会员在ＡＰＰ“e家”报名，共1,000人。
集体
协商覆盖率达93.5%。
歇脚的地方
湖州市的工会。会员都来坐坐。
编后记：以上案例由编辑部整理。
"""
SECOND = "寶山區總工會 讓職工喝上熱水\n寶山區總工會為職工送水，㎡不限。\n"


@dataclass
class Collection:
    """Accounts and unions, to be projected as they are now."""

    folder: Path
    texts: dict[str, Path] = field(default_factory=dict)
    graphs: dict[str, DocumentGraph] = field(default_factory=dict)
    unions: dict[str, Node] = field(default_factory=dict)

    def document(self, name: str, text: str, accounts: Iterable[Node], ties: Iterable[Relationship], year: str) -> None:
        """Add a document, or put it in the place of the one of that name."""
        identifier = f"doc:{name}"
        self.texts[identifier] = self.folder / f"{name}.txt"
        self.texts[identifier].write_text(text, encoding="utf-8", newline="")
        head = Node("Document", identifier, {"name": f"文献{name}", "published": year})
        self.graphs[identifier] = DocumentGraph(identifier, (head, *accounts), tuple(ties))

    def union(self, name: str, canonical: str, region: str | None = None) -> None:
        """Add a union."""
        given: dict[str, str] = {"name": name, "canonical": canonical, **({"region": region} if region else {})}
        self.unions[name] = Node("TradeUnion", f"union:{name}", given)

    def projection(self) -> Projection:
        """The collection now."""
        based = [
            Relationship("BASED_IN", f"derived:{node.id}", ("TradeUnion", node.id), ("Region", f"region:{code}"))
            for node in self.unions.values()
            if (code := node.properties.get("region"))
        ]
        ties = [tie for graph in self.graphs.values() for tie in graph.relationships]
        used = [tie.end[1].partition(":")[2] for tie in (*ties, *based) if tie.end[0] == "Region"]
        regions = structure(vocabularies(), table(), used)
        return Projection(regions, [*self.graphs.values()], [*self.unions.values()], based)


def account(identifier: str, name: str, lines: list[int], **given: str) -> Node:
    return Node("PracticeCase", identifier, {"name": name, "lines": lines, **given})


def tie(case: str, kind: str, end: tuple[str, str], text: str = "", *quotes: str) -> Relationship:
    starts = [text.index(quote) for quote in quotes]
    evidence: Mapping[str, object] = {
        "case_id": case,
        "quotes": [*quotes],
        "starts": starts,
        "ends": [start + len(quote) for start, quote in zip(starts, quotes, strict=True)],
    }
    return Relationship(kind, f"{case}>{kind}>{end[1]}", ("PracticeCase", case), end, evidence)  # type: ignore[arg-type]


def collection(folder: Path) -> Collection:
    """Two documents: three accounts of Shanghai and Zhejiang, and five unions."""
    made = Collection(folder)
    made.document(
        "一",
        FIRST,
        [
            account("case:a", "顾村镇总工会 集体协商进网格", [2, 7], started="2017-03"),
            account("case:b", "歇脚的地方", [8, 9]),
        ],
        [
            tie("case:a", "TOOK_PLACE_IN", ("Region", "region:310113109"), FIRST, "顾村镇总工会开展集体协商"),
            tie("case:a", "IN_THEME", ("Theme", GRASSROOTS)),
            tie("case:b", "TOOK_PLACE_IN", ("Region", "region:330500"), FIRST, "湖州市"),
            tie("case:b", "IN_THEME", ("Theme", SERVICE)),
        ],
        "2018-05",
    )
    made.document(
        "二",
        SECOND,
        [account("case:c", "寶山區總工會 讓職工喝上熱水", [1, 2])],
        [tie("case:c", "TOOK_PLACE_IN", ("Region", "region:310108")), tie("case:c", "IN_THEME", ("Theme", SERVICE))],
        "2020",
    )
    made.union("顾村镇总工会", "上海市宝山区顾村镇总工会", "310113")
    made.union("宝山区总工会", "上海市宝山区总工会", "310113")
    made.union("闵行区总工会", "上海市闵行区总工会", "310112")
    made.union("湖州市总工会", "浙江省湖州市总工会", "330500")
    made.union("APP工会e家", "APP工会e家")
    return made
