"""Precedence inferred from union material: only from stated dates, and only where there are enough of them."""

from __future__ import annotations

import pytest

from unionkg.graph.analysis.adoptions import Adoption, Material, Spread
from unionkg.graph.analysis.inference import behind_tie, infer_precedence
from unionkg.graph.analysis.netinf import Model

TWO = Material("2020", ("甲出版社", "乙出版社"))


def stated(practice_type: str, unit: str, first: int, last: int | None = None) -> Adoption:
    return Adoption(
        practice_type, unit, f"{unit}总工会", f"{first}-01-01", f"{last or first}-12-31", "stated_start", ()
    )


def known_by(practice_type: str, unit: str, year: int) -> Adoption:
    return Adoption(practice_type, unit, f"{unit}总工会", None, f"{year}-12-31", "publication", ())


def spread(name: str, *adoptions: Adoption) -> Spread:
    return Spread(name, name, adoptions, len(adoptions), 0)


def chain(number: int) -> list[Spread]:
    """Practice types that 东 has a year before 西, and 西 two years before 南; 北 is known only by publications."""
    return [
        spread(
            name := f"做法{n}",
            known_by(name, "北", 2009 + n),
            stated(name, "东", 2010 + n),
            stated(name, "西", 2011 + n),
            stated(name, "南", 2013 + n),
        )
        for n in range(number)
    ]


def test_who_comes_before_whom_is_told_with_the_practices_behind_it() -> None:
    found = infer_precedence(
        chain(4), TWO, model=lambda _: Model("exponential", (1.0,)), edges=2, p=None, replicates=20
    )
    assert found.lacking == ()
    assert (found.practice_types, found.events, found.publishers) == (4, 12, 2)
    assert {(tie.source_name, tie.target_name) for tie in found.ties} == {
        ("东总工会", "西总工会"),
        ("西总工会", "南总工会"),
    }
    assert {tie.practice_types for tie in found.ties} == {("做法0", "做法1", "做法2", "做法3")}
    assert all(tie.frequency == 1 for tie in found.ties)


def test_who_is_known_only_by_a_date_takes_no_part() -> None:
    found = infer_precedence(chain(4), TWO, edges=9, p=None, replicates=0)
    assert "北" not in {end for tie in found.ties for end in (tie.source, tie.target)}


def test_the_tie_at_which_the_test_stopped_is_not_told() -> None:
    model = Model("exponential", (1.0,))
    one_chain = infer_precedence(chain(4), TWO, model=lambda _: model, edges=9, p=None, replicates=0)
    assert max(tie.p for tie in one_chain.ties) < 0.1
    mixed = [
        *chain(3),
        *(spread(f"另{n}", stated(f"另{n}", "南", 2010), stated(f"另{n}", "中", 2014)) for n in range(1)),
    ]
    every = infer_precedence(mixed, TWO, model=lambda _: model, edges=9, p=None, replicates=0)
    kept = infer_precedence(mixed, TWO, model=lambda _: model, p=0.1, replicates=0)
    assert ("南总工会", "中总工会") in {(tie.source_name, tie.target_name) for tie in every.ties}
    assert max(tie.p for tie in every.ties) >= 0.1
    assert kept.ties
    assert all(tie.p < 0.1 for tie in kept.ties)


def test_behind_a_tie_are_the_adoptions_of_both_ends() -> None:
    spreads = chain(4)
    found = infer_precedence(spreads, TWO, model=lambda _: Model("exponential", (1.0,)), edges=1, p=None, replicates=0)
    (tie,) = found.ties
    assert [(one.practice_type, one.unit) for one in behind_tie(tie, spreads)] == [
        (f"做法{n}", end) for n in range(4) for end in (tie.source, tie.target)
    ]


def same_year(n: int) -> Spread:
    return spread(f"做法{n}", stated(f"做法{n}", "东", 2010), stated(f"做法{n}", "西", 2010))


def wide(n: int) -> Spread:
    return spread(f"做法{n}", stated(f"做法{n}", "东", 2010, 2011), stated(f"做法{n}", "西", 2012, 2015))


@pytest.mark.parametrize(
    ("spreads", "material", "told"),
    [
        (chain(2), TWO, "2 practice types"),
        (chain(4), Material("2020", ("甲出版社",)), "1 publishers"),
        ([*chain(2), same_year(2)], TWO, "2 practice types"),
        ([*chain(2), wide(2)], TWO, "2 practice types"),
        ([], Material(None, ()), "0 practice types"),
    ],
    ids=["two types", "one publisher", "no order in one", "dates of several years in one", "nothing"],
)
def test_too_little_is_said_and_nothing_inferred(spreads: list[Spread], material: Material, told: str) -> None:
    found = infer_precedence(spreads, material)
    assert found.ties == ()
    assert any(told in reason for reason in found.lacking)


def test_a_window_leaves_out_what_lies_outside() -> None:
    found = infer_precedence(chain(4), TWO, window=(2010, 2011))
    assert (found.practice_types, found.ties) == (1, ())
