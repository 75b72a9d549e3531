"""review: what deserves a look, and people's decisions on it, in a terminal, by commands or as a sheet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.options import (
    by_option,
    decider,
    format_option,
    input_file,
    open_existing,
    output_file,
    refuse_before_command,
    why_option,
    workspace_options,
)
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Group, Option
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.decisions import ReviewDecision
    from unionkg.graph.reviewing import Cause, Item
    from unionkg.graph.sentences import Marked
    from unionkg.graph.verdicts import Verdict
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.reviewing import Shown

CAUSES = ("reopened", "contradiction", "missing", "unknown_place", "low_confidence", "proposed")


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=say(
        "复核程序的读取结果：先看最该看的。在终端里逐条裁定；--list 只列出，--export 与 --apply 用表格往返。",
        "Correct the reading, what deserves a look first: item by item in a terminal; --list lists, "
        "--export and --apply go by way of a sheet.",
    ),
)
@click.option("--list", "listing", is_flag=True, help=say("只列出，不进入逐条裁定", "list only"))
@click.option("--document", metavar="DOCUMENT", help=say("只看一份文献", "of one document only"))
@click.option("--field", metavar="FIELD", help=say("只看一个栏目，如 成效", "of one field only, as outcomes"))
@click.option(
    "--reason", "cause", type=click.Choice(CAUSES), help=say("只看一种原因", "what has one kind of cause only")
)
@click.option(
    "--limit",
    cls=Option,
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    default=20,
    show_default=True,
    help=say("列出最多几条", "list so many at most"),
)
@click.option(
    "--export",
    "exported",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help=say(
        "把陈述导出成表格 .xlsx 或 .csv（- 为标准输出）",
        "write the statements as a sheet, .xlsx or .csv (- for stdout)",
    ),
)
@click.option(
    "--apply",
    "applied",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help=say("按填好的表格裁定", "decide as a filled-in sheet says"),
)
@click.option("--dry-run", is_flag=True, help=say("与 --apply 同用：只检查", "with --apply: check only"))
@by_option
@why_option
@workspace_options
@format_option
@click.pass_context
def review(
    ctx: click.Context,
    listing: bool,
    document: str | None,
    field: str | None,
    cause: Cause | None,
    limit: int,
    exported: Path | None,
    applied: Path | None,
    dry_run: bool,
    by: str | None,
    why: str,
    workspace: Path | None,
    store: str | None,
    form: str | None,
) -> int:
    """Review a workspace."""
    if ctx.invoked_subcommand is not None:
        refuse_before_command(ctx)
        return 0
    if sum(map(bool, (listing, exported, applied))) > 1:
        raise click.UsageError(
            say("--list、--export、--apply 只能用一个", "--list, --export and --apply do not go together")
        )
    from unionkg.graph.attributes import field_named

    kg = open_existing(workspace, store)
    name = field_named(field) if field else None
    if applied is not None:
        return _apply(kg, applied, decider(by), dry_run=dry_run)
    if exported is not None:
        _export(kg, exported, document, name)
        return 0
    if listing or form or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _print_items(kg.review_queue(document, name, cause), limit, form)
        return 0
    from unionkg.cli.review_session import go_through

    go_through(kg, kg.document(document).id if document else None, name, cause, decider(by), why)
    return 0


def _print_items(items: Sequence[Item], limit: int, form: str | None) -> None:
    from unionkg.graph.reviewing import field_label

    table = (form or ("table" if sys.stdout.isatty() else "json")) == "table"
    columns = ("id", "field", "value", "reason", "sentence", "line")
    more = ("case", "case_name", "document", "page", "confidence", "causes")
    rows = []
    for item in items[:limit]:
        reason = say("；", "; ").join(reason.text for reason in item.reasons)
        sentence = " / ".join(_near_quote(one) if table else one.text() for one in item.sentences)
        row = [item.id, field_label(item) if table else item.field, item.value, reason, sentence, item.line]
        causes = [reason.cause for reason in item.reasons]
        rest = [item.case, item.case_name, item.document, item.page, item.confidence, causes]
        rows.append(row if table else row + rest)
    print_rows(columns if table else (*columns, *more), rows, form)
    click.echo(
        say(f"共 {len(items)} 处值得看，列出 {len(rows)} 处", f"{len(items)} deserve a look, {len(rows)} listed"),
        err=True,
    )


def _near_quote(sentence: Marked) -> str:
    """A sentence for a narrow cell: what stands far before the quote is left out."""
    (first, quoted), *_ = sentence.pieces
    return (
        sentence.text()
        if quoted or len(sentence.pieces) == 1 or len(first) <= 8
        else "…" + sentence.text()[len(first) - 8 :]
    )


def _decide(verdicts: Sequence[Verdict], by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    kg = open_existing(workspace, store)
    tell(kg.decide(*verdicts, by=decider(by), why=why))


def tell(made: Sequence[ReviewDecision]) -> None:
    """Say which decisions were written."""
    from unionkg.graph.attributes import all_fields
    from unionkg.graph.reviewing import verb

    if not made:
        click.echo(say("早已如此裁定，没有新的裁定", "decided so already, nothing new"), err=True)
    for decision in made:
        about = all_fields()[decision.field].label if decision.field else decision.case
        told = f"{verb(decision)} {about}"
        click.echo(say(f"已记录：{told}（{decision.id}）", f"written: {told} ({decision.id})"), err=True)


@review.command(
    "show",
    help=say(
        "查看一条陈述或一个案例的全部陈述：值、原句、裁定的经过。",
        "Show a statement, or all of an account: value, sentence, history.",
    ),
)
@click.argument("identifier", metavar="ID")
@workspace_options
@format_option
def show(identifier: str, workspace: Path | None, store: str | None, form: str | None) -> None:
    """Show facts in full."""
    from unionkg.graph.attributes import all_fields
    from unionkg.reviewing import value_texts

    found = open_existing(workspace, store).review_item(identifier)
    if (form or ("table" if sys.stdout.isatty() else "json")) == "table" and len(found) == 1:
        click.echo(in_full(found[0]))
        return
    table = form == "table" or (form is None and sys.stdout.isatty())
    rows = [
        (
            one.id,
            str(all_fields()[one.field].label) if table else one.field,
            one.value if table else value_texts(one.field, one.statement),
            " / ".join(sentence.text() for sentence in one.sentences),
            one.sentences[0].line if one.sentences else None,
            one.review,
            one.statement.method,
            one.statement.confidence,
            [f"{d.decision} {d.by} {d.at} {d.why}".strip() for d in one.history],
        )
        for one in found
    ]
    columns = ("id", "field", "value", "sentence", "line", "review", "method", "confidence", "history")
    print_rows(columns, rows, form)


def in_full(one: Shown) -> str:
    """A fact for a terminal, several lines."""
    from unionkg.graph.attributes import all_fields
    from unionkg.graph.reviewing import verb
    from unionkg.reviewing import value_texts

    lines = [f"{all_fields()[one.field].label}：{one.value}", f"{one.document.title} · {one.case_name}（{one.case}）"]
    lines += [f"  {label}：{text}" for label, text in value_texts(one.field, one.statement).items() if text]
    for sentence in one.sentences:
        place = say(f"第 {sentence.line} 行", f"line {sentence.line}") if sentence.line else ""
        page = say(f"第 {sentence.page} 页 ", f"page {sentence.page} ") if sentence.page else ""
        lines.append(f"  {page}{place}：{sentence.text()}")
    lines.append(f"  {one.review} · {one.statement.method} · {one.statement.confidence:.2f}")
    lines += [f"  {d.id} {verb(d)} {d.by} {d.at} {d.why}".rstrip() for d in one.history]
    return "\n".join(lines)


@review.command(
    "accept",
    help=say(
        "采信陈述；给出案例编号则采信它的全部陈述，且确认没有缺漏。",
        "Accept statements; an account's id accepts all of it, and that nothing is missing.",
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@by_option
@why_option
@workspace_options
def accept(ids: tuple[str, ...], by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    """Accept."""
    from unionkg.graph.verdicts import Accept

    _decide([Accept(one) for one in dict.fromkeys(ids)], by, why, workspace, store)


@review.command(
    "reject",
    help=say("驳回陈述；给出案例编号则整个案例不算。", "Reject statements; an account's id rejects the account."),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@by_option
@why_option
@workspace_options
def reject(ids: tuple[str, ...], by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    """Reject."""
    from unionkg.graph.verdicts import Reject

    _decide([Reject(one) for one in dict.fromkeys(ids)], by, why, workspace, store)


@review.command(
    "edit",
    help=say("修改一条陈述，如：edit fact:… 数值=13 单位=个。", "Edit a statement, as: edit fact:… value=13 unit=个."),
)
@click.argument("identifier", metavar="ID")
@click.argument("values", nargs=-1, metavar=say("属性=值…", "NAME=VALUE…"))
@click.option(
    "--quote",
    default="",
    metavar="TEXT",
    help=say("改用原文的这几个字为依据", "the words of the source that say it instead"),
)
@by_option
@why_option
@workspace_options
def edit(
    identifier: str,
    values: tuple[str, ...],
    quote: str,
    by: str | None,
    why: str,
    workspace: Path | None,
    store: str | None,
) -> None:
    """Edit."""
    from unionkg.graph.verdicts import Edit

    kg = open_existing(workspace, store)
    found = kg.review_item(identifier)
    if not found or found[0].id != identifier:
        raise click.UsageError(say("edit 要写陈述的编号（fact:…）", "edit takes the id of a statement (fact:…)"))
    given = values_of(found[0].field, values, kg.workspace.vocabularies)
    tell(kg.decide(Edit(identifier, given, quote), by=decider(by), why=why))


@review.command(
    "add",
    help=say(
        "增加一条没有读出的陈述，如：add case:… 成效 指标=驿站 数值=13 单位=个 --quote 原文的字。",
        "Add a statement, as: add case:… outcomes indicator=驿站 value=13 unit=个 --quote WORDS.",
    ),
)
@click.argument("case", metavar="CASE")
@click.argument("field", metavar="FIELD")
@click.argument("values", nargs=-1, metavar=say("属性=值…", "NAME=VALUE…"))
@click.option(
    "--quote",
    required=True,
    cls=Option,
    metavar="TEXT",
    help=say("案例原文中作为依据的字句，照抄", "the words of the account that say it"),
)
@by_option
@why_option
@workspace_options
def add(
    case: str,
    field: str,
    values: tuple[str, ...],
    quote: str,
    by: str | None,
    why: str,
    workspace: Path | None,
    store: str | None,
) -> None:
    """Add."""
    from unionkg.graph.attributes import field_named
    from unionkg.graph.verdicts import Add

    kg = open_existing(workspace, store)
    name = field_named(field)
    given = values_of(name, values, kg.workspace.vocabularies)
    tell(kg.decide(Add(case, name, given, quote), by=decider(by), why=why))


def values_of(field: str, pairs: Sequence[str], vocabularies: Path) -> dict[str, Any]:
    """Read ``name=value`` pairs of a field; names and values in either language."""
    from unionkg.graph.attributes import attribute_named, parsed

    given = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise click.UsageError(say(f"要写成 属性=值：{pair}", f"write name=value: {pair}"))
        attribute = attribute_named(field, name)
        given[attribute.name] = parsed(attribute, text, vocabularies)
    return given


@review.command(
    "split",
    help=say(
        "把案例拆成两个，第二个从文献的某一行开始。",
        "Split an account in two; the second begins with a line of the document.",
    ),
)
@click.argument("case", metavar="CASE")
@click.argument("line", type=click.IntRange(1, 10_000_000), metavar="LINE")
@by_option
@why_option
@workspace_options
def split(case: str, line: int, by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    """Split."""
    from unionkg.graph.verdicts import Split

    _decide([Split(case, line)], by, why, workspace, store)


@review.command("merge", help=say("把同一文献的几个案例并为第一个。", "Merge accounts of one document into the first."))
@click.argument("cases", nargs=-1, required=True, metavar="CASE CASE…")
@by_option
@why_option
@workspace_options
def merge(cases: tuple[str, ...], by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    """Merge."""
    from unionkg.graph.verdicts import Merge

    _decide([Merge(cases[0], cases[1:])], by, why, workspace, store)


@review.command(
    "undo",
    help=say(
        "撤销裁定：自己的上一条，或某个编号（陈述、案例、裁定）的最后一条。",
        "Take back a decision: your last one, or the last on an id.",
    ),
)
@click.argument("identifier", required=False, metavar="[ID]")
@by_option
@why_option
@workspace_options
def undo(identifier: str | None, by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
    """Undo."""
    from unionkg.graph.verdicts import Undo

    _decide([Undo(identifier)], by, why, workspace, store)


def _export(kg: KnowledgeGraph, path: Path, document: str | None, field: str | None) -> None:
    from unionkg.files import hand_over_bytes
    from unionkg.reviewing import Desk, write_sheet

    suffix = "" if str(path) == "-" else path.suffix.lower() or "."
    content = write_sheet(Desk(kg.workspace), suffix, kg.document(document).id if document else None, field)
    if str(path) == "-":
        click.echo(content, nl=False)
        return
    hand_over_bytes(output_file(path), content)
    click.echo(say(f"已写入 {path}", f"wrote {path}"), err=True)


def _apply(kg: KnowledgeGraph, path: Path, by: str, *, dry_run: bool) -> int:
    from unionkg.reviewing import Desk, apply_sheet

    with input_file(path) as there:
        done = apply_sheet(Desk(kg.workspace), there, str(path), by=by, dry_run=dry_run)
    for refused in done.refused:
        click.echo(say("未采纳：", "refused: ") + str(refused), err=True)
    counts = say("、", ", ").join(f"{label} {count}" for label, count in done.counts.items()) or say("无", "none")
    told = say("（只检查，未写入）", " (checked, nothing written)") if dry_run else ""
    click.echo(
        say(
            f"裁定：{counts}；早已裁定 {done.known}；未采纳 {len(done.refused)}{told}",
            f"decisions: {counts}; known already {done.known}; refused {len(done.refused)}{told}",
        ),
        err=True,
    )
    if done.verdicts and not dry_run:
        kg.update()
    return 1 if done.refused else 0


@review.command(
    "propose",
    help=say(
        "请语言模型再读一遍，读法不同的列入复核（地址、模型、密钥取自环境变量 UNIONKG_LLM_URL、UNIONKG_LLM_MODEL、"
        "UNIONKG_LLM_KEY）；先估算费用，确认后才发送原文。",
        "Have a language model read the accounts again; what it reads otherwise is queued for review. Address, model and "
        "key come from UNIONKG_LLM_URL, UNIONKG_LLM_MODEL, UNIONKG_LLM_KEY; the cost is shown before anything is sent.",
    ),
)
@click.argument("documents", nargs=-1, metavar="[DOCUMENT…]")
@click.option("--yes", is_flag=True, help=say("不再询问，直接运行", "run without asking"))
@workspace_options
def propose(documents: tuple[str, ...], yes: bool, workspace: Path | None, store: str | None) -> int:
    """Ask a language model; exit 1 where accounts failed."""
    from unionkg import proposing
    from unionkg.loaders.llm import client

    kg = open_existing(workspace, store)
    settings = client.settings()
    corpus = kg.corpus()
    chosen = [kg.document(one).id for one in documents] or [document.id for document, _ in corpus.documents]
    cost = proposing.estimate(kg.workspace, corpus, chosen, settings)
    new = cost.accounts - cost.cached
    money = (
        ""
        if cost.money is None
        else say(f"，按所设单价约 {cost.money:.2f}", f", about {cost.money:.2f} at the price given")
    )
    click.echo(
        say(
            f"{cost.accounts} 个案例，其中 {cost.cached} 个已有回答；将把 {new} 个案例的原文发送到 {settings.url}"
            f"（{settings.model}），约 {cost.tokens_in} 词元输入、{cost.tokens_out} 词元输出{money}",
            f"{cost.accounts} accounts, {cost.cached} answered before; the text of {new} goes to {settings.url} "
            f"({settings.model}), about {cost.tokens_in} tokens in and {cost.tokens_out} out{money}",
        ),
        err=True,
    )
    if new and not yes:
        click.confirm(say("继续？", "go on?"), abort=True, err=True)
    with click.progressbar(
        length=cost.accounts, label=say("询问模型", "asking"), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        done = proposing.propose(kg.workspace, corpus, chosen, settings, lambda: bar.update(1))
    for case, error in done.failed:
        click.echo(say("没有成功：", "failed: ") + f"{case}：{error}", err=True)
    against = sum(one.against is not None for one in done.proposals)
    dropped = say("、", ", ").join(f"{say(*_DROPPED[why])} {count}" for why, count in sorted(done.dropped.items()))
    click.echo(
        say(
            f"与记录一致 {done.agreed} 条，补充 {len(done.proposals) - against} 条，读法不同 {against} 条"
            + (f"；不采用：{dropped}" if dropped else "")
            + "。用 unionkg review --reason proposed 逐条裁定",
            f"{done.agreed} as in the records, {len(done.proposals) - against} added, {against} otherwise"
            + (f"; dropped: {dropped}" if dropped else "")
            + ". Decide with `unionkg review --reason proposed`",
        ),
        err=True,
    )
    return 1 if done.failed else 0


_DROPPED = {
    "form": ("格式不对", "wrong form"),
    "quote": ("引文不在原文中", "quote not in the account"),
    "value": ("值不允许", "value not allowed"),
    "number": ("数值与引文不符", "number not in the quote"),
}
