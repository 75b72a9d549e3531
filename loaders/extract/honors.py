"""Honors: awards and selections, in the account and in what is printed about it (award list, heading).

Read are names behind a verb of giving (荣获…, 被评为…) or of selecting (入选…), in a contest that was won
(在…竞赛中获奖), and the award that a list or heading names for all its cases. A selection has the grade 入选, unless
a grade is printed: being selected is not winning. Titles that a person merely bears (…奖章获得者某某) are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from unionkg.graph.records import Evidence, HonorKind, HonorStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.cue_words import alternation
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.loaders.source import Passage, SourceText, passage
from unionkg.ontology.vocabulary import table

_words = partial(alternation, "honor_cues")
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年|[—~至-])")
_DATE = re.compile("((?:19|20)[0-9]{2})年(?!度|第|上半|下半)")
_CONTEST = re.compile(
    r"在(?P<name>[^，。；！？\n]{4,30}?(?:竞赛|大赛|比赛|评选|评比|展演))(?:中|上)?(?:获奖|得奖|夺冠|(?:荣获|喜获|斩获|夺得|摘得|获得|获)[^，。；！？\n“”]{0,6}(?:奖|名|冠军))"
)
_COUNT = re.compile(r"[0-9一二三四五六七八九十两]+[个家项名块枚件]")
_ANOTHER = re.compile("入选|入围|获评|荣获|获得|评为|授予|列入")
_COUNTED = re.compile(r"[0-9一二三四五六七八九十]+(?:个|项|名|人|件)?$")
_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_BEARER = re.compile(
    r"[”\"]?(?:获得者|得主|、奖章获得者|获奖者|称号的|候选|评选|评审|的评选|申报|创建|奖励|评比|发布制度|推荐)"
)
_SELECTED = re.compile("案例|成果|项目|品牌|名录|典型|库|榜|奖|站点|驿站|示范|试点|标杆|样板|最美|十佳|人物|基地")
_MUNICIPAL_CODES = frozenset({"11", "12", "31", "50"})
_SELECTION = "入选"  # the grade of what was selected without a grade
_NOMINATION = "提名"  # who was nominated has not won; a 提名奖 is a prize
_LONGEST = 44


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rule: str
    grade: str | None
    issuer: str | None
    confidence: float


def read(account: Account, document: DocumentContext) -> tuple[HonorStatement, ...]:
    """Read the honors of an account: those of its lists and headings first, then those in its text."""
    municipal = (document.region or "")[:2] in _MUNICIPAL_CODES
    found: list[HonorStatement] = []
    for which, printed in account.about:
        if which == "award" or (which == "heading" and account.kind == "case"):
            found += _printed(printed, which, municipal)
    if account.kind == "case":
        opening = document.source.line_span(account.lines[0][0])[0]
        for said in _said_of_all(document.source):
            if said.offsets[0] < opening:
                found += [_statement(said, item, municipal) for item in _in_text(folded(said.text))]
    found += [
        _statement(account.passage, item, municipal)
        for item in _in_text(folded(account.passage.text))
        if not in_comment(account, item.start)
    ]
    kept: list[HonorStatement] = []
    for honor in found:
        if not any(_same(honor.name, other.name) for other in kept):
            kept.append(honor)
    return tuple(kept)


@lru_cache(maxsize=1)
def _said_of_all(source: SourceText) -> tuple[Passage, ...]:
    """Lines that say what all cases printed behind them got: 以下项目均获评…."""
    lines = {source.line_of(match.end()) for match in _OF_ALL.finditer(source.text)}
    return tuple(passage(source, [[source.line_span(line)]]) for line in sorted(lines))


_OF_ALL = re.compile(
    r"^[^\S\n]*[（(]?(?:以下|下列|本[书集册刊辑])[^。；，,\n]{0,12}(?:均|都|皆|全部)[^。；，,\n]{0,4}(?:获|入选|被评|被授予)",
    re.MULTILINE,
)


def _printed(printed: Passage, which: str, municipal: bool) -> list[HonorStatement]:
    """The award that a list or a heading is about: in a list its heading, in a heading what was selected, else its name."""
    text = folded(printed.text)
    headings = [
        _Found(
            _whole_name(text, *match.span("name")), match.end("name"), which, _grade(match.group("name")), None, 0.85
        )
        for match in _heading().finditer(text)
        if "。" not in text[match.start() : (text + "\n").index("\n", match.end())]
    ]
    if not _CHOSEN.search(text):  # a collection that an editor put together is no award
        headings = []
    selected = [item for item in _in_text(text) if item.rule == "selected"]
    items = (headings or selected) if which == "award" else (selected or headings)
    if not items:
        return []
    best = max(items, key=lambda item: (item.end - item.start, -item.start))
    found = _Found(best.start, best.end, which, best.grade, best.issuer, 0.85)
    made = _statement(printed, found, municipal)
    opening, name = printed.offsets[best.start], _bare(made.name)
    if which == "award" and made.kind == "selection" and made.grade is None and _is_won(printed.source, opening, name):
        made = replace(made, kind="award")
    if which == "award" and made.issuer is None and (giver := _giver(printed.source, opening, name)) is not None:
        issuer, evidence = giver
        if made.level is None or _level(issuer, municipal) == made.level:  # another body's award may be told of there
            made = replace(made, issuer=issuer, evidence=(*made.evidence, *evidence))
    return [made]


def _bare(name: str) -> str:
    """An award's name in folded letters, without blanks, its year and a grade behind it."""
    plain = re.sub(r"^(?:19|20)\d{2}年度?", "", re.sub(r"\s", "", folded(name)))
    return re.sub(f"(?:{_words('grade')})$", "", plain)


