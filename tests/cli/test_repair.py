"""Damage: what is broken says so, `unionkg build` mends the graph, and files that were written stay."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg
from tests.graph.making import TEXT, record
from unionkg.loaders.pipeline import sound

COUNT = "MATCH (c:PracticeCase) RETURN count(c) AS n"


def break_pointer(graph: Path) -> None:
    (graph / "current").write_text("gone", encoding="utf-8")


def break_pointer_encoding(graph: Path) -> None:
    (graph / "current").write_bytes(b"\xff\xfe\xff")


def break_database(graph: Path) -> None:
    folder = graph / (graph / "current").read_text(encoding="utf-8").strip()
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00" * 64)


def lose_database_files(graph: Path) -> None:
    folder = graph / (graph / "current").read_text(encoding="utf-8").strip()
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize("damage", [break_pointer, break_pointer_encoding, break_database, lose_database_files])
def test_a_broken_graph_is_mended_by_build(workspace: Path, damage) -> None:
    before = rows(unionkg("cypher", COUNT, cwd=workspace))
    damage(workspace / "graph")
    asked = unionkg("cypher", COUNT, cwd=workspace)
    assert asked.returncode == 2
    assert "unionkg build" in asked.stderr
    built = unionkg("build", cwd=workspace)
    assert built.returncode == 0, built.stderr
    assert rows(unionkg("cypher", COUNT, cwd=workspace)) == before


def test_the_graph_of_another_workspace_is_refused_and_built_anew(workspace: Path) -> None:
    config = workspace / "unionkg.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('id = "', 'id = "x'), encoding="utf-8")
    asked = unionkg("cypher", COUNT, cwd=workspace)
    assert asked.returncode == 2
    assert "another workspace" in asked.stderr
    assert unionkg("build", cwd=workspace).returncode == 0
    assert rows(unionkg("cypher", COUNT, cwd=workspace))


def test_status_says_that_the_graph_is_behind(workspace: Path) -> None:
    assert "behind" not in unionkg("status", cwd=workspace).stderr
    path = next((workspace / "records").iterdir())
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[1:]), encoding="utf-8")
    done = unionkg("status", cwd=workspace)
    assert done.returncode == 1
    assert "the graph is behind the files, run unionkg build" in done.stderr
    assert "图落后于文件，运行 unionkg build" in unionkg("status", cwd=workspace, UNIONKG_LANG="zh").stderr
    assert unionkg("build", cwd=workspace).returncode == 0
    assert unionkg("status", cwd=workspace).returncode == 0


def test_a_kill_between_records_and_graph_is_told(workspace: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from unionkg import workspace as w\n"
        "from unionkg.loading import load_files\n"
        "made = w.require(Path('.'))\n"
        "with w.locked(made, 'load'):\n load_files(made, [Path('工会新闻.txt')]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=workspace, check=False)
    assert killed.returncode == -signal.SIGKILL
    done = unionkg("status", cwd=workspace)
    assert len(rows(done)) == 3
    assert "behind" in done.stderr


def test_a_store_that_fails_keeps_the_documents_and_the_report(tmp_path: Path, example: Path) -> None:
    shutil.copyfile(example / "工会新闻.txt", tmp_path / "工会新闻.txt")
    done = unionkg("load", "工会新闻.txt", "--store", "bolt://127.0.0.1:9", cwd=tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stdout)[0]["accounts"] >= 2
    assert "lines ignored" in done.stderr
    assert "127.0.0.1:9" in done.stderr
    assert "unionkg build" in done.stderr
    assert unionkg("build", cwd=tmp_path).returncode == 0
    assert len(rows(unionkg("status", cwd=tmp_path))) == 1


def test_lost_authority_files_come_back_with_a_load(workspace: Path) -> None:
    before = {p.name: p.read_bytes() for p in (workspace / "authority").iterdir()}
    shutil.rmtree(workspace / "authority")
    assert unionkg("load", "案例选编.txt", "重点工作案例选登.txt", cwd=workspace).returncode == 0
    assert {p.name for p in (workspace / "authority").iterdir()} == set(before)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, example: Path) -> None:
    folder = tmp_path / "readonly"
    folder.mkdir()
    shutil.copyfile(example / "工会新闻.txt", folder / "a.txt")
    folder.chmod(0o500)
    done = unionkg("load", "a.txt", cwd=folder)
    folder.chmod(0o700)
    assert done.returncode == 2
    assert "readonly" in done.stderr
    assert "defect" not in done.stderr


def test_a_system_error_is_no_defect_of_ours(workspace: Path) -> None:
    (workspace / "workspace.lock").unlink()
    (workspace / "workspace.lock").mkdir()
    for path in (workspace / "records").iterdir():
        path.unlink()
        path.mkdir()
    for arguments in (("load", "工会新闻.txt"), ("build",)):
        done = unionkg(*arguments, cwd=workspace)
        assert done.returncode == 2
        assert "workspace.lock" in done.stderr or str(workspace) in done.stderr
        assert "Traceback" not in done.stderr


def test_removing_leaves_nothing_when_killed(workspace: Path) -> None:
    for seconds in (0.2, 0.3, 0.4):
        writer = subprocess.Popen([sys.executable, "-m", "unionkg", "remove", "案例选编.txt"], cwd=workspace)
        time.sleep(seconds)
        writer.kill()
        writer.wait()
    unionkg("remove", "案例选编.txt", cwd=workspace)
    assert unionkg("build", cwd=workspace).returncode == 0
    assert len(list((workspace / "sources").iterdir())) == 1
    assert len(list((workspace / "records").iterdir())) == 1


def test_a_statement_whose_words_are_not_in_the_text_is_left_out_and_told() -> None:
    whole = record()
    kept, dropped = sound(whole, TEXT)
    assert (kept, dropped) == (whole, [])
    kept, dropped = sound(whole, TEXT.replace("区城管局", "区民政局"))
    assert kept.partners == ()
    assert len(kept.concepts) == len(whole.concepts) - 1
    assert [one.partition(":")[0] for one in dropped] == ["concepts", "partners"]
    kept, _ = sound(whole, TEXT.replace("2021年4月起", "2020年4月起"))
    assert kept.started is None


def test_a_value_that_cannot_be_is_left_out_and_does_not_cost_the_rest() -> None:
    whole = record()
    backwards = replace(whole.outcomes[0], period="2023-07/2023-05")
    kept, dropped = sound(replace(whole, outcomes=(backwards, *whole.outcomes[1:])), TEXT)
    assert kept == replace(whole, outcomes=whole.outcomes[1:])
    assert [one.partition(":")[0] for one in dropped] == ["outcomes"]
