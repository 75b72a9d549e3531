"""The Python interface as a user has it: questions, results in the forms that people work with, one account in full."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from pyarrow import parquet

import unionkg
from tests.graph.test_result_rows import Table
from tests.stores_of_tests import every_store, neo4j_session_server  # noqa: F401  fixtures
from unionkg import CaseView, KnowledgeGraph, Rows
from unionkg.errors import InputError
from unionkg.graph.stores import Target
from unionkg.graph.verdicts import Accept, Add, Edit, Reject, Split
from unionkg.loading import load_files
from unionkg.reviewing import Desk

TITLE = "组建网格工会，服务送到楼下"
UNION = "虹口区欧阳路街道总工会"
EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def kg(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:  # noqa: F811
    """The bundled example, read and built in each store."""
    folder = tmp_path_factory.mktemp("workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNIONKG_LANG", "en")
        graph = unionkg.open(folder / "graph", store=every_store.uri or "embedded")
        report = graph.load(str(files("unionkg") / "example"))
        assert report.behind is None
        yield graph


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one booklet of the example, for tests that need no graph; to be copied before it is changed."""
    folder = tmp_path_factory.mktemp("booklet")
    read_without_graph(unionkg.open(folder), Path(str(files("unionkg") / "example" / "案例选编.txt")))
    return folder


@pytest.fixture
def booklet(example: Path, tmp_path: Path) -> KnowledgeGraph:
    """A copy of it, to be changed."""
    shutil.copytree(example, tmp_path / "copy")
    return unionkg.open(tmp_path / "copy", create=False)


def read_without_graph(graph: KnowledgeGraph, path: Path) -> None:
    assert not load_files(graph.workspace, [path]).failed


def fact(view: CaseView, field: str, words: str) -> str:
    return next(one.id for one in view.facts if one.field == field and words in one.value)


def test_a_question_answers_with_rows_in_every_form(kg: KnowledgeGraph, tmp_path: Path) -> None:
    answer = kg.query("timeline.earliest_records", practice_type="工会驿站/户外劳动者服务站")
    assert isinstance(answer, Rows)
    assert len(answer) == len(answer.records()) == len(answer.to_pandas()) == answer.to_arrow().num_rows > 0
    assert answer[0] == dict(zip(answer.columns, answer.rows[0], strict=True)) == next(iter(answer))
    assert list(answer.to_pandas().columns) == answer.to_arrow().column_names == list(answer.columns)
    parquet.write_table(answer.to_arrow(), tmp_path / "answer.parquet")
    assert len(Table(answer._repr_html_()).rows) == len(answer) + 1


def test_relationships_of_a_result_are_a_network(kg: KnowledgeGraph) -> None:
    rows = kg.cypher("MATCH (u:TradeUnion)-[r:INITIATED]->(c:PracticeCase) RETURN r ORDER BY r.id")
    ends = kg.cypher("MATCH (u:TradeUnion)-[r:INITIATED]->(c:PracticeCase) RETURN u.id, c.id, r.id ORDER BY r.id")
    graph = rows.to_networkx()
    assert sorted(graph.edges(keys=True)) == sorted(ends.rows)
    assert len(graph.edges) == len(rows) > 5
    assert not any(graph.nodes[node]["_labels"] for node in graph)


def test_paths_of_a_result_are_a_network_with_names(kg: KnowledgeGraph) -> None:
    rows = kg.cypher(
        "MATCH p = (:TradeUnion {name: $union})-[:INITIATED]->(:PracticeCase)-[:SERVED]->(:TargetGroup) "
        "RETURN {path: p} AS found",
        {"union": UNION},
    )
    graph = rows.to_networkx()
    names = {data["name"]: data["_labels"] for _, data in graph.nodes(data=True)}
    assert names[UNION] == ["TradeUnion"]
    assert names[TITLE] == ["PracticeCase"]
    initiated = [data for *_, data in graph.edges(data=True) if data["_type"] == "INITIATED"]
    assert [data["quotes"] for data in initiated] == [[UNION]]
    text = Table(Rows(("p",), [(rows[0]["found"]["path"],)])._repr_html_()).rows[1][0]
    assert text.startswith(f"({UNION}:TradeUnion)-[:INITIATED]->({TITLE}:PracticeCase)-[:SERVED]->(")


def test_a_result_of_nodes_is_written_as_parquet(kg: KnowledgeGraph, tmp_path: Path) -> None:
    rows = kg.cypher("MATCH (c:PracticeCase)-[r]->(n) RETURN c, r, n, labels(n) AS labels ORDER BY r.id")
    parquet.write_table(rows.to_arrow(), tmp_path / "rows.parquet")
    assert parquet.read_table(tmp_path / "rows.parquet").num_rows == len(rows) > 50
    assert rows.to_pandas()["c"].map(lambda node: node["name"]).nunique() == 13


