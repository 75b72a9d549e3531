"""Candidates for names of practices: quoted brands, titles and their objects, what unions set up or run, recurring types.

A candidate is a stretch of the folded text that could be called by name. Which of them name practices is weighed by
`unionkg.loaders.extract.practices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from unionkg.loaders.extract.practice_marks import marks, opening_verb, pattern, within, word_set, words
from unionkg.loaders.extract.practice_text import Reading

Kind = Literal["quote", "title", "object", "type"]

_QUOTED = re.compile("“([^“”\n]{1,30})”")
_SEGMENT_END = re.compile("——|--+|[\n：，！？。；|]")
_RUN = re.compile(r"[\w+·“”‘’（）-]*")
#: what the noun that goes on after a brand does not reach across: another brand, a bracket, a count (a year may stand in a name)
_NO_NAME = re.compile(r"[“（]|(?<!\d)(?!(?:19|20)\d\d)\d")
_COUNTED = re.compile(
    "(?:了|起了|成了|[出起成](?![台租行门版访差示草步诉点立长功果员效品人本才]))?(?:(?:[一二三四五六七八九十两百千万首\\d.]+余?多?万?|系列)(?:个|家|批|支|套|项|条|处|座|场|期|份|名|件|次|届|种)?)?"
)
_ORGANISATION = re.compile("^.{0,24}?(?:总工会|工会(?![联委工驿主干会员劳小品伴暖]))[：，]?")
_LIST_MARK = re.compile(r"（?[0-9一二三四五六七八九十]{1,2}(?:[.、）](?![0-9])|是)")
_PUNCTUATION = frozenset("，。、；！？\n（）《")
#: what makes another noun of a call: 慰问金, 慰问品
_OF_VISIT = frozenset("金品信组函团包卡物")
_LONGEST = 26
_LONGEST_MOTTO = 16
_LONGEST_MODIFIER = 14
_SHORT_MODIFIER = 6
_LONGEST_ITEM = 12
_MOST_LISTED = 6
#: a brand of so few characters does not stand by itself: 总部职工“全人会”
_TERSE = 3


class Candidate(NamedTuple):
    """``text[start:end]`` could name a practice; ``core`` is the brand inside its quotation marks, else the same span."""

    start: int
    end: int
    kind: Kind
    core: tuple[int, int]


def candidates(reading: Reading) -> list[Candidate]:
    """All candidates of an account, in the order of the text, each stretch once."""
    found: dict[tuple[int, int], Candidate] = {}
    sources = (_quotes, _titles, _objects, _types, _unions, _visits)
    for source in sources:
        for candidate in source(reading):
            if _is_possible(reading, candidate):
                found.setdefault((candidate.start, candidate.end), candidate)
    return sorted(found.values(), key=lambda c: (c.start, c.end))


def _is_possible(reading: Reading, candidate: Candidate) -> bool:
    """Whether a stretch can be a name at all: neither a scrap, nor a list mark, nor a figure of speech by itself."""
    text = reading.text
    length = candidate.end - candidate.start
    if (
        reading.breaks
        and (candidate.start, candidate.end) != reading.title
        and any(candidate.start < b < candidate.end for b in reading.breaks)
    ):
        return False
    if length > _LONGEST or _LIST_MARK.match(text, candidate.start, candidate.end):
        return False
    for opening, closing in ("“”", "（）"):
        if text.count(opening, candidate.start, candidate.end) != text.count(closing, candidate.start, candidate.end):
            return False
    bare = text[slice(*candidate.core)]
    if (is_figure_of_speech(bare) or len(bare) < 2) and candidate.end <= candidate.core[1] + 1:
        return False
    least = 2 if candidate.kind == "quote" else 3 if candidate.kind == "title" else 4
    return length >= least or (length == 3 and text.count(bare) > 2)


def is_figure_of_speech(words_in_quotes: str) -> bool:
    """Whether a quoted word is a common figure of speech or irony rather than a brand."""
    return words_in_quotes in word_set("idiom")


def _quotes(reading: Reading) -> Iterator[Candidate]:
    text = reading.text
    for match in _QUOTED.finditer(text):
        content = match[1]
        if (
            re.search("[。！？；]|[.，]$", content)
            or content.isdigit()
            or ("，" in content and len(content) > _LONGEST_MOTTO)
        ):
            continue
        start, end = match.span()
        if text.endswith(("简称", "下称"), 0, start):
            continue
        last = next((b for b in reading.breaks if b >= end), reading.title[1]) if end <= reading.title[1] else len(text)
        headed = min(_with_head(text, end), max(last, end))
        yield Candidate(start, headed, "quote", match.span(1))
        modified = _phrase_start(text, start)
        terse = len(content) <= _TERSE and 2 <= start - modified <= _SHORT_MODIFIER
        if modified < start and (terse or _has_noun(reading, modified, start)):
            yield Candidate(modified, headed, "quote", match.span(1))


def _has_noun(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands before a brand belongs to it: it names a group or a practice (职工关爱“…”)."""
    return any(
        start <= mention.start and mention.end <= end
        for vocabulary in ("target_groups", "practice_types")
        for mentions in reading.mentions[vocabulary].values()
        for mention in mentions
    )


