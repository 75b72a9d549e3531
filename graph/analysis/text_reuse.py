"""Reuse of wording between accounts: passages that one account shares with another, set phrases counting little.

Candidates share rare sequences of characters; each pair is then aligned locally (Smith & Waterman) over characters of
Chinese and words of Latin script. What many texts say (公文套话) weighs little: a token's weight is how rare the
sequence around it is in the collection.

References
----------
Smith & Waterman (1981), Identification of common molecular subsequences, Journal of Molecular Biology 147(1).
Linder, Desmarais, Burgess & Giraudy (2020), Text as policy: measuring policy similarity through bill text reuse,
Policy Studies Journal 48(2).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_TOKEN = re.compile(r"[a-z0-9]+|[^\W\d_a-z]", re.IGNORECASE)
SHINGLE = 4
"""Tokens in a sequence whose rarity counts."""
CROWD = 40
"""A sequence that more texts than this have finds no candidates."""
_MISMATCH, _GAP = 0.6, 0.5
"""What a differing and a skipped token cost, in the weight of a token that occurs once."""
_EQUAL = 1e-9
"""Scores that differ by less are equal."""
_MOST_TOKENS = 1 << 22
"""More tokens than a text has; with two texts of a million each, the number of a passage fits into 64 bits."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage shared by two texts.

    ``left`` and ``right`` are its places (start, end) in the texts, ``tokens`` how many it has in common, ``score`` the
    weight of those less what differs.
    """

    score: float
    tokens: int
    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much sequences weigh: in how many of ``texts`` texts each occurs."""

    texts: int
    within: Mapping[tuple[str, ...], int]

    def of(self, shingle: tuple[str, ...]) -> float:
        """From 1 for a sequence that no third text has down to 0 for one of all texts."""
        having = self.within.get(shingle, 1)
        if having <= 2:
            return 1.0
        return 1 - math.log(having / 2) / math.log(self.texts / 2)


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Characters of Chinese and words of Latin script, in lower case, with their places (start, end)."""
    return [(match[0].lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def weights(texts: Sequence[str]) -> Weights:
    """Count in how many texts each sequence of `SHINGLE` tokens occurs; those of one text alone are not kept."""
    import numpy as np

    found = _sequences(texts)
    sequence, number = np.unique(found.sequence, return_counts=True)
    several = number > 1
    return Weights(
        len(texts), {found.words(int(s)): int(n) for s, n in zip(sequence[several], number[several], strict=True)}
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sequences:
    """Which sequences occur in which texts, each pair once: two arrays of one length, in the order of the sequences.

    ``first`` is where each sequence begins among all ``tokens``.
    """

    sequence: Array
    text: Array
    first: Array
    tokens: Sequence[str]

    def words(self, sequence: int) -> tuple[str, ...]:
        """The tokens of a sequence."""
        begin = int(self.first[sequence])
        return tuple(self.tokens[begin : begin + SHINGLE])


def _sequences(texts: Sequence[str]) -> _Sequences:
    """Number the sequences of all texts: arrays, because tuples of millions take a gigabyte."""
    import numpy as np

    said, bounds = [], [0]
    for text in texts:
        said += [token for token, _, _ in tokens(text)]
        bounds.append(len(said))
    numbers: dict[str, int] = {}
    token = np.array([numbers.setdefault(one, len(numbers)) for one in said], np.int64)
    place = np.concatenate(
        [np.arange(a, max(a, b - SHINGLE + 1)) for a, b in pairwise(bounds)] or [np.empty(0, np.int64)]
    ).astype(np.int64)
    sequence = token[place]
    for step in range(1, SHINGLE):  # each number stays below the count of places, so the product fits
        _, sequence = np.unique(sequence * max(len(numbers), 1) + token[place + step], return_inverse=True)
    _, first = np.unique(sequence, return_index=True)
    holder = np.searchsorted(np.array(bounds), place, side="right") - 1
    pair = np.unique(sequence * max(len(texts), 1) + holder)
    return _Sequences(pair // max(len(texts), 1), pair % max(len(texts), 1), place[first], said)


def align(left: str, right: str, known: Weights) -> Reuse | None:
    """The best passage that two texts share; None where they share nothing.

    Equal tokens count by the rarity of the sequences that they stand in, differing and skipped ones against it. Every
    cell carries where its passage began and how many tokens of it are equal, so that one row is kept and no table:
    memory grows with the length of the texts, time with the product of their lengths.
    """
    import numpy as np

    first, second = tokens(left), tokens(right)
    if not first or not second:
        return None
    index = {token: at for at, token in enumerate({t for t, _, _ in first} | {t for t, _, _ in second})}
    rows, columns = np.array([index[t] for t, _, _ in first]), np.array([index[t] for t, _, _ in second])
    worth = _worth([t for t, _, _ in first], known)
    width = len(columns) + 1
    place, gaps = np.arange(width), _GAP * np.arange(width)
    # A passage as one number: its first cell (row times width plus column), then its equal tokens.
    score, passage = np.zeros(width), place * _MOST_TOKENS
    best, found, end = 0.0, 0, (0, 0)
    for i, token in enumerate(rows):
        same = columns == token
        along, down = score[:-1] + np.where(same, worth[i], -_MISMATCH), score[1:] - _GAP
        on = along >= down - _EQUAL
        reached, came = np.zeros(width), ((i + 1) * width + place) * _MOST_TOKENS
        reached[1:] = np.where(on, along, down)
        came[1:] = np.where(on, passage[:-1] + same, passage[1:])
        # Skipping tokens of the other text: from the nearest cell on the left that gives the most.
        open_ = np.maximum(reached, 0) + gaps
        most = np.maximum.accumulate(open_)
        score = most - gaps
        source = np.maximum.accumulate(np.where(open_ >= most - _EQUAL, place, 0))
        passage = np.where(score > _EQUAL, came[source], ((i + 1) * width + place) * _MOST_TOKENS)
        if score.max() > best:
            at = int(score.argmax())
            best, found, end = float(score[at]), int(passage[at]), (i + 1, at)
    if not best:
        return None
    start, equal = divmod(found, _MOST_TOKENS)
    i, j = divmod(start, width)
    return Reuse(best, equal, (first[i][1], first[end[0] - 1][2]), (second[j][1], second[end[1] - 1][2]))


def candidates(texts: Mapping[str, str], known: Weights, least: float = 8.0) -> Iterator[tuple[str, str]]:
    """Pairs of texts, in order of their ids, whose shared sequences weigh at least so much.

    A sequence that more than a tenth of the texts (and more than ten), or more than `CROWD`, have is a set phrase and
    finds no candidates: its weight is small, and its pairs are too many to count.
    """
    import numpy as np

    ids = sorted(texts)
    found = _sequences([texts[identifier] for identifier in ids])
    sequence, begin, number = np.unique(found.sequence, return_index=True, return_counts=True)
    most = max(10, min(len(texts) // 10, CROWD))
    shared: dict[tuple[int, int], float] = defaultdict(float)
    several = (number > 1) & (number <= most)
    for one, at, size in zip(sequence[several], begin[several], number[several], strict=True):
        weight = known.of(found.words(int(one)))
        for pair in combinations(found.text[at : at + size].tolist(), 2):
            shared[pair] += weight
    yield from sorted((ids[one], ids[other]) for (one, other), weight in shared.items() if weight >= least)


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - SHINGLE + 1):
        yield tuple(words[at : at + SHINGLE])


def _worth(words: Sequence[str], known: Weights) -> list[float]:
    """What each token of a text weighs: the mean of the sequences that it stands in."""
    around: list[list[float]] = [[] for _ in words]
    for at, shingle in enumerate(_shingles(words)):
        weight = known.of(shingle)
        for inside in range(at, at + SHINGLE):
            around[inside].append(weight)
    return [sum(found) / len(found) if found else 1.0 for found in around]
