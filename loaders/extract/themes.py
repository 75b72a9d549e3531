"""Which of the 15 fields of the national programme a practice belongs to.

Cues of the fields (``themes.csv``) and the usual fields of practice types (``practice_types.csv``) are counted by
where they stand: in the practice's name, the title, the first sentence, the body. The weights of the places are
those of ``practice_theme_weights.csv``.

One field for each practice: that of the main one comes from the whole account, that of a part from the words of its
own name, else it is that of the main one. An account without any cue is put with services, the broadest field.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from unionkg.loaders.extract.practice_clusters import weigh
from unionkg.loaders.extract.practice_names import Candidate
from unionkg.loaders.extract.practice_text import Mention, Reading, vocabulary_terms
from unionkg.ontology.vocabulary import table

_DEFAULT = "member_services"


def of_account(reading: Reading, members: Iterable[Candidate], weights: Mapping[str, float]) -> str:
    """The theme (its label) of an account whose main practice is named at ``members``."""
    scores = {theme: weigh(values, weights) for theme, values in features(reading, members).items()}
    best = max(scores, key=lambda theme: scores[theme]) if scores else _DEFAULT
    return label(best, reading.vocabularies)


def spoken(reading: Reading) -> list[tuple[int, int, str]]:
    """What speaks for a theme by its name, in the order of the text: start, end, theme."""
    return sorted((m.start, m.end, theme) for _, theme, found in _sources(reading) for m in found if m.strong)


def of_part(reading: Reading, found: list[tuple[int, int, str]], members: Iterable[Candidate], of_main: str) -> str:
    """The theme of a part: what its names say (`spoken`), else the theme of the main practice."""
    counts: dict[str, int] = {}
    for member in members:
        for _, end, theme in found[bisect_left(found, (member.start,)) : bisect_left(found, (member.end,))]:
            if end <= member.end:
                counts[theme] = counts.get(theme, 0) + 1
    return label(max(counts, key=lambda theme: counts[theme]), reading.vocabularies) if counts else of_main


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
def fitted() -> Mapping[str, float]:
    """The weights of practice_theme_weights.csv."""
    return {row["feature"]: float(row["weight"]) for row in table("practice_theme_weights")}


def features(reading: Reading, members: Iterable[Candidate]) -> dict[str, dict[str, float]]:
    """What speaks for every theme that anything speaks for."""
    spans = [(m.start, m.end) for m in members]
    found: dict[str, dict[str, float]] = {_DEFAULT: {f"prior_{_DEFAULT}": 1.0}}
    for source, theme, mentions in _sources(reading):
        values = found.setdefault(theme, {f"prior_{theme}": 1.0})
        for feature, value in places(reading, spans, mentions).items():
            name = f"{source}_{feature}"
            values[name] = max(values.get(name, 0.0), value)
    return found


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
