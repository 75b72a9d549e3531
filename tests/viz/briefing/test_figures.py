"""Figures in the words of their quotes."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.viz.briefing.figures import plain_number, printed


@pytest.mark.parametrize(
    ("outcome", "quote", "wanted"),
    [
        ({"value": 1220.0, "unit": "家"}, "建成驿站1220家", "1220家"),
        ({"value": 3400.0, "unit": "人次", "approximate": True}, "服务3400余人次", "3400余人次"),
        ({"value": 200000.0, "unit": "人", "approximate": True}, "会员近20万人", "近20万人"),
        ({"value": 13000.0, "unit": "条", "approximate": True}, "建议1.3万余条", "1.3万余条"),
        ({"value": 300.0, "unit": "人", "approximate": True}, "惠及300多名职工", "300多人"),
        ({"value": 400.0, "unit": "条", "approximate": True}, "稳定在400条左右", "400条左右"),
        ({"value": 95.0, "unit": "%", "approximate": True}, "满意率达95%以上", "95%以上"),
        ({"value": 1253.0, "unit": "个"}, "圆了1,253个心愿", "1,253个"),
        ({"value": 12.0, "unit": "个"}, "驿站由3个增至12个", "12个"),
        # the number is not in figures
        ({"value": 2.0, "unit": "家"}, "两家单位", "2家"),
        ({"value": 10000.0, "unit": "人", "approximate": True}, "一万多名职工", "约1万人"),
        # a figure of the quote that is another one is not taken
        ({"value": 500.0, "unit": "人"}, "50人中有5人", "500人"),
        ({"value": 80.0, "unit": "%", "baseline": 30.0}, "建会率从30%升至80%", "由30%到80%"),
    ],
)
def test_a_figure_is_told_as_printed(outcome: dict[str, Any], quote: str, wanted: str) -> None:
    assert printed(outcome, quote) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [(500.0, "500"), (13000.0, "1.3万"), (12345.0, "12345"), (2e8, "2亿"), (93.3, "93.3")]
)
def test_a_number_alone(value: float, wanted: str) -> None:
    assert plain_number(value) == wanted
