"""When a union began, of what several accounts and their printings say."""

from __future__ import annotations

import pytest

from unionkg.graph.derived import Dating, earliest, of_account

BEGAN_2015 = {"not_before": "2015-01-01", "not_after": "2015-12-31", "dated_by": "stated_start"}
BEGAN_2016 = {"not_before": "2016-01-01", "not_after": "2016-12-31", "dated_by": "own_date"}
PRINTED_2012 = {"not_after": "2012-12-31", "dated_by": "publication"}
PRINTED_2019 = {"not_after": "2019-06-30", "dated_by": "publication"}
UNDATED: Dating = {}


@pytest.mark.parametrize(
    ("printings", "interval"),
    [
        ([BEGAN_2015], ("2015-01-01", "2015-12-31", "stated_start")),
        # The printing that states no beginning takes nothing from the one that does …
        ([BEGAN_2015, PRINTED_2019], ("2015-01-01", "2015-12-31", "stated_start")),
        ([UNDATED, BEGAN_2015], ("2015-01-01", "2015-12-31", "stated_start")),
        # … unless it was printed before that beginning.
        ([BEGAN_2015, PRINTED_2012], (None, "2012-12-31", "publication")),
        ([BEGAN_2016, BEGAN_2015], ("2015-01-01", "2015-12-31", "stated_start")),
        ([PRINTED_2019, PRINTED_2012], (None, "2012-12-31", "publication")),
        ([UNDATED, UNDATED], (None, None, None)),
    ],
)
def test_printings_of_one_account_tell_of_one_beginning(
    printings: list[Dating], interval: tuple[str | None, ...]
) -> None:
    dating = of_account(printings)
    assert tuple(dating[key] for key in ("not_before", "not_after", "dated_by")) == interval


def test_another_account_without_a_beginning_may_be_the_earliest() -> None:
    dating = earliest([of_account([BEGAN_2015, PRINTED_2019]), of_account([PRINTED_2019])])
    assert dating == {"not_before": None, "not_after": "2015-12-31", "dated_by": "stated_start"}
