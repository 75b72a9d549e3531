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
    "announcement_among_cases.txt": [
        ("case", "基层工会账本“背回县里记”", [(3, 6)]),
        ("case", "审计员下到车间去", [(11, 14)]),
    ],
    "appendix_of_prizes.txt": [("case", "熔炉前的“十分钟会”", [(3, 10)]), ("case", "江滩上的“工具银行”", [(12, 19)])],
    "author_lines.txt": [("case", "大蒜之乡的“称重监督岗”", [(3, 8)]), ("case", "盐田上空的“天气群”", [(10, 15)])],
    "authors_in_brackets.txt": [
        ("case", "橡胶林里的“月光课堂”", [(3, 5)]),
        ("case", "渔排上的一把伞", [(8, 10)]),
        ("case", "免税店的“脚踏车班车”", [(13, 15)]),
    ],
    "bold_labels.md": [("case", "缆车站里的“棒棒歇脚台”", [(3, 17)]), ("case", "榨菜厂的“手套协商”", [(19, 33)])],
    "bracket_titles.txt": [
        ("case", "外滩守夜人", [(3, 5)]),
        ("case", "弄堂修伞铺", [(7, 9)]),
        ("case", "梧桐树下的琴", [(11, 13)]),
    ],
    "brackets_under_titles.txt": [
        ("case", "茶马古道上的“代办窗口”", [(5, 9)]),
        ("case", "江底的“救生员小组”", [(11, 14)]),
        ("case", "苹果园里的“计件单”", [(18, 21)]),
    ],
    "briefs_by_place.txt": [
        ("brief", None, [(5, 5)]),
        ("brief", None, [(7, 7)]),
        ("brief", None, [(9, 9)]),
        ("brief", None, [(11, 11)]),
    ],
    "briefs_triangle.txt": [
        ("brief", None, [(4, 4)]),
        ("brief", None, [(6, 6)]),
        ("brief", None, [(8, 8)]),
        ("brief", None, [(10, 10)]),
    ],
    "briefs_with_run_in_titles.txt": [("brief", None, [(5, 5)]), ("brief", None, [(7, 7)]), ("brief", None, [(9, 9)])],
    "case_with_comment_each.txt": [
        ("case", "弄堂口的“修鞋大学”", [(5, 15)]),
        ("case", "塔吊上的“生日广播”", [(19, 29)]),
    ],
    "city_case_with_parts.txt": [("case", "聚“链”成势 以工会之力稳就业", [(1, 14)])],
    "city_news_short.txt": [
        ("brief", "凉山彝族自治州总工会送法上火把场", [(6, 7)]),
        ("brief", "宜宾市翠屏区总工会给窖池工做护膝", [(11, 12)]),
        ("brief", "自贡市大安区总工会盐帮菜师傅进养老院", [(14, 15)]),
    ],
    "commentary_and_awards.txt": [("case", "煤海里的“回音壁”", [(5, 13)]), ("case", "羊绒车间的“耳语操”", [(17, 25)])],
    "dash_before_union.txt": [
        ("case", "壶口瀑布边的“雨衣账” —— 山西省吉县总工会", [(3, 5)]),
        ("case", "枣林里的“打枣契” —— 陕西省佳县总工会", [(7, 9)]),
    ],
    "dated_items_on_a_page.txt": [
        ("news", "晋城：矿灯房旁添了“家书亭”", [(2, 5)]),
        ("news", "运城：盐湖边的老厂长回来讲课", [(6, 9)]),
        ("news", "忻州：古城饭馆的伙计有了“换季体检”", [(10, 12)]),
    ],
    "feature_with_subheads.txt": [("news", "从“等人上门”到“上门等人” 淮河岸边四家基层工会的一个秋天", [(3, 13)])],
    "form_with_blank_lines.txt": [
        ("case", "邕江航道上的“水上驿站”", [(3, 13)]),
        ("case", "甘蔗地里的“一把尺”", [(15, 25)]),
    ],
    "group_then_comment.txt": [
        ("case", "青藏线上的“养路码”", [(3, 6)]),
        ("case", "牧区的“骑马代表”上线了", [(8, 11)]),
        ("case", "盐湖工人的“防晒预报”", [(16, 22)]),
    ],
    "interleaved_columns.txt": [
        ("case", "拆迁队里的“夜读班”", [(3, 8), (11, 13), (9, 10), (14, 16)]),
        ("case", "石匠村的“灰尘账”", [(18, 28)]),
    ],
    "labels_on_own_lines.txt": [
        ("case", "羌塘草原上的“马背放映队”", [(4, 10)]),
        ("case", "拉萨河畔的“双语朗读亭”", [(13, 19)]),
    ],
    "long_preface.txt": [("case", "“空瓶换书”在油城", [(15, 22)]), ("case", "旱码头的“搬运工歌”", [(24, 29)])],
    "marked_without_titles.txt": [("case", None, [(4, 4)]), ("case", None, [(7, 7)]), ("case", None, [(10, 10)])],
    "meeting_record.txt": [
        ("case", "贺兰山下的“葡萄工工票” ——银川市西夏区总工会主席 马存义", [(3, 7)]),
        ("case", "枸杞园里的“冷水桶” ——中宁县总工会副主席 丁玉兰", [(9, 13)]),
    ],
    "mixed_with_and_without_unions.txt": [
        ("case", "铁西工人村的“共享客厅”", [(3, 7)]),
        ("case", "老码头的“补牙船”", [(9, 12)]),
        ("case", "玉石匠的“灯下课”", [(14, 18)]),
    ],
    "narrow_columns.txt": [
        ("case", "镍矿里的“声音医生” ——听一听就知道机器哪儿 疼", [(3, 16)]),
        ("case", "沙窝里的“滴灌夜校”", [(18, 26)]),
    ],
    "national_between_web.txt": [
        ("news", "青海湖边的“骑行工会”", [(2, 5)]),
        ("news", "西宁：面匠师傅考上了“工匠学院”", [(8, 11)]),
    ],
    "news_page_mixed.txt": [
        ("news", "草原上牧工有了“流动食堂” 锡林浩特市总工会一口大锅走四方", [(3, 6)]),
        ("news", "矿山的女司机 喝上了枸杞茶", [(8, 11)]),
        ("caption", None, [(13, 13)]),
        ("news", None, [(15, 15)]),
    ],
    "news_without_marks.txt": [
        ("news", "惠阳：鞋厂门口来了“配镜车”", [(4, 6)]),
        ("news", "河源：水库移民学起电焊", [(8, 10)]),
        ("news", "汕尾：渔嫂剧团缺个打鼓的", [(12, 14)]),
    ],
    "no_blank_lines.txt": [
        ("case", "怒江溜索边的“信号亭”", [(2, 5)]),
        ("case", "橡胶厂里的“无声班”", [(6, 9)]),
        ("case", "咖啡豆旁的“小板凳”", [(10, 13)]),
    ],
    "numbered_lines_above.txt": [
        ("case", "渤海钻井平台上的“海浪书架”", [(4, 8)]),
        ("case", "蓟州山里的“背篓书屋”", [(11, 15)]),
    ],
    "ocr_news.txt": [
        ("news", "全州：米粉 店里的“算 账人”", [(3, 13)]),
        ("news", "兴安：灵渠边上的“清淤号 子”", [(15, 23)]),
    ],
    "old_magazine_columns.txt": [("case", "从“要我练”到“我要练”", [(3, 14)]), ("case", "把“牢骚”写上墙", [(16, 23)])],
    "ordinals_with_unions.txt": [
        ("case", "仁怀市总工会：酒甑旁的轮换表", [(9, 14)]),
        ("case", "凤冈县总工会：采茶妹子的“竹棚合约”", [(16, 18)]),
        ("case", "播州区总工会：工地食堂的晚饭改到天黑后", [(20, 22)]),
    ],
    "org_above_two_line_titles.txt": [
        ("case", "榆林市榆阳区总工会 把食堂开到井架下面 让钻井工吃上热的", [(4, 17)]),
        ("case", "安康市汉滨区流水镇总工会 茶园里来了“看娃阿姨”", [(19, 29)]),
    ],
    "page_foot.txt": [("case", "渔船靠岸先看病", [(9, 16)]), ("case", "一杆秤称出的“养老钱”", [(20, 23)])],
    "paper_with_union_lines.txt": [
        ("news", "盐城市大丰区总工会 帮麋鹿饲养员圆了大学梦", [(4, 8)]),
        ("news", "宿迁市洋河新区总工会 给酿酒工装上“凉耳朵”", [(10, 14)]),
    ],
    "phone_article.txt": [
        ("news", "焦作：山门口的“挑夫驿站”", [(5, 9)]),
        ("news", "周口：收割机手的“夜宵地图”", [(12, 16)]),
        ("news", "许昌：假发厂的“坐姿教练”", [(19, 23)]),
    ],
    "photo_page.txt": [("caption", None, [(3, 3)]), ("caption", None, [(5, 5)]), ("caption", None, [(7, 7)])],
    "place_tags.txt": [
        ("brief", None, [(4, 4)]),
        ("brief", None, [(6, 6)]),
        ("brief", None, [(8, 8)]),
        ("brief", None, [(10, 10)]),
    ],
    "plain_web_list.txt": [
        ("news", "嘉峪关：钢厂澡堂里的“血压角”", [(4, 6)]),
        ("news", "敦煌：沙漠公路上的“水塔”", [(9, 11)]),
        ("news", "瓜州：瓜农的“记秤员”", [(14, 16)]),
    ],
    "prizes_between_stars.txt": [("case", "雪线上的一碗面", [(5, 9)]), ("case", "桥墩下的图书角", [(13, 17)])],
    "prizes_without_unions.txt": [
        ("case", "绣花针挑起的车间", [(5, 7)]),
        ("case", "莲藕塘边的“姐妹班车”", [(11, 13)]),
        ("case", "夜班护士的“睡眠舱”", [(15, 17)]),
    ],
    "register_of_labels.txt": [
        ("case", "螺蛳粉外卖员的“等餐凳”", [(3, 6)]),
        ("case", "汽配厂夜班的“红薯炉”", [(8, 11)]),
    ],
    "scanned_with_blanks.txt": [("case", "雪 地里的“热 炕 头”", [(3, 19)]), ("case", "粮 库的“防 窒息哨”", [(21, 33)])],
    "speech_alone.txt": [("case", "在全市工会宣传思想工作会议上的交流材料", [(1, 21)])],
    "speech_pair_with_host.txt": [("case", "先让骑手“有处说”", [(5, 11)]), ("case", "再让司机“有处歇”", [(13, 19)])],
    "speeches_in_a_row.txt": [
        ("case", "海上“流动职工之家”是怎样划起来的", [(3, 10)]),
        ("case", "让锂电园区的“新蓝领”留得下来", [(12, 19)]),
    ],
    "story_with_unions_in_title.txt": [
        ("case", "漠河市总工会和三十七个邮递员", [(1, 5)]),
        ("case", "抚远市总工会和一船捕鱼人", [(7, 11)]),
        ("case", "绥芬河市总工会和换装站的六百个班", [(13, 17)]),
    ],
    "subsidiaries_in_one_report.txt": [
        ("news", "把“安全吹哨人”请到每一个班组 ——中国石化胜利油田工会群众安全监督纪实", [(1, 14)])
    ],
    "summary_then_cases.txt": [("case", "年画村的“一笔会费”", [(9, 12)]), ("case", "酒城“糟房医生”", [(14, 17)])],
    "table_of_three.txt": [
        ("case", "广元市利州区总工会：纤夫石旁的“背水队”", [(9, 11)]),
        ("case", "南充市嘉陵区丝绸行业工会：缫丝女工的“暖手箱”", [(13, 15)]),
    ],
    "table_with_award.txt": [
        ("case", "煤场门口的“洗脸池”", [(4, 4)]),
        ("case", "国道边的“换胎互助组”", [(5, 5)]),
        ("case", "太行隧道口的“醒神亭”", [(6, 6)]),
    ],
    "titles_with_unions_at_the_right.txt": [
        ("case", "地铁末班车后的“夜归灯” 海淀区中关村街道总工会", [(3, 5)]),
        ("case", "蔬菜批发市场的“冰脚盆” 丰台区新发地市场工会联合会", [(7, 9)]),
        ("case", "印刷厂的“静音十分钟” 大兴区亦庄镇印刷行业工会", [(11, 13)]),
    ],
    "traditional_booklet.txt": [
        ("case", "「夜更巴士」載來的笑聲", [(5, 9)]),
        ("case", "燈飾街上的「拆箱隊」", [(13, 17)]),
    ],
    "traditional_cases.txt": [
        ("case", "碼頭邊的「候船自修室」", [(3, 7)]),
        ("case", "葡萄架下的「調解茶」", [(9, 13)]),
        ("case", "讓外賣員「先充電後上路」", [(15, 19)]),
    ],
    "two_owners.txt": [("case", "剧本里的盐工", [(3, 6)]), ("case", "一本写满菜名的书", [(8, 11)])],
    "unknown_labels.txt": [
        ("case", "棉花加工厂的“防尘假日”", [(4, 7)]),
        ("case", "皮毛市场的“联合调解日”", [(10, 13)]),
    ],
    "untitled_starred.txt": [("case", None, [(3, 3)]), ("case", None, [(7, 7)]), ("case", None, [(11, 11)])],
    "web_single_with_related.txt": [("news", "乌鲁木齐：二道桥市场的“翻译角”", [(2, 6)])],
    "wechat_mix.txt": [("brief", "化隆：拉面匠的“回乡票”", [(5, 7)]), ("brief", "循化：辣椒地里的“热炕课”", [(9, 11)])],
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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brackets_under_titles.txt", ["镇雄县总工会", "水富市水路运输行业工会联合会", "昭阳区洒渔镇总工会"]),
        ("labels_on_own_lines.txt", ["那曲市总工会", "拉萨市城关区总工会"]),
        ("unknown_labels.txt", ["邢台市威县总工会", "衡水市枣强县大营镇总工会"]),
        ("old_magazine_columns.txt", ["湖南省株洲市机车工业公司工会", "湖南省衡阳市建湘柴油机厂工会"]),
        ("scanned_with_blanks.txt", ["伊春市金林区总工会", "富锦市粮食行业工会联合会"]),
        ("speech_pair_with_host.txt", ["凯里市总工会主席潘小梅", "镇远县货运行业工会联合会龙正方"]),
        (
            "mixed_with_and_without_unions.txt",
            ["沈阳市铁西区工人村街道总工会", None, "岫岩满族自治县玉雕行业工会联合会"],
        ),
        ("bold_labels.md", ["渝中区总工会", "涪陵区榨菜行业工会联合会"]),
    ],
)
def test_organisation_beside_the_title(name: str, expected: list[str | None]) -> None:
    assert [byline(account) for account in layout_of(name).accounts] == expected


