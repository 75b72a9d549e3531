"""Modes in which practices spread, from nothing but what documents state; where that is too little: 证据不足.

Six modes are told (``ontology/vocabularies/diffusion_modes.csv`` holds their names and definitions):

top_down, 自上而下
    A superior assigns the practice as a pilot (``PILOT_ASSIGNED_BY``), promotes it surely before the account's
    beginning (``PROMOTED_BY``), or issues a policy about the practice type that the account cites (``CITED``,
    ``CONCERNS``), not after it.
absorb_radiate, 吸纳—辐射
    A local start, then a superior takes the practice up or speaks for it (``PROMOTED_BY``, ``RECOGNISED_BY`` in a
    form with ``uptake`` in recognition_forms.csv), then a region or union below that superior and elsewhere copies it
    (``REPLICATED_IN``, ``SCALED_TO``, or its own account's ``LEARNED_FROM``).
same_level, 同级
    ``LEARNED_FROM`` or ``REPLICATED_IN`` between units of one level, without a stated act of a superior of both.
forerunner, 先行—跟进
    The same between places of different level of which none stands above the other. How developed a place is, by
    which the literature tells forerunners, no document of ours states: level stands for it.
bottom_up, 自下而上
    A local start, then a superior takes it up: promotes it, puts it into a document or holds a meeting on site,
    extends it to an area above (``SCALED_TO`` a region that the unit lies in), or learns from the unit. A promotion
    counts where it is surely later, or where its form says that the practice was there already (``presupposes``).
pilot_rollout, 试点—推广
    A stated pilot (``PILOTED_AT``, ``PILOT_ASSIGNED_BY``), then a stated roll-out (``SCALED_TO``, or ``PROMOTED_BY``
    in a form that passes it on) in the same account.

A start is local where nothing stated speaks for top_down: no superior assigned or earlier promoted it, nor issued a
policy about the type that the account cites and that is not surely later. A later policy that an account cites is no
uptake: that a superior wrote this practice into it, nothing states. What is only intended, or happened inside one
organisation, is no evidence; a collection (全市, 各区县) is evidence of a roll-out but of no tie between two units. Other
ends must be recognised as unions or regions wherever their standing counts. Promotion and recognition that merely
select, award or report amount to no uptake.

References
----------
王浦劬、赖先进 (2013), 中国公共政策扩散的模式与机制分析, 北京大学学报（哲学社会科学版）50(6).
Heilmann (2008), From local experiments to national policy: the origins of China's distinctive policy process,
The China Journal 59.
朱旭峰、张友浪 (2015), 创新与扩散：新型行政审批制度在中国城市的兴起, 管理世界 (10).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unionkg.graph.analysis.accounts import Account, Selection, collection
from unionkg.graph.analysis.basis import Basis, basis
from unionkg.graph.analysis.mode_stories import Case, Finding, Practice, findings, gathered, strength
from unionkg.graph.analysis.spread_steps import citations, said_once, tellings
from unionkg.graph.analysis.standing import End, standing
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.vocabulary import terms

#: Why a statement of diffusion supports no mode.
UNUSED: Mapping[str, tuple[str, str]] = {
    "intended": ("打算，尚未实施", "intended, not done"),
    "internal": ("同一单位内部推开", "inside one organisation"),
    "collective": ("泛指多家", "the other end is a collection"),
    "unresolved": ("对方名称未识别", "the other name is not recognised"),
    "noted": ("只是评选、表彰、报道或肯定", "selection, award, report or praise only"),
    "order": ("先后没有写明", "its place in time is not stated"),
    "insufficient": ("缺少成为某种模式所需的其他步骤或层级", "other steps or the standing of the ends are missing"),
}


@dataclass(frozen=True, slots=True)
class TypeModes:
    """What supports which mode for one practice type; no ``findings`` means 证据不足.

    ``unused`` counts the statements of diffusion that support no mode, by relationship type and reason (`UNUSED`).
    """

    practice_type: str
    name: str
    basis: Basis
    findings: tuple[Finding, ...]
    unused: Mapping[tuple[str, str], int]


def modes(
    projection: Projection, practice_type: str | None = None, vocabularies: Path | None = None
) -> list[TypeModes]:
    """Judge every practice type that is not routine, or one of them by its Chinese label.

    Parameters
    ----------
    projection : Projection
    practice_type : str, optional
    vocabularies : Path, optional
        A workspace's folder of vocabularies, for forms of recognition of its own.

    Returns
    -------
    list of TypeModes
        By name; types that are no account's main practice are left out.
    """
    found = collection(projection, Selection())
    known, cited = standing(projection, found), citations(projection, found)
    forms = terms("recognition_forms", vocabularies / "recognition_forms.csv" if vocabularies else None)
    about = _policies(projection)
    made = []
    for identifier in sorted({one for account in found.accounts for one in account.applied}):
        name = str(found.nodes["PracticeType", identifier].properties["name"])
        if practice_type not in {None, name}:
            continue
        policies = about.get(identifier, {})
        citing = {account: [t for t in ties if t.end[1] in policies] for account, ties in cited.items()}
        told = tellings(identifier, found, citing)
        if told:
            cases = tuple(Case(one, tuple(_usable(one.account))) for one in told)
            judged = gathered(cases, known, forms, policies)
            stories = tuple(findings(judged))
            counted = basis([(one.account, one.applied) for one in told])
            made.append(TypeModes(identifier, name, counted, stories, _unused(judged, stories)))
    return sorted(made, key=lambda one: (one.name, one.practice_type))


def _policies(projection: Projection) -> dict[str, dict[str, tuple[End, ...]]]:
    """By practice type the policies about it, each with its issuers and the regions that it applies to."""
    ends: dict[str, set[End]] = defaultdict(set)
    about: dict[str, set[str]] = defaultdict(set)
    for graph in projection.documents:
        for tie in graph.relationships:
            if tie.type in {"ISSUED_BY", "APPLIES_TO"}:
                ends[tie.start[1]].add(tie.end)
            elif tie.type == "CONCERNS":
                about[tie.end[1]].add(tie.start[1])
    return {kind: {policy: tuple(sorted(ends[policy])) for policy in some} for kind, some in about.items()}


def _usable(account: Account) -> Iterator[Relationship]:
    for tie in said_once(account):
        if not tie.properties.get("intended") and not tie.properties.get("internal"):
            yield tie


def _unused(judged: Practice, stories: Sequence[Finding]) -> Mapping[tuple[str, str], int]:
    used = {one.statement for finding in stories for one in finding.steps}
    counted: Counter[tuple[str, str]] = Counter()
    for case in judged.cases:
        for tie in said_once(case.account):
            if tie.id not in used:
                counted[tie.type, _reason(tie, judged)] += 1
    return counted


def _reason(tie: Relationship, judged: Practice) -> str:
    for flag in ("intended", "internal", "collective"):
        if tie.properties.get(flag):
            return flag
    if tie.end[0] == "UnresolvedName":
        return "unresolved"
    if tie.type in {"RECOGNISED_BY", "PROMOTED_BY"} and strength(tie, judged) != "adopted":
        return "noted"
    if tie.type == "PROMOTED_BY":
        return "order"
    return "insufficient"
