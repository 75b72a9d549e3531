"""The copy to match on keeps every offset."""

from __future__ import annotations

import pytest

from unionkg.loaders.extract.folded_text import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("總工會", "总工会"),
        ("「文化列車」", "“文化列车”"),
        ("快递员,司机;保安(男)", "快递员，司机；保安（男）"),
        ("1,200人", "1,200人"),
        ("7:30开课", "7:30开课"),
        ('说"好"的.头几年', "说“好”的。头几年"),
        ("占36.5%", "占36.5%"),
        ("ＡＰＰ有３６家，占５％", "APP有36家，占5%"),
        ("1，200人在9：30", "1,200人在9:30"),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert len(folded(text)) == len(text)
