from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from unionkg.loaders.accounts import Account
from unionkg.loaders.layout import Layout, accounts
from unionkg.loaders.source import SourceText

LAYOUTS = Path(__file__).resolve().parent.parent / "fixtures" / "layouts"


def source_of(name: str) -> SourceText:
    return SourceText((LAYOUTS / name).read_text(encoding="utf-8"))


def layout_of(name: str) -> Layout:
    return accounts(source_of(name))


def byline(account: Account) -> str | None:
    return account.passage.text[slice(*account.byline)] if account.byline else None


def about(account: Account, what: str) -> list[str]:
    return [passage.text for kind, passage in account.about if kind == what]


def rules(layout: Layout) -> dict[int, str]:
    return {line: rule for (first, last), rule in layout.ignored for line in range(first, last + 1)}


EXPECTED: dict[str, list[tuple[str, str | None, list[tuple[int, int]]]]] = {
    "bullets.txt": [
        ("brief", "小巷菜场有了职工书屋（绍兴市越城区总工会）", [(3, 4)]),
        ("brief", "海岛渔工的体检船（舟山市嵊泗县总工会）", [(5, 6)]),
        ("brief", "竹编车间的师徒擂台（安吉县竹业工会联合会）", [(7, 8)]),
    ],
    "briefs_without_bullets.txt": [("brief", None, [(4, 4)]), ("brief", None, [(6, 6)]), ("brief", None, [(8, 8)])],
    "bulletin.txt": [
        ("brief", "兰州新区：智慧工会上线", [(10, 11)]),
        ("brief", "银川：劳模工作室进社区", [(13, 14)]),
        ("brief", "西宁：职工夜校开班", [(16, 17)]),
    ],
    "captions.txt": [("caption", None, [(3, 3)]), ("caption", None, [(5, 5)]), ("caption", None, [(7, 7)])],
    "contents_and_awards.txt": [
        ("case", "渔船上的党群课", [(26, 36)]),
        ("case", "雨棚里的茶话会", [(38, 48)]),
        ("case", "园区里的急救员", [(56, 76)]),
    ],
    "contents_only.txt": [
        ("case", "一杯热水暖全城", [(8, 11)]),
        ("case", "小巷里的调解室", [(13, 15)]),
        ("case", "车间里的大讲堂", [(17, 19)]),
    ],
    "credited.txt": [
        ("case", "夜市里的法律摊", [(3, 4)]),
        ("case", "骑手的第二课堂", [(7, 8)]),
        ("case", "渔港的流动母婴室", [(11, 12)]),
    ],
    "examples.txt": [
        ("case", "跑出来的网格工会", [(3, 9)]),
        ("case", "夜班司机的“深夜食堂”", [(11, 17)]),
        ("case", "卡车上的“流动党校”", [(19, 25)]),
    ],
    "form_of_one.txt": [("case", "把法律顾问请进车间", [(3, 17)])],
    "forms.txt": [
        ("case", "矿区里的“心灵氧吧”", [(3, 11)]),
        ("case", "焊花里的师徒缘", [(15, 23)]),
    ],
    "markdown.md": [("case", "夜市摊主的娘家", [(3, 17)]), ("case", "电梯维保员的工会", [(19, 33)])],
    "marked_cases.txt": [("case", "校园里的“午休房”", [(3, 6)]), ("case", "工地上的“流动书箱”", [(10, 13)])],
    "nested_groups.txt": [
        ("case", "白云区总工会“云端暖心屋”", [(5, 9)]),
        ("case", "南明区总工会“巷口书房”", [(11, 13)]),
        ("case", "花溪区总工会“欠薪直通车”", [(17, 19)]),
        ("case", "乌当区总工会“工伤陪护员”", [(21, 23)]),
    ],
    "newspaper.txt": [
        ("news", "山里的快递员有了歇脚点 怒江州总工会建起高山驿站", [(3, 8)]),
        ("news", None, [(10, 10)]),
        ("brief", None, [(14, 14)]),
        ("brief", None, [(15, 15)]),
    ],
    "numbered_headings.txt": [
        ("case", "山城驿站有了“店长”", [(3, 7)]),
        ("case", "苗寨里的法律夜校", [(9, 13)]),
        ("case", "牦牛背上的工会小组", [(15, 17)]),
    ],
    "page_heads.txt": [
        ("case", "威海市文登区总工会“链上工匠”培育模式", [(3, 21)]),
        ("case", "荣成市总工会渔业工匠“海上课堂”", [(23, 35)]),
    ],
    "prizes_and_comment.txt": [
        ("case", "乡镇工会的“共享会计”", [(5, 8)]),
        ("case", "校企工会手拉手", [(12, 15)]),
        ("case", "虾农入会记", [(17, 20)]),
    ],
    "roundup.txt": [("news", "全省工会这样过夏天", [(1, 17)])],
    "short_lines.txt": [("case", "把“听诊器”搭到车间去 梅岭县 总工会推行职工诉求直办", [(4, 20)])],
    "speech.txt": [("case", "以服务聚人心 以规范促发展 ——在全市工会工作会议上的交流发言", [(1, 17)])],
    "stacked_headlines.txt": [
        ("news", "铁岭坡矿工会办“家属开放日”", [(7, 11)]),
        ("news", "白塔镇请匠人进校园 石匠木匠教孩子认工具", [(3, 5), (13, 15)]),
    ],
    "stars.txt": [
        ("brief", "把练兵场搬到高铁工地", [(5, 7)]),
        ("brief", "让加班的人有饭吃", [(9, 11)]),
        ("brief", "给新市民办一堂家长课", [(13, 15)]),
    ],
    "stray_paragraph.txt": [
        ("case", "石桥市总工会 码头上的茶水亭", [(3, 13)]),
        ("case", "柳河县总工会 集市里的调解桌", [(17, 25), (15, 15)]),
    ],
    "subtitles.txt": [
        ("case", "小区门口的“职工图书角” ——哈尔滨市道里区总工会", [(3, 6)]),
        ("case", "粮库里的“降温风扇” ——绥化市北林区总工会", [(8, 11)]),
        ("case", "林场的“视频家书” ——伊春市友好区总工会", [(13, 16)]),
    ],
    "table.txt": [("case", "戈壁驿站", [(2, 2)]), ("case", "种子协商", [(3, 3)]), ("case", "镍都讲堂", [(4, 4)])],
    "traditional.txt": [("news", "山城來了「移動體檢車」", [(2, 7)])],
    "two_columns.txt": [
        (
            "case",
            "江州市总工会 推行“码上议事” 让职工说话有回音",
            [(5, 13), (19, 19), (23, 23), (15, 17), (21, 21), (25, 25)],
        ),
        (
            "case",
            "湖阳县总工会 建起“流动夜校” 把课堂送到工棚",
            [(29, 37), (43, 43), (39, 41), (45, 45)],
        ),
    ],
    "untitled.txt": [("news", None, [(1, 3)])],
    "web_feature.txt": [("news", "用一张网兜住“流动的工友”", [(4, 25)])],
    "web_page_of_three.txt": [
        ("brief", "【北海】海上送温暖", [(3, 5)]),
        ("brief", "【钦州】岭上送温暖", [(7, 9)]),
        ("brief", "【崇左】边关送温暖", [(11, 13)]),
    ],
    "web_page.txt": [("news", "合水县总工会：把招聘会开到塬上", [(3, 9)])],
}


