"""The records themselves, out: stored as they are, or flat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Literal

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.exchange.flat import flat
from unionkg.graph.records import CaseRecord, DocumentRecord, Statement, to_line


def text(documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]], form: Literal["stored", "eval"]) -> str:
    """JSONL of all effective records, documents by id, accounts in their order in the document.

    Stored statements carry their review state; the flat form has no place for it.
    """
    lines = []
    for document, cases in documents:
        source = PurePosixPath(document.origin).name
        for case in cases:
            if form == "stored":
                lines.append(to_line(_with_reviews(case)))
            else:
                lines.append(json.dumps(flat(case.record, source), ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def _with_reviews(case: EffectiveRecord) -> CaseRecord:
    """The record whose statements say what people decided of them."""
    changed: dict[str, Any] = {}
    for field in {name for name, item in case.record.statements() if case.review(item) != item.review}:
        value = getattr(case.record, field)
        many = (value,) if isinstance(value, Statement) else value
        told = tuple(replace(item, review=case.review(item)) for item in many)
        changed[field] = told[0] if isinstance(value, Statement) else told
    return replace(case.record, **changed)
