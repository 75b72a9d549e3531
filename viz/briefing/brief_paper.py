"""The briefing as a Word file."""

from __future__ import annotations

from unionkg.viz.briefing.brief import Brief
from unionkg.viz.briefing.docx import paper


def brief_file(brief: Brief) -> bytes:
    """Write a briefing; the same briefing gives the same bytes.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    made = paper(brief.title, "工会创新做法简报", [brief.topic.name, "工会", "创新做法"])
    made.title(brief.title)
    made.paragraph((brief.subtitle,), "Subtitle")
    for section in brief.sections:
        made.section(section)
    made.heading("参考文献")
    for reference in brief.references:
        made.paragraph((reference,), "Reference")
    made.heading("尾注：原文出处")
    made.paragraph(("方括号内为参考文献序号；行号为资料库所存文本的行号。",), "Table note")
    return made.content()
