"""Every Cypher statement of the repository that stands there whole: those of packs, of pages and of the programs themselves.

``python -m tests.queries.statements`` prints them with the schema, as scripts/lint_cypher.mjs reads them. Statements that
a program puts together are left out; the stores' own tests run those.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

from unionkg.ontology.model import schema
from unionkg.queries import library

REPOSITORY = Path(__file__).resolve().parents[2]
_ROOMS = ("graph", "loaders", "ontology", "queries", "src", "viz")
_BLOCK = re.compile(r"^```cypher\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OPENING = re.compile(
    r"\s*(?:OPTIONAL MATCH|MATCH|UNWIND|CALL|MERGE|CREATE|RETURN|WITH)\s[^a-z]*[\s\S]*\b(?:RETURN|DELETE|SET)\b"
)
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


class Statement(TypedDict):
    """A statement: its file, the line on which its text begins, and the parameters that it may use."""

    file: str
    line: int
    text: str
    parameters: list[str]


def statements() -> list[Statement]:
    """All of them, by file and line."""
    found = [*_of_packs(), *_of_pages(), *_of_programs()]
    return sorted(found, key=lambda one: (one["file"], one["line"]))


def known() -> dict[str, Any]:
    """What a statement may name, in the form of the checker's ``DbSchema``."""
    declared = schema()
    return {
        "labels": list(declared.nodes),
        "relationshipTypes": list(declared.relationships),
        "propertyKeys": sorted(
            {name for node in declared.nodes.values() for name in node.properties}
            | {name for tie in declared.relationships.values() for name in tie.properties}
        ),
        "graphSchema": [
            {"from": start, "relType": kind, "to": end}
            for kind, tie in declared.relationships.items()
            for ends in tie.ends
            for start in ends.start_labels
            for end in ends.end_labels
        ],
    }


def _of_packs() -> Iterator[Statement]:
    for path in sorted((REPOSITORY / "queries" / "packs").glob("*/*.cypher")):
        text = path.read_text(encoding="utf-8")
        query = library.parse(text, f"{path.parent.name}.{path.stem}", path)
        yield _statement(path, 1, text, [parameter.name for parameter in query.parameters])


def _of_pages() -> Iterator[Statement]:
    for path in sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]):
        text = path.read_text(encoding="utf-8")
        for block in _BLOCK.finditer(text):
            yield _statement(path, text.count("\n", 0, block.start(1)) + 1, block[1], _PARAMETER.findall(block[1]))


def _of_programs() -> Iterator[Statement]:
    for path in sorted(path for room in _ROOMS for path in (REPOSITORY / room).rglob("*.py")):
        for constant in _strings(ast.parse(path.read_text(encoding="utf-8"))):
            if _OPENING.match(constant.value) and "{}" not in constant.value:
                yield _statement(path, constant.lineno, constant.value, _PARAMETER.findall(constant.value))


def _strings(node: ast.AST) -> Iterator[ast.Constant]:
    """The strings of a program that are written whole, without those inside of f-strings."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
        elif not isinstance(child, ast.JoinedStr):
            yield from _strings(child)


def _statement(path: Path, line: int, text: str, parameters: list[str]) -> Statement:
    return {"file": path.relative_to(REPOSITORY).as_posix(), "line": line, "text": text, "parameters": parameters}


if __name__ == "__main__":
    json.dump({"schema": known(), "statements": statements()}, sys.stdout, ensure_ascii=False)
