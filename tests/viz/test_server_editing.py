"""Decisions over HTTP: who may send them, what becomes of them, and how the graph follows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import unionkg
from tests.served import Answer, Client, served
from unionkg.graph.stores.guarded import Limits
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.workspace import locked

LIMITS = Limits(seconds=30, waiting_seconds=60)
EXAMPLE = Path(str(files("unionkg"))) / "example"
TWO = """工会案例两则（测试）

2019年3月

案例一  示例重工集团工会为职工送清凉

示例重工集团工会

【做法】
2018年7月，示例重工集团工会给车间职工送去饮料，120名职工受益。

案例二  示例重工工会为职工办夜校

示例重工工会

【做法】
2018年9月，示例重工工会开办职工夜校，开课12期，300人参加。
"""
"""Two accounts without a place, of two unions that may be one."""

SIGNED = {"by": "测试员", "why": "对照原文"}
READS = (
    "/api/review/queue",
    "/api/review/fields",
    "/api/review/facts/x",
    "/api/identities/pairs",
    "/api/identities/pairs/x",
)
QUEUE, REVIEW, IDENTITIES, STATE = "/api/review/queue", "/api/review", "/api/identities", "/page/state.json"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("kg")
    (folder / "两则.txt").write_text(TWO, encoding="utf-8")
    kg = unionkg.open(folder)
    kg.load(folder / "两则.txt", EXAMPLE / "案例选编.txt")
    return kg


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[Client]:
    with served(kg, LIMITS, edit=True) as (client, _):
        yield client


def post(client: Client, path: str, body: object, **headers: str) -> Answer:
    return client.ask("POST", path, json.dumps(body).encode(), **{"Content-Type": "application/json", **headers})


def decide(client: Client, *verdicts: dict[str, Any], **headers: str) -> Answer:
    return post(client, REVIEW, {"verdicts": verdicts, **SIGNED}, **headers)


def written(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    path = kg.workspace.reviews
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def facts(client: Client, kg: KnowledgeGraph, field: str) -> list[dict[str, Any]]:
    """Facts of a field that nobody has looked at."""
    found = []
    for case in kg.corpus().cases:
        told = client.get(f"/api/review/facts/{case.record.id}").json["facts"]
        found += [fact for fact in told if fact["field"] == field and fact["review"] == "unreviewed"]
    return found


def followed(client: Client, before: str) -> dict[str, Any]:
    """The state when the graph has followed."""
    until = time.monotonic() + 240
    while True:
        state: dict[str, Any] = client.get(STATE).json
        if not state["pending"] and state["build"] != before:
            return state
        assert time.monotonic() < until, state
        time.sleep(0.2)


def test_a_server_that_only_reads_takes_no_decisions(kg: KnowledgeGraph) -> None:
    with served(kg, LIMITS) as (client, _):
        answers = [client.get(path) for path in READS]
        answers += [
            decide(client, {"verdict": "undo"}),
            post(client, IDENTITIES, {"decision": "same", "ids": ["x"], **SIGNED}),
        ]
        assert {answer.status for answer in answers} == {403}
        assert "--edit" in answers[0].json["hint"]
        assert client.get(STATE).json["edit"] is False
    assert written(kg) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
        {"Host": "elsewhere.example"},
    ],
)
def test_what_other_sites_pages_can_send_changes_nothing(
    client: Client, kg: KnowledgeGraph, headers: dict[str, str]
) -> None:
    fact = facts(client, kg, "outcomes")[0]
    before = written(kg)
    answer = decide(client, {"verdict": "accept", "id": fact["id"]}, **headers)
    assert answer.status in {403, 421, 422}
    pair = post(client, IDENTITIES, {"decision": "same", "ids": ["a", "b"], **SIGNED}, **headers)
    assert pair.status in {403, 421, 422}
    assert written(kg) == before


@pytest.mark.parametrize(
    "given",
    [
        {"by": "", "why": "x"},
        {"by": "  ", "why": "x"},
        {"by": "x", "why": ""},
        {"by": "x"},
        {"why": "x"},
        {"by": "x\ny", "why": "x"},
        {"by": "x" * 501, "why": "x"},
    ],
)
def test_nobody_decides_without_a_name_and_a_reason(client: Client, kg: KnowledgeGraph, given: dict[str, str]) -> None:
    before = written(kg)
    assert post(client, REVIEW, {"verdicts": [{"verdict": "undo"}], **given}).status == 422
    assert post(client, IDENTITIES, {"decision": "undo", "ids": ["a"], **given}).status == 422
    assert written(kg) == before


@pytest.mark.parametrize(
    "verdict",
    [
        {"verdict": "accept", "id": "fact:nonesuch"},
        {"verdict": "edit", "id": "fact:nonesuch", "values": {"value": "3"}},
        {"verdict": "add", "case": "case:nonesuch", "field": "outcomes", "quote": "x"},
        {"verdict": "lack", "case": "case:nonesuch", "field": "outcomes"},
        {"verdict": "lack", "case": "case:nonesuch", "field": "nonesuch"},
        {"verdict": "split", "case": "case:nonesuch", "line": 3},
        {"verdict": "merge", "case": "case:nonesuch", "others": ["case:other"]},
        {"verdict": "hold", "id": "decision:nonesuch"},
        {"verdict": "undo", "id": "decision:nonesuch"},
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(client: Client, kg: KnowledgeGraph, verdict: dict[str, Any]) -> None:
    before = written(kg)
    answer = decide(client, verdict)
    assert answer.status == 422
    assert answer.json["what"]
    assert written(kg) == before


@pytest.mark.parametrize("verdict", [{"verdict": "delete", "id": "x"}, {"verdict": "accept", "id": "x", "more": 1}, {}])
def test_what_is_no_verdict_is_refused(client: Client, verdict: dict[str, Any]) -> None:
    assert decide(client, verdict).status == 422


def test_the_queue_tells_what_deserves_a_look(client: Client, kg: KnowledgeGraph) -> None:
    told = client.get(QUEUE, {"limit": 500}).json
    assert [item["id"] for item in told["items"]] == [item.id for item in kg.review_queue()]
    assert told["progress"]["accounts"] == len(kg.corpus().cases)
    one = next(item for item in told["items"] if item["kind"] == "fact")
    assert one["reasons"][0]["text"]
    assert any(piece["quoted"] for piece in one["sentences"][0]["pieces"])
    only = client.get(QUEUE, {"cause": "missing", "limit": 500}).json["items"]
    assert only
    assert {item["kind"] for item in only} == {"missing"}
    assert client.get(QUEUE, {"cause": "nonesuch"}).status == 422
    assert client.get(QUEUE, {"field": "nonesuch"}).status == 422


def test_somebody_else_who_writes_is_named(client: Client, kg: KnowledgeGraph) -> None:
    fact = facts(client, kg, "outcomes")[0]
    before = written(kg)
    with locked(kg.workspace, "a load of somebody's"):
        answer = decide(client, {"verdict": "accept", "id": fact["id"]})
    assert answer.status == 409
    assert "a load of somebody's" in answer.json["what"]
    assert written(kg) == before


def test_decisions_are_written_and_the_graph_and_the_data_follow(client: Client, kg: KnowledgeGraph) -> None:
    before = client.get("/page/data.json").json["about"]
    accepted, rejected, edited = facts(client, kg, "outcomes")[:3]
    answer = decide(
        client,
        {"verdict": "accept", "id": accepted["id"], "seen": accepted["version"]},
        {"verdict": "reject", "id": rejected["id"], "seen": rejected["version"]},
    )
    assert answer.status == 200, answer
    assert [one["decision"] for one in answer.json["made"]] == ["accept", "reject"]
    answer = decide(client, {"verdict": "edit", "id": edited["id"], "values": {"value": "1,234", "approximate": "yes"}})
    assert answer.status == 200, answer
    assert [(one["decision"], one["by"], one["why"]) for one in written(kg)[-3:]] == [
        (decision, SIGNED["by"], SIGNED["why"]) for decision in ("accept", "reject", "edit")
    ]
    # What was read before somebody decided is not decided on again unseen.
    stale = decide(client, {"verdict": "accept", "id": edited["id"], "seen": edited["version"]})
    assert stale.status == 422
    # Others are answered while the graph follows.
    assert client.get(STATE).json["pending"] is True
    assert client.cypher("RETURN 1 AS x").status == 200
    state = followed(client, before["build"])
    assert state["problem"] is None
    states = "MATCH ()-[r:ACHIEVED]->(o) WHERE r.id IN $ids RETURN r.id AS id, r.review AS review, o.value AS value"
    rows = client.cypher(states, {"ids": [accepted["id"], rejected["id"], edited["id"]]}).json["rows"]
    reviews = {row["id"]: (row["review"], row["value"]) for row in rows}
    assert rejected["id"] not in reviews
    assert reviews.pop(accepted["id"])[0] == "accepted"
    shown = client.get(f"/api/review/facts/{edited['case']}").json["facts"]
    now = next(fact for fact in shown if fact["review"] == "corrected")
    assert next(one["text"] for one in now["attributes"] if one["name"] == "value") == "1234"
    assert now["history"][-1]["by"] == SIGNED["by"]
    after = client.get("/page/data.json").json
    assert after["about"]["build"] == state["build"]
    told = json.dumps(after["accounts"])
    assert rejected["id"] not in told
    # Taking it back brings the fact back.
    undone = decide(client, {"verdict": "undo", "id": rejected["id"]})
    assert undone.status == 200, undone
    assert any(fact["id"] == rejected["id"] for fact in facts(client, kg, "outcomes"))
    followed(client, state["build"])


def test_a_statement_is_added_as_people_write_it(client: Client, kg: KnowledgeGraph) -> None:
    missing = client.get(QUEUE, {"cause": "missing", "limit": 500}).json["items"]
    item = next(item for item in missing if item["field"] == "regions" and "送清凉" in item["case_name"])
    field = next(one for one in client.get("/api/review/fields").json["fields"] if one["name"] == "regions")
    assert {"name", "code", "role"} <= {one["name"] for one in field["attributes"]}
    values = {"name": "示例重工", "code": "上海市宝山区", "role": "location"}
    added = {"verdict": "add", "case": item["case"], "field": "regions", "values": values}
    assert decide(client, {**added, "quote": "这几个字案例里没有"}).status == 422
    answer = decide(client, {**added, "quote": "示例重工集团工会给车间职工送去饮料"})
    assert answer.status == 200, answer
    assert written(kg)[-1]["value"]["code"] == "310113"
    left = client.get(QUEUE, {"cause": "missing", "limit": 500}).json["items"]
    assert item["case"] not in {one["case"] for one in left}
    assert decide(client, {"verdict": "undo", "id": answer.json["made"][0]["id"]}).status == 200


def test_an_account_rightly_lacks_a_field_or_is_none(client: Client) -> None:
    missing = client.get(QUEUE, {"cause": "missing", "limit": 500}).json["items"]
    lacking, none = (item["case"] for item in missing if item["field"] == "regions")
    answer = decide(client, {"verdict": "lack", "case": lacking, "field": "regions"}, {"verdict": "reject", "id": none})
    assert answer.status == 200, answer
    left = client.get(QUEUE, {"limit": 500}).json["items"]
    assert not any(item["case"] == none or (item["case"] == lacking and item["kind"] == "missing") for item in left)
    for made in reversed(answer.json["made"]):
        assert decide(client, {"verdict": "undo", "id": made["id"]}).status == 200


def test_who_is_who_is_judged_and_taken_back(client: Client, kg: KnowledgeGraph) -> None:
    listed = client.get("/api/identities/pairs").json
    assert listed["total"] == len(kg.pairs())
    pair = listed["pairs"][0]
    sides = client.get(f"/api/identities/pairs/{pair['id']}").json["sides"]
    assert [side["id"] for side in sides] == [side["id"] for side in pair["sides"]]
    assert all(side["appearances"][0]["sentences"] for side in sides)
    answer = post(client, IDENTITIES, {"decision": "different", "ids": [pair["id"]], **SIGNED})
    assert (answer.status, answer.json["new"]) == (200, True)
    assert pair["id"] not in {one["id"] for one in client.get("/api/identities/pairs").json["pairs"]}
    all_of_them = client.get("/api/identities/pairs", {"judged": "true", "limit": 500}).json["pairs"]
    judged = next(one for one in all_of_them if one["id"] == pair["id"])
    assert judged["judgement"]["by"] == SIGNED["by"]
    line = json.loads(kg.workspace.identities.read_text(encoding="utf-8").splitlines()[-1])
    assert (line["decision"], line["why"]) == ("different", SIGNED["why"])
    assert post(client, IDENTITIES, {"decision": "undo", "ids": [pair["id"]], **SIGNED}).status == 200
    assert pair["id"] in {one["id"] for one in client.get("/api/identities/pairs").json["pairs"]}
    assert post(client, IDENTITIES, {"decision": "same", "ids": ["nonesuch"], **SIGNED}).status == 422


@pytest.mark.slow
def test_a_server_that_ends_lets_the_graph_follow_first(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path)
    kg.load(EXAMPLE / "案例选编.txt")
    with served(kg, LIMITS, edit=True) as (client, _):
        fact = facts(client, kg, "outcomes")[0]
        assert decide(client, {"verdict": "accept", "id": fact["id"]}).status == 200
    rows = kg.cypher("MATCH ()-[r:ACHIEVED {id: $id}]->() RETURN r.review AS review", {"id": fact["id"]}).rows
    assert rows == [("accepted",)]


def test_with_a_token_decisions_need_it_too(kg: KnowledgeGraph) -> None:
    token = "a-token-of-the-tests-0123456789"
    with served(kg, LIMITS, token=token, local=False, edit=True) as (client, _):
        assert decide(client, {"verdict": "undo"}).status == 401
        assert client.get(QUEUE).status == 401
        assert client.get(QUEUE, Authorization=f"Bearer {token}").status == 200
