"""The vocabularies that are shipped, and how a workspace extends them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from unionkg.errors import SchemaError
from unionkg.ontology.model import schema
from unionkg.ontology.vocabulary import table, terms

FOLDER = Path(str(files("unionkg.ontology") / "vocabularies"))


def header(path: Path) -> list[str]:
    return next(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")).split(",")


FILES = sorted(FOLDER.glob("*.csv"))
TERMS = [path.stem for path in FILES if {"key", "zh", "en"} <= set(header(path))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_says_where_it_comes_from_and_when(path: Path) -> None:
    comment = "".join(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "2026" in comment


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_as_many_cells_as_the_header(path: Path) -> None:
    rows = table(path.stem)
    assert rows
    assert all(None not in row and list(row) == list(rows[0]) for row in rows)


@pytest.mark.parametrize("name", TERMS)
def test_terms_are_valid(name: str) -> None:
    found = terms(name)  # raises for a missing or repeated key and for an unknown broader term
    assert all(term.key.isascii() and term.key.replace("_", "").isalnum() for term in found)
    assert all(term.en for term in found)
    labels = [term.zh for term in found]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", TERMS)
def test_no_term_is_above_itself(name: str) -> None:
    above = {term.key: term.broader for term in terms(name)}
    for key in above:
        seen: set[str] = set()
        todo = list(above[key])
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += above[here]
        assert key not in seen


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("union_types", "local_federation industrial sectoral_federation area_federation enterprise institution"),
        ("union_levels", "national provincial prefecture county township community grassroots"),
        ("partner_types", "government judiciary party enterprise school media social_org hospital other"),
        ("region_levels", "province prefecture county township"),
    ],
)
def test_closed_lists_are_those_of_the_case_record(name: str, keys: str) -> None:
    assert [term.key for term in terms(name)] == keys.split()


def test_subtypes_belong_to_known_types() -> None:
    assert {term.fields["type"] for term in terms("union_subtypes")} == {term.key for term in terms("union_types")}


def test_every_vocabulary_that_the_schema_names_can_be_read() -> None:
    named = {prop.vocabulary.partition(".")[0] for _, prop in schema().properties() if prop.vocabulary}
    assert named <= set(TERMS)


def test_no_writing_stands_for_two_units() -> None:
    writings = [writing for term in terms("units") for writing in (term.zh, *term.aliases)]
    assert sorted({writing for writing in writings if writings.count(writing) > 1}) == []


def test_every_unit_that_quantities_are_read_with_is_described() -> None:
    counted = {"person", "visit", "body", "thing", "event", "money", "area", "length", "weight", "ratio", "share"}
    known = {term.zh for term in terms("units")}
    assert {row["unit"] for row in table("measure_words") if row["kind"] in counted} <= known


def test_money_and_head_counts_are_of_different_dimensions() -> None:
    dimensions = {term.zh: term.fields["dimension"] for term in terms("units")}
    assert len({dimensions[unit] for unit in ("人", "人次", "元", "美元", "%", "个百分点")}) == 6


def test_a_workspace_adds_terms_and_replaces_ours(tmp_path: Path) -> None:
    own = tmp_path / "recognition_forms.csv"
    own.write_text("key,zh,en,aliases,broader\npraise,表扬,Praise,,\nmodel,样板推广,Model,,praise\n", encoding="utf-8")
    found = {term.key: term for term in terms("recognition_forms", own)}
    assert found["praise"].zh == "表扬"
    assert found["model"].broader == ("praise",)
    assert "site_meeting" in found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("key,zh,en\na,甲,A\na,乙,B\n", ":3"),
        ("# from somewhere\nkey,zh,en\n,甲,A\n", ":3"),
        ("key,zh,en\na,,A\n", ":2"),
        ("key,zh,en,broader\na,甲,A,nowhere\n", ""),
    ],
)
def test_a_broken_workspace_vocabulary_is_named(tmp_path: Path, text: str, line: str) -> None:
    own = tmp_path / "award_kinds.csv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        terms("award_kinds", own)
    assert str(caught.value.where).endswith(line)
