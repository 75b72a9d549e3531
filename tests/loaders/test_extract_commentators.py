"""Who comments on an account, and with which post."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.loaders.extract import commentators


def read(text: str, comment: str | None = None, about: str | None = None) -> list[tuple[str, str | None]]:
    account, document = account_of(text, about=[("comment", about)] if about else [], comment=comment)
    found = commentators.read(account, document)
    assert all(grounded(item, account) for item in found)
    return [(item.name, item.title) for item in found]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            "专家点评\n云桥大学法学院教授、市劳动法学会理事 林一舟:\n做法新。",
            [("林一舟", "云桥大学法学院教授、市劳动法学会理事")],
        ),
        ("【专家点评】\n省工运研究会研究员　周平\n四个案例各有长处。", [("周平", "省工运研究会研究员")]),
        ("点评:调解走在前头,成本就低。(何田,执业律师)", [("何田", "执业律师")]),
        (
            "点评:阵地大了更要用好。(何田,执业律师;郑小棠,市工会干部学校讲师)",
            [("何田", "执业律师"), ("郑小棠", "市工会干部学校讲师")],
        ),
        ("点评人:高峰,云桥学院副教授\n思路清楚。", [("高峰", "云桥学院副教授")]),
        ("陈立(市总工会法律顾问):\n协商要算账。", [("陈立", "市总工会法律顾问")]),
        ("點評:做法可學。(許安,執業律師)", [("許安", "執業律師")]),
        (
            "专家点评\n云桥大学教授 林一舟:\n好。\n市律协副会长 钱满:\n也好。",
            [("林一舟", "云桥大学教授"), ("钱满", "市律协副会长")],
        ),
    ],
)
def test_printed_forms(printed: str, expected: list[tuple[str, str | None]]) -> None:
    assert read("工会办夜校。", about=printed) == expected


def test_comment_inside_the_account() -> None:
    assert read("工会办夜校。", comment="原云桥区总工会主席 石磊:\n夜校办到了心坎上。") == [
        ("石磊", "原云桥区总工会主席")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "市总工会主席黄某说,驿站还要多建。",
        "某某大学教授王某到场讲课。",
        "职工们点评菜品:味道好。",
        "县总工会副主席李一(兼):负责统筹。",
    ],
)
def test_speakers_are_no_commentators(text: str) -> None:
    assert read(text) == []
