"""Pages of the explorer, made from a workspace: their data, and the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionkg.language import language

if TYPE_CHECKING:
    from unionkg.graph.analysis.accounts import Selection
    from unionkg.graph.audience import Audience
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.viz.explorer.data import ViewName


def page_data(
    kg: KnowledgeGraph, view: ViewName = "explorer", *, audience: Audience = "internal", **selection: str | None
) -> dict[str, Any]:
    """The data of a page (`unionkg.viz.explorer.data.explorer_data`), from the files of the workspace alone.

    ``selection`` is of `selected`.
    """
    from unionkg.briefing import told
    from unionkg.viz.explorer.data import Setting, explorer_data

    chosen = selected(kg, **selection)
    projection, texts = told(kg, audience)
    state = kg.workspace.config.public.map_approval
    return explorer_data(projection, texts, Setting(view, audience, chosen, state, language()))


def write_page(
    kg: KnowledgeGraph, view: ViewName, output: Path, *, audience: Audience = "internal", **selection: str | None
) -> dict[str, Any]:
    """Write a page as one file; returns what it says of itself (its ``about``)."""
    from unionkg.files import hand_over
    from unionkg.viz.explorer.page import page_html

    data = page_data(kg, view, audience=audience, **selection)
    hand_over(output, page_html(data))
    about: dict[str, Any] = data["about"]
    return about


def selected(
    kg: KnowledgeGraph, practice_type: str | None = None, theme: str | None = None, region: str | None = None
) -> Selection:
    """Which accounts a page shows in full, from names as people type them.

    Raises
    ------
    QueryError
        A name is unknown, or may mean several regions; near ones are named.
    """
    from unionkg.graph.analysis.accounts import Selection
    from unionkg.queries.library import Parameter, Query
    from unionkg.queries.parameters import bind

    wanted = (
        Parameter("practice_type", "string", "做法类型", "practice type", values="practice_types", optional=True),
        Parameter("theme", "string", "领域", "theme", values="themes", optional=True),
        Parameter("region", "string", "地区", "region", values="regions", optional=True),
    )
    asked = Query("view", "", "", wanted, (), "", "", "")
    given = {"practice_type": practice_type, "theme": theme, "region": region}
    bound = bind(asked, given, kg.workspace.vocabularies)
    return Selection(bound["practice_type"], bound["theme"], bound["region"], routine=True)
