"""References to documents in the form of GB/T 7714—2015 (信息与文献 参考文献著录规则), numbered by their order.

Only what is known of a document is told. The standard's 出版地不详 and 佚名 say that a document names no place or author;
of ours nobody looked, so these parts are left out with their punctuation. What a document is, is told by what is known
of it: its publisher, issue, title and address (vocabularies/reference_kinds.csv); otherwise it is 其他, ``[Z]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from unionkg.graph.stores.protocol import Node, Value
from unionkg.ontology.vocabulary import Term, terms

_AUTHORS = 3
"""So many authors are named, and 等 for the rest (GB/T 7714—2015, 8.1.2)."""

#: What may stand behind the words that tell what a title is of: (2024年上半年), 等6篇, 第5期.
_BEHIND = re.compile(r"(?:\s|[(（【\[][^)）】\]]*[)）】\]]|等\s*\d+\s*篇|第?[\d一二三四五六七八九十]+[期辑集册])+$")
_VOLUME = re.compile(r"(?:第\s*)?(\d+)\s*卷")
_YEAR = re.compile(r"^\s*\d{4}\s*[年\-—./]\s*")
_NUMBER = re.compile(r"(?:^|第|[.\s])\s*(\d+(?:\s*[-—/、]\s*\d+)?)\s*(?:期|$)")
_WHOLE_NUMBER = re.compile(r"总第?\s*(\d+)\s*期")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference is made of; None or empty where it is not known.

    Attributes
    ----------
    mark : str
        What the document is (``M``, ``J``, ``N``, ``G``, ``R``, ``EB``, ``Z``), without ``/OL``.
    periodical : str or None
        The journal or newspaper that it stands in; the title where it is the whole of one.
    publisher : str or None
        Who published it, where that is no periodical.
    published : str or None
        Partial date.
    volume, number : str or None
        Read from the issue.
    """

    title: str
    mark: str
    authors: tuple[str, ...] = ()
    periodical: str | None = None
    publisher: str | None = None
    published: str | None = None
    volume: str | None = None
    number: str | None = None
    page: str | None = None
    url: str | None = None

    @property
    def year(self) -> str | None:
        """The year of publication."""
        return self.published[:4] if self.published else None


def reference(document: Node) -> str:
    """The reference to a document, without its number: ``示例汇编[G]. 示例出版社, 2018.``."""
    return gbt7714(described(document))


def described(document: Node) -> Reference:
    """What a reference to a Document node is made of."""
    known = document.properties
    authors = known.get("authors")
    title, publisher, url = _text(known, "title") or document.id, _text(known, "publisher"), _text(known, "url")
    volume, number = _issue(_text(known, "issue"))
    mark = _mark(title, publisher, bool(volume or number), url)
    periodical = title if mark in {"J", "N"} else None
    if mark in {"J", "N"} and publisher and publisher != title and not _is_body(publisher):
        periodical, publisher = publisher, None
    return Reference(
        title=title,
        mark=mark,
        authors=tuple(str(author) for author in authors) if isinstance(authors, list) else (),
        periodical=periodical,
        publisher=publisher if publisher != title else None,
        published=_text(known, "published"),
        volume=volume,
        number=number,
        page=_text(known, "page"),
        url=url,
    )


def gbt7714(told: Reference) -> str:
    """A reference as GB/T 7714—2015 writes it, section 4 of the standard."""
    medium = "/OL" if told.url else ""
    parts: list[str | None] = [_authors(told.authors), f"{told.title}[{told.mark}{medium}]"]
    if told.mark == "N":
        parts.append(_joined(", ", _other_periodical(told), _in_brackets(told.published, told.page)))
    elif told.mark == "J":
        parts += _journal(told)
    else:
        parts.append(_imprint(told, online=bool(told.url)))
    parts.append(told.url)
    return "".join(part + (" " if part.endswith("。") else ". ") for part in parts if part).rstrip()


def _journal(told: Reference) -> list[str | None]:
    """An article says journal, year, volume(number): page; a whole issue its number, then who published it."""
    at = _in_brackets(_joined(", ", told.year, told.volume), told.number)
    if told.periodical != told.title:
        between = "" if at and at.startswith("(") else ", "
        return [_joined(": ", _joined(between, told.periodical, at), told.page)]
    return [at, _joined(", ", told.publisher, told.year if told.publisher else None)]


def _imprint(told: Reference, *, online: bool) -> str | None:
    """Who published it and when: 示例出版社, 2018: 12; on line with the day, 示例网, 2018(2018-05-02)."""
    day = told.published if online and told.published and len(told.published) > 4 else None
    year = told.year if told.publisher or not day else None
    when = _joined(", ", told.publisher, year)
    return _in_brackets(_joined(": ", when, told.page), day)


def _other_periodical(told: Reference) -> str | None:
    return told.periodical if told.periodical != told.title else None


def _authors(authors: tuple[str, ...]) -> str:
    return ", ".join([*authors[:_AUTHORS], *(["等"] if len(authors) > _AUTHORS else [])])


def _joined(between: str, *parts: str | None) -> str | None:
    return between.join(part for part in parts if part) or None


def _in_brackets(text: str | None, inside: str | None) -> str | None:
    return f"{text or ''}({inside})" if inside else text


def _mark(title: str, publisher: str | None, numbered: bool, url: str | None) -> str:
    of_publisher = _kind("publisher_ends", publisher or "")
    bare = _BEHIND.sub("", title)
    of_title = _kind("title_ends", bare)
    for found in (of_publisher, of_title):
        if found is not None and found.fields["mark"] in {"N", "J"} and (found is of_title or publisher != bare):
            return found.fields["mark"]
    if numbered:
        return "J"
    for found in (of_title, of_publisher):
        if found is not None and found.fields["mark"]:
            return found.fields["mark"]
    return "EB" if url else "Z"


def _is_body(name: str) -> bool:
    found = _kind("publisher_ends", name)
    return found is not None and found.fields["mark"] not in {"J", "N"}


def _kind(column: str, text: str) -> Term | None:
    """The kind whose ending a text has, the longest one where several fit."""
    fits = [(len(end), kind) for kind in terms("reference_kinds") for end in kind.values(column) if text.endswith(end)]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _issue(issue: str | None) -> tuple[str | None, str | None]:
    """Volume and number of an issue: 第3卷第2期 is 3 and 2, 2018年第5期 and 2018-5 are 5; 增刊 stays as it is."""
    if issue is None:
        return None, None
    volume = _VOLUME.search(issue)
    rest = _YEAR.sub("", issue[: volume.start()] + issue[volume.end() :] if volume else issue)
    number = _NUMBER.search(_WHOLE_NUMBER.sub("", rest).strip())
    whole = _WHOLE_NUMBER.search(rest)
    if number:
        told = re.sub(r"\s", "", number[1])
    elif whole:
        told = f"总第{whole[1]}期"
    else:
        told = rest.strip()
    return (volume[1] if volume else None), told or None


def _text(known: Mapping[str, Value], name: str) -> str | None:
    value = known.get(name)
    return re.sub(r"\s+", " ", value).strip() or None if isinstance(value, str) else None
