"""Passages: running text whose every character knows where it stands, quotes that stand in the source."""

from __future__ import annotations

import pytest

from unionkg.loaders.source import SourceText, passage

TEXT = "甲区总\n工会 2017 年建站\n\n第二段说\n成效:建站 Loft Mall 12个\n"


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def made():
    source = SourceText(TEXT)
    first, second = TEXT.index("\n\n"), len(TEXT)
    return passage(source, [[(0, first)], [(first, second)]])


def test_a_word_that_a_line_break_cut_is_whole() -> None:
    assert made().text == "甲区总工会2017年建站\n第二段说成效:建站Loft Mall 12个"


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        ("甲区总工会", ["甲区总\n工会"]),
        ("2017年", ["2017 年"]),
        ("Loft Mall", ["Loft Mall"]),
        ("建站\n第二段", ["建站\n\n第二段"]),
        ("\n第二段", ["第二段"]),
    ],
)
def test_a_quote_is_what_the_source_prints(words: str, quotes: list[str]) -> None:
    text = made()
    start = text.text.index(words)
    found = text.evidence(start, start + len(words))
    assert [e.quote for e in found] == quotes
    assert all(TEXT[e.start : e.end] == e.quote for e in found)


def test_columns_give_several_quotes() -> None:
    source = SourceText(TEXT)
    scattered = passage(source, [[at("第二段说"), at("建站\n")]])
    assert [e.quote for e in scattered.evidence(0, len(scattered.text))] == ["第二段说", "建站"]


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (3, 1), (4, 2), (len(TEXT) - 2, 5)])
def test_lines_are_counted_from_one(offset: int, line: int) -> None:
    assert SourceText(TEXT).line_of(offset) == line


def test_lines_and_their_spans() -> None:
    source = SourceText(TEXT)
    assert source.line_count == 5
    assert source.line(2) == "工会 2017 年建站"
    assert TEXT[slice(*source.line_span(4))] == "第二段说"
