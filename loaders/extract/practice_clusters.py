"""Candidates that name the same thing, taken together, and what speaks for and against each being a practice."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add

from unionkg.loaders.extract.practice_marks import Marks, marks, opening_verb, pattern, within, word_set, words
from unionkg.loaders.extract.practice_names import Candidate, ends_in_head, segments, trim
from unionkg.loaders.extract.practice_text import Reading

_NOISE = re.compile("[“”‘’\"'()（）·、,，:：《》\\s+-]+")
_DIGIT = re.compile("[0-9+一二三四五六七八九]")
_MOST_OFTEN = 20
_LOGARITHMS = [math.log1p(count) for count in range(_MOST_OFTEN + 1)]
_NAMED = re.compile("(?:叫做?|称为|称作|名为|取名|名叫|称之为|即|简称|合称|叫响|命名为|名称?是)[“‘]?$")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Candidates of one thing, in the order of the text; ``core`` is its brand or phrase without marks."""

    core: str
    members: tuple[Candidate, ...]


def key(text: str) -> str:
    """A name without quotation marks, brackets and blanks."""
    return _NOISE.sub("", text)


def clusters(reading: Reading, found: list[Candidate]) -> list[Cluster]:
    """Group candidates: equal cores together, a longer one to the shorter that it contains and does not outgrow."""
    text = reading.text
    groups: dict[str, list[Candidate]] = {}
    for candidate in found:
        groups.setdefault(key(text[slice(*candidate.core)]), []).append(candidate)
    groups.pop("", None)
    quoted = {core for core, members in groups.items() if any(m.kind == "quote" for m in members)}
    merged: dict[str, list[Candidate]] = {}
    for core in sorted(groups, key=lambda c: (c not in quoted, len(c))):
        home = next((other for other in merged if _belongs(core, other, other in quoted)), core)
        merged.setdefault(home, []).extend(groups[core])
    return [Cluster(core, tuple(sorted(members, key=lambda m: (m.start, m.end)))) for core, members in merged.items()]


def _belongs(core: str, other: str, quoted: bool) -> bool:
    if other not in core:
        return False
    if not quoted and core.endswith(other) and len(other) >= 4:
        return len(core) <= len(other) + 12
    if not quoted and core.endswith(words("strong_head")) and not other.endswith(words("strong_head")):
        return False
    return len(other) >= (3 if quoted else 4) and len(core) <= (2 * len(other) + (8 if quoted else 2))


@dataclass(frozen=True, slots=True)
class Frame:
    """What the features of all clusters of an account are measured against."""

    reading: Reading
    marks: Marks
    parts: Sequence[tuple[int, int]]
    #: strong mentions of practice types in the order of the text: start, end, key
    types: Sequence[tuple[int, int, str]]
    title_types: frozenset[str]
    #: how often each pair of characters of the clusters occurs in the body
    pairs: Mapping[str, int]


def frame(reading: Reading, found: Sequence[Cluster]) -> Frame:
    """Measure an account once for all of its clusters."""
    start, end = reading.title
    types = sorted(
        (m.start, m.end, name) for name, found in reading.mentions["practice_types"].items() for m in found if m.strong
    )
    titled = {
        name for name, found in reading.mentions["practice_types"].items() if any(start <= m.start < end for m in found)
    }
    parts = list(segments(reading.text, start, end, reading.breaks))
    wanted = {pair for cluster in found for pair in map(add, cluster.core, cluster.core[1:])}
    pairs = {pair: min(reading.text.count(pair, reading.body), _MOST_OFTEN) for pair in wanted}
    return Frame(reading, marks(reading.text), parts, types, frozenset(titled), pairs)


