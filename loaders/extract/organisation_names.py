"""Find the names of organisations other than unions (and of unions, which stand between them in lists).

A name is known by its end (…局, …协会, …有限公司) and reaches left to the nearest word that cannot belong to it
(vocabularies/partner_names.csv, partner_edges.csv); departments may stand bare (人社、司法等部门), and a few
organisations have no telling end. Finding a name says nothing about what the organisation does in the account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from unionkg.graph.records import PartnerType
from unionkg.ontology.vocabulary import table

Kind = Literal["named", "department", "expression", "bare", "union"]

_LONGEST = 34
_NEAR = 40
_TELLING = 4  # an ending as long as this is a name by itself: 交警大队
_HEAD = 400  # here the union whose account it is introduces itself: always read
_OPEN_TO_CLOSE = {"(": ")", "（": "）", "“": "”", "「": "」"}
_MARKS = frozenset(" \n，,。.；;：:！!？?、—…《》〈〉【】·/+－-◆●")
_OFFICE = re.compile(
    ".{0,10}[省市县区州旗国][^省市县区州旗国]{2,8}"
)  # what makes of 局 an office: 某市粮食局, not 格局
_OF_PLACE = frozenset("省市区县州旗镇")  # 区财政, 县民政
_OF_UNIONS = re.compile("(?:职工|会员|工人|劳模|工会)[一-龥]{0,6}中心$")  # a union's own: 职工服务中心
_DEPARTMENT_ENDS = "委员会|局|厅|委|部门|部|办|机关"


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """A name at ``start``:``end``.

    ``kind``: ``named`` (proper name by its ending), ``department`` (stem with 局, 厅 …), ``expression`` (律师团队 or a
    well-known name without ending), ``bare`` (a department's stem alone), ``union`` (a union; ``type`` is then None).
    """

    start: int
    end: int
    type: PartnerType | None
    kind: Kind


def find(text: str) -> tuple[OrganisationName, ...]:
    """All names in the order of the text; none overlaps another (the longer one, then the earlier, stays)."""
    found: list[OrganisationName] = []
    matches = list(_ends().finditer(text))
    for i, match in enumerate(matches):
        if match.lastgroup == "union" and match.start() > _HEAD and _alone(matches, i):
            continue
        name = _read(text, match)
        if name is None:
            continue
        while found and found[-1].end > name.start:
            if found[-1].end - found[-1].start > name.end - name.start and found[-1].end >= name.end:
                break
            found.pop()
        else:
            found.append(name)
    return tuple(found)


def _alone(matches: list[re.Match[str]], i: int) -> bool:
    """Whether a union stands too far from other organisations to share a list with one."""
    near = (matches[j] for j in (i - 1, i + 1, i + 2) if 0 <= j < len(matches))
    here = matches[i]
    return not any(
        m.lastgroup != "union" and m.start() - here.end() < _NEAR and here.start() - m.end() < _NEAR for m in near
    )


def _read(text: str, match: re.Match[str]) -> OrganisationName | None:
    word, form = match.group(), match.lastgroup
    if form == "union":
        return OrganisationName(_left(text, match.start()), match.end(), None, "union")
    if form == "department":
        stem = match.group("stem")
        kind = "department"
        type_ = _types()["stem"][stem]
        start = _left(text, match.start())
        if match.end() - match.start() == len(stem):
            kind, start = "bare", match.start() - (text[match.start() - 1 : match.start()] in _OF_PLACE)
        elif word.endswith("部") and start == match.start() and text[start - 1 : start].isalpha():
            return None  # a company's own department: 安全|环保部
        return OrganisationName(start, match.end(), type_, cast("Kind", kind))
    if form == "full":
        return OrganisationName(match.start(), match.end(), _types()["full"][word], "expression")
    start = _left(text, match.start())
    if word in {"局", "厅"} and not _OFFICE.fullmatch(text, start, match.start()):
        return None
    if start == match.start():
        if bare := _types()["stem"].get(word):
            return OrganisationName(start, match.end(), bare, "bare")
        if department := _types()["stem"].get(word[:-1]):
            return OrganisationName(start, match.end(), department, "department")
        alone = _types()["full"].get(word) or (_types()["ending"][word] if len(word) >= _TELLING else None)
        return OrganisationName(start, match.end(), alone, "expression") if alone else None
    if _OF_UNIONS.search(text, start, match.end()):
        return None
    return OrganisationName(start, match.end(), _types()["ending"][word], "named")


def _left(text: str, end: int) -> int:
    """Where a name that is known to reach up to ``end`` begins."""
    return left_edge(text, max(0, end - _LONGEST), end)


def left_edge(text: str, floor: int, end: int) -> int:
    """The last place between ``floor`` and ``end`` behind a mark or a word that cannot belong to a name."""
    start = next((i + 1 for i in range(end - 1, floor - 1, -1) if text[i] in _MARKS), floor)
    edge = start
    for match in _edges().finditer(text, start, end):
        edge = match.end()
    for match in _NUMBER_OF.finditer(text, edge, end):
        edge = match.end()
    twin = _TWIN.search(text, start, end + _TWIN_REACH) if edge - 1 > start and text[edge - 1] == "和" else None
    if twin is not None and twin.end() == edge:
        edge = max([start, *(m.end() for m in _edges().finditer(text, start, twin.start()))])
    return _closed_brackets(text, edge, end)


#: 8所|学校 counts bodies and is no part of a name
_NUMBER_OF = re.compile("[0-9]+[余多]?[家所个名](?!人)")
#: first halves of the names of offices with 和 in them: 教育和体育局
_TWIN = re.compile(
    "(?:教育|文化|体育|工业|经济|科学技术|发展|住房|人力资源|卫生|林业|自然资源|商务|农业|水利|规划|民族|退役军人|应急)和(?=[一-龥]{2,7}?(?:局|厅|委))"
)
_TWIN_REACH = 8


def _closed_brackets(text: str, start: int, end: int) -> int:
    """Move the start behind a bracket or quote that opens or closes in the name without its other half."""
    depth: list[tuple[str, int]] = []
    for i in range(start, end):
        character = text[i]
        if character in _OPEN_TO_CLOSE:
            depth.append((_OPEN_TO_CLOSE[character], i))
        elif character in ")）”」":
            if depth and depth[-1][0] == character:
                depth.pop()
            else:
                start = i + 1
    return depth[-1][1] + 1 if depth else start


@cache
def known_alone() -> Mapping[str, PartnerType]:
    """Departments and well-known bodies that are named without anything before them, longest first, with their type."""
    known = _types()["stem"] | _types()["full"]
    return {word: known[word] for word in sorted(known, key=len, reverse=True)}


@cache
def _types() -> dict[str, dict[str, PartnerType]]:
    types: dict[str, dict[str, PartnerType]] = {"ending": {}, "full": {}, "stem": {}}
    for row in table("partner_names"):
        types[row["form"]][row["word"]] = cast("PartnerType", row["type"])
    return types


@cache
def _ends() -> re.Pattern[str]:
    rows = sorted(table("partner_names"), key=lambda row: -len(row["word"]))
    stems = "|".join(re.escape(row["word"]) for row in rows if row["form"] == "stem")
    groups = {
        "union": "总工会|工会联合会|联合工会|工联会|工会",
        "ending": "|".join(_guarded(row) for row in rows if row["form"] == "ending"),
        "full": "|".join(_guarded(row) for row in rows if row["form"] == "full"),
    }
    department = f"(?P<department>(?P<stem>{stems})(?:{_DEPARTMENT_ENDS})?)"
    first = "".join(sorted({row["word"][0] for row in rows} | set("总工联")))
    return re.compile(
        f"(?=[{first}])(?:" + "|".join([f"(?P<{name}>{body})" for name, body in groups.items()] + [department]) + ")"
    )


def _guarded(row: Mapping[str, str]) -> str:
    word = re.escape(row["word"])
    return f"{word}(?!{row['not_before']})" if row["not_before"] else word


@cache
def _edges() -> re.Pattern[str]:
    words = sorted((row["edge"] for row in table("partner_edges")), key=lambda edge: -len(edge.split("(")[0]))
    return re.compile("|".join([*words, "[0-9](?![一-龥])"]))
