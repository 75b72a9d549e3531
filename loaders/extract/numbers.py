"""Chinese quantities: 1.3万余条, 近亿元, 一万多名, 百分之二, 六成以上, 50多万美元.

A quantity is a number with its approximations and the measure word or unit behind it (vocabularies/measure_words.csv).
Numbers written in characters count only before a measure word, or when they end in 万 or 亿. Texts are expected folded
(`unionkg.loaders.extract.outcome_text.fold`). Values follow GB/T 15835-2011 and everyday usage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unionkg.ontology.vocabulary import table

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_CHARACTERS = "".join([*_DIGITS, *_SMALL, *_LARGE])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``start``:``end`` of the text, approximations included.

    ``number`` is where the bare number begins, ``measure`` where the measure word does (``end`` without one). ``value``
    is scaled (1.3万 is 13000, 63.27% is 63.27, 六成 is 60). ``unit`` and ``kind`` come from the vocabulary; both are
    empty where no measure word follows. ``approximate``: 近, 约, 余, 多, 以上 … stand by it, or it is a round figure
    such as 百名. ``characters``: written in Chinese characters. ``vague``: it tells no single figure (数百件, 十几人,
    三五名, 2000~3000人). ``threshold``: 以下, 以内, or 以上 before a noun, as in 25人以上的企业.
    """

    start: int
    number: int
    measure: int
    end: int
    value: float
    unit: str
    kind: str
    approximate: bool = False
    characters: bool = False
    vague: bool = False
    threshold: bool = False


_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{_CHARACTERS}]")
_WITHIN = re.compile("[余多几来 ,，个]")


