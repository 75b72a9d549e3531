"""Headers and parameters of query packs: what is wrong is said, with the file and what is near."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionkg.errors import QueryError
from unionkg.queries import library

HEAD = "// ---\n// zh: 问\n// en: ask\n// columns:\n//   n: {zh: 数, en: number}\n// example: unionkg query run a.b\n// ---\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MATCH (n) RETURN n", "// ---"),
        (HEAD.replace("// en: ask\n", "") + "RETURN 1 AS n", "en"),
        (HEAD.replace("// en: ask", "// en: [") + "RETURN 1 AS n", "YAML"),
        (
            HEAD.replace("// columns", "// parameters: {x: {type: date, zh: 甲, en: x}}\n// columns") + "RETURN 1 AS n",
            "date",
        ),
        (HEAD.replace("// columns", "// parameters: {x: 3}\n// columns") + "RETURN 1 AS n", "x"),
        (HEAD.replace("// zh: 问", "// zh: 问\n// colour: red") + "RETURN 1 AS n", "columns"),
        (HEAD.replace("// zh: 问", "// zh: 问\n// leaves_out: [weather]") + "RETURN 1 AS n", "weather"),
        (HEAD.replace("// zh: 问", "// zh: 问\n// needs: more") + "RETURN 1 AS n", "needs"),
        (HEAD.replace("n: {zh: 数, en: number}", "n: 数") + "RETURN 1 AS n", "n"),
        (
            HEAD.replace("// columns", "// parameters: {evidence: {type: string, zh: 甲, en: x}}\n// columns")
            + "RETURN 1",
            "evidence",
        ),
        (HEAD, "statement"),
    ],
)
def test_a_broken_header_names_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "mine" / "q.cypher"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as error:
        library.queries(tmp_path)
    assert named in str(error.value)
    assert "q.cypher" in str(error.value)


def test_a_users_query_is_listed_and_may_stand_for_ours(tmp_path: Path) -> None:
    for name in ("mine/q", "timeline/speed"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.cypher").write_text(HEAD + "RETURN 1 AS n;", encoding="utf-8")
    found = {query.name: query for query in library.queries(tmp_path)}
    assert found["mine.q"].statement == "RETURN 1 AS n"
    assert found["timeline.speed"].question_zh == "问"
    assert len(found) == len(library.queries()) + 1


def test_a_query_directly_in_the_folder_belongs_to_the_pack_own(tmp_path: Path) -> None:
    (tmp_path / "q.cypher").write_text(HEAD + "RETURN 1 AS n;", encoding="utf-8")
    assert library.find("own.q", tmp_path).statement == "RETURN 1 AS n"


@pytest.mark.parametrize(
    ("name", "found"),
    [("timeline.speed", "timeline.speed"), ("speed", "timeline.speed"), ("superiors", "organisation.superiors")],
)
def test_the_pack_may_be_left_out(name: str, found: str) -> None:
    assert library.find(name).name == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("timeline.sped", "timeline.speed"),
        ("superior", "organisation.superiors"),
        ("上级", "levels.superior_involvement"),
        ("最早记载", "timeline.earliest_records"),
        ("最早记载", "timeline.speed"),
    ],
)
def test_near_names_are_told(name: str, near: str) -> None:
    with pytest.raises(QueryError) as error:
        library.find(name)
    assert near in (error.value.hint or "")


def test_a_near_name_is_told_with_its_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    with pytest.raises(QueryError) as error:
        library.find("最早记载")
    assert "timeline.earliest_records  某类做法，哪些工会在资料中最早有记载？" in (error.value.hint or "")


def test_words_that_no_question_has_suggest_nothing() -> None:
    with pytest.raises(QueryError) as error:
        library.find("量子纠缠")
    assert "query list" in (error.value.hint or "")


def test_packs_are_listed_in_their_order() -> None:
    packs = list(dict.fromkeys(query.pack for query in library.queries()))
    assert packs == [pack for pack in library.PACKS if pack in packs]


def test_a_broken_file_stops_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "broken.cypher").write_text("RETURN 1", encoding="utf-8")
    (tmp_path / "q.cypher").write_text(HEAD + "RETURN 1 AS n;", encoding="utf-8-sig")
    assert library.find("own.q", tmp_path).statement == "RETURN 1 AS n"
    assert library.find("timeline.speed", tmp_path).name == "timeline.speed"
    with pytest.raises(QueryError, match="broken"):
        library.queries(tmp_path)
    good, broken = library.readable(tmp_path)
    assert {"own.q", "timeline.speed"} <= {query.name for query in good}
    assert list(broken) == ["own.broken"]


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.cypher").write_bytes((HEAD + "RETURN 1").encode("gbk"))
    with pytest.raises(QueryError, match="UTF-8"):
        library.queries(tmp_path)
