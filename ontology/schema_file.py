"""Read the schema's YAML and refuse what is incomplete, unknown, given twice or at odds with itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from unionkg.errors import SchemaError
from unionkg.language import say
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
from unionkg.ontology.vocabulary import table

_LABEL = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*")
_TYPE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_PROPERTY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_TEXT = ("zh", "en", "iri")
_DEFINED = (*_TEXT, "definition_zh", "definition_en")


def load(folder: Path) -> Schema:
    """Read and check the schema in a folder.

    Raises
    ------
    SchemaError
        A file is missing or no YAML, or declares something that is incomplete, unknown, given twice or at odds with
        another declaration; names the file and the key.
    """
    base_file = folder / "base.yaml"
    if not base_file.is_file():
        raise SchemaError(say("缺少 base.yaml", "base.yaml is missing"), where=folder)
    base = _Part(_section(base_file), str(base_file))
    base.allow("version", "namespace", "sections", "prefixes", "mixins")
    shared = _Shared(
        prefixes=MappingProxyType(
            {name: base.mapping("prefixes").text(name) for name in base.mapping("prefixes").data}
        ),
        mixins={name: part.data for name, part in base.mapping("mixins").parts()},
        mixin_file=str(base_file),
    )
    nodes: dict[str, NodeType] = {}
    relationships: dict[str, RelationshipType] = {}
    places: dict[str, str] = {}
    for path in _section_files(folder, base):
        section = _Part(_section(path), str(path))
        section.allow("nodes", "relationships")
        for name, part in [*section.mapping("nodes").parts(), *section.mapping("relationships").parts()]:
            if name in places:
                raise part.wrong(f"已在 {places[name]} 中定义", f"already defined in {places[name]}")
            places[name] = part.where
        for label, part in section.mapping("nodes").parts():
            nodes[label] = _node(label, part, path.stem, shared)
        for name, part in section.mapping("relationships").parts():
            relationships[name] = _relationship(name, part, path.stem, shared)
    found = Schema(
        version=base.integer("version"),
        namespace=base.text("namespace"),
        prefixes=shared.prefixes,
        nodes=MappingProxyType(nodes),
        relationships=MappingProxyType(relationships),
    )
    _check_ends(found, places)
    _check_iris(found, places)
    return found


def _section_files(folder: Path, base: _Part) -> list[Path]:
    listed = [folder / f"{name}.yaml" for name in base.names("sections")]
    there = {path for path in folder.glob("*.yaml") if path.name != "base.yaml"}
    if odd := sorted(there.symmetric_difference(listed)):
        raise base.wrong(
            f"{odd[0].name} 与 sections 不符：列出的文件要在，有的文件要列出",
            f"{odd[0].name} is listed and missing, or there and not listed",
            "sections",
        )
    return listed


@dataclass(frozen=True, slots=True)
class _Shared:
    prefixes: Mapping[str, str]
    mixins: Mapping[str, Mapping[str, Any]]
    mixin_file: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping of a YAML file and where it stands (``file: key.key``)."""

    data: Mapping[str, Any]
    where: str

    def wrong(self, zh: str, en: str, key: str = "") -> SchemaError:
        return SchemaError(say(zh, en), where=self.at(key))

    def at(self, key: str) -> str:
        if not key:
            return self.where
        return f"{self.where}.{key}" if ": " in self.where else f"{self.where}: {key}"

    def allow(self, *keys: str) -> None:
        if unknown := [key for key in self.data if key not in keys]:
            raise self.wrong(f"不认识的键：{unknown[0]}", f"unknown key: {unknown[0]}", str(unknown[0]))

    def mapping(self, key: str) -> _Part:
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            raise self.wrong("应为映射", "expected a mapping", key)
        return _Part(value, self.at(key))

    def parts(self) -> list[tuple[str, _Part]]:
        return [(str(key), self.mapping(str(key))) for key in self.data]

    def text(self, key: str) -> str:
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"缺少 {key}", f"{key} is missing", key)
        return value

    def integer(self, key: str) -> int:
        value = self.data.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(f"{key} 应为整数", f"{key} must be an integer", key)
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong("应为 true 或 false", "must be true or false", key)
        return value

    def names(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong("应为名称列表", "must be a list of names", key)
        return tuple(value)

    def choice(self, key: str, options: Sequence[str]) -> Any:
        value = self.data.get(key)
        if value not in options:
            shown = " | ".join(options)
            raise self.wrong(f"{value} 应为 {shown} 之一", f"{value} must be one of {shown}", key)
        return value

    def compact_iri(self, iri: str, prefixes: Mapping[str, str], key: str = "iri") -> str:
        prefix, colon, local = iri.partition(":")
        if not colon or not local or prefix not in prefixes:
            raise self.wrong(f"{iri} 不是已声明前缀的缩写 IRI", f"{iri} is no compact IRI of a declared prefix", key)
        return iri


def _node(label: str, part: _Part, section: str, shared: _Shared) -> NodeType:
    part.allow(*_DEFINED, "parents", "mixins", "optional", "properties", "internal")
    _check_name(label, _LABEL, part)
    return NodeType(
        label=label,
        **_described(part, shared),
        section=section,
        properties=_properties(part, ("node", *part.names("mixins")), shared),
        internal=part.flag("internal"),
    )


def _relationship(name: str, part: _Part, section: str, shared: _Shared) -> RelationshipType:
    part.allow(*_DEFINED, "parents", "influence", "symmetric", "ends", "mixins", "optional", "properties")
    _check_name(name, _TYPE, part)
    given = part.data.get("ends")
    if not isinstance(given, list) or not given:
        raise part.wrong("缺少 ends", "ends are missing", "ends")
    ends = []
    for number, item in enumerate(given):
        if not isinstance(item, Mapping):
            raise part.wrong("应为映射", "expected a mapping", f"ends[{number}]")
        one = _Part(item, part.at(f"ends[{number}]"))
        one.allow("from", "to", "basis", "mixins", "optional", "properties")
        basis: Basis = one.choice("basis", get_args(Basis))
        own = _properties(one, ("relationship", basis, *part.names("mixins"), *one.names("mixins")), shared)
        further = _properties(part, (), shared)
        if twice := sorted(set(own) & set(further)):
            raise one.wrong(f"属性重复：{twice[0]}", f"property given twice: {twice[0]}", f"properties.{twice[0]}")
        if not one.names("from") or not one.names("to"):
            raise one.wrong("缺少 from 或 to", "from or to is missing")
        ends.append(
            Ends(
                start_labels=one.names("from"),
                end_labels=one.names("to"),
                basis=basis,
                properties=MappingProxyType({**own, **further}),
            )
        )
    return RelationshipType(
        type=name,
        **_described(part, shared),
        section=section,
        ends=tuple(ends),
        influence=part.choice("influence", get_args(Influence)) if "influence" in part.data else None,
        symmetric=part.flag("symmetric"),
    )


def _described(part: _Part, shared: _Shared) -> dict[str, Any]:
    texts: dict[str, Any] = {key: part.text(key) for key in _DEFINED}
    part.compact_iri(texts["iri"], shared.prefixes)
    parents = part.names("parents")
    for parent in parents:
        part.compact_iri(parent, shared.prefixes, "parents")
    return {**texts, "parents": parents}


def _properties(part: _Part, mixins: tuple[str, ...], shared: _Shared) -> Mapping[str, PropertyType]:
    """Properties of the mixins, of the optional mixins (required by nothing) and of the part itself."""
    found: dict[str, PropertyType] = {}
    sources = [(name, False) for name in mixins] + [(name, True) for name in part.names("optional")]
    for mixin, optional in sources:
        if mixin not in shared.mixins:
            raise part.wrong(
                f"没有名为 {mixin} 的 mixin", f"there is no mixin {mixin}", "optional" if optional else "mixins"
            )
        block = _Part(shared.mixins[mixin], f"{shared.mixin_file}: mixins.{mixin}")
        for name, item in block.parts():
            _add(found, _property(name, item, shared, optional=optional), part)
    for name, item in part.mapping("properties").parts():
        _add(found, _property(name, item, shared), part)
    return MappingProxyType(found)


def _add(found: dict[str, PropertyType], prop: PropertyType, part: _Part) -> None:
    if prop.name in found:
        raise part.wrong(f"属性重复：{prop.name}", f"property given twice: {prop.name}", f"properties.{prop.name}")
    found[prop.name] = prop


def _property(name: str, part: _Part, shared: _Shared, *, optional: bool = False) -> PropertyType:
    part.allow(
        *_TEXT,
        "type",
        "cardinality",
        "required",
        "description",
        "values",
        "vocabulary",
        "pattern",
        "parallel",
        "indexed",
        "internal",
    )
    _check_name(name, _PROPERTY, part)
    many = "cardinality" in part.data and part.choice("cardinality", ("one", "many")) == "many"
    if "parallel" in part.data and not many:
        raise part.wrong("parallel 只用于 cardinality: many", "parallel needs cardinality: many", "parallel")
    if "values" in part.data and "vocabulary" in part.data:
        raise part.wrong("values 与 vocabulary 只能给一个", "give values or vocabulary, not both", "values")
    return PropertyType(
        name=name,
        type=part.choice("type", get_args(ValueType)),
        zh=part.text("zh"),
        en=part.text("en"),
        iri=part.compact_iri(part.text("iri"), shared.prefixes),
        many=many,
        required=part.flag("required") and not optional,
        description=part.text("description") if "description" in part.data else "",
        choices=_choices(part),
        vocabulary=_vocabulary(part),
        pattern=_pattern(part),
        parallel=part.text("parallel") if "parallel" in part.data else None,
        indexed=part.flag("indexed"),
        internal=part.flag("internal"),
    )


def _choices(part: _Part) -> tuple[Choice, ...]:
    found = []
    for key, item in part.mapping("values").parts():
        item.allow("zh", "en")
        found.append(Choice(key, item.text("zh"), item.text("en")))
    if found and part.data.get("type") != "string":
        raise part.wrong("values 只用于 type: string", "values need type: string", "values")
    return tuple(found)


def _vocabulary(part: _Part) -> str | None:
    if "vocabulary" not in part.data:
        return None
    given = part.text("vocabulary")
    name, _, column = given.partition(".")
    if column not in {"key", "zh"}:
        raise part.wrong(f"{given} 应写作 文件.key 或 文件.zh", f"{given} must be file.key or file.zh", "vocabulary")
    if not (files("unionkg.ontology") / "vocabularies" / f"{name}.csv").is_file():
        raise part.wrong(f"没有词表 {name}", f"there is no vocabulary {name}", "vocabulary")
    return given


def _pattern(part: _Part) -> str | None:
    if "pattern" not in part.data:
        return None
    given = part.text("pattern")
    try:
        re.compile(given)
    except re.error as error:
        raise part.wrong(f"正则表达式有误：{error}", f"not a regular expression: {error}", "pattern") from error
    return given


def _check_name(name: str, form: re.Pattern[str], part: _Part) -> None:
    if not form.fullmatch(name):
        raise part.wrong(f"名称 {name} 不合写法 {form.pattern}", f"the name {name} does not match {form.pattern}")
    if name.upper() in _reserved():
        raise part.wrong(f"{name} 是 Cypher 保留字", f"{name} is a reserved word of Cypher")


@cache
def _reserved() -> frozenset[str]:
    return frozenset(row["word"] for row in table("cypher_reserved"))


def _check_ends(found: Schema, places: Mapping[str, str]) -> None:
    for name, relationship in found.relationships.items():
        pairs: set[tuple[str, str]] = set()
        for ends in relationship.ends:
            for label in (*ends.start_labels, *ends.end_labels):
                if label not in found.nodes:
                    raise SchemaError(
                        say(f"两端之一是未定义的标签 {label}", f"an end is the unknown label {label}"),
                        where=f"{places[name]}.ends",
                    )
            here = {(start, end) for start in ends.start_labels for end in ends.end_labels}
            if both := sorted(pairs & here):
                shown = " -> ".join(both[0])
                raise SchemaError(say(f"{shown} 出现两次", f"{shown} stands there twice"), where=f"{places[name]}.ends")
            pairs |= here


def _check_iris(found: Schema, places: Mapping[str, str]) -> None:
    """One IRI names one label or type; one property name has one IRI and kind of value everywhere."""
    owners: dict[str, str] = {}
    declared: dict[str, NodeType | RelationshipType] = {**found.nodes, **found.relationships}
    for name, item in declared.items():
        if item.iri in owners:
            raise SchemaError(
                say(f"{item.iri} 已用于 {owners[item.iri]}", f"{item.iri} already names {owners[item.iri]}"),
                where=f"{places[name]}.iri",
            )
        owners[item.iri] = name
        by_iri: dict[str, str] = {}
        for prop in item.properties.values():
            if by_iri.setdefault(prop.iri, prop.name) != prop.name:
                other = by_iri[prop.iri]
                raise SchemaError(
                    say(f"{other} 与 {prop.name} 的 IRI 相同", f"{other} and {prop.name} have the same IRI"),
                    where=f"{places[name]}.properties.{prop.name}",
                )
    known: dict[str, tuple[str, PropertyType]] = {}
    for name, prop in found.properties():
        other, first = known.setdefault(prop.name, (name, prop))
        if (first.iri, first.type, first.many) != (prop.iri, prop.type, prop.many):
            raise SchemaError(
                say(f"与 {other}.{prop.name} 的 IRI 或类型不同", f"differs from {other}.{prop.name} in IRI or type"),
                where=f"{places[name]}.properties.{prop.name}",
            )


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key given twice, where YAML lets the last one win."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {key}", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _section(path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = str(path) if mark is None else f"{path}:{mark.line + 1}"
        raise SchemaError(say(f"YAML 有误：{error.problem}", f"broken YAML: {error.problem}"), where=where) from error
    if not isinstance(data, Mapping):
        raise SchemaError(say("应为映射", "expected a mapping"), where=path)
    return data
