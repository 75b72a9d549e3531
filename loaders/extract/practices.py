"""Which innovation an account tells of: its main practice and the named parts of it.

Every candidate name (`unionkg.loaders.extract.practice_names`) is weighed by the features of its cluster
(`unionkg.loaders.extract.practice_clusters`) with the weights of ``practice_weights.csv``: column ``main`` ranks
the clusters of one account (conditional logit), column ``part`` tells names of parts from other words (logit).
Exactly one practice of an account is main.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from unionkg.graph.records import Evidence, PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practice_text, themes
from unionkg.loaders.extract.practice_clusters import Cluster, Frame, clusters, features, frame, key, weigh
from unionkg.loaders.extract.practice_marks import marks, pattern, word_set
from unionkg.loaders.extract.practice_names import Candidate, candidates, ends_in_head, is_figure_of_speech, trim
from unionkg.loaders.extract.practice_text import Reading
from unionkg.ontology.vocabulary import table

_MOST_ALIASES = 3
_PART = 0.4
_WHOLE_CLAUSE = 30
_LONGEST_NAME = 16
#: a brand of so few characters does not stand by itself: 总部职工“全人会”
_TERSE = 3
_SHORTEST_HEADLINE = 5
_MOST_HEADLINES = 2
_EVENT = re.compile("[了也吗呢]|[0-9.]+(?:万|亿)?[余多]?[家个名人场次]|^(?:案例|附件)|(?:工会|[省市县区])$")


def read(
    account: Account,
    document: DocumentContext,  # noqa: ARG001
    vocabularies: Path | None = None,
) -> tuple[PracticeStatement, ...]:
    """The practices of an account, the main one first; ``vocabularies`` is a workspace's folder of that name."""
    reading = practice_text.read(account, vocabularies)
    if not re.search(r"\w", reading.text):
        return ()
    measured = frame(reading)
    found = [(cluster, features(measured, cluster)) for cluster in clusters(reading, candidates(reading))]
    if not found:
        return (_fallback(account, reading),)
    scores = [weigh(values, weights("main")) for _, values in found]
    main = scores.index(max(scores))
    confidence = _share(scores, main)
    chosen = _chosen(reading, found[main][0])
    theme = themes.of_account(reading, found[main][0].members)
    statements = [_statement(account, reading, found[main][0], chosen, theme, main=True, confidence=confidence)]
    statements[0] = replace(statements[0], aliases=_with_headline(account, measured, statements[0]))
    for index, (cluster, values) in enumerate(found):
        if index == main or cluster.core in found[main][0].core:
            continue
        probability = _logistic(weigh(values, weights("part")))
        if probability < _PART:
            continue
        part = _chosen(reading, cluster)
        statements.append(
            _statement(
                account,
                reading,
                cluster,
                part,
                themes.of_part(reading, cluster.members, theme),
                main=False,
                confidence=probability,
            )
        )
    return tuple(_once(statements))


@cache
def weights(column: str) -> Mapping[str, float]:
    """A column of practice_weights.csv by feature."""
    return {row["feature"]: float(row[column]) for row in table("practice_weights")}


def _share(scores: list[float], index: int) -> float:
    top = max(scores)
    return math.exp(scores[index] - top) / sum(math.exp(score - top) for score in scores)


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _chosen(reading: Reading, cluster: Cluster) -> Candidate:
    """The member to call the practice by: a brand with its head noun, else the first name that stands by itself."""

    def rank(member: Candidate) -> tuple[int, int, int, int]:
        length = member.end - member.start
        bare = key(reading.text[member.start : member.end])
        elsewhere = int(reading.zone(member.start) != "title")
        whole = 4 <= len(bare) <= _LONGEST_NAME and bare not in word_set("generic")
        if member.kind != "quote":
            verbal = pattern("do", "light").match(reading.text, member.start) is not None
            clausal = marks(reading.text).first_stop(member.start, member.end) < member.end
            return ((2 if whole else 4) + verbal + 2 * clausal, elsewhere, member.start, -length)
        headed = member.end > member.core[1] + 1
        modified = member.start < member.core[0] - 1
        terse = member.core[1] - member.core[0] <= _TERSE
        if whole and headed and modified == terse:
            return (0, elsewhere, length, 0)
        if whole and (headed or modified == terse):
            return (1, elsewhere, length, 0)
        return (3, elsewhere, length, 0)

    return min(cluster.members, key=rank)


def _statement(
    account: Account,
    reading: Reading,
    cluster: Cluster,
    chosen: Candidate,
    theme: str,
    *,
    main: bool,
    confidence: float,
) -> PracticeStatement:
    name = account.passage.name(chosen.start, chosen.end)
    zone = reading.zone(chosen.start)
    return PracticeStatement(
        name=name,
        theme=theme,
        main=main,
        aliases=_aliases(account, reading, cluster, name),
        evidence=_evidence(account, cluster, chosen),
        method=f"practice.{zone}_{chosen.kind}",
        confidence=round(min(0.95, max(0.05, confidence)), 2),
    )


def _aliases(account: Account, reading: Reading, cluster: Cluster, name: str) -> tuple[str, ...]:
    """Other wordings of the name: the brand without its marks, then what the title and the text call it."""
    first: dict[str, str] = {}

    def rank(member: Candidate) -> tuple[bool, bool, bool, bool, int]:
        bare = key(reading.text[member.start : member.end])
        headed = member.kind == "quote" and member.end > member.core[1] + 1
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


def _fallback(account: Account, reading: Reading) -> PracticeStatement:
    """No name anywhere: the title, or the first clause, says what was done."""
    word = re.search(r"\w", reading.text[reading.body :])
    start, end = reading.title
    if start == end:
        start, end = reading.clause(reading.body + (word.start() if word else 0))
    end = min(end, start + _WHOLE_CLAUSE)
    return PracticeStatement(
        name=account.passage.name(start, end),
        theme=themes.of_account(reading, ()),
        main=True,
        evidence=account.passage.evidence(start, end),
        method="practice.clause",
        confidence=0.2,
    )
