"""When something that a test needs is missing: a visible skip, or a failure where everything has to be there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def unavailable(reason: str) -> NoReturn:
    """Skip visibly; where UNIONKG_TEST_REQUIRE_ALL is set (CI), fail instead."""
    if os.environ.get("UNIONKG_TEST_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)