@lru_cache(maxsize=64)
def _is_won(source: SourceText, before: int, name: str) -> bool:
    """Whether a heading above a list calls it one of prizes won (某十大案例获奖名单)."""
    return any(
        name in re.sub(r"\s", "", folded(match.group("name")))
        for match in _WINNERS.finditer(source.text, max(0, before - _FRONT), before)
    )


@lru_cache(maxsize=64)
def _giver(source: SourceText, before: int, name: str) -> tuple[str, tuple[Evidence, ...]] | None:
    """Who called for, chose or published what a list names, as the text in front of it tells."""
    if len(name) < _SHORTEST_KIND:
        return None
    kind = name[-_SHORTEST_KIND:]
    first, last = source.line_of(max(0, before - _FRONT)), source.line_of(before)
    for number in range(last - 1, first - 1, -1):
        start, end = source.line_span(number)
        if "总工会" not in source.text[start:end] and "全总" not in source.text[start:end]:
            continue
        line = passage(source, [[(start, end)]])
        for match in _CALLED.finditer(folded(line.text)):
            if kind in match.group("what"):
                return line.name(*match.span("who")), line.evidence(match.start("who"), match.end())
    return None


#: How far in front of a list, in characters, what introduces it is looked for.
_FRONT = 6000
#: The last characters of an award's name tell what was chosen (创新案例).
_SHORTEST_KIND = 4
_WINNERS = re.compile(
    r"^(?P<name>[^。；\n]{4,50}?)(?:获奖|得奖)(?:者|单位|案例|项目|作品)?(?:名单|名录|目录|情况|公告)?[^\S\n]*$",
    re.MULTILINE,
)
_CALLED = re.compile(
    r"(?:^|[，。；：])(?P<who>[一-龥]{0,12}?(?:总工会|全总))(?:办公室)?(?:在|面向|向)?(?:全[国省市区县])?(?:范围内?)?(?:[一-龥]{0,6}?)"
    r"(?:征集|选树|评选|评出|评定|遴选|公布|发布|命名|表彰)(?P<what>[^，。；：]{2,50})"
)


def _whole_name(text: str, start: int, end: int) -> int:
    """Where a name begins that a line break cuts before its head (某行业⏎十大案例)."""
    if end - start <= _SHORTEST_HEADING and start > 1 and text[start - 1] == "\n":
        return text.rfind("\n", 0, start - 1) + 1
    return start


