"""Where accounts take place, by their unions and by what they say."""

from __future__ import annotations

import pytest

from tests.loaders.test_extract_unions import account
from unionkg.graph.records import RegionStatement
from unionkg.loaders.accounts import DocumentContext
from unionkg.loaders.extract import regions, unions


def read(
    body: str, title: str = "", byline: str = "", *, region: str | None = None, published: str | None = "2024"
) -> tuple[RegionStatement, ...]:
    made, source = account(body, title, byline)
    document = DocumentContext(source=source, published=published, region=region)
    return regions.read(made, document, unions.read(made, document))


def codes(found: tuple[RegionStatement, ...], role: str) -> list[str]:
    return [statement.code for statement in found if statement.role == role]


@pytest.mark.parametrize(
    ("body", "located"),
    [
        ("湖南湘潭韶山市总工会办起夜校。", ["430382"]),
        ("天津市武清区杨村街道总工会办起夜校。", ["120114"]),
        ("四川省凉山彝族自治州总工会办起夜校。", ["513400"]),
        ("西北工业大学工会办起夜校，地点在陕西省西安市碑林区。", ["610100"]),
        ("长沙市第一医院工会办起夜校。", ["430100"]),
        ("内蒙古远山机械集团工会办起夜校，车间都在包头市。", ["150200"]),
        ("大连高新区总工会办起夜校。", ["210200"]),
        ("近日，南川区、巫溪县总工会分别举办竞赛。", ["500119", "500238"]),
        ("浙江省海员工会和宁波市总工会共同承办体检。", ["330200"]),
        ("夏令营在重庆市涪陵区开营，孩子们学划船。", ["500102"]),
        ("户外劳动者服务站昨天开门。", []),
        ("远航航运有限公司工会办起夜校。", []),
        ("四川远航航运有限公司工会办起夜校。集团总部落在泸州市江阳区，宜宾市、宜宾分公司也开了班。", ["510502"]),
        ("四川远航航运有限公司工会办起夜校。公司地处宜宾市，有船四十条。", ["511500"]),
    ],
)
def test_the_location_is_the_finest_certain_region(body: str, located: list[str]) -> None:
    assert codes(read(body), "location") == located


@pytest.mark.parametrize(
    ("published", "code"),
    [("2012", "320684"), ("2024", "320614")],
)
def test_codes_are_those_of_the_document_s_time(published: str, code: str) -> None:
    name = "海门市总工会" if code == "320684" else "海门区总工会"
    assert codes(read(f"江苏南通{name}办起夜校。", published=published), "location") == [code]


@pytest.mark.parametrize(("region", "code"), [("310000", "310107"), ("330900", "330903")])
def test_a_name_of_several_regions_is_decided_by_the_document(region: str, code: str) -> None:
    assert codes(read("普陀区总工会办起夜校。", region=region), "location") == [code]


def test_an_undecided_name_has_no_location() -> None:
    assert codes(read("江北区总工会办起夜校。"), "location") == []


def test_other_places_are_mentioned_but_not_those_in_names_of_companies() -> None:
    found = read("安徽省六安市舒城县总工会一行到浙江省义乌市学习，还看了广东宏图电器有限公司和《四川日报》的展台。")
    assert codes(found, "location") == ["341523"]
    assert codes(found, "mentioned") == ["330782"]


def test_a_word_that_hides_a_place_is_no_place() -> None:
    found = read("安徽省六安市舒城县总工会联合党政和合作社，新建企业也一同参加，长安街上的灯都亮了。")
    assert {statement.code for statement in found} == {"341523"}


def test_the_name_is_printed_without_the_township() -> None:
    (found,) = read("天津市武清区杨村街道总工会办起夜校。")
    assert (found.name, found.evidence[0].quote) == ("天津市武清区", "天津市武清区")
