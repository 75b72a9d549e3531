"""``diffusion modes``, ``space``, ``history`` and ``reuse`` as their users run them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.running import rows, unionkg

DISPUTES = "劳动争议多元化解"


# ------------------------------------------------------------ modes


def test_modes_are_told_statement_by_statement_with_their_places(loaded: Path) -> None:
    done = unionkg("diffusion", "modes", "--practice-type", "诉调对接", cwd=loaded)
    found = rows(done)
    assert [(r["practice_type"], r["mode"], r["story"], r["order"], r["step"], r["relationship"]) for r in found] == [
        (DISPUTES, "top_down", 1, "open", "act", "PILOT_ASSIGNED_BY"),
        (DISPUTES, "pilot_rollout", 2, "open", "pilot", "PILOT_ASSIGNED_BY"),
        (DISPUTES, "pilot_rollout", 2, "open", "rollout", "PROMOTED_BY"),
        (DISPUTES, "pilot_rollout", 2, "open", "rollout", "SCALED_TO"),
    ]
    assert all(row["document"] and row["line"] and row["quote"] for row in found)
    assert [row["period"] for row in found] == ["2020", "2020", None, None]
    assert "a collection is a sample" in done.stderr
    assert "3 statements, 3 of them not reviewed" in done.stderr


def test_a_type_without_evidence_says_so_with_what_there_is(loaded: Path) -> None:
    found = rows(unionkg("diffusion", "modes", cwd=loaded, UNIONKG_LANG="zh"))
    without = [row for row in found if row["mode"] == "insufficient"]
    assert without
    assert {row["found"] for row in without} == {"没有写明传播"}
    assert all(row["quote"] is None and row["accounts"] > 0 for row in without)


def test_modes_in_chinese(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("diffusion", "modes", "-o", tmp_path / "模式.csv", cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "模式.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0])[:5] == ["做法类型", "扩散模式", "第几组依据", "先后是否确定", "环节"]
    assert {row["扩散模式"] for row in found} == {"自上而下", "试点—推广", "证据不足"}
    assert {row["先后是否确定"] for row in found} == {"未写明", ""}


def test_forerunners_are_told_by_level_and_it_says_so(workspace: Path) -> None:
    before = unionkg("diffusion", "modes", cwd=workspace)
    assert "administrative level" not in before.stderr
    text = "某区工会简报\n2023年5月\n\n上海市嘉定区总工会做实集体协商\n　　上海市嘉定区总工会从2018年起推行集体协商，学习借鉴浙江省宁波市总工会的做法，在各镇组织企业工会与行政协商工资。\n"
    (workspace / "某.txt").write_text(text, encoding="utf-8")
    assert unionkg("load", "某.txt", cwd=workspace).returncode == 0
    done = unionkg("diffusion", "modes", "--practice-type", "集体协商", cwd=workspace)
    assert {row["mode"] for row in rows(done)} == {"forerunner"}
    assert "told by administrative level" in done.stderr


@pytest.mark.parametrize("command", ["modes", "space", "history"])
@pytest.mark.parametrize(
    ("given", "told"), [("送清凉", "送清凉 is what every union does"), ("没有的做法", "没有的做法")]
)
def test_routine_and_unknown_types_are_refused(loaded: Path, command: str, given: str, told: str) -> None:
    done = unionkg("diffusion", command, "--practice-type", given, cwd=loaded)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


# ------------------------------------------------------------ space


def test_too_few_places_are_told_and_not_measured(loaded: Path) -> None:
    found = rows(unionkg("diffusion", "space", cwd=loaded))
    assert found
    assert {row["moran"] for row in found} == {None}
    assert all("5 of each are needed" in row["lacking"] for row in found)
    counted = ("places", "without_material", "undecided", "without_neighbour")
    assert {sum(row[name] for name in counted) for row in found} == {32}
    assert {row["undecided"] for row in found} == {0}


def test_by_a_year_places_of_open_date_are_left_out_and_told(loaded: Path) -> None:
    done = unionkg("diffusion", "space", "--year", "2015", cwd=loaded)
    found = rows(done)
    assert sum(row["undecided"] for row in found) > 0
    assert f"{sum(row['undecided'] for row in found)} places" in done.stderr
    assert "by the end of 2015" in done.stderr


def test_places_are_listed_by_code_with_the_words_behind_their_record(loaded: Path) -> None:
    done = unionkg("diffusion", "space", "--local", "--practice-type", "驿站", "--evidence", cwd=loaded)
    found = rows(done)
    codes = [row["code"] for row in found]
    assert codes == sorted(codes)
    assert {row["recorded"] for row in found} == {True, False}
    assert all(bool(row["quote"]) == row["recorded"] for row in found)
    assert "neither is adoption" in done.stderr


# ------------------------------------------------------------ event history


def test_too_few_adoptions_are_told_and_nothing_is_estimated(loaded: Path) -> None:
    done = unionkg("diffusion", "history", "--unit", "province", cwd=loaded)
    assert (done.returncode, rows(done)) == (0, [])
    assert "too little, nothing estimated" in done.stderr
    assert "--silence" in done.stderr


PANEL = "unit_id,year,adopted,x,risk_set\n" + "".join(
    f"u{n},{year},{int(year == 2010 + n % 5)},{(n * 7 + year * 3) % 11},{int(year <= 2010 + n % 5)}\n"
    for n in range(30)
    for year in range(2008, 2016)
)


def test_a_panel_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "面板.csv").write_text(PANEL, encoding="utf-8")
    done = unionkg("diffusion", "history", "--panel", "面板.csv", "--factor", "x", "--factor", "year", cwd=tmp_path)
    found = rows(done)
    assert [row["factor"] for row in found] == ["constant", "x", "year"]
    assert "150 rows, 30 events, 30 clusters" in done.stderr
    assert all(row["low"] < row["coefficient"] < row["high"] for row in found)
    assert found[2]["coefficient"] > 0
    few = unionkg("diffusion", "history", "--panel", "面板.csv", *("--factor", "x") * 4, cwd=tmp_path)
    assert (few.returncode, rows(few)) == (0, [])
    assert "40" in few.stderr


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        (PANEL, ("--factor", "y"), "y"),
        (PANEL.replace("u3,2009,0,", "u3,2009,zwei,"), ("--factor", "x"), "x.csv:27"),
        (PANEL.replace("u3,2009,0,", "u3,2009,2,"), ("--factor", "x"), "x.csv:27"),
        (PANEL, (), "--factor"),
    ],
)
def test_a_broken_panel_is_named_with_its_line(
    tmp_path: Path, text: str, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    done = unionkg("diffusion", "history", "--panel", "x.csv", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_factors_have_names(loaded: Path) -> None:
    done = unionkg("diffusion", "history", "--factor", "gdp", cwd=loaded)
    assert done.returncode == 2
    assert "same_superior" in done.stderr
    done = unionkg("diffusion", "history", "--factor", "level", "--unit", "county", cwd=loaded)
    assert done.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [("--panel", "x.csv", "--factor", "x", "--silence"), ("--panel", "x.csv", "--unit", "union"), ("--event", "e")],
)
def test_options_that_would_count_for_nothing_are_refused(loaded: Path, arguments: tuple[str, ...]) -> None:
    done = unionkg("diffusion", "history", *arguments, cwd=loaded)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--panel" in done.stderr


# ------------------------------------------------------------ text reuse


def test_a_passage_of_another_account_is_found_with_both_places(workspace: Path) -> None:
    done = unionkg("diffusion", "reuse", cwd=workspace)
    assert (done.returncode, rows(done)) == (0, [])
    taken = "把装着姜茶的保温桶用绳子吊到塔吊驾驶室里再由班长每晚收回来洗净晾干"
    for name, place in (("甲", "山东省烟台市总工会"), ("乙", "湖南省岳阳市总工会")):
        text = f"{name}地工会简报\n2023年5月\n\n{place}做实建筑工人服务\n　　{place}从2021年起在工地{taken}，工人们说这口热的来得正好。{name}处另有安排。\n"
        (workspace / f"{name}.txt").write_text(text, encoding="utf-8")
        assert unionkg("load", f"{name}.txt", cwd=workspace).returncode == 0
    found = rows(unionkg("diffusion", "reuse", cwd=workspace))
    assert [(row["pair"], row["side"]) for row in found] == [(1, "left"), (1, "right")]
    assert all(taken in row["quote"] and row["line"] == 4 for row in found)
    assert found[0]["score"] >= 30
