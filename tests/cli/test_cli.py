"""The command line as its user meets it: real processes, real workspace, real store."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg


def test_load_tells_what_was_read_and_how_lines_were_taken(workspace: Path) -> None:
    done = unionkg("load", "工会新闻.txt", cwd=workspace)
    (row,) = rows(done)
    assert row["accounts"] >= 2
    assert row["lines_left"] == 0
    assert "lines ignored" in done.stderr


def test_loading_again_changes_nothing(workspace: Path) -> None:
    before = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file() and "graph" not in p.parts}
    done = unionkg("load", "案例选编.txt", "重点工作案例选登.txt", cwd=workspace)
    assert done.returncode == 0
    after = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file() and "graph" not in p.parts}
    assert after == before


def test_dry_run_writes_nothing(workspace: Path) -> None:
    before = sorted(p for p in workspace.rglob("*"))
    done = unionkg("load", "--dry-run", "工会新闻.txt", cwd=workspace)
    assert rows(done)[0]["accounts"] >= 2
    assert sorted(p for p in workspace.rglob("*")) == before


def test_status_lists_documents_and_the_state_of_the_graph(loaded: Path) -> None:
    done = unionkg("status", cwd=loaded)
    assert {row["origin"] for row in rows(done)} == {"案例选编.txt", "重点工作案例选登.txt"}
    assert "complete" in done.stderr


@pytest.mark.slow
def test_published_dates_a_document_and_is_kept(workspace: Path) -> None:
    assert unionkg("load", "--published", "2024-08", "工会新闻.txt", cwd=workspace).returncode == 0
    assert unionkg("load", "工会新闻.txt", cwd=workspace).returncode == 0
    published = {row["origin"]: row["published"] for row in rows(unionkg("status", cwd=workspace))}
    assert published["工会新闻.txt"] == "2024-08"


@pytest.mark.slow
def test_remove_takes_out_a_document(workspace: Path) -> None:
    assert unionkg("remove", "案例选编.txt", cwd=workspace).returncode == 0
    assert [row["origin"] for row in rows(unionkg("status", cwd=workspace))] == ["重点工作案例选登.txt"]
    left = rows(unionkg("cypher", "MATCH (d:Document) RETURN d.title AS title", cwd=workspace))
    assert len(left) == 1


@pytest.mark.slow
def test_the_graph_can_be_thrown_away_and_built_again(workspace: Path) -> None:
    question = "MATCH (n)-[r]->(m) RETURN count(r) AS n, count(DISTINCT n) AS m"
    before = rows(unionkg("cypher", question, cwd=workspace))
    shutil.rmtree(workspace / "graph")
    missing = unionkg("cypher", question, cwd=workspace)
    assert missing.returncode == 2
    assert "unionkg build" in missing.stderr
    assert unionkg("build", cwd=workspace).returncode == 0
    assert rows(unionkg("cypher", question, cwd=workspace)) == before


def test_a_query_of_a_pack(loaded: Path) -> None:
    done = unionkg("query", "run", "timeline.earliest_records", "-p", "practice_type=工会驿站", cwd=loaded)
    found = rows(done)
    assert found[0]["union"] == "上海市绿化市容行业工会"
    assert found[0]["earliest"] == "2015-01-01/2015-12-31"


def test_a_browser_text_has_its_parameters_first(tmp_path: Path) -> None:
    done = unionkg("query", "show", "timeline.earliest_records", "--browser", cwd=tmp_path)
    first, *_ = done.stdout.splitlines()
    assert first == ':param practice_type => "集体协商";'


def test_queries_are_listed_without_a_workspace(tmp_path: Path) -> None:
    names = {row["query"] for row in rows(unionkg("query", "list", cwd=tmp_path))}
    assert {"timeline.earliest_records", "timeline.coverage", "organisation.unions"} <= names


def test_cypher_from_stdin_with_parameters(loaded: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unionkg", "cypher", "-", "-p", "n=2"],
        input="MATCH (c:PracticeCase) RETURN c.name AS name ORDER BY c.id LIMIT $n",
        cwd=loaded,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert len(json.loads(done.stdout)) == 2


@pytest.mark.parametrize(
    "statement", ["CREATE (n:X)", "MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///x' AS l RETURN l"]
)
def test_what_is_not_a_plain_read_is_refused(loaded: Path, statement: str) -> None:
    done = unionkg("cypher", statement, cwd=loaded)
    assert done.returncode == 2
    assert "error" in done.stderr


@pytest.mark.parametrize(("form", "first"), [("csv", "\ufeffunion,"), ("json", "["), ("table", "union")])
def test_formats(loaded: Path, form: str, first: str) -> None:
    done = unionkg("query", "run", "organisation.unions", "--format", form, cwd=loaded)
    assert done.stdout.startswith(first)


@pytest.mark.parametrize("text", ["驿站", "欧阳路", "93.3%"])
def test_search_finds_names_and_quotes(loaded: Path, text: str) -> None:
    found = rows(unionkg("search", text, cwd=loaded))
    assert found
    assert all(text in row["snippet"] or text in row["name"] for row in found)


def test_records_go_out_and_in_again_the_same(workspace: Path) -> None:
    stored = unionkg("export", "records", cwd=workspace).stdout
    (workspace / "r.jsonl").write_text(stored, encoding="utf-8")
    assert unionkg("import", "records", "r.jsonl", cwd=workspace).returncode == 0
    assert unionkg("export", "records", cwd=workspace).stdout == stored


@pytest.mark.slow
def test_flat_records_go_out_and_in_again(workspace: Path) -> None:
    flat = unionkg("export", "records", "--format", "eval", cwd=workspace).stdout
    (workspace / "r.jsonl").write_text(flat, encoding="utf-8")
    assert unionkg("import", "records", "r.jsonl", cwd=workspace).returncode == 0
    assert unionkg("export", "records", "--format", "eval", cwd=workspace).stdout == flat


@pytest.mark.slow
def test_records_can_come_without_their_document(workspace: Path, tmp_path: Path) -> None:
    stored = unionkg("export", "records", cwd=workspace).stdout
    (tmp_path / "r.jsonl").write_text(stored, encoding="utf-8")
    done = unionkg("import", "records", "r.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert unionkg("export", "records", cwd=tmp_path).stdout == stored


def test_imported_records_are_not_overwritten_by_reading_again(workspace: Path) -> None:
    stored = unionkg("export", "records", cwd=workspace).stdout
    (workspace / "r.jsonl").write_text(stored, encoding="utf-8")
    unionkg("import", "records", "r.jsonl", cwd=workspace)
    done = unionkg("load", "案例选编.txt", cwd=workspace)
    assert done.returncode == 2
    assert "unionkg remove" in done.stderr


def test_evaluating_against_oneself_is_perfect(workspace: Path) -> None:
    flat = unionkg("export", "records", "--format", "eval", cwd=workspace).stdout
    (workspace / "gold.jsonl").write_text(flat, encoding="utf-8")
    first, second = (json.loads(unionkg("evaluate", "gold.jsonl", cwd=workspace).stdout) for _ in range(2))
    figures = {row["field"]: row for row in first["figures"]}
    assert figures["CORE"]["f1"] == 1
    assert figures["items"]["labelled"] == 10
    assert {row["change"] for row in first["figures"]} == {None}
    assert {row["change"] for row in second["figures"]} == {0}
    assert all(row["precision"] in {1, None} for row in first["reliability"])
    assert first["worst"] == []


def test_errors_are_shown_with_their_sentences(workspace: Path) -> None:
    lines = unionkg("export", "records", "--format", "eval", cwd=workspace).stdout.splitlines()
    labelled = [json.loads(line) for line in lines]
    wanted = next(record for record in labelled if record["outcomes"])
    gone = wanted["outcomes"].pop(0)
    wanted["outcomes"].append({**gone, "value": 987654})
    (workspace / "gold.jsonl").write_text("\n".join(map(json.dumps, labelled)), encoding="utf-8")
    told = json.loads(unionkg("evaluate", "gold.jsonl", cwd=workspace).stdout)
    wrong, missed = (next(row for row in told["worst"] if row["sign"] == sign) for sign in "+-")
    assert wrong["field"] == missed["field"] == "outcomes"
    for told_of in (wrong, missed):
        assert "".join(gone["quote"].split()) in "".join(told_of["sentence"].split()).replace("【", "").replace(
            "】", ""
        )
    assert sum(row["statements"] - row["right"] for row in told["reliability"]) == 1
    assert "worst" not in json.loads(unionkg("evaluate", "gold.jsonl", "--summary", cwd=workspace).stdout)


def test_a_vocabulary_of_the_workspace_is_used(workspace: Path) -> None:
    (workspace / "queries" / "mine").mkdir(parents=True)
    text = "// ---\n// zh: 有几个案例\n// en: how many\n// columns:\n//   n: {zh: 数, en: number}\n// example: x\n// ---\nMATCH (c:PracticeCase) RETURN count(c) AS n;\n"
    (workspace / "queries" / "mine" / "count.cypher").write_text(text, encoding="utf-8")
    assert rows(unionkg("query", "run", "mine.count", cwd=workspace)) == [{"n": 10}]


def test_the_network_and_rdf_are_written(workspace: Path) -> None:
    assert unionkg("view", "network", "-o", "n.html", cwd=workspace).returncode == 0
    assert unionkg("export", "rdf", "-o", "g.ttl", cwd=workspace).returncode == 0
    assert "<html" in (workspace / "n.html").read_text(encoding="utf-8")
    assert "@prefix" in (workspace / "g.ttl").read_text(encoding="utf-8")


def test_the_demo(tmp_path: Path) -> None:
    done = unionkg("demo", "d", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "earliest" in done.stdout
    assert {"explorer.html", "graph.ttl", "unionkg.toml"} <= {p.name for p in (tmp_path / "d").iterdir()}


def test_the_demo_writes_again_only_where_it_wrote_before(tmp_path: Path, workspace: Path) -> None:
    assert unionkg("demo", "d", cwd=tmp_path).returncode == 0
    assert unionkg("demo", "d", cwd=tmp_path).returncode == 0
    (tmp_path / "d" / "documents" / "案例选编.txt").write_text("我的修改", encoding="utf-8")
    refused = unionkg("demo", "d", cwd=tmp_path)
    assert refused.returncode == 2
    assert (tmp_path / "d" / "documents" / "案例选编.txt").read_text(encoding="utf-8") == "我的修改"
    (workspace / "explorer.html").write_text("mine", encoding="utf-8")
    assert unionkg("demo", workspace, cwd=tmp_path).returncode == 2
    assert (workspace / "explorer.html").read_text(encoding="utf-8") == "mine"
    assert not (workspace / "documents").exists()


def test_the_demo_takes_a_store(tmp_path: Path) -> None:
    wrong = unionkg("demo", "d", "--store", "mysql://x", cwd=tmp_path)
    assert wrong.returncode == 2
    assert list(tmp_path.iterdir()) == []
    down = unionkg("demo", "d", cwd=tmp_path, UNIONKG_STORE="bolt://127.0.0.1:9")
    assert down.returncode == 2
    assert "127.0.0.1:9" in down.stderr


def test_a_folder_is_loaded_without_the_workspaces_own_files(tmp_path: Path, example: Path) -> None:
    shutil.copyfile(example / "工会新闻.txt", tmp_path / "a.txt")
    (tmp_path / ".hidden").mkdir()
    shutil.copyfile(example / "案例选编.txt", tmp_path / ".hidden" / "b.txt")
    for arguments in (("load", "."), ("load", "."), ("load", "**/*.txt"), ("load", tmp_path)):
        done = unionkg(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert len(rows(done)) == 1
    assert [row["origin"] for row in rows(unionkg("status", cwd=tmp_path))] == ["a.txt"]
    own = unionkg("load", "sources", cwd=tmp_path)
    assert own.returncode == 2


def test_a_dry_run_makes_no_workspace(tmp_path: Path, example: Path) -> None:
    shutil.copyfile(example / "工会新闻.txt", tmp_path / "a.txt")
    assert rows(unionkg("load", "--dry-run", "a.txt", cwd=tmp_path))[0]["accounts"] >= 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_file_without_accounts_shows_what_became_of_its_lines(tmp_path: Path, dry: list[str]) -> None:
    (tmp_path / "list.txt").write_text("目录\n1 甲\n2 乙\n", encoding="utf-8")
    done = unionkg("load", *dry, "list.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "lines ignored" in done.stderr or "lines left over" in done.stderr
    assert "--dry-run" not in done.stderr


def test_a_parameter_shown_is_a_term_of_the_workspace(workspace: Path) -> None:
    (workspace / "vocabularies").mkdir()
    (workspace / "vocabularies" / "practice_types.csv").write_text(
        "key,zh,en,aliases,broader,theme,routine\nown_type,自家做法,own,,,,\n", encoding="utf-8"
    )
    wanted = ("query", "show", "timeline.earliest_records", "--browser", "-p", "practice_type=自家做法")
    done = unionkg(*wanted, cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(':param practice_type => "自家做法";')


CLICKS_OWN = (
    "Usage",
    "Options",
    "Commands",
    "Show ",
    "Missing",
    "No such",
    "Invalid",
    "[OPTIONS]",
    "default:",
    "required",
    "unexpected",
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["load", "--help"],
        ["search", "--help"],
        ["view", "network", "--help"],
        ["query", "--help"],
        ["export", "records", "--help"],
        ["search"],
        ["search", "x", "y"],
        ["search", "x", "--lim", "3"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--format", "yaml"],
        ["search", "x", "--format"],
        ["query"],
        ["query", "rum"],
        ["view", "network"],
        ["lod"],
    ],
)
def test_a_chinese_user_reads_chinese_only(tmp_path: Path, arguments: list[str]) -> None:
    done = unionkg(*arguments, cwd=tmp_path, UNIONKG_LANG="zh")
    told = done.stdout + done.stderr
    assert "用法：" in told or "错误：" in told
    assert not [word for word in CLICKS_OWN if word in told]
