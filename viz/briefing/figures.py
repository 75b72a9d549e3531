"""Figures that accounts report, as they print them: 近20万人, 1.3万余条, 95%以上."""

from __future__ import annotations

import re
from collections.abc import Mapping

from unionkg.graph.stores.protocol import Value

_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_FIGURE = re.compile(
    r"(?P<before>大约|将近|接近|超过|超出|突破|高达|不少于|不低于|至少|约|近|超|逾|破)?\s*"
    r"(?P<number>\d[\d,，]*(?:\.\d+)?)(?P<more>[余多来几])?(?P<times>百万|千万|百|千|万|亿|)(?P<further>[余多来几])?"
)
_BEHIND = re.compile(r"\s*(?P<measure>[^\d\s，。；、（）()“”]{0,4}?)(?P<told>以上|左右|上下)")


def printed(outcome: Mapping[str, Value], quote: str) -> str:
    """The value of an outcome with its unit, in the words of its quote as far as it stands there in figures.

    ``outcome`` are the properties of an Outcome node. Where the quote writes the number otherwise (两家, 近万人), the
    value is told in figures, with 约 where it is approximate; a baseline stands in front: 由30%到80%.
    """
    value, unit = float(str(outcome["value"])), str(outcome.get("unit", ""))
    told = _as_printed(value, unit, quote)
    if told is None:
        told = ("约" if outcome.get("approximate") else "") + plain_number(value) + unit
    if "baseline" in outcome:
        told = f"由{plain_number(float(str(outcome['baseline'])))}{unit if unit == '%' else ''}到{told}"
    return told


def plain_number(value: float) -> str:
    """A number in figures, tens of thousands in 万 where that is shorter: 500, 1.3万, 12345."""
    for times, word in ((100_000_000, "亿"), (10_000, "万")):
        short = f"{value / times:.10g}"
        if value >= times and len(short) <= 5:
            return short + word
    return f"{value:.10g}"


def _as_printed(value: float, unit: str, quote: str) -> str | None:
    for found in _FIGURE.finditer(quote):
        number = float(re.sub(r"[,，]", "", found["number"])) * _TIMES[found["times"]]
        if abs(number - value) > 1e-6 * max(1.0, abs(value)):
            continue
        behind = _BEHIND.match(quote, found.end())
        figure = f"{found['number']}{found['more'] or ''}{found['times']}{found['further'] or ''}"
        return f"{found['before'] or ''}{figure}{unit}{behind['told'] if behind else ''}"
    return None
