"""Snippets: the words around a hit as printed, marked where they match."""

from __future__ import annotations

import pytest

from unionkg.queries.snippets import find, snippet


def shown(text: str, *words: str) -> str:
    return snippet(text, find(text, words))[0].marked("<", ">")


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("工会驿站开放", ["驿站"], "工会<驿站>开放"),
        ("驛站，驿 站", ["驿站"], "<驛站>，<驿站>"),
        ("工会\n驿\n站 在 e 家 app", ["驿站"], "工会<驿站>在e家app"),
        ("new\napp 好", ["app"], "new <app>好"),
        ("工会工会", ["工会"], "<工会工会>"),
        ("集体协商", ["集体协", "体协商"], "<集体协商>"),
        ("没有", ["别的"], "没有"),
    ],
)
def test_marks(text: str, words: list[str], wanted: str) -> None:
    assert shown(text, *words) == wanted


def test_a_long_text_is_cut_around_the_words() -> None:
    text = "前" * 500 + "驿站" + "后" * 500
    assert shown(text, "驿站") == "…" + "前" * 20 + "<驿站>" + "后" * 68 + "…"


def test_the_part_with_the_most_words_is_shown() -> None:
    text = "驿站" + "中" * 300 + "驿站与协商" + "后" * 300
    part, at = snippet(text, find(text, ["驿站", "协商"]))
    assert part.marked("<", ">").count("<") == 2
    assert at == 302


def test_words_far_inside_a_long_text_are_found() -> None:
    for before in (0, 15_590, 15_999, 16_000, 100_000):
        text = "前" * before + "集体协商" + "后" * 50
        assert find(text, ["集体协商"]) == ((before, before + 4),)


def test_pieces_are_the_text_in_turns() -> None:
    part, _ = snippet("工会驿站", find("工会驿站", ["驿站"]))
    assert list(part.pieces()) == [("工会", False), ("驿站", True), ("", False)]
