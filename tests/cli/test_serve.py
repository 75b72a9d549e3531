"""`unionkg serve` as its user runs it: the line on stderr, Ctrl-C, and what stops it from starting."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.running import unionkg
from tests.served import Client

TOKEN = "a+token&that/needs=quoting"


@contextmanager
def serving(
    folder: Path, *options: str, lines: int = 1, terminal: bool = False, **environment: str
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The server as a user starts it, and the first lines that it tells: into a pipe, or to a terminal."""
    ours, theirs = os.openpty() if terminal else (None, subprocess.PIPE)
    process = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "serve", "--port", "0", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
        env={**os.environ, "UNIONKG_LANG": "en", **environment},
    )
    told = process.stderr if ours is None else os.fdopen(ours, encoding="utf-8")
    assert told is not None
    try:
        yield process, [told.readline() for _ in range(lines)]
    finally:
        process.kill()
        process.communicate()
        if ours is not None:
            told.close()
            os.close(theirs)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_it_says_where_it_serves_and_ends_with_ctrl_c(loaded: Path) -> None:
    with serving(loaded) as (process, (line,)):
        found = re.fullmatch(
            r"serving http://127\.0\.0\.1:(\d+)/, described at http://[^ ]+/docs; Ctrl-C ends it\n", line
        )
        assert found, line
        client = Client(int(found[1]))
        assert client.cypher("RETURN 1 AS x").json["rows"] == [{"x": 1}]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "ended\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without being told")
def test_told_to_end_it_lets_the_graph_follow_the_last_decision_first(loaded: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(loaded, tmp_path / "kg"))
    with serving(folder, "--edit") as (process, (line,)):
        found = re.match(r"serving http://127\.0\.0\.1:(\d+)/, described at http://[^ ]+/docs, taking decisions;", line)
        assert found, line
        client = Client(int(found[1]))
        fact = next(item["id"] for item in client.get("/api/review/queue").json["items"] if item["kind"] == "fact")
        body = {"verdicts": [{"verdict": "accept", "id": fact}], "by": "测试员", "why": "对照原文"}
        headers = {"Content-Type": "application/json"}
        assert client.ask("POST", "/api/review", json.dumps(body).encode(), **headers).status == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out) == (0, "")
        assert err.endswith("ended\n")
    statement = f"MATCH ()-[r {{id: '{fact}'}}]->() RETURN r.review AS review"
    assert "accepted" in unionkg("cypher", statement, cwd=folder).stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to be had there")
def test_it_makes_the_search_index_and_shows_the_address_with_the_token(workspace: Path) -> None:
    (workspace / "graph" / "search.sqlite").unlink()
    with serving(workspace, lines=2, terminal=True, UNIONKG_TOKEN=TOKEN) as (_, lines):
        assert lines[0] == "making the search index …\n"
        found = re.match(r"serving http://127\.0\.0\.1:(\d+)(/\?token=\S+), described at", lines[1])
        assert found, lines
        client = Client(int(found[1]))
        assert client.get("/api/search", {"text": "工会"}).status == 401
        cookie = client.ask("GET", found[2], None).headers["set-cookie"].partition(";")[0]
        assert client.get("/api/search", {"text": "工会"}, Cookie=cookie).json["total"] > 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="another program opens the page there")
@pytest.mark.parametrize("terminal", [True, False])
def test_the_token_is_shown_to_a_terminal_only(loaded: Path, tmp_path: Path, terminal: bool) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    more = {"UNIONKG_TOKEN": TOKEN, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    with serving(loaded, "--open", terminal=terminal, **more) as (_, (line,)):
        until = time.monotonic() + 20
        while not opened.exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        address = opened.read_text(encoding="utf-8").strip()
    assert re.match(r"serving http://127\.0\.0\.1:\d+/", line), line
    login = f"?token={quote(TOKEN, safe='')}"
    assert (login in line, address.endswith(f"/{login}")) == (terminal, terminal)
    if not terminal:
        assert TOKEN not in line
        assert address.endswith("/")
        assert "?token= with the token of UNIONKG_TOKEN" in line


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there is all of 127.* this machine")
def test_another_address_of_this_machine_is_answered_under_its_name(loaded: Path) -> None:
    with serving(loaded, "--host", "127.0.0.2") as (_, (line,)):
        found = re.match(r"serving http://127\.0\.0\.2:(\d+)/, described at", line)
        assert found, line
        client = Client(int(found[1]), "127.0.0.2")
        assert client.get("/api/status").status == 200
        assert client.get("/api/status", Host=f"127.0.0.3:{found[1]}").status == 421


def test_a_port_that_is_taken_is_named(loaded: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = unionkg("serve", "--port", str(port), cwd=loaded)
    assert done.returncode == 2
    assert f"cannot listen to 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_listening_wider_without_a_token_is_refused(loaded: Path) -> None:
    done = unionkg("serve", "--host", "0.0.0.0", "--port", "0", cwd=loaded, UNIONKG_TOKEN="")
    assert done.returncode == 2
    assert "needs a token" in done.stderr
    assert "UNIONKG_TOKEN" in done.stderr


def test_a_workspace_without_a_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "unionkg.toml").write_text('id = "x"\n', encoding="utf-8")
    done = unionkg("serve", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "no graph" in done.stderr
