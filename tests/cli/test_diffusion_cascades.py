"""``diffusion cascades``, ``curves``, ``fits``, ``adopters``, ``panel`` and ``gexf`` as their users run them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg

STATION = "工会驿站/户外劳动者服务站"


def test_cascades_are_rows_with_their_sentences(loaded: Path) -> None:
    done = unionkg("diffusion", "cascades", "--practice-type", "驿站", "--evidence", cwd=loaded)
    found = rows(done)
    assert {row["practice_type"] for row in found} == {STATION}
    assert all(row["document"] and row["line"] and row["quote"] for row in found)
    assert {row["censoring"] for row in found} <= {"exact", "interval", "left", "undated"}
    assert "right-censored" in done.stderr
    assert "a collection is a sample" in done.stderr


def test_a_type_that_every_union_has_is_refused(loaded: Path) -> None:
    done = unionkg("diffusion", "cascades", "--practice-type", "送清凉", cwd=loaded)
    assert (done.returncode, done.stdout) == (2, "")
    assert "送清凉" in done.stderr


def test_events_are_read_by_infer(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("diffusion", "cascades", "--events", "-o", tmp_path / "事件.csv", cwd=loaded)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "事件.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["node_name", "event_time", "cascade_id"]
    read = unionkg(
        "diffusion", "infer", "--cascades", tmp_path / "事件.csv", "--edges", "1", "--rate", "0.5", cwd=loaded
    )
    assert read.returncode == 0, read.stderr


def test_curves_in_chinese_have_headings_of_their_own(loaded: Path) -> None:
    done = unionkg("diffusion", "curves", "--unit", "province", "--format", "csv", cwd=loaded, UNIONKG_LANG="zh")
    heading = done.stdout.splitlines()[0].lstrip("\ufeff").split(",")
    assert heading[:3] == ["做法类型", "年份", "确在该年的新采用"]
    assert len(set(heading)) == len(heading)
    assert "31 个省份和兵团，共 32 个" in done.stderr


@pytest.mark.parametrize(("command", "told"), [("fits", "not fitted"), ("adopters", "no classes")])
def test_thin_material_says_what_it_lacks(loaded: Path, command: str, told: str) -> None:
    done = unionkg("diffusion", command, cwd=loaded)
    assert done.returncode == 0
    assert f"too little, {told}: " in done.stderr
    assert {row.get("adopter_class") for row in rows(done)} <= {None}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--unit", "county", "--level", "county"), "--unit is the level"),
        (("--level", "没有"), "没有"),
        (("--years", "去年"), "years"),
    ],
)
def test_what_makes_no_sense_is_refused(loaded: Path, given: tuple[str, ...], told: str) -> None:
    done = unionkg("diffusion", "curves", *given, cwd=loaded)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("suffix", ["csv", "dta"])
def test_a_panel_comes_with_its_codebook(loaded: Path, tmp_path: Path, suffix: str) -> None:
    pandas = pytest.importorskip("pandas")
    target = tmp_path / f"面板.{suffix}"
    done = unionkg("diffusion", "panel", "-o", target, "--unit", "province", cwd=loaded)
    assert done.returncode == 0, done.stderr
    found = pandas.read_csv(target) if suffix == "csv" else pandas.read_stata(target, convert_categoricals=False)
    assert len(found) == 32 * found["year"].nunique() * found["type_id"].nunique()
    assert not found[["unit_id", "type_id", "year"]].duplicated().any()
    with (tmp_path / "面板.codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["variable"] for row in csv.DictReader(file)] == list(found.columns)
    assert "risk_set" in done.stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("panel", "-o", "x.sav"), ".dta"),
        (("panel", "-o", "x.csv", "--least", "99"), "no unit has a date"),
        (("panel",), "output is missing"),
        (("gexf",), "output is missing"),
    ],
)
def test_files_that_cannot_be_made_are_refused(loaded: Path, given: tuple[str, ...], told: str) -> None:
    done = unionkg("diffusion", *given, "--practice-type", "驿站", cwd=loaded)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_workspaces_own_file_is_not_written_over(workspace: Path) -> None:
    before = (workspace / "unionkg.toml").read_bytes()
    for command in (("gexf", "-o", "unionkg.toml"), ("panel", "-o", "records/x.csv")):
        done = unionkg("diffusion", *command, cwd=workspace)
        assert done.returncode == 2
        assert "own" in done.stderr
    assert (workspace / "unionkg.toml").read_bytes() == before


def test_a_dynamic_network_is_written(loaded: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    done = unionkg("diffusion", "gexf", "-o", tmp_path / "传播.gexf", cwd=loaded)
    assert done.returncode == 0, done.stderr
    graph = networkx.read_gexf(tmp_path / "传播.gexf")
    assert graph.number_of_nodes() > 0
    assert all(told["spells"] for _, told in graph.nodes(data=True))
