"""Running the command line as its user does: a real process in a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def unionkg(*arguments: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "unionkg", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "UNIONKG_LANG": "en", **env},
        check=False,
        stdin=subprocess.DEVNULL,
    )


def rows(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode in {0, 1}, done.stderr
    found: list[dict] = json.loads(done.stdout)
    return found
