"""Filters of a search and counts over its hits, by kind, region, theme and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unionkg.errors import QueryError
from unionkg.language import say
from unionkg.queries.folding import folded
from unionkg.queries.search_entries import LABELS, wider
from unionkg.queries.search_state import State

_BETWEEN = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of all hits have a value; ``value`` is what the filter of the facet takes, ``name`` what to show."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over all hits: kinds in the order of hits, provinces by code, themes by name, years ascending.

    A hit with two themes counts for both, one without for none; so it is with provinces.
    """

    label: tuple[Count, ...]
    region: tuple[Count, ...]
    theme: tuple[Count, ...]
    year: tuple[Count, ...]


def filters(
    state: State, label: str | None, region: str | None, theme: str | None, year: int | str | None
) -> Iterator[NDArray[np.bool_]]:
    """Which entries each filter that is given lets through. Raises QueryError for one that names nothing."""
    if label is not None:
        yield state.labels == LABELS.index(_label(label))
    if region is not None:
        yield _having(state, "region", _within(state, region))
    if theme is not None:
        yield _having(state, "theme", [_theme(state, theme)])
    if year is not None:
        first, last = _years(year)
        yield (state.years >= first) & (state.years <= last)


def _having(state: State, facet: str, numbers: Iterable[int]) -> NDArray[np.bool_]:
    """Which entries have one of some values of a facet."""
    slots, values = state.pairs[facet]
    found = np.zeros(len(state.labels), dtype=bool)
    found[slots[np.isin(values, np.array([*numbers], dtype=np.uint32))]] = True
    return found


def _label(given: str) -> str:
    from unionkg.ontology.model import schema

    nodes = schema().nodes
    for label in LABELS:
        if given.casefold() in {label.casefold(), nodes[label].zh, nodes[label].en.casefold()}:
            return label
    raise QueryError(
        say(f"没有这一类：{given}", f"no such kind: {given}"),
        hint=say("可用的：", "kinds: ") + ", ".join(say(f"{label}（{nodes[label].zh}）", label) for label in LABELS),
    )


def _theme(state: State, given: str) -> int:
    from unionkg.ontology.vocabulary import terms

    known = {name: number for number, (facet, _, name) in state.facets.items() if facet == "theme"}
    named = {folded(name): number for name, number in known.items()}
    for term in terms("themes"):
        if term.zh in known:
            named.update((folded(other), known[term.zh]) for other in (term.key, term.en, *term.aliases) if other)
    wanted = folded(given)
    if wanted in named:
        return named[wanted]
    near = [name for name in sorted(known) if wanted and wanted in folded(name)]
    raise QueryError(
        say(f"没有这个领域：{given}", f"no such theme: {given}"),
        hint=say("相近的：", "near ones: ") + say("、", ", ").join(near or sorted(known)),
    )


def _years(given: int | str) -> tuple[int, int]:
    parts = _BETWEEN.fullmatch(str(given).strip())
    if parts is None or not (parts[1] or parts[3]) or (parts[1] and parts[3] and not parts[2]):
        raise QueryError(
            say(f"年份写成 2017 或 2015..2019：{given}", f"a year is 2017, an interval 2015..2019: {given}")
        )
    first, last = parts[1] or "1", parts[3] or ("9999" if parts[2] else parts[1])
    return int(first), int(last)


def _within(state: State, given: str) -> list[int]:
    """The numbers of the index's regions that a region includes."""
    above = {number: wider(code) for number, (facet, code, _) in state.facets.items() if facet == "region"}
    wanted = _code(given, set().union(*above.values()))
    return [number for number, codes in above.items() if wanted in codes]


def _code(given: str, present: set[str]) -> str:
    """The region that a name or code means; of several that bear a name the one that entries are of."""
    from unionkg.ontology.regions import resolve, table

    regions = table()
    bare = given.strip().removeprefix("region:")
    if bare in regions:
        return bare
    candidates = [candidate.code for candidate in resolve(folded(given))]
    if not candidates:
        raise QueryError(
            say(f"没有这个地区：{given}", f"no such region: {given}"),
            hint=say("写地名（宝山区、浙江省）或六位代码", "a name as 宝山区 or 浙江省, or a code of six digits"),
        )
    here = [code for code in candidates if code in present]
    if len(here or candidates) == 1 or not here:
        return (here or candidates)[0]
    names = say("、", ", ").join(regions.full_name(code) for code in here)
    raise QueryError(say(f"“{given}”有几处：{names}", f"several regions are called {given}: {names}"))


def facets(state: State, hit: NDArray[np.bool_]) -> Facets:
    """Counts over the entries that were hit."""
    from unionkg.ontology.model import schema

    nodes = schema().nodes
    labels = np.bincount(state.labels[hit], minlength=len(LABELS))
    years = np.bincount(state.years[hit])
    return Facets(
        label=tuple(
            Count(label, say(nodes[label].zh, nodes[label].en), int(n))
            for label, n in zip(LABELS, labels, strict=True)
            if n
        ),
        region=_counts(state, hit, "province"),
        theme=_counts(state, hit, "theme"),
        year=tuple(Count(str(year), str(year), int(years[year])) for year in np.flatnonzero(years) if year),
    )


def _counts(state: State, hit: NDArray[np.bool_], facet: str) -> tuple[Count, ...]:
    slots, numbers = state.pairs[facet]
    counted = np.bincount(numbers[hit[slots]])
    found = [(*state.facets[int(number)][1:], int(counted[number])) for number in np.flatnonzero(counted)]
    return tuple(Count(value, name, count) for value, name, count in sorted(found))
