"""Whose account it is by its layout, and which unions named in running text are others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.loaders.reading_of_text import account_of
from unionkg.loaders.extract.own_name import names_another, own_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("云桥市临川区总工会办夜校", "云桥市临川区总工会"),
        ("新港码头有限公司工会：一线说了算", "新港码头有限公司工会"),
        ("拍一张照片，工会驿站跟着变样", ""),
        ("劳模进校园", ""),
    ],
)
def test_name_at_the_head_of_the_title(title: str, name: str) -> None:
    account, _ = account_of(f"{title}\n正文。")
    assert own_name(replace(account, body=len(title) + 1)) == name


def test_name_beside_the_title() -> None:
    account, _ = account_of("家门口的夜校\n新港镇总工会\n正文。")
    assert own_name(replace(account, body=14, byline=(7, 13))) == "新港镇总工会"


@pytest.mark.parametrize(
    ("words", "another"),
    [
        ("2020年，省总工会印发意见", True),
        ("全国总工会部署", True),
        ("县政府出台办法", True),
        ("邻近的新港区总工会", True),
        ("区总工会启动", False),
        ("临川区总工会启动", False),
        ("工会启动", False),
        ("职工都来了", False),
    ],
)
def test_another_union_acts(words: str, another: bool) -> None:
    assert names_another("云桥市临川区总工会", words) is another


def test_without_a_printed_name_nobody_is_another() -> None:
    assert not names_another("", "省总工会出台意见")