@pytest.mark.parametrize(
    ("name", "title", "published"),
    [
        ("news_page_mixed.txt", "内蒙古工运报", "2021-06-03"),
        ("ocr_news.txt", "桂北工人报", "2019-08-06"),
        ("scanned_with_blanks.txt", "黑土地上的工会", None),
        ("traditional_cases.txt", "珠海市職工服務案例彙編", None),
        ("long_preface.txt", "《“空瓶换书”在油城》等2篇", "2014-12"),
        ("dated_items_on_a_page.txt", "三晋工会在线", "2022-03-04"),
        ("authors_in_brackets.txt", "琼岛工运", "2020"),
        ("summary_then_cases.txt", "关于印发2019年全市工会改革创新优秀案例的通知", "2019-12-20"),
        ("untitled.txt", None, None),
    ],
)
def test_document_is_named_as_it_names_itself(name: str, title: str | None, published: str | None) -> None:
    context = layout_of(name).context
    assert title is None or context.title == title
    assert context.title
    assert context.published == published


def test_one_comment_behind_prizes_of_two_grades_speaks_of_both() -> None:
    first, second = layout_of("commentary_and_awards.txt").accounts
    assert about(first, "comment") == about(second, "comment")
    assert "一个听见了人，一个护住了人" in about(first, "comment")[0]


