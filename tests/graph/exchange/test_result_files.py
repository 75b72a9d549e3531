"""Result tables as files, read back with other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

from unionkg.graph.exchange.result_files import FORMS, as_csv, as_json, as_markdown, as_xlsx

COLUMNS = ("工会", "数", "原文")
ROWS: list[tuple[Any, ...]] = [
    ("顾村镇总工会", 3, ["一句", "两句"]),
    ("=HYPERLINK(1)", -0.5, None),
    ("甲|乙\\丙", None, 'a"b,\n换行'),
]


def test_csv_opens_right_in_excel_and_nothing_in_it_is_a_formula() -> None:
    content = as_csv(COLUMNS, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        list(COLUMNS),
        ["顾村镇总工会", "3", "一句、两句"],
        ["'=HYPERLINK(1)", "-0.5", ""],
        ["甲|乙\\丙", "", 'a"b, 换行'],
    ]


def test_excel() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(COLUMNS, ROWS))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(COLUMNS)
    assert rows[1] == ["顾村镇总工会", 3, "一句、两句"]
    assert rows[2] == ["=HYPERLINK(1)", -0.5, None]
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C4"


def test_markdown() -> None:
    lines = as_markdown(COLUMNS, ROWS).decode().splitlines()
    assert lines[:3] == ["| 工会 | 数 | 原文 |", "| --- | --: | --- |", "| 顾村镇总工会 | 3 | 一句、两句 |"]
    assert lines[4] == '| 甲\\|乙\\\\丙 |  | a"b, 换行 |'


def test_json_keeps_values_as_they_are() -> None:
    assert json.loads(as_json(COLUMNS, ROWS)) == [dict(zip(COLUMNS, [*map(_plain, row)], strict=True)) for row in ROWS]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows(form: str) -> None:
    assert FORMS[form](COLUMNS, [])
    assert FORMS[form]((), [])


def test_full_width_signs_and_headings_are_no_formulas_either() -> None:
    assert as_csv(("=a",), [("＝1+1",)]).decode("utf-8-sig") == "'=a\r\n'＝1+1\r\n"


def test_what_is_no_number_is_null_in_json() -> None:
    assert json.loads(as_json(("n",), [(float("nan"),), ([float("inf")],)])) == [{"n": None}, {"n": [None]}]


def test_markdown_of_a_text_is_text() -> None:
    assert "<" not in as_markdown(("n",), [("<img src=x>[a](b)",)]).decode().replace("\\<", "")
    assert "\\[a\\](b)" in as_markdown(("n",), [("[a](b)",)]).decode()


def test_what_has_to_be_said_of_a_table_goes_with_it() -> None:
    about = ["问题？", "practice_type=集体协商"]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(COLUMNS, ROWS, about)))
    assert [cell.value for cell in book["about"]["A"]] == about
    assert as_markdown(COLUMNS, ROWS, about).decode().splitlines()[-3:] == ["问题？", "", about[1]]
    assert as_csv(COLUMNS, ROWS, about) == as_csv(COLUMNS, ROWS)
