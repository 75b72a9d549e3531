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


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ({"practice_type": "工会驿站/户外劳动者服务站"}, "工会驿站/户外劳动者服务站"),
        ({"practice_type": "工会驿站"}, "工会驿站/户外劳动者服务站"),
        ({"practice_type": "collective_bargaining"}, "集体协商"),
        ({}, "集体协商"),
    ],
)
def test_a_term_may_be_given_by_label_alias_or_key(given: dict, bound: str) -> None:
    assert library.bind(library.find("timeline.earliest_records"), given)["practice_type"] == bound


@pytest.mark.parametrize(("given", "value"), [("3", 3), (3, 3)])
def test_numbers_may_be_given_as_text(given: object, value: int) -> None:
    assert library.bind(library.find("timeline.speed"), {"k": given}) == {"k": value}


def test_a_term_of_the_workspace_is_known(tmp_path: Path) -> None:
    (tmp_path / "practice_types.csv").write_text(
        "key,zh,en,aliases,broader\nmine,共享职工之家,Shared home,,\n", encoding="utf-8"
    )
    bound = library.bind(library.find("timeline.lags"), {"practice_type": "共享职工之家"}, tmp_path)
    assert bound["practice_type"] == "共享职工之家"


@pytest.mark.parametrize("given", ["省", "省级", "province"])
def test_a_level_may_be_given_in_chinese(given: str) -> None:
    assert library.bind(library.find("timeline.coverage"), {"level": given})["level"] == "province"


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match="level"):
        library.bind(library.find("timeline.coverage"), {"level": "星系"})
