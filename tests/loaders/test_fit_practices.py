"""The script that fits the weights of practices: fits learn from examples, keep to hand-set weights and to their signs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def fitting() -> Iterator[ModuleType]:
    path = Path(__file__).resolve().parents[2] / "scripts" / "fit_practices.py"
    spec = importlib.util.spec_from_file_location("fit_practices", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_practices"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["fit_practices"]


def test_choice_learns_which_feature_marks_the_right_one(fitting: ModuleType) -> None:
    examples = [fitting.Choice([{"good": 1.0}, {"bad": 1.0}, {}], [True, False, False])] * 20
    weights = fitting.choose(examples, {"good": 0.1, "bad": 0.0}, 0.5)
    assert weights["good"] > 1
    assert weights["bad"] < 0


def test_strong_pull_stays_at_the_weights_set_by_hand(fitting: ModuleType) -> None:
    examples = [fitting.Choice([{"good": 1.0}, {}], [True, False])] * 5
    weights = fitting.choose(examples, {"good": 0.7, "other": -0.4}, 1e6)
    assert weights == pytest.approx({"good": 0.7, "other": -0.4}, abs=1e-3)


@pytest.mark.parametrize("prior", [0.5, -0.5])
def test_sign_set_by_hand_is_kept_against_the_examples(fitting: ModuleType, prior: float) -> None:
    right = [prior < 0, prior > 0]
    examples = [fitting.Choice([{"feature": 1.0}, {}], right)] * 50
    assert fitting.choose(examples, {"feature": prior}, 0.01)["feature"] * prior >= 0


def test_account_without_a_right_one_teaches_nothing(fitting: ModuleType) -> None:
    assert fitting.choose([fitting.Choice([{"feature": 1.0}, {}], [False, False])], {"feature": 0.3}, 1.0) == {
        "feature": pytest.approx(0.3)
    }


def test_telling_learns_how_often_something_holds(fitting: ModuleType) -> None:
    rows = [{}] * 40 + [{"sure": 1.0}] * 40
    weights = fitting.tell(rows, [False] * 30 + [True] * 10 + [True] * 40, {"bias": 0.0}, 0.01)
    assert weights["bias"] == pytest.approx(-1.1, abs=0.05)
    assert weights["sure"] > 3
