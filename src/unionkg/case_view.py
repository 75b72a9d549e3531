"""One account in full: what is known of it, its text with every quote marked, who reviewed what.

Only the document that it stands in is read, so that an account of a large collection comes as fast as one of a small.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from unionkg import case_rendering
from unionkg.errors import InputError
from unionkg.graph.attributes import all_fields
from unionkg.graph.authority import Entry, read_authority
from unionkg.graph.corpus import (
    decided,
    decisions_by_document,
    find_document,
    folder_of,
    read_corpus,
    records_of,
    text_of,
)
from unionkg.graph.decisions import EffectiveRecord, ReviewDecision
from unionkg.graph.projection import case_name
from unionkg.graph.records import CaseRecord, DocumentRecord, SectionKind, decode, encode
from unionkg.graph.reviewing import Progress, progress
from unionkg.graph.sentences import DocumentText
from unionkg.graph.splitting import line_starts
from unionkg.language import say
from unionkg.reviewing import Shown, fact_in_full
from unionkg.workspace import Workspace

_PREFIX = "case:"
#: An id, with or without its prefix; a part of an account that was split has a number behind a dot.
_ID = re.compile(r"case:.+|[0-9a-f]{8,64}(?:\.\d+)*")
_NEAR = 5
"""How many near titles are suggested where none is meant."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line, and the ids of the facts that quote them; none where nothing does."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the account: its number in the document's stored text, from 1, its page as printed, its words."""

    number: int
    page: str | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line as it is stored."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class SectionText:
    """A part of the account: its kind, its heading as printed, the line that it begins in, its text."""

    kind: SectionKind
    heading: str | None
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """An account in full; a notebook shows it as a page, ``print`` as text.

    Attributes
    ----------
    case : EffectiveRecord
        The machine's reading with people's decisions applied.
    document : DocumentRecord
        What it is printed in.
    lines : tuple of Line
        Its text in reading order, what is quoted marked.
    sections : tuple of SectionText
        Its parts (背景, 做法, 成效, 点评), as far as they have headings.
    facts : tuple of Shown
        Every statement with its value, the sentences it is read from, its review state and history.
    """

    case: EffectiveRecord
    document: DocumentRecord
    lines: tuple[Line, ...]
    sections: tuple[SectionText, ...]
    facts: tuple[Shown, ...]

    @property
    def id(self) -> str:
        """The id: ``case:`` and what it was minted as."""
        return self.case.record.id

    @property
    def name(self) -> str:
        """The title; an untitled account is named by its main practice."""
        return case_name(self.case.record)

    @property
    def review(self) -> Progress:
        """How many of its statements people accepted, corrected, rejected, or have not looked at."""
        return progress([self.case])

    def by_field(self) -> dict[str, list[Shown]]:
        """The facts by the field that they stand in, in the order of the fields."""
        found: dict[str, list[Shown]] = {}
        for fact in self.facts:
            found.setdefault(fact.field, []).append(fact)
        return found

    def to_dict(self) -> dict[str, Any]:
        """The view as plain data, for JSON.

        Labels and values in words are in the user's language, ``attributes`` are as stored. The id of a fact is that of
        its relationship in the graph. Lines count from 1, offsets in Unicode code points.
        """
        record, document, review = self.case.record, self.document, self.review
        return {
            "id": record.id,
            "name": self.name,
            "title": record.title.value if record.title else None,
            "kind": record.kind,
            "document": {
                name: getattr(document, name)
                for name in ("id", "title", "publisher", "issue", "published", "url", "rights")
            },
            "lines": [
                {
                    "number": line.number,
                    "page": line.page,
                    "pieces": [{"text": piece.text, "facts": list(piece.facts)} for piece in line.pieces],
                }
                for line in self.lines
            ],
            "sections": [
                {"kind": part.kind, "heading": part.heading, "line": part.line, "text": part.text}
                for part in self.sections
            ],
            "fields": [
                {"name": name, "label": str(all_fields()[name].label), "facts": [_fact_data(fact) for fact in facts]}
                for name, facts in self.by_field().items()
            ],
            "review": {
                "unreviewed": review.unreviewed,
                "accepted": review.accepted,
                "corrected": review.corrected,
                "rejected": review.rejected,
            },
            "rejected": [
                {"id": fact, "field": decision.field, "quote": decision.quote, **_decision_data(decision)}
                for fact, decision in self.case.rejected.items()
            ],
        }

    def __repr__(self) -> str:
        return f"<CaseView {self.id} {self.name}>"

    def __str__(self) -> str:
        return case_rendering.text(self)

    def _repr_html_(self) -> str:
        return case_rendering.html(self)


