"""Where an account takes place, and what other regions it names.

The location is the region of the union whose case it is: a federation's own, county or above; for a company or an institution
the region in its name, refined by the city that the text speaks of most within it. An account without a union lies in the one
place that it names. What is not certain is left out. Other regions are mentioned ones, but for those that only
stand in the name of a union, company, school or newspaper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from unionkg.graph.records import RegionStatement, UnionStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.simplified import simplified
from unionkg.loaders.extract.union_places import places, working_text
from unionkg.ontology import regions

_IN_A_NAME = re.compile(
    r"[^\W\d_]{0,18}?(?:公司|集团|大学|学院|医院|银行|中学|小学|幼儿园|研究[院所]|日报|晚报|晨报|电视台|总工会|工会联合会|联合工会|工会)"
)
_SEATED = re.compile(
    r"(?:^|[，。；：\n])(?:我们?|本)?(?:集团|公司|企业|总部|本部|厂区?|矿区?|学校|医院|学院|大学|研究[院所]){1,2}"
    r"(?:总部|本部|注册地|主厂区)?(?:位于|坐落[于在]|落在|地处|落户[于在]?|设在|扎根)$"
)
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_BODIES = frozenset({"enterprise", "institution"})
_CONFIDENCE = {"owner": 0.95, "name": 0.88, "only": 0.75, "mentioned": 0.8}


def read(account: Account, document: DocumentContext, unions: Sequence[UnionStatement]) -> tuple[RegionStatement, ...]:
    """The location (none, one, or one for each of several owners), then the other regions in the order of the text."""
    text = working_text(account)
    found, *_ = places(text, document)
    located, rule = _location(text, found, document, unions)
    statements = [_located(account, found, unions, code, rule) for code in located]
    return (*statements, *_mentioned(account, text, found, located, document))


def _location(
    text: str, found: Sequence[regions.Mention], document: DocumentContext, unions: Sequence[UnionStatement]
) -> tuple[list[str], str]:
    owners = [union for union in unions if union.role == "originator"]
    own = [union for union in owners if union.type not in _BODIES and union.region]
    if own:
        codes = list(dict.fromkeys(_of_a_federation(union, found, document) for union in own))
        return [
            code for code in codes if not any(_lies_in(other, code, document) for other in codes if other != code)
        ], "owner"
    if owners:
        code = _seat(text, found) or _of_a_body(owners[0], found, unions, document)
        return ([code] if code else []), "name"
    code = _only_place(text, found)
    return ([code] if code else []), "only"


def _of_a_federation(owner: UnionStatement, found: Sequence[regions.Mention], document: DocumentContext) -> str:
    """The region of a federation; a park's may stand inside its name (某市某某科技城)."""
    code = str(owner.region)
    if owner.type == "area_federation" and _level(code) != "county":
        inside = _in_name(simplified(owner.name), found, document)
        if inside is not None and _lies_in(inside, code, document):
            return inside
    return code


def _seat(text: str, found: Sequence[regions.Mention]) -> str | None:
    """Where the text says that the company or institution has its seat: 公司地处某县, 总部落在某市某区; not a province."""
    for mention in found:
        code = mention.county
        if (
            code is None
            or _level(code) == "province"
            or not _SEATED.search(text, max(0, mention.start - 12), mention.start)
        ):
            continue
        return code
    return None


def _of_a_body(
    owner: UnionStatement, found: Sequence[regions.Mention], unions: Sequence[UnionStatement], document: DocumentContext
) -> str | None:
    """The region of a company or institution: in its name, refined by the text; else of the federations it works with."""
    named = _in_name(simplified(owner.name) + simplified(owner.canonical), found, document)
    spoken = Counter(
        code
        for mention in found
        if (code := mention.county) is not None and (named is None or _lies_in(code, named, document)) and code != named
    )
    if named is not None and (_level(named) != "province" or named[:2] in _MUNICIPALITIES):
        return named
    if named is None:
        near = [
            u.region for u in unions if u.type == "local_federation" and u.region and u.role in {"superior", "partner"}
        ]
        finest = [code for code in near if not any(_lies_in(other, code, document) for other in near if other != code)]
        if len(set(finest)) == 1 and _level(finest[0]) != "province":
            return finest[0]
    cities = Counter[str]()
    for code, count in spoken.items():
        cities[_city(code, document)] += count
    ranked = cities.most_common(2)
    if len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    if named is not None or document.region is None:
        return named
    alone = not spoken or _level(document.region) != "province" or document.region[:2] in _MUNICIPALITIES
    return document.region if alone else None


