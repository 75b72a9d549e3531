"""The library of query packs: finds them and reads their headers.

A query is one file ``packs/<pack>/<query>.cypher``, named ``<pack>.<query>``. It begins with a header in comment
lines, YAML between two lines ``// ---``, so that the whole file can be pasted into Neo4j Browser as it is::

    // ---
    // zh: 问题
    // en: question
    // parameters:
    //   practice_type: {type: string, default: 集体协商, values: practice_types, zh: 做法类型, en: practice type}
    // columns:
    //   union: {zh: 工会, en: the union}
    // leaves_out: [undated]
    // example: unionkg query run timeline.earliest_records -p practice_type=集体协商
    // ---

The statement returns the columns in their order and then ``evidence``, the statements behind each row (see
`unionkg.queries.answers`). A workspace's own ``queries/<pack>/<query>.cypher`` and ``queries/<query>.cypher`` (pack
``own``) are listed and checked like ours; they may leave ``evidence`` out.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

import yaml

from unionkg.errors import QueryError
from unionkg.language import say
from unionkg.queries.omissions import OMISSIONS

if TYPE_CHECKING:
    from unionkg.graph.build import Projection

ParameterType = Literal["string", "integer", "number", "boolean", "years"]
Compute = Callable[["Projection", Mapping[str, Any]], tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[str]]]
"""What answers a question that Cypher cannot: the graph as plain data and the parameters -> columns, rows and notes."""

PACKS = (
    "timeline",
    "peers",
    "levels",
    "reinvention",
    "results",
    "planning",
    "organisation",
    "provenance",
    "network",
)
"""Our packs, in the order in which they are listed; packs of a workspace follow."""

_KEYS = {"zh", "en", "parameters", "columns", "leaves_out", "needs", "example"}
_REQUIRED = {"zh", "en", "columns", "example"}
_PARAMETER_KEYS = {"type", "default", "optional", "values", "zh", "en"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; without ``default`` it must be given, unless it is ``optional`` (then null stands for "all").

    ``values`` says where values come from: a vocabulary by label (``practice_types``) or key (``region_levels.key``),
    a fixed list, or names in the graph (``regions``, ``unions`` …, see `unionkg.queries.parameters`).
    """

    name: str
    type: ParameterType
    zh: str
    en: str
    default: str | int | float | bool | None = None
    values: str | tuple[str, ...] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer and what it means."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its wording, parameters, columns and what answers it.

    ``source`` is the file's text with its header, ``statement`` what is run; a question of networks has ``compute``
    instead. ``leaves_out`` names what the footer counts (`unionkg.queries.omissions`), ``needs`` says what a small
    collection lacks, in Chinese and English.
    """

    name: str
    question_zh: str
    question_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: str
    source: str
    statement: str
    leaves_out: tuple[str, ...] = ()
    needs: tuple[str, str] | None = None
    compute: Compute | None = None

    @property
    def pack(self) -> str:
        """The pack that it belongs to."""
        return self.name.partition(".")[0]

    @property
    def meanings(self) -> dict[str, str]:
        """What its columns mean, in Chinese, by name."""
        return {column.name: column.zh for column in self.columns}


def queries(extra: Path | None = None) -> tuple[Query, ...]:
    """All queries, ours by pack and name, those of a workspace's ``queries/`` folder (``extra``) among them.

    Raises
    ------
    QueryError
        A file's header is broken; names the file and the key.
    """
    found = {query.name: query for query in _own()}
    found |= {name: _read(name, path) for name, path in _files(extra).items()}
    return tuple(sorted(found.values(), key=_place))


def readable(extra: Path | None = None) -> tuple[tuple[Query, ...], dict[str, QueryError]]:
    """As `queries`, with what is wrong of the workspace's broken files beside them, by name."""
    good, broken = {query.name: query for query in _own()}, {}
    for name, path in _files(extra).items():
        try:
            good[name] = _read(name, path)
        except QueryError as error:
            broken[name] = error
    return tuple(sorted(good.values(), key=_place)), broken


def _files(extra: Path | None) -> dict[str, Path]:
    """The files of a workspace's own queries by name."""
    if extra is None or not extra.is_dir():
        return {}
    paths = sorted([*extra.glob("*.cypher"), *extra.glob("*/*.cypher")])
    return {f"{'own' if path.parent == extra else path.parent.name}.{path.stem}": path for path in paths}


def _read(name: str, path: Path) -> Query:
    try:
        return parse(path.read_text(encoding="utf-8-sig"), name, path)
    except UnicodeDecodeError as error:
        raise QueryError(
            say("不是 UTF-8 文本", "not UTF-8 text"), where=str(path), hint=say("另存为 UTF-8", "save it as UTF-8")
        ) from error


def _place(query: Query) -> tuple[int, str]:
    return PACKS.index(query.pack) if query.pack in PACKS else len(PACKS), query.name


@cache
def _own() -> tuple[Query, ...]:
    from unionkg.queries.networks import network_queries

    packs = files("unionkg.queries") / "packs"
    found: list[Query] = []
    for pack in sorted(packs.iterdir(), key=_file_name):
        for file in sorted(pack.iterdir(), key=_file_name):
            if file.name.endswith(".cypher"):
                name = f"{pack.name}.{file.name.removesuffix('.cypher')}"
                found.append(parse(file.read_text(encoding="utf-8"), name, file))
    return (*found, *network_queries())


def _file_name(path: Traversable) -> str:
    return path.name


