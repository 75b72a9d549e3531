"""Word files, web pages, Markdown and tables as text: what a person reads in them, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.loaders import office_files as office
from unionkg.errors import InputError
from unionkg.loaders.readers import numbering, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(path: Path, document: docx.document.Document) -> Path:
    document.save(str(path))
    return path


def _number(paragraph: docx.text.paragraph.Paragraph, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbered = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 90)):
        node = OxmlElement(name)
        node.set(qn("w:val"), str(value))
        numbered.append(node)
    properties.append(numbered)


def _with_list(document: docx.document.Document, *levels: tuple[str, str]) -> None:
    part = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" if n else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inside}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


# -- Word ----------------------------------------------------------------------------------------------------------------


def test_word_prints_the_numbers_of_its_lists(tmp_path: Path) -> None:
    document = docx.Document()
    _with_list(document, ("chineseCounting", "%1、"), ("decimal", "%1.%2"))
    for text, level in (("建组织", 0), ("摸清底数", 1), ("上门动员", 1), ("送服务", 0), ("建驿站", 1)):
        _number(document.add_paragraph(text), level)
    lines = read(_document(tmp_path / "a.docx", document)).text.split()
    assert "".join(lines) == "一、建组织1.1摸清底数1.2上门动员二、送服务2.1建驿站"


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "somethingNew", "7"),
    ],
)
def test_numbers_as_word_writes_them(number: int, form: str, printed: str) -> None:
    assert numbering.written(number, form) == printed


def test_word_keeps_text_boxes_tables_and_headings_but_no_deleted_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("建驿站", 1)
    paragraph = document.add_paragraph("框外。")
    paragraph._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内的话。</w:t></w:r></w:p>'
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    paragraph._p.append(
        parse_xml(f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>删掉的话</w:delText></w:r></w:del>')
    )
    table = document.add_table(3, 2)
    for n, row in enumerate((("单位", "金额"), ("甲公司", "3"), ("乙公司", "4"))):
        for m, cell in enumerate(row):
            table.cell(n, m).text = cell
    text = read(_document(tmp_path / "a.docx", document)).text
    assert "框内的话。" in text
    assert "删掉" not in text
    assert "\n\n单位\t金额\n甲公司\t3\n乙公司\t4\n" in text


def test_a_form_in_word_becomes_lines_with_labels(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    rows = (("案例名称", "建驿站"), ("申报单位（盖章）", "杭州市总工会"), ("主要做法", "第一段。\n第二段。"))
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            table.cell(n, m).text = cell
    text = read(_document(tmp_path / "a.docx", document)).text
    assert text == "案例名称：建驿站\n申报单位：杭州市总工会\n主要做法：第一段。\n第二段。\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".docx"),
        ("a.rtf", b"{\\rtf1 abc}", ".docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
    ],
)
def test_old_and_locked_word_files_say_what_to_do(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(tmp_path / name)
    assert told in str(caught.value)


def test_the_message_for_old_word_files_is_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    (tmp_path / "a.wps").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(InputError, match="旧版") as caught:
        read(tmp_path / "a.wps")
    assert "另存为" in str(caught.value)


def test_a_page_named_as_a_word_file_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("<html><body><p>杭州市总工会建成驿站。</p></body></html>", encoding="utf-8")
    assert read(tmp_path / "a.doc").text == "杭州市总工会建成驿站。\n"


# -- web pages -----------------------------------------------------------------------------------------------------------

STORY = "<p>杭州市总工会今年建成工会驿站100个，服务户外劳动者3万人次，受到职工欢迎。</p><p>下一步还要建书屋。</p>"


def test_a_page_gives_headline_source_text_and_address_without_its_frame(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(office.framed(STORY, "驿站建到家门口", "2023-05-06"), encoding="utf-8")
    decoded = read(tmp_path / "a.html")
    lines = decoded.text.split("\n")
    assert lines[0] == "驿站建到家门口"
    assert lines[1].startswith("来源：示例资料室")
    assert decoded.url == "https://www.example.cn/art/1.html"
    for frame in ("首页", "热点新闻", "另一条消息", "版权所有", "备案"):
        assert frame not in decoded.text


def test_what_the_page_says_of_itself_stands_in_for_what_it_does_not_print(tmp_path: Path) -> None:
    head = (
        '<title>驿站-网</title><meta name="PubDate" content="2023-05-06"><meta name="ContentSource" content="示例日报">'
    )
    (tmp_path / "a.html").write_text(f"<html><head>{head}</head><body>{STORY}</body></html>", encoding="utf-8")
    assert read(tmp_path / "a.html").text.startswith("来源：示例日报  2023-05-06\n杭州市总工会")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "gb18030"),
        ("big5", "utf-8"),
    ],
)
def test_encodings_of_pages_even_wrongly_declared(tmp_path: Path, declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    (tmp_path / "a.htm").write_bytes(f"<html><head>{meta}</head><body>{STORY * 3}</body></html>".encode(encoding))
    assert "建成工会驿站100个" in read(tmp_path / "a.htm").text


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    body = f"<html><body>{STORY}</body></html>".encode("gbk")
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=gb2312\r\n'
        "Content-Transfer-Encoding: 8bit\r\nContent-Location: http://www.example.cn/1.htm\r\n\r\n"
    )
    (tmp_path / "a.mht").write_bytes(head.encode() + body + b"\r\n--x--\r\n")
    decoded = read(tmp_path / "a.mht")
    assert decoded.text.startswith("杭州市总工会今年")
    assert decoded.url == "http://www.example.cn/1.htm"


def test_a_page_without_body_and_paragraphs_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("杭州市总工会<br>建成驿站。<br><br>又建书屋。", encoding="utf-8")
    assert read(tmp_path / "a.html").text == "杭州市总工会\n建成驿站。\n\n又建书屋。\n"


def test_hidden_parts_scripts_and_footnote_marks_are_not_text(tmp_path: Path) -> None:
    page = (
        '<p>驿站<sup><a href="#n1">[1]</a></sup>有热水。</p><p style="display: none">看不见</p><script>alert("工会")</script>'
        "<ol start=3><li>建站</li><li>管站</li></ol>"
    )
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    assert read(tmp_path / "a.html").text == "驿站有热水。\n3. 建站\n4. 管站\n"


# -- Markdown ------------------------------------------------------------------------------------------------------------


def test_markdown_keeps_its_lines_and_loses_its_marks(tmp_path: Path) -> None:
    marked = "# 建驿站\n\n> 引一句**重点**话\n\n- 第一条，见[规定](https://example.cn/a)\n1. 编号照旧\n\n`代码`与*着重*，5*3*2 不变\n\n---\n结尾 \\* 号\n"
    (tmp_path / "a.md").write_text(marked, encoding="utf-8")
    assert read(tmp_path / "a.md").text == (
        "建驿站\n\n引一句重点话\n\n- 第一条，见规定\n1. 编号照旧\n\n代码与着重，5*3*2 不变\n\n\n结尾 * 号\n"
    )


def test_front_matter_gives_title_source_date_and_address(tmp_path: Path) -> None:
    head = "---\ntitle: 建驿站\ndate: 2023-05-06\nsource: 示例日报\nurl: https://example.cn/1\ntags: [a]\n---\n"
    (tmp_path / "a.md").write_text(head + "杭州市总工会建成驿站。\n", encoding="utf-8")
    decoded = read(tmp_path / "a.md")
    assert decoded.text == "建驿站\n来源：示例日报  2023-05-06\n杭州市总工会建成驿站。\n"
    assert decoded.url == "https://example.cn/1"


# -- tables --------------------------------------------------------------------------------------------------------------

TELLING = "杭州市总工会建成工会驿站100个，服务户外劳动者三万人次，送清凉、送法律、送健康，受到职工普遍欢迎。"


def test_every_row_of_a_workbook_is_a_page(tmp_path: Path) -> None:
    office.write_xlsx(tmp_path / "a.xlsx", office.cases(office.example("案例选编.txt")), "案例表")
    decoded = read(tmp_path / "a.xlsx")
    assert [page.label for page in decoded.pages] == [f"案例 第{n}行" for n in (1, 2, 4, 5, 6, 7, 8)]
    for page in decoded.pages[2:]:
        assert decoded.text[page.start :].startswith("案例名称：")
    assert "选项" not in {page.label.split()[0] for page in decoded.pages}


def test_cells_are_shown_as_people_read_them(tmp_path: Path) -> None:
    import datetime

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["甲", 12.0, 1.5, True])
        sheet.write_datetime(0, 4, datetime.date(2023, 5, 6), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.merge_range(1, 0, 2, 0, "一等奖")
        sheet.write(1, 1, "建驿站")
        sheet.write(2, 1, "建书屋")
    assert read(tmp_path / "a.xlsx").text == "甲\t12\t1.5\t是\t2023-05-06\n一等奖\t建驿站\n一等奖\t建书屋\n"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators_of_csv(tmp_path: Path, mark: str) -> None:
    rows = (("案例名称", "单位", "内容"), ("建驿站", "杭州市总工会", TELLING.replace(",", "，")))
    (tmp_path / "a.csv").write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    assert read(tmp_path / "a.csv").text == f"案例名称：建驿站\n单位：杭州市总工会\n主要做法：{TELLING}\n"


def test_a_value_that_looks_like_a_title_does_not_begin_another_account(tmp_path: Path) -> None:
    value = f"{TELLING}\n项目名称：又一个名字\n第三行。"
    (tmp_path / "a.csv").write_text(f'案例名称,申报单位,做法\n建驿站,杭州市总工会,"{value}"\n', encoding="utf-8")
    lines = read(tmp_path / "a.csv").text.splitlines()
    assert lines[2].endswith("项目名称：又一个名字")
    assert lines[3] == "第三行。"


# -- hostile files -------------------------------------------------------------------------------------------------------


def _zip(contents: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return made.getvalue()


_BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>'
_FAR = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'


def _workbook_with_far_cell() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "甲")
    made.seek(0)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**parts, "xl/worksheets/sheet1.xml": _FAR})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b""),
        ("a.docx", b"PK\x03\x04 nothing"),
        ("a.docx", _zip({"a.txt": b"x"})),
        ("a.docx", _zip({"word/document.xml": b"<w:document"})),
        ("a.docx", _zip({"word/document.xml": _BOMB})),
        ("a.docx", _zip({"word/document.xml": b"<a>" * 100_000, "[Content_Types].xml": b"<Types/>"})),
        ("a.docx", b"just text"),
        ("a.xlsx", b""),
        ("a.xlsx", b"PK\x03\x04 nothing"),
        ("a.xlsx", _zip({"a.txt": b"x"})),
        ("a.xlsx", _workbook_with_far_cell()),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("a.csv", bytes(range(256)) * 4),
        ("a.csv", b'a,"' + b"b" * 200_000),
        ("a.html", bytes(range(256)) * 4),
        ("a.html", b"<html></html>"),
        ("a.html", b"<html><body><script>1</script></body></html>"),
        ("a.html", b""),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nabc"),
        ("a.md", b"---\n"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet()
    with pytest.raises(InputError, match="no text"):
        read(tmp_path / "a.xlsx")


def test_a_long_page_ends_in_time(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<ol>" + "<li>工会建站" * 20_000, encoding="utf-8")
    assert read(tmp_path / "a.html").text.endswith("20000. 工会建站\n")


@pytest.mark.parametrize("page", ["<div>" * 50_000 + "工会" + "</div>" * 50_000, "<table><tr>" * 3_000 + "<td>工会"])
def test_a_page_nested_without_end_is_refused(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(InputError):
        read(tmp_path / "a.html")


def test_many_parts_that_are_huge_together_are_refused(tmp_path: Path) -> None:
    document = f"<w:document {W}><w:body/></w:document>".encode()
    path = tmp_path / "a.docx"
    path.write_bytes(_zip({"word/document.xml": document, **{f"word/{n}.xml": b" " * 10_000_000 for n in range(21)}}))
    with pytest.raises(InputError, match=r"异常大|abnormally large"):
        read(path)
