"""PDF files as people print them, and as nobody should: what the reader makes of them."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.loaders.printing import A4, FONT, HEIGHT, Drawn, adjacent, set_in_columns, width_of, wrapped, write
from unionkg.errors import InputError, UnreadPagesWarning
from unionkg.graph.exchange.flat import flat
from unionkg.loaders.pipeline import Reading, read_file
from unionkg.loaders.readers import ocr, pdf_layer, read

EXAMPLES = sorted(
    (Path(str(path)) for path in (files("unionkg") / "example").iterdir() if path.name.endswith(".txt")),
    key=lambda path: path.name,
)
#: Running text in which hardly a word comes back.
PROSE = [
    f"第{n}组的师傅们把第{n * 7}号工位的难题写在黑板上，午休时围着它商量了{n * 3}次，最后由年纪最轻的学徒提出把夹具"
    f"转过来装，试了{n + 11}件都合格，班组工会给他记了第{n * 13}号建议并发了奖。"
    for n in range(1, 40)
]


def records(reading: Reading) -> list[dict[str, Any]]:
    """What a reading says, but for the numbers of lines and the white space inside quotes."""
    lines = ("id", "lines", "first_line", "last_line", "title_line", "spans")
    kept = [{k: v for k, v in flat(record, "x").items() if k not in lines} for record in reading.records]
    return json.loads(json.dumps(kept, ensure_ascii=False))  # type: ignore[no-any-return]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("bottom", [80.0, 300.0, 527.0, 610.0])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_printed_examples_give_the_records_of_the_text(
    tmp_path: Path, example: Path, bottom: float, columns: int
) -> None:
    pages = list(set_in_columns(lines_of(example), columns=columns, bottom=bottom))
    head = "示例资料汇编 内部交流" if len(pages) > 1 else ""  # on one page nobody can tell a running head
    path = write(tmp_path / "a.pdf", pages, head=head, first=7, shuffle=True)
    text, printed = read_file(example, "x"), read_file(path, "x")
    assert records(printed) == records(text)
    assert [page.label for page in printed.document.pages] == [str(n) for n in range(7, 7 + len(pages))]
    for record in printed.records:
        for _, statement in record.statements():
            assert all(printed.text[e.start : e.end] == e.quote for e in statement.evidence)


def test_pages_begin_where_their_first_character_stands(tmp_path: Path) -> None:
    pages = list(set_in_columns(PROSE[:12], bottom=600))
    decoded = read(write(tmp_path / "a.pdf", pages))
    assert len(pages) > 2
    for page, printed in zip(decoded.pages, pages, strict=True):
        assert decoded.text[page.start :].startswith(printed[0].text)


def test_sentences_over_columns_and_pages_are_whole(tmp_path: Path) -> None:
    pages = list(set_in_columns(PROSE, columns=2, bottom=470))
    decoded = read(write(tmp_path / "a.pdf", pages, head="班组园地", shuffle=True))
    assert decoded.text.strip().split("\n")[-len(PROSE) :][1:] == PROSE[1:]
    assert "班组园地" in decoded.text  # once, as the first page says it
    assert decoded.text.count("班组园地") == 1


LAYOUTS = {
    "one": {"columns": 1},
    "two": {"columns": 2},
    "two, narrow gutter": {"columns": 2, "gutter": 10.0},
    "three": {"columns": 3, "size": 9.0, "leading": 14.0, "gutter": 18.0},
    "three, narrow gutter": {"columns": 3, "size": 9.0, "leading": 14.0, "gutter": 9.0},
}


@pytest.mark.parametrize("shuffle", [False, True], ids=["in order", "scrambled"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_are_read_one_after_the_other(tmp_path: Path, layout: str, shuffle: bool) -> None:
    pages = list(set_in_columns(PROSE, **LAYOUTS[layout]))  # type: ignore[arg-type]
    decoded = read(write(tmp_path / "a.pdf", pages, shuffle=shuffle))
    assert adjacent([line.text for page in pages for line in page], decoded.text) == 1


def boxed(text: Sequence[str], x: float, y: float, width: float, size: float, leading: float) -> list[Drawn]:
    lines = [line for paragraph in text for line in wrapped(paragraph, size, width)]
    return [Drawn(line, x, y - n * leading, size) for n, line in enumerate(lines)]


@pytest.mark.parametrize("shuffle", [False, True], ids=["in order", "scrambled"])
def test_box_beside_the_text_and_title_across(tmp_path: Path, shuffle: bool) -> None:
    title = [Drawn("让每个班组都有自己的黑板", 150, 740, 22), Drawn("——记一家机械厂的班组工会", 200, 712, 14)]
    main = boxed(PROSE[:5], 72, 680, 280, 10.5, 17)
    box = boxed(PROSE[20:22], 385, 671, 138, 9, 13.3)
    below = boxed(PROSE[5:9], 72, main[-1].y - 40, 451, 10.5, 17)
    decoded = read(write(tmp_path / "a.pdf", [[*title, *main, *box, *below]], shuffle=shuffle))
    assert decoded.text.startswith(title[0].text + "\n" + title[1].text + "\n")
    for group in (main, box, below):
        assert adjacent([line.text for line in group], decoded.text) == 1
    found = [decoded.text.replace("\n", "").index(group[0].text) for group in (title, main, box, below)]
    assert found == sorted(found)


def test_rows_of_an_award_list_stay_together(tmp_path: Path) -> None:
    rows = [("序号", "案例名称", "申报单位")] + [
        (str(n), f"把第{n}车间的茶水间改成议事角", f"某市第{n * 3}机床厂工会") for n in range(1, 15)
    ]
    page = [
        Drawn(cell, x, 700 - 20 * n, 10.5)
        for n, row in enumerate(rows)
        for cell, x in zip(row, (72, 110, 380), strict=True)
    ]
    decoded = read(write(tmp_path / "a.pdf", [page], shuffle=True))
    assert decoded.text.split("\n")[: len(rows)] == ["\t".join(row) for row in rows]


def test_heads_that_repeat_go_and_a_heading_that_stands_once_stays(tmp_path: Path) -> None:
    pages = list(set_in_columns(PROSE[:20], bottom=450))
    for n, page in enumerate(pages):
        page.append(Drawn(f"工会园地\u3000{n + 31}", 400, HEIGHT - 50, 9))
    pages[2].append(Drawn("第三编 班组的黑板", 200, HEIGHT - 62, 16))
    decoded = read(write(tmp_path / "a.pdf", pages, numbers=""))
    assert "第三编 班组的黑板\n" in decoded.text
    assert decoded.text.count("工会园地") <= 1
    assert [page.label for page in decoded.pages] == [str(n + 31) for n in range(len(pages))]


def test_last_lines_that_happen_to_be_alike_stay(tmp_path: Path) -> None:
    pages = [[*boxed([PROSE[n]], 72, 760, 451, 10.5, 17), Drawn("上。", 72, 90, 10.5)] for n in range(4)]
    assert read(write(tmp_path / "a.pdf", pages)).text.count("上。") == 4


def test_numbered_headings_at_the_top_of_pages_are_no_page_heads(tmp_path: Path) -> None:
    pages = [
        [Drawn(f"案例{n}", 72, 760, 10.5), *boxed([PROSE[n], PROSE[n + 20]], 72, 730, 451, 10.5, 17)]
        for n in range(1, 5)
    ]
    decoded = read(write(tmp_path / "a.pdf", pages))
    assert [line for line in decoded.text.split("\n") if line.startswith("案例")] == [
        "案例1",
        "案例2",
        "案例3",
        "案例4",
    ]


def test_pages_are_named_by_the_label_of_the_file_where_no_number_is_printed(tmp_path: Path) -> None:
    import pypdfium2
    import pypdfium2.raw as c

    path = write(tmp_path / "a.pdf", list(set_in_columns(PROSE[:8], bottom=600)), numbers="")
    raw = path.read_bytes()
    labelled = raw.replace(b"/Type /Catalog", b"/PageLabels << /Nums [0 << /S /r /St 4 >>] >> /Type /Catalog")
    assert labelled != raw
    again = tmp_path / "b.pdf"
    document = pypdfium2.PdfDocument(labelled)  # writes the file anew, with the right offsets
    document.save(again, flags=c.FPDF_NO_INCREMENTAL)
    count = len(document)
    document.close()
    assert [page.label for page in read(again).pages] == ["iv", "v", "vi", "vii", "viii", "ix"][:count]
    assert [page.label for page in read(path).pages] == [str(n) for n in range(1, count + 1)]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_rotated_pages(tmp_path: Path, rotate: int) -> None:
    pages = list(set_in_columns(PROSE[:6], columns=2))
    path = write(tmp_path / "a.pdf", pages, rotate=rotate, numbers="")
    assert read(path).text == read(write(tmp_path / "b.pdf", pages, numbers="")).text


def test_text_set_sideways(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rotate(90)
    canvas.setFont(FONT, 10.5)
    for n, line in enumerate(wrapped(PROSE[0], 10.5, 600)):
        canvas.drawString(80, -100 - 17 * n, line)
    canvas.save()
    assert read(path).text == PROSE[0] + "\n"


def test_double_printing_and_watermarks_are_read_once_or_not_at_all(tmp_path: Path) -> None:
    pages = list(set_in_columns(PROSE[:4]))
    assert read(write(tmp_path / "a.pdf", pages, twice=True)).text == "\n".join(PROSE[:4]) + "\n"
    path = tmp_path / "b.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(FONT, 10.5)
    canvas.drawString(72, 500, "职工书屋开到了车间门口。")
    canvas.rotate(35)
    canvas.setFont(FONT, 60)
    canvas.drawString(300, 200, "内部资料")
    canvas.save()
    assert read(path).text == "职工书屋开到了车间门口。\n"


def test_radicals_become_the_characters_that_are_seen(tmp_path: Path) -> None:
    from unionkg.loaders.readers.radicals import printed

    assert printed("⼯会服务⺠⽣，⻓⻋⻔⻅⾯") == "工会服务民生，长车门见面"
    assert printed("㈠Ⅲ①工会") == "㈠Ⅲ①工会"  # only radicals, and never another length


def test_blanks_between_all_ideographs_are_noise(tmp_path: Path) -> None:
    page = [Drawn(" ".join("职工之家建在厂门口"), 72, 700, 10.5), Drawn("江北厂工会 建起工具书架", 72, 660, 10.5)]
    assert read(write(tmp_path / "a.pdf", [page])).text == "职工之家建在厂门口\n\n江北厂工会 建起工具书架\n"


def test_numbers_and_words_broken_at_the_edge(tmp_path: Path) -> None:
    lines = [
        "上半年一共收到职工提出的合理化建议12",
        "000条，采纳率达到93.",
        "5%，并且写进了 digital work-",
        "shop 的年度计划。",
    ]
    full = [Drawn(line, 72 if n else 93, 700 - 17 * n, 10.5) for n, line in enumerate(lines)]
    right = max(line.x + width_of(line.text, 10.5) for line in full)
    placed = [
        Drawn(line.text, right - width_of(line.text, 10.5), line.y, 10.5) if n in {1, 2} else line
        for n, line in enumerate(full)
    ]
    text = read(write(tmp_path / "a.pdf", [placed])).text
    assert "12000条" in text.replace("\n", "")
    assert "93.5%" in text.replace("\n", "")


# -- files that cannot be read ------------------------------------------------------------------------------------


def test_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("secret", strength=128))
    canvas.drawString(100, 100, "locked")
    canvas.save()
    with pytest.raises(InputError, match="password"):
        read(path)


def test_locked_only_against_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("", ownerPassword="x", canCopy=0, strength=128))
    canvas.setFont(FONT, 10)
    canvas.drawString(100, 100, "工会驿站")
    canvas.save()
    assert read(path).text == "工会驿站\n"


def broken_files(good: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "text": "这是文字，不是 PDF。".encode() * 20,
        "cut at the head": good[:100],
        "cut in the middle": good[: len(good) // 2],
        "noise": b"%PDF-1.4\n" + bytes(range(256)) * 50,
        "too many pages said": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 99999999>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\ntrailer<</Root 1 0 R>>\n",
    }


@pytest.mark.parametrize("name", list(broken_files(b"")))
def test_broken_files_are_refused(tmp_path: Path, name: str) -> None:
    good = write(tmp_path / "good.pdf", list(set_in_columns(PROSE))).read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(broken_files(good)[name])
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.where == str(path)


def test_blank_and_tiny_and_huge_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for size in ((0, 0), (200_000, 200_000)):
        canvas = Canvas(str(path), pagesize=size)
        canvas.setFont(FONT, 10)
        canvas.drawString(0, 5, "工会驿站")
        canvas.save()
        assert "工会驿站" in read(path).text
    canvas = Canvas(str(path))
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="no text"):
        read(path)


def test_page_that_draws_itself_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>"
        b"endobj\n4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F 4 0 R>>>>/Length 12>>"
        b"stream\n/F Do /F Do \nendstream endobj\n5 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    monkeypatch.setattr(pdf_layer, "PATIENCE", 2.0)
    began = time.monotonic()
    with pytest.raises(InputError):
        read(path)
    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_a_million_characters_on_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(5000, 5000))
    text = canvas.beginText(50, 4900)
    text.setFont(FONT, 4)
    text.setLeading(4.5)
    for _ in range(1000):
        text.textLine("工会为职工办实事，" * 111)
    canvas.drawText(text)
    canvas.save()
    began = time.monotonic()
    assert len(read(path).text) > 900_000
    assert time.monotonic() - began < 60


# -- pictures of pages --------------------------------------------------------------------------------------------


def scanned(path: Path, *, texts: int) -> Path:
    """A PDF of ``texts`` pages with text and one that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas = Canvas(str(path), pagesize=A4)
    for n in range(texts):
        canvas.setFont(FONT, 10.5)
        for m, line in enumerate(wrapped(PROSE[n], 10.5, 450)):
            canvas.drawString(72, 700 - 17 * m, line)
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (400, 560), 240)), 20, 20, 555, 800)
    canvas.save()
    return path


def test_scan_without_the_recogniser_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(InputError, match="扫描件") as caught:
        read(scanned(tmp_path / "a.pdf", texts=0))
    assert "unionkg[ocr]" in str(caught.value)


def test_pages_that_are_pictures_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.warns(UnreadPagesWarning, match="pages 3 are pictures"):
        decoded = read(scanned(tmp_path / "a.pdf", texts=2))
    assert decoded.text == PROSE[0] + "\n" + PROSE[1] + "\n"
    assert len(decoded.pages) == 3


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.pdf", list(set_in_columns(PROSE[:3], columns=1, bottom=80.0)))
    (tmp_path / "json.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "第1组的师傅们" in read(path).text
