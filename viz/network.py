"""`view network`: the graph as one HTML file that opens without a network.

The drawing is pyvis's (vis-network inside), repaired: positions are computed here, once and seeded, physics is off,
what pyvis would fetch is taken out, and a policy in the page forbids every request. Around it stand our own filters,
panel and table. The same projection gives the same bytes.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any

from unionkg.errors import MissingExtraError, RecordError
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import Language, say
from unionkg.ontology.declarations import Ends, RelationshipType
from unionkg.ontology.model import schema
from unionkg.viz import layout, marks
from unionkg.viz.describe import choice, described
from unionkg.viz.evidence import Quotes
from unionkg.viz.picture import Picture, picture
from unionkg.viz.wording import words

#: More nodes than this are not drawn at once: the best connected first, the rest on demand.
LIMIT = 3000
#: How much a tie of each group counts in the layout.
_PULL: dict[marks.Group, float] = {"diffusion": 1.5, "stated": 1.0, "structural": 0.3, "derived": 0.3, "computed": 0.1}
#: Ties longer than this cross the picture; they are drawn faint, or they would hide what they cross.
_FAR = 8 * layout.SPACING
_SCRIPTS = ("choices.js", "details.js", "labels.js", "network.js")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, and how many nodes and relationships it holds."""

    html: str
    nodes: int
    edges: int


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relationship with what the schema says of it."""

    relationship: Relationship
    type: RelationshipType
    ends: Ends
    group: marks.Group
    start: int
    end: int


def network_page(projection: Projection, texts: Mapping[str, str] | None = None, *, language: Language = "zh") -> Drawn:
    """Draw a projection as a self-contained HTML page.

    Parameters
    ----------
    projection : Projection
        What is drawn: everything that documents state, and of the structure what they touch.
    texts : mapping of str to str, optional
        Stored texts by document id, for the lines of quotes; without, the lines of the account are given.
    language : {"zh", "en"}
        Language of the page's own words.

    Raises
    ------
    MissingExtraError
        pyvis, networkx or numpy is not installed.
    RecordError
        The projection contradicts itself.
    """
    chosen = picture(projection)
    edges = _edges(chosen)
    drawn = _drawing(chosen, edges)
    data = _data(chosen, edges, projection, texts or {}, language)
    return Drawn(_page(drawn, data, language), len(chosen.nodes), len(edges))


def _edges(chosen: Picture) -> list[_Edge]:
    found = []
    for relationship in chosen.edges:
        kind = schema().relationships.get(relationship.type)
        ends = kind.between(relationship.start[0], relationship.end[0]) if kind else None
        if kind is None or ends is None:
            raise RecordError(
                say(f"结构里没有这样的关系：{relationship.type}", f"no such relationship: {relationship.type}"),
                where=relationship.id,
            )
        start, end = chosen.index[relationship.start], chosen.index[relationship.end]
        found.append(_Edge(relationship, kind, ends, marks.group(kind, ends.basis), start, end))
    return found


def _drawing(chosen: Picture, edges: Sequence[_Edge]) -> str:
    """The page as pyvis makes it, with nothing to fetch."""
    try:
        import networkx  # noqa: F401  the layout's
        import numpy  # noqa: F401  the layout's
        from pyvis.network import Network
    except ImportError as error:
        raise _missing(str(error.name)) from error

    network = Network(height="100%", width="100%", cdn_resources="in_line")
    network.options = _options()
    # Lists, not add_node: that looks every id up in a list and takes seconds for thousands.
    network.nodes = _nodes(chosen, edges)
    hidden = {node["id"] for node in network.nodes if node.get("hidden")}
    lines = [_line(number, edge, network.nodes, hidden) for number, edge in enumerate(edges)]
    # Drawn in this order: what spread lies over the rest.
    network.edges = sorted(lines, key=lambda line: edges[line["id"]].group == "diffusion")
    return _without_requests(network.generate_html())


def _missing(name: str) -> MissingExtraError:
    return MissingExtraError(
        say(f"网络图需要 {name}，还没有安装", f"the network page needs {name}, which is not installed"),
        hint='pip install "unionkg[view]"',
    )


def _nodes(chosen: Picture, edges: Sequence[_Edge]) -> list[dict[str, Any]]:
    degrees = chosen.degrees()
    kinds = [marks.mark(node.label) for node in chosen.nodes]
    ties = [
        (edge.start, edge.end, _PULL[edge.group] / (1 + degrees[edge.start] * degrees[edge.end]) ** 0.25)
        for edge in edges
    ]
    points = layout.positions(len(kinds), ties, [kind.first for kind in kinds])
    sizes = [round(kind.size * (1 + min(degree, 60) / 45), 1) for kind, degree in zip(kinds, degrees, strict=True)]
    order = sorted(range(len(kinds)), key=lambda node: (not kinds[node].first, -degrees[node], node))
    shown = {node for node in order[:LIMIT] if kinds[node].first}
    made = []
    for number, node in enumerate(chosen.nodes):
        x, y = points[number]
        # No label: those of vis-network grow with the zoom and cover each other; labels.js writes them.
        entry: dict[str, Any] = {"id": number, "group": node.label, "x": x, "y": y, "size": sizes[number]}
        if number not in shown:
            entry["hidden"] = True
        made.append(entry)
    return made


def _line(number: int, edge: _Edge, nodes: Sequence[Mapping[str, Any]], hidden: Set[int]) -> dict[str, Any]:
    intended = edge.relationship.properties.get("intended") is True
    line = marks.INTENDED if intended else marks.LINES[edge.group]
    made: dict[str, Any] = {"id": number, "from": edge.start, "to": edge.end}
    start, end = nodes[edge.start], nodes[edge.end]
    if edge.group != "stated":  # that one is the default of `_options`
        made |= {"color": {"color": line.colour}, "width": line.width}
    elif math.hypot(start["x"] - end["x"], start["y"] - end["y"]) > _FAR:
        made |= {"color": {"color": marks.FAINT}, "width": 0.8}
    if line.dashes:
        made["dashes"] = list(line.dashes)
    if edge.type.influence and edge.group == "diffusion":
        made["arrows"] = "to" if edge.type.influence == "start_to_end" else "from"
    if edge.start in hidden or edge.end in hidden or not line.first:
        made["hidden"] = True
    return made


def _options() -> dict[str, Any]:
    plain = marks.LINES["stated"]
    groups = {}
    for label in schema().nodes:
        mark = marks.mark(label)
        colours = {"background": mark.fill, "border": mark.border}
        groups[label] = {"shape": mark.shape, "color": {**colours, "highlight": colours, "hover": colours}}
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "tooltipDelay": 100000,
            "hideEdgesOnDrag": False,
            "hideEdgesOnZoom": False,
        },
        "groups": {**groups, "useDefaultGroups": False},
        "nodes": {
            "borderWidth": 1.5,
            "borderWidthSelected": 4,
        },
        "edges": {
            "smooth": False,
            "color": {"color": plain.colour, "highlight": "#111111", "hover": "#111111", "inherit": False},
            "width": plain.width,
            "selectionWidth": 2,
            "hoverWidth": 1,
            "arrowStrikethrough": False,
            "arrows": {"to": {"scaleFactor": 0.55}, "from": {"scaleFactor": 0.55}},
        },
    }


def _without_requests(page: str) -> str:
    """Take out what pyvis would fetch (Bootstrap), and its styles, which ours replace."""
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    page = re.sub(r"<link\b[^>]*>", "", page)
    page = re.sub(r"<script\b[^>]*\bsrc\s*=[^>]*>\s*</script>", "", page)
    page = re.sub(r"<style\b[^>]*>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"<center>.*?</center>", "", page, flags=re.DOTALL)


def _data(
    chosen: Picture, edges: Sequence[_Edge], projection: Projection, texts: Mapping[str, str], language: Language
) -> dict[str, Any]:
    """What the page's own script reads: names, properties, quotes and what the filters go by."""
    known = {(node.label, node.id): str(node.properties["name"]) for node in (*projection.structure[0], *chosen.nodes)}
    regions = {
        str(node.properties["code"]): str(node.properties.get("full_name", node.properties["name"]))
        for node in projection.structure[0]
        if node.label == "Region"
    }
    quotes = Quotes(chosen, texts)
    kinds = sorted({node.label for node in chosen.nodes}, key=list(schema().nodes).index)
    counted = Counter((list(marks.LINES).index(edge.group), edge.type.type) for edge in edges)
    relations = sorted(counted, key=lambda pair: (pair[0], list(schema().relationships).index(pair[1])))
    used = {theme for facets in chosen.facets.values() for theme in facets.themes}
    themes = [node.id for node in projection.structure[0] if node.label == "Theme" and node.id in used]
    provinces = sorted({province for facets in chosen.facets.values() for province in facets.provinces})
    methods: dict[str, int] = {}
    nodes = [_node_data(chosen, number, kinds, regions, quotes, language) for number in range(len(chosen.nodes))]
    lines = [_edge_data(chosen, edge, relations, regions, quotes, methods, language) for edge in edges]
    titles = [known.get(("Document", document), document) for document in quotes.documents]
    return {
        "language": language,
        "words": words(language),
        "limit": LIMIT,
        "kinds": [_kind_data(label, chosen, language) for label in kinds],
        "groups": [
            {"key": key, "colour": line.colour, "width": line.width, "dashes": line.dashes, "on": line.first}
            for key, line in marks.LINES.items()
        ],
        "relations": [
            {
                "name": _called(schema().relationships[name], language),
                "group": group,
                "count": counted[group, name],
                "influence": schema().relationships[name].influence,
            }
            for group, name in relations
        ],
        "themes": [known["Theme", theme] for theme in themes],
        "provinces": [known["Region", province] for province in provinces],
        "facets": {
            str(chosen.index["PracticeCase", case]): [
                [themes.index(theme) for theme in facets.themes],
                [provinces.index(province) for province in facets.provinces],
                facets.year,
            ]
            for case, facets in chosen.facets.items()
        },
        "documents": titles,
        "quotes": [[q.document, q.first, q.last, q.text, int(q.exact)] for q in quotes.found],
        "methods": list(methods),
        "nodes": nodes,
        "edges": lines,
    }


