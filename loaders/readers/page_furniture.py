"""Running heads, feet and page numbers: what stands on page after page at the same place and is no part of the text.

Only the first and last rows of a page come into question. What repeats is furniture where the same height is not used
by text on other pages; a number is a page number where it rises with the pages. A heading that stands once stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from unionkg.loaders.layout.units import ends_sentence, matching_copy
from unionkg.loaders.readers.page_order import Piece, rows_of, text_of_row

#: Share of the height of a page, at the top and at the bottom, where furniture stands, and how many rows of it.
_MARGIN = 0.16
_ROWS = 3
#: Furniture is not set larger than this, compared with the text.
_SIZE = 1.3
_DIGITS = re.compile(r"\d{1,4}")
_NUMBER = re.compile(
    r"[-—–－_·•~|/\s]*(?:第\s*|[Pp](?:age)?[.\s]*)?(\d{1,4})(?:\s*页)?(?:\s*(?:/|of|,?\s*共)\s*\d{1,4}(?:\s*页)?)?[-—–－_·•~|/\s]*"
)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The pieces of a page between its upper and lower edge, and what the page is called (empty: not known yet).

    ``pieces`` are the ones set upright, ``aside`` the ones set sideways, ``head`` a running head that is kept.
    """

    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    label: str = ""
    aside: tuple[Piece, ...] = ()
    head: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    zone: str
    pieces: tuple[Piece, ...]
    text: str
    height: float
    em: float

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in it that could be the page's."""
        return tuple(int(number) for number in _DIGITS.findall(self.text))


def without_furniture(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages without running heads and page numbers; page numbers become labels.

    A head that says something which stands nowhere else becomes the ``head`` of the first page.
    """
    sizes = [piece.em for page in pages for piece in page.pieces for _ in piece.text[::8]]
    body = median(sizes) if sizes else 1.0
    rows = [row for number, page in enumerate(pages) for row in _edge_rows(number, page) if row.em <= _SIZE * body]
    offset = _numbering(rows)
    labels: dict[int, str] = {}
    repeated: list[_Row] = []
    numbers: list[_Row] = []
    for slot in _slots(rows, body):
        found = _furniture_of(slot, offset, pages)
        numbers += [row for row in found if _page_number(row, offset, len(pages)) is not None]
        repeated += [row for row in found if row not in numbers]
    for row in (*numbers, *repeated):
        number = _page_number(row, offset, len(pages))
        if number is not None:
            labels.setdefault(row.page, number)
        elif offset is not None and row.page + offset in row.numbers:
            labels.setdefault(row.page, str(row.page + offset))
    gone = {id(piece) for row in (*numbers, *repeated) for piece in row.pieces}
    kept = _said_once(repeated, pages, gone)
    first = min((row.page for row in kept), default=-1)
    sides = _repeated_sides(pages)
    return [
        replace(
            page,
            pieces=tuple(piece for piece in page.pieces if id(piece) not in gone),
            aside=tuple(piece for piece in page.aside if _key(piece.text) not in sides),
            label=labels.get(number, page.label),
            head=tuple(piece for row in kept for piece in row.pieces) if number == first else (),
        )
        for number, page in enumerate(pages)
    ]


def _edge_rows(number: int, page: PrintedPage) -> Iterable[_Row]:
    height = page.bottom - page.top
    high = [piece for piece in page.pieces if piece.base < page.top + _MARGIN * height]
    low = [piece for piece in page.pieces if piece.base > page.bottom - _MARGIN * height]
    for zone, rows in (("top", rows_of(high)[:_ROWS]), ("bottom", rows_of(low)[-_ROWS:])):
        for row in rows:
            base = max(piece.base for piece in row)
            edge = page.top if zone == "top" else page.bottom
            em = max(piece.em for piece in row)
            yield _Row(number, zone, tuple(row), matching_copy(text_of_row(row)), abs(base - edge), em)


def _numbering(rows: Iterable[_Row]) -> int | None:
    """By how much the printed numbers are ahead of the pages' count from 0; None where no numbers rise with them."""
    found = {
        (number - row.page, row.page)
        for row in rows
        if len(row.text) <= 40
        for number in (*row.numbers[:1], *row.numbers[-1:])
    }
    ahead = Counter(offset for offset, _ in found)
    offset, count = ahead.most_common(1)[0] if ahead else (0, 0)
    return offset if count >= 2 else None


def _page_number(row: _Row, offset: int | None, pages: int) -> str | None:
    """The page's number where the row holds that and nothing else."""
    found = _NUMBER.fullmatch(row.text)
    if not found:
        return None
    number = int(found.group(1))
    if offset is not None:
        return found.group(1) if number - row.page == offset else None
    decorated = found.group(0).strip() != found.group(1)
    return found.group(1) if row.zone == "bottom" and (decorated or pages == 1) else None


def _slots(rows: Iterable[_Row], body: float) -> list[list[_Row]]:
    """Rows by the height they stand at."""
    slots: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: (row.zone, row.height)):
        last = slots[-1][-1] if slots else None
        if last is not None and last.zone == row.zone and row.height - slots[-1][0].height <= 0.45 * body:
            slots[-1].append(row)
        else:
            slots.append([row])
    return slots


