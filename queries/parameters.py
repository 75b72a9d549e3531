"""Values as people type them, made into the values that a statement takes.

Terms of a vocabulary may be given by label, alias or key, regions by any of their names, years as one year or as
``2017..2019``. Whatever is not known is refused with what is near.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from unionkg.errors import QueryError
from unionkg.graph.stores.protocol import Reader
from unionkg.language import say
from unionkg.queries.library import Parameter, Query
from unionkg.queries.wording import labels

EVER = (0, 9999)
"""The years that stand for any time."""

_TOLD = 12
"""So many known values are named where none is near."""

_NAMED = {
    "unions": ("TradeUnion", ("name", "canonical", "aliases")),
    "practices": ("Practice", ("name", "aliases")),
    "documents": ("Document", ("name", "title")),
    "organisations": ("Organization", ("name", "aliases")),
    "accounts": ("PracticeCase", ("name", "title")),
    "indicators": ("Outcome", ("indicator",)),
    "units": ("Outcome", ("unit",)),
}
"""Where names are looked for: the label and its properties."""

_YEAR = r"(\d{4})年?"
_YEARS = re.compile(rf"(?:{_YEAR})?\s*(?:\.\.|…|—|–|-|~|～|至|到)\s*(?:{_YEAR})?")
_BOOLEANS = {"true": True, "yes": True, "1": True, "是": True, "false": False, "no": False, "0": False, "否": False}


def bind(
    query: Query,
    given: Mapping[str, Any],
    vocabularies: Path | None = None,
    store: Reader | None = None,
    *,
    partial: bool = False,
) -> dict[str, Any]:
    """Check parameters and fill in defaults.

    Parameters
    ----------
    query : Query
    given : mapping
        Values by parameter, as typed or as Python values; None and "" count as not given.
    vocabularies : Path, optional
        The workspace's ``vocabularies/`` folder.
    store : Reader, optional
        Where a region's name means several, the one that the graph has something of is taken.
    partial : bool
        Leave out what is missing instead of raising.

    Raises
    ------
    QueryError
        A parameter is unknown, missing, of the wrong type, or not a value of its vocabulary; near ones are named.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    given = {named(query, name): value for name, value in given.items()}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise QueryError(
                say(f"{query.name} 没有参数 {name}", f"{query.name} has no parameter {name}"),
                hint=say("可用的参数：", "parameters: ")
                + ", ".join([*near, *(one for one in known if one not in near)])
                if known
                else say("这个查询不用参数", "this query takes none"),
            )
    bound: dict[str, Any] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if value is None or value == "":
            value = parameter.default
        if value is not None:
            bound[parameter.name] = _value(parameter, value, vocabularies, store)
            if parameter.name == "limit" and bound["limit"] < 0:
                raise QueryError(say("limit 不能小于 0", "limit cannot be below 0"))
        elif parameter.optional:
            bound[parameter.name] = None
        elif not partial:
            raise QueryError(
                say(
                    f"缺少参数 {parameter.name}（{parameter.zh}）",
                    f"parameter {parameter.name} is missing ({parameter.en})",
                ),
                hint=say("例：", "example: ") + query.example,
            )
    return bound


def named(query: Query, typed: str) -> str:
    """The parameter that is meant: 做法类型 is practice_type, where no other is called so; else what was typed."""
    same = [p.name for p in query.parameters if typed in {p.zh, re.split(r"[（：]", p.zh, maxsplit=1)[0]}]
    return same[0] if len(same) == 1 and all(typed != p.name for p in query.parameters) else typed


def missing(query: Query, given: Mapping[str, Any]) -> list[Parameter]:
    """The parameters that have to be given and were not."""
    there = {named(query, name) for name, value in given.items() if value}
    return [p for p in query.parameters if p.default is None and not p.optional and p.name not in there]


