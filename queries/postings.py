"""Where every pair of neighbouring units stands in a folded text: an index that answers with exact substrings.

The text of a field of a segment is an array of 16-bit units, ending with `unionkg.queries.folding.BREAK`. Under the key of
each pair stand its positions, ascending, as 32-bit numbers. A phrase stands wherever the pairs that cover it stand at
the right distances: nothing more (no ranking by likeness, no stemming), nothing less.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from unionkg.queries.folding import BREAK

Units = NDArray[np.uint16]
Positions = NDArray[np.uint32]

SCHEMA = "CREATE TABLE positions (key INTEGER PRIMARY KEY, at BLOB NOT NULL)"
#: A segment has so many fields at most: its number and the field's make the upper part of a key.
_FIELDS = 8


def write(connection: sqlite3.Connection, segment: int, field: int, units: Units, starts: Positions) -> None:
    """Index the text of a field of a segment; ``starts`` are the slots' starts and the end of the last."""
    connection.executemany("INSERT INTO positions VALUES (?, ?)", _rows(_base(segment, field), units, starts))


def remove(connection: sqlite3.Connection, segment: int) -> None:
    """Forget a segment."""
    connection.execute("DELETE FROM positions WHERE key >= ? AND key < ?", (_base(segment, 0), _base(segment + 1, 0)))


def slots(
    connection: sqlite3.Connection, segment: int, field: int, phrase: Units, starts: Positions
) -> NDArray[np.intp]:
    """In which slots of a field a phrase stands, each once or more; ``starts`` are the slots' starts and the end of the last."""
    base = _base(segment, field)
    if len(phrase) == 1:
        return _in_slots_of_unit(connection, base, int(phrase[0]), starts)
    begins = _phrase(connection, base, phrase)
    # The break before a value is the last unit of the slot before.
    begins += np.uint32(phrase[0] == BREAK)
    if len(begins) > len(starts):
        places = np.searchsorted(begins, starts)
        return np.flatnonzero(places[1:] > places[:-1])
    return _in_slots(begins, starts)


def _base(segment: int, field: int) -> int:
    return (segment * _FIELDS + field) << 32


def _rows(base: int, units: Units, starts: Positions) -> Iterator[tuple[int, bytes]]:
    if len(units) < 2:
        return
    # Pair and position in one number: a sort brings the positions of each pair together, in order.
    packed = units[:-1].astype(np.uint64)
    packed <<= np.uint64(16)
    packed |= units[1:]
    packed <<= np.uint64(32)
    packed |= np.arange(len(packed), dtype=np.uint64)
    packed.sort()
    pairs = (packed >> np.uint64(32)).astype(np.uint32)
    positions = packed.astype(np.uint32)
    del packed
    content = positions.tobytes()
    firsts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    lasts = np.append(firsts[1:], len(pairs))
    for pair, first, last in zip(pairs[firsts].tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        yield base | pair, content[first * 4 : last * 4]
    yield from _common_units(base, (pairs >> 16).astype(np.uint16), positions, starts)


def _common_units(base: int, units: Units, positions: Positions, starts: Positions) -> Iterator[tuple[int, bytes]]:
    """For units that stand in an eighth of all slots or more: in which, a bit for each, under the pair with 0."""
    firsts = np.flatnonzero(np.concatenate([[True], units[1:] != units[:-1]]))
    lasts = np.append(firsts[1:], len(units))
    enough = max((len(starts) - 1) // 8, 1)
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        if last - first >= enough:
            there = np.zeros(len(starts) - 1, dtype=bool)
            there[_in_slots(positions[first:last], starts)] = True
            if np.count_nonzero(there) >= enough:
                yield base | int(units[first]) << 16, np.packbits(there).tobytes()


def _phrase(connection: sqlite3.Connection, base: int, phrase: Units) -> Positions:
    """Where a phrase of two units or more begins: the rarest of its pairs, kept where the others stand beside it."""
    offsets = [*range(0, len(phrase) - 2, 2), len(phrase) - 2]
    found: list[tuple[Positions, int]] = []
    for offset in offsets:
        pair = int(phrase[offset]) << 16 | int(phrase[offset + 1])
        row = connection.execute("SELECT at FROM positions WHERE key = ?", (base | pair,)).fetchone()
        if row is None:
            return np.empty(0, dtype=np.uint32)
        found.append((np.frombuffer(row[0], dtype=np.uint32), offset))
    found.sort(key=lambda pair: len(pair[0]))
    begins = found[0][0] - np.uint32(found[0][1])
    for positions, offset in found[1:]:
        wanted = begins + np.uint32(offset)
        places = np.searchsorted(positions, wanted)
        places[places == len(positions)] = 0
        begins = begins[positions[places] == wanted]
    return begins


def _in_slots(positions: Positions, starts: Positions) -> NDArray[np.intp]:
    return np.searchsorted(starts, positions, side="right") - 1


def _in_slots_of_unit(connection: sqlite3.Connection, base: int, unit: int, starts: Positions) -> NDArray[np.intp]:
    """The slots in which a unit stands, whatever follows it."""
    key = base | unit << 16
    common = connection.execute("SELECT at FROM positions WHERE key = ?", (key,)).fetchone()
    if common:
        there = np.unpackbits(np.frombuffer(common[0], dtype=np.uint8), count=len(starts) - 1)
        return np.flatnonzero(there)
    rows = connection.execute("SELECT at FROM positions WHERE key BETWEEN ? AND ?", (key | 1, key | 0xFFFF))
    return _in_slots(np.frombuffer(b"".join(at for (at,) in rows), dtype=np.uint32), starts)
