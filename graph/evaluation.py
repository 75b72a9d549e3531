"""Scoring records against accounts that people labelled: pairing, precision, recall and F1 of every field.

Records are flat (`unionkg.graph.exchange.flat`). A predicted account is paired with a labelled one of the same
source by title and lines; then every field of a pair is compared, and counts are summed over all labelled
accounts (micro average). How alike two values must be is stated field by field below; people who label word
indicators and practice names differently, so those are compared by shared characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Flat = Mapping[str, Any]
Same = Callable[[Any, Any], bool]

#: The fields whose mean F1 is the one figure to quote.
CORE = ("items", "unions", "unions.originator", "regions.location", "practices.main", "target_groups", "outcomes")

_PUNCTUATION = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()（）,，.。、:：;；!！?？·—\-_/+＋]+")


@dataclass(slots=True)
class Tally:
    """Hits, labelled and predicted values of one field, with what was missed and what was wrong, for reading."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0
    missed: list[tuple[str, Any]] = field(default_factory=list)
    wrong: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of predicted values that are right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of labelled values that were found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, where: str, gold: Sequence[Any], predicted: Sequence[Any], same: Same) -> list[tuple[Any, Any]]:
        """Pair values greedily in their order and count them."""
        left = list(predicted)
        pairs = []
        for wanted in gold:
            found = next((p for p in left if same(wanted, p)), None)
            if found is None:
                self.missed.append((where, wanted))
            else:
                left.remove(found)
                pairs.append((wanted, found))
        self.hit += len(pairs)
        self.gold += len(gold)
        self.predicted += len(predicted)
        self.wrong += [(where, p) for p in left]
        return pairs


def core(tallies: Mapping[str, Tally]) -> float:
    """Mean F1 of the `CORE` fields."""
    return sum(tallies[name].f1 for name in CORE) / len(CORE)


def overall(tallies: Mapping[str, Tally]) -> float:
    """Mean F1 of all fields of which anything is labelled or read."""
    told = [tally for tally in tallies.values() if tally.gold or tally.predicted]
    return sum(tally.f1 for tally in told) / max(1, len(told))


