"""What accounts say, aspect by aspect, as items of text with the quotes behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from unionkg.graph.analysis.accounts import Account, Collection, Selection, collection, listed
from unionkg.graph.build import Projection
from unionkg.graph.derived import Dating, earliest, of_account
from unionkg.graph.stores.protocol import Node, Relationship, Value
from unionkg.language import say
from unionkg.ontology.vocabulary import terms
from unionkg.viz.briefing import wording
from unionkg.viz.briefing.cited import Note, Sources, words_of
from unionkg.viz.briefing.naming import shown

LEARNT = ("LEARNED_FROM", "PILOT_ASSIGNED_BY")
TAKEN_UP = ("PROMOTED_BY", "RECOGNISED_BY")
WENT = ("PILOTED_AT", "SCALED_TO", "REPLICATED_IN")


_NO_NOTE = Note(())


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is said: the text, the quotes behind it, and what it rests on where there is no quote."""

    text: str
    note: Note = _NO_NOTE
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A projection, ready to be asked what its accounts say.

    ``stated`` are the statements of every printing by the id of the account, ``printings`` their ids.
    """

    projection: Projection
    found: Collection
    sources: Sources
    stated: Mapping[str, Sequence[Relationship]]
    printings: Mapping[str, Sequence[str]]

    def ties(self, accounts: Iterable[Account], *kinds: str) -> list[Relationship]:
        """The statements of some types that accounts make."""
        return [tie for account in accounts for tie in self.stated.get(account.id, ()) if tie.type in kinds]

    def node(self, end: tuple[str, str]) -> Node:
        """The node at an end of a relationship."""
        return self.found.nodes[end]

    def account_name(self, account: Account) -> str:
        """The title of an account as its first printing has it."""
        return str(self.found.nodes["PracticeCase", self.printings[account.id][0]].properties["name"])

    def note(self, ties: Iterable[Relationship]) -> Note:
        """The quotes of statements."""
        return self.sources.note(*(tie.properties for tie in ties if "quotes" in tie.properties))

    def about(self, case: str, field: str) -> Mapping[str, Value]:
        """What quotes a property of an account (``title``, ``started``) carries, as a statement has them."""
        node = self.found.nodes["PracticeCase", case]
        at = [number for number, name in enumerate(listed(node, "quote_for")) if name == field]
        kept = {name: [listed(node, name)[one] for one in at] for name in ("quotes", "starts", "ends")}
        return {**kept, "document": node.properties["document"]}

    def merged(self, said: Iterable[tuple[str, Relationship]]) -> tuple[Item, ...]:
        """Statements as items; what reads alike is one, with the quotes of all."""
        by_text: dict[str, list[Relationship]] = defaultdict(list)
        for text, tie in said:
            by_text[text].append(tie)
        return tuple(Item(text, self.note(ties)) for text, ties in by_text.items())


def facts(projection: Projection, texts: Mapping[str, str]) -> Facts:
    """Make a projection ready; routine practice types are among those of its accounts."""
    found = collection(projection, Selection(routine=True))
    printings: dict[str, list[str]] = defaultdict(list)
    for case, account in sorted(found.every.items(), key=lambda one: (one[0] != one[1].id, one[0])):
        printings[account.id].append(case)
    stated: dict[str, list[Relationship]] = defaultdict(list)
    for graph in projection.documents:
        for tie in graph.relationships:
            of = found.every.get(str(tie.properties.get("case_id", "")))
            if of is not None:
                stated[of.id].append(tie)
    for some in stated.values():
        some.sort(key=lambda tie: (str(tie.properties["document"]), _start(tie), tie.id))
    documents = [node for graph in projection.documents for node in graph.nodes if node.label == "Document"]
    return Facts(projection, found, Sources(documents, texts), stated, printings)


def _start(tie: Relationship) -> int:
    starts = tie.properties.get("starts")
    return int(starts[0]) if isinstance(starts, list) and starts else 0


# ------------------------------------------------------------ what accounts say


def titles(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """The accounts themselves."""
    made = []
    for account in accounts:
        printed = [known.about(case, "title") for case in known.printings[account.id]]
        named_by = [tie.properties for tie in known.ties([account], "INTRODUCED")]  # an untitled one is called so
        note = known.sources.note(*printed)
        made.append(Item(known.account_name(account), note if note.quotes else known.sources.note(*named_by)))
    return tuple(made)


def beginnings(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """When the main practices began, where accounts say so."""
    made: dict[str, list[Mapping[str, Value]]] = defaultdict(list)
    for account in accounts:
        for case in known.printings[account.id]:
            started = known.found.nodes["PracticeCase", case].properties.get("started")
            if started:
                made[wording.date(str(started))].append(known.about(case, "started"))
    return tuple(Item(text, known.sources.note(*said)) for text, said in made.items())


def named(accounts: Sequence[Account], known: Facts, *kinds: str, start: bool = False) -> tuple[Item, ...]:
    """The names at the other ends of statements of some types."""
    ties = known.ties(accounts, *kinds)
    return known.merged((shown(known.node(tie.start if start else tie.end)), tie) for tie in ties)


def practice_types(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """The practice types that accounts apply: those of main practices first, each with its earliest record."""
    by_type: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        for identifier in account.applied:
            by_type[identifier].append(account)
    main = {one for one, some in by_type.items() if any(is_main(account, one) for account in some)}
    order = {term.zh: at for at, term in enumerate(terms("practice_types"))}
    made = []
    for identifier in sorted(by_type, key=lambda one: (one not in main, order.get(_type_name(one, known), 999), one)):
        told = [say("主做法", "main practice")] if identifier in main else []
        if known.found.nodes["PracticeType", identifier].properties.get("routine"):
            told.append(say("常规工作", "routine"))
        else:
            told.append(when(identifier, by_type[identifier]))
        ties = [tie for account in by_type[identifier] for tie in account.applied[identifier]]
        made.append(Item(f"{_type_name(identifier, known)}{_aside(told)}", known.note(ties)))
    return tuple(made)


def is_main(account: Account, practice_type: str) -> bool:
    """Whether the account's main practice is of a type; else the type is none of it, or a part."""
    return any(tie.properties.get("role") == "main" for tie in account.applied.get(practice_type, ()))


