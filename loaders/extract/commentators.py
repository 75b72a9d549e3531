"""Commentators: experts whose comment on the account is printed with it.

The author stands before the comment (post and name, ended by a colon or the line's end), behind it in brackets
(name, post), or after a label (点评人：). Speakers whom a report merely quotes are no commentators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from unionkg.graph.records import CommentatorStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.cue_words import alternation
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.source import Passage

_words = partial(alternation, "commentator_cues")
_Span = tuple[int, int]
_LONGEST_POST = 60
_MARK = re.compile(r"[【\[]?(?:专家)?点评(?!人|专家|嘉宾)[】\]]?[:：]?")


def read(account: Account, document: DocumentContext) -> tuple[CommentatorStatement, ...]:
    """Read the commentators of an account, in the order in which they are printed."""
    del document
    found: dict[str, CommentatorStatement] = {}
    for passage, start, end in _comments(account):
        for name, post, rule in _authors(passage, start, end):
            shown = passage.name(*name)
            title = passage.name(*post) if post else None
            if shown not in found:
                found[shown] = CommentatorStatement(
                    name=shown,
                    title=title,
                    evidence=passage.evidence(
                        min(name[0], post[0]) if post else name[0], max(name[1], post[1]) if post else name[1]
                    ),
                    method=f"commentator.{rule}",
                    confidence=0.9 if title else 0.7,
                )
    return tuple(found.values())


def _comments(account: Account) -> Iterator[tuple[Passage, int, int]]:
    """The printed comments: passages about the account, and its own sections of comment."""
    for which, passage in account.about:
        if which == "comment":
            yield passage, 0, len(passage.text)
    for section in account.sections:
        if section.kind == "点评":
            yield account.passage, section.start, section.end
    if not any(section.kind == "点评" for section in account.sections):
        text = folded(account.passage.text)
        for match in re.finditer(r"(?:^|\n)[【\[]?专家点评[】\]]?", text):
            yield account.passage, match.end(), len(text)
            return


def _authors(passage: Passage, start: int, end: int) -> Iterator[tuple[_Span, _Span | None, str]]:
    text = folded(passage.text)
    position = start
    for line in text[start:end].split("\n"):
        stop = position + len(line)
        mark = _MARK.match(text, position, stop)
        begin = mark.end() if mark else position
        if heading := _heading(passage, text, begin, stop):
            yield (*heading, "before")
        else:
            for author in _signed(text, begin, stop):
                yield (*author, "signed")
        position = stop + 1


def _heading(passage: Passage, text: str, start: int, end: int) -> tuple[_Span, _Span | None] | None:
    """A line (or the part before its colon) that is nothing but post and name."""
    colon = next((i for i in range(start, min(end, start + _LONGEST_POST + 6)) if text[i] in ":："), None)
    stop = colon if colon is not None else end
    if stop - start > _LONGEST_POST + 4 or stop - start < 2 or any(mark in text[start:stop] for mark in "。！？；"):
        return None
    if bracket := _NAME_POST.fullmatch(text, start, stop):
        return bracket.span("name"), bracket.span("post")
    label = _label().match(text, start, stop)
    if label and colon is not None and label.end() == colon:
        return _labelled(text, colon + 1, end)
    for name_start in _name_starts(passage, text, start, stop):
        post = (start, name_start)
        if post[1] > post[0] and _post().search(text, *post):
            return (name_start, stop), post
    return None


def _name_starts(passage: Passage, text: str, start: int, stop: int) -> Iterator[int]:
    """Where a name that ends at ``stop`` may begin: after printed white space, else at a family name behind a post."""
    lengths = (3, 2, 4)
    for length in lengths:
        i = stop - length
        if i > start and passage.offsets[i] - passage.offsets[i - 1] > 1 and _is_han(text[i:stop]):
            yield i
    for length in lengths:
        i = stop - length
        if i > start and _person().fullmatch(text, i, stop) and _post().search(text, start, i):
            yield i


def _labelled(text: str, start: int, end: int) -> tuple[_Span, _Span | None] | None:
    match = _person().match(text, start, end)
    if match is None:
        return None
    rest = re.compile(r"[，,（(、\s]*(?P<post>[^。；:：）)\n]{2,60})").match(text, match.end(), end)
    return match.span(), rest.span("post") if rest and _post().search(text, *rest.span("post")) else None


def _signed(text: str, start: int, end: int) -> Iterator[tuple[_Span, _Span | None]]:
    """Names in brackets at the end of a comment: (某某,某校副教授;某某,执业律师)."""
    match = _SIGNATURE.search(text, start, end)
    if match is None:
        return
    position = match.start("inner")
    for part in re.split(r"[;；]", match.group("inner")):
        stop = position + len(part)
        label = _label().match(text, position, stop)
        begin = label.end() + 1 if label and text[label.end() : label.end() + 1] in {":", "："} else position
        comma = next((i for i in range(begin, stop) if text[i] in ",，、"), None)
        if (
            comma is not None
            and 2 <= comma - begin <= 4
            and _is_han(text[begin:comma])
            and _post().search(text, comma, stop)
        ):
            yield (begin, comma), (comma + 1, stop)
        elif author := _bare_signature(text, begin, stop):
            yield author
        position = stop + 1


def _bare_signature(text: str, start: int, stop: int) -> tuple[_Span, _Span | None] | None:
    for length in (3, 2, 4):
        i = stop - length
        if i > start and _person().fullmatch(text, i, stop) and _post().search(text, start, i):
            return (i, stop), (start, i)
    return None


def _is_han(text: str) -> bool:
    return re.fullmatch(r"[㐀-鿿·]+", text) is not None


_SIGNATURE = re.compile(r"(?:^|[。！？”…\n])[（(](?P<inner>[^（()）]{4,120})[)）]")
_NAME_POST = re.compile(r"(?P<name>[㐀-鿿]{2,4})[（(](?P<post>[^（()）]{2,60})[)）]")


@cache
def _post() -> re.Pattern[str]:
    return re.compile(f"(?:{_words('post')})$")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(f"(?:{_words('label')})")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(f"(?:{_words('surname')})[㐀-鿿]{{1,2}}")
