"""All units of a document with their looks, and what only the whole document can tell.

That is: running heads, labels that come back (so that those no table knows are learnt), labels on lines of their own,
credits in brackets below a text, and the rows that list titles printed again further down. It does not say which unit
belongs to which account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from unionkg.graph.records import SectionKind
from unionkg.loaders.layout.cues import (
    INLINE_ORDINAL,
    MARKER,
    Look,
    cell_look,
    is_org,
    labelled,
    labels,
    look,
    meaning_of,
    squeeze,
)
from unionkg.loaders.layout.units import BULLETS, Unit, ends_sentence, running_heads, units
from unionkg.loaders.source import SourceText

_LEADERS = re.compile(r"(?:[.·…⋯]{2,}|\s{2,}|\t)\s*\(?\d{0,3}\)?\s*$|[.·…]+\s*\d{1,3}$")
_BRACKETED_END = re.compile(r"\s*[(（][^()（）]{2,40}[)）]\s*$")
_NUMBERED_HEAD = re.compile(r"(\D{2,24}?)\s*\d{1,3}|\d{1,3}\s*(\D{2,24})")
_LIST_ORDINAL = re.compile(r"^(?:-\s*)?(?:\d{1,3}\s+|\d{1,2}-\d{1,2}\s+)?")
_PLACE_UNION = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|州|盟|旗|镇|乡|街道|师)[\u4e00-\u9fff]{0,14}?(?:总工会|工会)"
    r"|[\u4e00-\u9fff]{2,16}?(?:集团|公司|油田|大学|学院|医院|矿|局|平台|研究所|学校|项目部|厂|银行|中心)[\u4e00-\u9fff]{0,6}工会"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The units of a document, their looks, and the rows that list titles printed again further down.

    ``rows`` maps the squeezed text of a title to the units (by index) that list it before it is printed.
    ``airy`` tells that nearly all units are set apart by blank lines, so that a blank line means nothing.
    ``width`` is the length of the longest line of a paragraph set in short lines (0 where there is none).
    """

    source: SourceText
    units: tuple[Unit, ...]
    looks: tuple[Look, ...]
    rows: Mapping[str, tuple[int, ...]]
    airy: bool
    width: int

    def role(self, index: int) -> str:
        """The role of a unit, "" past the ends."""
        return self.looks[index].role if 0 <= index < len(self.looks) else ""

    def text(self, index: int) -> str:
        """The matching copy of a unit's text."""
        return self.units[index].text


def sheet(source: SourceText) -> Sheet:
    """Look at every unit of a document."""
    found = units(source)
    looks = [cell_look(unit.text, unit.column) if unit.column else look(unit.text) for unit in found]
    _mark_running_heads(found, looks)
    _merge_split_headings(found, looks)
    _learn_labels(found, looks)
    _restore_labels(found, looks)
    _read_labels_above(found, looks)
    _mark_credits(found, looks)
    rows = _title_rows(found, looks)
    gaps = sum(unit.gap for unit in found)
    short = [unit for unit in found if unit.last > unit.first]
    width = max((len(source.line(n).strip()) for unit in short for n in range(unit.first, unit.last + 1)), default=0)
    return Sheet(source, found, tuple(looks), rows, gaps >= 0.8 * len(found), width)


def title_key(text: str) -> str:
    """What two printings of a title have in common: no ordinal, bullet, page number, blanks and punctuation."""
    text = _LEADERS.sub("", text.lstrip(BULLETS + " "))
    text = _LIST_ORDINAL.sub("", text, count=1)
    for pattern in (MARKER, INLINE_ORDINAL):
        if match := pattern.match(text):
            text = text[match.end() :]
    return squeeze(text)


def lead_unions(text: str) -> frozenset[str]:
    """Names of local, industrial or enterprise unions that a text names in full enough to tell them apart."""
    head = text[:400]
    return frozenset(match.group() for match in _PLACE_UNION.finditer(_SCANNED.sub("", head) if " " in head else head))


#: Blanks between Chinese characters, as scanners leave them.
_SCANNED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def _mark_running_heads(found: tuple[Unit, ...], looks: list[Look]) -> None:
    heads = running_heads(found) | _numbered_heads(found, looks)
    for i, unit in enumerate(found):
        if unit.text in heads and looks[i].role in {"heading", "org", "body", "subtitle", "furniture"}:
            looks[i] = Look("furniture", "running_head")


