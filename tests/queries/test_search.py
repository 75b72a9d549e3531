"""Search on a small collection whose answers can be worked out by reading it, and against plain reading of every entry."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.queries.searched import FIRST, SECOND, collection
from unionkg.errors import QueryError
from unionkg.queries.folding import folded
from unionkg.queries.search import Found, SearchIndex, near_names, search
from unionkg.queries.search_entries import document_entries, shared_entries, theme_names
from unionkg.queries.search_index import update


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    made = collection(folder)
    update(folder / "search.sqlite", made.projection(), made.texts)
    return folder / "search.sqlite"


def ids(found: Found) -> set[str]:
    return {hit.id for hit in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("顾村", {"case:a", "union:顾村镇总工会", "region:310113109"}),
        ("顧村", {"case:a", "union:顾村镇总工会", "region:310113109"}),
        ("寶山", {"case:c", "union:宝山区总工会", "union:顾村镇总工会", "region:310113", "region:310113109"}),
        ("热水", {"case:c"}),
        ("12351", {"case:a"}),
        ("app", {"case:a", "union:APP工会e家"}),
        ("ＡＰＰ", {"case:a", "union:APP工会e家"}),
        ("e家", {"case:a", "union:APP工会e家"}),
        ("E 家", {"case:a", "union:APP工会e家"}),
        ("1000人", {"case:a"}),
        ("93.5%", {"case:a"}),
        ("935", set()),
        ("协商覆盖", {"case:a"}),
        ("工会会员都来", set()),
        ("m2不限", {"case:c"}),
        ("编辑部", {"doc:一"}),
        ("网格 12351", {"case:a"}),
        ("网格 热水", set()),
        ("“集体 协商”覆盖率", {"case:a"}),
        ("“网格 12351”", set()),
        ("区·总·工会、让职工", {"case:c"}),
    ],
)
def test_what_contains_every_word_is_found(index: Path, text: str, wanted: set[str]) -> None:
    found = search(index, text, limit=1000)
    named = {one for one in ids(found) if not one.startswith(("practice_type:", "theme:", "target_group:"))}
    assert named == wanted
    assert found.total == len(found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gucun", {"union:顾村镇总工会", "region:310113109"}),
        ("gc", {"union:顾村镇总工会", "region:310113109"}),
        ("GuCun", {"union:顾村镇总工会", "region:310113109"}),
        ("minhang", {"union:闵行区总工会", "region:310112"}),
        ("mhqzgh", {"union:闵行区总工会"}),
        ("appghej", {"union:APP工会e家"}),
        ("ucun", set()),
        ("gucu", set()),
        ("gucun zong", {"union:顾村镇总工会"}),
    ],
)
def test_names_are_found_by_whole_syllables_and_initials(index: Path, text: str, wanted: set[str]) -> None:
    found = search(index, text, limit=1000)
    assert {one for one in ids(found) if one.startswith(("union:", "region:", "case:"))} == wanted
    assert {hit.matched for hit in found if hit.id in wanted} <= {"pinyin"}


def test_titles_are_not_searched_by_initials(index: Path) -> None:
    assert "case:b" not in ids(search(index, "xjd", limit=1000))


def test_hits_come_by_what_matches(index: Path) -> None:
    found = search(index, "顾村镇总工会", limit=10)
    told = [(hit.id, hit.matched) for hit in found]
    assert told == [("union:顾村镇总工会", "name"), ("case:a", "name")]
    assert [hit.matched for hit in search(index, "宝山")] == ["alias", "name", "name", "alias", "alias"]
    assert [(hit.id, hit.matched) for hit in search(index, "开展集体协商")] == [("case:a", "quote")]


def test_equal_hits_come_by_kind_name_and_id(index: Path) -> None:
    found = search(index, "总工会", limit=1000, label="TradeUnion")
    assert [hit.name for hit in found] == sorted(hit.name for hit in found)
    assert ids(search(index, "总工会", limit=2)) <= ids(search(index, "总工会", limit=3))


@pytest.mark.parametrize(
    ("text", "marked", "line"),
    [
        ("协商覆盖", "集体【协商覆盖】", 7),
        ("集体协商 覆盖率", "【集体协商覆盖率】达", 3),
        ("e家 12351", "【12351】热线。会员在ＡＰＰ“【e家】”", 4),
        ("app", "会员在【ＡＰＰ】“", 5),
        ("1000人", "共【1,000人】", 5),
        ("喝上热水", "讓職工【喝上熱水】", 1),
        ("热水 m2", "【熱水】寶山區總工會為職工送水，【㎡】", 1),
        ("编辑部", "由【编辑部】整理", 10),
        ("都来坐坐", "会员【都来坐坐】", 9),
    ],
)
def test_a_snippet_shows_the_words_as_printed_and_leads_to_their_line(
    index: Path, text: str, marked: str, line: int
) -> None:
    hit = next(hit for hit in search(index, text) if hit.label in {"PracticeCase", "Document"})
    assert marked in hit.snippet.marked()
    assert hit.line == line
    if hit.label == "PracticeCase":
        printed = (SECOND if hit.id == "case:c" else FIRST).split("\n")
        assert hit.snippet.pieces()
        assert hit.document in {"文献一", "文献二"}
        assert printed[line - 1]


def test_facets_count_all_hits_whatever_the_limit(index: Path) -> None:
    found = search(index, "工会", limit=1)
    everything = search(index, "工会", limit=1000)
    assert len(found) == 1
    assert found.total == everything.total == len(everything)
    assert found.facets == everything.facets
    by_label = {count.value: count.count for count in found.facets.label}
    assert by_label["TradeUnion"] == 5
    assert by_label["PracticeCase"] == 3
    regions = {count.name: count.count for count in search(index, "总工会", label="TradeUnion").facets.region}
    assert regions == {"上海市": 3, "浙江省": 1}
    assert [(c.value, c.count) for c in search(index, "总工会").facets.year] == [("2017", 1), ("2020", 1)]
    assert [(c.name, c.count) for c in search(index, "总工会", label="案例").facets.theme] == [
        ("基层工会建设", 1),
        ("工会服务职工", 1),
    ]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"label": "PracticeCase"}, {"case:a", "case:b", "case:c"}),
        ({"label": "案例"}, {"case:a", "case:b", "case:c"}),
        ({"label": "practicecase", "year": 2017}, {"case:a"}),
        ({"label": "案例", "year": "2018..2020"}, {"case:b", "case:c"}),
        ({"label": "案例", "year": "..2018"}, {"case:a", "case:b"}),
        ({"label": "案例", "region": "宝山区"}, {"case:a"}),
        ({"label": "案例", "region": "上海市宝山区"}, {"case:a"}),
        ({"label": "案例", "region": "上海"}, {"case:a", "case:c"}),
        ({"label": "案例", "region": "浙江"}, {"case:b"}),
        ({"label": "案例", "region": "330500"}, {"case:b"}),
        # 闸北区 went to 静安区: what was said of it counts there, and under its own name.
        ({"label": "案例", "region": "静安区"}, {"case:c"}),
        ({"label": "案例", "region": "闸北区"}, {"case:c"}),
        ({"label": "案例", "theme": "工会服务职工"}, {"case:b", "case:c"}),
        ({"label": "案例", "theme": "member_services"}, {"case:b", "case:c"}),
        ({"region": "湖州", "label": "TradeUnion"}, {"union:湖州市总工会"}),
        ({"region": "北京"}, set()),
    ],
)
def test_filters(index: Path, filters: dict[str, str], wanted: set[str]) -> None:
    found = search(index, "工会", limit=1000, **filters)  # type: ignore[arg-type]
    assert ids(found) == wanted
    assert found.total == len(wanted)


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"label": "Cases"}, "PracticeCase"),
        ({"region": "没有的地方"}, "six digits"),
        ({"theme": "服务"}, "工会服务职工"),
        ({"year": "去年"}, "2015..2019"),
        ({"year": ".."}, "2015..2019"),
    ],
)
def test_a_filter_that_names_nothing_says_what_there_is(index: Path, filters: dict[str, str], told: str) -> None:
    with pytest.raises(QueryError) as error:
        search(index, "工会", **filters)  # type: ignore[arg-type]
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["", "  ", "，。", "“”", "\n"])
def test_nothing_to_search_for_is_refused(index: Path, text: str) -> None:
    with pytest.raises(QueryError):
        search(index, text)


def test_near_names(index: Path) -> None:
    assert near_names(index, "闵行区工会")[0] == "闵行区总工会"
    assert near_names(index, "完全不相干的一句话") == ()


def test_an_index_answers_exactly_as_reading_every_entry_does(index: Path, tmp_path: Path) -> None:
    made = collection(tmp_path)
    projection = made.projection()
    entries = [*shared_entries(projection)]
    for graph in projection.documents:
        text = made.texts[graph.document].read_text(encoding="utf-8")
        entries += document_entries(graph, text, theme_names(projection))
    fields = [(entry.id, [folded(t) for t in (entry.name, *entry.others, entry.text)]) for entry in entries]
    opened = SearchIndex(index)
    chance = random.Random(5)
    tried = 0
    for _ in range(600):
        text = chance.choice(chance.choice(fields)[1])
        start, size = chance.randrange(max(len(text), 1)), chance.choice([1, 2, 3, 4, 6])
        word = text[start : start + size]
        if not word or not word.isalnum() or word.isascii():
            continue
        tried += 1
        assert ids(search(opened, word, limit=1000)) == {one for one, texts in fields if any(word in t for t in texts)}
    assert tried > 200


def test_hits_as_a_table(index: Path) -> None:
    found = search(index, "顾村")
    rows = found.rows()
    assert [row["id"] for row in rows] == [hit.id for hit in found]
    assert "【顾村】" in rows[0]["snippet"]
    assert "<table>" in found._repr_html_()
