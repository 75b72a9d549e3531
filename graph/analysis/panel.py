"""Unit-years for event-history models elsewhere: who could adopt, who did, what is not known, and who had before.

Rows are practice type x unit x year. Nothing is filled in that the material does not say: whether a unit adopts in a
year, or is still at risk, is missing wherever its interval leaves it open. ``risk_set`` marks the rows that a
discrete-time hazard model can use as they are (Allison 1982; Berry & Berry 1990): units whose year is stated, up to
that year, and units that never appear, up to the end of the material. Units known only by an upper bound or undated, and
those of which a ledger alone says 开展, are left-censored: they left the risk set nobody knows when, so none of their
years is in it. Nor are those of units whose beginning is stated between two years only: their years without the practice
would count and their adoption never would (informative censoring).

References
----------
Allison (1982), Discrete-time methods for the analysis of event histories, Sociological Methodology 13.
Berry & Berry (1990), State lottery adoptions as policy innovations, American Political Science Review 84(2).
Valente (1996), Social network thresholds in the diffusion of innovations, Social Networks 18(1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionkg.errors import InputError
from unionkg.graph.analysis.accounts import Account, Collection, Selection, collection
from unionkg.graph.analysis.adoptions import EVER, Material, Spread, Unit, material, spreads, year
from unionkg.graph.analysis.curves_of_adoption import within
from unionkg.graph.analysis.ledger_entries import Entries, entries
from unionkg.graph.analysis.places import counts_for
from unionkg.graph.analysis.surroundings import Surroundings, surroundings
from unionkg.graph.analysis.units import could_adopt, describe
from unionkg.graph.build import Projection
from unionkg.language import say

if TYPE_CHECKING:
    import pandas
    from numpy import ndarray

    Array = ndarray[Any, Any]

CENSORING = ("none", "exact", "interval", "left", "undated", "ledger")
"""The codes 0 … 5 of ``censoring``; 0: never appears, right-censored at the end of the material; 5: only a ledger has it."""
LEDGER = {"开展": 1, "未开展": 2, "contradictory": 3}
"""The codes of ``ledger``."""
MOST_ROWS = 1_500_000
"""A Stata file of so many takes some 4 GB to write."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Unit-years.

    Attributes
    ----------
    columns : mapping
        Variables by name, in the order of `unionkg.graph.exchange.panel_files.VARIABLES`: arrays of one length, of
        text or of numbers with NaN for what is missing.
    unit : str
    units : int
        How many units there are.
    practice_types : tuple of str
    years : (int, int)
    left_out : int
        Adoptions by units that are no part of the panel (another level, or not counted).
    material : Material
    """

    columns: Mapping[str, Array]
    unit: Unit
    units: int
    practice_types: tuple[str, ...]
    years: tuple[int, int]
    left_out: int
    material: Material

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def to_pandas(self) -> pandas.DataFrame:
        """The panel as a table of pandas; missing numbers are NaN."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns))


def panel(
    projection: Projection,
    unit: Unit = "union",
    *,
    practice_type: str | None = None,
    level: str | None = None,
    window: tuple[int, int] = EVER,
    least: int = 1,
) -> Panel:
    """Make unit-years (Berry & Berry 1990).

    Parameters
    ----------
    projection : Projection
    unit : {"union", "county", "prefecture", "province"}
        Regions are all of the level as divided today; unions those with an account of their own.
    practice_type : str, optional
        Chinese label; all that are not routine without it.
    level : str, optional
        Unions of one level only (key of ``union_levels``).
    window : (int, int)
        First and last year; by default from the first bound of any adoption to the end of the material, which is the
        last year at most.
    least : int
        Practice types that fewer units adopted are left out.

    Raises
    ------
    InputError
        Nothing has a date, or there would be more than `MOST_ROWS` rows.
    """
    found = collection(projection, Selection())
    reached = material(projection)
    units = could_adopt(unit, found, level=level)
    cascades = [s for s in spreads(projection, unit) if practice_type in {None, s.name}]
    kept = [(spread, within(spread, units)) for spread in cascades]
    kept = [(spread, inside) for spread, inside in kept if len(inside.adoptions) >= max(least, 1)]
    first, last = _window(window, [inside for _, inside in kept], reached)
    size = len(kept) * len(units) * (last - first + 1)
    if size > MOST_ROWS:
        raise InputError(
            say(f"面板有 {size} 行，太多了", f"the panel would have {size} rows"),
            hint=say(
                "指定 --practice-type，缩小 --years，或用 --least 只留采用较多的类型",
                "name a --practice-type, narrow --years, or leave out small cascades with --least",
            ),
        )
    of_units = _of_units(units, unit, found)
    around = surroundings(units, unit, projection, found)
    ledgers = _ledgers(entries(projection, unit, units, found), units, first, last)
    parts = [_of_type(inside, units, around, ledgers.get(s.practice_type), first, last) for s, inside in kept]
    return Panel(
        _stacked(kept, of_units, parts, first, last),
        unit,
        len(units),
        tuple(spread.name for spread, _ in kept),
        (first, last),
        sum(len(spread.adoptions) - len(inside.adoptions) for spread, inside in kept),
        reached,
    )


