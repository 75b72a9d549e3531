"""Word files in the style of Chinese official papers: page, styles, tables, endnotes, the same bytes every time.

After GB/T 9704—2012 as far as a briefing can follow it: A4, type area 156 mm by 225 mm, title 二号 小标宋, text 三号 仿宋 on
lines of 28 pt, headings 黑体 and 楷体, page numbers — 1 — at the outer edge. Fonts that a machine lacks have others in
their place, named in the font table.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unionkg.errors import MissingExtraError
from unionkg.language import say
from unionkg.viz.briefing.blocks import Column, Section, Subheading, Table
from unionkg.viz.briefing.cited import Note, Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

TITLE, BODY, FIRST, SECOND, NUMBERS = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_LATIN = "Times New Roman"
#: What stands for a font that is not installed, in this order.
_INSTEAD = {
    TITLE: "FZXiaoBiaoSong-B05S,宋体,SimSun,Noto Serif CJK SC",
    BODY: "FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC",
    SECOND: "KaiTi_GB2312,楷体,KaiTi,Noto Serif CJK SC",
    FIRST: "SimHei,Noto Sans CJK SC",
    NUMBERS: "SimSun,Noto Serif CJK SC",
}
_TITLE_SIZE, _BODY_SIZE, _PAGE_NUMBER_SIZE, _CAPTION_SIZE, _TABLE_SIZE, _NOTE_SIZE = 22, 16, 14, 12, 10.5, 9
_LINE, _TABLE_LINE, _NOTE_LINE = 28, 16, 13
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
"""Margins in mm."""
WIDTH = 210 - _LEFT - _RIGHT
"""The width of the type area in mm."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENDNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"


@dataclass
class Paper:
    """A Word file being written: the document of python-docx, and its endnotes in the order of their marks."""

    document: Document
    notes: list[Note] = field(default_factory=list)

    def title(self, text: str) -> None:
        """The title of the paper; a subtitle and a blank line stand below it."""
        self.document.add_paragraph(text, style="Title")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading: 一、 in 黑体 (1), （一） in 楷体 (2)."""
        self.document.add_paragraph(text, style=f"Heading {level}")

    def section(self, section: Section) -> None:
        """A section with its heading, its tables numbered on by their captions."""
        self.heading(section.heading)
        for block in section.blocks:
            if isinstance(block, Subheading):
                self.heading(block.text, 2)
            elif isinstance(block, Table):
                self.paragraph((block.caption,), "Caption")
                self.table(block.columns, block.rows)
                self.paragraph((block.note,), "Table note")
            else:
                self.paragraph(block.text)

    def paragraph(self, text: Text, style: str = "Normal") -> None:
        """A paragraph; styles: ``Normal``, ``Caption`` above a table, ``Table note`` below it, ``Reference`` of a list."""
        self._write(self.document.add_paragraph(style=style), text)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Text]]) -> None:
        """A table whose heading is repeated on every page and whose rows are never cut in two."""
        from docx.shared import Mm

        rows = list(rows)
        table = self.document.add_table(rows=len(rows) + 1, cols=len(columns), style="Table Grid")
        table.autofit = False
        _cell_margins(table)
        for column, told in zip(table.columns, columns, strict=True):
            column.width = Mm(told.width)
        for number, line in enumerate(table.rows):
            _row_properties(line._tr, heading=number == 0)  # noqa: SLF001  python-docx has no other way to repeat a heading
            for at, (cell, column) in enumerate(zip(line.cells, columns, strict=True)):
                cell.width = Mm(column.width)
                (paragraph,) = cell.paragraphs
                kind = "Table heading" if number == 0 else "Table centred" if column.centred else "Table text"
                paragraph.style = self.document.styles[kind]
                self._write(paragraph, (column.heading,) if number == 0 else rows[number - 1][at])

    def _write(self, paragraph: Paragraph, text: Text) -> None:
        for piece in text:
            if isinstance(piece, str):
                _run(paragraph, piece)
            elif piece.quotes:
                self.notes.append(piece)
                _mark(paragraph, len(self.notes))

    def content(self) -> bytes:
        """The file: the same bytes for the same content, without a date of its own."""
        if self.notes:
            _put_endnotes(self.document, self.notes)
        written = io.BytesIO()
        self.document.save(written)
        settled = io.BytesIO()
        with zipfile.ZipFile(written) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as out:
            for name in given.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                out.writestr(entry, given.read(name))
        return settled.getvalue()


def paper(title: str, subject: str, keywords: Sequence[str] = ()) -> Paper:
    """An empty paper with page, styles and page numbers set; the arguments are properties of the file.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(
            say(
                "没有安装 python-docx，不能生成 Word 文件", "python-docx is not installed, so no Word file can be made"
            ),
            hint='pip install "unionkg[brief]"',
        ) from error
    document = docx.Document()
    _page(document)
    _styles(document)
    _font_table(document)
    _properties(document, title, subject, keywords)
    return Paper(document)


