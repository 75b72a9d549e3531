"""How long inferring ties takes: on SPID, beside what R and SNAP take, and on cascades made here.

::

    python benchmarks/netinf.py ../shared/validation/spid/policies.csv    # SPID: 50 states, 728 policies
    python benchmarks/netinf.py --nodes 3000 --cascades 5000 --edges 5000

Without a file only cascades made here are timed: a sparse random network (each node passes on to four others on
average, with probability 1/2), exponential delays of mean 1, at most 40 nodes a cascade. Times are whole, from events
in arrays to ties, wall and CPU (of which only the latter tells something on a busy machine); sorting events into
cascades is told apart. Five runs, after one that is not counted.
"""

from __future__ import annotations

import argparse
import csv
import heapq
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from conditions import command, conditions, spread

from unionkg.graph.analysis.netinf import Cascades, InferredTie, Model, cascades, infer

RUNS = 5
OUT_DEGREE, PASSED_ON, LARGEST = 4, 0.5, 40
#: What the reference implementations took on this data when they were run beside ours: R NetworkInference 1.2.5
#: (R 4.2.2) and SNAP's netinf (C++), on 2026-11-20 on two shared cores.
REFERENCE = {"R NetworkInference 1.2.5": 2.9, "SNAP netinf (C++)": 0.15}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("spid", type=Path, nargs="?", help="policies.csv with statenam, adopt_year, policy")
    parser.add_argument("--nodes", type=int, default=3000)
    parser.add_argument("--cascades", type=int, default=5000)
    parser.add_argument("--edges", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(command())
    print(conditions())
    if given.spid:
        found = read(given.spid)
        model = Model("exponential", (0.5,))
        ties, wall, cpu = timed(lambda: infer(found, model, p=0.1, vuong="compatible"))
        show("SPID, Vuong p = 0.1 as in R", found, ties, wall, cpu)
        for name, seconds in REFERENCE.items():
            print(f"  {name}, when it was run: {seconds} s, {seconds / median(cpu):.1f} times our CPU time")
    events = made(given.nodes, given.cascades, given.seed)
    start = time.perf_counter()
    found = cascades(events)
    print(f"sorted {len(events):,} events into cascades in {time.perf_counter() - start:.2f} s")
    model = Model("exponential", (1.0,))
    ties, wall, cpu = timed(lambda: infer(found, model, convention="snap", edges=given.edges))
    show(f"made here (seed {given.seed})", found, ties, wall, cpu)


def read(path: Path) -> Cascades:
    """SPID's adoptions."""
    with path.open(encoding="utf-8", newline="") as file:
        return cascades((row["statenam"], float(row["adopt_year"]), row["policy"]) for row in csv.DictReader(file))


def made(nodes: int, number: int, seed: int) -> list[tuple[str, float, str]]:
    """Cascades along a sparse random network."""
    random = np.random.default_rng(seed)
    passes_to = [random.choice(nodes, random.poisson(OUT_DEGREE), replace=False) for _ in range(nodes)]
    events = []
    for cascade in range(number):
        adopted: dict[int, float] = {}
        waiting = [(0.0, int(random.integers(nodes)))]
        while waiting and len(adopted) < LARGEST:
            now, node = heapq.heappop(waiting)
            if node in adopted:
                continue
            adopted[node] = now
            for other in passes_to[node]:
                if int(other) not in adopted and random.random() < PASSED_ON:
                    heapq.heappush(waiting, (now + random.exponential(), int(other)))
        events += [(str(node), now, str(cascade)) for node, now in adopted.items()]
    return events


def timed(run: Callable[[], list[InferredTie]]) -> tuple[list[InferredTie], list[float], list[float]]:
    """What comes out, and wall and CPU time of several runs."""
    ties = run()
    wall, cpu = [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    return ties, wall, cpu


def show(what: str, found: Cascades, ties: list[InferredTie], wall: list[float], cpu: list[float]) -> None:
    """Print one result."""
    size = f"{len(found.nodes):,} nodes, {len(found.names):,} cascades, {len(found.time):,} events"
    print(f"{what}: {size}; {len(ties):,} ties")
    print(f"  {spread(wall, 's', 3)} wall, {spread(cpu, 's', 3)} CPU")


if __name__ == "__main__":
    main()
