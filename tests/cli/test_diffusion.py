"""``diffusion infer``: on cascades of one's own, and on the workspace's material."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg

CASCADES = "node_name,event_time,cascade_id\n" + "".join(
    f"甲,0,{i}\n乙,{1 + i % 3 / 10},{i}\n丙,{2 + i % 2 / 10},{i}\n" for i in range(30)
)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "采用.csv"
    path.write_text(CASCADES, encoding="utf-8")
    return path


@pytest.mark.parametrize("convention", ["r", "snap"])
def test_ties_come_in_the_order_found(events: Path, tmp_path: Path, convention: str) -> None:
    asked = ("--convention", convention, "--edges", "2", "--rate", "1", "--replicates", "10")
    found = rows(unionkg("diffusion", "infer", "--cascades", events, *asked, cwd=tmp_path))
    assert {(row["source"], row["target"]) for row in found} == {("甲", "乙"), ("乙", "丙")}
    assert found[0]["gain"] >= found[1]["gain"] > 0
    assert [row["frequency"] for row in found] == [1, 1]


def test_the_result_goes_into_a_file(events: Path, tmp_path: Path) -> None:
    done = unionkg("diffusion", "infer", "--cascades", events, "--edges", "1", "-o", tmp_path / "x.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["source", "target", "gain", "p", "frequency"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("a,b\n1,2\n", "node_name"), (CASCADES.replace("甲,0,3", "甲,早,3"), ":11"), ("", "node_name")],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    done = unionkg("diffusion", "infer", "--cascades", "x.csv", "--edges", "1", cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_distribution_needs_its_parameters(events: Path, tmp_path: Path) -> None:
    asked = ("--distribution", "log-normal", "--mean", "1", "--edges", "1")
    done = unionkg("diffusion", "infer", "--cascades", events, *asked, cwd=tmp_path)
    assert done.returncode == 2
    assert "--deviation" in done.stderr


def test_evidence_is_of_the_workspace(events: Path, tmp_path: Path) -> None:
    done = unionkg("diffusion", "infer", "--cascades", events, "--edges", "1", "--evidence", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--evidence" in done.stderr


def test_ties_of_the_workspace_have_the_ids_of_their_ends_and_sources(loaded: Path) -> None:
    done = unionkg("diffusion", "infer", "--evidence", "--format", "csv", cwd=loaded)
    columns = done.stdout.splitlines()[0].lstrip("\ufeff").split(",")
    assert columns[:8] == ["source", "target", "gain", "p", "frequency", "practice_types", "source_id", "target_id"]


def test_thin_material_is_not_inferred_from(loaded: Path) -> None:
    done = unionkg("diffusion", "infer", cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 0
    assert rows(done) == []
    assert "资料不足，未推断" in done.stderr
