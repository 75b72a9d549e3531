"""Fit the weights by which practices are named and placed, and show what they are worth on accounts left out.

    python scripts/fit_practices.py GOLD.jsonl=FOLDER … [--write]

GOLD holds labelled accounts (flat records) of the texts in FOLDER. The script repeats the columns ``main`` and ``part`` of
``practice_weights.csv``, the column ``concept`` of ``practice_use_weights.csv`` and the column ``weight`` of
``practice_theme_weights.csv``; with ``--write`` it stores them. Needs numpy.

A few hundred accounts are little, so every fit starts from weights set by hand (column ``prior``),
is pulled back to them (`STRENGTH`) and keeps their signs. What is printed is cross-validated: accounts of one document or
one kind of layout are left out together, and read with weights that never saw them. The words of the vocabularies and the
weights set by hand were written by people who had read these accounts, so new documents are read somewhat worse than this says.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionkg.files import write_text
from unionkg.graph.evaluation import STATED, evaluate
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import concepts, practice_clusters, practice_text, practices, themes
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.practice_names import candidates
from unionkg.loaders.layout import accounts
from unionkg.loaders.source import SourceText
from unionkg.ontology.vocabulary import table, terms

VOCABULARIES = Path(__file__).resolve().parent.parent / "ontology" / "vocabularies"
#: how strongly a fit is pulled back to the weights set by hand (L2), by column
STRENGTH = {"main": 8.0, "part": 2.0, "concept": 0.3, "theme": 5.0}
FIELDS = ("practices.main", "practices", "theme")

Vector = NDArray[np.float64]
Weights = dict[str, float]
Features = Mapping[str, float]


@dataclass(frozen=True)
class Labelled:
    """A labelled account, read: its file, its flat record, the account, which document or layout it is left out with."""

    file: str
    gold: Mapping[str, Any]
    account: Account
    context: DocumentContext
    fold: str


@dataclass(frozen=True)
class Choice:
    """Alternatives of one account, of which those in ``right`` are right."""

    rows: Sequence[Features]
    right: Sequence[bool]


def labelled(sets: Sequence[tuple[Path, Path]]) -> list[Labelled]:
    """Read the labelled accounts and lay out their documents."""
    found = []
    for path, folder in sets:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        by_source = defaultdict(list)
        for record in records:
            by_source[record["source"]].append(record)
        for source, golds in sorted(by_source.items()):
            layout = accounts(SourceText((folder / source).read_text(encoding="utf-8")))
            for gold in golds:
                account = max(layout.accounts, key=lambda a: _overlap(_lines(gold), a.lines))
                found.append(Labelled(path.name, gold, account, layout.context, _fold(source)))
    return found


def _fold(source: str) -> str:
    """Documents with a numbered hash are left out one by one, the others by the letters that name their kind."""
    return source.split("-")[0] if "-" in source else source.split("_")[0]


def _lines(gold: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [tuple(span) for span in gold.get("spans") or [[gold["first_line"], gold["last_line"]]]]


def _overlap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> float:
    a, b = ({n for first, last in spans for n in range(first, last + 1)} for spans in (one, other))
    return len(a & b) / len(a | b)


# --- what there is to choose from -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """A labelled account with the features of what could be read from it."""

    item: Labelled
    #: clusters of names: which name the main practice, which name a part and not the main one
    names: Choice
    named: Sequence[bool]
    found: Sequence[practice_clusters.Cluster]
    #: practice types: their features and whether they were labelled; and how many were labelled in all
    uses: Sequence[Features]
    used: Sequence[bool]
    types: int


def example(item: Labelled) -> Example:
    """Measure all that could be read from an account."""
    reading = practice_text.read(item.account)
    found = practice_clusters.clusters(reading, candidates(reading))
    measured = practice_clusters.frame(reading, found)
    rows = [practice_clusters.features(measured, cluster) for cluster in found]
    golds = [_folded(practice) for practice in item.gold["practices"]]

    def names(cluster: practice_clusters.Cluster, wanted: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the scorer would take a wording of a cluster for one of some practices."""
        surfaces = {reading.text[a:b] for m in cluster.members for a, b in ((m.start, m.end), m.core)}
        return any(STATED["practices"](gold, {"name": surface}) for gold in wanted for surface in surfaces)

    main = [names(cluster, [gold for gold in golds if gold["main"]]) for cluster in found]
    statements = practices.read(item.account, item.context)
    labels = {concept["concept"] for concept in item.gold["concepts"]}
    types = [
        (term.zh in labels, concepts.features_of(item.account, reading, term.key, statements))
        for term in terms("practice_types")
        if term.key in reading.mentions["practice_types"]
    ]
    return Example(
        item=item,
        names=Choice(rows, main),
        named=[
            names(cluster, [gold for gold in golds if not gold["main"]]) and not first
            for cluster, first in zip(found, main, strict=True)
        ],
        found=found,
        uses=[values for _, values in types],
        used=[right for right, _ in types],
        types=sum(not label.startswith("new:") for label in labels),
    )


