"""The regions that an account names, read once for its unions and its places."""

from __future__ import annotations

from functools import lru_cache

from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.simplified import simplified
from unionkg.ontology import regions


def working_text(account: Account) -> str:
    """The passage in simplified characters with ASCII round brackets; offsets stay those of the passage."""
    return simplified(account.passage.text).replace("（", "(").replace("）", ")")


def places(text: str, document: DocumentContext) -> tuple[tuple[regions.Mention, ...], frozenset[str], str | None]:
    """The regions that a text names, in its order; the codes of those that it names in full; the region that it speaks of.

    Read twice: a short form (大丰) is a place where the full one (大丰区) stands anywhere in the account.
    """
    return _places(text, document.published, document.region)


@lru_cache(maxsize=8)
def _places(
    text: str, date: str | None, within: str | None
) -> tuple[tuple[regions.Mention, ...], frozenset[str], str | None]:
    first = regions.find(text, date=date, within=within)
    known = regions.named_in_full(first)
    if not known:
        return first, known, within
    scope = within or _one_province(known)
    return regions.find(text, date=date, within=scope, known=known), known, scope


def _one_province(known: frozenset[str]) -> str | None:
    """The province that everything named in full lies in: 鼓楼区 beside 南京市 is not the one of 福州."""
    provinces = {f"{code[:2]}0000" for code in known if code[:2].isdigit()}
    return provinces.pop() if len(provinces) == 1 else None
