"""The flat record: what the scorer reads, verbatim names and quotes within their limits, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.graph.making import TEXT, evidence, identified, stated
from unionkg.errors import RecordError
from unionkg.graph.exchange.flat import flat, unflat
from unionkg.graph.records import ConceptStatement, Evidence, UnionStatement

FIELDS = {
    "id",
    "source",
    "kind",
    "title",
    "first_line",
    "last_line",
    "unions",
    "regions",
    "practices",
    "concepts",
    "target_groups",
    "outcomes",
    "partners",
    "policies",
    "platforms",
    "honors",
    "commentators",
    "diffusion",
    "started",
}


def find(quote: str) -> Evidence:
    return evidence(quote)[0]


def test_every_field_of_the_form_is_there() -> None:
    (made,) = identified()
    told = flat(made, "示例.txt")
    assert set(told) == FIELDS
    assert told["outcomes"][0] == {
        "indicator": "驿站",
        "value": 12,
        "unit": "个",
        "approx": False,
        "from": None,
        "period": "2022",
        "quote": "驿站增至12个",
    }


def test_an_account_in_several_places_has_spans() -> None:
    (made,) = identified()
    told = flat(replace(made, lines=((1, 2), (7, 9))), "示例.txt")
    assert told["spans"] == [[1, 2], [7, 9]]
    assert "first_line" not in told


@pytest.mark.parametrize(
    ("quotes", "name"),
    [
        (("宝山区示例镇总工会",), "宝山区示例镇总工会"),
        (("宝山区示例镇总工会", "宝山区示例镇总工会把闲置门房改成工会驿站"), "宝山区示例镇总工会"),
        (("宝山区", "示例镇总工会"), "示例镇总工会"),
    ],
)
def test_a_name_stands_verbatim_even_when_columns_cut_it(quotes: tuple[str, ...], name: str) -> None:
    union = stated(
        UnionStatement,
        "宝山区",
        name="宝山区示例镇总工会",
        canonical="x",
        role="originator",
        type="local_federation",
        level="township",
    )
    union = replace(union, evidence=tuple(e for q in quotes for e in evidence(q)))
    (made,) = identified()
    assert flat(replace(made, unions=(union,)), "示例.txt")["unions"][0]["name"] == name


def test_a_long_quote_is_cut_to_the_forms_length() -> None:
    long = TEXT[: TEXT.index("上海市总工会")].replace("\n", "")
    (made,) = identified()
    concept = replace(stated(ConceptStatement, "工会驿站", concept="x"), evidence=(Evidence(long, 0, len(long)),))
    quote = flat(replace(made, concepts=(concept,)), "示例.txt")["concepts"][0]["quote"]
    assert len(quote) == 40
    assert long.replace(" ", "").startswith(quote)


def test_back_from_flat_says_the_same() -> None:
    (made,) = identified()
    told = flat(made, "示例.txt")
    back = unflat(told, made.document, find, "f:1")
    again = flat(replace(back, id=made.id), "示例.txt")
    assert again == told


@pytest.mark.parametrize(
    "change",
    [
        {"kind": None},
        {"unions": {}},
        {"unions": [5]},
        {"outcomes": [{}]},
        {"first_line": None},
        {"first_line": float("inf")},
        {"spans": [5]},
        {"spans": [[]]},
        {"spans": "12"},
        {"title": 5},
        {"started": 2021},
        {"policies": "条例"},
        {"platforms": [5]},
    ],
)
def test_a_broken_flat_record_is_refused_with_its_place(change: dict) -> None:
    (made,) = identified()
    told = {**flat(made, "示例.txt"), **change}
    with pytest.raises(RecordError, match="f:7"):
        unflat(told, made.document, find, "f:7")
