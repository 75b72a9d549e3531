"""Networks as tables: who is tied to whom, and every node's measures, with the statements behind each row.

Every function gives one row a tie or node, its values in the order of the columns that `unionkg.graph.analysis.network_columns` names. The last one,
``evidence``, is a list of statements: their properties as in the graph, at most `MOST_EVIDENCE`. Rows of unions and
regions stand in the order of their codes, never in that of a measure: they are not ranked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from unionkg.graph.analysis.brokerage import Grouping, groups, redundancy, roles, structural_holes
from unionkg.graph.analysis.communities import communities, inside, is_two_mode
from unionkg.graph.analysis.core_periphery import core_periphery
from unionkg.graph.analysis.network_columns import ROLES
from unionkg.graph.analysis.network_graph import Network, in_order
from unionkg.graph.analysis.positions import positions
from unionkg.graph.stores.protocol import Relationship

Row = tuple[Any, ...]

MOST_EVIDENCE = 20


def ties(made: Network) -> list[Row]:
    """The ties: practice types with the heaviest first, units in the order of their codes; then those without direction.

    ``directed`` is True where influence has a direction, False where a document states a tie without one (promotion,
    recognition), None where there is nothing to direct.
    """
    graph = made.graph
    place = {node: at for at, node in enumerate(in_order(graph))}
    by_weight = graph.graph["projection"] == "practice-practice"
    found = []
    for (source, target), statements in made.evidence.items():
        told = graph.edges[source, target]
        row = (
            made.names[source],
            _relations(made, told),
            made.names[target],
            True if graph.is_directed() else None,
            told["weight"],
            _rounded(told.get("expected")),
            _rounded(told.get("jaccard")),
            told.get("broader"),
            [made.names[one] for one in told["practice_types"].split("|")] if "practice_types" in told else None,
            len(told["accounts"].split("|")),
            source,
            target,
            _of_tie(made, source, statements),
        )
        found.append(((-told["weight"] if by_weight else 0, place[source], place[target]), row))
    rows = [row for _, row in sorted(found, key=lambda one: one[0])]
    for tie in sorted(
        made.undeclared, key=lambda tie: (made.names[tie.source], made.names[tie.target], tie.statement.id)
    ):
        source, target, said = tie.source, tie.target, tie.statement
        ends = made.names[source], [said.type], made.names[target]
        rows.append((*ends, False, 1, None, None, None, None, 1, source, target, _shown([said])))
    return rows


def _relations(made: Network, told: Mapping[str, Any]) -> list[str] | None:
    if "relations" in told:
        return list(told["relations"].split("|"))
    if made.graph.graph["ties"] == "inferred":
        return ["INFERRED_TIE"]
    return ["APPLIED"] if made.graph.graph["projection"] == "union-practice" else None


def centrality(made: Network) -> list[Row]:
    """Every node's position (`unionkg.graph.analysis.positions`)."""
    found = positions(made.graph)
    return _rows(
        made,
        {
            node: (
                at.degree,
                at.in_degree,
                at.out_degree,
                at.strength,
                _rounded(at.betweenness),
                _rounded(at.closeness),
                _rounded(at.eigenvector),
            )
            for node, at in found.items()
        },
    )


def brokerage(made: Network, by: Grouping = "province") -> list[Row]:
    """Every node's place between others (`unionkg.graph.analysis.brokerage`).

    Structural holes in one-mode networks, redundancy in two-mode ones, roles where ties have a direction; None
    elsewhere. ``by`` is what groups nodes for the roles.
    """
    graph = made.graph
    two_mode, directed = is_two_mode(graph), graph.is_directed()
    holes = {} if two_mode else structural_holes(graph)
    again = redundancy(graph) if two_mode else {}
    group = groups(graph, by)
    played = roles(graph, group) if directed else {}
    values: dict[str, tuple[Any, ...]] = {}
    for node in graph:
        hole, role = holes.get(node), played.get(node)
        values[node] = (
            (group[node] if group[node] != node else None) if directed else None,
            graph.degree(node),
            _rounded(hole.effective_size if hole else None),
            _rounded(hole.constraint if hole else None),
            _rounded(again.get(node)),
            *(None if role is None else role[name] for name in ROLES),
        )
    return _rows(made, values)


