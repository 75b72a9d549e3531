"""A comparison as a workbook: the table, and on further sheets every quote, the references and what has to be said."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from unionkg.graph.stores.tables import screen_width
from unionkg.language import say
from unionkg.viz.briefing.compare import Cell, Comparison, Row

_LONGEST = 32_767
"""What a cell holds."""
_PART, _ASPECT, _WIDTH, _LINK = 17, 22, 44, 9
"""Widths of columns, in characters of half width."""
_LINE, _HIGHEST, _MOST_LINES = 16, 409, 20
"""A line of text and the highest row of a sheet, in pt, and how many items stand in a line each."""


@dataclass(slots=True)
class _Forms:
    head: Any
    side: Any
    text: Any
    grey: Any
    link: Any


def xlsx(shown: Comparison) -> bytes:
    """The file: the same bytes for the same comparison.

    Beside a cell of the table stands a link to its quotes on the second sheet, each of which leads back.
    """
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": shown.title, "author": "unionkg", "created": datetime(1980, 1, 1)})  # noqa: DTZ001  xlsxwriter takes no zone
    forms = _Forms(
        book.add_format({"bold": True, "bg_color": "#F3E9E7", "valign": "vcenter", "text_wrap": True, "border": 1}),
        book.add_format({"bold": True, "valign": "top", "text_wrap": True, "border": 1}),
        book.add_format({"valign": "top", "text_wrap": True, "border": 1}),
        book.add_format({"valign": "top", "text_wrap": True, "border": 1, "font_color": "#777777", "italic": True}),
        book.add_format({"valign": "top", "font_color": "#1F4E9E", "underline": 1, "border": 1}),
    )
    table = book.add_worksheet(say("比较", "comparison"))
    quotes = book.add_worksheet(say("出处", "sources"))
    about = book.add_worksheet(say("说明", "about"))
    _table(table, quotes, shown, forms)
    about.set_column(0, 0, 110)
    lines = [shown.title, *shown.notes, "", say("参考文献", "References"), *shown.references]
    for line, words in enumerate(lines):
        about.write_string(line, 0, words, book.add_format({"text_wrap": True, "bold": line == 0}))
    book.close()
    return content.getvalue()


def _table(table: Any, quotes: Any, shown: Comparison, forms: _Forms) -> None:
    of = say("出处", "Quotes")
    names = [heading for name in shown.names for heading in (name, of)]
    _heads(
        table,
        (say("部分", "Part"), say("方面", "Aspect"), *names),
        (_PART, _ASPECT, *(_WIDTH, _LINK) * len(shown.names)),
        forms,
    )
    source = (say("编号", "No."), say("方面", "Aspect"), say("对象", "Of"), say("内容", "Item"))
    place = (say("文献", "Document"), say("页", "Page"), say("行", "Lines"), say("原文", "Quote"))
    _heads(quotes, (*source, *place), (7, 20, 22, 40, 50, 8, 10, 60), forms)
    table.freeze_panes(1, 2)
    quotes.freeze_panes(1, 1)
    for sheet in (table, quotes):
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    last = 0
    for number, row in enumerate(shown.rows, 1):
        table.set_row(number, _height(row))
        table.write_string(number, 0, row.part, forms.side)
        table.write_string(number, 1, row.aspect, forms.side)
        for at, (cell, name) in enumerate(zip(row.cells, shown.names, strict=True)):
            column, before = 2 + 2 * at, last
            table.write_string(number, column, _words(cell), forms.text if cell.items else forms.grey)
            back = f"internal:'{table.get_name()}'!{_place(number, column)}"
            for told in _told(row, name, cell, shown):
                last += 1
                quotes.write_url(last, 0, back, forms.link, str(last))
                for place_, words in enumerate(told, 1):
                    quotes.write_string(last, place_, words[:_LONGEST], forms.text)
            if last > before:  # a link of its own: a cell that is one loses its lines in some programs
                there = f"{before + 1}" if last == before + 1 else f"{before + 1}–{last}"
                table.write_url(number, column + 1, f"internal:'{quotes.get_name()}'!A{before + 2}", forms.link, there)
            else:
                table.write_blank(number, column + 1, None, forms.text)
    quotes.autofilter(0, 0, last, len(source) + len(place) - 1)


def _told(row: Row, name: str, cell: Cell, shown: Comparison) -> Iterator[tuple[str, ...]]:
    """A line of the second sheet for each quote of a cell, without its number."""
    for item in cell.items:
        for quote in item.note.quotes:
            lines = "—".join(map(str, sorted(set(quote.lines)))) if quote.lines else ""
            reference = shown.references[quote.document - 1]
            yield row.aspect, name, item.text, reference, quote.page or "", lines, quote.words


def _height(row: Row) -> float:
    """The height of a row in pt, as high as a sheet allows at most: not every program fits it to its text."""
    told = [(row.part, _PART), (row.aspect, _ASPECT), *((_words(cell), _WIDTH) for cell in row.cells)]
    lines = max(
        sum(max(1, ceil(screen_width(line) / (width - 2))) for line in text.split("\n")) for text, width in told
    )
    return min(_LINE * lines + 4, _HIGHEST)


def _words(cell: Cell) -> str:
    """The items of a cell, a line each; many run on, because no row is high enough for them."""
    told = [item.text + (say(f"（{item.basis}）", f" ({item.basis})") if item.basis else "") for item in cell.items]
    if 1 < len(told) <= _MOST_LINES:
        told = [f"• {text}" for text in told]
    return (say("；", "; ") if len(told) > _MOST_LINES else "\n").join(told)[:_LONGEST] or cell.blank


def _heads(sheet: Any, headings: tuple[str, ...], widths: tuple[int, ...], forms: _Forms) -> None:
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, forms.head)


def _place(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"
