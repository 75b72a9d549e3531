"""The stories that support a mode of spread, judged statement by statement; `unionkg.graph.analysis.modes` defines them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.analysis.accounts import Account, Collection
from unionkg.graph.analysis.places import upwards
from unionkg.graph.analysis.spread_steps import (
    Order,
    Step,
    Telling,
    order,
    overlapping,
    period_of,
    start_step,
    stated_start,
    step,
    weakest,
)
from unionkg.graph.analysis.standing import End, Standing, covers, is_above, is_place, places_of, rank_of
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.vocabulary import Term

Mode = Literal["top_down", "absorb_radiate", "same_level", "forerunner", "bottom_up", "pilot_rollout"]
MODES: tuple[Mode, ...] = ("top_down", "absorb_radiate", "same_level", "forerunner", "bottom_up", "pilot_rollout")


@dataclass(frozen=True, slots=True)
class Finding:
    """One story that supports a mode: its statements in the order of the story, and how certain that order is."""

    mode: Mode
    order: Order
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A telling with what the judgement of one practice type needs."""

    telling: Telling
    usable: tuple[Relationship, ...]

    @property
    def account(self) -> Account:
        """Whose telling it is."""
        return self.telling.account


@dataclass(frozen=True, slots=True)
class Practice:
    """All tellings of a practice type, who stands above whom, and what recognition in a form amounts to.

    ``named`` are the cases that an end stands for: a union, the place that it leads, or the account. ``learners`` are the
    statements of other accounts that they learned from an account, by its id.
    """

    cases: tuple[Case, ...]
    named: Mapping[End, Sequence[Case]]
    learners: Mapping[str, Sequence[tuple[Relationship, Case]]]
    known: Standing
    uptake: Mapping[str, str]
    presupposing: frozenset[str]
    policies: Mapping[str, tuple[End, ...]]

    @property
    def found(self) -> Collection:
        """The accounts and nodes that all this is about."""
        return self.known.found


def gathered(
    cases: tuple[Case, ...],
    known: Standing,
    forms: Sequence[Term],
    policies: Mapping[str, tuple[End, ...]],
) -> Practice:
    """Put together what is told of a practice type.

    Parameters
    ----------
    cases : tuple of Case
    known : Standing
    forms : sequence of Term
        The vocabulary recognition_forms.
    policies : mapping
        Policies about the type, with their issuers and the regions that they apply to.
    """
    named: dict[End, list[Case]] = defaultdict(list)
    for case in cases:
        named["PracticeCase", case.account.id].append(case)
        for union in sorted(case.account.unions):
            named["TradeUnion", union].append(case)
            if is_place(("TradeUnion", union), known):
                for seat in known.found.seats.get(union, ()):
                    named["Region", seat].append(case)
    learners: dict[str, list[tuple[Relationship, Case]]] = defaultdict(list)
    for learner in cases:
        for tie in learner.usable:
            for case in named.get(_whom(tie.end, known), ()) if tie.type == "LEARNED_FROM" else ():
                if not learner.account.unions & case.account.unions:
                    learners[case.account.id].append((tie, learner))
    uptake = {term.zh: term.fields.get("uptake", "") for term in forms}
    presupposing = frozenset(term.zh for term in forms if term.fields.get("presupposes") == "yes")
    return Practice(cases, named, learners, known, uptake, presupposing, policies)


def _whom(end: End, known: Standing) -> End:
    """An end, with one of several printings of an account standing for the account."""
    account = known.found.every.get(end[1]) if end[0] == "PracticeCase" else None
    return (end[0], account.id) if account else end


def findings(practice: Practice) -> Iterator[Finding]:
    """Every story of a practice type, by mode and account."""
    by_mode: dict[Mode, list[Finding]] = {mode: [] for mode in MODES}
    for case in practice.cases:
        for finding in (
            *_top_down(case, practice),
            *_taken_up(case, practice),
            *_between(case, practice),
            *_piloted(case, practice),
        ):
            by_mode[finding.mode].append(finding)
    for mode in MODES:
        yield from by_mode[mode]


# ------------------------------------------------------------ from above


def _top_down(case: Case, practice: Practice) -> Iterator[Finding]:
    for act, certain in _from_above(case, practice):
        yield _story("top_down", certain, case, practice, before=(step("act", act, case.account, practice.found),))


def _from_above(case: Case, practice: Practice) -> Iterator[tuple[Relationship, Order]]:
    """The acts of superiors that the beginning may have followed, and how certain that is."""
    for act in _acts_above(case, practice):
        certain = order(period_of(act, practice.found), case.telling.start)
        # A promotion without a date may as well follow the practice as precede it.
        if certain is not None and (act.type != "PROMOTED_BY" or certain == "dated"):
            yield act, certain


def _acts_above(case: Case, practice: Practice) -> Iterator[Relationship]:
    """Assignments, promotions and cited policies of the practice type that come from a superior."""
    for tie in case.usable:
        if tie.type in {"PILOT_ASSIGNED_BY", "PROMOTED_BY"} and _superior(tie.end, case, practice):
            yield tie
    for policy, tie in sorted(case.telling.cited.items()):
        if any(_superior(end, case, practice) for end in practice.policies[policy]):
            yield tie


