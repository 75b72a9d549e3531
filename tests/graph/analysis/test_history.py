"""Event history on the material: who is at risk when, and that the estimate is the one of these unit-years."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import Any

import pytest

from tests.graph.analysis.test_modes import of
from tests.queries.asked import BARGAINING, GRID, account
from tests.queries.asked_spread import owner
from unionkg.graph.analysis.adoptions import material, spreads
from unionkg.graph.analysis.event_history import fit
from unionkg.graph.analysis.history import History, history, too_few
from unionkg.graph.analysis.inference import infer_precedence
from unionkg.graph.build import Projection
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

PLACES = [region.code for region in table().at("prefecture", "2024")][:45]
STARTED = {code: 2008 + (number * 7) % 9 for number, code in enumerate(PLACES[:22])}
KNOWN_BY, SILENT, CONFIRMED = PLACES[22:24], PLACES[24:30], PLACES[30:44]


def record(code: str, practice_type: str, started: str | None = None) -> Any:
    name = table().full_name(code)
    one = owner(f"{name}总工会", f"{name}总工会", "prefecture", code)
    return account("doc:m", 1, f"{name}{practice_type}", one, code, ((practice_type, "main"),), started)


@cache
def collection() -> Projection:
    """22 cities begin between 2008 and 2016, two are known by the booklet, six silent; a ledger of 2020 lists 14 without."""
    records = [record(code, BARGAINING, str(year)) for code, year in STARTED.items()]
    records += [record(code, BARGAINING) for code in KNOWN_BY]
    records += [record(code, GRID) for code in (*STARTED, *KNOWN_BY, *SILENT)]
    entries = tuple(
        LedgerEntry(
            region=code,
            region_printed=code,
            practice_type=BARGAINING,
            practice_printed=BARGAINING,
            place=f"第{row}行",
            quote=f"{code} | {status}",
            status=status,  # type: ignore[arg-type]
            date="2020",
        )
        for row, (code, status) in enumerate([*((c, "未开展") for c in CONFIRMED), (PLACES[44], "开展")], 2)
    )
    kept = LedgerRecord(id="ledger:x", title="台账", origin="x.csv", sha256="0" * 64, media_type="text/csv")
    return with_ledgers(of(*records), [Ledger(kept, entries)], vocabularies())


def asked(**given: Any) -> History:
    return history(collection(), "prefecture", **{"practice_type": BARGAINING, "factors": ("year",), **given})


def by_hand(*, silence: bool) -> list[tuple[str, int, int]]:
    """City, year, and whether it begins: from 2008 to the year of beginning, or as long as its absence is known."""
    rows = [(code, year, int(year == start)) for code, start in STARTED.items() for year in range(2008, start + 1)]
    # A ledger of 2020 does not tell of the rest of that year.
    rows += [(code, year, 0) for code in CONFIRMED for year in range(2008, 2022 if silence else 2020)]
    return rows + [(code, year, 0) for code in SILENT for year in range(2008, 2022) if silence]


@pytest.mark.parametrize("silence", [False, True])
def test_the_unit_years_at_risk_are_those_counted_by_hand(silence: bool) -> None:
    found, rows = asked(silence=silence), by_hand(silence=silence)
    assert (found.unit_years, found.events, found.units) == (len(rows), 22, len({code for code, *_ in rows}))
    assert found.confirmed == len(CONFIRMED)
    assert found.silent == (14 * len(SILENT) + 2 * len(CONFIRMED) if silence else 0)
    assert found.left_censored == len(KNOWN_BY) + 1  # and the one of which the ledger says no more than that it has it
    assert found.years == (2008, 2021)


@pytest.mark.parametrize("silence", [False, True])
def test_the_estimate_is_that_of_these_unit_years(silence: bool) -> None:
    rows = by_hand(silence=silence)
    wanted = fit(
        [[year - 2008] for _, year, _ in rows],
        [event for *_, event in rows],
        ["year"],
        link="cloglog",
        clusters=[code for code, *_ in rows],
    )
    found = asked(silence=silence, link="cloglog").estimate
    assert found is not None
    assert [(t.name, t.coefficient, t.error) for t in found.terms] == [
        (t.name, pytest.approx(t.coefficient), pytest.approx(t.error)) for t in wanted.terms
    ]
    assert (found.clusters, found.aic) == (wanted.clusters, pytest.approx(wanted.aic))


def test_neighbours_count_by_the_year_before() -> None:
    rows = by_hand(silence=False)
    at = {code: table().neighbours(code, level="prefecture", date="2024") for code, *_ in rows}
    whole = {region.code for region in table().at("prefecture", "2024")}
    first = {**STARTED, **dict.fromkeys(KNOWN_BY, 2021)}
    share = []
    for code, year, _ in rows:
        near = [one for one in at[code] if one in whole]
        share.append([sum(first.get(one, 9999) < year for one in near) / len(near) if near else 0.0])
    wanted = fit(share, [event for *_, event in rows], ["neighbours"], clusters=[code for code, *_ in rows])
    found = asked(factors=("neighbours",)).estimate
    assert found is not None
    assert found.terms[1].coefficient == pytest.approx(wanted.terms[1].coefficient)
    assert found.terms[1].error == pytest.approx(wanted.terms[1].error)


def test_too_few_events_for_the_factors_are_told() -> None:
    found = asked(factors=("year", "accounts", "neighbours"))
    assert found.estimate is None
    assert "30" in found.lacking[0]
    assert too_few(29, 1000, 3) is not None
    assert too_few(30, 1000, 3) is None
    assert too_few(30, 60, 3) is None
    assert "29 unit-years" in (too_few(970, 999, 3) or "")  # the rarer outcome is not to adopt


def test_without_anybody_confirmed_nothing_is_estimated_unless_silence_is_asked_for() -> None:
    places = list(STARTED.items())
    made = of(*(record(code, BARGAINING, str(year)) for code, year in places), *(record(c, GRID) for c, _ in places))
    given: Any = {"practice_type": BARGAINING, "factors": ("year",)}
    found = history(made, "prefecture", **given)
    assert (found.estimate, found.confirmed, found.events) == (None, 0, 22)
    assert history(made, "prefecture", silence=True, **given).lacking == ()


def test_a_unit_known_by_its_adoption_alone_is_not_at_risk() -> None:
    made = of(record(PLACES[0], BARGAINING, "2010"), record(PLACES[1], BARGAINING, "2012"), record(PLACES[1], GRID))
    found = history(made, "prefecture", practice_type=BARGAINING, factors=("year",))
    assert (found.events, found.unit_years, found.unknown) == (1, 3, 1)


def test_a_beginning_between_two_years_is_left_out_and_counted() -> None:
    records = [record(PLACES[0], BARGAINING, "2010"), record(PLACES[1], BARGAINING, "2012/2014")]
    made = of(*records, *(record(code, GRID) for code in PLACES[:2]))
    found = history(made, "prefecture", practice_type=BARGAINING, window=(2005, 2020), factors=("year",), silence=True)
    assert (found.events, found.unit_years, found.units, found.left_censored) == (1, 6, 1, 1)


def test_silence_ends_with_the_material() -> None:
    assert asked(silence=True, window=(2008, 2035)) == asked(silence=True)


def test_accounts_count_from_the_year_after_they_surely_were_there() -> None:
    grid = {code: 2006 + (number * 5) % 8 for number, code in enumerate(PLACES[:28])}
    told = [record(code, BARGAINING, str(year)) for code, year in STARTED.items()]
    told += [record(code, GRID, str(year)) for code, year in grid.items()]
    told += [record(code, "枫桥经验") for code in STARTED]  # told in 2021, since when nobody knows: in no year before
    rows = [(code, year, int(year == start)) for code, start in STARTED.items() for year in range(2008, start + 1)]
    rows += [(code, year, 0) for code in PLACES[22:28] for year in range(2008, 2022)]
    wanted = fit(
        [[math.log1p(grid[code] < year)] for code, year, _ in rows],
        [event for *_, event in rows],
        ["accounts"],
        clusters=[code for code, *_ in rows],
    )
    given: Any = {"practice_type": BARGAINING, "window": (2008, 2021), "factors": ("accounts",), "silence": True}
    found = history(of(*told), "prefecture", **given).estimate
    assert found is not None
    assert (found.n, found.events) == (len(rows), 22)
    assert found.terms[1].coefficient == pytest.approx(wanted.terms[1].coefficient)
    assert found.terms[1].error == pytest.approx(wanted.terms[1].error)


def test_inferred_sources_are_refused_where_precedence_may_not_be_inferred() -> None:
    found = asked(factors=("year", "inferred"))
    assert found.estimate is None
    assert any("publisher" in why or "practice types" in why for why in found.lacking)


def test_inferred_sources_are_inferred_from_the_others_in_the_years_before() -> None:
    draw = random.Random(3)
    kinds = (BARGAINING, GRID, "枫桥经验", "蹲点", "心理关爱")
    pairs = list(zip(PLACES[:22:2], PLACES[1:22:2], strict=True))
    began = {}
    for kind in kinds:
        for source, target in pairs:
            began[kind, source] = 2008 + draw.randrange(6)
            began[kind, target] = began[kind, source] + draw.choice((1, 1, 1, 2, -1))
    made = of(*(record(code, kind, str(year)) for (kind, code), year in began.items()), publishers=("甲社", "乙社"))
    # Without the type itself: its own order must not explain itself.
    others = [spread for spread in spreads(made, "prefecture") if spread.name != BARGAINING]
    # And without what began in the year or later: the future explains nothing.
    ties = {
        year: infer_precedence(others, material(made), window=(0, year - 1), replicates=0).ties
        for year in range(2005, 2022)
    }
    assert {(t.source, t.target) for t in ties[2012]} != {(t.source, t.target) for t in ties[2021]}

    def sources(unit: str, year: int) -> list[str]:
        return [tie.source for tie in ties[year] if tie.target == unit]

    start = {f"region:{code}": year for (kind, code), year in began.items() if kind == BARGAINING}
    first = min(start.values())
    rows = [(unit, year) for unit, last in start.items() for year in range(first, last + 1)]
    wanted = fit(
        [[sum(start[one] < year for one in sources(unit, year))] for unit, year in rows],
        [int(start[unit] == year) for unit, year in rows],
        ["inferred"],
        clusters=[unit for unit, _ in rows],
    )
    found = history(made, "prefecture", practice_type=BARGAINING, factors=("inferred",), silence=True).estimate
    assert found is not None
    assert (found.n, found.events) == (len(rows), len(start))
    assert found.terms[1].coefficient == pytest.approx(wanted.terms[1].coefficient)


def test_levels_of_unions_are_ranks() -> None:
    made = of(record(PLACES[0], BARGAINING, "2010"), record(PLACES[0], GRID))
    found = history(made, "union", practice_type=BARGAINING, factors=("level",))
    assert (found.unit_years, found.events) == (1, 1)
