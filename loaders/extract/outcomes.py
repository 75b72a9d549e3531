"""Quantified results of an account: what was measured, how much of it, and when.

A quantity (`numbers`) is an outcome unless `outcome_filter` knows better; `outcome_indicator` says what it measures,
`time_expressions` when. Nothing is computed: 从30%升至80% has value 80 and baseline 30 because both are printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from unionkg.graph.records import Evidence, OutcomeKind, OutcomeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import outcome_indicator
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import Quantity, quantities
from unionkg.loaders.extract.outcome_filter import Surroundings, is_result, is_setting
from unionkg.loaders.extract.outcome_indicator import Context, Indicator
from unionkg.loaders.extract.outcome_period import Calendar, calendar, period
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions
from unionkg.ontology.vocabulary import table

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """An outcome with its place in the passage."""

    outcome: OutcomeStatement
    start: int
    titled: bool


def read(account: Account, document: DocumentContext) -> tuple[OutcomeStatement, ...]:
    """The outcomes of an account in the order of its text, ids empty.

    Sections of background and commentary are passed over. A figure of the headline is kept only where the body does
    not give it, exactly or rounded.
    """
    text = folded(account.passage.text)
    times = time_expressions(text, document.published)
    found: list[_Found] = []
    told: dict[tuple[float, str], list[str]] = defaultdict(list)
    for one in _candidates(account, document, text, times):
        same = told[one.outcome.value, one.outcome.unit]
        if one.titled or not any(_alike(one.outcome.indicator, other) for other in same):
            found.append(one)
        if not one.titled:
            same.append(one.outcome.indicator)
    body = [one for one in found if not one.titled]
    kept = [one for one in found if not one.titled or not any(_rounds(one.outcome, other.outcome) for other in body)]
    return tuple(one.outcome for one in sorted(kept, key=lambda one: one.start))


def _candidates(
    account: Account, document: DocumentContext, text: str, times: tuple[TimeExpression, ...]
) -> Iterator[_Found]:
    passed = [(s.start, s.end) for s in account.sections if s.kind in {"背景", "点评"}]
    opening = account.body + max(90, (len(text) - account.body) // 6)
    spent = [(t.start, t.end) for t in times]
    numbers = [q for q in (*quantities(text), *_nothing(text)) if not _within(q, spent) and not _within(q, passed)]
    numbers.sort(key=lambda quantity: quantity.start)
    dates = calendar(account.kind, text, times, published=document.published, body=account.body)
    sentence = (-1, -1)
    setting = False
    refused: Quantity | None = None
    printed: Quantity | None = None
    accepted: tuple[Quantity, Indicator] | None = None
    whole: Indicator | None = None
    for place, quantity in enumerate(numbers):
        here = bounds("sentence", text, quantity.start, quantity.end)
        clause = bounds("clause", text, quantity.start, quantity.end)
        if here != sentence:
            whole = accepted[1] if accepted and "\n" not in text[sentence[1] : here[0]] else None
            sentence, printed, refused, accepted, setting = here, None, None, None, False
        if not quantity.unit:
            quantity = _with_unit(text, quantity, clause)
        clause = max(clause[0], quantity.start - _FAR), min(clause[1], quantity.end + _FAR)
        near = max(here[0], quantity.start - 4 * _FAR), min(here[1], quantity.end + 4 * _FAR)
        around = Surroundings(near, clause, account.body, account.body <= quantity.start < opening)
        baseline = _baseline(text, printed, quantity)
        compared, printed = printed, quantity
        if is_setting(text, quantity, around, setting):
            setting = True
            continue
        if not is_result(text, quantity, around) or _is_baseline(text, quantity, clause):
            refused = quantity
            continue
        following = _following(text, numbers, place, clause)
        context = _context(text, quantity, around, accepted, following, spent, refused)
        if baseline is not None and compared is not None:
            context = replace(context, left=_before_change(text, compared, clause), listed=False, joined=False)
        indicator = outcome_indicator.read(quantity, text[quantity.measure : quantity.end], context)
        if indicator is None:
            continue
        if whole is not None and _lists(text, around, numbers[max(0, place - 20) : place + 20], indicator):
            indicator = replace(indicator, text=indicator.text + whole.topic)
        accepted = quantity, indicator
        outcome = _statement(account, text, dates, quantity, indicator, around, baseline)
        yield _Found(outcome, quantity.start, quantity.start < account.body)


def _lists(text: str, around: Surroundings, numbers: list[Quantity], indicator: Indicator) -> bool:
    """Whether a sentence splits up the figure before it by place or body: 其中电信360家、银行80家 …"""
    if not text.startswith("其中", around.sentence[0]) or indicator.way != "before" or indicator.verb:
        return False
    return sum(around.clause[0] <= number.start < around.clause[1] for number in numbers) >= 3


def _nothing(text: str) -> Iterator[Quantity]:
    """劳动纠纷零发生: none of what stands before."""
    for match in _NOTHING.finditer(text):
        yield Quantity(match.start(), match.start(), match.start(), match.end(), 0.0, "件", "event")


_NOTHING = re.compile("(?:实现|保持)?零(?:发生|投诉|事故|死亡|伤亡|上访|欠薪)")


#: Clauses are looked at this far, sentences four times as far, on either side of a number.
_FAR = 160


def _within(quantity: Quantity, spans: list[tuple[int, int]]) -> bool:
    """Whether a quantity begins in one of some spans, which are in order and apart."""
    at = bisect_right(spans, (quantity.number, len(spans) and spans[-1][1]))
    return at > 0 and quantity.number < spans[at - 1][1]


def _following(text: str, numbers: list[Quantity], place: int, clause: tuple[int, int]) -> Quantity | None:
    """The next number of the clause that counts something (not 第二届, not 24小时)."""
    for other in numbers[place + 1 : place + 4]:
        if other.start >= clause[1]:
            break
        if other.unit and other.kind not in {"label", "time"} and text[other.start - 1] != "第":
            return other
    return None


def _context(
    text: str,
    quantity: Quantity,
    around: Surroundings,
    accepted: tuple[Quantity, Indicator] | None,
    following: Quantity | None,
    spent: list[tuple[int, int]],
    refused: Quantity | None,
) -> Context:
    """The words that belong to a quantity alone: up to the outcome, date or bracket before it and the number after it."""
    left, right = around.clause
    between = None
    if accepted is not None and re.search("[;；]", text[accepted[0].end : quantity.start]):
        accepted = None
    if accepted is not None:
        between = text[accepted[0].end : quantity.start]
        if accepted[0].end > left:
            left = min(max(accepted[0].end, accepted[1].noun_end), quantity.start)
    at = bisect_right(spent, (quantity.start, quantity.start))
    if at and spent[at - 1][1] <= quantity.start:
        left = max(left, spent[at - 1][1])
    opened = text.rfind("(", left, quantity.start)
    words = text[left : quantity.start]
    if opened >= 0 and ")" not in text[opened : quantity.start]:
        words = text[opened + 1 : quantity.start]
        if not words and refused is not None and refused.end == opened:  # 超过三成(36%)
            words = text[left : refused.start]
    if refused is not None and refused.end == quantity.start and refused.start >= left:
        words = text[left : refused.start]
    elif refused is not None and refused.start == left:
        words = text[refused.end : quantity.start]
    on = ""
    if following is not None:
        on = re.split("[,，。;；、]", text[following.end : right])[0][:16]
        right = following.start
        if (mark_at := text.find("、", quantity.end, right)) >= 0:
            right, on, following = mark_at, "", None
    clause = text[around.sentence[0] : max(around.sentence[0], around.clause[0] - 1)]
    return Context(
        left=words.lstrip("、和及与").removeprefix("的"),
        right=text[quantity.end : right],
        on=on,
        followed=following is not None,
        before=accepted[1] if accepted else None,
        listed=between is not None and words in {"、", "和", "及", "与", "、 "} and accepted is not None,
        joined=between == "",
        clause=re.split("[,，;；:：]", clause)[-1],
        behind=text[max(text.rfind("\n", 0, around.clause[0]) + 1, around.sentence[0]) : around.clause[0]],
        title=text[: around.body],
    )


def _before_change(text: str, compared: Quantity, clause: tuple[int, int]) -> str:
    """What changed, where a baseline is told: 建会率 in 建会率从30%升至80%."""
    words = text[max(clause[0], compared.start - 60) : compared.start]
    return re.split("(?:已|逐步)?(?:从|由|自)(?=[^,，]*$)", words)[0]


def _with_unit(text: str, quantity: Quantity, clause: tuple[int, int]) -> Quantity:
    """Give a number without a measure word the unit that its noun tells (浏览量超100万)."""
    if quantity.value < 10_000:
        return quantity
    left, right = text[clause[0] : quantity.start], text[quantity.end : quantity.end + 4]
    for row in table("outcome_heads"):
        if row["where"] == "after":
            if right.startswith(row["head"]):
                return replace(quantity, unit=row["unit"], kind="person" if row["unit"] == "人" else "thing")
        elif row["head"] in left and not re.match(r"[\w]", right):
            return replace(quantity, unit=row["unit"], kind="money" if row["unit"] == "元" else "visit")
    return quantity


_CHANGES = (
    "(?:增加|增长|增|上升|提升|提高|扩大|扩展|拓展|发展|壮大|上涨|涨|升|加|降低|下降|减少|降|减|缩短|缩减|缩|压缩|跃升|攀升|变|恢复|延长)"
    "(?:到|至|为|成|了)"
)
_CHANGED = re.compile(rf"^[^。;；]{{0,14}}?{_CHANGES}[^,，。;；]{{0,8}}$")


def _baseline(text: str, previous: Quantity | None, quantity: Quantity) -> float | None:
    """The value that a quantity grew or fell from, where both are named: 从 … 升至."""
    if previous is None or (previous.unit and previous.unit != quantity.unit):
        return None
    gap = text[previous.end : quantity.start]
    if len(gap) > 24 or re.search("[。;；]", gap) or not _CHANGED.search(gap):
        return None
    before = text[max(0, previous.start - 24) : previous.start]
    return previous.value if re.search("(?:从|由|自)[^,，。;；]{0,22}$", before) else None


def _is_baseline(text: str, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """Whether a quantity is what another one, later in the sentence, grew from."""
    if not re.search("(?:从|由)[^,，。;；]{0,22}$", text[max(clause[0], quantity.start - 24) : quantity.start]):
        return False
    return bool(_GROWS.match(text, quantity.end))


_GROWS = re.compile(rf"[^\d。;；]{{0,14}}?{_CHANGES}")


def _statement(
    account: Account,
    text: str,
    dates: Calendar,
    quantity: Quantity,
    indicator: Indicator,
    around: Surroundings,
    baseline: float | None,
) -> OutcomeStatement:
    titled = quantity.start < account.body
    return OutcomeStatement(
        indicator=indicator.text,
        value=quantity.value,
        unit=quantity.unit,
        approximate=quantity.approximate,
        baseline=baseline,
        period=period(dates, quantity.start, changed=baseline is not None),
        kind=_kind(quantity, indicator.text),
        cumulative=_cumulative(text, quantity, around, dates),
        evidence=_evidence(account, quantity, around),
        method=f"outcome.{'title' if titled else indicator.way}",
        confidence=_CONFIDENCE["title" if titled else indicator.way]
        - (0.15 if quantity.characters and quantity.value < 10 else 0.0),
    )


#: Share of right readings (figure and indicator) on 136 labelled accounts.
_CONFIDENCE = {"before": 0.8, "verb": 0.8, "after": 0.78, "acts": 0.78, "for": 0.78, "topic": 0.65, "title": 0.65}


def _evidence(account: Account, quantity: Quantity, around: Surroundings) -> tuple[Evidence, ...]:
    """The clause around the number in one piece; where it is too long or cut by the layout, what stands beside the number."""
    for before, after in ((120, 120), (34, 20), (14, 14), (0, 0)):
        start = max(around.clause[0], quantity.start - before)
        end = min(around.clause[1], quantity.end + after)
        pieces = account.passage.evidence(start, end)
        if len(pieces) == 1 and len(pieces[0].quote) <= _LONGEST_QUOTE:
            return pieces
    return pieces


def _cumulative(text: str, quantity: Quantity, around: Surroundings, dates: Calendar) -> bool | None:
    """Whether a figure is a stock up to a date (累计, 截至, 现有) or a flow in a period (全年, 年均, 新增); None if neither is said."""
    before = text[around.sentence[0] : quantity.start]
    if _STOCK.search(before):
        return True
    if _FLOW.search(before):
        return False
    last = bisect_left(dates.starts, quantity.start) - 1
    if last >= 0 and dates.starts[last] >= around.sentence[0] and dates.dates[last].bound != "in":
        return True
    return None


_STOCK = re.compile("累计|截至|截止|至今|迄今|总计|现有|已有|已建成|目前")
_FLOW = re.compile("全年|当年|年内|年均|每年|新增|新建|去年一年|本年度|年度")


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str, OutcomeKind], ...]:
    rows = table("outcome_kind_cues")
    return tuple((re.compile(row["cues"]), row["unit"], cast("OutcomeKind", row["kind"])) for row in rows)


def _kind(quantity: Quantity, indicator: str) -> OutcomeKind | None:
    """The kind of an outcome where its indicator tells it."""
    for cues, unit, kind in _kinds():
        if (not unit or quantity.unit in unit.split("|")) and cues.search(indicator):
            return kind
    return None


def _alike(a: str, b: str) -> bool:
    """Whether two indicators of the same figure say the same: one in the other, or half of their pairs of characters."""
    if a in b or b in a:
        return True
    x, y = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(x & y) >= 0.45 * (len(x) + len(y))


def _rounds(title: OutcomeStatement, body: OutcomeStatement) -> bool:
    """Whether a figure of the headline repeats one of the body, exactly or rounded (21亿 for 21.3亿, 两百多 for 226)."""
    if title.value == body.value:
        return True
    if title.unit != body.unit:
        return False
    more = body.value - title.value
    return abs(more) <= 0.05 * body.value or (title.approximate and 0 < more <= 0.3 * body.value)
