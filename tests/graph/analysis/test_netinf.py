"""Inferred networks against SNAP's example and R NetworkInference on SPID, and on networks made here."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from unionkg.errors import InputError
from unionkg.graph.analysis.netinf import Cascades, InferredTie, Model, cascades, default_model, infer

HALF = Model("exponential", (0.5,))


def read(path: Path, node: str, time: str, cascade: str) -> Cascades:
    with path.open(encoding="utf-8", newline="") as file:
        return cascades((row[node], float(row[time]), row[cascade]) for row in csv.DictReader(file))


def expected(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def validation(shared: Path) -> Path:
    return shared / "validation"


@pytest.fixture(scope="module")
def spid(validation: Path) -> Cascades:
    return read(validation / "spid" / "policies.csv", "statenam", "adopt_year", "policy")


def pairs(ties: list[InferredTie]) -> list[tuple[str, str]]:
    return [(tie.source, tie.target) for tie in ties]


@pytest.mark.documents
def test_snap_finds_the_same_edges_in_the_same_order(validation: Path) -> None:
    folder = validation / "snap_example"
    found = infer(
        read(folder / "cascades.csv", "node_name", "event_time", "cascade_id"),
        Model("exponential", (1.0,)),
        convention="snap",
        edges=40,
    )
    wanted = expected(folder / "expected_snap_alpha1_40edges.csv")
    assert pairs(found) == [(row["src"], row["dst"]) for row in wanted]
    assert [tie.gain for tie in found] == pytest.approx([float(row["marginal_gain"]) for row in wanted], abs=1e-6)


@pytest.mark.documents
@pytest.mark.parametrize(
    ("vuong", "p", "number"),
    [
        ("compatible", 0.1, 872),
        ("correct", 0.1, 870),
        ("compatible", 0.05, 672),
        ("correct", 0.05, 667),
        ("compatible", 0.01, 467),
        ("correct", 0.01, 451),
        ("compatible", 0.001, 326),
        ("correct", 0.001, 326),
    ],
)
def test_spid_stops_where_r_stops(spid: Cascades, vuong: str, p: float, number: int) -> None:
    assert len(infer(spid, HALF, p=p, vuong=vuong)) == number  # type: ignore[arg-type]


@pytest.mark.documents
@pytest.mark.parametrize(
    ("vuong", "file"),
    [
        ("compatible", "expected_R_spid_exp_l0.5_p0.1.csv"),
        ("correct", "expected_corrected_vuong_exp_l0.5_p0.1.csv"),
    ],
)
def test_spid_gives_the_same_network(spid: Cascades, validation: Path, vuong: str, file: str) -> None:
    found = infer(spid, HALF, p=0.1, vuong=vuong)  # type: ignore[arg-type]
    wanted = expected(validation / "spid" / file)
    assert set(pairs(found)) == {(row["origin_node"], row["destination_node"]) for row in wanted}
    # Of equal gains the rounding of the last digit decides who comes first: gains agree place by place.
    assert [tie.gain for tie in found] == pytest.approx([float(row["improvement"]) for row in wanted], abs=1e-6)
    same = [
        (tie, row)
        for tie, row in zip(found, wanted, strict=True)
        if pairs([tie]) == [(row["origin_node"], row["destination_node"])]
    ]
    assert len(same) > 800
    assert [tie.p for tie, _ in same][:300] == pytest.approx([float(row["p_value"]) for _, row in same][:300], abs=1e-5)


@pytest.mark.documents
@pytest.mark.parametrize(
    ("model", "total", "file"),
    [
        (HALF, 208_886.389368, "expected_R_spid_exp_l0.5_n100.csv"),
        (Model("rayleigh", (5.0,)), 220_250.994463, "expected_R_spid_ray_5_n100.csv"),
        (Model("log-normal", (1.5, 1.0)), 228_176.171393, "expected_R_spid_lnorm_1.5_1_n100.csv"),
    ],
)
def test_the_first_hundred_edges_of_each_distribution(
    spid: Cascades, validation: Path, model: Model, total: float, file: str
) -> None:
    found = infer(spid, model, edges=100)
    assert sum(tie.gain for tie in found) == pytest.approx(total, abs=1e-6)
    assert pairs(found) == [
        (row["origin_node"], row["destination_node"]) for row in expected(validation / "spid" / file)
    ]


@pytest.mark.documents
def test_the_rate_that_r_chooses(spid: Cascades) -> None:
    assert default_model(spid).parameters == pytest.approx((0.5779550352,), abs=1e-9)


def spread(ties: dict[str, list[str]], number: int, seed: int) -> list[tuple[str, float, str]]:
    """Cascades along known ties, with exponential delays of mean 1."""
    random = np.random.default_rng(seed)
    events = []
    for cascade in range(number):
        times = {str(random.choice(sorted(ties))): 0.0}
        front = list(times)
        while front:
            one = front.pop(0)
            for other in ties[one]:
                at = times[one] + float(random.exponential())
                if at < min(4.0, times.get(other, np.inf)):
                    times[other] = at
                    front.append(other)
        events += [(node, time, str(cascade)) for node, time in times.items()]
    return events


TREE = {"a": ["b", "c"], "b": ["d"], "c": ["e"], "d": [], "e": ["f"], "f": []}
TRUE = {(one, other) for one, others in TREE.items() for other in others}


@pytest.mark.parametrize("convention", ["r", "snap"])
def test_the_ties_along_which_things_spread_are_found(convention: str) -> None:
    found = infer(cascades(spread(TREE, 300, 5)), Model("exponential", (1.0,)), convention=convention, edges=5)  # type: ignore[arg-type]
    assert set(pairs(found)) == TRUE
    assert [tie.gain for tie in found] == sorted((tie.gain for tie in found), reverse=True)


def test_true_ties_are_more_stable_than_others() -> None:
    found = infer(cascades(spread(TREE, 120, 6)), Model("exponential", (1.0,)), edges=8, replicates=40, seed=3)
    frequency = {(tie.source, tie.target): tie.frequency or 0 for tie in found}
    assert min(frequency[pair] for pair in TRUE) > max(f for pair, f in frequency.items() if pair not in TRUE)
    again = infer(cascades(spread(TREE, 120, 6)), Model("exponential", (1.0,)), edges=8, replicates=40, seed=3)
    assert again == found


def test_names_do_not_matter() -> None:
    events = spread(TREE, 100, 7)
    other = [({"a": "甲", "b": "乙"}.get(node, node), time, f"做法{c}") for node, time, c in events]
    plain, renamed = (infer(cascades(e), Model("exponential", (1.0,)), edges=5) for e in (events, other))
    assert [tie.gain for tie in plain] == [tie.gain for tie in renamed]


def test_nothing_is_inferred_where_everything_happens_at_once() -> None:
    assert infer(cascades([("a", 1.0, "x"), ("b", 1.0, "x")]), HALF, edges=3) == []


def test_the_earliest_time_of_a_node_in_a_cascade_counts() -> None:
    found = cascades([("a", 3.0, "x"), ("b", 2.0, "x"), ("a", 1.0, "x")])
    assert [found.nodes[i] for i in found.node] == ["a", "b"]


@pytest.mark.parametrize("events", [[], [("a", float("nan"), "x")]])
def test_events_that_say_nothing_are_refused(events: list[tuple[str, float, str]]) -> None:
    with pytest.raises(InputError):
        cascades(events)


def test_when_to_stop_has_to_be_said() -> None:
    with pytest.raises(InputError):
        infer(cascades([("a", 1.0, "x"), ("b", 2.0, "x")]), HALF)


def test_a_delay_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="impossible"):
        infer(cascades([("a", 0.0, "x"), ("b", 5000.0, "x")]), Model("exponential", (1.0,)), edges=1)
