"""Quantified results of an account: what was measured, how much of it, when, of what it is a part, and who says so.

A quantity (`numbers`) is an outcome unless `outcome_filter` knows better; `outcome_indicator` says what it measures,
`outcome_period` when, `outcome_relations` what it is a part of and who says it, `outcome_traits` its kind. Cues are in
vocabularies/outcome_*.csv. Not read: ranges, aims, rules and prices, what describes an area or a company, sections of
background and comment. Nothing is computed or corrected: 从30%升至80% has value 80 and baseline 30 because both are printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from unionkg.graph.records import Evidence, OutcomeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import outcome_indicator
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import Quantity, quantities
from unionkg.loaders.extract.outcome_filter import Surroundings, is_heading, is_result, is_setting
from unionkg.loaders.extract.outcome_indicator import Context, Indicator
from unionkg.loaders.extract.outcome_period import Calendar, calendar, counts_from_start, period
from unionkg.loaders.extract.outcome_relations import Told, claimant, whole_of
from unionkg.loaders.extract.outcome_traits import is_cumulative, kind_of
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions
from unionkg.ontology.vocabulary import table

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """An outcome with its place in the passage."""

    outcome: OutcomeStatement
    start: int
    sentence: int
    titled: bool


def read(account: Account, document: DocumentContext, began: str | None = None) -> tuple[OutcomeStatement, ...]:
    """The outcomes of an account in the order of its text, ids empty; ``began`` is when its practice did, as far as told.

    Sections of background and commentary are passed over. A figure of the headline is kept only where the body does
    not give it, exactly or rounded.
    """
    text = folded(account.passage.text)
    times = time_expressions(text, document.published)
    found: list[_Found] = []
    told: dict[tuple[float, str], list[_Found]] = defaultdict(list)
    kept_as: dict[str, str] = {}
    for one in _candidates(account, document, text, times, began):
        same = told[one.outcome.value, one.outcome.unit]
        repeated = None if one.titled else next((other for other in same if _same(one, other)), None)
        if repeated is None:
            found.append(one)
        kept_as[one.outcome.name] = (repeated or one).outcome.name
        if not one.titled:
            same.append(one)
    body = [one for one in found if not one.titled]
    kept = [one for one in found if not one.titled or not any(_rounds(one.outcome, other.outcome) for other in body)]
    ordered = [one.outcome for one in _with_baselines(sorted(kept, key=lambda one: one.start), text)]
    return tuple(
        replace(one, subset_of=kept_as.get(one.subset_of)) if one.subset_of is not None else one for one in ordered
    )


#: A figure that an earlier one rose to: 扩到226平方米, 涨到1298人.
_RISEN = re.compile("(?:扩大?|增加?|涨|升|提高|发展|增长|攀升|上升|壮大)(?:到|至)了?$")
_NEAR = 60


def _with_baselines(found: Sequence[_Found], text: str) -> list[_Found]:
    """Two figures of one indicator, the second told to have risen from the first, are one outcome with a baseline."""
    left: list[_Found] = []
    for one in found:
        now, before = one.outcome, left[-1] if left else None
        if (
            before is not None
            and now.baseline is None
            and before.outcome.baseline is None
            and one.start - before.start <= _NEAR
            and before.outcome.unit == now.unit
            and before.outcome.indicator.endswith(now.indicator)
            and before.outcome.kind != "产出"  # 新增20个，总数升至80个: what was added is no baseline
            and before.outcome.value < now.value
            and _RISEN.search(text, max(0, one.start - 6), one.start)
        ):
            quotes = tuple(dict.fromkeys((*before.outcome.evidence, *now.evidence)))
            left[-1] = replace(one, outcome=replace(now, baseline=before.outcome.value, evidence=quotes))
        else:
            left.append(one)
    return left


def _candidates(
    account: Account, document: DocumentContext, text: str, times: tuple[TimeExpression, ...], began: str | None
) -> Iterator[_Found]:
    passed = [(s.start, s.end) for s in account.sections if s.kind in {"背景", "点评"}]
    opening = account.body + max(90, (len(text) - account.body) // 6)
    spent = [(t.start, t.end) for t in times]
    numbers = [q for q in (*quantities(text), *_nothing(text)) if not _within(q, spent) and not _within(q, passed)]
    numbers.sort(key=lambda quantity: quantity.start)
    dates = calendar(
        account.kind,
        text,
        times,
        published=document.published,
        body=account.body,
        started=began if counts_from_start(text) else None,
    )
    sentence = (-1, -1)
    setting = False
    refused: Quantity | None = None
    printed: Quantity | None = None
    accepted: tuple[Quantity, Indicator] | None = None
    whole: Indicator | None = None
    read_so_far: list[Told] = []
    earlier: list[Indicator] = []
    for place, quantity in enumerate(numbers):
        here = bounds("sentence", text, quantity.start, quantity.end)
        clause = bounds("clause", text, quantity.start, quantity.end)
        if here != sentence:
            whole = accepted[1] if accepted and "\n" not in text[sentence[1] : here[0]] else None
            sentence, printed, refused, accepted, setting, earlier = here, None, None, None, False, []
        if not quantity.unit:
            quantity = _with_unit(text, quantity, clause)
        clause = max(clause[0], quantity.start - _FAR), min(clause[1], quantity.end + _FAR)
        near = max(here[0], quantity.start - 4 * _FAR), min(here[1], quantity.end + 4 * _FAR)
        around = Surroundings(near, clause, account.body, account.body <= quantity.start < opening)
        compared, printed = printed if _grew_from(text, printed, quantity) else None, quantity
        if is_setting(text, quantity, around, setting):
            setting = True
            continue
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if (following is not None and _grew_from(text, quantity, following)) or not is_result(text, quantity, around):
            refused = quantity
            continue
        counted = _following(text, numbers, place, clause)
        if counted is not None and _is_sort(text, quantity, counted):
            continue
        context = _context(text, quantity, around, accepted, counted, spent, refused)
        if "分别" in context.left:
            context = replace(context, earlier=tuple(earlier), among=_among(numbers, place, clause))
        if compared is not None:
            context = replace(context, left=_before_change(text, compared, clause), listed=False, joined=False)
        indicator = outcome_indicator.read(quantity, text[quantity.measure : quantity.end], context)
        if indicator is None:
            continue
        if whole is not None and _lists(text, around, numbers[max(0, place - 20) : place + 20], indicator):
            own = indicator.topic if indicator.way == "listed" else indicator.text
            indicator = replace(indicator, text=own + whole.topic, verb="")
        accepted = quantity, indicator
        if quantity.kind != "ratio":
            earlier.append(indicator)
        part_of = whole_of(text, quantity.start, context.left, here[0], quantity.value, quantity.unit, read_so_far)
        outcome = _statement(account, text, dates, quantity, indicator, around, compared, part_of)
        read_so_far.append(
            Told(quantity.start, here[0], outcome.value, outcome.unit, outcome.name, outcome.kind, part_of is not None)
        )
        heads = quantity.start < account.body or is_heading(text, here)
        yield _Found(outcome, quantity.start, here[0], heads)


def _is_sort(text: str, quantity: Quantity, counted: Quantity) -> bool:
    """Whether a number says of how many sorts the next one is: 五项集体合同177份."""
    gap = text[quantity.end : counted.start]
    return quantity.characters and quantity.unit in {"项", "种", "类"} and bool(_NAMED.fullmatch(gap))


_NAMED = re.compile("[\u4e00-\u9fff（）“”]{2,16}")


def _among(numbers: list[Quantity], place: int, clause: tuple[int, int]) -> int:
    """How many numbers of one kind a clause holds."""
    near = numbers[max(0, place - 6) : place + 7]
    return sum(clause[0] <= one.start < clause[1] and one.kind == numbers[place].kind for one in near)


def _lists(text: str, around: Surroundings, numbers: list[Quantity], indicator: Indicator) -> bool:
    """Whether a sentence splits up the figure before it by place or body: 其中电信360家、银行80家 …"""
    if not text.startswith("其中", around.sentence[0]) or not (
        indicator.way == "listed" or (indicator.way == "before" and not indicator.verb)
    ):
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
    if accepted is not None and _PARTED.search(text, accepted[0].end, quantity.start):
        accepted = None
    if accepted is not None:
        between = text[accepted[0].end : quantity.start]
        if accepted[0].end > left:
            left = min(max(accepted[0].end, accepted[1].noun_end), quantity.start)
    at = bisect_right(spent, (quantity.start, quantity.start))
    if at and spent[at - 1][1] <= quantity.start:
        left = max(left, spent[at - 1][1])
    opened = text.rfind("（", left, quantity.start)
    words = text[left : quantity.start]
    if opened >= 0 and "）" not in text[opened : quantity.start]:
        words = text[opened + 1 : quantity.start]
        if not words and refused is not None and refused.end == opened:  # 超过三成(36%)
            words = text[left : refused.start]
    if refused is not None and refused.end == quantity.start and refused.start >= left:
        words = text[left : refused.start]
    elif refused is not None and refused.start == left:
        words = text[refused.end : quantity.start]
    on = shared = ""
    if following is not None:
        on = re.split("[,，。;；、]", text[following.end : right])[0][:16]
        right = following.start
        if (mark_at := text.find("、", quantity.end, right)) >= 0:
            right, shared, on, following = mark_at, on, "", None
    clause = text[around.sentence[0] : max(around.sentence[0], around.clause[0] - 1)]
    return Context(
        left=words.lstrip("、和及与").removeprefix("的"),
        right=text[quantity.end : right],
        on=on,
        followed=following is not None,
        before=accepted[1] if accepted else None,
        between=between or "",
        listed=between is not None and words in {"、", "和", "及", "与", "、 "} and accepted is not None,
        joined=between == "",
        shared=shared,
        earlier=(),
        among=1,
        clause=_COMMAS.split(clause)[-1],
        behind=text[max(text.rfind("\n", 0, around.clause[0]) + 1, around.sentence[0]) : around.clause[0]],
        title=text[: around.body],
    )


_PARTED = re.compile("[;；]")
_COMMAS = re.compile("[,，;；:：]")


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


_CHANGED = re.compile("^[^。;；]{0,14}?[\u4e00-\u9fff](?:到|至|为|成|了)[^,，。;；]{0,8}$")


def _grew_from(text: str, previous: Quantity | None, quantity: Quantity) -> bool:
    """Whether a quantity grew or fell from the one before it, where both are named: 从 … 升至, 由 … 的 … 降为."""
    if previous is None or (previous.unit and previous.unit != quantity.unit):
        return False
    if quantity.start - previous.end > 24:
        return False
    gap = text[previous.end : quantity.start]
    if re.search("[。;；]", gap) or not _CHANGED.search(gap):
        return False
    return bool(_FROM.search(text, max(0, previous.start - 24), previous.start))


_FROM = re.compile("(?:从|由|自|[比较][^,，。;；]{2,12}的)[^,，。;；]{0,22}$")


def _statement(
    account: Account,
    text: str,
    dates: Calendar,
    quantity: Quantity,
    indicator: Indicator,
    around: Surroundings,
    compared: Quantity | None,
    whole: Told | None,
) -> OutcomeStatement:
    way = "title" if quantity.start < account.body else indicator.way
    small = quantity.characters and quantity.value < 10
    shares = compared is not None or quantity.kind == "ratio"  # a share or a change is neither stock nor flow
    own_kind = kind_of(indicator.text, quantity.unit)
    return OutcomeStatement(
        indicator=indicator.text,
        value=quantity.value,
        unit=quantity.unit,
        approximate=quantity.approximate,
        baseline=compared.value if compared else None,
        period=period(dates, quantity.start, baseline=compared.start if compared else None),
        kind=own_kind if whole is None or own_kind not in {None, "规模"} else whole.kind or own_kind,
        cumulative=None if shares else is_cumulative(text, around.sentence[0], quantity.start, dates),
        claimed_by=claimant(text, around.sentence, quantity.start),
        subset_of=whole.name if whole else None,
        evidence=_evidence(account, quantity, around),
        method=f"outcome.{way}.numeral" if small else f"outcome.{way}",
        confidence=_CONFIDENCE[way] - (0.15 if small else 0.0),
    )


#: Share of right readings (figure and indicator) of each way on 136 labelled accounts; 三 and its like are right less often.
_CONFIDENCE = {
    "shared": 0.75,
    "listed": 0.78,
    "before": 0.8,
    "verb": 0.78,
    "after": 0.81,
    "acts": 0.79,
    "for": 0.79,
    "topic": 0.65,
    "title": 0.65,
}


def _evidence(account: Account, quantity: Quantity, around: Surroundings) -> tuple[Evidence, ...]:
    """The clause around the number in one piece; where it is too long or cut by the layout, what stands beside the number."""
    for before, after in ((120, 120), (34, 20), (14, 14), (0, 0)):
        start = max(around.clause[0], quantity.start - before)
        end = min(around.clause[1], quantity.end + after)
        if end - start > _LONGEST_QUOTE and before:
            continue
        pieces = account.passage.evidence(start, end)
        if len(pieces) == 1 and len(pieces[0].quote) <= _LONGEST_QUOTE:
            return pieces
    return pieces


def _same(one: _Found, other: _Found) -> bool:
    """Whether a figure repeats another: in one sentence (1人获评劳模，1人获评工匠) only in the same words."""
    if one.sentence == other.sentence:
        return one.outcome.indicator == other.outcome.indicator
    return _alike(one.outcome.indicator, other.outcome.indicator)


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
