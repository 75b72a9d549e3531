"""unionkg compare and view poster, as a planner runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.running import unionkg

UNIONS = ("沙坪坝区总工会", "云阳县总工会")


def test_a_pipe_gets_json_with_the_quotes(loaded: Path) -> None:
    done = unionkg("compare", *UNIONS, cwd=loaded)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert [column["name"] for column in shown["columns"]] == ["重庆市沙坪坝区总工会", "重庆市云阳县总工会"]
    quotes = [q for row in shown["rows"] for cell in row["cells"] for item in cell["items"] for q in item["quotes"]]
    assert {quote["reference"] for quote in quotes} == {one["number"] for one in shown["references"]}


def test_a_table_names_both_and_says_what_is_not_seen(loaded: Path) -> None:
    done = unionkg("compare", *UNIONS, "--format", "table", cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 0, done.stderr
    assert "重庆市沙坪坝区总工会" in done.stdout
    assert "资料未见" in done.stdout
    assert "不是普查" in done.stderr


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("audience", ["内部", "公开"])
def test_it_is_written_to_a_file(loaded: Path, tmp_path: Path, suffix: str, audience: str) -> None:
    file = tmp_path / f"比较.{suffix}"
    done = unionkg("compare", "浙江", "重庆", "--audience", audience, "-o", file, cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert file.read_bytes()[:4] == (b"<!DO" if suffix == "html" else b"PK\x03\x04")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["浙江"], "2 to 6"),
        (["浙江", "重庆", "-o", "x.pdf"], ".docx"),
        (["浙江", "沙坪坝区总工会"], "one kind"),
        (["浙江", "无此地"], "无此地"),
        (["浙江", "重庆", "--format", "json", "-o", "x.html"], "--format"),
    ],
)
def test_what_is_wrong_is_said(loaded: Path, arguments: list[str], told: str) -> None:
    done = unionkg("compare", *arguments, cwd=loaded)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (loaded / "x.html").exists()


def test_a_poster_is_a_sheet_of_a3(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("view", "poster", "工会驿站", "-o", tmp_path / "驿站.pdf", cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 0, done.stderr
    page = pypdfium2.PdfDocument(tmp_path / "驿站.pdf")[0]
    assert [round(length / 72 * 25.4) for length in page.get_size()] == [420, 297]
    assert "工会驿站/户外劳动者服务站" in page.get_textpage().get_text_range()


def test_a_poster_for_the_public_is_an_svg_as_well(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("view", "poster", "工会驿站", "--audience", "公开", "-o", tmp_path / "驿站.svg", cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "驿站.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(("name", "file"), [("无此做法", "x.pdf"), ("工会驿站", "x.png")])
def test_a_poster_that_cannot_be_is_refused(loaded: Path, name: str, file: str) -> None:
    done = unionkg("view", "poster", name, "-o", file, cwd=loaded)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (loaded / file).exists()