def test_every_fixture_is_expected() -> None:
    assert set(EXPECTED) == {path.name for path in LAYOUTS.iterdir()}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_accounts_of_layout(name: str) -> None:
    found = [(a.kind, a.title, list(a.lines)) for a in layout_of(name).accounts]
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_title_stands_in_its_evidence(name: str) -> None:
    for account in layout_of(name).accounts:
        quoted = "".join("".join(quote.quote.split()) for quote in account.title_evidence)
        assert "".join((account.title or "").split()) == quoted


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("marked_cases.txt", ["厦门市教育工会", "中铁某局集团工会"]),
        ("markdown.md", ["长沙市天心区总工会", "株洲市电梯行业工会联合会"]),
        ("form_of_one.txt", ["唐山市丰南区总工会"]),
        ("forms.txt", ["大同煤业工会", "太原重型机械集团工会"]),
        ("table.txt", ["嘉峪关市总工会", "酒泉市肃州区总工会", "金昌市总工会"]),
        ("speech.txt", ["宁夏中卫市沙坡头区总工会"]),
        ("numbered_headings.txt", [None, None, None]),
    ],
)
def test_bylines(name: str, expected: list[str | None]) -> None:
    assert [byline(account) for account in layout_of(name).accounts] == expected


@pytest.mark.parametrize("name", ["forms.txt", "table.txt", "markdown.md", "contents_and_awards.txt"])
def test_sections_tell_what_was_done_from_what_came_of_it(name: str) -> None:
    for account in layout_of(name).accounts:
        kinds = [section.kind for section in account.sections]
        assert "做法" in kinds
        assert "成效" in kinds
        for section in account.sections:
            text = account.passage.text[section.start : section.end]
            assert text
            assert not text.startswith("\n")
            assert section.heading
            assert section.heading not in text


