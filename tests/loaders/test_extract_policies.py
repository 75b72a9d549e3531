"""Which titles in 《》 are policies."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.loaders.extract import policies


def titles(text: str) -> list[str]:
    account, document = account_of(text)
    found = policies.read(account, document)
    assert all(grounded(item, account) for item in found)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宣讲《工会法》《民法典》。", ["工会法", "民法典"]),
        ("印发《关于做好职工托管的通知》。", ["关于做好职工托管的通知"]),
        ("出台《经费补助管理办法(试行)》后", ["经费补助管理办法(试行)"]),
        ("通过《云桥县茶业集体合同(草案)》。", ["云桥县茶业集体合同(草案)"]),
        ("制定《驿站建设三年规划》", ["驿站建设三年规划"]),
        ("依據《女職工勞動保護特別規定》", ["女職工勞動保護特別規定"]),
        ("签订《关于共建“暖心小屋”的合作备忘录》", ["关于共建“暖心小屋”的合作备忘录"]),
        ("印发《贯彻〈工会法〉实施细则》", ["贯彻〈工会法〉实施细则"]),
        ("出台《劳模助企十二条》,", ["劳模助企十二条"]),
        ("向三家工厂发出《劳动法律监督提示函》。", ["劳动法律监督提示函"]),
    ],
)
def test_rules_and_plans_are_policies(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《云桥日报》作了报道。",
        "发表在《职工之友》杂志。",
        "刊登于《工会研究》。",
        "入选《民生发展报告》。",
        "颁发《结业证书》。",
        "填写《入会申请表》。",
        "双方交换《师徒结对协议书》。",
        "合唱《咱们工人有力量》。",
        "他写的《阀门快修操作方法》很实用。",
        "签下《共同承诺书》三份。",
    ],
)
def test_publications_forms_and_works_are_not(text: str) -> None:
    assert titles(text) == []


def test_each_title_once_without_brackets() -> None:
    assert titles("《工会法》要宣讲,《工会法》要执行。") == ["工会法"]


def test_title_broken_by_the_layout_is_whole() -> None:
    account, document = account_of("区总印发《驿站运行\n管理办法》。")
    assert policies.read(account, document) == ()  # two paragraphs: the layout did not join them
    account, document = account_of("区总印发《驿站运行 管理办法》。")
    assert [item.value for item in policies.read(account, document)] == ["驿站运行管理办法"]
