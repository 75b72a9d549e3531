"""An account's own claims to be first, with their scope: 全市首家, 在全省率先, 广西第一个.

Only where a scope is told: 首创 and 率先 alone claim nothing that could be asked about. 首批 is one of several and no claim;
so is what is said of a company or a person (全国首家上市公司), and what stands in an expert's comment. The region of 全市 or
全区 is that of the place of the account, where there is one such region above it.
"""

from __future__ import annotations

import re

from unionkg.graph.records import ClaimStatement, RegionStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.ontology import regions

_FIRST = "首家|首个|首创|首例|首开|首次(?!会|全体|召开)|首条|首支|首部|首座|首辆|首届(?=[^,，。]{0,6}(?:类|项))|第一[家个条支座]|率先"
_WIDE = "全国|国内|全省|省内|全市|市内|全区|区内|全县|县内|全州|州内|全盟|全旗|全镇|全行业|行业内|业内|全系统|系统内|全集团|同行业"
#: What headlines put between the scope and the claim: 云桥成立首家商圈工会.
_FOUNDED = "(?:(?:成立|建成|组建|建起|办起|诞生|开设|开办|打造|推出|上线|启用|落成|有|有了|迎来|挂牌|揭牌)了?)?"
_SAID = re.compile(
    rf"(?P<scope>{_WIDE})(?:各级|工会|职工|总工会)?(?:范围内?|系统|行业)?(?:内|里|中)?(?:的)?{_FOUNDED}(?P<first>{_FIRST})"
    rf"|率先在?(?P<scope_after>{_WIDE})(?:范围内)?"
    r"|在(?P<scope_among>[^,，。；：、“”\n]{2,16})中(?:的)?(?:首[家个]|第一[家个]|率先)"
)
_NAMED = re.compile(f"(?:范围内?|系统)?(?:的)?{_FOUNDED}(?P<first>{_FIRST})")
_CLAIMED = re.compile(_FIRST)
#: How far before such a word its scope may begin.
_REACH_BACK = 16
#: What a claim about something else than the practice goes on with.
_OTHER = re.compile(
    "[^,，。；;]{0,16}?(?:总部|公司|集团|企业|上市|高校|大学|医院|学校|银行|景区|冠军|开发区|新区|试验区|港口|机场|口岸|产品|项目经理|机组|生产线)(?!业?(?:联合)?工会|职工|建会)"
)
_REACH = {
    "国": "nation",
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
}


def read(
    account: Account, document: DocumentContext, places: tuple[RegionStatement, ...]
) -> tuple[ClaimStatement, ...]:
    """Read the claims of an account, each once; ``places`` are the regions read of it."""
    text = folded(account.passage.text)
    if _CLAIMED.search(text) is None:
        return ()
    home = next((place.code for place in places if place.role == "location"), None)
    found: dict[tuple[str, str], ClaimStatement] = {}
    for match in _SAID.finditer(text):
        if among := match["scope_among"]:
            _keep(found, account, text, (match.start("scope_among"), match.end()), among, None)
            continue
        scope = match["scope"] or match["scope_after"]
        _keep(found, account, text, (match.start(), match.end()), scope, _region(scope, home))
    for first in _CLAIMED.finditer(text):
        low = max(0, first.start() - _REACH_BACK)
        for mention in regions.find(text[low : first.end()], date=document.published, within=document.region):
            said = _NAMED.match(text, low + mention.end)
            if said is None or said.end() != first.end() or not mention.code:
                continue
            span = (low + mention.start, first.end())
            located = text[low : span[0]].endswith(("在", "于")) and said["first"] != "率先"
            if not located and not text[low : span[0]].endswith("全"):
                _keep(found, account, text, span, text[span[0] : low + mention.end], mention.code[:6])
    return tuple(found.values())


def _keep(
    found: dict[tuple[str, str], ClaimStatement],
    account: Account,
    text: str,
    span: tuple[int, int],
    scope: str,
    region: str | None,
) -> None:
    start, end = span
    if in_comment(account, start) or _OTHER.match(text, end):
        return
    claim = account.passage.name(start, end)
    found.setdefault(
        (claim, scope),
        ClaimStatement(
            claim=claim,
            scope=scope,
            region=region,
            evidence=account.passage.evidence(start, end),
            method="claim.scope" if region is None else "claim.region",
            confidence=0.8,
        ),
    )


def _region(scope: str, home: str | None) -> str | None:
    """The region that 全省, 全市 or 全县 means for a place; None for the nation, a trade, or where it is not certain."""
    if home is None:
        return None
    table = regions.table()
    up = [code for code in (home, *table.ancestors(home)) if code.isdigit()]
    levels = {table.region(code).level: code for code in reversed(up)}
    province = levels.get("province", "")
    city = province[:2] in {"11", "12", "31", "50"}
    match next((_REACH[mark] for mark in scope if mark in _REACH), "区" if "区" in scope else ""):
        case "province":
            return None if city else province or None
        case "prefecture":
            return province if city else levels.get("prefecture")
        case "county":
            return levels.get("county")
        case "区":
            # In an autonomous region 全区 is all of it; elsewhere the district.
            autonomous = province[:2] in {"15", "45", "54", "64", "65"}
            return province if autonomous and "county" not in levels else None if autonomous else levels.get("county")
    return None