def test_award_heading_and_comment_speak_of_their_accounts() -> None:
    first, second, third = layout_of("contents_and_awards.txt").accounts
    assert about(first, "award") == ["一等奖\n1-1渔船上的党群课清江市渔业工会联合会"]
    assert about(third, "award") == ["二等奖\n2园区里的急救员清江高新区总工会"]
    assert about(first, "heading") == about(second, "heading") == ["把工会送到职工身边"]
    assert about(third, "heading") == []
    assert "找人找得准" in about(first, "comment")[0]
    assert about(first, "comment") == about(second, "comment")
    # A comment on a single account is a part of it.
    assert about(third, "comment") == []
    assert [section.heading for section in third.sections][-1] == "专家点评"


def test_prize_headings_go_with_the_accounts_below_them() -> None:
    found = [about(account, "heading")[0] for account in layout_of("prizes_and_comment.txt").accounts]
    assert found == ["一等奖", "二等奖", "二等奖"]


def test_credit_lines_name_the_union() -> None:
    found = [about(account, "credit") for account in layout_of("credited.txt").accounts]
    assert found == [["（东莞市总工会供稿）"], ["（中山市总工会供稿）"], ["（阳江市总工会供稿）"]]


def test_sentence_cut_by_columns_and_pages_is_whole() -> None:
    text = layout_of("two_columns.txt").accounts[0].passage.text
    assert "每条意见限七日答复，超过时限由市总工会督办。" in text
    assert "职工代表大会的提案质量也上来了" in text
    assert "共享实验设备42台套" in layout_of("page_heads.txt").accounts[0].passage.text
    assert "办结395件，其中欠薪的有61件" in layout_of("short_lines.txt").accounts[0].passage.text


def test_paragraph_printed_twice_is_read_once() -> None:
    layout = layout_of("two_columns.txt")
    assert layout.accounts[1].passage.text.count("430人考到证书") == 1
    assert "repeated_paragraph" in rules(layout).values()


def test_stray_paragraph_is_read_last() -> None:
    text = layout_of("stray_paragraph.txt").accounts[1].passage.text
    assert text.index("一是摆得勤") < text.index("二是调得快") < text.index("三是帮到底")


@pytest.mark.parametrize(
    ("name", "line", "rule"),
    [
        ("web_page.txt", 1, "navigation"),
        ("web_page.txt", 5, "source_line"),
        ("web_page.txt", 13, "imprint"),
        ("newspaper.txt", 1, "masthead"),
        ("short_lines.txt", 1, "page_number"),
        ("short_lines.txt", 15, "running_head"),
        ("contents_and_awards.txt", 7, "contents"),
        ("contents_and_awards.txt", 15, "award_list"),
        ("contents_and_awards.txt", 52, "expert_comment"),
        ("marked_cases.txt", 1, "number"),
        ("traditional.txt", 9, "credits"),
    ],
)
def test_what_is_no_account_is_ignored_by_name(name: str, line: int, rule: str) -> None:
    assert rules(layout_of(name))[line] == rule


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("form_of_one.txt", "130200"),
        ("nested_groups.txt", "520100"),
        ("captions.txt", "510000"),
        ("examples.txt", "430000"),
        ("credited.txt", "440000"),
        ("marked_cases.txt", None),
        ("untitled.txt", None),
    ],
)
def test_region_of_the_document(name: str, region: str | None) -> None:
    assert layout_of(name).context.region == region


NATIONAL = """全国总工会部署今年重点工作

本报北京3月1日电（记者 甲乙）全国总工会日前召开会议，部署今年工会重点工作，要求各级工会把服务职工放在心上。

会议提出，全国总工会将发布若干典型案例，推动各级工会互学互鉴。
"""
LOCAL = """全国总工会点赞山城经验

本报北京3月1日电（记者 甲乙）全国总工会日前发文，肯定山城市总工会的驿站建设，驿站已服务职工3万人次。
"""


