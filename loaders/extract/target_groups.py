"""Whom a practice serves or organises: groups of ``target_groups.csv`` with the words of the text that name them.

A group is told from its cue words by the weights of ``practice_use_weights.csv`` (column ``group``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from unionkg.graph.records import TargetGroupStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text
from unionkg.loaders.extract.practice_clusters import weigh
from unionkg.loaders.extract.practice_mentions import Names, Use, best, features, uses
from unionkg.loaders.extract.practice_text import Reading, vocabulary_terms
from unionkg.ontology.vocabulary import table

_LEAST = 0.4
#: groups that others are part of, or that nearly every account names: what speaks for them is weighed apart
_GENERAL = frozenset({"all_workers", "enterprises"})
_COUNTED = re.compile("[0-9一二三四五六七八九十百千万余多]+(?:名|位|个|户|家)?$")
_OF_UNION = re.compile("(?:行业)?(?:联合)?工会")


def read(
    account: Account,
    document: DocumentContext,  # noqa: ARG001
    vocabularies: Path | None = None,
) -> tuple[TargetGroupStatement, ...]:
    """The groups of an account in the order of the vocabulary, each with the words that name it."""
    reading = practice_text.read(account, vocabularies)
    statements = []
    for key, label, found, values in candidates(account, reading, vocabularies):
        probability = 1 / (1 + math.exp(-(weigh(values, weights()) + weights().get(f"group_{key}", 0.0))))
        if probability < _LEAST or all(use.law for use in found):
            continue
        use = best(found)
        start, end = use.mention.start, use.mention.end
        statements.append(
            TargetGroupStatement(
                group=label,
                surface=account.passage.name(start, end),
                evidence=account.passage.evidence(start, end),
                method=f"target_group.{use.zone}",
                confidence=round(probability, 2),
            )
        )
    return tuple(statements)


def candidates(
    account: Account, reading: Reading, vocabularies: Path | None
) -> list[tuple[str, str, list[Use], dict[str, float]]]:
    """Key, label, mentions and features of every group that the account names."""
    mentions = reading.mentions["target_groups"]
    terms = [term for term in vocabulary_terms("target_groups", vocabularies) if term.key in mentions]
    broader = {key for term in terms for key in term.broader}
    found = {term.key: uses(account, reading, mentions[term.key]) for term in terms}
    real = {key: sum(use.real for use in group) for key, group in found.items()}
    titled = {key for key, group in found.items() if any(use.zone == "title" for use in group)}
    specific = {key: count for key, count in real.items() if key not in _GENERAL}
    result = []
    for term in terms:
        key = term.key
        others = [count for other, count in specific.items() if other != key]
        rivals = titled - {key} - _GENERAL - set(term.broader)
        values = features(reading, found[key], Names(), general=key in broader)
        share = real[key] / max(1, sum(real.values()))
        shown = {
            "share": share,
            "leads": real[key] / max(1, *others, real[key]),
            "rival": float(bool(rivals) and key not in titled),
            "counted": float(
                any(_COUNTED.search(reading.text[max(0, u.mention.start - 8) : u.mention.start]) for u in found[key])
            ),
            "early": 1
            - min(max(0, found[key][0].mention.start - reading.body) / max(1, len(reading.text) - reading.body), 1),
            "spread": math.log1p(len({reading.sentence(u.mention.start)[0] for u in found[key]})),
            "type_title": float(any(_in_zone(reading, kind, "title") for kind in term.values("types"))),
            "type_lead": float(any(_in_zone(reading, kind, "lead") for kind in term.values("types"))),
            "most": float(real[key] >= max([1, *others])),
            "spoken": float(all(_spoken(reading.text, u.mention.start) for u in found[key])),
            "of_union": float(any(_OF_UNION.match(reading.text, u.mention.end) for u in found[key])),
        }
        if key in _GENERAL:
            values |= {f"general_{name}": value for name, value in shown.items()}
            values["general_others"] = math.log1p(sum(count >= 2 for count in others))
        else:
            values |= shown
        result.append((key, term.zh, found[key], values))
    return result


def _in_zone(reading: Reading, practice_type: str, zone: str) -> bool:
    """Whether a practice type is named in the title (or the lead) of the account."""
    return any(
        m.strong and reading.zone(m.start) == zone for m in reading.mentions["practice_types"].get(practice_type, ())
    )


def _spoken(text: str, position: int) -> bool:
    """Whether a position lies inside a quotation of a whole sentence."""
    opened = text.rfind("“", max(0, position - 80), position)
    if opened < 0 or "”" in text[opened:position]:
        return False
    closed = text.find("”", position, position + 120)
    return closed > 0 and re.search("[。！？，；]", text[opened:closed]) is not None


@cache
def weights() -> Mapping[str, float]:
    """The column ``group`` of practice_use_weights.csv by feature."""
    return {row["feature"]: float(row["group"]) for row in table("practice_use_weights")}
