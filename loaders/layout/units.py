"""The lines of a document, joined where a paragraph was set in short lines: the units that the layout is read from.

A page is set in short lines where most of its text stands in runs of them that break in mid-sentence; scans put a
blank line between any two, so that only indents, sentence ends and short last lines part their paragraphs. The name of
a union below a headline, subtitles, numbered paragraphs and lines printed twice stay units of their own. Columns
printed side by side on one line are not parted: readers put them in order.

Rules look at the *matching copy* of the text: simplified characters, ASCII forms of full-width letters and
punctuation, plain blanks; it has the length of the stored text, so offsets are the same in both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from unionkg.loaders.extract.simplified import replaced, simplified
from unionkg.loaders.source import SourceText

#: Characters found only in traditional script, frequent in any text about trade unions.
_TRADITIONAL = re.compile("[會總職勞業動員開關學記報導實務區縣縮織產創隊與為這個們來時]")
_WIDTH = (
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u3000\u00a0\ufeff\u200b\u2002\u2003\u2009\u202f", " ")
    | dict(zip("「」『』", "“”‘’", strict=True))
)
BULLETS = "●◆■▲★◇○□▪•·※☆►▶◎➤➢❖◈▍▎▌▸▷✦✅✔☑🔹🔸👉📌"
_CLOSING = "”’\"')]】》〉」』"
_TERMINAL = "。!?…;"
_MARKDOWN = re.compile(r"(?:#{1,6}\s+)?(?:\*{1,3})?(?=[^*#])(.*?[^*#\s])\s*(?:\*{1,3})?(?:\s+#+)?$")
#: A page number with what is printed around it, or alone.
PAGE_NUMBER = re.compile(
    r"[-—–－_·•\s|]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－_·•\s|]*|[-—–－_·•|]+\s*\d(?:\s*\d){0,3}\s*[-—–－_·•|]+"
)
_PAGE_PART = re.compile(r"(?:^|\s)[-—–·|]+\s*\d{1,4}\s*[-—–·|]+(?:\s|$)|^\d{1,4}\s*\||\|\s*\d{1,4}$")
_DIGITS, _BARS = frozenset("0123456789"), frozenset("-—–·|")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff0-9Oo“”(]) (?=[\u4e00-\u9fff0-9Oo“”)])")
_ORDINALS = frozenset("一二三四五六七八九十")
#: Paragraphs that begin with their number do so on a line of their own.
_COUNTED = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十][,、]")
#: Longest line of a page set in short lines, in characters.
_SHORT_LINE = 50
#: Least length of lines printed twice, in characters.
_REPEATED = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, the lines of one paragraph, or one cell of a table.

    ``text`` is its matching copy without white space and Markdown signs at the ends; ``spans`` are the offset ranges
    that it stands in, one a line. ``gap`` tells whether a blank line stands before it, ``indent`` how far its first
    line is indented. ``column`` is the heading of the column of a cell.
    """

    first: int
    last: int
    text: str
    spans: tuple[tuple[int, int], ...]
    gap: bool
    indent: int
    column: str = ""


