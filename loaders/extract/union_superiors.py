"""Which union stands under which, where an account says so: 隶属于, 下属, 直属基层工会, 双重领导, 纳入…管理.

Both ends must be unions that the account names. A sentence is read with its unions replaced by one sign each, so the few
forms in which such things are said are patterns over signs and cue words (``union_superior_cues.csv``); what stands between
has to be one of these words. Deliberately not read: 在…领导下 and 指导 (courtesy, or help with one matter), companies that
belong to others (their unions need not), what is planned or was so once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from unionkg.graph.records import SuperiorStatement, UnionStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import union_groups, union_names
from unionkg.loaders.extract.cue_words import alternation
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.simplified import simplified
from unionkg.loaders.extract.union_groups import Group
from unionkg.loaders.extract.union_names import Mention
from unionkg.loaders.extract.union_places import places, working_text
from unionkg.loaders.extract.unions import blanks_in_head, short_forms
from unionkg.ontology import regions
from unionkg.ontology.vocabulary import terms

#: The sign that stands for a union in a sentence.
_SIGN = "\ue000"
_CUES = "union_superior_cues"
#: How sure each form is, by judgement: too few stand in labelled accounts to fit anything to.
_CONFIDENCE = {"under": 0.93, "part": 0.93, "below": 0.88, "led": 0.85, "kept": 0.88, "into": 0.85, "upper": 0.93}
#: What unions' names end in: a sentence that holds less than two tells of no two unions.
_HEADS = re.compile(r"工会|工联会|联合会|全总|[省市区县州旗盟镇乡道团师]总(?!工会)")
_DATE = r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?"
#: What a clause between a union and its cue must not hold: another body that the cue may speak of.
_ANOTHER = re.compile(r"公司|集团|中心|站|局|[^学]院|校|厂|部门|协会|委员会|设立|组建|其|[一-龥]会(?!员)")


@dataclass(frozen=True, slots=True)
class _Told:
    """One superior as a sentence tells it: indices of the unions in it, the form, where the cue stands."""

    lower: int
    upper: int
    form: str


def read(
    account: Account, document: DocumentContext, unions: Sequence[UnionStatement]
) -> tuple[SuperiorStatement, ...]:
    """The superiors that an account states between its ``unions``, in the order of the text, each once."""
    if len({union.name for union in unions}) < 2:
        return ()
    text = working_text(account)
    around = dict.fromkeys(account.passage.sentence(cue.start()) for cue in _cues().finditer(text))
    sentences = [(start, end) for start, end in around if len(_HEADS.findall(text, start, end)) > 1]
    if not sentences:
        return ()
    spans = [(chain.start, chain.end) for chain in places(text, document)[0]]
    named = [_trimmed(mention) for mention in union_names.find(text, spans, blanks_in_head(account))]
    mentions = [mention for mention in named if mention.kind == "named" or (mention.kind != "generic" and mention.stem)]
    known = _Known(unions, short_forms(text, document))
    found: dict[tuple[str, str], SuperiorStatement] = {}
    for start, end in sentences:
        inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
        for told in _told(text[start:end], [(m.start - start, m.end - start) for m in inside]):
            lower, upper = (known.union(inside[index]) for index in (told.lower, told.upper))
            if lower is None or upper is None or lower.name == upper.name or not _is_possible(lower, upper):
                continue
            made = SuperiorStatement(
                union=lower.name,
                superior=upper.name,
                evidence=account.passage.evidence(start, end),
                method=f"union_superior.{told.form}",
                confidence=_CONFIDENCE[told.form],
            )
            if (upper.name, lower.name) not in found:  # a circle of two: the first that is said
                found.setdefault((lower.name, upper.name), made)
    return tuple(found.values())


# ---------------------------------------------------------------- sentences


def _told(sentence: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Told]:
    """The superiors that a sentence tells of the unions at ``spans``."""
    if len(spans) < 2:
        return
    sentence = folded(sentence).replace("（", "(").replace("）", ")")
    pieces, at = [], 0
    for start, end in spans:
        pieces += [sentence[at:start], _SIGN]
        at = end
    signs = "".join([*pieces, sentence[at:]])
    positions = [index for index, character in enumerate(signs) if character == _SIGN]
    taken: set[int] = set()
    for form, pattern in _forms():
        for match in pattern.finditer(signs):
            head = signs[: match.start()]
            if _unless().search(head[max(head.rfind(mark) for mark in "，、：") + 1 :]):
                continue
            lowers, uppers = (
                [index for index, position in enumerate(positions) if first <= position < last]
                for first, last in (match.span("lower"), match.span("upper"))
            )
            gap = match.groupdict().get("gap") or ""
            if _ANOTHER.search(gap) or (len(uppers) > 1 and len(lowers) > 1) or taken & set(lowers):
                continue
            taken |= set(lowers)
            yield from (_Told(lower, upper, form) for lower in lowers for upper in uppers)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns over signs and cue words, the surest first."""
    one, quoted = _SIGN, "[“”《》]?"
    some = f"{one}(?:[、和与及]{one})*"
    up, below, part, led, kept, into = (alternation(_CUES, k) for k in ("up", "below", "part", "led", "kept", "into"))
    filler = f"(?:{alternation(_CUES, 'filler')})*"
    aside = rf"(?:\([^){one}]{{0,30}}\))?"
    founded = rf"(?:{_DATE}(?:正式)?(?:成立|组建)|(?:正式)?(?:成立|组建|创建|始建)于{_DATE})?"
    gap = rf"(?P<gap>{founded}(?:，[^，。；：、{one}]{{1,20}}){{0,2}}，)?"
    end = r"(?=[，。；！)\n、和与及]|$)"
    lower, lowers = f"(?P<lower>{one})", f"(?P<lower>{some})"
    upper, uppers = f"(?P<upper>{one})", f"(?P<upper>{some})"
    of_upper = f"{end[:-1]}|(?:的|直接)?(?:{below}|{kept}|领导))"
    bracket = rf"\((?:{filler})(?:{up}){upper}\)"
    patterns = (
        ("under", rf"{lower}{quoted}{bracket}"),
        ("under", rf"{lowers}{quoted}{aside}{gap}{filler}(?:{up}){uppers}{of_upper}"),
        ("under", rf"(?:{up}){upper}的{lower}"),
        ("part", rf"{lower}{quoted}{aside}{filler}(?:是|为|系|作为){upper}的?(?:{below}|领导)的?[^，。；{one}]{{0,8}}?(?:{part})"),
        ("part", rf"{lower}{quoted}{aside}{filler}(?:是|为|系|作为){upper}的(?:一|第?\d+|首)?[个家]?(?:基层工会|下级工会|二级工会|分会|分工会)"),
        ("part", rf"作为{upper}的?(?:{below})的?[^，。；{one}]{{0,8}}?(?:{part})，{lower}"),
        ("led", rf"{lower}{quoted}{aside}{gap}{filler}(?:接受|受|服从|实行|由){uppers}的?(?:{led})(?:体制)?{end}"),
        ("kept", rf"{lower}{quoted}{aside}{gap}{filler}(?:由|归口?于?){upper}(?:{kept}){end}"),
        ("into", rf"{lower}{quoted}{aside}{gap}{filler}(?:纳入|归入|编入){upper}(?:的|“[^”{one}]{{1,10}}”)*(?:{into}){end}"),
        ("upper", rf"{lower}的上级(?:主管)?工会(?:就?是|为|——|:|：|，)?{upper}"),
        ("upper", rf"{lower}，其上级(?:主管)?工会(?:就?是|为){upper}"),
        ("below", rf"{upper}的?(?:{below})的?(?:(?:{part})(?:——|:|：|，)?)?{quoted}{lowers}"),
    )  # fmt: skip
    return tuple((form, re.compile(pattern)) for form, pattern in patterns)


