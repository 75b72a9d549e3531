"""Rows are checked before they are written, alike for both stores.

Why here and not in the engines: a MERGE on a missing id does not raise on the embedded engine, Neo4j alone refuses
lists of mixed types, and an integer beyond 64 bits is cut by one and refused by the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from unionkg.errors import StoreError
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.language import say

Item = TypeVar("Item")

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Labels, relationship types and property names: ASCII, so that they need no quoting in any statement."""


def checked_nodes(nodes: Iterable[Node]) -> dict[str, dict[str, dict[str, object]]]:
    """Return label -> id -> properties (with ``id``); the last of equal ids counts.

    Raises
    ------
    StoreError
        For an empty id, a name or a value that a property graph does not hold.
    """
    by_label: dict[str, dict[str, dict[str, object]]] = {}
    for node in nodes:
        name = checked_name(node.label)
        by_label.setdefault(name, {})[_id(node.id, name)] = _properties(node.properties, node.id, name)
    return by_label


def checked_relationships(relationships: Iterable[Relationship]) -> dict[str, dict[str, Relationship]]:
    """Return type -> id -> relationship whose properties contain ``id``; the last of equal ids counts.

    Raises
    ------
    StoreError
        As for nodes, and for an end without label or id.
    """
    by_type: dict[str, dict[str, Relationship]] = {}
    for one in relationships:
        name = checked_name(one.type)
        for label, end in (one.start, one.end):
            _id(end, checked_name(label))
        whole = Relationship(name, one.id, one.start, one.end, _properties(one.properties, one.id, name))  # type: ignore[arg-type]
        by_type.setdefault(name, {})[_id(one.id, name)] = whole
    return by_type


def checked_ids(name: str, ids: Iterable[str]) -> list[str]:
    """Return the ids without repetition, each checked."""
    checked_name(name)
    return list(dict.fromkeys(_id(one, name) for one in ids))


def checked_name(name: str) -> str:
    """Return a label, type or property name that can stand in a statement unquoted; else raise StoreError."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise StoreError(
            say(f"图数据库中不能用这样的名称：{name!r}", f"not a name that the graph can hold: {name!r}"),
            hint=say("名称以英文字母开头，只含字母、数字和下划线", "a letter, then letters, digits and underscores"),
        )
    return name


def missing_end(relationship: Relationship, end: tuple[str, str]) -> StoreError:
    """Return the error for a relationship whose end is not in the graph."""
    return StoreError(
        say(
            f"关系 {relationship.type} {relationship.id} 的一端不在图中：{end[0]} {end[1]}",
            f"relationship {relationship.type} {relationship.id} has an end that is not in the graph: {end[0]} {end[1]}",
        ),
        hint=say("先写入节点，再写入关系", "write the nodes before their relationships"),
    )


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut an iterable into lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _id(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise StoreError(
            say(f"{where} 的一行没有 id：{value!r}", f"a row of {where} has no id: {value!r}"),
            hint=say("每个节点和关系都要有非空的 id", "every node and relationship needs an id that is not empty"),
        )
    return value


def _properties(properties: Mapping[str, object], own_id: str, where: str) -> dict[str, object]:
    if properties.get("id", own_id) != own_id:
        raise _refused(where, own_id, "id", say("与行的 id 不同", "differs from the row's id"))
    whole: dict[str, object] = {"id": own_id}
    for name, value in properties.items():
        reason = _why_not(value)
        if reason:
            raise _refused(where, own_id, name, reason)
        whole[checked_name(name)] = list(value) if isinstance(value, list | tuple) else value
    return whole


def _why_not(value: object) -> str | None:
    if not isinstance(value, list | tuple):
        return _why_not_single(value)
    kinds = {type(item) for item in value}
    if len(kinds) > 1:
        return say("列表中的值类型不一", "a list of mixed types")
    return next((reason for item in value if (reason := _why_not_single(item))), None)


def _why_not_single(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return None if -(2**63) <= value < 2**63 else say("整数超出 64 位", "an integer beyond 64 bits")
    if isinstance(value, float):
        return None if math.isfinite(value) else say("不是有限的数", "not a finite number")
    if isinstance(value, str):
        return None if _encodable(value) else say("含有不完整的字符", "half of a character (a lone surrogate)")
    return say(
        f"类型不能存入图：{type(value).__name__}", f"a type that the graph does not hold: {type(value).__name__}"
    )


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text) if not text.isascii() else True


def _refused(where: str, own_id: str, name: str, reason: str) -> StoreError:
    return StoreError(
        say(
            f"{where} {own_id} 的属性 {name} 不能写入：{reason}", f"{where} {own_id}: property {name} refused: {reason}"
        )
    )
