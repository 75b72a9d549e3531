"""``query`` and ``cypher`` as their user meets them: evidence, footers, files, parameters asked for in a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import rows, unionkg

QUESTION = ("query", "run", "timeline.earliest_records", "-p", "practice_type=工会驿站")


def test_a_question_with_its_evidence(loaded: Path) -> None:
    plain = rows(unionkg(*QUESTION, cwd=loaded))
    shown = rows(unionkg(*QUESTION, "--evidence", cwd=loaded))
    assert len(shown) >= len(plain) > 0
    for row in shown:
        text = next(loaded.glob("sources/*/text.txt")).parent.parent
        lines = [path.read_text(encoding="utf-8").splitlines() for path in text.glob("*/text.txt")]
        assert any(row["line"] <= len(one) and row["quote"][:4] in one[row["line"] - 1] for one in lines)


def test_the_footer_goes_to_stderr_and_says_what_is_left_out_and_how_a_name_was_understood(loaded: Path) -> None:
    done = unionkg(*QUESTION, cwd=loaded)
    assert json.loads(done.stdout)
    assert "not reviewed" in done.stderr
    assert "practice_type=工会驿站/户外劳动者服务站" in done.stderr


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "md"])
def test_answers_go_into_files_by_their_suffix(loaded: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"结果.{suffix}"
    done = unionkg(*QUESTION, "-o", path, cwd=loaded, UNIONKG_LANG="zh")
    assert (done.returncode, done.stdout) == (0, "")
    assert str(path) in done.stderr
    wanted = ["工会", "县级"]
    if suffix == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        shown = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    elif suffix == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        shown = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for cell in row]
    elif suffix == "json":
        shown = [
            str(part) for row in json.loads(path.read_text(encoding="utf-8")) for pair in row.items() for part in pair
        ]
        wanted = ["union", "county"]
    else:
        shown = [cell.strip() for cell in path.read_text(encoding="utf-8").replace("\n", "|").split("|")]
    assert set(wanted) <= set(shown)


def test_a_file_of_another_suffix_is_refused(loaded: Path, tmp_path: Path) -> None:
    done = unionkg(*QUESTION, "-o", tmp_path / "结果.doc", cwd=loaded)
    assert done.returncode == 2
    assert ".xlsx" in done.stderr


def test_a_table_has_chinese_headings_and_values(loaded: Path) -> None:
    done = unionkg(*QUESTION, "--format", "table", cwd=loaded, UNIONKG_LANG="zh")
    assert done.stdout.splitlines()[0].startswith("工会 ")
    assert "县级" in done.stdout
    assert "county" not in done.stdout


def test_cypher_into_a_file(loaded: Path, tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    assert unionkg("cypher", "RETURN 1 AS n", "-o", path, cwd=loaded).returncode == 0
    assert path.read_text(encoding="utf-8-sig").split() == ["n", "1"]


def test_the_list_of_one_pack(tmp_path: Path) -> None:
    found = rows(unionkg("query", "list", "timeline", cwd=tmp_path))
    assert found
    assert all(row["query"].startswith("timeline.") for row in found)
    done = unionkg("query", "list", "timelin", cwd=tmp_path)
    assert done.returncode == 2
    assert "timeline" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_missing_parameter_is_asked_for_in_a_terminal(loaded: Path) -> None:
    main, side = os.openpty()
    os.write(main, "重庆\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "unionkg", "query", "run", "organisation.cases_of_union", "--format", "json"],
        cwd=loaded,
        stdin=side,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "UNIONKG_LANG": "en"},
        check=False,
        timeout=60,
    )
    os.close(side)
    os.close(main)
    assert done.returncode == 0, done.stderr
    assert all("重庆" in row["union"] or row["union"] for row in json.loads(done.stdout))
    assert "known:" in done.stderr


def test_without_a_terminal_a_missing_parameter_is_an_error(loaded: Path) -> None:
    done = unionkg("query", "run", "organisation.cases_of_union", cwd=loaded)
    assert done.returncode == 2
    assert "missing" in done.stderr


def test_a_workbook_says_what_was_asked(loaded: Path, tmp_path: Path) -> None:
    unionkg(*QUESTION, "-o", tmp_path / "x.xlsx", cwd=loaded)
    told = [cell.value for cell in openpyxl.load_workbook(tmp_path / "x.xlsx")["about"]["A"]]
    assert "timeline.earliest_records" in told
    assert "practice_type=工会驿站/户外劳动者服务站" in told


def test_a_broken_query_of_the_workspace_is_told_beside_the_others(workspace: Path) -> None:
    (workspace / "queries").mkdir(exist_ok=True)
    (workspace / "queries" / "broken.cypher").write_text("RETURN 1", encoding="utf-8")
    done = unionkg("query", "list", cwd=workspace)
    assert done.returncode == 1
    assert "broken.cypher" in done.stderr
    assert len(json.loads(done.stdout)) > 36


def test_a_missing_option_is_named_as_it_is_written(loaded: Path) -> None:
    done = unionkg("diffusion", "panel", cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 2
    assert "-o/--output" in done.stderr


def test_a_part_of_an_indicator_finds_figures(loaded: Path) -> None:
    indicators = {row["indicator"] for row in rows(unionkg("query", "run", "results.indicators", cwd=loaded))}
    whole = max(indicators, key=len)
    found = rows(unionkg("query", "run", "results.by_indicator", "-p", f"指标={whole[1:]}", cwd=loaded))
    assert whole in {row["indicator"] for row in found}


def test_lines_passed_over_are_told_in_chinese(loaded: Path, tmp_path: Path) -> None:
    text = next(loaded.glob("sources/*/text.txt"))
    done = unionkg("load", text, "--workspace", tmp_path / "w", cwd=tmp_path, UNIONKG_LANG="zh")
    ignored = [line for line in done.stderr.splitlines() if "忽略的行" in line]
    assert not [line for line in ignored if "_" in line]
