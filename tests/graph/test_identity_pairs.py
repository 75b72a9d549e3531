"""Labelled pairs of names in their contexts: nothing is joined that is two, what is certainly one is joined, the rest is offered."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.graph.making import identified, record, stated
from tests.loaders.reading_of_text import passage_of
from unionkg.graph.authority import Authority
from unionkg.graph.candidates import candidates, subjects
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import NAMED
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    HonorStatement,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.union_names import normal
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import unions

PAIRS = list(csv.DictReader((Path(__file__).parent / "identity_pairs.csv").read_text(encoding="utf-8").splitlines()))
FIELDS = {kind: field for field, kind in NAMED.items()}
WORDS = "区城管局"  # what every hand-made statement quotes of the sample text


def read_union(name: str, context: str, date: str) -> UnionStatement:
    """The union as it is read from a sentence about it, after its context."""
    text = f"{context}{name}开办职工学堂，职工很欢迎。\n"
    passage = passage_of(text)
    account = Account(kind="case", lines=((1, 1),), passage=passage)
    found = unions.read(account, DocumentContext(source=passage.source, published=date))
    wanted = normal(name)
    ways = (lambda u: normal(u.name) == wanted, lambda u: wanted in normal(u.canonical), lambda u: u.name in wanted)
    read = next((union for way in ways for union in found if way(union)), None)
    assert read is not None, f"{name} is not read from: {text}"
    return read


def statement(kind: str, name: str, context: str) -> Any:
    match kind:
        case "practice":
            return stated(PracticeStatement, WORDS, name=name, theme="工会服务职工", main=True)
        case "organization":
            enterprise = "公司" in name or "企业" in name
            return stated(PartnerStatement, WORDS, name=name, type="enterprise" if enterprise else "government")
        case "person":
            return stated(CommentatorStatement, WORDS, name=name, title=context)
        case "award":
            return stated(HonorStatement, WORDS, name=name)
    return stated(TextStatement, WORDS, value=name)


def made(kind: str, name: str, context: str, date: str, document: str) -> CaseRecord:
    empty: dict[str, Any] = dict.fromkeys(NAMED, ())
    if kind == "union":
        empty["unions"] = (read_union(name, context, date),)
    else:
        empty[FIELDS[kind]] = (statement(kind, name, context),)
    if kind == "practice":
        empty["unions"] = (read_union(context, "", "2020"),)
    region = context if context.isdigit() else "310000"
    place = stated(RegionStatement, "宝山区", name="某地", code=region, role="location")
    return record(document, regions=(place,), concepts=(), outcomes=(), target_groups=(), diffusion=(), **empty)


@cache
def verdict(number: int) -> str:
    """What becomes of a pair read from two documents: ``joined``, ``offered`` or ``apart``."""
    row = PAIRS[number]
    authority = Authority()
    cases = [
        identified(
            made(row["kind"], row[side], row[f"{side}_context"], row[f"{side}_date"], f"doc:{side}"),
            authority=authority,
        )[0]
        for side in ("left", "right")
    ]
    field = FIELDS[row["kind"]]
    one, other = (getattr(case, field)[0].entity for case in cases)
    if one == other:
        return "joined"
    offered = candidates(subjects([EffectiveRecord(case) for case in cases], {}))
    return "offered" if any({one, other} == {pair.first, pair.other} for pair in offered) else "apart"


def told(number: int) -> str:
    row = PAIRS[number]
    return f"{row['left']} ({row['left_context']}) / {row['right']} ({row['right_context']}): {row['why']}"


def test_there_are_enough_pairs_of_every_sort() -> None:
    sorts = Counter((row["same"], row["sure"]) for row in PAIRS)
    assert len(PAIRS) >= 150
    assert all(sorts[same, sure] >= 10 for same in ("yes", "no") for sure in ("yes", "no"))
    assert {row["kind"] for row in PAIRS} == set(FIELDS)


@pytest.mark.parametrize("number", [i for i, row in enumerate(PAIRS) if (row["same"], row["sure"]) != ("yes", "yes")])
def test_nothing_is_joined_that_is_not_certainly_one(number: int) -> None:
    assert verdict(number) != "joined", told(number)


def test_what_is_certainly_one_is_joined() -> None:
    certain = [i for i, row in enumerate(PAIRS) if (row["same"], row["sure"]) == ("yes", "yes")]
    missed = [told(i) for i in certain if verdict(i) != "joined"]
    assert len(missed) <= 0.05 * len(certain), missed


def test_what_may_be_one_is_offered() -> None:
    likely = [i for i, row in enumerate(PAIRS) if (row["same"], row["sure"]) == ("yes", "no")]
    missed = [told(i) for i in likely if verdict(i) != "offered"]
    assert len(missed) <= 0.2 * len(likely), missed


def test_what_is_certainly_two_is_hardly_ever_offered() -> None:
    two = [i for i, row in enumerate(PAIRS) if (row["same"], row["sure"]) == ("no", "yes")]
    offered = [told(i) for i in two if verdict(i) == "offered"]
    assert len(offered) <= 0.05 * len(two), offered


def test_a_federation_of_a_district_that_was_merged_is_offered() -> None:
    merged = [i for i, row in enumerate(PAIRS) if row["why"].startswith("merged into")]
    assert [verdict(i) for i in merged] == ["offered"] * len(merged)
