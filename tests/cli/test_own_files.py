"""Loading the folder that one works in: what the program wrote there itself is no document."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.running import unionkg
from unionkg import workspace as workspaces
from unionkg.loading import files_of, load_files

TEXT = "西湖区总工会建起驿站\n\n2021年3月，浙江省杭州市西湖区总工会建起骑手驿站12个，为网约送餐员提供休息、充电、热饭等服务。\n"


@pytest.mark.slow
def test_pages_and_sheets_of_our_own_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    assert unionkg("load", "news.txt", cwd=tmp_path).returncode == 0
    for command in (
        ("view", "network", "-o", "n.html"),
        ("review", "--export", "r.xlsx"),
        ("review", "--export", "r.csv"),
    ):
        assert unionkg(*command, cwd=tmp_path).returncode == 0
    done = unionkg("load", ".", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 documents" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["lost.html", "lost.csv", "lost.xlsx", "lost.txt"])
def test_a_link_that_leads_nowhere_does_not_keep_others_out(tmp_path: Path, name: str) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).symlink_to(tmp_path / "gone")
    files = files_of(files_of([tmp_path]))
    done = load_files(workspaces.create(tmp_path / "kg"), files)
    assert [path.name for path, _ in done.failed] == [name]
    assert len(done.loaded) == 1
