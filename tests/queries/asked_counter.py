"""A small collection made by hand of what is easily taken for an answer and is none.

A works' union stands under a group's union and that under 宝山区总工会, so its ways up mix 条 and 块. What it piloted in 2018
was extended inside the company only, and a notice that asks for entries is no roll-out either; 宝山's practice went to a mere
"whole city". 宝山 is printed twice, the second time without the year of a visit. 嘉兴 bargains and has grids from 2019, long
after 温州; no neighbour of it is on record for either, but a ledger says that a county of 湖州, beside it, bargains. 衢州 is
printed in 2016 as bargaining and has stations from 2018; 嘉兴 says both dates.
"""

from __future__ import annotations

from dataclasses import replace

from tests.queries.asked import BARGAINING, GRID, SHANGHAI, account, said, union
from tests.queries.asked_spread import BAOSHAN, HUZHOU, JIADING, STATION, mentioned, owner, serving, spread
from unionkg.graph.announced import identified
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.records import AnnouncementStatement, CaseRecord, DocumentRecord, Evidence, SuperiorStatement
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

DISPUTES, UNIONS = "劳动争议多元化解", "行业工会联合会"
WORKS = owner("示例机械厂工会", "示例机械厂工会", "grassroots", "310113", "enterprise")
GROUP = owner("示例装备集团工会", "示例装备集团工会", "grassroots", "310113", "enterprise")
JIAXING = owner("嘉兴市总工会", "浙江省嘉兴市总工会", "prefecture", "330400")
WENZHOU = owner("温州市总工会", "浙江省温州市总工会", "prefecture", "330300")
HANGZHOU = owner("杭州市总工会", "浙江省杭州市总工会", "prefecture", "330100")
QUZHOU = owner("衢州市总工会", "浙江省衢州市总工会", "prefecture", "330800")


def _works() -> CaseRecord:
    return account(
        "doc:t",
        1,
        "厂里的调解室",
        WORKS,
        "310113",
        ((DISPUTES, "main"),),
        "2018",
        unions=(mentioned(GROUP, "superior"), mentioned(BAOSHAN, "superior"), union(*SHANGHAI)),
        superiors=(
            said(SuperiorStatement, "机械厂工会归集团工会管", union=WORKS[0], superior=GROUP[0]),
            said(SuperiorStatement, "集团工会归区总工会管", union=GROUP[0], superior=BAOSHAN[0]),
        ),
        diffusion=(
            spread("piloted_by", "某调解中心", period="2018-05"),
            spread("scaled_to", "各分厂", period="2019", collective=True, internal=True),
            spread("promoted_by", "上海市总工会", period="2020", intended=True),
        ),
    )


def _baoshan(document: str, *, whole: bool) -> CaseRecord:
    """The account with whole sentences for evidence, so that two printings of it are known as one."""
    record = account(
        document,
        11,
        "宝山的行业工会",
        BAOSHAN,
        "310113",
        ((UNIONS, "main"),),
        "2015",
        unions=(
            mentioned(JIADING, "partner"),
            mentioned(HUZHOU),
            mentioned((*SHANGHAI[:2], "", *SHANGHAI[3:], "local_federation")),
        ),
        target_groups=serving("快递员"),
        diffusion=(
            spread("learned_from", "湖州市总工会", form="考察", **({"period": "2014"} if whole else {})),
            spread("piloted_by", "某行业协会", period="2016"),
            spread("scaled_to", "全市", period="2018", collective=True),
            spread("recognised_by", "上海市总工会", form="批示"),
        ),
    )

    def told(number: int, words: str) -> tuple[Evidence, ...]:
        quote = f"第{number}句是一整句话，讲的是{words}怎样在行业工会里开展"
        return (Evidence(quote, 100 * number, 100 * number + len(quote)),)

    concepts = tuple(replace(c, evidence=told(i, c.concept)) for i, c in enumerate(record.concepts))
    ties = tuple(replace(d, evidence=told(10 + i, d.other)) for i, d in enumerate(record.diffusion))
    return replace(record, concepts=concepts, diffusion=ties)


def _zhejiang() -> list[CaseRecord]:
    bargaining = ((BARGAINING, "main"), (GRID, "part", "2019"), (STATION, "part", "2020"))
    return [
        account("doc:t", 21, "嘉兴谈判", JIAXING, "330400", bargaining, "2019", target_groups=serving("企业")),
        account("doc:t", 31, "温州谈判", WENZHOU, "330300", ((BARGAINING, "main"), (GRID, "part", "2010")), "2010"),
        account("doc:t", 41, "杭州驿站", HANGZHOU, "330100", ((STATION, "main"),), "2021"),
        account("doc:t", 51, "衢州驿站", QUZHOU, "330800", ((STATION, "main"),), "2018"),
    ]


def _notice() -> AnnouncementStatement:
    made: AnnouncementStatement = said(
        AnnouncementStatement,
        "关于征集调解案例的通知",
        name="征集调解案例的通知",
        lines=((71, 72),),
        issuers=("中华全国总工会",),
        issued="2019-03",
        concepts=(DISPUTES,),
    )
    return made


def _ledger() -> Ledger:
    entry = LedgerEntry(
        region="330522",
        region_printed="长兴县",
        practice_type=BARGAINING,
        practice_printed=BARGAINING,
        place="第2行",
        quote="长兴县 | 开展",
        status="开展",
        date="2021",
    )
    record = LedgerRecord(id="ledger:county", title="县级台账", origin="县.csv", sha256="3" * 64, media_type="text/csv")
    return Ledger(record, (entry,))


def projection() -> Projection:
    """The collection, projected."""
    authority = Authority()
    documents = []
    early = account("doc:s", 1, "衢州谈判", QUZHOU, "330800", ((BARGAINING, "main"),))
    for identifier, published, records, announced in (
        ("doc:s", "2016", [early], ()),
        ("doc:t", "2022", [_works(), _baoshan("doc:t", whole=True), *_zhejiang()], (_notice(),)),
        ("doc:u", "2023", [_baoshan("doc:u", whole=False)], ()),
    ):
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="2" * 64,
            encoding="utf-8",
            published=published,
            announcements=announced,
        )
        documents.append((identified(document, authority), cases))
    words, ledger = vocabularies(), _ledger()
    made = project(documents, words, {}, table(), places={entry.region for entry in ledger.entries})
    return with_ledgers(made, [ledger], words)
