"""Persons' names in Chinese prose, found beside what people are called by, and masked.

A name is a family name with one or two characters more, beside a post (工会主席张某), a calling (职工张某), an address (张某同志), in a
byline (撰稿：张某) or before what bears it (张某劳模创新工作室). Alone it is no name to us: most family names open common words too.
Once found, it is masked wherever the same text has it. Cue words: ``ontology/vocabularies/person_cues.csv``.

Rules on the words beside a name find no name that stands by itself, and now and then take a word for one: the lists of a workspace
(docs/how-to/public.md) mend both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from unionkg.ontology.regions import resolve
from unionkg.ontology.regions import table as regions
from unionkg.ontology.vocabulary import table

#: What stands in place of a person's name, as Chinese public documents have it.
MASK = "某某"

_HAN = re.compile("[㐀-鿿]")
_BLANKS = " \t\u3000"
#: Between two characters of a name in a text may stand what its layout put there; in the name of a body also brackets and quotes.
_LAYOUT = r"\s*"
_SIGNS = r"[\s“”\"'‘’《》〈〉「」『』()（）·—\-]*"
_SIGN = re.compile(_SIGNS[:-1])


@dataclass(frozen=True)
class Names:
    """What is masked in a text.

    ``persons`` are names known from elsewhere, ``others`` further words with what stands in place of each (a word in place of
    itself stays, with what it holds of shorter ones), ``shown`` the names of persons that are not masked.
    """

    persons: frozenset[str] = frozenset()
    others: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    def __or__(self, persons: Iterable[str]) -> Names:
        """The same with further persons."""
        return Names(self.persons | frozenset(persons), self.others, self.shown)

    def within(self, words: str) -> Names:
        """The same with only the persons that stand in some words: to look for thousands in each text takes long."""
        bare = _bare(words)
        return Names(frozenset(name for name in self.persons if _bare(name) in bare), self.others, self.shown)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Matches any of the known names and words, the longest first; None where there are none."""
        named = [(name, _spaced(name, _LAYOUT, closed=len(name) < 3)) for name in self._maskable()]
        named += [(word, _spaced(word, _SIGNS)) for word in self.others]
        if not named:
            return None
        return re.compile("|".join(form for _, form in sorted(named, key=lambda one: (-len(one[0]), one[0]))))

    def _maskable(self) -> Iterator[str]:
        shown = self.shown | _words("shown")
        return (name for name in self.persons if name not in shown and not (len(name) < 3 and _is_word(name)))

    @cached_property
    def replacements(self) -> Mapping[str, str | None]:
        """What stands in place of a further word, by the word without signs; None where it stays."""
        return {_bare(word): mask if mask != word else None for word, mask in self.others.items()}


def masked(text: str, names: Names) -> str:
    """The text with persons' names as 某某, and what else ``names`` lists in its own words.

    >>> masked("区总工会主席陈安之同志到场", Names())
    '区总工会主席某某同志到场'
    """
    shown = names.shown | _words("shown")
    spans = [(start, end, MASK) for start, end in find(text) if _bare(text[start:end]) not in shown]
    if names.pattern is not None:
        known = ((*m.span(), names.replacements.get(_bare(m.group()), MASK)) for m in names.pattern.finditer(text))
        spans += [(start, end, mask) for start, end, mask in known if mask is not None]
    made, position = [], 0
    for start, end, mask in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= position:
            made += [text[position:start], mask]
        position = max(position, end)
    return "".join((*made, text[position:]))


def names_in(text: str) -> frozenset[str]:
    """The names of persons that a text has beside what tells them, without blanks."""
    return frozenset(_bare(text[start:end]) for start, end in find(text)) - _words("shown")


def is_name(text: str) -> bool:
    """Whether a text may be nothing but a person's name: a family name with one or two characters, and no place or common word."""
    return _is_name(text, 0, len(text))


def find(text: str) -> list[tuple[int, int]]:
    """Where names of persons stand beside what tells them, in order: pairs of offsets, end exclusive."""
    return sorted({*_behind_posts(text), *_before_addresses(text), *_listed(text)})


