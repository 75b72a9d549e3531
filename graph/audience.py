"""What is handed to the public of documents and records: nothing internal, no names of persons, short quotes.

Three steps that go one after the other, or each alone: `without` leaves out what is internal, `without_persons` takes out and
masks names, `with_short_quotes` shortens. All take documents with their effective records and give the same, so everything that is
made of records (graph, pages, exports) is made of the public ones in the same way. Records on disk never change.

A quote that was masked or shortened is no longer verbatim; its ``start`` and ``end`` still say where the whole quote stands in
the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

from unionkg.graph.authority import Authority
from unionkg.graph.corpus import Corpus
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.diffusion_ends import names_of, resolve_end
from unionkg.graph.ledgers import Ledger
from unionkg.graph.person_names import Names, is_name, masked, names_in
from unionkg.graph.records import AnnouncementStatement, CaseRecord, DocumentRecord
from unionkg.graph.same_account import same_accounts
from unionkg.graph.union_names import normal
from unionkg.language import say

Audience = Literal["internal", "public"]
#: Documents with their effective records, as `unionkg.graph.corpus.Corpus` holds them.
Documents = Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]]

#: What stands where a quote was cut off.
CUT = "……"
#: A number with what belongs to it (1.3万余, 一万多, 95%以上): half of one would be another number.
_NUMBER = re.compile(
    r"(?:\d[\d.,，]*|[〇零一二两三四五六七八九十百千万亿]+)[余多来几]?[百千万亿]*[余多来几]?%?"
    r"(?:[^\d\s，。；、（）]{0,4}?(?:以上|左右|上下))?"
)


def public_note() -> str:
    """What the public edition says of itself."""
    return say(
        "公开版：个人姓名已隐去；引文有删节的，删节处用省略号表示。",
        "Edition for the public: no names of persons; where a quote was cut, …… stands.",
    )


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out: ids of documents, accounts, ledgers and entities, and what the entities are called (as `normal` has it)."""

    documents: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    ledgers: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the public is not shown (`unionkg.graph.public_rules.rules`).

    ``quote_limit`` is in characters, ``quote_limits`` those of single documents by id, which count instead; None: in full.
    """

    hidden: Hidden = field(default_factory=Hidden)
    names: Names = field(default_factory=Names)
    quote_limit: int | None = None
    quote_limits: Mapping[str, int] = field(default_factory=dict)

    def limit(self, document: str) -> int | None:
        """How many characters of a quote from a document are shown."""
        return self.quote_limits.get(document, self.quote_limit)


def public_corpus(corpus: Corpus, rules: Rules, text_of: Callable[[str], str]) -> Corpus:
    """The corpus that the public's projection is made of.

    Parameters
    ----------
    corpus : Corpus
        All there is.
    rules : Rules
    text_of : callable
        Document id -> stored text: a person named there beside a post is masked in every quote of that document.

    Returns
    -------
    Corpus
        Without authority, reopened decisions, and who judged what for which reason. Which accounts are printed more than once is
        told from the full records (``copies``), so that both audiences count alike.
    """
    names = rules.names | persons_of(corpus.documents)
    kept = without(corpus.documents, rules.hidden)
    own: dict[str, Names] = {}
    for document, some in kept:
        text = text_of(document.id)
        held = [document, *(case.record for case in some)]  # people may have written what the text has not
        own[document.id] = names.within(f"{text}{held}") | names_in(text)
    named = without_persons(kept, lambda document: own[document.id])
    cases = {case.record.id for _, some in kept for case in some}
    gone = {case.record.id for case in corpus.cases} - cases | rules.hidden.entities
    judged = {pair: one for pair, one in corpus.standing.items() if not pair & gone}
    return Corpus(
        documents=with_short_quotes(named, rules.limit),
        authority=Authority(),
        redirects=_redirects(corpus.redirects, gone),
        conflicts=[],
        reopened=[],
        standing={pair: replace(one, ids=tuple(sorted(pair)), by="", at="", why="") for pair, one in judged.items()},
        copies=[
            copy
            for copy in same_accounts(corpus.cases, corpus.redirects)
            if copy.first in cases and copy.other in cases
        ],
    )


def public_ledgers(ledgers: Iterable[Ledger], rules: Rules) -> list[Ledger]:
    """Coverage ledgers for the public: internal ones left out, names masked, rows shortened, no path and no unread rows."""
    return [
        Ledger(
            replace(ledger.record, title=masked(ledger.record.title, rules.names), origin="", unresolved=()),
            _shortened(_masked(ledger.entries, rules.names), rules.limit(ledger.record.id)),
        )
        for ledger in ledgers
        if ledger.record.id not in rules.hidden.ledgers
    ]


def persons_of(documents: Documents) -> frozenset[str]:
    """The names of all persons that records know: commentators, and authors that are persons."""
    names = {person.name for _, cases in documents for case in cases for person in case.record.commentators}
    return frozenset(names) | {author for document, _ in documents for author in document.authors if is_name(author)}


def without(documents: Documents, hidden: Hidden) -> list[tuple[DocumentRecord, list[EffectiveRecord]]]:
    """Leave out what is internal.

    A document or account goes as a whole. So does an account whose originator or main practice is internal: all that it tells is
    about that. Of other accounts the statements go that are about an internal union, organisation, practice …; that it is named in
    the words of further statements is for `without_persons` to mask.
    """
    kept = [
        (_announcing(document, hidden), [case for case in cases if not _is_internal(case, hidden)])
        for document, cases in documents
        if document.id not in hidden.documents
    ]
    there = {case.record.id for _, cases in kept for case in cases}
    accounts = {case.record.id for _, cases in documents for case in cases} - there
    gone = hidden.entities | hidden.documents | accounts
    return [(document, [_case_without(case, gone, hidden.names) for case in cases]) for document, cases in kept]


def without_persons(
    documents: Documents, names: Callable[[DocumentRecord], Names]
) -> list[tuple[DocumentRecord, list[EffectiveRecord]]]:
    """Take out commentators and authors that are persons, and mask names in every text that a record holds.

    The path that a document was loaded from is left out too: folders and files bear persons' names; so is an address that is no
    web page's. ``names`` gives what is masked in a document.
    """
    made = []
    for document, cases in documents:
        own = names(document)
        authors = tuple(author for author in document.authors if not is_name(author) and author not in own.persons)
        url = document.url if (document.url or "").startswith(("http://", "https://")) else None
        shown = _masked(replace(document, authors=authors, origin="", url=url), own)
        records = (replace(case.record, commentators=()) for case in cases)
        nobody = [
            replace(case, record=_masked(record, own), rejected={}) for case, record in zip(cases, records, strict=True)
        ]
        made.append((shown, nobody))
    return made


def with_short_quotes(
    documents: Documents, limit: Callable[[str], int | None]
) -> list[tuple[DocumentRecord, list[EffectiveRecord]]]:
    """Shorten quotes to so many characters, or to the number before that: the beginning, then ……

    ``limit`` gives them for a document's id, None for in full.
    """
    return [
        (
            _shortened(document, limit(document.id)),
            [replace(case, record=_shortened(case.record, limit(document.id))) for case in cases],
        )
        for document, cases in documents
    ]


def _redirects(redirects: Mapping[str, str], gone: frozenset[str] | set[str]) -> dict[str, str]:
    """Redirects without what is left out; of ids that led to it, the first stands for the others."""
    kept: dict[str, str] = {}
    first: dict[str, str] = {}
    for old, lead in redirects.items():
        if old in gone:
            continue
        if lead not in gone:
            kept[old] = lead
        elif first.setdefault(lead, old) != old:
            kept[old] = first[lead]
    return kept


def _is_internal(case: EffectiveRecord, hidden: Hidden) -> bool:
    record = case.record
    originators = (union.entity for union in record.unions if union.role == "originator")
    mains = (practice.entity for practice in record.practices if practice.main)
    return record.id in hidden.accounts or any(entity in hidden.entities for entity in (*originators, *mains))


def _case_without(case: EffectiveRecord, gone: frozenset[str], called: frozenset[str]) -> EffectiveRecord:
    """The account without statements about what is gone; ``called`` is how that is named where no id tells it."""
    if not gone:
        return case
    record = case.record
    changed: dict[str, Any] = {}
    for one in fields(CaseRecord):
        value = getattr(record, one.name)
        if isinstance(value, tuple) and any(getattr(item, "entity", None) in gone for item in value):
            changed[one.name] = tuple(item for item in value if getattr(item, "entity", None) not in gone)
    left = {union.name for union in record.unions} - {union.name for union in changed.get("unions", record.unions)}
    names = names_of(record)
    changed["superiors"] = tuple(tie for tie in record.superiors if not {tie.union, tie.superior} & left)
    changed["diffusion"] = tuple(
        spread
        for spread in record.diffusion
        if resolve_end(spread, names)[1] not in gone and normal(spread.other) not in called
    )
    return replace(case, record=replace(record, **changed))


def _announcing(document: DocumentRecord, hidden: Hidden) -> DocumentRecord:
    """The document without announcements that are internal, and without internal issuers of the others."""
    kept = (one for one in document.announcements if one.entity not in hidden.entities)
    return replace(document, announcements=tuple(_announced(one, hidden) for one in kept))


def _announced(announced: AnnouncementStatement, hidden: Hidden) -> AnnouncementStatement:
    if not hidden.entities & set(announced.issuer_entities):
        return announced
    pairs = zip(announced.issuers, announced.issuer_entities, strict=True)
    kept = [(issuer, entity) for issuer, entity in pairs if entity not in hidden.entities]
    return replace(
        announced, issuers=tuple(issuer for issuer, _ in kept), issuer_entities=tuple(entity for _, entity in kept)
    )


#: Attributes that hold ids, digests and terms of vocabularies, not words of a document; whatever is not named here is masked.
_CODES = frozenset(
    {"id", "entity", "issuer_entities", "document", "method", "sha256", "media_type", "encoding", "theme", "group"}
)
#: Attributes that hold a term, or ``new:`` and the words of a document.
_TERMS = frozenset({"concept", "concepts", "practice_type"})


def _masked(value: Any, names: Names) -> Any:
    def change(name: str, text: str) -> str:
        if name in _CODES or (name in _TERMS and not text.startswith("new:")):
            return text
        return masked(text, names)

    return _mapped(value, change)


def _shortened(value: Any, limit: int | None) -> Any:
    if limit is None:
        return value

    def change(name: str, text: str) -> str:
        return _cut(text, limit) if name == "quote" and len(text) > limit else text

    return _mapped(value, change)


def _cut(text: str, limit: int) -> str:
    """The beginning of a text; a number that would be cut in two is left out."""
    split = (one.start() for one in _NUMBER.finditer(text) if one.start() < limit < one.end())
    return text[: next(split, limit)] + CUT


def _mapped(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    """Plain data with every text changed; ``change`` is given the attribute that holds it. What stays is the same object."""
    if isinstance(value, str):
        return change(name, value)
    if isinstance(value, tuple):
        items = tuple(_mapped(item, change, name) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        made = {one.name: _mapped(getattr(value, one.name), change, one.name) for one in fields(value)}
        changed = {key: new for key, new in made.items() if new is not getattr(value, key)}
        return replace(value, **changed) if changed else value
    return value
