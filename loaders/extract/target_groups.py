"""Whom a practice serves or organises: groups of ``target_groups.csv`` with the words of the text that name them.

Whether a named group is one that is served is told from how it is named (`target_group_features`) by the weights of
``target_group_weights.csv``. Groups named only in the title of a rule are left. Not read: which of the groups of a
general word (劳动者) are meant, and groups that no word names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from unionkg.graph.records import TargetGroupStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.practice_mentions import best, uses
from unionkg.loaders.extract.practice_text import vocabulary_terms
from unionkg.loaders.extract.target_group_features import features
from unionkg.ontology.vocabulary import table

_LEAST = 0.43


def read(
    account: Account,
    document: DocumentContext,  # noqa: ARG001
    vocabularies: Path | None = None,
) -> tuple[TargetGroupStatement, ...]:
    """The groups of an account in the order of the vocabulary, each with the words that name it."""
    reading = practice_text.read(account, vocabularies)
    mentions = reading.mentions["target_groups"]
    terms = [term for term in vocabulary_terms("target_groups", vocabularies) if term.key in mentions]
    found = {term.key: uses(account, reading, mentions[term.key]) for term in terms}
    values = features(reading, found, terms)
    statements = []
    for term in terms:
        probability = _probability(values[term.key])
        if probability < _LEAST or all(use.law for use in found[term.key]):
            continue
        use = best(found[term.key])
        start, end = use.mention.start, use.mention.end
        statements.append(
            TargetGroupStatement(
                group=term.zh,
                surface=account.passage.name(start, end),
                evidence=account.passage.evidence(start, end),
                method=f"target_group.{'named' if use.mention.strong else 'hinted'}_{use.zone}",
                confidence=round(probability, 2),
            )
        )
    return tuple(statements)


def _probability(values: Mapping[str, float]) -> float:
    known = weights()
    score = known["bias"] + sum(known.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-score))


@cache
def weights() -> Mapping[str, float]:
    """The weights of target_group_weights.csv by feature; a feature without one counts nothing."""
    return {row["feature"]: float(row["weight"]) for row in table("target_group_weights")}