def _behind_posts(text: str) -> Iterator[tuple[int, int]]:
    """Names after a post, a calling or the word of a byline, and those joined to them."""
    for cue in _cues().finditer(text):
        strict = cue.lastgroup == "group"
        start = cue.end()
        while (end := _name_end(text, start, strict=strict)) is not None:
            yield start, end
            joint = _JOINT.match(text, end)
            if joint is None:
                break
            start, strict = joint.end(), True


#: A list of names may also stand one a line.
_JOINT = re.compile(rf"[、{_BLANKS}]{{1,2}}|和|与|及|以及|\n+(?=[㐀-鿿]{{2,3}}(?:\n|$))")


def _name_end(text: str, start: int, *, strict: bool) -> int | None:
    """The end of a name that begins here; ``strict`` where what stands before it may as well stand before another word."""
    foreign = _foreign().match(text, start)
    if foreign and (_is_han(text, foreign.end()) or not strict):  # 职工书屋·阅读角 is no name
        return foreign.end()
    lengths = [(end, size) for end, size in _lengths(text, start) if _is_person(text, start, end, size)]
    for end, size in lengths:
        doubtful = text[start : start + size] in _words("doubtful")
        given = end - start - size
        if _follows(text, end) and not (doubtful and given == 1 and (strict or _is_han(text, end))):
            return end
    if strict:
        return None
    spaced = _spaced_name().match(text, start)
    if spaced and not _is_word(_bare(spaced.group())) and not _is_han(text, spaced.end()):
        return spaced.end()
    # No word that we know follows: three characters are the rule, and half a name too much hides what half too little shows.
    plain = (end for end, size in lengths if text[start : start + size] not in _words("doubtful"))
    return next(plain, None)


def _before_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Names before an address (同志), a post, or what bears a person's name."""
    for cue in _addresses().finditer(text):
        end = cue.start()
        while end > 0 and text[end - 1] in _BLANKS:
            end -= 1
        best: tuple[bool, int] | None = None
        for start in (end - 4, end - 3, end - 2):
            for stop, size in _lengths(text, start) if start >= 0 else ():
                if stop != end or not _is_person(text, start, end, size) or not _opens(text, start):
                    continue
                doubtful = text[start : start + size] in _words("doubtful")
                if doubtful and (cue.lastgroup == "workshop" or end - start - size == 1 or _is_han(text, start - 1)):
                    continue
                if best is None or (best[0] and not doubtful):
                    best = (doubtful, start)
        if best is not None:
            yield best[1], end


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """Names that stand among names: three or more in a row, or alone in the brackets that close a text (its author)."""
    for run in _runs().finditer(text):
        spans = [(run.start() + m.start(), run.start() + m.end()) for m in re.finditer("[㐀-鿿]+", run.group())]
        names = [span for span in spans if _is_name(text, *span)]
        if not run.group("signed") and sum(text[start:end] in _towns() for start, end in spans) * 2 > len(spans):
            continue
        plain = sum(_is_name(text, *span, plain=True) for span in names)
        # A word that is none, such as a place, leaves a list of names what it is.
        if (plain > 2 and 3 * len(names) >= 2 * len(spans)) or (run.group("signed") and plain and names == spans):
            yield from names
    for match in _SIGNED.finditer(text):
        if _is_name(text, *match.span("name"), plain=True) and re.search(_any("post"), match.group("rest")):
            yield match.span("name")


_SIGNED = re.compile("[（(](?P<name>[㐀-鿿]{2,4})[，,、](?P<rest>[^（()）]{2,60})[)）]")


def _is_name(text: str, start: int, stop: int, *, plain: bool = False) -> bool:
    """Whether a piece of text may be a name; ``plain``: one of which even the family name tells that it is."""
    ends = [(end, size) for end, size in _lengths(text, start) if end == stop and _is_person(text, start, end, size)]
    return any(not plain or text[start : start + size] not in _words("doubtful") for _, size in ends)


def _lengths(text: str, start: int) -> list[tuple[int, int]]:
    """The ends of what may be a name by its characters, the longest first, each with the length of its family name."""
    found = []
    for size in (2, 1):
        if text[start : start + size] not in _surnames()[size]:
            continue
        for given in (2, 1):
            end = start + size + given
            rest = text[start + size : end]
            if len(rest) == given and not any(c in _words("never") or not _HAN.match(c) for c in rest):
                found.append((end, size))
    return found