def test_comment_under_a_bracketed_heading_speaks_of_its_group() -> None:
    first, second, third = layout_of("group_then_comment.txt").accounts
    assert about(first, "comment") == about(second, "comment")
    assert "养路码把医生搬上了高原" in about(first, "comment")[0]
    assert "预报本来是气象局的事" in third.passage.text


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("scanned_with_blanks.txt", ["手套一湿就冻成铁", "凌晨给清雪的人留一铺热炕"]),
        ("narrow_columns.txt", ["就知道哪个轴承要坏", "停机时间由每月三十一小时减到九小时"]),
        ("old_magazine_columns.txt", ["跟自己比，比上个月快一秒、省一根焊丝"]),
    ],
)
def test_sentences_broken_over_short_lines_are_whole(name: str, phrases: list[str]) -> None:
    text = "".join("".join(account.passage.text.split(" ")) for account in layout_of(name).accounts)
    assert [phrase for phrase in phrases if phrase not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "MIT License\n\nPermission is granted, free of charge, to any person obtaining a copy.\n",
        "import os\n\n# 工会\ndef main() -> None:\n    return run(os.environ, target=None, retries=3, verbose=False)\n",
        "白塔河水位公告\n\n今日八时白塔河水位二十一点三米，比昨日上涨零点二米，低于警戒水位，上游水库没有放水，请沿岸居民放心。\n",
    ],
)
def test_text_that_speaks_of_no_union_is_no_account(text: str) -> None:
    layout = accounts(SourceText(text))
    assert layout.accounts == ()
    assert "no_union" in rules(layout).values()