def _window(window: tuple[int, int], found: Sequence[Spread], reached: Material) -> tuple[int, int]:
    dates = [when for s in found for one in s.adoptions for when in (one.not_before, one.not_after) if when]
    if not dates:
        raise InputError(
            say("资料不足：没有一个单位有时间", "too little: no unit has a date"),
            hint=say("换一个单位或做法类型", "take another unit or practice type"),
        )
    end = year(reached.end) if reached.end else max(map(year, dates))
    first = window[0] if window[0] != EVER[0] else min(map(year, dates))
    last = min(window[1], end)  # of later years the material says nothing, so nobody is without the practice there
    if first > last:
        raise InputError(
            say(
                f"没有 {first} 至 {last} 这样的年份（资料截至 {end} 年）",
                f"there are no years from {first} to {last} (the material reaches to {end})",
            )
        )
    return first, last


def _of_units(units: Sequence[str], unit: Unit, found: Collection) -> dict[str, Array]:
    """What does not change from year to year, one value a unit."""
    import numpy as np

    places = [describe(one, unit, found) for one in units]
    by_unit: Counter[str] = Counter()
    for account in found.accounts:
        by_unit.update(owned_by(account, unit, found))
    nodes = [found.places.nodes.get(place.region or "") for place in places]
    points = {
        name: np.array([float(n.properties.get(name, np.nan)) if n else np.nan for n in nodes])  # type: ignore[arg-type]
        for name in ("longitude", "latitude")
    }
    return {
        "unit_id": np.array(units, object),
        "unit_name": np.array([place.name for place in places], object),
        "unit_level": np.array([place.level or "" for place in places], object),
        "region_code": np.array([place.code or "" for place in places], object),
        "province": np.array([place.province or "" for place in places], object),
        **points,
        "accounts": np.array([by_unit[one] for one in units], float),
    }


def owned_by(account: Account, unit: Unit, found: Collection) -> set[str]:
    """The units that an account is of."""
    if unit == "union":
        return account.unions
    return counts_for(account.regions, unit, found.places)


