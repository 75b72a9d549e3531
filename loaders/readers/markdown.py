"""Markdown: the words as they stand, line for line, without the marks; front matter gives title, source and date.

Line numbers are those of the file below its front matter (and above tables of accounts, which become forms).
"""

from __future__ import annotations

import re
from pathlib import Path

from unionkg.loaders.readers import Decoded, empty, grids, text

_FENCE = re.compile(r"\s*(?:```|~~~)")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*")
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
#: A dash stays: in text it is a dash as well.
_ITEM = re.compile(r"(\s*)[*+]\s+(?:\[[ xX]\]\s+)?")
#: Marks inside a line and what stays of them. Links and pictures keep their words, not their address.
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(?<!\\)\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"(?<!\\)(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\\*A-Za-z0-9])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*A-Za-z0-9])"), r"\1"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|font|center|p|div|sub|sup|mark)(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), ""),
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])"), r"\1"),
)
_HTML_ENTITIES = {"&nbsp;": " ", "&emsp;": " ", "&ensp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}

#: Names of front matter that mean the same.
_NAMES = {"标题": "title", "日期": "date", "来源": "source", "网址": "url", "link": "url", "site": "source"}


def read(path: Path) -> Decoded:
    """Read a Markdown file. Raises InputError as the reader of plain text does."""
    decoded = text.read(path)
    head, body = _front_matter(decoded.text.removeprefix("\ufeff"))
    lines = _lines(body.split("\n"))
    told = _told(head, lines)
    stored = "\n".join([*told, *lines])
    if not stored.strip():
        raise empty(path)
    return Decoded(stored if stored.endswith("\n") else stored + "\n", decoded.encoding, url=head.get("url"))


def _front_matter(content: str) -> tuple[dict[str, str], str]:
    """The plain ``name: value`` lines between ``---`` lines at the head; and the rest."""
    found = re.match(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", content, re.DOTALL)
    if found is None or ":" not in found.group(1):
        return {}, content
    head: dict[str, str] = {}
    for line in found.group(1).splitlines():
        key, _, value = line.partition(":")
        name = key.strip().lower()
        if value.strip() and not line.startswith((" ", "#", "-")):
            head.setdefault(_NAMES.get(name, name), value.strip().strip("\"'"))
    return head, content[found.end() :]


def _told(head: dict[str, str], lines: list[str]) -> list[str]:
    """The lines that front matter becomes: the title where the text does not print it, source, author and date."""
    title = head.get("title", "")
    printed = title and any(re.sub(r"\W", "", line) == re.sub(r"\W", "", title) for line in lines[:10])
    source = head.get("source") or head.get("publisher") or ""
    line = "  ".join(part for part in (f"来源：{source}" if source else "", head.get("date", "")[:10]) if part)
    return [*([title] if title and not printed else []), *([line] if line else [])]


def _lines(lines: list[str]) -> list[str]:
    found: list[str] = []
    fenced = False
    n = 0
    while n < len(lines):
        line = lines[n]
        if _FENCE.match(line):
            fenced = not fenced
            found.append("")
        elif fenced:
            found.append(line)
        elif "|" in line and n + 1 < len(lines) and "|" in lines[n + 1] and _TABLE_RULE.fullmatch(lines[n + 1]):
            end = n + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            rows = [_cells(row) for i, row in enumerate(lines[n:end]) if i != 1]
            for part in grids.parts(rows):
                found += ["", part.text] if part.gap else [part.text]
            n = end
            continue
        elif _RULE.fullmatch(line) or (_UNDERLINE.fullmatch(line) and n and lines[n - 1].strip()):
            found.append("")
        else:
            found.append(_words(line))
        n += 1
    return found


def _cells(row: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))
    return [_words(re.sub(r"<br\s*/?>", "\n", cell.strip(), flags=re.IGNORECASE)).strip() for cell in cells]


def _words(line: str) -> str:
    """A line without its marks."""
    if heading := _HEADING.fullmatch(line):
        line = heading.group(1)
    line = (
        _ITEM.sub(r"\1• ", _QUOTED.sub("", line), count=1)
        if _ITEM.match(_QUOTED.sub("", line))
        else _QUOTED.sub("", line)
    )
    for pattern, kept in _INLINE:
        line = pattern.sub(kept, line)
    for entity, sign in _HTML_ENTITIES.items():
        line = line.replace(entity, sign)
    return line.rstrip()
