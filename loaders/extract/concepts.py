"""Which recurring practice types an account really uses (``practice_types.csv``), each with a short quote.

A type is told from its cue words by the weights of ``practice_use_weights.csv`` (column ``concept``): named in the
title or in a practice's name, done rather than planned, said once or often.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from unionkg.graph.records import ConceptRole, ConceptStatement, PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.practice_clusters import weigh
from unionkg.loaders.extract.practice_mentions import Names, Use, best, features, names, quote, uses
from unionkg.loaders.extract.practice_text import Reading, vocabulary_terms
from unionkg.ontology.vocabulary import table

_LEAST = 0.4


def read(
    account: Account,
    document: DocumentContext,  # noqa: ARG001
    practices: Sequence[PracticeStatement],
    vocabularies: Path | None = None,
) -> tuple[ConceptStatement, ...]:
    """The practice types of an account in the order of the vocabulary; quotes have at most 40 characters."""
    reading = practice_text.read(account, vocabularies)
    mentions = reading.mentions["practice_types"]
    named = names(practices)
    statements = []
    for term in vocabulary_terms("practice_types", vocabularies):
        if term.key not in mentions:
            continue
        found = uses(account, reading, mentions[term.key])
        if not any(use.real for use in found):
            continue
        values = features(reading, found, named)
        probability = 1 / (1 + math.exp(-weigh(values, weights())))
        if probability < _LEAST:
            continue
        use = best(found)
        statements.append(
            ConceptStatement(
                concept=term.zh,
                role=_role(reading, found, named),
                evidence=account.passage.evidence(*quote(reading, use.mention)),
                method=f"concept.{'strong' if use.mention.strong else 'weak'}_{use.zone}",
                confidence=round(probability, 2),
            )
        )
    return tuple(statements)


@cache
def weights() -> Mapping[str, float]:
    """The column ``concept`` of practice_use_weights.csv by feature."""
    return {row["feature"]: float(row["concept"]) for row in table("practice_use_weights")}


def _role(reading: Reading, found: Sequence[Use], practices: Names) -> ConceptRole:
    """``main`` where the main practice's name says the type."""
    strong = [use.mention for use in found if use.mention.strong and use.real]
    return "main" if any(reading.text[m.start : m.end] in practices.main for m in strong) else "part"