def read_case(workspace: Workspace, named: str) -> CaseView:
    """Read the account that an id, with or without ``case:``, or a title names.

    Raises
    ------
    InputError
        None or several are named so; the hint tells near ones.
    RecordError
        A file of the workspace is broken; names file and line.
    """
    wanted = named.strip()
    if _ID.fullmatch(wanted):
        identifier = wanted if wanted.startswith(_PREFIX) else _PREFIX + wanted
        document = _document_of(workspace, identifier)
        cases = _cases_of(workspace, document, _decisions(workspace, document)) if document else []
        found = next((case for case in cases if case.record.id == identifier), None)
        if document is None or found is None:
            raise InputError(
                say("没有这个编号的案例", "there is no account of this id"),
                where=wanted,
                hint=say("用 unionkg search 查找编号", "find its id with `unionkg search`"),
            )
    else:
        document, found = _titled(workspace, wanted)
    return _view(workspace, document, found)


def _document_of(workspace: Workspace, identifier: str) -> DocumentRecord | None:
    """The document that an account is in: where its id was minted. A part of a split account has the id of the whole.

    The line is found by its words: to read all accounts' would take longer than everything else.
    """
    path = workspace.authority / "case.jsonl"
    needle = f'"id": "{identifier.partition(".")[0]}"'
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    line = next((number for number, line in enumerate(lines, 1) if needle in line), None)
    if line is None:
        return None
    entry: Entry = decode(Entry, json.loads(lines[line - 1]), f"{path}:{line}")
    document = entry.keys[0].partition("#")[0]
    known = (workspace.records / f"{folder_of(document)}.jsonl").is_file()  # ids outlive documents that were removed
    return find_document(workspace, document) if known else None


def _cases_of(
    workspace: Workspace, document: DocumentRecord, given: Sequence[ReviewDecision]
) -> Sequence[EffectiveRecord]:
    """The effective records of one document; the authority is needed only for what people added."""
    records = records_of(workspace, document.id)
    if not given:
        return [EffectiveRecord(record) for record in records]
    return decided(records, given, text_of(workspace, document.id), read_authority(workspace.authority))[0]


def _decisions(workspace: Workspace, document: DocumentRecord) -> Sequence[ReviewDecision]:
    return decisions_by_document(workspace).get(document.id, ())


def _titled(workspace: Workspace, wanted: str) -> tuple[DocumentRecord, EffectiveRecord]:
    """The one account of a title; blanks and punctuation do not count."""
    known = [(document, case) for document, cases in read_corpus(workspace).documents for case in cases]
    title = _bare(wanted)
    found = [pair for pair in known if title and _bare(case_name(pair[1].record)) == title]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            say(f"有 {len(found)} 个案例叫“{wanted}”", f"{len(found)} accounts are called {wanted!r}"),
            hint=say("用编号指明：", "name it by id: ") + ", ".join(case.record.id for _, case in found),
        )
    near = [f"{case_name(case.record)}（{case.record.id}）" for case in _near(title, [case for _, case in known])]
    raise InputError(
        say("没有这个标题或编号的案例", "there is no account of this title or id"),
        where=wanted or None,
        hint=say("是不是：", "did you mean: ") + say("；", "; ").join(near)
        if near
        else say("用 unionkg search 查找", "find it with `unionkg search`"),
    )


