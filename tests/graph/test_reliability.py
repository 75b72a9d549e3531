"""How far a confidence holds: statements judged one by one."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.graph.exchange.flat import flat
from unionkg.graph.records import CaseRecord, Evidence, OutcomeStatement, TargetGroupStatement, UnionStatement
from unionkg.graph.reliability import judge, reliability

QUOTE = (Evidence("原文", 0, 2),)


def account(confidence: float = 0.95) -> CaseRecord:
    def union(role: Any) -> UnionStatement:
        name = "青石县总工会"
        return UnionStatement(
            name=name,
            canonical=name,
            role=role,
            type="local_federation",
            level="county",
            evidence=QUOTE,
            method="union.test",
            confidence=confidence,
        )

    outcome = OutcomeStatement(
        indicator="服务职工", value=300, unit="人", evidence=QUOTE, method="outcome.test", confidence=0.6
    )
    group = TargetGroupStatement(group="全体职工", surface="职工", evidence=QUOTE, method="group.test", confidence=0.75)
    return CaseRecord(
        id="case:1",
        document="doc:1",
        kind="case",
        lines=((1, 9),),
        unions=(union("originator"),),
        outcomes=(outcome,),
        target_groups=(group,),
    )


def judged(changed: dict[str, Any]) -> dict[str, bool]:
    record = account()
    read = flat(record, "a.txt")
    return {one.field: one.right for one in judge([{**read, **changed}], [(read, record)])}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"unions": [{"name": "青石县总工会", "canonical": "青石县总工会", "role": "superior"}]}, {"unions"}),
        ({"outcomes": [{"indicator": "服务职工", "value": 301, "unit": "人"}]}, {"outcomes"}),
        ({"outcomes": [], "target_groups": []}, {"outcomes", "target_groups"}),
    ],
)
def test_a_statement_is_right_where_the_labels_say_the_same(changed: dict[str, Any], wrong: set[str]) -> None:
    assert {field for field, right in judged(changed).items() if not right} == wrong


def test_one_label_bears_out_one_statement_only() -> None:
    record = account()
    twice = CaseRecord(id="case:1", document="doc:1", kind="case", lines=((1, 9),), outcomes=record.outcomes * 2)
    labelled, read = flat(record, "a.txt"), flat(twice, "a.txt")
    assert [one.right for one in judge([labelled], [(read, twice)])] == [True, False]


def test_accounts_without_labels_are_not_judged() -> None:
    record = account()
    assert judge([{**flat(record, "a.txt"), "source": "b.txt"}], [(flat(record, "a.txt"), record)]) == []


def test_statements_are_counted_by_bands() -> None:
    record = account(confidence=0.9)
    read = flat(record, "a.txt")
    bands = {(band.low, band.high): (band.count, band.right) for band in reliability(judge([read], [(read, record)]))}
    assert bands == {(0.9, 1.0): (0, 0), (0.8, 0.9): (1, 1), (0.7, 0.8): (1, 1), (0.5, 0.7): (1, 1), (0.0, 0.5): (0, 0)}
