"""Cascades, curves, panel and network of the shared documents: what must hold whatever is read out of them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from tests.queries.asking import projection_of
from unionkg.graph.analysis import cascades, curve_rows
from unionkg.graph.analysis.accounts import Selection, collection
from unionkg.graph.analysis.adoptions import EVER, UNITS, Unit
from unionkg.graph.analysis.panel import CENSORING, panel
from unionkg.graph.build import Projection
from unionkg.graph.exchange.gexf import dynamic

pytestmark = [pytest.mark.documents, pytest.mark.slow]


@pytest.fixture(scope="module")
def read(shared: Path) -> Projection:
    return projection_of("documents")[0]


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((shared / "documents").glob("*.txt"))]


def censoring_of(not_before: str | None, not_after: str | None) -> str:
    if not_after is None:
        return "undated"
    if not_before is None:
        return "left"
    return "exact" if not_before[:4] == not_after[:4] else "interval"


@pytest.mark.parametrize("unit", UNITS)
def test_every_adoption_rests_on_words_of_the_documents(read: Projection, texts: list[str], unit: Unit) -> None:
    found = cascades.cascades(read, unit)
    rows = cascades.rows(found, unit, collection(read, Selection()), cascades.evidence(read))
    assert len(rows) > 50
    assert len({(row[0], row[10]) for row in rows}) == len(rows)
    for row in rows:
        assert row[-1], row[:3]
        for said in row[-1]:
            assert all(any(quote in text for text in texts) for quote in said["quotes"])
        not_before, not_after, _, censoring = row[5:9]
        assert censoring == censoring_of(not_before, not_after)


@pytest.mark.parametrize("unit", UNITS)
def test_curves_never_fall_and_never_promise_too_much(read: Projection, unit: Unit) -> None:
    of = curve_rows.setting(read, unit)
    by_type: dict[str, list[tuple[int, ...]]] = {}
    for row in curve_rows.curves(of):
        by_type.setdefault(row[0], []).append(row[1:8])
        hazard, least, most = row[8:11]
        assert 0 <= least <= most <= 1
        assert hazard is None or least - 1e-6 <= hazard <= most + 1e-6
    for years in by_type.values():
        table = np.array(years, int)
        assert (np.diff(table[:, 0]) == 1).all()
        new_stated, new_possible, newly_known, known, possible, at_risk = table[:, 1:].T
        assert (new_stated <= new_possible).all()
        assert (np.diff(known) >= 0).all()
        assert (np.diff(possible) >= 0).all()
        assert (known <= possible).all()
        assert (newly_known.cumsum() == known).all()
        assert (at_risk + possible <= len(of.units) + new_stated).all()


@pytest.mark.parametrize("unit", UNITS)
def test_a_panel_has_the_stated_adoptions_and_no_other_in_its_risk_set(read: Projection, unit: Unit) -> None:
    first = 2015 if unit == "county" else 0  # there are many counties
    found = panel(read, unit, window=(first, EVER[1]))
    column = found.columns
    used = column["risk_set"] == 1
    assert set(column["censoring"][used]) <= {CENSORING.index("none"), CENSORING.index("exact")}
    assert not np.isnan(column["adopted"][used]).any()
    exact = {
        (spread.practice_type, one.unit, one.stated_year)
        for spread in cascades.cascades(read, unit)
        for one in spread.adoptions
        if one.stated_year is not None and one.stated_year >= first
    }
    events = used & (column["adopted"] == 1)
    assert set(zip(column["type_id"][events], column["unit_id"][events], column["year"][events], strict=True)) == exact
    for name in ("neigh", "sib", "tie"):
        assert (column[f"{name}_low"] <= column[f"{name}_high"]).all()
        assert (column[f"{name}_high"] <= column[f"{name}_n"]).all()
    # Who is at risk for the hazard of the curve is who is in the risk set of the panel, or begins between two later years.
    at_risk = (column["at_risk"] == 1) & np.isfinite(column["adopted"])
    assert (column["censoring"][at_risk & ~used] == CENSORING.index("interval")).all()
    of = curve_rows.setting(read, unit)
    for row in curve_rows.curves(of):
        here = (column["type_name"] == row[0]) & (column["year"] == row[1])
        if here.any():
            assert at_risk[here].sum() == row[7]
            assert (column["has_adopted"][here] == 1).sum() == row[5]


@pytest.mark.parametrize("unit", UNITS)
def test_networkx_reads_the_dynamic_network(read: Projection, unit: Unit) -> None:
    networkx = pytest.importorskip("networkx")
    found = dynamic(read, unit)
    graph = networkx.read_gexf(io.BytesIO(found.content))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (found.nodes, found.edges)
    adoptions = [one for spread in cascades.cascades(read, unit) for one in spread.adoptions]
    assert found.undated_adoptions == sum(one.not_after is None for one in adoptions)
    starts = {told["spells"][0][0] for _, _, told in graph.edges(data=True)}
    assert {one.not_after for one in adoptions if one.not_after} <= starts
