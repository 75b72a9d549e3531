"""Records taken in: nothing is written before everything fits, and what is replaced is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import rows, unionkg


def exported(folder: Path, form: str = "stored") -> list[dict[str, Any]]:
    text = unionkg("export", "records", "--format", form, cwd=folder).stdout
    return [json.loads(line) for line in text.splitlines()]


def put(folder: Path, *records: object, name: str = "r.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def files(folder: Path) -> dict[Path, bytes]:
    kept = ("sources", "records", "authority", "decisions")
    return {p: p.read_bytes() for name in kept for p in (folder / name).rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "named", ["doc:../records", "doc:", "doc:.", "doc:..", "doc:abc", "doc:ABCDEF0123", "doc:a/b/c/d/e"]
)
def test_a_document_id_is_no_path(workspace: Path, named: str) -> None:
    put(workspace, {**exported(workspace)[0], "document": named})
    before = files(workspace)
    done = unionkg("import", "records", "r.jsonl", cwd=workspace)
    assert done.returncode == 2
    assert "r.jsonl:1" in done.stderr
    assert files(workspace) == before


def test_a_folder_with_the_id_of_another_is_refused(workspace: Path) -> None:
    meta = next((workspace / "sources").glob("*/meta.json"))
    meta.write_text(
        json.dumps({**json.loads(meta.read_text(encoding="utf-8")), "id": "doc:../records"}), encoding="utf-8"
    )
    done = unionkg("remove", "doc:../records", cwd=workspace)
    assert done.returncode == 2
    assert "meta.json" in done.stderr
    assert list((workspace / "records").iterdir())


def first(records: list[dict[str, Any]], field: str) -> dict[str, Any]:
    return next(record for record in records if record.get(field))


def changed(record: dict[str, Any], field: str, **given: Any) -> dict[str, Any]:
    return {**record, field: [{**record[field][0], **given}, *record[field][1:]]}


@pytest.mark.parametrize(
    ("form", "field", "change"),
    [
        ("stored", "outcomes", {"period": "2017-13"}),
        ("stored", "outcomes", {"value": float("nan")}),
        ("stored", "outcomes", {"value": 10**400}),
        ("stored", "outcomes", {"evidence": []}),
        ("stored", "regions", {"code": "999999"}),
        ("stored", "unions", {"region": "999999"}),
        ("stored", "concepts", {"started": "上月"}),
        ("stored", "unions", {"canonical": "\ud800"}),
        ("eval", "outcomes", {"period": "2017-13"}),
        ("eval", "outcomes", {"value": float("inf")}),
        ("eval", "regions", {"code": "999999"}),
        ("eval", "unions", {"name": 5}),
    ],
)
def test_a_value_that_cannot_be_is_named_and_nothing_is_taken_in(
    loaded: Path, tmp_path: Path, form: str, field: str, change: dict[str, Any]
) -> None:
    folder = Path(shutil.copytree(loaded, tmp_path / "kg"))
    good = exported(folder, form)
    path = folder / "r.jsonl"
    lines = [good[0], changed(first(good, field), field, **change)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    before = files(folder)
    done = unionkg("import", "records", "r.jsonl", cwd=folder)
    assert done.returncode == 2
    assert "r.jsonl:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(folder) == before


@pytest.mark.parametrize(
    "change",
    [
        {"spans": [5]},
        {"spans": [[]]},
        {"title": 7},
        {"first_line": 10**9, "last_line": 10**9},
        {"first_line": 9, "last_line": 3},
        {"policies": "条例"},
    ],
)
def test_a_flat_record_of_another_form_is_named(workspace: Path, change: dict[str, Any]) -> None:
    put(workspace, {**exported(workspace, "eval")[0], **change})
    done = unionkg("import", "records", "r.jsonl", cwd=workspace)
    assert done.returncode == 2
    assert "r.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_replaced_and_dropped_is_told(workspace: Path) -> None:
    stored = exported(workspace)
    document = stored[0]["document"]
    of_it = [record for record in stored if record["document"] == document]
    put(workspace, *of_it[1:])
    done = unionkg("import", "records", "r.jsonl", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert f"{len(of_it) - 1} replaced, 0 new; 1 that were there before are gone" in done.stderr
    assert of_it[0]["id"] in done.stderr


def test_a_name_of_two_documents_is_ambiguous(workspace: Path) -> None:
    (workspace / "b").mkdir()
    shutil.copyfile(workspace / "工会新闻.txt", workspace / "b" / "案例选编.txt")
    assert unionkg("load", "b/案例选编.txt", cwd=workspace).returncode == 0
    flat = next(r for r in exported(workspace, "eval") if r["source"] == "案例选编.txt")
    put(workspace, flat)
    done = unionkg("import", "records", "r.jsonl", cwd=workspace)
    assert done.returncode == 2
    assert "2 documents" in done.stderr
    assert "doc:" in done.stderr
    assert "r.jsonl:1" in done.stderr


def test_records_with_a_byte_order_mark_and_from_stdin(workspace: Path) -> None:
    text = unionkg("export", "records", cwd=workspace).stdout
    (workspace / "r.jsonl").write_text(text, encoding="utf-8-sig")
    assert unionkg("import", "records", "r.jsonl", cwd=workspace).returncode == 0
    piped = [sys.executable, "-m", "unionkg", "import", "records", "-"]
    assert subprocess.run(piped, input=text.encode(), cwd=workspace, capture_output=True, check=False).returncode == 0
    assert unionkg("export", "records", cwd=workspace).stdout == text
    broken = subprocess.run(piped, input=b"{}\n[]\n", cwd=workspace, capture_output=True, check=False)
    assert broken.returncode == 2
    assert "-:1" in broken.stderr.decode("utf-8")


def test_a_missing_file_makes_no_workspace(tmp_path: Path) -> None:
    assert unionkg("import", "records", "none.jsonl", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["[]", "5", "{", '{"source": 3}', '{"source": "a", "first_line": 1}'])
def test_a_broken_labelled_line_is_named(workspace: Path, line: str) -> None:
    good = json.dumps(exported(workspace, "eval")[0], ensure_ascii=False)
    (workspace / "gold.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    done = unionkg("evaluate", "gold.jsonl", cwd=workspace)
    assert done.returncode == 2
    assert "gold.jsonl:2" in done.stderr
    assert "Traceback" not in done.stderr


def test_labelled_accounts_from_stdin(workspace: Path) -> None:
    gold = unionkg("export", "records", "--format", "eval", cwd=workspace).stdout
    done = subprocess.run(
        [sys.executable, "-m", "unionkg", "evaluate", "-"],
        input=gold.encode(),
        cwd=workspace,
        capture_output=True,
        check=True,
    )
    assert {row["field"]: row["f1"] for row in json.loads(done.stdout)["figures"]}["CORE"] == 1
    assert rows(unionkg("status", cwd=workspace))
