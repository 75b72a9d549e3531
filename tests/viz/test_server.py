"""The web server as its clients see it: the API, its errors and files, and who may ask."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

import unionkg
from tests.served import Answer, Client, served, workers
from unionkg.errors import InputError
from unionkg.graph.stores.guarded import Limits
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.serving_address import checked_token
from unionkg.viz.server.protection import preferred

LIMITS = Limits(seconds=30, rows=60, statement_bytes=50_000)
TOKEN = "a-token-of-the-tests-0123456789"
QUERY = "/api/queries/timeline.earliest_records/rows"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("kg")
    kg = unionkg.open(folder)
    kg.load(Path(str(files("unionkg"))) / "example" / "案例选编.txt")
    own = folder / "queries" / "mine"
    own.mkdir(parents=True)
    header = (
        '// ---\n// zh: 公式\n// en: formulas\n// columns:\n//   text: {zh: 文, en: text}\n// example: "-"\n// ---\n'
    )
    (own / "formulas.cypher").write_text(
        header + "UNWIND ['=1+1', '@x', '+2', '-3', '甲'] AS text RETURN text", encoding="utf-8"
    )
    return kg


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[Client]:
    with served(kg, LIMITS) as (client, guards):
        guards.warm()
        yield client


@pytest.fixture(scope="module")
def guarded_by_token(kg: KnowledgeGraph) -> Iterator[Client]:
    with served(kg, LIMITS, token=TOKEN, local=False) as (client, _):
        yield client


def test_the_packs_are_listed_with_what_is_needed_to_ask(client: Client) -> None:
    listed = {query["name"]: query for query in client.get("/api/queries").json}
    assert "mine.formulas" in listed
    query = listed["timeline.earliest_records"]
    assert set(query["question"]) == {"zh", "en"}
    asked = {one["name"]: one for one in query["parameters"]}
    assert asked["practice_type"]["type"] == "string"
    assert all({"name", "zh", "en"} <= set(column) for column in query["columns"])
    one = client.get("/api/queries/timeline.earliest_records").json
    assert "RETURN" in one["source"]


def test_a_query_is_asked_with_parameters_in_the_address(client: Client, kg: KnowledgeGraph) -> None:
    answer = client.get(QUERY, {"practice_type": "集体协商"})
    assert answer.status == 200
    expected = kg.query("timeline.earliest_records", practice_type="集体协商")
    assert answer.json["columns"] == list(expected.columns)
    assert answer.json["rows"] == json.loads(json.dumps(expected.records()))
    assert answer.json["parameters"]["practice_type"] == "集体协商"
    assert answer.json["truncated"] is False


def test_evidence_adds_where_each_row_stands(client: Client, kg: KnowledgeGraph) -> None:
    answer = client.get("/api/queries/organisation.unions/rows", {"evidence": "true"})
    assert answer.json["columns"][-4:] == ["document", "page", "line", "quote"]
    row = next(row for row in answer.json["rows"] if row["quote"])
    text = (Path(str(files("unionkg"))) / "example" / "案例选编.txt").read_text(encoding="utf-8")
    assert row["quote"] in " ".join(text.split())
    assert row["line"] >= 1


def test_files_keep_formulas_as_text(client: Client) -> None:
    path = "/api/queries/mine.formulas/rows"
    table = client.get(path, {"format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "formulas.csv" in table.headers["content-disposition"]
    cells = [row[0] for row in csv.reader(io.StringIO(table.content.decode("utf-8-sig")))]
    assert cells[0] == "text"
    assert not any(cell.startswith(("=", "@", "+", "-")) for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(client.get(path, {"format": "xlsx"}).content))
    values = [(row[0].value, row[0].data_type) for row in book.active.iter_rows(min_row=2)]  # type: ignore[union-attr]
    assert ("=1+1", "s") in values
    assert "| 甲 |" in client.get(path, {"format": "md"}).content.decode()


def test_cypher_search_accounts_and_status(client: Client) -> None:
    answer = client.cypher("MATCH (c:PracticeCase) RETURN c.id AS id, c.name AS name ORDER BY id LIMIT $n", {"n": 1})
    (row,) = answer.json["rows"]
    account = client.get(f"/api/accounts/{row['id']}")
    assert account.json["name"] == row["name"]
    assert account.json["lines"]
    found = client.get("/api/search", {"text": row["name"], "limit": 1}).json
    assert [hit["name"] for hit in found["hits"]] == [row["name"]]
    assert client.get("/api/search", {"text": row["name"], "label": "TradeUnion"}).json["hits"] == []
    status = client.get("/api/status").json
    assert status["complete"] is True
    assert status["nodes"]["PracticeCase"] > 0
    assert status["limits"]["rows"] == LIMITS.rows
    many = client.cypher("UNWIND range(1, 100) AS i RETURN i")
    assert (len(many.json["rows"]), many.json["truncated"]) == (60, True)


@pytest.mark.parametrize(
    ("path", "query", "status", "told"),
    [
        ("/api/queries/timeline.earliest", {}, 404, "timeline.earliest_records"),
        ("/api/queries/nonesuch.x/rows", {}, 404, "no such query"),
        (QUERY, {"practice_type": "集体协"}, 400, "集体协商"),
        (QUERY, {"nonesuch": "1"}, 400, "nonesuch"),
        (QUERY, {"format": "pdf"}, 422, "format"),
        ("/api/search", {}, 422, "text"),
        ("/api/search", {"text": "x" * 300}, 422, "text"),
        ("/api/search", {"text": "工会", "limit": 0}, 422, "limit"),
        ("/api/accounts/case:nonesuch", {}, 404, "no account"),
        ("/nonesuch", {}, 404, "nothing"),
        ("/api/cypher", {}, 405, "no such request"),
    ],
)
def test_errors_say_what_and_what_to_try(
    client: Client, path: str, query: dict[str, object], status: int, told: str
) -> None:
    answer = client.get(path, query)
    assert answer.status == status
    assert set(answer.json) == {"what", "where", "hint"}
    assert told in " ".join(filter(None, answer.json.values()))


def test_errors_come_in_the_language_of_the_request(client: Client) -> None:
    path = "/api/queries/nonesuch.x"
    assert "没有这个查询" in client.get(path, Accept_Language="zh-CN,zh;q=0.9,en;q=0.8").json["what"]
    assert "no such query" in client.get(path, Accept_Language="en-GB,zh;q=0.5").json["what"]
    assert "这里只能查询" in client.cypher("CREATE (n)", Accept_Language="zh").json["what"]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("zh-CN", "zh"), ("en;q=0.5, zh;q=0.9", "zh"), ("de, en;q=0.3", "en"), ("de", "en"), ("", "en"), ("zh;q=x", "en")],
)
def test_the_preferred_language(accepted: str, expected: str) -> None:
    assert preferred(accepted) == expected  # the tests' own language is English


def test_the_description_has_a_path_for_every_query(client: Client) -> None:
    described = client.get("/openapi.json").json
    operation = described["paths"][QUERY]["get"]
    assert "practice_type" in [one["name"] for one in operation["parameters"]]
    assert "·" in operation["summary"]
    assert "/api/queries/mine.formulas/rows" in described["paths"]
    assert "/api/cypher" in described["paths"]
    assert "只读" in described["info"]["description"]


def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/docs")
    assert "://" not in page.content.decode()
    assert "script-src 'self';" in page.headers["content-security-policy"]
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert client.get(f"/docs/{name}").status == 200


def test_every_answer_carries_the_headers_that_keep_browsers_from_harm(client: Client) -> None:
    for answer in (client.get("/api/queries"), client.get("/nonesuch"), client.get("/", Host="elsewhere.example")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("elsewhere.example:{port}", 421),
        ("127.0.0.1.elsewhere.example:{port}", 421),
        ("localhost", 421),
        ("localhost:1", 421),
        ("", 421),
    ],
)
def test_only_local_names_are_answered(client: Client, host: str, status: int) -> None:
    assert client.get("/api/queries", Host=host.format(port=client.port)).status == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1:{port}", 200), ("https://elsewhere.example", 403), ("null", 403), ("http://[", 403)],
)
def test_pages_of_others_are_not_answered(client: Client, origin: str, status: int) -> None:
    assert client.get("/api/queries", Origin=origin.format(port=client.port)).status == status


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        ("", 401),
        ("Bearer ", 401),
        (f"Bearer {TOKEN}x", 401),
        (TOKEN, 401),
        (f"Basic {TOKEN}", 401),
    ],
)
@pytest.mark.parametrize("path", ["/api/queries", "/docs", "/openapi.json", "/nonesuch"])
def test_every_request_needs_the_token(guarded_by_token: Client, path: str, given: str, status: int) -> None:
    answer = guarded_by_token.get(path, Authorization=given, Host="kg.example:80")
    assert answer.status == (404 if status == 200 and path == "/nonesuch" else status)
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in answer.content.decode()


def test_a_browser_brings_the_token_once_in_the_address(guarded_by_token: Client) -> None:
    answer = guarded_by_token.get("/docs", {"token": TOKEN, "a": "名 称"}, Host="kg.example:80")
    assert (answer.status, answer.headers["location"]) == (303, "/docs?a=%E5%90%8D+%E7%A7%B0")
    cookie, *flags = answer.headers["set-cookie"].split("; ")
    assert set(flags) == {"Path=/", "HttpOnly", "SameSite=Strict"}
    assert TOKEN not in answer.headers["set-cookie"]
    assert (
        "script-src 'self';"
        in guarded_by_token.get("/docs", Cookie=f"other=1; {cookie}").headers["content-security-policy"]
    )
    for path in ("/openapi.json", "/api/queries"):
        assert guarded_by_token.get(path, Cookie=cookie).status == 200
    assert guarded_by_token.cypher("RETURN 1 AS x", Cookie=cookie).status == 200
    # Another site's page cannot ask with it.
    assert guarded_by_token.get("/api/queries", Cookie=cookie, Origin="https://elsewhere.example").status == 403


@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("GET", "/docs?token=", {}),
        ("GET", f"/docs?token={TOKEN}x", {}),
        ("GET", f"/docs?Token={TOKEN}", {}),
        ("POST", f"/api/cypher?token={TOKEN}", {}),
        ("GET", "/docs", {"Cookie": "unionkg_00000000=0"}),
        ("GET", "/docs", {"Cookie": f"unionkg={TOKEN}; token={TOKEN}"}),
        ("GET", "/docs?token=%ff%00", {"Cookie": "\xff"}),
    ],
)
def test_what_is_no_token_opens_nothing(
    guarded_by_token: Client, method: str, address: str, headers: dict[str, str]
) -> None:
    answer = guarded_by_token.ask(method, address, None, **headers)
    assert answer.status == 401
    assert "set-cookie" not in answer.headers
    assert "?token=" in answer.json["hint"]


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/%2Felsewhere.example", "/\\elsewhere.example"])
def test_the_token_is_not_led_to_another_site(guarded_by_token: Client, path: str) -> None:
    place = guarded_by_token.ask("GET", f"{path}?token={TOKEN}", None).headers["location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_networks_are_computed_as_in_python(client: Client, kg: KnowledgeGraph) -> None:
    asked = {"projection": "practice-practice", "limit": 7}
    answer = client.get("/api/queries/network.centrality/rows", asked)
    expected = kg.query("network.centrality", **asked)
    assert len(expected.rows) == 7
    assert answer.json["columns"] == list(expected.columns)
    assert answer.json["rows"] == json.loads(json.dumps(expected.records()))
    refused = client.get("/api/queries/network.ties/rows", {"projection": "region-region"})
    assert refused.status in {400, 404}
    assert "ties" in " ".join(filter(None, refused.json.values()))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_who_asks_a_network_while_the_graph_is_built_anew_is_answered(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path)
    kg.load(Path(str(files("unionkg"))) / "example" / "案例选编.txt")
    path, asked = "/api/queries/network.centrality/rows", {"projection": "practice-practice"}
    others = set(workers())
    with served(kg, replace(LIMITS, waiting_seconds=30)) as (client, _):
        expected = client.get(path, asked)
        assert expected.status == 200
        (child,) = set(workers()) - others
        os.kill(child, signal.SIGSTOP)  # who asks now is asking still when there is a new graph
        answers: list[Answer] = []
        asking = threading.Thread(target=lambda: answers.append(client.get(path, asked)))
        asking.start()
        time.sleep(0.5)  # it is waiting for the child by now
        kg.build()
        time.sleep(1.5)  # longer than a child that was dead before it was asked would take to say so
        assert client.get(path, asked).json == expected.json
        asking.join()
        assert (answers[0].status, answers[0].json) == (200, expected.json)
        assert child not in workers()


def test_near_names_come_where_nothing_is_found(client: Client) -> None:
    found = client.get("/api/search", {"text": "合理化建意"}).json
    assert found["total"] == 0
    assert any("合理化建议" in name for name in found["near"])
    assert client.get("/api/search", {"text": "工会"}).json["near"] == []


def test_no_request_makes_the_search_index(client: Client, kg: KnowledgeGraph, tmp_path: Path) -> None:
    index = kg.workspace.search_index
    index.rename(tmp_path / index.name)
    try:
        answer = client.get("/api/search", {"text": "工会"})
        assert (answer.status, index.exists()) == (503, False)
        assert "unionkg build" in answer.json["hint"]
    finally:
        (tmp_path / index.name).rename(index)
    assert client.get("/api/search", {"text": "工会"}).status == 200


def test_a_body_that_is_too_large_is_not_read(client: Client) -> None:
    assert client.ask("POST", "/api/cypher", b"x" * 500_000).status == 413
    # Its length is not believed either.
    with socket.create_connection(("127.0.0.1", client.port), timeout=30) as raw:
        raw.sendall(f"POST /api/cypher HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n".encode())
        raw.sendall(b"Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(6):  # the last goes beyond what is taken; the end is never sent
            raw.sendall(b"4e20\r\n" + b"x" * 20_000 + b"\r\n")
        assert b" 413 " in raw.recv(100)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[" * 40_000, "application/json"),
        (b'{"statement": 7}', "application/json"),
        (b'{"statement": "RETURN 1 AS x", "more": 1}', "application/json"),
        (b'{"statement": "RETURN 1 AS x"}', "text/plain"),
        ("{'statement'}".encode("utf-16"), "application/json"),
    ],
)
def test_what_is_no_request_is_refused(client: Client, body: bytes, kind: str) -> None:
    answer = client.ask("POST", "/api/cypher", body, Content_Type=kind)
    assert answer.status in {400, 422}
    assert answer.json["what"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_alone_needs_no_token(host: str) -> None:
    assert checked_token(host, None) is None
    assert checked_token(host, "") is None
    assert checked_token(host, TOKEN) == TOKEN


@pytest.mark.parametrize(
    ("host", "token"),
    [
        ("0.0.0.0", None),
        ("::", ""),
        ("192.168.1.7", None),
        ("kg.example", None),
        ("0.0.0.0", "short"),
        ("127.0.0.1", "with a blank in it ..."),
    ],
)
def test_listening_wider_needs_a_token_that_is_one(host: str, token: str | None) -> None:
    with pytest.raises(InputError) as told:
        checked_token(host, token)
    assert told.value.where == "UNIONKG_TOKEN"
