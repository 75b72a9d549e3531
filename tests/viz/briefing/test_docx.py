"""The Word file: its style, its tables, real endnotes, the same bytes each time; LibreOffice opens it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from availability import unavailable
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from tests.viz.briefing.briefed import briefing, notes
from unionkg.errors import MissingExtraError
from unionkg.viz.briefing.blocks import Column
from unionkg.viz.briefing.brief_paper import brief_file
from unionkg.viz.briefing.cited import Note, Quote, plain
from unionkg.viz.briefing.docx import paper


@pytest.fixture(scope="module")
def content() -> bytes:
    return brief_file(briefing("practice", "行业工会联合会"))


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def part(content: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def east_asian(document: Any, style: str) -> str | None:
    found: str | None = document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))
    return found


def test_the_page_is_that_of_an_official_paper(document: Any) -> None:
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "font", "size", "line"),
    [
        ("Title", "方正小标宋简体", 22, None),
        ("Normal", "仿宋_GB2312", 16, 28),
        ("Heading 1", "黑体", 16, 28),
        ("Heading 2", "楷体_GB2312", 16, 28),
    ],
)
def test_styles(document: Any, style: str, font: str, size: int, line: int | None) -> None:
    found = document.styles[style]
    assert east_asian(document, style) == font
    assert found.font.size == Pt(size)
    assert found.font.color.rgb is None
    assert not found.font.bold
    assert found.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert line is None or found.paragraph_format.line_spacing == Pt(line)


def test_fonts_that_are_not_installed_have_others_in_their_place(content: bytes) -> None:
    told = {
        font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val"))
        for font in part(content, "word/fontTable.xml")
    }
    assert "宋体" in told["方正小标宋简体"].split(",")
    assert "仿宋" in told["仿宋_GB2312"].split(",")


def test_page_numbers_stand_at_the_outer_edge(document: Any) -> None:
    (section,) = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        (line,) = footer.paragraphs
        assert line.text.strip() in {"— 1 —", "—  —"}
        assert line._p.xpath(".//w:fldSimple/@w:instr") == [" PAGE "]
    assert section.footer.paragraphs[0].alignment != section.even_page_footer.paragraphs[0].alignment


def test_headings_and_tables_are_those_of_the_briefing(document: Any) -> None:
    made = briefing("practice", "行业工会联合会")
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == [*(section.heading for section in made.sections), "参考文献", "尾注：原文出处"]
    tables = [one for section in made.sections for one in section.tables]
    assert len(document.tables) == len(tables)
    for written, told in zip(document.tables, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in written.rows]
        assert rows[0] == [column.heading for column in told.columns]
        assert rows[1:] == [[plain(cell) for cell in row] for row in told.rows]


def test_headings_of_tables_are_repeated_and_rows_stay_whole(document: Any) -> None:
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_tables_are_as_wide_as_the_type_area(document: Any) -> None:
    for section in briefing("practice", "行业工会联合会").sections:
        for table in section.tables:
            assert sum(column.width for column in table.columns) == 156


def test_every_note_is_a_real_endnote_with_its_mark(content: bytes) -> None:
    told = [note.told for note in notes(briefing("practice", "行业工会联合会").sections)]
    written = part(content, "word/endnotes.xml")
    ours = [note for note in written if int(note.get(qn("w:id"))) > 0]
    assert ["".join(note.itertext()).strip() for note in ours] == told
    marks = part(content, "word/document.xml").findall(f".//{qn('w:endnoteReference')}")
    assert [int(mark.get(qn("w:id"))) for mark in marks] == list(range(1, len(told) + 1))
    settings = part(content, "word/settings.xml")
    assert settings.find(f"{qn('w:endnotePr')}/{qn('w:numFmt')}").get(qn("w:val")) == "decimal"


def test_references_stand_in_the_file(document: Any) -> None:
    told = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Reference"]
    assert tuple(told) == briefing("practice", "行业工会联合会").references


def test_the_same_graph_gives_the_same_bytes(content: bytes) -> None:
    assert brief_file(briefing("practice", "行业工会联合会")) == content


def test_the_file_has_properties_and_neither_date_nor_author(content: bytes, document: Any) -> None:
    assert document.core_properties.title == "“行业工会联合会”做法情况简报"
    core = {etree.QName(child).localname for child in part(content, "docProps/core.xml")}
    assert core == {"title", "subject", "keywords", "language"}
    files = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {one.date_time for one in files} == {(1980, 1, 1, 0, 0, 0)}
    assert not any("thumbnail" in one.filename for one in files)


def test_text_of_documents_is_text() -> None:
    """Control characters, markup and entities of a document are neither lost quotes nor broken XML."""
    hostile = "甲\x01<w:b/>&amp;]]>\ud800乙"
    made = paper("题", "", [])
    made.paragraph((hostile, Note((Quote(1, None, (1, 1), hostile),))))
    made.table((Column("列", 156),), [((hostile,),)])
    written = made.content()
    assert Document(io.BytesIO(written)).paragraphs[0].text == "甲<w:b/>&amp;]]>乙"
    assert "甲<w:b/>&amp;]]>乙" in "".join(part(written, "word/endnotes.xml").itertext())


def test_without_python_docx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingExtraError) as caught:
        brief_file(briefing("practice", "行业工会联合会"))
    assert caught.value.hint == 'pip install "unionkg[brief]"'


@pytest.mark.slow
def test_libreoffice_shows_headings_tables_and_notes(tmp_path: Path) -> None:
    soffice, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or reader is None:
        unavailable("there is no LibreOffice or no pdftotext")
    made = briefing("region", "上海市")
    (tmp_path / "简报.docx").write_bytes(brief_file(made))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "简报.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    read = subprocess.run(
        [reader, "-layout", "简报.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    )
    text = "".join(read.stdout.decode("utf-8").split())
    for section in made.sections:
        assert section.heading in text
    for heading in ("序号单位地区层级最早记载做法", "表3代表单位"):
        assert heading in text
    for note in notes(made.sections)[:: max(1, len(notes(made.sections)) // 5)]:
        assert _bare(note.quotes[0].told) in _bare(text)
    assert "—1—" in text


def _bare(text: str) -> str:
    """Text without blanks and quotation marks, which LibreOffice may set its own way."""
    return "".join(character for character in text if not character.isspace() and character not in "“”‘’\"'")
