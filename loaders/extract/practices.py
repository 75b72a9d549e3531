"""Which innovation an account tells of: its main practice and the named parts of it.

Every candidate name (`unionkg.loaders.extract.practice_names`) is weighed by the features of its cluster
(`unionkg.loaders.extract.practice_clusters`) with the weights of ``practice_weights.csv``: column ``main`` ranks
the clusters of one account (conditional logit), column ``part`` tells names of parts from other words (logit).
Exactly one practice of an account is main.

Read are names that the account prints: a brand in quotation marks with its head noun, what the title names, what a union
sets up or runs, a recurring practice type with what stands before it. Not read are practices that are only described: no
name is made up, and where nothing is named the title or the first clause stands for it (``practice.clause``). Slogans, ideas that a
practice serves, honours and founded bodies are left to other fields. ``method`` says where the name stands and what kind
it is (``practice.title_headed_quote``); ``confidence`` is the probability that the weights give, not yet calibrated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from unionkg.graph.records import Evidence, PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text, themes
from unionkg.loaders.extract.practice_clusters import Cluster, Frame, clusters, features, frame, key, weigh
from unionkg.loaders.extract.practice_marks import marks, opening_verb, word_set
from unionkg.loaders.extract.practice_names import Candidate, candidates, ends_in_head, is_figure_of_speech, trim
from unionkg.loaders.extract.practice_text import Reading
from unionkg.ontology.vocabulary import table

_MOST_ALIASES = 3
_PART = 0.35
_WHOLE_CLAUSE = 30
_LONGEST_NAME = 16
#: a brand of so few characters does not stand by itself: 总部职工“全人会”
_TERSE = 3
_SHORTEST_HEADLINE = 5
_MOST_HEADLINES = 2
_EVENT = re.compile("[了也吗呢]|[0-9.]+(?:万|亿)?[余多]?[家个名人场次]|^(?:案例|附件)|(?:工会|[省市县区])$")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of features: of clusters that may name the main practice, of those that may name parts, of themes."""

    main: Mapping[str, float]
    part: Mapping[str, float]
    theme: Mapping[str, float]


def read(
    account: Account,
    document: DocumentContext,  # noqa: ARG001
    vocabularies: Path | None = None,
) -> tuple[PracticeStatement, ...]:
    """The practices of an account, the main one first; ``vocabularies`` is a workspace's folder of that name."""
    return weighed(account, fitted(), vocabularies)


def weighed(account: Account, weights: Weights, vocabularies: Path | None = None) -> tuple[PracticeStatement, ...]:
    """The practices of an account by some weights."""
    reading = practice_text.read(account, vocabularies)
    if not re.search(r"\w", reading.text):
        return ()
    named = clusters(reading, candidates(reading))
    measured = frame(reading, named)
    found = [(cluster, features(measured, cluster)) for cluster in named]
    if not found:
        return (_fallback(account, reading, weights.theme),)
    scores = [weigh(values, weights.main) for _, values in found]
    main = scores.index(max(scores))
    theme = themes.of_account(reading, found[main][0].members, weights.theme)
    first = _statement(account, reading, found[main][0], theme, main=True, confidence=_share(scores, main))
    spoken = themes.spoken(reading)
    statements = [replace(first, aliases=_with_headline(account, measured, first))]
    for index, (cluster, values) in enumerate(found):
        if index == main or cluster.core in found[main][0].core:
            continue
        probability = _logistic(weigh(values, weights.part))
        if probability >= _PART:
            of_part = themes.of_part(reading, spoken, cluster.members, theme)
            statements.append(_statement(account, reading, cluster, of_part, main=False, confidence=probability))
    return tuple(_once(statements))


@cache
def fitted() -> Weights:
    """The weights of practice_weights.csv and practice_theme_weights.csv."""
    rows = table("practice_weights")
    main, part = ({row["feature"]: float(row[column]) for row in rows} for column in ("main", "part"))
    return Weights(main, part, themes.fitted())


def _share(scores: list[float], index: int) -> float:
    top = max(scores)
    return math.exp(scores[index] - top) / sum(math.exp(score - top) for score in scores)


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _chosen(reading: Reading, cluster: Cluster) -> Candidate:
    """The member to call the practice by: a brand with its head noun, else the first name that stands by itself."""
    headings = [key(reading.text[m.core[1] + 1 : m.end]) for m in cluster.members if _is_headed(m)]
    bare_types = {(m.start, m.end) for found in reading.mentions["practice_types"].values() for m in found}

    def rank(member: Candidate) -> tuple[float, ...]:
        length = member.end - member.start
        bare = key(reading.text[member.start : member.end])
        elsewhere = reading.zone(member.start) != "title"
        whole = 4 <= len(bare) <= _LONGEST_NAME and bare not in word_set("generic")
        if member.kind != "quote":
            verbal = opening_verb(reading.text, member.start, member.end) is not None
            clausal = marks(reading.text).first_stop(member.start, member.end) < member.end
            once = elsewhere and member.start >= reading.lead and reading.text.count(bare) < 2
            scrap = once or (member.start, member.end) in bare_types
            return ((2 if whole else 4) + verbal + 2 * clausal, scrap, elsewhere, member.start, -length)
        headed = _is_headed(member)
        modified = member.start < member.core[0] - 1
        terse = member.core[1] - member.core[0] <= _TERSE
        if whole and headed:
            often = headings.count(key(reading.text[member.core[1] + 1 : member.end]))
            return (0, modified, elsewhere, -often, length)
        if whole and modified == terse:
            return (1, elsewhere, length)
        return (3, elsewhere, length)

    return min(cluster.members, key=rank)


