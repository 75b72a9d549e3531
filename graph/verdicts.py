"""What a person says of the reading, and the decision lines that it becomes.

A verdict names a fact, an account or a decision as it is now; `lines` checks it against the present state and
makes lines for ``decisions/reviews.jsonl`` of it. A verdict that has been given already makes none, so saying
something twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from unionkg.errors import InputError, UnionkgError
from unionkg.graph.attributes import all_fields, parsed
from unionkg.graph.decisions import SINGLE, EffectiveRecord, ReviewDecision, standing, statement_types
from unionkg.graph.proposals import Proposal
from unionkg.graph.quotes import QuotedText
from unionkg.graph.records import CaseRecord, DocumentRecord, Evidence, Statement, encode
from unionkg.graph.sentences import DocumentText
from unionkg.graph.splitting import line_starts, parts_at, spans
from unionkg.graph.validity import check_statement
from unionkg.language import say

PERSON = "person"
#: So many characters of a line, and of those behind it, are enough to find it again.
_OPENING = 24
#: The attributes that are printed in the document, word for word.
PRINTED = {
    **dict.fromkeys(("unions", "regions", "practices", "partners", "honors", "commentators"), "name"),
    **dict.fromkeys(("title", "policies", "platforms"), "value"),
    "diffusion": "other",
    "target_groups": "surface",
}
#: What an entity is known by: of a statement in which it changes, the entity is found anew.
_NAMING = frozenset({"name", "canonical", "region", "value", "title", "other", "type"})


@dataclass(frozen=True, slots=True)
class Accept:
    """It is right: a fact; or an account with every statement of it, and nothing missing."""

    id: str


@dataclass(frozen=True, slots=True)
class Reject:
    """It is wrong and goes: a fact, or an account that is none."""

    id: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A fact is otherwise: the attributes that change; ``quote`` where other words say it."""

    id: str
    values: Mapping[str, Any]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Add:
    """A fact that was not read: its attributes, and the words of the account that say it."""

    case: str
    field: str
    values: Mapping[str, Any]
    quote: str


@dataclass(frozen=True, slots=True)
class Lack:
    """An account rightly tells nothing of a field."""

    case: str
    field: str


@dataclass(frozen=True, slots=True)
class Split:
    """An account is two: the second begins with a line, counted in the document from 1."""

    case: str
    line: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Accounts of one document are one."""

    case: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision is taken back: itself, the last on a fact or an account, or the person's own last one (None)."""

    id: str | None = None


Verdict = Accept | Reject | Edit | Add | Lack | Split | Merge | Undo


@dataclass(frozen=True)
class State:
    """What verdicts are about: the accounts of some documents as they are now, their texts, and all decisions.

    ``vocabularies`` is the workspace's own folder of terms; ``proposals`` are what a model reads otherwise, by id.
    """

    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]]
    texts: Mapping[str, str]
    decisions: Sequence[ReviewDecision]
    vocabularies: Path | None = None
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    @cached_property
    def cases(self) -> Mapping[str, EffectiveRecord]:
        """Accounts by id."""
        return {case.record.id: case for _, cases in self.documents for case in cases}

    @cached_property
    def facts(self) -> Mapping[str, tuple[EffectiveRecord, str, Statement]]:
        """Facts by id: account, field, statement."""
        return {s.id: (case, name, s) for case in self.cases.values() for name, s in case.record.statements()}

    @cached_property
    def rejected(self) -> Mapping[str, ReviewDecision]:
        """The decisions that rejected a fact or an account, by what they rejected."""
        facts = {key: one for case in self.cases.values() for key, one in case.rejected.items()}
        accounts = {d.case: d for d in self.standing if d.decision == "reject" and d.field is None}
        return {**facts, **accounts}

    @cached_property
    def standing(self) -> list[ReviewDecision]:
        """The decisions that were not undone."""
        return standing(self.decisions)

    def case(self, identifier: str) -> EffectiveRecord:
        """An account; InputError where there is none of the id."""
        if identifier not in self.cases:
            raise _unknown(identifier)
        return self.cases[identifier]

    def fact(self, identifier: str) -> tuple[EffectiveRecord, str, Statement]:
        """A fact with its account and field; InputError where there is none of the id."""
        if identifier not in self.facts:
            raise _unknown(identifier)
        return self.facts[identifier]

    @cached_property
    def _quoted(self) -> dict[str, QuotedText]:
        return {}

    def quoted(self, document: str) -> QuotedText:
        """A document's text, ready for finding quotes in it."""
        if document not in self._quoted:
            self._quoted[document] = QuotedText(self.texts.get(document, ""))
        return self._quoted[document]


