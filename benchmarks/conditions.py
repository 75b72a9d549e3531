"""What every benchmark says of itself: the machine, and the command that repeats it."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median


def conditions() -> str:
    """Date, cores, processor, system and Python, and the load of the machine, which decides what wall time means."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores ({_processor()}), {platform.system()} "
        f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}{load}"
    )


def command() -> str:
    """The command that repeats this run, from the repository's root."""
    script = Path(sys.argv[0]).resolve()
    return shlex.join(["python", f"benchmarks/{script.name}", *sys.argv[1:]])


def spread(values: Sequence[float], unit: str, digits: int = 2) -> str:
    """``min / median / max unit``."""
    shown = (f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
    return f"{' / '.join(shown)} {unit}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"
