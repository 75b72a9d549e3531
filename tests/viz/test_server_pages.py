"""The explorer page as a server gives it: what it may load, its data, and questions answered for people."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import unionkg
from tests.served import Answer, Client, served, workers
from unionkg.graph.stores.guarded import Limits
from unionkg.knowledge_graph import KnowledgeGraph

LIMITS = Limits(seconds=30, waiting_seconds=60)
EXAMPLE = Path(str(files("unionkg"))) / "example"
DATA, STATE = "/page/data.json", "/page/state.json"
PARTS = ("/", "/page/app.js", "/page/app.css", "/page/plotly.js", DATA, STATE)


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    kg = unionkg.open(tmp_path_factory.mktemp("kg"))
    kg.load(EXAMPLE / "案例选编.txt")
    return kg


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[Client]:
    with served(kg, LIMITS) as (client, guards):
        guards.warm()
        yield client


@pytest.fixture(scope="module")
def data(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(DATA).json
    return found


def test_the_page_may_load_nothing_but_what_comes_from_here(client: Client) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert re.fullmatch(r"'self'(?: 'sha256-[A-Za-z0-9+/]+=*')*", policy["style-src"])
    for name in ("default-src", "frame-ancestors", "base-uri", "form-action"):
        assert policy[name] == "'none'"
    text = page.content.decode()
    assert re.findall(r'(?:src|href)="([^"]*)"', text) == ["data:,", "/page/app.css", "/page/app.js"]
    assert (
        re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", text) is None
    )  # nothing that the policy would stop


def test_the_page_itself_holds_nothing_of_the_graph(client: Client, data: dict[str, Any]) -> None:
    page = client.get("/").content.decode()
    assert not any(account["name"] in page for account in data["accounts"])


@pytest.mark.parametrize("path", ["/page/app.js", "/page/app.css", "/page/plotly.js", DATA])
def test_parts_of_the_page_come_packed_or_plain(client: Client, path: str) -> None:
    plain, packed = client.get(path), client.get(path, Accept_Encoding="br, gzip;q=0.8")
    assert (plain.status, packed.headers["content-encoding"]) == (200, "gzip")
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_the_scripts_are_those_of_the_page_and_of_the_server(client: Client) -> None:
    script = client.get("/page/app.js").content.decode()
    assert 'view("search"' in script
    assert 'view("overview"' in script


def test_the_data_is_that_of_the_graph_and_says_that_it_is_live(
    client: Client, kg: KnowledgeGraph, data: dict[str, Any]
) -> None:
    assert {one["id"] for one in data["accounts"]} == {case.record.id for case in kg.corpus().cases}
    about, state = data["about"], client.get(STATE).json
    assert (about["live"], about["edit"], about["build"]) == (True, False, state["build"])
    assert state == {"build": about["build"], "edit": False}
    built = kg.state()
    assert built is not None
    assert about["built"] == built.built


def test_the_data_opens_in_the_language_of_the_request(client: Client, data: dict[str, Any]) -> None:
    assert data["about"]["language"] == "en"
    other = client.get(DATA, Accept_Language="zh-CN").json
    assert other["about"]["language"] == "zh"
    assert other["accounts"] == data["accounts"]


def test_every_part_needs_the_token_where_there_is_one(kg: KnowledgeGraph) -> None:
    with served(kg, LIMITS, token="a-token-of-the-tests-0123456789", local=False) as (client, _):
        assert {client.get(path).status for path in PARTS} == {401}


def test_the_data_follows_a_new_build(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path)
    kg.load(EXAMPLE / "工会新闻.txt")
    with served(kg, LIMITS) as (client, _):
        before = client.get(DATA).json
        kg.load(EXAMPLE / "重点工作案例选登.txt")
        after = client.get(DATA).json
    assert len(after["documents"]) == len(before["documents"]) + 1
    assert after["about"]["build"] != before["about"]["build"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_others_are_answered_while_the_data_is_made_once_for_all_who_ask(kg: KnowledgeGraph) -> None:
    with served(kg, replace(LIMITS, waiting_seconds=4)) as (client, _):
        assert client.cypher("RETURN 1 AS x").status == 200
        others = set(workers())
        answers: list[Answer] = []

        def ask() -> None:
            answers.append(client.get(DATA))

        asking = [threading.Thread(target=ask) for _ in range(3)]
        for one in asking:
            one.start()
        until = time.monotonic() + 30
        while not (made := set(workers()) - others):
            assert time.monotonic() < until
            time.sleep(0.01)
        (child,) = made
        os.kill(child, signal.SIGSTOP)
        try:
            assert client.cypher("RETURN 1 AS x").status == 200
            assert client.get("/api/queries/timeline.earliest_records").status == 200
            for one in asking:
                one.join()
            assert {answer.status for answer in answers} == {429}
            assert all("retry-after" in answer.headers for answer in answers)
            assert set(workers()) - others == {child}
        finally:
            os.kill(child, signal.SIGCONT)
        until = time.monotonic() + 60
        while client.get(DATA).status == 429:
            assert time.monotonic() < until
        assert client.get(DATA).status == 200
        assert set(workers()) <= others


# ---------------------------------------------------------------- questions as forms


def test_a_question_is_answered_for_people(client: Client, kg: KnowledgeGraph) -> None:
    path = "/api/queries/organisation.unions/rows"
    zh = client.get(path, {"format": "page"}, Accept_Language="zh").json
    plain = client.get(path).json
    assert [column["name"] for column in zh["columns"]] == plain["columns"]
    assert "工会" in [column["title"] for column in zh["columns"]]
    levels = [column["name"] for column in zh["columns"]].index("level")
    assert {row[levels] for row in zh["rows"]} - {None} <= {
        "省级",
        "地市级",
        "县级",
        "乡镇街道",
        "村社区",
        "基层",
        "全国",
    }
    assert len(zh["rows"]) == len(zh["quotes"]) == len(plain["rows"])
    text = "".join((EXAMPLE / "案例选编.txt").read_text(encoding="utf-8").split())
    quotes = [quote for row in zh["quotes"] for quote in row]
    assert quotes
    assert all("".join(quote["text"].split()) in text and quote["line"] >= 1 for quote in quotes)
    en = client.get(path, {"format": "page"}, Accept_Language="en").json
    assert [column["title"] for column in en["columns"]] == plain["columns"]


def test_a_wrong_value_is_told_with_near_ones(client: Client) -> None:
    asked = {"format": "page", "practice_type": "集体协"}
    answer = client.get("/api/queries/timeline.earliest_records/rows", asked)
    assert answer.status == 400
    assert "集体协商" in answer.json["hint"]


def test_the_values_to_choose_from(client: Client) -> None:
    gaps = client.get("/api/queries/planning.gaps/choices", Accept_Language="zh").json
    assert ["province", "省级"] in gaps["level"] or ["province", "省"] in gaps["level"]
    assert ["集体协商", "集体协商"] in gaps["practice_type"]
    assert ["资料未见", "资料未见"] in gaps["state"]
    assert gaps["region"] == []  # too many: any name is taken
    unions = client.get("/api/queries/organisation.superiors/choices").json["name"]
    rows = client.cypher("MATCH (u:TradeUnion) RETURN u.name AS name").json["rows"]
    assert {row["name"] for row in rows} <= {value for value, _ in unions}
    assert client.get("/api/queries/nonesuch.x/choices").status == 404


def test_every_choice_that_is_offered_is_taken(client: Client) -> None:
    path = "/api/queries/results.awards"
    for name, values in client.get(f"{path}/choices").json.items():
        for value, _ in values:
            assert client.get(f"{path}/rows", {name: value}).status == 200, (name, value)


def test_the_data_is_json_that_no_text_can_leave(client: Client) -> None:
    content = client.get(DATA).content.decode()
    assert "<" not in content
    assert not {"\u2028", "\u2029"} & set(content)
    assert client.get(DATA).headers["content-type"] == "application/json"
    json.loads(content)
