"""What an account says of a group of people it names: served, counted, in the title, or only part of another name.

A mention counts where its words name people: not before a noun of a thing (户外|屏), as a title that somebody got
(当选|劳模), in the mouth of one who acts for the practice (工会主席|介绍) or as a mere trouble (农民工|多). Weak cues
(a place, a branch) are counted apart. What every account names (全体职工, 企业) is weighed by features of its own,
named ``w_…`` and ``e_…``: how much of all the naming is theirs, and how many other groups there are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from unionkg.loaders.extract.practice_mentions import Use
from unionkg.loaders.extract.practice_text import Reading
from unionkg.ontology.vocabulary import Term, table

#: groups that nearly every account names, with the prefix of their features
GENERAL = {"all_workers": "w_", "enterprises": "e_"}
_BEFORE = 12
_AFTER = 6
_COUNTED = re.compile("[0-9一二三四五六七八九十百千万余多]+(?:名|位|个|户|家|人)?的?$")
_QUALIFIED = re.compile(
    "(?:行业|企业|园区|楼宇|商圈|街区|一线|白领|年轻|困难|患病|女|老|货运|快递|公司|集团)的?$"
)  # 医养照护行业|职工 are not all workers
_WEAK = 0.5  # what a weak mention counts beside a strong one


def features(
    reading: Reading, found: Mapping[str, Sequence[Use]], terms: Iterable[Term]
) -> dict[str, dict[str, float]]:
    """Features of every group that is named, by key: values between 0 and about 4.

    ``found`` holds the mentions of each group, ``terms`` the groups in the order of the vocabulary.
    """
    mentions = {key: _Mentions(reading, uses) for key, uses in found.items()}
    size = {key: len(m.strong) + _WEAK * len(m.weak) for key, m in mentions.items()}
    result = {}
    for term in terms:
        key = term.key
        others = [count for other, count in size.items() if other != key and other not in GENERAL]
        values = _own(reading, mentions[key], found[key][0].mention.start)
        values["share"] = size[key] / max(1.0, sum(size.values()))
        values["type_title"] = float(any(_titled(reading, practice) for practice in term.values("types")))
        if key in GENERAL:
            values["others"] = math.log1p(sum(count >= 2 for count in others))
            values["groups"] = math.log1p(sum(count >= 1 for count in others))
            values["most"] = float(size[key] >= max([1.0, *others]))
            values["plain"] = math.log1p(mentions[key].plain)
            values = {GENERAL[key] + name: value for name, value in values.items()}
        result[key] = values | {f"group_{key}": 1.0}
    return result


class _Mentions:
    """The mentions of one group that name people, the strong and the weak ones, with what is beside each."""

    def __init__(self, reading: Reading, uses: Sequence[Use]) -> None:
        self.strong: list[Use] = []
        self.weak: list[Use] = []
        self.served = self.plain = 0
        self.counted = False
        text = reading.text
        for use in uses:
            mention = use.mention
            after = text[mention.end : mention.end + _AFTER]
            start = max(reading.clause(mention.start)[0], mention.start - _BEFORE)
            before = text[start : mention.start]
            if not use.real or _names_no_people(before, after):
                continue
            if not mention.strong:
                self.weak.append(use)
                continue
            self.strong.append(use)
            self.served += bool(_cue("served_before").search(before) or _cue("served_after").match(after))
            self.counted |= _COUNTED.search(before) is not None
            self.plain += _QUALIFIED.search(before) is None


def _names_no_people(before: str, after: str) -> bool:
    if _cue("honoured_before").search(before[-8:]):
        return True
    return any(_cue(kind).match(after) for kind in ("thing_after", "acting_after", "trouble_after"))


def _own(reading: Reading, mentions: _Mentions, first: int) -> dict[str, float]:
    people = [*mentions.strong, *mentions.weak]
    body = max(1, len(reading.text) - reading.body)
    return {
        "strong": float(bool(mentions.strong)),
        "count": math.log1p(len(mentions.strong)),
        "weak_count": math.log1p(len(mentions.weak)),
        "served": math.log1p(mentions.served),
        "counted": float(mentions.counted),
        "title": float(any(use.zone == "title" for use in mentions.strong)),
        "surfaces": min(len({reading.text[u.mention.start : u.mention.end] for u in people}), 4) / 2,
        "early": 1 - min(max(0, first - reading.body) / body, 1.0),
    }


def _titled(reading: Reading, practice_type: str) -> bool:
    """Whether the title names a practice type."""
    found = reading.mentions["practice_types"].get(practice_type, ())
    return any(m.strong and reading.zone(m.start) == "title" for m in found)


@cache
def _cue(kind: str) -> re.Pattern[str]:
    words = next(row["words"] for row in table("target_cues") if row["kind"] == kind).split("|")
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
