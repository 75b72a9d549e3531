"""Wording that one account shares with another beyond set phrases, with the places of both; computed, never stored.

Printings of one account (`unionkg.graph.same_account`) are one account: the printing with the smallest id stands for
it. What is reused tells of a common source or of one text known to the other, not who wrote first; publication dates
may tell that.

References
----------
Smith & Waterman (1981), Identification of common molecular subsequences, Journal of Molecular Biology 147(1).
Linder, Desmarais, Burgess & Giraudy (2020), Text as policy: measuring policy similarity through bill text reuse,
Policy Studies Journal 48(2).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from unionkg.graph.analysis.accounts import listed
from unionkg.graph.analysis.text_reuse import align, candidates, weights
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node
from unionkg.ontology import dates

LEAST = 25.0
"""The score from which on a shared passage is told: about so many characters in a row that no other account has."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One side: the account's id and name, its unions, its document with the date of publication, and the words.

    ``start`` and ``end`` are offsets into the document's text.
    """

    account: str
    case: str
    unions: tuple[str, ...]
    document: str
    published: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage in two accounts.

    Attributes
    ----------
    score : float
        Weight of the equal tokens less what differs; a token of words that no third account has weighs 1.
    tokens : int
        Equal characters (words of Latin script count as one).
    left, right : Passage
        Where the order of publication is stated, the earlier one first.
    earlier : str or None
        ``left`` where its document was surely published before the other's; None where that is not stated.
    possibly_same : bool
        Whether the two may be printings of one account, which nobody has decided yet.
    """

    score: float
    tokens: int
    left: Passage
    right: Passage
    earlier: str | None
    possibly_same: bool


@dataclass(frozen=True, slots=True)
class Text:
    """An account's text, and where its pieces begin: (place in the text, offset in the document)."""

    text: str
    pieces: tuple[tuple[int, int], ...]

    def offset(self, at: int) -> int:
        """The offset in the document of a place in the text."""
        place, begin = self.pieces[bisect_right(self.pieces, (at, 10**12)) - 1]
        return begin + at - place


def account_text(document: str, lines: Sequence[int], without: Sequence[tuple[int, int]] = ()) -> Text:
    """The text of an account, its pieces one after the other.

    Parameters
    ----------
    document : str
        The document's text.
    lines : sequence of int
        Ranges of lines (first, last, first, last …), from 1, inclusive.
    without : sequence of (int, int)
        Offsets of what is not its own, such as an expert's commentary.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", document)), len(document)]
    parts, pieces, length = [], [], 0
    for first, last in zip(lines[::2], lines[1::2], strict=True):
        for begin, end in _less((starts[first - 1], starts[min(last, len(starts) - 1)]), without):
            pieces.append((length, begin))
            parts.append(document[begin:end])
            length += end - begin
    return Text("".join(parts), tuple(pieces))


def _less(span: tuple[int, int], without: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a span without others."""
    begin = span[0]
    for start, end in sorted(without):
        if start >= span[1] or end <= begin:
            continue
        if start > begin:
            yield begin, start
        begin = end
    if begin < span[1]:
        yield begin, span[1]


def reuse(projection: Projection, text_of: Callable[[str], str], least: float = LEAST) -> list[Shared]:
    """Find the passages that pairs of accounts share (Linder et al. 2020).

    Parameters
    ----------
    projection : Projection
    text_of : callable
        Gives a document's text by its id.
    least : float
        The score that a passage must have.

    Returns
    -------
    list of Shared
        In order of the accounts' ids: the best passage of each pair.
    """
    nodes = {node.id: node for graph in projection.documents for node in graph.nodes}
    lead = _printings(nodes)
    texts = {}
    for document in sorted({str(node.properties["document"]) for node in lead.values()}):
        whole = text_of(document)
        for identifier, node in lead.items():
            if node.properties["document"] == document:
                texts[identifier] = account_text(whole, listed(node, "lines"), _commentary(node))
    plain = {identifier: text.text for identifier, text in texts.items()}
    known = weights(list(plain.values()))
    unions = _unions(projection)
    doubtful = _doubtful(projection, nodes)
    shared = []
    for one, other in candidates(plain, known, least / 2):
        found = align(plain[one], plain[other], known)
        if found is None or found.score < least:
            continue
        left = _passage(lead[one], texts[one], found.left, unions, nodes)
        right = _passage(lead[other], texts[other], found.right, unions, nodes)
        order = dates.compare(left.published, right.published)
        if order == "after":
            left, right = right, left
        earlier = "left" if order in {"before", "after"} else None
        shared.append(Shared(found.score, found.tokens, left, right, earlier, frozenset({one, other}) in doubtful))
    return shared


def _printings(nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The printing that stands for each account, by the account's id."""
    lead: dict[str, Node] = {}
    for node in sorted(nodes.values(), key=lambda node: node.id):
        if node.label == "PracticeCase":
            lead.setdefault(str(node.properties["account"]), node)
    return dict(sorted(lead.items()))


def _commentary(node: Node) -> list[tuple[int, int]]:
    """Where others speak about the account."""
    sections = zip(
        listed(node, "section_kinds"), listed(node, "section_starts"), listed(node, "section_ends"), strict=True
    )
    return [(start, end) for kind, start, end in sections if kind == "点评"]


def _unions(projection: Projection) -> dict[str, tuple[str, ...]]:
    """The names of the originators of every account's printing."""
    names = {node.id: str(node.properties["name"]) for node in projection.entities if node.label == "TradeUnion"}
    found: dict[str, set[str]] = {}
    for graph in projection.documents:
        for tie in graph.relationships:
            if tie.type == "INITIATED":
                found.setdefault(tie.end[1], set()).add(names[tie.start[1]])
    return {case: tuple(sorted(some)) for case, some in found.items()}


def _doubtful(projection: Projection, nodes: Mapping[str, Node]) -> set[frozenset[str]]:
    """Pairs of accounts of which printings may be of one."""
    pairs = set()
    for tie in projection.derived:
        if tie.type == "SAME_ACCOUNT":
            pairs.add(frozenset(str(nodes[end].properties["account"]) for end in (tie.start[1], tie.end[1])))
    return pairs


def _passage(
    node: Node, text: Text, place: tuple[int, int], unions: Mapping[str, tuple[str, ...]], nodes: Mapping[str, Node]
) -> Passage:
    document = nodes[str(node.properties["document"])]
    published = document.properties.get("published")
    return Passage(
        account=node.id,
        case=str(node.properties["name"]),
        unions=unions.get(node.id, ()),
        document=document.id,
        published=str(published) if published else None,
        start=text.offset(place[0]),
        end=text.offset(place[1] - 1) + 1,
        quote=text.text[slice(*place)],
    )
