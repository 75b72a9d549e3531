"""The unions of an account: each union once, with its fullest printed name, what it is, and its part in the account.

Read are 地方总工会, 产业工会, sectoral and area federations, and the unions of companies and institutions that the account
names, those that it only points at (市总工会) as far as they are no other named one, and those that it sets up. Deliberately
left out are classes (各级工会, 基层工会, 三级工会), a bare 工会, the ordinary company union that is nobody in particular
(22家联合工会), and a region's unions as a whole (某省工会) where its federation is named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from unionkg.graph.records import Evidence, UnionRole, UnionStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import canonical, union_groups, union_names, union_roles
from unionkg.loaders.extract.canonical import Identity, Setting
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.loaders.extract.simplified import simplified
from unionkg.loaders.extract.union_groups import Group
from unionkg.loaders.extract.union_names import Mention
from unionkg.loaders.extract.union_places import places, working_text
from unionkg.ontology import regions

#: A number of such unions is told as what was set up; a number of 企业工会 or 基层工会 is only a number.
_LOCAL = re.compile(
    r"^(?!.*(?:企业|基层|级)).*(?:村|镇|乡|街道|社区|园区|楼宇|商圈|商户|网格|小区|街面|街区|工地|项目)"
)
#: 某县建起: a place that stands as the subject of what was set up.
_FOUNDER = re.compile(
    r"(?:^|[，。；：、\n])(?P<place>[\u4e00-\u9fff]{2,9}[县区市旗])(?:率先|先后|又|还|也|已|首个)*(?:成立|组建|建立|建起|建成|设立|办起)了?$"
)
_FEDERATION = re.compile(r"联合会$|联合会(?=[(、]|$)")
_INTRODUCED = re.compile(r"\((?:以下)?(?:简称|下称)[:：]?[“\"]?(?P<short>[^”\"()，。]{2,14})[”\"]?\)")
_COUNT_BEHIND = re.compile(r"(?:近|约|超)?\d[\d.万余多]*[个家]")
_NAME_LIKE = re.compile(r"(?:工会|联合会|公司|集团|局|院|所|校|厂|矿|大学|中心|银行)$")
#: A part of the owner's company.
_BRANCH = re.compile(r"(?:分公司|分厂|车间|项目部|事业部|工区)工会")
_POST = re.compile(r"(?:原|常务)?(?:副?主席|副?部长)")
#: Words that point at no union in particular.
_SAYS_NOTHING = frozenset({"本", "该", "我", "此", "两地", "三家"})
_RANKS = ("national", "provincial", "prefecture", "county", "township", "community", "grassroots")
#: First guesses by rule, to be fitted to labelled accounts.
_CONFIDENCE = {"byline": 0.98, "title": 0.96, "subject": 0.92, "cue": 0.88, "line": 0.78, "pointed": 0.8}


def read(account: Account, document: DocumentContext) -> tuple[UnionStatement, ...]:
    """The unions of an account, owners first, then in the order of the text; empty where it names none."""
    text = working_text(account)
    if account.byline is None and not any(word in text for word in ("工会", "总", "工联会")):
        return ()
    chains, known, scope = places(text, document)
    spoken = tuple(dict.fromkeys(chain.county for chain in chains if chain.county is not None))
    towns = frozenset(code for chain in chains if (code := chain.code) is not None and len(code) == 9)
    setting = Setting(document.published, scope, known, spoken, text, towns=towns)
    spans = [(chain.start, chain.end) for chain in chains]
    names = short_forms(text, document)
    mentions = _settled(text, account, union_names.find(text, spans, blanks_in_head(account)), names)
    mentions = _without_comment(account, _with_byline(text, account, mentions))
    groups = union_groups.named_groups((mention for mention in mentions if mention.kind == "named"), names)
    groups = [_led_by_line(group, account) for group in groups]
    groups += _pointed_only(text, mentions, groups)
    if not groups:
        groups = _unvouched(text, mentions)
    if not groups:
        return ()
    here = union_roles.scene(text, account.body, mentions)
    owners, rule = union_roles.owners(here, account.byline, groups)
    groups = _with_pointers(groups, owners, mentions)
    owners = [group for group in groups if any(group.full == owner.full for owner in owners)]
    setting = _setting(owners, setting, names)
    return tuple(_statements(here, account, groups, owners, rule, setting, names))


def blanks_in_head(account: Account) -> frozenset[int]:
    """Where a blank was closed up in the headline or the line of the organisation: it parts phrases there."""
    passage = account.passage
    found = set()
    for at in range(1, min(account.body, len(passage.text))):
        here, there = passage.offsets[at - 1], passage.offsets[at]
        if there > here + 1 and not (passage.text[at - 1].isascii() or passage.text[at].isascii()):
            between = passage.source.text[here + 1 : there]
            if "\n" not in between and not between.strip():
                found.add(at)
    return frozenset(found)


def short_forms(text: str, document: DocumentContext) -> dict[str, str]:
    """Short forms that the account or the document introduces (以下简称…), with the full names; none of 市总, 我会."""
    found = {simplified(short): simplified(full) for short, full in document.names.items()}
    for match in _INTRODUCED.finditer(text):
        start = union_names.left_edge(text, match.start())
        found[match.group("short")] = text[start : match.start()]
    return {
        short: full
        for short, full in found.items()
        if len(full) > len(short) and not short.endswith(("总", "我会")) and _NAME_LIKE.search(full)
    }


def _settled(text: str, account: Account, mentions: Sequence[Mention], names: Mapping[str, str]) -> list[Mention]:
    """The mentions with their kinds settled: what is a name only in its place becomes one, or generic."""
    stems = [mention.stem for mention in mentions if mention.kind == "named" and not mention.total]
    towns = {mention.stem for mention in mentions if mention.total and mention.kind == "named"}
    found = []
    for mention in mentions:
        settled = mention
        if mention.kind == "named" and not mention.total and not _has_place(mention) and _in_title(text, mention):
            continue  # 《关于加强某某工会建设的意见》 speaks of a kind of unions
        many = mention.kind == "named" and mention.counted and not _is_made(text, mention)
        if many or (mention.head == "工会" and _is_short_place(mention.stem, towns)):
            settled = replace(mention, kind="generic")
        elif mention.kind == "anaphor" and _is_area(mention) and _is_made_in_number(text, mention):
            settled = replace(mention, kind="named")
        elif mention.kind == "generic" and _LOCAL.search(mention.stem):
            made = _is_made(text, mention) or (mention.start < account.body and mention.head != "工会")
            settled = replace(mention, kind="named") if made else mention
        elif mention.kind == "place" and mention.stem[-1] in "省市区县州旗盟乡镇道":
            settled = replace(mention, kind="named", head="总工会")
        elif mention.kind == "weak":
            vouched = not mention.counted and _is_vouched(text, account, mention, mentions, names, stems)
            settled = replace(mention, kind="named") if vouched else mention
        found.append(settled)
    return found


def _with_byline(text: str, account: Account, mentions: list[Mention]) -> list[Mention]:
    """The mentions with an organisation line that is no union by its words (家政服务行业联合会): a union's case names a union."""
    if account.byline is None:
        return mentions
    start, end = account.byline
    if any(start <= mention.start < end for mention in mentions):
        return mentions
    match = _FEDERATION.search(text, start, end)
    if match is None:
        return mentions
    stem = text[start : match.start()]
    added = Mention(start, match.end(), stem + match.group(), stem, "联合工会", "named")
    return sorted([*mentions, added], key=lambda mention: mention.start)


