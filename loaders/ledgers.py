"""Reading coverage ledgers: tables of region x practice x date with yes, no or a number.

Two forms are recognised by their headings. In the long form each row names a region and a practice (地区 | 实践类型 |
时间 | 是否开展 | 数量 | 总数). In the wide form regions go down and the practices stand over the columns (地区 | 工会驿站 |
集体协商 …). A blank cell says nothing; a number of 0 says 未开展. Rows of sums are passed over by name, every other row
that cannot be read is told with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, Reason, Status, Unresolved, ledger_id
from unionkg.loaders.readers import Format, bytes_of, format_of, media_type_of
from unionkg.loaders.readers.grids import AROUND, NOTE, TOP, header_of, without_remarks
from unionkg.loaders.readers.sheets import Grid, grids_of
from unionkg.ontology import dates
from unionkg.ontology.regions import find, resolve
from unionkg.ontology.vocabulary import table, terms

#: What headings and rows add to the name of a practice.
_ADDED = re.compile(
    r"^(?:是否)?(?:有无|已?建立|已?建成|已?开展|已?实施|推行)|(?:是否开展|是否建立|开展情况|建设情况|建立情况|工作情况|情况|制度|工作|数量|个数|总数|数)$"
)
_NUMBER = re.compile(r"([\d,，]*\d(?:\.\d+)?)\s*(万)?\s*([%％]|[\u4e00-\u9fff]{0,3})")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[-年./]\s*(\d{1,2})(?!\d)(?:\s*[-月./]\s*(\d{1,2})(?!\d))?)?")
_UNION = re.compile(r"(?:总工会|工会联合会|工会)$")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column means (as in ledger_columns.csv, or ``practice column``), and the practice that it is about."""

    means: str
    practice: str = ""
    printed: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    grid: Grid
    header: int
    columns: tuple[_Column, ...]
    date: str | None
    within: str | None


@dataclass(slots=True)
class _Found:
    entries: list[LedgerEntry] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