def _page(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(_BOTTOM - 12)
    document.settings.odd_and_even_pages_header_footer = True
    outer = {section.footer: WD_ALIGN_PARAGRAPH.RIGHT, section.even_page_footer: WD_ALIGN_PARAGRAPH.LEFT}
    for footer, side in outer.items():
        footer.is_linked_to_previous = False
        (line,) = footer.paragraphs
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(_PAGE_NUMBER_SIZE)
        _run(line, "— ")
        _page_number(line)
        _run(line, " —")


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    centre, justified, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
    _language(document)
    _style(document, "Normal", BODY, _BODY_SIZE, _LINE, justified, indent=2)
    title = _style(document, "Title", TITLE, _TITLE_SIZE, 36, centre)
    below = _style(document, "Subtitle", SECOND, _BODY_SIZE, _LINE, centre)
    title.paragraph_format.keep_with_next, below.paragraph_format.space_after = True, Pt(_LINE)
    for name, font in (("Heading 1", FIRST), ("Heading 2", SECOND)):
        _style(document, name, font, _BODY_SIZE, _LINE, left, indent=2).paragraph_format.keep_with_next = True
    caption = _style(document, "Caption", FIRST, _CAPTION_SIZE, 22, centre)
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_before = True, Pt(8)
    _style(document, "Footer", NUMBERS, _PAGE_NUMBER_SIZE, 16, left)
    for name, font, side in (
        ("Table heading", FIRST, centre),
        ("Table text", BODY, left),
        ("Table centred", BODY, centre),
    ):
        _style(document, name, font, _TABLE_SIZE, _TABLE_LINE, side)
    _style(document, "Table note", BODY, _TABLE_SIZE, _TABLE_LINE, justified).paragraph_format.space_after = Pt(8)
    _hanging(_style(document, "Reference", BODY, _CAPTION_SIZE, 20, justified), 24)
    _hanging(_style(document, "endnote text", BODY, _NOTE_SIZE, _NOTE_LINE, justified), 22)
    document.styles.add_style("endnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True


def _style(
    document: Document, name: str, font: str, size: float, line: float, side: Any, indent: int = 0
) -> ParagraphStyle:
    """A paragraph style, made where the template has none: East Asian font, size and line in pt, indent in characters."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = styles["Normal"]
    properties = style.element.get_or_add_rPr()
    for child in list(properties):  # the template's colours, bold and theme fonts
        properties.remove(child)
    fonts = OxmlElement("w:rFonts")
    for kind, named in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", font), ("cs", _LATIN)):
        fonts.set(qn(f"w:{kind}"), named)
    properties.append(fonts)
    style.font.size = Pt(size)
    around = style.element.get_or_add_pPr()
    for child in list(around):
        if child.tag != qn("w:outlineLvl"):
            around.remove(child)
    form = style.paragraph_format
    form.alignment, form.widow_control = side, True
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.first_line_indent = Pt(indent * size)
    around.get_or_add_ind().set(qn("w:firstLineChars"), str(indent * 100))
    found: ParagraphStyle = style
    return found


def _hanging(style: ParagraphStyle, width: float) -> None:
    """Let all lines but the first begin further in, by a width in pt."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Pt(width), Pt(-width)
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.attrib.pop(qn("w:firstLineChars"), None)


def _language(document: Document) -> None:
    """Chinese for East Asian characters; figures stay with a language that does not break them at the end of a line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    (defaults,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    for kind, code in (("val", "en-US"), ("eastAsia", "zh-CN")):
        language.set(qn(f"w:{kind}"), code)
    defaults.append(language)


def _font_table(document: Document) -> None:
    """Name what stands for a font that the machine lacks."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from lxml import etree

    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in _INSTEAD.items()
    )
    made = parse_xml(f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>")
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001


def _properties(document: Document, title: str, subject: str, keywords: Sequence[str]) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    told = document.core_properties
    element: Any = told._element  # noqa: SLF001
    for child in list(element):  # the template's author and dates: ours has neither
        element.remove(child)
    told.title, told.subject, told.keywords, told.language = title, subject, "；".join(keywords), "zh-CN"
    package = document.part.package
    assert package is not None
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _run(paragraph: Paragraph, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = paragraph.add_run(_writable(text))
    hint = OxmlElement("w:rFonts")
    hint.set(qn("w:hint"), "eastAsia")
    made._r.get_or_add_rPr().insert(0, hint)  # noqa: SLF001


def _writable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def _mark(paragraph: Paragraph, number: int) -> None:
    """The mark of an endnote."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = paragraph.add_run(style="endnote reference")
    mark = OxmlElement("w:endnoteReference")
    mark.set(qn("w:id"), str(number))
    made._r.append(mark)  # noqa: SLF001


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph._p.append(  # noqa: SLF001
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _cell_margins(table: Any) -> None:
    """A millimetre left and right in each cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    made = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    properties = table._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(made)
    else:  # what stands in front of it is fixed by the schema of the format
        look.addprevious(made)


def _row_properties(row: Any, *, heading: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _put_endnotes(document: Document, notes: Sequence[Note]) -> None:
    """Write the part that holds the endnotes, which python-docx does not know, and number them 1, 2, 3 at the end."""
    from xml.sax.saxutils import escape

    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    text = document.styles["endnote text"].style_id
    written = "".join(
        f'<w:endnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr>'
        "<w:r><w:endnoteRef/></w:r><w:r><w:tab/></w:r>"
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(_writable(note.told))}</w:t></w:r>'
        "</w:p></w:endnote>"
        for number, note in enumerate(notes, 1)
    )
    lines = "".join(
        f'<w:endnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:endnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:endnotes {nsdecls('w')}>{lines}{written}</w:endnotes>"
    )
    part = Part(PackURI("/word/endnotes.xml"), _ENDNOTES, content.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    settings = document.settings.element
    numbered = '<w:pos w:val="docEnd"/><w:numFmt w:val="decimal"/>'
    form = parse_xml(f'<w:endnotePr {nsdecls("w")}>{numbered}<w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>')
    compat = settings.find(qn("w:compat"))
    if compat is None:
        settings.append(form)
    else:
        compat.addprevious(form)
    # LibreOffice looks for the form of the numbers in the section.
    (size,) = document.element.xpath("w:body/w:sectPr/w:pgSz")
    size.addprevious(parse_xml(f"<w:endnotePr {nsdecls('w')}>{numbered}</w:endnotePr>"))