def _without_comment(account: Account, mentions: list[Mention]) -> list[Mention]:
    """The mentions outside the printed comment: an expert's post and opinion give no union a part in the account."""
    own = [mention for mention in mentions if not in_comment(account, mention.start)]
    return own or mentions


def _led_by_line(group: Group, account: Account) -> Group:
    """The group named as in the organisation line: a longer name in the text may have swallowed a word before it."""
    if account.byline is None or group.full.total:
        return group
    start, end = account.byline
    return next((replace(group, full=m) for m in group.mentions if start <= m.start < end), group)


def _is_made(text: str, mention: Mention) -> bool:
    """Whether a number of unions is what was set up (建成12个村工会), so that their name counts."""
    return not mention.total and (mention.stem.endswith("”") or union_roles.is_set_up(text, mention))


def _in_title(text: str, mention: Mention) -> bool:
    """Whether a name stands inside 《》, the title of a paper."""
    opening = text.rfind("《", max(0, mention.start - 40), mention.start)
    return opening >= 0 and "》" not in text[opening : mention.start] and "》" in text[mention.end : mention.end + 40]


def _has_place(mention: Mention) -> bool:
    """Whether a name begins with the name of a place or holds one, so that it is one union's."""
    return any(link.end - link.start > 1 for link in regions.hits(mention.stem))


