"""The documentation is true: commands in it run and print what it shows, every command and message is documented."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from unionkg.cli.main import COMMANDS

REPOSITORY = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def commands(page: str) -> Iterator[tuple[str, str]]:
    """Every ``$ command`` of a page's console blocks with the output that the page shows under it."""
    for block in BLOCK.findall((REPOSITORY / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown.rstrip("\n")


def language_of(page: str) -> str:
    """The language that the readers of a page have set."""
    return "zh" if page.endswith(".zh-CN.md") else "en"


def run_in_terminal(command: str, folder: Path, language: str) -> str:
    """Run a command of ours as in a terminal (stdout is one), and return what it printed there."""
    import pty

    ours, theirs = pty.openpty()
    words = shlex.split(command)
    assert words[0] == "unionkg", command
    arguments, target = (words[: words.index(">")], words[-1]) if ">" in words else (words, None)
    environment = {**os.environ, "UNIONKG_LANG": language, "COLUMNS": "200"}
    with (folder / target if target else Path(os.devnull)).open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "unionkg", *arguments[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file if target else theirs,
            stderr=subprocess.PIPE,
            env=environment,
        )
        os.close(theirs)
        chunks = []
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # how a pseudo terminal says that its other side is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        assert process.stderr is not None
        error = process.stderr.read().decode("utf-8")
        assert process.wait() in {0, 1}, f"{command}\n{error}"
    os.close(ours)
    return b"".join(chunks).decode("utf-8").replace("\r\n", "\n").rstrip("\n")


def matches(shown: str, printed: str) -> bool:
    """Whether the output is as shown; a line ``…`` stands for any lines."""
    pattern = r"\n".join(r"(?s:.*)" if line.strip() == "…" else re.escape(line) for line in shown.split("\n"))
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("page", ["docs/tutorial.md", "README.md", "README.zh-CN.md"])
def test_what_a_page_shows_is_what_comes_out(page: str, tmp_path: Path) -> None:
    for path in Path(str(files("unionkg") / "example")).glob("*.txt"):
        shutil.copyfile(path, tmp_path / path.name)
    ran = 0
    for command, shown in commands(page):
        if command.startswith("unionkg "):
            printed = run_in_terminal(command, tmp_path, language_of(page))
            assert not shown or matches(shown, printed), f"$ {command}\n{printed}"
            ran += 1
    assert ran >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_reference(command: str) -> None:
    assert f"## `unionkg {command}`" in (REPOSITORY / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("script", "function", "page"),
    [("command_reference.py", "reference", "commands.md"), ("query_reference.py", "page", "queries.md")],
)
def test_generated_pages_are_current(script: str, function: str, page: str) -> None:
    code = f"import runpy, sys; sys.stdout.write(runpy.run_path('scripts/{script}')['{function}']())"
    made = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=REPOSITORY, capture_output=True, check=True)
    written = (REPOSITORY / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert made.stdout.decode("utf-8").replace("\r\n", "\n") == written, f"run python scripts/{script}"


def pages() -> list[Path]:
    return sorted([*(REPOSITORY / "docs").rglob("*.md"), *REPOSITORY.glob("*.md")])


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


def test_the_readme_names_the_test_command_that_ci_runs() -> None:
    assert "make test" in (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
