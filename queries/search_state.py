"""What of a search index is held in memory: a few bytes for each entry, read again when the file has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionkg.queries import search_index


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: its entries' place among all, and for each field where each entry's text begins."""

    number: int
    span: slice
    starts: Mapping[int, NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class State:
    """What of an index is held in memory: a few bytes for each entry."""

    token: str
    segments: tuple[Segment, ...]
    labels: NDArray[np.uint8]
    years: NDArray[np.uint16]
    alive: NDArray[np.bool_]
    pairs: Mapping[str, tuple[NDArray[np.uint32], NDArray[np.uint32]]]
    facets: Mapping[int, tuple[str, str, str]]
    syllables: Mapping[str, int]


class SearchIndex:
    """An index that several questions are asked; it sees updates of its file. Threads may share it.

    Parameters
    ----------
    path : Path
        The file that `unionkg.queries.search_index.update` makes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._state: State | None = None

    def state(self, connection: sqlite3.Connection) -> State:
        """The index as it is on the disk now."""
        state = self._state
        if state is None or state.token != search_index.meta_token(connection):
            state = self._state = _read(connection)
        return state


def _read(connection: sqlite3.Connection) -> State:
    rows = connection.execute("SELECT number, slots, labels, years, dead FROM segment ORDER BY number").fetchall()
    bounds = [0, *np.cumsum([slots for _, slots, _, _, _ in rows]).tolist()]
    first = {number: start for (number, *_), start in zip(rows, bounds, strict=False)}
    starts: dict[int, dict[int, NDArray[np.uint32]]] = {number: {} for number in first}
    for number, field, blob in connection.execute("SELECT segment, field, starts FROM field"):
        starts[number][field] = np.frombuffer(blob, dtype=np.uint32)
    pairs = {}
    for facet in ("region", "province", "theme"):
        given = connection.execute("SELECT segment, slots, numbers FROM pairs WHERE facet = ?", (facet,)).fetchall()
        slots = [np.frombuffer(blob, dtype=np.uint32) + np.uint32(first[number]) for number, blob, _ in given]
        numbers = [np.frombuffer(blob, dtype=np.uint32) for _, _, blob in given]
        pairs[facet] = (_together(slots, np.uint32), _together(numbers, np.uint32))
    return State(
        token=search_index.meta_token(connection),
        segments=tuple(
            Segment(number, slice(start, end), starts[number])
            for (number, *_), (start, end) in zip(rows, pairwise(bounds), strict=True)
        ),
        labels=_together([np.frombuffer(row[2], dtype=np.uint8) for row in rows], np.uint8),
        years=_together([np.frombuffer(row[3], dtype=np.uint16) for row in rows], np.uint16),
        alive=_together([np.frombuffer(row[4], dtype=np.uint8) for row in rows], np.uint8) == 0,
        pairs=pairs,
        facets={n: (facet, value, name) for n, facet, value, name in connection.execute("SELECT * FROM facet")},
        syllables={sound: unit for unit, sound in connection.execute("SELECT unit, sound FROM syllable")},
    )


def _together(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=kind), *arrays])
