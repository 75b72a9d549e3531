"""The accounts of the page: each with its parts, its statements by kind, and the quotes behind every one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.graph.analysis.accounts import SPREAD, listed
from unionkg.graph.stores.protocol import Node, Relationship, Value
from unionkg.ontology.model import schema
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.tables import ROLES

#: The statements of an account in the order in which a reader wants them.
ORDER: Sequence[str] = (
    "INTRODUCED",
    "INCLUDED",
    "CLAIMED_FIRST",
    "APPLIED",
    "IN_THEME",
    "INITIATED",
    "SUPERVISED",
    "JOINED",
    "ESTABLISHED",
    "TOOK_PLACE_IN",
    "SERVED",
    "ACHIEVED",
    "SUPPORTED",
    "CITED",
    "USED",
    "RECEIVED",
    *SPREAD,
    "COMMENTED_ON",
    "MENTIONS",
)
#: Told by the row itself, or of use to programs only.
_ELSEWHERE = {
    *("id", "name", "title", "document", "case_id", "cases", "quotes", "starts", "ends", "method", "confidence"),
    *("review", "region", "name_en", "canonical", "longitude", "latitude", "counted", "sentence"),
}


def accounts(base: Base, *, full: bool) -> list[dict[str, Any]]:
    """Every account that the page shows.

    Parameters
    ----------
    full : bool
        With the text of each part; else kinds and headings of the parts alone.
    """
    stated: dict[str, list[Relationship]] = defaultdict(list)
    for tie in base.ties():
        for end in (tie.start, tie.end):
            if end[0] == "PracticeCase" and base.position(*end) is not None and tie.properties.get("case_id") == end[1]:
                stated[end[1]].append(tie)
    return [
        _account(base, base.nodes["PracticeCase", case], stated[case], full=full)
        for case in base.tables["PracticeCase"]
    ]


def _account(base: Base, node: Node, ties: Sequence[Relationship], *, full: bool) -> dict[str, Any]:
    given = node.properties
    document = str(given["document"])
    by_kind: dict[str, list[Relationship]] = defaultdict(list)
    for tie in ties:
        by_kind[tie.type].append(tie)
    start = base.texts.get(document)
    return {
        "id": node.id,
        "name": given["name"],
        "document": base.add("Document", document),
        "lines": given.get("lines", []),
        "page": _page(base, document, given),
        "kind": given.get("kind"),
        "same": given.get("account"),
        "started": given.get("started"),
        "regions": _ends(base, by_kind["TOOK_PLACE_IN"], "Region"),
        "unions": [
            [base.add("TradeUnion", _other(tie)[1]), role]
            for kind, role in ROLES.items()
            for tie in by_kind[kind]
            if _other(tie)[0] == "TradeUnion"
        ],
        "themes": _ends(base, by_kind["IN_THEME"], "Theme"),
        "groups": _ends(base, by_kind["SERVED"], "TargetGroup"),
        "types": [
            [
                base.add("PracticeType", tie.end[1]),
                tie.properties.get("role"),
                tie.properties.get("not_before"),
                tie.properties.get("not_after"),
                tie.properties.get("dated_by"),
                base.of(tie),
            ]
            for tie in by_kind["APPLIED"]
        ],
        "practice": next((str(base.nodes[tie.end].properties["name"]) for tie in by_kind["INTRODUCED"]), None),
        "sections": _sections(node, start if full else None),
        "fields": [
            *_own(base, node, document),
            *([kind, [_fact(base, tie) for tie in by_kind[kind]]] for kind in ORDER if by_kind[kind]),
        ],
    }


def _page(base: Base, document: str, given: Mapping[str, Value]) -> str | None:
    """The page that the account begins on, as printed."""
    text = base.texts.get(document)
    line = given.get("first_line")
    if text is None or not isinstance(line, int):
        return None
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return base.page(document, offset)


def _other(tie: Relationship) -> tuple[str, str]:
    return tie.end if tie.start[0] == "PracticeCase" else tie.start


def _ends(base: Base, ties: Sequence[Relationship], label: str) -> list[int]:
    return list(dict.fromkeys(base.add(label, _other(tie)[1]) for tie in ties if _other(tie)[0] == label))


def _sections(node: Node, text: str | None) -> list[list[Any]]:
    kinds, headings, starts, ends = (
        listed(node, f"section_{name}") for name in ("kinds", "headings", "starts", "ends")
    )
    return [
        [kind, heading or None, None if text is None else text[start:end].strip()]
        for kind, heading, start, end in zip(kinds, headings, starts, ends, strict=True)
    ]


def _own(base: Base, node: Node, document: str) -> list[list[Any]]:
    """What the account says of itself: its title and when the practice began."""
    given, made = node.properties, []
    supports = listed(node, "quote_for")
    found = base.quotes(given, document)
    for name in ("title", "started"):
        if given.get(name) is not None:
            behind = [quote for quote, what in zip(found, supports, strict=True) if what == name]
            read = (given.get(f"{name}_confidence"), given.get(f"{name}_review"))
            made.append([f"p.{name}", [_row(given[name], [], behind, None, *read)]])
    return made


def _fact(base: Base, tie: Relationship) -> list[Any]:
    """A statement: see `_row`."""
    label, identifier = _other(tie)
    other = base.nodes[label, identifier].properties
    given = tie.properties
    shown = given.get("printed") or other.get("full_name") or other["name"]
    details: list[list[Any]] = []
    if label == "Outcome":
        shown = other["name"]
        details = _details(schema().nodes["Outcome"].properties, other, {"indicator", "value", "unit"})
    if tie.type != "APPLIED":  # an account's table of practice types says it already
        ends = schema().relationships[tie.type].between(tie.start[0], tie.end[0])
        details += _details(ends.properties if ends else {}, given, {"printed"})
    at = base.position(label, identifier)
    leads = None if at is None else [label, at]
    return _row(shown, details, base.of(tie), leads, given.get("confidence"), given.get("review"))


def _row(
    shown: Value,
    details: list[list[Any]],
    quotes: list[int],
    leads: list[Any] | None,
    confidence: object,
    review: object,
) -> list[Any]:
    """What is shown, its details, its quotes, where it leads, confidence in per cent, review state; short where it ends in nothing."""
    percent = round(100 * confidence) if isinstance(confidence, int | float) else None
    row = [shown, details, quotes, leads, percent, None if review == "unreviewed" else review]
    while row[-1] is None:
        row.pop()
    return row


def _details(declared: Mapping[str, Any], given: Mapping[str, Value], apart: set[str]) -> list[list[Any]]:
    return [
        [name, given[name]]
        for name, prop in declared.items()
        if name not in _ELSEWHERE | apart
        and not prop.internal
        and not prop.parallel
        and given.get(name) not in (None, False, [], "")
    ]
