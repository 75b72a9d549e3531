"""References against strings written by hand after GB/T 7714—2015, its section 4 and annex A."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.graph.exchange.references import described, reference
from unionkg.graph.stores.protocol import Node

URL = "https://example.org/2024/a.html"

BY_HAND: list[tuple[dict[str, Any], str]] = [
    # books, collections, reports: who published it, the year, the page
    (
        {"title": "工会工作手记", "authors": ["甲一"], "publisher": "示例出版社", "published": "2019-03", "page": "12-15"},
        "甲一. 工会工作手记[M]. 示例出版社, 2019: 12-15.",
    ),
    (
        {"title": "工会工作手记", "authors": ["甲", "乙", "丙"], "publisher": "示例出版社", "published": "2019"},
        "甲, 乙, 丙. 工会工作手记[M]. 示例出版社, 2019.",
    ),
    (
        {"title": "工会工作手记", "authors": ["甲", "乙", "丙", "丁"], "publisher": "示例出版社"},
        "甲, 乙, 丙, 等. 工会工作手记[M]. 示例出版社.",
    ),
    ({"title": "基层案例汇编（2017年）", "publisher": "示例市总工会", "published": "2018-05-02"}, "基层案例汇编（2017年）[G]. 示例市总工会, 2018."),
    ({"title": "重点案例选登 (上半年)", "published": "2024"}, "重点案例选登 (上半年)[G]. 2024."),
    ({"title": "示例市集体协商调研报告", "authors": ["示例研究室"]}, "示例研究室. 示例市集体协商调研报告[R]."),
    ({"title": "示例工会简报", "publisher": "示例县总工会", "published": "2021-05"}, "示例工会简报[R]. 示例县总工会, 2021."),
    # newspapers: the day and the page in brackets
    (
        {"title": "驿站开到楼下", "authors": ["甲一"], "publisher": "示例日报", "published": "2024-07-22", "page": "2"},
        "甲一. 驿站开到楼下[N]. 示例日报, 2024-07-22(2).",
    ),
    ({"title": "驿站开到楼下", "publisher": "示例工人报"}, "驿站开到楼下[N]. 示例工人报."),
    ({"title": "示例日报", "publisher": "示例日报", "published": "2024-07-22"}, "示例日报[N]. 2024-07-22."),
    (
        {"title": "驿站开到楼下", "publisher": "示例日报", "published": "2024-07-22", "url": URL},
        f"驿站开到楼下[N/OL]. 示例日报, 2024-07-22. {URL}.",
    ),
    # journals: year, volume(number): page
    (
        {"title": "协商怎么谈", "authors": ["甲一"], "publisher": "示例工运", "issue": "2021年第6期", "published": "2021-06", "page": "20-22"},
        "甲一. 协商怎么谈[J]. 示例工运, 2021(6): 20-22.",
    ),
    (
        {"title": "协商怎么谈", "publisher": "示例学院学报", "issue": "第35卷第2期", "published": "2021"},
        "协商怎么谈[J]. 示例学院学报, 2021, 35(2).",
    ),
    ({"title": "协商怎么谈", "publisher": "示例工运", "issue": "增刊", "published": "2022"}, "协商怎么谈[J]. 示例工运, 2022(增刊)."),
    ({"title": "协商怎么谈", "publisher": "示例工运", "issue": "总第120期"}, "协商怎么谈[J]. 示例工运(总第120期)."),
    ({"title": "协商怎么谈", "publisher": "示例工运", "issue": "2022-5", "published": "2022"}, "协商怎么谈[J]. 示例工运, 2022(5)."),
    # a whole issue: its number, then who published it
    ({"title": "示例工运", "publisher": "示例报社", "issue": "第5期", "published": "2018-05"}, "示例工运[J]. 2018(5). 示例报社, 2018."),
    # on line: the day in brackets, the address at the end
    ({"title": "驿站开到楼下", "published": "2024-07-22", "url": URL}, f"驿站开到楼下[EB/OL]. (2024-07-22). {URL}."),
    (
        {"title": "驿站开到楼下", "publisher": "示例网", "published": "2024-07-22", "url": URL},
        f"驿站开到楼下[EB/OL]. 示例网, 2024(2024-07-22). {URL}.",
    ),
    ({"title": "驿站开到楼下", "publisher": "示例网", "published": "2024", "url": URL}, f"驿站开到楼下[EB/OL]. 示例网, 2024. {URL}."),
    ({"title": "驿站开到楼下", "url": URL}, f"驿站开到楼下[EB/OL]. {URL}."),
    # what it is nobody knows; a blank of the layout is one blank
    ({"title": "示例工运", "publisher": "示例报社", "published": "2018"}, "示例工运[Z]. 示例报社, 2018."),
    ({"title": "《甲县探索\n 新办法》等6篇"}, "《甲县探索 新办法》等6篇[Z]."),
]  # fmt: skip


@pytest.mark.parametrize(("known", "wanted"), BY_HAND, ids=lambda value: value if isinstance(value, str) else "")
def test_a_reference_is_as_written_by_hand(known: dict[str, Any], wanted: str) -> None:
    assert reference(Node("Document", "doc:1", known)) == wanted


@pytest.mark.parametrize(("known", "wanted"), BY_HAND, ids=lambda value: value if isinstance(value, str) else "")
def test_nothing_is_said_that_is_not_known(known: dict[str, Any], wanted: str) -> None:
    told = reference(Node("Document", "doc:1", known))
    assert "不详" not in told
    assert "佚名" not in told
    assert "None" not in told
    assert (". ." in told, ",." in told, "()" in told) == (False, False, False)


def test_a_document_without_a_title_has_its_id() -> None:
    assert reference(Node("Document", "doc:1", {"sha256": "0" * 64})) == "doc:1[Z]."


def test_parts_can_be_had_apart() -> None:
    told = described(
        Node("Document", "doc:1", {"title": "甲", "publisher": "示例工运", "issue": "第3卷第2期", "published": "2021"})
    )
    assert (told.mark, told.periodical, told.publisher, told.year, told.volume, told.number) == (
        "J",
        "示例工运",
        None,
        "2021",
        "3",
        "2",
    )
