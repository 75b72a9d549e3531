"""Spatial autocorrelation of records: what is a place, what counts as a record, and when there is too little."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.graph.analysis.test_modes import of
from tests.queries.asked import BARGAINING, GRID, account
from tests.queries.asked_spread import owner
from unionkg.graph.analysis import space
from unionkg.graph.analysis.regional import LEAST, Autocorrelation, autocorrelation
from unionkg.graph.build import Projection
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

#: Provinces that border on each other along the coast have it; others, of which there is material, have not.
HAVE = ("310000", "320000", "330000", "340000", "350000", "360000")
LACK = ("110000", "120000", "130000", "140000", "610000", "620000", "640000")


def record(code: str, practice_type: str, started: str | None = "2015") -> Any:
    name = table().full_name(code)
    one = owner(f"{name}总工会", f"{name}总工会", "provincial", code)
    return account("doc:m", 1, f"{name}的做法", one, code, ((practice_type, "main"),), started)


def ledger(*rows: tuple[str, str, str | None]) -> Ledger:
    """A ledger of bargaining: region, status, date."""
    entries = tuple(
        LedgerEntry(
            region=code,
            region_printed=code,
            practice_type=BARGAINING,
            practice_printed=BARGAINING,
            place=f"第{row}行",
            quote=f"{code} | {status}",
            status=status,  # type: ignore[arg-type]
            date=date,
        )
        for row, (code, status, date) in enumerate(rows, 2)
    )
    kept = LedgerRecord(id="ledger:x", title="台账", origin="x.csv", sha256="0" * 64, media_type="text/csv")
    return Ledger(kept, entries)


def collection(*more: Any) -> Projection:
    return of(*(record(code, BARGAINING) for code in HAVE), *(record(code, GRID) for code in LACK), *more)


def asked(projection: Projection, **given: Any) -> Autocorrelation:
    (one,) = autocorrelation(projection, BARGAINING, **given)
    return one


def test_places_with_records_that_lie_together() -> None:
    one = asked(collection())
    assert one.moran is not None
    assert [(spot.code, spot.recorded) for spot in one.places] == [
        (code, code in HAVE) for code in sorted((*HAVE, *LACK))
    ]
    assert (one.base, one.without_material, one.without_neighbour, one.coarser) == (32, 19, 0, 0)
    assert one.moran.value > 0.8
    assert one.moran.p == pytest.approx(0.001, abs=0.002)
    shanghai = next(spot for spot in one.places if spot.code == "310000")
    assert (shanghai.neighbours, shanghai.neighbours_recorded) == (2, 2)
    assert [tie.type for tie in shanghai.statements] == ["APPLIED"]


def test_the_figure_is_the_formula_worked_out_by_hand() -> None:
    one = asked(collection())
    codes = [spot.code for spot in one.places]
    touching = {code: [c for c in table().neighbours(code) if c in codes] for code in codes}
    value = {code: float(code in HAVE) for code in codes}
    mean = sum(value.values()) / len(codes)
    near = sum((value[a] - mean) * (value[b] - mean) / len(touching[a]) for a in codes for b in touching[a])
    assert one.moran is not None
    assert one.moran.value == pytest.approx(near / sum((v - mean) ** 2 for v in value.values()), abs=1e-12)
    assert sum(spot.local for spot in one.places) == pytest.approx((len(codes) - 1) * one.moran.value, abs=1e-9)


def test_places_without_material_are_not_taken_for_places_without_the_practice() -> None:
    assert "650000" not in {spot.id.removeprefix("region:") for spot in asked(collection()).places}


def test_a_ledger_gives_records_and_blanks() -> None:
    rows = ("370000", "开展", "2020"), ("650000", "未开展", "2020"), ("410100", "未开展", "2020")
    made = with_ledgers(collection(), [ledger(*rows)], vocabularies())
    spots = {spot.code: spot for spot in asked(made).places}
    assert (spots["370000"].recorded, spots["650000"].recorded) == (True, False)
    assert "410000" not in spots  # that one city has not tells nothing of its province
    assert [tie.type for tie in spots["370000"].statements] == ["COVERAGE"]
    assert "370000" not in {spot.code for spot in asked(made, year=2019).places}


def test_only_what_surely_was_by_a_year_is_a_record_of_it() -> None:
    later = asked(collection(record("370000", BARGAINING, "2018"), record("440000", BARGAINING, None)), year=2016)
    recorded = {spot.code for spot in later.places if spot.recorded}
    assert recorded == set(HAVE)
    # 山东 says that it began later; of 广东 nobody knows, so that it is no place without a record.
    assert {spot.code: spot.recorded for spot in later.places if spot.code in {"370000", "440000"}} == {"370000": False}
    assert (later.undecided, later.without_material) == (1, 17)


def test_what_is_known_by_a_later_date_may_have_been_by_the_year() -> None:
    """Documents are of 2021: an account without a start may be of any year before."""
    one = asked(collection(record("370000", BARGAINING, None), record("370000", GRID, "2010")), year=2016)
    assert "370000" not in {spot.code for spot in one.places}
    assert one.undecided == 1
    sure = asked(collection(record("370000", BARGAINING, None), record("370000", BARGAINING, "2010")), year=2016)
    assert {spot.code: spot.recorded for spot in sure.places}["370000"]
    assert sure.undecided == 0
    assert asked(collection(record("370000", BARGAINING, None))).undecided == 0


@pytest.mark.parametrize(("started", "recorded"), [("2014/2016", True), ("2015/2018", None), ("2017/2018", False)])
def test_an_interval_is_of_a_year_by_its_end(started: str, recorded: bool | None) -> None:
    one = asked(collection(record("370000", BARGAINING, started)), year=2016)
    assert {spot.code: spot.recorded for spot in one.places}.get("370000") is recorded


@pytest.mark.parametrize(
    ("status", "date", "recorded", "undecided"),
    [
        ("开展", "2014/2016", True, 0),
        ("开展", "2015/2020", None, 1),
        ("开展", None, None, 1),
        ("未开展", "2014", False, 0),
        ("未开展", None, None, 0),
    ],
)
def test_a_ledger_counts_by_the_end_of_its_date(
    status: str, date: str | None, recorded: bool | None, undecided: int
) -> None:
    made = with_ledgers(collection(), [ledger(("370000", status, date))], vocabularies())
    one = asked(made, year=2016)
    assert {spot.code: spot.recorded for spot in one.places}.get("370000") is recorded
    assert one.undecided == undecided


def test_too_little_is_told_and_not_measured() -> None:
    one = asked(of(*(record(code, BARGAINING) for code in HAVE[: LEAST - 1]), *(record(code, GRID) for code in LACK)))
    assert one.moran is None
    assert one.lacking is not None
    assert str(LEAST - 1) in one.lacking
    assert all(math.isnan(spot.local) for spot in one.places)


def test_the_corps_is_no_place_and_its_cities_count_in_xinjiang() -> None:
    made = collection(record("659001", BARGAINING), record("620000", GRID))
    one = asked(made)
    assert "xpcc" not in {spot.code for spot in one.places}
    assert next(spot for spot in one.places if spot.code == "650000").recorded


def test_islands_have_no_neighbour_by_borders_but_by_distance() -> None:
    made = collection(record("460000", BARGAINING))
    by_border, by_distance = asked(made), asked(made, weights="distance")
    assert by_border.without_neighbour == 1
    assert "460000" not in {spot.code for spot in by_border.places}
    assert next(spot for spot in by_distance.places if spot.code == "460000").neighbours == 5


def test_accounts_without_a_region_of_the_level_count_for_no_place() -> None:
    district = record("310113", BARGAINING)  # a municipality has no prefectures
    assert asked(collection(district), level="prefecture").coarser == len(HAVE) + 1
    assert asked(collection(district), level="county").coarser == len(HAVE)


def test_routine_types_are_not_asked_about() -> None:
    assert autocorrelation(of(record("310000", "送清凉"))) == []


def test_equal_values_count_on_either_side_of_a_permutation() -> None:
    """Nearly all have it: that all neighbours of the one that has not do is no wonder."""
    value = np.ones(30)
    value[:7] = 0
    ring = np.zeros((30, 30))
    for at in range(30):
        for step in (-2, -1, 1, 2):
            ring[at, (at + step) % 30] = 0.25
    value = value[np.random.default_rng(4).permutation(30)]
    local, p = space.local_moran(value, ring, permutations=999, seed=1)
    surrounded = [at for at in range(30) if not value[at] and value[[(at + s) % 30 for s in (-2, -1, 1, 2)]].all()]
    assert surrounded
    assert all(local[at] < 0 for at in surrounded)
    assert min(p[at] for at in surrounded) > 0.2
