"""Unions, regions, practice types or named practices side by side: plain data, every cell with its quotes.

Nothing is added up, averaged or ranked. Figures stand in one row only where indicator and unit are equal; all others
are listed apart, each under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unionkg.errors import InputError
from unionkg.graph.analysis.basis import sample
from unionkg.graph.build import Projection
from unionkg.language import say
from unionkg.viz.briefing.cited import Note, Sources
from unionkg.viz.briefing.columns import Column, column
from unionkg.viz.briefing.facts import Facts, Figure, Indicator, Item, facts, figure_items, figures
from unionkg.viz.briefing.naming import Kind, resolve_alike

LEAST, MOST = 2, 6
"""So many things are compared."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one thing in one aspect; ``blank`` is what stands there where nothing is."""

    items: tuple[Item, ...]
    blank: str

    def text(self, between: str) -> str:
        """The items joined."""
        return between.join(item.text for item in self.items) or self.blank


@dataclass(frozen=True, slots=True)
class Row:
    """An aspect with a cell for each thing; ``part`` is the section of the table that it belongs to."""

    part: str
    aspect: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several things side by side.

    Attributes
    ----------
    title : str
    kind : str
        A key of `unionkg.viz.briefing.naming.KINDS`.
    names, ids : tuples of str
        What stands in the columns.
    rows : tuple of Row
    references : tuple of str
        GB/T 7714—2015, each with its number; only documents that a quote of the table stands in.
    documents : tuple of str
        Their ids.
    notes : tuple of str
        What has to be said of all of it.
    """

    title: str
    kind: Kind
    names: tuple[str, ...]
    ids: tuple[str, ...]
    rows: tuple[Row, ...]
    references: tuple[str, ...]
    documents: tuple[str, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: rows with cells by name, each item with its quotes."""
        return {
            "title": self.title,
            "kind": self.kind,
            "columns": [{"id": one, "name": name} for one, name in zip(self.ids, self.names, strict=True)],
            "rows": [
                {
                    "part": row.part,
                    "aspect": row.aspect,
                    "cells": [
                        {
                            "blank": None if cell.items else cell.blank,
                            "items": [
                                {"text": item.text, "basis": item.basis or None, "quotes": _quotes(item.note)}
                                for item in cell.items
                            ],
                        }
                        for cell in row.cells
                    ],
                }
                for row in self.rows
            ],
            "references": [
                {"number": number, "document": document, "reference": reference}
                for number, (document, reference) in enumerate(zip(self.documents, self.references, strict=True), 1)
            ],
            "notes": list(self.notes),
        }


def compare(
    projection: Projection,
    texts: Mapping[str, str],
    names: Sequence[str],
    vocabularies: Path | None = None,
) -> Comparison:
    """Put two to six things of one kind side by side.

    Parameters
    ----------
    projection : Projection
    texts : mapping of str to str
        Stored texts by document id, for the lines of quotes.
    names : sequence of str
        What is compared, by any name (`unionkg.viz.briefing.naming.resolve_alike`).
    vocabularies : Path, optional
        A workspace's folder of vocabularies.

    Raises
    ------
    InputError
        There are too few or too many, one is unknown or ambiguous, one is named twice, or they are of different kinds.
    """
    if not LEAST <= len(names) <= MOST:
        raise InputError(
            say(
                f"一次比较 {LEAST} 到 {MOST} 个，给了 {len(names)} 个",
                f"{LEAST} to {MOST} can be compared, not {len(names)}",
            ),
            hint=say("例：unionkg compare 宝山区 嘉定区", "example: unionkg compare 宝山区 嘉定区"),
        )
    known = facts(projection, texts)
    meant = resolve_alike(names, known.found)
    for at, one in enumerate(meant):
        if one.id in {other.id for other in meant[:at]}:
            raise InputError(
                say(f"“{one.name}”给了两次", f"{one.name} is named twice"),
                where=say("、", ", ").join(
                    name for name, other in zip(names, meant, strict=True) if other.id == one.id
                ),
            )
    columns = [column(one, known, meant, vocabularies) for one in meant]
    kind = meant[0].kind
    named = tuple(one.name for one in meant)
    rows = [*_told(columns), *_figures(columns, known)]
    cited = sorted({n for row in rows for cell in row.cells for item in cell.items for n in item.note.documents})
    numbers = {old: new for new, old in enumerate(cited, 1)}
    documents = [known.sources.documents[number - 1] for number in cited]
    return Comparison(
        say("、", ", ").join(named) + say("的比较", ": a comparison"),
        kind,
        named,
        tuple(one.id for one in meant),
        tuple(_renumbered(row, numbers) for row in rows),
        tuple(Sources(documents, texts).references),
        tuple(document.id for document in documents),
        tuple(_notes(kind)),
    )