def _numbered_heads(found: tuple[Unit, ...], looks: list[Look]) -> frozenset[str]:
    """Page heads that hold the page's number: one short line with rising numbers that stands in mid-sentence."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(found):
        if (
            looks[i].role == "heading"
            and (match := _NUMBERED_HEAD.fullmatch(unit.text))
            and not MARKER.match(unit.text)
        ):
            groups[match.group(1) or match.group(2)].append(i)
    heads: set[str] = set()
    for indices in groups.values():
        cut = any(i and looks[i - 1].role == "body" and not ends_sentence(found[i - 1].text) for i in indices)
        if len(indices) >= 2 and cut:
            heads |= {found[i].text for i in indices}
    return frozenset(heads)


def _merge_split_headings(found: tuple[Unit, ...], looks: list[Look]) -> None:
    """案例 / 简介 on two lines is one heading of a section."""
    for i in range(len(found) - 1):
        if (
            looks[i].role == "heading"
            and not found[i + 1].gap
            and len(found[i].text) <= 3
            and len(found[i + 1].text) <= 3
        ):
            merged = look(found[i].text + found[i + 1].text)
            if merged.role == "section":
                looks[i] = looks[i + 1] = merged


def _restore_labels(found: tuple[Unit, ...], looks: list[Look]) -> None:
    """In a form, 时间：… is one of its lines and not the date of a web page."""
    if sum(known.role == "label" and known.rule == "title" for known in looks) >= 2:
        for i, unit in enumerate(found):
            if looks[i].role == "furniture" and (known := labelled(unit.text)):
                looks[i] = known


def _learn_labels(found: tuple[Unit, ...], looks: list[Look]) -> None:
    """Labels that no list knows, by their last word, where they come back on other lines: 微改革名称：…, 牵头单位：…"""
    places: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(found):
        if looks[i].role in {"heading", "body", "org", "bullet"} and (match := _ANY_LABEL.match(unit.text)):
            places[match.group(1)].append(i)
    means = {label: kind for label, indices in places.items() if len(indices) >= 2 and (kind := meaning_of(label))}
    known = {look.rule for look in looks if look.role in {"label", "byline"}}
    if "title" not in means.values() or "org" not in known | set(means.values()):
        return
    for label, kind in means.items():
        for i in places[label]:
            bare = _ANY_LABEL.sub("", found[i].text, count=1)
            if kind not in {"title", "org", "time", "number", "note"}:
                section = cast("SectionKind", kind)
                looks[i] = Look("label", "section", section, bare) if bare else Look("section", "", section)
            elif bare:
                looks[i] = Look("byline" if kind == "org" and len(bare) <= 60 else "label", kind, bare=bare)


_ANY_LABEL = re.compile(r"([\u4e00-\u9fff]{3,8}):\s*")


def _read_labels_above(found: tuple[Unit, ...], looks: list[Look]) -> None:
    """In a form whose labels stand on lines of their own the line below says the title or the organisation."""
    above = [(i, means) for i in range(len(found) - 1) if (means := _label_alone(found[i].text)) in {"title", "org"}]
    if sum(means == "title" for _, means in above) < 1 or len(above) < 2:
        return
    for i, means in above:
        text = found[i + 1].text
        if looks[i + 1].role in {"heading", "org", "body", "bullet"} and len(text) <= 64 and not _label_alone(text):
            looks[i] = Look("furniture", "label")
            looks[i + 1] = Look("label" if means == "title" else "byline", means, bare=text)


def _label_alone(text: str) -> str | None:
    if len(text) > 16:
        return None
    bare = re.sub(r"\s+", "", text).strip(BULLETS + ":【】[]")
    return labels().get(bare) if len(bare) >= 4 else None


def _mark_credits(found: tuple[Unit, ...], looks: list[Look]) -> None:
    """(某某总工会) right below a text says whose it was; below a headline it says whose the account is."""
    for i in range(1, len(found)):
        if looks[i].rule == "dashed" and looks[i - 1].role in {"body", "label", "bullet"}:
            looks[i] = Look("furniture", "credits", bare=looks[i].bare)
        if (
            looks[i].rule == "bracketed"
            and found[i].text[0] == "("
            and looks[i - 1].role in {"body", "label", "bullet"}
        ):
            looks[i] = Look("furniture", "credits", bare=looks[i].bare)


def _title_rows(found: tuple[Unit, ...], looks: list[Look]) -> dict[str, tuple[int, ...]]:
    """Short units that name what is printed again later as a heading: rows of contents and award lists."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(found[: _appendix(found, looks)]):
        if looks[i].role in {"heading", "bullet", "org", "opener"} and len(unit.text) <= 120:
            for key in _row_keys(unit.text):
                if not places[key] or places[key][-1] != i:
                    places[key].append(i)
        elif len(unit.text) <= 120 and _LEADERS.search(unit.text) and looks[i].role in {"body", "furniture"}:
            places[title_key(unit.text)].append(i)
    headings = {
        squeezed: max(indices)
        for squeezed, indices in places.items()
        if len(squeezed) >= 4 and len(indices) >= 2 and looks[max(indices)].role in {"heading", "bullet", "org"}
    }
    # An accidental repetition (the title in a running text, a subheading used twice) is no list: rows stand together.
    listed = sorted({i for squeezed, last in headings.items() for i in places[squeezed] if i < last})
    dense = {end for i, j in pairwise(listed) if j - i <= 6 for end in (i, j)}
    rows: dict[str, tuple[int, ...]] = {}
    for squeezed, last in headings.items():
        kept = tuple(i for i in places[squeezed] if i < last and i in dense)
        if kept:
            rows[squeezed] = kept
    return rows


def _appendix(found: tuple[Unit, ...], looks: list[Look]) -> int:
    """Where a list begins that no text follows; the end where there is none."""
    for i, known in enumerate(looks):
        if known.rule == "list" and not any(looks[j].role == "body" for j in range(i, len(found))):
            return i
    return len(found)


def _row_keys(text: str) -> set[str]:
    keys = {title_key(text), title_key(_BRACKETED_END.sub("", _LEADERS.sub("", text)))}
    if "\t" in text:
        keys |= {title_key(cell) for cell in text.split("\t") if not is_org(cell.strip())}
    return {key for key in keys if len(key) >= 4}
