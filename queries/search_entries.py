"""What search looks through: the named nodes of a projection, accounts with their quotes and their text.

Entries come in parts that can be renewed apart: each document's own (its accounts and the Document), and the nodes
that documents share, one by one.
"""

from __future__ import annotations

import hashlib
import marshal
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.ontology.regions import table
from unionkg.ontology.regions.table import CORPS

#: What is searched, in the order in which equal hits come: what a person most likely means first.
LABELS = (
    "PracticeCase",
    "TradeUnion",
    "Practice",
    "PracticeType",
    "Region",
    "Theme",
    "TargetGroup",
    "Organization",
    "Platform",
    "Policy",
    "Award",
    "Person",
    "Document",
    "UnresolvedName",
)
#: Labels whose names are titles: their initials would match nearly anything, so pinyin is for the others.
TITLED = frozenset({"PracticeCase", "Document", "Policy"})
_SHARED = frozenset(LABELS) - {"PracticeCase", "Document", "Region"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    ``document`` is the id of the document that an account stands in or that the entry is. ``year`` is that of the
    stated start, else of publication (accounts), of publication (documents), of the award or of the issue (policies);
    0 for none. ``regions`` are codes, ``themes`` names.
    ``lines`` are the numbers of the document's lines in ``text``, ``first, last, first, last …``; between two such runs
    of a Document stands a break, between those of an account the text runs on. ``quotes`` are (line, words).
    """

    id: str
    label: str
    name: str
    others: tuple[str, ...] = ()
    document: str | None = None
    year: int = 0
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    text: str = ""
    lines: tuple[int, ...] = ()
    quotes: tuple[tuple[int, str], ...] = ()

    @property
    def digest(self) -> str:
        """A digest of the whole entry."""
        return digest(self.id, self.label, self.name, self.others, self.year, self.regions, self.themes)


def digest(*values: Any) -> str:
    """A digest of plain values, made ten times as fast as by way of JSON; another Python may make another one."""
    return hashlib.blake2b(marshal.dumps(values, 2), digest_size=16).hexdigest()


def shared_entries(projection: Projection) -> Iterator[Entry]:
    """The nodes that no single document owns; regions only where something in the graph refers to them."""
    themes = theme_names(projection)
    by_type = defaultdict(set)
    for tie in projection.structure[1]:
        if tie.type == "IN_THEME":
            by_type[tie.start[1]].add(themes[tie.end[1]])
    by_practice: dict[str, set[str]] = defaultdict(set)
    for graph in projection.documents:
        for tie in graph.relationships:
            if tie.end[0] == "Practice" and isinstance(tie.properties.get("theme"), str):
                by_practice[tie.end[1]].add(str(tie.properties["theme"]))
    known = {*themes.values()}
    referred = _referred(projection)
    for node in (*projection.structure[0], *projection.entities):
        if node.label in _SHARED:
            given = by_type[node.id] if node.label == "PracticeType" else by_practice[node.id] & known
            yield _shared(node, tuple(sorted(given)))
        elif node.label == "Region" and node.id in referred:
            yield _region(node)


def document_entries(graph: DocumentGraph, text: str, themes: Mapping[str, str]) -> Iterator[Entry]:
    """A document's accounts, and the Document itself with the text that no account covers.

    ``text`` is the stored text, empty where it is not to be searched; ``themes`` the names of themes by id.
    """
    lines = text.split("\n") if text else []
    starts = _line_starts(lines)
    of_case: dict[str, list[Relationship]] = defaultdict(list)
    for tie in graph.relationships:
        case = tie.properties.get("case_id")
        if isinstance(case, str):
            of_case[case].append(tie)
    document = next(node for node in graph.nodes if node.label == "Document")
    published = _year(document.properties.get("published"))
    covered: set[int] = set()
    for node in graph.nodes:
        if node.label != "PracticeCase":
            continue
        numbers: Any = node.properties["lines"]
        runs = list(zip(numbers[::2], numbers[1::2], strict=True))
        for first, last in runs:
            covered.update(range(first, last + 1))
        ties = of_case[node.id]
        yield Entry(
            id=node.id,
            label=node.label,
            name=str(node.properties["name"]),
            others=_other_names(node),
            document=graph.document,
            year=_year(node.properties.get("started")) or published,
            regions=tuple(sorted({_code(t.end[1]) for t in ties if t.type == "TOOK_PLACE_IN"})),
            themes=tuple(sorted({themes[t.end[1]] for t in ties if t.type == "IN_THEME" and t.end[1] in themes})),
            text="\n".join("\n".join(lines[first - 1 : last]) for first, last in runs) if lines else "",
            lines=tuple(numbers),
            quotes=_quotes([node, *ties], starts),
        )
    rest = _rest(lines, covered)
    yield replace(
        _shared(document, ()),
        document=document.id,
        year=published,
        text="\x1e\n".join("\n".join(lines[first - 1 : last]) for first, last in rest),
        lines=tuple(number for run in rest for number in run),
    )


def theme_names(projection: Projection) -> dict[str, str]:
    """The names of themes by id."""
    return {node.id: str(node.properties["name"]) for node in projection.structure[0] if node.label == "Theme"}


def provinces_of(code: str) -> tuple[str, ...]:
    """The units of the base of coverage that a region counts for: its province; for the 兵团's cities that and the 兵团."""
    return tuple(sorted(upper for upper in wider(code) if upper == CORPS or upper.endswith("0000")))


@cache
def wider(code: str) -> frozenset[str]:
    """A region and everything that includes it: what it lies in (or lay in last), and for one that ended what it went to."""
    regions = table()
    found: set[str] = set()
    todo = [code]
    while todo:
        region = todo.pop()
        if region not in found:
            found.add(region)
            heirs = regions.successors(region)
            todo += heirs or regions.parents(region)
            found.update(regions.parents(region) if heirs else ())
    return frozenset(found)


def _shared(node: Node, themes: tuple[str, ...]) -> Entry:
    properties = node.properties
    name = str(properties["name"])
    region = properties.get("region")
    return Entry(
        id=node.id,
        label=node.label,
        name=name,
        others=_other_names(node),
        year=_year(properties.get("year") or properties.get("issued")),
        regions=(region,) if isinstance(region, str) else (),
        themes=(name,) if node.label == "Theme" else themes,
    )


def _region(node: Node) -> Entry:
    code = _code(node.id)
    region = table().region(code)
    entry = _shared(node, ())
    once = [dated.value for dated in region.names]
    others = dict.fromkeys([*entry.others, str(node.properties.get("full_name", "")), region.short, *once])
    return replace(entry, others=tuple(other for other in others if other and other != entry.name), regions=(code,))


def _other_names(node: Node) -> tuple[str, ...]:
    aliases: Any = node.properties.get("aliases", ())
    given = [node.properties.get("title"), node.properties.get("canonical"), *aliases, node.properties.get("number")]
    name = node.properties["name"]
    return tuple(dict.fromkeys(str(other) for other in given if other and other != name))


def _referred(projection: Projection) -> set[str]:
    ends = [end for graph in projection.documents for tie in graph.relationships for end in (tie.start, tie.end)]
    ends += [end for tie in projection.derived for end in (tie.start, tie.end)]
    ends += [tie.start for tie in projection.structure[1] if tie.type == "COVERAGE"]
    return {identifier for label, identifier in ends if label == "Region"}


def _code(region: str) -> str:
    return region.partition(":")[2]


def _year(date: object) -> int:
    """The year that a date or interval begins with; 0 without one."""
    return int(date[:4]) if isinstance(date, str) and date[:4].isdigit() else 0


def _line_starts(lines: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _quotes(holders: Iterable[Node | Relationship], starts: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """The quotes of an account's statements with their lines, in order, without those that lie in another."""
    spans: set[tuple[int, int, str]] = set()
    for holder in holders:
        given: Any = holder.properties
        spans.update(
            (a, -b, q) for a, b, q in zip(*(given.get(k, ()) for k in ("starts", "ends", "quotes")), strict=True)
        )
    found: list[tuple[int, str]] = []
    reached, last = -1, ""
    for start, end, quote in sorted(spans):
        if -end > reached or quote not in last:
            found.append((bisect_right(starts, start) if starts else 0, quote))
            reached, last = -end, quote
    return tuple(found)


def _rest(lines: Sequence[str], covered: set[int]) -> list[tuple[int, int]]:
    """The runs of lines that are not covered and not blank."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines, 1):
        if number in covered or not line.strip():
            continue
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found
