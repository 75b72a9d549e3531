"""Material for tests of briefings: the bundled example and a ledger of our own, loaded once."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from unionkg.graph.build import Projection
from unionkg.graph.corpus import text_of
from unionkg.knowledge_graph import KnowledgeGraph, open_graph
from unionkg.loading import files_of, load_files
from unionkg.viz.briefing.blocks import Paragraph, Section, Table
from unionkg.viz.briefing.brief import Brief, brief
from unionkg.viz.briefing.cited import Note, Text, plain
from unionkg.viz.briefing.topic import KINDS, Kind, Topic

REPOSITORY = Path(__file__).resolve().parent.parent.parent.parent
LEDGER = """地区,实践类型,时间,是否开展
江苏省,工会驿站,2023-06,否
福建省,工会驿站,2023-06,是
上海市,住房服务,2022,否
"""


@cache
def example(*, ledger: bool = False) -> KnowledgeGraph:
    """The bundled example; its graph is not built, for a briefing needs none."""
    folder = Path(tempfile.mkdtemp(prefix="unionkg-briefing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kg = open_graph(folder)
    paths = [REPOSITORY / "src" / "unionkg" / "example"]
    if ledger:
        paths.append(folder / "覆盖台账.csv")
        paths[-1].write_text(LEDGER, encoding="utf-8")
    load_files(kg.workspace, files_of(paths))
    return kg


@cache
def projected(*, ledger: bool = False) -> tuple[Projection, Mapping[str, str]]:
    """The projection of the example and its texts."""
    kg = example(ledger=ledger)
    projection = kg.projection()
    return projection, {graph.document: text_of(kg.workspace, graph.document) for graph in projection.documents}


def topic(kind: Kind, name: str, projection: Projection) -> Topic:
    """A topic by the name of its node."""
    nodes = (*projection.structure[0], *projection.entities)
    found = next(n for n in nodes if n.label == KINDS[kind] and n.properties["name"] == name)
    return Topic(kind, found.id, str(found.properties.get("full_name") or name))


@cache
def briefing(kind: Kind, name: str, *, ledger: bool = False) -> Brief:
    """The briefing of the example on a topic."""
    projection, texts = projected(ledger=ledger)
    return brief(projection, texts, topic(kind, name, projection))


def pieces(sections: tuple[Section, ...]) -> Iterator[Text]:
    """Every text of a briefing, cell by cell."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Table):
                yield (block.note,)
                for row in block.rows:
                    yield from row


def notes(sections: tuple[Section, ...]) -> list[Note]:
    """Every note of a briefing."""
    return [piece for text in pieces(sections) for piece in text if isinstance(piece, Note)]


def words(sections: tuple[Section, ...]) -> str:
    """All that a briefing says in its own words: what stands between quotation marks is of others."""
    return re.sub("“[^”]*”", "", "\n".join(plain(text) for text in pieces(sections)))


def table(made: Brief, caption: str) -> Table:
    """The table of a caption."""
    return next(one for section in made.sections for one in section.tables if one.caption.endswith(caption))


def cells(made: Brief, caption: str) -> list[list[str]]:
    """The words of a table."""
    return [[plain(cell) for cell in row] for row in table(made, caption).rows]
