"""A sheet as a PDF file of one page, its text real text in an embedded font."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from unionkg.errors import MissingExtraError
from unionkg.language import say
from unionkg.viz.briefing.poster_marks import Line, Mark, Path, Rect, Sheet, Text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_BOLD = 0.028
"""How far the outline of bold text reaches, of its size: the fonts that are installed have no bold of the same width."""


def pdf(sheet: Sheet) -> bytes:
    """The file: the same bytes for the same sheet and the same fonts on the machine.

    Raises
    ------
    MissingExtraError
        reportlab or fontTools is not installed.
    """
    try:
        from reportlab.pdfgen.canvas import Canvas

        from unionkg.viz.briefing.pdf_fonts import font_for
    except ImportError as error:
        raise MissingExtraError(
            say(
                "没有安装 reportlab、fonttools，不能生成 PDF",
                "reportlab and fonttools are not installed, so no PDF can be made",
            ),
            hint=say('pip install "unionkg[brief]"，或改存 .svg', 'pip install "unionkg[brief]", or write an .svg'),
        ) from error
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(sheet.width, sheet.height), invariant=1, lang=sheet.language)
    canvas.setTitle(sheet.title)
    canvas.setAuthor("unionkg")
    canvas.setCreator("unionkg")
    font = font_for("".join(mark.text for mark in sheet.marks if isinstance(mark, Text)))
    for mark in sheet.marks:
        _draw(canvas, mark, sheet.height, font)
    canvas.showPage()
    canvas.save()
    return content.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: float, font: str) -> None:
    """Draw a mark; PDF counts from the lower edge."""
    if isinstance(mark, Text):
        _write(canvas, mark, height, font)
        return
    colour, width = (mark.colour, mark.width) if isinstance(mark, Line) else (mark.stroke, mark.line)
    if colour:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        canvas.setDash(list(mark.dash))
    if isinstance(mark, Line):
        canvas.line(mark.x, height - mark.y, mark.to_x, height - mark.to_y)
        return
    if mark.fill:
        canvas.setFillColor(mark.fill)
    drawn: dict[str, Any] = {"stroke": int(bool(mark.stroke)), "fill": int(bool(mark.fill))}
    if isinstance(mark, Rect):
        canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, **drawn)
    else:
        canvas.drawPath(_path(canvas, mark, height), **drawn)


def _path(canvas: Canvas, mark: Path, height: float) -> Any:
    path = canvas.beginPath()
    for at, (x, y) in enumerate(mark.points):
        (path.lineTo if at else path.moveTo)(x, height - y)
    if mark.closed:
        path.close()
    return path


def _write(canvas: Canvas, mark: Text, height: float, font: str) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    left = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * stringWidth(mark.text, font, mark.size)
    text = canvas.beginText(left, height - mark.y)
    text.setFont(font, mark.size)
    text.setFillColor(mark.colour)
    if mark.bold:
        canvas.setStrokeColor(mark.colour)
        canvas.setLineWidth(_BOLD * mark.size)
        canvas.setDash([])
    text.setTextRenderMode(2 if mark.bold else 0)
    text.textOut(mark.text)
    text.setTextRenderMode(0)
    canvas.drawText(text)
