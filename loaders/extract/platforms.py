"""Platforms: named apps, mini-programmes, accounts and systems.

Read are a quoted name with its head inside, behind or before the quotes (“某某”小程序, “某某平台”, 微信公众号“某某”),
a quoted name that is opened or downloaded or whose own words are digital (“掌上…”, “…e家”), an unquoted name before a
head (某工惠平台), and public platforms known without a head
(vocabularies/platform_cues.csv). A head with nothing but general words before it (服务平台) names nothing, and
系统 is often a branch of administration (教育系统).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from unionkg.graph.records import TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.cue_words import alternation
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.printed_comment import in_comment

_words = partial(alternation, "platform_cues")
_LONGEST = 16
_EDGE = re.compile(
    r"[，,。；;：:！!？?、—…《》【】（）()\n“”\"‘’.]|与(?!处)|和(?!谐)|由|在(?!线)|到|把|将|是|的|了|等|各(?!地)|以及|还有|依托|通过|借助|利用|运用|打造|搭建|建立|建设|建成|现有"
    r"|开发|上线|推出|开通|开设|整合|融合|构建|形成|创建|研发|升级|联通|进入|接入|登录|打开|关注|下载|使用|启用|推广|实现|提供|作为|该|从(?!业)|让|使(?!用)|给|目前|其中"
    r"|(?<=[0-9一二两三四五六七八九十])(?:个|大|套|条|项|款|家|种)"
)
_SOURCE_LINE = re.compile(r"(?:来源|据|转自|原载)[:：]?[^，。；\n]{0,12}$")
_MAPS = "高德(?:地图)?(?=[、和导,，])|百度(?:地图)?(?=[、和导,，])|高德地图|百度地图|腾讯地图"
_USED = re.compile(
    r"(?:通过|登[录陆]|打开|利用|使用|依托|借助|在)“(?P<name>[^“”，。；、\n]{3,12})”(?:线上|网上|在线)?(?:办理|报名|查询|预约|点单|下单|推送|申请|申报|缴费|直播|发布|上传)"
)
_VIDEO = "快手(?=[、和等平直开上账])"
#: a brand that its own words tell to be digital, where it is used or made
_DIGITAL = re.compile(
    r"(?:登[录陆]|打开|使用|运用|通过|依托|借助|推出|上线|开发|研发|建成|建立|搭建|开通|关注|下载|扫|在|用)了?“"
    r"(?P<name>(?:(?:云上|掌上|码上|网上|指尖|数字|数智|智慧|[A-Za-z])[^“”，。；、\n+]{2,10}|[^“”，。；、\n+]{1,8}(?:[eE]家|[eE]站|通|码|云|网|惠|宝|在线)))”"
)
#: the name stands behind the head: 微信公众号“某某”
_BEHIND = re.compile(
    r"(?:微信|官方|工会|职工|管理|服务|手机)(?:公众号|服务号|订阅号|视频号|抖音号|小程序|APP|App|客户端|平台|系统)“(?P<name>[^“”，。；、\n]{2,12})”(?!的?(?:活动|栏目|专栏|专题|品牌))"
)
_OPENED = r"(?:打开|登录|下载|扫码进入|(?:平台|软件|系统)(?:名|叫|名为|取名|名叫)|上线(?:了)?|手机端)"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rule: str
    confidence: float


def read(account: Account, document: DocumentContext) -> tuple[TextStatement, ...]:
    """Read the platforms of an account, each once, in the order of the text; a longer reading keeps out a shorter one."""
    del document
    text = folded(account.passage.text)
    found: dict[str, TextStatement] = {}
    for item in sorted(_items(text), key=lambda item: (item.start, -item.end)):
        core = _core(text[item.start : item.end])
        if core in found or any(core in other or other in core for other in found) or in_comment(account, item.start):
            continue
        found[core] = TextStatement(
            value=account.passage.name(item.start, item.end),
            evidence=account.passage.evidence(item.start, item.end),
            method=f"platform.{item.rule}",
            confidence=item.confidence,
        )
    return tuple(found.values())


def _items(text: str) -> Iterator[_Found]:
    for match in _cues().finditer(text):
        if _SOURCE_LINE.search(text, max(0, match.start() - 16), match.start()):
            continue
        if match.lastgroup == "quoted":
            yield _Found(match.start(), match.end(), "quoted", 0.8)
        elif match.lastgroup == "inside":
            yield _Found(match.start() + 1, match.end() - 1, "quoted", 0.8)
        elif match.lastgroup == "name":
            yield _Found(match.start(), match.end(), "known", 0.8)
        else:
            yield from _headed(text, match)
    for match in _USED.finditer(text):
        yield _Found(*match.span("name"), "used", 0.6)
    for match in _DIGITAL.finditer(text):
        yield _Found(*match.span("name"), "digital_name", 0.6)
    for match in _BEHIND.finditer(text):
        yield _Found(*match.span("name"), "behind_head", 0.7)
    for match in _opened().finditer(text):
        for name in re.finditer(r"[“\"]([^“”\"]+)[”\"]", match.group("names")):
            start = match.start("names")
            yield _Found(start + name.start(1), start + name.end(1), "opened", 0.7)


def _headed(text: str, match: re.Match[str]) -> Iterator[_Found]:
    behind = _BEHIND.search(text, max(0, match.start() - 2), match.end() + _LONGEST)
    if behind is not None and behind.start() < match.end():
        return
    start = _left(text, match.start())
    body = text[start : match.start()]
    if _LETTERS.search(body) and match.group() in {"系统", "平台"}:
        yield _Found(start, match.end(), "letters", 0.6)
        return
    if match.lastgroup == "strong":
        if len(body) >= 2 and not re.fullmatch("(?:微信|手机|官方|线上|各类|相关|专属|自己)+", body):
            yield _Found(start, match.end(), "head", 0.7)
        return
    if len(body) < 2 or _pattern("sector", end=True).search(body):
        return
    if _pattern("general").fullmatch(body):
        if len(body) >= _TELLING and _pattern("digital").search(body):
            yield _Found(start, match.end(), "digital", 0.5)
        return
    if _pattern("name_end", end=True).search(body):
        yield _Found(start, match.end(), "name_end", 0.7)
        return
    before = "verb" if match.group() != "平台" or _pattern("digital").search(body) else "made"
    if len(body) >= 4 and any(
        _pattern(kind, end=True).search(text, max(0, start - 3), start) for kind in (before, "reached")
    ):
        yield _Found(start, match.end(), "in_use", 0.5)


_LETTERS = re.compile("[A-Za-z]{2,}$")
_TELLING = 5  # general words as long as this name one platform


def _left(text: str, end: int) -> int:
    floor = max(0, end - _LONGEST)
    start = floor
    for match in _EDGE.finditer(text, floor, end):
        start = match.end()
    return start


def _core(name: str) -> str:
    bare = re.sub(r"[“”\"\s]", "", name)
    return _pattern("head", "strong", end=True, before="(?:微信)?").sub("", bare) or bare


@cache
def _pattern(*kinds: str, end: bool = False, before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{_words(*kinds)})" + ("$" if end else "+"))


@cache
def _cues() -> re.Pattern[str]:
    heads, strong, others = _words("head", "strong"), _words("strong"), _words("not_head")
    first = "".join(sorted({word[0] for word in _words("head", "strong", "name").split("|")} | set('“"网高百腾快')))
    return re.compile(
        rf"(?=[{first}])(?:"
        rf"(?P<quoted>[“\"][^“”\"，。；、\n]{{2,14}}[”\"](?:{_words('middle')}){{0,3}}(?!{others})(?:{heads}))"
        rf"|(?P<inside>[“\"][^“”\"，。；、\n]{{2,14}}(?:{heads})[”\"])"
        rf"|(?P<name>(?:{_words('name')})(?:微信)?(?:{heads})?|{_MAPS}|{_VIDEO})|(?P<strong>{strong}|(?<=[A-Z])网)|(?P<head>(?!{others})(?:{_words('head')})))"
    )


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(rf"{_OPENED}(?P<names>(?:[“\"][^“”\"，。；、\n]{{2,12}}[”\"])+)")