def evaluate(gold: Sequence[Flat], predicted: Sequence[Flat]) -> dict[str, Tally]:
    """Score flat records against labelled ones.

    Parameters
    ----------
    gold : sequence of mappings
        Labelled accounts.
    predicted : sequence of mappings
        What the machine read of the same sources; an account without a labelled partner counts against the
        precision of ``items`` only where it lies on labelled lines.

    Returns
    -------
    dict of field -> Tally, ``items`` first.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    pairs = pair_items(gold, predicted, tallies["items"])
    paired = {id(labelled) for labelled, _ in pairs}
    unread: list[tuple[Flat, Flat]] = [(labelled, {}) for labelled in gold if id(labelled) not in paired]
    for labelled, read in [*pairs, *unread]:
        _compare(labelled, read, f"{labelled['source']} {labelled['title']}", tallies)
    return dict(tallies)


def _compare(gold: Flat, read: Flat, where: str, tallies: dict[str, Tally]) -> None:
    _compare_unions(gold, read, where, tallies)

    def add(name: str, wanted: Iterable[Any], found: Iterable[Any], same: Same = str.__eq__) -> list[tuple[Any, Any]]:
        return tallies[name].add(where, list(wanted), list(found), same)

    def codes(record: Flat) -> list[str]:
        return sorted({r["code"] for r in _many(record, "regions") if r.get("role") == "location"})

    def known(record: Flat) -> list[str]:
        return sorted({c["concept"] for c in _many(record, "concepts") if not c["concept"].startswith("new:")})

    def main(record: Flat) -> list[Flat]:
        return [p for p in _many(record, "practices") if p.get("main")]

    add("regions.location", codes(gold), codes(read))
    add("practices.main", main(gold), main(read), _same_named)
    add("practices", _many(gold, "practices"), _many(read, "practices"), _same_named)
    add("theme", [p["theme"] for p in main(gold)], [p.get("theme") for p in main(read)])
    add("concepts", known(gold), known(read))
    add("target_groups", _groups(gold), _groups(read))
    add("outcomes.number", _many(gold, "outcomes"), _many(read, "outcomes"), _same_number)
    for wanted, found in add("outcomes", _many(gold, "outcomes"), _many(read, "outcomes"), _same_outcome):
        add("outcomes.period", _year(wanted), _year(found))
    add("partners", _many(gold, "partners"), _many(read, "partners"), _same_named)
    add("policies", _many(gold, "policies"), _many(read, "policies"), _same_text)
    add("platforms", _many(gold, "platforms"), _many(read, "platforms"), _close)
    add("honors", _many(gold, "honors"), _many(read, "honors"), _same_named)
    add("commentators", _persons(gold), _persons(read))
    add("diffusion", _many(gold, "diffusion"), _many(read, "diffusion"), _same_spread)
    add("started", _start(gold), _start(read), _same_start)


def _compare_unions(gold: Flat, read: Flat, where: str, tallies: dict[str, Tally]) -> None:
    wanted, found = _many(gold, "unions"), _many(read, "unions")
    pairs = tallies["unions"].add(where, wanted, found, _same_union)
    tallies["unions.role"].add(where, wanted, found, _same_part)
    tallies["unions.originator"].add(where, _owners(wanted), _owners(found), _same_union)
    for name in ("type", "level"):
        values = [b[name] for _, b in pairs if b.get(name)]
        tallies[f"unions.{name}"].add(where, [a[name] for a, _ in pairs], values, str.__eq__)


def _owners(unions: Iterable[Flat]) -> list[Flat]:
    return [union for union in unions if union.get("role") == "originator"]


def _groups(record: Flat) -> list[str]:
    return sorted({group["group"] for group in _many(record, "target_groups")})


def _persons(record: Flat) -> list[str]:
    return [person["name"] for person in _many(record, "commentators")]


def _start(record: Flat) -> list[str]:
    return [record["started"]] if record.get("started") else []


def _many(record: Flat, name: str) -> list[Any]:
    return record.get(name) or []


def pair_items(gold: Sequence[Flat], predicted: Sequence[Flat], tally: Tally) -> list[tuple[Flat, Flat]]:
    """Pair labelled accounts with predicted ones of their source, the likest first; counts go into ``tally``."""
    by_source: dict[str, list[Flat]] = defaultdict(list)
    for read in predicted:
        by_source[str(read.get("source"))].append(read)
    scored = [(_alike(g, p), i, g, p) for i, g in enumerate(gold) for p in by_source[g["source"]]]
    pairs, taken, used = [], set(), set()
    for score, i, labelled, read in sorted(scored, key=lambda row: -row[0]):
        if score >= 0.5 and i not in taken and id(read) not in used:
            taken.add(i)
            used.add(id(read))
            pairs.append((labelled, read))
    labelled_lines: dict[str, set[int]] = defaultdict(set)
    for labelled in gold:
        labelled_lines[labelled["source"]] |= lines_of(labelled)
    wrong = [
        p for s, lines in labelled_lines.items() for p in by_source[s] if id(p) not in used and lines_of(p) & lines
    ]
    tally.hit, tally.gold, tally.predicted = len(pairs), len(gold), len(pairs) + len(wrong)
    tally.missed = [(g["source"], g["title"]) for i, g in enumerate(gold) if i not in taken]
    tally.wrong = [(p["source"], p.get("title")) for p in wrong]
    return pairs


def lines_of(record: Flat) -> set[int]:
    """The line numbers of a flat record."""
    spans = record.get("spans") or []
    if not spans and record.get("first_line") and record.get("last_line"):
        spans = [[record["first_line"], record["last_line"]]]
    return {n for first, last in spans for n in range(first, last + 1)}


def _alike(gold: Flat, read: Flat) -> float:
    ours, theirs = lines_of(gold), lines_of(read)
    overlap = len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0
    a, b = _norm(gold["title"]), _norm(read.get("title"))
    return max(overlap, SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0)


def _norm(text: str | None) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def _dice(a: str, b: str) -> float:
    """Dice coefficient of character bigrams."""

    def grams(text: str) -> Counter[str]:
        return Counter(text[i : i + 2] for i in range(len(text) - 1)) if len(text) > 1 else Counter([text])

    if not a or not b:
        return 0.0
    x, y = grams(a), grams(b)
    return 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()))


def _close(a: str, b: str) -> bool:
    """Equal, one inside the other (4 characters or more, at most about half more), or most bigrams shared."""
    a, b = _norm(a), _norm(b)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 4 and short in long and len(long) <= 2 * len(short) + 2) or _dice(a, b) >= 0.6


def _same_part(a: Flat, b: Flat) -> bool:
    return bool(a["role"] == b.get("role")) and _same_union(a, b)


def _names(entry: Flat) -> list[str]:
    return [n for n in [entry.get("name"), entry.get("canonical"), *(entry.get("aliases") or [])] if n]


def _same_named(a: Flat, b: Flat) -> bool:
    return any(_close(x, y) for x in _names(a) for y in _names(b))


def _same_union(a: Flat, b: Flat) -> bool:
    ours = {_norm(n) for n in (a.get("name"), a.get("canonical")) if n}
    return bool(ours & {_norm(n) for n in (b.get("name"), b.get("canonical")) if n})


def _same_text(a: str, b: str) -> bool:
    a, b = _norm(a), _norm(b)
    return bool(a and b) and (a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8)


def _same_number(a: Flat, b: Flat) -> bool:
    x, y = a.get("value"), b.get("value")
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return False
    return abs(x - y) <= 1e-6 * max(1.0, abs(x)) and _norm(a.get("unit")) == _norm(b.get("unit"))


def _same_outcome(a: Flat, b: Flat) -> bool:
    if not _same_number(a, b) or (a.get("from") is not None and a["from"] != b.get("from")):
        return False
    x, y = _norm(a.get("indicator")), _norm(b.get("indicator"))
    short, long = sorted((x, y), key=len)
    return (len(short) >= 2 and short in long) or _dice(x, y) >= 0.4


def _same_spread(a: Flat, b: Flat) -> bool:
    return bool(a["type"] == b.get("type")) and _close(a["other"], b.get("other") or "")


def _same_start(a: str, b: str) -> bool:
    return a[:7] == b[:7] or (min(len(a), len(b)) == 4 and a[:4] == b[:4])


def _year(outcome: Flat) -> list[str]:
    return [outcome["period"][:4]] if outcome.get("period") else []


#: When one statement of a field is right: it has a labelled partner of its own of which this holds.
STATED: Mapping[str, Same] = {
    "title": _same_text,
    "started": _same_start,
    "unions": _same_part,
    "regions": lambda a, b: bool(a["code"] == b["code"] and a["role"] == b["role"]),
    "practices": _same_named,
    "concepts": lambda a, b: bool(a["concept"] == b["concept"]),
    "target_groups": lambda a, b: bool(a["group"] == b["group"]),
    "outcomes": _same_outcome,
    "partners": _same_named,
    "policies": _same_text,
    "platforms": _close,
    "honors": _same_named,
    "commentators": lambda a, b: bool(a["name"] == b["name"]),
    "diffusion": _same_spread,
}