def value_of(text: str) -> float | None:
    """Read a number: ``1.3万``, ``13.5余万``, ``1,253``, ``1个亿``, ``两千三百``, ``3亿2千万``, ``万余`` (10000).

    余, 多, 来 and 几 are passed over. None where the text is no number.
    """
    text = _WITHIN.sub("", text)
    tokens = _TOKEN.findall(text)
    if not tokens or sum(map(len, tokens)) != len(text):
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):  # 二零一七
        return float("".join(str(_DIGITS[token]) for token in tokens))
    total = section = 0.0
    number: float | None = None
    for token in tokens:
        if token in _SMALL:
            section += (1.0 if number is None or number == 0 else number) * _SMALL[token]
            number = None
        elif token in _LARGE:
            section += number or 0.0
            if token == "亿":
                total = ((total + section) or 1.0) * _LARGE[token]
            else:
                total += (section or 1.0) * _LARGE[token]
            section, number = 0.0, None
        elif number:
            return None
        else:
            number = float(_DIGITS.get(token, token))
    return round(total + section + (number or 0.0), 6)


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a folded text in order; numbers inside Latin words (G5, T308) are none."""
    after = 0
    for match in _pattern().finditer(text):
        if match.start() >= after:
            quantity = _fraction(text, match) if match["part"] else _read(text, match)
            if quantity is not None:
                after = quantity.end
                yield quantity


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    part, base = value_of(match["part"]), value_of(match["base"])
    if part is None or not base:
        return None
    share = 100.0 if match["part"] == "百" else round(100.0 * part / base, 2)  # 百分之百, 百分百
    return _quantity(text, match, match.end("part"), match.end("part"), share, "%", "ratio")


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    figure, measure = match["number"], match["measure"]
    characters = not figure[0].isdigit()
    value = value_of(figure)
    if value is None:
        return None
    bare = match.end("more") if match["more"] else match.end("number")
    unit, kind, end = "", "", bare
    if measure:
        unit, kind, not_before = _measures()[measure]
        end = match.end("measure")
        if text[end : end + 1] and text[end : end + 1] in not_before:
            unit, kind, end = "", "", bare
    if kind == "share":
        return _share(text, match, figure, end)
    if characters and ((not unit and figure[-1] not in _LARGE) or (len(figure) > 1 and set(figure) <= set(_DIGITS))):
        return None
    return _quantity(text, match, bare, end, value, unit, kind)


def _share(text: str, match: re.Match[str], figure: str, end: int) -> Quantity | None:
    """六成 is 60 %, 七成六 is 76 %; 五六成 is vague."""
    value = value_of(figure[0])
    if value is None or value > 9 or len(figure) > 2:
        return None
    value *= 10
    start = end
    if (last := text[end : end + 1]) in _DIGITS and last:
        value, end = value + _DIGITS[last], end + 1
    return _quantity(text, match, start - 1, end, value, "%", "ratio")


#: Words before a number that leave it inexact.
_INEXACT = re.compile(
    r"(?:不少于|不低于|不足|不到|不下|至少|超过了?|突破了?|超出|破|将近|接近|大约|约为|约|近乎|近|逾|超|上)$"
)
_SEVERAL = re.compile("(?:好几|几|(?<![人户家次件数个场份业织位])数)$")
_TAIL = re.compile("(?:及以上|以上|及以下|以下|以内|左右|上下|有余|之多|多(?=[,，。;；]))的?")
_MORE = frozenset("余多来")
#: What makes the second half of a range of what stands before a number.
_RANGED = re.compile(r"\d[%个家人名位场次件份条元万千百亿天米]{0,2}(?:[~～]|[-–—－]{1,2}|至|到)$")
_RANGING = re.compile(rf"(?:[~～]|[-–—－]{{1,2}}|至|到)[\d{_CHARACTERS}]")
#: 三五名, 七八百: two digits in a row are a range.
_LISTED = re.compile(
    "[一二两三四五六七八][二三四五六七八九](?:[十百千万亿]+|$)|十[一二三四五六七八][二三四五六七八九]$"
)
_NOUN = re.compile(r"[^,，。;；、!！?？)）\n:：”\s]")


def _quantity(text: str, match: re.Match[str], measure: int, end: int, value: float, unit: str, kind: str) -> Quantity:
    number = match.start()
    figure = match.group("number") or match.group("part")
    before = text[max(0, number - 4) : number]
    start = number
    inexact = _INEXACT.search(before)
    several = _SEVERAL.search(before) if figure[0] in "十百千万亿" else None
    for found in (inexact, several):
        if found:
            start = min(start, number - len(found.group()))
    approximate = bool(inexact or several or match["more"]) or not _MORE.isdisjoint(figure)
    approximate = approximate or (figure[0] in "百千万亿" and kind != "ratio")  # 百余名, 千人次: round figures
    vague = bool(several) or "几" in (match["more"] or "") + figure or bool(_LISTED.match(figure))
    threshold = False
    if tail := _TAIL.match(text, end):
        bounded = tail.group().startswith(("以下", "以内", "及"))
        threshold = bounded or (
            kind != "ratio"
            and tail.group().startswith("以上")
            and (
                bool(_NOUN.match(text, tail.end()))
                or (kind in {"person", "body"} and before.endswith(("在", "对", "凡", "凡是", "满")))
            )
        )
        end, approximate = tail.end() - tail.group().endswith("的"), True
    if _RANGING.match(text, end) or _RANGED.search(text, max(0, start - 6), start):
        vague = True
    characters = not figure[0].isdigit()
    return Quantity(start, number, measure, end, value, unit, kind, approximate, characters, vague, threshold)


@cache
def _measures() -> dict[str, tuple[str, str, str]]:
    return {row["surface"]: (row["unit"], row["kind"], row["not_before"]) for row in table("measure_words")}


@cache
def _pattern() -> re.Pattern[str]:
    surfaces = "|".join(re.escape(surface) for surface in sorted(_measures(), key=len, reverse=True))
    scale = "(?:[余多几]?(?:个(?=[万亿]))?[十百千万亿]{1,3})"
    plain = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    latin = rf"{plain}(?:{scale}(?:{plain}{scale})?)?"
    characters = rf"[{_CHARACTERS}]+(?:(?:[余多几来]|个(?=亿))[百千万亿]+)?"
    return re.compile(
        rf"(?P<base>[百千万{''.join(_DIGITS)}])分(?:之|(?=百))(?P<part>百|[{_CHARACTERS}]+|\d+(?:\.\d+)?)"
        rf"|(?P<number>(?<![A-Za-z\d.]){latin}|{characters})(?P<more>[余多几]|来(?=[个名人家次位台场条件间户本份天年张把套]))?(?P<measure>{surfaces})?"
    )