def matching_copy(text: str) -> str:
    """The text for rules to match on, as long as the stored text."""
    if _TRADITIONAL.search(text):
        text = simplified(text)
    return replaced(text, _WIDTH)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does; ASCII full stops count where Chinese precedes them."""
    bare = text.rstrip(_CLOSING)
    if not bare:
        return False
    if bare[-1] != ".":
        return bare[-1] in _TERMINAL
    before = bare[:-1].rstrip(_CLOSING)
    return bool(before) and not before[-1].isascii()


def closed_up(text: str) -> str:
    """The text without blanks that letter-spacing or a scanner put between Chinese characters.

    Blanks go only where they cannot part words: in a group (between wide blanks) that holds a character by itself.
    Two clauses of a headline stay apart. The result is for telling what a line is; it has other offsets.
    """
    if " " not in text:
        return text
    return " ".join(_closed_group(group) for group in re.split(r"\s{2,}", text))


def _closed_group(group: str) -> str:
    if " " not in group:
        return group
    parts = group.split(" ")
    alone = [part for part in parts if part == "工会" or (len(part) == 1 and "\u4e00" <= part <= "\u9fff")]
    # 一 背景 and 办 夜校: a single character at the head may be an ordinal or a word.
    return _BETWEEN.sub("", group) if len(alone) > (parts[0] in _ORDINALS) else group


def units(source: SourceText) -> tuple[Unit, ...]:
    """Read the units of a document in the order of its lines."""
    copy = matching_copy(source.text)
    lines = tuple(_lines(source, copy))
    if _set_in_short_lines(lines) or _double_spaced(lines, _full_width(lines)):
        return tuple(_joined(lines))
    from unionkg.loaders.layout.tables import cells  # tables look for cues, which read units

    return cells(lines)


def _lines(source: SourceText, copy: str) -> Iterator[Unit]:
    gap = True
    for number in range(1, source.line_count + 1):
        start, end = source.line_span(number)
        line = copy[start:end]
        text = line.strip()
        if text:
            indent = len(line) - len(line.lstrip())
            start += indent
            if text[0] in "#*" and (sign := _MARKDOWN.match(text)):
                text, start = sign.group(1), start + sign.start(1)
            yield Unit(number, number, text, ((start, start + len(text)),), gap, indent)
        gap = not text


def _runs(lines: tuple[Unit, ...]) -> Iterator[list[Unit]]:
    run: list[Unit] = []
    for line in lines:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _set_in_short_lines(lines: tuple[Unit, ...]) -> bool:
    """Whether most of the text stands in runs of short lines that break in mid-sentence."""
    total = sum(len(line.text) for line in lines)
    short = 0
    for run in _runs(lines):
        if len(run) >= 3 and max(len(line.text) for line in run) <= _SHORT_LINE:
            broken = [line for line in run[:-1] if not ends_sentence(line.text)]
            full = 0.75 * max(len(line.text) for line in run)
            # A line that had to be broken is full; headlines above their text are not, unless all is set as verse.
            wrapped = sum(len(line.text) >= full for line in broken)
            if wrapped >= 0.4 * (len(run) - 1) or len(broken) >= 0.8 * len(run):
                short += sum(len(line.text) for line in run)
    if not 0.25 * total < short <= 0.5 * total:
        return short > 0.5 * total
    heads = running_heads(lines)
    return short > 0.5 * sum(len(line.text) for line in lines if line.text not in heads)


def running_heads(lines: tuple[Unit, ...]) -> frozenset[str]:
    """Short lines that come back unchanged beside page numbers, or with a page number in them."""
    counts = Counter(line.text for line in lines if len(line.text) <= 40)
    numbered = [(line.text, key) for line in lines if (key := _skeleton(line.text))]
    keys = Counter(key for _, key in numbered)
    return frozenset(text for text, key in numbered if keys[key] >= 2) | frozenset(
        line.text
        for i, line in enumerate(lines)
        if counts[line.text] >= 2
        and not PAGE_NUMBER.fullmatch(line.text)
        and any(0 <= j < len(lines) and PAGE_NUMBER.fullmatch(lines[j].text) for j in (i - 1, i + 1))
    )


def _skeleton(text: str) -> str:
    """What a line with a page's number in it has in common with those of other pages; "" for other lines."""
    if len(text) > 80 or _DIGITS.isdisjoint(text) or _BARS.isdisjoint(text) or not _PAGE_PART.search(text):
        return ""
    bare = re.sub(r"[\d\s]+", "", text)
    return bare if re.search(r"\w", bare) else ""


def _joined(lines: tuple[Unit, ...]) -> Iterator[Unit]:
    from unionkg.loaders.layout.cues import labelled, stands_alone  # cues read units

    heads = running_heads(lines)
    width = _full_width(lines)
    if _double_spaced(lines, width):
        yield from _without_gaps(lines, width, heads)
        return
    for run in _runs(lines):
        longest = max(len(line.text) for line in run)
        cuts = _repeated(run)
        alone = _org_below_title(run, width)
        inner = _inner_heads(run, width)
        paragraph: list[Unit] = []
        for n, line in enumerate(run):
            if n in inner:
                if paragraph:
                    yield _paragraph(paragraph)
                    paragraph = []
                yield replace(line, gap=line.gap or n - 1 not in inner)
                continue
            if paragraph and (
                line.indent > paragraph[-1].indent
                or n in cuts
                or alone in {n, n - 1}
                or (
                    any(stands_alone(text) or text in heads for text in (line.text, paragraph[-1].text))
                    and not _subtitle_goes_on(paragraph[-1].text, line.text, longest, n < alone)
                )
                or labelled(line.text)
                or _COUNTED.match(line.text)
                or line.text[0] in BULLETS
                or (paragraph[-1].text[0] in BULLETS and len(paragraph[-1].text) < 0.8 * longest)
                or (ends_sentence(paragraph[-1].text) and (line.indent > 0 or len(paragraph[-1].text) < 0.7 * longest))
            ):
                yield _paragraph(paragraph)
                paragraph = []
            paragraph.append(line)
        if paragraph:
            yield _paragraph(paragraph)