def _statement(
    account: Account,
    reading: Reading,
    cluster: Cluster,
    theme: str,
    *,
    main: bool,
    confidence: float,
) -> PracticeStatement:
    chosen = _chosen(reading, cluster)
    name = account.passage.name(chosen.start, chosen.end)
    headed = "headed_" if chosen.kind == "quote" and _is_headed(chosen) else ""
    return PracticeStatement(
        name=name,
        theme=theme,
        main=main,
        aliases=_aliases(account, reading, cluster, name),
        evidence=_evidence(account, cluster, chosen),
        method=f"practice.{reading.zone(chosen.start)}_{headed}{chosen.kind}",
        confidence=round(min(0.95, max(0.05, confidence)), 2),
    )


def _aliases(account: Account, reading: Reading, cluster: Cluster, name: str) -> tuple[str, ...]:
    """Other wordings of the name: the brand without its marks, then what the title and the text call it."""
    first: dict[str, str] = {}

    def rank(member: Candidate) -> tuple[bool, bool, bool, bool, int]:
        bare = key(reading.text[member.start : member.end])
        headed = member.kind == "quote" and _is_headed(member)
        elsewhere = reading.zone(member.start) != "title"
        return (bare != cluster.core, not headed, elsewhere, len(bare) > _LONGEST_NAME, member.start)

    for member in sorted(cluster.members, key=rank):
        if member.kind not in {"quote", "title"} and not ends_in_head(reading.text, member):
            continue
        for start, end in (member.core, (member.start, member.end)):
            surface = account.passage.name(start, end)
            bare = key(surface)
            if (
                surface != name
                and bare not in word_set("generic")
                and (bare != key(name) or (start, end) == member.core)
            ):
                first.setdefault(bare, surface)
    return tuple(first.values())[:_MOST_ALIASES]


def _with_headline(account: Account, measured: Frame, statement: PracticeStatement) -> tuple[str, ...]:
    """The aliases and what the headline calls the practice, where a part of it is short and no sentence about an event."""
    text = measured.reading.text
    known = {key(name) for name in (statement.name, *statement.aliases)}
    headline: dict[str, str] = {}
    for start, end in [*measured.parts, measured.reading.title]:
        first, last = trim(text, start, end)
        bare = key(text[first:last])
        figurative = any(is_figure_of_speech(quoted) for quoted in re.findall("“([^”]*)”", text[first:last]))
        if not (_SHORTEST_HEADLINE <= len(bare) <= _LONGEST_NAME) or figurative or _EVENT.search(bare):
            continue
        if bare not in known and not any(bare in other or other in bare for other in headline):
            headline[bare] = account.passage.name(first, last)
    return (*statement.aliases, *list(headline.values())[:_MOST_HEADLINES])


def _is_headed(member: Candidate) -> bool:
    """Whether a noun goes on after the brand in its quotation marks."""
    return member.end > member.core[1] + 1


def _evidence(account: Account, cluster: Cluster, chosen: Candidate) -> tuple[Evidence, ...]:
    spans = [(chosen.start, chosen.end)]
    body = next((m for m in cluster.members if m.start >= account.body > chosen.start), None)
    if body is not None:
        spans.append((body.start, body.end))
    return tuple(piece for start, end in spans for piece in account.passage.evidence(start, end))


def _once(statements: list[PracticeStatement]) -> list[PracticeStatement]:
    kept: dict[str, PracticeStatement] = {}
    for statement in statements:
        kept.setdefault(key(statement.name), statement)
    return list(kept.values())


def _fallback(account: Account, reading: Reading, weights: Mapping[str, float]) -> PracticeStatement:
    """No name anywhere: the title, or the first clause, says what was done."""
    word = re.search(r"\w", reading.text[reading.body :])
    start, end = reading.title
    if start == end:
        start, end = reading.clause(reading.body + (word.start() if word else 0))
    end = min(end, start + _WHOLE_CLAUSE)
    return PracticeStatement(
        name=account.passage.name(start, end),
        theme=themes.of_account(reading, (), weights),
        main=True,
        evidence=account.passage.evidence(start, end),
        method="practice.clause",
        confidence=0.2,
    )
