"""Inferred precedence on the page: only where the material allows it, with how stable each tie is; else why not.

Never part of a public page: `unionkg.viz.explorer.data` asks for it for the internal audience only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from unionkg.graph.analysis.adoptions import Adoption, Spread, material, spreads
from unionkg.graph.analysis.cascades import MOST_EVIDENCE, evidence
from unionkg.graph.analysis.inference import LEAST_PUBLISHERS, LEAST_TYPES, Tie, behind_tie, infer_precedence
from unionkg.viz.explorer.base import Base

#: The units between which ties are inferred, with the label of their nodes.
UNITS: tuple[tuple[Literal["union", "province"], str], ...] = (("union", "TradeUnion"), ("province", "Region"))


def inferred_data(base: Base) -> dict[str, Any]:
    """Who tends to come before whom, between unions and between provinces.

    Returns
    -------
    dict
        By unit: ``label`` of its nodes; ``ties``: [position of the earlier, position of the later, stability frequency,
        p, names of the practice types, quotes]; ``types``, ``publishers``: what there is, ``least_types``,
        ``least_publishers``: what is needed; ``lacking``: whether there is too little to infer from.
    """
    reach, behind = material(base.projection), evidence(base.projection)
    made: dict[str, Any] = {}
    for unit, label in UNITS:
        found = spreads(base.projection, unit)
        inference = infer_precedence(found, reach)
        made[unit] = {
            "label": label,
            "lacking": bool(inference.lacking),
            "types": inference.practice_types,
            "least_types": LEAST_TYPES,
            "publishers": inference.publishers,
            "least_publishers": LEAST_PUBLISHERS,
            "ties": [
                [
                    base.add(label, tie.source),
                    base.add(label, tie.target),
                    tie.frequency,
                    round(tie.p, 4),
                    list(tie.practice_types),
                    _quotes(base, tie, found, behind),
                ]
                for tie in inference.ties
            ],
        }
    return made


def _quotes(
    base: Base, tie: Tie, found: Sequence[Spread], behind: Callable[[Adoption], Sequence[Mapping[str, Any]]]
) -> list[int]:
    """The words that the adoptions of both ends rest on, those of their dates among them."""
    statements = [said for one in behind_tie(tie, found) for said in behind(one)][:MOST_EVIDENCE]
    return list(dict.fromkeys(quote for said in statements for quote in base.quotes(said, str(said["document"]))))
