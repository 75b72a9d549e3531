"""The accounts that a briefing is about: those of a practice type, a field, a target group or a region, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from unionkg.graph.analysis.accounts import Account
from unionkg.graph.analysis.places import upwards
from unionkg.graph.derived import Dating, earliest, of_account
from unionkg.graph.stores.protocol import Node, Value
from unionkg.ontology.dates import bounds
from unionkg.viz.briefing import naming
from unionkg.viz.briefing.cited import Note, Sources
from unionkg.viz.briefing.facts import Facts, dating_of, is_main

Kind = Literal["practice", "theme", "group", "region"]
#: What a topic may be, and the label of its node.
KINDS: Mapping[Kind, naming.Kind] = {
    "practice": "PracticeType",
    "theme": "Theme",
    "group": "TargetGroup",
    "region": "Region",
}
_NOWHERE = "999999"
"""Sorts behind every code."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a briefing is about: the kind, the node's id, the name to show."""

    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An account of the topic.

    Attributes
    ----------
    account : Account
    printings : tuple of str
        Case ids, the account's own first.
    main : bool
        Whether the topic is what the account's main practice is; of a practice type it may be a part only.
    dating : mapping
        When the account's practice of the topic began (``not_before``, ``not_after``, ``dated_by``).
    code : str
        Code of its region, of several the first; sorts last where it has none.
    """

    account: Account
    printings: tuple[str, ...]
    main: bool
    dating: Dating
    code: str

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By date of the earliest record, then by code."""
        since = self.dating.get("not_before")
        return (str(self.dating.get("not_after") or "9999"), str(since or ""), self.code, self.account.id)


@dataclass(frozen=True)
class Material:
    """The topic with its accounts, by date and code, and the documents that they stand in.

    ``chosen`` are those whose main practice the topic is, or all where there is none such.
    """

    topic: Topic
    facts: Facts
    entries: tuple[Entry, ...]
    sources: Sources

    @cached_property
    def chosen(self) -> tuple[Entry, ...]:
        """The accounts that the topic is the main thing of; all of them where it is of none."""
        return tuple(entry for entry in self.entries if entry.main) or self.entries

    @cached_property
    def others(self) -> tuple[Entry, ...]:
        """The accounts that are not `chosen`: the topic is a part of what they do."""
        return tuple(entry for entry in self.entries if not entry.main) if self.chosen[0].main else ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts of the topic."""
        return tuple(entry.account for entry in self.entries)

    def note(self, entries: Iterable[Entry], *kinds: str, end: str | None = None, most: int | None = None) -> Note:
        """The quotes of accounts' statements of some relationship types, of those with one end (id) if one is given."""
        ties = [tie for entry in entries for tie in self.facts.ties([entry.account], *kinds)]
        told = [tie.properties for tie in ties if end is None or end in {tie.start[1], tie.end[1]}]
        return self.sources.note(*told, most=most)

    def about(self, entry: Entry, prop: str) -> Mapping[str, Value] | None:
        """The quotes of an account for one of its properties (``title``, ``started``), as a statement carries them."""
        said = (self.facts.about(case, prop) for case in entry.printings)
        return next((quotes for quotes in said if quotes["quotes"]), None)


def material(topic: Topic, facts: Facts, texts: Mapping[str, str]) -> Material:
    """Gather what the material tells of a topic; no entries where it tells nothing."""
    accounts = [account for account in facts.found.accounts if _is_about(account, topic, facts)]
    entries = sorted((_entry(account, topic, facts) for account in accounts), key=lambda entry: entry.order)
    cases = [case for entry in entries for case in entry.printings]
    ids = {str(facts.found.nodes["PracticeCase", case].properties["document"]) for case in cases}
    documents = sorted((facts.found.nodes["Document", one] for one in ids), key=_document_order)
    return Material(topic, facts, tuple(entries), Sources(documents, texts))


def below(topic: str, label: str, facts: Facts) -> frozenset[str]:
    """A term and all terms below it."""
    under: dict[str, set[str]] = defaultdict(set)
    for tie in facts.projection.structure[1]:
        if tie.type == "BROADER" and tie.start[0] == label:
            under[tie.end[1]].add(tie.start[1])
    waiting, seen = [topic], {topic}
    while waiting:
        new = under[waiting.pop()] - seen
        seen |= new
        waiting += new
    return frozenset(seen)


def names(entry: Entry, facts: Facts) -> str:
    """Whose account it is, as printed most."""
    known = [str(facts.found.nodes["TradeUnion", one].properties["name"]) for one in sorted(entry.account.unions)]
    return "、".join(known) or "案例未写明单位"


def _is_about(account: Account, topic: Topic, facts: Facts) -> bool:
    if topic.kind == "practice":
        return topic.id in account.types
    if topic.kind == "theme":
        return topic.id in account.themes
    if topic.kind == "region":
        return any(topic.id in upwards(region, facts.found.places) for region in account.regions)
    groups = below(topic.id, "TargetGroup", facts)
    return any(tie.end[1] in groups for tie in facts.ties([account], "SERVED"))


def _entry(account: Account, topic: Topic, facts: Facts) -> Entry:
    printings = tuple(facts.printings[account.id])
    codes = [str(facts.found.nodes["Region", one].properties["code"]) for one in account.regions]
    if topic.kind == "practice":
        main = is_main(account, topic.id)
        dating = dating_of(topic.id, [account])
    else:
        main, dating = True, of_account([_dated(case, facts) for case in printings])
    return Entry(account, printings, main, earliest([dating]), min(codes, default=_NOWHERE))


def _dated(case: str, facts: Facts) -> Dating:
    """When the main practice of an account began: as it states, else known by the publication of its document."""
    node = facts.found.nodes["PracticeCase", case]
    if "started" in node.properties:
        first, last = bounds(str(node.properties["started"]))
        return {"not_before": first, "not_after": last, "dated_by": "stated_start"}
    published = facts.found.nodes["Document", str(node.properties["document"])].properties.get("published")
    return {"not_after": bounds(str(published))[1], "dated_by": "publication"} if published else {}


def _document_order(document: Node) -> tuple[str, str, str]:
    known: Sequence[Any] = [document.properties.get(name) for name in ("published", "title")]
    return (str(known[0] or "9999"), str(known[1] or ""), document.id)