def _of_type(
    inside: Spread,
    units: Sequence[str],
    around: Surroundings,
    ledger: tuple[Array, Array, Array] | None,
    first: int,
    last: int,
) -> dict[str, Array]:
    """What a practice type adds: arrays of shape (units,) or (units, years)."""
    import numpy as np

    years = np.arange(first, last + 1)[None, :]
    shape = (len(units), last - first + 1)
    at = {identifier: number for number, identifier in enumerate(units)}
    lower, upper = np.full(len(units), np.nan), np.full(len(units), np.nan)
    censoring, accounts = np.zeros(len(units)), np.zeros(len(units))
    basis = np.full(len(units), "", object)
    for one in inside.adoptions:
        here = at[one.unit]
        lower[here] = year(one.not_before) if one.not_before else np.nan
        upper[here] = year(one.not_after) if one.not_after else np.nan
        censoring[here] = CENSORING.index(one.censoring)
        accounts[here] = len(one.accounts)
        basis[here] = one.dated_by or ""
    nothing = np.full(shape, np.nan), np.full(len(units), np.nan), np.zeros(len(units), bool)
    dated, undated, carried = ledger or nothing
    # Who is only in a ledger had it by then, and since when nobody knows: left-censored as those known by a date.
    censoring[carried & (censoring == 0)] = CENSORING.index("ledger")
    low, high, kind = lower[:, None], upper[:, None], censoring[:, None]
    appears = kind > 0
    surely = appears & (high <= years)  # NaN compares false: one without a date of its own is sure of no year
    surely_before = appears & (high < years)
    possibly = appears & ~(low > years)
    not_yet = ~appears | (low > years)
    has = np.where(surely, 1.0, np.where(not_yet, 0.0, np.nan))
    exact = kind == CENSORING.index("exact")
    not_before = ~appears | (low >= years)  # not adopted in any earlier year
    at_risk = np.where(not_before, 1.0, np.where(surely_before, 0.0, np.nan))
    in_interval = ~not_yet & ~surely_before
    adopted = np.where(exact & (low == years), 1.0, np.where(in_interval, np.nan, 0.0))
    # Whoever can have no event must not count as long as it has none: it would make every hazard too low.
    usable = (at_risk == 1) & np.isfinite(adopted) & (kind != CENSORING.index("interval"))
    made: dict[str, Array] = {
        "not_before": lower,
        "not_after": upper,
        "dated_by": basis,
        "censoring": censoring,
        "type_accounts": accounts,
        "at_risk": at_risk,
        "adopted": adopted,
        "first_known": (appears & (high == years)).astype(float),
        "has_adopted": has,
        "risk_set": usable.astype(float),
    }
    # What others had adopted is that of the year before: in one year nobody knows who came first.
    before = np.concatenate([(appears & (high < first))[:, :1], surely[:, :-1]], axis=1)
    maybe = np.concatenate([(appears & ~(low > first - 1))[:, :1], possibly[:, :-1]], axis=1)
    for name, relation in (("neigh", around.neighbours), ("sib", around.siblings), ("tie", around.stated)):
        size = relation.size()
        sure, most = relation.count(before), relation.count(maybe)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(size[:, None] > 0, sure / size[:, None], np.nan)
        made |= {f"{name}_n": size, f"{name}_low": sure, f"{name}_high": most, f"{name}_exp": share}
    made["all_low"] = np.broadcast_to(before.sum(axis=0)[None, :], shape) - before
    made |= {"ledger": dated, "ledger_undated": undated}
    return made


def _ledgers(said: Entries, units: Sequence[str], first: int, last: int) -> dict[str, tuple[Array, Array, Array]]:
    """By practice type, what ledgers say of regions: by the end of each year, without a date, whether ever 开展.

    The latest entry counts; entries of one date that contradict each other are told as such.
    """
    import numpy as np

    at = {identifier: number for number, identifier in enumerate(units)}
    made: dict[str, tuple[Array, Array, Array]] = {}
    for practice_type, by_unit in said.items():
        dated, undated = np.full((len(units), last - first + 1), np.nan), np.full(len(units), np.nan)
        carried = np.zeros(len(units), bool)
        for region, by_day in by_unit.items():
            carried[at[region]] = any("开展" in states for states in by_day.values())
            for day, states in sorted(by_day.items()):
                code = LEDGER[next(iter(states))] if len(states) == 1 else LEDGER["contradictory"]
                if day:
                    dated[at[region], max(0, year(day) - first) :] = code
                else:
                    undated[at[region]] = code
        made[practice_type] = dated, undated, carried
    return made


def _stacked(
    kept: Sequence[tuple[Spread, Spread]],
    of_units: Mapping[str, Array],
    parts: Sequence[Mapping[str, Array]],
    first: int,
    last: int,
) -> dict[str, Array]:
    """All types under each other, units in order, their years in order."""
    import numpy as np

    n, span = len(next(iter(of_units.values()))), last - first + 1

    def flat(values: Array) -> Array:
        return values.ravel() if values.ndim == 2 else np.repeat(values, span)

    def repeated(words: Iterable[str]) -> Array:
        return np.repeat(np.array(list(words), object), n * span)

    types = len(kept)
    columns: dict[str, Array] = {
        "type_id": repeated(spread.practice_type for spread, _ in kept),
        "type_name": repeated(spread.name for spread, _ in kept),
    }
    columns |= {name: np.tile(flat(values), types) for name, values in of_units.items()}
    columns["year"] = np.tile(np.arange(first, last + 1, dtype=float), types * n)
    columns |= {name: np.concatenate([flat(part[name]) for part in parts]) for name in parts[0]}
    return columns
