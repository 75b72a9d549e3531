"""What the review child of `unionkg serve --edit` answers: what deserves a look, facts in full, verdicts, pairs, judgements.

Requests and answers are plain data. Values travel as people read and write them (`unionkg.graph.attributes`); a fact
carries a ``version``, and a verdict that names it is refused where the fact says something else by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unionkg.errors import InputError
from unionkg.graph.attributes import all_fields, attribute_named, cell, field_named, parsed, shown
from unionkg.graph.decisions import ReviewDecision, statement_types
from unionkg.graph.records import Statement, decode, to_line
from unionkg.graph.reviewing import Item, field_label, progress, verb
from unionkg.graph.sentences import Marked
from unionkg.graph.verdicts import Accept, Add, Edit, Lack, Merge, Reject, Split, Undo, Verdict
from unionkg.language import say
from unionkg.resolving import Appearance, Pair, Side, appearances, judge, named, pairs, side
from unionkg.reviewing import Desk, Shown

if TYPE_CHECKING:
    from unionkg.graph.decisions import IdentityDecision
    from unionkg.graph.stores.guarded_worker import Answering
    from unionkg.knowledge_graph import KnowledgeGraph

_RECENT = 30
"""So many of the last decisions are shown, to be looked at or taken back."""


def answering(kg: KnowledgeGraph) -> Answering:
    """What answers the requests of one workspace; it is read once, and again when somebody has changed it."""
    held: list[Desk] = []
    identities: list[object] = [None]

    def desk() -> Desk:
        path = kg.workspace.identities
        now = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None
        if not held or identities[0] != now:  # who is who changes accounts and queue as well
            held[:] = [Desk(kg.workspace)]
            identities[0] = now
        held[0].refresh()
        return held[0]

    tasks: Mapping[str, Callable[[Desk, Mapping[str, Any]], dict[str, Any]]] = {
        "queue": _queue,
        "facts": _facts,
        "fields": _fields,
        "decide": _decide,
        "pairs": _pairs,
        "pair": _pair,
        "judge": _judge,
    }

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        return {} if request["ask"] == "open" else {"found": tasks[request["ask"]](desk(), request)}

    return answer


# ---------------------------------------------------------------- what is looked at


def _queue(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    field = field_named(request["field"]) if request["field"] else None
    items = desk.queue(request["document"], field, request["cause"])
    counted = progress(desk.corpus.cases)
    return {
        "total": len(items),
        "items": [_item(desk, item) for item in items[: request["limit"]]],
        "progress": {
            "accepted": counted.accepted,
            "corrected": counted.corrected,
            "rejected": counted.rejected,
            "unreviewed": counted.unreviewed,
            "accounts": counted.accounts,
            "touched": counted.touched,
        },
        "documents": [{"id": document.id, "title": document.title} for document, _ in desk.corpus.documents],
        "fields": [{"name": name, "label": str(one.label)} for name, one in all_fields().items()],
        "recent": [_decision(desk, one) for one in reversed(desk.decisions[-_RECENT:])],
    }


def _item(desk: Desk, item: Item) -> dict[str, Any]:
    known = desk.state().facts.get(item.id)
    return {
        "id": item.id,
        "kind": _kind(item),
        "document": {"id": item.document, "title": desk.document(item.document).title},
        "case": item.case,
        "case_name": item.case_name,
        "field": item.field,
        "field_label": field_label(item),
        "value": item.value,
        "reasons": [{"cause": reason.cause, "text": reason.text} for reason in item.reasons],
        "sentences": _sentences(item.sentences),
        "confidence": item.confidence,
        "version": _version(known[2]) if known else None,
        "holdable": item.decision is not None and item.decision.field is not None and bool(item.facts),
    }


def _kind(item: Item) -> str:
    """What an item is, which says what may be done with it: fact, proposed, missing, or reopened."""
    if item.decision is not None:
        return "reopened"
    if not item.value:
        return "missing"
    return "proposed" if any(reason.cause == "proposed" for reason in item.reasons) else "fact"


def _facts(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    return {"facts": [_fact(desk, one) for one in desk.show(request["id"])]}


def _fact(desk: Desk, one: Shown) -> dict[str, Any]:
    extra = desk.workspace.vocabularies
    own = all_fields()[one.field]
    return {
        "id": one.id,
        "version": _version(one.statement),
        "document": {"id": one.document.id, "title": one.document.title},
        "case": one.case,
        "case_name": one.case_name,
        "field": one.field,
        "field_label": str(own.label),
        "value": one.value,
        "review": one.review,
        "method": one.statement.method,
        "confidence": one.statement.confidence,
        "sentences": _sentences(one.sentences),
        "attributes": [
            {
                "name": attribute.name,
                "label": str(attribute.label),
                "kind": attribute.kind,
                "optional": attribute.optional,
                "choices": [[choice.key, str(choice)] for choice in attribute.choices(extra)],
                "text": cell(attribute, getattr(one.statement, attribute.name)),
            }
            for attribute in own.attributes.values()
        ],
        "history": [_decision(desk, decision) for decision in one.history],
    }


def _fields(desk: Desk, _: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with what a statement of each has to tell, for adding one."""
    extra = desk.workspace.vocabularies
    return {
        "fields": [
            {
                "name": name,
                "label": str(one.label),
                "attributes": [
                    {
                        "name": attribute.name,
                        "label": str(attribute.label),
                        "kind": attribute.kind,
                        "optional": attribute.optional,
                        "choices": [[choice.key, str(choice)] for choice in attribute.choices(extra)],
                    }
                    for attribute in one.attributes.values()
                ],
            }
            for name, one in all_fields().items()
        ]
    }


