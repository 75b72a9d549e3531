"""Coverage ledgers: tables that say, region by region, who has a practice and who has not.

Documents tell what somebody did; only a ledger tells that somebody did *not*. It is no document: nothing is read
out of sentences, and each entry has the row of its table as evidence. Kept in ``ledgers/<ledger>/``: the table as it
came (``original.xlsx``) and ``ledger.jsonl``, whose first line is the `LedgerRecord` and every other line an entry. A
ledger is there when that file is, so it comes and goes whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from unionkg.errors import InputError, RecordError
from unionkg.files import write_bytes, write_text
from unionkg.graph.build import Projection
from unionkg.graph.node_ids import Vocabularies, practice_type_id, region_id, told
from unionkg.graph.records import SCHEMA, decode, read_lines, to_line
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.language import say
from unionkg.workspace import Workspace

Status = Literal["开展", "未开展"]
Reason = Literal["region_unknown", "region_missing", "practice_missing", "value_unreadable", "contradiction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What one cell says: a region has a practice (开展) or has not (未开展), or how many of how many have it.

    ``region`` is a code of GB/T 2260, ``practice_type`` a term of practice_types or ``new:<name>``; both as printed
    beside them. ``date`` is a partial date, ``denominator`` what ``number`` is a part of. ``place`` names sheet and
    row as people do, ``quote`` is the row.
    """

    region: str
    region_printed: str
    practice_type: str
    practice_printed: str
    place: str
    quote: str
    status: Status | None = None
    date: str | None = None
    number: float | None = None
    unit: str | None = None
    denominator: float | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two readings the same entry; two columns of a row may mean one practice type."""
        return (self.region, self.practice_type, self.date, self.place, self.practice_printed)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A row, or one cell of it, that could not be read: where it stands, why, its words, and the cell."""

    place: str
    reason: Reason
    quote: str
    cell: str = ""

    def told(self) -> str:
        """Where and why, in the user's language."""
        why = {
            "region_unknown": say("地区认不出", "the region is not recognised"),
            "region_missing": say("没有写地区", "no region is given"),
            "practice_missing": say("没有写实践类型", "no practice is given"),
            "value_unreadable": say(f"值读不懂（{self.cell}）", f"the value is not understood ({self.cell})"),
            "contradiction": say("是否开展与数量矛盾", "what it says and its number contradict each other"),
        }[self.reason]
        return say(f"{self.place}，{why}：{self.quote}", f"{self.place}, {why}: {self.quote}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRecord:
    """What is known of a ledger; ``unresolved`` are the rows that nobody may take for blanks."""

    id: str
    title: str
    origin: str
    sha256: str
    media_type: str
    unresolved: tuple[Unresolved, ...] = ()
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger with its entries, in the order of the table."""

    record: LedgerRecord
    entries: tuple[LedgerEntry, ...]


def ledger_id(sha256: str) -> str:
    """The id of a ledger that is loaded for the first time."""
    return f"ledger:{sha256[:12]}"


def ledgers(workspace: Workspace) -> list[Ledger]:
    """The ledgers of a workspace, by id. Raises RecordError with file and line for what is broken."""
    return [_ledger(path) for path in sorted(workspace.ledgers.glob("*/ledger.jsonl"))]


def _ledger(path: Path) -> Ledger:
    try:
        lines = list(read_lines(path))
        if not lines:
            raise RecordError(say("台账文件是空的", "the ledger's file is empty"), where=path)
        record: LedgerRecord = decode(LedgerRecord, lines[0][1], lines[0][0])
        entries: list[LedgerEntry] = [decode(LedgerEntry, data, where) for where, data in lines[1:]]
    except RecordError as error:
        error.hint = say("删去这个文件，重新载入这份台账", "delete this file and load the ledger again")
        raise
    return Ledger(record, tuple(entries))


def put_ledger(workspace: Workspace, ledger: Ledger, original: bytes, suffix: str) -> bool:
    """Write a ledger, in place of what had its id; True where anything changed."""
    folder = _folder(workspace, ledger.record.id)
    text = "".join(to_line(line) + "\n" for line in (ledger.record, *ledger.entries))
    path, kept = folder / "ledger.jsonl", folder / f"original{suffix}"
    if path.is_file() and path.read_text(encoding="utf-8") == text and kept.is_file() and kept.read_bytes() == original:
        return False
    write_bytes(kept, original)
    write_text(path, text)
    return True


def remove_ledger(workspace: Workspace, ledger: LedgerRecord) -> None:
    """Take a ledger out; once its ``ledger.jsonl`` is gone it counts no more, whatever else is left of it."""
    folder = _folder(workspace, ledger.id)
    (folder / "ledger.jsonl").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def find_ledger(workspace: Workspace, named: str) -> LedgerRecord | None:
    """The ledger that an id, path, file name or title names; None where none is meant. InputError where several are."""
    known = [ledger.record for ledger in ledgers(workspace)]
    at = Path(named).resolve()
    for matches in (
        [r for r in known if named in {r.id, r.id.partition(":")[2]}],
        [r for r in known if workspace.root / r.origin == at],
        [r for r in known if r.title == named or r.origin.rpartition("/")[2] == named],
    ):
        if len(matches) > 1:
            raise InputError(
                say(f"有 {len(matches)} 份台账叫“{named}”", f"{len(matches)} ledgers are called {named!r}"),
                hint=say("用编号指明：", "name it by id: ") + ", ".join(r.id for r in matches),
            )
        if matches:
            return matches[0]
    return None


def _folder(workspace: Workspace, ledger: str) -> Path:
    return workspace.ledgers / ledger.partition(":")[2]


def with_ledgers(projection: Projection, found: Iterable[Ledger], vocabularies: Vocabularies) -> Projection:
    """A projection with the entries of ledgers as COVERAGE relationships; they stand beside what documents state."""
    relationships = [tie for ledger in found for tie in coverage_relationships(ledger, vocabularies)]
    if not relationships:
        return projection
    nodes, structural = projection.structure
    there = {node.id for node in (*nodes, *projection.entities)}
    named = {tie.end[1]: str(tie.properties["printed"]) for tie in relationships}
    new = [
        Node("PracticeType", identifier, {"name": name, "routine": False, "provisional": True})
        for identifier, name in sorted(named.items())
        if identifier not in there
    ]
    return replace(projection, structure=([*nodes, *new], [*structural, *relationships]))


def coverage_relationships(ledger: Ledger, vocabularies: Vocabularies) -> list[Relationship]:
    """The entries of a ledger as relationships; ids are made of what makes entries the same."""
    found: dict[str, Relationship] = {}
    for entry in ledger.entries:
        key = "|".join(str(part) for part in (ledger.record.id, *entry.key))
        identifier = "coverage:" + hashlib.sha256(key.encode()).hexdigest()[:16]
        found[identifier] = Relationship(
            "COVERAGE",
            identifier,
            ("Region", region_id(entry.region)),
            ("PracticeType", practice_type_id(entry.practice_type, vocabularies)),
            told(
                {
                    "source": ledger.record.title,
                    "ledger": ledger.record.id,
                    "status": entry.status,
                    "date": entry.date,
                    "amount": entry.number,
                    "unit": entry.unit,
                    "denominator": entry.denominator,
                    "printed": entry.practice_printed,
                    "place": entry.place,
                    "row": entry.quote,
                }
            ),
        )
    return list(found.values())


def totals(entries: Sequence[LedgerEntry]) -> tuple[int, int]:
    """How many entries say 开展, and how many 未开展."""
    return sum(e.status == "开展" for e in entries), sum(e.status == "未开展" for e in entries)