def _folded(practice: Mapping[str, Any]) -> dict[str, Any]:
    wordings = [folded("".join(name.split())) for name in (practice["name"], *practice["aliases"])]
    return {"name": wordings[0], "aliases": wordings[1:], "main": practice["main"]}


def theme_choice(one: Example, main: Features) -> Choice:
    """The themes that anything in an account speaks for, its main practice being the cluster that ``main`` prefers."""
    reading = practice_text.read(one.item.account)
    (label,) = (practice["theme"] for practice in one.item.gold["practices"] if practice["main"])
    rows = themes.features(reading, _best(one, main))
    return Choice(list(rows.values()), [themes.label(theme) == label for theme in rows])


def _best(one: Example, main: Features) -> Sequence[Any]:
    scores = [practice_clusters.weigh(values, main) for values in one.names.rows]
    return one.found[scores.index(max(scores))].members if scores else ()


# --- fitting ----------------------------------------------------------------------------------------------------------


def choose(examples: Sequence[Choice], prior: Features, strength: float) -> Weights:
    """Conditional logit: weights that give the right ones of each account the most probability."""
    names, start = _space([row for choice in examples for row in choice.rows], prior)
    measured = [(_matrix(c.rows, names), np.array(c.right)) for c in examples if any(c.right)]

    def slope(weights: Vector) -> Vector:
        total = np.zeros_like(weights)
        for rows, right in measured:
            scores = rows @ weights
            odds = np.exp(scores - scores.max())
            total -= rows.T @ (odds * right / (odds * right).sum() - odds / odds.sum())
        return total

    return dict(zip(names, _descend(slope, start, strength, 2.0 * len(measured)), strict=True))


def tell(rows: Sequence[Features], right: Sequence[bool], prior: Features, strength: float) -> Weights:
    """Logistic regression with a free ``bias``."""
    names, start = _space([{**row, "bias": 1.0} for row in rows], prior)
    matrix, wanted = _matrix([{**row, "bias": 1.0} for row in rows], names), np.array(right, dtype=np.float64)

    def slope(weights: Vector) -> Vector:
        gap: Vector = matrix.T @ (1 / (1 + np.exp(-matrix @ weights)) - wanted)
        return gap

    steep = float(np.linalg.norm(matrix, 2) ** 2) / 4
    free = np.array([name != "bias" for name in names], dtype=np.float64)
    return dict(zip(names, _descend(slope, start, strength, steep, free), strict=True))


def _space(rows: Sequence[Features], prior: Features) -> tuple[list[str], Vector]:
    names = list(prior) + sorted({name for row in rows for name in row} - set(prior))
    return names, np.array([prior.get(name, 0.0) for name in names])


def _matrix(rows: Sequence[Features], names: Sequence[str]) -> Vector:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def _descend(slope: Any, start: Vector, strength: float, steep: float, pulled: Vector | float = 1.0) -> Vector:
    """Accelerated gradient descent, pulled to ``start``, whose signs are kept (0 is free)."""
    low, high = np.where(start > 0, 0.0, -np.inf), np.where(start < 0, 0.0, np.inf)
    step = 1 / (steep + 2 * strength)
    weights = ahead = start
    pace = 1.0
    for _ in range(2000):
        moved: Vector = np.clip(ahead - step * (slope(ahead) + 2 * strength * pulled * (ahead - start)), low, high)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        if np.abs(moved - weights).max() < 1e-5:
            return moved
        weights, pace = moved, faster
    return weights


@dataclass(frozen=True)
class Fit:
    """All that is fitted."""

    practices: practices.Weights
    concept: Weights


