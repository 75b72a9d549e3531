"""Whether the values of a statement can be true at all: what the types of `unionkg.graph.records` cannot say.

The machine's readers give valid values; what people decide and what is imported is checked here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from unionkg.errors import RecordError
from unionkg.graph.records import (
    KINDS,
    CaseRecord,
    ClaimStatement,
    ConceptStatement,
    DiffusionStatement,
    HonorStatement,
    OutcomeStatement,
    RegionStatement,
    Statement,
    TextStatement,
    UnionStatement,
)
from unionkg.language import say
from unionkg.ontology import dates
from unionkg.ontology.regions import table
from unionkg.ontology.vocabulary import terms

#: What the other end of a diffusion statement may be, by the prefix of its id.
_ENDS = ("union", "region", "organization", "practice", "case", "policy", "doc")


def check_record(record: CaseRecord, where: str) -> None:
    """Raise RecordError for the first value of a record that cannot be, naming its field."""
    if not record.lines or any(not 1 <= first <= last for first, last in record.lines):
        raise RecordError(say(f"行区间不对：{record.lines}", f"wrong line ranges: {record.lines}"), where=where)
    for field, statement in record.statements():
        check_statement(field, statement, where)


def check_statement(field: str, statement: Statement, where: str) -> None:
    """Raise RecordError for a value that cannot be: no evidence, no such date or region, no finite number."""
    for problem in problems(field, statement):
        raise RecordError(f"{field}: {problem}", where=where)


def problems(field: str, statement: Statement) -> Iterator[str]:
    """What of a statement cannot be: no evidence, no such date or region, no finite number; none for most."""
    if not statement.evidence or any(not evidence.quote.strip() for evidence in statement.evidence):
        yield say("没有原文依据（evidence）", "it has no evidence")
    if not 0 <= statement.confidence <= 1:
        yield say("可信度应在 0 与 1 之间", "confidence must lie between 0 and 1")
    entity = getattr(statement, "entity", None)
    kinds = _ENDS if isinstance(statement, DiffusionStatement) else KINDS
    if entity is not None and entity.partition(":")[0] not in kinds:
        yield say(f"编号 {entity} 的种类不对", f"{entity} is no id of such a thing")
    match statement:
        case TextStatement() if field == "started":
            yield from _date(statement.value)
        case OutcomeStatement():
            yield from _period(statement.period)
            numbers = [statement.value, *([] if statement.baseline is None else [statement.baseline])]
            if not all(map(math.isfinite, numbers)):
                yield say("数值不是有限的数", "the value is no finite number")
        case ConceptStatement():
            yield from _date(statement.started)
        case DiffusionStatement():
            yield from _period(statement.period)
        case HonorStatement():
            yield from _date(statement.year)
            yield from _level(statement.level)
        case RegionStatement():
            yield from _region(statement.code)
        case UnionStatement() | ClaimStatement():
            yield from _region(statement.region)


def _date(text: str | None) -> Iterator[str]:
    if text is not None and not dates.is_date(text):
        yield say(f"不是日期：{text}（写成 2017、2017-05 或 2017-05-02）", f"not a date: {text}")


def _period(text: str | None) -> Iterator[str]:
    if text is not None and not dates.is_period(text):
        yield say(f"不是时段：{text}（写成 2017 或 2013/2017）", f"not a period: {text}")


def _level(key: str | None) -> Iterator[str]:
    if key is not None and all(key != term.key for term in terms("union_levels")):
        yield say(f"没有这个级别：{key}（见 union_levels.csv）", f"no such level: {key} (see union_levels.csv)")


def _region(code: str | None) -> Iterator[str]:
    if code is not None and code not in table():
        yield say(f"没有这个区划代码：{code}", f"no such region code: {code}")
