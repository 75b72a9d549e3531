"""Giving ids: to accounts, to statements, and to the unions, practices and others that they speak of.

A statement's id is made of document, account, field and key. An account keeps its id as long as its lines
overlap those it had (`unionkg.graph.account_ids`). An entity is found in the authority files by its keys
(`unionkg.graph.union_names`, `unionkg.graph.entity_keys`). Keys never seen join the entry that the previous reading gave to
the same words, else an id is minted from the first of them. Keys of one mention that lead to two entries show that the two
are one: the second id is retired and redirects to the first, so other documents follow without being read again.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from unionkg.graph.account_ids import with_case_ids
from unionkg.graph.authority import Authority, Entry
from unionkg.graph.entity_keys import Setting, keys_of
from unionkg.graph.lineage import same_place
from unionkg.graph.records import CaseRecord, Evidence, Statement, UnionStatement
from unionkg.graph.union_names import is_bare, union_keys

#: The fields whose statements name an entity, and its kind.
NAMED = {
    "unions": "union",
    "practices": "practice",
    "partners": "organization",
    "platforms": "platform",
    "policies": "policy",
    "honors": "award",
    "commentators": "person",
}


def statement_id(document: str, case: str, field: str, key: tuple[object, ...]) -> str:
    """The id of a fact: a digest of what makes it the same fact."""
    parts = "\n".join([document, case, field, *("" if part is None else _plain(part) for part in key)])
    return "fact:" + hashlib.sha256(parts.encode()).hexdigest()[:16]


def _plain(part: object) -> str:
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part)


def document_id(sha256: str) -> str:
    """The id that a document gets when it is first loaded, from the digest of the file."""
    return f"doc:{sha256[:12]}"


@dataclass(slots=True)
class _Found:
    """What the keys of one reading lead to: ``keys`` are all of them, by kind; ``doubles`` entries (kind, second, first)
    that keys of one mention lead to; ``replaced`` what the same words were before, and what they are now.
    """

    keys: set[tuple[str, str]] = dataclasses.field(default_factory=set)
    doubles: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    replaced: dict[tuple[str, str], set[str]] = dataclasses.field(default_factory=lambda: defaultdict(set))


def identify(
    records: Sequence[CaseRecord],
    previous: Sequence[CaseRecord],
    authority: Authority,
    apart: Collection[frozenset[str]] = frozenset(),
) -> list[CaseRecord]:
    """Give ids to the accounts of one document, their statements and their entities.

    Parameters
    ----------
    records : sequence of CaseRecord
        A new reading; ids and entities are empty.
    previous : sequence of CaseRecord
        The reading of the same document before, if there was one.
    authority : Authority
        Changed in place: keys join, ids are minted, an id that turns out to be another's is retired.
    apart : collection of pairs of ids
        What people judged different: none of these is retired for the other.
    """
    authority.part(apart)
    before = {record.id: record for record in previous}
    given = with_case_ids(records, before, authority)
    read = [(replace(record, id=identifier), before.get(identifier)) for record, identifier in given]
    found = _Found()
    # Practices are known by their originators: unions first.
    read = [(replace(record, unions=_with_unions(record, old, authority, found)), old) for record, old in read]
    scopes = {scope for record, _ in read for scope in (record.document, record.id)}
    if _retire(found, scopes, authority, apart):
        read = [(_with_leads(record, authority), old) for record, old in read]
    others = _Found()
    named = [_with_others(record, old, authority, others) for record, old in read]
    if _retire(others, scopes, authority, apart):
        named = [_with_leads(record, authority) for record in named]
    return [_with_statement_ids(record) for record in named]


def _retire(found: _Found, scopes: Set[str], authority: Authority, apart: Collection[frozenset[str]]) -> bool:
    """Retire the ids that a reading shows to be another's; says whether there were any.

    They are those of two entries that keys of one mention lead to, and those that only this document could use
    (``scopes``: it and its accounts) and whose words, all of them, are now another's.
    """
    doubles = list(found.doubles)
    for (kind, earlier), now in found.replaced.items():
        keys = authority.entries[kind][earlier].keys
        scoped = all(key.rpartition("@")[2].partition("/")[0] in scopes for key in keys)
        if scoped and len(now) == 1 and not any((kind, key) in found.keys for key in keys):
            doubles.append((kind, earlier, min(now)))
    retired = False
    for kind, second, first in doubles:
        if frozenset({second, first}) not in apart:
            authority.retire(kind, second, first)
            retired = True
    return retired


def _with_leads(record: CaseRecord, authority: Authority) -> CaseRecord:
    """The record whose statements name the ids that stand for those that were retired."""
    changed: dict[str, Any] = {}
    for name, kind in NAMED.items():
        items = getattr(record, name)
        changed[name] = tuple(
            replace(item, entity=authority.lead(kind, item.entity)) if item.entity else item for item in items
        )
    return replace(record, **changed)


def _with_others(record: CaseRecord, old: CaseRecord | None, authority: Authority, found: _Found) -> CaseRecord:
    """The record with entities for all but its unions, which have theirs."""
    location = next((region.code for region in record.regions if region.role == "location"), None)
    originator = next((u.entity for u in record.unions if u.role == "originator" and u.entity), record.id)
    setting = Setting(record, location, originator)

    def named(field: str, kind: str) -> tuple[Any, ...]:
        items = [(item, *keys_of(item, field, setting)) for item in getattr(record, field)]
        present = {keys[0] for _, _, keys in items}
        resolving = _Resolving(kind, present, authority, found)
        return tuple(
            replace(item, entity=_resolve(keys, name, location, _same_words(item, old, field), resolving))
            for item, name, keys in items
        )

    entities: dict[str, Any] = {field: named(field, kind) for field, kind in NAMED.items() if field != "unions"}
    return replace(record, **entities)


def _with_statement_ids(record: CaseRecord) -> CaseRecord:
    """Give every statement its id; of two with one key the first stays, with the quotes of both."""
    changed: dict[str, Any] = {}
    for field in {name for name, _ in record.statements()}:
        value = getattr(record, field)
        if isinstance(value, Statement):
            changed[field] = replace(value, id=statement_id(record.document, record.id, field, value.key))
            continue
        seen: dict[str, Statement] = {}
        for item in value:
            identifier = statement_id(record.document, record.id, field, item.key)
            first = seen.get(identifier)
            quotes = item.evidence if first is None else tuple(dict.fromkeys((*first.evidence, *item.evidence)))
            seen[identifier] = replace(first or item, id=identifier, evidence=quotes)
        changed[field] = tuple(seen.values())
    return replace(record, **changed)


def _with_unions(
    record: CaseRecord, old: CaseRecord | None, authority: Authority, found: _Found
) -> tuple[UnionStatement, ...]:
    keys = [_apart(union, union_keys(union, record.document, record.id), authority) for union in record.unions]
    resolving = _Resolving("union", {first for first, *_ in keys}, authority, found)
    return tuple(
        replace(
            union,
            entity=_resolve(some, union.canonical, union.region, _same_words(union, old, "unions"), resolving),
        )
        for union, some in zip(record.unions, keys, strict=True)
    )


def _apart(union: UnionStatement, keys: tuple[str, ...], authority: Authority) -> tuple[str, ...]:
    """Keep two companies of one name in different places apart, where the name does not say the place."""
    entry = authority.find("union", keys[0])
    if entry is None or union.region is None or not entry.regions or not is_bare(keys[0]):
        return keys
    if all(same_place(union.region, other) for other in entry.regions):
        return keys
    return (f"{keys[0].partition('@')[0]}@{union.region}",)


@dataclass(frozen=True, slots=True)
class _Resolving:
    """What resolving needs beside a statement: the kind, the first keys of all its statements in the account."""

    kind: str
    present: Set[str]
    authority: Authority
    found: _Found


def _resolve(
    keys: tuple[str, ...], name: str, region: str | None, earlier: tuple[str, bool] | None, given: _Resolving
) -> str:
    """Find the entry that keys lead to, let the first join the entry of the same words read earlier, or mint one.

    It joins what was read earlier only where the new reading has nothing else of that entry: a key that still
    stands beside it shows that the earlier entity is another one. Where keys lead to several entries, or to another
    than the very same words did, that is noted in ``given.found``.
    """
    kind, authority, found = given.kind, given.authority, given.found
    key = keys[0]
    found.keys.update((kind, some) for some in keys)
    entries = {entry.id: entry for some in keys if (entry := authority.find(kind, some)) is not None}
    entry, *doubles = entries.values() or [None]
    known = authority.entries[kind].get(authority.lead(kind, earlier[0])) if earlier is not None else None
    if entry is not None:
        found.doubles += [(kind, double.id, entry.id) for double in doubles if double and _agree(entry, double)]
        if known is not None and earlier is not None and earlier[1] and known.id != entry.id and _agree(entry, known):
            found.replaced[kind, known.id].add(entry.id)
        entry = authority.join(kind, entry, key) if authority.find(kind, key) is None else entry
    elif known is not None and not given.present & set(known.keys) and _may_be(known, region):
        entry = authority.join(kind, known, key)
    return authority.seen(kind, entry, region).id if entry else authority.mint(kind, key, name, region).id


def _agree(one: Entry, other: Entry) -> bool:
    """Whether the places that two entries were seen with can be one."""
    return not one.regions or all(_may_be(other, region) for region in one.regions)


def _may_be(known: Entry, region: str | None) -> bool:
    return region is None or not known.regions or any(same_place(region, other) for other in known.regions)


def _same_words(item: Statement, old: CaseRecord | None, field: str) -> tuple[str, bool] | None:
    """The entity that the previous reading of the account gave to overlapping words, if it was one alone.

    With it whether the names themselves, their first quotes, overlap.
    """
    if old is None:
        return None
    touching = [
        other for other in getattr(old, field) if any(_overlap(a, b) for a in item.evidence for b in other.evidence)
    ]
    entities = {other.entity for other in touching}
    if len(entities) != 1 or None in entities:
        return None
    return entities.pop(), any(_overlap(item.evidence[0], other.evidence[0]) for other in touching)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def with_entities(record: CaseRecord, authority: Authority) -> CaseRecord:
    """Give entities to the statements that lack them: what people added or decided otherwise than the machine.

    Ids are digests of keys, so they are the same at every reading without being written to the authority files.
    """
    lacking = {
        field for field, statement in record.statements() if getattr(statement, "entity", "") is None and field in NAMED
    }
    if not lacking:
        return record
    found = _Found()  # nothing is retired for what people added
    unions = _with_unions(record, None, authority, found)
    given = _with_others(replace(record, unions=unions), None, authority, found)
    changed: dict[str, Any] = {}
    for field in lacking:
        pairs = zip(getattr(record, field), getattr(given, field), strict=True)
        changed[field] = tuple(old if old.entity else replace(old, entity=new.entity) for old, new in pairs)
    return replace(record, **changed)
