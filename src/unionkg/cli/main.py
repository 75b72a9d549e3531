"""The group of all commands. Each is imported when it is called, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Sequence

import click

from unionkg.cli.lazy import LazyGroup
from unionkg.cli.wording import told
from unionkg.errors import IncompleteGraphWarning, UnionkgError, UnreadPagesWarning
from unionkg.language import say

#: Command -> (module, attribute, help in Chinese, help in English), in the order in which they are listed.
COMMANDS = {
    "load": (
        "documents",
        "load",
        "读入文献（文件、文件夹、通配符），更新图",
        "Read documents and bring the graph up to date",
    ),
    "remove": ("documents", "remove", "移除一份文献及其全部陈述", "Take out a document with its statements"),
    "status": ("documents", "status", "工作区里有什么", "What the workspace holds"),
    "review": ("review", "review", "复核读取结果：先看最该看的", "Correct the reading, what deserves a look first"),
    "resolve": (
        "resolve",
        "resolve",
        "谁是谁：列出可能是同一个的，裁定，撤销",
        "Who is who: pairs that may be one, judgements",
    ),
    "build": ("documents", "build", "由记录和人工裁定重新建图", "Make the graph again from records and decisions"),
    "query": ("questions", "query", "查询包：list 列出，show 查看，run 运行", "Query packs: list, show, run"),
    "cypher": ("questions", "cypher", "运行一条只读 Cypher 语句", "Run a Cypher statement that only reads"),
    "search": (
        "search",
        "search",
        "按名称、拼音、引文和全文查找",
        "Search names, pinyin, quotes and full text",
    ),
    "diffusion": (
        "diffusion",
        "diffusion",
        "做法怎样传开：级联、曲线、面板、扩散模式",
        "How practices spread: cascades, curves, panels, modes",
    ),
    "view": (
        "pictures",
        "view",
        "生成网页：图谱页、传播、地图、时间线、网络图",
        "Make pages: explorer, diffusion, map, timeline, network",
    ),
    "brief": (
        "briefing",
        "brief",
        "一个专题的简报（Word 文件，带原文尾注）",
        "A briefing on a topic, a Word file with its quotes",
    ),
    "compare": (
        "comparing",
        "compare",
        "并排比较工会、地区、做法类型或做法（Word、Excel、网页）",
        "Unions, regions or practices side by side (Word, Excel, page)",
    ),
    "serve": ("serve", "serve", "本机网页服务：查询、检索接口", "Serve packs, search and Cypher as a web API"),
    "export": ("exchange", "export", "导出：records 记录，rdf", "Export records or RDF"),
    "import": ("exchange", "import_", "导入案例记录", "Import case records"),
    "evaluate": ("evaluation", "evaluate", "与人工标注的记录对照评分", "Score the reading against labelled accounts"),
    "demo": ("demonstration", "demo", "用自带的示例走一遍全程", "Go through everything with the bundled example"),
}


@click.group(
    cls=LazyGroup,
    package="unionkg.cli",
    listed=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "工会创新案例知识图谱：每条事实都能回到原文的那一句。",
        "A knowledge graph of Chinese trade-union practices, every fact with its sentence.",
    ),
)
@click.version_option(
    package_name="unionkg",
    prog_name="unionkg",
    message="%(prog)s %(version)s",
    help=say("显示版本", "Show the version."),
)
def cli() -> None:
    """The command line."""


#: A command ends soon: the store's Java compiles fast rather than well. 1.2 s to the first answer, half a second less.
_ONE_SHOT = "-Xmx1g -XX:TieredStopAtLevel=1"


def run(arguments: Sequence[str]) -> int:
    """Run the command line; every error becomes a message on stderr and an exit code."""
    own = os.environ.get("ARCADEDB_JVM_ARGS", "")
    if list(arguments[:1]) != ["serve"] and not own.startswith(_ONE_SHOT):  # the server stays
        os.environ["ARCADEDB_JVM_ARGS"] = f"{_ONE_SHOT} {own}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", IncompleteGraphWarning)
            warnings.simplefilter("always", UnreadPagesWarning)
            warnings.showwarning = _tell
            result = cli.main(args=list(arguments), prog_name="unionkg", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        click.echo(say("已中止", "aborted"), err=True)
        return 130
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(say("错误：", "error: ") + told(error), err=True)
        return 2
    except UnionkgError as error:
        click.echo(say("错误：", "error: ") + str(error), err=True)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        what = error.strerror or str(error)
        wrong = UnionkgError(
            say(f"文件或系统出错：{what}", f"the system refused: {what}"),
            where=error.filename,
            hint=say(
                "检查文件是否还在、权限、磁盘空间", "check that the file is there, its permissions and the free space"
            ),
        )
        click.echo(say("错误：", "error: ") + str(wrong), err=True)
        return 2
    except Exception:  # noqa: BLE001  the one place where everything is caught: a planner sees a sentence, a developer the rest
        click.echo(
            say("程序出错，这不是您的问题。请把下面的内容发给开发者：", "a defect of unionkg; please report this:"),
            err=True,
        )
        click.echo(traceback.format_exc(), err=True)
        return 2


def _tell(message: Warning | str, *_: object, **__: object) -> None:
    """Show a warning as a line of its own, without the place in our code that gave it."""
    click.echo(say("注意：", "note: ") + str(message), err=True)
