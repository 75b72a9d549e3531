"""An account as a page for a notebook and as text for a terminal. Everything that comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from unionkg.graph.attributes import all_fields
from unionkg.language import say
from unionkg.ontology import model

if TYPE_CHECKING:
    from unionkg.case_view import CaseView, Line, Piece, SectionText
    from unionkg.graph.sentences import Marked
    from unionkg.reviewing import Shown

_STYLE = (
    ".unionkg-case{max-width:60em}.unionkg-case th,.unionkg-case td{text-align:left!important;vertical-align:top;"
    "white-space:normal;overflow-wrap:break-word}.unionkg-case th,.unionkg-case .short{white-space:nowrap}"
    ".unionkg-case mark{background:#fff1a8;color:#222}.unionkg-case .line{margin:.2em 0}"
)


def html(view: CaseView) -> str:
    """The account as HTML: what is known of it, each value with its sentence, then its text, quotes marked."""
    head = "".join(f"<p>{escape(line)}</p>" for line in _head(view))
    rows = "".join(_html_rows(name, facts) for name, facts in view.by_field().items())
    columns = (
        say("栏目", "field"),
        say("值", "value"),
        say("原文", "text"),
        say("出处", "place"),
        say("复核", "review"),
    )
    heads = "".join(f"<th>{escape(name)}</th>" for name in columns)
    return (
        f'<div class="unionkg-case"><style>{_STYLE}</style><h3>{escape(view.name)}</h3>{head}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<details open><summary>{escape(say('原文', 'text'))}</summary>{_html_text(view)}</details></div>"
    )


def text(view: CaseView) -> str:
    """The account for a terminal: what is known of it, each value with its sentence, the quote between 【 and 】.

    Only what people decided on tells its review state; the head counts the rest.
    """
    lines = [view.name, *(f"  {line}" for line in _head(view))]
    for name, facts in view.by_field().items():
        lines += ["", str(all_fields()[name].label)]
        for fact in facts:
            judged = "" if fact.review == "unreviewed" else f"  [{_review_label(fact.review)}]"
            lines.append(f"  {fact.value}{judged}")
            lines += [f"    {_place(one)}{one.text()}" for one in fact.sentences]
    return "\n".join(lines)


def _head(view: CaseView) -> list[str]:
    """What the account is and where it stands, and how much of it is reviewed."""
    record, document, review = view.case.record, view.document, view.review
    kind = next(one for one in _choices("kind") if one.key == record.kind)
    ranges = say("、", ", ").join(f"{first}–{last}" if last > first else f"{first}" for first, last in record.lines)
    printed = [document.title, document.publisher, document.issue, document.published]
    states = [(name, getattr(review, name)) for name in ("unreviewed", "accepted", "corrected")]
    told = [f"{_review_label(name)} {count}" for name, count in states if count]
    if review.rejected:
        told.append(say(f"已驳回 {review.rejected}", f"rejected {review.rejected}"))
    return [
        " · ".join([say(kind.zh, kind.en), record.id, *(one for one in printed if one), _lines_label(ranges)]),
        say(f"陈述 {len(view.facts)} 条", f"{len(view.facts)} statements")
        + (say("：", ": ") + say("，", ", ").join(told) if told else ""),
    ]


def _lines_label(ranges: str) -> str:
    return say(f"第 {ranges} 行", f"lines {ranges}")


def _html_rows(name: str, facts: Sequence[Shown]) -> str:
    label = f'<th rowspan="{len(facts)}">{escape(str(all_fields()[name].label))}</th>'
    return "".join(f"<tr>{'' if number else label}{_html_fact(fact)}</tr>" for number, fact in enumerate(facts))


def _html_fact(fact: Shown) -> str:
    sentences = "<br>".join(_html_sentence(one) for one in fact.sentences)
    places = "<br>".join(escape(_line_label(one.line, one.page)) for one in fact.sentences)
    sure = f"{fact.statement.method} {fact.statement.confidence:.2f}"
    review = f'<td class="short" title="{escape(sure)}">{escape(_review_label(fact.review))}</td>'
    return f'<td>{escape(fact.value)}</td><td>{sentences}</td><td class="short">{places}</td>{review}'


def _html_sentence(sentence: Marked) -> str:
    return "".join(f"<mark>{escape(piece)}</mark>" if quoted else escape(piece) for piece, quoted in sentence.pieces)


def _html_text(view: CaseView) -> str:
    """The lines, and the kind of each section where it begins: above its heading, where that is a line of its own."""
    told = {fact.id: f"{all_fields()[fact.field].label}{say('：', ': ')}{fact.value}" for fact in view.facts}
    headings: dict[int, str] = {}
    kinds = {one.key: say(one.zh, one.en) for one in _choices("section_kinds")}
    for section in view.sections:
        line = _heading_line(view.lines, section)
        headings[line] = headings.get(line, "") + f"<h4>{escape(kinds[section.kind])}</h4>"
    return "".join(headings.pop(line.number, "") + _html_line(line, told) for line in view.lines)


def _heading_line(lines: Sequence[Line], section: SectionText) -> int:
    at = next(number for number, line in enumerate(lines) if line.number == section.line)
    above = next((line for line in reversed(lines[:at]) if line.text.strip()), None)
    heading = "".join((section.heading or "").split())
    return above.number if above and heading and heading in "".join(above.text.split()) else section.line


def _html_line(line: Line, told: dict[str, str]) -> str:
    words = "".join(_html_piece(piece, told) for piece in line.pieces)
    return f'<p class="line" title="{escape(_line_label(line.number, line.page))}">{words}</p>' if words else ""


def _html_piece(piece: Piece, told: dict[str, str]) -> str:
    if not piece.facts:
        return escape(piece.text)
    why = "&#10;".join(escape(told[fact]) for fact in piece.facts)
    return f'<mark title="{why}">{escape(piece.text)}</mark>'


def _place(sentence: Marked) -> str:
    label = _line_label(sentence.line, sentence.page)
    return f"{label}{say('：', ': ')}" if label else ""


def _line_label(line: int | None, page: str | None) -> str:
    parts = [
        *([say(f"第 {page} 页", f"page {page}")] if page else []),
        *([say(f"第 {line} 行", f"line {line}")] if line else []),
    ]
    return " ".join(parts)


def _review_label(state: str) -> str:
    return next(say(one.zh, one.en) for one in _choices("title_review") if one.key == state)


def _choices(name: str) -> Sequence[model.Choice]:
    return model.values(model.schema().nodes["PracticeCase"].properties[name])
