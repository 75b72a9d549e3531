"""Awards and selections: names, grades, issuers, levels and years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.graph.records import HonorStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import honors
from unionkg.loaders.source import SourceText, passage
from unionkg.ontology.vocabulary import terms


def read(text: str, *about: tuple[str, str]) -> tuple[HonorStatement, ...]:
    account, document = account_of(text, about=about)
    found = honors.read(account, document)
    assert all(grounded(item, account) for item in found)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司荣获全国五一劳动奖状。", ["全国五一劳动奖状"]),
        ("先后获评“省级和谐企业”“云桥市文明单位”称号。", ["省级和谐企业", "云桥市文明单位"]),
        ("该做法入选全省工会十佳案例。", ["全省工会十佳案例"]),
        ("被市总工会授予“最暖驿站”称号", ["最暖驿站"]),
        ("班组获得中央企业先进班组,2人当选云桥市劳模。", ["中央企业先进班组", "云桥市劳模"]),
        ("在全省女工家属协管竞赛中获奖。", ["全省女工家属协管竞赛"]),
        ("在全市职工短剧大赛中荣获二等奖。", ["全市职工短剧大赛"]),
        ("车间获得2022年度全国“安康杯”竞赛优胜单位。", ["2022年度全国“安康杯”竞赛优胜单位"]),
        ("被列入省级社会治理试点项目。", ["省级社会治理试点项目"]),
        ("项目拿了2023年度集团技术成果二等奖。", ["2023年度集团技术成果二等奖"]),
        ("驿站被评为“五好”服务站。", ["“五好”服务站"]),
        ("榮獲「全國模範職工小家」稱號。", ["全國模範職工小家"]),
        ("成功创建3个全国最美驿站。", ["全国最美驿站"]),
        ("入选全国“最美劳动者驿站”。", ["全国“最美劳动者驿站”"]),
        ("被授予市级“青年文明岗”、“巾帼文明岗”等荣誉。", ["市级“青年文明岗”", "巾帼文明岗"]),
        ("项目组荣获全省五一巾帼标兵岗。", ["全省五一巾帼标兵岗"]),
        ("调解室获评云桥市金牌调解组织。", ["云桥市金牌调解组织"]),
        ("该做法入选云桥省工会惠民十佳项目。", ["云桥省工会惠民十佳项目"]),
        ("去年市总工会把镇里列为阵地建设示范镇。", ["阵地建设示范镇"]),
        ("省总工会命名它为“最暖驿站”。", ["最暖驿站"]),
        ("摘下“云桥杯”全国焊工大赛金牌。", ["“云桥杯”全国焊工大赛金牌"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [item.name for item in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全国五一劳动奖章获得者李某走进校园。",
        "获得职工一致好评。",
        "员工获得实惠,收入增加。",
        "一等奖5000元,二等奖3000元。",
        "评出一等奖10个、二等奖17个。",
        "入选《民生发展报告》。",
        "鼓励职工争当劳模。",
    ],
)
def test_no_honor(text: str) -> None:
    assert read(text) == ()


def test_a_line_before_the_cases_says_what_all_of_them_got() -> None:
    source = SourceText("以下做法均获评“云桥市工会创新案例”\n板凳夜校\n夜校开在菜场。\n巷口驿站\n驿站设在巷口。")
    for first, last in ((2, 3), (4, 5)):
        whole = passage(source, [[source.line_span(number)] for number in range(first, last + 1)])
        account = Account(kind="case", lines=((first, last),), passage=whole, body=5)
        (found,) = honors.read(account, DocumentContext(source=source))
        assert found.name == "云桥市工会创新案例"
        assert grounded(found, account)


def test_a_selection_is_no_prize() -> None:
    selected, awarded = read("该案例入选全国工会创新案例。项目获全省创新成果一等奖。")
    assert (selected.grade, awarded.grade) == ("入选", "一等奖")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("项目获全省创新成果一等奖。", "award"),
        ("该案例入选全国工会创新案例。", "selection"),
        ("车间荣获“全国工人先锋号”称号。", "title"),
    ],
)
def test_kind_is_a_key_of_the_vocabulary(text: str, kind: str) -> None:
    (honor,) = read(text)
    assert honor.kind == kind
    assert kind in {term.key for term in terms("award_kinds")}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("获评市级劳动关系和谐企业。", "prefecture"),
        ("被省总工会命名为“金牌夜校”。", "provincial"),
        ("荣获县先进集体。", "county"),
        ("荣获全国五一劳动奖状。", "national"),
    ],
)
def test_level_comes_from_the_name_else_from_the_issuer(text: str, level: str) -> None:
    (honor,) = read(text)
    assert honor.level == level
    assert level in {term.key for term in terms("union_levels")}


def test_issuer_level_and_year() -> None:
    (honor,) = read("2022年,驿站被云桥省总工会评为省级示范站点。")
    assert (honor.issuer, honor.level, honor.year) == ("云桥省总工会", "provincial", "2022")


@pytest.mark.parametrize(
    ("which", "printed", "name", "grade"),
    [
        (
            "award",
            "2023年度云桥市工会创新案例一等奖(3个)\n2\t夜校点亮工余时光\t新港镇总工会",
            "2023年度云桥市工会创新案例一等奖",
            "一等奖",
        ),
        ("award", "2023年度云桥市工会创新案例提名 8(个)\n夜校点亮工余时光", "2023年度云桥市工会创新案例提名", "提名"),
        ("heading", "全省工会工作创新案例选登\n(2024年第二期)", "全省工会工作创新案例", None),
        ("heading", "云桥行业协商十大案例(节选)", "云桥行业协商十大案例", None),
        ("heading", "云桥行业集体协商\n十大案例(节选)", "云桥行业集体协商十大案例", None),
        ("heading", "日前,省总工会公布第3期全省工会创新案例名录,我市四个案例入选。", "第3期全省工会创新案例", "入选"),
    ],
)
def test_award_of_a_list_or_heading(which: str, printed: str, name: str, grade: str | None) -> None:
    assert [(item.name, item.grade) for item in read("夜校点亮工余时光。", (which, printed))] == [(name, grade)]


@pytest.mark.parametrize("printed", ["基层风采", "各地工会创新案例选编(节选)"])
def test_heading_that_is_no_award(printed: str) -> None:
    assert read("工会办夜校。", ("heading", printed)) == ()


@pytest.mark.parametrize(
    ("above", "heading", "kind", "issuer"),
    [
        (
            "云桥市总工会在全市征集评选2023年度工会创新案例,推广经验。\n2023年度 云桥市十大创新案例获奖名单",
            "2023年度云桥市十大创新案例",
            "award",
            "云桥市总工会",
        ),
        ("云桥市十大创新案例名单", "2023年度云桥市十大创新案例", "selection", None),
        ("云桥市总工会评选最美驿站。", "2023年度云桥市十大创新案例", "selection", None),
        ("云桥省总工会公布全省创新案例。", "2023年度云桥市十大创新案例", "selection", None),
        (
            "云桥市总工会评选工会创新案例。\n云桥市十大创新案例获奖名单",
            "云桥市十大创新案例提名",
            "selection",
            "云桥市总工会",
        ),
        (
            "云桥市总工会评选工会创新案例。\n云桥市十大创新案例获奖名单",
            "云桥市十大创新案例特等奖",
            "award",
            "云桥市总工会",
        ),
    ],
)
def test_what_stands_above_a_list_tells_prizes_and_who_gave_them(
    above: str, heading: str, kind: str, issuer: str | None
) -> None:
    source = SourceText(f"{above}\n{heading}\n夜校点亮工余时光\n正文说夜校开在菜场。")
    count = source.line_count
    spans = [source.line_span(number) for number in range(1, count + 1)]
    account = Account(
        kind="case",
        lines=((count, count),),
        passage=passage(source, [[spans[-1]]]),
        about=(("award", passage(source, [[spans[-3]], [spans[-2]]])),),
    )
    (found,) = honors.read(account, DocumentContext(source=source))
    assert (found.kind, found.issuer) == (kind, issuer)
    assert found.name == heading
    assert all(source.text[item.start : item.end] == item.quote for item in found.evidence)


def test_heading_of_a_page_is_no_award_of_its_briefs() -> None:
    account, document = account_of("县总工会举办夜校。", about=[("heading", "我市3个案例入选全国工会创新案例")])
    assert honors.read(replace(account, kind="brief"), document) == ()


def test_same_award_in_list_and_text_is_one() -> None:
    text = "该做法入选2023年度云桥市工会创新案例。"
    assert len(read(text, ("award", "2023年度云桥市工会创新案例提名"))) == 1
