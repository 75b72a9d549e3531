"""Giving ids: to accounts, to statements, and to the unions, practices and others that they speak of.

A statement's id is made of document, account, field and key. An account keeps its id as long as its lines
overlap those it had. An entity is found in the authority files by its key; the key of a union or organisation
includes a region wherever the bare name is not its own (两个城东街道总工会 stay apart), that of a practice its
originator, that of a person the post. A key never seen joins the entry that the previous reading gave to the
same words, else an id is minted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from unionkg.graph.authority import Authority, Entry
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    HonorStatement,
    PartnerStatement,
    PracticeStatement,
    Statement,
    TextStatement,
    UnionStatement,
)

S = TypeVar("S", bound=Statement)

_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()（）·—\-_]+")
#: A name that begins so says whose it is only beside its place: 市人社局, 区法院, 镇总工会.
_RELATIVE = re.compile(r"^(?:[省市区县旗镇乡街][^一-龥]?|本|该|当地|街道|公司|集团|学校)")


def statement_id(document: str, case: str, field: str, key: tuple[object, ...]) -> str:
    """The id of a fact: a digest of what makes it the same fact."""
    parts = "\n".join([document, case, field, *("" if part is None else _plain(part) for part in key)])
    return "fact:" + hashlib.sha256(parts.encode()).hexdigest()[:16]


def _plain(part: object) -> str:
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part)


def normal(name: str) -> str:
    """A name for comparing: width folded, blanks, quotes and brackets dropped, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def document_id(sha256: str) -> str:
    """The id that a document gets when it is first loaded, from the digest of the file."""
    return f"doc:{sha256[:12]}"


@dataclass(frozen=True, slots=True)
class _Account:
    """What the keys of an account's entities depend on, beside its own statements."""

    record: CaseRecord
    region: str | None
    originator: str


def identify(records: Sequence[CaseRecord], previous: Sequence[CaseRecord], authority: Authority) -> list[CaseRecord]:
    """Give ids to the accounts of one document, their statements and their entities.

    Parameters
    ----------
    records : sequence of CaseRecord
        A new reading; ids and entities are empty.
    previous : sequence of CaseRecord
        The reading of the same document before, if there was one.
    authority : Authority
        Changed in place: keys join, ids are minted.
    """
    before = {record.id: record for record in previous}
    identified = []
    for record, identifier in _with_case_ids(records, authority):
        old = before.get(identifier)
        identified.append(_identify(replace(record, id=identifier), old, authority))
    return identified


def _with_case_ids(records: Sequence[CaseRecord], authority: Authority) -> list[tuple[CaseRecord, str]]:
    """Match accounts with those known of the document by overlapping lines, the largest overlap first."""
    if not records:
        return []
    document = records[0].document
    known = [entry for entry in authority.entries["case"].values() if entry.keys[-1].startswith(f"{document}#")]
    overlaps = sorted(
        (
            (len(_lines(record.lines) & _key_lines(entry.keys[-1])), -number, entry)
            for number, record in enumerate(records)
            for entry in known
        ),
        key=lambda row: (-row[0], -row[1], row[2].id),
    )
    given: dict[int, Entry] = {}
    taken: set[str] = set()
    for shared, minus, entry in overlaps:
        if shared and -minus not in given and entry.id not in taken:
            given[-minus] = entry
            taken.add(entry.id)
    found = []
    for number, record in enumerate(records):
        key = f"{document}#" + ",".join(f"{first}-{last}" for first, last in record.lines)
        name = record.title.value if record.title else ""
        entry = given.get(number) or authority.mint("case", key, name)
        # The last key tells the lines of the latest reading; an earlier reading's key still leads here.
        kept = tuple(k for k in entry.keys if k != key)
        authority.add("case", replace(entry, name=name or entry.name, keys=(*kept, key)))
        found.append((record, entry.id))
    return found


