"""Dates as Chinese reports print them; the document is of 18 July 2024."""

from __future__ import annotations

import pytest

from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.time_expressions import own_date, partial, time_expressions
from unionkg.loaders.source import SourceText, passage

PUBLISHED = "2024-07-18"


def values(text: str, published: str | None = PUBLISHED) -> list[str]:
    return [time.value for time in time_expressions(folded(text), published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019年", "2019"),
        ("2019年底", "2019"),
        ("2019年年初", "2019"),
        ("2019年度", "2019"),
        ("2019年上半年", "2019"),
        ("2019年5月", "2019-05"),
        ("2019年 5月", "2019-05"),
        ("2019年5月底", "2019-05"),
        ("2019年5月6日", "2019-05-06"),
        ("2019年05月06日", "2019-05-06"),
        ("２０１９年５月", "2019-05"),
        ("2019-05-06", "2019-05-06"),
        ("2019/5/6", "2019-05-06"),
        ("2019.5", "2019-05"),
        ("二〇一九年", "2019"),
        ("今年", "2024"),
        ("今年4月", "2024-04"),
        ("今年3月8日", "2024-03-08"),
        ("去年", "2023"),
        ("去年底", "2023"),
        ("去年11月", "2023-11"),
        ("前年", "2022"),
        ("本年度", "2024"),
        ("上一年", "2023"),
        ("6月25日", "2024-06-25"),
        ("6月25日至27日", "2024-06-25/2024-06-27"),
        ("6月28日至7月2日", "2024-06-28/2024-07-02"),
        ("5月", "2024-05"),
        ("12月20日", "2023-12-20"),
        ("2018年至2020年", "2018/2020"),
        ("2018-2020年", "2018/2020"),
        ("2018—2019年度", "2018/2019"),
        ("2018—19年度", "2018/2019"),
        ("2018、2019年", "2018/2019"),
        ("2021、2022两年", "2021/2022"),
        ("2019年和2020年", "2019/2020"),
        ("2018年10月至2019年3月", "2018-10/2019-03"),
        ("2020年1月至6月", "2020-01/2020-06"),
        ("2020年1-6月", "2020-01/2020-06"),
        ("“十三五”期间，", "2016/2020"),
        ("2019年5月的第一周", "2019-05"),
    ],
)
def test_value(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "近三年",
        "近年来",
        "日前",
        "多年来",
        "2月30日",
        "2500人",
        "第2019号",
        "2019年级",
        "比去年增长",
        "今年轻人",
        "五月花",
        "4008201935",
        "3.5公里",
        "13月",
        "评上年度先进",
    ],
)
def test_no_certain_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("截至2019年5月", "until"),
        ("截止到2019年底", "until"),
        ("到2019年5月", "until"),
        ("2019年以来", "since"),
        ("2019年5月起", "since"),
        ("从2019年开始", "since"),
        ("自2019年推行积分制以来，", "since"),
        ("自2019年5月启动以来，", "since"),
        ("2019年至今", "since"),
        ("2019年5月", "in"),
    ],
)
def test_bound(text: str, bound: str) -> None:
    (time,) = time_expressions(folded(text), PUBLISHED)
    assert time.bound == bound


def test_the_year_named_before_holds_in_its_paragraph() -> None:
    assert values("2021年5月动工。9月10日竣工。当年投用。次年扩建。") == ["2021-05", "2021-09-10", "2021", "2022"]


def test_the_year_named_before_ends_with_its_paragraph() -> None:
    assert values("2021年5月动工。\n3月10日揭牌。") == ["2021-05", "2024-03-10"]


def test_a_labelled_time_dates_what_follows() -> None:
    assert values("时间：2021年8月\n成效：8月25日签约") == ["2021-08", "2021-08-25"]


@pytest.mark.parametrize("text", ["今年4月", "去年", "6月25日", "5月", "当年"])
def test_nothing_to_resolve_against(text: str) -> None:
    assert values(text, None) == []


def test_the_only_year_of_an_undated_text_dates_its_days() -> None:
    assert values("2022年夏令营\n7月5日开营", None) == ["2022", "2022-07-05"]
    assert values("2021年筹备，2022年办营\n7月5日开营", None) == ["2021", "2022"]


def test_month_without_day_needs_a_dated_document() -> None:
    assert values("自8月改革启动以后", "2018") == []
    assert values("8月3日", "2018") == ["2018-08-03"]


def test_dateline_is_marked() -> None:
    assert [time.stamp for time in time_expressions("2024-07-18 09:10 本报7月17日讯 7月16日", PUBLISHED)] == [
        True,
        True,
        False,
    ]


def test_printed_year_is_explicit() -> None:
    assert [time.explicit for time in time_expressions("2019年5月，今年6月", PUBLISHED)] == [True, False]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ((2020, 2, 29), "2020-02-29"),
        ((2021, 2, 29), None),
        ((2020, 13, None), None),
        ((1900, None, None), None),
        ((2020, 4, 31), None),
        ((2020, None, None), "2020"),
    ],
)
def test_partial(parts: tuple[int, int | None, int | None], value: str | None) -> None:
    assert partial(*parts) == value


def test_until_now_is_since() -> None:
    (time,) = time_expressions(folded("实施时间：2020年6月至今"), PUBLISHED)
    assert (time.value, time.bound) == ("2020-06", "since")


def test_a_count_of_cases_does_not_end_a_stretch_of_time() -> None:
    found = time_expressions(folded("事故从2018年的23起降到2020年的5起。"), PUBLISHED)
    assert [time.value for time in found] == ["2018", "2020"]
    assert found[0].end <= len("事故从2018年的")


@pytest.mark.parametrize(
    ("text", "first", "last", "date"),
    [
        ("剪报两则\n\n2012年11月6日\n巷口有了夜校\n夜校开课。", 4, 5, "2012-11-06"),
        ("云桥镇总工会\n（2015年10月22日）\n各位领导：\n夜校开课。", 1, 4, "2015-10-22"),
        ("巷口有了夜校\n夜校开课。\n谢谢大家。\n\n（2024年10月整理）", 1, 3, "2024-10"),
        ("巷口有了夜校\n夜校开课。\n\n2013年5月6日\n下一篇", 1, 2, None),  # of the next one
        ("项目名称\n实施时间\n2016年5月6日\n夜校开课。", 1, 4, None),  # when it took place
        ("2012年11月6日\n别的一篇\n巷口有了夜校\n夜校开课。", 3, 4, None),
        ("2022年8月\n巷口有了夜校\n夜校开课。", 2, 3, None),  # of the whole booklet
    ],
)
def test_the_date_of_one_account_alone(text: str, first: int, last: int, date: str | None) -> None:
    source = SourceText(text)
    whole = passage(source, [[source.line_span(number)] for number in range(first, last + 1)])
    assert own_date(Account(kind="case", lines=((first, last),), passage=whole), source) == date
