"""The region that a document as a whole speaks of: a prior for names that several regions bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from unionkg.loaders.accounts import Account
from unionkg.loaders.layout.units import matching_copy
from unionkg.ontology.regions import county_of, find, table

#: How much of an account's head names where it took place.
_HEAD = 240
_MAJORITY = 0.6


def region_of(title: str, publisher: str | None, made: tuple[Account, ...], date: str | None) -> str | None:
    """The code of the region of a document; None where it is national or says too little.

    The region in the title or of the publisher, unless the accounts speak of others; else the prefecture or
    province that most accounts name in full at their head.
    """
    votes = [codes for account in made if (codes := _codes(_head(account), date))]
    for text in (title, publisher or ""):
        named = set(_codes(text, date))
        if len(named) == 1 and _agrees(code := next(iter(named)), votes):
            return code
    for digits in (4, 2):
        counts: defaultdict[str, float] = defaultdict(float)
        for codes in votes:
            for code in codes:
                # A name of the province says nothing of the prefecture, and municipalities have none.
                if digits == 2 or (code[2:4] != "00" and code[:4] + "00" in table()):
                    counts[code[:digits]] += 1 / len(codes)
        prefix, share = max(counts.items(), key=lambda item: item[1], default=("", 0.0))
        if prefix and share >= _MAJORITY * len(votes) and (len(votes) > 1 or len(made) == 1):
            return prefix.ljust(6, "0")
    return None


def _head(account: Account) -> str:
    credit = (passage.text for what, passage in account.about if what == "credit")
    return "\n".join([account.passage.text[:_HEAD], *credit])


def _codes(text: str, date: str | None) -> list[str]:
    """Codes to the county of the names in a text that can mean one region only, one a mention."""
    if not text:
        return []
    return [county_of(code) for mention in find(matching_copy(text), date=date) if (code := mention.code)]


def _agrees(code: str, votes: Sequence[Sequence[str]]) -> bool:
    """Whether at least half of the accounts that name regions name one of the same province."""
    return sum(any(other[:2] == code[:2] for other in vote) for vote in votes) >= 0.5 * len(votes)
