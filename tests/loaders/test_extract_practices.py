"""Which words name the main practice and its parts, and which quoted words name none."""

from __future__ import annotations

import pytest

from tests.loaders.practice_accounts import main_of, practices_of, told
from tests.loaders.reading_of_text import grounded
from unionkg.loaders.extract import practices


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "青山区总工会打造“工友港”服务品牌",
            "青山区总工会推出“工友港”服务品牌，给来往职工歇脚、充电。“工友港”开到了八个园区。",
            "“工友港”服务品牌",
        ),
        (
            "“三亮三比”机制让班组动起来",
            "公司工会建立“三亮三比”机制，月月亮榜。一年下来，“三亮三比”覆盖了全部班组。",
            "“三亮三比”机制",
        ),
        ("组建临江物流园区联合工会", "镇总工会用半年时间走访，把散在园区里的小企业聚到一处。", "临江物流园区联合工会"),
        ("搭建职工创新孵化平台", "集团工会搭建职工创新孵化平台，给点子找资金、找场地。", "职工创新孵化平台"),
        (None, "6月3日，白河县总工会启动“夏荫”关爱行动，给路上跑的人送水送药。", "“夏荫”关爱行动"),
        (None, "南岭市建材行业工会联合会5月8日成立，三十家门店的店员有了组织。", "南岭市建材行业工会联合会"),
        (
            "北河縣總工會推出「暖蜂」行動",
            "北河縣總工會推出「暖蜂」行動，給騎手送頭盔。「暖蜂」行動辦了三場。",
            "「暖蜂」行動",
        ),
        ('县总工会推出"阳光小站"项目', '县总工会推出"阳光小站"项目，"阳光小站"建在工地旁。', '"阳光小站"项目'),
        ("河东区总工会——茶业行业工资集体协商", "区总工会出面牵头，谈了三轮。", "茶业行业工资集体协商"),
    ],
)
def test_main_practice_is_called_by_its_shortest_full_name(title: str | None, text: str, name: str) -> None:
    found = main_of(text, title)
    assert name in {found.name, *found.aliases}
    assert len(found.name) <= len(name) + 8


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        ("最后一公里", "县总工会推行“红马甲”代办机制，打通服务职工“最后一公里”。“红马甲”跑遍了乡镇。"),
        ("僵尸工会", "区总工会实施“活血”行动，不让一家“僵尸工会”留在册上。"),
        ("娘家人", "工会推出“周末送岗”活动，职工说“娘家人”真贴心。"),
        ("独唱", "公司工会组建“智汇”创新联盟，让攻关从“独唱”成了合唱。"),
        ("涨粉", "市总工会开设“工声”专栏，半年“涨粉”十万。"),
        ("第一名", "工会举办“金扳手”技能大赛，老赵拿了“第一名”。"),
        ("五一劳动奖状", "工会开展“金穗”劳动竞赛，公司获得“五一劳动奖状”。"),
        ("这下放心了。", "工会办起“蒲公英”托管班，一位母亲说：“这下放心了。”"),
        ("安全生产法", "工会设立“安全哨”监督岗，学习《安全生产法》。"),
    ],
)
def test_idioms_irony_honours_and_speech_are_no_practices(quoted: str, text: str) -> None:
    names = [name for practice in practices_of(text) for name in (practice.name, *practice.aliases)]
    assert not any(quoted in name for name in names)


def test_brand_wins_over_the_trouble_that_it_solves() -> None:
    found = main_of(
        "临港镇总工会推行“一码办”服务机制，职工扫码就能办事。半年来，“一码办”办结三百件。",
        "临港镇总工会推行“一码办” 破解“跑断腿”难题",
    )
    assert "一码办" in found.name


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "牵头成立粮油行业工会联合会",
            "县总工会牵头成立粮油行业工会联合会，粮油店的伙计有了组织。",
            "粮油行业工会联合会",
        ),
        (
            "镇总工会建立货运行业联合工会",
            "镇总工会走了四个月，货运行业联合工会成立，司机陆续加入。",
            "货运行业联合工会",
        ),
        (None, "5月6日，区总工会启动“暖炉”提升行动，给老旧站点换桌椅。", "“暖炉”提升行动"),
        ("搭建创新创业服务平台", "集团工会搭建创新创业服务平台，给年轻人找导师。", "创新创业服务平台"),
        (
            "石桥县总工会：“三敲门”叩开心扉",
            "石桥县总工会推行“三敲门”工作法，“三敲门”工作法走遍山乡。",
            "“三敲门”工作法",
        ),
        (
            "加强行业协商机制建设 推动劳动关系和谐",
            "市总工会加强行业协商机制建设，行业协商机制管到每条街。",
            "行业协商机制",
        ),
    ],
)
def test_name_begins_and_ends_with_whole_words(title: str | None, text: str, name: str) -> None:
    assert main_of(text, title).name.strip("“”") == name.strip("“”")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("丰台湖总工会：伞撑到了站台上", "丰台湖总工会推出“借伞”服务，“借伞”服务开在二十个站台。"),
        ("一把伞的事也有人管", "区总工会推出“借伞”服务，“借伞”服务开在二十个站台。"),
        ("这把“伞”撑到家", "区总工会推出“借伞”服务，“借伞”服务开在二十个站台。"),
    ],
)
def test_headline_that_tells_a_story_does_not_name_the_practice(title: str, text: str) -> None:
    assert "借伞" in main_of(text, title).name


