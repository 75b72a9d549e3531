"""The cue words of vocabularies/outcome_cues.csv as compiled patterns, one for each kind."""

from __future__ import annotations

import re
from functools import cache

from unionkg.ontology.vocabulary import table


@cache
def words(*kinds: str) -> frozenset[str]:
    """The cues of some kinds."""
    return frozenset(row["cue"] for row in table("outcome_cues") if row["kind"] in kinds)


@cache
def cue(*kinds: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A pattern for any cue of some kinds, the longest first; ``before`` and ``after`` are put around it."""
    rows = sorted((row for row in table("outcome_cues") if row["kind"] in kinds), key=lambda row: -len(row["cue"]))
    one = "|".join(
        (f"(?<![{row['not_after']}])" if row["not_after"] else "")
        + re.escape(row["cue"])
        + (f"(?![{row['not_before']}])" if row["not_before"] else "")
        for row in rows
    )
    return re.compile(f"{before}(?:{one}){after}")