def test_the_statements_of_a_case_are_relationships_of_the_graph(kg: KnowledgeGraph) -> None:
    view = kg.case(TITLE)
    found = kg.cypher("MATCH (c:PracticeCase {id: $id})-[r {case_id: $id}]-() RETURN r.id AS id", {"id": view.id})
    ids = {one.id for one in view.facts if one.field not in {"title", "started"}}
    assert ids <= {row["id"] for row in found}


@pytest.mark.parametrize("how", ["id", "bare id", "title", "title with other blanks"])
def test_a_case_is_found_by_id_and_title(booklet: KnowledgeGraph, how: str) -> None:
    identifier = next(case.record.id for case in booklet.corpus().cases if case.record.title.value == TITLE)  # type: ignore[union-attr]
    named = {
        "id": identifier,
        "bare id": f" {identifier.removeprefix('case:')} ",
        "title": TITLE,
        "title with other blanks": " ".join(TITLE),
    }[how]
    view = booklet.case(named)
    assert (view.id, view.name) == (identifier, TITLE)
    assert view.document.published == "2018-05"
    assert repr(view) == f"<CaseView {identifier} {TITLE}>"


def test_a_case_has_its_text_and_sections_as_printed(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    printed = (files("unionkg") / "example" / "案例选编.txt").read_text(encoding="utf-8").split("\n")
    assert [line.text for line in view.lines] == [printed[line.number - 1] for line in view.lines]
    assert [(part.kind, part.heading) for part in view.sections] == [
        ("背景", "背景"),
        ("做法", "做法"),
        ("成效", "成效"),
    ]
    practice = view.sections[1].text.split("\n")
    assert [line[:2] for line in practice] == ["一是", "二是", "三是"]
    assert practice == [line.text for line in view.lines if line.text in practice]


def test_every_quote_is_marked_in_the_text_where_it_stands(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    inside = {line.number for line in view.lines}
    checked = 0
    for one in view.facts:
        if {sentence.line for sentence in one.sentences} <= inside:
            marked = "".join(piece.text for line in view.lines for piece in line.pieces if one.id in piece.facts)
            assert all(evidence.quote in marked for evidence in one.statement.evidence)
            checked += 1
    assert checked > 10
    assert fact(view, "honors", "十大创新案例") not in {f for line in view.lines for p in line.pieces for f in p.facts}


def test_a_case_prints_values_with_their_sentences(booklet: KnowledgeGraph) -> None:
    text = str(booklet.case(TITLE))
    assert text.splitlines()[0] == TITLE
    assert "基层工会创新案例选编（示例）" in text.splitlines()[1]
    assert "  新增会员 674人（产出）\n    line 34: " in text
    assert "【新增会员674人】" in text


def test_a_case_is_plain_data_for_json(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    told = json.loads(json.dumps(view.to_dict()))
    assert told == view.to_dict()
    outcomes = next(field for field in told["fields"] if field["name"] == "outcomes")
    members = next(one for one in outcomes["facts"] if one["attributes"]["indicator"] == "新增会员")
    assert (members["attributes"]["value"], members["attributes"]["unit"]) == (674, "人")
    assert members["sentences"][0]["line"] == 34
    assert [p["text"] for p in members["sentences"][0]["pieces"] if p["quoted"]] == ["新增会员674人"]
    assert members["evidence"][0]["quote"] == "新增会员674人"
    assert told["review"] == {"unreviewed": len(view.facts), "accepted": 0, "corrected": 0, "rejected": 0}
    assert [field["label"] for field in told["fields"]][:2] == ["title", "union"]


def test_a_notebook_shows_a_case_with_quotes_marked(booklet: KnowledgeGraph) -> None:
    page = booklet.case(TITLE)._repr_html_()
    rows = Table(page).rows
    assert rows[0] == ["field", "value", "text", "place", "review"]
    assert "<mark>新增会员674人</mark>" in page
    assert f'title="union: {UNION}（' in page
    assert page.index("<h4>background</h4>") < page.index("【背景】") < page.index("<h4>practice</h4>")


@pytest.mark.parametrize("path", ["_repr_html_", "__str__"])
def test_the_language_of_a_case_is_the_users(
    booklet: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    told = getattr(booklet.case(TITLE), path)()
    assert "未复核 18" in told
    assert "第 34 行" in told
    assert "unreviewed" not in told


def test_what_a_document_says_cannot_run_in_a_notebook(tmp_path: Path) -> None:
    text = (files("unionkg") / "example" / "案例选编.txt").read_text(encoding="utf-8")
    text = text.replace("服务送到楼下", f"服务{EVIL}送到楼下").replace("新增会员674人", f"新增会员674人{EVIL}")
    text = text.replace("基层工会创新案例选编（示例）", "基层工会创新案例选编<img src=x onerror=alert(1)>")
    (tmp_path / "evil.txt").write_text(text, encoding="utf-8")
    graph = unionkg.open(tmp_path / "workspace")
    read_without_graph(graph, tmp_path / "evil.txt")
    view = next(v for case in graph.corpus().cases if EVIL in (v := graph.case(case.record.id)).name)
    page = view._repr_html_()
    parsed = Table(page)
    allowed = {"div", "style", "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "br", "mark", "details"}
    assert {tag for tag, _ in parsed.tags} <= {*allowed, "summary"}
    assert {name for _, attributes in parsed.tags for name in attributes} <= {"class", "title", "rowspan", "open"}
    assert page.count("&lt;script&gt;") >= 4
    assert EVIL not in page


def test_what_people_decided_is_seen_in_a_case(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    members, gone = fact(view, "outcomes", "新增会员"), fact(view, "outcomes", "工会工作网格")
    desk = Desk(booklet.workspace)
    desk.decide([Accept(members), Reject(gone)], by="张三", why="核对")
    desk.decide([Edit(fact(view, "outcomes", "覆盖率"), {"value": 93.0})], by="张三")
    desk.decide([Add(view.id, "platforms", {"value": "会员卡"}, "会员卡")], by="李四")
    after = booklet.case(view.id)
    assert (after.review.accepted, after.review.corrected, after.review.rejected) == (1, 2, 1)
    assert gone not in {one.id for one in after.facts}
    told = after.to_dict()
    assert [(one["id"], one["field"], one["by"]) for one in told["rejected"]] == [(gone, "outcomes", "张三")]
    added = next(one for one in after.facts if one.field == "platforms")
    assert (added.value, added.review, added.history[0].by) == ("会员卡", "corrected", "李四")
    assert "新增会员 674人（产出）  [accepted]" in str(after)
    assert "rejected 1" in str(after)
    assert "张三" in json.dumps(told, ensure_ascii=False)


def test_the_parts_of_a_split_account_are_found_by_their_ids(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    Desk(booklet.workspace).decide([Split(view.id, 31)], by="张三")
    first, second = booklet.case(view.id), booklet.case(f"{view.id}.2")
    assert first.lines[-1].number == 30
    assert second.lines[0].number == 31
    assert [part.kind for part in second.sections] == ["成效"]
    assert [part.text for part in first.sections][1].endswith("再单独建会。")


def test_an_unknown_case_is_told_with_near_ones(booklet: KnowledgeGraph) -> None:
    view = booklet.case(TITLE)
    with pytest.raises(InputError) as caught:
        booklet.case("组建网格工会")
    assert f"{TITLE}（{view.id}）" in str(caught.value)
    for named in ("case:00000000", "00000000", view.id + ".2", view.id[:-1]):
        with pytest.raises(InputError, match="no account of this id") as caught:
            booklet.case(named)
        assert "unionkg search" in str(caught.value)
    for named in ("", "  ", "zzz"):
        with pytest.raises(InputError):
            booklet.case(named)


def test_of_two_accounts_of_one_title_the_ids_are_named(booklet: KnowledgeGraph, tmp_path: Path) -> None:
    text = (files("unionkg") / "example" / "案例选编.txt").read_text(encoding="utf-8")
    (tmp_path / "again.txt").write_text(text.replace("2018年5月", "2019年6月"), encoding="utf-8")
    read_without_graph(booklet, tmp_path / "again.txt")
    twins = [case.record.id for case in booklet.corpus().cases if case.record.title.value == TITLE]  # type: ignore[union-attr]
    with pytest.raises(InputError, match="2 accounts are called") as caught:
        booklet.case(TITLE)
    assert len(twins) == 2
    assert all(twin in str(caught.value) for twin in twins)


@pytest.mark.parametrize("of", [KnowledgeGraph, Rows, CaseView])
def test_what_users_call_is_documented_and_typed(of: type) -> None:
    for name, member in inspect.getmembers(of, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
            signature = inspect.signature(member)
            assert signature.return_annotation is not signature.empty, name
            told = [one for one in signature.parameters.values() if one.name != "self"]
            assert all(one.annotation is not one.empty for one in told), name


@pytest.mark.parametrize("name", ["query", "cypher", "search", "case"])
def test_the_main_questions_are_documented_as_numpy_does(name: str) -> None:
    told = inspect.getdoc(getattr(KnowledgeGraph, name)) or ""
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"\n{section}\n{'-' * len(section)}\n" in told, section


def test_the_package_shows_its_public_names_and_is_typed() -> None:
    assert set(unionkg.__all__) == set(dir(unionkg))
    assert all(getattr(unionkg, name) is not None for name in unionkg.__all__)
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = unionkg.nonesuch  # type: ignore[attr-defined]
    assert (files("unionkg") / "py.typed").is_file()
