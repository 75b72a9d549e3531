"""The numbers that Word prints before paragraphs (一、 （一） 案例1) but does not store with their text.

ECMA-376 part 1, 17.9: a paragraph (or its style) names a list and a level; the list's definition gives format,
text and start of every level. The numbers are written into the paragraphs as text, and the paragraphs taken out
of their lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how numbers are written, the text around them (``%1、``), and the first number.

    ``digits``: the numbers of all levels are written with digits here (``w:isLgl``).
    """

    form: str
    text: str
    start: int
    digits: bool = False


#: List -> its levels; lists with the same definition count together, so the definition's id comes with them.
Lists = Mapping[str, tuple[str, Mapping[int, Level]]]


def lists_of(numbering: Any) -> Lists:
    """The lists of a parsed ``numbering.xml``."""
    definitions = {node.get(f"{W}abstractNumId"): _levels(node) for node in numbering.iter(f"{W}abstractNum")}
    found: dict[str, tuple[str, Mapping[int, Level]]] = {}
    for node in numbering.iter(f"{W}num"):
        identifier, definition = node.get(f"{W}numId") or "", _value(node.find(f"{W}abstractNumId"))
        levels = dict(definitions.get(definition, {}))
        changed = list(node.iter(f"{W}lvlOverride"))
        for change in changed:
            level = _whole(change.get(f"{W}ilvl"))
            levels |= _levels(change)
            start = change.find(f"{W}startOverride")
            if start is not None and level in levels:
                levels[level] = replace(levels[level], start=_whole(_value(start)))
        found[identifier] = (f"num {identifier}" if changed else f"abstract {definition}", levels)
    return found


def _levels(node: Any) -> dict[int, Level]:
    return {
        _whole(level.get(f"{W}ilvl")): Level(
            _value(level.find(f"{W}numFmt")) or "decimal",
            _value(level.find(f"{W}lvlText")),
            _whole(_value(level.find(f"{W}start")) or "1"),
            level.find(f"{W}isLgl") is not None,
        )
        for level in node.findall(f"{W}lvl")
    }


def print_numbers(document: Any, styles: Any, lists: Lists) -> None:
    """Write the numbers of all paragraphs of a parsed ``document.xml`` into their text, in place."""
    by_style = _styles(styles) if styles is not None else {}
    counters: dict[str, dict[int, int]] = {}
    for paragraph in document.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        if properties is None or any(True for _ in paragraph.iterancestors(_CHOICE)):
            continue  # a text box stands there twice; its second form is the one that is read
        own = _list_of(properties)
        style = _value(properties.find(f"{W}pStyle"))
        inherited = by_style.get(style, ("", None))
        identifier = own[0] or inherited[0]
        level = min(own[1] if own[1] is not None else inherited[1] or 0, _LEVELS - 1)
        if identifier not in lists:
            continue
        counted, levels = lists[identifier]
        numbers = counters.setdefault(counted, {})
        if level not in levels:
            continue
        numbers[level] = numbers.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in numbers if n > level]:
            del numbers[deeper]
        _leave_list(properties)
        label = _label(levels, numbers, level)
        if label and any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
            run = paragraph.makeelement(f"{W}r")
            text = run.makeelement(f"{W}t")
            text.text = label
            run.append(text)
            properties.addnext(run)


def _styles(styles: Any) -> dict[str, tuple[str, int | None]]:
    """Style -> list and level, those of the styles that it is based on included."""
    own: dict[str, tuple[str, int | None]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        properties = style.find(f"{W}pPr")
        own[name] = _list_of(properties) if properties is not None else ("", None)
        based[name] = _value(style.find(f"{W}basedOn"))
    found: dict[str, tuple[str, int | None]] = {}
    for name in own:
        identifier, level, above = "", None, name
        for _ in range(20):  # styles may be based on each other in a circle
            more = own.get(above, ("", None))
            identifier, level = identifier or more[0], level if level is not None else more[1]
            above = based.get(above, "")
        found[name] = (identifier, level)
    return found


def _list_of(properties: Any) -> tuple[str, int | None]:
    node = properties.find(f"{W}numPr")
    if node is None:
        return "", None
    level = node.find(f"{W}ilvl")
    return _value(node.find(f"{W}numId")), _whole(_value(level)) if level is not None else None


def _leave_list(properties: Any) -> None:
    for node in properties.findall(f"{W}numPr"):
        properties.remove(node)
    node = properties.makeelement(f"{W}numPr")
    for name in ("ilvl", "numId"):
        node.append(node.makeelement(f"{W}{name}", {f"{W}val": "0"}))
    properties.append(node)


def _label(levels: Mapping[int, Level], numbers: Mapping[int, int], level: int) -> str:
    if levels[level].form == "bullet":
        return "• "
    if levels[level].form == "none":
        return ""

    def number(match: re.Match[str]) -> str:
        n = int(match.group(1)) - 1
        known = levels.get(n)
        form = "decimal" if levels[level].digits else known.form if known else ""
        return written(numbers.get(n, known.start), form) if known else ""

    label = re.sub(r"%([1-9])", number, levels[level].text).strip()
    return label + " " if label and (label[-1].isalnum() or label[-1] in ".)．") else label


def written(number: int, form: str) -> str:
    """A number as Word writes it in a format of ``w:numFmt``; formats not known here are written with digits."""
    if form.startswith(("chinese", "japanese", "ideographTraditional", "taiwanese", "korean")) and 0 < number < 1000:
        return _chinese(number)
    if form in {"ideographDigital", "chineseDigital"}:
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalZero":
        return f"{number:02}"
    if form in {"upperLetter", "lowerLetter"} and 0 < number <= 780:
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 400:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        text += sign * (number // value)
        number %= value
    return text


def _value(node: Any) -> str:
    return (node.get(f"{W}val") or "") if node is not None else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