def test_notice_in_front_of_its_cases_is_no_account() -> None:
    assert rules(layout_of("summary_then_cases.txt"))[1] == "notice"


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


# ---------------------------------------------------------------- more ways of printing heads


_SHORT = (
    (
        "渔港的“避风茶屋”",
        "浙江省台州市椒江区总工会",
        "海门渔港人来人往，渔工上岸没处歇脚。椒江区总工会把旧冷库改成“避风茶屋”。",
    ),
    ("井口的“换衣间”", "山西省介休市总工会", "矿工升井一身煤灰，冬天换衣直打哆嗦。介休市总工会在井口搭起“换衣间”。"),
    ("果农的“算盘会”", "陕西省洛川县总工会", "收果的时节人手紧，工钱一天一个价。洛川县总工会请来果商一起开“算盘会”。"),
)
_MORE = (
    "两年下来，服务渔工三千多人次，大家都说这件事办到了心坎上，来打听的人一拨接着一拨。",
    "如今下井的人换上干衣裳再回家，关节疼的少了，家属也跟着放心，别的矿照着样子做。",
    "去年谈定工价十七样，拖欠的事没有了，客商和帮工见面都客客气气，果子也卖得快。",
)
_PRINTED = {
    "organisation above its title": "案例 0{n}\n报送单位：{org}\n{title}\n一、缘起\n{text}\n二、成效\n{more}\n\n",
    "organisation of a part of the name": "{title}\n申报单位（盖章）：{org}\n\n{text}\n{more}\n\n",
    "label in brackets": "【案例名称】{title}\n【申报单位】{org}\n{text}\n{more}\n\n",
    "label and a blank": "案例名称　{title}\n申报单位　{org}\n案例背景　{text}\n主要成效　{more}\n\n",
    "list of markdown": "## {n}. {title}\n\n- 单位：{org}\n- 做法：{text}\n- 成效：{more}\n\n",
    "numbered in Latin letters": "NO.{n} {title}\n{org}\n{text}\n{more}\n\n",
    "section of a chapter": "第{n}节 {title}\n{org}\n{text}\n{more}\n\n",
    "ticked off": "✅ {title}\n{text}\n{more}\n\n",
    "signed with a dash": "{title}\n\n{text}\n{more}\n——{org}供稿\n\n",
    "reporter below a bullet": "■ {title}\n□ 本报记者 王一\n\n{text}\n{more}\n\n",
}


