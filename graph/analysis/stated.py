"""Stated diffusion between units: who, by a document's own words, had a practice from whom.

What is collective, internal or only intended is no tie between two units; nor is a name that was not recognised, or a
body that is no unit of the network. Each is counted by its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.analysis.accounts import Account, Collection
from unionkg.graph.analysis.places import counts_for
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.model import schema

Unit = Literal["TradeUnion", "Region"]

#: Why a statement of diffusion makes no tie: the flags of the statement, then what its ends lack.
REASONS: Mapping[str, tuple[str, str]] = {
    "collective": ("泛指多家", "the other end is a collection"),
    "internal": ("同一单位内部推开", "inside one organisation"),
    "intended": ("打算，尚未实施", "intended, not done"),
    "unresolved": ("对方名称未识别", "the other name is not recognised"),
    "other_kind": ("对方不是本网络的单位", "the other end is no unit of this network"),
    "no_unit": ("案例没有实施工会或地区", "the account has no unit"),
    "itself": ("两端是同一单位", "both ends are the same unit"),
}
_FLAGS = ("collective", "internal", "intended")


@dataclass(frozen=True, slots=True)
class StatedTie:
    """A tie that a document states, from ``source`` to ``target`` in the direction of influence.

    ``directed`` is False where the schema declares no direction for the statement (promotion, recognition); then the
    account's side is the source.
    """

    source: str
    target: str
    directed: bool
    statement: Relationship
    account: str


def stated_ties(found: Collection, unit: Unit, level: str | None = None) -> tuple[list[StatedTie], Counter[str]]:
    """The ties between unions or regions that the selected accounts state.

    Parameters
    ----------
    found : Collection
    unit : str
        ``TradeUnion`` or ``Region``.
    level : str, optional
        Key of ``region_levels``: regions count for theirs of that level.

    Returns
    -------
    The ties in order of account and statement, and how many statements make none, by the keys of `REASONS`.
    """
    ties: list[StatedTie] = []
    left_out: Counter[str] = Counter()
    kinds = schema().relationships
    for account in found.accounts:
        for said in account.spread:
            reason = next((flag for flag in _FLAGS if said.properties.get(flag)), None)
            if reason is None and said.end[0] == "UnresolvedName":
                reason = "unresolved"
            if reason is not None:
                left_out[reason] += 1
                continue
            here = units(account, unit, found, level)
            there = _other(said, unit, found, level)
            pairs = [(one, other) for one in here for other in there if one != other]
            if not pairs:
                left_out["no_unit" if not here else "other_kind" if not there else "itself"] += 1
            for one, other in pairs:
                influence = kinds[said.type].influence
                source, target = (other, one) if influence == "end_to_start" else (one, other)
                ties.append(StatedTie(source, target, influence is not None, said, account.id))
    return ties, left_out


def units(account: Account, unit: Unit, found: Collection, level: str | None) -> list[str]:
    """The ids of the unions or regions that an account counts for."""
    if unit == "TradeUnion":
        return sorted(account.unions)
    return sorted(counts_for(account.regions, level, found.places))


def _other(said: Relationship, unit: Unit, found: Collection, level: str | None) -> list[str]:
    """The unions or regions at the other end of a statement."""
    label, identifier = said.end
    if label == "PracticeCase":
        account = found.every.get(identifier)
        return units(account, unit, found, level) if account else []
    if unit == "TradeUnion":
        return [identifier] if label == "TradeUnion" else []
    regions = [identifier] if label == "Region" else found.seats.get(identifier, ()) if label == "TradeUnion" else ()
    return sorted(counts_for(regions, level, found.places))
