"""A schema that is wrong does not load, and the error names the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionkg.errors import SchemaError
from unionkg.ontology.model import load

BASE = """\
version: 1
namespace: https://example.org/o#
sections: [things]
prefixes: {o: "https://example.org/o#"}
mixins:
  node:
    id: {type: string, required: true, zh: 编号, en: id, iri: "o:id"}
    name: {type: string, required: true, zh: 名称, en: name, iri: "o:name"}
  relationship:
    id: {type: string, required: true, zh: 编号, en: id, iri: "o:id"}
  stated:
    quotes: {type: string, cardinality: many, required: true, zh: 原文, en: quotes, iri: "o:quotes", parallel: evidence}
  structural: {}
  derived: {}
  computed: {}
"""

THINGS = """\
nodes:
  Body:
    zh: 组织
    en: body
    definition_zh: 一个组织。
    definition_en: A body.
    iri: o:Body
    properties:
      level: {type: string, zh: 层级, en: level, iri: "o:level"}
relationships:
  PART_OF:
    zh: 属于
    en: part of
    definition_zh: 属于另一组织。
    definition_en: Part of another body.
    iri: o:partOf
    ends:
      - {from: [Body], to: [Body], basis: stated}
"""


def written(folder: Path, things: str = THINGS, base: str = BASE) -> Path:
    (folder / "base.yaml").write_text(base, encoding="utf-8")
    (folder / "things.yaml").write_text(things, encoding="utf-8")
    return folder


def test_a_sound_schema_loads(tmp_path: Path) -> None:
    schema = load(written(tmp_path))
    assert list(schema.nodes["Body"].properties) == ["id", "name", "level"]
    assert schema.nodes["Body"].section == "things"
    ends = schema.relationships["PART_OF"].between("Body", "Body")
    assert ends is not None
    assert ends.properties["quotes"].required


def test_optional_mixins_require_nothing(tmp_path: Path) -> None:
    things = THINGS.replace("basis: stated", "basis: structural, optional: [stated]")
    ends = load(written(tmp_path, things)).relationships["PART_OF"].between("Body", "Body")
    assert ends is not None
    assert not ends.properties["quotes"].required


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    zh: 组织\n", "", "nodes.Body.zh"),
        ("    en: body\n", "", "nodes.Body.en"),
        ("    definition_zh: 一个组织。\n", "", "nodes.Body.definition_zh"),
        ("    iri: o:Body\n", "", "nodes.Body.iri"),
        ("iri: o:Body", "iri: other:Body", "nodes.Body.iri"),
        ("iri: o:Body", "iri: o:partOf", "relationships.PART_OF.iri"),
        ("    iri: o:Body\n", "    iri: o:Body\n    parent: o:Thing\n", "nodes.Body.parent"),
        ("    iri: o:Body\n", "    iri: o:Body\n    parents: [x:Thing]\n", "nodes.Body.parents"),
        ("    iri: o:Body\n", "    iri: o:Body\n    mixins: [datd]\n", "nodes.Body.mixins"),
        ("    iri: o:Body\n", "    iri: o:Body\n    internal: 1\n", "nodes.Body.internal"),
        ("  Body:", "  Case:", "nodes.Case"),
        ("  Body:", "  body:", "nodes.body"),
        ("  PART_OF:", "  PartOf:", "relationships.PartOf"),
        ("  PART_OF:", "  IN:", "relationships.IN"),
        ("      level:", "      order:", "nodes.Body.properties.order"),
        ("      level:", "      end:", "nodes.Body.properties.end"),
        ("      level:", "      nameEn:", "nodes.Body.properties.nameEn"),
        ("      level:", "      name:", "nodes.Body.properties.name"),
        ("{type: string, zh: 层级", "{type: text, zh: 层级", "nodes.Body.properties.level.type"),
        ("{type: string, zh: 层级", "{zh: 层级", "nodes.Body.properties.level.type"),
        ("zh: 层级, ", "", "nodes.Body.properties.level.zh"),
        (', iri: "o:level"', "", "nodes.Body.properties.level.iri"),
        ('iri: "o:level"', 'iri: "o:name"', "nodes.Body.properties.level"),
        ('iri: "o:level"', 'iri: "o:level", range: string', "nodes.Body.properties.level.range"),
        ('iri: "o:level"', 'iri: "o:level", cardinality: several', "nodes.Body.properties.level.cardinality"),
        ('iri: "o:level"', 'iri: "o:level", parallel: evidence', "nodes.Body.properties.level.parallel"),
        ('iri: "o:level"', 'iri: "o:level", pattern: "("', "nodes.Body.properties.level.pattern"),
        ('iri: "o:level"', 'iri: "o:level", vocabulary: no_such_list.key', "nodes.Body.properties.level.vocabulary"),
        ('iri: "o:level"', 'iri: "o:level", vocabulary: union_levels', "nodes.Body.properties.level.vocabulary"),
        ('iri: "o:level"', 'iri: "o:level", values: {a: {zh: 甲}}', "nodes.Body.properties.level.values.a.en"),
        (
            "{type: string, zh: 层级",
            "{type: integer, values: {a: {zh: 甲, en: a}}, zh: 层级",
            "properties.level.values",
        ),
        ("from: [Body]", "from: [Body, Guild]", "relationships.PART_OF.ends"),
        ("to: [Body]", "to: []", "relationships.PART_OF.ends[0]"),
        ("basis: stated", "basis: guessed", "relationships.PART_OF.ends[0].basis"),
        ("basis: stated", "basis: stated, influence: forward", "relationships.PART_OF.ends[0].influence"),
        ("    iri: o:partOf\n", "    iri: o:partOf\n    influence: forward\n", "relationships.PART_OF.influence"),
        ("    ends:\n      - {from: [Body], to: [Body], basis: stated}\n", "", "relationships.PART_OF.ends"),
        (
            "      - {from: [Body], to: [Body], basis: stated}\n",
            "      - {from: [Body], to: [Body], basis: stated}\n      - {from: [Body], to: [Body], basis: derived}\n",
            "relationships.PART_OF.ends",
        ),
        (
            "basis: stated}\n",
            'basis: stated}\n    properties:\n      level: {type: integer, zh: 层级, en: level, iri: "o:level"}\n',
            "relationships.PART_OF.properties.level",
        ),
        ("nodes:\n", "node:\n", "node"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in THINGS
    with pytest.raises(SchemaError) as caught:
        load(written(tmp_path, THINGS.replace(old, new)))
    assert caught.value.where is not None
    assert caught.value.where.startswith(str(tmp_path / "things.yaml"))
    assert caught.value.where.endswith(key)


def test_a_key_given_twice_is_named_with_its_line(tmp_path: Path) -> None:
    again = THINGS + THINGS.partition("relationships:\n")[2]
    with pytest.raises(SchemaError) as caught:
        load(written(tmp_path, again))
    assert caught.value.where == f"{tmp_path / 'things.yaml'}:{THINGS.count(chr(10)) + 1}"
    assert "PART_OF" in caught.value.what


def test_a_label_declared_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, base=BASE.replace("[things]", "[things, more]"))
    (tmp_path / "more.yaml").write_text(THINGS.partition("relationships:")[0], encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load(tmp_path)
    assert str(tmp_path / "more.yaml") in str(caught.value.where)
    assert str(tmp_path / "things.yaml") in caught.value.what


@pytest.mark.parametrize("sections", ["[things, more]", "[]"])
def test_listed_files_and_files_there_are_the_same(tmp_path: Path, sections: str) -> None:
    with pytest.raises(SchemaError) as caught:
        load(written(tmp_path, base=BASE.replace("[things]", sections)))
    assert str(caught.value.where).endswith("base.yaml: sections")


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        load(written(tmp_path, THINGS.replace("    en: body", "    en: [body")))
    assert str(caught.value.where).startswith(f"{tmp_path / 'things.yaml'}:")


def test_a_folder_without_a_schema_is_no_schema(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        load(tmp_path)
