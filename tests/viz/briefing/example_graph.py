"""The bundled example as a projection with its texts, read once without a store."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from unionkg import workspace as workspaces
from unionkg.graph.build import Projection
from unionkg.graph.corpus import text_of
from unionkg.knowledge_graph import open_graph
from unionkg.loading import load_files


@cache
def example() -> tuple[Projection, Mapping[str, str]]:
    """The projection and the stored texts by document id."""
    with tempfile.TemporaryDirectory() as folder:
        kg = open_graph(workspaces.create(Path(folder) / "kg").root)
        found = [path for path in (files("unionkg") / "example").iterdir() if path.name.endswith(".txt")]
        load_files(kg.workspace, [Path(str(path)) for path in sorted(found, key=lambda path: path.name)])
        projection = kg.projection()
        texts = {graph.document: text_of(kg.workspace, graph.document) for graph in projection.documents}
    return projection, texts
