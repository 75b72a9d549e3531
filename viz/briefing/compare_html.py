"""A comparison as one page of HTML without a script: quotes open under what they support, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from unionkg.language import language, say
from unionkg.viz.briefing.cited import Note
from unionkg.viz.briefing.compare import Cell, Comparison, Row

_STYLE = """
body{font:15px/1.6 "Microsoft YaHei","Noto Sans CJK SC","PingFang SC",sans-serif;color:#1a1a1a;margin:1.5em auto;max-width:1500px;padding:0 1.5em}
h1{font-size:1.5em;color:#8c1d18;margin:0 0 .3em}
table{border-collapse:collapse;width:100%;table-layout:fixed}
caption{text-align:left;color:#555;padding-bottom:.5em}
th,td{border-bottom:1px solid #d5d5d5;padding:.45em .7em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{position:sticky;top:0;background:#fff;border-bottom:2px solid #8c1d18;z-index:1}
col.aspect{width:11em}
tbody th{font-weight:600}
tr.part th{background:#f7f2f1;color:#8c1d18;font-weight:700}
ul{list-style:none;margin:0;padding:0}
li{margin:0 0 .3em}
.blank,.basis{color:#6b6b6b}
.blank{font-style:italic}
details{display:inline}
summary{display:inline;margin-left:.5em;cursor:pointer;color:#1f4e9e;font-size:.82em;list-style:none;white-space:nowrap}
summary::-webkit-details-marker{display:none}
blockquote{margin:.2em 0 .4em;padding-left:.7em;border-left:3px solid #d9c3c1;font-size:.9em;color:#333}
footer{margin-top:1.5em;font-size:.93em;color:#333}
@page{size:A4 landscape;margin:12mm}
@media print{body{margin:0;padding:0;font-size:10pt}thead th{position:static}tr{break-inside:avoid}summary{color:#555}}
"""


def html(shown: Comparison) -> str:
    """The page; everything in it that is not ours is escaped."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (say("方面", "Aspect"), *shown.names))
    columns = '<col class="aspect">' + "<col>" * len(shown.names)
    body = "".join(
        _part(part, list(rows), len(shown.names)) for part, rows in groupby(shown.rows, key=lambda r: r.part)
    )
    notes = "".join(f"<p>{escape(note)}{say('。', '.')}</p>" for note in shown.notes)
    references = "".join(
        f'<p id="r{number}">{escape(reference)}</p>' for number, reference in enumerate(shown.references, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width"><meta name="generator" content="unionkg">\n'
        f"<title>{escape(shown.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(shown.title)}</h1>\n"
        f"<table><caption>{escape(shown.notes[0])}{say('。', '.')}</caption><colgroup>{columns}</colgroup>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>\n"
        f"<footer><h2>{say('参考文献', 'References')}</h2>{references}<h2>{say('说明', 'Notes')}</h2>{notes}</footer>\n</body>\n</html>\n"
    )


def _part(name: str, rows: list[Row], columns: int) -> str:
    head = f'<tr class="part"><th colspan="{columns + 1}" scope="colgroup">{escape(name)}</th></tr>\n'
    return head + "".join(
        f'<tr><th scope="row">{escape(row.aspect)}</th>{"".join(_cell(cell) for cell in row.cells)}</tr>\n'
        for row in rows
    )


def _cell(cell: Cell) -> str:
    if not cell.items:
        return f'<td class="blank">{escape(cell.blank)}</td>'
    return f"<td><ul>{''.join(_items(cell))}</ul></td>"


def _items(cell: Cell) -> Iterator[str]:
    for item in cell.items:
        basis = (
            f' <span class="basis">{say("（", "(")}{escape(item.basis)}{say("）", ")")}</span>' if item.basis else ""
        )
        yield f"<li>{escape(item.text)}{basis}{_quotes(item.note)}</li>"


def _quotes(note: Note) -> str:
    if not note.quotes:
        return ""
    count = len(note.quotes)
    quotes = "".join(f"<blockquote>{_link(quote.told, quote.document)}</blockquote>" for quote in note.quotes)
    return f"<details><summary>{say(f'原文 {count} 处', f'{count} quotes')}</summary>{quotes}</details>"


def _link(told: str, document: int) -> str:
    """A quote whose number leads to its reference."""
    number = f"[{document}]"
    return f'<a href="#r{document}">{number}</a>{escape(told.removeprefix(number))}'
