from __future__ import annotations

import pytest

from unionkg.errors import InputError
from unionkg.ontology import dates

BOUNDS = [
    ("2017", "2017-01-01", "2017-12-31"),
    ("2017-05", "2017-05-01", "2017-05-31"),
    ("2017-04", "2017-04-01", "2017-04-30"),
    ("2017-02", "2017-02-01", "2017-02-28"),
    ("2016-02", "2016-02-01", "2016-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("2013/2017", "2013-01-01", "2017-12-31"),
    ("2016-07/2017", "2016-07-01", "2017-12-31"),
    ("2017-05-26/2017-05-27", "2017-05-26", "2017-05-27"),
    ("2017-05/2017", "2017-05-01", "2017-12-31"),
    ("2017/2017", "2017-01-01", "2017-12-31"),
]

NO_PERIODS = [
    "", "17", "0999", "3000", "2017-5", "2017-00", "2017-13", "2017-04-31", "2017-02-29", "1900-02-29", "2017-05-00",
    "2017/05", "2017年", "２０１７", " 2017", "2017\n", "2017-05-02T00:00", "/", "2017/", "/2017", "2017//2018", "2015/2016/2017",
    "2017/2013", "2017-05-27/2017-05-26", "2017/2018-13",
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_are_the_first_and_the_last_day(text: str, first: str, last: str) -> None:
    assert dates.bounds(text) == (first, last)
    assert dates.is_period(text)
    assert dates.is_date(text) == ("/" not in text)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period_is_refused(text: str) -> None:
    assert not dates.is_period(text)
    assert not dates.is_date(text)
    with pytest.raises(InputError):
        dates.bounds(text)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("2016", "2017", "before"),
        ("2016-12-31", "2017", "before"),
        ("2017-01-01", "2016-12", "after"),
        ("2013/2015", "2016/2018", "before"),
        ("2017", "2017-05", "overlaps"),
        ("2017-05-02", "2017-05-02", "overlaps"),
        ("2013/2017", "2017-12-31", "overlaps"),
        ("2018-01-01", "2013/2017", "after"),
        (None, "2017", "unknown"),
        ("2017", None, "unknown"),
    ],
)
def test_order_is_told_only_where_no_day_can_contradict_it(one: str | None, other: str | None, order: str) -> None:
    assert dates.compare(one, other) == order


def test_order_reversed_is_the_reverse_order() -> None:
    reverse = {"before": "after", "after": "before", "overlaps": "overlaps"}
    for one, *_ in BOUNDS:
        for other, *_ in BOUNDS:
            assert dates.compare(other, one) == reverse[dates.compare(one, other)]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2017", 2017), ("2017-05-02", 2017), ("2017-01/2017-06", 2017), ("2013/2017", None), ("2016-12/2017-01", None)],
)
def test_year_is_told_where_there_is_one(text: str, year: int | None) -> None:
    assert dates.year(text) == year


@pytest.mark.parametrize(
    ("periods", "earliest", "latest"),
    [
        (["2018", "2017-05", "2017-06-01"], "2017-05", "2018"),
        (["2017", "2017-01", "2017-12"], "2017-01", "2017-12"),
        (["2013/2017", "2014"], "2013/2017", "2013/2017"),
        ([None, "2017", None], "2017", "2017"),
        ([None], None, None),
        ([], None, None),
    ],
)
def test_earliest_begins_first_and_latest_ends_last(
    periods: list[str | None], earliest: str | None, latest: str | None
) -> None:
    assert dates.earliest(periods) == earliest
    assert dates.latest(periods) == latest


def test_a_broken_date_among_others_is_not_passed_over() -> None:
    with pytest.raises(InputError):
        dates.earliest(["2017", "2017-13"])