def _lines(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {number for first, last in ranges for number in range(first, last + 1)}


def _key_lines(key: str) -> set[int]:
    ranges = (part.split("-") for part in key.partition("#")[2].split(","))
    return _lines((int(first), int(last)) for first, last in ranges)


def _identify(record: CaseRecord, old: CaseRecord | None, authority: Authority) -> CaseRecord:
    location = next((region.code for region in record.regions if region.role == "location"), None)
    unions = _with_unions(record, old, authority)
    originator = next((u.entity for u in unions if u.role == "originator" and u.entity), record.id)
    account = _Account(record, location, originator)

    def named(field: str, kind: str) -> tuple[Any, ...]:
        items = [(item, *_name_and_key(item, field, account)) for item in getattr(record, field)]
        present = {key for _, _, key in items}
        return tuple(
            replace(item, entity=_resolve(kind, key, name, location, _same_words(item, old, field), present, authority))
            for item, name, key in items
        )

    record = replace(
        record,
        unions=unions,
        practices=named("practices", "practice"),
        partners=named("partners", "organization"),
        platforms=named("platforms", "platform"),
        policies=named("policies", "policy"),
        honors=named("honors", "award"),
        commentators=named("commentators", "person"),
    )
    return _with_statement_ids(record)


def _with_statement_ids(record: CaseRecord) -> CaseRecord:
    """Give every statement its id; of two with one key the first stays."""
    changed: dict[str, Any] = {}
    for field in {name for name, _ in record.statements()}:
        value = getattr(record, field)
        if isinstance(value, Statement):
            changed[field] = replace(value, id=statement_id(record.document, record.id, field, value.key))
            continue
        seen: dict[str, Statement] = {}
        for item in value:
            identifier = statement_id(record.document, record.id, field, item.key)
            seen.setdefault(identifier, replace(item, id=identifier))
        changed[field] = tuple(seen.values())
    return replace(record, **changed)


def _with_unions(record: CaseRecord, old: CaseRecord | None, authority: Authority) -> tuple[UnionStatement, ...]:
    keys = [_apart(union, union_key(union, record.document, record.id), authority) for union in record.unions]
    return tuple(
        replace(
            union,
            entity=_resolve(
                "union", key, union.canonical, union.region, _same_words(union, old, "unions"), set(keys), authority
            ),
        )
        for union, key in zip(record.unions, keys, strict=True)
    )


def _apart(union: UnionStatement, key: str, authority: Authority) -> str:
    """Keep two unions of one name in different provinces apart."""
    entry = authority.find("union", key)
    if entry is None or not entry.regions or union.region is None:
        return key
    return key if entry.regions[0][:2] == union.region[:2] else f"{key}@{union.region[:2]}"


def union_key(union: UnionStatement, document: str, case: str) -> str:
    """The key of a union: its canonical name, and where that does not say the place, what it was seen beside.

    国家级 and 产业 unions, and companies and institutions, are known by their name alone; a 街道总工会 or a
    园区联合工会 whose name lacks its county is known in its region or document; 镇总工会 in its account only.
    """
    name = normal(union.canonical)
    if union.level in {"national", "provincial"}:
        return name
    if _RELATIVE.match(union.canonical):
        return f"{name}@{case}"
    if union.type in {"enterprise", "institution", "industrial"}:
        return name
    return f"{name}@{union.region or document}"


def _name_and_key(item: Statement, field: str, account: _Account) -> tuple[str, str]:
    name, scope = _name_and_scope(item, field, account)
    return name, f"{normal(name)}@{scope}" if scope else normal(name)


def _name_and_scope(item: Statement, field: str, account: _Account) -> tuple[str, str]:
    """The name of an entity and what it must be seen beside to be the same one."""
    province = (account.region or "")[:2]
    match item:
        case PracticeStatement():
            return item.name, account.originator
        case PartnerStatement():
            local = item.type in {"government", "judiciary", "party"} or _RELATIVE.match(item.name)
            return item.name, (account.region or account.record.document) if local else ""
        case HonorStatement():
            return item.name, ""
        case CommentatorStatement():
            return item.name, normal(item.title or "")
        case TextStatement() if field == "platforms":
            return item.value, province or account.record.document
        case TextStatement():
            national = re.match(r"中华|中国|全国|中共中央|国务院|关于", item.value)
            return item.value, "" if national else province or account.record.document
    raise TypeError(type(item).__name__)


def _resolve(
    kind: str, key: str, name: str, region: str | None, earlier: str | None, present: set[str], authority: Authority
) -> str:
    """Find a key's entry, let the key join the entry of the same words read earlier, or mint one.

    It joins only where the new reading has nothing else of that entry: a key that still stands beside it shows
    that the earlier entity is another one.
    """
    entry = authority.find(kind, key)
    if entry is None and earlier is not None:
        known = authority.entries[kind].get(earlier)
        if known is not None and not present & set(known.keys):
            entry = authority.join(kind, known, key)
    return (entry or authority.mint(kind, key, name, region)).id


def _same_words(item: Statement, old: CaseRecord | None, field: str) -> str | None:
    """The entity that the previous reading of the account gave to overlapping words, if it was one alone."""
    if old is None:
        return None
    entities = {
        getattr(other, "entity", None)
        for other in getattr(old, field)
        if any(a.start < b.end and b.start < a.end for a in item.evidence for b in other.evidence)
    }
    return entities.pop() if len(entities) == 1 else None
