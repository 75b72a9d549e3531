"""The library of query packs: finds them, reads their headers, checks parameters, runs them.

A query is one file ``packs/<pack>/<query>.cypher``, named ``<pack>.<query>``. It begins with a header in comment
lines, YAML between two lines ``// ---``, so that the whole file can be pasted into Neo4j Browser as it is::

    // ---
    // zh: 问题
    // en: question
    // parameters:
    //   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
    // columns:
    //   union: {zh: 工会, en: the union}
    // example: unionkg query run timeline.earliest_records -p practice_type=集体协商
    // ---

A workspace's own ``queries/<pack>/<query>.cypher`` are listed and checked like ours.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import yaml

from unionkg.errors import QueryError
from unionkg.graph.stores.protocol import Rows, Store
from unionkg.language import say
from unionkg.ontology.vocabulary import terms

ParameterType = Literal["string", "integer", "number", "boolean"]
_KEYS = {"zh", "en", "parameters", "columns", "example"}
_PARAMETER_KEYS = {"type", "default", "values", "zh", "en"}
_TYPES: Mapping[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; without ``default`` it must be given.

    ``values`` names the vocabulary that it is taken from, by label (``practice_types``) or key (``region_levels.key``).
    """

    name: str
    type: ParameterType
    zh: str
    en: str
    default: str | int | float | bool | None = None
    values: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer and what it means."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its wording, parameters, columns and the statement that answers it.

    ``source`` is the file's text with its header, ``statement`` what is run.
    """

    name: str
    question_zh: str
    question_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: str
    source: str
    statement: str


def queries(extra: Path | None = None) -> tuple[Query, ...]:
    """All queries by name, those of a workspace's ``queries/`` folder (``extra``) among them.

    Raises
    ------
    QueryError
        A file's header is broken; names the file and the key.
    """
    found = {query.name: query for query in _own()}
    if extra is not None and extra.is_dir():
        for path in sorted(extra.glob("*/*.cypher")):
            query = parse(path.read_text(encoding="utf-8"), f"{path.parent.name}.{path.stem}", path)
            found[query.name] = query
    return tuple(found[name] for name in sorted(found))


@cache
def _own() -> tuple[Query, ...]:
    packs = files("unionkg.queries") / "packs"
    found: list[Query] = []
    for pack in sorted(packs.iterdir(), key=_name):
        for file in sorted(pack.iterdir(), key=_name):
            if file.name.endswith(".cypher"):
                name = f"{pack.name}.{file.name.removesuffix('.cypher')}"
                found.append(parse(file.read_text(encoding="utf-8"), name, file))
    return tuple(found)


def _name(path: Traversable) -> str:
    return path.name


def find(name: str, extra: Path | None = None) -> Query:
    """The query of a name; QueryError with near names where there is none."""
    known = {query.name: query for query in queries(extra)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or [n for n in known if name in n]
    raise QueryError(
        say(f"没有这个查询：{name}", f"no such query: {name}"),
        hint=say("相近的：", "near ones: ") + ", ".join(near)
        if near
        else say("用 unionkg query list 列出全部", "`unionkg query list` lists all"),
    )


def parse(source: str, name: str, where: object) -> Query:
    """Read a query file. Raises QueryError naming file and key."""

    def broken(what_zh: str, what_en: str) -> QueryError:
        return QueryError(say(what_zh, what_en), where=str(where))

    lines = source.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "// ---"]
    if len(marks) < 2:
        raise broken("缺少用 // --- 围起来的说明", "the header between two lines // --- is missing")
    text = "\n".join(line.removeprefix("//").removeprefix(" ") for line in lines[marks[0] + 1 : marks[1]])
    try:
        header = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise broken(f"说明不是 YAML：{error}", f"the header is not YAML: {error}") from error
    if not isinstance(header, dict) or not {"zh", "en", "columns", "example"} <= header.keys() <= _KEYS:
        shown = ", ".join(sorted(_KEYS))
        raise broken(f"说明的键应为 {shown}", f"the header's keys are {shown}")
    parameters = tuple(_parameter(key, given, broken) for key, given in (header.get("parameters") or {}).items())
    columns = tuple(Column(key, given["zh"], given["en"]) for key, given in header["columns"].items())
    statement = "\n".join(lines[marks[1] + 1 :]).strip().removesuffix(";")
    return Query(name, header["zh"], header["en"], parameters, columns, header["example"], source, statement)


def _parameter(name: str, given: Any, broken: Any) -> Parameter:
    if not isinstance(given, dict) or not {"type", "zh", "en"} <= given.keys() <= _PARAMETER_KEYS:
        raise broken(f"参数 {name} 的键应为 {_PARAMETER_KEYS}", f"the keys of parameter {name} are {_PARAMETER_KEYS}")
    if given["type"] not in _TYPES:
        raise broken(
            f"参数 {name} 的类型不对：{given['type']}", f"parameter {name} has an unknown type {given['type']}"
        )
    return Parameter(name, given["type"], given["zh"], given["en"], given.get("default"), given.get("values"))


def run(query: Query, store: Store, given: Mapping[str, Any], vocabularies: Path | None = None) -> Rows:
    """Run a query; see `bind` for the parameters."""
    return store.ask(query.statement, bind(query, given, vocabularies))


def bind(query: Query, given: Mapping[str, Any], vocabularies: Path | None = None) -> dict[str, Any]:
    """Check parameters and fill in defaults.

    Raises
    ------
    QueryError
        A parameter is unknown, missing, of the wrong type, or not a value of its vocabulary; near ones are named.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise QueryError(
                say(f"{query.name} 没有参数 {name}", f"{query.name} has no parameter {name}"),
                hint=say("可用的参数：", "parameters: ") + ", ".join(near or known),
            )
    bound: dict[str, Any] = {}
    for parameter in query.parameters:
        if parameter.name in given:
            bound[parameter.name] = _value(parameter, given[parameter.name], vocabularies)
        elif parameter.default is not None:
            bound[parameter.name] = parameter.default
        else:
            raise QueryError(
                say(
                    f"缺少参数 {parameter.name}（{parameter.zh}）",
                    f"parameter {parameter.name} is missing ({parameter.en})",
                ),
                hint=query.example,
            )
    return bound


