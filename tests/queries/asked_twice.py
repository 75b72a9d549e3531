"""A third collection made by hand: accounts that several documents print, figures of different periods, learning.

宝山 bargains from 2015 as one document says and from 2019 as another one says of the same account, 嘉定 some time from 2016 to
2018, 湖州 from 2014 and 徐汇 from 2020, each printed a second time without a start. 闵行 gives figures of several periods,
of which only two cannot both be right. Six unions learn: 普陀 from one that began later as both say, the others from
whom nothing follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.queries.asked import BARGAINING, GRID, account, said, union
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import (
    CaseRecord,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    TargetGroupStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

PLATFORMS = "新就业形态劳动者"


def _owner(name: str, full: str, level: str, region: str, role: str = "originator") -> tuple[Any, ...]:
    return name, full, role, level, region


BAOSHAN = _owner("宝山区总工会", "上海市宝山区总工会", "county", "310113")
JIADING = _owner("嘉定区总工会", "上海市嘉定区总工会", "county", "310114")
MINHANG = _owner("闵行区总工会", "上海市闵行区总工会", "county", "310112")
XUHUI = _owner("徐汇区总工会", "上海市徐汇区总工会", "county", "310104")
PUTUO = _owner("普陀区总工会", "上海市普陀区总工会", "county", "310107")
QINGPU = _owner("青浦区总工会", "上海市青浦区总工会", "county", "310118")
SONGJIANG = _owner("松江区总工会", "上海市松江区总工会", "county", "310117")
FENGXIAN = _owner("奉贤区总工会", "上海市奉贤区总工会", "county", "310120")
HUZHOU = _owner("湖州市总工会", "浙江省湖州市总工会", "prefecture", "330500")
CHANGXING = _owner("长兴县总工会", "浙江省湖州市长兴县总工会", "county", "330522")
NINGBO = _owner("宁波市总工会", "浙江省宁波市总工会", "prefecture", "330200")


def _figure(indicator: str, value: float, unit: str, **more: Any) -> OutcomeStatement:
    words = f"{indicator}{value:g}{unit}{more.get('period', '')}"
    made: OutcomeStatement = said(OutcomeStatement, words, indicator=indicator, value=float(value), unit=unit, **more)
    return made


def _learned(other: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    spread = said(DiffusionStatement, f"学自{other[0]}", type="learned_from", other=other[0], **more)
    return {"diffusion": (spread,), "unions": (union(*other[:2], "mentioned", *other[3:]),)}


def _with_sentences(record: CaseRecord) -> CaseRecord:
    """The account with whole sentences for evidence, so that two printings of it are known as one."""

    def told(statement: Any, number: int) -> Any:
        what = f"{record.unions[0].name}的{statement.indicator}"
        words = (f"这是第{number}项第{part}句完整的话，说的是{what}做得怎样" for part in range(3))
        places = (100 * number + 30 * part for part in range(3))
        return replace(
            statement, evidence=tuple(Evidence(w, at, at + len(w)) for w, at in zip(words, places, strict=True))
        )

    return replace(record, outcomes=tuple(told(o, i) for i, o in enumerate(record.outcomes)))


def _contracts(value: float) -> tuple[OutcomeStatement, ...]:
    return (_figure("签订合同", value, "份", kind="产出"), _figure("召开例会", value / 10, "次", kind="产出"))


def _baoshan(document: str, started: str, *groups: str) -> CaseRecord:
    courts = ("快递行业工会", "上海市宝山区快递行业工会", "created", "county", "310113", "sectoral_federation")
    record = account(
        document,
        1,
        "宝山谈判",
        BAOSHAN,
        "310113",
        ((BARGAINING, "main"), (GRID, "part")),
        started,
        unions=(
            union(*courts),
            union(*XUHUI[:2], "partner", *XUHUI[3:]),
            # A coarser place than its own account gives, in both printings.
            union(*HUZHOU[:2], "mentioned", "prefecture", "330000"),
        ),
        outcomes=_contracts(10),
        partners=(said(PartnerStatement, "示例人民法院", name="示例人民法院", type="judiciary"),),
        target_groups=tuple(said(TargetGroupStatement, f"服务{g}", group=g, surface=g) for g in groups),
    )
    record = replace(record, practices=tuple(replace(p, theme=PLATFORMS) for p in record.practices))
    return _with_sentences(record)


def _twice(document: str, title: str, owner: tuple[Any, ...], started: str | None, value: float) -> CaseRecord:
    made = account(document, 11, title, owner, owner[4], ((BARGAINING, "main"),), started, outcomes=_contracts(value))
    return _with_sentences(made)


def _minhang() -> CaseRecord:
    whole = _figure("会员", 60, "人", period="2015", cumulative=True)
    return account(
        "doc:x",
        31,
        "闵行谈判",
        MINHANG,
        "310112",
        ((BARGAINING, "main"),),
        "2013",
        outcomes=(
            # One tells of a part of the time, the other of all of it, and neither says when.
            _figure("受理来访", 50, "件"),
            _figure("受理来访", 360, "件"),
            _figure("调解案件", 40, "件", period="2016", cumulative=False),
            _figure("调解案件", 300, "件", period="2014/2016", cumulative=True),
            _figure("培训职工", 100, "人", period="2017"),
            _figure("培训职工", 130, "人", period="2017"),
            _figure("发放补贴", 100, "元", period="2017", cumulative=False, approximate=True),
            _figure("发放补贴", 105, "元", period="2017", cumulative=False),
            _figure("走访企业", 20, "家", period="2017", cumulative=False),
            _figure("走访企业", 25, "家", period="2017", cumulative=False),
            _figure("走访企业", 30, "家", period="2017", cumulative=False, claimed_by="某街道"),
            whole,
            _figure("女会员", 80, "人", period="2017", subset_of=whole.name),
            _figure("收入", 20, "元", baseline=10.0, period="2017"),
            _figure("收入增长", 50, "%", period="2018"),
        ),
    )


def _learners() -> list[CaseRecord]:
    def learner(line: int, owner: tuple[Any, ...], started: str | None, **more: Any) -> CaseRecord:
        title = f"{owner[0][:2]}谈判"
        return account("doc:y", line, title, owner, owner[4], ((BARGAINING, "main"),), started, **more)

    return [
        # 徐汇 began in 2020, as its own account says.
        learner(41, PUTUO, "2017", **_learned(XUHUI)),
        # This one has no start of its own; the booklet is of 2022.
        learner(51, QINGPU, None, **_learned(XUHUI)),
        # It learned when the other one had begun.
        learner(61, SONGJIANG, "2017", **_learned(XUHUI, period="2021")),
        learner(71, FENGXIAN, "2017", **_learned(XUHUI, intended=True)),
        # 宁波 is only known by a document of 2023, which is no beginning.
        learner(81, CHANGXING, "2016", **_learned(NINGBO)),
    ]


def projection() -> Projection:
    """The collection, projected."""
    honoured = account(
        "doc:z",
        31,
        "静安谈判",
        _owner("静安区总工会", "上海市静安区总工会", "county", "310106"),
        "310106",
        ((BARGAINING, "main"),),
        "2021-03",
        honors=(
            # Given for a year, which is after it; a title may be older than the practice.
            said(HonorStatement, "2020年度示例奖", name="2020年度示例奖", kind="award", year="2020"),
            said(HonorStatement, "示例先进单位", name="示例先进单位", kind="title", year="2012"),
            said(HonorStatement, "2019年示例奖", name="2019年示例奖", kind="award", year="2019"),
        ),
    )
    documents: tuple[tuple[str, str, list[CaseRecord]], ...] = (
        (
            "doc:x",
            "2018",
            [
                _baoshan("doc:x", "2015", PLATFORMS),
                replace(
                    _twice("doc:x", "湖州谈判", HUZHOU, "2014", 20),
                    honors=(said(HonorStatement, "2016年度示例奖", name="2016年度示例奖", kind="award", year="2016"),),
                ),
                account(
                    "doc:x",
                    21,
                    "嘉定谈判",
                    JIADING,
                    "310114",
                    ((BARGAINING, "main"),),
                    "2016/2018",
                    outcomes=_contracts(30)[:1],
                ),
                _minhang(),
            ],
        ),
        (
            "doc:y",
            "2022-05",
            [_baoshan("doc:y", "2019"), _twice("doc:y", "徐汇谈判", XUHUI, "2020", 40), *_learners()],
        ),
        (
            "doc:z",
            "2023",
            [
                _twice("doc:z", "湖州谈判", HUZHOU, None, 20),
                replace(_twice("doc:z", "徐汇谈判", XUHUI, None, 40), lines=((21, 24),)),
                account("doc:z", 41, "宁波谈判", NINGBO, "330200", ((BARGAINING, "main"),)),
                honoured,
            ],
        ),
    )
    authority = Authority()
    made = []
    for identifier, published, records in documents:
        cases = [EffectiveRecord(record) for record in identify(records, (), authority)]
        document = DocumentRecord(
            id=identifier,
            title=f"文献{identifier[-1]}",
            origin=f"{identifier[-1]}.txt",
            sha256="0" * 64,
            encoding="utf-8",
            published=published,
        )
        made.append((document, cases))
    return project(made, vocabularies(), {}, table())