@cache
def _cues() -> re.Pattern[str]:
    """Where a sentence may tell a superior, before its unions are looked for."""
    up, below, led = (alternation(_CUES, kind) for kind in ("up", "below", "led"))
    return re.compile(
        rf"{up}|{below}|上级(?:主管)?工会|[纳归编]入|(?:总工会|工会|总)的?(?:{led}|{alternation(_CUES, 'kept')})"
    )


@cache
def _unless() -> re.Pattern[str]:
    return re.compile(alternation(_CUES, "unless"))


# ---------------------------------------------------------------- whom the words mean


def _trimmed(mention: Mention) -> Mention:
    """A name without the cue word that the walk to its left edge took for a part of it (直属|某某公司工会)."""
    match = _below_head().match(mention.stem)
    if match is None or mention.holed or match.end() == len(mention.stem):
        return mention
    stem = mention.stem[match.end() :]
    kind = "generic" if union_names.is_class(stem) else "weak" if mention.kind == "generic" else mention.kind
    return replace(mention, start=mention.start + match.end(), name=mention.name[match.end() :], stem=stem, kind=kind)


@cache
def _below_head() -> re.Pattern[str]:
    return re.compile(rf"(?:的?(?:{alternation(_CUES, 'below')})的?)")


class _Known:
    """The unions of an account by what the text calls them; a word that two of them answer to means neither."""

    def __init__(self, unions: Sequence[UnionStatement], names: Mapping[str, str]) -> None:
        self.names = names
        self.groups: list[tuple[UnionStatement, Group]] = []
        self.exact: dict[str, UnionStatement] = {}
        for union in unions:
            for name in (union.name, union.canonical):
                self.exact.setdefault(_plain(name), union)
            whole = union_names.find(_plain(union.name))
            if len(whole) == 1:
                self.groups.append((union, Group(whole, whole[0])))

    def union(self, mention: Mention) -> UnionStatement | None:
        """The union that a mention means."""
        if mention.counted or mention.elided:
            return None
        if (known := self.exact.get(mention.name)) is not None:
            return known
        fits = union_groups.points_at if union_groups.is_pointer(mention) else self._is_named
        found = {union.name: union for union, group in self.groups if fits(mention, group)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_named(self, mention: Mention, group: Group) -> bool:
        return mention.kind != "anaphor" and union_groups.same_union(mention, group.full, self.names)


def _plain(name: str) -> str:
    return simplified(name).replace("（", "(").replace("）", ")")


def _is_possible(lower: UnionStatement, upper: UnionStatement) -> bool:
    """Whether a union of this kind, level and place can stand under the other: else the sentence was misread."""
    ranks = {term.key: int(term.fields["rank"]) for term in terms("union_levels")}
    below, above = ranks[lower.level], ranks[upper.level]
    if above > below:
        return False
    if lower.type == "local_federation" and (upper.type != "local_federation" or above == below):
        return False
    bound = lower.type not in {"enterprise", "institution"} and upper.type == "local_federation"
    if not bound or lower.region is None or upper.region is None:
        return True
    return upper.region in {lower.region, *regions.table().ancestors(lower.region)}
