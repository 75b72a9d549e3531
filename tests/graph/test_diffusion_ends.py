"""Which relationship a stated pilot becomes: who ordered it, or where it ran."""

from __future__ import annotations

import pytest

from tests.graph.making import evidence
from unionkg.graph.diffusion_ends import relationship_type
from unionkg.graph.records import DiffusionStatement


@pytest.mark.parametrize(
    ("other", "rule", "label", "expected"),
    [
        ("省总工会", "named_by", "TradeUnion", "PILOT_ASSIGNED_BY"),
        ("新港街道总工会", "first_in", "TradeUnion", "PILOTED_AT"),
        ("新港分公司", "first_in", "Organization", "PILOTED_AT"),
        ("临川区", "is_pilot", "Region", "PILOTED_AT"),
        ("省总工会", "person", "UnresolvedName", "PILOT_ASSIGNED_BY"),
        ("两个楼宇", "person", "UnresolvedName", "PILOTED_AT"),
    ],
)
def test_a_pilot_splits_by_what_is_said_of_its_other_end(other: str, rule: str, label: str, expected: str) -> None:
    spread = DiffusionStatement(
        type="piloted_by", other=other, evidence=evidence("工会驿站"), method=f"diffusion.{rule}", confidence=0.6
    )
    assert relationship_type(spread, label) == expected