def _superior(end: End, case: Case, practice: Practice) -> bool:
    """Whether an end surely stands above every union of the account."""
    unions = case.account.unions
    return bool(unions) and all(is_above(end, union, case.account, practice.known) for union in unions)


# ------------------------------------------------------------ from below


def _taken_up(case: Case, practice: Practice) -> Iterator[Finding]:
    """Bottom-up, and absorption with radiation."""
    if not _local(case, practice):
        return
    start = case.telling.start
    for tie, teller, amounts, superior in _uptakes(case, practice):
        when = period_of(tie, practice.found)
        certain = order(start, when)
        if certain == "open":
            # The words may say that the practice was there; a mere promotion may as well have come before it.
            certain = "worded" if _presupposes(tie, practice) else None
        if certain is None:
            continue
        taken = step("uptake", tie, teller.account, practice.found)
        if amounts == "adopted":
            yield _story("bottom_up", certain, case, practice, after=(taken,))
        spread: dict[Order, list[Step]] = defaultdict(list)
        for other, other_teller in _radiating(case, superior, practice):
            chain = weakest(certain, order(when, period_of(other, practice.found)))
            if chain is not None and other.id != tie.id:
                spread[chain].append(step("radiation", other, other_teller.account, practice.found))
        for chain, steps in sorted(spread.items()):
            yield _story("absorb_radiate", chain, case, practice, after=(taken, *steps))


def _local(case: Case, practice: Practice) -> bool:
    """Whether no act of a superior is stated that the beginning may have followed: one start is not of both modes."""
    return bool(case.account.unions) and next(_from_above(case, practice), None) is None


def _uptakes(case: Case, practice: Practice) -> Iterator[tuple[Relationship, Case, str, End]]:
    """What superiors did with a practice from below: the statement, who states it, what it amounts to, the superior."""
    for tie in case.usable:
        amounts = strength(tie, practice)
        if tie.type in {"PROMOTED_BY", "RECOGNISED_BY"} and amounts and _superior(tie.end, case, practice):
            yield tie, case, amounts, tie.end
        elif tie.type in {"SCALED_TO", "REPLICATED_IN"} and _superior(tie.end, case, practice):
            yield tie, case, "adopted", tie.end
    for tie, learner in practice.learners.get(case.account.id, ()):
        above = [
            ("TradeUnion", one)
            for one in sorted(learner.account.unions)
            if _superior(("TradeUnion", one), case, practice)
        ]
        if above:
            yield tie, learner, "adopted", above[0]


def strength(tie: Relationship, practice: Practice) -> str:
    """adopted, endorsed, or empty: what a promotion or recognition amounts to."""
    form = tie.properties.get("form")
    if form is None:
        return "adopted" if tie.type == "PROMOTED_BY" else ""
    amounts = practice.uptake.get(str(form), "")
    return amounts or ("endorsed" if tie.type == "PROMOTED_BY" else "")


def _presupposes(tie: Relationship, practice: Practice) -> bool:
    """Whether a statement says by its words that the practice was there before what it tells of."""
    return tie.type != "PROMOTED_BY" or str(tie.properties.get("form")) in practice.presupposing


def _radiating(case: Case, superior: End, practice: Practice) -> Iterator[tuple[Relationship, Case]]:
    """Statements that somebody else below a superior copied the practice."""
    for tie in case.usable:
        if tie.type in {"SCALED_TO", "REPLICATED_IN"} and _elsewhere_below(tie.end, case, superior, practice):
            yield tie, case
    for tie, learner in practice.learners.get(case.account.id, ()):
        if any(_elsewhere_below(("TradeUnion", one), case, superior, practice) for one in learner.account.unions):
            yield tie, learner


def _elsewhere_below(end: End, case: Case, superior: End, practice: Practice) -> bool:
    known, places = practice.known, practice.found.places
    if (
        end == superior
        or end[0] not in {"TradeUnion", "Region"}
        or (end[0] == "TradeUnion" and end[1] in case.account.unions)
    ):
        return False
    there = (end[1],) if end[0] == "Region" else places_of(end[1], None, known)
    own = {place for union in case.account.unions for place in places_of(union, case.account, known)}
    if all(is_place(("TradeUnion", union), known) for union in case.account.unions) and any(
        set(upwards(place, places)) & own for place in there
    ):
        return False
    if superior[0] == "Region":
        return any(superior[1] in upwards(place, places) and place != superior[1] for place in there)
    if end[0] == "TradeUnion":
        return is_above(superior, end[1], None, known)
    return covers(superior[1], end[1], known)


# ------------------------------------------------------------ sideways


def _between(case: Case, practice: Practice) -> Iterator[Finding]:
    """Learning and copying between equals, or between places of different level."""
    for tie in case.usable:
        if tie.type not in {"LEARNED_FROM", "REPLICATED_IN"} or tie.properties.get("collective"):
            continue
        for union in sorted(case.account.unions):
            mode = _sideways(("TradeUnion", union), _unit(tie.end, practice), case, practice)
            source, certain = _worded(tie, case, practice)
            if mode is None or certain is None or (mode == "same_level" and _common_act(tie, case, practice)):
                continue
            learning = step("learning", tie, case.account, practice.found)
            before, after = ((source,), (learning,)) if tie.type == "LEARNED_FROM" else ((), (learning, source))
            yield _story(mode, certain, case, practice, before=_given(before), after=_given(after))
            break