_SHORTEST_HEADING = 6
_CHOSEN = re.compile("十大|十佳|百佳|最佳|优秀|第.{1,4}[期届批]|年度|20[0-9]{2}年|奖|提名|重点工作|名录|入选|评选")


def _in_text(text: str) -> Iterator[_Found]:
    for match in _verbs().finditer(text):
        kind = "selected" if match.lastgroup == "selected" else "given"
        issuer = _issuer(text, match.start())
        for start, end in _names(text, match.end(), kind):
            grade = _grade(text[start:end]) or (_SELECTION if kind == "selected" else None)
            yield _Found(start, end, kind, grade, issuer, 0.75)
    for match in _CONTEST.finditer(text):
        yield _Found(*match.span("name"), "contest", None, None, 0.6)


def _names(text: str, position: int, kind: str) -> Iterator[tuple[int, int]]:
    """Names of a list behind a verb: 某奖状、“某先进单位”和“某之家”称号."""
    if text.startswith("了", position) or text.startswith("过", position):
        position += 1
    if counted := _COUNT.match(text, position):
        position = counted.end()
    while (match := _quoted().match(text, position) or _plain().match(text, position)) is not None:
        start, end = _without_place(text, *match.span("name"))
        quoted = text[match.start()] in '“"' or (start > match.start("name") and text[start - 1] in '“"')
        if not _BEARER.match(text, match.end()) and _is_honor(text[start:end], quoted=quoted, kind=kind):
            yield start, end
        following = _NEXT.match(text, match.end())
        if following is None:
            return
        position = following.end()


def _without_place(text: str, start: int, end: int) -> tuple[int, int]:
    """Only the quoted part of 某展示馆“某基地”; a region or company before the quote stays (某市“…企业”)."""
    opening = text.find("“", start, end)
    if opening <= start or text[end - 1] != "”" or _GIVER.fullmatch(text, start, opening):
        return start, end
    return opening + 1, end - 1


_GIVER = re.compile(
    "[^，。“”]{0,8}(?:省|市|区|县|州|盟|兵团|集团|公司|系统|行业|年度|全国|总工会)|(?:国家|省|市|区|县)级?|全[国省市区县]|[^“”]{0,12}[届期]"
)
_NEXT = re.compile(r"(?:称号|荣誉称号|的称号|荣誉)?(?:、|和|及|以及|，(?=[“\"])|,(?=[“\"])|(?=“))(?:获评|荣获)?")


def _is_honor(name: str, *, quoted: bool, kind: str) -> bool:
    if not quoted and (_ANOTHER.search(name) or "确定的" in name):
        return False
    if (
        len(name) < (3 if quoted else 5)
        or name.startswith(("《", "第一", "一等", "二等", "三等"))
        or _COUNTED.match(name)
    ):
        return False
    if kind == "selected" and not _SELECTED.search(name):
        return False
    return quoted or _scope().search(name) is not None


def _statement(passage: Passage, item: _Found, municipal: bool) -> HonorStatement:
    name = passage.name(item.start, item.end)
    plain = folded(name)
    return HonorStatement(
        name=name,
        kind=_kind(plain, item),
        issuer=item.issuer or (own.group() if (own := _OWN_ISSUER.match(plain)) else None),
        level=_level(plain, municipal) or _level(item.issuer or "", municipal),
        grade=item.grade,
        year=_year(folded(passage.text), item),
        evidence=passage.evidence(item.start, item.end),
        method=f"honor.{item.rule}",
        confidence=item.confidence,
    )


def _kind(name: str, item: _Found) -> HonorKind:
    """A prize has a grade or says so; what was taken into a list or nominated is a selection; the rest are titles (…先锋号).

    Cases that a list or a heading prints without a grade were selected.
    """
    listed = item.rule in {"award", "heading"} and item.grade is None and re.search("案例$", name)
    if item.rule == "selected" or item.grade in {_SELECTION, _NOMINATION} or listed:
        return "selection"
    if item.grade or item.rule == "contest" or re.search('[奖赛杯][”"]?$|案例|成果|项目$', name):
        return "award"
    return "title"


