"""A comparison as a Word file: landscape A4, a table for each part, the quotes as endnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from unionkg.language import language, say
from unionkg.viz.briefing.blocks import Column, ordinal
from unionkg.viz.briefing.cited import Note, Text
from unionkg.viz.briefing.compare import Cell, Comparison, Row
from unionkg.viz.briefing.docx import Paper, paper

_SIDES = 22
"""Margins at the left and right in mm."""
_ASPECT = 30
"""The width of the first column in mm."""
_MOST_ITEMS, _MOST_IN_ROW, _MOST_QUOTES = 12, 30, 4
"""So many items are shown in a cell and about so many in a row, which is never cut in two; so many quotes of an item."""


def docx(shown: Comparison) -> bytes:
    """The file: the same bytes for the same comparison.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    made = paper(shown.title, say("比较表", "comparison"), shown.names)
    _landscape(made)
    made.title(shown.title)
    most = min(_MOST_ITEMS, _MOST_IN_ROW // len(shown.names))
    width = (297 - 2 * _SIDES - _ASPECT) / len(shown.names)
    columns = [Column(say("方面", "Aspect"), _ASPECT), *(Column(name, width) for name in shown.names)]
    parts = [(part, list(rows)) for part, rows in groupby(shown.rows, key=lambda row: row.part)]
    for number, (part, rows) in enumerate(parts):
        made.heading(f"{ordinal(number)}、{part}" if language() == "zh" else f"{number + 1}. {part}")
        made.table(columns, [_cells(row, most) for row in rows])
    if shown.references:
        made.heading(say("参考文献", "References"))
        for reference in shown.references:
            made.paragraph((reference,), "Reference")
    made.heading(say("说明", "Notes"))
    for note in (*shown.notes, *_left_out(shown, most)):
        made.paragraph((note + say("。", "."),), "Table note")
    return made.content()


def _cells(row: Row, most: int) -> Sequence[Text]:
    return [(row.aspect,), *(tuple(_text(cell, most)) for cell in row.cells)]


def _text(cell: Cell, most: int) -> Iterator[str | Note]:
    if not cell.items:
        yield cell.blank
    for at, item in enumerate(cell.items[:most]):
        yield f"{say('；', '; ') if at else ''}{item.text}{say(f'（{item.basis}）', f' ({item.basis})') if item.basis else ''}"
        yield Note(item.note.quotes[:_MOST_QUOTES])
    rest = len(cell.items) - most
    if rest > 0:
        yield say(f"；另有 {rest} 项", f"; {rest} more")


def _left_out(shown: Comparison, most: int) -> Iterator[str]:
    """What the file leaves out, where it does."""
    items = [cell.items for row in shown.rows for cell in row.cells]
    if any(len(some) > most for some in items) or any(
        len(item.note.quotes) > _MOST_QUOTES for some in items for item in some
    ):
        yield say(
            f"每格最多列 {most} 项，每项最多引 {_MOST_QUOTES} 处原文；全部内容见同一命令生成的 xlsx 或 html",
            f"A cell lists at most {most} items with {_MOST_QUOTES} quotes each; the workbook and the page hold all",
        )


def _landscape(made: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    (section,) = made.document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(_SIDES)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.footer_distance = Mm(12)