def _is_area(mention: Mention) -> bool:
    """Whether this is the joint union of a park, a building, a part of a town: 楼宇联合工会."""
    return mention.head in union_groups.JOINT_HEADS and mention.stem in union_groups.OWN_AREA


def _is_divided(text: str, area: str) -> bool:
    """Whether the account divides its place into such areas (划成7个片区): their joint unions are what it set up."""
    return (
        re.search(rf"(?:划[成分为]|分[成为]|设[立置]?)了?(?:[一二三四五六七八九十两]+|\d+)[个大]{{1,2}}{area}", text)
        is not None
    )


def _is_made_in_number(text: str, mention: Mention) -> bool:
    """Whether several of it were set up: 建起楼宇联合工会8家, 建起12家楼宇联合工会."""
    counted = mention.counted or _COUNT_BEHIND.match(text, mention.end) is not None
    return counted and _is_made(text, mention)


def _is_short_place(stem: str, federations: set[str]) -> bool:
    """Whether a stem is the short name of a place whose federation the account names (某某 beside 某某镇总工会)."""
    return len(stem) >= 2 and any(
        unit in "镇乡区县市" and f"{stem}{unit}" == f[-len(stem) - 1 :] for f in federations for unit in f[-1:]
    )


def _is_vouched(
    text: str,
    account: Account,
    mention: Mention,
    mentions: Sequence[Mention],
    names: Mapping[str, str],
    stems: Sequence[str],
) -> bool:
    """Whether something but its ending says that a weak mention is a name."""
    if mention.total or len(mention.stem) > 12:
        return False
    if account.byline and account.byline[0] <= mention.start < account.byline[1]:
        return True
    if mention.start < account.body and text.count(mention.stem) > 1:
        return True
    if mention.name in names or mention.stem in names:
        return True
    if len(mention.stem) >= 2 and any(mention.stem in stem for stem in stems):
        return True
    if sum(other.name == mention.name for other in mentions) > 1:
        return True
    return any(link.start == 0 and link.end > 1 for link in regions.hits(mention.stem)) and len(mention.stem) >= 4


def _pointed_only(text: str, mentions: Sequence[Mention], groups: Sequence[Group]) -> list[Group]:
    """Unions that the account only points at: 市总工会 where no named union is a city's."""
    found: dict[tuple[str, bool], list[Mention]] = {}
    for mention in mentions:
        if not union_groups.is_pointer(mention) or mention.counted or not mention.stem or mention.stem in _SAYS_NOTHING:
            continue
        if text[mention.start - 1 : mention.start] == "、" and _POST.match(text, mention.end):
            continue  # the second post of a person (人大常委会副主任、区总工会主席), not a union that acts
        if not any(union_groups.points_at(mention, group) for group in groups):
            found.setdefault((mention.stem, mention.total), []).append(mention)
    return [Group(tuple(group), max(group, key=lambda m: len(m.name))) for group in found.values()]


