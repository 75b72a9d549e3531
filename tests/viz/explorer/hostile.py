"""A document, and a workspace made of it, whose words would run as a page's own if anything took them for markup."""

from __future__ import annotations

from pathlib import Path

from unionkg.graph.attributes import all_fields
from unionkg.graph.verdicts import Edit
from unionkg.knowledge_graph import KnowledgeGraph, open_graph
from unionkg.loading import files_of, load_files
from unionkg.reviewing import Desk

FILE_NAME = "'><img src=x onerror=alert(0)>.txt"
UNION = "虹口区欧阳路街道总工会<img src=y onerror=alert(10)>"
TEXT = f"""基层工会<script>alert("书名")</script>创新案例选编

2018年5月

编印：示例<img src=x onerror=alert(1)>资料室

案例一  建驿站<script>alert(2)</script>送清凉

虹口区欧阳路街道总工会

【背景】
职工天热没处歇脚，\u2028虹口区总工会来调研'"><svg onload=alert(5)>，看了javascript:alert(4)。

【做法】
2017年7月，虹口区欧阳路街道总工会建成“爱心驿站<b onmouseover=alert(6)>”12个，与示例<iframe src=x>公司合办。

【成效】
活动开展以来，有24家企业<script>alert(8)</script>主动提出建会申请，新增会员674人。

案例二  把家政员<a href="javascript:alert(9)">请进</a>工会

长宁区家政行业工会联合会

【做法】
2017年8月4日，长宁区家政行业工会联合会成立，学习{UNION}的做法，16家家政公司开展集体协商。
"""
#: What has to be found, as words, in the data: a title, a document's title, a union, a practice, a quote.
WORDS = (
    "建驿站<script>alert(2)</script>送清凉",
    '基层工会<script>alert("书名")</script>创新案例选编',
    UNION,
    '"javascript:alert(9)"',
    "有24家企业<script>alert(8)</script>主动提出建会申请",
)
#: Nothing of this is there where words stay words.
HARM = (
    '() => document.querySelectorAll(\'#view script, #panel script, #live-bar script, img:not(.chart-printed), iframe, a[href^="javascript:"],'
    " [onerror], [onload], [onmouseover]').length"
)


def hostile_workspace(folder: Path) -> KnowledgeGraph:
    """The document loaded, and a union named by a person as it is printed there; the graph is not built."""
    path = folder / FILE_NAME
    path.write_text(TEXT, encoding="utf-8")
    kg = open_graph(folder / "kg")
    report = load_files(kg.workspace, files_of([path]))
    assert not report.failed
    desk = Desk(kg.workspace)
    fact = next(
        one.id
        for case in desk.corpus.cases
        for one in case.record.unions
        if any(UNION in evidence.quote for evidence in one.evidence)
    )
    assert {"name", "canonical"} <= set(all_fields()["unions"].attributes)
    desk.decide(
        [Edit(fact, {"name": UNION, "canonical": UNION})], by="测试<script>alert(11)</script>", why="<img src=x>"
    )
    return kg
