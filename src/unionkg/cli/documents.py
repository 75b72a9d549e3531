"""load, remove, status, build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.options import format_option, open_existing, open_or_create, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.reviewing import Progress
    from unionkg.loading import Loaded, LoadedLedger, LoadReport


@click.command(
    cls=Command,
    help=say(
        "读入文献（文件、文件夹、通配符），更新图。",
        "Read documents (files, folders, globs) and bring the graph up to date.",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--published",
    metavar="DATE",
    help=say(
        "出版时间，如 2017、2017-05（优先于文中所载）",
        "date of publication, as 2017 or 2017-05; over what the text says",
    ),
)
@click.option("--dry-run", is_flag=True, help=say("只读不写，显示会读到什么", "read and report, write nothing"))
@workspace_options
@format_option
def load(
    paths: tuple[str, ...],
    published: str | None,
    dry_run: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
) -> int:
    """Load documents."""
    from unionkg import workspace as workspaces
    from unionkg.errors import InputError
    from unionkg.graph.stores import Target
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.loading import files_of
    from unionkg.ontology import dates

    if published is not None and not dates.is_date(published):
        raise InputError(
            say(f"不是日期：{published}", f"not a date: {published}"),
            where="--published",
            hint=say("写成 2017、2017-05 或 2017-05-02", "write 2017, 2017-05 or 2017-05-02"),
        )
    files = files_of(paths)  # before a workspace is made: a misspelt path must leave nothing behind
    if dry_run and workspaces.find(workspace) is None:
        kg = KnowledgeGraph(workspaces.unmade(workspace or Path.cwd()), Target())
    else:
        kg = open_or_create(workspace, store)
    with click.progressbar(
        length=len(files), label=say("读入文献", "reading"), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        report = kg.load(*files, published=published, dry_run=dry_run, report=lambda _: bar.update(1))
    _print_report(report, form, dry_run=dry_run)
    return 2 if report.failed or report.behind else 0


#: What is told of every document that was loaded.
LOAD_COLUMNS = ("document", "title", "published", "accounts", "statements", "lines_used", "lines_ignored", "lines_left")


def load_rows(report: LoadReport) -> list[tuple[object, ...]]:
    """What a load read, as rows of `LOAD_COLUMNS`."""
    return [
        (
            item.document.id,
            item.document.title,
            item.document.published,
            item.accounts,
            item.statements,
            item.coverage.used,
            sum(item.coverage.ignored.values()),
            item.coverage.left,
        )
        for item in report.loaded
    ]


def _print_report(report: LoadReport, form: str | None, *, dry_run: bool) -> None:
    for item in report.loaded:
        _tell_coverage(item)
    for path, error in report.failed:
        click.echo(say("未读入：", "not read: ") + f"{path}\n" + _indented(str(error)), err=True)
    for path, document in report.repeated:
        click.echo(
            say(
                f"未重复读入：{path}，文字与 {document.title}（{document.origin}，{document.id}）相同",
                f"not read again: {path} has the text of {document.title} ({document.origin}, {document.id})",
            ),
            err=True,
        )
    for one in report.ledgers:
        _tell_ledger(one)
    if report.loaded:
        print_rows(LOAD_COLUMNS, load_rows(report), form)
        done = say("（试读，未写入）", " (dry run, nothing written)") if dry_run else ""
        accounts = sum(item.accounts for item in report.loaded)
        click.echo(
            say(
                f"{len(report.loaded)} 份文献，{accounts} 个案例{done}",
                f"{len(report.loaded)} documents, {accounts} accounts{done}",
            ),
            err=True,
        )
    if report.behind:
        click.echo(say("错误：", "error: ") + str(report.behind), err=True)


def _tell_ledger(item: LoadedLedger) -> None:
    from unionkg.graph.ledgers import totals

    record, entries = item.ledger.record, item.ledger.entries
    yes, no = totals(entries)
    lines = [
        say(
            f"台账：{record.title}（{record.id}），{len(entries)} 条：开展 {yes}，未开展 {no}",
            f"ledger: {record.title} ({record.id}), {len(entries)} entries: {yes} carried out, {no} not",
        ),
        *(say(f"  没有读懂：{row.told()}", f"  not read: {row.told()}") for row in record.unresolved),
    ]
    if not any(entry.date for entry in entries):
        lines.append(
            say("  没有写时间：在表题或“时间”栏注明", "  no date: give one in the table's title or a column 时间")
        )
    click.echo("\n".join(lines), err=True)


def _tell_coverage(item: Loaded) -> None:
    from unionkg.queries.wording import labels

    shown = labels("rule")
    ignored = say("、", ", ").join(
        f"{say(shown.get(rule, rule), rule)} {count}" for rule, count in item.coverage.ignored.items()
    )
    left = say("、", ", ").join(
        f"{first}-{last}" if last > first else str(first) for first, last in item.coverage.left_over
    )
    lines = [f"{item.document.title}（{item.document.id}）"]
    if ignored:
        lines.append(say(f"  忽略的行：{ignored}", f"  lines ignored: {ignored}"))
    if left:
        lines.append(say(f"  没有归类的行：{left}", f"  lines left over: {left}"))
    if item.document.published is None:
        lines.append(
            say(
                "  没有读到出版时间；知道的话用 --published 指明，日期才读得准",
                "  no date of publication was found; tell it with --published, dates are read by it",
            )
        )
    lines += [
        say(
            f"  与原文对不上或值不可能、未收入：{one}（请报告）",
            f"  left out, not in the text or impossible: {one} (please report it)",
        )
        for one in item.dropped
    ]
    click.echo("\n".join(lines), err=True)


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.splitlines())


@click.command(
    cls=Command,
    help=say(
        "移除一份文献（编号、路径、文件名或标题）及其全部陈述。",
        "Take out a document (id, path, file name or title) with exactly its statements.",
    ),
)
@click.argument("document")
@workspace_options
def remove(document: str, workspace: Path | None, store: str | None) -> None:
    """Remove a document."""
    removed = open_existing(workspace, store).remove(document)
    click.echo(say(f"已移除：{removed.title}（{removed.id}）", f"removed: {removed.title} ({removed.id})"), err=True)


@click.command(
    cls=Command,
    help=say(
        "工作区里有什么：文献、案例、图的状态。",
        "What the workspace holds: documents, accounts, the state of the graph.",
    ),
)
@workspace_options
@format_option
def status(workspace: Path | None, store: str | None, form: str | None) -> int:
    """Print the documents, and the state of the graph to stderr.

    Exit 1 where the graph is behind the files, or a decision was reopened or contradicts others.
    """
    from unionkg.graph.reviewing import progress

    kg = open_existing(workspace, store)
    corpus = kg.corpus()
    rows = [
        (
            document.id,
            document.title,
            document.publisher,
            document.published,
            len(cases),
            sum(1 for case in cases for _ in case.record.statements()),
            (done := progress(cases)).accepted + done.corrected,
            document.origin,
        )
        for document, cases in corpus.documents
    ]
    rows += [
        (ledger.record.id, ledger.record.title, None, None, 0, len(ledger.entries), 0, ledger.record.origin)
        for ledger in kg.ledgers()
    ]
    columns = ("document", "title", "publisher", "published", "accounts", "statements", "reviewed", "origin")
    print_rows(columns, rows, form)
    click.echo(say(f"工作区：{kg.workspace.root}", f"workspace: {kg.workspace.root}"), err=True)
    state = kg.state()
    behind = state is None or state.projection != kg.projection().digest
    if state is None:
        click.echo(say("图：尚未建立，运行 unionkg build", "graph: not built yet, run unionkg build"), err=True)
    else:
        counts = kg.counts()
        whole = (
            say("完整", "complete")
            if state.complete
            else say("不完整，下次载入时补全", "incomplete; the next load finishes it")
        )
        nodes, ties = sum(counts.nodes.values()), sum(counts.relationships.values())
        click.echo(
            say(
                f"图：{kg.target}，{nodes} 个节点，{ties} 条关系，{whole}（{state.built}）",
                f"graph: {kg.target}, {nodes} nodes, {ties} relationships, {whole} ({state.built})",
            ),
            err=True,
        )
        if behind:
            click.echo(
                say("图落后于文件，运行 unionkg build", "the graph is behind the files, run unionkg build"), err=True
            )
    _tell_reviewed(progress(corpus.cases))
    for one, other in corpus.conflicts:
        click.echo(
            say(f"身份裁定互相矛盾，未合并：{one}、{other}", f"contradictory judgements, not joined: {one}, {other}"),
            err=True,
        )
    for reopened in corpus.reopened:
        where, reason = reopened.decision.where, reopened.reason
        click.echo(say(f"需重新裁定：{where}（{reason}）", f"reopened decision: {where} ({reason})"), err=True)
    if corpus.reopened:
        click.echo(say("用 unionkg review 逐条处理", "go through them with `unionkg review`"), err=True)
    return 1 if behind or corpus.reopened or corpus.conflicts else 0


def _tell_reviewed(done: Progress) -> None:
    decided = done.accepted + done.corrected
    whole = decided + done.unreviewed
    share = f"{decided / whole:.0%}" if whole else "0%"
    click.echo(
        say(
            f"复核：{whole} 条陈述中已复核 {decided} 条（{share}）：接受 {done.accepted}，修改或增加 {done.corrected}；"
            f"另驳回 {done.rejected}；涉及 {done.touched}/{done.accounts} 个案例",
            f"review: {decided} of {whole} statements ({share}): {done.accepted} accepted, {done.corrected} corrected "
            f"or added; {done.rejected} rejected; {done.touched} of {done.accounts} accounts touched",
        ),
        err=True,
    )


@click.command(cls=Command, help=say("由记录和人工裁定重新建图。", "Make the graph again from records and decisions."))
@workspace_options
def build(workspace: Path | None, store: str | None) -> None:
    """Build the graph from nothing."""
    kg = open_existing(workspace, store)
    changes = kg.build()
    counts = kg.counts()
    click.echo(
        say(
            f"已建图：{len(changes.written)} 份文献，{sum(counts.nodes.values())} 个节点，{sum(counts.relationships.values())} 条关系",
            f"built: {len(changes.written)} documents, {sum(counts.nodes.values())} nodes, "
            f"{sum(counts.relationships.values())} relationships",
        ),
        err=True,
    )
