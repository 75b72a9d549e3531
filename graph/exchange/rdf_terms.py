"""The pieces that RDF is written from: IRIs minted from ids, literals of the schema's value types, resources.

Nothing here has a blank node: whatever has no id of its own gets an IRI made of its owner's and its place there, so
equal input gives equal graphs, and an export taken in twice adds nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote

from unionkg.errors import InputError, RecordError
from unionkg.language import say
from unionkg.ontology import dates
from unionkg.ontology.model import PropertyType

STRING, INTEGER, DOUBLE, BOOLEAN = "xsd:string", "xsd:integer", "xsd:double", "xsd:boolean"

#: Scheme, colon, and none of the characters that may not stand in an IRI.
_BASE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f]+')
#: Datatypes of partial dates, by length.
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form and its datatype as a compact IRI."""

    text: str
    datatype: str = STRING


@dataclass(frozen=True, slots=True)
class Link:
    """A resource named by its whole IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class Name:
    """A class or property named by its compact IRI (``ukg:level``)."""

    compact: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource and what is said of it, in the order of writing. ``iri`` is whole, ``types`` are compact IRIs."""

    iri: str
    types: tuple[str, ...]
    said: tuple[Said, ...]


Value: TypeAlias = Literal | Link | Name | Resource


@dataclass(frozen=True, slots=True)
class Said:
    """A property with its values; ``term`` is its name in the JSON-LD context, None where it is written as the IRI."""

    iri: str
    values: tuple[Value, ...]
    term: str | None = None


def flat(resource: Resource) -> Iterator[Resource]:
    """The resource and those that stand inside it, outer ones first."""
    yield resource
    for said in resource.said:
        for value in said.values:
            if isinstance(value, Resource):
                yield from flat(value)


def whole_base(base: str) -> str:
    """The base IRI that ids are appended to: as given where it ends in a separator, else with a slash.

    Raises
    ------
    InputError
        ``base`` is no absolute IRI.
    """
    if not _BASE.fullmatch(base):
        raise InputError(
            say(f"{base!r} 不能作网址前缀", f"{base!r} is no base IRI"),
            hint=say(
                "在 unionkg.toml 的 base 中写完整的网址，如 https://example.org/id/",
                "write a whole IRI as `base` in unionkg.toml, such as https://example.org/id/",
            ),
        )
    return base if base.endswith(("/", "#", ":")) else base + "/"


def is_resolvable(base: str) -> bool:
    """Whether relative IRIs (``union/4c1e``) resolved against a whole base give exactly the base with them appended."""
    return base.endswith("/") and "://" in base and not re.search(r"[?#]|/\.", base)


def iri(base: str, identifier: str) -> str:
    """The IRI of an id: ``union:4c1e`` -> ``<base>union/4c1e``; all but letters, digits and ``-._~`` is escaped."""
    return base + "/".join(quote(part, safe="") for part in identifier.split(":", 1))


def statement_iri(base: str, identifier: str, kind: str) -> str:
    """The IRI of a statement; ``kind`` (the relationship type or property) parts those that share an id."""
    return f"{iri(base + 'statement/', identifier)}/{kind}"


def literal(prop: PropertyType, value: object, owner: str) -> Literal:
    """A value of a property as a literal.

    Partial dates become xsd:gYear, xsd:gYearMonth or xsd:date. A period of two dates and whatever is no date after
    all stay strings: no XML Schema type holds them. Numbers are xsd:double in its canonical form (``3.4E3``), as
    JSON-LD writes them.

    Raises
    ------
    RecordError
        A number is not finite; names ``owner``.
    """
    text = str(value)
    if prop.type == "boolean":
        return Literal("true" if value else "false", BOOLEAN)
    if prop.type == "integer":
        return Literal(text, INTEGER)
    if prop.type == "number":
        return Literal(_double(float(text), owner), DOUBLE)
    if prop.type in {"date", "period"}:
        return Literal(text, _DATES[len(text)] if dates.is_date(text) else STRING)
    return Literal(text, {"datetime": "xsd:dateTime", "url": "xsd:anyURI"}.get(prop.type, STRING))


def _double(value: float, owner: str) -> str:
    if not math.isfinite(value):
        raise RecordError(
            say(f"数值 {value} 不是有限数", f"the number {value} is not finite"),
            where=owner,
            hint=say("改正这条记录的数值", "mend the number in the record"),
        )
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    assert isinstance(exponent, int)
    figures = "".join(map(str, digits))
    power = exponent + len(figures) - 1 if value else 0
    fraction = figures[1:].rstrip("0") or "0"
    return f"{'-' if sign else ''}{figures[0]}.{fraction}E{power}"