def _unvouched(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """In an account that names no union otherwise, the first that a clause begins with (某某出行工会推出…)."""
    for mention in mentions:
        alone = mention.head == "工会" and 2 <= len(mention.stem) <= 8 and not mention.counted
        if mention.kind == "weak" and alone and (mention.start == 0 or not text[mention.start - 1].isalnum()):
            return [Group((mention,), replace(mention, kind="named"))]
    return []


def _with_pointers(groups: Sequence[Group], owners: Sequence[Group], mentions: Sequence[Mention]) -> list[Group]:
    """Give every mention that points back to the union it means: the owner before others, then the last one named."""
    owned = {owner.full for owner in owners}
    taken = {mention.start for group in groups for mention in group.mentions}
    more: dict[Mention, list[Mention]] = {}
    fitting: dict[tuple[str, str], tuple[list[Group], list[Group]]] = {}
    for mention in mentions:
        if mention.start in taken or not union_groups.is_pointer(mention):
            continue
        if (mention.stem, mention.head) not in fitting:
            fits = sorted((g for g in groups if union_groups.points_at(mention, g)), key=lambda group: group.first)
            fitting[mention.stem, mention.head] = ([g for g in fits if g.full in owned], fits)
        own, fits = fitting[mention.stem, mention.head]
        if answering := own or fits:
            last = bisect_right(answering, mention.start, key=lambda group: group.first)
            more.setdefault(answering[max(0, last - 1)].full, []).append(mention)
    return sorted(
        (Group(tuple(sorted((*g.mentions, *more.get(g.full, ())), key=lambda m: m.start)), g.full) for g in groups),
        key=lambda group: (group.full not in owned, group.first),
    )


def _setting(owners: Sequence[Group], setting: Setting, names: Mapping[str, str]) -> Setting:
    """The setting of the account once its owners are known: the finest of their regions, else what the text speaks of."""
    homes: list[tuple[str, str]] = []
    for owner in owners:
        stem = names.get(owner.stem, owner.stem)
        if owner.full.kind == "anaphor":
            base = setting.within or next(iter(setting.spoken), None)
            if stem and base and (home := canonical.ancestor(base, stem)):
                homes.append((home, ""))
            continue
        at = canonical.place(stem, setting)
        if at.county is not None:
            homes.append((at.county, canonical.town(at)))
    if homes:
        above = {up for home, _ in homes for up in regions.table().ancestors(home, setting.date)}
        home, town = next((home, town) for home, town in homes if home not in above)
        return replace(setting, home=home, town=town)
    return replace(setting, home=_one_line(setting) or setting.within)


def _one_line(setting: Setting) -> str | None:
    """The finest region that the text speaks of where all of them lie within each other."""
    for code in setting.spoken:
        if set(setting.spoken) <= {code, *regions.table().ancestors(code, setting.date)}:
            return code
    return None


def _statements(
    here: union_roles.Scene,
    account: Account,
    groups: Sequence[Group],
    owners: Sequence[Group],
    rule: str,
    setting: Setting,
    names: dict[str, str],
) -> Iterator[UnionStatement]:
    owned = {owner.full for owner in owners}
    owned_at = frozenset(mention.start for owner in owners for mention in owner.mentions)
    owner_identity: Identity | None = None
    for group in groups:
        pointer = group.full.kind == "anaphor"
        around = _founded_in(here.text, group, setting)
        identity = _pointed(group, setting) if pointer else canonical.identify(group, around, names)
        evidence = account.passage.evidence(group.full.start, group.full.end)
        if group.full in owned:
            owner_identity = owner_identity or identity
            yield _statement(account, group, identity, "originator", rule, evidence)
            continue
        divided = pointer and _is_area(group.full) and _is_divided(here.text, group.stem)
        if pointer and not divided and not _is_worth_telling(group, owner_identity):
            continue
        if pointer and group.stem in {"集团", "集团公司"}:
            identity = replace(identity, type="industrial", level="national")
        default = _default(identity, owner_identity, setting)
        if divided:
            default = "created"
        elif pointer and identity.level == "township" and default == "partner":
            default = "mentioned"  # 镇总工会 in passing; one that acts has words that say so
        if (
            default == "partner"
            and group.first < account.body
            and identity.type in {"sectoral_federation", "area_federation"}
        ):
            default = "created"  # another's case is headed by it: it is what the case is about
        part, why, mention = union_roles.role(here, group, owned_at, default)
        if why == "cue" and mention is not None:
            start, end = union_roles.clause(here.text, mention)
            evidence = tuple(dict.fromkeys((*evidence, *account.passage.evidence(start, end))))
        yield _statement(account, group, identity, part, "pointed" if pointer and why == "line" else why, evidence)


def _statement(
    account: Account, group: Group, identity: Identity, part: UnionRole, rule: str, evidence: tuple[Evidence, ...]
) -> UnionStatement:
    shown = group.full
    if shown.holed:
        shown = next((m for m in group.mentions if not m.holed and m.kind != "anaphor"), shown)
        evidence = (*account.passage.evidence(shown.start, shown.end), *evidence)
    return UnionStatement(
        evidence=tuple(dict.fromkeys(evidence)),
        method=f"union.{rule}",
        confidence=_CONFIDENCE[rule],
        name=account.passage.name(shown.start, shown.end),
        canonical=identity.canonical,
        role=part,
        type=identity.type,
        level=identity.level,
        region=identity.region,
    )


def _pointed(group: Group, setting: Setting) -> Identity:
    if group.full.total:
        return canonical.pointed(group.stem, setting)
    return canonical.identify(group, setting, {})


def _is_worth_telling(group: Group, owner: Identity | None) -> bool:
    """Whether a union that is only pointed at is somebody: a federation; the group that an industrial union belongs to."""
    if group.full.total:
        return True
    if group.stem in {"集团", "集团公司"}:
        return owner is not None and owner.type == "industrial"
    return group.stem in {"园区", "基地"}


def _founded_in(text: str, group: Group, setting: Setting) -> Setting:
    """The setting of a union that a clause says some place set up (某县建起快递行业工会联合会): that place is its home."""
    if group.full.total or group.full.kind != "named":
        return setting
    for mention in group.mentions:
        match = _FOUNDER.search(text, max(0, mention.start - 24), mention.start)
        if match is None:
            continue
        found = regions.find(match.group("place"), date=setting.date, within=setting.home, known=setting.known)
        code = found[0].county if len(found) == 1 and found[0].end == len(match.group("place")) else None
        if code and setting.home in regions.table().ancestors(code, setting.date):
            return replace(setting, home=code, town="")
    return setting


def _default(identity: Identity, owner: Identity | None, setting: Setting) -> UnionRole:
    """The part that a union's place in the line makes likely: those above direct, those below take part."""
    if identity.level == "national":
        return "superior"
    if owner is None or identity.type in {"enterprise", "institution"}:
        branch = owner is not None and owner.type == "enterprise" and _BRANCH.search(identity.canonical) is not None
        return "partner" if branch else "mentioned"
    line = {setting.home, *regions.table().ancestors(setting.home, setting.date)} if setting.home else set()
    if identity.type == "local_federation":
        rank, own = _RANKS.index(identity.level), _RANKS.index(owner.level)
        if rank < own or (rank == own and owner.type != "local_federation"):
            in_line = setting.home is None or identity.region is None or identity.region in line
            if (
                owner.type != "local_federation" and identity.region is not None
            ):  # a company's own place is known less finely
                in_line = in_line or setting.home in regions.table().ancestors(identity.region)
            return "superior" if in_line else "mentioned"
    if (
        identity.type == owner.type == "industrial"
        and identity.region in line
        and _RANKS.index(identity.level) < _RANKS.index(owner.level)
    ):
        return "superior"
    if (
        setting.home
        and identity.region
        and setting.home in {identity.region, *regions.table().ancestors(identity.region)}
    ):
        return "partner"
    return "mentioned"
