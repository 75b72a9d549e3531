"""What deserves a look first: a ranked list of values, gaps and reopened decisions, each with its reason.

Pure functions over effective records. The rank is how likely something is wrong times how much hangs on it; decisions
that no longer bind come before everything else. What people have decided is not asked again. An item tells what to
name in a verdict (`unionkg.graph.verdicts`): a fact, an account, or a decision.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

from unionkg.graph.attributes import all_fields, shown
from unionkg.graph.decisions import EffectiveRecord, Reopened, ReviewDecision, statement_types
from unionkg.graph.projection import case_name
from unionkg.graph.proposals import Proposal, is_open
from unionkg.graph.records import (
    CaseRecord,
    DiffusionStatement,
    DocumentRecord,
    OutcomeStatement,
    PracticeStatement,
    RegionStatement,
    Review,
    Statement,
    UnionStatement,
    decode,
)
from unionkg.graph.sentences import DocumentText, Marked
from unionkg.language import say
from unionkg.ontology import dates
from unionkg.ontology.regions import find, table

Cause = Literal["reopened", "contradiction", "missing", "unknown_place", "low_confidence", "proposed"]

#: Readings below this confidence are listed; above it only what contradicts something.
LOW = 0.6
#: What hangs on a field: the core of an account 1, the rest less.
_WEIGHT = {"title": 1.0, "started": 1.0, "outcomes": 0.9, "diffusion": 0.8, "regions": 1.0, "practices": 0.7}
_REST = 0.6
#: How likely a contradiction, an unknown place or what a model adds is a wrong reading; estimates, only their order matters.
_CONTRADICTION, _UNKNOWN_PLACE, _ADDED = 0.7, 0.45, 0.4
_SHARE = re.compile("率|占比|比例|比重|覆盖|百分比")
_RISING = re.compile("增|升|提高|扩大|上涨|翻")
_FALLING = re.compile("降|减|下滑|缩短|压缩")
#: A number with what it counts, as results are told; years, ordinals and telephone numbers are none.
_COUNTED = re.compile(
    r"\d[\d,，.]*(?:余|多)?(?:万|亿|千|百)?(?:余|多)?(?:人次|人|名|户|家|个|件|场|万元|亿元|元|条|项|份|次|%|％)"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something deserves a look: the kind of cause, and a sentence in the user's language."""

    cause: Cause
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at.

    ``id`` is what a verdict names: a fact, the account that lacks ``field``, or a decision that was reopened
    (``decision``; ``facts`` are then what the machine now reads instead). ``value`` is as a person reads it, empty
    for what is missing. ``rank`` sorts, highest first.
    """

    id: str
    reasons: tuple[Reason, ...]
    rank: float
    document: str
    case: str
    case_name: str
    field: str | None
    value: str = ""
    sentences: tuple[Marked, ...] = ()
    confidence: float | None = None
    review: Review = "unreviewed"
    decision: ReviewDecision | None = None
    facts: tuple[str, ...] = ()

    @property
    def page(self) -> str | None:
        """The page of the first sentence."""
        return self.sentences[0].page if self.sentences else None

    @property
    def line(self) -> int | None:
        """The line of the first sentence."""
        return self.sentences[0].line if self.sentences else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is reviewed: statements by state, accounts of which a person decided something (``touched``)."""

    accepted: int
    corrected: int
    rejected: int
    unreviewed: int
    accounts: int
    touched: int


def progress(cases: Iterable[EffectiveRecord]) -> Progress:
    """Count the statements of some accounts by their review state."""
    states = {"accepted": 0, "corrected": 0, "unreviewed": 0}
    rejected = accounts = touched = 0
    for case in cases:
        mine = [case.review(statement) for _, statement in case.record.statements()]
        for state in mine:
            states[state] += 1
        rejected += len(case.rejected)
        accounts += 1
        touched += bool(case.rejected or case.lacks or any(state != "unreviewed" for state in mine))
    return Progress(states["accepted"], states["corrected"], rejected, states["unreviewed"], accounts, touched)


