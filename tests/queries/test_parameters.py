"""Values as people type them: terms, regions, years, names of the graph; what is unknown names what is near."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.queries.asked import projection
from unionkg.errors import QueryError
from unionkg.graph.build import update
from unionkg.graph.stores import parse_target, reading
from unionkg.graph.stores.protocol import Store
from unionkg.queries import parameters
from unionkg.queries.library import Parameter, Query


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    update(parse_target("embedded"), folder, "workspace-q", projection())
    with reading(parse_target("embedded"), folder) as opened:
        yield opened


def asking(type: Any = "string", values: Any = None, **more: Any) -> Query:  # noqa: A002
    parameter = Parameter("p", type, "参数", "parameter", values=values, **more)
    return Query("a.b", "问", "ask", (parameter,), (), "unionkg query run a.b -p p=1", "", "RETURN 1")


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ("工会驿站/户外劳动者服务站", "工会驿站/户外劳动者服务站"),
        ("工会驿站", "工会驿站/户外劳动者服务站"),
        ("驿站", "工会驿站/户外劳动者服务站"),
        ("collective_bargaining", "集体协商"),
    ],
)
def test_a_term_may_be_given_by_label_one_of_its_names_alias_or_key(given: str, bound: str) -> None:
    assert parameters.bind(asking(values="practice_types"), {"p": given}) == {"p": bound}


def test_a_parameter_may_be_called_by_its_chinese_name_where_no_other_has_it() -> None:
    two = Query(
        "a.b",
        "问",
        "ask",
        (
            Parameter("practice_type", "string", "做法类型", "practice type", values="practice_types"),
            Parameter("region", "string", "地区（含下级）", "region", values="regions"),
            Parameter("first", "integer", "年份", "year", optional=True),
            Parameter("last", "integer", "年份", "year", optional=True),
        ),
        (),
        "",
        "",
        "RETURN 1",
    )
    given = {"做法类型": "集体协商", "地区": "上海市宝山区"}
    assert parameters.bind(two, given) == {
        "practice_type": "集体协商",
        "region": "region:310113",
        "first": None,
        "last": None,
    }
    assert parameters.missing(two, given) == []
    with pytest.raises(QueryError, match="年份"):  # which of the two?
        parameters.bind(two, {**given, "年份": "2017"})


@pytest.mark.parametrize("given", ["省", "省级", "province"])
def test_a_level_is_bound_as_its_key(given: str) -> None:
    assert parameters.bind(asking(values="region_levels.key"), {"p": given}) == {"p": "province"}


def test_a_term_of_the_workspace_is_known(tmp_path: Path) -> None:
    (tmp_path / "practice_types.csv").write_text(
        "key,zh,en,aliases,broader\nmine,共享职工之家,Shared home,,\n", encoding="utf-8"
    )
    assert parameters.bind(asking(values="practice_types"), {"p": "mine"}, tmp_path) == {"p": "共享职工之家"}


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ("2017", [2017, 2017]),
        (2017, [2017, 2017]),
        ("2017年", [2017, 2017]),
        ("2017..2019", [2017, 2019]),
        ("2017-2019", [2017, 2019]),
        ("2017年至2019年", [2017, 2019]),
        ("2017..", [2017, 9999]),
        ("..2019", [0, 2019]),
        ("..", [0, 9999]),
        ((2017, 2019), [2017, 2019]),
    ],
)
def test_years(given: Any, bound: list[int]) -> None:
    assert parameters.bind(asking("years"), {"p": given}) == {"p": bound}


@pytest.mark.parametrize(
    ("type_", "given"),
    [("years", "2019..2017"), ("years", "去年"), ("integer", "many"), ("number", "x"), ("boolean", "maybe")],
)
def test_a_value_of_another_type_is_refused(type_: str, given: str) -> None:
    with pytest.raises(QueryError, match="p"):
        parameters.bind(asking(type_), {"p": given})


@pytest.mark.parametrize(
    ("type_", "given", "bound"),
    [("integer", "3", 3), ("integer", 3, 3), ("number", "0.5", 0.5), ("boolean", "是", True), ("boolean", "no", False)],
)
def test_numbers_and_yes_and_no_may_be_given_as_text(type_: str, given: object, bound: object) -> None:
    assert parameters.bind(asking(type_), {"p": given}) == {"p": bound}


@pytest.mark.parametrize("given", ["INITIATED", "发起实施"])
def test_one_of_a_fixed_list_may_be_given_by_its_chinese_label(given: str) -> None:
    parameter = Parameter("role", "string", "角色", "role", values=("INITIATED", "JOINED"))
    query = Query("a.b", "问", "ask", (parameter,), (), "x", "", "RETURN 1")
    assert parameters.bind(query, {"role": given}) == {"role": "INITIATED"}
    with pytest.raises(QueryError, match="role"):
        parameters.bind(query, {"role": "主持"})


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ("310113", "region:310113"),
        ("region:310113", "region:310113"),
        ("上海市宝山区", "region:310113"),
        ("上海宝山", "region:310113"),
        ("浙江", "region:330000"),
        ("闸北区", "region:310108"),
        ("兵团", "region:xpcc"),
    ],
)
def test_a_region_may_be_given_by_any_name(given: str, bound: str) -> None:
    assert parameters.bind(asking(values="regions"), {"p": given}) == {"p": bound}


def test_of_regions_of_one_name_the_one_that_the_graph_has_is_meant(store: Store) -> None:
    with pytest.raises(QueryError) as error:
        parameters.bind(asking(values="regions"), {"p": "宝山区"})
    assert "双鸭山市宝山区" in (error.value.hint or "")
    for given in ("宝山区", "宝山"):
        assert parameters.bind(asking(values="regions"), {"p": given}, store=store) == {"p": "region:310113"}


@pytest.mark.parametrize(
    ("values", "given", "near"),
    [
        ("practice_types", "工会驿占", "工会驿站"),
        ("practice_types", "集体合同", "专项集体合同"),
        ("region_levels.key", "星系", "省级"),
        ("regions", "顾村区", "区"),
        (("a", "b"), "c", "a"),
    ],
)
def test_what_is_unknown_names_what_is_near(values: Any, given: str, near: str) -> None:
    with pytest.raises(QueryError, match=given) as error:
        parameters.bind(asking(values=values), {"p": given})
    assert near in (error.value.hint or "")


@pytest.mark.parametrize(
    ("values", "given", "near"),
    [
        ("unions", "宝山区总公会", "宝山区总工会"),
        ("documents", "文献z", "文献a"),
        ("practices", "宝山谈叛", "宝山谈判"),
    ],
)
def test_a_name_that_nothing_in_the_graph_has(store: Store, values: str, given: str, near: str) -> None:
    query = asking(values=values)
    parameters.check_names(query, {"p": near}, store)
    with pytest.raises(QueryError, match=given) as error:
        parameters.check_names(query, {"p": given}, store)
    assert near in (error.value.hint or "")


def test_what_is_missing_is_said_and_what_is_optional_is_null() -> None:
    with pytest.raises(QueryError, match="missing") as error:
        parameters.bind(asking(), {"p": ""})
    assert "query run" in (error.value.hint or "")
    assert parameters.bind(asking(optional=True), {}) == {"p": None}
    assert parameters.bind(asking(default="x"), {"p": None}) == {"p": "x"}
    assert parameters.bind(asking(), {}, partial=True) == {}


@pytest.mark.parametrize(("given", "near"), [("practice_typ", "practice_type, k"), ("乙", "practice_type, k")])
def test_an_unknown_parameter_names_those_that_there_are(given: str, near: str) -> None:
    two = tuple(Parameter(name, "string", "", "", optional=True) for name in ("practice_type", "k"))
    query = Query("a.b", "问", "ask", two, (), "x", "", "RETURN 1")
    with pytest.raises(QueryError, match=given) as error:
        parameters.bind(query, {given: 3})
    assert (error.value.hint or "").endswith(near)


def test_suggestions(store: Store) -> None:
    assert "集体协商" in parameters.suggestions(Parameter("p", "string", "", "", values="practice_types"))
    assert "宝山区总工会" in parameters.suggestions(Parameter("p", "string", "", "", values="unions"), store=store)
    assert parameters.suggestions(Parameter("p", "string", "", "", values=("a", "b"))) == ["a", "b"]
    assert parameters.suggestions(Parameter("p", "string", "", "")) == []
