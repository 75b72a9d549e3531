"""What is handed in, made from a workspace: the briefing on a topic, a comparison, the poster of a practice type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.audience import Audience
    from unionkg.graph.build import Projection
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.viz.briefing.compare import Comparison
    from unionkg.viz.briefing.topic import Kind, Topic

_NEAR = 5
"""So many near names are told."""


@dataclass(frozen=True, slots=True)
class Briefed:
    """What a briefing rests on; without accounts no file was written, and ``near`` names topics that have some."""

    topic: Topic
    accounts: int
    documents: int
    near: tuple[str, ...] = ()


def write_brief(
    kg: KnowledgeGraph, topic: str, output: Path, *, kind: Kind | None = None, audience: Audience = "internal"
) -> Briefed:
    """Write a briefing as a Word file; see `unionkg.knowledge_graph.KnowledgeGraph.brief`."""
    from unionkg.files import hand_over_bytes
    from unionkg.viz.briefing.brief import brief
    from unionkg.viz.briefing.brief_paper import brief_file

    if output.suffix.lower() != ".docx":
        raise InputError(say("文件名应以 .docx 结尾", "the file's suffix is .docx"), where=output)
    projection, texts = told(kg, audience)
    meant = meaning(projection, topic, kind)
    made = brief(projection, texts, meant, audience=audience)
    if not made.accounts:
        return Briefed(meant, 0, 0, _near(meant, projection))
    hand_over_bytes(output, brief_file(made))
    return Briefed(meant, made.accounts, made.documents)


def compared(
    kg: KnowledgeGraph, names: Sequence[str], output: Path | None, *, audience: Audience = "internal"
) -> Comparison:
    """Compare, and write a file where one is named; see `unionkg.knowledge_graph.KnowledgeGraph.compare`."""
    from unionkg.files import hand_over_bytes
    from unionkg.graph.audience import public_note
    from unionkg.viz.briefing.compare import compare
    from unionkg.viz.briefing.compare_files import writer

    write = writer(output) if output else None
    projection, texts = told(kg, audience)
    shown = compare(projection, texts, names, kg.workspace.vocabularies)
    if audience == "public":
        shown = replace(shown, notes=(*shown.notes, public_note()))
    if write and output:
        hand_over_bytes(output, write(shown))
    return shown


def write_poster(kg: KnowledgeGraph, practice_type: str, output: Path, *, audience: Audience = "internal") -> None:
    """Write a poster; see `unionkg.knowledge_graph.KnowledgeGraph.view_poster`."""
    from unionkg.files import hand_over_bytes
    from unionkg.graph.audience import public_note
    from unionkg.viz.briefing.poster import poster
    from unionkg.viz.briefing.poster_content import content
    from unionkg.viz.briefing.poster_files import writer

    write = writer(output)
    made = content(*told(kg, audience), practice_type)
    if audience == "public":
        made = replace(made, notes=(public_note(),))
    hand_over_bytes(output, write(poster(made)))


def told(kg: KnowledgeGraph, audience: Audience) -> tuple[Projection, Mapping[str, str]]:
    """What an audience is told, and the stored texts of its documents by id."""
    from unionkg.graph.corpus import text_of

    projection = kg.projection(audience)
    return projection, {graph.document: text_of(kg.workspace, graph.document) for graph in projection.documents}


def meaning(projection: Projection, name: str, kind: Kind | None = None) -> Topic:
    """What a name means: a practice type, theme, target group or region, by any of its names (`naming.meanings`).

    Raises
    ------
    InputError
        It means nothing (near ones are named), or several things.
    """
    from unionkg.graph.analysis.accounts import Selection, collection
    from unionkg.viz.briefing import naming
    from unionkg.viz.briefing.topic import KINDS, Topic

    wanted, found = name.strip(), collection(projection, Selection(routine=True))
    kinds = {KINDS[one]: one for one in ((kind,) if kind else KINDS)}
    by_kind = naming.meanings(wanted, found, list(kinds))
    if not by_kind:
        raise naming.unknown(wanted, found, list(kinds))
    meant = [(kinds[label], one) for label, some in by_kind.items() for one in some]
    exact = [(of, one) for of, one in meant if one.name == wanted] or meant
    if len(exact) == 1:
        (of, one) = exact[0]
        return Topic(of, one.id, one.name)
    if len({of for of, _ in exact}) == 1:
        raise naming.ambiguous(wanted, [one for _, one in exact])
    told = say("、", ", ").join(
        say(f"{say(*naming.KINDS[one.kind])}“{one.name}”（--kind {of}）", f"{one.name} (--kind {of})")
        for of, one in exact
    )
    raise InputError(
        say(f"“{wanted}”可以指几种东西", f"{wanted!r} may mean several things"),
        hint=say("指明一种：", "say which: ") + told,
    )


def _near(topic: Topic, projection: Projection) -> tuple[str, ...]:
    """Topics of the same kind that the material has accounts of, the likest first; of a region those that it lies in."""
    from unionkg.graph.analysis.accounts import Selection, collection
    from unionkg.graph.analysis.places import upwards
    from unionkg.viz.briefing.naming import likely, shown
    from unionkg.viz.briefing.topic import KINDS

    found = collection(projection, Selection(routine=True))
    if topic.kind == "region":
        there = {upper for account in found.accounts for one in account.regions for upper in upwards(one, found.places)}
        around = sorted(there & upwards(topic.id, found.places), reverse=True)
        return tuple(shown(found.places.nodes[one]) for one in around)[:_NEAR]
    label = KINDS[topic.kind]
    used = {tie.end for graph in projection.documents for tie in graph.relationships if tie.end[0] == label}
    nodes = [found.nodes[one] for one in used]
    return tuple(likely(topic.name, nodes) or sorted(map(shown, nodes))[:_NEAR])