def _value(parameter: Parameter, given: Any, vocabularies: Path | None) -> Any:
    wanted = _TYPES[parameter.type]
    try:
        value = _BOOLEANS[str(given).lower()] if wanted is bool else wanted(given)
    except (ValueError, KeyError, TypeError) as error:
        raise QueryError(
            say(
                f"参数 {parameter.name} 应为 {parameter.type}：{given}",
                f"parameter {parameter.name} is not {parameter.type}: {given}",
            )
        ) from error
    if parameter.values:
        return _term(parameter, str(value), vocabularies)
    return value


_BOOLEANS = {"true": True, "yes": True, "1": True, "是": True, "false": False, "no": False, "0": False, "否": False}


def _term(parameter: Parameter, value: str, vocabularies: Path | None) -> str:
    """What a value means: it may be given as label, alias or key."""
    assert parameter.values is not None
    name, _, column = parameter.values.partition(".")
    known = terms(name, vocabularies / f"{name}.csv" if vocabularies else None)
    for term in known:
        if value in {term.zh, term.key, *term.aliases}:
            return term.key if column == "key" else term.zh
    labels = [term.zh for term in known]
    near = difflib.get_close_matches(value, labels, n=5, cutoff=0.3) or [x for x in labels if set(value) & set(x)][:5]
    raise QueryError(
        say(f"{parameter.name}：没有“{value}”", f"{parameter.name}: no {value!r}"),
        hint=say("相近的：", "near ones: ") + say("、", ", ").join(near or labels[:8]),
    )


def for_browser(query: Query, given: Mapping[str, Any], vocabularies: Path | None = None) -> str:
    """The text to paste into Neo4j Browser: ``:param`` lines, then the query as it is."""
    optional = {p.name: p.default for p in query.parameters if p.default is not None}
    bound = bind(query, {**optional, **given}, vocabularies) if given else optional
    missing: Sequence[str] = [p.name for p in query.parameters if p.name not in bound]
    lines = [f":param {name} => {json.dumps(value, ensure_ascii=False)};" for name, value in bound.items()]
    lines += [f":param {name} => null;" for name in missing]
    return "\n".join([*lines, query.source])
