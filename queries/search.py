"""Search over names, aliases, titles and the quotes behind statements; the same hits on every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from unionkg.errors import QueryError
from unionkg.graph.stores.protocol import Store
from unionkg.language import say

_BY_NAME = """
MATCH (n)
WHERE NOT n:Build AND (n.name CONTAINS $text OR any(a IN coalesce(n.aliases, []) WHERE a CONTAINS $text)
      OR coalesce(n.canonical, '') CONTAINS $text)
RETURN labels(n)[0] AS label, n.id AS id, n.name AS name, n.first_line AS line,
       [x IN [n.name] + coalesce(n.aliases, []) + [coalesce(n.canonical, '')] WHERE x CONTAINS $text][0] AS matched
"""
_BY_QUOTE = """
MATCH (c:PracticeCase)-[s]-()
WHERE any(q IN coalesce(s.quotes, []) WHERE q CONTAINS $text)
RETURN c.id AS id, c.name AS name, c.first_line AS line, [q IN s.quotes WHERE q CONTAINS $text][0] AS quote
"""
#: Which kind of thing comes first: what a person most likely means.
_ORDER = ("PracticeCase", "TradeUnion", "Practice", "PracticeType", "Region")


@dataclass(frozen=True, slots=True)
class Hit:
    """One node found: its first line in the document where it is an account, and the words around the hit."""

    id: str
    label: str
    name: str
    line: int | None
    snippet: str


def search(store: Store, text: str, limit: int = 20) -> Sequence[Hit]:
    """Find nodes by name, and accounts by the quotes of their statements.

    A whole name comes before a part of one, names before quotes; then by kind, name and id.

    Raises
    ------
    QueryError
        There is nothing to search for.
    """
    wanted = text.strip()
    if not wanted:
        raise QueryError(say("没有要查找的文字", "nothing to search for"))
    found: dict[str, tuple[tuple[int, int, str, str], Hit]] = {}
    for label, identifier, name, line, matched in store.ask(_BY_NAME, {"text": wanted}).rows:
        kind = _ORDER.index(label) if label in _ORDER else len(_ORDER)
        rank = (0 if name == wanted else 1, kind, name, identifier)
        found[identifier] = (rank, Hit(identifier, label, name, line, matched))
    for identifier, name, line, quote in sorted(store.ask(_BY_QUOTE, {"text": wanted}).rows, key=lambda row: row[3]):
        if identifier not in found:
            found[identifier] = ((2, 0, name, identifier), Hit(identifier, "PracticeCase", name, line, quote))
    return [hit for _, hit in sorted(found.values(), key=lambda pair: pair[0])[:limit]]
