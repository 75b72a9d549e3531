"""evaluate: the reading against labelled accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.options import format_option, input_file, open_existing, workspace_options
from unionkg.cli.output import print_rows, print_tables
from unionkg.cli.wording import Command
from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.evaluating import Evaluation

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


@click.command(
    cls=Command,
    help=say(
        "与人工标注的记录（扁平 JSONL，- 表示标准输入）对照：逐字段的准确率、召回率、F1 及与上次的差、置信度是否可信、"
        "错得最重的几处及其原句。",
        "Score the workspace's records against labelled ones (flat JSONL, - for stdin): precision, recall, F1 of every "
        "field and the difference to the previous run, how far confidences hold, the worst errors with their sentences.",
    ),
)
@click.argument("gold", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--summary", is_flag=True, help=say("只要数字，不列错处", "figures only, no errors"))
@click.option(
    "--errors",
    metavar="FIELD",
    help=say("列出某字段漏读（-）和误读（+）的", "list what was missed (-) and wrong (+) in a field"),
)
@workspace_options
@format_option
def evaluate(
    gold: Path, summary: bool, errors: str | None, workspace: Path | None, store: str | None, form: str | None
) -> None:
    """Print figures, or the errors of one field."""
    kg = open_existing(workspace, store)
    with input_file(gold) as path:
        result = kg.evaluate(path)
    if errors:
        print_rows(("sign", "account", "value"), _errors(result, errors), form)
        return
    tables = _figures(result) if summary else {**_figures(result), "worst": _worst(result)}
    print_tables(tables, form)


def _errors(result: Evaluation, field: str) -> list[tuple[Any, ...]]:
    if field not in result.tallies:
        known = ", ".join(result.tallies)
        raise InputError(say(f"没有字段 {field}", f"no field {field}"), hint=say("字段：", "fields: ") + known)
    tally = result.tallies[field]
    return [
        (sign, account, json.dumps(value, ensure_ascii=False))
        for sign, pairs in (("-", tally.missed), ("+", tally.wrong))
        for account, value in pairs
    ]


def _figures(result: Evaluation) -> dict[str, Table]:
    total = sum(band.count for band in result.bands)
    bands = [
        (
            f"{band.low:g}–{band.high:g}",
            band.count,
            round(band.count / total, 3) if total else None,
            band.right,
            round(band.right / band.count, 3) if band.count else None,
        )
        for band in result.bands
    ]
    return {
        "figures": (("field", "precision", "recall", "f1", "labelled", "read", "change"), list(result.figures)),
        "reliability": (("confidence", "statements", "share", "right", "precision"), bands),
    }


def _worst(result: Evaluation) -> Table:
    rows = [(one.sign, one.field, one.account, _shown(one.value), one.confidence, one.sentence) for one in result.worst]
    return ("sign", "field", "account", "value", "confidence", "sentence"), rows


def _shown(value: Any) -> str:
    """A value as one reads it: its name or number, not the whole record of it."""
    if not isinstance(value, dict):
        return str(value)
    told = ("name", "other", "concept", "group", "indicator", "value", "unit", "role", "code")
    return " ".join(
        f"{value[key]:g}" if isinstance(value[key], float) else str(value[key]) for key in told if key in value
    )
