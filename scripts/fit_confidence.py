"""Fit ``ontology/vocabularies/confidence_weights.csv`` on labelled accounts.

    python scripts/fit_confidence.py GOLD.jsonl=FOLDER … [--held GOLD.jsonl=FOLDER …] [-o CSV]

GOLD holds labelled accounts (flat JSONL) of the texts in FOLDER. The model is a logistic regression for each field over
the cues of `unionkg.loaders.confidence`, fitted by Newton's method with a ridge penalty (none to speak of on the
intercept). Printed are reliability tables: for the sets it was fitted on, for every eighth of their sources when it
was fitted on the other seven eighths, and for sets held back (--held).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from unionkg.files import write_text
from unionkg.graph.exchange.flat import flat
from unionkg.graph.reliability import judge
from unionkg.loaders.accounts import Account
from unionkg.loaders.confidence import cues
from unionkg.loaders.layout import accounts
from unionkg.loaders.readers import read
from unionkg.loaders.reading import read_account
from unionkg.loaders.source import SourceText

RIDGE, ON_INTERCEPT, PARTS = 3.0, 0.3, 8
#: Taken off every intercept (log-odds): rules are written while labelled accounts are read, so new ones are read worse.
#: With it, as many are right as expected on 16 accounts that nobody had seen (2026-11-21: 0.80 and 0.79).
MARGIN = 0.6
HEADER = """# How much each cue counts for a statement being right (log-odds), by field. Written by scripts/fit_confidence.py
# on {sets}, {date}; unionkg.loaders.confidence says what the cues are.
"""
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A statement that was judged: its cues, whether it is right, and the source it stands in."""

    field: str
    cues: Mapping[str, float]
    right: bool
    source: str


def examples(gold: Path, folder: Path) -> list[Example]:
    """Read the sources of labelled accounts and judge every statement."""
    labelled = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    read_all, of_record = [], {}
    for source in sorted({one["source"] for one in labelled}):
        layout = accounts(SourceText(read(folder / source).text))
        for account in layout.accounts:
            record = read_account(account, layout.context, source)
            read_all.append((flat(record, source), record))
            of_record[id(record)] = account
    found = []
    for one in judge(labelled, read_all):
        account: Account = of_record[id(one.case)]
        found.append(
            Example(one.field, cues(one.field, one.statement, one.case, account), one.right, one.case.document)
        )
    return found


def fit(given: Iterable[Example]) -> Weights:
    """Weights of every cue, by field."""
    by_field: dict[str, list[Example]] = defaultdict(list)
    for one in given:
        by_field[one.field].append(one)
    fitted = {field: _fit(some) for field, some in sorted(by_field.items())}
    return {field: {**some, "bias": some["bias"] - MARGIN} for field, some in fitted.items()}


def _fit(given: Sequence[Example]) -> dict[str, float]:
    names = sorted({name for one in given for name in one.cues})
    values = np.array([[one.cues.get(name, 0.0) for name in names] for one in given])
    right = np.array([float(one.right) for one in given])
    penalty = np.array([ON_INTERCEPT if name == "bias" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (probability - right) + penalty * weights
        curve = (values * (probability * (1 - probability))[:, None]).T @ values + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, map(float, weights), strict=True))


def probabilities(weights: Weights, given: Sequence[Example]) -> np.ndarray:
    """The probability of each example to be right."""
    totals = [sum(weights.get(e.field, {}).get(name, 0.0) * value for name, value in e.cues.items()) for e in given]
    return 1 / (1 + np.exp(-np.clip(np.array(totals), -20, 20)))


def show(title: str, probability: np.ndarray, given: Sequence[Example]) -> None:
    """Print how many statements lie in each band and how many of them are right."""
    right = np.array([one.right for one in given])
    print(f"{title}: {len(given)} statements, {right.mean():.3f} right, {probability.mean():.3f} expected")
    for low, high in ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.0, 0.5)):
        inside = (probability > low) & (probability <= high)
        if inside.any():
            print(f"  > {low:.1f}: {inside.mean():6.1%} of all, {right[inside].mean():6.1%} right")


def pair(text: str) -> tuple[Path, Path]:
    """GOLD=FOLDER."""
    gold, _, folder = text.partition("=")
    return Path(gold), Path(folder)


def main() -> int:
    """Fit, print and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="+", type=pair)
    ask.add_argument("--held", nargs="*", type=pair, default=[])
    ask.add_argument("-o", "--output", type=Path)
    given = ask.parse_args()
    by_set = {gold.stem: examples(gold, folder) for gold, folder in given.sets}
    together = [one for some in by_set.values() for one in some]
    weights = fit(together)
    for name, some in by_set.items():
        show(name, probabilities(weights, some), some)
    sources = sorted({one.source for one in together})
    left_out, judged = [], []
    for part in range(PARTS):
        held = set(sources[part::PARTS])
        others = fit(one for one in together if one.source not in held)
        some = [one for one in together if one.source in held]
        left_out.append(probabilities(others, some))
        judged += some
    show("sources left out", np.concatenate(left_out), judged)
    for gold, folder in given.held:
        some = examples(gold, folder)
        show(f"held back: {gold.stem}", probabilities(weights, some), some)
    if given.output:
        write(given.output, weights, list(by_set))
    return 0


def write(path: Path, weights: Weights, sets: Sequence[str]) -> None:
    """Write the weights that matter, sorted so that a diff shows what changed."""
    rows = [(field, cue, f"{weight:.3f}") for field, some in weights.items() for cue, weight in sorted(some.items())]
    lines = [HEADER.format(sets=", ".join(sets), date=datetime.now(UTC).date()), "field,cue,weight\n"]
    lines += [",".join(_cell(cell) for cell in row) + "\n" for row in rows if abs(float(row[2])) >= 0.005]
    write_text(path, "".join(lines))


def _cell(text: str) -> str:
    return f'"{text}"' if "," in text else text


if __name__ == "__main__":
    sys.exit(main())