def _called(thing: Any, language: Language) -> str:
    return str(thing.zh if language == "zh" else thing.en)


def _kind_data(label: str, chosen: Picture, language: Language) -> dict[str, Any]:
    mark, node = marks.mark(label), schema().nodes[label]
    return {
        "name": _called(node, language),
        "definition": node.definition_zh if language == "zh" else node.definition_en,
        "shape": mark.shape,
        "fill": mark.fill,
        "border": mark.border,
        "on": mark.first,
        "count": sum(1 for node in chosen.nodes if node.label == label),
        "case": label == "PracticeCase",
    }


def _node_data(
    chosen: Picture,
    number: int,
    kinds: Sequence[str],
    regions: Mapping[str, str],
    quotes: Quotes,
    language: Language,
) -> list[Any]:
    """Kind, name, aliases, properties, quotes with what each supports."""
    node = chosen.nodes[number]
    declared = schema().nodes[node.label].properties
    aliases = node.properties.get("aliases")
    document = node.id if node.label == "Document" else str(node.properties.get("document", ""))
    found = quotes.of(node.properties, document, node.id)
    supports = node.properties.get("quote_for")
    named = [_called(declared[str(name)], language) for name in supports] if isinstance(supports, list) else []
    own = [[named[i] if i < len(named) else "", quote] for i, quote in enumerate(found)]
    return [
        kinds.index(node.label),
        str(node.properties["name"]),
        aliases if isinstance(aliases, list) else [],
        described(declared, node.properties, regions, language),
        own,
    ]


