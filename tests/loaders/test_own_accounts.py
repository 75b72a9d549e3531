"""Accounts written and labelled for this repository: the labels stand in the texts, and how well the texts are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from unionkg.graph.evaluation import Tally, core, evaluate
from unionkg.graph.exchange.flat import flat
from unionkg.loaders.pipeline import read_file

ACCOUNTS = Path(__file__).resolve().parent.parent / "fixtures" / "accounts"
HARD_CASES = range(1, 27)
FEWEST_ACCOUNTS = 20
LONGEST = {"concepts": 40, "outcomes": 60, "diffusion": 80}
WELL_CUT_OVERLAP = 0.8

#: The F1 below which a field may not fall.
THRESHOLDS = {
    "items": 0.98,
    "unions": 0.96,
    "unions.role": 0.93,
    "unions.originator": 0.93,
    "unions.type": 0.98,
    "unions.level": 0.96,
    "regions.location": 0.96,
    "practices.main": 0.90,
    "practices": 0.75,
    "theme": 0.82,
    "concepts": 0.82,
    "target_groups": 0.75,
    "outcomes.number": 0.94,
    "outcomes": 0.84,
    "outcomes.period": 0.77,
    "partners": 0.81,
    "policies": 0.98,
    "platforms": 0.90,
    "honors": 0.98,
    "commentators": 0.98,
    "diffusion": 0.92,
    "started": 0.90,
}
CORE_THRESHOLD = 0.91
WELL_CUT_THRESHOLD = 0.96

EXPECTED: list[dict[str, Any]] = [
    json.loads(line) for line in (ACCOUNTS / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
SOURCES = sorted({record["source"] for record in EXPECTED})


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(record: dict[str, Any]) -> str:
    return (ACCOUNTS / record["source"]).read_text(encoding="utf-8")


def spans_of(record: dict[str, Any]) -> list[list[int]]:
    spans: list[list[int]] = record.get("spans") or [[record["first_line"], record["last_line"]]]
    return spans


def lines_of(record: dict[str, Any]) -> set[int]:
    return {line for first, last in spans_of(record) for line in range(first, last + 1)}


def verbatim_values(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if record["title"] is not None:
        yield "title", record["title"]
    for name in ("unions", "regions", "practices", "partners", "honors", "commentators"):
        for value in record[name]:
            yield name, value["name"]
    for practice in record["practices"]:
        yield from (("practices", alias) for alias in practice["aliases"])
    for commentator in record["commentators"]:
        if commentator["title"]:
            yield "commentators", commentator["title"]
    for name in ("concepts", "outcomes", "diffusion"):
        yield from ((name, value["quote"]) for value in record[name])
    yield from (("diffusion", value["other"]) for value in record["diffusion"])
    yield from (("target_groups", value["surface"]) for value in record["target_groups"])
    for name in ("policies", "platforms"):
        yield from ((name, value) for value in record[name])


@pytest.fixture(scope="module")
def read() -> list[dict[str, Any]]:
    """What is read of all files, flat."""
    return [flat(record, source) for source in SOURCES for record in read_file(ACCOUNTS / source, source).records]


@pytest.fixture(scope="module")
def tallies(read: list[dict[str, Any]]) -> dict[str, Tally]:
    return evaluate(EXPECTED, read)


@pytest.mark.parametrize("record", EXPECTED, ids=lambda record: str(record["id"]))
def test_labels_stand_in_the_text(record: dict[str, Any]) -> None:
    text = squeezed(text_of(record))
    assert [(field, value) for field, value in verbatim_values(record) if squeezed(value) not in text] == []
    for field, longest in LONGEST.items():
        assert [value["quote"] for value in record[field] if len(value["quote"]) > longest] == []


@pytest.mark.parametrize("record", EXPECTED, ids=lambda record: str(record["id"]))
def test_labelled_lines_hold_the_title_and_the_outcomes(record: dict[str, Any]) -> None:
    lines = text_of(record).splitlines()
    assert all(1 <= first <= last <= len(lines) for first, last in spans_of(record))
    own = squeezed("".join(line for first, last in spans_of(record) for line in lines[first - 1 : last]))
    assert record["title"] is None or own.find(squeezed(record["title"])) in range(20)
    assert [value["quote"] for value in record["outcomes"] if squeezed(value["quote"]) not in own] == []


def test_accounts_of_a_file_do_not_share_lines() -> None:
    for source in SOURCES:
        lines = [line for record in EXPECTED if record["source"] == source for line in lines_of(record)]
        assert len(lines) == len(set(lines)), source


def test_every_record_has_one_main_practice() -> None:
    for record in EXPECTED:
        assert [practice["main"] for practice in record["practices"]].count(True) == 1, record["id"]


def test_ids_are_unique_and_every_file_is_labelled() -> None:
    assert len({record["id"] for record in EXPECTED}) == len(EXPECTED)
    assert sorted(path.name for path in ACCOUNTS.glob("*.txt")) == SOURCES


def test_the_set_covers_the_hard_cases() -> None:
    assert len(EXPECTED) >= FEWEST_ACCOUNTS
    assert {number for record in EXPECTED for number in record["hard"]} == set(HARD_CASES)


def test_thresholds_name_every_field(tallies: dict[str, Tally]) -> None:
    assert set(THRESHOLDS) == set(tallies)


@pytest.mark.parametrize("field", THRESHOLDS)
def test_a_field_is_read_as_well_as_promised(tallies: dict[str, Tally], field: str) -> None:
    assert tallies[field].f1 >= THRESHOLDS[field], (tallies[field].missed, tallies[field].wrong)


def test_the_core_is_read_as_well_as_promised(tallies: dict[str, Tally]) -> None:
    assert core(tallies) >= CORE_THRESHOLD


def test_what_is_read_stands_in_the_text(read: list[dict[str, Any]]) -> None:
    for record in read:
        text = squeezed(text_of(record))
        assert [(field, value) for field, value in verbatim_values(record) if squeezed(value) not in text] == []


def test_accounts_are_cut_where_they_begin_and_end(read: list[dict[str, Any]]) -> None:
    def overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
        ours, theirs = lines_of(one), lines_of(other)
        return len(ours & theirs) / len(ours | theirs)

    badly_cut = [
        record["id"]
        for record in EXPECTED
        if max((overlap(record, other) for other in read if other["source"] == record["source"]), default=0.0)
        < WELL_CUT_OVERLAP
    ]
    assert 1 - len(badly_cut) / len(EXPECTED) >= WELL_CUT_THRESHOLD, badly_cut