@pytest.mark.parametrize("form", _PRINTED.values(), ids=_PRINTED.keys())
def test_accounts_are_told_apart_however_their_heads_are_printed(form: str) -> None:
    rows = [form.format(n=n + 1, title=t, org=o, text=x, more=_MORE[n]) for n, (t, o, x) in enumerate(_SHORT)]
    found = accounts(SourceText("工会案例汇编\n\n" + "".join(rows))).accounts
    assert [account.title for account in found] == [title for title, _, _ in _SHORT]
    named = [byline(account) for account in found]
    assert named in ([org for _, org, _ in _SHORT], [None] * 3)


def test_headings_below_a_title_and_its_organisation_are_parts_of_the_account() -> None:
    parts = (("先摸家底", "再定规矩"), ("看准难处", "动手就干"), ("坐到一起", "说到做到"))
    rows = [
        f"{t}\n申报单位：{o}\n{one}\n{x}\n{two}\n{more}\n\n"
        for (t, o, x), (one, two), more in zip(_SHORT, parts, _MORE, strict=True)
    ]
    found = accounts(SourceText("工会案例汇编\n\n" + "".join(rows))).accounts
    assert [account.title for account in found] == [title for title, _, _ in _SHORT]


def test_headlines_between_indented_lines_without_blank_lines_begin_accounts() -> None:
    def lines(text: str) -> str:
        return "\n".join(f"　　{text}"[at : at + 22] for at in range(0, len(text) + 2, 22))

    rows = [f"{t}\n{o}\n{lines(x)}\n{lines(more)}\n" for (t, o, x), more in zip(_SHORT, _MORE, strict=True)]
    found = accounts(SourceText("".join(rows))).accounts
    assert [account.title for account in found] == [title for title, _, _ in _SHORT]
    assert [byline(account) for account in found] == [org for _, org, _ in _SHORT]


