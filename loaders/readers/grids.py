"""Tables as text that a person and the layout can read: forms, tables of accounts, and all others.

- A table of accounts (one row = one account: 案例名称 | 申报单位 | 主要做法 …) becomes one form a row, ``案例名称：…``,
  with a blank line between the rows; the layout cuts forms at their titles.
- A form (申报表: labels beside their values) becomes the same lines.
- Anything else (award lists, contents, figures) becomes one line a row, cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from unionkg.ontology.vocabulary import table

Row = Sequence[str]

#: A remark in brackets, and what is printed around a heading.
NOTE = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
AROUND = re.compile(r"[\s*＊:：]+")
#: Rows among which the headings of the columns are looked for: titles and notes stand above them.
TOP = 15
#: Shortest text, in characters, that tells what a union did; rows of award lists are shorter.
_TELLS = 40


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds (`means` as in sheet_columns.csv) and the label printed before its values."""

    means: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a rendered table: its text, and the row of the table (from 0) that it begins with.

    ``form``: it is the form of one account. ``gap``: a blank line stands around it.
    """

    row: int
    text: str
    form: bool = False
    gap: bool = False


@cache
def _known() -> Mapping[str, Column]:
    from unionkg.loaders.layout.cues import labels

    known = {label: Column(means, label) for label, means in labels().items()}
    known |= {row["heading"]: Column("text", row["heading"]) for row in table("layout_sections")}
    # A column called so holds honours or remarks, whatever a heading of that name opens in a text.
    known |= {
        "获奖情况": Column("honor", "获奖情况"),
        "荣誉": Column("honor", "获奖情况"),
        "备注": Column("note", "备注"),
    }
    return known | {
        without_remarks(row["heading"]): Column(row["means"], row["label"]) for row in table("sheet_columns")
    }


def without_remarks(cell: str) -> str:
    """A heading without remarks and what is printed around it."""
    return AROUND.sub("", NOTE.sub("", cell))


def column_of(heading: str) -> Column | None:
    """What the column under a heading holds; None where the heading is not known."""
    if len(heading) > 60:
        return None
    bare = without_remarks(heading)
    return _known().get(bare) or _known().get(re.sub(r"^(?:申报|拟申报|推荐|获奖)(?=案例|单位)", "", bare))


def header_of(rows: Sequence[Row]) -> int | None:
    """Which row holds the headings of a table of accounts; None where the table is none."""
    best, found = 0, None
    for n, row in enumerate(rows[:TOP]):
        columns = [column_of(cell) if cell else None for cell in row]
        known = [column for column in columns if column]
        means = {column.means for column in known}
        beside = any(one and other for one, other in pairwise(columns))
        filled = sum(bool(cell) for cell in row)
        fits = beside and "text" in means and means & {"title", "org"} and len(known) >= 0.4 * filled
        if fits and len(known) > best and any(_tells(below, columns) for below in rows[n + 1 :]):
            best, found = len(known), n
    return found


def _tells(row: Row, columns: Sequence[Column | None]) -> bool:
    """Whether the parts of a row that are text tell enough for an account."""
    return sum(len(cell) for cell, column in zip(row, columns, strict=False) if _is_text(column)) >= _TELLS


def _is_text(column: Column | None) -> bool:
    return column is not None and column.means == "text"


def parts(rows: Sequence[Row]) -> list[Part]:
    """Render a table; blank rows are left out."""
    header = header_of(rows)
    if header is not None:
        # Above the headings stand the title and notes, each by itself.
        return [*(replace(part, gap=True) for part in _lines(rows[:header], 0)), *_accounts(rows, header)]
    if form := _form(rows):
        return [Part(0, form, form=True, gap=True)]
    return list(_lines(rows, 0))


def _lines(rows: Sequence[Row], first: int) -> Iterable[Part]:
    for n, row in enumerate(rows, first):
        cells = [" ".join(cell.split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            filled = [cell for cell in cells if cell]
            yield Part(n, filled[0] if len(filled) == 1 else "\t".join(cells))


def _accounts(rows: Sequence[Row], header: int) -> Iterable[Part]:
    headings = rows[header]
    columns = [column_of(cell) if cell else None for cell in headings]
    order = sorted(range(len(headings)), key=lambda i: {"title": 0, "org": 1}.get(_means(columns[i]), 2))
    for n in range(header + 1, len(rows)):
        row = rows[n]
        if [without_remarks(cell) for cell in row] == [without_remarks(cell) for cell in headings]:
            continue  # the headings again, as on every printed page
        if not _tells(row, columns):
            yield from _lines([row], n)
            continue
        fields: list[str] = []
        seen: set[str] = set()
        for i in order:
            means = _means(columns[i])
            if i >= len(row) or not row[i] or means == "number":
                continue
            if means in seen and means in {"title", "org"}:
                means = ""  # a second title would begin another account
            seen.add(means)
            fields.append(_field(_label(columns[i], headings[i], means), row[i]))
        yield Part(n, "\n".join(fields), form=True, gap=True)


def _means(column: Column | None) -> str:
    return column.means if column else ""


def _label(column: Column | None, heading: str, means: str) -> str:
    """The word before a value. Columns that the layout has no use for are remarks, with their own heading inside."""
    if column is not None and means:
        return column.label
    return f"备注：{without_remarks(heading)}" if without_remarks(heading) else "备注"


def _field(label: str, value: str) -> str:
    """One field of a form. A line inside the value that looks like another account's title does not begin a line."""
    lines = [line for line in (" ".join(line.split()) for line in value.splitlines()) if line]
    kept: list[str] = []
    for line in lines:
        if kept and _begins_account(line):
            kept[-1] += " " + line
        else:
            kept.append(line)
    return f"{label}：" + "\n".join(kept)


def _begins_account(line: str) -> bool:
    head, colon, _ = line.replace(":", "：").partition("：")
    known = _known().get(without_remarks(head)) if colon and len(head) <= 12 else None
    return known is not None and known.means == "title"


def _form(rows: Sequence[Row]) -> str:
    """A form's lines, "" where a table is no form: most of its rows are known labels, each beside its value."""
    lines: list[str] = []
    paired = filled = 0
    titled = False
    for row in rows:
        cells = [cell for n, cell in enumerate(row) if cell and (not n or cell != row[n - 1])]
        if not cells:
            continue
        filled += 1
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        known = [column_of(label) for label, _ in pairs]
        if pairs and len(cells) % 2 == 0 and all(known):
            paired += 1
            titled = titled or any(column and column.means in {"title", "org"} for column in known)
            lines += [_field(column.label, value) for column, (_, value) in zip(known, pairs, strict=True) if column]
        elif len(cells) == 2 and len(without_remarks(cells[0])) <= 12:
            lines.append(_field(without_remarks(cells[0]), cells[1]))
        else:
            lines.append("\t".join(cells) if len(cells) > 1 else cells[0])
    return "\n".join(lines) if titled and paired >= max(2, 0.5 * filled) else ""