def features(frame: Frame, cluster: Cluster) -> dict[str, float]:
    """What speaks for and against a cluster being a practice: values up to about 2, those of 0 left out."""
    reading = frame.reading
    text = reading.text
    members = cluster.members
    first = members[0]
    quotes = [m for m in members if m.kind == "quote"]
    in_title = [m for m in members if m.start < reading.body and reading.zone(m.start) == "title"]
    count = text.count(text[slice(*first.core)])
    headed = any(m.end > m.core[1] + 1 for m in quotes)
    held = {name for m in members for _, end, name in _begun_within(frame.types, m) if end <= m.end}
    values = _features_of_words(frame, members) | {
        "lead": reading.body <= first.start < reading.lead,
        "early": 1 - max(0, first.start - reading.body) / max(1, len(text) - reading.body),
        "count": math.log(min(count, 8)) if count else 0.0,
        "holds_type": bool(held),
        "type_of_title": bool(held & frame.title_types),
        "person": cluster.core.endswith(words("person")) and not headed and not _opens(cluster.core, "visit"),
        "generic": cluster.core in word_set("generic") and not headed,
        "short": len(cluster.core) <= 2 and not (in_title and quotes and _DIGIT.match(cluster.core)),
        "topical": _topical(frame, cluster.core),
    }
    if quotes:
        values |= _features_of_quotes(text, quotes) | {
            "quote_head": headed,
            "first_quote": first.start >= reading.body and text.find("”", reading.body, first.start) < 0,
            "flourish": bool(in_title) and not headed and count < 2 and not values["digit"],
        }
    if in_title:
        values |= _features_of_title(frame, in_title, count) | {
            "title_and_body": members[-1].start >= reading.body,
            "slogan": not quotes
            and not held
            and count < 2
            and len(in_title) == len(members)
            and not _has_head(text, members)
            and all((m.start, m.end) != reading.title for m in in_title),
            "newsy": not quotes and all(_is_newsy(frame.marks, m.start, m.end) for m in in_title),
            "formal": any(_is_formal(frame, m) for m in in_title),
            "title_light": any(_after_light(frame, m) for m in in_title),
        }
    else:
        long = max(members, key=_length)
        values["like_title"] = _likeness(reading, key(text[long.start : long.end]))
    return {feature: float(value) for feature, value in values.items() if value}


def _features_of_title(frame: Frame, in_title: Sequence[Candidate], count: int) -> dict[str, float]:
    """Features of the members of a cluster that stand in the headline."""
    text, title = frame.reading.text, frame.reading.title
    quoted = [m for m in in_title if m.kind == "quote"]
    whole = [m for m in in_title if (m.start, m.end) == title]
    return {
        "title": True,
        "title_quote": bool(quoted),
        "title_quote_head": any(m.end > m.core[1] + 1 for m in quoted),
        "title_quote_repeated": bool(quoted) and count > 1,
        "title_object": any(frame.marks.has("do", max(title[0], m.start - 4), m.start) for m in in_title),
        "whole_title": bool(whole),
        "whole_title_head": any(_ends_in_head(text, m) for m in whole),
    }


def _features_of_quotes(text: str, quotes: Sequence[Candidate]) -> dict[str, float]:
    """Features of the members of a cluster that are brands in quotation marks."""
    before = [text[max(0, m.core[0] - 7) : m.core[0]] for m in quotes]
    return {
        "quote": True,
        "named": any(_NAMED.search(b) for b in before),
        "means": all(b.rstrip("“").endswith(words("means")) for b in before),
    }


def _features_of_words(frame: Frame, members: Sequence[Candidate]) -> dict[str, float]:
    """Features of the words in, before and after the members of a cluster."""
    text = frame.reading.text
    long = max(members, key=_length)
    after = {text[m.end : m.end + 4] for m in members}
    problem = pattern("problem").match
    strong_heads, has = words("strong_head"), frame.marks.has
    kinds = {m.kind for m in members}
    unions = [m for m in members if text.endswith(words("union"), m.start, m.end)]
    return {
        "object": "object" in kinds,
        "type": "type" in kinds,
        "done": any(has("do", m.core[0] - 4, m.core[0]) for m in members),
        "union_does": any(_union_does(frame, m) for m in members),
        "union_founded": any(_is_founded(frame.reading, m) for m in unions),
        "problem": any(map(problem, after)),
        "ends_in_head": any(text.endswith(strong_heads, m.start, m.end) for m in members),
        "body": _names_a_body(text, long),
        "honour": any(_is_honour(text, m) for m in members),
        "law": all(_in_law(text, m.start) for m in members),
        "listed": any(text.startswith("、", m.end) or text.endswith("、", 0, m.start) for m in members),
        "digit": _DIGIT.search(text, long.start, long.end) is not None,
    }


