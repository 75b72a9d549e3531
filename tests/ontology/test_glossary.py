from __future__ import annotations

import re
from pathlib import Path

from unionkg.ontology.model import schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| 中文", "| ---"))
]


def test_every_term_has_both_names_a_definition_and_what_to_avoid() -> None:
    assert len(ROWS) > 50
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []


def test_terms_are_unique_in_both_languages() -> None:
    for column in (0, 1):
        names = [row[column].lower() for row in ROWS]
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_names_in_code_exist_in_the_schema() -> None:
    names = {name for row in ROWS for name in re.findall(r"`([A-Z][A-Za-z_]+)`", row[2])}
    assert names - set(schema().nodes) - set(schema().relationships) == set()


def test_every_public_label_is_explained() -> None:
    explained = {name for row in ROWS for name in re.findall(r"`([A-Z][A-Za-z_]+)`", row[2])}
    assert {label for label, node in schema().nodes.items() if not node.internal} <= explained
