"""How likely each statement of a reading is right.

A field reader says how sure its rule is; how often such statements are right depends on more: the rule, how often the
account says it, whether its title does, how much else was read of the field. A logistic model for each field weighs
these cues; its weights (``vocabularies/confidence_weights.csv``) are fitted on labelled accounts by
``scripts/fit_confidence.py``, which also tells how well the result holds on accounts that it was not fitted on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    Statement,
    TargetGroupStatement,
    TextStatement,
    UnionStatement,
)
from unionkg.loaders.accounts import Account
from unionkg.ontology.vocabulary import table

_SUREST, _LEAST = 0.99, 0.05


def with_confidences(record: CaseRecord, account: Account) -> CaseRecord:
    """The record with the probability that each statement is right in place of what its reader gave."""
    changed: dict[str, Any] = {}
    for field in {name for name, _ in record.statements()}:
        held = getattr(record, field)
        if isinstance(held, Statement):
            changed[field] = _weighed(field, held, record, account)
        else:
            changed[field] = tuple(_weighed(field, one, record, account) for one in held)
    return replace(record, **changed)


def _weighed(field: str, statement: Statement, record: CaseRecord, account: Account) -> Statement:
    weights = _weights().get(field)
    if weights is None:
        return statement  # too few were labelled to weigh anything: what the reader gave stands
    total = sum(weights.get(name, 0.0) * value for name, value in cues(field, statement, record, account).items())
    probability = 1 / (1 + math.exp(-max(-20.0, min(20.0, total))))
    return replace(statement, confidence=round(max(_LEAST, min(_SUREST, probability)), 2))


def cues(field: str, statement: Statement, record: CaseRecord, account: Account) -> Mapping[str, float]:
    """What speaks for and against a statement, each about 0 to 2."""
    text = account.passage.text
    words = "".join(_words(statement).split()) or statement.evidence[0].quote
    held = getattr(record, field)
    first, last = account.passage.offsets[0], account.passage.offsets[-1]
    raw = min(max(statement.confidence, 0.02), 0.98)
    found = {
        "bias": 1.0,
        f"method={statement.method}": 1.0,
        "reader": math.log(raw / (1 - raw)) / 2,
        "mentions": min(text.count(words), 6) / 3,
        "quotes": min(len(statement.evidence), 4) / 2,
        "in_title": float(words in text[: account.body]),
        "length": min(len(words), 30) / 15,
        "rivals": min(len(held), 12) / 6 if isinstance(held, tuple) else 0.0,
        "late": min(1.0, max(0.0, (statement.evidence[0].start - first) / max(1, last - first))),
    }
    return {**found, **_own(statement)}


def _words(statement: Statement) -> str:
    """The words in which a statement is told."""
    match statement:
        case TextStatement():
            return statement.value
        case TargetGroupStatement():
            return statement.surface
        case DiffusionStatement():
            return statement.other
        case (
            UnionStatement()
            | RegionStatement()
            | PracticeStatement()
            | PartnerStatement()
            | HonorStatement()
            | CommentatorStatement()
        ):
            return statement.name
    return statement.evidence[0].quote


def _own(statement: Statement) -> Mapping[str, float]:
    """Cues of a field's own."""
    match statement:
        case OutcomeStatement():
            quote = "".join(statement.evidence[0].quote.split())
            return {
                f"unit={statement.unit}": 1.0,
                "approximate": float(statement.approximate),
                "period": float(statement.period is not None),
                "indicator_in_quote": float(statement.indicator in quote),
                "indicator_length": len(statement.indicator) / 8,
                "magnitude": math.log10(abs(statement.value) + 1) / 3,
                "in_characters": float(not any(character.isdigit() for character in quote)),
            }
        case ConceptStatement():
            return {f"concept={statement.concept}": 1.0, f"role={statement.role}": 1.0}
        case TargetGroupStatement():
            return {f"group={statement.group}": 1.0}
        case PracticeStatement():
            quoted = any(mark in statement.name for mark in '“”"「」')
            return {"main": float(statement.main), "quoted": float(quoted), "aliases": float(bool(statement.aliases))}
        case UnionStatement():
            return {
                f"role={statement.role}": 1.0,
                f"type={statement.type}": 1.0,
                "official": float(statement.canonical == statement.name),
            }
        case RegionStatement():
            return {f"role={statement.role}": 1.0}
        case PartnerStatement() | DiffusionStatement():
            return {f"type={statement.type}": 1.0}
    return {}


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in table("confidence_weights"):
        found[row["field"]][row["cue"]] = float(row["weight"])
    return found
