"""The house rules that a machine can hold: who imports whom, what lies where, what is packaged."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
ROOMS = {"ontology": "ontology", "graph": "graph", "loaders": "loaders", "queries": "queries", "viz": "viz"}
#: What every room may import; the left side of cli -> {loaders, queries, viz} -> graph -> ontology -> base.
BASE = {"errors", "language", "files", "configuration", "workspace"}
ALLOWED = {
    "base": BASE,
    "ontology": BASE | {"ontology"},
    "graph": BASE | {"ontology", "graph"},
    "loaders": BASE | {"ontology", "graph", "loaders"},
    "queries": BASE | {"ontology", "graph", "queries"},
    "viz": BASE | {"ontology", "graph", "viz"},
}
#: Third-party packages that only some places may import.
ONLY = {
    "neo4j": {"graph/stores/neo4j_server.py"},
    "arcadedb_embedded": {"graph/stores/embedded.py"},
    "jpype": {"graph/stores/embedded.py"},
    "rdflib": {"graph/exchange", "ontology"},
    "pyoxigraph": {"graph/exchange", "ontology"},
    "pyvis": {"viz"},
    "plotly": {"viz"},
    "docx": {"viz"},
    "reportlab": {"viz"},
    "click": {"src/unionkg/cli"},
    "yaml": {"ontology", "queries/library.py"},
}


def python_files() -> list[Path]:
    folders = [REPOSITORY / "src", *(REPOSITORY / room for room in ROOMS.values())]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def room_of(path: Path) -> str:
    first = path.relative_to(REPOSITORY).parts[0]
    if first != "src":
        return first
    return "base" if path.stem in BASE else "umbrella"


@pytest.mark.parametrize("path", python_files(), ids=lambda p: p.relative_to(REPOSITORY).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "umbrella":
        return
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "unionkg" and len(parts) > 1:
            assert parts[1] in ALLOWED[room], f"{room} imports {name}"


@pytest.mark.parametrize("path", python_files(), ids=lambda p: p.relative_to(REPOSITORY).as_posix())
def test_third_party_packages_stay_in_their_place(path: Path) -> None:
    here = path.relative_to(REPOSITORY).as_posix()
    for name in imports_of(path):
        places = ONLY.get(name.split(".")[0])
        assert places is None or any(here == p or here.startswith(p + "/") for p in places), f"{here} imports {name}"


@pytest.mark.parametrize("path", python_files(), ids=lambda p: p.relative_to(REPOSITORY).as_posix())
def test_files_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 800
    assert path.stem not in {"utils", "helpers", "common", "misc"}
    assert ast.get_docstring(ast.parse(text)), "a module says what it is"


def configured() -> dict[str, object]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_of_the_tree_is_listed() -> None:
    umbrella = REPOSITORY / "src"
    tree = {".".join(init.parent.relative_to(umbrella).parts) for init in umbrella.rglob("__init__.py")}
    for room in ROOMS:
        for init in (REPOSITORY / room).rglob("__init__.py"):
            tree.add("unionkg." + ".".join(init.parent.relative_to(REPOSITORY).parts))
    assert set(configured()["packages"]) == tree


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_data_file(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(REPOSITORY)], check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = set()
    for path in [*python_files(), *(p for room in ROOMS for p in (REPOSITORY / room).rglob("*"))]:
        if path.suffix in {".py", ".yaml", ".csv", ".cypher", ".xz", ".css", ".js"} and "sources" not in path.parts:
            relative = path.relative_to(REPOSITORY)
            wanted.add("/".join(relative.parts[1:] if relative.parts[0] == "src" else ("unionkg", *relative.parts)))
    assert not sorted(wanted - names)


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["load", "--help"]])
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    heavy = {
        "jpype",
        "arcadedb_embedded",
        "neo4j",
        "rdflib",
        "pyvis",
        "numpy",
        "networkx",
        "fastapi",
        "uvicorn",
        "ahocorasick_rs",
        "yaml",
    }
    code = (
        "import sys; from unionkg.cli.main import run; run(sys.argv[1:]); "
        f"print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]")


def test_no_machine_path_or_registry_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = REPOSITORY / name
        if path.suffix in {".xz", ".png"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert "/ro" + "ot/" not in text, name
        assert "index" + "-url" not in text, name
