"""Small records made by hand, for tests: words of our own, quotes that stand in their text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from unionkg.graph.authority import Authority
from unionkg.graph.identity import identify
from unionkg.graph.records import (
    CaseRecord,
    ClaimStatement,
    ConceptStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    Section,
    TargetGroupStatement,
    TextStatement,
    UnionStatement,
)

TEXT = (
    "宝山区示例镇总工会 家门口的歇脚屋\n"
    "2021年4月起,宝山区示例镇总工会把闲置门房改成工会驿站,供快递员歇脚。\n"
    "上海市总工会到场指导,区城管局出了场地,全市首家。\n"
    "到2022年底,驿站增至12个,服务3400余人次。这一做法学自静安区总工会。\n"
    "入选2022年度全市工会案例。\n"
)


def evidence(quote: str, text: str = TEXT) -> tuple[Evidence, ...]:
    start = text.index(quote)
    return (Evidence(quote, start, start + len(quote)),)


def stated(cls: type[Any], quote: str, text: str = TEXT, **given: Any) -> Any:
    return cls(evidence=evidence(quote, text), method="test.hand", confidence=0.9, **given)


def document(identifier: str = "doc:aaaa", published: str | None = "2022-12", **given: Any) -> DocumentRecord:
    made = DocumentRecord(
        id=identifier, title="示例文献", origin="示例.txt", sha256="0" * 64, encoding="utf-8", published=published
    )
    return replace(made, **given)


def record(document_id: str = "doc:aaaa", **changes: Any) -> CaseRecord:
    """A record with a statement in every field; ids are still empty."""
    made = CaseRecord(
        id="",
        document=document_id,
        kind="case",
        lines=((1, 5),),
        title=stated(TextStatement, "家门口的歇脚屋", value="宝山区示例镇总工会 家门口的歇脚屋"),
        started=stated(TextStatement, "2021年4月起", value="2021-04"),
        sections=(Section("做法", None, 20, 60),),
        unions=(
            stated(
                UnionStatement,
                "宝山区示例镇总工会",
                name="宝山区示例镇总工会",
                canonical="上海市宝山区示例镇总工会",
                role="originator",
                type="local_federation",
                level="township",
                region="310113",
            ),
            stated(
                UnionStatement,
                "上海市总工会",
                name="上海市总工会",
                canonical="上海市总工会",
                role="superior",
                type="local_federation",
                level="provincial",
                region="310000",
            ),
            stated(
                UnionStatement,
                "静安区总工会",
                name="静安区总工会",
                canonical="上海市静安区总工会",
                role="mentioned",
                type="local_federation",
                level="county",
                region="310106",
            ),
        ),
        regions=(stated(RegionStatement, "宝山区", name="宝山区", code="310113", role="location"),),
        practices=(
            stated(PracticeStatement, "歇脚屋", name="歇脚屋", theme="工会服务职工", main=True, aliases=("工会驿站",)),
        ),
        concepts=(
            stated(ConceptStatement, "改成工会驿站", concept="工会驿站/户外劳动者服务站", role="main"),
            stated(ConceptStatement, "区城管局出了场地", concept="部门联动(工会+)"),
            stated(ConceptStatement, "闲置门房", concept="new:闲置空间利用"),
        ),
        target_groups=(stated(TargetGroupStatement, "快递员", group="快递员", surface="快递员"),),
        outcomes=(
            stated(
                OutcomeStatement,
                "驿站增至12个",
                indicator="驿站",
                value=12.0,
                unit="个",
                period="2022",
                kind="规模",
                cumulative=True,
            ),
            stated(
                OutcomeStatement,
                "服务3400余人次",
                indicator="服务",
                value=3400.0,
                unit="人次",
                approximate=True,
                kind="产出",
            ),
        ),
        partners=(stated(PartnerStatement, "区城管局", name="区城管局", type="government"),),
        honors=(stated(HonorStatement, "2022年度全市工会案例", name="2022年度全市工会案例", year="2022"),),
        diffusion=(stated(DiffusionStatement, "这一做法学自静安区总工会", type="learned_from", other="静安区总工会"),),
        claims=(stated(ClaimStatement, "全市首家", claim="全市首家", scope="全市", region="310000"),),
    )
    return replace(made, **changes)


def identified(*records: CaseRecord, authority: Authority | None = None) -> list[CaseRecord]:
    return identify(records or (record(),), (), authority if authority is not None else Authority())
