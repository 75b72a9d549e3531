"""`unionkg search` as its user types it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg


def test_json_keeps_the_words_and_where_they_match(loaded: Path) -> None:
    done = unionkg("search", "驿站", "--label", "案例", cwd=loaded)
    for row in rows(done):
        assert row["label"] == "PracticeCase"
        assert row["marks"]
        assert {row["snippet"][start:end] for start, end in row["marks"]} == {"驿站"}
        assert row["document"]
        assert row["line"]
    assert "hits" in done.stderr


def test_several_words_need_no_quotation_marks(loaded: Path) -> None:
    apart = unionkg("search", "工会", "职工", "--limit", "5", cwd=loaded)
    together = unionkg("search", "工会 职工", "--limit", "5", cwd=loaded)
    assert rows(apart)
    assert (apart.stdout, apart.stderr) == (together.stdout, together.stderr)
    one = unionkg("search", "工会", "没有这样的词语", cwd=loaded)
    assert rows(one) == []


def test_a_hit_leads_to_its_line(loaded: Path) -> None:
    row = next(row for row in rows(unionkg("search", "93.3%", cwd=loaded)) if row["label"] == "PracticeCase")
    (path,) = [path for path in loaded.glob("sources/*/text.txt") if "93.3%" in path.read_text(encoding="utf-8")]
    assert "93.3" in path.read_text(encoding="utf-8").split("\n")[row["line"] - 1]


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_forms_for_people_mark_the_words(loaded: Path, form: str) -> None:
    done = unionkg("search", "驛站", "--format", form, cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert "【驿站】" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gonghui", "--limit", "1"], "the first 1 are listed"),
        (["没有这样的词语"], "nothing found"),
        (["合理化建意"], "合理化建议"),
        (["驿站", "--year", "1999"], "without --label"),
        (["工会", "合理化建意"], "合理化建议"),
        (["集体协商", "驿站", "合理化建议", "送温暖", "12351"], "try fewer words"),
        (["集体协商", "驿占"], "驿占 0)"),
    ],
)
def test_what_is_told_beside_the_hits(loaded: Path, arguments: list[str], told: str) -> None:
    done = unionkg("search", *arguments, cwd=loaded)
    assert done.returncode == 0
    assert told in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["驿站", "--label", "没有"], "TradeUnion"),
        (["驿站", "--region", "没有的地方"], "six digits"),
        (["驿站", "--theme", "没有的"], "工会服务职工"),
        (["驿站", "--year", "去年"], "2015..2019"),
        (["，。"], "nothing to search for"),
    ],
)
def test_a_wrong_word_gets_a_hint(loaded: Path, arguments: list[str], told: str) -> None:
    done = unionkg("search", *arguments, cwd=loaded)
    assert done.returncode == 2
    assert told in done.stderr


def test_hits_go_into_a_file(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("search", "驿站", "-o", tmp_path / "hits.xlsx", cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hits.xlsx").stat().st_size > 1000


def test_search_follows_what_is_loaded_and_removed(workspace: Path) -> None:
    assert rows(unionkg("search", "工会新闻", cwd=workspace)) == []
    assert unionkg("load", "工会新闻.txt", cwd=workspace).returncode == 0
    assert rows(unionkg("search", "工会新闻", cwd=workspace))
    assert unionkg("remove", "工会新闻.txt", cwd=workspace).returncode == 0
    assert rows(unionkg("search", "工会新闻", cwd=workspace)) == []


def test_the_index_is_made_where_there_is_none(workspace: Path) -> None:
    before = unionkg("search", "驿站", cwd=workspace).stdout
    shutil.rmtree(workspace / "graph")
    assert unionkg("search", "驿站", cwd=workspace).stdout == before
    assert before != "[]\n"


def test_search_works_where_the_store_does_not_answer(workspace: Path) -> None:
    before = unionkg("search", "工会新闻", cwd=workspace).stdout
    down = {"UNIONKG_STORE": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x"}
    done = unionkg("load", "工会新闻.txt", cwd=workspace, **down)
    assert done.returncode != 0
    after = rows(unionkg("search", "工会新闻", cwd=workspace, **down))
    assert after
    assert before == "[]\n"
