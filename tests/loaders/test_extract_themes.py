"""Which of the 15 fields an account belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.practice_accounts import main_of, practices_of, told
from unionkg.loaders.extract import practices, themes
from unionkg.ontology.vocabulary import terms


@pytest.mark.parametrize(
    ("title", "text", "theme"),
    [
        ("集团工会举办焊工技能大赛", "集团工会举办焊工技能大赛，八十名选手同台比武。", "劳动和技能竞赛"),
        ("县总工会建设工会驿站", "县总工会建成工会驿站四十家，环卫工人进门就能喝上热水。", "工会服务职工"),
        (
            "区总工会推行工会劳动法律监督“一函两书”",
            "区总工会发出提示函六份，督促企业补发工资，劳动法律监督员上门回访。",
            "劳动法律监督",
        ),
        ("商圈联合工会成立", "街道总工会组建商圈联合工会，新建基层工会九家，会员入会一千人。", "基层工会建设"),
        ("关爱外卖骑手行动", "市总工会走近新就业形态劳动者，给快递员、外卖骑手送头盔。", "新就业形态劳动者"),
        ("餐饮行业工资集体协商", "行业工会与协会开展工资集体协商，签订集体合同。", "构建和谐劳动关系"),
        (
            "“法院+工会”诉调对接",
            "市总工会与法院设立劳动争议调解室，调解劳动争议百余件，律师提供法律援助。",
            "劳动争议调解和法律援助",
        ),
        ("智慧工会平台上线", "市总工会建成智慧工会平台，小程序、大数据一网通办。", "智慧工会建设"),
        ("女职工关爱室", "矿工会建起女职工关爱室，孕期、哺乳期女职工有了歇处，三八节还办两癌筛查。", "女职工工作"),
        ("职工“五小”创新活动", "公司工会征集“五小”成果、合理化建议九百条，职工创新成果获奖。", "群众性技术创新"),
        ("理论宣讲进车间", "市总工会组织理论宣讲、红色诵读，推进职工思想政治工作。", "思想政治引领"),
        ("劳模工匠进校园", "劳模、工匠走进学校讲劳模精神、工匠精神，劳模工匠收徒。", "发挥劳模工匠作用"),
    ],
)
def test_theme_follows_what_the_account_is_about(title: str, text: str, theme: str) -> None:
    assert main_of(text, title).theme == theme


def test_title_outweighs_a_list_of_other_services_in_the_body() -> None:
    text = "平台上还能报名参加运动会、体检和相亲活动。职工说方便。"
    assert main_of(text, "区总工会建成智慧工会数字化平台").theme == "智慧工会建设"


def test_account_without_any_cue_is_put_with_services() -> None:
    assert main_of("无人知道那一天发生了什么，也没有谁去问。").theme == themes.label("member_services")


def test_every_practice_has_an_official_theme() -> None:
    labels = {term.zh for term in terms("themes")}
    found = practices_of("总工会建立“六送”机制，推出“法律门诊”项目、“技能夜校”课堂、“暖冬”慰问活动。")
    assert found
    assert {practice.theme for practice in found} <= labels


def test_part_has_the_theme_that_its_own_name_says() -> None:
    found = practices_of(
        "市总工会建立“家家乐”服务机制，又推出“律师直通车”法律援助项目，“律师直通车”办案百件。“家家乐”服务机制办起食堂和体检。",
        "市总工会“家家乐”服务机制",
    )
    part = next(practice for practice in found if "律师直通车" in practice.name)
    assert part.theme == "劳动争议调解和法律援助"


def test_workspace_renames_a_field(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text(
        "key,zh,en,aliases,official,broader,cues,not_cues\n"
        "digital_union,数字工会,Digital union,,智慧工会建设,,智慧工会|小程序,\n",
        encoding="utf-8",
    )
    account, document = told("市总工会建成智慧工会平台，智慧工会平台用小程序办事。", "智慧工会平台上线")
    assert practices.read(account, document, tmp_path)[0].theme == "数字工会"
    assert practices.read(account, document)[0].theme == "智慧工会建设"


def test_unknown_field_has_no_label() -> None:
    with pytest.raises(KeyError):
        themes.label("no_such_theme")


def test_part_without_a_word_of_any_field_has_that_of_the_main_practice() -> None:
    found = practices_of(
        "市总工会推行“一函两书”监督机制，又推出“小满”项目，“小满”项目进了三家厂。“一函两书”监督机制督促企业整改。",
        "市总工会推行“一函两书”监督机制",
    )
    part = next(practice for practice in found if "小满" in practice.name)
    assert (found[0].theme, part.theme) == ("劳动法律监督", "劳动法律监督")


@pytest.mark.parametrize(
    ("title", "text", "theme"),
    [
        ("产业工人实训基地", "厂工会建起产业工人实训基地，学徒跟着首席工人考等级。", "产业工人队伍建设改革"),
        ("“工声”融媒体专栏", "市总工会开设“工声”专栏，用短视频、纪录片讲工人的故事。", "宣传传播"),
        ("职工权益保障“回头看”", "区总工会检查工伤、职业病防治，帮农民工讨薪，维护合法权益。", "维护职工权益"),
    ],
)
def test_theme_is_told_by_other_words_of_the_field(title: str, text: str, theme: str) -> None:
    assert main_of(text, title).theme == theme
