"""A workspace with the bundled example, loaded once."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.running import unionkg


@pytest.fixture(scope="session")
def example() -> Path:
    return Path(str(files("unionkg") / "example"))


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    """A workspace with the bundled example; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("kg")
    for path in example.glob("*.txt"):
        shutil.copyfile(path, folder / path.name)
    done = unionkg("load", "案例选编.txt", "重点工作案例选登.txt", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def workspace(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded workspace, to change."""
    return Path(shutil.copytree(loaded, tmp_path / "kg"))
