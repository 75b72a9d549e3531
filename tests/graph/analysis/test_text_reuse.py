"""Reuse of wording: on labelled pairs, and on passages made here."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from unionkg.graph.analysis.text_reuse import align, candidates, tokens, weights

SET = "在上级工会的正确领导下认真贯彻落实会议精神"
OWN = "把保温箱摆到桥洞下面骑手换电时顺手热一份饭"
TEXTS = {
    "a": f"{SET}。甲地{OWN}，半年用了三百次。",
    "b": f"{SET}。乙地请人演了几场小戏，大家都说好看。",
    "c": f"{SET}。丙地也{OWN[:-4]}热一热饭菜，很受欢迎。",
    "d": f"{SET}。丁地修了一处晒谷场。",
}


def test_set_phrases_weigh_nothing_and_own_words_all() -> None:
    known = weights(list(TEXTS.values()))
    shared, formula = align(TEXTS["a"], TEXTS["c"], known), align(TEXTS["a"], TEXTS["b"], known)
    assert shared is not None
    assert OWN[:-4] in TEXTS["a"][slice(*shared.left)]
    assert OWN[:10] in TEXTS["c"][slice(*shared.right)]
    assert formula is None or formula.score < shared.score / 3


def test_only_pairs_with_rare_words_in_common_are_candidates() -> None:
    many = {**TEXTS, **{f"x{i}": f"{SET}。这里办了第{i}次活动。" for i in range(30)}}
    assert list(candidates(many, weights(list(many.values())), least=5)) == [("a", "c")]


def test_places_lead_back_to_the_text() -> None:
    text = "用ABC工会App 2.0，见面。"
    assert [text[start:end].lower() for _, start, end in tokens(text)] == [token for token, _, _ in tokens(text)]
    assert [token for token, _, _ in tokens(text)] == ["用", "abc", "工", "会", "app", "2", "0", "见", "面"]


@pytest.mark.parametrize(("left", "right"), [("", "甲"), ("甲乙", "丙丁"), ("。", "，")])
def test_nothing_in_common(left: str, right: str) -> None:
    assert align(left, right, weights([left, right])) is None


def test_long_texts_take_no_memory_by_the_product_of_their_lengths() -> None:
    random = np.random.default_rng(1)
    left, other = ("".join(map(chr, random.integers(0x4E00, 0x5200, 2000))) for _ in range(2))
    right = f"{other}{left[500:1700]}，{other[:300]}"
    known = weights([left, right])
    tracemalloc.start()
    try:
        shared = align(left, right, known)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert shared is not None
    assert (shared.left, shared.right, shared.tokens) == ((500, 1700), (2000, 3200), 1200)
    assert peak < 8_000_000  # a table of all cells takes 56 MB


def test_a_passage_goes_on_over_what_differs_and_what_is_skipped() -> None:
    left, right = "甲乙丙丁戊己庚辛壬癸子丑寅卯", "天甲乙丙丁某己庚辛壬新加癸子丑寅卯地"
    shared = align(left, right, weights([left, right]))
    assert shared is not None
    assert (shared.left, shared.right, shared.tokens) == ((0, 14), (1, 17), 13)
    assert shared.score == pytest.approx(13 - 0.6 - 2 * 0.5)


@pytest.mark.documents
def test_reused_bills_are_told_from_others(shared: Path) -> None:
    path = shared / "validation" / "text_reuse" / "lid_labelled_alignments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["label"] in {"0", "1"}]
    texts = [(row["left"], row["right"]) for row in pairs]
    known = weights(list(dict.fromkeys(text for pair in texts for text in pair)))
    found = np.array([reuse.score if (reuse := align(*pair, known)) else 0.0 for pair in texts])
    label = np.array([row["label"] == "1" for row in pairs])
    difference = found[label][:, None] - found[~label]
    assert ((difference > 0) + 0.5 * (difference == 0)).mean() >= 0.932
