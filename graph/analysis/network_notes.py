"""What has to be said with every network: what its ties are, how many there are, what it leaves out, what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

from unionkg.graph.analysis.network_graph import Network
from unionkg.graph.analysis.stated import REASONS
from unionkg.language import say

#: Below so many nodes measures are told, but mean little.
FEW = 10

_TIES: Mapping[str, tuple[str, str]] = {
    "union-practice": (
        "关系：案例写明工会开展了这类做法",
        "ties: accounts state that the union applied the practice type",
    ),
    "practice-practice": (
        "关系：做法同时出现（共现，不是联系，更不是影响）",
        "ties: practice types that occur together (no tie between anybody, no influence)",
    ),
    "stated": (
        "关系：文献写明的传播，方向为影响方向",
        "ties: diffusion that documents state, in the direction of influence",
    ),
    "inferred": ("关系：推断先后关联（非影响）", "ties: inferred precedence, not influence"),
    "shared": (
        "关系：有相同的做法类型（相似，不是联系）；资料多的单位相同的类型自然多",
        "ties: practice types in common (alike, not tied); units with more accounts have more in common",
    ),
}


def notes(network: Network) -> list[str]:
    """Sentences in the user's language, for under a table or picture of the network."""
    graph, told = network.graph, network.graph.graph
    nodes, ties, accounts = graph.number_of_nodes(), graph.number_of_edges(), told["accounts"]
    said = [
        say(
            f"{nodes} 个节点、{ties} 条关系，来自 {accounts} 则案例",
            f"{nodes} nodes and {ties} ties, from {accounts} accounts",
        ),
        say(*(_TIES.get(told["projection"]) or _TIES[told["ties"]])),
        say(
            "资料汇编是样本：没有关系不等于没有联系，各项指标说的是这批资料，不是全体",
            "a collection is a sample: no tie here is not no tie; measures describe these documents, not all unions",
        ),
    ]
    if 0 < nodes < FEW:
        said.append(say(f"不足 {FEW} 个节点，指标只供查阅", f"fewer than {FEW} nodes: the measures mean little"))
    if network.undeclared:
        count = len({tie.statement.id for tie in network.undeclared})
        said.append(
            say(
                f"另有推广、认可 {count} 条没有影响方向，只列出，不计入指标",
                f"{count} statements of promotion or recognition have no direction of influence: listed, not measured",
            )
        )
    reasons = [f"{say(*REASONS[name])} {network.left_out[name]}" for name in REASONS if network.left_out.get(name)]
    if reasons:
        said.append(
            say("不成为关系的传播陈述：", "statements of diffusion that make no tie: ") + say("、", ", ").join(reasons)
        )
    if network.left_out.get("coarser"):
        count = network.left_out["coarser"]
        said.append(say(f"地区高于所选层级的案例 {count} 则", f"{count} accounts of regions above the level"))
    return said
