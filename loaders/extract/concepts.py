"""Which recurring practice types an account really uses (``practice_types.csv``), each with a short quote.

A type is told from its cue words by the weights of ``practice_use_weights.csv`` (column ``concept``): named in the
title or in a practice's name, done rather than planned, said once or often.

``started`` is given to a part only, and only where its own clause dates its beginning (`concept_dates`). Not read are
types that the vocabulary does not know (``new:<name>`` is for people to add), that are denied or planned, or that are
named in the title of a rule alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from unionkg.graph.records import ConceptRole, ConceptStatement, PartnerStatement, PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.concept_dates import dates, own_start
from unionkg.loaders.extract.practice_clusters import weigh
from unionkg.loaders.extract.practice_mentions import (
    Names,
    Use,
    best,
    features,
    names,
    names_an_account,
    names_an_honour,
    names_the_union,
    occasion,
    quote,
    uses,
)
from unionkg.loaders.extract.practice_text import Mention, Reading, vocabulary_terms
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
    times = dates(reading, document.published)
    named = names(account, reading, practices)
    statements = []
    for term in vocabulary_terms("practice_types", vocabularies):
        spoken = _spoken(account, reading, term.key)
        # weak cues only add to a word that names the type
        found = uses(account, reading, spoken) if any(mention.strong for mention in spoken) else []
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


def _spoken(account: Account, reading: Reading, key: str) -> Sequence[Mention]:
    """The cues of a type in a text. What an account or app is called says nothing of what is done, except online;
    nor does what the account's own union is called.
    """
    found = reading.mentions["practice_types"].get(key, ())
    if found and account.byline and (own := reading.text[slice(*account.byline)]):
        found = tuple(m for m in found if not names_the_union(reading.text, own, m))
    if key in _online(reading.vocabularies):
        return found
    return [m for m in found if not (names_an_account(reading.text, m) or names_an_honour(reading.text, m))]


@cache
def _online(vocabularies: Path | None) -> frozenset[str]:
    """The types that are themselves accounts and apps, or what is done in them."""
    found = vocabulary_terms("practice_types", vocabularies)
    return frozenset(term.key for term in found if term.fields["theme"] == "digital_union")


def features_of(
    account: Account, reading: Reading, key: str, practices: Sequence[PracticeStatement]
) -> Mapping[str, float]:
    """What speaks for and against a type (by its key) being used, where the account has a cue of it."""
    return features(reading, uses(account, reading, _spoken(account, reading, key)), names(account, reading, practices))


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely a type with these features is used."""
    return 1 / (1 + math.exp(-weigh(values, weights)))


@cache
def weights() -> Mapping[str, float]:
    """The column ``concept`` of practice_use_weights.csv by feature."""
    return {row["feature"]: float(row["concept"]) for row in table("practice_use_weights")}


def _role(reading: Reading, found: Sequence[Use], practices: Names) -> ConceptRole:
    """``main`` where the main practice's name says the type.

    The name of an occasion says what it is and how it is called, not what it is about: a contest on legal aid is a
    contest, a contest called “legal aid” may be both.
    """
    words = {reading.text[use.mention.start : use.mention.end] for use in found if use.mention.strong and use.real}
    name = practices.main.partition("\n")[0]
    if head := occasion(name):
        inside = [word for word in words if word in name]
        brand = "".join(re.findall("“[^“”]*”", name))
        return "main" if any(word in brand or name.rfind(word) + len(word) > head for word in inside) else "part"
    return "main" if any(word in practices.main for word in words) else "part"