def _length(member: Candidate) -> int:
    return member.end - member.start


def _is_honour(text: str, member: Candidate) -> bool:
    """Whether words of awarding stand before it, or it ends as names of honours do."""
    if text.endswith(words("award"), member.core[0], member.core[1]):
        return True
    return pattern("honour").search(text, max(0, member.core[0] - 12), member.core[0]) is not None


Weights = Mapping[str, float]


def weigh(values: Mapping[str, float], weights: Weights) -> float:
    """The weighted sum of features (a feature without a weight counts nothing)."""
    total = weights.get("bias", 0.0)
    for name, value in values.items():
        total += weights.get(name, 0.0) * value
    return total


def _begun_within(types: Sequence[tuple[int, int, str]], member: Candidate) -> Sequence[tuple[int, int, str]]:
    return types[bisect_left(types, (member.start, 0, "")) : bisect_left(types, (member.end, 0, ""))]


def _has_head(text: str, members: Sequence[Candidate]) -> bool:
    return any(m.end > m.core[1] + 1 if m.kind == "quote" else ends_in_head(text, m) for m in members)


def _opens(text: str, kind: str) -> bool:
    return pattern(kind).match(text) is not None


def _is_founded(reading: Reading, member: Candidate) -> bool:
    """Whether the sentence of a union's name tells it to be founded, renewed or built up."""
    return pattern("founded").search(reading.text, *reading.sentence(member.start)) is not None


_UNION = re.compile("工会|[省市县区]总|我会")


def _union_does(frame: Frame, member: Candidate) -> bool:
    """Whether a union is told, in the same sentence, to do what is named: 总工会…启动…行动."""
    start = frame.reading.sentence(member.start)[0]
    if not frame.marks.has("do", max(start, member.start - 14), member.start):
        return False
    return _UNION.search(frame.reading.text, start, member.start) is not None


def _likeness(reading: Reading, name: str) -> float:
    """How much of a name stands in the title too, by pairs of characters."""
    title = reading.text[slice(*reading.title)]
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    return sum(pair in title for pair in pairs) / len(pairs) if pairs else 0.0


_PLACE = re.compile("^.{1,6}[省市县区州镇]")


def _names_a_body(text: str, member: Candidate) -> bool:
    """Whether it looks like the name of an organisation (a place, then the noun of a body)."""
    return text.endswith(words("organisation"), member.start, member.end) and bool(
        _PLACE.match(text[member.start : member.end])
    )


def _ends_in_head(text: str, member: Candidate) -> bool:
    return text.endswith(words("strong_head"), member.start, member.end)


def _in_law(text: str, position: int) -> bool:
    opened = text.rfind("《", max(0, position - 40), position)
    return opened > text.rfind("》", max(0, position - 40), position)


def _topical(frame: Frame, core: str) -> float:
    """How much the body speaks of what a name says: the mean of the logarithm of how often its pairs of characters occur."""
    if len(core) < 2:
        return 0.0
    return sum(_LOGARITHMS[frame.pairs[pair]] for pair in map(add, core, core[1:])) / (len(core) - 1)


def _is_newsy(found: Marks, start: int, end: int) -> bool:
    """Whether words of a headline tell an event or paint a picture (…了, 把…, …到…) rather than name something."""
    return any(b <= end and found.text[a:b] in word_set("newsy") for a, b in within(found.stops, start, end))


def _is_formal(frame: Frame, member: Candidate) -> bool:
    """Whether the part of the headline that a name stands in names what was done."""
    part = next(((a, b) for a, b in frame.parts if a <= member.start < b), frame.reading.title)
    return not _is_newsy(frame.marks, *part)


def _after_light(frame: Frame, member: Candidate) -> bool:
    """Whether it is what the verb that opens a part of the headline is about: 加强|行业三方组织建设."""
    text = frame.reading.text
    for first, last in frame.parts:
        if first <= member.start < last:
            opening, end = trim(text, first, last)
            verb = opening_verb(text, opening, end)
            return verb is not None and member.start in (opening, verb)
    return False
