"""Stored records: written and read back the same; broken lines are refused with their place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.graph.making import TEXT, identified
from unionkg.errors import RecordError
from unionkg.graph.records import CaseRecord, OutcomeStatement, decode, encode, read_lines, read_records, to_line


def test_a_record_survives_being_written_and_read(tmp_path: Path) -> None:
    (made,) = identified()
    path = tmp_path / "r.jsonl"
    path.write_text(to_line(made) + "\n", encoding="utf-8")
    assert read_records(path) == [made]


def test_a_line_is_readable_chinese_without_empty_fields() -> None:
    (made,) = identified()
    line = to_line(replace(made, partners=()))
    assert "宝山区示例镇总工会" in line
    assert '"partners"' not in line
    assert json.loads(line)["outcomes"][1]["value"] == 3400


def test_a_line_separator_inside_a_quote_does_not_cut_the_line(tmp_path: Path) -> None:
    (made,) = identified()
    odd = replace(made, title=replace(made.title, value="甲\u2028乙"))  # type: ignore[type-var]
    path = tmp_path / "r.jsonl"
    path.write_text(to_line(odd) + "\n", encoding="utf-8")
    assert read_records(path) == [odd]


def test_quotes_stand_in_the_text() -> None:
    (made,) = identified()
    for _, statement in made.statements():
        for piece in statement.evidence:
            assert TEXT[piece.start : piece.end] == piece.quote


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "poem"}, "kind"),
        ({"lines": [[1]]}, "lines[0]"),
        ({"lines": "1-5"}, "lines"),
        ({"unknown": 1}, "unknown"),
        ({"unions": [{"name": "某工会"}]}, "unions[0]"),
        ({"document": None}, "document"),
    ],
)
def test_a_broken_record_is_refused_with_field_and_place(change: dict[str, object], named: str) -> None:
    (made,) = identified()
    with pytest.raises(RecordError) as error:
        decode(CaseRecord, {**encode(made), **change}, "甲.jsonl:3")
    assert named in str(error.value)
    assert "甲.jsonl:3" in str(error.value)


def test_a_record_of_a_newer_schema_is_refused() -> None:
    (made,) = identified()
    with pytest.raises(RecordError, match="99"):
        decode(CaseRecord, {**encode(made), "schema": 99}, "f:1")


@pytest.mark.parametrize("value", [True, "12", None, [1]])
def test_a_number_must_be_a_number(value: object) -> None:
    (made,) = identified()
    data = encode(made.outcomes[0])
    with pytest.raises(RecordError, match="value"):
        decode(OutcomeStatement, {**data, "value": value}, "f:1")


@pytest.mark.parametrize(("text", "line"), [("{}\n\n{bad\n", 3), ("[1,\n", 1)])
def test_a_line_that_is_no_json_is_named(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as error:
        list(read_lines(path))
    assert error.value.where == f"{path}:{line}"
