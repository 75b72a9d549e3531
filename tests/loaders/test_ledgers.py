"""Coverage ledgers: who has a practice, who has not, and what nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

import unionkg
from unionkg.errors import RecordError
from unionkg.graph.ledgers import Ledger, LedgerEntry, coverage_relationships
from unionkg.graph.structure import vocabularies
from unionkg.loaders.ledgers import read_ledger
from unionkg.loading import load_files

LONG = [
    ["示例省工会重点工作覆盖台账（截至2023年12月）"],
    [],
    ["序号", "地区", "实践类型", "时间", "是否开展", "数量（个）", "应建数", "备注"],
    ["1", "杭州市", "工会驿站", "2023-06", "是", "120", "200", ""],
    ["2", "湖州市长兴县", "集体协商制度", "", "否", "", "", "明年安排"],
    ["3", "嘉兴市总工会", "职工夜校", "2023年5月1日", "√", "3", "", ""],
    ["4", "绍兴市", "工会驿站", "", "", "", "", ""],
    ["", "合计", "", "", "", "123", "200", ""],
    ["注：空白为未填报。"],
]


def _csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(",".join(row) for row in rows).encode(encoding))
    return path


def _read(path: Path) -> Ledger:
    ledger = read_ledger(path, path.name)
    assert ledger is not None
    return ledger


def _facts(ledger: Ledger) -> list[tuple[object, ...]]:
    def told(entry: LedgerEntry) -> tuple[object, ...]:
        return (entry.region, entry.practice_type, entry.status, entry.number, entry.denominator, entry.date)

    return [told(entry) for entry in ledger.entries]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_long_form(tmp_path: Path, encoding: str) -> None:
    ledger = _read(_csv(tmp_path / "a.csv", LONG, encoding))
    assert ledger.record.title == "示例省工会重点工作覆盖台账（截至2023年12月）"
    assert _facts(ledger) == [
        ("330100", "工会驿站/户外劳动者服务站", "开展", 120, 200, "2023-06"),
        ("330522", "集体协商", "未开展", None, None, "2023-12"),
        ("330400", "new:职工夜校", "开展", 3, None, "2023-05-01"),
    ]
    first = ledger.entries[0]
    assert (first.place, first.unit, first.practice_printed) == ("第4行", "个", "工会驿站")
    assert "杭州市" in first.quote
    assert not ledger.record.unresolved


def test_wide_form_with_merged_regions(tmp_path: Path) -> None:
    path = tmp_path / "2024年覆盖情况.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("湖州")
        sheet.write_row(0, 0, ["市", "区县", "工会驿站（个）", "集体协商", "爱心妈咪小屋", "职工人数"])
        sheet.merge_range(1, 0, 2, 0, "湖州市")
        sheet.write_row(1, 1, ["吴兴区", 12, "是", "否", 1000])
        sheet.write_row(2, 1, ["长兴县", 0, "—", "", 2000])
    ledger = _read(path)
    assert _facts(ledger) == [
        ("330502", "工会驿站/户外劳动者服务站", "开展", 12, None, "2024"),
        ("330502", "集体协商", "开展", None, None, "2024"),
        ("330502", "爱心妈咪小屋", "未开展", None, None, "2024"),
        ("330522", "工会驿站/户外劳动者服务站", "未开展", 0, None, "2024"),
    ]
    assert ledger.entries[0].place == "湖州 第2行"


def test_names_are_told_apart_by_the_title(tmp_path: Path) -> None:
    rows = [
        ["辽宁省朝阳市集体协商台账"],
        ["地区", "项目", "是否开展"],
        ["双塔区", "集体协商", "是"],
        ["龙城区", "集体协商", "否"],
    ]
    assert [entry.region for entry in _read(_csv(tmp_path / "a.csv", rows)).entries] == ["211302", "211303"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["某新区", "集体协商", "是", ""], "region_unknown"),
        (["", "集体协商", "是", ""], "region_missing"),
        (["杭州市", "", "是", ""], "practice_missing"),
        (["杭州市", "集体协商", "正在研究", ""], "value_unreadable"),
        (["杭州市", "集体协商", "否", "12"], "contradiction"),
    ],
)
def test_rows_that_cannot_be_read_are_told_with_their_place(tmp_path: Path, row: list[str], reason: str) -> None:
    known = [["宁波市", "集体协商", "是", ""], ["绍兴市", "集体协商", "否", ""]]
    path = _csv(tmp_path / "a.csv", [["地区", "实践类型", "是否开展", "数量"], *known, row])
    ledger = _read(path)
    assert [(one.place, one.reason) for one in ledger.record.unresolved] == [("第4行", reason)]
    assert len(ledger.entries) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "案例名称", "申报单位"], ["1", "建驿站", "杭州市总工会"]],
        [
            ["案例名称", "地区", "主要做法"],
            ["建驿站", "杭州市", "杭州市总工会建成工会驿站100个，服务户外劳动者三万人次，受到职工普遍欢迎。"],
        ],
        [["单位", "项目", "数量"], ["某某公司", "桌子", "3"], ["某某学校", "椅子", "4"]],
        [["姓名", "电话"], ["张三", "1"]],
    ],
)
def test_other_tables_are_no_ledgers(tmp_path: Path, rows: list[list[str]]) -> None:
    assert read_ledger(_csv(tmp_path / "a.csv", rows), "a.csv") is None


def test_other_files_are_no_ledgers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("地区,实践类型,是否开展\n杭州市,集体协商,是\n", encoding="utf-8")
    assert read_ledger(tmp_path / "a.txt", "a.txt") is None


def test_a_workspace_keeps_replaces_and_removes_ledgers(tmp_path: Path) -> None:
    path = _csv(tmp_path / "台账.csv", LONG)
    kg = unionkg.open(tmp_path / "w")
    assert kg.load(path, dry_run=True).ledgers
    assert not kg.ledgers()
    first = kg.load(path)
    assert [one.changed for one in first.ledgers] == [True]
    assert not first.loaded
    assert not first.failed
    assert [one.changed for one in kg.load(path).ledgers] == [False]

    _csv(path, [*LONG[:5], ["3", "绍兴市", "工会驿站", "", "是", "9", "", ""]])
    again = kg.load(path)
    assert [ledger.record.id for ledger in kg.ledgers()] == [first.ledgers[0].ledger.record.id]
    assert kg.ledgers()[0] == again.ledgers[0].ledger
    assert [r.type for r in kg.projection().structure[1] if r.type == "COVERAGE"] == ["COVERAGE"] * 3

    assert kg.remove("台账.csv").id == first.ledgers[0].ledger.record.id
    assert not kg.ledgers()
    assert not any(r.type == "COVERAGE" for r in kg.projection().structure[1])


def test_a_confirmed_absence_is_in_the_graph_with_its_row(tmp_path: Path) -> None:
    pytest.importorskip("arcadedb_embedded")
    kg = unionkg.open(tmp_path / "w")
    kg.load(_csv(tmp_path / "台账.csv", LONG))
    rows = kg.cypher(
        "MATCH (r:Region)-[c:COVERAGE {status: '未开展'}]->(p:PracticeType) RETURN r.code, p.name, c.date, c.place, c.row"
    ).rows
    assert [list(row) for row in rows] == [
        ["330522", "集体协商", "2023-12", "第5行", "2 | 湖州市长兴县 | 集体协商制度 | 否 | 明年安排"]
    ]
    kg.remove("台账.csv")
    assert kg.cypher("MATCH ()-[c:COVERAGE]->() RETURN count(c)").rows[0][0] == 0


def test_a_broken_ledger_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path / "w")
    (tmp_path / "w" / "ledgers" / "a").mkdir(parents=True)
    path = tmp_path / "w" / "ledgers" / "a" / "ledger.jsonl"
    path.write_text('{"id": "ledger:a"}\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        kg.ledgers()
    assert str(path) in str(caught.value)
    assert "load the ledger again" in str(caught.value)


def test_regions_that_ended_long_ago_are_in_the_graph_and_in_rdf(tmp_path: Path) -> None:
    header = ["地区", "实践类型", "时间", "是否开展"]
    path = _csv(
        tmp_path / "a.csv", [header, ["万县市", "集体协商", "1996", "是"], ["渝中区", "职工夜校", "2010", "否"]]
    )
    kg = unionkg.open(tmp_path / "kg")
    load_files(kg.workspace, [path])
    nodes, ties = kg.projection().structure
    there = {(node.label, node.id) for node in nodes}
    told = [tie for tie in ties if tie.type == "COVERAGE"]
    assert len(told) == 2
    assert all(end in there for tie in told for end in (tie.start, tie.end))
    assert kg.rdf_text().count("ukg:coverageStatus") == 2


def test_two_columns_of_one_practice_type_are_both_kept(tmp_path: Path) -> None:
    ledger = _read(_csv(tmp_path / "a.csv", [["地区", "工会驿站", "户外劳动者服务站"], ["杭州市", "是", "否"]]))
    ties = coverage_relationships(ledger, vocabularies())
    assert {(tie.properties["printed"], tie.properties["status"]) for tie in ties} == {
        ("工会驿站", "开展"),
        ("户外劳动者服务站", "未开展"),
    }
