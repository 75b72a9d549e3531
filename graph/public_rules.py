"""What ``unionkg.toml`` keeps from the public, found among what the workspace holds: names become ids.

``[public] internal`` names documents, accounts, ledgers and entities by id or by any name that they bear; of one name for several
all are meant, because the public is rather shown too little than too much.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from unionkg.configuration import Config, Rights
from unionkg.errors import WorkspaceError
from unionkg.graph.announced import announcements_of, full_name
from unionkg.graph.audience import Hidden, Rules
from unionkg.graph.corpus import Corpus, folder_of
from unionkg.graph.ledgers import Ledger
from unionkg.graph.person_names import MASK, Names
from unionkg.graph.records import DocumentRecord, PracticeStatement, Statement, TextStatement, UnionStatement
from unionkg.graph.union_names import is_made_of, normal
from unionkg.language import say

#: What stands in place of the name of something internal, by the kind of its id.
_MASKS = {
    "union": "某工会",
    "organization": "某单位",
    "practice": "某做法",
    "platform": "某平台",
    "policy": "某文件",
    "award": "某奖项",
}
_KINDS = (*_MASKS, "person")
#: A union of an enterprise or institution is known by what stands before 工会.
_OF_WORKPLACE = re.compile(
    "(?P<workplace>.{2,}(?:公司|集团|厂|矿|院|校|学|中心|店|行|社|局|所|站))工会(?:委员会|联合会)?"
)

_UNION = re.compile("总?工会(?:委员会|联合会)?$")

#: Every name that something bears, as `normal` has it -> its ids, each with the name as printed.
_Index = Mapping[str, Mapping[str, str]]


def with_rights(corpus: Corpus, rights: Sequence[Rights]) -> Corpus:
    """The corpus with what may be done with each document (``[rights."…"] statement``) in its ``rights``."""
    told = {
        document.id: one.statement
        for one in rights
        if one.statement is not None
        for document, _ in corpus.documents
        if _means(one.document, document)
    }
    if not told:
        return corpus
    documents = [
        (replace(document, rights=told.get(document.id, document.rights)), cases)
        for document, cases in corpus.documents
    ]
    return replace(corpus, documents=documents)


def rules(config: Config, corpus: Corpus, ledgers: Iterable[Ledger], where: Path) -> Rules:
    """What the public is not shown of a corpus and its ledgers.

    ``where`` is the file of the configuration, for errors.

    Raises
    ------
    WorkspaceError
        A name of ``internal`` or ``rights`` means nothing that the workspace holds; the hint tells near ones.
    """
    known = [document for document, _ in corpus.documents]
    limits: dict[str, int] = {}
    listed: set[str] = set()
    for one in config.rights:
        meant = [document.id for document in known if _means(one.document, document)]
        if not meant:
            raise _unknown(one.document, f'[rights."{one.document}"]', where, map(_shown_name, known))
        listed.update(meant if one.internal else ())
        limits.update((identifier, one.quote_limit) for identifier in meant if one.quote_limit is not None)
    held = list(ledgers)
    things, entities = _things(corpus, held), _entities(corpus)
    for name in config.public.internal:
        found = {*things.get(name, ()), *things.get(normal(name), ()), *entities.get(name, ())}
        found |= set(entities.get(normal(name), ()))
        if not found:
            near = (shown for index in (things, entities) for bearers in index.values() for shown in bearers.values())
            raise _unknown(name, "[public] internal", where, near)
        listed |= found
    wanted = _all_ids(listed, corpus.redirects)
    called = _called(wanted, entities, corpus.redirects)
    hidden = Hidden(
        documents=_of("doc", wanted),
        accounts=_of("case", wanted),
        ledgers=_of("ledger", wanted),
        entities=frozenset(one for one in wanted if one.partition(":")[0] in _KINDS),
        names=frozenset(normal(name) for name, mask in called.items() if mask != name),
    )
    masks = {**called, **dict.fromkeys(config.public.mask, MASK)}
    return Rules(hidden, Names(others=masks, shown=frozenset(config.public.show)), config.public.quote_limit, limits)


def _of(kind: str, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(identifier for identifier in ids if identifier.partition(":")[0] == kind)


def _means(named: str, document: DocumentRecord) -> bool:
    return named in _document_names(document)


def _document_names(document: DocumentRecord) -> tuple[str, ...]:
    return (
        document.id,
        folder_of(document.id),
        document.origin,
        PurePosixPath(document.origin.replace("\\", "/")).name,
        document.title,
    )


def _shown_name(document: DocumentRecord) -> str:
    return PurePosixPath(document.origin).name or document.title


def _all_ids(listed: Iterable[str], redirects: Mapping[str, str]) -> frozenset[str]:
    """The ids, for entities with all that people or rules judged the same; an account is meant alone, not its other printings."""
    wanted = set(listed)
    leads = {redirects.get(one, one) for one in wanted if not one.startswith("case:")}
    return frozenset(wanted | leads | {old for old, lead in redirects.items() if lead in leads})


def _things(corpus: Corpus, ledgers: Iterable[Ledger]) -> _Index:
    """Documents, accounts and ledgers by all that they are called."""
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for document, cases in corpus.documents:
        for name in _document_names(document):
            index[name][document.id] = _shown_name(document)
        index[normal(document.title)][document.id] = document.title
        for case in cases:
            record = case.record
            index[record.id][record.id] = record.title.value if record.title else record.id
            if record.title:
                index[normal(record.title.value)][record.id] = record.title.value
    for ledger in ledgers:
        record_ = ledger.record
        for name in (record_.id, folder_of(record_.id), record_.title, record_.origin.rpartition("/")[2]):
            index[name][record_.id] = record_.title
    return index


def _entities(corpus: Corpus) -> _Index:
    """Unions, organisations, practices … by their ids and by every name that records or the authority give them."""
    index: dict[str, dict[str, str]] = defaultdict(dict)

    def add(identifier: str, *names: str) -> None:
        for name in names:
            index[normal(name)].setdefault(identifier, name)
        index[identifier].setdefault(identifier, names[0])

    for _, cases in corpus.documents:
        for case in cases:
            for _, item in case.record.statements():
                entity = getattr(item, "entity", None) or ""
                if entity.partition(":")[0] in _KINDS and (names := tuple(_names(item))):
                    add(entity, *names)
    for announced in announcements_of(document for document, _ in corpus.documents):
        if announced.entity:
            add(announced.entity, announced.name)
        for issuer, entity in zip(announced.issuers, announced.issuer_entities, strict=True):
            add(entity, issuer, full_name(issuer))
    for kind in _KINDS:
        for entry in corpus.authority.entries[kind].values():
            add(entry.id, entry.name)
    return index


def _names(item: Statement) -> Iterator[str]:
    """What a statement calls the thing that it is about."""
    match item:
        case UnionStatement():
            yield from (item.name, item.canonical)
        case PracticeStatement():
            yield from (item.name, *item.aliases)
        case TextStatement():
            yield item.value
        case _ if hasattr(item, "name"):
            yield item.name


def _called(wanted: frozenset[str], entities: _Index, redirects: Mapping[str, str]) -> dict[str, str]:
    """What internal entities are called, with what stands in place of each name.

    A name that others bear too, or that is none (公司工会, 驿站), says not who is meant, and stays; so do longer names of others
    that hold it: they stand in place of themselves.
    """
    called: dict[str, str] = {}
    others: set[str] = set()
    for form, bearers in entities.items():
        if form in bearers:
            continue
        if any(redirects.get(one, one) not in wanted and one not in wanted for one in bearers):
            others |= set(bearers.values())
        elif len(form) > 2 and not is_made_of(_UNION.sub("", form)):
            for identifier, shown in bearers.items():
                kind = identifier.partition(":")[0]
                called[shown] = _MASKS.get(kind, MASK)
                if kind == "union" and (match := _OF_WORKPLACE.fullmatch(shown)):
                    called.setdefault(match.group("workplace"), _MASKS["organization"])
    forms = [normal(name) for name in called]
    return {other: other for other in others if any(form in normal(other) for form in forms)} | called


def _unknown(name: str, place: str, where: Path, known: Iterable[str]) -> WorkspaceError:
    by_form = {normal(one): one for one in known if one}
    form = normal(name)
    inside = [shown for key, shown in by_form.items() if len(form) > 1 and (form in key or key in form)]
    near = [by_form[key] for key in difflib.get_close_matches(form, by_form, n=5, cutoff=0.5)]
    names = list(dict.fromkeys([*near, *inside]))[:5]
    listed = say("、", ", ").join(names)
    return WorkspaceError(
        say(f"{place} 中的“{name}”在工作区里没有", f"{place}: the workspace holds nothing called {name!r}"),
        where=where,
        hint=say(f"是不是：{listed}", f"did you mean: {listed}")
        if names
        else say(
            "写文献、案例、单位或做法的编号或名称；unionkg status 列出文献",
            "write the id or name of a document, account, union or practice; `unionkg status` lists documents",
        ),
    )
