"""From a model's answer to items that stand in the account; everything else is dropped, with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from unionkg.errors import InputError
from unionkg.graph.attributes import Attribute, parsed
from unionkg.language import say
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import quantities
from unionkg.loaders.llm.client import ModelError
from unionkg.loaders.llm.prompt import LONGEST_QUOTE, asked

Why = Literal["form", "quote", "value", "number"]

_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
#: More of one field than any account tells is a model that has lost itself.
_MOST = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a field as the model gave it, checked against the schema, with the words that say it."""

    field: str
    values: Mapping[str, Any]
    quote: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was not taken, and why: no such form, quote not in the account, value not allowed, number not in the quote."""

    field: str
    why: Why
    told: str


def read(answer: str, text: str, vocabularies: Path | None = None) -> tuple[list[Item], list[Dropped]]:
    """Read an answer about an account.

    Parameters
    ----------
    answer : str
        What the model wrote: a JSON object, perhaps fenced or with words around it.
    text : str
        The account's text; quotes must stand in it, white space aside.
    vocabularies : Path, optional
        A workspace's own folder of terms.

    Raises
    ------
    ModelError
        The answer holds no JSON object.
    """
    items: list[Item] = []
    dropped: list[Dropped] = []
    squeezed = "".join(text.split())
    for field, told in _told(_object(answer)):
        read_one = _read_one(field, told, squeezed, vocabularies)
        (items if isinstance(read_one, Item) else dropped).append(read_one)  # type: ignore[arg-type]
    return items, dropped


def _object(answer: str) -> Mapping[str, Any]:
    fenced = _FENCED.search(answer)
    candidates = [answer, *([fenced.group(1)] if fenced else []), answer[answer.find("{") : answer.rfind("}") + 1]]
    for candidate in candidates:
        try:
            found = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    raise ModelError(say("模型的回答不是 JSON", "the model's answer is no JSON object"))


def _told(answer: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for field, values in answer.items():
        if isinstance(values, dict):
            values = [values]
        if field not in asked() or not isinstance(values, list):
            if values:
                yield field, None
            continue
        yield from ((field, value) for value in values[:_MOST])


def _read_one(field: str, told: object, text: str, vocabularies: Path | None) -> Item | Dropped:
    def drop(why: Why) -> Dropped:
        return Dropped(field, why, json.dumps(told, ensure_ascii=False, default=str)[:200])

    if not isinstance(told, dict):
        return drop("form")
    quote = told.get("quote")
    if not isinstance(quote, str) or not 0 < len("".join(quote.split())) <= LONGEST_QUOTE:
        return drop("quote")
    if "".join(quote.split()) not in text:
        return drop("quote")
    values: dict[str, Any] = {}
    for attribute in asked()[field]:
        try:
            value = _value(attribute, told.get(attribute.name), vocabularies)
        except InputError:
            return drop("value")
        if value is not None:
            values[attribute.name] = value
    if field == "outcomes" and not _says(quote, values):
        return drop("number")
    return Item(field, values, quote)


def _value(attribute: Attribute, given: object, vocabularies: Path | None) -> Any:
    if given is None or given == [] or (given == "" and attribute.optional):
        if attribute.optional:
            return None
        raise InputError(say(f"{attribute.label}不能为空", f"{attribute.label} must not be empty"))
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        given = "|".join(given)
    if isinstance(given, dict | list):
        raise InputError(say(f"{attribute.label}的格式不对", f"{attribute.label} has the wrong form"))
    text = (
        f"{given:.15g}" if isinstance(given, float) else str(given).lower() if isinstance(given, bool) else str(given)
    )
    return parsed(attribute, text, vocabularies)


def _says(quote: str, values: Mapping[str, Any]) -> bool:
    """Whether the quote tells the very numbers: a model that rounds or adds up tells something else."""
    found = {quantity.value for quantity in quantities(folded("".join(quote.split())))}
    wanted = [values["value"], *([values["baseline"]] if values.get("baseline") is not None else [])]
    return all(any(abs(one - value) <= 1e-6 * max(1.0, abs(one)) for value in found) for one in wanted)
