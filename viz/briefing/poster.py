"""一张图: all that the material tells of a practice type on one landscape sheet of A3, for a wall.

The upper half shows where (tiles of provinces) and when (lanes of levels, with the curve of each); the lower half tells who,
with which figures, how it spread, and the sources. Body text is 12 pt or larger. What does not fit is left out from the
end of its list, and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files

from unionkg.graph.analysis.basis import sample
from unionkg.graph.analysis.coverage import ABSENT, NO_MATERIAL, ON_RECORD
from unionkg.language import language, say
from unionkg.ontology.regions import table
from unionkg.viz.briefing.poster_content import Content, Said, Tile
from unionkg.viz.briefing.poster_lanes import lanes
from unionkg.viz.briefing.poster_marks import (
    BLACK,
    BLUE,
    GREY,
    LIGHT,
    PALE,
    RED,
    Line,
    Mark,
    Rect,
    Sheet,
    Text,
    paragraph,
    shortened,
    text_width,
    wrapped,
)

WIDTH, HEIGHT = 420 / 25.4 * 72, 297 / 25.4 * 72
_MARGIN, _GAP = 40.0, 26.0
_LEFT, _RIGHT = _MARGIN, WIDTH - _MARGIN
_BODY, _LEADING, _SMALL = 12.0, 16.6, 10.5
_YEAR, _HEADING = 9.5, 15.0
_TOP_OF_CHARTS, _TOP_OF_TEXTS, _BOTTOM = 126.0, 488.0, HEIGHT - 36
_TILE, _BETWEEN = 34.0, 2.0
_ABOUT = 2
"""So many lines below the title."""
_QUOTE = 34
"""So many characters of a quote are shown."""
_MISSES = 6
"""When so many items in a row did not fit, the others are not tried."""


def poster(shown: Content) -> Sheet:
    """Lay out a poster."""
    marks: list[Mark] = [*_head(shown)]
    grid = 8 * (_TILE + _BETWEEN)
    marks += _tiles(shown, _LEFT, _TOP_OF_CHARTS)
    marks += lanes(shown, _LEFT + grid + _GAP, _TOP_OF_CHARTS, _RIGHT, _TOP_OF_TEXTS - 14)
    marks += _texts(shown)
    foot = say(
        "由 unionkg 根据已载入的文献生成；每条陈述可在图谱中查到原句",
        "made by unionkg from the documents loaded; every statement leads to its sentence",
    )
    marks += [Line(_LEFT, _BOTTOM + 2, _RIGHT, _BOTTOM + 2, PALE, 0.8), Text(_LEFT, _BOTTOM + 17, foot, _SMALL, GREY)]
    return Sheet(
        WIDTH,
        HEIGHT,
        say(f"{shown.name}：一张图", f"{shown.name}: a poster"),
        "zh-CN" if language() == "zh" else "en",
        tuple(marks),
    )


# ------------------------------------------------------------ head


def _head(shown: Content) -> Iterator[Mark]:
    half = (_LEFT + _RIGHT) / 2 + 60
    size = min(38.0, 38.0 * (half - _LEFT - 20) / text_width(shown.name, 38))
    yield Rect(_LEFT, 30, 8, 40, RED)
    yield Text(_LEFT + 20, 63, shown.name, size, RED, bold=True)
    lines = [line for told in shown.about for line in wrapped(told, 13, half - _LEFT - 10)]
    if len(lines) > _ABOUT:
        lines = [*lines[: _ABOUT - 1], lines[_ABOUT - 1][:-2] + "……"]
    yield from (Text(_LEFT, 90 + at * 18, line, 13) for at, line in enumerate(lines))
    for at, line in enumerate(shown.scope):
        yield Text(_RIGHT, 44 + at * 19, line, 13, BLACK, anchor="end")
    size = min(13.0, 13.0 * (_RIGHT - half) / text_width(sample(), 13))
    yield Text(_RIGHT, 44 + len(shown.scope) * 19 + 2, sample(), size, RED, anchor="end")
    yield Line(_LEFT, 114, _RIGHT, 114, RED, 1.5)


def heading(text: str, x: float, y: float, note: str = "") -> Iterator[Mark]:
    """The heading of a block, with a small note behind it."""
    yield Text(x, y, text, _HEADING, RED, bold=True)
    if note:
        yield Text(x + text_width(text, _HEADING) + 10, y, note, _SMALL, GREY)


# ------------------------------------------------------------ provinces


def _places() -> Mapping[str, tuple[int, int]]:
    """Row and column of every province in the grid, from 0."""
    text = (files("unionkg.viz") / "map" / "tiles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: (int(row["row"]) - 1, int(row["column"]) - 1) for row in rows}


def _tiles(shown: Content, x: float, y: float) -> Iterator[Mark]:
    dated = bool(shown.lanes)
    name = say("各省最早记载", "Earliest record by province") if dated else say("各省记载", "Records by province")
    yield from heading(name, x, y + 12)
    places = _places()
    for tile in shown.tiles:
        row, column = places[tile.code]
        yield from _tile(tile, dated, x + column * (_TILE + _BETWEEN), y + 24 + row * (_TILE + _BETWEEN))
    absent = any(tile.state == ABSENT for tile in shown.tiles)
    yield from _legend(dated, absent, x, y + 24 + 8 * (_TILE + _BETWEEN) + 4)


def _tile(tile: Tile, dated: bool, x: float, y: float) -> Iterator[Mark]:
    fill, ink, dash = _look(tile)
    edge = BLUE if tile.state == ON_RECORD else RED if tile.state == ABSENT else PALE
    yield Rect(x, y, _TILE, _TILE, fill, edge, 1.8 if tile.state == ABSENT else 1.0, dash)
    name = table().region(tile.code).short if tile.code in table() else tile.name
    told = _when(tile) if dated or tile.state == ABSENT else ""
    yield Text(x + _TILE / 2, y + (_TILE / 2 - 2 if told else _TILE / 2 + 4), name, _SMALL, ink, anchor="middle")
    if told:
        yield Text(x + _TILE / 2, y + _TILE - 6, told, _YEAR, ink, bold=tile.stated, anchor="middle")


def _when(tile: Tile) -> str:
    if tile.state == ON_RECORD:
        return say("不详", "?") if tile.year is None else str(tile.year) if tile.stated else f"≤{tile.year}"
    return say("未开展", "none") if tile.state == ABSENT else ""


def _look(tile: Tile) -> tuple[str, str, tuple[float, ...]]:
    """Fill, colour of the text, dashes of the border."""
    if tile.state == ON_RECORD:
        return (BLUE, "#ffffff", ()) if tile.stated else (LIGHT, BLACK, ())
    if tile.state == NO_MATERIAL:
        return "#ececec", GREY, ()
    return ("", GREY, (2, 2)) if not tile.state else ("", BLACK, ())


def _legend(dated: bool, absent: bool, x: float, y: float) -> Iterator[Mark]:
    """What the tiles mean, in two lines."""
    dates = (
        ((BLUE, BLUE, ()), say("2016 写明起始年", "2016 stated")),
        ((LIGHT, BLUE, ()), say("≤2018 不晚于", "≤2018 known by")),
    )
    said = (
        *(dates if dated else (((LIGHT, BLUE, ()), say("有记载", "on record")),)),
        *(((("", RED, ()), say("台账：未开展", "ledger: none")),) if absent else ()),
        (("", PALE, ()), say("资料未见", "not seen")),
        (("#ececec", PALE, ()), say("无该地资料", "no material")),
        (("", PALE, (2.0, 2.0)), say("不计入", "not counted")),
    )
    at, line = x, y
    for (fill, stroke, dash), words in said:
        if at + 16 + text_width(words, _SMALL) > x + 8 * (_TILE + _BETWEEN):
            at, line = x, line + 15
        yield Rect(at, line, 10, 10, fill, stroke, 1.0, dash)
        yield Text(at + 14, line + 9, words, _SMALL, GREY)
        at += 22 + text_width(words, _SMALL)


# ------------------------------------------------------------ texts

Block = tuple[str, str, Sequence[Said], Callable[[Said], str]]


def _texts(shown: Content) -> list[Mark]:
    """The lists and the sources: by turns one item more of each list, as long as there is room for one."""
    waiting = [list(range(len(some))) for some in (shown.units, shown.figures, shown.ties)]
    chosen: list[list[int]] = [[], [], []]
    misses = [0, 0, 0]
    made, _ = _laid_out(shown, chosen)
    while any(waiting):
        for at, items in enumerate(waiting):
            if not items:
                continue
            trial = [some + items[:1] * (one == at) for one, some in enumerate(chosen)]
            more, lowest = _laid_out(shown, trial)
            fits = lowest <= _BOTTOM - 6
            if fits:
                chosen, made = trial, more
            misses[at] = 0 if fits else misses[at] + 1
            waiting[at] = items[1:] if misses[at] < _MISSES else []
    for others in range(1, len(shown.behind) + 1):
        more, lowest = _laid_out(shown, chosen, others)
        if lowest > _BOTTOM - 6:
            break
        made = more
    return made


def _laid_out(shown: Content, chosen: Sequence[Sequence[int]], others: int = 0) -> tuple[list[Mark], float]:
    """The lower half with some items of each list and so many sources that none cites, and how far it reaches down."""
    third = (_RIGHT - _LEFT - 2 * _GAP) / 3
    blocks: Sequence[Block] = (
        (
            say("代表单位", "Unions"),
            say("各层级资料中最早的记载，不是首创", "the earliest records of each level; no firsts")
            if shown.lanes
            else say("资料中有记载的", "on record"),
            shown.units,
            lambda said: said.text,
        ),
        (
            say("自报成效", "Reported figures"),
            say("各案例一项；口径不同，不可相加、相比", "one per account, not comparable"),
            shown.figures,
            lambda said: said.text,
        ),
        (
            say("传播关系", "Spread"),
            say("只列文中写明的，未列不等于没有", "only what documents state"),
            shown.ties,
            _quoted,
        ),
    )
    numbers: dict[int, int] = {}
    marks: list[Mark] = [Line(_LEFT, _TOP_OF_TEXTS - 6, _RIGHT, _TOP_OF_TEXTS - 6, PALE, 0.8)]
    lowest = 0.0
    for at, (name, note, items, text) in enumerate(blocks):
        x, y = _LEFT + at * (third + _GAP), _TOP_OF_TEXTS + 14
        marks += heading(name, x, y, note)
        y += 21
        for said in sorted((items[one] for one in chosen[at]), key=lambda said: said.when):
            marks_of, y = paragraph(text(said) + _cited(said, numbers), x, y, third, _BODY, _LEADING, hang=12)
            marks += marks_of
            y += 2.5
        rest = len(items) - len(chosen[at])
        if rest > 0 or not items:
            told = say(f"另有 {rest} 条，略", f"{rest} more") if items else shown.without
            marks.append(Text(x, y, told, _BODY, GREY))
            y += _LEADING
        lowest = max(lowest, y)
    marks.append(Line(_LEFT, lowest - 8, _RIGHT, lowest - 8, PALE, 0.8))
    sources, end = _sources(shown, numbers, others, _LEFT, lowest + 12, 2 * third + _GAP)
    notes, other = _notes(shown, _LEFT + 2 * (third + _GAP), lowest + 12, third)
    return [*marks, *sources, *notes], max(end, other) - _LEADING


def _quoted(said: Said) -> str:
    return f"{said.text}{say('。', '. ')}“{shortened(said.words, _QUOTE)}”" if said.words else said.text


def _cited(said: Said, numbers: dict[int, int]) -> str:
    """The numbers of the documents behind a statement, which are given in the order in which they are first cited."""
    for document in said.note.documents:
        numbers.setdefault(document, len(numbers) + 1)
    return "".join(f"[{numbers[document]}]" for document in said.note.documents)


def _sources(
    shown: Content, numbers: Mapping[int, int], most: int, x: float, y: float, width: float
) -> tuple[list[Mark], float]:
    """The references in two columns, and where a further line would be."""
    marks: list[Mark] = [*heading(say("出处", "Sources"), x, y, "GB/T 7714—2015")]
    # What no list cites stands behind the tiles and lanes all the same.
    others = [document for document in shown.behind if document not in numbers]
    told = [*sorted(numbers, key=numbers.__getitem__), *others[:most]]
    references = [f"[{at}] {shown.documents[document].partition('] ')[2]}" for at, document in enumerate(told, 1)]
    if rest := len(numbers) + len(others) - len(told):
        references.append(say(f"另有 {rest} 份，略", f"{rest} more"))
    column, top = (width - _GAP) / 2, y + 20
    heights = [len(wrapped(one, _BODY, column - 24)) for one in references]
    left = next((at for at in range(len(heights) + 1) if 2 * sum(heights[:at]) >= sum(heights)), 0)
    lowest = top
    for at, some in enumerate((references[:left], references[left:])):
        line = top
        for reference in some:
            made, line = paragraph(reference, x + at * (column + _GAP), line, column, _BODY, _LEADING, hang=24)
            marks += made
        lowest = max(lowest, line)
    return marks, lowest


def _notes(shown: Content, x: float, y: float, width: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = [*heading(say("说明", "Notes"), x, y)]
    y += 20
    for note in (
        say(
            "“≤”和“不晚于”是资料中最早记载的上限（按刊印、获奖或入选日期），不是开始时间。",
            '"≤" and "by" are upper bounds by date of publication or award, no beginnings.',
        ),
        say("数字为案例自报。地区、单位按资料列出，不作排名。", "Figures are the accounts' own. Nothing is ranked."),
        say(
            "曲线为累计单位数：实线为确已采用，虚线为可能已采用。",
            "Curves are cumulated: solid surely adopted, dashed possibly.",
        ),
        *shown.notes,
    ):
        made, y = paragraph(note, x, y, width, _BODY, _LEADING)
        marks += made
    return marks, y
