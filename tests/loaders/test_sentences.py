"""Sentences, their parts and clauses in a folded text."""

from __future__ import annotations

import pytest

from unionkg.loaders.extract.sentences import Stretch, bounds

TEXT = "建站3.5万个；夜校开课，职工叫好。明年再办"


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [("sentence", "建站3.5万个；夜校开课，职工叫好"), ("part", "夜校开课，职工叫好"), ("clause", "夜校开课")],
)
def test_stretch_around_a_word(stretch: Stretch, expected: str) -> None:
    at = TEXT.index("开课")
    start, end = bounds(stretch, TEXT, at, at + 2)
    assert TEXT[start:end] == expected


def test_a_point_between_digits_ends_nothing() -> None:
    assert bounds("clause", TEXT, 2, 3) == (0, TEXT.index("；"))


def test_the_last_stretch_needs_no_mark() -> None:
    assert bounds("sentence", TEXT, len(TEXT) - 1, len(TEXT)) == (TEXT.index("明"), len(TEXT))
