"""Cue words of a vocabulary as one regular expression."""

from __future__ import annotations

import re

from unionkg.ontology.vocabulary import table


def alternation(name: str, *kinds: str) -> str:
    """The words of the table ``name`` whose ``kind`` is one of ``kinds``, escaped, longest first, joined by ``|``."""
    words = {row["word"] for row in table(name) if row["kind"] in kinds}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
