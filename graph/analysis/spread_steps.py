"""The steps of a story of spread: what an account states of a practice's beginning, and of what became of it, with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.analysis.accounts import Account, Collection, listed
from unionkg.graph.analysis.adoptions import STATED
from unionkg.graph.build import Projection
from unionkg.graph.derived import earliest, of_account
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.ontology import dates

Role = Literal["start", "act", "uptake", "radiation", "learning", "pilot", "rollout"]
Order = Literal["dated", "worded", "open"]
"""How far the order of two steps is certain: by stated dates, by the words that state it, or not at all."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a story.

    Attributes
    ----------
    role : str
        ``start`` of the practice, ``act`` of a superior, ``uptake`` by one, ``radiation`` elsewhere, ``learning``,
        ``pilot`` or ``rollout``.
    statement : str
        Its id; a beginning that an account states has the account's.
    relationship : str
        Its type in the graph; ``started`` for a beginning.
    account, case : str
        Id and name of the printing that states it.
    unions : tuple of str
        Names of the account's unions.
    other : str or None
        The other end as printed.
    period : str or None
        When, as a partial date or an interval of two.
    document : str
    quotes, starts : tuples
        The words and where they begin in the document's text.
    review : str
        unreviewed, accepted or corrected.
    """

    role: Role
    statement: str
    relationship: str
    account: str
    case: str
    unions: tuple[str, ...]
    other: str | None
    period: str | None
    document: str
    quotes: tuple[str, ...]
    starts: tuple[int, ...]
    review: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one account says of one practice type: the stated interval of its beginning, its usable statements.

    ``cited`` are the policies about the type that it cites, each with the statements ``CITED``.
    """

    account: Account
    start: str | None
    applied: tuple[Relationship, ...]
    cited: Mapping[str, Relationship]


def tellings(practice_type: str, found: Collection, citing: Mapping[str, Sequence[Relationship]]) -> list[Telling]:
    """The accounts whose main practice is of a type; what they say of its spread, they say of that practice."""
    told = []
    for account in found.accounts:
        applied = tuple(tie for tie in account.applied.get(practice_type, ()) if tie.properties.get("role") == "main")
        if applied:
            cited = {tie.end[1]: tie for tie in citing.get(account.id, ())}
            told.append(Telling(account, stated_start([applied]), applied, cited))
    return told


def said_once(account: Account) -> list[Relationship]:
    """The account's statements of diffusion; what several printings of it say is said once."""
    once: dict[tuple[object, ...], Relationship] = {}
    for tie in account.spread:
        said = [
            tie.properties.get(name) for name in ("printed", "period", "form", "collective", "internal", "intended")
        ]
        once.setdefault((tie.type, tie.end, *said), tie)
    return list(once.values())


def stated_start(accounts: Sequence[Sequence[Relationship]]) -> str | None:
    """The interval of the earliest beginning of accounts, each with its ``APPLIED``; None where one states none."""
    dating = earliest([of_account([tie.properties for tie in applied]) for applied in accounts])
    if dating["not_before"] is None or dating["dated_by"] not in STATED:
        return None
    return f"{dating['not_before']}/{dating['not_after']}"


def citations(projection: Projection, found: Collection) -> dict[str, list[Relationship]]:
    """The ``CITED`` statements of every account, by the account's id."""
    cited: dict[str, list[Relationship]] = defaultdict(list)
    for graph in projection.documents:
        for tie in sorted(graph.relationships, key=lambda t: t.id):
            if tie.type == "CITED" and tie.start[1] in found.every:
                cited[found.every[tie.start[1]].id].append(tie)
    return cited


def start_step(telling: Telling, found: Collection) -> Step | None:
    """The stated beginning with its words; None where none is stated."""
    if telling.start is None:
        return None
    tie = min(
        telling.applied,
        key=lambda t: (t.properties.get("dated_by") not in STATED, str(t.properties.get("not_after", "9999")), t.id),
    )
    node = found.nodes["PracticeCase", tie.start[1]]
    quoted = _quoted(node, "started") if tie.properties.get("dated_by") == "stated_start" else _words(tie)
    first, last = telling.start.split("/")
    return Step(
        role="start",
        statement=node.id,
        relationship="started",
        account=node.id,
        case=str(node.properties["name"]),
        unions=names(telling.account, found),
        other=None,
        period=_shown(first, last),
        document=str(tie.properties["document"]),
        quotes=quoted[0],
        starts=quoted[1],
        review=str(
            (node if tie.properties.get("dated_by") == "stated_start" else tie).properties.get(
                "started_review", tie.properties["review"]
            )
        ),
    )


def step(role: Role, tie: Relationship, account: Account, found: Collection) -> Step:
    """A statement of an account as a step."""
    node = found.nodes["PracticeCase", tie.start[1]]
    quotes, starts = _words(tie)
    return Step(
        role=role,
        statement=tie.id,
        relationship=tie.type,
        account=node.id,
        case=str(node.properties["name"]),
        unions=names(account, found),
        other=str(tie.properties["printed"]) if "printed" in tie.properties else None,
        period=period_of(tie, found),
        document=str(tie.properties["document"]),
        quotes=quotes,
        starts=starts,
        review=str(tie.properties["review"]),
    )


def period_of(tie: Relationship, found: Collection) -> str | None:
    """When a statement says that it happened; of a cited policy, when that was issued."""
    if tie.type == "CITED":
        issued = found.nodes[tie.end].properties.get("issued")
        return str(issued) if issued else None
    period = tie.properties.get("period")
    return str(period) if period else None


def order(first: str | None, then: str | None) -> Order | None:
    """How far one period is certain to lie before another; None where it surely does not.

    A stated period that no calendar has (``2017/2015``) lies in no order to any other.
    """
    if any(period is not None and not dates.is_period(period) for period in (first, then)):
        return "open"
    compared = dates.compare(first, then)
    if compared == "before":
        return "dated"
    return None if compared == "after" else "open"


def weakest(*orders: Order | None) -> Order | None:
    """The order of a chain: none where one link contradicts it, open where one is."""
    if None in orders:
        return None
    looser: tuple[Order, ...] = ("open", "worded")
    return next((one for one in looser if one in orders), "dated")


def names(account: Account, found: Collection) -> tuple[str, ...]:
    """The names of an account's unions."""
    return tuple(str(found.nodes["TradeUnion", one].properties["name"]) for one in sorted(account.unions))


def overlapping(one: Relationship, other: Relationship) -> bool:
    """Whether two statements rest on the same words, at least in part."""
    if one.properties.get("document") != other.properties.get("document"):
        return False
    return any(a < d and c < b for a, b in _spans(one) for c, d in _spans(other))


def _spans(tie: Relationship) -> list[tuple[int, int]]:
    return list(zip(listed(tie, "starts"), listed(tie, "ends"), strict=True))


def _words(tie: Relationship) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(listed(tie, "quotes")), tuple(listed(tie, "starts"))


def _quoted(node: Node, name: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words on an account's node that support one of its fields."""
    here = zip(listed(node, "quote_for"), listed(node, "quotes"), listed(node, "starts"), strict=True)
    kept = [(quote, start) for field, quote, start in here if field == name]
    return tuple(quote for quote, _ in kept), tuple(start for _, start in kept)


def _shown(first: str, last: str) -> str:
    """Whole days as the partial date that they came from, where they did: 2016-07-01 to 2016-07-31 is 2016-07."""
    for text in (last[:4], last[:7], last):
        if dates.bounds(text) == (first, last):
            return text
    return f"{first}/{last}"
