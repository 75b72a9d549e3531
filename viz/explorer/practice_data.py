"""What the page tells of each practice type: who took it up and when, its curve, who had it from whom, in which mode.

Adoptions, curves, fits and modes are those of ``unionkg diffusion cascades``, ``curves``, ``fits`` and ``modes``. Routine
practice types, which every union has, have accounts and stated ties, and neither order nor curve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from unionkg.graph.analysis import modes
from unionkg.graph.analysis.accounts import Account, Selection, collection
from unionkg.graph.analysis.adoptions import UNITS, Adoption, Spread, Unit, material, spreads, year
from unionkg.graph.analysis.cascades import Evidence, evidence
from unionkg.graph.analysis.curves_of_adoption import classes_of, dated, fits_of, within, years_of
from unionkg.graph.analysis.spread_steps import said_once
from unionkg.graph.analysis.units import could_adopt
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import Language, speaking
from unionkg.ontology.model import schema
from unionkg.ontology.vocabulary import terms
from unionkg.viz.explorer.base import Base

#: What is told of a statement of spread beside its ends, where it holds.
_FLAGS = ("collective", "internal", "intended")
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def practice_data(base: Base) -> dict[str, Any]:
    """What is told of every practice type that occurs, in the order of the page's table of types.

    Returns
    -------
    dict
        ``types``: a row for each type with

        - ``aliases``, ``broader`` (positions of types), ``themes`` and ``groups`` ([position, accounts], apart);
        - ``cases``: [position or None, name, unions, regions, quotes] of each account's printing, which others refer to;
          its quotes are what an adoption rests on by it, none where no adoption does;
        - ``adopters`` by unit: [position of union or region, not_before, not_after, dated_by, censoring, cases, Rogers'
          class or None], earliest upper bound first, and of its cases those that give it; ``unplaced`` accounts by unit; empty for routine types;
        - ``curves``: [unit, level or None, base, [year, new_stated, new_possible, newly_known, known, possible]s];
        - ``dated``: adopting unions, those with a stated year, different years; ``fits``: [curve, parameter, value, error,
          R squared, periods]; ``lacking``: [curve, why in Chinese, in English];
        - ``ties``: [case, relationship, which way (in, out or None), other as printed, [label, position or None], period,
          form, flags, quotes, review];
        - ``modes``: None where it is no account's main practice, else ``accounts``, ``edges``, ``findings`` [mode, order,
          [role, relationship, case, other, period, quotes, review]s] and ``unused`` [relationship, reason, number];
        - ``claims``: [case, words, scope, position of the region or None, quotes, review].

        ``modes`` ([key, zh, en, definition zh, definition en]) and ``reasons`` say what keys mean; ``end`` is the last
        year of the material.
    """
    teller = _Teller(base)
    return {
        "types": [teller.told(identifier) for identifier in base.tables["PracticeType"]],
        "modes": [
            [term.key, term.zh, term.en, term.fields["definition_zh"], term.fields["definition_en"]]
            for term in terms("diffusion_modes")
        ],
        "reasons": {key: list(both) for key, both in modes.UNUSED.items()},
        "end": teller.end,
    }


class _Teller:
    """What all types share, read once."""

    def __init__(self, base: Base) -> None:
        self.base = base
        projection = base.projection
        found = collection(projection, Selection())
        reached = material(projection).end
        self.end = year(reached) if reached else None
        self.behind: Evidence = evidence(projection)
        self.spreads: dict[Unit, dict[str, Spread]] = {
            unit: {one.practice_type: one for one in spreads(projection, unit)} for unit in UNITS
        }
        self.could: dict[tuple[Unit, str | None], list[str]] = {
            (unit, None): could_adopt(unit, found) for unit in UNITS
        }
        for term in terms("union_levels"):
            self.could["union", term.key] = could_adopt("union", found, level=term.key)
        self.modes = {one.practice_type: one for one in modes.modes(projection)}
        self.accounts: dict[str, list[Account]] = defaultdict(list)
        for account in base.collection.accounts:
            for practice_type in account.types:
                self.accounts[practice_type].append(account)
        self.claims: dict[str, list[Relationship]] = defaultdict(list)
        for tie in base.ties("CLAIMED_FIRST"):
            self.claims[tie.start[1]].append(tie)
        self.served: dict[str, set[str]] = defaultdict(set)
        for tie in base.ties("SERVED"):
            self.served[base.collection.every[tie.start[1]].id].add(tie.end[1])
        self.owners = _both_ways(base.ties("INITIATED"), lambda tie: (tie.end[1], tie.start[1]))
        self.places = _both_ways(base.ties("TOOK_PLACE_IN"), lambda tie: (tie.start[1], tie.end[1]))
        self.broader: dict[str, list[str]] = defaultdict(list)
        for lower, upper in sorted(base.collection.broader):
            self.broader[lower].append(upper)

    def told(self, practice_type: str) -> dict[str, Any]:
        """The row of one practice type."""
        base = self.base
        node = base.nodes["PracticeType", practice_type]
        accounts = self.accounts[practice_type]
        applied = [tie for account in accounts for tie in account.applied[practice_type]]
        cases = _Cases(self, sorted({tie.start[1] for tie in applied}, key=self._place))
        of_main = [
            account
            for account in accounts
            if any(tie.properties.get("role") == "main" for tie in account.applied[practice_type])
        ]
        row: dict[str, Any] = {
            "aliases": node.properties.get("aliases", []),
            "broader": [
                at for one in self.broader[practice_type] if (at := base.position("PracticeType", one)) is not None
            ],
            "themes": _counted(base, "Theme", (account.themes for account in accounts)),
            "groups": _counted(base, "TargetGroup", (self.served[account.id] for account in accounts)),
            "ties": [self._tie(tie, cases) for account in of_main for tie in said_once(account)],
            "claims": [self._claim(tie, cases) for tie in self._claims(of_main, applied)],
            "modes": self._modes(practice_type, cases),
            "adopters": {},
            "unplaced": {},
            "curves": [],
            "dated": [0, 0, 0],
            "fits": [],
            "lacking": [],
        }
        if not node.properties.get("routine"):
            row |= self._spread(practice_type, cases)
        return row | {"cases": cases.rows()}

    def _place(self, case: str) -> tuple[str, int]:
        given = self.base.nodes["PracticeCase", case].properties
        return str(given["document"]), int(str(given.get("first_line", 0)))

    # -------------------------------------------------------- who, when

    def _spread(self, practice_type: str, cases: _Cases) -> dict[str, Any]:
        unions = self.spreads["union"].get(practice_type)
        known = {unit: found[practice_type] for unit, found in self.spreads.items() if practice_type in found}
        counted = dated(unions) if unions else None
        classes = classes_of(unions) if unions and counted and counted.enough else []
        fits, lacking = self._fits(unions)
        return {
            "adopters": {
                unit: [
                    self._adoption(one, unit, cases, classes[number] if unit == "union" and classes else None)
                    for number, one in enumerate(spread.adoptions)
                ]
                for unit, spread in known.items()
            },
            "unplaced": {unit: spread.unplaced for unit, spread in known.items()},
            "curves": [
                self._curve(spread, unit, level)
                for unit, spread in known.items()
                for wanted, level in self.could
                if wanted == unit and within(spread, self.could[unit, level]).adoptions
            ],
            "dated": [counted.adopters, counted.stated, counted.years] if counted else [0, 0, 0],
            "fits": fits,
            "lacking": lacking,
        }

    def _adoption(self, one: Adoption, unit: Unit, cases: _Cases, of_class: str | None) -> list[Any]:
        label = "TradeUnion" if unit == "union" else "Region"
        ordered = sorted(one.statements, key=lambda tie: (tie.properties.get("not_after") != one.not_after, tie.id))
        by_case: dict[str, list[Relationship]] = defaultdict(list)
        for tie in ordered:
            by_case[tie.start[1]].append(tie)
        for case, ties in by_case.items():
            if case not in cases.quotes:
                rests = self.behind(replace(one, statements=tuple(ties)))
                quotes = [at for said in rests for at in self.base.quotes(said, str(said["document"]))]
                cases.quotes[case] = list(dict.fromkeys(quotes))
        dates = one.not_before, one.not_after, one.dated_by, one.censoring
        return [self.base.add(label, one.unit), *dates, [cases.at(case) for case in by_case], of_class]

    def _curve(self, spread: Spread, unit: Unit, level: str | None) -> list[Any]:
        units = self.could[unit, level]
        kept = within(spread, units)
        rows = [
            [one.year, one.new_stated, one.new_possible, one.newly_known, one.known, one.possible]
            for one in years_of(kept, len(units), self.end)
        ]
        return [unit, level, len(units), rows]

    def _fits(self, unions: Spread | None) -> tuple[list[list[Any]], list[list[str]]]:
        """The fitted parameters, and by curve why it is not fitted, in both languages."""
        if unions is None or not dated(unions).enough:
            return [], []
        base = len(self.could["union", None])
        said = []
        for language in _LANGUAGES:
            with speaking(language):
                said.append(fits_of(within(unions, self.could["union", None]), self.end, base))
        zh, en = said
        fitted = [[p.curve, p.parameter, p.value, p.error, p.r_squared, p.periods] for p in zh.parameters]
        return fitted, [[curve, why, dict(en.lacking)[curve]] for curve, why in zh.lacking]

    # -------------------------------------------------------- from whom

    def _tie(self, tie: Relationship, cases: _Cases) -> list[Any]:
        label, identifier = tie.end
        given = tie.properties
        influence = schema().relationships[tie.type].influence
        way = {"end_to_start": "in", "start_to_end": "out"}.get(str(influence))
        at = (
            self.base.add(label, identifier)
            if label in {"TradeUnion", "Region"}
            else self.base.position(label, identifier)
        )
        return [
            cases.at(tie.start[1]),
            tie.type,
            way,
            given.get("printed") or self.base.nodes[tie.end].properties["name"],
            [label, at],
            given.get("period"),
            given.get("form"),
            [flag for flag in _FLAGS if given.get(flag)],
            self.base.of(tie),
            given.get("review"),
        ]

    def _modes(self, practice_type: str, cases: _Cases) -> dict[str, Any] | None:
        told = self.modes.get(practice_type)
        if told is None:
            return None
        return {
            "accounts": told.basis.accounts,
            "edges": told.basis.edges,
            "findings": [
                [
                    one.mode,
                    one.order,
                    [
                        [
                            step.role,
                            step.relationship,
                            cases.at(step.account),
                            step.other,
                            step.period,
                            self.base.quotes(
                                {
                                    "quotes": list(step.quotes),
                                    "starts": list(step.starts),
                                    "ends": [at + len(text) for at, text in zip(step.starts, step.quotes, strict=True)],
                                },
                                step.document,
                            ),
                            step.review,
                        ]
                        for step in one.steps
                    ],
                ]
                for one in told.findings
            ],
            "unused": [[kind, reason, number] for (kind, reason), number in sorted(told.unused.items())],
        }

    # -------------------------------------------------------- claims

    def _claims(self, of_main: Sequence[Account], applied: Sequence[Relationship]) -> Iterable[Relationship]:
        """The claims of accounts whose main practice is of the type: what they claim is of that practice."""
        there = {account.id for account in of_main}
        said: dict[tuple[str, object, object], Relationship] = {}
        for case in sorted({tie.start[1] for tie in applied}, key=self._place):
            account = self.base.collection.every[case].id
            for tie in self.claims[case] if account in there else ():
                said.setdefault((account, tie.properties.get("printed"), tie.properties.get("scope")), tie)
        return said.values()

    def _claim(self, tie: Relationship, cases: _Cases) -> list[Any]:
        given = tie.properties
        code = given.get("region")
        return [
            cases.at(tie.start[1]),
            given.get("printed"),
            given.get("scope"),
            self.base.add("Region", f"region:{code}") if ("Region", f"region:{code}") in self.base.nodes else None,
            self.base.of(tie),
            given.get("review"),
        ]


class _Cases:
    """The printings of accounts that a type's rows refer to, by position."""

    def __init__(self, teller: _Teller, first: Iterable[str]) -> None:
        self._teller = teller
        self._at = {case: number for number, case in enumerate(first)}
        self.quotes: dict[str, list[int]] = {}

    def at(self, case: str) -> int:
        """Where a printing stands; it is put there when it was not."""
        return self._at.setdefault(case, len(self._at))

    def rows(self) -> list[list[Any]]:
        """Position in the page's accounts (None where it is not shown in full), name, unions, regions and quotes."""
        base = self._teller.base
        return [
            [
                base.position("PracticeCase", case),
                base.nodes["PracticeCase", case].properties["name"],
                [base.add("TradeUnion", union) for union in self._teller.owners.get(case, ())],
                [base.add("Region", region) for region in self._teller.places.get(case, ())],
                self.quotes.get(case, []),
            ]
            for case in self._at
        ]


def _both_ways(
    ties: Iterable[Relationship], ends: Callable[[Relationship], tuple[str, str]]
) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        one, other = ends(tie)
        if other not in found[one]:
            found[one].append(other)
    return found


def _counted(base: Base, label: str, named: Iterable[Iterable[str]]) -> list[list[int]]:
    """How many accounts name each theme or group, by its position in the table."""
    counts: dict[int, int] = defaultdict(int)
    for some in named:
        for identifier in some:
            counts[base.add(label, identifier)] += 1
    return [[at, number] for at, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
