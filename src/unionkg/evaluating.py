"""Scoring a workspace's reading against labelled accounts, and remembering the figures of each run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from unionkg.errors import InputError, RecordError
from unionkg.files import write_text
from unionkg.graph.corpus import Corpus, text_of
from unionkg.graph.evaluation import CORE, Tally, core, evaluate, overall
from unionkg.graph.exchange.flat import flat, unflat
from unionkg.graph.quotes import QuotedText
from unionkg.graph.records import CaseRecord, Evidence, read_lines
from unionkg.graph.reliability import Band, Judged, judge, reliability
from unionkg.graph.sentences import DocumentText
from unionkg.language import say
from unionkg.workspace import Workspace

#: How many errors of each sign `Evaluation.worst` holds.
_WORST = 10


@dataclass(frozen=True, slots=True)
class Mistake:
    """A labelled value that was missed (``sign`` -) or a value read that is not labelled (+), with its sentence.

    ``confidence`` is that of what was read; ``sentence`` is None where the words are not found in the text.
    """

    sign: str
    field: str
    account: str
    value: Any
    confidence: float | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of every field, with ``CORE`` and ``ALL``; how far confidences hold; what went wrong most.

    ``figures`` are rows (field, precision, recall, f1, labelled, read, change): the change of F1 since the last run
    on the same labels, None where there was none.
    """

    figures: Sequence[tuple[str, float | None, float | None, float, int | None, int | None, float | None]]
    bands: Sequence[Band]
    worst: Sequence[Mistake]
    tallies: Mapping[str, Tally]


def labelled(path: Path) -> list[dict[str, Any]]:
    """The labelled accounts of a file.

    Raises
    ------
    RecordError
        A line is not of the flat form; names file and line.
    InputError
        The file holds none.
    """
    found = []
    for where, data in read_lines(path):
        if not isinstance(data, dict):
            raise RecordError(say("应为一个案例记录", "expected a case record"), where=where)
        if not isinstance(data.get("source"), str):
            raise RecordError(
                say("缺少 source（文献的文件名）", "source (the document's file name) is missing"), where=where
            )
        unflat(data, "", lambda quote: Evidence(quote, -1, -1), where)
        found.append({"title": None, **data})
    if not found:
        raise InputError(say("文件里没有案例记录", "the file holds no record"), where=path)
    return found


def score(workspace: Workspace, corpus: Corpus, gold: Sequence[Mapping[str, Any]]) -> Evaluation:
    """Score the effective records of a workspace against labelled accounts, and note the figures in the workspace."""
    read = [
        (flat(case.record, PurePosixPath(document.origin).name), case.record)
        for document, cases in corpus.documents
        for case in cases
    ]
    tallies = evaluate(gold, [one for one, _ in read])
    judged = judge(gold, read)
    before = _previous(workspace, _digest(gold))
    after = {**{name: tally.f1 for name, tally in tallies.items()}, "CORE": core(tallies), "ALL": overall(tallies)}
    _remember(workspace, _digest(gold), after)
    figures = [_figure(name, f1, tallies.get(name), before) for name, f1 in after.items()]
    return Evaluation(figures, reliability(judged), _worst(workspace, corpus, judged, tallies), tallies)


def _figure(
    name: str, f1: float, tally: Tally | None, before: Mapping[str, float]
) -> tuple[str, float | None, float | None, float, int | None, int | None, float | None]:
    change = round(f1 - before[name], 4) if name in before else None
    if tally is None:
        return name, None, None, round(f1, 4), None, None, change
    return name, round(tally.precision, 4), round(tally.recall, 4), round(f1, 4), tally.gold, tally.predicted, change


def _digest(gold: Sequence[Mapping[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(gold, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _previous(workspace: Workspace, gold: str) -> dict[str, float]:
    """The figures of the last run on the same labels."""
    found: dict[str, float] = {}
    if workspace.evaluations.is_file():
        for _, data in read_lines(workspace.evaluations):
            if isinstance(data, dict) and data.get("gold") == gold:
                found = data["f1"]
    return found


def _remember(workspace: Workspace, gold: str, f1: Mapping[str, float]) -> None:
    line = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "gold": gold, "f1": f1}
    known = workspace.evaluations.read_text(encoding="utf-8") if workspace.evaluations.is_file() else ""
    write_text(workspace.evaluations, known + json.dumps(line) + "\n")


def _worst(
    workspace: Workspace, corpus: Corpus, judged: Sequence[Judged], tallies: Mapping[str, Tally]
) -> list[Mistake]:
    """The surest of what was wrong, then what was missed, fields of `CORE` first."""
    sources = {PurePosixPath(document.origin).name: document.id for document, _ in corpus.documents}
    known = {document.id: document for document, _ in corpus.documents}

    @cache
    def text(document: str) -> DocumentText:
        return DocumentText.of(known[document], text_of(workspace, document))

    wrong = sorted((one for one in judged if not one.right), key=lambda one: -one.statement.confidence)
    mistakes = [
        Mistake(
            "+",
            one.field,
            _named(one.case),
            one.value,
            one.statement.confidence,
            _sentence(text(one.case.document), one.statement.evidence),
        )
        for one in wrong[:_WORST]
    ]
    missed = [(field, where, value) for field in CORE for where, value in tallies[field].missed]
    for field, where, value in missed[:_WORST]:
        document = next(
            (known for name, known in sources.items() if where == name or where.startswith(f"{name} ")), None
        )
        words = value if isinstance(value, str) else value and (value.get("quote") or value.get("name"))
        found = QuotedText(text(document).text).find(words, 0) if document and words else None
        quoted = _sentence(text(document), [found]) if document and found else None
        mistakes.append(Mistake("-", field, where, value, None, quoted))
    return mistakes


def _named(case: CaseRecord) -> str:
    return case.title.value if case.title else f"{case.document} {case.lines[0][0]}"


def _sentence(text: DocumentText, evidence: Sequence[Evidence]) -> str:
    return " / ".join(sentence.text() for sentence in text.marked(evidence))
