"""The network page as text: what it holds, that it asks for nothing, and that names cannot break out of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.viz.pictured import DOCUMENT, TEXT, small
from unionkg.errors import MissingExtraError
from unionkg.graph.build import Projection
from unionkg.viz.network import network_page
from unionkg.viz.wording import words

pytest.importorskip("pyvis")

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)> href="javascript:1" {{7*7}} ${title} \u2028\''


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_it_counts_and_names_what_it_draws() -> None:
    drawn = network_page(small(), {DOCUMENT: TEXT})
    data = data_of(drawn.html)
    assert (drawn.nodes, drawn.edges) == (len(data["nodes"]), len(data["edges"]))
    assert {node[1] for node in data["nodes"]} >= {"青山市总工会", "青山的小站", "小站汇编", "小站 12个", "白水县"}


def test_quotes_have_their_document_and_lines() -> None:
    data = data_of(network_page(small(), {DOCUMENT: TEXT}).html)
    quotes = {quote[3]: quote for quote in data["quotes"]}
    assert quotes["做法从白水县学来"][:3] == [0, 3, 3]
    assert quotes["二〇一九年起步"][:3] == [0, 4, 4]
    assert quotes["青山市总工会"][:3] == [0, 2, 2]
    assert data["documents"] == ["小站汇编"]


def test_without_the_text_a_quote_has_the_lines_of_its_account() -> None:
    data = data_of(network_page(small()).html)
    assert {(*tuple(quote[1:3]), quote[4]) for quote in data["quotes"]} == {(1, 4, 0)}


def test_properties_are_named_in_the_readers_language() -> None:
    told = {"zh": ["层级", "地级"], "en": ["level", "Prefecture"]}
    for language in ("zh", "en"):
        data = data_of(network_page(small(), language=language).html)  # type: ignore[arg-type]
        (union,) = [node for node in data["nodes"] if node[1] == "青山市总工会"]
        assert union[3][0][0] == {"zh": "别名", "en": "aliases"}[language]
        assert told[language][0] in [label for label, _ in union[3]]
        assert any(value == "青山市" for _, value in union[3])  # the region's code is written out


def test_it_asks_for_nothing() -> None:
    page = network_page(small(), {DOCUMENT: TEXT}).html
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", page, re.IGNORECASE)
    assert "<link" not in page
    assert not re.search(r"@import|url\(\s*[\"']?https?:", page)
    assert "default-src 'none'" in page


def test_the_same_graph_gives_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; from tests.viz.pictured import small; from unionkg.viz.network import network_page;"
        "print(hashlib.sha256(network_page(small()).html.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "77")
    }
    assert len(runs) == 1


def test_hostile_names_stay_text() -> None:
    page = network_page(small(union=HOSTILE, practice=HOSTILE, alias=HOSTILE)).html
    plain = network_page(small()).html
    for mark in ("<script", "</script", "<img", "popup.innerHTML"):
        assert page.count(mark) == plain.count(mark)
    assert HOSTILE in [node[1] for node in data_of(page)["nodes"]]


@pytest.mark.parametrize(
    "newer", [r"\?\.[a-zA-Z_(\[]", r"\?\?", r"\b\w+#\w+", r"\|\|=|&&=", r"replaceChildren|replaceAll|\.at\("]
)
def test_our_scripts_run_in_old_office_browsers(newer: str) -> None:
    for path in (Path(__file__).parents[2] / "viz" / "templates").glob("*.js"):
        assert not re.findall(newer, re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"))), path.name


def test_an_empty_graph_says_so() -> None:
    drawn = network_page(Projection(([], []), [], [], []))
    assert (drawn.nodes, drawn.edges) == (0, 0)
    assert words("zh")["empty"] in drawn.html


def test_an_entity_without_relationships_is_drawn() -> None:
    projection = small()
    (graph,) = projection.documents
    bare = replace(projection, documents=[replace(graph, relationships=())], derived=[])
    assert network_page(bare).edges == 0
    assert network_page(bare).nodes == 7


def test_every_word_exists_in_both_languages() -> None:
    chinese, english = words("zh"), words("en")
    for key, text in chinese.items():
        assert text
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key]))


def test_a_missing_package_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(MissingExtraError) as error:
        network_page(small())
    assert "unionkg[view]" in str(error.value)
