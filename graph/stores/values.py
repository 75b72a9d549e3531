"""Times as the results show them: ISO 8601, alike from both stores."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

_ZONE_NAME = re.compile(r"\[[^\]]*\]$")


def iso(text: str) -> str:
    """Return a date, time, date-time or duration in the one form that results use.

    A date-time with a zone comes in UTC; fractions of a second are cut at microseconds and left out when zero;
    dates and durations stay as they are.
    """
    bare = _ZONE_NAME.sub("", text)
    if bare.startswith(("P", "-P")) or ("T" not in bare and ":" not in bare):
        return bare
    if "T" in bare.lstrip("T"):
        moment = datetime.fromisoformat(bare)
        return (moment if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()
    return time.fromisoformat(bare).isoformat()