def _bare(title: str) -> str:
    """Letters and figures of a title."""
    return re.sub(r"[\W_]+", "", title)


def _near(title: str, cases: Sequence[EffectiveRecord]) -> list[EffectiveRecord]:
    """Accounts whose titles are like what was asked for, the likest first."""
    from rapidfuzz import fuzz, process

    if not title:
        return []
    names = ["".join(case_name(case.record).split()) for case in cases]
    return [
        cases[at] for _, _, at in process.extract(title, names, scorer=fuzz.partial_ratio, limit=_NEAR, score_cutoff=50)
    ]


def _view(workspace: Workspace, document: DocumentRecord, case: EffectiveRecord) -> CaseView:
    text = DocumentText.of(document, text_of(workspace, document.id))
    decisions, record = _decisions(workspace, document), case.record
    spans = list(_line_spans(record, text.text))
    return CaseView(
        case=case,
        document=document,
        lines=tuple(_lines(record, spans, text)),
        sections=tuple(_sections(record, spans, text)),
        facts=tuple(fact_in_full(document, case, name, one, text, decisions) for name, one in record.statements()),
    )


_Span = tuple[int, int, int]
"""A line: its number, the offsets at which it begins and ends, without the line break."""


def _line_spans(record: CaseRecord, text: str) -> Iterator[_Span]:
    """The lines of an account in reading order."""
    starts = line_starts(text)
    for first, last in record.lines:
        for number in range(first, min(last, len(starts) - 1) + 1):
            yield number, starts[number - 1], starts[number] - 1


def _lines(record: CaseRecord, spans: Iterable[_Span], text: DocumentText) -> Iterator[Line]:
    quotes = [(e.start, e.end, one.id) for _, one in record.statements() for e in one.evidence]
    for number, start, end in spans:
        here = [(max(a, start), min(b, end), fact) for a, b, fact in quotes if a < end and b > start]
        cuts = sorted({start, end, *(a for a, _, _ in here), *(b for _, b, _ in here)})
        pieces = tuple(
            Piece(text.text[a:b], tuple(dict.fromkeys(fact for first, last, fact in here if first <= a and b <= last)))
            for a, b in pairwise(cuts)
        )
        yield Line(number, text.page_of(start), pieces)


def _sections(record: CaseRecord, spans: Sequence[_Span], text: DocumentText) -> Iterator[SectionText]:
    """The text of each section along the lines in reading order, which a layout of columns does not keep together."""
    for section in record.sections:
        first = _index(spans, section.start, 0)
        last = _index(spans, section.end - 1, len(spans) - 1)
        words = [
            text.text[
                max(start, section.start) if at == first else start : min(end, section.end) if at == last else end
            ]
            for at, (_, start, end) in enumerate(spans)
            if first <= at <= last
        ]
        yield SectionText(section.kind, section.heading, spans[first][0], "\n".join(words))


def _index(spans: Sequence[_Span], offset: int, otherwise: int) -> int:
    return next((at for at, (_, start, end) in enumerate(spans) if start <= offset <= end), otherwise)


def _fact_data(fact: Shown) -> dict[str, Any]:
    return {
        "id": fact.id,
        "value": fact.value,
        "attributes": {name: encode(getattr(fact.statement, name)) for name in all_fields()[fact.field].attributes},
        "review": fact.review,
        "method": fact.statement.method,
        "confidence": fact.statement.confidence,
        "evidence": [encode(one) for one in fact.statement.evidence],
        "sentences": [
            {
                "line": sentence.line,
                "page": sentence.page,
                "pieces": [{"text": words, "quoted": quoted} for words, quoted in sentence.pieces],
            }
            for sentence in fact.sentences
        ],
        "history": [_decision_data(decision) for decision in fact.history],
    }


def _decision_data(decision: ReviewDecision) -> dict[str, Any]:
    return {"decision": decision.decision, "by": decision.by, "at": decision.at, "why": decision.why}
