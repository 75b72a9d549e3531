"""The poster: what it tells, that nothing is cut or covered, and the files that it is printed from."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from availability import unavailable

from tests.viz.briefing.example_graph import example
from unionkg.errors import InputError
from unionkg.graph.analysis.curves_of_adoption import YearOfCurve
from unionkg.language import Language, speaking
from unionkg.viz.briefing.cited import Note, Quote
from unionkg.viz.briefing.pdf_fonts import embeddable, font_files, font_for
from unionkg.viz.briefing.poster import HEIGHT, WIDTH, poster
from unionkg.viz.briefing.poster_content import Content, Lane, Said, Tile, content
from unionkg.viz.briefing.poster_marks import Path as Way
from unionkg.viz.briefing.poster_marks import Rect, Sheet, Text, box, text_width, wrapped
from unionkg.viz.briefing.poster_pdf import pdf
from unionkg.viz.briefing.poster_svg import svg

SVG = "{http://www.w3.org/2000/svg}"
TYPES = ["工会驿站", "劳动和技能竞赛", "蹲点", "区域/园区/楼宇联合工会"]
CODES = "110000 310000 650000 xpcc 150000 710000 810000"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with speaking("zh"):
        yield


@cache
def spoken(practice_type: str, language: Language) -> Sheet:
    with speaking(language):
        return poster(crowded() if practice_type == "crowded" else content(*example(), practice_type))


def sheet(practice_type: str) -> Sheet:
    return spoken(practice_type, "zh")


def lines(shown: Sheet) -> list[str]:
    return [mark.text for mark in shown.marks if isinstance(mark, Text)]


def crowded() -> Content:
    """More and longer than any sheet holds."""
    name = "名称很长的某某行业工会联合会与某某园区楼宇联合工会共建共享服务"
    said = tuple(
        Said(
            f"{name}{at}：不晚于{1990 + at}年（按刊印日期）",
            Note((Quote(at, None, (at, at), name),)),
            name * 3,
            str(1990 + at),
        )
        for at in range(1, 41)
    )
    curve = tuple(YearOfCurve(year, 1, 9, 1, year - 1960, 120, 0, None, None, None, ()) for year in range(1961, 2027))
    years = dict.fromkeys(range(1961, 2027), 12)
    return Content(
        name=name,
        about=("也称：" + "、".join([name] * 6), "所属领域：工会服务职工", "多出的一行"),
        scope=("资料范围：已载入文献 12345 份、案例 67890 则",) * 3,
        tiles=tuple(Tile(code, "某省", "有记载", 2003, at % 2 == 0) for at, code in enumerate(CODES.split())),
        lanes=tuple(Lane(f"第{at}级别", years, years, 999, curve) for at in range(7)),
        no_lanes="",
        fillers=(("服务对象", name * 30),),
        first=1961,
        last=2026,
        units=said,
        figures=said,
        ties=said,
        without="",
        documents={at: f"[{at}] {name}[J]. {name}, 2019, 3(2): 1-9." for at in range(1, 41)},
        behind=tuple(range(1, 41)),
        notes=(name * 3,),
    )


SHEETS = [*TYPES, "crowded"]


# ------------------------------------------------------------ layout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_cut_and_no_text_covers_another(name: str, language: Language) -> None:
    shown = spoken(name, language)
    boxes = [(mark.text, box(mark)) for mark in shown.marks if isinstance(mark, Text)]
    for text, (left, top, right, bottom) in boxes:
        assert 0 < left < right < WIDTH, text
        assert 0 < top < bottom < HEIGHT, text
    for (text, one), (other_text, other) in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, f"{text} | {other_text}"


@pytest.mark.parametrize("name", SHEETS)
def test_shapes_lie_on_the_sheet(name: str) -> None:
    for mark in sheet(name).marks:
        if isinstance(mark, Rect):
            assert 0 <= mark.x <= mark.x + mark.width <= WIDTH
            assert 0 <= mark.y <= mark.y + mark.height <= HEIGHT
        if isinstance(mark, Way):
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in mark.points)


@pytest.mark.parametrize("name", SHEETS)
def test_body_text_is_large_enough_for_a_wall(name: str) -> None:
    shown = [mark for mark in sheet(name).marks if isinstance(mark, Text)]
    title = max(shown, key=lambda mark: mark.size)
    assert title.size >= 18
    for mark in shown:
        assert mark.size >= (6 if mark.text.isdigit() else 9.5)  # the number in a mark of the lanes
        if mark.y > HEIGHT * 0.6 and len(mark.text) > 20 and mark.y < HEIGHT - 40:
            assert mark.size >= 12, mark.text


@pytest.mark.parametrize("name", SHEETS)
def test_every_number_of_a_source_is_listed_once_in_order(name: str) -> None:
    shown = lines(sheet(name))
    listed = [
        int(text[1 : text.index("]")]) for text in shown if text.startswith("[") and text[1].isdigit() and "] " in text
    ]
    assert sorted(listed) == list(range(1, len(listed) + 1))


def test_what_does_not_fit_is_counted() -> None:
    told = [text for text in lines(sheet("crowded")) if text.startswith("另有 ")]
    assert [text[-3:] for text in told] == ["条，略", "条，略", "条，略", "份，略"]
    assert told[:3] != ["另有 40 条，略"] * 3


def test_documents_behind_the_tiles_are_listed_though_no_list_cites_them() -> None:
    told = lines(sheet("工会驿站"))
    documents = len(content(*example(), "工会驿站").behind)
    assert sum(text.startswith("[") and "] " in text for text in told) == documents


# ------------------------------------------------------------ content


def test_it_says_what_it_rests_on_and_that_a_collection_is_a_sample() -> None:
    told = "".join(lines(sheet("工会驿站")))
    assert "案例 3 则" in told
    assert "资料截至" in told
    assert "不是普查" in told
    assert "首创" not in told.replace("不是首创", "")
    assert "上海市绿化市容行业工会" in told


def test_a_routine_type_has_no_order() -> None:
    shown = content(*example(), "劳动和技能竞赛")
    assert not shown.lanes
    told = lines(poster(shown))
    assert "常规工作，各地都有，不计先后" in told
    assert not [text for text in told if text.startswith("≤")]


def test_a_level_shows_stated_years_apart_from_upper_bounds() -> None:
    shown = content(*example(), "工会驿站")
    assert any(lane.began for lane in shown.lanes)
    for lane in shown.lanes:
        end = lane.curve[-1]
        assert end.known == sum(lane.began.values()) + sum(lane.known_by.values())
        assert end.possible == end.known + lane.undated


@pytest.mark.parametrize(("name", "near"), [("工会驿", "工会驿站"), ("宝山区", ""), ("集体协商", "")])
def test_what_is_no_practice_type_or_has_no_account_is_refused(name: str, near: str) -> None:
    with pytest.raises(InputError) as refused:
        sheet(name)
    assert name in str(refused.value)
    assert near in str(refused.value)


# ------------------------------------------------------------ files


@pytest.mark.parametrize("name", SHEETS)
def test_the_pdf_is_one_page_of_a3_whose_text_can_be_searched(name: str) -> None:
    shown = sheet(name)
    content_ = pdf(shown)
    assert content_ == pdf(shown)
    opened = pypdfium2.PdfDocument(content_)
    assert len(opened) == 1
    assert [round(length / 72 * 25.4) for length in opened[0].get_size()] == [420, 297]
    told = "".join(opened[0].get_textpage().get_text_range().split())
    for mark in shown.marks:
        if isinstance(mark, Text) and mark.size >= 12:
            assert "".join(mark.text.split()) in told


@pytest.mark.parametrize("name", SHEETS)
def test_the_svg_is_well_formed_and_its_text_is_text(name: str) -> None:
    shown = sheet(name)
    root = ET.fromstring(svg(shown))
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    assert [element.text for element in root.iter(f"{SVG}text")] == lines(shown)
    assert "href" not in svg(shown)


def test_the_same_material_gives_the_same_sheet() -> None:
    assert poster(content(*example(), "工会驿站")) == sheet("工会驿站")


def test_markup_in_a_name_stays_text() -> None:
    hostile = Sheet(100, 100, "<b>&", "zh-CN", (Text(1, 20, "<script>alert('&')</script>", 12),))
    root = ET.fromstring(svg(hostile))
    assert [element.text for element in root.iter(f"{SVG}text")] == ["<script>alert('&')</script>"]


def test_a_character_that_no_font_has_falls_back_to_a_named_font() -> None:
    odd = "工会\U0010fffd"
    assert font_for(odd) == "STSong-Light"
    opened = pypdfium2.PdfDocument(pdf(Sheet(200, 100, "", "zh-CN", (Text(10, 50, odd, 12), Text(10, 70, "驿站", 12)))))
    assert "驿站" in opened[0].get_textpage().get_text_range()


def installed() -> Path:
    fonts = font_files()
    if not fonts:
        unavailable("no Chinese font is installed")
    return fonts[0]


def test_only_the_characters_that_occur_are_embedded() -> None:
    path = installed()
    few = embeddable(path, "工会驿站")
    assert few is not None
    assert len(few) < 20_000 < path.stat().st_size
    assert few == embeddable(path, "工会驿站")
    assert few[:4] == b"\x00\x01\x00\x00"


def test_a_font_that_lacks_a_character_or_is_broken_is_not_taken(tmp_path: Path) -> None:
    broken = tmp_path / "msyh.ttc"
    broken.write_bytes(b"ttcf" + b"\0" * 40)
    assert embeddable(broken, "工") is None
    assert embeddable(tmp_path / "missing.ttf", "工") is None
    assert embeddable(installed(), "\U0010fffd") is None


def test_text_is_never_wider_than_reckoned() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    characters = "".join(map(chr, range(32, 127))) + "工会“”‘’—…≤·、。，（）《》–"
    for name in (font_for(characters), font_for(characters + "\U0010fffd")):
        for character in characters:
            assert stringWidth(character, name, 10) <= text_width(character, 10) + 1e-6, character


# ------------------------------------------------------------ lines


@pytest.mark.parametrize("width", [40, 61, 100, 230])
@pytest.mark.parametrize(
    "text",
    [
        "某市总工会（试点单位）在2016年7月建起“爱心驿站”，至今不停。",
        "by 2018 (date of publication)[12] and known afterwards",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "。。。。，，，，“““““（（（（（",
    ],
)
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    made_ = wrapped(text, 12, width)
    assert "".join("".join(made_).split()) == "".join(text.split())
    assert all(text_width(line, 12) <= width for line in made_)


def test_no_line_begins_with_a_closing_mark_or_cuts_a_word() -> None:
    text = "全市各级工会（含街道）、园区，共建成驿站。publication)和award，一次。" * 4
    for width in range(80, 200, 7):
        for line in wrapped(text, 12, width)[1:]:
            assert line[0] not in "，。）、)"
    told = wrapped("known by publication (date) " * 5, 12, 120)
    assert {word for line in told for word in line.split()} <= {"known", "by", "publication", "(date)"}
