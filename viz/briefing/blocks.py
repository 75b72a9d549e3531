"""What a paper is made of: sections of paragraphs and tables, as plain data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from unionkg.viz.briefing.cited import Text

_KEY = re.compile(r"<[a-z]+>")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in mm, whether its cells are centred."""

    heading: str
    width: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what stands above and below it; its caption begins with its key as `in_order` has them."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str = ""


Block = Subheading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper under a heading."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in it."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def in_order(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Number sections 一、二、 and tables 表1, 表2 as they stand, in the place of ``<key>`` wherever it is written.

    A table has its key at the head of its caption: ``<units>代表单位`` becomes 表3　代表单位.
    """
    captions = [block.caption for section in sections for block in section.blocks if isinstance(block, Table)]
    keys = [_KEY.match(caption) for caption in captions]
    numbers = {key[0]: f"表{number}" for number, key in enumerate((key for key in keys if key), 1)}

    def words(text: str) -> str:
        return _KEY.sub(lambda key: numbers.get(key[0], key[0]), text)

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return Paragraph(tuple(words(piece) if isinstance(piece, str) else piece for piece in one.text))
        if isinstance(one, Table):
            return replace(one, caption=words(_KEY.sub(r"\g<0>　", one.caption)), note=words(one.note))
        return one

    return tuple(
        Section(f"{ordinal(at)}、{section.heading}", tuple(block(one) for one in section.blocks))
        for at, section in enumerate(sections)
    )


def ordinal(at: int) -> str:
    """The number of the section that stands at a place from 0, up to 十九: 一, 二, …"""
    return _NUMERALS[at] if at < len(_NUMERALS) else f"十{_NUMERALS[at - len(_NUMERALS)]}"


def said(*text: str) -> Paragraph:
    """A paragraph without notes."""
    return Paragraph(text)
