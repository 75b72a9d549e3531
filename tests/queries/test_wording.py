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
        # One name of a level in one table, as unions say it, whatever the other end is.
        ("levels", ["prefecture", "township"], ["地市级", "乡镇街道"]),
        ("other_level", "grassroots", "基层"),
        ("other_level", "province", "省级"),
        ("recogniser_level", "provincial", "省级"),
        ("value", "ESTABLISHED：宝山谈判", "建立工会：宝山谈判"),
        ("value", "宝山：谈判", "宝山：谈判"),
        ("method", "concept.strong_body", "规则：做法类型"),
        ("method", "model.any-name", "模型"),
        ("method", "另一种.读法", "另一种.读法"),
        ("confidence", "0.5", "0.5"),
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


def test_what_evidence_adds_is_headed_in_chinese_beside_columns_of_the_same_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    columns = [
        "document",
        "page",
        "line",
        "quote",
        *(f"evidence_{name}" for name in ("document", "page", "line", "quote")),
    ]
    headings = wording.headings(columns)
    assert len(set(headings)) == len(columns)
    assert not [heading for heading in headings if heading.isascii()]


def test_no_column_is_told_twice() -> None:
    names = [row["column"] for row in wording._table("columns.csv")]
    assert [name for name in names if names.count(name) > 1] == []


def test_every_way_of_reading_and_every_rule_for_lines_passed_over_has_its_words() -> None:
    from unionkg.ontology.vocabulary import table

    methods = {row["cue"].removeprefix("method=") for row in table("confidence_weights") if "method=" in row["cue"]}
    assert methods
    assert [method for method in methods if wording._worded(method, wording.labels("method")) == method] == []
    rules = {row["rule"] for row in table("layout_furniture")}
    assert [rule for rule in rules if rule not in wording.labels("rule")] == []


def test_a_heading_is_the_beginning_of_what_the_question_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    assert wording.headings(["x", "union", "y"], {"x": "相邻地区（不排名）：按代码"}) == ["相邻地区", "工会", "y"]
