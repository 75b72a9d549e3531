"""Renamed regions are one, merged ones are linked, neighbours are neither."""

from __future__ import annotations

import pytest

from unionkg.graph.lineage import lineage, merged_with, root, same_place


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("310230", "310151"),  # 崇明县, 崇明区
        ("330283", "330213"),  # 奉化市, 奉化区
        ("330224", "330213"),  # 奉化县, by way of 奉化市
        ("370282", "370215"),  # 即墨市, 即墨区
    ],
)
def test_a_renamed_county_is_one_region(old: str, new: str) -> None:
    assert lineage(old) == lineage(new)
    assert root(old) == root(new)
    assert same_place(old, new)


@pytest.mark.parametrize(
    ("gone", "heir"),
    [
        ("310108", "310106"),  # 闸北区 into 静安区
        ("310119", "310115"),  # 南汇区 into 浦东新区
        ("350403", "350404"),  # 三元区, of which half the new 三元区 was made
        ("500105", "500157"),  # 江北区 into 两江新区
    ],
)
def test_a_merged_district_is_linked_to_its_heir_but_not_it(gone: str, heir: str) -> None:
    assert root(gone) != root(heir)
    assert not same_place(gone, heir)
    assert root(heir) in merged_with(gone)
    assert root(gone) not in merged_with(heir)


def test_a_place_is_the_same_told_more_or_less_finely() -> None:
    assert same_place("310113", "310000")
    assert same_place("330283", "330200")  # 奉化市 lay in 宁波
    assert not same_place("310113", "310106")


@pytest.mark.parametrize("code", ["310113109", "xpcc", "999999"])
def test_what_has_no_history_stands_for_itself(code: str) -> None:
    assert lineage(code) == (code,)
