"""The same account gives the same record, whatever the file it comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.loaders import office_files as office
from tests.loaders import printing
from unionkg.graph.exchange.flat import flat
from unionkg.loaders.pipeline import Reading, read_file

BOOKLET = "案例选编.txt"
COLLECTIONS = (BOOKLET, "重点工作案例选登.txt", "工会新闻.txt")


def _read(path: Path) -> Reading:
    reading = read_file(path, path.name)
    for record in reading.records:
        for _, statement in record.statements():
            assert all(reading.text[e.start : e.end] == e.quote for e in statement.evidence)
    assert not reading.dropped
    return reading


def _facts(reading: Reading) -> list[dict[str, Any]]:
    kept = []
    for record in reading.records:
        data = flat(record, "")
        kept.append({key: value for key, value in data.items() if key not in {"first_line", "last_line", "spans"}})
    return kept


def _plain(tmp_path: Path, name: str) -> list[dict[str, Any]]:
    path = tmp_path / "plain.txt"
    path.write_text(office.example(name), encoding="utf-8")
    return _facts(_read(path))


def _write(path: Path, form: str, text: str) -> None:
    title = text.splitlines()[0]
    if form == "docx":
        office.write_docx(path, text)
    elif form == "pdf":
        printing.write(path, list(printing.set_in_columns(text.splitlines())))
    elif form == "html":
        path.write_text(f"<html><meta charset=utf-8><body>{office.html_body(text)}</body></html>", encoding="utf-8")
    elif form == "html of a site":
        body = office.html_body(text.partition("\n")[2])
        date = {"案例选编": "2018-05-20", "重点工作案": "2024-06-30"}.get(title[4:8], "2024-07-22")
        path.write_text(office.framed(body, title, date), encoding="utf-8")
    elif form == "html in GBK":
        page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>{office.html_body(text)}'
        path.write_bytes(page.encode("gb18030"))
    else:
        path.write_text(office.markdown(text), encoding="utf-8")


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize(
    ("form", "suffix"),
    [
        ("docx", ".docx"),
        ("pdf", ".pdf"),
        ("html", ".html"),
        ("html of a site", ".htm"),
        ("html in GBK", ".html"),
        ("markdown", ".md"),
    ],
)
def test_a_collection_reads_the_same_in_every_format(tmp_path: Path, name: str, form: str, suffix: str) -> None:
    path = tmp_path / f"collection{suffix}"
    _write(path, form, office.example(name))
    assert _facts(_read(path)) == _plain(tmp_path, name)


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.csv", "utf-8"), ("a.csv", "utf-8-sig"), ("a.csv", "gbk"), ("a.xlsx", "")]
)
def test_rows_of_a_table_read_as_the_accounts_of_the_booklet(tmp_path: Path, name: str, encoding: str) -> None:
    text = office.example(BOOKLET)
    accounts = office.cases(text)
    path = tmp_path / name
    if encoding:
        path.write_bytes(office.csv_text(accounts).encode(encoding))
    else:
        below = ["注：以上案例由各单位报送，共5个。", "示例市总工会开展了活动，参加职工900人。"]
        office.write_xlsx(path, accounts, "基层工会创新案例选编（示例）", below)
    # The award list of the booklet is not in the table.
    given = [{**fact, "honors": []} for fact in _plain(tmp_path, BOOKLET)]
    assert _facts(_read(path)) == given
