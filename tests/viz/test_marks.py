from __future__ import annotations

from unionkg.ontology.model import schema
from unionkg.viz.marks import LINES, group, mark


def test_no_two_kinds_look_alike() -> None:
    drawn = [label for label, node in schema().nodes.items() if not node.internal]
    looks = {(mark(label).shape, mark(label).fill, mark(label).border) for label in drawn}
    assert len(looks) == len(drawn)


def test_what_is_stated_is_solid_and_what_is_inferred_is_not() -> None:
    for kind in schema().relationships.values():
        for basis in kind.bases:
            assert bool(LINES[group(kind, basis)].dashes) == (basis != "stated")


def test_a_label_that_the_schema_gains_is_drawn() -> None:
    assert mark("NewLabel").size > 0
