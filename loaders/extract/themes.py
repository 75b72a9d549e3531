"""Which of the 15 fields of the national programme a practice belongs to.

Cues of the fields (``themes.csv``) and the usual fields of practice types (``practice_types.csv``) are counted by
where they stand: in the practice's name, the title, the first sentence, the body. The weights of the places are
those of ``practice_theme_weights.csv``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from unionkg.loaders.extract.practice_names import Candidate
from unionkg.loaders.extract.practice_text import Mention, Reading, vocabulary_terms
from unionkg.ontology.vocabulary import table

_DEFAULT = "member_services"


def of_account(reading: Reading, members: Iterable[Candidate]) -> str:
    """The theme (its label) of an account whose main practice is named at ``members``."""
    scores = score(reading, members)
    best = max(scores, key=lambda theme: scores[theme]) if scores else _DEFAULT
    return label(best, reading.vocabularies)


def of_part(reading: Reading, members: Iterable[Candidate], of_main: str) -> str:
    """The theme of a part: what its name says, else the theme of the main practice."""
    spans = [(m.start, m.end) for m in members]
    found: dict[str, float] = {}
    for theme, mentions in _evidence(reading):
        held = sum(1 for m in mentions if m.strong and any(a <= m.start and m.end <= b for a, b in spans))
        if held:
            found[theme] = found.get(theme, 0.0) + held
    return label(max(found, key=lambda theme: found[theme]), reading.vocabularies) if found else of_main


def label(key: str, vocabularies: Path | None = None) -> str:
    """The Chinese label of a theme's key; KeyError where neither we nor the workspace know it."""
    return _labels(vocabularies)[key]


@cache
def _labels(vocabularies: Path | None) -> Mapping[str, str]:
    return {term.key: term.zh for term in vocabulary_terms("themes", vocabularies)}


@cache
def _type_themes(vocabularies: Path | None) -> Mapping[str, str]:
    return {term.key: term.fields["theme"] for term in vocabulary_terms("practice_types", vocabularies)}


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("practice_theme_weights")}


def score(reading: Reading, members: Iterable[Candidate]) -> dict[str, float]:
    """The weighted evidence for every theme that has any."""
    spans = [(m.start, m.end) for m in members]
    weights = _weights()
    scores: dict[str, float] = {}
    for source, theme, mentions in _sources(reading):
        for feature, value in places(reading, spans, mentions).items():
            scores[theme] = scores.get(theme, 0.0) + weights.get(f"{source}_{feature}", 0.0) * value
    for theme in scores:
        scores[theme] += weights.get(f"prior_{theme}", 0.0)
    return scores


def places(reading: Reading, spans: list[tuple[int, int]], mentions: Iterable[Mention]) -> dict[str, float]:
    """How often cues stand in the practice's name, the title, the lead and (as a logarithm) the body."""
    name = title = lead = body = 0
    for mention in mentions:
        if any(start <= mention.start and mention.end <= end for start, end in spans):
            name += 1
        zone = reading.zone(mention.start)
        title += zone == "title"
        lead += zone == "lead"
        body += 1
    return {"name": min(name, 2), "title": min(title, 2), "lead": min(lead, 2), "body": math.log1p(body)}


def _sources(reading: Reading) -> Iterable[tuple[str, str, tuple[Mention, ...]]]:
    for theme, mentions in reading.mentions["themes"].items():
        yield "cue", theme, mentions
    usual = _type_themes(reading.vocabularies)
    for key, mentions in reading.mentions["practice_types"].items():
        yield "type", usual[key], tuple(m for m in mentions if m.strong)


def _evidence(reading: Reading) -> Iterable[tuple[str, tuple[Mention, ...]]]:
    for _, theme, mentions in _sources(reading):
        yield theme, mentions
