"""The map's part of the page's data: where each practice type is on record, since when, and what may be drawn of it.

Dates are those of `unionkg diffusion` (`unionkg.graph.analysis.adoptions`), states those of the coverage matrix
(`unionkg.graph.analysis.coverage`). Counted are 31 provinces and the 兵团; Hong Kong, Macau and Taiwan are drawn and marked.
On the map of prefectures stand also the municipalities, as provinces, and the counties directly under a province.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal

from unionkg.graph.analysis import coverage
from unionkg.graph.analysis.adoptions import Adoption, spreads
from unionkg.graph.build import Projection
from unionkg.graph.derived import Dating, earliest
from unionkg.graph.node_ids import region_id
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.dates import bounds
from unionkg.viz.explorer.base import Base

Layer = Literal["province", "prefecture"]
LEVELS: tuple[coverage.Level, ...] = ("province", "prefecture", "county")
FILES: Mapping[Layer, str] = {"province": "provinces.json", "prefecture": "cities.json"}
Adoptions = Mapping[tuple[coverage.Level, str, str], Adoption]
"""By level, region and practice type."""


def map_data(base: Base, approval: str | None, audience: Literal["internal", "public"] = "public") -> dict[str, Any]:
    """What the map shows.

    Parameters
    ----------
    base : Base
    approval : str or None
        The 审图号 of our map, where it has one: without it a public page holds no geometry, only the grid of tiles.
    audience : {"internal", "public"}
        For whom the page is made.

    Returns
    -------
    dict
        ``tiles``: region, row and column, from 1. ``geometry``: by layer what scripts/build_map.py made, with positions of
        regions for codes; None where it may not be shown. ``about``: sources and 审图号. ``layers``: by layer ``regions``
        (those counted), ``material`` (those with any account), ``all`` (region, not_before, not_after and dated_by of the
        earliest record of any practice type that is not routine), and ``types``: by position of the practice type (as text)
        rows of region, not_before, not_after, dated_by, positions of accounts, of quotes, number of accounts that the page
        does not hold, entries of ledgers as [status, date, title, row].
    """
    shown = audience == "internal" or bool(approval)
    geometry = {layer: _geometry(base, layer) for layer in FILES} if shown else None
    of = coverage.told(base.projection)
    kinds = coverage.columns(of)
    adopted = _adopted(base.projection)
    matrices = {level: coverage.matrix(of, level, kinds) for level in LEVELS}
    areas: dict[str, list[tuple[coverage.Level, str]]] = {
        "province": [("province", region) for region in matrices["province"].regions]
    }
    if geometry:
        drawn = {row[0] for row in geometry["prefecture"]["regions"]} - {None}
        areas["prefecture"] = [
            (level, region)
            for level in LEVELS
            for region in matrices[level].regions
            if base.position("Region", region) in drawn
        ]
    return {
        "tiles": [
            [base.add("Region", region), row, column]
            for region, row, column in tiles()
            if ("Region", region) in base.nodes
        ],
        "geometry": geometry,
        "about": {**json.loads(_read("about.json")), "approval": approval},
        "layers": {name: _layer(base, some, matrices, adopted) for name, some in areas.items()},
    }


def tiles() -> list[tuple[str, int, int]]:
    """Region id, row and column of every tile."""
    lines = [line for line in _read("tiles.csv").splitlines() if not line.startswith("#")]
    return [(region_id(row["code"]), int(row["row"]), int(row["column"])) for row in csv.DictReader(lines)]


def _read(name: str) -> str:
    return (files("unionkg.viz") / "map" / name).read_text(encoding="utf-8")


def _geometry(base: Base, layer: Layer) -> dict[str, Any]:
    """A layer as built, with the positions of regions for their codes; what the graph does not know is drawn without one."""
    built: dict[str, Any] = json.loads(_read(FILES[layer]))
    rows = []
    for code, *rest in built["regions"]:
        region = region_id(code)
        known = ("Region", region) in base.nodes and "valid_to" not in base.nodes["Region", region].properties
        rows.append([base.add("Region", region) if known else None, *rest])
    return {**built, "regions": rows}


def _adopted(projection: Projection) -> Adoptions:
    return {
        (level, one.unit, spread.practice_type): one
        for level in LEVELS
        for spread in spreads(projection, level)
        for one in spread.adoptions
    }


def _layer(
    base: Base,
    areas: Sequence[tuple[coverage.Level, str]],
    matrices: Mapping[coverage.Level, coverage.Matrix],
    adopted: Adoptions,
) -> dict[str, Any]:
    rows: dict[int, list[list[Any]]] = defaultdict(list)
    datings: dict[str, list[Dating]] = defaultdict(list)
    ordered = sorted(areas, key=lambda one: str(base.nodes["Region", one[1]].properties["code"]))
    for level, region in ordered:
        matrix = matrices[level]
        for column in matrix.columns:
            cell = matrix.cells.get((region, column.practice_type))
            if cell is None:
                continue
            dating = _dating(adopted.get((level, region, column.practice_type)), cell)
            rows[base.add("PracticeType", column.practice_type)].append(_row(base, region, dating, cell))
            routine = base.nodes["PracticeType", column.practice_type].properties.get("routine")
            if cell.state == coverage.ON_RECORD and not routine:
                datings[region].append(dating)
    material = {region for level, region in ordered if region in matrices[level].material}
    return {
        "regions": [base.add("Region", region) for _, region in ordered],
        "material": [base.add("Region", region) for _, region in ordered if region in material],
        "all": [
            [base.add("Region", region), *(found[name] for name in ("not_before", "not_after", "dated_by"))]
            for _, region in ordered
            if region in datings
            for found in [earliest(datings[region])]
        ],
        "types": {str(kind): some for kind, some in sorted(rows.items())},
    }


def _dating(adoption: Adoption | None, cell: coverage.Cell) -> Dating:
    """When the earliest record lies; of what only a ledger has, by when it says so."""
    if adoption is not None:
        return {
            "not_before": adoption.not_before,
            "not_after": adoption.not_after,
            "dated_by": adoption.dated_by,
        }
    if cell.applied:
        return {"not_before": None, "not_after": None, "dated_by": None}  # routine: every union has it, nobody first
    days = [
        bounds(str(one.properties["date"]))[1]
        for one in cell.entries
        if one.properties.get("status") == "开展" and "date" in one.properties
    ]
    return {"not_before": None, "not_after": min(days, default=None), "dated_by": "ledger" if days else None}


def _row(base: Base, region: str, dating: Dating, cell: coverage.Cell) -> list[Any]:
    cases = list(dict.fromkeys(tie.start[1] for tie in cell.applied))
    there = [at for case in cases if (at := base.position("PracticeCase", case)) is not None]
    quotes = list(dict.fromkeys(at for tie in cell.applied for at in base.of(tie)))
    entries = [_entry(one) for one in cell.entries if "status" in one.properties]
    return [
        base.add("Region", region),
        *(dating[name] for name in ("not_before", "not_after", "dated_by")),
        there,
        quotes,
        len(cases) - len(there),
        entries,
    ]


def _entry(tie: Relationship) -> list[Any]:
    given = tie.properties
    return [given["status"], given.get("date"), given.get("source"), given.get("row")]
