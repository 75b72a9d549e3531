"""The columns of the tables that `unionkg.graph.analysis.network_rows` makes, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["coordinator", "consultant", "gatekeeper", "representative", "liaison"]
"""The roles of a broker, after Gould and Fernandez."""

ROLES: tuple[Role, ...] = get_args(Role)

_NODE = ("name", "kind", "level")
_LAST = ("accounts", "id", "evidence")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ties": (
        "source",
        "relation",
        "target",
        "directed",
        "weight",
        "expected",
        "jaccard",
        "broader",
        "practice_types",
        "accounts",
        "source_id",
        "target_id",
        "evidence",
    ),
    "centrality": (
        *_NODE,
        "degree",
        "in_degree",
        "out_degree",
        "strength",
        "betweenness",
        "closeness",
        "eigenvector",
        *_LAST,
    ),
    "brokerage": (
        *_NODE,
        "group",
        "degree",
        "effective_size",
        "constraint",
        "redundancy",
        *ROLES,
        *_LAST,
    ),
    "communities": ("community", "size", *_NODE, "strength", "inside", "modularity", "agreement", *_LAST),
    "core_periphery": (
        "core",
        *_NODE,
        "strength",
        "fit",
        "density_core",
        "density_between",
        "density_periphery",
        *_LAST,
    ),
}
