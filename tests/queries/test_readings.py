"""How names are read: syllables, and initials."""

from __future__ import annotations

import pytest

from unionkg.queries.readings import initials, reading


@pytest.mark.parametrize(
    ("name", "sounds", "letters"),
    [
        ("顾村镇总工会", "gu cun zhen zong gong hui", "gczzgh"),
        ("顧村", "gu cun", "gc"),
        ("闵行区", "min hang qu", "mhq"),
        ("重庆市朝阳区", "chong qing shi chao yang qu", "cqscyq"),
        ("长宁区长子县", "chang ning qu zhang zi xian", "cnqzzx"),
        ("吕梁", "lv liang", "ll"),
        ("APP工会e家（2号）", "app gong hui e jia 2 hao", "appghej2h"),
        ("・", "", ""),
    ],
)
def test_readings(name: str, sounds: str, letters: str) -> None:
    read = reading(name)
    assert " ".join(syllable.sound for syllable in read) == sounds
    assert "".join(syllable.sound for syllable in initials(read)) == letters


def test_a_syllable_knows_its_characters() -> None:
    name = "“ＡＰＰ”顧 村"
    assert [name[syllable.start : syllable.end] for syllable in reading(name)] == ["ＡＰＰ", "顧", "村"]
