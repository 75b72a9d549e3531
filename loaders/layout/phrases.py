"""Phrases by which editors speak of their collection: the table ``layout_editorial`` as one pattern."""

from __future__ import annotations

import re
from functools import cache

from unionkg.ontology.vocabulary import table


@cache
def editorial_words() -> re.Pattern[str]:
    """What editors write of the collection itself."""
    return re.compile("|".join(row["phrase"] for row in table("layout_editorial")))