def _with_head(text: str, end: int, within_reach: int = 12) -> int:
    """Where a name ends that goes on at ``end``: after the head noun that begins within some characters, if one does."""
    run = _RUN.match(text, end, min(end + 16, len(text)))
    stretch = _NO_NAME.split(run[0])[0] if run else ""
    found = marks(text)
    last = found.first_stop(end, end + len(stretch))
    reach = end
    for start, stop in within(found.heads, end, last):
        if start > (reach + 4 if reach > end else end + within_reach):
            break
        if stop > last or (stop - start == 1 and text[stop : stop + 1] not in _PUNCTUATION and stop < len(text)):
            continue
        reach = stop
    return reach


def _titles(reading: Reading) -> Iterator[Candidate]:
    text, (start, end) = reading.text, reading.title
    for first, last in segments(text, start, end, reading.breaks):
        if text.endswith("总工会", first, last) or (
            text.endswith("工会", first, last) and text[last : last + 1] == "："
        ):
            continue  # whose account it is
        if not pattern("do", "light").search(text, first, last) and _has_head(text, first, last):
            yield from _stripped(text, first, last, "title")
        first, last = trim(text, first, last)
        yield from _stripped(text, first, last, "title")
        verb = opening_verb(text, first, last)
        if verb is not None:
            yield from _stripped(text, verb, last, "title")
        after = first if verb is None else verb
        yield from _stripped(text, after, min(last, _object_end(text, after, last)), "title")
        if (of := text.rfind("的", first, last)) >= 0:
            yield from _stripped(text, of + 1, last, "title")


