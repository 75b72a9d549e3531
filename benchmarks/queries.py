"""How long every query of the packs takes on a large generated graph, embedded and beside a real Neo4j in the same run.

::

    python benchmarks/queries.py                                   # 100,000 accounts, both stores; some minutes to build
    python benchmarks/queries.py --accounts 5000 --only timeline   # a small graph, the queries whose names hold a word
    python benchmarks/queries.py --no-neo4j

The graph (`generated.py`) is built once into ``.bench`` (or ``--folder``) and kept for the next run. Neo4j comes from
scripts/neo4j-server (Maven and a Java; NEO4J_VERSION, NEO4J_HEAP, NEO4J_JVM_ARGS as there); here it gets 3 GB, its full
compiler and a page cache larger than the graph, and the embedded store what a long-lived process should have
(ARCADEDB_JVM_ARGS overrides it).

Each query is asked with the parameters of its example and with heavier ones: the commonest practice type, a whole province,
all years. Both stores must give equal rows. Times are whole: from the statement to rows in Python, embedded as the
library asks (its check for read-only included), Neo4j through its driver. Warm: two runs each before the counted ones,
which take turns.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import resource
import shlex
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import generated
import neo4j
from conditions import command, conditions

from unionkg.errors import QueryError
from unionkg.graph import stores
from unionkg.graph.records import SCHEMA
from unionkg.graph.stores.protocol import Node, Relationship, Schema, Store
from unionkg.ontology.model import schema
from unionkg.ontology.views.constraints import constraints
from unionkg.queries import library, parameters

REPOSITORY = Path(__file__).resolve().parent.parent
WORKSPACE = "benchmark"
LIMIT, RATIO = 0.3, 1.5
_PATIENCE = 60.0
_LONG_LIVED = "-Xmx3g -XX:TieredStopAtLevel=4"

#: Heavier values, by where a parameter's values come from.
_HEAVY: Mapping[str, Any] = {
    "practice_types": "集体协商",
    "themes": "基层工会建设",
    "target_groups": "新就业形态劳动者",
    "regions": "region:440000",
    "unions": "广州市",
    "practices": "工作法",
    "documents": "汇编之12",
    "indicators": "发展会员",
    "units": "家",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """One query with one set of parameters: medians in seconds (None: not asked there), and what came back."""

    name: str
    asked: Mapping[str, Any]
    rows: int
    embedded: float
    neo4j: float | None
    equal: bool
    failure: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times Neo4j's time the embedded store takes."""
        return self.embedded / self.neo4j if self.neo4j else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--only", default="", help="queries whose names hold this")
    parser.add_argument("--no-neo4j", action="store_true")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / ".bench", help="where graphs are kept")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    os.environ.setdefault("ARCADEDB_JVM_ARGS", _LONG_LIVED)
    print(command())
    print(conditions())
    print(f"embedded: ARCADEDB_JVM_ARGS={os.environ['ARCADEDB_JVM_ARGS']!r}")
    folder = given.folder / f"graph-{given.accounts}"
    if given.no_neo4j:
        build([stores.Target()], folder, given.accounts)
        timed = measure(folder, None, given.only, given.runs)
    else:
        with server(given.folder / f"neo4j-{given.accounts}") as uri:
            build([stores.Target(), stores.parse_target(uri)], folder, given.accounts)
            timed = measure(folder, uri, given.only, given.runs)
    show(timed)


# ---------------------------------------------------------------- building


def build(targets: Sequence[stores.Target], folder: Path, accounts: int) -> None:
    """Build the graph into those targets that do not hold it yet; prints times and sizes."""
    wanted = [target for target in targets if not _complete(target, folder)]
    if not wanted:
        return
    start = time.perf_counter()
    gc.disable()  # nothing of this is garbage before it is written
    nodes: dict[tuple[str, str], Node] = {}
    relationships: dict[str, list[Relationship]] = defaultdict(list)
    for part in generated.parts(accounts):
        nodes.update(((node.label, node.id), node) for node in part.nodes)
        for one in part.relationships:
            relationships[one.type].append(one)
    number = sum(map(len, relationships.values()))
    print(f"generated {len(nodes):,} nodes, {number:,} relationships in {_since(start)}")
    declared = constraints(schema())
    form = Schema(labels=declared.labels, indexed=declared.indexed, types=declared.types)
    for target in wanted:
        start = time.perf_counter()
        with stores.updating(target, folder, schema=form, workspace=WORKSPACE, version=SCHEMA, fresh=True) as update:
            update.store.write_nodes(nodes.values())
            for several in relationships.values():
                update.store.write_relationships(several)
        size = f", {_size(folder) / 1e6:,.0f} MB on disk" if target.embedded else ""
        print(f"built {target} in {_since(start)}{size}, peak {_peak():,.0f} MB")
    gc.enable()


def _complete(target: stores.Target, folder: Path) -> bool:
    state = stores.state(target, folder)
    return state is not None and state.complete and state.workspace == WORKSPACE


def _since(start: float) -> str:
    return f"{time.perf_counter() - start:.0f} s"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