def _unknown(identifier: str) -> InputError:
    return InputError(
        say("没有这个编号的陈述或案例", "there is no statement or account of this id"),
        where=identifier,
        hint=say("它可能已被驳回或读法变了；用 unionkg review --list 查看", "see `unionkg review --list`"),
    )


def lines(
    verdicts: Sequence[Verdict], state: State, by: str, at: str, why: str | Sequence[str] = ""
) -> list[ReviewDecision]:
    """The decision lines that verdicts become; all are on the state as it is, none on what another of them changes.

    Parameters
    ----------
    verdicts : sequence
    state : State
    by, at, why : str
        Who decides, when (ISO 8601), for what reason: one for all, or one for each.

    Raises
    ------
    InputError
        A verdict cannot be: nothing of that id, words that are not in the account, a value that is not allowed,
        two verdicts on one fact. ``where`` is its id.
    """
    made: list[ReviewDecision] = []
    seen: set[str] = set()
    reasons = [why] * len(verdicts) if isinstance(why, str) else why
    for verdict, reason in zip(verdicts, reasons, strict=True):
        about = getattr(verdict, "id", None)
        if about in seen:
            raise InputError(say("对同一条裁定了两次", "two verdicts on one fact"), where=about)
        if about is not None:
            seen.add(about)
        made.extend(replace(line, by=by, at=at, why=reason.strip()) for line in _lines_of(verdict, state, by))
    return made


def _lines_of(verdict: Verdict, state: State, by: str) -> Iterator[ReviewDecision]:
    match verdict:
        case Accept(identifier) if identifier in state.cases:
            yield from _accepted_account(state.case(identifier))
        case Accept(identifier) if identifier in state.proposals and identifier not in state.facts:
            yield _taken(state.proposals[identifier], state)
        case Accept(identifier):
            yield from _accepted(*state.fact(identifier))
        case Reject(identifier) if identifier in state.rejected:
            return
        case Reject(identifier) if identifier in state.cases:
            yield _line("reject", state.case(identifier).record)
        case Reject(identifier) if identifier in state.proposals and identifier not in state.facts:
            one = state.proposals[identifier]
            yield _on_fact("reject", state.case(one.case).record, one.field, one.statement, one.statement)
        case Reject(identifier):
            case, name, statement = state.fact(identifier)
            yield _on_fact("reject", case.record, name, statement, statement)
        case Edit():
            yield from _edited(verdict, state)
        case Add():
            yield from _added(verdict, state)
        case Lack(identifier, name):
            held = state.case(identifier)
            if name not in held.lacks:
                yield replace(_line("accept", held.record), lacks=(name,))
        case Split():
            yield _split(verdict, state)
        case Merge():
            yield _merge(verdict, state)
        case Undo():
            yield _undo(verdict, state, by)


def _line(decision: Any, record: CaseRecord) -> ReviewDecision:
    return ReviewDecision(decision=decision, document=record.document, case=record.id, by="", at="")


def _on_fact(decision: Any, record: CaseRecord, name: str, statement: Statement, value: Statement) -> ReviewDecision:
    return replace(
        _line(decision, record),
        field=name,
        key=statement.key,
        quote=statement.evidence[0].quote,
        value=encode(replace(value, id="", review="unreviewed")),
    )


def _taken(proposal: Proposal, state: State) -> ReviewDecision:
    """A model's value that a person takes: added, or in place of what it contradicts; the method tells where it is from."""
    record = state.case(proposal.case).record
    new = replace(proposal.statement, confidence=1.0)
    if proposal.against in state.facts:
        _, name, old = state.fact(str(proposal.against))
        return _on_fact("edit", record, name, old, new)
    return _on_fact("add", record, proposal.field, new, new)


def _accepted(case: EffectiveRecord, name: str, statement: Statement) -> Iterator[ReviewDecision]:
    if case.review(statement) == "unreviewed":
        yield _on_fact("accept", case.record, name, statement, statement)


def _accepted_account(case: EffectiveRecord) -> Iterator[ReviewDecision]:
    record = case.record
    for name, statement in record.statements():
        yield from _accepted(case, name, statement)
    empty = {name for name in statement_types() if not getattr(record, name)}
    if not any(union.role == "originator" for union in record.unions):
        empty.add("unions")
    if not any(practice.main for practice in record.practices):
        empty.add("practices")
    if not any(region.role == "location" for region in record.regions):
        empty.add("regions")
    if left := empty - case.lacks:
        yield replace(_line("accept", record), lacks=tuple(sorted(left)))


