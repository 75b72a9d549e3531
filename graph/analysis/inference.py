"""Inferred precedence between unions or regions, where the material allows it at all.

Union cases are a hand-picked sample. Ties are inferred only from practice types that are not routine, only from dates
that a document states and that fall within one year each, and only where three such types have starts in different
years and two publishers speak. What comes out is 推断先后关联（非影响）, never stored or shown as stated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from unionkg.graph.analysis.adoptions import EVER, Adoption, Material, Spread
from unionkg.graph.analysis.netinf import (
    Cascades,
    Convention,
    InferredTie,
    Model,
    Vuong,
    cascades,
    default_model,
    infer,
)
from unionkg.language import say

LEAST_TYPES = 3
LEAST_PUBLISHERS = 2


@dataclass(frozen=True, slots=True)
class Tie:
    """An inferred tie with the names of its ends, and the practice types in which the source comes first."""

    source: str
    source_name: str
    target: str
    target_name: str
    gain: float
    p: float
    frequency: float | None
    practice_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """Inferred ties, or the reasons why there are none (``lacking``), with the numbers that both rest on."""

    ties: tuple[Tie, ...]
    lacking: tuple[str, ...]
    practice_types: int
    events: int
    publishers: int


def infer_precedence(
    found: Sequence[Spread],
    material: Material,
    *,
    window: tuple[int, int] = EVER,
    model: Callable[[Cascades], Model] = default_model,
    convention: Convention = "r",
    edges: int | None = None,
    p: float | None = 0.1,
    vuong: Vuong = "correct",
    replicates: int = 200,
    seed: int = 1,
) -> Inference:
    """Infer who tends to come before whom.

    Parameters
    ----------
    found : sequence of Spread
        From `unionkg.graph.analysis.adoptions.spreads`.
    material : Material
    window : (int, int)
        First and last year that count.
    model : callable
        The model of delays for the cascades that are usable.
    convention, edges, p, vuong, replicates, seed
        See `unionkg.graph.analysis.netinf.infer`; but the tie whose test reaches ``p`` is not told, as it failed it.

    Returns
    -------
    Inference
        Without ties, and with the reasons, where the material is too thin.
    """
    usable = {spread.name: _dated(spread.adoptions, window) for spread in found}
    usable = {name: adoptions for name, adoptions in usable.items() if len(set(adoptions.values())) > 1}
    events = sum(map(len, usable.values()))
    lacking = []
    if len(usable) < LEAST_TYPES:
        lacking.append(
            say(
                f"有两个以上不同年份写明起始时间的做法类型只有 {len(usable)} 类，至少要 {LEAST_TYPES} 类",
                f"{len(usable)} practice types have stated starts in different years; {LEAST_TYPES} are needed",
            )
        )
    if len(material.publishers) < LEAST_PUBLISHERS:
        lacking.append(
            say(
                f"编印单位只有 {len(material.publishers)} 家，至少要 {LEAST_PUBLISHERS} 家",
                f"{len(material.publishers)} publishers speak; {LEAST_PUBLISHERS} are needed",
            )
        )
    if lacking:
        return Inference((), tuple(lacking), len(usable), events, len(material.publishers))
    spreading = cascades(
        (unit, float(when), name) for name, adoptions in usable.items() for unit, when in adoptions.items()
    )
    tested = infer(
        spreading,
        model(spreading),
        convention=convention,
        edges=edges,
        p=p,
        vuong=vuong,
        replicates=replicates,
        seed=seed,
    )
    ties = [tie for tie in tested if p is None or tie.p < p]
    names = {a.unit: a.name for spread in found for a in spread.adoptions}
    return Inference(tuple(_tie(tie, usable, names) for tie in ties), (), len(usable), events, len(material.publishers))


def _dated(adoptions: Sequence[Adoption], window: tuple[int, int]) -> dict[str, int]:
    """The years of adoptions whose stated interval lies within one year of the window, by unit."""
    years = {}
    for one in adoptions:
        when = one.stated_year
        if when is not None and window[0] <= when <= window[1]:
            years[one.unit] = when
    return years


def _tie(tie: InferredTie, usable: dict[str, dict[str, int]], names: dict[str, str]) -> Tie:
    before = [
        name
        for name, years in usable.items()
        if tie.source in years and tie.target in years and years[tie.source] < years[tie.target]
    ]
    return Tie(
        tie.source,
        names[tie.source],
        tie.target,
        names[tie.target],
        tie.gain,
        tie.p,
        tie.frequency,
        tuple(sorted(before)),
    )


def behind_tie(tie: Tie, found: Sequence[Spread]) -> list[Adoption]:
    """The adoptions of both ends from which a tie was inferred, the earlier of each practice type first."""
    return [
        one
        for spread in found
        if spread.name in tie.practice_types
        for end in (tie.source, tie.target)
        for one in spread.adoptions
        if one.unit == end
    ]
