"""Whom a practice is for: the groups and the words that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.practice_accounts import told
from tests.loaders.reading_of_text import grounded
from unionkg.graph.records import TargetGroupStatement
from unionkg.loaders.extract import target_groups


def read(text: str, title: str | None = None) -> tuple[TargetGroupStatement, ...]:
    account, document = told(text, title)
    found = target_groups.read(account, document)
    assert all(grounded(item, account) for item in found)
    return found


def groups(text: str, title: str | None = None) -> set[str]:
    return {item.group for item in read(text, title)}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("工会给200名快递员免费体检，快递员都说好。", "快递员"),
        ("外卖骑手进站就能歇脚，三百名外卖骑手领到头盔。", "网约送餐员"),
        ("货车司机跑长途累，工会把货车司机请进新家洗澡吃饭。", "货车司机"),
        ("工会为网约车司机谈下抽成上限，三千名网约车司机受益。", "网约车司机"),
        ("外卖哥进站就能歇脚，三百名外卖哥领到头盔。", "网约送餐员"),
        ("工会给巡护人员送去雨衣，九十名巡护人员用上了新雨衣。", "户外劳动者"),
        ("环卫工人凌晨上岗，工会为环卫工人备好早餐。", "环卫工人"),
        ("工会驿站服务户外劳动者五万人次，户外劳动者随到随歇。", "户外劳动者"),
        ("工会帮农民工讨薪，六十名农民工拿到工资。", "农民工"),
        ("工会为女职工办两癌筛查，八百名女职工受益。", "女职工"),
        ("工会组织教职工疗休养，教职工报名踊跃。", "教职工"),
        ("暑托班收下职工子女四十名，职工子女免费午餐。", "职工子女"),
        ("工会走访困难职工九十户，给困难职工送去慰问金。", "困难职工"),
        ("月嫂、保姆这些家政服务员也入了会，家政服务员工资有了底线。", "家政服务员"),
        ("工会給貨車司機送水，貨車司機說暖心。", "货车司机"),
        ("厂工会给职工办食堂，全体职工吃上热饭。", "全体职工"),
        ("园区里的茶农入会，工会教茶农修枝。", "农业从业人员"),
        ("街上的商户结成联合工会，两百家商户互相帮衬。", "商户从业人员"),
    ],
)
def test_group_that_is_served_is_found(text: str, group: str) -> None:
    assert group in groups(text)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("工会驿站服务环卫工人，环卫工人五百名进站。站里没有职工书屋。", "全体职工"),
        ("工会为快递员建起小哥之家。他们弘扬工匠精神。快递员入会三百名。", "劳模工匠"),
        ("工会给货车司机送水。《农民工权益条例》摆在桌上，货车司机翻了翻。", "农民工"),
        ("工会为货车司机建站，货车司机入会两千名，由女工委牵头。", "女职工"),
        ("工会组织户外活动，职工爬山赏花，三百名职工参加户外活动。", "户外劳动者"),
    ],
)
def test_word_that_only_looks_like_a_group_is_none(text: str, group: str) -> None:
    assert group not in groups(text)


def test_surface_is_the_words_of_the_text() -> None:
    account, document = told("市总工会请外賣小哥看电影，外賣小哥来了六十名。")
    found = target_groups.read(account, document)
    surfaces = {item.group: item.surface for item in found}
    assert surfaces["网约送餐员"] == "外賣小哥"


def test_group_in_the_title_is_surer_than_one_named_in_passing() -> None:
    found = read(
        "站点添了热水和座椅。附近的工会骨干也常来帮忙。货车司机说，路上有了家。",
        "县总工会为货车司机建起歇脚站",
    )
    sure = {item.group: item.confidence for item in found}
    assert sure["货车司机"] == max(sure.values())
    assert sure["货车司机"] > sure.get("工会干部", 0)


def test_specific_group_stands_without_the_general_one() -> None:
    found = groups("两百名快递员领到头盔。快递员休息时也来坐坐。", "工会为快递员办实事")
    assert "快递员" in found
    assert "全体职工" not in found


@pytest.mark.parametrize("text", ["", "。", "春天来了，湖面上起了风。"])
def test_text_without_people_has_no_group(text: str) -> None:
    assert read(text) == ()


def test_no_group_is_given_twice() -> None:
    found = read("快递员、骑手、货车司机都来了，快递小哥、外卖骑手、卡车司机又来了。")
    assert len({item.key for item in found}) == len(found)


def test_workspace_adds_a_group_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "target_groups.csv").write_text(
        "key,zh,en,aliases,broader,types,cues,not_cues\n"
        "lighthouse_keepers,守灯人,Lighthouse keepers,,all_workers,,守灯人|航标工,\n",
        encoding="utf-8",
    )
    account, document = told("海事工会给12名守灯人送去书和药，守灯人说岛上不再冷清，航标工也来了。")
    assert "守灯人" in {item.group for item in target_groups.read(account, document, tmp_path)}
    assert "守灯人" not in {item.group for item in target_groups.read(account, document)}
