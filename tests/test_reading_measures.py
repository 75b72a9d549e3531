"""How well documents are read, against accounts that people labelled; and that our scorer counts as theirs does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from unionkg.graph.evaluation import core, evaluate
from unionkg.graph.exchange.flat import flat
from unionkg.loaders.pipeline import read_file

pytestmark = [pytest.mark.documents, pytest.mark.slow]

SETS = {"dev.jsonl": "documents", "dev_other.jsonl": "eval/other"}


@pytest.fixture(scope="module", params=SETS)
def scored(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, Path]:
    """The labelled accounts, what we read of their sources, and the folder of the sources."""
    gold, folder = shared / "eval" / request.param, shared / SETS[request.param]
    wanted = {json.loads(line)["source"] for line in gold.read_text(encoding="utf-8").splitlines()}
    lines = []
    for path in sorted(folder.glob("*.txt")):
        if path.name in wanted:
            reading = read_file(path, path.name)
            lines += [json.dumps(flat(record, path.name), ensure_ascii=False) for record in reading.records]
    predicted = tmp_path_factory.mktemp("read") / "predicted.jsonl"
    predicted.write_text("\n".join(lines), encoding="utf-8")
    return gold, predicted, folder


def theirs(shared: Path, gold: Path, predicted: Path, folder: Path) -> dict[str, Any]:
    script = shared / "eval" / "score.py"
    command = [sys.executable, str(script), str(gold), str(predicted), "--json", "--sources", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_the_reading_is_as_good_as_promised(shared: Path, scored: tuple[Path, Path, Path]) -> None:
    figures = theirs(shared, *scored)
    assert figures["items"]["f1"] >= 0.98
    assert figures["unions.originator"]["f1"] >= 0.95
    assert figures["practices.main"]["f1"] >= 0.86
    assert figures["target_groups"]["f1"] >= 0.81
    assert figures["outcomes"]["f1"] >= 0.78
    assert figures["outcomes.number"]["f1"] >= 0.92
    assert next(v["f1"] for k, v in figures.items() if k.startswith("CORE")) >= 0.915
    assert next(v["f1"] for k, v in figures.items() if k.startswith("ALL")) >= 0.89
    assert figures["grounding"]["precision"] == 1.0


def test_our_scorer_counts_as_theirs(shared: Path, scored: tuple[Path, Path, Path]) -> None:
    gold, predicted, _ = scored
    figures = theirs(shared, *scored)
    labelled, read = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (gold, predicted)
    )
    tallies = evaluate(labelled, read)
    for name, tally in tallies.items():
        assert (tally.gold, tally.predicted) == (figures[name]["gold"], figures[name]["predicted"]), name
        assert round(tally.f1, 4) == figures[name]["f1"], name
    theirs_core = next(v["f1"] for k, v in figures.items() if k.startswith("CORE"))
    assert core(tallies) == pytest.approx(theirs_core, abs=2e-4)  # it averages figures that are rounded already
