"""The records themselves, out: stored as they are, or flat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.exchange.flat import flat
from unionkg.graph.records import DocumentRecord, to_line


def text(documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]], form: Literal["stored", "eval"]) -> str:
    """JSONL of all effective records, documents by id, accounts in their order in the document."""
    lines = []
    for document, cases in documents:
        source = PurePosixPath(document.origin).name
        for case in cases:
            if form == "stored":
                lines.append(to_line(case.record))
            else:
                lines.append(json.dumps(flat(case.record, source), ensure_ascii=False))
    return "".join(line + "\n" for line in lines)
