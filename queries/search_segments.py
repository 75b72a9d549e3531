"""Segments of the search index: entries that are written together, their folded fields, facets and contents.

The key of an entry is its segment's number and its slot there. Slots are in the order in which equal hits come.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from unionkg.ontology.regions import table
from unionkg.queries import postings
from unionkg.queries.folding import BREAK, fold, joined, without_breaks
from unionkg.queries.readings import Syllable, initials, reading
from unionkg.queries.search_entries import LABELS, TITLED, Entry, provinces_of

NAME, OTHERS, SOUNDS, INITIALS, QUOTES, TEXT = FIELDS = range(6)
#: Syllables have units of their own, above those of letters.
FIRST_SYLLABLE = 256
#: A segment holds about so many characters, so that sorting its pairs takes no more than 500 MB.
FULL = 1 << 24
_FIELDS_OF_ENTRY = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry with the syllables of its names (of the name, then of the others)."""

    entry: Entry
    readings: tuple[tuple[Syllable, ...], ...]


def read_aloud(entry: Entry) -> Stored:
    """An entry with its readings."""
    names = () if entry.label in TITLED else (entry.name, *entry.others)
    return Stored(entry, tuple(map(reading, names)))


def body(connection: sqlite3.Connection, key: int) -> Stored:
    """All of an entry."""
    (content,) = connection.execute("SELECT content FROM body WHERE key = ?", (key,)).fetchone()
    given, sounds = json.loads(zlib.decompress(content))
    values = dict(zip(_FIELDS_OF_ENTRY, given, strict=True))
    for name in ("others", "regions", "themes", "lines"):
        values[name] = tuple(values[name])
    values["quotes"] = tuple((line, words) for line, words in values["quotes"])
    return Stored(Entry(**values), tuple(tuple(Syllable(*one) for one in name) for name in sounds))


def drop(connection: sqlite3.Connection, number: int) -> None:
    """Forget a segment."""
    span = (number << 32, (number + 1) << 32)
    for name in ("entry", "body"):
        connection.execute(f"DELETE FROM {name} WHERE key >= ? AND key < ?", span)
    for name in ("field", "pairs"):
        connection.execute(f"DELETE FROM {name} WHERE segment = ?", (number,))
    connection.execute("DELETE FROM segment WHERE number = ?", (number,))
    postings.remove(connection, number)


def write(connection: sqlite3.Connection, entries: Iterable[Stored]) -> None:
    """Write entries as new segments."""
    gathered: list[Stored] = []
    size = 0
    for stored in entries:
        gathered.append(stored)
        size += _size(stored.entry)
        if size >= FULL:
            _write_segment(connection, gathered)
            gathered, size = [], 0
    if gathered:
        _write_segment(connection, gathered)


def _size(entry: Entry) -> int:
    return (
        len(entry.name) + sum(map(len, entry.others)) + len(entry.text) + sum(len(words) for _, words in entry.quotes)
    )


def _write_segment(connection: sqlite3.Connection, entries: list[Stored]) -> None:
    """Write one segment; its slots are in the order in which equal hits come."""
    entries.sort(key=lambda stored: (LABELS.index(stored.entry.label), stored.entry.name, stored.entry.id))
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM segment").fetchone()
    everything = [stored.entry for stored in entries]
    texts: Mapping[int, Sequence[Sequence[str]]] = {
        NAME: [(without_breaks(entry.name),) for entry in everything],
        OTHERS: [tuple(map(without_breaks, entry.others)) for entry in everything],
        QUOTES: [tuple(words for _, words in entry.quotes) for entry in everything],
        TEXT: [(entry.text,) for entry in everything],
    }
    written = {field: _folded_field(values) for field, values in texts.items()}
    units = _syllable_units(connection, entries)
    written[SOUNDS] = _unit_field(
        [[[units[s.sound] for s in name if s.sound in units] for name in e.readings] for e in entries]
    )
    written[INITIALS] = _unit_field([[[ord(s.sound) for s in initials(name)] for name in e.readings] for e in entries])
    for field, (indexed, offsets) in written.items():
        starts = offsets.astype(np.uint32)
        postings.write(connection, number, field, indexed, starts)
        connection.execute("INSERT INTO field VALUES (?, ?, ?)", (number, field, starts.tobytes()))
    connection.execute(
        "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            len(entries),
            sum(map(_size, everything)),
            np.array([LABELS.index(entry.label) for entry in everything], dtype=np.uint8).tobytes(),
            np.array([entry.year for entry in everything], dtype=np.uint16).tobytes(),
            bytes(len(entries)),
        ),
    )
    _write_facets(connection, number, everything)
    first = number << 32
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
        ((first | i, e.id, e.label, e.name, e.document, e.digest) for i, e in enumerate(everything)),
    )
    connection.executemany("INSERT INTO body VALUES (?, ?)", ((first | i, _packed(s)) for i, s in enumerate(entries)))


