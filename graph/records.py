"""Case records: what is known of one account, each value with its evidence.

A record is plain data: frozen dataclasses here, one JSON object a line on disk (``records/<document>.jsonl``).
Every value that a document states is a *statement*: the value, its own id, the verbatim quotes behind it with
their offsets into the stored text, the method that read it and a confidence. Offsets count Unicode code points,
end exclusive. A record is the machine's reading; people's decisions are applied to it by
`unionkg.graph.decisions`, and only then is it projected.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal, cast

from unionkg.errors import RecordError
from unionkg.language import say

SCHEMA = 1
#: The kinds of entities that have an authority file; the prefix of an id is its kind.
KINDS = ("case", "union", "practice", "organization", "platform", "policy", "award", "person")

Kind = Literal["case", "news", "brief", "caption"]
UnionRole = Literal["originator", "created", "superior", "partner", "mentioned"]
UnionType = Literal[
    "local_federation", "industrial", "sectoral_federation", "area_federation", "enterprise", "institution"
]
UnionLevel = Literal["national", "provincial", "prefecture", "county", "township", "community", "grassroots"]
RegionRole = Literal["location", "mentioned"]
ConceptRole = Literal["main", "part"]
OutcomeKind = Literal["投入", "产出", "成效", "规模"]
PartnerType = Literal[
    "government", "judiciary", "party", "enterprise", "school", "media", "social_org", "hospital", "other"
]
DiffusionType = Literal["learned_from", "piloted_by", "promoted_by", "scaled_to", "replicated_in", "recognised_by"]
HonorKind = Literal["award", "selection", "title"]
SectionKind = Literal["背景", "做法", "成效", "点评", "其他"]
Review = Literal["unreviewed", "accepted", "corrected"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and where it stands: ``text[start:end] == quote`` in the document's stored text."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What every stated value carries.

    ``id`` is empty until `unionkg.graph.identity` gives it (made of document, case, field and key);
    ``evidence`` holds at least one quote; ``method`` names the rule, model or person, as ``field.rule``;
    ``confidence`` is the probability that the statement is right, 0 to 1. ``review`` is told where records are handed
    on: in a workspace it follows from people's decisions (`unionkg.graph.decisions`).
    """

    evidence: tuple[Evidence, ...]
    method: str
    confidence: float
    id: str = ""
    review: Review = "unreviewed"

    #: Names of the attributes that make two readings the same fact.
    KEY: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> tuple[str | float | bool | None, ...]:
        """What makes two readings the same fact; the id is made of it, so rereading keeps the id."""
        return tuple(getattr(self, name) for name in self.KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStatement(Statement):
    """A title, a start date, a policy's or a platform's name: one string."""

    value: str
    entity: str | None = None

    KEY: ClassVar = ("value",)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionStatement(Statement):
    """A union in its role; ``name`` as printed, ``canonical`` with the region's full name where certain."""

    name: str
    canonical: str
    role: UnionRole
    type: UnionType
    level: UnionLevel
    region: str | None = None
    entity: str | None = None

    KEY: ClassVar = ("name", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorStatement(Statement):
    """One union of the account stands under another, as the text says: each by the ``name`` of its `UnionStatement`."""

    union: str
    superior: str

    KEY: ClassVar = ("union", "superior")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionStatement(Statement):
    """A region, ``code`` six digits of GB/T 2260 valid at the document's date."""

    name: str
    code: str
    role: RegionRole

    KEY: ClassVar = ("code", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeStatement(Statement):
    """A named innovation; exactly one of a case is ``main``. ``theme`` is one of the 15 official fields."""

    name: str
    theme: str
    main: bool
    aliases: tuple[str, ...] = ()
    entity: str | None = None

    KEY: ClassVar = ("name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptStatement(Statement):
    """A recurring practice type (or ``new:<name>``) that the account really uses.

    ``role`` is ``main`` where the main practice is an instance of it, else ``part``.
    ``started`` is a date of the part's own, where the text gives one.
    """

    concept: str
    role: ConceptRole = "part"
    started: str | None = None

    KEY: ClassVar = ("concept",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroupStatement(Statement):
    """Whom the practice serves: a group of the vocabulary and the words that say so."""

    group: str
    surface: str

    KEY: ClassVar = ("group",)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeStatement(Statement):
    """A quantified result: 建会率从30%升至80% has value 80, unit %, baseline 30.

    ``period`` is a partial date or an interval of two (``2013/2017``). ``cumulative`` says whether the
    value is a stock up to the period's end (True) or a flow in it (False); None where the text leaves it open.
    ``claimed_by`` is who says it, as printed; ``subset_of`` the ``name`` of the outcome of the same account that it is
    told to be a part of (其中…).
    """

    indicator: str
    value: float
    unit: str
    approximate: bool = False
    baseline: float | None = None
    period: str | None = None
    kind: OutcomeKind | None = None
    cumulative: bool | None = None
    claimed_by: str | None = None
    subset_of: str | None = None

    KEY: ClassVar = ("indicator", "value", "unit", "period")

    @property
    def name(self) -> str:
        """How it is shown: 建成工会驿站 1,220家."""
        return f"{self.indicator} {self.value:,.10g}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerStatement(Statement):
    """An organisation other than a union that took part."""

    name: str
    type: PartnerType
    entity: str | None = None

    KEY: ClassVar = ("name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class HonorStatement(Statement):
    """An award, a selection or an honorary title, as printed (``kind``: a key of award_kinds.csv; 入选 is not 获奖).

    ``level`` is a key of union_levels.csv, ``year`` a partial date.
    """

    name: str
    kind: HonorKind | None = None
    issuer: str | None = None
    level: str | None = None
    grade: str | None = None
    year: str | None = None
    entity: str | None = None

    KEY: ClassVar = ("name", "grade", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentatorStatement(Statement):
    """A person who comments on the account, with post or organisation as printed."""

    name: str
    title: str | None = None
    entity: str | None = None

    KEY: ClassVar = ("name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionStatement(Statement):
    """An explicit statement that the practice spread or was taken up.

    ``collective``: the other end is a collection (各区县总工会), never one adopter. ``internal``: branches of
    one organisation. ``intended``: announced, not done. ``form`` of a recognition: 批示, 现场会, 写入文件 …
    """

    type: DiffusionType
    other: str
    period: str | None = None
    collective: bool = False
    internal: bool = False
    intended: bool = False
    form: str | None = None
    entity: str | None = None

    KEY: ClassVar = ("type", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatement(Statement):
    """An account's own claim to be first: 全市首家. The source says so, not we.

    ``claim`` are the words, ``scope`` those that say among whom (全市, 行业内), ``region`` its code where that is certain.
    """

    claim: str
    scope: str
    region: str | None = None

    KEY: ClassVar = ("claim", "scope")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the account: its kind, the heading as printed (None where there is none) and its offsets."""

    kind: SectionKind
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One account. ``lines`` are 1-based, inclusive ranges of the stored text in reading order."""

    id: str
    document: str
    kind: Kind
    lines: tuple[tuple[int, int], ...]
    title: TextStatement | None = None
    started: TextStatement | None = None
    sections: tuple[Section, ...] = ()
    unions: tuple[UnionStatement, ...] = ()
    superiors: tuple[SuperiorStatement, ...] = ()
    regions: tuple[RegionStatement, ...] = ()
    practices: tuple[PracticeStatement, ...] = ()
    concepts: tuple[ConceptStatement, ...] = ()
    target_groups: tuple[TargetGroupStatement, ...] = ()
    outcomes: tuple[OutcomeStatement, ...] = ()
    partners: tuple[PartnerStatement, ...] = ()
    policies: tuple[TextStatement, ...] = ()
    platforms: tuple[TextStatement, ...] = ()
    honors: tuple[HonorStatement, ...] = ()
    commentators: tuple[CommentatorStatement, ...] = ()
    diffusion: tuple[DiffusionStatement, ...] = ()
    claims: tuple[ClaimStatement, ...] = ()
    schema: int = SCHEMA

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Yield every statement with the name of its field, in the order of the fields."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Statement):
                yield field.name, value
            elif isinstance(value, tuple):
                for item in value:
                    if isinstance(item, Statement):
                        yield field.name, item


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementStatement(Statement):
    """A national announcement: no account of what a union did, but a policy that accounts answer to.

    ``issuers`` as printed, ``issuer_entities`` beside them; ``issued`` and ``deadline`` are partial dates (the latest
    date set for a target), ``target`` the words that set them; ``concepts`` the practice types and ``regions`` the
    codes that it concerns (none: the whole country); ``lines`` as in `CaseRecord`.
    """

    name: str
    lines: tuple[tuple[int, int], ...]
    issuers: tuple[str, ...] = ()
    issuer_entities: tuple[str, ...] = ()
    number: str | None = None
    issued: str | None = None
    deadline: str | None = None
    target: str | None = None
    concepts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    entity: str | None = None

    KEY: ClassVar = ("name",)


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page (or a sheet of a workbook): the offset it begins at, and its number or name as shown."""

    start: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What is known of a document (``sources/<document>/meta.json``).

    ``origin`` is the path it was loaded from, relative to the workspace where it lies inside.
    ``published`` is a partial date; ``evidence`` quotes what title, publisher and date were read from.
    ``announcements`` are the national announcements printed in it.
    ``imported`` says that its records were taken in, not read: loading the file again must not replace them.
    """

    id: str
    title: str
    origin: str
    sha256: str
    encoding: str
    media_type: str = "text/plain"
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    issue: str | None = None
    page: str | None = None
    published: str | None = None
    published_method: str | None = None
    url: str | None = None
    rights: str | None = None
    evidence: tuple[Evidence, ...] = ()
    pages: tuple[Page, ...] = ()
    announcements: tuple[AnnouncementStatement, ...] = ()
    imported: bool = False
    schema: int = SCHEMA


def encode(value: object) -> Any:
    """Turn a record (or a part of one) into plain JSON data, leaving out what is empty or default."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name))
            for field in fields(value)
            if field.name == "schema" or _is_told(field, getattr(value, field.name))
        }
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _is_told(field: Any, value: object) -> bool:
    return field.default is MISSING or value != field.default


def decode(cls: type[Any], data: object, where: str) -> Any:
    """Read plain JSON data back as ``cls``; ``where`` (``file:line``) goes into the error.

    Raises
    ------
    RecordError
        An unknown or missing key, a value of the wrong type, or a schema newer than this program.
    """
    return _decode(cls, data, where, "")


def _decode(kind: Any, data: object, where: str, path: str) -> Any:
    origin = typing.get_origin(kind)
    if origin is Literal:
        if data in typing.get_args(kind):
            return data
        raise _wrong(where, path, data, " | ".join(map(str, typing.get_args(kind))))
    if origin in {typing.Union, types.UnionType}:
        options = typing.get_args(kind)
        plain = [option for option in options if isinstance(option, type) and not is_dataclass(option)]
        if type(data) is int and float in plain and int not in plain:
            return float(data)
        if type(data) in plain or (data is None and type(None) in options):
            return data
        return _decode(next(o for o in options if o is not type(None)), data, where, path)
    if origin is Mapping:
        if not isinstance(data, Mapping):
            raise _wrong(where, path, data, "object")
        return dict(data)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), data, where, path)
    if is_dataclass(kind):
        return _decode_dataclass(cast("type[Any]", kind), data, where, path)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise _wrong(where, path, data, kind.__name__)
    return data


def _decode_tuple(args: tuple[Any, ...], data: object, where: str, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise _wrong(where, path, data, "list")
    if args[-1] is Ellipsis:
        return tuple(_decode(args[0], item, where, f"{path}[{i}]") for i, item in enumerate(data))
    if len(data) != len(args):
        raise _wrong(where, path, data, f"{len(args)} values")
    return tuple(
        _decode(arg, item, where, f"{path}[{i}]") for i, (arg, item) in enumerate(zip(args, data, strict=True))
    )


def _decode_dataclass(cls: type[Any], data: object, where: str, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _wrong(where, path, data, "object")
    hints = _hints(cast("Hashable", cls))
    if "schema" in hints and isinstance(data.get("schema"), int) and data["schema"] > SCHEMA:
        raise RecordError(
            say(
                f"记录的格式版本是 {data['schema']}，本程序只认识到 {SCHEMA}",
                f"the record has schema {data['schema']}; this program knows {SCHEMA}",
            ),
            where=where,
            hint=say("升级 unionkg", "upgrade unionkg"),
        )
    if unknown := sorted(set(data) - set(hints)):
        raise RecordError(
            say(f"不认识的键：{_at(path, unknown[0])}", f"unknown key: {_at(path, unknown[0])}"), where=where
        )
    required, plain = _form(cast("Hashable", cls))
    if missing := [name for name in required if name not in data]:
        raise RecordError(say(f"缺少：{_at(path, missing[0])}", f"missing: {_at(path, missing[0])}"), where=where)
    return cls(
        **{
            name: item if type(item) in plain[name] else _decode(hints[name], item, where, _at(path, name))
            for name, item in data.items()
        }
    )


@cache
def _hints(cls: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(cls)


@cache
def _form(cls: Any) -> tuple[tuple[str, ...], Mapping[str, frozenset[type]]]:
    """The names that must be given, and for every name the types whose values are taken as they are: most values."""
    plain: dict[str, frozenset[type]] = {}
    for name, hint in _hints(cls).items():
        options = typing.get_args(hint) if typing.get_origin(hint) in {typing.Union, types.UnionType} else (hint,)
        plain[name] = frozenset(options) & {str, int, float, bool, type(None)}
    return tuple(field.name for field in fields(cls) if field.default is MISSING), plain


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _wrong(where: str, path: str, data: object, wanted: str) -> RecordError:
    shown = json.dumps(data, ensure_ascii=False, default=str)[:60]
    return RecordError(
        say(
            f"{path or '记录'} 的值 {shown} 不合格式，应为 {wanted}",
            f"{path or 'record'} is {shown}, expected {wanted}",
        ),
        where=where,
    )


def to_line(value: object) -> str:
    """One JSON line, readable and stable: keys in the order of the fields, no escaped Chinese."""
    return json.dumps(encode(value), ensure_ascii=False)


def read_lines(path: Path) -> Iterator[tuple[str, object]]:
    """Yield ``(file:line, data)`` of a JSONL file; blank lines are skipped.

    Raises
    ------
    RecordError
        A line is not JSON or the file is not UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: U+2028 may stand inside a quote
    except UnicodeDecodeError as error:
        raise RecordError(say("文件不是 UTF-8 编码", "the file is not UTF-8"), where=path) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            yield where, json.loads(line)
        except json.JSONDecodeError as error:
            raise RecordError(
                say(
                    f"这一行不是 JSON（{error.msg}，第 {error.colno} 列）",
                    f"not JSON ({error.msg}, column {error.colno})",
                ),
                where=where,
                hint=say("改正或删去这一行", "mend or delete the line"),
            ) from error


def read_records(path: Path) -> list[CaseRecord]:
    """Read ``records/<document>.jsonl``; raises RecordError with file and line."""
    return [decode(CaseRecord, data, where) for where, data in read_lines(path)]


def lines_text(values: Iterable[object]) -> str:
    """JSONL text of several values."""
    return "".join(to_line(value) + "\n" for value in values)
