"""A result as a table to look at: HTML for notebooks, text for a terminal. Pure functions over columns and rows.

A node is written ``(湖州市总工会:TradeUnion)``, a relationship ``[:INITIATED]``, a path as both in turn with the
arrows as they point; what a list holds is joined by ``、``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from unionkg.language import say

HTML_ROWS, HTML_COLUMNS = 60, 20
"""How much of a result a notebook shows."""
TEXT_ROWS = 20
"""How much of a result ``print`` shows."""

_CUT_HTML = 120
_CUT_TEXT = 40
_SHORT = 12
"""A cell of so many characters is not broken: Chinese text breaks anywhere, and would be squeezed to a column of them."""
_STYLE = (
    ".unionkg th,.unionkg td{text-align:left!important;vertical-align:top;max-width:28em;white-space:normal;"
    "overflow-wrap:break-word}.unionkg th,.unionkg .short{white-space:nowrap}"
    ".unionkg .number{text-align:right!important;white-space:nowrap}"
)


def html_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    meanings: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> str:
    """A table for a notebook, everything in it escaped.

    Parameters
    ----------
    columns, rows
        At most `HTML_ROWS` and `HTML_COLUMNS` of them are shown; a line says how many more there are. A long cell is
        cut, its whole text is its tooltip.
    meanings : mapping, optional
        What a column means, by its name: the tooltip of its head.
    notes : sequence of str
        Lines below the table.
    """
    told, wide = meanings or {}, range(min(len(columns), HTML_COLUMNS))
    head = "".join(f"<th{_title(told.get(columns[i], ''))}>{escape(columns[i])}</th>" for i in wide)
    body = "".join(f"<tr>{''.join(_html_cell(row[i]) for i in wide)}</tr>" for row in rows[:HTML_ROWS])
    below = "".join(f"<p>{escape(line)}</p>" for line in (_size(columns, rows, HTML_ROWS, HTML_COLUMNS), *notes))
    return (
        f'<div class="unionkg"><style>{_STYLE}</style><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{below}</div>"
    )


def text_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table for ``print``: at most `TEXT_ROWS` rows, long cells cut, and below it how large the result is."""
    size = _size(columns, rows, TEXT_ROWS, len(columns))
    return "\n".join([*aligned(columns, rows[:TEXT_ROWS], _CUT_TEXT), size])


def aligned(columns: Sequence[str], rows: Sequence[Sequence[Any]], widest: int) -> list[str]:
    """The lines of a table with columns of equal width; Chinese characters count two, cells above ``widest`` are cut."""
    cells = [[*columns], *([_cut_to_width(cell_text(value), widest) for value in row] for row in rows)]
    widths = [max(map(screen_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return lines


def cell_text(value: Any) -> str:
    """A value as a person reads it, on one line; None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("是", "true") if value else say("否", "false")
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Mapping):
        return _map_text(value)
    if isinstance(value, list | tuple):
        return _path_text(value) if is_path(value) else "、".join(map(cell_text, value))
    return " ".join(str(value).split())


def is_node(value: Any) -> bool:
    """Whether a value of a result is a node of the graph."""
    return isinstance(value, Mapping) and isinstance(value.get("_labels"), list) and "id" in value


def is_relationship(value: Any) -> bool:
    """Whether a value of a result is a relationship of the graph, which knows its ends."""
    return isinstance(value, Mapping) and "_type" in value and "_start" in value and "_end" in value


def is_path(value: Sequence[Any]) -> bool:
    """Whether a list is a path: nodes and relationships in turn."""
    return (
        len(value) > 2
        and len(value) % 2 == 1
        and all(is_node(part) for part in value[::2])
        and all(is_relationship(part) for part in value[1::2])
    )


def _map_text(value: Mapping[str, Any]) -> str:
    if is_node(value):
        labels = "".join(f":{label}" for label in value["_labels"])
        return f"({cell_text(value.get('name') or value['id'])}{labels})"
    if is_relationship(value):
        return f"[:{value['_type']}]"
    return json.dumps(value, ensure_ascii=False)


def _path_text(path: Sequence[Any]) -> str:
    words = cell_text(path[0])
    for before, tie, node in zip(path[::2], path[1::2], path[2::2], strict=False):
        forward = tie["_start"] == before["id"]
        words += f"-{cell_text(tie)}->" if forward else f"<-{cell_text(tie)}-"
        words += cell_text(node)
    return words


def _html_cell(value: Any) -> str:
    text = cell_text(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number or len(text) <= _CUT_HTML:
        kind = "number" if number else "short" if len(text) <= _SHORT else "text"
        return f'<td class="{kind}">{escape(text)}</td>'
    return f"<td{_title(text)}>{escape(text[: _CUT_HTML - 1])}…</td>"


def _title(text: str) -> str:
    return f' title="{escape(text)}"' if text else ""


def _size(columns: Sequence[str], rows: Sequence[Sequence[Any]], most_rows: int, most_columns: int) -> str:
    """How large the result is, and how much of it is not shown."""
    size = say(f"{len(rows)} 行 × {len(columns)} 列", f"{len(rows)} rows × {len(columns)} columns")
    more_rows, more_columns = max(0, len(rows) - most_rows), max(0, len(columns) - most_columns)
    hidden = [
        *([say(f"{more_rows} 行", f"{more_rows} more rows")] if more_rows else []),
        *([say(f"{more_columns} 列", f"{more_columns} more columns")] if more_columns else []),
    ]
    if not hidden:
        return size
    return size + say(f"，另有 {'、'.join(hidden)}未显示", f", {' and '.join(hidden)} not shown")


def screen_width(text: str) -> int:
    """Columns of a terminal that a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - screen_width(text))


def _cut_to_width(text: str, widest: int) -> str:
    if screen_width(text) <= widest:
        return text
    kept, width = [], 0
    for character in text:
        width += screen_width(character)
        if width > widest - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"
