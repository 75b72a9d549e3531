"""A sheet as an SVG file: text stays text, sizes are those of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from unionkg.viz.briefing.poster_marks import Dash, Line, Mark, Path, Rect, Sheet, Text

_FONTS = "'Microsoft YaHei','Noto Sans CJK SC','PingFang SC','Source Han Sans SC',sans-serif"
_MM = 25.4 / 72


def svg(sheet: Sheet) -> str:
    """The file: the same text for the same sheet."""
    size = f'width="{sheet.width * _MM:.0f}mm" height="{sheet.height * _MM:.0f}mm"'
    body = "\n".join(map(_mark, sheet.marks))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}" '
        f'xml:lang="{sheet.language}" role="img" font-family="{_FONTS}">\n<title>{escape(sheet.title)}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _mark(mark: Mark) -> str:
    if isinstance(mark, Text):
        anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
        weight = ' font-weight="700"' if mark.bold else ""
        return (
            f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" fill="{mark.colour}"{anchor}{weight} '
            f'xml:space="preserve">{escape(mark.text)}</text>'
        )
    if isinstance(mark, Line):
        ends = f'x1="{_n(mark.x)}" y1="{_n(mark.y)}" x2="{_n(mark.to_x)}" y2="{_n(mark.to_y)}"'
        return f"<line {ends}{_stroke(mark.colour, mark.width, mark.dash)}/>"
    fill = f' fill="{mark.fill or "none"}"'
    stroke = _stroke(mark.stroke, mark.line, mark.dash)
    if isinstance(mark, Rect):
        place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return f"<rect {place}{fill}{stroke}/>"
    return f'<path d="{_way(mark)}"{fill}{stroke}/>'


def _way(mark: Path) -> str:
    steps: Sequence[str] = [f"{'L' if at else 'M'}{_n(x)} {_n(y)}" for at, (x, y) in enumerate(mark.points)]
    return " ".join(steps) + (" Z" if mark.closed else "")


def _stroke(colour: str, width: float, dash: Dash) -> str:
    if not colour:
        return ""
    dashed = f' stroke-dasharray="{" ".join(map(_n, dash))}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{_n(width)}"{dashed}'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
