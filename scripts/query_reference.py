"""Write docs/reference/queries.md, the page of all packs, from the headers of the queries.

Run ``python scripts/query_reference.py`` after a query changed; a test says when the page is behind.
"""

from __future__ import annotations

from pathlib import Path

from unionkg.queries import library

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "queries.md"
_PACKS = {
    "timeline": ("时序", "what came when, as intervals with what dates them"),
    "peers": ("横向", "between neighbours and equals"),
    "levels": ("纵向", "between the levels: documents, pilots, promotion, recognition"),
    "reinvention": ("再创新", "what later adopters change and combine"),
    "results": ("成效", "outcomes, honours and who reports them"),
    "planning": ("规划与审计", "gaps of four kinds, exposure, what a collection is a sample of"),
    "organisation": ("组织", "unions, their superiors and partners"),
    "provenance": ("出处", "what the answers rest on, and where sources disagree"),
    "network": ("网络", "projections of the graph and their measures, computed with networkx"),
}
_HEAD = """# The query packs

<!-- Generated from the headers of queries/packs/*/*.cypher by scripts/query_reference.py. Change those, not this page. -->

`unionkg query run NAME -p PARAMETER=VALUE` answers, `--evidence` adds document, page, line and quote to each row,
`-o FILE.xlsx` (csv, json, md) writes a file; from Python `kg.query(NAME, PARAMETER=VALUE)`. `unionkg query show NAME
--browser` gives the text for Neo4j Browser; there the last column, `evidence`, draws the statements behind each row.
A parameter without a default must be given, unless it is optional. Questions of your own go into the workspace's
`queries/<pack>/<query>.cypher`, with the same header.
"""


def page() -> str:
    """The whole page."""
    queries = library.queries()
    parts = [_HEAD]
    for pack in dict.fromkeys(query.pack for query in queries):
        zh, en = _PACKS[pack]
        own = [query for query in queries if query.pack == pack]
        parts.append(f"## {pack} {zh}\n\nQuestions about {en}.\n")
        parts += [f"- [`{q.name}`](#{q.name.replace('.', '')}) {q.question_zh}" for q in own]
        parts.append("")
        parts += [_query(query) for query in own]
    return "\n".join(parts).rstrip() + "\n"


def _query(query: library.Query) -> str:
    lines = [f"### `{query.name}`", "", f"{query.question_zh}", "", f"{query.question_en}", ""]
    if query.needs:
        lines += [f"Needs more data: {query.needs[1]} （{query.needs[0]}）", ""]
    if query.parameters:
        lines += ["| parameter | type | default | values | meaning |", "| --- | --- | --- | --- | --- |"]
        lines += [_parameter(parameter) for parameter in query.parameters]
        lines.append("")
    lines += ["| column | 中文 | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{c.name}` | {_cell(c.zh)} | {_cell(c.en)} |" for c in query.columns]
    lines += ["", "```sh", query.example, "```", ""]
    return "\n".join(lines)


def _parameter(p: library.Parameter) -> str:
    default = "optional" if p.optional and p.default is None else "" if p.default is None else f"`{p.default}`"
    values = "" if p.values is None else " · ".join(p.values) if isinstance(p.values, tuple) else p.values
    return f"| `{p.name}` | {p.type} | {default} | {values} | {_cell(p.zh)} · {_cell(p.en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
