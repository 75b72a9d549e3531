"""The attributes of stated values as people see and write them: names, closed lists, cells of a table.

What they are called stands in ``ontology/vocabularies/statement_attributes.csv``, what they may be in the types of
`unionkg.graph.records`, in the vocabularies and in `unionkg.graph.validity`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from unionkg.errors import InputError
from unionkg.graph.decisions import statement_types
from unionkg.graph.records import (
    OutcomeStatement,
    PracticeStatement,
    RegionStatement,
    Statement,
    SuperiorStatement,
    UnionStatement,
)
from unionkg.language import say
from unionkg.ontology.regions import resolve
from unionkg.ontology.regions import table as regions
from unionkg.ontology.vocabulary import table, terms

Column = Literal["content", "number", "unit", "time", "category", "other"]
Kind = Literal["text", "number", "boolean", "list", "region"]

#: The name of a practice type that no vocabulary lists begins so.
_NEW = "new:"
_YES, _NO = {"是", "yes", "true", "1", "对", "y"}, {"否", "no", "false", "0", "不是", "n"}


@dataclass(frozen=True, slots=True)
class Label:
    """A word in both languages, and the key that is stored."""

    key: str
    zh: str
    en: str

    def __str__(self) -> str:
        return say(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a field: its label, the column of a table it is shown in, what kind of value it takes.

    ``closed`` names the list of what it may be (``vocabulary.column``, or the keys with their labels), "" where it is
    free; ``optional`` attributes may be empty.
    """

    label: Label
    column: Column
    kind: Kind
    optional: bool
    closed: str = ""

    @property
    def name(self) -> str:
        """The name under which it is stored."""
        return self.label.key

    def choices(self, extra: Path | None = None) -> tuple[Label, ...]:
        """What it may be, empty where it is free; ``extra`` is a workspace's ``vocabularies/`` folder."""
        if "=" in self.closed:
            pairs = (choice.split("=") for choice in self.closed.split("|"))
            return tuple(Label(key, zh, key.replace("_", " ")) for key, zh in pairs)
        if not self.closed:
            return ()
        vocabulary, _, column = self.closed.partition(".")
        known = terms(vocabulary, extra / f"{vocabulary}.csv" if extra else None)
        return tuple(Label(term.key if column == "key" else term.zh, term.zh, term.en or term.key) for term in known)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its label and its attributes by name."""

    label: Label
    attributes: Mapping[str, Attribute]


@cache
def all_fields() -> Mapping[str, Field]:
    """The fields of a record that hold stated values, by name."""
    rows = table("statement_attributes")
    found = {}
    for row in rows:
        if row["attribute"]:
            continue
        name = row["field"]
        own = [one for one in rows if one["field"] == name and one["attribute"]]
        attributes = {one["attribute"]: _attribute(statement_types()[name], one) for one in own}
        found[name] = Field(Label(name, row["zh"], row["en"]), attributes)
    return found


def _attribute(of: type[Statement], row: Mapping[str, str]) -> Attribute:
    name = row["attribute"]
    hint = typing.get_type_hints(of)[name]
    default = next(field.default for field in fields(of) if field.name == name)
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) or type(None) in typing.get_args(hint) else ()
    kinds: set[object] = {hint, *parts}
    kind: Kind = "text"
    if name in {"region", "code"}:
        kind = "region"
    elif bool in kinds:
        kind = "boolean"
    elif float in kinds:
        kind = "number"
    elif typing.get_origin(hint) is tuple:
        kind = "list"
    label = Label(name, row["zh"], row["en"])
    column = typing.cast("Column", row["column"])
    return Attribute(label, column, kind, default is not MISSING, row["choices"])


def field_named(name: str) -> str:
    """The field that a user names, by its name or label in either language.

    Raises
    ------
    InputError
        There is no such field; the hint lists them.
    """
    for key, field in all_fields().items():
        if name.strip().lower() in {key, field.label.zh, field.label.en}:
            return key
    raise InputError(
        say(f"没有这个栏目：{name}", f"no such field: {name}"),
        hint=say("可用的栏目：", "fields: ")
        + say("、", ", ").join(f"{key}（{field.label.zh}）" for key, field in all_fields().items()),
    )


def attribute_named(field: str, name: str) -> Attribute:
    """The attribute of a field that a user names, by its name or label.

    Raises
    ------
    InputError
        There is no such attribute; the hint lists them.
    """
    known = all_fields()[field].attributes
    for attribute in known.values():
        if name.strip().lower() in {attribute.name, attribute.label.zh, attribute.label.en}:
            return attribute
    raise InputError(
        say(f"{all_fields()[field].label}没有这一项：{name}", f"{field} has no attribute {name}"),
        hint=say("可用：", "attributes: ")
        + say("、", ", ").join(f"{one.name}（{one.label.zh}）" for one in known.values()),
    )


def cell(attribute: Attribute, value: object, *, chinese: bool = False) -> str:
    """A value as it stands in a cell, in words; empty where there is none. `parsed` reads it back.

    Words are in the user's language, or in Chinese whoever reads them.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if chinese else say("是" if value else "否", "yes" if value else "no")
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, tuple):
        return "|".join(value)
    found = next((choice for choice in attribute.choices() if choice.key == value), None)
    if found is None or attribute.closed.endswith(".zh"):
        return str(value)
    return found.zh if chinese else str(found)