def test_national_announcement_is_no_account() -> None:
    layout = accounts(SourceText(NATIONAL))
    assert layout.accounts == ()
    assert set(rules(layout).values()) == {"national_announcement"}


def test_report_of_a_local_union_is_one_even_where_the_centre_praises_it() -> None:
    assert len(accounts(SourceText(LOCAL)).accounts) == 1


EDITORIAL = """甲市总工会 办夜校

甲市总工会办夜校，听课职工900人。

编者按：本期选登各地做法，供各级工会学习参考。

乙市总工会 送书到车间

乙市总工会把书送进车间，借阅1200册次。
"""


def test_editors_words_between_accounts_belong_to_none() -> None:
    layout = accounts(SourceText(EDITORIAL))
    assert [account.lines for account in layout.accounts] == [((1, 3),), ((7, 9),)]
    assert rules(layout)[5] == "editorial"


ARTICLE = """把矛盾化解在班组

河湾机械厂工会从去年起在班组设调解员，小事不出班组。

一、选人要准

调解员由职工推选，厂工会培训后上岗，全厂共有42名。

二、办事要快

三天之内给答复，逾期由厂工会接手。

三、台账要清

每月公布一次，职工看得见。
"""


def test_numbered_parts_of_one_account_are_not_accounts() -> None:
    layout = accounts(SourceText(ARTICLE))
    assert [account.title for account in layout.accounts] == ["把矛盾化解在班组"]
    assert layout.accounts[0].lines == ((1, 15),)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("第2版 要闻  2023年5月9日 星期二\n\n甲市总工会办夜校\n\n本报讯 甲市总工会开课20场。\n", "2023-05-09"),
        (
            "甲市总工会办夜校\n发布时间：2021-03-04 08:00 来源：某报\n甲市总工会开课20场，职工听课900人。\n",
            "2021-03-04",
        ),
        ("工会简报\n2020年第7期\n\n甲市总工会办夜校\n\n甲市总工会开课20场，职工听课900人。\n", "2020"),
        ("甲市总工会办夜校\n\n甲市总工会开课20场，职工听课900人。\n", None),
        ("做法汇总\n（2003—2019年）\n\n甲市总工会办夜校\n\n甲市总工会开课20场，职工听课900人。\n", None),
    ],
)
def test_published(text: str, published: str | None) -> None:
    assert accounts(SourceText(text)).context.published == published
    assert accounts(SourceText(text), published="1999-09").context.published == "1999-09"


def test_title_and_publisher() -> None:
    context = layout_of("contents_and_awards.txt").context
    assert (context.title, context.publisher, context.published) == ("基层工会创新故事集", "清江市总工会", "2016-12")
    assert layout_of("web_page.txt").context.publisher == "合水县总工会"


NAMES = """甲地经验

赤水河县总工会 办夜校

赤水河县总工会（以下简称“县总”）与赤水河县酿酒行业工会联合会（简称酒业工会）办夜校，开课20场。

平川县总工会 送书到田头

平川县总工会（以下简称县总）送书1200册。
"""


def test_short_forms_belong_to_the_account_that_introduces_them() -> None:
    layout = accounts(SourceText(NAMES))
    first, second = layout.accounts
    assert first.names == {"县总": "赤水河县总工会", "酒业工会": "赤水河县酿酒行业工会联合会"}
    assert second.names == {"县总": "平川县总工会"}
    assert layout.context.names == {"酒业工会": "赤水河县酿酒行业工会联合会"}


@pytest.mark.documents
@pytest.mark.parametrize(("gold", "at_least"), [("dev.jsonl", 0.97), ("dev_other.jsonl", 0.98)])
def test_items_of_the_labelled_documents(shared: Path, tmp_path: Path, gold: str, at_least: float) -> None:
    labelled = shared / "eval" / gold
    sources = {json.loads(line)["source"] for line in labelled.read_text(encoding="utf-8").splitlines()}
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for name in sorted(sources):
            path = next(p for folder in ("documents", "eval/other") if (p := shared / folder / name).is_file())
            for n, account in enumerate(accounts(SourceText(path.read_text(encoding="utf-8"))).accounts):
                item = {"id": f"{name}-{n}", "source": name, "title": account.title, "spans": account.lines}
                out.write(json.dumps(item, ensure_ascii=False) + "\n")
    run = subprocess.run(
        [sys.executable, str(shared / "eval" / "score.py"), str(labelled), str(predicted), "--json"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert json.loads(run.stdout)["items"]["f1"] >= at_least