def _year(text: str, item: _Found) -> str | None:
    """The year in the name, else the date before it; for a list or heading any year that is printed with it."""
    if year := _YEAR.search(text, item.start, item.end):
        return year.group()
    if item.rule in {"award", "heading"}:
        return year.group() if (year := _YEAR.search(text)) else None
    dates = _DATE.findall(text, max(0, item.start - 24), item.start)
    return dates[-1] if dates else None


def _issuer(text: str, verb: int) -> str | None:
    """Who gave it: 被某总工会评为, 某总工会公布."""
    match = _ISSUER.search(text, max(0, verb - 24), verb)
    return match.group("issuer") if match else None


_OWN_ISSUER = re.compile("[^“”，]{0,10}?总工会|全总")
_ISSUER = re.compile(
    r"(?:被|由|获|[，。；\n]|^|日|日前)(?P<issuer>[^，。；\n被由获年月日等、]{2,16}(?:总工会|全总|工会|局|厅|委|部|协会|政府|集团))(?:等单位)?$"
)


def _level(name: str, municipal: bool) -> str | None:
    """The level of an honour as a key of union_levels.csv, from the scope in its name or its issuer's.

    ``municipal``: the document is of a municipality, whose bare 市 is provincial.
    """
    if re.search("公司|集团", name):
        return None
    if re.search("全国|国家|中国|中央|全总", name):
        return "national"
    if re.search(f"省|自治区|兵团|(?:{'|'.join(_MUNICIPALITIES)})市", name):
        return "provincial"
    if re.search("(?:^|[^城])市", name):
        return "provincial" if municipal and name.startswith(("市", "全市")) else "prefecture"
    if re.search("[^社园片景小街]区|县", name):
        return "county"
    return "provincial" if _provinces().match(name) else None


@cache
def _provinces() -> re.Pattern[str]:
    """Short names of provinces, as honours are called by (湖北行业…案例)."""
    return re.compile("|".join(row["word"] for row in table("diffusion_places") if row["kind"] == "province"))


def _grade(name: str) -> str | None:
    match = _grades().search(name)
    return match.group() if match else None


def _same(one: str, other: str) -> bool:
    a, b = (re.sub(r"[“”\"\s]", "", folded(name)) for name in (one, other))
    return a in b or b in a


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?P<selected>{_words('selected')})|(?P<given>{_words('verb')})")


@cache
def _quoted() -> re.Pattern[str]:
    """“A” as a whole name: behind it comes 称号, a separator or the end."""
    return re.compile(
        rf"[“\"](?P<name>[^“”\"\n]{{2,{_LONGEST}}})[”\"](?=(?:{_words('tail')}|{_words('grade')})|[，。；;、,：:！“\n)）]|和|及|等|$)(?:{_words('grade')})?"
    )


@cache
def _plain() -> re.Pattern[str]:
    """A B“C” D as far as the first head of an award that something else follows."""
    inner = r"(?:[^，。；;！？!?、\n“”\",]|[“\"][^“”\"\n]{1,20}[”\"])"
    return re.compile(
        rf"(?P<name>{inner}{{0,{_LONGEST}}}?(?:(?:{_words('head')})(?:{_words('grade')})?|[“\"][^“”\"\n]{{0,16}}(?:{_words('head')})[”\"]))"
        rf"(?=(?:{_words('tail')})|[，。；;、,“\n)）（(：:]|和|及|等|[0-9]|$|——)"
    )


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>[^，。；、\n：:]{{2,40}}?(?:{_words('head')})(?:{_words('grade')})?)(?=(?:{_words('tail')})|[（(\n]|[0-9]|$)"
    )


@cache
def _scope() -> re.Pattern[str]:
    return re.compile(_words("scope"))


@cache
def _grades() -> re.Pattern[str]:
    return re.compile(_words("grade"))
