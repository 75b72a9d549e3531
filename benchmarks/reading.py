"""How fast documents are read: characters a second and core, imports and the first call's set-up apart.

::

    python benchmarks/reading.py                          # the bundled example, repeated
    python benchmarks/reading.py ../shared/documents      # every .txt file of a folder
    python benchmarks/reading.py FOLDER --fields          # which field takes how much of it
    python benchmarks/reading.py FOLDER --first           # what the first document of a process costs

A pass is `unionkg.loaders.pipeline.read_file` over all files: decoding, layout, every field, coverage. Nothing is written.
What is remembered of texts is forgotten before each file, so no pass gains from the one before it; what is made once a
process (automata, patterns, the region table) stays. CPU time is the measure; wall time is shown beside it. pyperf runs the passes in several processes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pyperf
from conditions import command, conditions, spread

#: The example is repeated to about so many characters a pass.
_DECENT = 40_000
_FIRST = """
import sys, time
from pathlib import Path
start = time.process_time()
from unionkg.loaders.pipeline import read_file
imported = time.process_time()
paths = [Path(name) for name in sys.argv[1:]]
times = []
for _ in range(2):
    before = time.process_time()
    for path in paths:
        read_file(path, path.name)
    times.append(time.process_time() - before)
print(imported - start, *times)
"""


def main() -> None:
    runner = pyperf.Runner(values=5, warmups=1, processes=3, add_cmdline_args=_pass_on, program_args=(__file__,))
    runner.argparser.description = __doc__.partition("\n")[0] if __doc__ else None
    runner.argparser.add_argument("folder", nargs="?", type=Path, help="a folder of .txt files (default: the example)")
    how = runner.argparser.add_mutually_exclusive_group()
    how.add_argument("--fields", action="store_true", help="the share of each field instead")
    how.add_argument("--first", action="store_true", help="what the first pass of a process costs instead")
    given = runner.parse_args()
    with as_file(files("unionkg") / "example") as example:
        folder = given.folder or example
        paths = sorted(path for path in folder.glob("*.txt") if path.is_file())
        if not paths:
            sys.exit(f"no .txt files in {folder}")
        length = sum(len(path.read_text(encoding="utf-8", errors="replace")) for path in paths)
        repeats = 1 if given.folder else -(-_DECENT // length)
        if not given.worker:
            print(command())
            print(conditions())
            print(f"{length} characters in {len(paths)} files, {repeats} times a pass")
        if given.fields:
            _fields(paths * repeats, length * repeats)
        elif given.first:
            _first(paths)
        else:
            _passes(runner, paths * repeats, length * repeats)


def _pass_on(line: list[str], given: argparse.Namespace) -> None:
    """What pyperf's workers are given of this program's own arguments."""
    if given.folder:
        line.append(str(given.folder))


def _passes(runner: pyperf.Runner, paths: list[Path], length: int) -> None:
    for name, clock in (("CPU time", time.process_time), ("wall time", time.perf_counter)):
        result = runner.bench_time_func(f"one pass, {name}", _timed, paths, clock)
        if result is not None and not runner.args.worker:
            speeds = [length / value for value in result.get_values()]
            print(f"  {spread(speeds, f'characters a second by {name}', 0)} (min / median / max)")


def _timed(loops: int, paths: list[Path], clock: Callable[[], float]) -> float:
    from unionkg.loaders.pipeline import read_file

    total = 0.0
    for _ in range(loops):
        for path in paths:
            _forget()
            start = clock()
            read_file(path, path.name)
            total += clock() - start
    return total


def _forget() -> None:
    """Empty the bounded caches, which hold what was made of texts; unbounded ones hold what is made once."""
    for name, module in list(sys.modules.items()):
        if name.startswith("unionkg."):
            for value in vars(module).values():
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def _fields(paths: list[Path], length: int, passes: int = 5) -> None:
    """CPU time of each step; what fields share (folded text, cue words, places) counts for the first that needs it."""
    from unionkg.loaders import pipeline, reading

    spent: Counter[str] = Counter()

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            result = function(*given, **named)
            spent[name] += time.process_time() - start
            return result

        return wrapped

    for module in [value for value in vars(reading).values() if hasattr(value, "read")]:
        module.read = timed(module.__name__.rpartition(".")[2], module.read)
    for step in ("read", "accounts", "coverage"):
        setattr(
            pipeline, step, timed({"read": "decode", "accounts": "layout"}.get(step, step), getattr(pipeline, step))
        )
    _timed(1, paths, time.process_time)
    spent.clear()
    total = _timed(passes, paths, time.process_time)
    print(f"{length * passes / total:.0f} characters a second of CPU time, mean of {passes} passes; of it")
    for name, seconds in spent.most_common():
        print(f"  {name:16}{seconds / total:6.1%}{1e9 * seconds / passes / length:9.0f} ns a character")


def _first(paths: list[Path], runs: int = 5) -> None:
    measured = []
    for _ in range(runs + 1):
        child = [sys.executable, "-c", _FIRST, *map(str, paths)]
        done = subprocess.run(child, check=True, capture_output=True, text=True, encoding="utf-8")
        measured.append([float(word) for word in done.stdout.split()])
    imports, first, second = (list(values) for values in zip(*measured[1:], strict=True))
    print(f"CPU time of {runs} processes after a warm-up, min / median / max")
    print(f"  imports           {spread(imports, 's')}")
    print(f"  first pass        {spread(first, 's')}")
    print(f"  second pass       {spread(second, 's')}")
    print(f"  set-up (the difference)  {spread([a - b for a, b in zip(first, second, strict=True)], 's')}")


if __name__ == "__main__":
    main()