def check_names(query: Query, bound: Mapping[str, Any], store: Reader) -> None:
    """Refuse a name that nothing in the graph has, with near ones; asked where an answer is empty.

    Raises
    ------
    QueryError
        A parameter names no union, practice, document … of the graph.
    """
    for parameter in query.parameters:
        value = bound.get(parameter.name)
        if not isinstance(parameter.values, str) or parameter.values not in _NAMED or value is None:
            continue
        names = known_names(parameter.values, store)
        if not any(str(value) in name for name in names):
            raise _unknown(parameter, str(value), _near(str(value), names))


def known_names(kind: str, store: Reader) -> list[str]:
    """Every name of a kind (``unions``, ``units`` …) in the graph, sorted."""
    label, properties = _NAMED[kind]
    found: set[str] = set()
    for name in properties:
        for (value,) in store.ask(f"MATCH (n:{label}) WHERE n.{name} IS NOT NULL RETURN DISTINCT n.{name} AS v").rows:
            found.update(value if isinstance(value, list) else [value])
    return sorted(found)


def suggestions(parameter: Parameter, vocabularies: Path | None = None, store: Reader | None = None) -> list[str]:
    """Values to choose from, as people say them; none where there are too many or none is known."""
    if isinstance(parameter.values, tuple):
        shown = labels(parameter.name)
        return [say(shown.get(one, one), one) for one in parameter.values]
    if parameter.values is None or parameter.values == "regions":
        return []
    if parameter.values in _NAMED:
        return known_names(parameter.values, store) if store else []
    return [term.zh for term in _terms(parameter.values, vocabularies)]


def _value(parameter: Parameter, given: Any, vocabularies: Path | None, store: Reader | None) -> Any:
    read = _READERS.get(parameter.type)
    try:
        value = read(given) if read else str(given).strip()
    except (ValueError, KeyError, TypeError) as error:
        meant = _MEANT[parameter.type]
        raise QueryError(
            say(
                f"参数 {parameter.name} 应为{meant[0]}：{given}",
                f"parameter {parameter.name} is not {meant[1]}: {given}",
            )
        ) from error
    if isinstance(parameter.values, tuple):
        return _listed(parameter, str(value))
    if parameter.values == "regions":
        return _region(parameter, str(value), store)
    if parameter.values and parameter.values not in _NAMED:
        return _term(parameter, str(value), vocabularies)
    return value


def _years(given: Any) -> list[int]:
    """``2017``, ``2017..2019``, ``2017..``, ``..2019`` or two years -> the first and the last year."""
    if isinstance(given, list | tuple):
        first, last = map(int, given)
    elif isinstance(given, int):
        first = last = given
    else:
        text = str(given).strip()
        if text in {"", ".."}:
            return list(EVER)
        single = re.fullmatch(_YEAR, text)
        both = _YEARS.fullmatch(text)
        if single:
            first = last = int(single[1])
        elif both and (both[1] or both[2]):
            first, last = int(both[1] or EVER[0]), int(both[2] or EVER[1])
        else:
            raise ValueError(text)
    if first > last:
        raise ValueError(given)
    return [first, last]


def _boolean(given: Any) -> bool:
    return _BOOLEANS[str(given).strip().lower()]


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "years": _years,
}
_MEANT = {
    "integer": ("整数", "a whole number"),
    "number": ("数", "a number"),
    "boolean": ("是或否", "yes or no"),
    "years": ("年份或区间，如 2017、2017..2019", "a year or years, such as 2017 or 2017..2019"),
    "string": ("文字", "text"),
}


def _listed(parameter: Parameter, value: str) -> str:
    """One of a fixed list, given as it is or by its Chinese label."""
    assert isinstance(parameter.values, tuple)
    shown = labels(parameter.name)
    for one in parameter.values:
        if value in {one, shown.get(one)}:
            return one
    raise _unknown(parameter, value, [say(shown.get(one, one), one) for one in parameter.values])


def _terms(values: str, vocabularies: Path | None) -> Sequence[Any]:
    from unionkg.ontology.vocabulary import terms

    name = values.partition(".")[0]
    return terms(name, vocabularies / f"{name}.csv" if vocabularies else None)


