"""The schema: every node label and relationship type, declared once in ``schema/*.yaml`` and checked when loaded.

What a document can say, which ends a relationship has, which properties it carries, how all of it is called in
Chinese, English and RDF stands there; store constraints, validation, the JSON-LD context, the reference page and the
legend are views over `schema()`. `check_node` and `check_relationship` hold the projection to it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from unionkg.language import say
from unionkg.ontology import dates
from unionkg.ontology.declarations import (
    Basis,
    Choice,
    Ends,
    Influence,
    NodeType,
    PropertyType,
    RelationshipType,
    Schema,
    ValueType,
)
from unionkg.ontology.schema_file import load
from unionkg.ontology.vocabulary import terms

__all__ = [
    "Basis",
    "Choice",
    "Ends",
    "Influence",
    "NodeType",
    "PropertyType",
    "RelationshipType",
    "Schema",
    "ValueType",
    "check_node",
    "check_relationship",
    "load",
    "schema",
    "values",
]


@cache
def schema() -> Schema:
    """Return the schema of this version of unionkg, read once."""
    return load(Path(str(files("unionkg.ontology") / "schema")))


def values(prop: PropertyType) -> tuple[Choice, ...]:
    """The closed list of a property's values with their labels; empty where any value goes."""
    if prop.vocabulary is None:
        return prop.choices
    name, _, column = prop.vocabulary.partition(".")
    return tuple(Choice(term.key if column == "key" else term.zh, term.zh, term.en) for term in terms(name))


def check_node(label: str, properties: Mapping[str, object]) -> list[str]:
    """Say in plain words what is wrong with a node; ``properties`` include its ``id``. Nothing wrong: an empty list."""
    node = schema().nodes.get(label)
    if node is None:
        return [say(f"没有标签 {label}", f"there is no label {label}")]
    return _problems(label, node.properties, properties)


def check_relationship(
    type: str,  # noqa: A002  the graph's own word
    start_label: str,
    end_label: str,
    properties: Mapping[str, object],
) -> list[str]:
    """Say in plain words what is wrong with a relationship; ``properties`` include its ``id``."""
    relationship = schema().relationships.get(type)
    if relationship is None:
        return [say(f"没有关系类型 {type}", f"there is no relationship type {type}")]
    ends = relationship.between(start_label, end_label)
    if ends is None:
        return [
            say(f"{type} 不能从 {start_label} 到 {end_label}", f"{type} does not run from {start_label} to {end_label}")
        ]
    return _problems(type, ends.properties, properties)


def _problems(owner: str, declared: Mapping[str, PropertyType], given: Mapping[str, object]) -> list[str]:
    found = [
        say(f"{owner} 没有属性 {name}", f"{owner} has no property {name}") for name in given if name not in declared
    ]
    found += [
        say(f"{owner} 缺少 {name}（{prop.zh}）", f"{owner} lacks {name}")
        for name, prop in declared.items()
        if prop.required and given.get(name) in (None, "", [], ())
    ]
    for name, value in given.items():
        prop = declared.get(name)
        if prop is not None and not (prop.required and value in (None, "", [], ())):
            found += [f"{owner}.{name}{say('：', ': ')}{problem}" for problem in _value_problems(prop, value)]
    return found + _uneven(owner, declared, given)


def _value_problems(prop: PropertyType, value: object) -> list[str]:
    if not prop.many:
        items: Iterable[object] = [value]
    elif isinstance(value, list | tuple):
        items = value
    else:
        return [say(f"{value!r} 应为列表", f"{value!r} should be a list")]
    return [problem for item in items if (problem := _value_problem(prop, item)) is not None]


def _value_problem(prop: PropertyType, value: object) -> str | None:
    if not _is_of_type(prop.type, value):
        return say(f"{value!r} 不是 {prop.type}", f"{value!r} is no {prop.type}")
    if prop.pattern is not None and not re.fullmatch(prop.pattern, str(value)):
        return say(f"{value!r} 不合写法 {prop.pattern}", f"{value!r} does not match {prop.pattern}")
    known = _keys(prop)
    if known and value not in known:
        shown = " | ".join(known)
        return say(f"{value!r} 应为 {shown} 之一", f"{value!r} must be one of {shown}")
    return None


@cache
def _keys(prop: PropertyType) -> tuple[str, ...]:
    return tuple(choice.key for choice in values(prop))


def _is_of_type(type: ValueType, value: object) -> bool:  # noqa: A002  the schema's own word
    if type == "boolean":
        return isinstance(value, bool)
    if type in {"integer", "number"}:
        if isinstance(value, bool) or not isinstance(value, int if type == "integer" else int | float):
            return False
        return math.isfinite(value)
    if not isinstance(value, str):
        return False
    if type == "date":
        return dates.is_date(value)
    if type == "period":
        return dates.is_period(value)
    if type == "datetime":
        return _is_datetime(value)
    return type == "string" or value.startswith(("http://", "https://"))


def _is_datetime(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _uneven(owner: str, declared: Mapping[str, PropertyType], given: Mapping[str, object]) -> list[str]:
    lengths: dict[str, dict[str, int]] = {}
    for name, value in given.items():
        prop = declared.get(name)
        if prop is not None and prop.parallel is not None and isinstance(value, list | tuple):
            lengths.setdefault(prop.parallel, {})[name] = len(value)
    return [
        say(f"{owner} 的并列列表长度不一：{shown}", f"parallel lists of {owner} differ in length: {shown}")
        for group in lengths.values()
        if len(set(group.values())) > 1
        for shown in [", ".join(f"{name} {length}" for name, length in group.items())]
    ]