def queue(
    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]],
    texts: Mapping[str, str],
    reopened: Sequence[Reopened] = (),
    redirects: Mapping[str, str] | None = None,
    proposals: Iterable[Proposal] = (),
) -> list[Item]:
    """Everything that deserves a look, what deserves it first in front.

    Parameters
    ----------
    documents : sequence of (DocumentRecord, accounts)
    texts : mapping
        The stored text of every document, by its id.
    reopened : sequence of Reopened
        Decisions that no longer bind.
    redirects : mapping, optional
        Ids to those that stand for them: which practices are one.
    proposals : iterable of Proposal, optional
        What a language model reads otherwise.
    """
    starts = _starts_elsewhere([case for _, cases in documents for case in cases], redirects or {})
    items: list[Item] = []
    proposed: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        proposed[one.case].append(one)
    for document, cases in documents:
        text = DocumentText.of(document, texts.get(document.id, ""))
        by_id = {case.record.id: case for case in cases}
        items += [_reopened(one, by_id, text) for one in reopened if one.decision.document == document.id]
        for case in cases:
            items += _of_account(case, document, text, starts)
            items += (_proposed(one, case, text) for one in proposed[case.record.id] if is_open(one, case))
    return sorted(items, key=lambda item: -item.rank)


def _reopened(one: Reopened, cases: Mapping[str, EffectiveRecord], text: DocumentText) -> Item:
    decision = one.decision
    held = cases.get(decision.case)
    what = say(f"{decision.by} {decision.at[:10]} 的裁定失效：", f"{decision.by}'s decision of {decision.at[:10]}: ")
    statements = {s.id: s for _, s in held.record.statements()} if held else {}
    found = [statements[fact] for fact in one.facts if fact in statements]
    return Item(
        id=decision.id,
        reasons=(Reason("reopened", what + why_reopened(one)),),
        rank=2.0,
        document=decision.document,
        case=decision.case,
        case_name=case_name(held.record) if held else decision.case,
        field=decision.field,
        value=_decided_value(decision),
        sentences=tuple(m for statement in found for m in text.marked(statement.evidence)),
        decision=decision,
        facts=one.facts,
    )


def why_reopened(one: Reopened) -> str:
    """Why a decision no longer binds, in the user's language."""
    return {
        "quote_left_source": say("裁定所据的引文已不在原文", "its quote is no longer in the source"),
        "other_value": say("程序现在由同样的文字读出别的值", "the same words are now read otherwise"),
        "unknown_case": say("裁定所在的案例已不在读取结果中", "its account is no longer read"),
    }[one.reason]


def verb(decision: ReviewDecision) -> str:
    """What a decision does, in the user's language."""
    return {
        "accept": say("接受", "accept"),
        "reject": say("驳回", "reject"),
        "edit": say("修改", "edit"),
        "add": say("增加", "add"),
        "split": say("拆分", "split"),
        "merge": say("合并", "merge"),
        "undo": say("撤销", "undo"),
    }[decision.decision]


def _decided_value(decision: ReviewDecision) -> str:
    if decision.field is None or decision.value is None:
        return f"{verb(decision)} {decision.quote or ''}".strip()
    statement = decode(statement_types()[decision.field], decision.value, decision.where)
    return f"{verb(decision)} {shown(decision.field, statement)}"


#: A fact's id -> (how likely it is wrong, why).
_Doubts = Mapping[str, Sequence[tuple[float, Reason]]]


def _of_account(
    case: EffectiveRecord, document: DocumentRecord, text: DocumentText, starts: Mapping[str, str]
) -> Iterator[Item]:
    record = case.record
    doubts = _doubts(case, document, starts)
    for field, statement in record.statements():
        mine = doubts.get(statement.id, ())
        if not mine or case.review(statement) != "unreviewed":
            continue
        yield Item(
            id=statement.id,
            reasons=tuple(reason for _, reason in mine),
            rank=(1 - prod(1 - doubt for doubt, _ in mine)) * _weight(field, statement),
            document=record.document,
            case=record.id,
            case_name=case_name(record),
            field=field,
            value=shown(field, statement),
            sentences=tuple(text.marked(statement.evidence)),
            confidence=statement.confidence,
        )
    for field, rank, why in _missing(case, text):
        yield Item(
            id=record.id,
            reasons=(Reason("missing", why),),
            rank=rank,
            document=record.document,
            case=record.id,
            case_name=case_name(record),
            field=field,
            sentences=_opening(record, text),
        )


