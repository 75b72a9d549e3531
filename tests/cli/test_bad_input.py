"""Bad input: one clear message with the place and what to try, exit code 2, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.txt", None, "missing.txt"),
        ("empty.txt", b"", "empty.txt"),
        ("blank.txt", b" \n\n", "blank.txt"),
        ("binary.txt", bytes(range(256)) * 40, "binary.txt"),
        ("broken.txt", "工会".encode() + b"\xff\xfe\xff" * 50, "broken.txt"),
        ("page.xyz", b"x", ".xyz"),
        ("list.txt", "目录\n1 甲\n2 乙\n".encode(), "list.txt"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = unionkg("load", name, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "try" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_path_leaves_no_workspace_behind(tmp_path: Path) -> None:
    assert unionkg("load", "missing.txt", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.jpg").write_bytes(b"x")
    done = unionkg("load", "d", cwd=tmp_path)
    assert done.returncode == 2
    assert "*.txt" in done.stderr


@pytest.mark.slow
def test_the_other_files_of_a_load_are_read(workspace: Path) -> None:
    (workspace / "bad.txt").write_bytes(b"\x00\x01" * 99)
    done = unionkg("load", "bad.txt", "工会新闻.txt", cwd=workspace)
    assert done.returncode == 2
    assert "bad.txt" in done.stderr
    assert len(json.loads(done.stdout)) == 1
    assert len(rows(unionkg("status", cwd=workspace))) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_any_encoding_gives_the_same_accounts(tmp_path: Path, example: Path, encoding: str) -> None:
    text = (example / "重点工作案例选登.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    done = unionkg("load", "a.txt", "--dry-run", cwd=tmp_path)
    assert rows(done)[0]["accounts"] == 5


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("records/*.jsonl", '{"id": "case:x", "kind": "poem"}'),
        ("decisions/reviews.jsonl", '{"decision": "maybe"}'),
        ("decisions/identities.jsonl", "{"),
        ("authority/union.jsonl", "[]"),
        ("sources/*/meta.json", "{"),
        ("unionkg.toml", "id = "),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_lost(workspace: Path, path: str, line: str) -> None:
    target = next(iter(workspace.glob(path)), workspace / path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(line + "\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}
    done = unionkg("build", cwd=workspace)
    assert done.returncode == 2
    assert target.name in done.stderr
    assert "Traceback" not in done.stderr
    after = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}
    assert {p: b for p, b in after.items() if p.name != "workspace.lock"} == {
        p: b for p, b in before.items() if p.name != "workspace.lock"
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["query", "run", "timeline.earlyest_records"], "timeline.earliest_records"),
        (["query", "run", "timeline.speed", "-p", "kk=3"], "k"),
        (["query", "run", "timeline.speed", "-p", "k=three"], "whole number"),
        (["query", "run", "timeline.lags", "-p", "practice_type=集体协尚"], "集体协商"),
        (["query", "run", "organisation.superiors"], "union"),
        (["query", "run", "timeline.speed", "-p", "k"], "name=value"),
        (["cypher", "MATCH (n RETURN n"], "error"),
        (["remove", "没有.txt"], "unionkg status"),
        (["search", " "], "nothing"),
        (["lod"], "load"),
        (["load", "--published", "上月", "工会新闻.txt"], "2017-05"),
        (["evaluate", "none.jsonl"], "none.jsonl"),
        (["import", "records", "none.jsonl"], "none.jsonl"),
        (["status", "--store", "mysql://x"], "neo4j://"),
        (["status", "--workspace", "elsewhere"], "elsewhere"),
    ],
)
def test_a_wrong_word_gets_a_hint(loaded: Path, arguments: list[str], told: str) -> None:
    done = unionkg(*arguments, cwd=loaded)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_is_down_is_named(loaded: Path) -> None:
    done = unionkg("build", "--store", "bolt://127.0.0.1:9", cwd=loaded)
    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_messages_are_chinese_where_the_user_is(tmp_path: Path) -> None:
    done = unionkg("load", "没有.txt", cwd=tmp_path, UNIONKG_LANG="zh")
    assert "错误：" in done.stderr
    assert "可以尝试：" in done.stderr


def test_output_is_utf8_in_a_gbk_locale(loaded: Path) -> None:
    raw = subprocess.run(
        [sys.executable, "-m", "unionkg", "status"],
        cwd=loaded,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "LC_ALL": "C", "UNIONKG_LANG": "zh"},
        check=True,
    )
    assert "重点工作" in raw.stdout.decode("utf-8")


def test_a_workspace_in_use_says_by_whom(workspace: Path) -> None:
    code = (
        "import sys,time; from pathlib import Path; from unionkg import workspace as w\n"
        "with w.locked(w.require(Path(sys.argv[1])), 'load'):\n print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(workspace)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = unionkg("load", "工会新闻.txt", cwd=workspace)
        assert done.returncode == 2
        assert str(holder.pid) in done.stderr
        assert unionkg("status", cwd=workspace).returncode == 0
    finally:
        holder.kill()
        holder.wait()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0])
def test_a_kill_at_any_moment_loses_nothing(loaded: Path, tmp_path: Path, seconds: float) -> None:
    folder = Path(shutil.copytree(loaded, tmp_path / "kg"))
    writer = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "load", "工会新闻.txt"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert {"案例选编.txt", "重点工作案例选登.txt"} <= {r["origin"] for r in rows(unionkg("status", cwd=folder))}
    asked = unionkg("cypher", "MATCH (c:PracticeCase) RETURN count(c) AS n", cwd=folder)
    assert rows(asked)[0]["n"] >= 10
    assert unionkg("load", "工会新闻.txt", cwd=folder).returncode == 0
    once = unionkg("export", "records", cwd=folder).stdout
    assert unionkg("build", cwd=folder).returncode == 0
    assert unionkg("export", "records", cwd=folder).stdout == once


@pytest.mark.parametrize("command", [["export", "records"], ["export", "rdf"], ["view", "network"]])
@pytest.mark.parametrize("output", ["unionkg.toml", "records/x.jsonl", "nowhere/x.out"])
def test_output_never_overwrites_the_workspace_or_makes_folders(
    workspace: Path, command: list[str], output: str
) -> None:
    before = (workspace / "unionkg.toml").read_bytes()
    done = unionkg(*command, "-o", output, cwd=workspace)
    assert done.returncode == 2
    assert Path(output).name in done.stderr or "nowhere" in done.stderr
    assert (workspace / "unionkg.toml").read_bytes() == before
    assert not (workspace / "nowhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_output_follows_a_link_and_can_be_read_by_others(workspace: Path) -> None:
    (workspace / "real.jsonl").write_text("old", encoding="utf-8")
    (workspace / "link.jsonl").symlink_to("real.jsonl")
    assert unionkg("export", "records", "-o", "link.jsonl", cwd=workspace).returncode == 0
    assert (workspace / "link.jsonl").is_symlink()
    assert (workspace / "real.jsonl").read_text(encoding="utf-8").startswith("{")
    assert unionkg("export", "rdf", "-o", "new.ttl", cwd=workspace).returncode == 0
    assert (workspace / "new.ttl").stat().st_mode & 0o044
