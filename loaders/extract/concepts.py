"""Which recurring practice types an account really uses (``practice_types.csv``), each with a short quote.

A type is told from its cue words by the weights of ``practice_use_weights.csv`` (column ``concept``): named in the
title or in a practice's name, done rather than planned, said once or often.

``started`` is given to a part only, and only where its own clause dates its beginning (`concept_dates`). Not read are
types that the vocabulary does not know (``new:<name>`` is for people to add), that are denied or planned, or that are
named in the title of a rule alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from unionkg.graph.records import ConceptRole, ConceptStatement, PartnerStatement, PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.concept_dates import dates, own_start
from unionkg.loaders.extract.practice_clusters import weigh
from unionkg.loaders.extract.practice_mentions import Names, Use, best, features, names, quote, uses
from unionkg.loaders.extract.practice_text import Reading, vocabulary_terms
from unionkg.ontology.vocabulary import table

#: what is less probable is not said to be used
LEAST = 0.4
_JOINT_ACTION = "department_joint_action"
_OFFICES = 2


def read(
    account: Account,
    document: DocumentContext,
    practices: Sequence[PracticeStatement],
    vocabularies: Path | None = None,
    *,
    partners: Sequence[PartnerStatement] = (),
) -> tuple[ConceptStatement, ...]:
    """The practice types of an account in the order of the vocabulary; quotes have at most 40 characters.

    ``partners`` are the organisations that took part: two departments or courts make it joint action with them.
    """
    reading = practice_text.read(account, vocabularies)
    mentions = reading.mentions["practice_types"]
    times = dates(reading, document.published)
    named = names(account, reading, practices)
    statements = []
    for term in vocabulary_terms("practice_types", vocabularies):
        # weak cues only add to a word that names the type
        strong = any(mention.strong for mention in mentions.get(term.key, ()))
        found = uses(account, reading, mentions[term.key]) if strong else []
        likely = probability(features(reading, found, named), weights()) if found else 0.0
        if likely < LEAST or not any(use.real for use in found):
            if term.key == _JOINT_ACTION and (joint := _joint_action(term.zh, partners)):
                statements.append(joint)
            continue
        use = best(found)
        role = _role(reading, found, named)
        begun = own_start(reading, found, times) if role == "part" else None
        evidence = account.passage.evidence(*quote(reading, use.mention))
        if begun:
            evidence += account.passage.evidence(begun.start, begun.end)
        statements.append(
            ConceptStatement(
                concept=term.zh,
                role=role,
                started=begun.value if begun else None,
                evidence=evidence,
                method=f"concept.{'strong' if use.mention.strong else 'weak'}_{use.zone}",
                confidence=round(likely, 2),
            )
        )
    return tuple(statements)


def _joint_action(label: str, partners: Sequence[PartnerStatement]) -> ConceptStatement | None:
    """Joint action told by who took part, where at least two departments or courts did."""
    offices = [partner for partner in partners if partner.type in {"government", "judiciary"}]
    if len(offices) < _OFFICES:
        return None
    return ConceptStatement(
        concept=label,
        role="part",
        started=None,
        evidence=offices[0].evidence,
        method="concept.partners",
        confidence=0.7,
    )


def features_of(
    account: Account, reading: Reading, key: str, practices: Sequence[PracticeStatement]
) -> Mapping[str, float]:
    """What speaks for and against a type (by its key) being used, where the account has a cue of it."""
    return features(
        reading, uses(account, reading, reading.mentions["practice_types"][key]), names(account, reading, practices)
    )


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely a type with these features is used."""
    return 1 / (1 + math.exp(-weigh(values, weights)))


@cache
def weights() -> Mapping[str, float]:
    """The column ``concept`` of practice_use_weights.csv by feature."""
    return {row["feature"]: float(row["concept"]) for row in table("practice_use_weights")}


def _role(reading: Reading, found: Sequence[Use], practices: Names) -> ConceptRole:
    """``main`` where the main practice's name says the type."""
    strong = [use.mention for use in found if use.mention.strong and use.real]
    return "main" if any(reading.text[m.start : m.end] in practices.main for m in strong) else "part"
