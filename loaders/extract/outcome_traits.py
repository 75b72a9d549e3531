"""The kind of a figure (投入, 产出, 成效, 规模) and whether it is a stock or a flow, where the text tells them.

The kind follows from the words of the indicator (vocabularies/outcome_kind_cues.csv). A stock is told by 累计, 截至, 现有,
已建成; a flow by 全年, 年均, 新增, and by 全年 before 累计. Neither is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import cast

from unionkg.graph.records import OutcomeKind
from unionkg.loaders.extract.outcome_period import Calendar
from unionkg.ontology.vocabulary import table


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], frozenset[str], OutcomeKind], ...]:
    rows = table("outcome_kind_cues")
    return tuple(
        (re.compile(row["cues"]), frozenset(filter(None, row["unit"].split("|"))), cast("OutcomeKind", row["kind"]))
        for row in rows
    )


def kind_of(indicator: str, unit: str) -> OutcomeKind | None:
    """The kind of an outcome where its indicator tells it."""
    for cues, units, kind in _kinds():
        if (not units or unit in units) and cues.search(indicator):
            return kind
    return None


def is_cumulative(text: str, sentence: int, start: int, dates: Calendar) -> bool | None:
    """Whether the figure at ``start`` is a stock up to a date (True) or a flow in a period (False); None if neither is said."""
    before = text[sentence:start]
    if _YEARLY_SUM.search(before):
        return False
    if _STOCK.search(before):
        return True
    if _FLOW.search(before):
        return False
    last = bisect_left(dates.starts, start) - 1
    if last >= 0 and dates.starts[last] >= sentence and dates.dates[last].bound != "in":
        return True
    return None


_YEARLY_SUM = re.compile("(?:全年|年内|当年|[上下]半年|季度|活动期间|月份?)[^,，。;；\\d]{0,8}(?:累计|合计)")
_STOCK = re.compile(
    "累计|截至|截止|至今|迄今|总计|现有|已有|已建成|目前|已经?(?=[建组成发培开举服覆签设投受][\u4e00-\u9fff])"
)
_FLOW = re.compile("全年|当年|年内|年均|每年|新增|新建|去年一年|本年度|年度")