@contextmanager
def server(home: Path) -> Iterator[str]:
    """A Neo4j with its data in ``home``."""
    script = REPOSITORY / "scripts" / "neo4j-server"
    version = os.environ.get("NEO4J_VERSION", "5.26.30")
    settings = {"NEO4J_HEAP": "3g", "NEO4J_PAGECACHE": "2g", "NEO4J_JVM_ARGS": "-XX:+UseSerialGC"}
    home.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = subprocess.run(
        [script, "start", REPOSITORY / ".neo4j" / version, home, str(port)],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**settings, **os.environ},
    )
    shown = shlex.join(f"{key}={os.environ.get(key, value)}" for key, value in settings.items())
    print(f"Neo4j {version}: {shown}")
    try:
        _when_it_answers(started.stdout.strip())
        yield started.stdout.strip()
    finally:
        subprocess.run([script, "stop", home], check=True)


def _when_it_answers(uri: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    with neo4j.GraphDatabase.driver(uri) as driver:
        while True:
            try:
                driver.execute_query("RETURN 1")
            except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return


# ---------------------------------------------------------------- measuring


def measure(folder: Path, uri: str | None, only: str, runs: int) -> list[Timed]:
    """Ask every query whose name holds ``only``."""
    timed = []
    with stores.reading(stores.Target(), folder, WORKSPACE) as embedded:
        if uri is None:
            for query, asked in _asked(only, embedded):
                timed.append(_timed(query, asked, embedded, None, None, runs))
                print(_line(timed[-1]), flush=True)
            return timed
        target = stores.parse_target(uri)
        with (
            stores.reading(target, folder, WORKSPACE) as peer,
            neo4j.GraphDatabase.driver(uri, notifications_min_severity="OFF") as driver,
        ):
            for query, asked in _asked(only, embedded):
                timed.append(_timed(query, asked, embedded, peer, driver, runs))
                print(_line(timed[-1]), flush=True)
    return timed


def _asked(only: str, store: Store) -> Iterator[tuple[library.Query, Mapping[str, Any]]]:
    """Every query with the parameters of its example, and with heavier ones where it takes any."""
    for query in library.queries():
        if query.compute is None and only in query.name:
            words = shlex.split(query.example)
            example = dict(words[n + 1].split("=", 1) for n, word in enumerate(words) if word == "-p")
            heavy = {p.name: _HEAVY[p.values] for p in query.parameters if p.values in _HEAVY}
            heavy |= {p.name: ".." for p in query.parameters if p.type == "years"}
            plain = parameters.bind(query, example, store=store)
            yield query, plain
            heavier = {**plain, **parameters.bind(query, {**example, **heavy}, store=store)}
            if heavier != plain:
                yield query, heavier


def _timed(
    query: library.Query,
    asked: Mapping[str, Any],
    embedded: Store,
    peer: Store | None,
    driver: neo4j.Driver | None,
    runs: int,
) -> Timed:
    def here() -> object:
        return embedded.ask(query.statement, asked, timeout=_PATIENCE)

    def there() -> object:
        assert driver is not None
        read = neo4j.RoutingControl.READ
        return driver.execute_query(query.statement, dict(asked), routing_=read, result_transformer_=_values)  # type: ignore[arg-type]

    try:
        rows = embedded.ask(query.statement, asked, timeout=_PATIENCE).rows
    except QueryError as error:
        return Timed(query.name, asked, 0, math.inf, None, equal=True, failure=str(error))
    equal = peer is None or peer.ask(query.statement, asked, timeout=_PATIENCE).rows == rows
    asking: list[Callable[[], object]] = [here, there] if driver else [here]
    times = _medians(asking, runs)
    return Timed(query.name, asked, len(rows), times[0], times[1] if driver else None, equal)


def _values(result: neo4j.Result) -> list[list[Any]]:
    return result.values()


def _medians(asking: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """The median of each, taking turns; what takes seconds is asked less often."""
    taken: list[list[float]] = [[] for _ in asking]
    warm = max(_time(ask) for ask in asking)
    for number in range(2 if warm > 3 else runs + 1):
        for times, ask in zip(taken, asking, strict=True):
            spent = _time(ask)
            if number:
                times.append(spent)
    return [median(times) for times in taken]


def _time(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


# ---------------------------------------------------------------- showing


def _line(one: Timed) -> str:
    asked = " ".join(f"{key}={value}" for key, value in one.asked.items() if value is not None)
    if one.failure:
        return f"| {one.name} | {asked} | | | | | {' '.join(one.failure.split())[:120]} |"
    other = f"{one.neo4j * 1000:.0f} | {one.ratio:.2f}" if one.neo4j and one.ratio else " | "
    marks = [
        *(["slow"] if one.embedded > LIMIT else []),
        *(["ratio"] if one.ratio and one.ratio > RATIO else []),
        *([] if one.equal else ["ROWS DIFFER"]),
    ]
    return f"| {one.name} | {asked} | {one.rows} | {one.embedded * 1000:.0f} | {other} | {', '.join(marks)} |"


def show(timed: Sequence[Timed]) -> None:
    """Say what stands out."""
    print("\n| query | parameters | rows | embedded, ms | Neo4j, ms | ratio | |\n|---|---|---:|---:|---:|---:|---|")
    for one in sorted(timed, key=lambda one: -one.embedded):
        print(_line(one))
    slow = [one for one in timed if one.embedded > LIMIT]
    behind = [one for one in timed if one.ratio and one.ratio > RATIO]
    different = [one for one in timed if not one.equal]
    print(
        f"\n{len(timed)} measurements of {len({one.name for one in timed})} queries: {len(slow)} above {LIMIT * 1000:.0f} ms, "
        f"{len(behind)} above {RATIO} times Neo4j's time, {len(different)} with other rows, {sum(bool(one.failure) for one in timed)} without an answer"
    )


if __name__ == "__main__":
    main()