def parts(made: Network) -> list[Row]:
    """The community of every node (`unionkg.graph.analysis.communities`), the largest community first.

    ``inside`` is the share of a node's strength that stays in its community; ``modularity`` and ``agreement`` are of
    the whole partition, the same in all rows.
    """
    graph = made.graph
    found = communities(graph)
    sizes = Counter(found.of.values())
    strength: Mapping[str, float] = dict(graph.degree(weight="weight"))
    within = inside(graph, found.of)
    shown = dict(zip(in_order(graph), _rows(made, dict.fromkeys(graph, ())), strict=True))
    return [
        (
            found.of[node],
            sizes[found.of[node]],
            *row[:3],
            strength[node],
            _rounded(within[node] / strength[node]) if strength[node] else None,
            _rounded(found.modularity),
            _rounded(found.agreement),
            *row[3:],
        )
        for node, row in sorted(shown.items(), key=lambda one: found.of[one[0]])
    ]


def core(made: Network) -> list[Row]:
    """Core, then periphery (`unionkg.graph.analysis.core_periphery`); fit and densities are the same in all rows.

    ``core`` is None in all rows where the network has none.
    """
    graph = made.graph
    found = core_periphery(graph)
    strength: Mapping[str, float] = dict(graph.degree(weight="weight"))
    densities = found.within_core, found.between, found.within_periphery
    shown = dict(zip(in_order(graph), _rows(made, dict.fromkeys(graph, ())), strict=True))
    return [
        (
            None if found.fit is None else node in found.core,
            *row[:3],
            strength[node],
            _rounded(found.fit),
            *map(_rounded, densities),
            *row[3:],
        )
        for node, row in sorted(shown.items(), key=lambda one: one[0] not in found.core)
    ]


def _rows(made: Network, values: Mapping[str, tuple[Any, ...]]) -> list[Row]:
    """A row for each node: what it is, its values, its accounts, id and evidence."""
    graph = made.graph
    behind = _of_nodes(made)
    rows = []
    for node in in_order(graph):
        told = graph.nodes[node]
        accounts = len(told["accounts"].split("|"))
        first = (told["name"], told["kind"], told.get("level") or None)
        rows.append((*first, *values[node], accounts, node, behind[node]))
    return rows


def _of_nodes(made: Network) -> dict[str, list[dict[str, Any]]]:
    """The statements behind a node's ties that are its own: of its practice type, of its accounts."""
    graph = made.graph
    accounts = {node: set(told["accounts"].split("|")) for node, told in graph.nodes(data=True)}
    found: dict[str, dict[str, Relationship]] = defaultdict(dict)
    for ends, statements in made.evidence.items():
        for said in statements:
            account = made.account_of.get(str(said.properties.get("case_id")))
            for node in ends:
                own = said.end[1] == node if graph.nodes[node]["kind"] == "PracticeType" else account in accounts[node]
                if own or account is None or graph.is_directed():
                    found[node][said.id] = said
    return {node: _shown(said for _, said in sorted(found[node].items())) for node in graph}


def _of_tie(made: Network, source: str, statements: Sequence[Relationship]) -> list[dict[str, Any]]:
    """The statements behind a tie, those of each practice type and each side in turn, so that the first show all."""
    accounts = set(made.graph.nodes[source]["accounts"].split("|"))
    seen: Counter[tuple[str, bool]] = Counter()
    turns = []
    for said in statements:
        of = said.end[1], made.account_of.get(str(said.properties.get("case_id"))) in accounts
        seen[of] += 1
        turns.append(((seen[of], *of, said.id), said))
    return _shown(said for _, said in sorted(turns, key=lambda one: one[0]))


def _shown(statements: Iterable[Relationship]) -> list[dict[str, Any]]:
    """Statements as both stores give them, at most `MOST_EVIDENCE`; an inferred tie is none, it has no words."""
    said_in_words = (said for said in statements if "quotes" in said.properties)
    return [{**said.properties, "id": said.id, "_type": said.type} for said in islice(said_in_words, MOST_EVIDENCE)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