def _sentences(sentences: Sequence[Marked]) -> list[dict[str, Any]]:
    return [
        {
            "line": one.line,
            "page": one.page,
            "pieces": [{"text": words, "quoted": quoted} for words, quoted in one.pieces],
        }
        for one in sentences
    ]


def _version(statement: Statement) -> str:
    """What tells whether a statement is what somebody looked at, in whichever language."""
    return hashlib.sha256(to_line(statement).encode()).hexdigest()[:12]


def _decision(desk: Desk, one: ReviewDecision) -> dict[str, Any]:
    value = ""
    if one.field is not None and one.value is not None:
        value = shown(one.field, decode(statement_types()[one.field], one.value, one.where))
    held = desk.state().cases.get(one.case)
    return {
        "id": one.id,
        "decision": one.decision,
        "verb": verb(one),
        "by": one.by,
        "at": one.at,
        "why": one.why,
        "case": one.case if held else None,
        "field_label": str(all_fields()[one.field].label) if one.field else "",
        "value": value,
        "stands": one.decision != "undo" and any(other.id == one.id for other in desk.state().standing),
    }


# ---------------------------------------------------------------- verdicts


def _decide(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    verdicts = [verdict for given in request["verdicts"] for verdict in _verdicts(desk, given)]
    made = desk.decide(verdicts, by=request["by"], why=request["why"])
    return {"made": [_decision(desk, one) for one in made]}


def _verdicts(desk: Desk, given: Mapping[str, Any]) -> list[Verdict]:
    """What a person says, as verdicts: of a reopened decision several, that it goes and what counts instead."""
    identifier = str(given["id"] or "")
    _check_seen(desk, identifier, given["seen"])
    reopened = next((one for one in desk.corpus.reopened if one.decision.id == identifier), None)
    match given["verdict"]:
        case "accept" if reopened is not None:
            return [Undo(identifier), *map(Accept, reopened.facts)]
        case "hold" if reopened is not None:
            return _held(reopened.decision, reopened.facts)
        case "hold":
            raise InputError(say("这条裁定没有失效", "the decision was not reopened"), where=identifier)
        case "accept":
            return [Accept(identifier)]
        case "reject":
            return [Reject(identifier)]
        case "edit":
            _, field, _ = desk.state().fact(identifier)
            return [Edit(identifier, _values(desk, field, given["values"]), given["quote"])]
        case "add":
            field = field_named(str(given["field"] or ""))
            return [Add(str(given["case"] or ""), field, _values(desk, field, given["values"]), given["quote"])]
        case "lack":
            return [Lack(str(given["case"] or ""), field_named(str(given["field"] or "")))]
        case "split":
            return [Split(str(given["case"] or ""), int(given["line"] or 0))]
        case "merge":
            return [Merge(str(given["case"] or ""), tuple(given["others"]))]
        case _:
            return [Undo(identifier or None)]


def _check_seen(desk: Desk, identifier: str, seen: str | None) -> None:
    known = desk.state().facts.get(identifier)
    if seen is None or known is None or _version(known[2]) == seen:
        return
    raise InputError(
        say(
            f"读取结果已经变了，现在是：{shown(known[1], known[2])}",
            f"it was read again and now says: {shown(known[1], known[2])}",
        ),
        where=identifier,
        hint=say("再看一遍，再作裁定", "look at it again and decide then"),
    )


def _held(decision: ReviewDecision, facts: Sequence[str]) -> list[Verdict]:
    """A reopened decision said again, of what is read now."""
    if decision.field is None or not facts:
        raise InputError(
            say("现在没有读出与它不同的值，无从坚持", "nothing is read that it could be held against"),
            where=decision.id,
        )
    if decision.decision == "reject" or decision.value is None:
        return [Undo(decision.id), *map(Reject, facts)]
    statement = decode(statement_types()[decision.field], decision.value, decision.where)
    values = {name: getattr(statement, name) for name in all_fields()[decision.field].attributes}
    return [Undo(decision.id), Edit(facts[0], values), *map(Reject, facts[1:])]


def _values(desk: Desk, field: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Attributes as a person wrote them."""
    extra = desk.workspace.vocabularies
    chosen = {name: attribute_named(field, name) for name in given}
    return {chosen[name].name: parsed(chosen[name], text, extra) for name, text in given.items()}


# ---------------------------------------------------------------- who is who


def _pairs(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    found = pairs(desk.corpus, request["kind"], all_of_them=request["judged"])
    return {"total": len(found), "pairs": [_pair_data(one) for one in found[: request["limit"]]]}


def _pair_data(one: Pair) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "score": one.score,
        "reason": one.reason,
        "sides": [_side_data(one.first), _side_data(one.other)],
        "judgement": _judgement(one.judgement) if one.judgement else None,
    }


def _side_data(one: Side) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "place": one.place}


def _judgement(one: IdentityDecision) -> dict[str, Any]:
    return {"decision": one.decision, "ids": list(one.ids), "by": one.by, "at": one.at, "why": one.why}


def _pair(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    """Two or more things with where each is named."""
    return {
        "sides": [
            _side_data(side(desk.corpus, one))
            | {"appearances": [_appearance(place) for place in appearances(desk.corpus, desk.workspace, one)]}
            for one in named(desk.corpus, request["ids"])
        ]
    }


def _appearance(one: Appearance) -> dict[str, Any]:
    return {
        "name": one.name,
        "field_label": str(all_fields()[one.field].label),
        "document": one.document,
        "case_name": one.case,
        "sentences": _sentences(one.sentences),
    }


def _judge(desk: Desk, request: Mapping[str, Any]) -> dict[str, Any]:
    made, new = judge(desk.workspace, request["decision"], request["ids"], request["by"], request["why"])
    return {"judgement": _judgement(made), "new": new}