def find(name: str, extra: Path | None = None) -> Query:
    """The query of a name (its pack may be left out where no other has it); QueryError with near names else."""
    files_of_workspace = _files(extra)
    if name in files_of_workspace:  # a broken file beside it does not matter here
        return _read(name, files_of_workspace[name])
    for query in _own():
        if query.name == name:
            return query
    known = {query.name: query for query in queries(extra)}
    same = [query for query in known.values() if query.name.partition(".")[2] == name]
    if len(same) == 1:
        return same[0]
    near = [query.name for query in same] or difflib.get_close_matches(name, known, n=5, cutoff=0.55)
    near = near or [n for n in known if name.lower() in n][:5] or _asking(name, known)
    raise QueryError(
        say(f"没有这个查询：{name}", f"no such query: {name}"),
        hint=say("相近的：", "near ones: ") + "".join(f"\n  {n}  {_plain_question(known[n])}" for n in near)
        if near
        else say("用 unionkg query list 列出全部", "`unionkg query list` lists all"),
    )


def _asking(words: str, known: Mapping[str, Query]) -> list[str]:
    """Up to five queries that ask for something in these words: all of them in a row, else most of their pairs."""
    pairs = {words[at : at + 2] for at in range(len(words) - 1)} or {words}
    shared = {name: _share(pairs, query.question_zh + query.question_en.lower()) for name, query in known.items()}
    good = [name for name in known if words in known[name].question_zh or shared[name] >= 0.5]
    return sorted(good, key=lambda name: (words not in known[name].question_zh, -shared[name]))[:5]


def _share(pairs: set[str], text: str) -> float:
    return sum(pair in text for pair in pairs) / len(pairs)


def _plain_question(query: Query) -> str:
    """The question without what it says in brackets."""
    return re.split(r"[（(]", say(query.question_zh, query.question_en), maxsplit=1)[0].strip()


def parse(source: str, name: str, where: object) -> Query:
    """Read a query file. Raises QueryError naming file and key."""

    def broken(what_zh: str, what_en: str) -> NoReturn:
        hint = say("文字中有逗号或冒号时，用引号括起来", "quote texts that contain commas or colons")
        raise QueryError(say(what_zh, what_en), where=str(where), hint=hint)

    lines = source.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "// ---"]
    if len(marks) < 2:
        broken("缺少用 // --- 围起来的说明", "the header between two lines // --- is missing")
    text = "\n".join(line.removeprefix("//").removeprefix(" ") for line in lines[marks[0] + 1 : marks[1]])
    try:
        header = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        broken(f"说明不是 YAML：{error}", f"the header is not YAML: {error}")
    if not isinstance(header, dict) or not _REQUIRED <= header.keys() <= _KEYS:
        shown = ", ".join(sorted(_KEYS))
        broken(f"说明的键应为 {shown}", f"the header's keys are {shown}")
    statement = "\n".join(lines[marks[1] + 1 :]).strip().removesuffix(";")
    if not statement:
        broken("说明后面没有语句", "there is no statement behind the header")
    needs = header.get("needs")
    if needs is not None and not (isinstance(needs, dict) and needs.keys() == {"zh", "en"}):
        broken("needs 的键应为 zh, en", "the keys of needs are zh, en")
    return Query(
        name,
        str(header["zh"]),
        str(header["en"]),
        tuple(_parameter(key, given, broken) for key, given in _mapping(header, "parameters", broken).items()),
        tuple(_column(key, given, broken) for key, given in _mapping(header, "columns", broken).items()),
        str(header["example"]),
        source,
        statement,
        _omissions(header.get("leaves_out") or (), broken),
        (str(needs["zh"]), str(needs["en"])) if needs else None,
    )


_Broken = Callable[[str, str], NoReturn]


def _mapping(header: Mapping[str, Any], key: str, broken: _Broken) -> Mapping[str, Any]:
    found = header.get(key) or {}
    if not isinstance(found, dict):
        broken(f"{key} 应是 名称: {{…}} 的列表", f"{key} is a mapping of names")
    return found


def _parameter(name: str, given: Any, broken: _Broken) -> Parameter:
    if not isinstance(given, dict) or not {"type", "zh", "en"} <= given.keys() <= _PARAMETER_KEYS:
        shown = ", ".join(sorted(_PARAMETER_KEYS))
        broken(f"参数 {name} 的键应为 {shown}", f"the keys of parameter {name} are {shown}")
    if given["type"] not in get_args(ParameterType):
        broken(f"参数 {name} 的类型不对：{given['type']}", f"parameter {name} has an unknown type {given['type']}")
    if name == "evidence" or not _NAME.fullmatch(name):
        broken(f"参数不能叫 {name}", f"a parameter cannot be called {name}")
    values = given.get("values")
    return Parameter(
        name,
        given["type"],
        str(given["zh"]),
        str(given["en"]),
        given.get("default"),
        tuple(map(str, values)) if isinstance(values, list) else values,
        bool(given.get("optional")),
    )


def _column(name: str, given: Any, broken: _Broken) -> Column:
    if not isinstance(given, dict) or given.keys() != {"zh", "en"}:
        broken(f"列 {name} 的键应为 zh, en", f"the keys of column {name} are zh, en")
    return Column(name, str(given["zh"]), str(given["en"]))


def _omissions(given: Sequence[str], broken: _Broken) -> tuple[str, ...]:
    for name in given:
        if name not in OMISSIONS:
            known = ", ".join(OMISSIONS)
            broken(f"leaves_out 中没有 {name}，可用的：{known}", f"leaves_out knows no {name}, only {known}")
    return tuple(given)


def for_browser(query: Query, bound: Mapping[str, Any]) -> str:
    """The text to paste into Neo4j Browser: ``:param`` lines (null where nothing is given), then the query as it is."""
    named = {parameter.name: bound.get(parameter.name, parameter.default) for parameter in query.parameters}
    lines = [f":param {name} => {json.dumps(value, ensure_ascii=False)};" for name, value in named.items()]
    return "\n".join([*lines, query.source])