def _type_name(identifier: str, known: Facts) -> str:
    return str(known.found.nodes["PracticeType", identifier].properties["name"])


def when(practice_type: str, accounts: Sequence[Account]) -> str:
    """The earliest record of a practice type among accounts that apply it, in words."""
    dating = dating_of(practice_type, accounts)
    return wording.interval(dating["not_before"], dating["not_after"], dating["dated_by"])


def dating_of(practice_type: str, accounts: Sequence[Account]) -> Dating:
    """The earliest record of a practice type among accounts that apply it."""
    return earliest([of_account([tie.properties for tie in account.applied[practice_type]]) for account in accounts])


def counted(accounts: Sequence[Account], known: Facts, kind: str, vocabulary: str) -> tuple[Item, ...]:
    """Themes or target groups as `by_term` has them, with how many accounts each is told of where there are several."""
    many = len(accounts) > 1
    return tuple(
        Item(name + (say(f"（{number}则）", f" ({number})") if many else ""), known.note(ties))
        for name, number, ties in by_term(accounts, known, kind, vocabulary)
    )


def by_term(
    accounts: Sequence[Account], known: Facts, kind: str, vocabulary: str
) -> list[tuple[str, int, list[Relationship]]]:
    """Themes or target groups in the order of their vocabulary: name, how many of the accounts say so, the statements."""
    ties: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
    about: dict[tuple[str, str], set[str]] = defaultdict(set)
    for account in accounts:
        for tie in known.ties([account], kind):
            if tie.start[0] == "PracticeCase":
                ties[tie.end].append(tie)
                about[tie.end].add(account.id)
    order = {term.zh: at for at, term in enumerate(terms(vocabulary))}
    names = {end: str(known.node(end).properties["name"]) for end in ties}
    ends = sorted(ties, key=lambda end: (order.get(names[end], len(order)), names[end]))
    return [(names[end], len(about[end]), ties[end]) for end in ends]


