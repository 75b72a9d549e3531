"""docs/reference/comparison.md tells what the analysis gives today, and that it is what the references give."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs" / "reference" / "comparison.md"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("comparison", REPOSITORY / "scripts" / "comparison.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["comparison"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.documents
def test_the_page_is_current_and_within_its_tolerances(script: ModuleType, shared: Path) -> None:
    found = script.compared(shared / "validation")
    assert [line.what for _, _, lines in found for line in lines if not line.within] == []
    assert script.page(found) == PAGE.read_text(encoding="utf-8"), "run python scripts/comparison.py"


def test_a_difference_beyond_its_tolerance_is_told(script: ModuleType) -> None:
    line = script.Line("a sum", "1.0", "1.1", 0.1, 1e-6)
    assert not line.within
    assert "| a sum | 1.0 | 1.1 | **0.1** | 1e-06 |" in script.page([("Title", "Source.", [line])])


def test_values_that_are_missing_on_one_side_only_do_not_agree(script: ModuleType) -> None:
    assert not script._numbers("x", [1.0, float("nan")], [1.0, 2.0], 1e-6).within
    assert not script._equal("x", ["a", "b"], ["a"]).within
