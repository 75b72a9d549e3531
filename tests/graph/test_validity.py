"""Values of honours that cannot be true are refused, whoever gave them."""

from __future__ import annotations

import pytest

from tests.graph.making import stated
from unionkg.errors import RecordError
from unionkg.graph.records import HonorStatement
from unionkg.graph.validity import check_statement

QUOTE = "入选2022年度全市工会案例"


@pytest.mark.parametrize("given", [{"year": "去年"}, {"year": "2022-13"}, {"level": "市级"}])
def test_an_honour_needs_a_date_and_a_level_of_the_vocabulary(given: dict[str, str]) -> None:
    with pytest.raises(RecordError):
        check_statement("honors", stated(HonorStatement, QUOTE, name="全市工会案例", **given), "here:1")


@pytest.mark.parametrize("given", [{}, {"year": "2022", "level": "prefecture", "kind": "selection"}])
def test_an_honour_that_can_be(given: dict[str, str]) -> None:
    check_statement("honors", stated(HonorStatement, QUOTE, name="全市工会案例", **given), "here:1")
