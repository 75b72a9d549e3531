"""Unit-year panels as files for Stata and R, each with a codebook in Chinese and English.

Variables have ASCII names; Stata files carry labels in the user's language. CSV has no byte order mark, which R would
take for a part of the first name.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.errors import MissingExtraError
from unionkg.graph.analysis.panel import Panel
from unionkg.graph.exchange.result_files import as_csv
from unionkg.language import say
from unionkg.ontology.vocabulary import Term, terms

CODEBOOK_COLUMNS = (
    "variable",
    "label_zh",
    "label_en",
    "type",
    "codes_zh",
    "codes_en",
    "present",
    "missing",
    "minimum",
    "maximum",
    "note_zh",
    "note_en",
)
_TEXT = frozenset({"type_id", "type_name", "unit_id", "unit_name", "unit_level", "region_code", "province", "dated_by"})
_DECIMAL = frozenset({"longitude", "latitude", "neigh_exp", "sib_exp", "tie_exp"})
_AT_ONCE = 100_000
"""So many rows are turned into Python values at a time."""
_STATA_118 = 118
"""The format of Stata 14 and later: Unicode."""


def variables() -> tuple[Term, ...]:
    """What the variables are, in their order."""
    return terms("panel_variables")


def panel_csv(panel: Panel) -> bytes:
    """CSV in UTF-8: numbers as numbers, codes as codes, missing ones empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([term.key for term in variables()])
    for first in range(0, len(panel), _AT_ONCE):
        these = slice(first, first + _AT_ONCE)
        columns = [_written(term.key, panel.columns[term.key][these]) for term in variables()]
        writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def _written(name: str, values: Any) -> Sequence[Any]:
    if name in _TEXT:
        return list(values)
    if name in _DECIMAL:
        return ["" if math.isnan(value) else f"{value:.6g}" for value in values.tolist()]
    return ["" if math.isnan(value) else int(value) for value in values.tolist()]


def panel_dta(panel: Panel) -> bytes:
    """A Stata file (format 118, Stata 14 and later) with labels of variables and values; missing numbers are ``.``.

    Raises
    ------
    MissingExtraError
        pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError(
            say("没有安装 pandas，不能写 Stata 文件", "pandas is not installed, so no Stata file can be written"),
            hint='pip install "unionkg[tables]"',
        ) from error
    import numpy as np

    table = pd.DataFrame({term.key: panel.columns[term.key] for term in variables()})
    for term in variables():
        values = table[term.key]
        if term.key not in _TEXT and term.key not in _DECIMAL:
            whole = not values.isna().any()
            table[term.key] = values.astype(np.int32 if whole else np.float32)
    content = io.BytesIO()
    table.to_stata(
        content,
        version=_STATA_118,
        write_index=False,
        data_label=f"unionkg: {panel.unit}, {panel.years[0]}-{panel.years[1]}",
        variable_labels={term.key: say(term.zh, term.en) for term in variables()},
        value_labels={term.key: codes for term in variables() if (codes := _codes(term, say("codes_zh", "codes_en")))},
    )
    return content.getvalue()


def _codes(term: Term, column: str) -> Mapping[int, str]:
    pairs = (pair.partition("=") for pair in term.values(column))
    return {int(code): label for code, _, label in pairs}


def codebook(panel: Panel) -> bytes:
    """The codebook as CSV (with a byte order mark, for people): what each variable is, and how much of it is there."""
    rows = []
    for term in variables():
        values = panel.columns[term.key]
        if term.key in _TEXT:
            present, ends = sum(map(bool, values)), ("", "")
        else:
            numbers = values[values == values]
            present = len(numbers)
            ends = (_number(numbers.min()), _number(numbers.max())) if present else ("", "")
        kind = "text" if term.key in _TEXT else "decimal" if term.key in _DECIMAL else "integer"
        told = term.fields
        codes = "；".join(term.values("codes_zh")), "; ".join(term.values("codes_en"))
        counts = present, len(panel) - present
        rows.append((term.key, term.zh, term.en, kind, *codes, *counts, *ends, told["note_zh"], told["note_en"]))
    return as_csv(CODEBOOK_COLUMNS, rows)


def _number(value: float) -> str:
    return f"{value:.6g}"