def _is_person(text: str, start: int, end: int, size: int) -> bool:
    """Whether characters that may be a name are no common word and no place."""
    name = text[start:end]
    return not (_is_word(name) or _is_word(name[: size + 1]))


@cache
def _is_word(name: str) -> bool:
    return name in _words("word") or name[:2] in _words("word") or bool(resolve(name))


def _follows(text: str, end: int) -> bool:
    return not _is_han(text, end) or _followers().match(text, end) is not None


def _opens(text: str, start: int) -> bool:
    """Whether a name may begin here: what stands before it is no part of a longer word."""
    if start == 0 or not _is_han(text, start - 1) or text[start - 1] in _words("never"):
        return True
    return _openers().search(text, max(0, start - 12), start) is not None


def _is_han(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _HAN.match(text, at) is not None


def _bare(text: str) -> str:
    return _SIGN.sub("", unicodedata.normalize("NFKC", text))


def _spaced(name: str, between: str, *, closed: bool = False) -> str:
    """A pattern of a name however it is set; ``closed``: not where it opens the name of a place (王平镇)."""
    return between.join(re.escape(c) for c in _bare(name)) + ("(?![省市县区镇乡村街州])" if closed else "")


@cache
def _towns() -> frozenset[str]:
    """The names of towns as a list of them has them, without what kind each is: many could be names of persons."""
    return frozenset(re.sub("(?:街道|地区|[镇乡])$", "", name) for _, name in regions().township_names())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("person_cues") if row["kind"] == kind)


def _any(*kinds: str) -> str:
    words = {word for kind in kinds for word in _words(kind)}
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _surnames() -> Mapping[int, frozenset[str]]:
    known = _words("surname") | {row["word"] for row in table("commentator_cues") if row["kind"] == "surname"}
    return {size: frozenset(name for name in known if len(name) == size) for size in (1, 2)}


@cache
def _cues() -> re.Pattern[str]:
    gap = f"[{_BLANKS}]{{0,3}}"
    mark = f"{gap}[:：/／|｜]"
    return re.compile(
        rf"(?P<byline>(?:{_any('byline')})(?:{mark}{gap}|[{_BLANKS}]{{1,3}}))"
        rf"|(?P<post>(?:{_any('post')})(?:{mark})?{gap})"
        rf"|(?P<group>(?:{_any('group')}){gap})"
    )


@cache
def _runs() -> re.Pattern[str]:
    """Pieces of two to four characters between marks that list: 甲、乙、丙, and （甲 乙） at the end of a line."""
    piece, joint = "(?:(?!等)[㐀-鿿]){2,4}", rf"[、{_BLANKS}\n]+"
    return re.compile(
        rf"(?P<signed>[（(][{_BLANKS}]*{piece}(?:{joint}{piece})*[{_BLANKS}]*[)）][{_BLANKS}]*(?=\n|$))"
        rf"|(?<![㐀-鿿]){piece}(?:{joint}{piece}){{2,}}(?=[^㐀-鿿]|$|等)"
    )


@cache
def _addresses() -> re.Pattern[str]:
    # A law firm is no lawyer, and what belongs to all teachers to no teacher.
    return re.compile(rf"(?P<workshop>{_any('workshop')})|(?P<behind>{_any('behind')})(?![事们团队协级会])")


@cache
def _followers() -> re.Pattern[str]:
    return re.compile(_any("follower"))


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(f"(?:{_any('opener', 'post', 'group')})$")


@cache
def _foreign() -> re.Pattern[str]:
    """A name written after its sound, with a dot between its parts."""
    return re.compile(f"[㐀-鿿]{{1,5}}(?:·[㐀-鿿]{{2,6}}?){{1,3}}?(?=[^㐀-鿿·]|$|{_any('follower')})")


@cache
def _spaced_name() -> re.Pattern[str]:
    """A name of two characters set as wide as one of three."""
    return re.compile(f"[{''.join(sorted(_surnames()[1]))}][{_BLANKS}]{{1,2}}[㐀-鿿]")