def _packed(stored: Stored) -> bytes:
    values = [getattr(stored.entry, name) for name in _FIELDS_OF_ENTRY]
    content = json.dumps([values, stored.readings], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(content.encode(), 1)


Field = tuple[NDArray[np.uint16], NDArray[np.int64]]


def _folded_field(values: Sequence[Sequence[str]]) -> Field:
    """The units of all values, a break before and after each, and where each slot's begin; last, the end."""
    text, starts = joined(["\x1e".join(of_slot) for of_slot in values])
    found = fold(text)
    begins = np.searchsorted(found.offsets, np.array(starts, dtype=np.int64))
    return found.units, np.append(begins, len(found.units))


def _unit_field(values: Sequence[Sequence[Sequence[int]]]) -> Field:
    units, starts = [BREAK], []
    for of_slot in values:
        starts.append(len(units))
        for value in of_slot:
            if value:
                units += [*value, BREAK]
    return np.array(units, dtype=np.uint16), np.array([*starts, len(units)], dtype=np.int64)


def _syllable_units(connection: sqlite3.Connection, entries: Iterable[Stored]) -> dict[str, int]:
    """The units of syllables, new ones added. Latin letters and digits have none: they are in the names as they are."""
    known = {sound: unit for unit, sound in connection.execute("SELECT unit, sound FROM syllable")}
    spoken = {
        s.sound
        for stored in entries
        for name in stored.readings
        for s in name
        if s.end - s.start == 1 and len(s.sound) < 7
    }
    for sound in sorted(spoken - known.keys()):
        if sound.isascii() and sound.isalpha():
            known[sound] = FIRST_SYLLABLE + len(known)
            connection.execute("INSERT INTO syllable VALUES (?, ?)", (known[sound], sound))
    return known


def _write_facets(connection: sqlite3.Connection, number: int, entries: Sequence[Entry]) -> None:
    regions = table()
    known: dict[tuple[str, str], int]
    known = {(facet, value): n for n, facet, value in connection.execute("SELECT number, facet, value FROM facet")}

    def number_of(facet: str, value: str) -> int:
        if (facet, value) not in known:
            name = value if facet == "theme" else regions.name(value)
            done = connection.execute("INSERT INTO facet (facet, value, name) VALUES (?, ?, ?)", (facet, value, name))
            known[facet, value] = done.lastrowid or 0
        return known[facet, value]

    found: dict[str, list[tuple[int, int]]] = {"region": [], "province": [], "theme": []}
    above: dict[str, tuple[str, ...]] = {}
    for slot, entry in enumerate(entries):
        provinces: set[str] = set()
        for code in entry.regions:
            if code not in above:
                above[code] = provinces_of(code)
            provinces.update(above[code])
            found["region"].append((slot, number_of("region", code)))
        found["province"] += [(slot, number_of("province", code)) for code in sorted(provinces)]
        found["theme"] += [(slot, number_of("theme", name)) for name in entry.themes]
    for facet, given in found.items():
        slots, numbers = np.array(given, dtype=np.uint32).reshape(-1, 2).T
        connection.execute("INSERT INTO pairs VALUES (?, ?, ?, ?)", (number, facet, slots.tobytes(), numbers.tobytes()))