def _proposed(proposal: Proposal, case: EffectiveRecord, text: DocumentText) -> Item:
    record, statement = case.record, proposal.statement
    against = next((other for _, other in record.statements() if other.id == proposal.against), None)
    if against is None:
        why = say("语言模型补充，程序没有读出", "a language model adds it")
    else:
        now = shown(proposal.field, against)
        why = say(f"语言模型读法不同，现为：{now}", f"a language model reads otherwise; now: {now}")
    return Item(
        id=proposal.id,
        reasons=(Reason("proposed", why),),
        rank=(_ADDED if against is None else _CONTRADICTION) * _weight(proposal.field, statement),
        document=record.document,
        case=record.id,
        case_name=case_name(record),
        field=proposal.field,
        value=shown(proposal.field, statement),
        sentences=tuple(text.marked(statement.evidence)),
        confidence=statement.confidence,
    )


def _opening(record: CaseRecord, text: DocumentText) -> tuple[Marked, ...]:
    """The first line of an account, unmarked: where to look for what is missing."""
    line = record.lines[0][0]
    words = text.lines(((line, line),)).strip() if text.text else ""
    return (Marked(((words, False),), line, None),)


def _weight(field: str, statement: Statement) -> float:
    match statement:
        case UnionStatement(role="originator") | PracticeStatement(main=True):
            return 1.0
        case RegionStatement(role="mentioned"):
            return _REST
    return _WEIGHT.get(field, _REST)


def _doubts(case: EffectiveRecord, document: DocumentRecord, starts: Mapping[str, str]) -> _Doubts:
    found: dict[str, list[tuple[float, Reason]]] = defaultdict(list)
    for field, statement in case.record.statements():
        if statement.confidence < LOW:
            sure = say(f"可信度低（{statement.confidence:.2f}）", f"low confidence ({statement.confidence:.2f})")
            found[statement.id].append((1 - statement.confidence, Reason("low_confidence", sure)))
        for why in _against(field, statement, document):
            found[statement.id].append((_CONTRADICTION, Reason("contradiction", why)))
        for why in _unplaced(statement):
            found[statement.id].append((_UNKNOWN_PLACE, Reason("unknown_place", why)))
    for statement, why in [*_two_originators(case), *_two_values(case)]:
        found[statement.id].append((_CONTRADICTION, Reason("contradiction", why)))
    started = case.record.started
    if started is not None and case.record.id in starts:
        found[started.id].append((_CONTRADICTION, Reason("contradiction", starts[case.record.id])))
    return found


def _against(field: str, statement: Statement, document: DocumentRecord) -> Iterator[str]:
    """What contradicts a statement in itself or in its document."""
    published = document.published
    if field == "started" and dates.compare(getattr(statement, "value", None), published) == "after":
        yield say(f"开始时间晚于文献的出版时间（{published}）", f"it began after publication ({published})")
    if not isinstance(statement, OutcomeStatement):
        return
    if dates.compare(statement.period, published) == "after":
        yield say(f"时间晚于文献的出版时间（{published}）", f"its period is after publication ({published})")
    words = statement.indicator + "".join(evidence.quote for evidence in statement.evidence)
    rising, falling = _RISING.search(words), _FALLING.search(words)
    if statement.unit in {"%", "％"} and statement.value > 100 and _SHARE.search(statement.indicator) and not rising:
        yield say("占比超过 100%", "a share of more than 100 %")
    if statement.baseline is not None and bool(rising) != bool(falling):
        if statement.value < statement.baseline and rising:
            yield say("说是上升，数值却比基数小", "said to rise, but below its baseline")
        if statement.value > statement.baseline and falling:
            yield say("说是下降，数值却比基数大", "said to fall, but above its baseline")


def _unplaced(statement: Statement) -> Iterator[str]:
    """A name whose place is unknown or ambiguous, where a place is needed."""
    match statement:
        case UnionStatement(region=None) if statement.level != "national" and (
            statement.role == "originator" or statement.type == "local_federation"
        ):
            yield say("不知道在哪里", "its place is unknown") + _candidates(statement.name)
        case DiffusionStatement() if not statement.collective and (several := _candidates(statement.other)):
            yield say("地名有几种可能", "the place is ambiguous") + several


