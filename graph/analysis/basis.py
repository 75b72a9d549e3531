"""What has to be told beside every figure of diffusion: how many accounts it rests on, and how much they state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unionkg.graph.analysis.accounts import Account, Selection, collection
from unionkg.graph.analysis.adoptions import STATED
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import say


@dataclass(frozen=True, slots=True)
class Basis:
    """The accounts behind figures: how many, and how many of them state a beginning, a place, how the practice spread.

    ``known_by`` are dated by a publication or award only. ``edges`` have a statement of diffusion that is not merely
    intended.
    """

    accounts: int
    stated: int
    known_by: int
    placed: int
    edges: int


def basis(accounts: Sequence[tuple[Account, Sequence[Relationship]]]) -> Basis:
    """Count accounts, each with the ``APPLIED`` statements that date it."""
    stated = known_by = placed = edges = 0
    for account, applied in accounts:
        dated = {tie.properties.get("dated_by") for tie in applied}
        stated += bool(dated & set(STATED))
        known_by += bool(dated - {None, *STATED}) and not dated & set(STATED)
        placed += bool(account.regions)
        edges += any(not tie.properties.get("intended") for tie in account.spread)
    return Basis(len(accounts), stated, known_by, placed, edges)


def overall(projection: Projection, practice_type: str | None = None, *, main: bool = False) -> Basis:
    """The basis of all accounts that apply a practice type that is not routine, or the one of that label.

    ``main`` counts only those whose main practice it is.
    """
    found = collection(projection, Selection())
    accounts = []
    for account in found.accounts:
        applied = [
            tie
            for identifier, ties in account.applied.items()
            if practice_type in {None, found.nodes["PracticeType", identifier].properties["name"]}
            for tie in ties
            if not main or tie.properties.get("role") == "main"
        ]
        if applied:
            accounts.append((account, applied))
    return basis(accounts)


def told(found: Basis) -> list[str]:
    """Sentences in the user's language, for under a table."""
    n = found.accounts
    undated = n - found.stated - found.known_by
    return [
        say(
            f"案例 {n} 则：写明起始时间 {_share(found.stated, n)}，只知“不晚于” {_share(found.known_by, n)}，没有时间 {_share(undated, n)}；"
            f"有地区 {_share(found.placed, n)}；写明传播关系 {_share(found.edges, n)}",
            f"{n} accounts: {_share(found.stated, n)} state a beginning, {_share(found.known_by, n)} are only known by a date, "
            f"{_share(undated, n)} are undated; {_share(found.placed, n)} have a place; {_share(found.edges, n)} state how it spread",
        ),
        sample(),
    ]


def sample() -> str:
    """The warning that belongs to every figure."""
    return say(
        "资料汇编是样本，不是普查：资料未见不等于没有做",
        "a collection is a sample, no census: what it does not show may exist all the same",
    )


def reasons(counted: Mapping[str, int], known: Mapping[str, tuple[str, str]]) -> str:
    """Counted reasons in the user's language, in the order in which they are known."""
    return say("、", ", ").join(f"{say(*known[name])} {counted[name]}" for name in known if counted.get(name))


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}"