def test_brand_that_heads_many_things_is_called_by_what_the_title_names() -> None:
    text = "公司工会打造“五色石”班组品牌。“五色石”故事会讲了十场，“五色石”夜校开了课，“五色石”书架添了书。"
    assert main_of(text, "打造“五色石”班组品牌").name == "“五色石”班组品牌"


def test_list_of_activities_gives_a_part_each() -> None:
    names = {
        name
        for practice in practices_of(
            "区总工会推行“邻里港”服务机制，“邻里港”服务机制进了楼。区总工会推出“午间充电”课堂、“周末放映”项目、“月末义诊”行动。",
            "区总工会“邻里港”服务机制",
        )
        for name in (practice.name, *practice.aliases)
    }
    assert {"午间充电", "周末放映", "月末义诊"} <= names


@pytest.mark.parametrize(
    ("text", "title", "method"),
    [
        ("区总工会推出“蓝雨衣”行动，“蓝雨衣”行动办了三场。", "区总工会推出“蓝雨衣”行动", "practice.title_headed_quote"),
        ("6月1日，白河县总工会启动“蓝雨衣”关爱行动，送雨具。", None, "practice.lead_headed_quote"),
        ("镇总工会用半年走访，把小企业聚到一处。", "组建临江物流园区联合工会", "practice.title_title"),
    ],
)
def test_method_tells_where_and_how_the_name_was_read(text: str, title: str | None, method: str) -> None:
    found = main_of(text, title)
    assert found.method == method
    assert 0 < found.confidence <= 1


def test_weights_decide_which_name_is_the_main_one() -> None:
    account, _ = told("区总工会推出“青橙”计划。街道工会办起“白杨”夜校。", "区总工会推出“青橙”计划")
    fitted = practices.fitted()
    reversed_weights = practices.Weights({name: -weight for name, weight in fitted.main.items()}, {}, fitted.theme)
    assert "青橙" in practices.weighed(account, fitted)[0].name
    assert "青橙" not in practices.weighed(account, reversed_weights)[0].name


def test_exactly_one_practice_is_main_and_parts_follow() -> None:
    found = practices_of(
        "区总工会建立“四心”服务机制。一是开设“匠心课堂”，每周一课；二是推出“暖心套餐”项目；三是设立“舒心小屋”品牌。“四心”服务机制惠及两千人。",
        "区总工会“四心”服务机制",
    )
    assert [practice.main for practice in found] == [True] + [False] * (len(found) - 1)
    assert "四心" in found[0].name
    assert "匠心课堂" in {alias for practice in found[1:] for alias in (practice.name, *practice.aliases)}


def test_no_name_is_given_twice() -> None:
    found = practices_of("总工会开展“银铃”行动。“银铃”行动来到矿区，“银铃”行动又来到车站。", "总工会开展“银铃”行动")
    assert len({practice.key for practice in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "一个没有名堂的句子",
        "7月1日，几个人走了走，看了看，聊了聊。",
        "天气很好，大家都很高兴，谁也没有说什么。",
    ],
)
def test_account_without_any_name_still_has_one_main_practice(text: str) -> None:
    account, document = told(text)
    (only,) = practices.read(account, document)
    assert only.main
    assert only.confidence < 0.5
    assert grounded(only, account)


@pytest.mark.parametrize("text", [" \n \n", "。", "——\n……"])
def test_account_without_words_has_none(text: str) -> None:
    assert practices_of(text) == ()


def test_name_broken_by_the_layout_is_whole_and_its_quotes_stand_in_the_source() -> None:
    account, document = told("南湖区总工会启动“微光\n驿家”关爱行动，“微光驿家”关爱行动今年办了两期。")
    lines = [[account.passage.source.line_span(1), account.passage.source.line_span(2)]]
    from dataclasses import replace

    from unionkg.loaders.source import passage

    joined = replace(account, passage=passage(account.passage.source, lines))
    found = practices.read(joined, document)
    assert found[0].name == "“微光驿家”关爱行动"
    assert all(grounded(practice, joined) for practice in found)


def test_headline_is_kept_as_another_wording() -> None:
    found = main_of("区总工会推出“蓝围裙”志愿行动，“蓝围裙”志愿行动进了四个社区。", "巧手绣出邻里情 邻里乐享新生活")
    assert "蓝围裙" in found.name
    assert "巧手绣出邻里情" in found.aliases


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    first = practices_of("总工会启动“青藤”计划，“青藤”计划带出百名徒弟。")
    practices_of("矿工会开展“送书下井”活动。")
    assert practices_of("总工会启动“青藤”计划，“青藤”计划带出百名徒弟。") == first


def test_account_that_is_only_a_headline_is_read() -> None:
    assert "晨光" in main_of("", "区总工会启动“晨光”陪伴计划").name
