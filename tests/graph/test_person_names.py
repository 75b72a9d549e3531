"""Names of persons in prose: found beside what people are called by, and nothing else taken for one."""

from __future__ import annotations

import pytest

from unionkg.graph.person_names import Names, is_name, masked, names_in


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("区总工会主席陈安之同志到场。", "区总工会主席某某同志到场。"),
        ("市总工会常务副主席魏文表示,明年再建十个。", "市总工会常务副主席某某表示,明年再建十个。"),
        ("本报讯(记者 苏小满 通讯员 郭子衿)近日,", "本报讯(记者 某某 通讯员 某某)近日,"),
        ("本报记者 苏小满 郭子衿 摄", "本报记者 某某 某某 摄"),
        ("电子厂职工孙小禾说,下班就能学。", "电子厂职工某某说,下班就能学。"),
        ("邀请法学院徐知行副教授讲课", "邀请法学院某某副教授讲课"),
        ("2020年5月,梁文博主席在调研时提出", "2020年5月,某某主席在调研时提出"),
        ("建起“蔡明远劳模创新工作室”", "建起“某某劳模创新工作室”"),
        ("撰稿：吕 航　责编/姚梦溪", "撰稿：某某　责编/某某"),
        ("全国劳模沈青禾、市劳模罗一鸣带着徒弟来了", "全国劳模某某、市劳模某某带着徒弟来了"),
        ("党委书记欧阳若谷，工会主席司马文到会", "党委书记某某，工会主席某某到会"),
        ("外卖骑手阿迪力·买买提说，有了落脚处", "外卖骑手某某说，有了落脚处"),
        ("帮带活动由宋小北、蒋知秋、魏长青、吕思齐等承担", "帮带活动由宋小北、某某、某某、某某等承担"),
        ("真是方便。（邹小鱼）", "真是方便。（某某）"),
    ],
)
def test_a_name_beside_what_tells_it_is_masked(text: str, shown: str) -> None:
    assert masked(text, Names()) == shown


@pytest.mark.parametrize(
    "text",
    [
        "工会主席、副主席和全体职工参加",
        "项目经理、车间主任和班组长带头",
        "党支部书记兼任工会主席",
        "全国劳模、金牌工匠走进校园",
        "职工满意度、员工平均工时、职工安全都有改善",
        "职工温暖之家和安康驿站",
        "江苏省总工会主席办公会",
        "嘉兴市、平湖市总工会书记会议",
        "班组老师傅进行帮带",
        "律师事务所律师团队进驻",
        "王女士说,汪老师讲的她一听就懂",
        "向日葵工作室、连心工作室、石榴籽工作室",
        "学习贯彻习近平总书记重要指示,弘扬雷锋精神",
        "浦东、黄浦、徐汇、静安四区工会",
        "干部、职工、家属三方满意",
        "当前用户习惯改变了",
        "建成职工书屋·阅读角，主席周密部署，书记许诺兑现",
        "马桥、吴泾、梅陇、颛桥四个镇的工会",
        "配送黄瓜、胡萝卜、李子、杨梅等农产品",
    ],
)
def test_posts_places_and_common_words_stay(text: str) -> None:
    assert masked(text, Names()) == text


def test_a_name_found_once_is_known_wherever_it_stands() -> None:
    text = "记者郑晚晴报道。\n郑晚晴走访了三家企业。"
    assert names_in(text) == {"郑晚晴"}
    assert "郑晚晴" not in masked(text, Names(names_in(text)))


@pytest.mark.parametrize("printed", ["陈安之", "陈 安 之", "陈安\n之"])
def test_a_known_name_is_masked_however_it_is_set(printed: str) -> None:
    assert masked(f"由{printed}牵头", Names(frozenset({"陈安之"}))) == "由某某牵头"


def test_a_known_name_that_is_a_place_or_a_word_is_masked_only_beside_a_post() -> None:
    known = Names(frozenset({"安康", "高峰", "王平"}))
    assert masked("安康市总工会", known) == "安康市总工会"
    assert masked("王平镇总工会请王平讲课", known) == "王平镇总工会请某某讲课"


def test_who_is_to_be_shown_is_shown() -> None:
    text = "劳模沈青禾、劳模罗一鸣到场"
    assert masked(text, Names(shown=frozenset({"沈青禾"}))) == "劳模沈青禾、劳模某某到场"


def test_further_words_have_their_own_mask_and_longer_names_of_others_stay() -> None:
    names = Names(
        others={"示例制衣有限公司工会": "某工会", "新河镇总工会": "某工会", "老新河镇总工会": "老新河镇总工会"}
    )
    assert masked("示例制衣(有限公司)工会", names) == "某工会"
    assert masked("新河镇总工会和老新河镇总工会", names) == "某工会和老新河镇总工会"


@pytest.mark.parametrize(
    ("text", "is_one"), [("陈安之", True), ("欧阳若谷", True), ("编辑部", False), ("安康", False), ("", False)]
)
def test_what_is_nothing_but_a_name(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one


def test_masking_twice_changes_nothing() -> None:
    once = masked("区总工会主席陈安之同志和职工孙小禾说", Names())
    assert masked(once, Names()) == once
