"""The workspace: found, made, locked; what a kill leaves is finished or dropped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from unionkg import workspace as workspaces
from unionkg.errors import InputError, WorkspaceError
from unionkg.files import write_bytes, write_text
from unionkg.knowledge_graph import open_graph


def test_the_nearest_parent_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = workspaces.create(tmp_path / "图谱")
    (made.root / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(made.root / "a" / "b")
    assert workspaces.require() == made


def test_no_workspace_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        workspaces.require(tmp_path)
    assert "unionkg load" in str(error.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("format = 99\nid = 'x'\n", "99"),
        ("colour = 'red'\nid = 'x'\n", "colour"),
        ("id = 3\n", "id"),
        ("format = 1\n", "id"),
        ("id = \n", "unionkg.toml"),
    ],
)
def test_a_broken_configuration_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / workspaces.MARKER).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as error:
        workspaces.find(tmp_path)
    assert named in str(error.value)
    assert str(tmp_path / workspaces.MARKER) in str(error.value)


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        workspaces.create(tmp_path / "x")


HOLD = """
import sys, time
from pathlib import Path
from unionkg import workspace
with workspace.locked(workspace.require(Path(sys.argv[1])), "load"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_who_finds_it_locked_is_told_by_whom_and_a_kill_releases_it(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WorkspaceError, match=str(holder.pid)) as error, workspaces.locked(made, "build"):
            pass
        assert "load" in str(error.value)
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with workspaces.locked(made, "build"):
        pass


def put(made: workspaces.Workspace, text: str) -> None:
    workspaces.commit_document(made, "abc", {"text.txt": text.encode(), "meta.json": b"{}"}, text)


def test_a_document_comes_in_whole(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    put(made, "甲")
    put(made, "乙")
    assert (made.sources / "abc" / "text.txt").read_text(encoding="utf-8") == "乙"
    assert (made.records / "abc.jsonl").read_text(encoding="utf-8") == "乙"
    assert not list(made.staging.iterdir())


def test_files_of_the_old_version_do_not_stay(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    workspaces.commit_document(made, "abc", {"original.docx": b"x", "meta.json": b"{}"}, "")
    put(made, "乙")
    assert not (made.sources / "abc" / "original.docx").exists()


def test_what_was_not_ready_is_dropped_and_what_was_is_finished(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    half = made.staging / "half" / "source"
    half.mkdir(parents=True)
    (half / "text.txt").write_text("半", encoding="utf-8")
    ready = made.staging / "full"
    (ready / "source").mkdir(parents=True)
    (ready / "source" / "meta.json").write_text("{}", encoding="utf-8")
    (ready / "records.jsonl").write_text("", encoding="utf-8")
    (ready / "ready").write_text('["meta.json", "text.txt"]', encoding="utf-8")
    (made.sources / "full").mkdir(parents=True)
    (made.sources / "full" / "text.txt").write_text("已移", encoding="utf-8")  # moved before the kill
    with workspaces.locked(made, "load"):
        pass
    assert not (made.sources / "half").exists()
    assert sorted(p.name for p in (made.sources / "full").iterdir()) == ["meta.json", "text.txt"]
    assert (made.records / "full.jsonl").exists()
    assert not list(made.staging.iterdir())


WRITE = """
import sys
from pathlib import Path
from unionkg.files import write_text
n = 0
while True:
    n += 1
    write_text(Path(sys.argv[1]), f"{n}\\n" * 20000)
    print(n, flush=True)
"""


@pytest.mark.slow
def test_a_kill_while_writing_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITE, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05)
        writer.kill()
        writer.wait()
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) == 20000
        assert len(set(lines)) == 1


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_no_rubbish(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        write_bytes(tmp_path / "folder", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_line_ends_are_the_same_everywhere(tmp_path: Path) -> None:
    write_text(tmp_path / "f", "甲\n乙\n")
    assert (tmp_path / "f").read_bytes() == "甲\n乙\n".encode()


@pytest.mark.parametrize("name", ["", ".", "..", "../records", "a/b", "a\\b", "c:x"])
def test_only_a_plain_name_is_a_documents_folder(tmp_path: Path, name: str) -> None:
    made = workspaces.create(tmp_path)
    put(made, "甲")
    with pytest.raises(WorkspaceError):
        workspaces.commit_document(made, name, {"meta.json": b"{}"}, "")
    with pytest.raises(WorkspaceError):
        workspaces.remove_document(made, name)
    assert (made.records / "abc.jsonl").exists()
    assert (made.sources / "abc" / "meta.json").exists()


def test_a_removal_that_was_killed_is_finished(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    put(made, "甲")
    (made.staging / "abc").mkdir()
    (made.staging / "abc" / "gone").write_text("", encoding="utf-8")
    (made.sources / "abc" / "meta.json").unlink()  # the kill came here
    with workspaces.locked(made, "load"):
        pass
    assert not (made.sources / "abc").exists()
    assert not (made.records / "abc.jsonl").exists()
    assert not list(made.staging.iterdir())


def test_what_a_person_put_beside_the_documents_is_not_swept(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    (made.records).mkdir()
    (made.records / "kept.jsonl").write_text("", encoding="utf-8")
    (made.sources / "own").mkdir(parents=True)
    with workspaces.locked(made, "load"):
        pass
    assert (made.records / "kept.jsonl").exists()
    assert (made.sources / "own").exists()


def test_a_stray_file_in_staging_is_no_obstacle(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    made.staging.mkdir()
    (made.staging / ".DS_Store").write_bytes(b"x")
    with workspaces.locked(made, "load"):
        pass
    assert not list(made.staging.iterdir())


def test_a_workspace_that_cannot_be_locked_or_read_is_an_error_with_its_place(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path / "kg")
    (made.root / "workspace.lock").mkdir()  # as good as a folder that may not be written to, for root too
    with pytest.raises(WorkspaceError, match="cannot be written") as error, workspaces.locked(made, "load"):
        pass
    assert str(made.root) in str(error.value)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_configuration_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    (made.root / workspaces.MARKER).chmod(0)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        workspaces.find(tmp_path)


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("sources/x/text.txt", True),
        (".staging/x/source/text.txt", True),
        ("graph", True),
        ("docs/sources/a.txt", False),
        ("a.txt", False),
    ],
)
def test_what_is_the_programs_own(tmp_path: Path, path: str, own: bool) -> None:
    made = workspaces.create(tmp_path)
    assert workspaces.is_own(made.root / path) is own


def test_the_current_folder_stands_for_the_nearest_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = workspaces.create(tmp_path / "kg")
    (made.root / "a").mkdir()
    monkeypatch.chdir(made.root / "a")
    assert open_graph().workspace == made
    assert open_graph(".").workspace == made
    assert open_graph("other").workspace.root == made.root / "a" / "other"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkspaceError):
        open_graph(".", create=False)