def _furniture_of(slot: list[_Row], offset: int | None, pages: Sequence[PrintedPage]) -> list[_Row]:
    """The rows of one height that are furniture."""
    count = len(pages)
    same = Counter(_key(row.text) for row in slot)
    numbered: dict[str, list[_Row]] = defaultdict(list)
    for row in slot:
        if offset is not None and row.page + offset in row.numbers and not _NUMBER.fullmatch(row.text):
            numbered[_key(_DIGITS.sub("", row.text))].append(row)
    running = {
        id(row)
        for group in numbered.values()
        if len(group) >= 2 and (_is_parted(group) or any(_cuts_a_sentence(row, pages) for row in group))
        for row in group
    }
    found = [
        row
        for row in slot
        if _page_number(row, offset, count) is not None
        or id(row) in running
        or (same[_key(row.text)] >= 2 and _key(row.text) and not ends_sentence(row.text.strip()))
    ]
    return found if len(found) >= 0.6 * len(slot) else [row for row in found if id(row) in running]


def _is_parted(group: list[_Row]) -> bool:
    """Whether the number stands apart from the words in all rows: at the other side of the page."""
    return all("\t" in row.text or any(_NUMBER.fullmatch(piece.text) for piece in row.pieces) for row in group)


def _cuts_a_sentence(row: _Row, pages: Sequence[PrintedPage]) -> bool:
    """Whether text of the page before breaks off above the row."""
    if row.zone != "top" or row.page == 0:
        return False
    above = rows_of(pages[row.page - 1].pieces)
    body = [
        text for text in (matching_copy(text_of_row(found)).strip() for found in above) if not _NUMBER.fullmatch(text)
    ]
    return bool(body) and len(body[-1]) >= 10 and not ends_sentence(body[-1])


def _key(text: str) -> str:
    return "".join(text.split())


def _said_once(repeated: list[_Row], pages: Sequence[PrintedPage], gone: set[int]) -> list[_Row]:
    """The heads of the first page whose words stand nowhere else in the document."""
    first = next((number for number, page in enumerate(pages) if page.pieces), 0)
    heads = [row for row in repeated if row.page == first and not any(row.numbers)]
    if not heads:
        return []
    rest = "".join(_key(piece.text) for page in pages for piece in page.pieces if id(piece) not in gone)
    return [row for row in heads if _key("".join(piece.text for piece in row.pieces)) not in rest]


def _repeated_sides(pages: Sequence[PrintedPage]) -> set[str]:
    """Words set sideways on several pages: names of chapters on the outer edge."""
    counts = Counter(key for page in pages for key in {_key(piece.text) for piece in page.aside})
    return {key for key, count in counts.items() if count >= 2}
