"""unionkg.toml: what is kept from the public, and errors with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionkg import workspace as workspaces
from unionkg.configuration import Public, Rights
from unionkg.errors import WorkspaceError


def configured(folder: Path, text: str) -> workspaces.Workspace:
    made = workspaces.create(folder)
    path = made.root / workspaces.MARKER
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return workspaces.require(made.root)


def test_what_is_kept_from_the_public_is_read(tmp_path: Path) -> None:
    text = """
[public]
internal = ["doc:77ab", "某某公司工会"]
mask = ["小名"]
show = ["沈青禾"]
quote_limit = 80
map_approval = "GS(2024)0001号"

[rights."选编.pdf"]
statement = "仅供内部参考"
quote_limit = 0
internal = true
"""
    config = configured(tmp_path, text).config
    assert config.public == Public(("doc:77ab", "某某公司工会"), ("小名",), ("沈青禾",), 80, "GS(2024)0001号")
    assert config.rights == (Rights("选编.pdf", "仅供内部参考", 0, internal=True),)


def test_without_it_nothing_is_kept_and_quotes_are_whole(tmp_path: Path) -> None:
    config = workspaces.create(tmp_path).config
    assert (config.public, config.rights) == (Public(), ())
    assert workspaces.require(tmp_path).config == config


@pytest.mark.parametrize("text", ['id = "x', 'store = "embedded"\n'])
def test_a_broken_file_or_one_without_an_id_is_told_with_what_to_do(tmp_path: Path, text: str) -> None:
    made = workspaces.create(tmp_path)
    (made.root / workspaces.MARKER).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as error:
        workspaces.require(made.root)
    assert error.value.where == str(tmp_path / workspaces.MARKER)
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[public]\ncolour = 1\n", "public.colour"),
        ("[public]\nquote_limit = '80'\n", "public.quote_limit"),
        ("[public]\nquote_limit = true\n", "public.quote_limit"),
        ("[public]\nquote_limit = -1\n", "public.quote_limit"),
        ("[public]\ninternal = 'doc:77ab'\n", "public.internal"),
        ("[public]\ninternal = ['']\n", "public.internal"),
        ("[public]\ninternal = [3]\n", "public.internal"),
        ("[public]\nmap_approval = ' '\n", "public.map_approval"),
        ("public = 3\n", "public"),
        ("rights = 'x'\n", "rights"),
        ("[rights]\n'选编.pdf' = 3\n", "rights.选编.pdf"),
        ("[rights.'选编.pdf']\nlimit = 3\n", 'rights."选编.pdf".limit'),
        ("[rights.'选编.pdf']\ninternal = 'yes'\n", 'rights."选编.pdf".internal'),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        configured(tmp_path, text)
    assert key in error.value.what
    assert error.value.where == str(tmp_path / workspaces.MARKER)
    assert error.value.hint
