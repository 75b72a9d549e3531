"""unionkg review: listing, deciding by commands, in a terminal, and by way of a sheet."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import unionkg as package
from tests.cli.running import rows, unionkg
from unionkg.errors import InputError
from unionkg.graph.verdicts import Accept, Edit, Undo
from unionkg.reviewing import Desk


def reviews(workspace: Path) -> list[dict]:
    path = workspace / "decisions" / "reviews.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def an_outcome(workspace: Path):
    """An account of the example and one of its outcomes."""
    cases = package.open(workspace).corpus().cases
    case = next(case for case in cases if case.record.outcomes)
    return case.record, case.record.outcomes[0]


def test_the_list_says_what_why_and_where(loaded: Path) -> None:
    found = rows(unionkg("review", "--list", "--limit", "5", cwd=loaded))
    assert len(found) == 5
    assert all(row["reason"] and row["causes"] and row["document"] for row in found)
    assert "【" in "".join(row["sentence"] for row in found)
    table = unionkg("review", "--format", "table", "--limit", "3", cwd=loaded, UNIONKG_LANG="zh")
    assert "可信度低" in table.stdout or "没有读出" in table.stdout
    assert "处值得看" in table.stderr


def test_the_list_is_of_one_document_field_or_reason(loaded: Path) -> None:
    everything = rows(unionkg("review", "--list", "--limit", "1000", cwd=loaded))
    only = rows(unionkg("review", "--list", "--field", "做法类型", "--limit", "1000", cwd=loaded))
    assert {row["field"] for row in only} == {"concepts"}
    assert len(only) == sum(row["field"] == "concepts" for row in everything)
    of_one = rows(unionkg("review", "--list", "--document", "案例选编.txt", "--limit", "1000", cwd=loaded))
    assert 0 < len(of_one) < len(everything)
    unsure = rows(unionkg("review", "--list", "--reason", "low_confidence", "--limit", "1000", cwd=loaded))
    assert all("low_confidence" in row["causes"] for row in unsure)


@pytest.mark.slow
def test_decisions_by_commands_reach_graph_status_and_exports(workspace: Path) -> None:
    record, outcome = an_outcome(workspace)
    other = record.practices[0].id
    done = unionkg("review", "edit", outcome.id, "数值=77", "约数=是", "--by", "张三", "--why", "年报", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert unionkg("review", "accept", other, record.unions[0].id, "--by", "张三", cwd=workspace).returncode == 0
    assert [line["decision"] for line in reviews(workspace)] == ["edit", "accept", "accept"]
    assert {line["by"] for line in reviews(workspace)} == {"张三"}

    asked = "MATCH ()-[r:ACHIEVED {review: 'corrected'}]->(o) RETURN o.value AS value, o.approximate AS about, r.method AS m"
    assert rows(unionkg("cypher", asked, cwd=workspace)) == [{"value": 77.0, "about": True, "m": "person"}]
    status = unionkg("status", cwd=workspace)
    assert "2 accepted, 1 corrected" in status.stderr
    assert sum(row["reviewed"] for row in rows(status)) == 3

    stored = workspace / "out.jsonl"
    assert unionkg("export", "records", "-o", stored, cwd=workspace).returncode == 0
    states = [
        statement["review"]
        for line in stored.read_text(encoding="utf-8").splitlines()
        for value in json.loads(line).values()
        for statement in (value if isinstance(value, list) else [value])
        if isinstance(statement, dict) and "review" in statement
    ]
    assert sorted(states) == ["accepted", "accepted", "corrected"]
    turtle = unionkg("export", "rdf", cwd=workspace).stdout
    assert turtle.count('"corrected"') == 1
    flat = unionkg("export", "records", "--format", "eval", cwd=workspace).stdout
    assert '"review"' not in flat

    elsewhere = workspace.parent / "elsewhere"
    elsewhere.mkdir()
    assert unionkg("import", "records", stored, cwd=elsewhere, UNIONKG_WORKSPACE=str(elsewhere)).returncode == 0
    assert "2 accepted, 1 corrected" in unionkg("status", "-w", elsewhere, cwd=elsewhere).stderr


@pytest.mark.slow
def test_deciding_from_python(workspace: Path) -> None:
    kg = package.open(workspace)
    record, outcome = an_outcome(workspace)
    first = kg.review_queue()[0]
    made = kg.decide(Edit(outcome.id, {"value": 4321.0}), by="李四", why="核对")
    assert [(d.decision, d.by, d.why) for d in made] == [("edit", "李四", "核对")]
    (shown,) = kg.review_item(outcome.id)
    assert (shown.review, [d.by for d in shown.history]) == ("corrected", ["李四"])
    assert "【" in shown.sentences[0].text()
    state = kg.state()
    assert state is not None
    assert state.projection == kg.projection().digest
    assert kg.decide(Undo(outcome.id), by="李四")
    assert kg.review_item(outcome.id)[0].review == "unreviewed"
    assert kg.review_queue()[0] == first
    assert kg.decide(Accept(record.id), by="李四")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["accept", "fact:none"], "fact:none"),
        (["edit", "fact:none", "value=1"], "fact:none"),
        (["edit", "{fact}", "value"], "name=value"),
        (["edit", "{fact}", "colour=red"], "indicator"),
        (["edit", "{fact}", "value=many"], "digits"),
        (["add", "{case}", "poems", "--quote", "x"], "outcomes"),
        (["add", "{case}", "policies", "--quote", "绝无此语"], "绝无此语"),
        (["split", "{case}", "1000"], "lines"),
        (["merge", "{case}"], "two accounts"),
        (["undo"], "no decision"),
        (["accept", "{fact}", "--by", " "], "--by"),
        (["--field", "poems"], "outcomes"),
        (["--list", "--export", "a.csv"], "--apply"),
        (["--export", "a.pdf"], ".xlsx"),
        (["--apply", "none.csv"], "none.csv"),
    ],
)
def test_what_cannot_be_decided_says_why_and_writes_nothing(loaded: Path, arguments: list[str], named: str) -> None:
    record, outcome = an_outcome(loaded)
    given = [one.replace("{fact}", outcome.id).replace("{case}", record.id) for one in arguments]
    done = unionkg("review", *given, cwd=loaded)
    assert done.returncode == 2, done.stdout
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert reviews(loaded) == []


def test_a_sheet_goes_out_and_comes_back(workspace: Path) -> None:
    record, outcome = an_outcome(workspace)
    assert unionkg("review", "--export", "复核.xlsx", cwd=workspace).returncode == 0
    assert (workspace / "复核.xlsx").read_bytes().startswith(b"PK")
    text = unionkg("review", "--export", "-", "--document", record.document, cwd=workspace).stdout
    table = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    for row in table:
        if row["编号"] == outcome.id:
            row.update({"裁定": "修改", "修改为：数值": "8", "备注": "核对"})
        if row["编号"] == record.unions[0].id:
            row.update({"裁定": "接受", "校验": "v0"})
    sheet = workspace / "交回.csv"
    with sheet.open("w", encoding="gbk", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)

    tried = unionkg("review", "--apply", sheet, "--dry-run", cwd=workspace)
    assert tried.returncode == 1
    assert "nothing written" in tried.stderr
    assert reviews(workspace) == []
    done = unionkg("review", "--apply", sheet, "--by", "王五", cwd=workspace)
    assert done.returncode == 1  # one row was stale
    assert f"{sheet}:" in done.stderr
    assert [(line["decision"], line["by"], line["why"]) for line in reviews(workspace)] == [("edit", "王五", "核对")]
    again = unionkg("review", "--apply", sheet, "--by", "王五", cwd=workspace)
    assert "known already 1" in again.stderr
    assert len(reviews(workspace)) == 1


def in_terminal(workspace: Path, keys: Sequence[str], *arguments: str) -> str:
    """Run a review in a pseudo terminal, each key typed when the program waits; what it printed."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "review", "--by", "赵六", *arguments],
        cwd=workspace,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "UNIONKG_LANG": "zh", "PYTHONUTF8": "1"},
    )
    os.close(theirs)
    printed = b""
    typed = list(keys)
    sent: tuple[int, str] | None = None  # what was typed last, and how much had been printed then
    deadline = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < deadline:
        if select.select([ours], [], [], 0.4)[0]:
            try:
                printed += os.read(ours, 65536)
            except OSError:  # how a pseudo terminal says that its other side is closed
                break
        elif printed.decode("utf-8", "ignore").rstrip().endswith((">", ":", "]")):
            # Going over to single keys throws away what was typed too early: that is typed again.
            if sent is None or sent[0] != len(printed):
                sent = (len(printed), typed.pop(0) if typed else "q")
            os.write(ours, sent[1].encode())
    if time.monotonic() >= deadline:
        process.kill()
    assert process.wait(60) == 0, printed.decode("utf-8", "ignore")
    os.close(ours)
    return printed.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_walk_through_the_queue_in_a_terminal(workspace: Path) -> None:
    before = rows(unionkg("review", "--list", "--limit", "9", "--reason", "low_confidence", cwd=workspace))
    printed = in_terminal(workspace, "xarkuq", "--reason", "low_confidence")
    assert "没有这个键" in printed
    assert "原文：" in printed
    assert "\x1b[7m【" in printed  # the quote, in reverse video
    found = reviews(workspace)
    assert [line["decision"] for line in found] == ["accept", "reject", "undo"]
    assert {line["by"] for line in found} == {"赵六"}
    after = rows(unionkg("review", "--list", "--limit", "9", "--reason", "low_confidence", cwd=workspace))
    assert [row["id"] for row in after][:2] == [row["id"] for row in before][1:3]
    assert "behind" not in unionkg("status", cwd=workspace).stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_editing_in_a_terminal(workspace: Path) -> None:
    first = rows(unionkg("review", "--list", "--field", "concepts", "--limit", "1", cwd=workspace))[0]
    records = [json.loads(line) for line in unionkg("export", "records", cwd=workspace).stdout.splitlines()]
    held = next(one for record in records for one in record["concepts"] if one["id"] == first["id"])
    typed, role = ("辅", "part") if held.get("role") == "main" else ("主", "main")
    printed = in_terminal(workspace, ["e", "2\n", "无此地位\n", f"{typed}\n", "\n", "q"], "--field", "concepts")
    assert "没有“无此地位”" in printed
    (line,) = reviews(workspace)
    assert (line["decision"], line["value"].get("role", "part")) == ("edit", role)
    shown = rows(unionkg("review", "show", first["id"], cwd=workspace))
    assert shown[0]["review"] == "corrected"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("review", "--by", "张三", "accept", "fact:0"), "--by"),
        (("review", "-w", "elsewhere", "undo"), "--workspace"),
        (("resolve", "--by", "张三", "undo", "union:0", "union:1"), "--by"),
    ],
)
def test_options_before_a_command_are_refused_not_passed_over(
    loaded: Path, arguments: tuple[str, ...], named: str
) -> None:
    done = unionkg(*arguments, cwd=loaded)
    assert done.returncode == 2
    assert f"{named} has to stand behind" in done.stderr


def test_a_fact_that_was_read_otherwise_since_it_was_looked_at_is_not_accepted(workspace: Path) -> None:
    desk = Desk(package.open(workspace).workspace)
    record, outcome = an_outcome(workspace)
    path = desk.workspace.records / f"{record.document.partition(':')[2]}.jsonl"
    there = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for one in (one for case in there for one in case["outcomes"] if one["id"] == outcome.id):
        one["kind"] = "投入" if outcome.kind != "投入" else "规模"
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in there), encoding="utf-8")
    with pytest.raises(InputError):
        desk.decide([Accept(outcome.id)], by="甲")
    assert not reviews(workspace)
    assert desk.decide([Accept(outcome.id)], by="甲")  # now it was told