def _candidates(name: str) -> str:
    """The places that an ambiguous name can mean; empty where there are not several."""
    codes = next((m.candidates for m in find(name) if len(m.candidates) > 1), ())
    names = dict.fromkeys(table().full_name(c.county or c.code) for c in codes)
    return say("：", ": ") + say("、", ", ").join(list(names)[:5]) if len(names) > 1 else ""


def _two_originators(case: EffectiveRecord) -> Iterator[tuple[Statement, str]]:
    placed = [union for union in case.record.unions if union.role == "originator" and union.region is not None]
    if not placed:
        return
    first = max(placed, key=lambda union: (case.review(union) != "unreviewed", union.confidence))
    for union in placed:
        if union is not first and not _nested(str(union.region), str(first.region)):
            yield union, say(f"与另一发起单位不在一地：{first.name}", f"in another place than originator {first.name}")


def _nested(one: str, other: str) -> bool:
    regions = table()
    return one == other or other in regions.ancestors(one) or one in regions.ancestors(other)


def _two_values(case: EffectiveRecord) -> Iterator[tuple[Statement, str]]:
    """One indicator with two values in one period: each tells the other."""
    groups: dict[tuple[object, ...], list[OutcomeStatement]] = defaultdict(list)
    for outcome in case.record.outcomes:
        groups[outcome.indicator, outcome.unit, outcome.period, outcome.claimed_by].append(outcome)
    for same in groups.values():
        for outcome in same:
            others = [f"{other.value:,.10g}{other.unit}" for other in same if other.value != outcome.value]
            if others:
                several = say("、", ", ").join(others)
                yield outcome, say(f"同一指标另有数值：{several}", f"the same indicator has other values: {several}")


def _starts_elsewhere(cases: Sequence[EffectiveRecord], redirects: Mapping[str, str]) -> Mapping[str, str]:
    """Accounts of one practice that begin at times which exclude each other: what the other one says, by case id."""
    by_practice: dict[str, list[CaseRecord]] = defaultdict(list)
    for case in cases:
        for practice in case.record.practices:
            if practice.main and practice.entity and case.record.started:
                by_practice[redirects.get(practice.entity, practice.entity)].append(case.record)
    found = {}
    for records in by_practice.values():
        for record in records:
            for other in records:
                mine, theirs = record.started, other.started
                if mine and theirs and dates.compare(mine.value, theirs.value) in {"before", "after"}:
                    found[record.id] = say(
                        f"同一做法在另一案例中的开始时间是 {theirs.value}（{case_name(other)}）",
                        f"another account of the practice says {theirs.value} ({case_name(other)})",
                    )
    return found


def _missing(case: EffectiveRecord, text: DocumentText) -> Iterator[tuple[str, float, str]]:
    """Core fields of which nothing was read and nobody said that there is nothing: field, rank, why."""
    record = case.record
    if "unions" not in case.lacks and not any(union.role == "originator" for union in record.unions):
        yield "unions", 0.75, say("没有读出发起单位", "no originator")
    if "practices" not in case.lacks and not any(practice.main for practice in record.practices):
        yield "practices", 0.75, say("没有读出主要做法", "no main practice")
    if "regions" not in case.lacks and not any(region.role == "location" for region in record.regions):
        yield "regions", 0.6, say("没有读出发生地", "no location")
    outcomes_gone = any(decision.field == "outcomes" for decision in case.rejected.values())
    if record.outcomes or outcomes_gone or "outcomes" in case.lacks or not text.text:
        return
    numbers = _COUNTED.findall("".join(text.lines(record.lines).split()))
    if numbers:
        few = say("、", ", ").join(dict.fromkeys(numbers[:3]))
        yield "outcomes", 0.3, say(f"文中有数字而没有读出成效：{few}", f"numbers, but no outcomes: {few}")


def field_label(item: Item) -> str:
    """The field of an item in the user's language; empty for one on a whole account."""
    return str(all_fields()[item.field].label) if item.field else ""