def _term(parameter: Parameter, value: str, vocabularies: Path | None) -> str:
    """What a value means: it may be given as label, alias or key."""
    assert isinstance(parameter.values, str)
    known = _terms(parameter.values, vocabularies)
    for term in known:
        if value in {term.zh, term.key, *term.aliases}:
            return str(term.key if parameter.values.endswith(".key") else term.zh)
    named = {name: term.zh for term in known for name in (term.zh, *term.aliases)}
    # A part is not enough: 集体合同 is a part of 专项集体合同, and means more.
    whole = {term.zh for term in known if value in re.split(r"[/（）()、]", term.zh)}
    if len(whole) == 1:
        return _term(parameter, whole.pop(), vocabularies)
    holding = [zh for name, zh in named.items() if value in name]
    near = list(dict.fromkeys([*holding, *(named[name] for name in _near(value, named))]))
    raise _unknown(parameter, value, near, [term.zh for term in known])


def _region(parameter: Parameter, value: str, store: Reader | None) -> str:
    """The id of the region that a name, code or id means."""
    from unionkg.ontology.regions import resolve, table

    regions = table()
    code = value.removeprefix("region:")
    if code in regions:
        return f"region:{code}"
    codes = list(dict.fromkeys(candidate.code for candidate in resolve(value)))
    possible = list(dict.fromkeys([*codes, *_beginning(value)]))
    if (
        store is not None and possible != codes[:1]
    ):  # 朝阳 is a city of its own, but the material may speak of a district
        here = _present(possible, store)
        codes = [code for code in codes if code in here] or here or codes
    if len(codes) == 1:
        return f"region:{codes[0]}"
    if codes:
        raise QueryError(
            say(
                f"{parameter.name}：“{value}”可以指 {len(codes)} 个地区",
                f"{parameter.name}: {value!r} may mean several",
            ),
            hint=say("写全称或代码：", "give the full name or the code: ")
            + say("、", ", ").join(f"{regions.full_name(c)}（{c}）" for c in codes[:8]),
        )
    names = {
        name: r.code
        for level in ("province", "prefecture", "county")
        for r in regions.at(level)
        for name in (r.name, r.short)
    }
    near = [regions.full_name(names[name]) for name in _near(value, names)]
    raise _unknown(parameter, value, list(dict.fromkeys(near)))


def _beginning(value: str) -> list[str]:
    """The regions whose names begin so, in the order of their codes."""
    from unionkg.ontology.regions import Level, table

    levels: Sequence[Level] = ("province", "prefecture", "county")
    return sorted(r.code for level in levels for r in table().at(level) if len(value) > 1 and r.name.startswith(value))


def _present(codes: Sequence[str], store: Reader) -> list[str]:
    """Those of several regions that accounts or unions of the graph come from, or from below them."""
    from unionkg.ontology.regions import table

    regions = table()
    found = store.ask("MATCH (r:Region)<-[:TOOK_PLACE_IN|BASED_IN]-() RETURN DISTINCT r.code AS code")
    there = {upper for (code,) in found.rows if code in regions for upper in (code, *regions.ancestors(code))}
    return [code for code in codes if code in there]


def _near(value: str, names: Iterable[str]) -> list[str]:
    """Up to five names like a value, the likest first; names that hold it or share characters with it count."""
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(value, list(names), scorer=fuzz.WRatio, limit=5, score_cutoff=45)]


def _unknown(parameter: Parameter, value: str, near: Iterable[str], known: Sequence[str] = ()) -> QueryError:
    """The error for an unknown value, with near ones, or where there are none some of those that are known."""
    comma, hint = say("、", ", "), None
    if told := comma.join(near):
        hint = say("相近的：", "near ones: ") + told
    elif known:
        more = say(f" 等 {len(known)} 个", f" … {len(known)} in all") if len(known) > _TOLD else ""
        hint = say("没有相近的；可用的有：", "none is near; there are: ") + comma.join(known[:_TOLD]) + more
    return QueryError(say(f"{parameter.name}：没有“{value}”", f"{parameter.name}: no {value!r}"), hint=hint)
