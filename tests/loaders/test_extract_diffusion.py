"""Stated diffusion: what is said to have been learned, piloted, promoted, extended, taken up or recognised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.graph.diffusion_ends import relationship_type
from unionkg.graph.records import DiffusionStatement
from unionkg.loaders.extract import diffusion
from unionkg.ontology.vocabulary import table, terms


def read(text: str) -> tuple[DiffusionStatement, ...]:
    account, document = account_of(text)
    found = diffusion.read(account, document)
    assert all(grounded(item, account) for item in found)
    return found


@pytest.mark.parametrize("text", ["工友村在云桥公司试点建成6个,再推到全局。", "先试三个村，再铺到全镇。"])
def test_where_something_was_tried_out_ordered_no_pilot(text: str) -> None:
    (found,) = [item for item in read(text) if item.type == "piloted_by"]
    assert relationship_type(found, "Organization") == "PILOTED_AT"


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        ("县总工会组团赴江苏云桥学习考察。", "learned_from", "江苏云桥"),
        ("夜校借鉴了邻市“板凳课堂”的做法。", "learned_from", "邻市“板凳课堂”"),
        ("工会向临川码头取经。", "learned_from", "临川码头"),
        ("2021年,云桥市被省总工会列为集体协商试点。", "piloted_by", "省总工会"),
        ("云桥县、临川区是全总试点单位。", "piloted_by", "云桥县、临川区"),
        ("先选3个乡镇试点积分换服务。", "piloted_by", "3个乡镇"),
        ("云桥县、临川区率先试行。", "piloted_by", "云桥县、临川区"),
        ("省总工会在云桥召开现场推进会。", "recognised_by", "省总工会"),
        ("县总工会6月在云桥开了观摩会。", "recognised_by", "县总工会"),
        ("省总工会组织各地来这里现场观摩。", "promoted_by", "省总工会"),
        ("省总工会编发简报推介夜校。", "recognised_by", "省总工会"),
        ("这个办法被县总工会写入《基层组织建设三年方案》。", "recognised_by", "县总工会"),
        ("夜校被县文明办评为志愿服务先进项目。", "recognised_by", "县文明办"),
        ("省总工会把夜校列为省级一类竞赛。", "recognised_by", "省总工会"),
        ("省总工会把临川区列为集体协商试点。", "piloted_by", "省总工会"),
        ("市国资委印发通知，要求市属企业学习夜校做法。", "promoted_by", "市国资委"),
        ("市总工会随后出台《关于推广板凳夜校经验的意见》。", "promoted_by", "市总工会"),
        ("市总工会印发《夜校工作指引》，把云桥的办法推到各县。", "promoted_by", "市总工会"),
        ("市总工会在云桥办班推广这套办法。", "promoted_by", "市总工会"),
        ("先试三个村，再铺到全镇。", "piloted_by", "三个村"),
        ("2021年7月在新港镇试行夜校。", "piloted_by", "新港镇"),
        ("临川区来学过之后，菜场里也用上了同样的卡。", "replicated_in", "临川区"),
        ("云桥县的两家配件厂跟班学习后，也立起了自己的榜。", "replicated_in", "云桥县的两家配件厂"),
        ("临川区总工会照搬了夜校办法。", "replicated_in", "临川区总工会"),
        ("临川区教育工会借鉴这套办法，开始试评。", "replicated_in", "临川区教育工会"),
        ("临川区总工会也分别办起了夜校。", "replicated_in", "临川区总工会"),
        ("在全总会议上作典型发言。", "promoted_by", "全总"),
        ("2020年,省总工会部署推进驿站建设。", "promoted_by", "省总工会"),
        ("省总工会转发了夜校的做法。", "promoted_by", "省总工会"),
        ("率先在云桥镇试点,再向全县铺开。", "piloted_by", "云桥镇"),
        ("由市总工会通报表扬。", "recognised_by", "市总工会"),
        ("夜校办法获县委常委批示。", "recognised_by", "县委常委"),
        ("在全县工会系统推广夜校。", "scaled_to", "全县工会系统"),
        ("这套办法已在全省推广。", "scaled_to", "全省"),
        ("驿站从城区延伸到沿线乡镇。", "scaled_to", "沿线乡镇"),
        ("临川县等地也挂起了同样的牌子。", "replicated_in", "临川县"),
        ("带动多家零售企业纷纷办起夜校。", "replicated_in", "多家零售企业"),
        ("被市总工会评为示范夜校。", "recognised_by", "市总工会"),
        ("该做法入选全国总工会优秀案例。", "recognised_by", "全国总工会"),
        ("省总工会调研组对此给予充分肯定。", "recognised_by", "省总工会调研组"),
        ("夜校写进了市政府十件民生实事。", "recognised_by", "市政府"),
        ("入选《云桥民生发展年度报告》。", "recognised_by", "云桥民生发展年度报告"),
        ("得到市委主要领导批示。", "recognised_by", "市委主要领导"),
        ("他们先后赴云桥、临川考察学习。", "learned_from", "云桥、临川"),
        ("点子是从临川区学来的。", "learned_from", "临川区"),
        ("对标云桥先进经验，重画流程。", "learned_from", "云桥"),
        ("小程序先在新港分公司试用。", "piloted_by", "新港分公司"),
        ("省总工会把现场会开到了车间里。", "recognised_by", "省总工会"),
        ("地区总工会随后发文，让各县市都来照着办。", "promoted_by", "地区总工会"),
        ("在全国总工会组织的培训班上，她介绍了镇里的做法。", "promoted_by", "全国总工会"),
        ("市总工会在全市推广这一做法。", "promoted_by", "市总工会"),
        ("两年后推到全集团。", "scaled_to", "全集团"),
        ("驿站已辐射到周边5个乡镇。", "scaled_to", "周边5个乡镇"),
        ("云桥、临川等地工会纷纷效仿。", "replicated_in", "云桥、临川"),
        ("临川县总工会动手快，夜校已经照样子办起来了。", "replicated_in", "临川县"),
        ("做法已在云桥、临川、新港落地。", "replicated_in", "云桥、临川、新港"),
        ("省总工会将其列为全省协商示范点。", "recognised_by", "省总工会"),
        ("夜校列入市政府20项民心工程。", "recognised_by", "市政府"),
        ("全国总工会在云桥镇召开全国工会推广夜校经验观摩交流会。", "recognised_by", "全国总工会"),
        ("全国总工会在云桥镇召开全国工会推广夜校经验观摩交流会。", "promoted_by", "全国总工会"),
        (
            "2019年,省总工会开展了小微企业工会改革试点工作。云桥镇总工会作为首批试点单位,办起夜校。",
            "piloted_by",
            "省总工会",
        ),
    ],
)
def test_types_and_ends(text: str, kind: str, other: str) -> None:
    assert (kind, other) in [(item.type, item.other) for item in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "工会组织职工学习强国答题。",
        "到企业学习贯彻会议精神。",
        "职工得到实惠,一致好评。",
        "网点铺到这里,骑手越来越多。",
        "带动了企业要求入会的积极性。",
        "公司召开职工代表大会。",
        "考察团到我会开展学习交流。",
        "方方面面也有了说法。",
        "工会组织职工到红色教育基地参观学习。",
        "组织劳模赴云桥考察学习。",
        "从老师傅那里学来的手艺用上了。",
        "向劳模学习、向先进看齐。",
        "市总工会召开工作推进会，部署下半年任务。",
        "服务触角延伸到每一位职工身边。",
        "产品推广到20多个国家。",
        "在全市推行工资协商制度。",
        "市总工会授予李某“五一劳动奖章”。",
        "公司开展了小微企业工会改革试点工作。",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("经验在全市推广。", "collective"),
        ("带动多家企业相继办班。", "collective"),
        ("夜校从总部延伸到下属分公司。", "internal"),
        ("这套办法在全局范围内推广。", "internal"),
        ("湖湾区总工会表示,要把云桥的办法学回去。", "intended"),
        ("各级工会将认真落实会议要求,学习借鉴云桥的做法。", "intended"),
        ("下一步,将这套办法推广到临川市。", "intended"),
    ],
)
def test_what_is_no_adopter(text: str, flag: str) -> None:
    (statement,) = read(text)
    assert getattr(statement, flag)


def test_two_bodies_are_two_ends() -> None:
    found = read("2020年,云桥市被省总工会和省高级人民法院列为调解试点。")
    assert {(item.other, item.period) for item in found} == {("省总工会", "2020"), ("省高级人民法院", "2020")}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019年3月,被市总工会评为示范夜校。", "2019-03"),
        ("今年5月,被市总工会评为示范夜校。", "2024-05"),
        ("去年被市总工会评为示范夜校。", "2023"),
        ("被市总工会评为示范夜校。", None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    assert [item.period for item in read(text)] == [period]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("得到省政府领导批示。", "批示"),
        ("省总工会在云桥召开现场会。", "现场会"),
        ("写入县政府工作报告。", "写入文件"),
        ("被市总工会评为示范夜校。", "表彰"),
        ("被省总工会列入典型名录。", "入选"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert [item.form for item in read(text)] == [form]


def test_forms_are_terms_of_the_vocabulary() -> None:
    known = {term.zh for term in terms("recognition_forms")}
    assert {row["form"] for row in table("diffusion_cues")} - {""} <= known


def test_quotes_are_short() -> None:
    text = "经过三年不懈努力并在各方帮助之下" * 6 + "这套办法已在全省推广"
    assert all(len(item.evidence[0].quote) <= diffusion.QUOTE for item in read(text + "。"))


def test_a_union_neither_promotes_nor_recognises_its_own_practice() -> None:
    source = "云桥市总工会打造“夜校”\n市总工会召开现场会。省总工会召开现场会。"
    account, document = account_of(source)
    found = diffusion.read(replace(account, body=source.index("\n") + 1), document)
    assert [item.other for item in found] == ["省总工会"]


def test_the_end_of_a_statement_is_one_whole_name() -> None:
    found = read("全国总工会在云桥镇召开全国工会推广夜校经验观摩交流会。")
    assert {item.other for item in found} == {"全国总工会"}


def test_a_union_is_no_pilot_of_its_own() -> None:
    source = "云桥区新港镇总工会打造“夜校”\n新港镇总工会是首批试点单位。云桥区新港镇总工会被省总工会列为试点。"
    account, document = account_of(source)
    found = diffusion.read(replace(account, body=source.index("\n") + 1), document)
    assert [(item.type, item.other) for item in found] == [("piloted_by", "省总工会")]


def test_bringing_something_somewhere_is_done_not_intended() -> None:
    (done,) = read("工会将服务范围辐射到周边3个园区。")
    (planned,) = read("工会将在周边3个园区推广这套办法。")
    assert (done.intended, planned.intended) == (False, True)


def test_comment_is_not_read() -> None:
    account, document = account_of("工会办夜校。", comment="云桥大学教授 林一舟:\n这套办法已在全省推广。")
    assert diffusion.read(account, document) == ()
