"""The pack ``network``: questions that networkx answers, as rows like those of any other query.

Each question makes a network from the graph as plain data and measures it (`unionkg.graph.analysis`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from unionkg.graph.analysis.network_columns import COLUMNS

if TYPE_CHECKING:
    from unionkg.graph.analysis.network_graph import Network
    from unionkg.graph.build import Projection
    from unionkg.queries.library import Parameter, Query

_ROLES_ZH = {
    "coordinator": "协调人：三方同组",
    "consultant": "顾问：两端同组，自己在组外",
    "gatekeeper": "守门人：从组外引入本组",
    "representative": "代表：从本组送到组外",
    "liaison": "联络人：三方分属三组",
}
_ROLES_EN = {
    "coordinator": "all three in one group",
    "consultant": "the two others in one group, it outside",
    "gatekeeper": "from outside into its own group",
    "representative": "from its own group to outside",
    "liaison": "three groups",
}

_SOURCE = """// {zh}
// {en}
// 由 networkx 从图谱数据算出，没有 Cypher 语句。 / Computed with networkx from the graph's data; there is no statement in Cypher.
// {example}"""

_QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    "ties": (
        "谁和谁有联系，依据哪些陈述？（写明的、推断的、共现的分开）",
        "Who is tied to whom, by which statements? (stated, inferred and shared apart)",
        "-p projection=union-union -p ties=stated",
    ),
    "centrality": (
        "各类做法（工会、地区）在网络中的位置如何？",
        "Where do practice types (unions, regions) stand in the network?",
        "-p projection=practice-practice",
    ),
    "brokerage": (
        "谁处在别人之间（结构洞、中介角色）？",
        "Who stands between others (structural holes, roles of brokers)?",
        "-p projection=union-union -p ties=stated -p group=level",
    ),
    "communities": (
        "哪些做法（工会、地区）联系更密，成为一群？",
        "Which practice types (unions, regions) are tied more among themselves?",
        "-p projection=practice-practice",
    ),
    "core_periphery": (
        "网络有没有核心和边缘？",
        "Has the network a core and a periphery?",
        "-p projection=practice-practice",
    ),
}

_COLUMNS: Mapping[str, tuple[str, str]] = {
    "source": ("一端；有方向时是来源", "one end; the source where there is a direction"),
    "relation": ("文献写明或推断的关系；共现没有", "the stated or inferred relationship; none where types are shared"),
    "target": ("另一端；有方向时是去向", "the other end; the target where there is a direction"),
    "directed": (
        "是否有影响方向；推广、认可写明了联系而没有方向",
        "whether influence has a direction; promotion and recognition state a tie without one",
    ),
    "weight": (
        "强度：案例数；不同单位相同做法的类型数；同一工会共现时的工会数",
        "accounts; of units with practice types in common, the types; within unions, the unions",
    ),
    "expected": ("两类做法互不相干时的强度", "the weight if the two types had nothing to do with each other"),
    "jaccard": ("共同部分占两者全部的份额（Jaccard）", "the share of what both have in what either has (Jaccard)"),
    "broader": (
        "一类做法是否包含另一类；是则同时出现不足为奇",
        "whether one type is broader than the other; then that they occur together is no wonder",
    ),
    "practice_types": ("相同的做法类型", "the practice types in common"),
    "accounts": ("所据案例数", "the accounts behind it"),
    "source_id": ("一端的编号", "id of the one end"),
    "target_id": ("另一端的编号", "id of the other end"),
    "name": ("名称", "name"),
    "kind": ("节点种类", "kind of node"),
    "level": ("层级；做法类型没有", "level; practice types have none"),
    "degree": ("联系数", "number of ties"),
    "in_degree": ("来自别处的联系数；仅用于有方向的网络", "ties that come in; directed networks only"),
    "out_degree": ("去往别处的联系数；仅用于有方向的网络", "ties that go out; directed networks only"),
    "strength": ("联系的强度之和", "sum of the weights of its ties"),
    "betweenness": ("中间性：别人之间的最短路径经过它的份额", "share of shortest paths between others through it"),
    "closeness": (
        "接近性（调和）：到其余各点距离的倒数的平均，到不了的算 0",
        "harmonic closeness: mean of 1 / distance to all others, 0 for those out of reach",
    ),
    "eigenvector": (
        "特征向量中心性；仅用于无方向网络的最大连通部分",
        "eigenvector centrality; in the largest part of undirected networks only",
    ),
    "group": ("角色按什么分组", "its group, for the roles"),
    "effective_size": ("有效规模：互不相连的联系有多少（Burt）", "effective size: ties that are not redundant (Burt)"),
    "constraint": ("约束度：越小越处在别人之间（Burt）", "constraint: the smaller, the more between others (Burt)"),
    "redundancy": (
        "冗余度（两模网络）：去掉它，邻点成对的联系还在的份额",
        "two-mode networks: share of pairs of its neighbours that another node ties as well",
    ),
    **{role: (zh, _ROLES_EN[role]) for role, zh in _ROLES_ZH.items()},
    "community": ("群的编号，大的在前", "number of the community, the largest first"),
    "size": ("群里有几个节点", "nodes in the community"),
    "inside": ("它的联系落在本群的份额", "share of its ties' weight that stays in the community"),
    "modularity": ("整个划分的模块度", "modularity of the whole partition"),
    "agreement": (
        "多次划分的一致程度：1 完全一致，接近 0 是随意的",
        "agreement of ten searches: 1 the same, near 0 arbitrary",
    ),
    "core": ("是否属于核心；否则属于边缘", "whether it belongs to the core, else to the periphery"),
    "fit": ("与理想核心—边缘的相关，-1 到 1", "correlation with the ideal pattern, -1 to 1"),
    "density_core": ("核心内部的平均强度", "mean weight of pairs within the core"),
    "density_between": ("核心与边缘之间的平均强度", "mean weight of pairs between core and periphery"),
    "density_periphery": ("边缘内部的平均强度", "mean weight of pairs within the periphery"),
    "id": ("编号", "id"),
}

