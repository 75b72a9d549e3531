"""The page's own scripts and words: no markup from text, every word in both languages and in use."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from availability import unavailable

from unionkg.viz.explorer.page import safe_json
from unionkg.viz.explorer.scripts import folder, names, script, style
from unionkg.viz.explorer.words import words

#: Ways in which text could become markup or code, and syntax that is newer than ES2019.
FORBIDDEN = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "?.",
    "??",
    "replaceAll",
)
SCRIPTS = sorted(path.name for path in folder().iterdir() if path.name.endswith(".js"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_text_never_becomes_markup_or_code(name: str) -> None:
    text = (folder() / name).read_text(encoding="utf-8")
    text = re.sub(r"\?\.\d", "", text)  # `x ?.5 : 1` is a choice, not the operator
    assert [word for word in FORBIDDEN if word in text] == []


def test_every_asset_is_on_the_list() -> None:
    listed = set(names(live=True))
    assert {path.name.rpartition(".")[0] for path in folder().iterdir()} <= listed


def test_every_word_that_a_script_says_is_there_and_every_word_is_said() -> None:
    text = script(live=True)
    said = set(re.findall(r'"((?:[a-z_]+)\.[\w.]*)"', text))
    known = set(words())
    in_full = set(re.findall(r'\bw\("([\w.]+[a-z\d])"[),]', text))
    assert in_full - known == set()
    beginnings = tuple(one for one in said if one.endswith(("_", ".")))  # `w("kit.by_" + basis)`
    assert {one for one in known if one not in said and not one.startswith(beginnings)} == set()


def test_chinese_words_are_chinese() -> None:
    allowed = re.compile(r"[A-Za-z]")
    for key, (zh, en) in words().items():
        assert zh.strip(), key
        assert not re.search(r"[\u4e00-\u9fff]{6,}", en), f"{key}: {en}"
        if allowed.search(zh):
            # File formats and commands stay as they are.
            rest = re.sub(
                r"\{\w+\}|unionkg\.toml|\[\w+\]|map_approval|unionkg [\w -]+|--[\w-]+|PNG|SVG|CSV|PDF|Excel|xlsx|Markdown|Bass|Esc|Enter|Tab|Moran",
                "",
                zh,
            )
            assert not re.search(r"[A-Za-z]{3,}", rest), f"{key}: {zh}"


@pytest.mark.parametrize("live", [False, True])
def test_the_scripts_are_of_2019(live: bool, tmp_path: pytest.TempPathFactory) -> None:
    node = shutil.which("node")
    if node is None:
        unavailable("there is no node")
    done = subprocess.run(
        [node, "--check", "-"], input=script(live=live), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_own_scripts_and_styles_are_small() -> None:
    assert len(script().encode()) + len(style().encode()) < 400_000


def test_data_cannot_end_its_script_element() -> None:
    text = safe_json({"a": "</script><script>alert(1)</script>\u2028<!--"})
    assert "<" not in text
    assert "\u2028" not in text
