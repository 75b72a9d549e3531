"""The worked example of docs/how-to/event-history.md runs, prints what the page shows, and agrees with statsmodels."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "event-history.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def ran() -> tuple[dict[str, Any], str]:
    names: dict[str, Any] = {}
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(blocks("python")[0], names)
    return names, told.getvalue()


def test_the_example_prints_what_the_page_shows() -> None:
    assert ran()[1] == blocks("text")[0]


@pytest.mark.slow
def test_statsmodels_gives_the_same() -> None:
    pytest.importorskip("statsmodels.api")
    names, _ = ran()
    exec(blocks("python")[1], names)
    assert "theirs" in names
