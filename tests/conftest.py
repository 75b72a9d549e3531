"""What all tests share: where the project's documents lie, and when a skip is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from availability import unavailable

# Most tests ask small graphs little: Java's second compiler would only cost them time.
os.environ.setdefault("ARCADEDB_JVM_ARGS", "-Xmx1g -XX:TieredStopAtLevel=1")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds documents, labelled accounts and reference data."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "documents").is_dir():
        unavailable("the project's shared documents are not beside the repository")
    return folder


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English, whatever the machine's locale; a test of Chinese ones says so itself."""
    monkeypatch.setenv("UNIONKG_LANG", "en")
    for name in ("UNIONKG_WORKSPACE", "UNIONKG_STORE"):
        monkeypatch.delenv(name, raising=False)
