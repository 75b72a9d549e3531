"""Every statement of the repository before Neo4j's own checker (scripts/lint_cypher.mjs)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.availability import unavailable
from tests.queries.statements import REPOSITORY, Statement, known, statements

pytestmark = pytest.mark.slow
_PACKAGE = "@neo4j-cypher/language-support@2.0.0-next.38"

Lint = Callable[[Sequence[Statement]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def lint(tmp_path_factory: pytest.TempPathFactory) -> Lint:
    """The checker, installed for this module alone."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        unavailable("node and npm are needed for Neo4j's Cypher checker")
    folder = tmp_path_factory.mktemp("checker")
    install = [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(folder)]
    installed = subprocess.run([*install, _PACKAGE], check=False, capture_output=True, encoding="utf-8")
    if installed.returncode:
        unavailable(f"npm cannot install {_PACKAGE}: {installed.stderr.strip()[-300:]}")

    def run(given: Sequence[Statement]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [node, REPOSITORY / "scripts" / "lint_cypher.mjs", folder],
            input=json.dumps({"schema": known(), "statements": given}),
            check=False,
            capture_output=True,
            encoding="utf-8",
        )

    return run


def _one(text: str, *parameters: str) -> Statement:
    return {"file": "here.cypher", "line": 5, "text": text, "parameters": list(parameters)}


def test_every_statement_passes(lint: Lint) -> None:
    found = statements()
    assert {Path(one["file"]).suffix for one in found} == {".cypher", ".md", ".py"}
    checked = lint(found)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_what_is_wrong_is_found_with_its_line(lint: Lint) -> None:
    wrong = [
        ("MATCH (u:TradeUnion)\nRETURN u.name AS union ORDER BY v", "6: Variable `v` not defined"),
        ("MATCH (u:Union) RETURN u", "5: Label Union is not present"),
        ("MATCH (u:TradeUnion)-[:LEADS]->(v) RETURN v", "5: Relationship type LEADS is not present"),
        (
            "MATCH (u:TradeUnion)<-[:INITIATED]-(c:PracticeCase) RETURN c",
            "5: (:PracticeCase) has no outgoing [:INITIATED]",
        ),
        ("MATCH (u:TradeUnion)\nRETURN u.nome", "6: nome is not present"),
        ("MATCH (u:TradeUnion)\n\nRETURN apoc.text.join(u.aliases, '')", "7: Function apoc.text.join is not present"),
        ("MATCH (u:TradeUnion)\nWHERE u.name = $nam\nRETURN u", "6: Parameter $nam is not defined"),
        ("MATCH (u:TradeUnion) RETRUN u", "5: Invalid input 'RETRUN'"),
        ("MATCH (u:TradeUnion) RETURN id(u)", "5: The query used a deprecated function"),
    ]
    checked = lint([_one(text, "name") for text, _ in wrong])
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    missed = [found for _, found in wrong if not any(line.startswith(f"here.cypher:{found}") for line in lines)]
    assert missed == []


def test_cypher_25_and_cypher_5_are_both_asked(lint: Lint) -> None:
    checked = lint([_one("MATCH (u:TradeUnion) LET name = u.name RETURN name")])
    assert checked.returncode == 1
    assert all(line.endswith("(CYPHER 5)") for line in checked.stdout.splitlines())


def test_a_right_statement_passes(lint: Lint) -> None:
    checked = lint([_one("MATCH (u:TradeUnion {name: $name})-[:INITIATED]->(c:PracticeCase) RETURN c.name", "name")])
    assert (checked.returncode, checked.stdout) == (0, "")
