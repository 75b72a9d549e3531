"""Dates, figures and spread in words, as a briefing writes them, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from unionkg.graph.stores.protocol import Value
from unionkg.language import say
from unionkg.ontology import dates
from unionkg.ontology.vocabulary import terms
from unionkg.viz.briefing.figures import printed

#: How a document says that a practice spread, as one reads it from the account's side.
SPREAD: Mapping[str, tuple[str, str]] = {
    "LEARNED_FROM": ("向{other}学习", "learned from {other}"),
    "PILOT_ASSIGNED_BY": ("受{other}部署试点", "pilot assigned by {other}"),
    "PILOTED_AT": ("在{other}试点", "piloted at {other}"),
    "PROMOTED_BY": ("由{other}推广", "promoted by {other}"),
    "SCALED_TO": ("推广到{other}", "scaled to {other}"),
    "REPLICATED_IN": ("{other}照做", "replicated in {other}"),
    "RECOGNISED_BY": ("获{other}认可", "recognised by {other}"),
}
_FLAGS: Mapping[str, tuple[str, str]] = {
    "collective": ("泛指多家", "a collection"),
    "internal": ("同一单位内部", "inside one organisation"),
    "intended": ("打算，尚未实施", "intended, not done"),
}
_BASES: Mapping[str, tuple[str, str]] = {
    "award": ("按获奖或入选年份", "year of an award or selection"),
    "publication": ("按刊印日期", "date of publication"),
    "ledger": ("按台账", "ledger"),
}


def unseen() -> str:
    """What stands where the material says nothing."""
    return say("资料未见", "not seen in the material")


def date(period: str) -> str:
    """A partial date or an interval of two: 2016年7月; 2013年至2017年."""
    first, slash, last = period.partition("/")
    if slash:
        return say(f"{date(first)}至{date(last)}", f"{first} to {last}")
    parts = first.split("-")
    return say("".join(f"{int(part)}{mark}" for part, mark in zip(parts, "年月日", strict=False)), first)


def interval(not_before: object, not_after: object, dated_by: object) -> str:
    """When something was taken up, with what an upper bound rests on: 2016年7月; 不晚于2017年5月（按刊印日期）."""
    if not not_after:
        return say("日期不明", "undated")
    last = str(not_after)
    if not_before:
        first = str(not_before)
        if exact := _same(first, last):
            return date(exact)
        since, until = _beginning(first), _ending(last)
        return say(f"{date(since)}至{date(until)}之间", f"between {since} and {until}")
    basis = _BASES.get(str(dated_by))
    behind = say(f"（{basis[0]}）", f" ({basis[1]})") if basis else ""
    return say(f"不晚于{date(_ending(last))}", f"by {_ending(last)}") + behind


def _same(first: str, last: str) -> str | None:
    """The partial date whose first and last day these are."""
    return next((text for text in (last[:4], last[:7], last) if dates.bounds(text) == (first, last)), None)


def _beginning(day: str) -> str:
    """A first day as the coarsest partial date that begins with it: 2017-01-01 is 2017."""
    return next(text for text in (day[:4], day[:7], day) if dates.bounds(text)[0] == dates.bounds(day)[0])


def _ending(day: str) -> str:
    """A last day as the coarsest partial date that ends with it: 2017-12-31 is 2017."""
    return next(text for text in (day[:4], day[:7], day) if dates.bounds(text)[1] == dates.bounds(day)[1])


def figure(outcome: Mapping[str, Value], quote: str) -> str:
    """The number of an outcome as its quote prints it, with unit, period and what it rose from; never its indicator."""
    told = period(outcome, say("时段未写明", "period not given"))
    return printed(outcome, quote) + say(f"（{told}）", f" ({told})")


def period(outcome: Mapping[str, Value], unknown: str) -> str:
    """The time that an outcome is of (``unknown`` where none is given), and whether it is a stock or a flow."""
    told = [date(str(outcome["period"])) if "period" in outcome else unknown]
    if "cumulative" in outcome:
        told.append(say("累计", "cumulative") if outcome["cumulative"] else say("期内", "in the period"))
    return say("，", ", ").join(told)


def spread(kind: str, given: Mapping[str, Value]) -> str:
    """A statement of diffusion: 向甲市总工会学习（2014年7月，调研考察）."""
    told = [date(str(given["period"]))] if "period" in given else []
    told += [str(given["form"])] if "form" in given else []
    told += [say(*words) for flag, words in _FLAGS.items() if given.get(flag)]
    behind = say(f"（{'，'.join(told)}）", f" ({', '.join(told)})") if told else ""
    return say(*SPREAD[kind]).format(other=given.get("printed", "")) + behind


def label(vocabulary: str, key: object) -> str:
    """The label of a vocabulary's term; the key itself where there is none."""
    found = next((term for term in terms(vocabulary) if term.key == key), None)
    return say(found.zh, found.en) if found else str(key)