_NEEDS = (
    "这批资料没有这样的联系。写明的传播要案例说明学自谁、推广到哪里，且对方能识别；推断的联系目前不写入图谱；"
    "共现可以换 projection 或放宽条件",
    "These documents have no such ties. Stated ones need accounts that say from whom they learned or who took it up, by "
    "names that are recognised; inferred ones are not written into the graph; shared ones may need another projection or "
    "wider conditions",
)


def network_queries() -> tuple[Query, ...]:
    """The queries of the pack ``network``."""
    from unionkg.queries.library import Column, Query

    return tuple(
        Query(
            name=f"network.{name}",
            question_zh=zh,
            question_en=en,
            parameters=_parameters(name),
            columns=tuple(Column(column, *_COLUMNS[column]) for column in COLUMNS[name][:-1]),
            example=(example := f"unionkg query run network.{name} {options}"),
            source=_SOURCE.format(zh=zh, en=en, example=example),
            statement="",
            needs=_NEEDS,
            compute=partial(_compute, name),
        )
        for name, (zh, en, options) in _QUESTIONS.items()
    )


def _compute(
    name: str, projection: Projection, given: Mapping[str, Any]
) -> tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[str]]:
    from unionkg.graph.analysis import network_rows as rows
    from unionkg.graph.analysis.network_notes import notes

    made = network_of(projection, given)
    answers: Mapping[str, Callable[[], list[rows.Row]]] = {
        "ties": lambda: rows.ties(made),
        "centrality": lambda: rows.centrality(made),
        "brokerage": lambda: rows.brokerage(made, given["group"]),
        "communities": lambda: rows.parts(made),
        "core_periphery": lambda: rows.core(made),
    }
    return COLUMNS[name], answers[name]()[: given["limit"]], notes(made)


def network_of(projection: Projection, given: Mapping[str, Any]) -> Network:
    """The network that the parameters of a question ask for.

    Raises
    ------
    InputError
        There is no such network (`unionkg.graph.analysis.networks.network`).
    MissingExtraError
        networkx is not installed.
    """
    from unionkg.graph.analysis.accounts import Selection
    from unionkg.graph.analysis.networks import network

    return network(
        projection,
        given["projection"],
        ties=given["ties"],
        selection=Selection(given["practice_type"], given["theme"], given["region"], given["routine"]),
        within=given["within"],
        level=given["level"],
        at_least=given["at_least"],
    )


def _parameters(name: str) -> tuple[Parameter, ...]:
    from unionkg.queries.library import Parameter

    made = [
        Parameter(
            "projection",
            "string",
            "网络：工会—做法、做法—做法、地区—地区、工会—工会",
            "the network: unions and practice types, practice types, regions, unions",
            default="practice-practice",
            values=("union-practice", "practice-practice", "region-region", "union-union"),
        ),
        Parameter(
            "ties",
            "string",
            "关系：写明的、推断的或共现的，从不混用；地区、工会之间必须指明",
            "stated, inferred or shared, never mixed; to be given between regions and between unions",
            values=("stated", "inferred", "shared"),
            optional=True,
        ),
        Parameter(
            "practice_type",
            "string",
            "只算有这类做法的案例",
            "only accounts that apply this practice type",
            values="practice_types",
            optional=True,
        ),
        Parameter(
            "theme", "string", "只算这个领域的案例", "only accounts of this theme", values="themes", optional=True
        ),
        Parameter(
            "region",
            "string",
            "只算这个地区（含下级和历史区划）的案例",
            "only accounts of this region with all below it and what became part of it",
            values="regions",
            optional=True,
        ),
        Parameter(
            "level",
            "string",
            "地区网络：下级归到这一层级",
            "of region-region: regions below count for theirs of this level",
            values="region_levels.key",
            optional=True,
        ),
        Parameter(
            "within",
            "string",
            "做法共现的范围：同一案例，或同一工会的各案例",
            "of practice-practice: types in one account, or in the accounts of one union",
            default="account",
            values=("account", "union"),
        ),
        Parameter(
            "routine",
            "boolean",
            "是否计入常规做法（送温暖、职代会等）",
            "whether routine practice types count",
            default=False,
        ),
        Parameter("at_least", "integer", "关系的最低强度", "ties of at least this weight", default=1),
    ]
    if name == "brokerage":
        made.append(
            Parameter(
                "group",
                "string",
                "中介角色按什么分组：省份或层级",
                "what groups nodes for the roles: province or level",
                default="province",
                values=("province", "level"),
            )
        )
    made.append(Parameter("limit", "integer", "最多几行", "at most so many rows", default=200))
    return tuple(made)