def segments(text: str, start: int, end: int, breaks: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The parts of a title: cut at its blanks, dashes, colons and commas outside of quotation marks."""
    found = [(match.start(), match.end()) for match in _SEGMENT_END.finditer(text, start, end)]
    cuts = sorted({*found, *((b, b) for b in breaks if start < b < end)})
    first = start
    for a, b in [*cuts, (end, end)]:
        if text.count("“", first, a) == text.count("”", first, a):
            if a > first:
                yield first, a
            first = b


def trim(text: str, first: int, last: int) -> tuple[int, int]:
    """A part of a title without the union at its head and the kind of text at its end (侧记, 的发言)."""
    organisation = _ORGANISATION.match(text[first:last])
    if organisation and first + organisation.end() < last:
        first += organisation.end()
    return first, last - _genre(text[first:last])


def _has_head(text: str, start: int, end: int) -> bool:
    return any(b <= end and b - a > 1 for a, b in within(marks(text).heads, start, end))


def _genre(text: str) -> int:
    """How many characters at the end of a headline say what kind of text it is (侧记, 的发言)."""
    return next((len(word) for word in words("genre") if text.endswith(word) and len(text) > len(word) + 3), 0)


def ends_in_head(text: str, candidate: Candidate) -> bool:
    """Whether a candidate ends with a noun that ends names."""
    return any(b == candidate.end and b - a > 1 for a, b in within(marks(text).heads, candidate.start, candidate.end))


def _stripped(text: str, first: int, last: int, kind: Kind) -> Iterator[Candidate]:
    while first < last and text[first] in "”’、，：的 \n—-":
        first += 1
    while last > first and text[last - 1] in "“‘、，： \n—-":
        last -= 1
    if last - first >= 2:
        core = _QUOTED.fullmatch(text, first, last)
        yield Candidate(first, last, kind, core.span(1) if core else (first, last))


def _objects(reading: Reading) -> Iterator[Candidate]:
    """What a verb of doing has for an object, up to its head noun: 开展|暖心行动, 成立|快递行业工会联合会."""
    text = reading.text
    for _, end in within(marks(text).words["do"], reading.body, len(text)):
        measure = _COUNTED.match(text, end)
        start = measure.end() if measure else end
        last = _object_end(text, start, len(text)) if text[start : start + 1] != "“" else start
        if last == start:
            last = _short_clause(text, start)
        if last - start >= 4:
            yield from _stripped(text, start, last, "object")
            yield from _listed(text, last)


def _short_clause(text: str, start: int) -> int:
    """Where a short clause ends that no word cuts: 设立|群众联系箱。 ``start`` where there is none."""
    run = _RUN.match(text, start, min(start + _LONGEST_ITEM + 1, len(text)))
    end = run.end() if run else start
    if end - start > _LONGEST_ITEM or text[end : end + 1] not in _PUNCTUATION:
        return start
    return end if marks(text).first_stop(start, end) == end else start


def _listed(text: str, start: int) -> Iterator[Candidate]:
    """What stands in a list with an object, each a name: 开展|家庭开放日、|名校亲子游、|良缘一线牵等活动."""
    for _ in range(_MOST_LISTED):
        if text[start : start + 1] != "、":
            return
        run = _RUN.match(text, start + 1, min(start + 2 + _LONGEST_ITEM, len(text)))
        end = marks(text).first_stop(start + 1, run.end()) if run else start
        if not 4 <= end - start - 1 <= _LONGEST_ITEM:
            return
        yield from _stripped(text, start + 1, end, "object")
        start = end


def _visits(reading: Reading) -> Iterator[Candidate]:
    """Calls on workers, which go without a name: 看望|一线医务人员."""
    for verb in pattern("visit").finditer(reading.text, reading.body):
        run = _RUN.match(reading.text, verb.end(), min(verb.end() + 12, len(reading.text)))
        if (
            run
            and run[0]
            and run[0][0] not in _OF_VISIT
            and marks(reading.text).first_stop(verb.end(), run.end()) == run.end()
        ):
            yield from _stripped(reading.text, verb.start(), run.end(), "object")


def _object_end(text: str, start: int, last: int) -> int:
    """Where the noun phrase at ``start`` ends: after its last head noun before a word that it does not reach across."""
    run = _RUN.match(text, start, min(start + _LONGEST, last))
    found = marks(text)
    stop = found.first_stop(start, run.end() if run else start)
    ends = [b for a, b in within(found.heads, start, stop) if b <= stop and b - a > 1]
    return ends[-1] if ends else start


def _types(reading: Reading) -> Iterator[Candidate]:
    """Names made of a recurring practice type and what stands before it: 网约车行业|集体协商."""
    text = reading.text
    for mentions in reading.mentions["practice_types"].values():
        strong = [mention for mention in mentions if mention.strong]
        if not strong or (reading.body and len(strong) < 2 and reading.zone(strong[0].start) == "body"):
            continue
        for mention in strong[:4]:
            start = _phrase_start(text, mention.start)
            end = _with_head(text, mention.end, within_reach=2)
            yield from _stripped(text, start, end, "type")
            yield from _stripped(text, mention.start, mention.end, "type")


def _unions(reading: Reading) -> Iterator[Candidate]:
    """Names of federations and other unions that a practice may be: 物流行业|工会联合会."""
    for head in pattern("union").finditer(reading.text):
        start = _phrase_start(reading.text, head.start())
        if start < head.start():
            yield from _stripped(reading.text, start, head.end(), "type")


def _phrase_start(text: str, position: int) -> int:
    """Where the noun phrase that goes on at ``position`` begins; ``position`` itself where it is too long to tell."""
    window = max(0, position - _LONGEST_MODIFIER)
    low = marks(text).after_edge(window, position)
    if (union := text.rfind("总工会", low, position)) >= 0:
        low = union + 3
    start = marks(text).last_stop(low, position)
    return position if start == window > 0 else start