def _renumbered(row: Row, numbers: Mapping[int, int]) -> Row:
    """A row that refers to documents by other numbers."""
    return replace(
        row, cells=tuple(replace(c, items=tuple(_with_numbers(i, numbers) for i in c.items)) for c in row.cells)
    )


def _with_numbers(item: Item, numbers: Mapping[int, int]) -> Item:
    return replace(item, note=Note(tuple(replace(q, document=numbers[q.document]) for q in item.note.quotes)))


def _quotes(note: Note) -> list[dict[str, Any]]:
    return [
        {"reference": q.document, "page": q.page, "lines": list(q.lines) if q.lines else None, "quote": q.words}
        for q in note.quotes
    ]


def _told(columns: Sequence[Column]) -> Iterator[Row]:
    """The rows of the columns, which all have the same aspects; those that are optional only where one has something."""
    for at, first in enumerate(columns[0].aspects):
        cells = tuple(Cell(one.aspects[at].items, one.aspects[at].blank or one.blank) for one in columns)
        if not first.optional or any(cell.items for cell in cells):
            yield Row(first.part, first.name, cells)


#: The kinds of figures in the order of the logic model, and how each is headed.
_KINDS: Mapping[str, tuple[str, str]] = {
    "投入": ("投入", "Inputs"),
    "规模": ("规模", "Scale"),
    "产出": ("产出", "Outputs"),
    "成效": ("成效", "Effects"),
    "": ("未归类", "Not classified"),
}


def _figures(columns: Sequence[Column], known: Facts) -> Iterator[Row]:
    """Figures of one indicator and unit in two columns or more side by side; then all others by kind."""
    by_column = [figures(one.accounts, known, one.own) for one in columns]
    shared = [one for one in _indicators(by_column) if sum(_has(some, one) for some in by_column) > 1]
    part = say("自报成效（同一指标、同一单位）", "Reported figures (same indicator and unit)")
    for indicator, unit in shared:
        cells = tuple(
            Cell(figure_items([f for f in some if f.indicator == (indicator, unit)], known, named=False), one.blank)
            for one, some in zip(columns, by_column, strict=True)
        )
        yield Row(part, f"{indicator}{say(f'（{unit}）', f' ({unit})') if unit else ''}", cells)
    part = say(
        "自报成效（指标不同，各自列出，不作对比）", "Reported figures (each its own indicator, not to be compared)"
    )
    for kind, words in _KINDS.items():
        alone = [[f for f in some if f.kind == kind and f.indicator not in shared] for some in by_column]
        if any(alone):
            cells = tuple(
                Cell(figure_items(some, known, named=True), one.blank) for one, some in zip(columns, alone, strict=True)
            )
            yield Row(part, say(*words), cells)


def _indicators(by_column: Sequence[Sequence[Figure]]) -> list[Indicator]:
    return list(dict.fromkeys(figure.indicator for some in by_column for figure in some))


def _has(some: Sequence[Figure], indicator: Indicator) -> bool:
    return any(figure.indicator == indicator for figure in some)


def _notes(kind: Kind) -> Iterator[str]:
    yield sample()
    yield say(
        "各格均据所载案例原文，不加总、不平均、不排名；数字为案例自报，口径、时段可能不同，只有指标和单位都相同的才并列",
        "Every cell rests on the accounts' own words; nothing is added, averaged or ranked. Figures are the accounts' own, scopes "
        "and periods may differ; only those equal in indicator and unit stand in one row",
    )
    yield say(
        "“不晚于”是资料中最早记载的上限，不是开始时间，更不是首创；入选不等于获奖",
        '"by" is the earliest record in the material, not the beginning, nor a first; to be selected is not to win a prize',
    )
    if kind == "PracticeType":
        yield say(
            "领域、对象、协同、制度、传播和自报成效只计主做法属于该类的案例",
            "Fields, groups, partners, rules, spread and figures are of accounts whose main practice is of the type",
        )
    if kind == "Region":
        yield say(
            "地区含其下级和并入的旧区划；只有“台账确认未开展”才是空白",
            "A region stands for all below it and what became part of it; only what a ledger confirms as absent is a gap",
        )
