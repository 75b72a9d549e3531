from __future__ import annotations

import pytest

from unionkg.graph.stores.values import iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-05-02", "2017-05-02"),
        ("2017-05-02T08:00:00+08:00", "2017-05-02T00:00:00+00:00"),
        ("2017-05-02T08:00:00.000000000Z", "2017-05-02T08:00:00+00:00"),
        ("2017-05-02T08:00+08:00[Asia/Shanghai]", "2017-05-02T00:00:00+00:00"),
        ("2017-05-02T08:00:00.123456789", "2017-05-02T08:00:00.123456"),
        ("08:00", "08:00:00"),
        ("08:00:00.500000000+08:00", "08:00:00.500000+08:00"),
        ("P1Y2M3DT4S", "P1Y2M3DT4S"),
        ("-P1D", "-P1D"),
        ("PT0.5S", "PT0.5S"),
    ],
)
def test_times_have_one_form(text: str, expected: str) -> None:
    assert iso(text) == expected