def _edge_data(
    chosen: Picture,
    edge: _Edge,
    relations: Sequence[tuple[int, str]],
    regions: Mapping[str, str],
    quotes: Quotes,
    methods: dict[str, int],
    language: Language,
) -> list[Any]:
    """Relation, cases, properties, quotes, method, confidence in per cent, review state."""
    given = edge.relationship.properties
    case = given.get("case_id")
    relation = relations.index((list(marks.LINES).index(edge.group), edge.type.type))
    made: list[Any] = [
        relation,
        list(chosen.cases(edge.relationship)),
        described(edge.ends.properties, given, regions, language),
        quotes.of(given, str(given.get("document", "")), str(case) if case else None),
    ]
    if "method" in given:
        confidence = given.get("confidence")
        made.append(methods.setdefault(str(given["method"]), len(methods)))
        made.append(round(100 * confidence) if isinstance(confidence, int | float) else None)
        review = edge.ends.properties.get("review")
        made.append(choice(review, given["review"], language) if "review" in given else "")
    return made


def _page(drawn: str, data: Mapping[str, Any], language: Language) -> str:
    folder = files("unionkg.viz") / "templates"
    said = {key: html.escape(value) for key, value in words(language).items()}
    body = Template((folder / "network.html").read_text(encoding="utf-8")).substitute(said)
    style = (folder / "network.css").read_text(encoding="utf-8")
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    head = (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
        "style-src 'unsafe-inline'; img-src data: blob:\">"
        '<meta name="generator" content="unionkg"><meta name="viewport" content="width=device-width">'
        f"<title>{said['title']}</title>\n<style>\n{style}</style>"
    )
    tail = f'<script type="application/json" id="data">{_json(data)}</script>\n<script>\n(function () {{\n"use strict";\n{script}}})();\n</script>\n</body>'
    for old, new in (
        ("<html>", f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">'),
        ('<meta charset="utf-8">', f'<meta charset="utf-8">{head}'),
        ("<body>", f"<body>\n{body}"),
        ("</body>", tail),
    ):
        before, found, after = drawn.partition(old) if old != "</body>" else drawn.rpartition(old)
        if not found:
            raise MissingExtraError(
                say(f"安装的 pyvis 版本不合用：页面里没有 {old}", f"the installed pyvis does not fit: no {old}"),
                hint='pip install "unionkg[view]"',
            )
        drawn = before + new + after
    return drawn


def _json(data: Mapping[str, Any]) -> str:
    """JSON that stays inside its script element whatever a name contains."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