@pytest.mark.parametrize(
    ("front", "form"),
    [
        ("湖口工会年鉴", "【{org}办起{title}】　{text}{more}\n"),
        ("各地经验", "{org}的{title}。{text}{more}\n\n"),
        ("工作简报 第5期\n\n编者按：现将三家的做法刊发。", "（{cn}）{org}有招。{text}{more}\n"),
    ],
)
def test_paragraphs_that_open_with_a_union_of_their_own_are_accounts(front: str, form: str) -> None:
    rows = [form.format(cn="一二三"[n], title=t, org=o, text=x, more=_MORE[n]) for n, (t, o, x) in enumerate(_SHORT)]
    found = accounts(SourceText(front + "\n\n" + "".join(rows))).accounts
    assert len(found) == 3


def test_paragraphs_of_one_report_that_open_with_unions_are_no_accounts() -> None:
    rows = [f"{o}也动了起来。{x}{more}\n\n" for (_, o, x), more in zip(_SHORT, _MORE, strict=True)]
    text = "三地工会忙入冬\n\n入冬以来，各地工会把热水、热饭、热炕送到职工手里。\n\n" + "".join(rows)
    assert len(accounts(SourceText(text)).accounts) == 1


# ---------------------------------------------------------------- comments behind a group


def _commented(comment: str) -> list[list[str]]:
    rows = [f"{t}\n{o}\n\n背景\n{x}\n成效\n{more}\n\n" for (t, o, x), more in zip(_SHORT, _MORE, strict=True)]
    text = "优秀案例选编\n\n一等奖\n\n" + "".join(rows) + f"专家点评\n\n{comment}\n"
    found = accounts(SourceText(text)).accounts
    return [[said.removeprefix("专家点评\n") for said in about(account, "comment")] for account in found]


def test_each_comment_belongs_to_the_accounts_that_it_speaks_of() -> None:
    harbour = "方知远（东海大学教授）：椒江把旧库房用活了，介休则把温暖送到了井口，小处见真章。"
    orchard = "秦小满（省总工会研究室主任）：洛川的“算盘会”让工钱有了商量，值得一看。"
    assert _commented(f"{harbour}\n{orchard}") == [[harbour], [harbour], [orchard]]


def test_a_comment_that_names_no_account_speaks_of_all() -> None:
    comment = "方知远（东海大学教授）：几个例子都从职工最急的小事做起，做得久，才做得成。"
    assert _commented(comment) == [[comment]] * 3


def test_a_comment_on_some_accounts_leaves_out_the_others() -> None:
    comment = "方知远（东海大学教授）：椒江的茶屋和介休的换衣间，一冷一热，都暖人心。"
    assert _commented(comment) == [[comment], [comment], []]


@pytest.mark.parametrize(
    "line",
    [
        "以上材料供各地工会在工作中学习借鉴。",
        "本栏按来稿先后顺序排列。",
        "（根据各单位来函整理）",
        "（未经作者本人审定）",
    ],
)
def test_what_the_editors_say_at_the_end_is_no_part_of_an_account(line: str) -> None:
    rows = [f"{t}\n{o}\n\n{x}\n{more}\n\n" for (t, o, x), more in zip(_SHORT, _MORE, strict=True)]
    found = accounts(SourceText("优秀案例选编\n\n" + "".join(rows) + line + "\n")).accounts
    assert len(found) == 3
    assert line.strip("（）") not in found[-1].passage.text
