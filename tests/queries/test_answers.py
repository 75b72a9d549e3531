"""Answers: rows, the statements behind each row, and what the footer counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.queries.asked import BARGAINING, projection
from tests.stores_of_tests import every_store, neo4j_session_server  # noqa: F401  fixtures
from unionkg.errors import QueryError
from unionkg.graph.build import update
from unionkg.graph.records import Page
from unionkg.graph.sentences import DocumentText
from unionkg.graph.stores import Target, reading
from unionkg.graph.stores.protocol import Rows, Store
from unionkg.queries import answers, library
from unionkg.queries.library import Query

HEAD = "// ---\n// zh: 问\n// en: ask\n// columns:\n//   name: {zh: 名称, en: name}\n// example: x\n{more}// ---\n"
OF_TYPE = (
    "MATCH (c:PracticeCase)-[a:APPLIED]->(:PracticeType {name: $practice_type})\n"
    "RETURN c.name AS name, [a] AS evidence ORDER BY name"
)


@pytest.fixture(scope="module")
def store(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:  # noqa: F811
    folder: Path = tmp_path_factory.mktemp("graph")
    update(every_store, folder, "workspace-q", projection())
    with reading(every_store, folder) as opened:
        yield opened


def query(statement: str, leaves_out: str = "", parameters: str = "") -> Query:
    more = (f"// leaves_out: [{leaves_out}]\n" if leaves_out else "") + parameters
    return library.parse(HEAD.replace("{more}", more) + statement, "own.q", "q.cypher")


TYPED = "// parameters: {practice_type: {type: string, default: 集体协商, values: practice_types, zh: 类, en: type}}\n"


def test_evidence_is_taken_off_the_rows(store: Store) -> None:
    answer = answers.run(query(OF_TYPE, parameters=TYPED), store, {})
    assert answer.columns == ("name",)
    assert [row[0] for row in answer.rows] == sorted(row[0] for row in answer.rows)
    assert all(statements[0]["quotes"] == [f"开展{BARGAINING}"] for statements in answer.evidence)


def test_each_row_comes_once_for_every_quote_behind_it(store: Store) -> None:
    answer = answers.run(query(OF_TYPE, parameters=TYPED), store, {})
    text = "第一行\n第二行\n"
    first = DocumentText(text, [Page(0, "7")])

    def told(document: str) -> tuple[str, DocumentText] | None:
        return (f"文献{document[-1]}", first) if document != "doc:b" else None

    shown = answers.with_evidence(answer, told)
    assert shown.columns == ("name", "document", "page", "line", "quote")
    rows = {row[0]: row[1:] for row in shown.rows}
    assert rows["宝山谈判"] == ("文献a", "7", 1, f"开展{BARGAINING}")
    assert rows["钢铁谈判"] == ("doc:b", None, None, f"开展{BARGAINING}")  # a document whose text is not at hand
    assert len(shown.rows) == len(answer.rows)


def test_a_row_without_a_sentence_behind_it_stays() -> None:
    bare = answers.answer(query("RETURN 1"), {}, Rows(("name", "evidence"), [("甲", [])]), {})
    assert answers.with_evidence(bare, lambda _: None).rows == [("甲", None, None, None, None)]


def test_an_entry_of_a_ledger_leads_to_its_row() -> None:
    entry = {"ledger": "ledger:1", "source": "覆盖台账", "place": "第3行", "row": "宝山区 | 否"}
    found = answers.answer(query("RETURN 1"), {}, Rows(("name", "evidence"), [("宝山区", [entry])]), {})
    assert answers.with_evidence(found, lambda _: None).rows == [("宝山区", "覆盖台账", "第3行", None, "宝山区 | 否")]


def test_columns_of_evidence_do_not_hide_columns_of_the_answer() -> None:
    found = answers.answer(query("RETURN 1"), {}, Rows(("document", "evidence"), [("甲", [])]), {})
    assert answers.with_evidence(found, lambda _: None).columns == (
        "document",
        "evidence_document",
        "page",
        "line",
        "quote",
    )


def test_a_query_without_evidence_is_answered_too(store: Store) -> None:
    answer = answers.run(query("MATCH (t:PracticeType {name: '集体协商'}) RETURN t.name AS name"), store, {})
    assert (answer.columns, answer.rows, list(answer.evidence)) == (("name",), [("集体协商",)], [()])


# 宝山, 湖州 and 宁波 (twice) are dated, 长兴 is known by its publication; 钢铁 has no date at all.
@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        ({"practice_type": BARGAINING}, {"undated": 1, "unbounded": 1, "unplaced": 0, "without_union": 0}),
        ({"practice_type": "送清凉"}, {"undated": 1, "unbounded": 0, "unplaced": 0, "without_union": 0}),
    ],
)
def test_what_is_left_out_is_counted(store: Store, given: dict[str, Any], left_out: dict[str, int]) -> None:
    asked = query(OF_TYPE, "undated, unbounded, unplaced, without_union", TYPED)
    assert answers.run(asked, store, given).left_out == left_out


def test_without_a_practice_type_all_accounts_are_counted(store: Store) -> None:
    asked = query("MATCH (t:PracticeType {name: '集体协商'}) RETURN t.name AS name", "undated, unplaced")
    assert answers.run(asked, store, {}).left_out == {"undated": 1, "unplaced": 0}


def test_the_footer_says_what_is_left_out_and_not_reviewed(store: Store) -> None:
    notes = answers.footer(answers.run(query(OF_TYPE, "undated", TYPED), store, {}))
    assert "1 accounts without any date" in notes[0]
    assert "6 statements, 6 of them not reviewed" in notes[1]


def test_how_a_parameter_was_understood_is_told(store: Store) -> None:
    region = TYPED.replace("}}", "}, region: {type: string, optional: true, values: regions, zh: 地区, en: region}}")
    given = {"practice_type": "collective_bargaining", "region": "宝山"}
    answer = answers.run(query(OF_TYPE, parameters=region), store, given)
    assert answers.understood(answer, given) == ["practice_type=集体协商", "region=上海市宝山区"]


def test_what_was_asked_is_told_as_people_write_it_and_once(store: Store) -> None:
    asked = library.find("timeline.earliest_records")
    given = {"practice_type": "collective_bargaining", "region": "宝山"}
    answer = answers.run(asked, store, given)
    told = answers.about(asked, answer.parameters, answers.understood(answer, given))
    assert told[2:] == ["practice_type=集体协商", "region=上海市宝山区", "years=any", "limit=20"]
    for years, shown in (
        ("2017..2019", "2017..2019"),
        ("2017..", "2017.."),
        ("..2019", "..2019"),
        (2017, "2017..2017"),
    ):
        answer = answers.run(asked, store, {"years": years})
        assert f"years={shown}" in answers.about(asked, answer.parameters, ())


def test_an_empty_answer_says_which_practice_type_nobody_named(store: Store) -> None:
    asked = library.find("timeline.earliest_records")
    empty = answers.footer(answers.run(asked, store, {"years": "2030"}))
    assert any("no practice type was named, so it was asked of 集体协商" in note for note in empty)
    for given in ({}, {"years": "2030", "practice_type": BARGAINING}, {"years": "2030", "做法类型": BARGAINING}):
        assert not any("was named" in n for n in answers.footer(answers.run(asked, store, given)))


def test_a_name_that_the_graph_does_not_have_is_an_error_not_an_empty_table(store: Store) -> None:
    named = "// parameters: {name: {type: string, values: unions, zh: 名, en: name}}\n"
    asked = query("MATCH (u:TradeUnion) WHERE u.name CONTAINS $name RETURN u.name AS name", parameters=named)
    assert answers.run(asked, store, {"name": "宝山"}).rows == [("宝山区总工会",)]
    with pytest.raises(QueryError) as error:
        answers.run(asked, store, {"name": "宝山区总公会"})
    assert "宝山区总工会" in (error.value.hint or "")


def test_what_a_question_needs_is_said_when_it_has_no_rows(store: Store) -> None:
    text = HEAD.replace("{more}", "// needs: {zh: 需要台账, en: needs a ledger}\n")
    asked = library.parse(text + "MATCH (n:Award {name: 'x'}) RETURN n.name AS name", "own.q", "q.cypher")
    assert "needs a ledger" in answers.footer(answers.run(asked, store, {}))


def test_counters_that_do_not_heed_a_region_say_so(store: Store) -> None:
    region = TYPED.replace("}}", "}, region: {type: string, optional: true, values: regions, zh: 地区, en: region}}")
    asked = query(OF_TYPE, "undated", region)
    assert "in all the material" in answers.footer(answers.run(asked, store, {"region": "宝山"}))[0]
    assert "in all the material" not in answers.footer(answers.run(asked, store, {}))[0]


@pytest.mark.parametrize(("limit", "more"), [(2, True), (50, False)])
def test_that_there_may_be_more_rows_is_said(store: Store, limit: int, more: bool) -> None:
    limited = TYPED.replace("}}", "}, limit: {type: integer, default: 50, zh: 行, en: rows}}")
    answer = answers.run(query(OF_TYPE + " LIMIT $limit", parameters=limited), store, {"limit": limit})
    assert answer.cut is more
    assert any("there may be more" in note for note in answers.footer(answer)) is more


def test_a_limit_below_zero_is_refused(store: Store) -> None:
    limited = TYPED.replace("}}", "}, limit: {type: integer, default: 50, zh: 行, en: rows}}")
    with pytest.raises(QueryError, match="limit"):
        answers.run(query(OF_TYPE + " LIMIT $limit", parameters=limited), store, {"limit": "-1"})


def test_why_a_routine_practice_type_has_no_order_is_said(store: Store) -> None:
    asked = library.find("timeline.earliest_records")
    notes = answers.footer(answers.run(asked, store, {"practice_type": "送清凉"}))
    assert any("送清凉 is what every union does" in note for note in notes)
    assert not any("every union" in n for n in answers.footer(answers.run(asked, store, {"practice_type": BARGAINING})))
