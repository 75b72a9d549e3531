"""Which union stands under which, only where the account says so of unions that it names."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.loaders.extract import union_superiors, unions

Pairs = list[tuple[str, str]]


def read(text: str) -> Pairs:
    account, document = account_of(text)
    found = union_superiors.read(account, document, unions.read(account, document))
    assert all(grounded(item, account) for item in found)
    return [(item.union, item.superior) for item in found]


PORT, GROUP = "云桥港务有限公司工会", "云桥港口集团工会"
HEALTH, TRADE = "江苏省南通市医务工会", "中国教科文卫体工会"
STREET = "上海市徐汇区天平街道总工会"
CATERING = "上海市徐汇区天平街道餐饮行业工会联合会"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PORT}隶属于{GROUP},有会员800人。", [(PORT, GROUP)]),
        (f"{PORT}（隶属于{GROUP}）办起夜校。", [(PORT, GROUP)]),
        (f"{PORT}成立于2003年,现有会员3,200人,直属于{GROUP}。", [(PORT, GROUP)]),
        (f"{PORT}是{GROUP}的直属基层工会。", [(PORT, GROUP)]),
        (f"{PORT}是{GROUP}下属的二级单位工会,成立十年。", [(PORT, GROUP)]),
        (f"作为{GROUP}的下属单位工会,{PORT}年年办夜校。", [(PORT, GROUP)]),
        (f"{GROUP}下属{PORT}办起夜校。", [(PORT, GROUP)]),
        (f"{GROUP}所属的{PORT}办起夜校。", [(PORT, GROUP)]),
        (f"{GROUP}直属单位工会{PORT}办起夜校。", [(PORT, GROUP)]),
        (
            f"{GROUP}下设{PORT}、云桥拖轮有限公司工会两家工会。",
            [(PORT, GROUP), ("云桥拖轮有限公司工会", GROUP)],
        ),
        (f"隶属于{GROUP}的{PORT}办起夜校。", [(PORT, GROUP)]),
        (f"{PORT}的上级工会是{GROUP}。", [(PORT, GROUP)]),
        (f"{HEALTH}接受{TRADE}领导。", [(HEALTH, TRADE)]),
        (f"{CATERING}由{STREET}归口管理,会员四百人。", [(CATERING, STREET)]),
        (f"今年成立“{CATERING}”,独立法人,纳入{STREET}“小三级”工会建设总体布局。", [(CATERING, STREET)]),
        (f"{STREET}把{CATERING}纳入{STREET}统一管理。", [(CATERING, STREET)]),
        (
            f"{HEALTH}受江苏省南通市总工会和{TRADE}双重领导。",
            [(HEALTH, "江苏省南通市总工会"), (HEALTH, TRADE)],
        ),
        # a short form and a pointer of the account
        (f"{STREET}办起夜校。今年,{CATERING}隶属于街道总工会。", [(CATERING, STREET)]),
    ],
)
def test_what_a_sentence_says_is_read(text: str, expected: Pairs) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"在{STREET}领导下,{CATERING}办起夜校。",  # courtesy
        f"{CATERING}受到{STREET}领导好评。",  # leaders, not leading
        f"{STREET}指导{CATERING}开展集体协商。",
        f"{PORT}所在的公司隶属于集团,{GROUP}到场祝贺。",  # companies
        f"{PORT}的食堂隶属于{GROUP}。",
        f"{PORT}办起职工服务中心,隶属于{GROUP}。",
        f"{PORT}成立后,职工服务中心挂牌,隶属于{GROUP}。",
        f"{PORT}不再隶属于{GROUP}。",
        f"{PORT}原隶属于{GROUP}。",
        f"今后拟将{CATERING}纳入{STREET}统一管理。",
        f"{PORT}依托隶属于{GROUP}的文化宫办夜校。",
        f"{PORT}的服务项目纳入{GROUP}服务清单。",
        f"{CATERING}的经费纳入{STREET}管理。",
        f"{GROUP}所属12家单位的职工和{PORT}会员一同参加。",
        f"{STREET}隶属于{CATERING}。",  # a federation stands under no trade's union
        "上海市徐汇区总工会下属上海市静安区总工会到场。",  # two districts
        f"{PORT}隶属于上级工会。{GROUP}到场祝贺。",
        f"{PORT}与{GROUP}的隶属关系不变。",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert read(text) == []


def test_a_word_that_two_unions_answer_to_means_neither() -> None:
    other = "云桥船务有限公司工会"
    assert read(f"{PORT}和{other}办起夜校。公司工会隶属于{GROUP}。") == []


def test_of_a_circle_of_two_the_first_that_is_said_stays() -> None:
    assert read(f"{PORT}隶属于{GROUP}。{GROUP}隶属于{PORT}。") == [(PORT, GROUP)]


def test_the_evidence_is_the_sentence() -> None:
    account, document = account_of(f"夜校办了十年。{PORT}隶属于\n{GROUP}。效果好。".replace("\n", ""))
    (made,) = union_superiors.read(account, document, unions.read(account, document))
    assert [piece.quote for piece in made.evidence] == [f"{PORT}隶属于{GROUP}。"]
