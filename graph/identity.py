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
from collections.abc import Iterable, Mapping, Sequence
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
from unionkg.ontology.regions import find, table

S = TypeVar("S", bound=Statement)

_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()（）·—\-_]+")
#: A name that begins so says whose it is only beside its place: 市人社局, 区法院, 镇总工会, 公司工会.
_RELATIVE = re.compile(r"[省市区县旗镇乡街州盟本该]|自治区|当地|公司工会|集团工会|学校工会|所工会|局工会|厂工会")
#: What only the registered name of one company or college has.
_REGISTERED = re.compile("有限公司|有限责任公司|股份公司|集团公司|集团股份")
#: What an organisation's name has, so that a post beside a name tells who the person is.
_ORGANISATION = re.compile("大学|学院|学校|研究|工会|公司|协会|中心|局|委员会|法院|医院|报社|杂志")
#: What only rules of the whole country are called.
_NATIONAL_RULE = re.compile("^(?:中华|中国|全国|国务院|中共中央)|(?:^|国)[^关省市区县]{1,8}法$")


#: The fields whose statements name an entity, and its kind.
_NAMED = {
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
    for record, identifier in _with_case_ids(records, before, authority):
        old = before.get(identifier)
        identified.append(_with_statement_ids(_identify(replace(record, id=identifier), old, authority)))
    return identified


def _with_case_ids(
    records: Sequence[CaseRecord], previous: Mapping[str, CaseRecord], authority: Authority
) -> list[tuple[CaseRecord, str]]:
    """Match accounts with those known of the document, the likest first.

    A title and the words quoted tell an account even where the source has grown above it; lines decide where
    both were read otherwise, or where the earlier reading is lost.
    """
    if not records:
        return []
    document = records[0].document
    known = [entry for entry in authority.entries["case"].values() if entry.keys[-1].startswith(f"{document}#")]
    traces = [_Trace.of(record) for record in records]
    earlier = {entry.id: _earlier(entry, previous) for entry in known}
    scored = sorted(
        (
            (score, -number, entry)
            for number, trace in enumerate(traces)
            for entry in known
            if (score := trace.likeness(earlier[entry.id])) > 0
        ),
        key=lambda row: (-row[0], -row[1], row[2].id),
    )
    given: dict[int, Entry] = {}
    taken: set[str] = set()
    for _, minus, entry in scored:
        if -minus not in given and entry.id not in taken:
            given[-minus] = entry
            taken.add(entry.id)
    found = []
    for number, record in enumerate(records):
        key = f"{document}#" + ",".join(f"{first}-{last}" for first, last in record.lines)
        name = record.title.value if record.title else ""
        entry = given.get(number) or authority.mint("case", _free(key, authority), name)
        # The last key tells the lines of the latest reading.
        authority.add("case", replace(entry, name=name or entry.name, keys=tuple(dict.fromkeys((entry.keys[0], key)))))
        found.append((record, entry.id))
    return found


def _free(key: str, authority: Authority) -> str:
    """The key to mint an account's id from: its lines, marked where another account had the same ones once."""
    while any(entry.keys[0] == key for entry in authority.entries["case"].values()):
        key += "'"
    return key


@dataclass(frozen=True, slots=True)
class _Trace:
    """What an account is known again by: its title, the words quoted of it, its lines."""

    title: str
    quotes: frozenset[str]
    lines: frozenset[int]

    @classmethod
    def of(cls, record: CaseRecord) -> _Trace:
        quotes = frozenset("".join(e.quote.split()) for _, s in record.statements() for e in s.evidence)
        title = normal(record.title.value) if record.title else ""
        return cls(title, quotes, frozenset(_lines(record.lines)))

    def likeness(self, other: _Trace) -> float:
        """0 for nothing in common; a title counts most, then the share of quotes, then that of lines."""
        title = 3.0 if self.title and self.title == other.title else 0.0
        quotes = len(self.quotes & other.quotes) / max(1, min(len(self.quotes), len(other.quotes)))
        lines = len(self.lines & other.lines) / max(1, len(self.lines | other.lines))
        strange = bool(self.quotes and other.quotes) and quotes < 0.2
        return title + 2.0 * quotes + (0.0 if strange and not title else lines)


def _earlier(entry: Entry, previous: Mapping[str, CaseRecord]) -> _Trace:
    known = previous.get(entry.id)
    return _Trace.of(known) if known else _Trace(normal(entry.name), frozenset(), frozenset(_key_lines(entry.keys[-1])))


def _lines(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {number for first, last in ranges for number in range(first, last + 1)}


def _key_lines(key: str) -> set[int]:
    ranges = (part.split("-") for part in key.partition("#")[2].rstrip("'").split(","))
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

    entities: dict[str, Any] = {field: named(field, kind) for field, kind in _NAMED.items() if field != "unions"}
    return replace(record, unions=unions, **entities)


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
    """Keep two unions of one name in different places apart: a region must be compatible with those seen before."""
    entry = authority.find("union", key)
    if entry is None or union.region is None or not entry.regions or "@" in key:
        return key
    return key if any(_compatible(union.region, other) for other in entry.regions) else f"{key}@{union.region[:4]}"


def _compatible(one: str, other: str) -> bool:
    """Whether two region codes can be one place told more or less finely: equal, or one within the other."""
    regions = table()
    return one == other or other in regions.ancestors(one) or one in regions.ancestors(other)


def union_key(union: UnionStatement, document: str, case: str) -> str:
    """The key of a union: its canonical name, and where that does not say the place, what it was seen beside.

    A name that says its place, 全国 unions, and companies by their registered name are known by their name alone;
    a 街道总工会, a 第一人民医院工会 or a 园区联合工会 whose name lacks its county is known in its region or document,
    省总工会 and 镇总工会 in their account only.
    """
    name = normal(union.canonical)
    if union.level == "national":
        return name
    if _is_relative(union.canonical):
        return f"{name}@{case}"
    if _says_place(union.canonical) or _REGISTERED.search(name):
        return name
    if union.type in {"enterprise", "industrial"}:
        return name
    return f"{name}@{union.region or document}"


def _is_relative(name: str) -> bool:
    """Whether a name begins with a bare 市, 区, 镇 … (市人社局, 镇总工会) and not with a place (镇江市, 市北区)."""
    return _RELATIVE.match(name) is not None and not _begins_with_place(name)


def _begins_with_place(name: str) -> bool:
    return any(mention.start == 0 for mention in find(name))


def _says_place(name: str) -> bool:
    return any(mention.code for mention in find(name)) or name.startswith(("全国", "中国", "中华"))


def _name_and_key(item: Statement, field: str, account: _Account) -> tuple[str, str]:
    name, scope = _name_and_scope(item, field, account)
    return name, f"{normal(name)}@{scope}" if scope else normal(name)


def _name_and_scope(item: Statement, field: str, account: _Account) -> tuple[str, str]:
    """The name of an entity and what it must be seen beside to be the same one."""
    place = account.region or account.record.document
    match item:
        case PracticeStatement():
            return item.name, account.originator
        case PartnerStatement():
            known_alone = not _is_relative(item.name) and (_says_place(item.name) or _REGISTERED.search(item.name))
            return item.name, "" if known_alone or item.type in {"enterprise", "media"} else place
        case HonorStatement():
            return item.name, "" if _says_place(item.name) and not _is_relative(item.name) else place
        case CommentatorStatement():
            post = item.title or ""
            return item.name, normal(post) if _ORGANISATION.search(post) else account.record.id
        case TextStatement() if field == "platforms":
            return item.value, (account.region or "")[:2] or account.record.document
        case TextStatement():
            national = _NATIONAL_RULE.search(item.value)
            return item.value, "" if national else (account.region or "")[:2] or account.record.document
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
        if known is not None and not present & set(known.keys) and _may_be(known, region):
            entry = authority.join(kind, known, key)
    return authority.seen(kind, entry, region).id if entry else authority.mint(kind, key, name, region).id


def _may_be(known: Entry, region: str | None) -> bool:
    return region is None or not known.regions or any(_compatible(region, other) for other in known.regions)


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


def with_entities(record: CaseRecord, authority: Authority) -> CaseRecord:
    """Give entities to the statements that lack them: what people added or decided otherwise than the machine.

    Ids are digests of keys, so they are the same at every reading without being written to the authority files.
    """
    lacking = {
        field
        for field, statement in record.statements()
        if getattr(statement, "entity", "") is None and field in _NAMED
    }
    if not lacking:
        return record
    given = _identify(record, None, authority)
    changed: dict[str, Any] = {}
    for field in lacking:
        pairs = zip(getattr(record, field), getattr(given, field), strict=True)
        changed[field] = tuple(old if old.entity else replace(old, entity=new.entity) for old, new in pairs)
    return replace(record, **changed)