def _inner_heads(run: list[Unit], width: int) -> frozenset[int]:
    """Headlines in the middle of a run whose paragraphs are indented: up to three lines at the margin between the end
    of a sentence and an indented line, none of them a sentence.
    """
    from unionkg.loaders.layout.cues import is_heading

    found: set[int] = set()
    block: list[int] = []
    for n, line in enumerate(run):
        if line.indent > 0:
            if 0 < len(block) <= 3 and block[0]:
                found |= set(block)
            block = []
        elif (block or (n and ends_sentence(run[n - 1].text))) and len(line.text) < 0.95 * width:
            block = [*block, n] if is_heading(line.text) and not ends_sentence(line.text) else []
        else:
            block = []
    return frozenset(found)


def _full_width(lines: tuple[Unit, ...]) -> int:
    """The length of a full line: nine of ten are no longer."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _org_below_title(run: list[Unit], width: int) -> int:
    """Where the name of a union stands by itself below the headline that a run begins with; -1 where none does."""
    from unionkg.loaders.layout.cues import is_heading, is_org

    for n, line in enumerate(run[:5]):
        if n and is_org(closed_up(line.text)) and len(line.text) < 0.9 * width:
            return n
        if "," in line.text or not is_heading(line.text) or len(line.text) >= 0.95 * width:
            break
    return -1


def _subtitle_goes_on(above: str, line: str, longest: int, head: bool) -> bool:
    """Whether a line completes the subtitle that fills the line above it."""
    return (
        head and above.startswith(("——", "--")) and len(above) >= 0.75 * longest and not line.startswith(("——", "--"))
    )


def _repeated(run: list[Unit]) -> frozenset[int]:
    """Where several lines that are printed twice in a run begin and end, both times."""
    cuts: set[int] = set()
    places: dict[str, int] = {}
    n = 0
    while n < len(run):
        first = places.setdefault(run[n].text, n)
        size = 0
        while first + size < n and n + size < len(run) and run[first + size].text == run[n + size].text:
            size += 1
        if size >= 2 and sum(len(line.text) for line in run[n : n + size]) >= _REPEATED:
            cuts |= {first, first + size, n, n + size}
        n += max(size, 1)
    return frozenset(cuts)


def _double_spaced(lines: tuple[Unit, ...], width: int) -> bool:
    """Whether short lines that break in mid-sentence have a blank line between any two of them, as scans do."""
    if len(lines) < 10 or width > _SHORT_LINE or sum(line.gap for line in lines) < 0.6 * len(lines):
        return False
    full = [line for line in lines if len(line.text) >= 0.6 * width]
    return len(full) >= 6 and sum(not ends_sentence(line.text) for line in full) >= 0.7 * len(full)


def _without_gaps(lines: tuple[Unit, ...], width: int, heads: frozenset[str]) -> Iterator[Unit]:
    """Paragraphs of double-spaced lines: by indents where there are any, else by short lines that end a sentence."""
    from unionkg.loaders.layout.cues import is_heading, is_org, labelled, stands_alone
    from unionkg.loaders.layout.furniture import furniture_of

    def alone(n: int) -> bool:
        text = lines[n].text
        return n < len(lines) and (
            text in heads or text[0] in BULLETS or stands_alone(text) or bool(labelled(text)) or is_org(closed_up(text))
        )

    def headline(n: int) -> bool:
        text = lines[n].text
        return "," not in text and len(text) < 0.9 * width and is_heading(text) and not (indents and lines[n].indent)

    marked = sum(line.indent > 0 and not furniture_of(line.text) for line in lines)
    indents = 0 < marked <= 0.5 * len(lines)
    paragraph: list[Unit] = []
    running = False  # whether the text above goes on below a page number
    for n, line in enumerate(lines):
        if alone(n):
            running = bool(furniture_of(line.text)) and (running if not paragraph else _open(paragraph))
            if paragraph:
                yield _paragraph(paragraph)
                paragraph = []
            yield replace(line, gap=False)
            continue
        if paragraph:
            ended = ends_sentence(paragraph[-1].text)
            below = n + 1 < len(lines) and (alone(n + 1) or lines[n + 1].indent > 0 or headline(n + 1))
            if (
                (indents and line.indent > 0)
                or (not indents and ended and len(paragraph[-1].text) < 0.9 * width)
                or (ended and headline(n) and below)
            ):
                yield _paragraph(paragraph)
                paragraph = []
        if not paragraph and headline(n) and not running:
            yield replace(line, gap=n == 0 or (not alone(n - 1) and not headline(n - 1)))
            continue
        paragraph.append(line)
        running = False
    if paragraph:
        yield _paragraph(paragraph)


def _open(paragraph: list[Unit]) -> bool:
    return not ends_sentence(paragraph[-1].text)


def _paragraph(lines: list[Unit]) -> Unit:
    text = "".join(line.text for line in lines)
    spans = tuple(span for line in lines for span in line.spans)
    return Unit(lines[0].first, lines[-1].last, text, spans, lines[0].gap, lines[0].indent)
