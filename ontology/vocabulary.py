"""Vocabularies are CSV data, not code: terms with labels and aliases, and tables of cue words.

A file is UTF-8 with a header row; lines before it that begin with ``#`` give source and date. Cells that hold
several values separate them with ``|``. A workspace extends a vocabulary with a file of the same name in its
``vocabularies/`` folder: new keys are added, rows with a known key replace ours.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from unionkg.errors import SchemaError
from unionkg.language import say


@dataclass(frozen=True, slots=True)
class Term:
    """One term: an ASCII ``key``, its labels, and the row's other columns in ``fields``."""

    key: str
    zh: str
    en: str
    fields: Mapping[str, str]

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several."""
        return tuple(value for value in self.fields.get(column, "").split("|") if value)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the same thing."""
        return self.values("aliases")

    @property
    def broader(self) -> tuple[str, ...]:
        """Keys of the broader terms."""
        return self.values("broader")


@cache
def terms(name: str, extra: Path | None = None) -> tuple[Term, ...]:
    """Read the vocabulary ``name``; ``extra`` is a workspace's own file of the same form.

    Raises
    ------
    SchemaError
        A key or label is missing or given twice, or a broader term is unknown; names file and line.
    """
    found: dict[str, Term] = {}
    own = files("unionkg.ontology") / "vocabularies" / f"{name}.csv"
    for text, where in [(own.read_text(encoding="utf-8"), str(own)), *_extra(extra)]:
        here: set[str] = set()
        for number, row in _rows(text):
            if not row.get("key") or not row.get("zh"):
                raise SchemaError(say("词条缺少 key 或 zh", "a term lacks key or zh"), where=f"{where}:{number}")
            if row["key"] in here:
                raise SchemaError(
                    say(f"词条重复：{row['key']}", f"term given twice: {row['key']}"), where=f"{where}:{number}"
                )
            here.add(row["key"])
            found[row["key"]] = Term(row["key"], row["zh"], row.get("en", ""), row)
    for term in found.values():
        for key in term.broader:
            if key not in found:
                raise SchemaError(
                    say(f"{term.key} 的上位词 {key} 不存在", f"{term.key}: unknown broader term {key}"), where=name
                )
    return tuple(found.values())


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a table of cue words (any columns) as one mapping a row."""
    text = (files("unionkg.ontology") / "vocabularies" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(row for _, row in _rows(text))


def _extra(path: Path | None) -> list[tuple[str, str]]:
    return [(path.read_text(encoding="utf-8-sig"), str(path))] if path is not None and path.is_file() else []


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    reader = csv.DictReader(lines[first:])
    return [
        (first + reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}) for row in reader
    ]