def fit(examples: Sequence[Example]) -> Fit:
    """Fit everything to some accounts."""
    main = choose([one.names for one in examples], prior("practice_weights"), STRENGTH["main"])
    rows, right = [], []
    for one in examples:
        best = _best(one, main)
        for values, wanted, cluster in zip(one.names.rows, one.named, one.found, strict=True):
            if cluster.members is not best:
                rows.append(values)
                right.append(wanted)
    part = tell(rows, right, {"bias": 0.0}, STRENGTH["part"])
    theme = choose([theme_choice(one, main) for one in examples], prior("practice_theme_weights"), STRENGTH["theme"])
    concept = tell(
        [values for one in examples for values in one.uses],
        [used for one in examples for used in one.used],
        prior("practice_use_weights"),
        STRENGTH["concept"],
    )
    return Fit(practices.Weights(main, part, theme), concept)


def prior(name: str) -> Weights:
    """The weights set by hand in the column ``prior`` of a table."""
    return {row["feature"]: float(row["prior"]) for row in table(name) if row["prior"]}


# --- what it is worth -------------------------------------------------------------------------------------------------


def figures(examples: Sequence[Example], fits: Mapping[str, Fit]) -> dict[str, float]:
    """F1 of the fields, each account read with the fit of its fold; ``name`` is the main practice without its aliases."""
    gold = [one.item.gold for one in examples]
    read = [_flat(one, fits[one.item.fold].practices) for one in examples]
    tallies = evaluate(gold, read)
    bare = [{**flat, "practices": [{**p, "aliases": []} for p in flat["practices"]]} for flat in read]
    found = {"name": evaluate(gold, bare)["practices.main"].f1} | {field: tallies[field].f1 for field in FIELDS}
    hit = said = 0
    for one in examples:
        weights = fits[one.item.fold].concept
        told = [concepts.probability(values, weights) >= concepts.LEAST for values in one.uses]
        hit += sum(a and b for a, b in zip(told, one.used, strict=True))
        said += sum(told)
    return found | {"concepts": 2 * hit / (said + sum(one.types for one in examples))}


def _flat(one: Example, weights: practices.Weights) -> dict[str, Any]:
    gold = one.item.gold
    read = practices.weighed(one.item.account, weights)
    return {
        **{name: gold.get(name) for name in ("source", "title", "first_line", "last_line", "spans")},
        "practices": [{"name": p.name, "aliases": p.aliases, "theme": p.theme, "main": p.main} for p in read],
    }


def show(title: str, examples: Sequence[Example], fits: Mapping[str, Fit]) -> None:
    """Print the figures of all accounts and of each fold."""
    print(title)
    folds = sorted({one.item.fold for one in examples})
    files = dict.fromkeys(one.item.file for one in examples)
    parts = [(name, [one for one in examples if one.item.file == name]) for name in files]
    parts += [(fold, [one for one in examples if one.item.fold == fold]) for fold in folds]
    for name, of in [("all", examples), *parts]:
        told = "  ".join(f"{field} {value:.3f}" for field, value in figures(of, fits).items())
        print(f"  {name:<15} {len(of):>3} accounts  {told}")


def store(name: str, columns: Mapping[str, Features]) -> None:
    """Write fitted columns into a table, its notes, other columns and order kept; new features come last."""
    path = VOCABULARIES / f"{name}.csv"
    notes = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = {row["feature"]: dict(row) for row in table(name)}
    header = list(next(iter(rows.values())))
    for column, weights in columns.items():
        for feature, value in weights.items():
            rows.setdefault(feature, {"feature": feature} | dict.fromkeys(header[1:], ""))[column] = f"{value:.2f}"
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="0", lineterminator="\n")
    writer.writeheader()
    for row in rows.values():
        writer.writerow({key: value or ("" if key == "prior" else "0") for key, value in row.items()})
    write_text(path, "\n".join([*notes, out.getvalue()]))


def pair(text: str) -> tuple[Path, Path]:
    """GOLD=FOLDER."""
    gold, _, folder = text.partition("=")
    return Path(gold), Path(folder)


def main() -> None:
    """Fit, cross-validate, and store where asked to."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="+", type=pair)
    ask.add_argument("--write", action="store_true", help="store the weights in ontology/vocabularies")
    asked = ask.parse_args()
    examples = [example(item) for item in labelled(asked.sets)]
    folds = {one.item.fold for one in examples}
    whole = fit(examples)
    show("fitted on all of them", examples, dict.fromkeys(folds, whole))
    left_out = {fold: fit([one for one in examples if one.item.fold != fold]) for fold in folds}
    show("each document or layout read with a fit to the others", examples, left_out)
    if asked.write:
        store("practice_weights", {"main": whole.practices.main, "part": whole.practices.part})
        store("practice_theme_weights", {"weight": whole.practices.theme})
        store("practice_use_weights", {"concept": whole.concept})


if __name__ == "__main__":
    main()
