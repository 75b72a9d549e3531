"""Fit ``ontology/vocabularies/target_group_weights.csv`` on labelled accounts.

    python scripts/fit_target_groups.py GOLD.jsonl=FOLDER … [-o CSV]

GOLD holds labelled accounts (flat JSONL) of the texts in FOLDER. A group whose words stand in an account is served by the
practice or only mentioned: a logistic regression over the cues of `unionkg.loaders.extract.target_group_features`, fitted by
Newton's method with a ridge penalty. Printed is the F1 of the chosen groups: for the accounts it was fitted on, and for
tenths of their sources when it was fitted on the other nine tenths (mean of several draws).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from unionkg.files import write_text
from unionkg.graph.evaluation import Tally, pair_items
from unionkg.loaders.accounts import Account
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.practice_mentions import uses
from unionkg.loaders.extract.practice_text import vocabulary_terms
from unionkg.loaders.extract.target_group_features import features
from unionkg.loaders.layout import accounts
from unionkg.loaders.readers import read
from unionkg.loaders.source import SourceText

#: The cues that are weighed; four groups have one of their own, because their words are often used of others.
KEPT = re.compile(
    r"strong|count|weak_count|counted|title|type_title|share|surfaces|served|early"
    r"|w_(share|count|counted|groups|others|most|plain|served)|e_(share|served|counted|title|type_title)"
    r"|group_(all_workers|union_members|union_officers|enterprises)"
)
RIDGE, ON_GROUPS, ON_INTERCEPT, PARTS, DRAWS = 1.0, 0.5, 0.01, 10, 6
HEADER = """# Weights of what speaks for a named group being one that the practice serves: cues of loaders/extract/target_group_features.py.
# group_<key> is how often a group is one served by itself, given only where words of a group are often used of others.
# Logistic regression written by scripts/fit_target_groups.py on {sets}, {date}; read the signs, not the second digit.
feature,weight
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group named in an account: its cues, and whether people label it as served."""

    source: str
    cues: Mapping[str, float]
    served: bool


def candidates(gold: Path, folder: Path) -> tuple[list[Candidate], int]:
    """The groups named in labelled accounts, and how many labelled groups no word names."""
    labelled = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    layouts = {
        source: accounts(SourceText(read(folder / source).text))
        for source in sorted({one["source"] for one in labelled})
    }
    cut: list[tuple[dict[str, object], Account]] = [
        ({"source": source, "title": account.title, "spans": [list(pair) for pair in account.lines]}, account)
        for source, layout in layouts.items()
        for account in layout.accounts
    ]
    of_flat = {id(flat): account for flat, account in cut}
    found, unnamed = [], 0
    for wanted, flat in pair_items(labelled, [flat for flat, _ in cut], Tally()):
        groups = {one["group"] for one in wanted["target_groups"]}
        account = of_flat[id(flat)]
        reading = practice_text.read(account)
        mentions = reading.mentions["target_groups"]
        named = [term for term in vocabulary_terms("target_groups", None) if term.key in mentions]
        cues = features(reading, {term.key: uses(account, reading, mentions[term.key]) for term in named}, named)
        found += [Candidate(wanted["source"], _kept(cues[term.key]), term.zh in groups) for term in named]
        unnamed += len(groups - {term.zh for term in named})
    return found, unnamed


def _kept(cues: Mapping[str, float]) -> dict[str, float]:
    return {"bias": 1.0, **{name: value for name, value in cues.items() if KEPT.fullmatch(name)}}


def fit(given: Sequence[Candidate]) -> dict[str, float]:
    """Weights by cue."""
    names = sorted({name for one in given for name in one.cues})
    values = np.array([[one.cues.get(name, 0.0) for name in names] for one in given])
    served = np.array([float(one.served) for one in given])
    penalty = np.array(
        [ON_INTERCEPT if name == "bias" else ON_GROUPS if name.startswith("group_") else RIDGE for name in names]
    )
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        curve = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(penalty)
        weights -= np.linalg.solve(curve, values.T @ (chance - served) + penalty * weights)
    return dict(zip(names, map(float, weights), strict=True))


def f1(weights: Mapping[str, float], given: Sequence[Candidate], unnamed: int, least: float) -> float:
    """F1 of the groups whose probability is above ``least``; groups that no word names are missed."""
    told = [_chance(weights, one) > least for one in given]
    hits = sum(chosen and one.served for chosen, one in zip(told, given, strict=True))
    return 2 * hits / max(1, sum(told) + sum(one.served for one in given) + unnamed)


def pair(text: str) -> tuple[Path, Path]:
    """GOLD=FOLDER."""
    gold, _, folder = text.partition("=")
    return Path(gold), Path(folder)


def main() -> int:
    """Fit, print and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="+", type=pair)
    ask.add_argument("-o", "--output", type=Path)
    given = ask.parse_args()
    read_sets = [candidates(gold, folder) for gold, folder in given.sets]
    together = [one for some, _ in read_sets for one in some]
    unnamed = sum(missed for _, missed in read_sets)
    sources = sorted({one.source for one in together})
    for least in (0.35, 0.4, 0.45, 0.5):
        left_out = []
        for draw in range(DRAWS):
            order = random.Random(draw).sample(sources, len(sources))
            held = [set(order[part::PARTS]) for part in range(PARTS)]
            chances = [
                (
                    fit([one for one in together if one.source not in some]),
                    [one for one in together if one.source in some],
                )
                for some in held
            ]
            told = [one.served for weights, some in chances for one in some if _chance(weights, one) > least]
            wanted = sum(one.served for one in together) + unnamed
            left_out.append(2 * sum(told) / (len(told) + wanted))
        print(
            f"> {least}: sources left out {np.mean(left_out):.3f}, fitted on all {f1(fit(together), together, unnamed, least):.3f}"
        )
    if given.output:
        weights = fit(together)
        rows = "".join(f"{name},{weight:.2f}\n" for name, weight in sorted(weights.items()))
        write_text(
            given.output,
            HEADER.format(sets=", ".join(gold.name for gold, _ in given.sets), date=datetime.now(UTC).date()) + rows,
        )
    return 0


def _chance(weights: Mapping[str, float], one: Candidate) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in one.cues.items()))))


if __name__ == "__main__":
    sys.exit(main())
