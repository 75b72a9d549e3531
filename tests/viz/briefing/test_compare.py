"""Comparisons: what is put side by side, with which quotes, and the files that are handed round."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from tests.queries import varied
from tests.viz.briefing.example_graph import example
from tests.viz.pictured import DOCUMENT, TEXT, small, stated
from unionkg.errors import InputError
from unionkg.graph.build import Projection
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node
from unionkg.graph.structure import vocabularies
from unionkg.language import speaking
from unionkg.viz.briefing.cited import closed_up
from unionkg.viz.briefing.compare import Comparison, Row, compare
from unionkg.viz.briefing.compare_docx import docx
from unionkg.viz.briefing.compare_html import html
from unionkg.viz.briefing.compare_xlsx import xlsx

CASES = [
    ("奉化区总工会", "长兴县总工会"),
    ("上海", "浙江", "重庆"),
    ("工会驿站", "蹲点", "劳动和技能竞赛"),
    ("建设者之家", "化解劳动"),
]


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with speaking("zh"):
        yield


@cache
def of_example(names: tuple[str, ...]) -> Comparison:
    with speaking("zh"):
        return compare(*example(), names)


def compared(*names: str, projection: Projection | None = None) -> Comparison:
    if projection is None:
        return of_example(names)
    return compare(projection, {DOCUMENT: TEXT}, names)


def row(shown: Comparison, aspect: str) -> Row:
    return next(one for one in shown.rows if one.aspect == aspect)


def texts(shown: Comparison, aspect: str) -> list[list[str]]:
    return [[item.text for item in cell.items] for cell in row(shown, aspect).cells]


def with_outcomes(*outcomes: tuple[str, str, float, str]) -> Projection:
    """The small graph with figures: (case, indicator, value, unit)."""
    before = small()
    nodes, ties = [], []
    for at, (case, indicator, value, unit) in enumerate(outcomes):
        more = {"indicator": indicator, "value": value, "unit": unit, "approximate": False, "case_id": case}
        nodes.append(Node("Outcome", f"outcome:x{at}", {"name": f"{indicator} {value:g}{unit}", **more}))
        ties.append(stated("ACHIEVED", ("PracticeCase", case), ("Outcome", f"outcome:x{at}"), case, "小站"))
    (graph,) = before.documents
    kept = tuple(tie for tie in graph.relationships if tie.type != "ACHIEVED")
    made = DocumentGraph(DOCUMENT, (*graph.nodes, *nodes), (*kept, *ties))
    return replace(before, documents=[made])


# ------------------------------------------------------------ what is compared


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("奉化区总工会", "浙江省湖州市长兴县总工会"), ("浙江省宁波市奉化区总工会", "浙江省湖州市长兴县总工会")),
        (("宝山", "330522"), ("上海市宝山区", "浙江省湖州市长兴县")),
        (("驿站", "workers_home"), ("工会驿站/户外劳动者服务站", "职工之家/服务阵地")),
    ],
)
def test_things_are_found_by_any_of_their_names(names: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert compared(*names).names == shown


@pytest.mark.parametrize(
    ("names", "what", "hint"),
    [
        (("宝山区",), "2 到 6", "unionkg compare"),
        (("上海",) * 7, "2 到 6", "unionkg compare"),
        (("上海", "浙江省湖州市长星县"), "浙江省湖州市长星县", "长兴县"),
        (("上海", "总工会"), "总工会", "工会"),
        (("总工会", "长兴县总工会"), "可以指", "长兴县总工会（union:"),
        (("上海", "蹲点"), "同一种", "上海：地区"),
        (("宝山", "上海市宝山区"), "两次", ""),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_is_near(names: tuple[str, ...], what: str, hint: str) -> None:
    with pytest.raises(InputError) as refused:
        compared(*names)
    assert what in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize("names", CASES)
def test_every_quote_stands_in_its_document_and_every_document_is_listed(names: tuple[str, ...]) -> None:
    shown = compared(*names)
    texts_ = [closed_up(example()[1][document]) for document in shown.documents]
    quotes = [q for one in shown.rows for cell in one.cells for item in cell.items for q in item.note.quotes]
    assert quotes
    assert {quote.document for quote in quotes} == set(range(1, len(shown.references) + 1))
    for quote in quotes:
        assert quote.words in texts_[quote.document - 1]
        assert quote.lines
    for number, reference in enumerate(shown.references, 1):
        assert reference.startswith(f"[{number}] ")


@pytest.mark.parametrize("names", CASES)
def test_a_cell_says_something_with_quotes_or_a_basis_or_that_nothing_is_seen(names: tuple[str, ...]) -> None:
    shown = compared(*names)
    for one in shown.rows:
        assert len(one.cells) == len(shown.names)
        for cell in one.cells:
            assert cell.items or cell.blank
            for item in cell.items:
                bare = one.aspect in {"也称", "传播方式"}
                assert bare or item.note.quotes or item.basis, (one.aspect, item.text)


def test_lines_of_command_stand_apart() -> None:
    shown = compared("奉化区总工会", "上海市绿化市容行业工会")
    (superior,) = row(shown, "块上的上级（地方）").cells[0].items
    assert superior.note.quotes or superior.basis
    assert "总工会" in superior.text
    assert row(shown, "条上的上级（产业、集团）").cells[0].blank == "资料未见"


def test_spread_is_told_as_documents_state_it() -> None:
    shown = compared("奉化区总工会", "重庆市沙坪坝区总工会")
    (assigned, _) = texts(shown, "学习来源与试点部署")
    assert any("全国总工会" in text and text.startswith("受") for text in assigned)
    (_, went) = texts(shown, "传播去向")
    assert any("写明向其学习" in text for text in went)


# ------------------------------------------------------------ figures


def test_figures_stand_in_one_row_only_where_indicator_and_unit_are_equal() -> None:
    projection = with_outcomes(
        ("case:1", "小站", 12, "个"),
        ("case:2", "小站", 30, "个"),
        ("case:1", "会员", 5, "人"),
        ("case:2", "会员", 7, "户"),
    )
    shown = compared("青山市总工会", "白水县总工会", projection=projection)
    assert texts(shown, "小站（个）") == [["12个（时段未写明），自报"], ["30个（时段未写明），自报"]]
    assert texts(shown, "未归类") == [["会员 5人（时段未写明），自报"], ["会员 7户（时段未写明），自报"]]
    assert not [one for one in shown.rows if one.aspect.startswith("会员")]


def test_figures_are_never_added() -> None:
    projection = with_outcomes(("case:1", "小站", 12, "个"), ("case:1", "小站", 30, "个"), ("case:2", "小站", 1, "个"))
    shown = compared("青山市总工会", "白水县总工会", projection=projection)
    assert [len(cell.items) for cell in row(shown, "小站（个）").cells] == [2, 1]
    assert "42" not in str(shown.to_dict())


# ------------------------------------------------------------ regions and types


def with_ledger(practice_type: str) -> Projection:
    """The example with a ledger that says that 重庆 has not got a practice type."""
    entry = LedgerEntry(
        region="500000",
        region_printed="重庆",
        practice_type=practice_type,
        practice_printed=practice_type,
        place="表1第3行",
        quote="重庆 | 未开展",
        status="未开展",
        date="2024",
    )
    record = LedgerRecord(id="ledger:1", title="台账", origin="台账.csv", sha256="0" * 64, media_type="text/csv")
    return with_ledgers(example()[0], [Ledger(record, (entry,))], vocabularies(None))


def test_only_a_ledger_makes_a_gap() -> None:
    shown = compare(with_ledger("集体协商"), example()[1], ("重庆", "宁夏", "浙江"))
    absent, without, unseen = row(shown, "集体协商").cells
    assert [item.text for item in absent.items] == ["台账确认未开展（截至2024年）"]
    assert absent.items[0].basis == "《台账》表1第3行：重庆 | 未开展"
    assert (without.items, without.blank) == ((), "无该地资料")
    assert (unseen.items, unseen.blank) == ((), "资料未见")


def test_a_ledger_that_contradicts_a_document_stands_beside_it() -> None:
    shown = compare(with_ledger("蹲点"), example()[1], ("重庆", "浙江"))
    record, denial = row(shown, "蹲点").cells[0].items
    assert record.text.startswith("有记载：1 则")
    assert record.note.quotes
    assert denial.text.startswith("台账确认未开展")


def test_a_region_that_ended_is_refused() -> None:
    with pytest.raises(InputError, match="现行"):
        compared("上海市闸北区", "浙江")


def test_types_tell_when_they_are_first_seen_and_routine_ones_do_not() -> None:
    shown = compared("工会驿站", "劳动和技能竞赛")
    assert any("2016年" in text or "2017年" in text or "不晚于" in text for text in texts(shown, "最早记载")[0])
    assert row(shown, "最早记载").cells[1].blank == "常规工作，不计先后"
    assert "证据不足" in row(shown, "传播方式").cells[1].text("；")


def test_of_unions_recorded_as_early_as_one_that_is_named_none_is_passed_over() -> None:
    earliest = texts(compared("集体协商", "网格化建会", projection=varied.projection()), "最早记载")
    assert [len(some) for some in earliest] == [4, 3]
    assert earliest[0][-1] == "另有 1 家，最迟时间与末一家相同"
    assert not any("另有" in text for text in earliest[1])


def test_to_be_selected_is_not_to_win() -> None:
    before = small()
    (graph,) = before.documents
    award = Node("Award", "award:1", {"name": "某年十佳小站", "kind": "selection"})
    said = stated(
        "RECEIVED", ("PracticeCase", "case:1"), ("Award", "award:1"), "case:1", "小站", printed="某年十佳小站"
    )
    tie = replace(said, properties={**said.properties, "kind": "selection"})
    document = DocumentGraph(DOCUMENT, graph.nodes, (*graph.relationships, tie))
    made = replace(before, documents=[document], entities=[*before.entities, award])
    shown = compared("青山市总工会", "白水县总工会", projection=made)
    assert texts(shown, "荣誉（入选不是获奖）") == [["入选：某年十佳小站"], []]


# ------------------------------------------------------------ files


@pytest.mark.parametrize("write", [docx, xlsx, lambda shown: html(shown).encode()])
def test_the_same_comparison_gives_the_same_bytes(write) -> None:
    assert write(compared("上海", "浙江")) == write(compare(*example(), ("上海", "浙江")))


def test_the_word_file_is_landscape_with_a_table_a_part_and_endnotes() -> None:
    from docx import Document
    from docx.shared import Mm

    shown = compared("奉化区总工会", "长兴县总工会")
    content = docx(shown)
    opened = Document(io.BytesIO(content))
    assert opened.sections[0].page_width > opened.sections[0].page_height
    assert abs(opened.sections[0].page_width - Mm(297)) < Mm(1)
    parts = list(dict.fromkeys(one.part for one in shown.rows))
    assert len(opened.tables) == len(parts)
    for table in opened.tables:
        assert [cell.text for cell in table.rows[0].cells] == ["方面", *shown.names]
    notes = zipfile.ZipFile(io.BytesIO(content)).read("word/endnotes.xml").decode("utf-8")
    assert notes.count("<w:endnoteRef/>") == sum(
        bool(item.note.quotes) for one in shown.rows for cell in one.cells for item in cell.items[:12]
    )


def test_the_workbook_leads_from_each_cell_to_its_quotes_and_back() -> None:
    from openpyxl import load_workbook

    shown = compared("奉化区总工会", "长兴县总工会")
    book = load_workbook(io.BytesIO(xlsx(shown)))
    assert book.sheetnames == ["比较", "出处", "说明"]
    sheet, sources = book["比较"], book["出处"]
    assert sheet.freeze_panes == "C2"
    assert [cell.value for cell in sheet[1]][2::2] == list(shown.names)
    linked = [cell for line in sheet.iter_rows(min_row=2, min_col=3) for cell in line if cell.hyperlink]
    assert linked
    for cell in linked:
        number = int(re.search(r"A(\d+)$", cell.hyperlink.location)[1])
        assert sources.cell(number, 3).value == sheet.cell(1, cell.column - 1).value
        assert sources.cell(number, 2).value == sheet.cell(cell.row, 2).value
        assert sources.cell(number, 1).hyperlink.location.endswith(
            f"!{sheet.cell(cell.row, cell.column - 1).coordinate}"
        )


def test_the_page_has_no_script_and_nothing_of_a_document_is_markup() -> None:
    union = "青山<script>alert(1)</script>市总工会"
    made = small(union=union)
    page = html(compared("union:1", "union:2", projection=made))
    assert "<script" not in page
    assert "青山&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page.count("<details>") > 3


def test_text_is_no_formula() -> None:
    from openpyxl import load_workbook

    made = small(practice="=1+1")
    book = load_workbook(io.BytesIO(xlsx(compared("青山市总工会", "白水县总工会", projection=made))))
    (value,) = [cell for line in book["比较"].iter_rows() for cell in line if cell.value == "=1+1"]
    assert value.data_type == "s"
