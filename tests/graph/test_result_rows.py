"""A result table in Python: what people expect of rows, and of what they become."""

from __future__ import annotations

import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pytest
from pyarrow import parquet

from unionkg.errors import MissingExtraError
from unionkg.graph.stores.protocol import Rows
from unionkg.graph.stores.tables import HTML_COLUMNS, HTML_ROWS, html_table

ROWS = Rows(("name", "n"), [("驿站", 2), ("书屋", 1)])
UNION = {"id": "union:1", "name": "甲市总工会", "aliases": ["甲总"], "_labels": ["TradeUnion"]}
CASE = {"id": "case:1", "name": "歇脚的地方", "_labels": ["PracticeCase"]}
TIE = {"id": "fact:1", "quotes": ["甲市总工会"], "_type": "INITIATED", "_start": "union:1", "_end": "case:1"}
POINT = {"x": 1.0, "y": 2.0, "crs": "cartesian", "srid": 7203}


class Table(HTMLParser):
    """The cells of a page's tables as a browser shows them, and every other tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.below = ""
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._inside = tag
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside in {"td", "th"}:
            self.rows[-1][-1] += data
        elif self._inside == "p":
            self.below += data + "\n"


def test_rows_are_iterated_as_records_and_counted() -> None:
    assert len(ROWS) == 2
    assert list(ROWS) == ROWS.records() == [{"name": "驿站", "n": 2}, {"name": "书屋", "n": 1}]
    assert ROWS
    assert not Rows(("name",), [])


def test_a_row_is_taken_by_its_number_and_some_by_a_slice() -> None:
    assert ROWS[0] == {"name": "驿站", "n": 2}
    assert ROWS[-1]["name"] == "书屋"
    assert ROWS[1:] == Rows(("name", "n"), [("书屋", 1)])
    with pytest.raises(IndexError):
        ROWS[2]


def test_rows_tell_what_they_are_in_a_line_and_print_as_a_table() -> None:
    assert repr(ROWS) == "<Rows: 2 × (name, n)>"
    assert str(ROWS) == "name  n\n────  ─\n驿站  2\n书屋  1\n2 rows × 2 columns"
    many = str(Rows(("text",), [("驿" * 60,)] * 25)).splitlines()
    assert len(many) == 23
    assert many[2] == "驿" * 19 + "…"
    assert many[-1] == "25 rows × 1 columns, 5 more rows not shown"


def test_a_notebook_shows_a_table() -> None:
    rows = Rows(
        ("union", "n", "share", "yes", "aliases", "missing"),
        [("甲市总工会", 3, 0.25, True, ["甲总", "市总"], None)],
    )
    page = Table(rows._repr_html_())
    assert page.rows == [
        ["union", "n", "share", "yes", "aliases", "missing"],
        ["甲市总工会", "3", "0.25", "true", "甲总、市总", ""],
    ]
    assert page.below == "1 rows × 6 columns\n"


def test_what_comes_from_documents_cannot_run_in_a_notebook() -> None:
    evil = "<script>alert('x')</script>\" onmouseover=\"alert(1)"
    page = html_table([evil, "b"], [[evil, evil * 9]], meanings={"b": evil}, notes=[evil])
    parsed = Table(page)
    assert parsed.rows == [[evil, "b"], [evil, (evil * 9)[:119] + "…"]]
    assert {tag for tag, _ in parsed.tags} == {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert {name for _, attributes in parsed.tags for name in attributes} <= {"class", "title"}
    assert parsed.below.splitlines()[1] == evil
    assert ("th", {"title": evil}) in parsed.tags


def test_a_large_result_is_cut_and_says_so() -> None:
    columns = tuple(f"c{number}" for number in range(23))
    page = Table(Rows(columns, [tuple(range(23))] * 100)._repr_html_())
    assert len(page.rows) == HTML_ROWS + 1
    assert {len(row) for row in page.rows} == {HTML_COLUMNS}
    assert page.below == "100 rows × 23 columns, 40 more rows and 3 more columns not shown\n"


def test_a_long_cell_is_cut_with_the_whole_as_its_tooltip() -> None:
    text = "户外劳动者" * 40
    page = Table(Rows(("text",), [(text,)])._repr_html_())
    assert page.rows[1] == [text[:119] + "…"]
    assert ("td", {"title": text}) in page.tags


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (UNION, "(甲市总工会:TradeUnion)"),
        (TIE, "[:INITIATED]"),
        ([UNION, TIE, CASE], "(甲市总工会:TradeUnion)-[:INITIATED]->(歇脚的地方:PracticeCase)"),
        ([CASE, TIE, UNION], "(歇脚的地方:PracticeCase)<-[:INITIATED]-(甲市总工会:TradeUnion)"),
        ([UNION, CASE], "(甲市总工会:TradeUnion)、(歇脚的地方:PracticeCase)"),
        ({"a": "甲"}, '{"a": "甲"}'),
        (["a", None, 2.0], "a、、2"),
        ("一行\n  又一行", "一行 又一行"),
    ],
)
def test_values_of_the_graph_are_readable_in_a_cell(value: Any, shown: str) -> None:
    assert Table(Rows(("value",), [(value,)])._repr_html_()).rows[1] == [shown]


def test_the_table_speaks_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    assert Table(Rows(("a",), [(1,)] * 61)._repr_html_()).below == "61 行 × 1 列，另有 1 行未显示\n"


def test_rows_as_a_data_frame() -> None:
    frame = Rows(("union", "n"), [("甲工会", 1), ("乙工会", 2)]).to_pandas()
    assert list(frame.columns) == ["union", "n"]
    assert frame["n"].sum() == 3
    empty = Rows(("union", "n"), []).to_pandas()
    assert list(empty.columns) == ["union", "n"]
    assert len(empty) == 0


def test_a_data_frame_keeps_years_whole_and_truth_true_where_some_are_missing() -> None:
    rows = [(2017, True, 2**53 + 1, 1.5, ["a"], "甲"), (None, None, None, None, None, None)]
    frame = Rows(("year", "yes", "big", "share", "list", "text"), rows).to_pandas()
    assert frame.loc[0].tolist() == [2017, True, 2**53 + 1, 1.5, ["a"], "甲"]
    assert frame.loc[1].isna().all()
    assert str(frame["year"].dtype) == "Int64"
    assert str(frame["yes"].dtype) == "boolean"
    assert frame["year"].sum() == 2017


@pytest.mark.parametrize("values", [[1, "a", None], [True, 3], [UNION, TIE], [[UNION, TIE, CASE], []], [None], []])
def test_a_data_frame_holds_whatever_comes(values: list[Any]) -> None:
    frame = Rows(("value",), [(value,) for value in values]).to_pandas()
    assert [None if value is None or value is pandas.NA else value for value in frame["value"]] == values


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["甲", None], pyarrow.string()),
        ([1, None, 2**62], pyarrow.int64()),
        ([1, 2.5], pyarrow.float64()),
        ([True, None], pyarrow.bool_()),
        ([["甲"], [], None], pyarrow.list_(pyarrow.string())),
        ([POINT], None),
        ([UNION, CASE], None),
        ([[UNION, TIE, CASE]], None),
        ([None, None], pyarrow.null()),
        ([], pyarrow.null()),
    ],
)
def test_an_arrow_table_keeps_types_and_is_written_as_parquet(values: list[Any], kind: Any, tmp_path: Path) -> None:
    table = Rows(("value",), [(value,) for value in values]).to_arrow()
    if kind is not None:
        assert table.schema.field("value").type == kind
    parquet.write_table(table, tmp_path / "rows.parquet")
    back = parquet.read_table(tmp_path / "rows.parquet")["value"].to_pylist()
    assert [_told(value) for value in back] == [_told(value) for value in values]


def _told(value: Any) -> Any:
    """A value without the fields that a struct has because another row has them."""
    if isinstance(value, dict):
        return {name: _told(part) for name, part in value.items() if part is not None}
    return [_told(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "values",
    [
        [1, "甲", None],
        [True, 3],
        [["a", 1]],
        [2**53 + 1, 0.5],
        [{"a": 1}, {"a": "x"}],
        [{}],
        [{"a": {}}],
        [[1], "x"],
    ],
)
def test_a_column_of_several_kinds_becomes_text_in_arrow(values: list[Any], tmp_path: Path) -> None:
    table = Rows(("value", "n"), [(value, 1) for value in values]).to_arrow()
    assert table.schema.field("value").type == pyarrow.string()
    assert table.schema.field("n").type == pyarrow.int64()
    parquet.write_table(table, tmp_path / "rows.parquet")
    texts = table["value"].to_pylist()
    assert [
        v if v is None or isinstance(v, str) else json.loads(t) for v, t in zip(values, texts, strict=True)
    ] == values


def test_a_result_without_columns_is_a_table_too() -> None:
    assert Rows((), []).to_arrow().num_columns == 0
    assert Rows((), []).to_pandas().shape == (0, 0)
    assert Table(Rows((), [])._repr_html_()).below == "0 rows × 0 columns\n"
    assert str(Rows((), [])).endswith("0 rows × 0 columns")


def test_a_network_holds_every_node_and_relationship_of_the_rows() -> None:
    graph = Rows(("path", "deep"), [([UNION, TIE, CASE], {"x": [[UNION]]}), (None, [{"y": TIE}])]).to_networkx()
    assert dict(graph.nodes(data=True)) == {"union:1": UNION, "case:1": CASE}
    told = {name: value for name, value in TIE.items() if name not in {"_start", "_end"}}
    assert list(graph.edges(keys=True, data=True)) == [("union:1", "case:1", "fact:1", told)]


def test_an_end_that_is_not_in_the_rows_is_there_by_its_id() -> None:
    graph = Rows(("r", "c"), [(TIE, CASE)]).to_networkx()
    assert graph.nodes["union:1"] == {"id": "union:1", "_labels": []}
    assert graph.nodes["case:1"] == CASE
    assert graph.number_of_edges() == 1


def test_two_relationships_between_the_same_nodes_stay_two() -> None:
    other = {**TIE, "id": "fact:2", "_type": "SUPERVISED"}
    graph = Rows(("r",), [(TIE,), (other,), (TIE,)]).to_networkx()
    assert sorted((kind, key) for *_, key, kind in graph.edges(keys=True, data="_type")) == [
        ("INITIATED", "fact:1"),
        ("SUPERVISED", "fact:2"),
    ]


def test_values_that_are_no_elements_make_no_network() -> None:
    assert len(Rows(("a", "b"), [("text", {"name": "x", "labels": [1]}), (None, [1, [2]])]).to_networkx()) == 0


@pytest.mark.parametrize(
    ("library", "method", "extra"),
    [("pandas", "to_pandas", "tables"), ("pyarrow", "to_arrow", "tables"), ("networkx", "to_networkx", "analysis")],
)
def test_without_a_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str, method: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf'pip install "unionkg\[{extra}\]"'):
        getattr(ROWS, method)()
    assert ROWS._repr_html_()
    assert ROWS.records()
