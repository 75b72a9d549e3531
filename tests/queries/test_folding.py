"""Folding: what is the same to search, and where it was printed."""

from __future__ import annotations

import pytest

from unionkg.queries.folding import BREAK, fold, folded, joined

STOP = chr(BREAK)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("顧村鎮總工會", "顾村镇总工会"),
        ("ＡＰＰ“e家”", "app e家"),
        ("“e家”ＡＰＰ", "e家app"),
        ("工会+物业（试点）", "工会物业试点"),
        ("集体\n协商", "集体协商"),
        ("工会。会员；\n大家", f"工会{STOP}会员{STOP}大家"),
        ("！？", STOP),
        ("1,000人、１２，３４５元", "1000人12345元"),
        ("2017,2018", "2017 2018"),
        ("1,0000", "1 0000"),
        ("93.5% a.b", "93.5 a b"),
        ("e-bike 2.0", "e bike 2.0"),
        ("㎡①Ⅲ½", "m21iii12"),
        ("乾隆", "干隆"),
        ("⼯会", "工会"),
        ("", ""),
    ],
)
def test_what_is_the_same(text: str, wanted: str) -> None:
    assert folded(text) == wanted


@pytest.mark.parametrize(
    ("text", "word", "printed"),
    [
        ("去顧 村吧", "顾村", "顧 村"),
        ("共1,000人", "1000", "1,000"),
        ("面积㎡多", "m2", "㎡"),
        ("𬭎𬭎工会。", "工会", "工会"),
        ("𬭎ⅢＡ会", "iiia", "ⅢＡ"),
    ],
)
def test_every_unit_knows_where_it_was_printed(text: str, word: str, printed: str) -> None:
    found = fold(text)
    units = "".join(map(chr, found.units))
    at = units.index(word)
    assert text[found.offsets[at] : found.offsets[at + len(word) - 1] + 1] == printed
    assert list(found.offsets) == sorted(found.offsets)


def test_folding_again_changes_nothing() -> None:
    once = folded("顧村鎮，2017 12 ㎡ 3.5")
    assert folded(once) == once


def test_joined_texts_stand_between_breaks() -> None:
    text, starts = joined(["工会", "", "㎡"])
    assert folded(text) == f"{STOP}工会{STOP}m2{STOP}"
    assert [text[start : start + 1] for start in starts] == ["工", "\x1e", "㎡"]