def _in_name(name: str, found: Sequence[regions.Mention], document: DocumentContext) -> str | None:
    """The finest region in a body's name: one written there for certain, or the short form of a county nearby."""
    near = {code for mention in found if (code := mention.county) is not None}
    near |= {above for code in near for above in regions.table().ancestors(code)}
    written = regions.find(name, date=document.published, within=document.region, known=frozenset(near))
    candidates = [mention.county for mention in written if mention.county is not None]
    for link in regions.hits(name):
        if link.end - link.start < 2 or link.kind == "town":
            continue
        valid = [c for c in link.codes if regions.table().valid(c, document.published)]
        inside = [
            c for c in valid if c in near or near & set(regions.table().ancestors(c, document.published)) - _PROVINCES
        ]
        if len(inside) == 1 and _level(inside[0]) in {"prefecture", "county"}:
            candidates.append(inside[0])
    finest = [code for code in candidates if not any(_lies_in(other, code, document) for other in candidates)]
    return finest[0] if finest else None


def _only_place(text: str, found: Sequence[regions.Mention]) -> str | None:
    """The place of an account that names no union: the finest of the first place that it names outside a name."""
    free = [m for m in found if m.county is not None and not _IN_A_NAME.match(text, m.end)]
    for mention in free or found:
        if mention.county is not None and _level(mention.county) != "province":
            return mention.county
    return free[0].county if len({m.county for m in free}) == 1 else None


def _located(
    account: Account, found: Sequence[regions.Mention], unions: Sequence[UnionStatement], code: str, rule: str
) -> RegionStatement:
    """The location, with the name that prints it best: its own, else that of a place within, else the union's."""
    printed = [m for m in found if m.county == code]
    if printed:
        best = max(printed, key=lambda m: (m.full, m.end - m.start, -m.start))
        end = next((link.end for link in best.links if code in link.codes), best.end)  # without the township
        evidence = account.passage.evidence(best.start, end)
        name = account.passage.name(best.start, end)
    else:
        owner = next(u for u in unions if u.role == "originator")
        evidence, name = owner.evidence[:1], owner.name
    return RegionStatement(
        evidence=evidence, method=f"region.{rule}", confidence=_CONFIDENCE[rule], name=name, code=code, role="location"
    )


def _mentioned(
    account: Account, text: str, found: Sequence[regions.Mention], located: Sequence[str], document: DocumentContext
) -> Iterator[RegionStatement]:
    told = set(located) | {above for code in located for above in regions.table().ancestors(code, document.published)}
    for mention in found:
        code = mention.county
        if code is None or code in told or _IN_A_NAME.match(text, mention.end):
            continue
        told.add(code)
        yield RegionStatement(
            evidence=account.passage.evidence(mention.start, mention.end),
            method="region.mentioned",
            confidence=_CONFIDENCE["mentioned"],
            name=account.passage.name(mention.start, mention.end),
            code=code,
            role="mentioned",
        )


def _city(code: str, document: DocumentContext) -> str:
    """The city (prefecture or county-level city under no prefecture) of a county; a higher code is returned as it is."""
    if _level(code) != "county":
        return code
    above = [c for c in regions.table().ancestors(code, document.published) if c.isdigit()]
    return next((c for c in above if _level(c) == "prefecture"), code)


def _lies_in(code: str, other: str, document: DocumentContext) -> bool:
    return code != other and other in regions.table().ancestors(code, document.published)


def _level(code: str) -> str:
    return regions.table().region(code).level


_PROVINCES = frozenset(f"{n:02d}0000" for n in range(10, 90))