def _given(steps: Sequence[Step | None]) -> tuple[Step, ...]:
    return tuple(one for one in steps if one is not None)


def _unit(end: End, practice: Practice) -> End | None:
    """The union or region that an end stands for; an account stands for its union where it has one."""
    if end[0] == "PracticeCase":
        account = practice.found.every.get(end[1])
        return ("TradeUnion", min(account.unions)) if account is not None and len(account.unions) == 1 else None
    return end if end[0] in {"TradeUnion", "Region"} else None


def _sideways(one: End, other: End | None, case: Case, practice: Practice) -> Mode | None:
    """same_level, forerunner, or None where one is above the other or their standing is not known."""
    known = practice.known
    if other is None or one == other or is_above(other, one[1], case.account, known):
        return None
    if other[0] == "TradeUnion" and is_above(one, other[1], None, known):
        return None
    if other[0] == "Region" and covers(one[1], other[1], known):
        return None
    ranks = rank_of(one, known), rank_of(other, known)
    if None in ranks:
        return None
    places = is_place(one, known) and is_place(other, known)
    if ranks[0] == ranks[1]:
        return "same_level" if places or other[0] == "TradeUnion" else None
    return "forerunner" if places else None


def _worded(tie: Relationship, case: Case, practice: Practice) -> tuple[Step | None, Order | None]:
    """The words say who had it first, dates may prove it or contradict it; with the beginning of the other side."""
    others = [one for one in practice.named.get(_whom(tie.end, practice.known), ()) if one is not case]
    theirs = stated_start([other.telling.applied for other in others]) if others else None
    own = case.telling.start
    certain = order(theirs, own) if tie.type == "LEARNED_FROM" else order(own, theirs or period_of(tie, practice.found))
    if certain != "dated" or theirs is None:
        return None, "worded" if certain == "open" else certain
    begun = [one for other in others if (one := start_step(other.telling, practice.found)) is not None]
    return min(begun, key=lambda one: one.period or "", default=None), certain


def _common_act(tie: Relationship, case: Case, practice: Practice) -> bool:
    """Whether a superior of both sides is stated to have acted, and not surely after the one learned from the other."""
    other = _unit(tie.end, practice)
    learned = period_of(tie, practice.found) or (case.telling.start if tie.type == "LEARNED_FROM" else None)
    for teller in (case, *(practice.named.get(other, ()) if other else ())):
        for act in _acts_above(teller, practice):
            ends = practice.policies[act.end[1]] if act.type == "CITED" else (act.end,)
            common = any(_superior(end, case, practice) and _above_other(end, other, practice) for end in ends)
            if common and order(learned, period_of(act, practice.found)) != "dated":
                return True
    return False


def _above_other(end: End, other: End | None, practice: Practice) -> bool:
    if other is None:
        return False
    if other[0] == "TradeUnion":
        return is_above(end, other[1], None, practice.known)
    if end[0] == "TradeUnion":
        return covers(end[1], other[1], practice.known)
    return end != other and end[1] in upwards(other[1], practice.found.places)


# ------------------------------------------------------------ pilots


def _piloted(case: Case, practice: Practice) -> Iterator[Finding]:
    """Pilots and roll-outs of one account whose order is surest; who ordered them need not be recognised for that."""
    pilots = [tie for tie in case.usable if tie.type in {"PILOTED_AT", "PILOT_ASSIGNED_BY"}]
    rollouts = [
        t
        for t in case.usable
        if t.type == "SCALED_TO" or (t.type == "PROMOTED_BY" and strength(t, practice) == "adopted")
    ]
    pairs: dict[Order, tuple[list[Relationship], list[Relationship]]] = {}
    for pilot in pilots:
        for rollout in rollouts:
            between = order(period_of(pilot, practice.found), period_of(rollout, practice.found))
            if between == "open" and overlapping(pilot, rollout):
                between = "worded"
            if between is not None:
                first, then = pairs.setdefault(between, ([], []))
                first += [pilot] if pilot not in first else []
                then += [rollout] if rollout not in then else []
    surest: tuple[Order, ...] = ("dated", "worded", "open")
    certain = next((one for one in surest if one in pairs), None)
    if certain is not None:
        first, then = pairs[certain]
        yield Finding(
            "pilot_rollout",
            certain,
            (
                *(step("pilot", tie, case.account, practice.found) for tie in first),
                *(step("rollout", tie, case.account, practice.found) for tie in then),
            ),
        )


# ------------------------------------------------------------ together


def _story(
    mode: Mode,
    certain: Order,
    case: Case,
    practice: Practice,
    *,
    before: Sequence[Step] = (),
    after: Sequence[Step] = (),
) -> Finding:
    start = start_step(case.telling, practice.found)
    return Finding(mode, certain, (*before, *((start,) if start else ()), *after))