def _edited(verdict: Edit, state: State) -> Iterator[ReviewDecision]:
    case, name, statement = state.fact(verdict.id)
    own = all_fields()[name].attributes
    if unknown := sorted(set(verdict.values) - set(own)):
        raise InputError(say(f"没有这一项：{unknown[0]}", f"no such attribute: {unknown[0]}"), where=verdict.id)
    changed = {key: value for key, value in verdict.values.items() if getattr(statement, key) != value}
    if not changed and not verdict.quote:
        if case.review(statement) == "corrected":
            return
        raise InputError(
            say("修改后的值与现在相同", "nothing changes"),
            where=verdict.id,
            hint=say("没有问题就用“接受”", "accept it where it is right"),
        )
    given: dict[str, Any] = {**changed, "method": PERSON, "confidence": 1.0}
    if verdict.quote:
        given["evidence"] = (_found(state, case, name, verdict.quote, verdict.id),)
    elif (printed := PRINTED.get(name)) in changed:
        given["evidence"] = _printed(state, case, name, statement, str(changed[printed]), verdict.id)
    if "entity" in {field.name for field in fields(statement)} and _NAMING & changed.keys():
        given["entity"] = None
    new = replace(statement, **given)
    _check(name, new, verdict.id)
    yield _on_fact("edit", case.record, name, statement, new)


def _printed(
    state: State, case: EffectiveRecord, name: str, statement: Statement, words: str, where: str
) -> tuple[Evidence, ...]:
    """The evidence of a name that changes: as it was where the quotes hold the new name, else where that stands."""
    wanted = "".join(words.split())
    if any(wanted in "".join(evidence.quote.split()) for evidence in statement.evidence):
        return statement.evidence
    return (_found(state, case, name, words, where),)


def _found(state: State, case: EffectiveRecord, name: str, words: str, where: str) -> Evidence:
    """Where words stand: in the account, for what may be printed elsewhere in the document too."""
    record = case.record
    text = state.texts.get(record.document, "")
    if not text:
        return Evidence(words, -1, -1)
    places = state.quoted(record.document).places(words)
    own = spans(line_starts(text), record.lines, where)
    inside = [place for place in places if any(a <= place.start < b for a, b in own)]
    if not inside and name not in {"honors", "commentators"}:
        raise InputError(
            say(f"这个案例的原文里没有这几个字：{words}", f"the account has no such words: {words}"),
            where=where,
            hint=say(
                "照抄原文的字词，空格和换行不限", "copy them from the source; blanks and line breaks do not matter"
            ),
        )
    if not places:
        raise InputError(
            say(f"原文里没有这几个字：{words}", f"the document has no such words: {words}"),
            where=where,
            hint=say(
                "照抄原文的字词，空格和换行不限", "copy them from the source; blanks and line breaks do not matter"
            ),
        )
    return (inside or places)[0]


def stated(verdict: Add, state: State) -> Statement:
    """The statement that is added, checked: its attributes, and that its words stand in the account.

    Raises
    ------
    InputError
        It cannot be; ``where`` is the account's id.
    """
    case, name = state.case(verdict.case), verdict.field
    if name not in all_fields():
        raise InputError(say(f"没有这个栏目：{name}", f"no such field: {name}"), where=verdict.case)
    if not verdict.quote.strip():
        raise InputError(
            say("要写出原文中的依据", "the words that say it are missing"),
            where=verdict.case,
            hint=say("照抄案例原文中的一句或几个字", "copy a few words of the account"),
        )
    given = _filled(name, verdict.values, verdict.quote, state.vocabularies)
    own = all_fields()[name].attributes
    if lacking := [str(a.label) for a in own.values() if not a.optional and given.get(a.name) in {None, ""}]:
        raise InputError(
            say(f"{all_fields()[name].label}缺少：{lacking[0]}", f"{name} lacks: {lacking[0]}"), where=verdict.case
        )
    evidence = _found(state, case, name, verdict.quote, verdict.case)
    new = statement_types()[name](evidence=(evidence,), method=PERSON, confidence=1.0, **given)
    if (printed := PRINTED.get(name)) is not None:
        new = replace(new, evidence=_printed(state, case, name, new, str(given[printed]), verdict.case))
    _check(name, new, verdict.case)
    return new


def _added(verdict: Add, state: State) -> Iterator[ReviewDecision]:
    case, name, new = state.case(verdict.case), verdict.field, stated(verdict, state)
    there = [s for other, s in case.record.statements() if other == name and (s.key == new.key or name in SINGLE)]
    if not there:
        yield _on_fact("add", case.record, name, new, new)
    elif there[0].key != new.key or case.review(there[0]) != "corrected":
        raise InputError(
            say("已有这一条", "it is there already"),
            where=there[0].id,
            hint=say("要改就用“修改”，没有问题就用“接受”", "edit or accept it"),
        )


