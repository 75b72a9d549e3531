"""Pairs for a person to look at: few, likely, and found without comparing all with all."""

from __future__ import annotations

import random
import time

import pytest

from unionkg.graph.candidates import Subject, candidates
from unionkg.ontology.regions import table


def union(identifier: str, name: str, region: str | None = None, *cases: str) -> Subject:
    return Subject(f"union:{identifier}", "union", name, region, frozenset(cases or (f"case:{identifier}",)))


def reasons(*some: Subject) -> list[str]:
    return [pair.reason for pair in candidates(some)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("上海市闸北区总工会", "310108"), ("上海市静安区总工会", "310106"), "merged_region"),
        (("鼓楼区总工会", None), ("江苏省南京市鼓楼区总工会", "320106"), "place_open"),
        (("上海市宝山区旧营乡总工会", "310113"), ("上海市宝山区旧营镇总工会", "310113"), "same_core"),
        (("示例重工集团有限公司工会", "310113"), ("示例重工集团股份有限公司工会", "310000"), "same_core"),
        (("示重集团工会", "310113"), ("示例重工集团有限公司工会", "310113"), "short_form"),
        (("青岛远航机械制造有限公司工会", "370200"), ("青岛远航机械制造有限公司工会", "330200"), "same_name"),
    ],
)
def test_why_a_pair_is_offered(one: tuple, other: tuple, reason: str) -> None:
    assert reasons(union("1", *one), union("2", *other)) == [reason]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("上海市宝山区顾村镇总工会", "310113"), ("上海市宝山区月浦镇总工会", "310113")),
        (("上海市宝山区总工会", "310113"), ("上海市总工会", "310000")),
        (("上海市闸北区快递行业工会联合会", "310108"), ("上海市闸北区总工会", "310108")),
        (("示例重工第一工程局工会", "310113"), ("示例重工第二工程局工会", "310113")),
        (("示例银行工会", "310113"), ("示例银行宝山支行工会", "310113")),
        (("示例集团工会", "310113"), ("示例集团财务公司工会", "310113")),
        (("凉州凤美机械有限公司工会", "620602"), ("凉州凤天机械有限公司工会", "620602")),
        (("镇总工会", None), ("上海市宝山区顾村镇总工会", "310113")),
        (("示重集团工会", "440100"), ("示例重工集团有限公司工会", "310113")),
    ],
)
def test_what_nobody_would_join_is_not_offered(one: tuple, other: tuple) -> None:
    assert reasons(union("1", *one), union("2", *other)) == []


def test_two_practices_of_one_account_are_two() -> None:
    both = [
        Subject(f"practice:{i}", "practice", name, None, frozenset({"case:1"}), "union:1")
        for i, name in enumerate(("歇脚小屋", "歇脚小屋项目"))
    ]
    assert candidates(both) == []


def test_people_of_one_name_are_offered_where_their_posts_agree_first() -> None:
    posts = ("示例大学教授", "示例大学劳动学院院长", "示例律师协会会长")
    people = [
        Subject(f"person:{i}", "person", "王立新", "310000", frozenset({f"case:{i}"}), post)
        for i, post in enumerate(posts)
    ]
    first, *others = candidates(people)
    assert {first.first, first.other} == {"person:0", "person:1"}
    assert all(pair.score < first.score for pair in others)


def test_no_pair_is_offered_twice() -> None:
    found = candidates([union(str(i), "示例重工集团有限公司工会", "310113") for i in range(6)])
    ends = [frozenset((pair.first, pair.other)) for pair in found]
    assert len(ends) == len(set(ends)) == 15


SYLLABLES = "东西南北中华海天宏大新金银山江河湖星光明辉泰安康达利通顺德信诚美乐家园龙凤鹏飞腾祥瑞丰盛兴旺富强"
TRADES = ("快递", "物流", "餐饮", "家政", "保安", "物业", "货运", "网约车", "建筑", "茶叶", "电商")


def many(number: int) -> list[Subject]:
    """Made-up unions of towns, trades and companies in all counties."""
    draw = random.Random(7)
    counties = list(table().at("county", "2020"))
    found = []
    for i in range(number):
        county = draw.choice(counties)
        made = "".join(draw.choice(SYLLABLES) for _ in range(3))
        names = (
            f"{table().full_name(county.code, '2020')}{made[:2]}镇总工会",
            f"{table().full_name(county.code, '2020')}{draw.choice(TRADES)}行业工会联合会",
            f"{county.short}{made}{draw.choice(('机械', '纺织', '科技'))}有限公司工会",
            f"{made}公司工会",
        )
        found.append(union(str(i), draw.choice(names), county.code))
    return found


def test_the_work_grows_with_the_number_of_names() -> None:
    def seconds(number: int) -> float:
        some = many(number)
        start = time.process_time()
        candidates(some)
        return time.process_time() - start

    seconds(200)  # the gazetteer is built
    small, large = seconds(1000), seconds(8000)
    assert large < 8 * 2.5 * small  # comparing all with all would take 64 times as long
