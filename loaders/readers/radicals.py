"""Radicals that PDF programs write for ideographs: ⼯会 is shown as 工会 and stored as 工会."""

from __future__ import annotations

from functools import cache

from unionkg.ontology.vocabulary import table


@cache
def _ideographs() -> dict[int, str]:
    return {ord(row["radical"]): row["ideograph"] for row in table("cjk_radicals")}


def printed(text: str) -> str:
    """The text with ideographs for Kangxi radicals and CJK radicals, as long as before; all else stays as it is."""
    if not any("\u2e80" <= character <= "\u2fdf" for character in text):
        return text
    return text.translate(_ideographs())