def read_ledger(path: Path, origin: str, vocabularies: Path | None = None) -> Ledger | None:
    """Read a file as a coverage ledger; None where it is none.

    ``origin`` is what to remember as its place, ``vocabularies`` the folder of a workspace's own terms.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    if not path.is_file() or path.suffix.lower() not in _SUFFIXES or format_of(path) is not Format.SHEETS:
        return None
    practices = _practices(vocabularies)
    tables = [t for grid in grids_of(path) if (t := _table(grid, PurePosixPath(origin).stem, practices)) is not None]
    if not tables:
        return None
    found = _Found()
    for one in tables:
        _read_table(one, practices, found)
    # Where most rows name no region, it is a table of something else.
    if len(found.entries) <= len(found.unresolved):
        return None
    from hashlib import sha256

    digest = sha256(bytes_of(path)).hexdigest()
    record = LedgerRecord(
        id=ledger_id(digest),
        title=_title(tables[0]) or PurePosixPath(origin).stem,
        origin=origin,
        sha256=digest,
        media_type=media_type_of(path),
        unresolved=tuple(found.unresolved),
    )
    return Ledger(record, tuple(found.entries))


_SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv"))


# -- which tables are ledgers ------------------------------------------------------------------------------------------


def _table(grid: Grid, name: str, practices: Mapping[str, str]) -> _Table | None:
    """The ledger that a sheet holds; None where it holds none, or a table of accounts."""
    if header_of(grid.rows) is not None:
        return None
    for n, row in enumerate(grid.rows[:TOP]):
        columns = tuple(_column(cell, practices) for cell in row)
        means = [column.means for column in columns]
        if "region" not in means:
            continue
        below = [line for line in grid.rows[n + 1 :] if any(line)]
        long = "practice" in means and ("status" in means or "number" in means)
        if not long:
            columns = _wide(columns, row, below)
        if below and (long or any(column.means == "practice column" for column in columns)):
            above = " ".join(cell for line in grid.rows[:n] for cell in line if cell)
            around = f"{above} {grid.name} {name}"
            return _Table(grid, n, columns, _date(above) or _date(grid.name) or _date(name), _region_in(around))
    return None


def _wide(columns: Sequence[_Column], headings: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[_Column, ...]:
    """Columns of the wide form: those headed by a practice type, and those of other names that say yes or no."""
    found = []
    for n, column in enumerate(columns):
        cells = [value for line in below if n < len(line) and (value := _value(line[n])) is not None]
        told = [value for value in cells if value.status or value.number is not None]
        if column.means == "practice column":
            fits = len(told) >= 0.5 * max(1, sum(bool(n < len(line) and line[n]) for line in below))
            found.append(column if fits and told else _Column(""))
        elif not column.means and headings[n] and cells and all(value.word for value in cells):
            name = without_remarks(headings[n])
            found.append(_Column("practice column", f"new:{_plain(name) or name}", name))
        else:
            found.append(column)
    return tuple(found)


@cache
def _headings() -> Mapping[str, str]:
    return {row["heading"]: row["means"] for row in table("ledger_columns")}


def _column(heading: str, practices: Mapping[str, str]) -> _Column:
    if not heading or len(heading) > 60:
        return _Column("")
    bare = without_remarks(heading)
    unit = next((note.strip() for note in NOTE.findall(heading) if 0 < len(note.strip()) <= 3), None)
    if means := _headings().get(AROUND.sub("", heading)) or _headings().get(bare):
        return _Column("" if means in {"note", "number_of_row"} else means, unit=unit)
    practice = _practice(bare, practices)
    return _Column("practice column", practice, bare, unit) if practice else _Column("")


def _practices(vocabularies: Path | None) -> Mapping[str, str]:
    """Every name of a practice type, squeezed -> its label."""
    found: dict[str, str] = {}
    for term in terms("practice_types", vocabularies / "practice_types.csv" if vocabularies else None):
        for name in (term.zh, *term.zh.split("/"), *term.aliases):
            found.setdefault(_squeezed(name), term.zh)
            found.setdefault(_squeezed(without_remarks(name)), term.zh)
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", normalize("NFKC", text)).lower()


def _plain(name: str) -> str:
    return _ADDED.sub("", _ADDED.sub("", name))


def _practice(name: str, practices: Mapping[str, str]) -> str | None:
    return practices.get(_squeezed(name)) or practices.get(_squeezed(_plain(name)))


# -- rows ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell says; ``word`` where it says it in words."""

    status: Status | None = None
    number: float | None = None
    unit: str | None = None
    word: bool = False


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What cannot be read of a row: why, and the cell."""

    reason: Reason
    cell: str = ""


@cache
def _words() -> Mapping[str, str]:
    return {row["text"]: row["means"] for row in table("ledger_values")}


def _value(cell: str) -> _Value | None:
    """The value of a cell; None for what cannot be read. Blank says nothing."""
    text = cell.strip().lower()
    means = _words().get(text) or _words().get(text.rstrip("。.;；"))
    if not text or means == "blank":
        return _Value()
    if means in {"yes", "no"}:
        return _Value("开展" if means == "yes" else "未开展", word=True)
    match = _NUMBER.fullmatch(normalize("NFKC", text).removeprefix("约"))
    if match is None:
        return None
    number = float(re.sub("[,，]", "", match.group(1))) * (10_000 if match.group(2) else 1)
    return _Value("开展" if number else "未开展", number, match.group(3).replace("％", "%") or None)


def _read_table(one: _Table, practices: Mapping[str, str], found: _Found) -> None:
    headings = one.grid.rows[one.header]
    for n in range(one.header + 1, len(one.grid.rows)):
        row = one.grid.rows[n]
        if not any(row) or row == headings:
            continue
        quote = " | ".join(cell.replace("\n", " ") for cell in row if cell)
        place = one.grid.place(n)
        named = [row[i] for i, column in enumerate(one.columns) if column.means == "region" and i < len(row) and row[i]]
        if any(_words().get(without_remarks(cell)) == "sum" for cell in [*named, *row[:2]]):
            continue
        date = next((d for c in _cells(one, row, "date") if (d := _date(c))), None) or one.date
        region = _region(named, date, one.within)
        if region is None:
            if _says_anything(one, row):
                found.unresolved.append(Unresolved(place, "region_unknown" if named else "region_missing", quote))
            continue
        printed = "".join(named)
        for entry in _entries(one, row, practices):
            if isinstance(entry, _Wrong):
                found.unresolved.append(Unresolved(place, entry.reason, quote, entry.cell))
                continue
            practice, shown, value, denominator = entry
            found.entries.append(
                LedgerEntry(
                    region=region,
                    region_printed=printed,
                    practice_type=practice,
                    practice_printed=shown,
                    place=place,
                    quote=quote,
                    status=value.status,
                    date=date,
                    number=value.number,
                    unit=value.unit,
                    denominator=denominator,
                )
            )


def _cells(one: _Table, row: Sequence[str], means: str) -> list[str]:
    return [row[i] for i, column in enumerate(one.columns) if column.means == means and i < len(row) and row[i]]


def _says_anything(one: _Table, row: Sequence[str]) -> bool:
    """Whether a row has values; notes below a table have none."""
    wanted = {"status", "number", "practice column"}
    return any(column.means in wanted and i < len(row) and row[i] for i, column in enumerate(one.columns))


def _entries(
    one: _Table, row: Sequence[str], practices: Mapping[str, str]
) -> Iterator[tuple[str, str, _Value, float | None] | _Wrong]:
    """What a row says, practice by practice, and what of it cannot be read."""
    whole = next((v.number for c in _cells(one, row, "denominator") if (v := _value(c)) and v.number is not None), None)
    if any(column.means == "practice column" for column in one.columns) and not _cells(one, row, "practice"):
        for i, column in enumerate(one.columns):
            if column.means != "practice column" or i >= len(row) or not row[i]:
                continue
            value = _value(row[i])
            if value is None:
                yield _Wrong("value_unreadable", row[i])
            elif value.status:
                unit = value.unit or (column.unit if value.number is not None else None)
                yield column.practice, column.printed, _Value(value.status, value.number, unit), whole
        return
    named = next(iter(_cells(one, row, "practice")), "")
    if not named:
        if _says_anything(one, row):
            yield _Wrong("practice_missing")
        return
    told = [(cell, _value(cell)) for means in ("status", "number") for cell in _cells(one, row, means)]
    if wrong := [cell for cell, value in told if value is None]:
        yield _Wrong("value_unreadable", wrong[0])
        return
    values = [value for _, value in told if value is not None]
    said = [value.status for value in values if value.status]
    if not said:
        return  # blank: nothing is known, which is no gap
    if len(set(said)) > 1:
        yield _Wrong("contradiction")
        return
    number = next((value for value in values if value.number is not None), _Value())
    unit = number.unit or next(iter(_cells(one, row, "unit")), None) or _unit(one)
    shown = without_remarks(named)
    practice = _practice(shown, practices) or f"new:{_plain(shown) or shown}"
    yield practice, shown, _Value(said[0], number.number, unit if number.number is not None else None), whole


def _unit(one: _Table) -> str | None:
    return next((column.unit for column in one.columns if column.means == "number" and column.unit), None)


# -- regions and dates ---------------------------------------------------------------------------------------------------


def _region(named: Sequence[str], date: str | None, within: str | None) -> str | None:
    """The code that the region cells of a row mean together; None where it is open."""
    names = [_UNION.sub("", without_remarks(name)) for name in named]
    if names and re.fullmatch(r"\d{6}", names[-1]):
        names.pop()
    for name in ("".join(names), *names[-1:]):
        if not name:
            continue
        found = resolve(name, date=date, within=within)
        codes = {candidate.county for candidate in found}
        if len(codes) == 1:
            return codes.pop()
    return None


def _region_in(text: str) -> str | None:
    """The region that titles and file names speak of: its names in the table are told apart by it."""
    codes = [mention.county for mention in find(re.sub(r"\s+", "", text)) if mention.county]
    return codes[0] if codes else None


def _date(text: str) -> str | None:
    """The first date in a text, as far as it goes."""
    match = _DATE.search(normalize("NFKC", text))
    if match is None:
        return None
    year, month, day = match.groups()
    for date in (
        f"{year}-{int(month):02}-{int(day):02}" if month and day else "",
        f"{year}-{int(month):02}" if month else "",
        year,
    ):
        if date and dates.is_date(date):
            return date
    return None


def _title(one: _Table) -> str:
    """The first line above the headings."""
    return next((cell.splitlines()[0] for line in one.grid.rows[: one.header] for cell in line if cell), "")
