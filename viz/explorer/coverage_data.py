"""What the page tells of coverage: for each region and practice type on record, confirmed absent, not seen, no material.

Only cells of which a document or a ledger says something are listed; the page tells the others by whether there is any
account from the region. Theme and target group are different things, so nothing here is chosen by a group.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from unionkg.graph.analysis.coverage import ABSENT, ON_RECORD, Column, Level, Told, columns, matrix, told
from unionkg.graph.stores.protocol import Relationship
from unionkg.viz.explorer.base import Base

LEVELS: tuple[Level, ...] = ("province", "prefecture")


def coverage_data(base: Base) -> dict[str, Any]:
    """The matrices of provinces and of prefectures.

    Returns
    -------
    dict
        - ``types``: [name, routine, position of the type or None, accounts that apply it] of each column: those that
          occur or that a ledger names by name, then what the vocabulary files in a field besides;
        - ``fields``: for each theme of the page's table [column, accounts of the field that apply it, filed there by the
          vocabulary], those filed first, then by how many accounts, as ``planning.coverage_matrix`` orders them;
        - ``levels``: by level ``regions`` (positions, by code), ``material`` (those of them with any account) and
          ``cells`` [region, column, state, accounts, positions in told, positions in ledger]; a state is ``record``,
          ``absent`` or ``silent`` (a ledger that says neither). Other cells: nothing is said;
        - ``uncounted``: provinces that are shown and not counted;
        - ``told``: [account's position or None, its name, id of the account that it is a printing of, themes, quotes] of
          each statement that an account applies a type;
        - ``ledger``: [region, status, date, number, unit, denominator, title of the ledger, place in it, its row].
    """
    of = told(base.projection)
    fields = [columns(of, theme) for theme in base.tables["Theme"]]
    seen = columns(of)
    known = {kind.practice_type for kind in seen}
    # What the vocabulary files in a field has a column there, used or not.
    filed = {kind.practice_type: replace(kind, in_field=0) for some in fields for kind in some}
    kinds = [*seen, *(kind for kind in filed.values() if kind.practice_type not in known)]
    at = {kind.practice_type: number for number, kind in enumerate(kinds)}
    applied, entries = _Listed(), _Listed()
    levels = {level: _level(base, of, level, kinds, at, applied, entries) for level in LEVELS}
    return {
        "types": [_type(base, kind, of) for kind in kinds],
        "fields": [[[at[one.practice_type], one.in_field, one.listed] for one in some] for some in fields],
        "levels": levels,
        "uncounted": [
            base.add("Region", identifier)
            for identifier, node in sorted(of.found.places.nodes.items())
            if node.properties.get("level") == "province"
            and "valid_to" not in node.properties
            and not node.properties.get("counted", True)
        ],
        "told": [_told(base, of, tie) for tie in applied.ties],
        "ledger": [_entry(base, tie) for tie in entries.ties],
    }


class _Listed:
    """Statements in the order in which cells first refer to them."""

    def __init__(self) -> None:
        self.ties: list[Relationship] = []
        self._at: dict[str, int] = {}

    def at(self, tie: Relationship) -> int:
        """Where a statement stands; it is put there when it was not."""
        number = self._at.setdefault(tie.id, len(self.ties))
        if number == len(self.ties):
            self.ties.append(tie)
        return number


def _level(
    base: Base,
    of: Told,
    level: Level,
    kinds: list[Column],
    at: dict[str, int],
    applied: _Listed,
    entries: _Listed,
) -> dict[str, Any]:
    made = matrix(of, level, kinds)
    words = {ON_RECORD: "record", ABSENT: "absent"}
    return {
        "regions": [base.add("Region", region) for region in made.regions],
        "material": [base.add("Region", region) for region in made.regions if region in made.material],
        "cells": [
            [
                base.add("Region", region),
                at[practice_type],
                words.get(cell.state, "silent"),
                cell.accounts,
                [applied.at(tie) for tie in cell.applied],
                [entries.at(tie) for tie in cell.entries],
            ]
            for (region, practice_type), cell in made.cells.items()
        ],
    }


def _type(base: Base, kind: Column, of: Told) -> list[Any]:
    routine = bool(of.found.nodes["PracticeType", kind.practice_type].properties.get("routine"))
    return [kind.name, routine, base.position("PracticeType", kind.practice_type), kind.in_field]


def _told(base: Base, of: Told, tie: Relationship) -> list[Any]:
    case = tie.start[1]
    account = of.found.every[case]
    themes = [base.add("Theme", theme) for theme in sorted(account.themes)]
    name = of.found.nodes["PracticeCase", case].properties["name"]
    return [base.position("PracticeCase", case), name, account.id, themes, base.of(tie)]


def _entry(base: Base, tie: Relationship) -> list[Any]:
    given = tie.properties
    names = ("status", "date", "amount", "unit", "denominator", "source", "place", "row")
    return [base.add("Region", tie.start[1]), *(given.get(name) for name in names)]
