"""Collections of accounts written as the files that people have: Word, web page, Markdown, workbook, CSV, archive.

A collection is the example's text, parsed into what stands before its accounts and the accounts with their parts.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

EXAMPLE = files("unionkg") / "example"


@dataclass(frozen=True)
class Case:
    """One account of a booklet: ``parts`` maps a section's heading to its lines."""

    title: str
    union: str
    parts: Mapping[str, Sequence[str]]


def example(name: str) -> str:
    """The text of one of the example's documents."""
    return (EXAMPLE / name).read_text(encoding="utf-8")


def cases(text: str) -> list[Case]:
    """The accounts of a booklet whose heads are 案例一 and whose sections stand in 【】."""
    found = []
    for piece in re.split(r"\n(?=案例[一二三四五]  )", text.partition("获奖名单")[2])[1:]:
        title, union, *lines = [line for line in piece.splitlines() if line]
        parts: dict[str, list[str]] = {}
        for line in lines:
            if line.startswith("【"):
                parts[line.strip("【】")] = []
            else:
                parts[list(parts)[-1]].append(line)
        found.append(Case(title.split("  ", 1)[1], union, parts))
    return found


def is_heading(line: str) -> bool:
    """Whether a line of the example is set as a heading."""
    return bool(re.match(r"案例[一二三四五]  |.*(?:选编|选登|新闻)（示例）", line))


def write_docx(path: Path, text: str) -> None:
    """A Word file: headings in a heading style, rows with tabs as a table, blank lines as empty paragraphs."""
    import docx

    document = docx.Document()
    for kind, lines in _pieces(text):
        if kind == "table":
            rows = [line.split("\t") for line in lines]
            table = document.add_table(len(rows), len(rows[0]))
            for n, row in enumerate(rows):
                for m, cell in enumerate(row):
                    table.cell(n, m).text = cell
        elif kind == "heading":
            document.add_heading(lines[0], 1)
        else:
            document.add_paragraph(lines[0])
    document.save(str(path))


def html_body(text: str) -> str:
    """The text as paragraphs, headings and tables of a page."""
    made = []
    for kind, lines in _pieces(text):
        if kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in line.split("\t")) + "</tr>" for line in lines)
            made.append(f"<table>{rows}</table>")
        elif kind == "heading":
            made.append(f"<h2>{lines[0]}</h2>")
        else:
            made.append(f"<p>{lines[0] or '&nbsp;'}</p>")
    return "\n".join(made)


def framed(body: str, title: str, date: str) -> str:
    """The body in the frame of a government site: menus, a path, share buttons, links to other pages, a footer."""
    menu = "".join(
        f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("首页", "机构概况", "工作动态", "政策法规"))
    )
    others = "".join(f'<li><a href="/n{n}">另一条消息的标题，讲的是别处工会的事{n}</a></li>' for n in range(5))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-示例市总工会</title>
<meta name="ContentSource" content="示例资料室"><meta name="PubDate" content="{date} 09:30">
<link rel="canonical" href="https://www.example.cn/art/1.html"><script>var x = "工会";</script></head><body>
<div class="header"><img src="logo.png"><ul class="nav">{menu}</ul></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/dt">工作动态</a></div>
<div class="main"><div class="content"><h1>{title}</h1>
<div class="info">来源：示例资料室　发布时间：{date}　浏览次数：<span>128</span>次　字号：[大 中 小]</div>
<div id="zoom">{body}</div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="prevnext">上一篇：<a href="/a">没有了</a></div></div>
<div class="sidebar"><h3>热点新闻</h3><ul>{others}</ul></div></div>
<div class="footer"><p>版权所有：示例市总工会　地址：示例路1号　邮编：200000</p><p>网站备案号：某ICP备00000000号</p></div></body></html>"""


def markdown(text: str) -> str:
    """The text with the marks of Markdown."""
    made: list[str] = []
    for kind, lines in _pieces(text):
        if kind == "table":
            rows = ["| " + " | ".join(line.split("\t")) + " |" for line in lines]
            made += [rows[0], "|" + " --- |" * (lines[0].count("\t") + 1), *rows[1:]]
        elif kind == "heading":
            made.append(f"## {lines[0]}")
        else:
            made.append(re.sub(r"“([^”]+)”", r"“**\1**”", lines[0]))
    return "\n".join(made) + "\n"


HEADINGS = ("序号", "案例名称", "申报单位（盖章）", "背景", "做法", "成效", "联系电话")


def rows_of(accounts: Sequence[Case]) -> list[list[str]]:
    """The accounts as the rows of a table below `HEADINGS`."""
    return [
        [
            str(n),
            case.title,
            case.union,
            *("\n".join(case.parts[part]) for part in ("背景", "做法", "成效")),
            "021-00000000",
        ]
        for n, case in enumerate(accounts, 1)
    ]


def write_xlsx(path: Path, accounts: Sequence[Case], title: str, below: Sequence[str] = ()) -> None:
    """A workbook: title rows above the headings, a note below the rows and on another sheet, a hidden sheet and row."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("案例")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title)
        sheet.write(1, 0, "填报说明：每行一个案例")
        sheet.write_row(2, 0, HEADINGS)
        for n, row in enumerate(rows_of(accounts), 3):
            sheet.write_row(n, 0, row)
        sheet.set_row(4, None, None, {"hidden": True})
        if below:
            sheet.write_row(4 + len(accounts), 0, below)
            book.add_worksheet("另表").write_column(0, 0, below)
        hidden = book.add_worksheet("选项")
        hidden.write_row(0, 0, HEADINGS)
        hidden.hide()


def csv_text(accounts: Sequence[Case]) -> str:
    """The table as CSV."""
    made = io.StringIO()
    csv.writer(made).writerows([HEADINGS, *rows_of(accounts)])
    return made.getvalue()


def write_zip(path: Path, contents: Mapping[str, bytes], *, gbk: bool = False) -> None:
    """An archive; ``gbk``: names in GBK without the mark of UTF-8, as old programs write them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(_Gbk(name) if gbk else zipfile.ZipInfo(name), content)


class _Gbk(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _pieces(text: str) -> list[tuple[str, list[str]]]:
    pieces: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if "\t" in line and pieces and pieces[-1][0] == "table":
            pieces[-1][1].append(line)
        elif "\t" in line:
            pieces.append(("table", [line]))
        else:
            pieces.append(("heading" if is_heading(line) else "line", [line]))
    return pieces
