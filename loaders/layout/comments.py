"""Which accounts of a group an expert comment behind them speaks of.

A comment behind several accounts is often several: each begins with its author, and each speaks of some accounts only.
A part that names accounts of the group (a place or body of its headline and organisation, a quoted name of its text)
belongs to them; one that names none speaks of all, and so does a comment that names few: it reflects on their theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.sheet import Sheet
from unionkg.loaders.layout.units import ends_sentence

#: 某某(某大学教授):, 某大学教授 某某: at the head of a paragraph.
_AUTHOR = re.compile(r"[^,。;:“]{2,4}\([^()]{2,60}\)\s*:|[^,。;:“]{4,64}:")
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:自治[州县旗]|省|市|区|县|州|盟|旗|镇|乡|街道|村|社区)")
_QUOTED = re.compile(r"“([^”]{2,16})”")
_HAN = re.compile(r"[\u4e00-\u9fff]{3,}")
#: The longest line that is an author alone.
_ALONE = 64


def given(sheet: Sheet, group: Sequence[Draft], comment: Sequence[int]) -> Iterator[tuple[Draft, tuple[int, ...]]]:
    """The units of a comment that speak of each account of the group that is spoken of."""
    heads = [_head(sheet, draft) for draft in group]
    own = [_keys(head) for head in heads]
    keys = [mine - set().union(*(other for other in own if other is not mine)) for mine in own]
    texts = ["".join(map(sheet.text, [*draft.title, *draft.body])) for draft in group]
    named: list[tuple[tuple[int, ...], list[bool]]] = []
    for part in _parts(sheet, comment):
        said = "".join(map(sheet.text, part))
        quoted = [q for q in _QUOTED.findall(said) if 2 * sum(q in text for text in texts) <= len(group)]
        pairs = zip(keys, texts, strict=True)
        of = [any(key in said for key in mine) or any(q in text for q in quoted) for mine, text in pairs]
        named.append((part, of))
    names = sum(any(of[n] for _, of in named) for n in range(len(group))) > len(group) / 2
    for n, draft in enumerate(group):
        units = tuple(i for part, of in named if of[n] or not (names and any(of)) for i in part)
        if units:
            yield draft, units


def _parts(sheet: Sheet, comment: Sequence[int]) -> list[tuple[int, ...]]:
    """The units of a comment by author; what stands above the first author belongs to the first."""
    parts: list[list[int]] = []
    for i in comment:
        text = sheet.text(i)
        alone = len(text) <= _ALONE and not ends_sentence(text) and not text.startswith("(")
        said = parts and any(ends_sentence(sheet.text(j)) for j in parts[-1])
        if not parts or (said and (alone or _AUTHOR.match(text))):
            parts.append([i])
        else:
            parts[-1].append(i)
    return [tuple(part) for part in parts]


def _head(sheet: Sheet, draft: Draft) -> str:
    head = [*draft.title, *([] if draft.byline is None else [draft.byline])]
    return "\n".join(sheet.looks[i].bare or sheet.text(i) for i in head)


def _keys(head: str) -> set[str]:
    """What tells a head from others: the short names of its places, and every three characters in a row."""
    words = {run[i : i + 3] for run in _HAN.findall(head) for i in range(len(run) - 2)}
    return words | set(_PLACE.findall(head))
