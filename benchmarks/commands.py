"""How long whole commands take, from the start of the process to its end: ``--help``, ``load``, ``query run``.

::

    python benchmarks/commands.py                         # with the bundled example
    python benchmarks/commands.py ../shared/documents     # with every document of a folder
    python benchmarks/commands.py FOLDER --runs 10 --query organisation.unions

Each round runs ``python -c pass`` (the peer), ``unionkg --help``, ``unionkg load`` into a new workspace of the embedded store and
``unionkg query run`` on it, one after the other, so that all meet the same machine. The first round warms the disk cache up
and is not counted; every process is a new one. Shown are wall time, CPU time of the process and its children, and the
most memory it held (ru_maxrss). Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from statistics import median

from conditions import command, conditions, spread


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of wall time, seconds of CPU time, the most memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of documents (default: the example)")
    parser.add_argument("--runs", type=int, default=5, help="rounds after the warm-up (default: 5)")
    parser.add_argument("--query", default="organisation.by_level_and_type", help="the query to run")
    given = parser.parse_args()
    print(command())
    print(conditions())
    with as_file(files("unionkg") / "example") as example:
        rounds = [_round((given.folder or example).resolve(), given.query) for _ in range(given.runs + 1)][1:]
    print(f"{given.runs} rounds after a warm-up, min / median / max; memory is the largest")
    peer = median(one["python -c pass"].wall for one in rounds)
    for name in rounds[0]:
        runs = [one[name] for one in rounds]
        walls = [run.wall for run in runs]
        print(
            f"{name}\n  wall {spread(walls, 's')}; CPU {spread([run.cpu for run in runs], 's')}; "
            f"{max(run.memory for run in runs):.0f} MB; {median(walls) / peer:.1f} times python -c pass"
        )


def _round(folder: Path, query: str) -> dict[str, Run]:
    unionkg = str(Path(sys.executable).with_name("unionkg"))
    with tempfile.TemporaryDirectory() as workspace:
        return {
            "python -c pass": _run([sys.executable, "-c", "pass"]),
            "unionkg --help": _run([unionkg, "--help"]),
            "unionkg load": _run([unionkg, "load", str(folder), "--workspace", workspace]),
            f"unionkg query run {query}": _run([unionkg, "query", "run", query, "--workspace", workspace]),
        }


def _run(line: list[str]) -> Run:
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(line)} ended with {child.returncode}:\n{errors.read().decode('utf-8', 'replace')}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


if __name__ == "__main__":
    main()