def _filled(name: str, values: Mapping[str, Any], quote: str, vocabularies: Path | None) -> dict[str, Any]:
    """The attributes of an added fact, with what follows from the others: a name is its words, a place its code."""
    own = all_fields()[name].attributes
    given = {key: value for key, value in values.items() if value is not None}
    printed = PRINTED.get(name)
    if printed and not given.get(printed):
        given[printed] = "".join(quote.split())
    if name == "unions":
        given.setdefault("canonical", given["name"])
    if name == "regions" and "code" not in given:
        given["code"] = parsed(own["code"], str(given["name"]), vocabularies)
    if name == "practices":
        given.setdefault("main", False)
    return given


def _check(name: str, statement: Statement, where: str) -> None:
    try:
        check_statement(name, statement, where)
    except UnionkgError as error:
        raise InputError(error.what, where=where, hint=error.hint) from error


def _split(verdict: Split, state: State) -> ReviewDecision:
    record = state.case(verdict.case).record
    text = DocumentText(state.texts.get(record.document, ""))
    last = max(end for _, end in record.lines)
    line = verdict.line
    while line < last and line >= 1 and not text.line(line).strip():
        line += 1
    parts = parts_at(record.lines, line)
    if parts is None or not text.text:
        told = say("、", ", ").join(f"{first}-{end}" for first, end in record.lines)
        raise InputError(
            say(f"不能在第 {verdict.line} 行拆分", f"it cannot be split at line {verdict.line}"),
            where=verdict.case,
            hint=say(f"案例是第 {told} 行；写第二部分开头的那一行", f"its lines are {told}; name one after the first"),
        )
    opening = ""
    for number in (n for first, end in parts[1] for n in range(first, end + 1)):
        opening += "".join(text.line(number).split())
        if len(opening) >= _OPENING:
            break
    return replace(_line("split", record), lines=parts, quote=opening)


def _merge(verdict: Merge, state: State) -> ReviewDecision:
    record = state.case(verdict.case).record
    others = [state.case(other).record for other in verdict.others if other != verdict.case]
    if not others:
        raise InputError(say("至少要有两个案例", "name two accounts"), where=verdict.case)
    if any(other.document != record.document for other in others):
        raise InputError(
            say("只能合并同一份文献里的案例", "accounts of different documents stay apart"), where=verdict.case
        )
    return replace(_line("merge", record), cases=tuple(other.id for other in others))


def _undo(verdict: Undo, state: State, by: str) -> ReviewDecision:
    known = state.standing
    at = next((i for i in reversed(range(len(known))) if _is_meant(known[i], verdict.id, state, by)), None)
    if at is None:
        raise InputError(
            say("没有可撤销的裁定", "there is no decision to undo"),
            where=verdict.id,
            hint=say("写裁定、陈述或案例的编号", "name a decision, a fact or an account"),
        )
    decision = known[at]
    later = next((other for other in known[at + 1 :] if _rests_on(other, decision)), None)
    if later is not None:
        raise InputError(
            say("后面还有以它为前提的裁定", "a later decision rests on it"),
            where=decision.id,
            hint=say(f"先撤销 {later.id}", f"undo {later.id} first"),
        )
    return ReviewDecision(
        decision="undo", document=decision.document, case=decision.case, by="", at="", undoes=decision.id
    )


def _is_meant(decision: ReviewDecision, named: str | None, state: State, by: str) -> bool:
    if named is None:
        return decision.by == by
    if named == decision.id:
        return True
    if named in state.facts:
        case, name, statement = state.facts[named]
        return decision.field == name and decision.case == case.record.id and statement.key in _keys(decision)
    if decision.field is None:
        return named == decision.case or named in decision.cases
    return state.rejected.get(named) == decision


def _keys(decision: ReviewDecision) -> set[tuple[object, ...]]:
    """The keys of a fact before and after a decision."""
    keys: set[tuple[object, ...]] = {tuple(decision.key)}
    if decision.field and decision.value is not None:
        names = statement_types()[decision.field].KEY
        keys.add(tuple(decision.value.get(name) for name in names))
    return keys


def _rests_on(later: ReviewDecision, decision: ReviewDecision) -> bool:
    if decision.field is not None:
        same = later.case == decision.case and later.field == decision.field
        return same and bool(_keys(later) & _keys(decision))
    if decision.decision not in {"split", "merge"}:
        return False
    accounts = {decision.case, *decision.cases}
    return any(later.case == case or later.case.startswith(f"{case}.") for case in accounts)
