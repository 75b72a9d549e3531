"""The vocabularies of practices: complete, as the case record lists them, and fit for the readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unionkg.ontology.vocabulary import Term, table, terms

VOCABULARIES = ("themes", "practice_types", "target_groups")
ROUTINE = {
    "送温暖与困难帮扶",
    "送清凉",
    "职代会与厂务公开",
    "普法宣传",
    "会员活动日/文体活动",
    "劳动和技能竞赛",
    "技能培训",
    "合理化建议",
    "志愿服务",
    "安全生产与劳动保护",
    "互助保障",
    "疗休养",
    "健康体检与两癌筛查",
}


def test_themes_are_the_fifteen_fields_with_official_labels() -> None:
    found = terms("themes")
    assert len(found) == 15
    assert all(term.fields["official"] for term in found)


def test_routine_types_are_those_without_first_adopters() -> None:
    assert {term.zh for term in terms("practice_types") if term.fields["routine"]} == ROUTINE


def test_routine_is_said_in_one_way() -> None:
    assert {term.fields["routine"] for term in terms("practice_types")} == {"", "yes"}


@pytest.mark.parametrize("term", terms("practice_types"), ids=lambda term: term.key)
def test_type_has_a_known_theme_and_words_to_find_it_by(term: Term) -> None:
    assert term.fields["theme"] in {theme.key for theme in terms("themes")}
    assert term.values("cues")


def test_groups_link_to_known_types() -> None:
    known = {term.key for term in terms("practice_types")}
    assert {kind for term in terms("target_groups") for kind in term.values("types")} <= known


def test_couriers_are_among_new_employment_workers() -> None:
    above = {term.zh: term.broader for term in terms("target_groups")}
    assert above["快递员"] == ("new_employment_workers",)
    assert above["环卫工人"] == ("outdoor_workers",)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_cues_are_plain_words_as_the_folded_text_prints_them(name: str) -> None:
    for term in terms(name):
        for column in ("cues", "weak_cues", "not_cues"):
            for cue in term.values(column):
                assert not re.search(r"[（），；：「」\s]", cue), (term.key, cue)
                assert len(cue) >= 1


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_word_both_speaks_for_and_against_a_term(name: str) -> None:
    for term in terms(name):
        assert not {*term.values("cues"), *term.aliases, term.zh} & {*term.values("not_cues")}


@pytest.mark.documents
@pytest.mark.parametrize("name", VOCABULARIES)
def test_labels_are_those_of_the_case_record(name: str, shared: Path) -> None:
    text = (shared / "eval" / "CASE_RECORD.md").read_text(encoding="utf-8")
    printed = {re.split(r" \(= ", part.strip())[0] for part in re.split(r"[|\n]", text)}
    missing = {term.zh for term in terms(name)} - printed
    assert not missing


@pytest.mark.parametrize(
    ("name", "column"),
    [("practice_weights", "main"), ("practice_weights", "part"), ("practice_use_weights", "concept")],
)
def test_weights_are_numbers_one_a_feature(name: str, column: str) -> None:
    rows = table(name)
    assert len({row["feature"] for row in rows}) == len(rows)
    assert any(float(row[column]) for row in rows)
