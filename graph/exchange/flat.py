"""The flat case record: one lossy line an account, for scoring and for tables.

Its fields are those of the labelled accounts (``unionkg evaluate``); what only the stored record knows (ids,
offsets, method, confidence, roles of practice types …) has no place in it. Coming in, quotes are found again in
the document's text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from unionkg.errors import RecordError
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    TargetGroupStatement,
    TextStatement,
    UnionStatement,
    decode,
    encode,
)
from unionkg.language import say

_METHOD = "import.flat"

Named = UnionStatement | PracticeStatement | PartnerStatement | HonorStatement


def flat(record: CaseRecord, source: str) -> dict[str, Any]:
    """One account as a flat record; ``source`` is the document's file name."""
    return {
        "id": record.id,
        "source": source,
        "kind": record.kind,
        "title": record.title.value if record.title else None,
        **_lines(record),
        "unions": [{**_named(u), **_pick(u, "canonical", "role", "type", "level")} for u in record.unions],
        "regions": [_pick(r, "name", "code", "role") for r in record.regions],
        "practices": [
            {**_named(p), "aliases": list(p.aliases), "theme": p.theme, "main": p.main} for p in record.practices
        ],
        "concepts": [{"concept": c.concept, "quote": _quote(c.evidence, 40)} for c in record.concepts],
        "target_groups": [_pick(g, "group", "surface") for g in record.target_groups],
        "outcomes": [_outcome(o) for o in record.outcomes],
        "partners": [{**_named(p), "type": p.type} for p in record.partners],
        "policies": [p.value for p in record.policies],
        "platforms": [p.value for p in record.platforms],
        "honors": [_named(h) for h in record.honors],
        "commentators": [_pick(c, "name", "title") for c in record.commentators],
        "diffusion": [
            {"type": d.type, "other": d.other, "period": d.period, "quote": _quote(d.evidence, 80)}
            for d in record.diffusion
        ],
        "started": record.started.value if record.started else None,
    }


def _lines(record: CaseRecord) -> dict[str, Any]:
    if len(record.lines) == 1:
        return {"first_line": record.lines[0][0], "last_line": record.lines[0][1]}
    return {"spans": [list(pair) for pair in record.lines]}


def _named(item: Named) -> dict[str, Any]:
    """A name that stands verbatim in the text: of one that columns cut in pieces, the longest piece."""
    name = "".join(item.name.split())
    whole = any(name in "".join(evidence.quote.split()) for evidence in item.evidence)
    return {"name": item.name if whole else _quote(item.evidence, len(name))}


def _pick(item: object, *names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


def _outcome(outcome: OutcomeStatement) -> dict[str, Any]:
    return {
        "indicator": outcome.indicator,
        "value": encode(outcome.value),
        "unit": outcome.unit,
        "approx": outcome.approximate,
        "from": encode(outcome.baseline),
        "period": outcome.period,
        "quote": _quote(outcome.evidence, 60),
    }


def _quote(evidence: Iterable[Evidence], limit: int) -> str:
    """One quote for a form that has place for one: the longest piece, cut to the form's length."""
    longest = max((e.quote for e in evidence), key=len, default="")
    squeezed = "".join(longest.split())
    return longest if len(squeezed) <= limit else squeezed[:limit]


#: Quote -> where it stands in the document.
Find = Callable[[str], Evidence]


def unflat(data: Mapping[str, Any], document: str, find: Find, where: str) -> CaseRecord:
    """Read a flat record back; ``find`` locates quotes (and raises where it cannot), ``where`` is ``file:line``.

    Raises
    ------
    RecordError
        A field is missing or of the wrong type.
    """

    def statement(cls: type[Any], words: object, **given: Any) -> Any:
        if not isinstance(words, str):
            shown = json.dumps(words, ensure_ascii=False)[:60]
            raise RecordError(say(f"应为文字：{shown}", f"expected text: {shown}"), where=where)
        plain = {"evidence": [encode(find(words))], "method": _METHOD, "confidence": 1.0, **given}
        return decode(cls, plain, where)

    def many(name: str) -> list[Any]:
        items = [] if data.get(name) is None else data[name]
        if not isinstance(items, list):
            raise RecordError(say(f"{name} 应为列表", f"{name} must be a list"), where=where)
        return items

    try:
        lines = data.get("spans") or [[data["first_line"], data["last_line"]]]
        record = CaseRecord(
            id="",
            document=document,
            kind=data["kind"],
            lines=tuple((int(a), int(b)) for a, b in lines),
            title=statement(TextStatement, data["title"], value=data["title"]) if data.get("title") else None,
            started=_started(data, statement),
            unions=tuple(statement(UnionStatement, u["name"], **_only(u, UnionStatement)) for u in many("unions")),
            regions=tuple(statement(RegionStatement, r["name"], **_only(r, RegionStatement)) for r in many("regions")),
            practices=tuple(
                statement(PracticeStatement, p["name"], **_only(p, PracticeStatement)) for p in many("practices")
            ),
            concepts=tuple(statement(ConceptStatement, c["quote"], concept=c["concept"]) for c in many("concepts")),
            target_groups=tuple(
                statement(TargetGroupStatement, g["surface"], **_only(g, TargetGroupStatement))
                for g in many("target_groups")
            ),
            outcomes=tuple(
                statement(
                    OutcomeStatement,
                    o["quote"],
                    **_only(o, OutcomeStatement),
                    approximate=o.get("approx", False),
                    baseline=o.get("from"),
                )
                for o in many("outcomes")
            ),
            partners=tuple(
                statement(PartnerStatement, p["name"], **_only(p, PartnerStatement)) for p in many("partners")
            ),
            policies=tuple(statement(TextStatement, p, value=p) for p in many("policies")),
            platforms=tuple(statement(TextStatement, p, value=p) for p in many("platforms")),
            honors=tuple(statement(HonorStatement, h["name"], name=h["name"]) for h in many("honors")),
            commentators=tuple(
                statement(CommentatorStatement, c["name"], **_only(c, CommentatorStatement))
                for c in many("commentators")
            ),
            diffusion=tuple(
                statement(DiffusionStatement, d["quote"], **_only(d, DiffusionStatement)) for d in many("diffusion")
            ),
        )
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise RecordError(say(f"缺少或错误的字段：{error}", f"missing or wrong field: {error}"), where=where) from error
    return cast("CaseRecord", decode(CaseRecord, encode(record), where))


def _only(data: Mapping[str, Any], cls: type[Any]) -> dict[str, Any]:
    own = {"evidence", "method", "confidence", "id", "entity", "review"}
    return {key: value for key, value in data.items() if key in cls.__dataclass_fields__ and key not in own}


def _started(data: Mapping[str, Any], statement: Callable[..., Any]) -> TextStatement | None:
    """The start, which the flat form gives no quote for: its year where the text prints it, else the account's name."""
    value = data.get("started")
    if not value:
        return None
    names = [practice["name"] for practice in data.get("practices", [])]
    *candidates, last = [word for word in (value[:4], data.get("title"), *names) if word]
    for words in candidates:
        try:
            return cast("TextStatement", statement(TextStatement, words, value=value))
        except RecordError:
            continue  # these words do not stand in the text; the next may
    return cast("TextStatement", statement(TextStatement, last, value=value))
