"""Who is who at the command line: pairs, their sentences, judgements that change the graph and can be taken back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg

FIRST = "建设路驿站\n宝山区总工会\n2021年5月，上海市宝山区总工会建成暖心驿站，为快递员服务1200人次。示例重工集团有限公司工会出了场地。\n"
SECOND = "又一处驿站\n静安区总工会\n2022年3月，上海市静安区总工会建成驿站30个。示例重工集团股份有限公司工会也来帮忙。\n"


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resolve")
    (folder / "甲.txt").write_text(FIRST, encoding="utf-8")
    (folder / "乙.txt").write_text(SECOND, encoding="utf-8")
    done = unionkg("load", "甲.txt", "乙.txt", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def two(loaded_once: Path, tmp_path: Path) -> Path:
    """A workspace with two documents that name one company in two ways."""
    return Path(shutil.copytree(loaded_once, tmp_path / "kg"))


def company(workspace: Path, *more: str) -> dict:
    found = [row for row in rows(unionkg("resolve", "list", *more, cwd=workspace)) if "示例重工" in row["first"]]
    assert len(found) == 1
    return found[0]


def unions(workspace: Path) -> set[str]:
    found = rows(unionkg("query", "run", "organisation.unions", cwd=workspace))
    return {row["union"] for row in found if "示例重工" in row["union"]}


def test_a_pair_is_listed_with_reason_and_ids(two: Path) -> None:
    pair = company(two, "--kind", "union")
    assert pair["reason"] == "same core"
    assert pair["judgement"] is None
    assert pair["first_id"].startswith("union:")
    assert pair["first_id"] != pair["other_id"]


def test_both_are_shown_with_their_sentences(two: Path) -> None:
    pair = company(two)
    by_pair = rows(unionkg("resolve", "show", pair["pair"], cwd=two))
    by_ids = rows(unionkg("resolve", "show", pair["first_id"], pair["other_id"], cwd=two))
    assert by_pair == by_ids
    assert {row["id"] for row in by_pair} == {pair["first_id"], pair["other_id"]}
    assert all("【示例重工" in row["sentence"] for row in by_pair)
    assert all(row["line"] == 3 for row in by_pair)


def test_judging_them_one_joins_them_in_the_graph_and_undo_takes_it_back(two: Path) -> None:
    pair = company(two)["pair"]
    assert len(unions(two)) == 2
    assert unionkg("resolve", "same", pair, "--by", "甲", "--why", "同一公司", cwd=two).returncode == 0
    assert len(unions(two)) == 1
    assert "示例重工" not in unionkg("resolve", "list", cwd=two).stdout
    assert company(two, "--all")["judgement"] == "same"
    (line,) = (two / "decisions" / "identities.jsonl").read_text(encoding="utf-8").splitlines()
    written = json.loads(line)
    assert (written["decision"], written["by"], written["why"]) == ("same", "甲", "同一公司")
    assert written["at"]
    assert unionkg("resolve", "undo", pair, "--by", "甲", cwd=two).returncode == 0
    assert len(unions(two)) == 2
    assert company(two)["judgement"] is None


def test_what_cannot_be_is_refused_with_a_hint(two: Path) -> None:
    done = unionkg("resolve", "same", "示例重工集团有限公司工", "宝山区总工会", cwd=two)
    assert done.returncode == 2
    assert "did you mean" in done.stderr
    assert not (two / "decisions" / "identities.jsonl").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_walk_through_the_pairs_in_a_terminal(two: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "resolve", "--by", "丙"],
        cwd=two,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "UNIONKG_LANG": "en"},
    )
    os.close(theirs)
    printed, answers = b"", [b"s\n"]
    try:
        while part := os.read(ours, 65536):
            printed += part
            if printed.rstrip().endswith(b">"):
                os.write(ours, answers.pop(0) if answers else b"q\n")
    except OSError:  # how a pseudo terminal says that its other side is closed
        pass
    assert process.wait(60) == 0, printed.decode("utf-8", "ignore")
    os.close(ours)
    assert "【示例重工" in printed.decode("utf-8")
    assert "1 judgements written" in printed.decode("utf-8")
    assert company(two, "--all")["judgement"] == "same"
    assert len(unions(two)) == 1


def test_an_empty_list_says_so(two: Path) -> None:
    done = unionkg("resolve", "list", "--kind", "award", cwd=two)
    assert rows(done) == []
    assert "nothing to judge" in done.stderr