def parsed(attribute: Attribute, text: str, extra: Path | None = None) -> Any:
    """Read what a person wrote for an attribute: a label or key of a closed list, a number, 是 or 否, a place.

    ``extra`` is a workspace's ``vocabularies/`` folder.

    Raises
    ------
    InputError
        It cannot be read so; the hint says what is allowed.
    """
    text = text.strip()
    if not text:
        if attribute.optional:
            return () if attribute.kind == "list" else False if attribute.name in _PLAIN_FLAGS else None
        raise InputError(say(f"{attribute.label}不能为空", f"{attribute.label} must not be empty"))
    match attribute.kind:
        case "number":
            return _number(attribute, text)
        case "boolean":
            return _truth(attribute, text)
        case "list":
            return tuple(part.strip() for part in text.replace("、", "|").split("|") if part.strip())
        case "region":
            return _region(attribute, text)
    choices = attribute.choices(extra)
    if not choices or (attribute.name == "concept" and text.startswith(_NEW) and text != _NEW):
        return text
    for choice in choices:
        if text.lower() in {choice.key, choice.zh, choice.en.lower()}:
            return choice.key
    shown = say("、", ", ").join(map(str, choices))
    if attribute.name == "concept":
        shown += say("；词表以外的写成 new:名称", "; what the list lacks: new:NAME")
    raise InputError(
        say(f"{attribute.label}没有“{text}”", f"{attribute.label} cannot be {text!r}"),
        hint=say("可用：", "one of: ") + shown,
    )


#: Flags that are simply false where nothing is said, unlike ``cumulative``, which the text may leave open.
_PLAIN_FLAGS = frozenset({"approximate", "collective", "internal", "intended", "main"})


def _number(attribute: Attribute, text: str) -> float:
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError as error:
        raise InputError(
            say(f"{attribute.label}不是数字：{text}", f"{attribute.label} is no number: {text}"),
            hint=say("只写阿拉伯数字，1.3万写成 13000", "digits only: 1.3万 is 13000"),
        ) from error


def _truth(attribute: Attribute, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise InputError(
        say(f"{attribute.label}应写 是 或 否：{text}", f"{attribute.label} is yes or no, not {text!r}"),
        hint=say("写 是 或 否", "write yes or no"),
    )


def _region(attribute: Attribute, text: str) -> str:
    if text in regions():
        return text
    found = tuple(dict.fromkeys(candidate.county or candidate.code for candidate in resolve(text)))
    if len(found) == 1:
        return found[0]
    known = say("、", ", ").join(f"{code} {regions().full_name(code)}" for code in found)
    raise InputError(
        say(f"{attribute.label}不是区划代码或唯一的地名：{text}", f"{attribute.label}: no code, no one place: {text}"),
        hint=say("可能是：", "it may be: ") + known
        if known
        else say("写六位代码或全称", "write the code or full name"),
    )


def shown(field: str, statement: Statement) -> str:
    """A statement as a person reads it: 驿站 12个（2022，规模）."""
    own = all_fields()[field].attributes
    by_column: dict[str, list[str]] = {}
    for attribute in own.values():
        text = cell(attribute, getattr(statement, attribute.name))
        if text and attribute.column != "other":
            by_column.setdefault(attribute.column, []).append(text)
    content = "".join(by_column.get("content", ()))
    notes = [*by_column.get("time", ()), *by_column.get("category", ())]
    match statement:
        case OutcomeStatement():
            about = say("约", "about ") if statement.approximate else ""
            rise = "" if statement.baseline is None else f"{statement.baseline:,.10g}→"
            content = f"{content} {about}{rise}{statement.value:,.10g}{statement.unit}"
        case RegionStatement() if statement.code in regions():
            notes.insert(0, f"{regions().full_name(statement.code)} {statement.code}")
        case PracticeStatement():
            notes.insert(0, say("主", "main") if statement.main else say("分项", "part"))
        case SuperiorStatement():
            content = say(
                f"{statement.union}隶属于{statement.superior}", f"{statement.union} under {statement.superior}"
            )
        case UnionStatement():
            notes += [cell(own["type"], statement.type), cell(own["level"], statement.level)]
            notes.append(statement.region or say("区划不明", "place unknown"))
    if not content:
        return "".join(notes)
    return content + (f"（{'，'.join(notes)}）" if notes else "")
