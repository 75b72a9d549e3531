"""Headings and values in the user's language."""

from __future__ import annotations

import pytest

from unionkg.queries import library, wording


def test_in_english_a_column_is_headed_by_its_name() -> None:
    assert wording.headings(["union", "level"]) == ["union", "level"]
    assert wording.worded(["level"], [["county"]]) == [["county"]]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("level", "county", "县级"),
        ("level", None, None),
        ("level", "没有这一级", "没有这一级"),
        ("level", ["county", "provincial"], ["县级", "省级"]),
        ("role", "INITIATED", "发起实施"),
        ("union", "county", "county"),
    ],
)
def test_in_chinese_values_are_shown_by_their_labels(
    monkeypatch: pytest.MonkeyPatch, column: str, value: object, shown: object
) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    assert wording.worded([column], [[value]]) == [[shown]]


@pytest.mark.parametrize("query", library.queries(), ids=lambda q: q.name)
def test_every_column_of_a_question_has_a_short_chinese_heading(
    monkeypatch: pytest.MonkeyPatch, query: library.Query
) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    columns = [column.name for column in query.columns]
    headings = wording.headings(columns, query.meanings)
    assert [name for name, heading in zip(columns, headings, strict=True) if heading.isascii()] == []
    assert [heading for heading in headings if len(heading) > 24] == []
    assert len(set(headings)) == len(headings)
    wording.worded(columns, [[None] * len(columns)])  # every source of labels is there


def test_a_heading_is_the_beginning_of_what_the_question_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    assert wording.headings(["x", "union", "y"], {"x": "相邻地区（不排名）：按代码"}) == ["相邻地区", "工会", "y"]
