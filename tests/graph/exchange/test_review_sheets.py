"""The sheet that an office corrects: out as a workbook or CSV, filled in, read back, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.graph.making import TEXT, document, identified
from unionkg.errors import InputError
from unionkg.graph.decisions import EffectiveRecord, ReviewDecision
from unionkg.graph.effective import effective
from unionkg.graph.exchange.review_sheets import COLUMNS, Read, csv_bytes, read, rows, xlsx_bytes
from unionkg.graph.identity import statement_id
from unionkg.graph.records import CaseRecord
from unionkg.graph.reviewing import queue
from unionkg.graph.verdicts import Accept, Add, Edit, Lack, Reject, State, lines

Fill = Callable[[list[dict[str, str]]], None]


def made() -> CaseRecord:
    return identified()[0]


def exported(record: CaseRecord, only: str | None = None) -> list:
    held = [(document(), [EffectiveRecord(record)])]
    texts = {document().id: TEXT}
    return rows(held, texts, queue(held, texts), only)


def state(record: CaseRecord, decisions: tuple[ReviewDecision, ...] = ()) -> State:
    cases, _ = effective([record], decisions, TEXT, statement_id)
    return State([(document(), cases)], {document().id: TEXT}, decisions)


def filled(path: Path, fill: Fill, record: CaseRecord | None = None, encoding: str = "utf-8-sig") -> Path:
    """The exported CSV as an office gives it back."""
    text = csv_bytes(exported(record or made())).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    fill(table)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(table)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def of(table: list[dict[str, str]], field: str, content: str) -> dict[str, str]:
    return next(row for row in table if row["栏目"] == field and row["内容"] == content)


def taken(path: Path, to: State | None = None) -> Read:
    return read(path, to or state(made()), path.name, "甲")


def test_every_statement_has_a_row_with_its_sentence() -> None:
    table = exported(made())
    assert len(table) == len(list(made().statements()))
    (row,) = [row for row in table if row["编号"] == made().outcomes[0].id]
    assert (row["栏目"], row["内容"], row["数值"], row["单位"], row["时间"], row["类别"]) == (
        "成效", "驿站", 12.0, "个", "2022", "规模"
    )  # fmt: skip
    assert row["原句"] == "到2022年底,【驿站增至12个】,服务3400余人次。"
    assert (row["引文"], row["行"], row["状态"]) == ("驿站增至12个", 4.0, "未复核")


def test_what_is_missing_has_a_row_too() -> None:
    table = exported(replace(made(), regions=()))
    (gap,) = [row for row in table if row["状态"] == "未读出"]
    assert (gap["栏目"], gap.get("编号", "")) == ("地区", "")


def test_the_workbook_holds_text_and_an_explanation(tmp_path: Path) -> None:
    path = tmp_path / "复核.xlsx"
    path.write_bytes(xlsx_bytes(exported(made())))
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["复核", "说明"]
    table = book.get_sheet_by_name("复核").to_python()
    assert tuple(table[0]) == COLUMNS
    assert len(table) == 1 + len(exported(made()))
    explained = " ".join(str(cell) for line in book.get_sheet_by_name("说明").to_python() for cell in line)
    assert "驳回" in explained
    assert "劳动和技能竞赛" in explained


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2.创新", "@all"])
def test_no_text_becomes_a_formula(tmp_path: Path, name: str) -> None:
    record = made()
    record = replace(record, partners=(replace(record.partners[0], name=name),))
    found = exported(record)
    book = tmp_path / "a.xlsx"
    book.write_bytes(xlsx_bytes(found))
    table = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert name in [line[COLUMNS.index("内容")] for line in table]
    cells = [line[COLUMNS.index("内容")] for line in csv.reader(io.StringIO(csv_bytes(found).decode("utf-8-sig")))]
    assert "'" + name in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    path = filled(tmp_path / "a.csv", lambda t: of(t, "合作单位", "'" + name).update(裁定="接受"), record)
    assert taken(path, state(record)).verdicts == [(Accept(record.partners[0].id), "")]


def work(table: list[dict[str, str]]) -> None:
    of(table, "成效", "驿站").update(
        {"裁定": "修改", "修改为：数值": "13", "修改为：其他": "约数=是；基数=5", "备注": "见年报"}
    )
    of(table, "成效", "服务").update(裁定="接受")
    of(table, "服务对象", "快递员").update(裁定="驳回")
    table.append({
        "案例编号": table[0]["案例编号"], "栏目": "合作单位", "裁定": "增加", "修改为：类别": "媒体",
        "修改为：内容": "门房", "修改为：引文": "闲置门房",
    })  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk", "utf-16"])
def test_a_filled_sheet_becomes_verdicts_and_adds_nothing_the_second_time(tmp_path: Path, encoding: str) -> None:
    path = filled(tmp_path / "a.csv", work, encoding=encoding)
    found = taken(path)
    record = made()
    assert found.refused == []
    assert found.verdicts == [
        (Reject(record.target_groups[0].id), ""),
        (Edit(record.outcomes[0].id, {"value": 13.0, "approximate": True, "baseline": 5.0}), "见年报"),
        (Accept(record.outcomes[1].id), ""),
        (Add(record.id, "partners", {"name": "门房", "type": "media"}, "闲置门房"), ""),
    ]
    assert found.counts == {"驳回": 1, "修改": 1, "接受": 1, "增加": 1}
    given = tuple(lines([v for v, _ in found.verdicts], state(record), "甲", "t"))
    again = taken(path, state(record, given))
    assert (again.verdicts, again.refused, again.known) == ([], [], 4)


def test_a_workbook_that_was_filled_in_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "给回来的.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("复核")
        for at, heading in enumerate(COLUMNS):
            sheet.write(0, at, heading)
        for line, row in enumerate(exported(made(), "outcomes"), 1):
            for at, heading in enumerate(COLUMNS):
                sheet.write(line, at, row.get(heading, ""))
        sheet.write(1, COLUMNS.index("裁定"), "修改")
        sheet.write_number(1, COLUMNS.index("修改为：数值"), 13)
    assert taken(path).verdicts == [(Edit(made().outcomes[0].id, {"value": 13.0}), "")]


def test_a_gap_that_is_right_is_accepted(tmp_path: Path) -> None:
    record = replace(made(), regions=())

    def fill(table: list[dict[str, str]]) -> None:
        next(row for row in table if row["状态"] == "未读出").update(裁定="接受")

    path = filled(tmp_path / "a.csv", fill, record)
    assert taken(path, state(record)).verdicts == [(Lack(record.id, "regions"), "")]


def test_a_value_is_taken_away(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.csv", lambda t: of(t, "成效", "驿站").update({"裁定": "修改", "修改为：时间": "空"}))
    assert taken(path).verdicts == [(Edit(made().outcomes[0].id, {"period": None}), "")]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"裁定": "大概对"}, "大概对"),
        ({"裁定": "修改"}, "nothing new"),
        ({"修改为：数值": "13"}, "without a verdict"),
        ({"裁定": "接受", "修改为：数值": "13"}, "contradicts"),
        ({"裁定": "修改", "修改为：数值": "十三"}, "no number"),
        ({"裁定": "修改", "修改为：类别": "好"}, "Output"),
        ({"裁定": "修改", "修改为：时间": "May-17"}, "May-17"),
        ({"裁定": "修改", "修改为：其他": "约数"}, "name=value"),
        ({"裁定": "修改", "修改为：其他": "颜色=红"}, "颜色"),
        ({"裁定": "修改", "修改为：引文": "原文没有的话"}, "no such words"),
        ({"裁定": "接受", "编号": "fact:none"}, "no statement"),
        ({"裁定": "增加"}, "no id"),
        ({"裁定": "接受", "校验": "v000000000"}, "it now says"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place_and_the_others_count(
    tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    def fill(table: list[dict[str, str]]) -> None:
        of(table, "成效", "驿站").update(changes)
        of(table, "成效", "服务").update(裁定="接受")

    path = filled(tmp_path / "a.csv", fill)
    found = taken(path)
    (error,) = found.refused
    row = 2 + [one["编号"] for one in exported(made())].index(made().outcomes[0].id)
    assert error.where == f"a.csv:{row}"
    assert named in str(error)
    assert found.verdicts == [(Accept(made().outcomes[1].id), "")]


def test_a_row_filled_in_before_the_value_changed_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.csv", work)
    later = replace(made(), outcomes=(replace(made().outcomes[0], kind="产出"), made().outcomes[1]))
    found = taken(path, state(later))
    assert [error.hint for error in found.refused] == ["export it again"]
    assert len(found.verdicts) == 3


def test_one_fact_in_two_rows_is_refused(tmp_path: Path) -> None:
    def twice(table: list[dict[str, str]]) -> None:
        row = of(table, "成效", "驿站")
        row.update(裁定="接受")
        table.append({**row, "裁定": "驳回"})

    found = taken(filled(tmp_path / "a.csv", twice))
    assert len(found.verdicts) == 1
    assert "the same as" in found.refused[0].what


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("甲,乙\n1,2\n".encode(), "编号"),
        (b"", "编号"),
        (b"\xff\xff\xff\x00", "encoding"),
        (b"PK\x03\x04 broken", "workbook"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        taken(path)
    assert named in str(error.value)
    assert "a.csv" in str(error.value)
