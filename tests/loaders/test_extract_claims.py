"""An account's own claims to be first, with their scope."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.graph.records import RegionStatement
from unionkg.loaders.extract import claims


def place(code: str) -> tuple[RegionStatement, ...]:
    return (RegionStatement(name="x", code=code, role="location", evidence=(), method="region.test", confidence=1.0),)


def told(text: str, code: str) -> list[tuple[str, str, str | None]]:
    account, context = account_of(text)
    found = claims.read(account, context, place(code))
    assert all(grounded(one, account) for one in found)
    return [(one.claim, one.scope, one.region) for one in found]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("区总工会建起全市首家骑手之家。", "310113", [("全市首家", "全市", "310000")]),
        ("县总工会办起全市首个货车司机驿站。", "330522", [("全市首个", "全市", "330500")]),
        ("他们在全省率先推行工资集体协商。", "330522", [("全省率先", "全省", "330000")]),
        ("他们率先在全市推行工资集体协商。", "330500", [("率先在全市", "全市", "330500")]),
        ("这是全国工会系统首个共享食堂。", "330500", [("全国工会系统首个", "全国", None)]),
        ("这项办法在广西率先施行。", "450100", [("广西率先", "广西", "450000")]),
        ("县里建成全区首个工人疗养点。", "450123", [("全区首个", "全区", None)]),
        ("自治区总工会建成全区首个工人疗养点。", "450000", [("全区首个", "全区", "450000")]),
        ("镇总工会建成全区首个职工书屋。", "310113", [("全区首个", "全区", "310113")]),
        ("长兴县成立首家商圈联合工会\n本报讯。", "330522", [("长兴县成立首家", "长兴县", "330522")]),
        ("全市建成首个夜间驿站。", "330522", [("全市建成首个", "全市", "330500")]),
        ("县里订下全省首个小微企业工会建设规范。", "330522", [("全省首个", "全省", "330000")]),
        ("它在三十家船厂中首家办起夜校。", "330522", [("三十家船厂中首家", "三十家船厂", None)]),
        ("总工会在长兴县建起首个驿站。", "330500", []),
        ("我们首创了网上职代会，率先试行。", "310113", []),
        ("全市首批三家驿站挂牌。", "310113", []),
        ("作为全国首家上市公司，工会工作起步早。", "310113", []),
    ],
)
def test_a_claim_has_a_scope(text: str, code: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text, code) == expected
