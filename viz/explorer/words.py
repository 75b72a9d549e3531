"""The page's own words in Chinese and English, read from the CSV file beside each script."""

from __future__ import annotations

import csv
from functools import cache

from unionkg.errors import SchemaError
from unionkg.language import say
from unionkg.viz.explorer.scripts import folder, names


@cache
def words() -> dict[str, tuple[str, str]]:
    """Every word by key, Chinese and English.

    Raises
    ------
    SchemaError
        A key stands twice, or a language is missing; names file and line.
    """
    found: dict[str, tuple[str, str]] = {}
    for name in names(live=True):
        path = folder() / f"{name}.csv"
        if not path.is_file():
            continue
        for number, row in enumerate(csv.reader(path.read_text(encoding="utf-8").splitlines()), 1):
            if number == 1 or not row:
                continue
            if len(row) != 3 or not all(row) or row[0] in found:
                raise SchemaError(
                    say(
                        "每行要有键、中文、英文各一，键不能重复",
                        "each line needs a key of its own, Chinese and English",
                    ),
                    where=f"{path}:{number}",
                )
            found[row[0]] = (row[1], row[2])
    return found