def organisations(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """Bodies that took part, with what kind of body each is, and unions that took part."""
    said = []
    for tie in known.ties(accounts, "SUPPORTED"):
        kind = wording.label("partner_types", tie.properties["type"]) if "type" in tie.properties else ""
        said.append((str(known.node(tie.start).properties["name"]) + _aside([kind] if kind else []), tie))
    joined = [(shown(known.node(tie.start)), tie) for tie in known.ties(accounts, "JOINED")]
    return known.merged([*joined, *said])


def honours(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """Prizes, selections and titles, each called what it is."""
    said = []
    for tie in known.ties(accounts, "RECEIVED"):
        given = tie.properties
        kind = wording.label("award_kinds", given["kind"]) if "kind" in given else say("荣誉", "honour")
        told = [
            str(given[key])
            for key in ("grade", "year")
            if key in given and str(given[key]) not in str(given["printed"])
        ]
        text = say(f"{kind}：", f"{kind}: ") + str(given["printed"])
        said.append((text + _aside([one for one in told if one != kind]), tie))
    return known.merged(said)


def claims(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """What accounts claim to be the first in, in their words: no finding of ours."""
    ties = known.ties(accounts, "CLAIMED_FIRST")
    return known.merged(
        (say(f"自称“{tie.properties['printed']}”", f"claims: {tie.properties['printed']}"), tie) for tie in ties
    )


def spread(accounts: Sequence[Account], known: Facts, *kinds: str) -> tuple[Item, ...]:
    """Stated diffusion of some types."""
    return known.merged((wording.spread(tie.type, tie.properties), tie) for tie in known.ties(accounts, *kinds))


def learners(accounts: Sequence[Account], known: Facts) -> tuple[Item, ...]:
    """Other accounts that say they learned from these, from their unions or practices."""
    own = {("PracticeCase", case) for account in accounts for case in known.printings[account.id]}
    own |= {("TradeUnion", union) for account in accounts for union in account.unions}
    own |= {tie.end for tie in known.ties(accounts, "INTRODUCED")}
    mine = {account.id for account in accounts}
    said = []
    for account in known.found.accounts:
        for tie in known.ties([account], "LEARNED_FROM") if account.id not in mine else ():
            if tie.end in own:
                who = reporters(account, known)
                said.append((say(f"{who}写明向其学习", f"{who} says it learned from it"), tie))
    return known.merged(said)


def reporters(account: Account, known: Facts) -> str:
    """Whose account it is."""
    names = [shown(known.found.nodes["TradeUnion", one]) for one in sorted(account.unions)]
    return say("、", ", ").join(names) or say(f"案例《{known.account_name(account)}》", known.account_name(account))


def _aside(told: Sequence[str]) -> str:
    return say(f"（{'，'.join(told)}）", f" ({', '.join(told)})") if told else ""


# ------------------------------------------------------------ figures

Indicator = tuple[str, str]
"""What is measured, in the account's words, and the unit: only figures equal in both stand side by side."""
_SAME_FIGURE = ("indicator", "value", "baseline", "unit", "period", "cumulative", "claimed_by")
"""Properties in which two printings of one figure are equal."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that an account reports: the indicator, its kind (投入 …; "" for none), in words, the statement."""

    indicator: Indicator
    kind: str
    text: str
    statement: Relationship


def outcomes(account: Account, known: Facts) -> list[Relationship]:
    """The figures that an account states, in the order of the text; what several printings say alike once."""
    found: dict[tuple[object, ...], Relationship] = {}
    for tie in known.ties([account], "ACHIEVED"):
        told = known.node(tie.end).properties
        found.setdefault(tuple(told.get(name) for name in _SAME_FIGURE), tie)
    return list(found.values())


def figures(accounts: Sequence[Account], known: Facts, own: str = "") -> list[Figure]:
    """The figures that accounts report, each with period and who reports it; of several printings once.

    Of the union ``own``, whose column it is, the name is not repeated.
    """
    made = []
    for account in accounts:
        for tie in outcomes(account, known):
            given = known.node(tie.end).properties
            who = given.get("claimed_by")
            by = say(f"据{who}", f"as {who} says") if who else _reported(account, known, own)
            text = wording.figure(given, words_of(tie)) + say(f"，{by}", f", {by}")
            indicator = str(given["indicator"]), str(given.get("unit", ""))
            made.append(Figure(indicator, str(given.get("kind", "")), text, tie))
    return made


def _reported(account: Account, known: Facts, own: str) -> str:
    if account.unions == {own}:
        return say("自报", "its own report")
    return say(f"{reporters(account, known)}自报", f"reported by {reporters(account, known)}")


def figure_items(some: Iterable[Figure], known: Facts, *, named: bool) -> tuple[Item, ...]:
    """Figures as items, with the indicator in front where ``named``."""
    text: Callable[[Figure], str] = lambda one: f"{one.indicator[0]} {one.text}" if named else one.text  # noqa: E731
    return known.merged((text(one), one.statement) for one in some)
