"""The parts of a document that the field readers work on: accounts, and what the document says about all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from unionkg.graph.records import Evidence, Kind, SectionKind
from unionkg.loaders.source import Passage, SourceText


@dataclass(frozen=True, slots=True)
class AccountSection:
    """A part of an account's passage: ``text[start:end]``, its heading (as printed) outside of it."""

    kind: SectionKind
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One self-contained account in a document.

    ``lines`` are 1-based inclusive ranges in reading order. ``title`` is the title as printed with the
    ranges of the source it was printed in (None where no headline is printed). ``passage`` holds the whole
    account in reading order, its title and organisation line first; the body is ``passage.text[body:]``.
    ``byline`` is the organisation printed beside the title (申报单位), where there is one, as (start, end) in
    the passage. ``about`` are passages outside the account that speak of it: its row in an award list, the
    heading it stands under, an expert's comment printed after a group, a line that credits the union with the text
    (供稿); the first item says which (award, heading, comment, credit).
    ``names`` maps short forms that the account introduces (以下简称市总) to full names: 市总 is another union in
    each account.
    """

    kind: Kind
    lines: tuple[tuple[int, int], ...]
    passage: Passage
    title: str | None = None
    title_evidence: tuple[Evidence, ...] = ()
    body: int = 0
    byline: tuple[int, int] | None = None
    sections: tuple[AccountSection, ...] = ()
    about: tuple[tuple[str, Passage], ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext:
    """What is known of the document when an account is read.

    ``published`` is a partial date or None. ``region`` is the code of the region that the masthead, publisher
    or most names of the document speak of (None where it is national or unknown). ``names`` maps short forms
    that the document introduces (以下简称…) to full names.
    """

    source: SourceText
    title: str = ""
    publisher: str | None = None
    published: str | None = None
    region: str | None = None
    names: dict[str, str] = field(default_factory=dict)
