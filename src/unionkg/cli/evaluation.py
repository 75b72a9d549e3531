"""evaluate: the reading against labelled accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from unionkg.cli.options import format_option, input_file, open_existing, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command
from unionkg.errors import InputError, RecordError
from unionkg.language import say


@click.command(
    cls=Command,
    help=say(
        "与人工标注的记录（扁平 JSONL，- 表示标准输入）对照，逐字段给出准确率、召回率和 F1。",
        "Score the workspace's records against labelled ones (flat JSONL, - for stdin): precision, recall and F1 of every field.",
    ),
)
@click.argument("gold", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--errors",
    metavar="FIELD",
    help=say("列出某字段漏读（-）和误读（+）的", "list what was missed (-) and wrong (+) in a field"),
)
@workspace_options
@format_option
def evaluate(gold: Path, errors: str | None, workspace: Path | None, store: str | None, form: str | None) -> None:
    """Print the figures, or the errors of one field."""
    from unionkg.graph import evaluation

    with input_file(gold) as path:
        labelled = _labelled(path)
    read = [json.loads(line) for line in open_existing(workspace, store).records_text("eval").splitlines()]
    tallies = evaluation.evaluate(labelled, read)
    if errors:
        if errors not in tallies:
            known = ", ".join(tallies)
            raise InputError(say(f"没有字段 {errors}", f"no field {errors}"), hint=say("字段：", "fields: ") + known)
        tally = tallies[errors]
        rows = [
            (s, w, json.dumps(v, ensure_ascii=False))
            for s, xs in (("-", tally.missed), ("+", tally.wrong))
            for w, v in xs
        ]
        print_rows(("sign", "account", "value"), rows, form)
        return
    figures: list[tuple[object, ...]] = [
        (name, round(t.precision, 4), round(t.recall, 4), round(t.f1, 4), t.gold, t.predicted)
        for name, t in tallies.items()
    ]
    figures.append(("CORE", None, None, round(evaluation.core(tallies), 4), None, None))
    figures.append(("ALL", None, None, round(evaluation.overall(tallies), 4), None, None))
    print_rows(("field", "precision", "recall", "f1", "labelled", "read"), figures, form)


def _labelled(path: Path) -> list[dict[str, Any]]:
    """The labelled accounts of a file; RecordError with file and line where one is not of the flat form."""
    from unionkg.graph.exchange.flat import unflat
    from unionkg.graph.records import Evidence, read_lines

    found = []
    for where, data in read_lines(path):
        if not isinstance(data, dict):
            raise RecordError(say("应为一个案例记录", "expected a case record"), where=where)
        if not isinstance(data.get("source"), str):
            raise RecordError(
                say("缺少 source（文献的文件名）", "source (the document's file name) is missing"), where=where
            )
        unflat(data, "", lambda quote: Evidence(quote, -1, -1), where)
        found.append({"title": None, **data})
    if not found:
        raise InputError(say("文件里没有案例记录", "the file holds no record"), where=path)
    return found
