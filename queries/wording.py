"""Columns and values of tables in the user's language: Chinese headings from columns.csv, values by their labels.

In English a column is headed by its own name, and values stay as they are in the graph.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from unionkg.language import language


def headings(columns: Sequence[str], told: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """The headings of columns.

    ``told`` is what columns mean in Chinese, by name (`unionkg.queries.library.Column`): a column that is not in
    columns.csv is headed by its beginning. One that is in neither keeps its name.
    """
    if language() == "en":
        return list(columns)
    return [_heading(name, told.get(name, "")) for name in columns]


def _heading(name: str, meaning: str) -> str:
    own = "" if meaning and name == "line" else _columns().get(name, ("", ""))[0]  # 行, but 隶属线 of a union
    return own or _short(meaning) or name


def _short(meaning: str) -> str:
    """The beginning of what a column means, up to the first mark of punctuation."""
    return re.split(r"[（(；;：:，,。、]", meaning, maxsplit=1)[0]


def worded(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows with closed values shown by their labels: ``county`` -> 县级, also where one stands before a colon."""
    if language() == "en":
        return [list(row) for row in rows]
    by_place = [labels(name) for name in columns]
    return [[_worded(value, shown) for value, shown in zip(row, by_place, strict=True)] for row in rows]


def _worded(value: Any, shown: Mapping[str, str]) -> Any:
    if isinstance(value, list) and shown:
        return [_worded(item, shown) for item in value]
    if not isinstance(value, str) or not shown:
        return value
    if value in shown:
        return shown[value]
    head, colon, rest = value.partition("：")
    if colon and head in shown:  # ESTABLISHED：an account
        return shown[head] + colon + rest
    return shown.get(value.partition(".")[0] + ".", value)  # concept.strong_body by its family


@cache
def _columns() -> Mapping[str, tuple[str, str]]:
    return {row["column"]: (row["zh"], row["values"]) for row in _table("columns.csv")}


@cache
def labels(column: str) -> Mapping[str, str]:
    """How the values of a column are shown; KeyError for a source of labels that there is none of."""
    sources = _columns().get(column, ("", ""))[1].split()
    own = {row["value"]: row["zh"] for of in ("", column) for row in _table("values.csv") if row["column"] == of}
    return {value: label for source in sources for value, label in _labels_of(source).items()} | own


@cache
def _table(name: str) -> list[dict[str, str]]:
    text = (files("unionkg.queries") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _labels_of(source: str) -> Mapping[str, str]:
    from unionkg.ontology import model
    from unionkg.ontology.vocabulary import terms

    schema = model.schema()
    if source == "types":
        return {name: kind.zh for name, kind in schema.relationships.items()}
    if source == "labels":
        return {name: node.zh for name, node in schema.nodes.items()}
    owner, _, name = source.partition(".")
    if not name:
        return {term.key: term.zh for term in terms(owner)}
    found = (
        [schema.nodes[owner].properties]
        if owner in schema.nodes
        else [ends.properties for ends in schema.relationships[owner].ends]
    )
    return {c.key: c.zh for properties in found if name in properties for c in model.values(properties[name])}
