"""Judging who is who in a workspace: what is written down, what is refused, what follows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from unionkg import workspace as workspaces
from unionkg.errors import InputError
from unionkg.graph.authority import Entry, read_authority, write_authority
from unionkg.graph.corpus import Corpus, read_corpus
from unionkg.loading import load_files
from unionkg.resolving import Pair, appearances, judge, named, pair_id, pairs
from unionkg.workspace import Workspace

FIRST = "建设路驿站\n宝山区总工会\n2021年5月，上海市宝山区总工会建成暖心驿站，为快递员服务1200人次。示例重工集团有限公司工会出了场地。\n"
SECOND = "又一处驿站\n静安区总工会\n2022年3月，上海市静安区总工会建成驿站30个。示例重工集团股份有限公司工会也来帮忙。\n"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resolving")
    made = workspaces.create(folder)
    for name, text in (("甲.txt", FIRST), ("乙.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    report = load_files(made, [folder / "甲.txt", folder / "乙.txt"])
    assert not report.failed
    return folder


@pytest.fixture
def two(loaded: Path, tmp_path: Path) -> Workspace:
    """A workspace with two documents that name one company in two ways."""
    return workspaces.require(Path(shutil.copytree(loaded, tmp_path / "kg")))


def company(corpus: Corpus, *, judged: bool = False) -> Pair | None:
    found = [pair for pair in pairs(corpus, all_of_them=judged) if "示例重工" in pair.first.name]
    assert len(found) <= 1
    return found[0] if found else None


def offered(two: Workspace) -> Pair:
    pair = company(read_corpus(two))
    assert pair is not None
    return pair


def lines(two: Workspace) -> list[dict[str, object]]:
    return [json.loads(line) for line in two.identities.read_text(encoding="utf-8").splitlines()]


def union_of(corpus: Corpus, name: str) -> str:
    return next(str(u.entity) for case in corpus.cases for u in case.record.unions if u.name.endswith(name))


def test_a_pair_is_offered_with_its_reason(two: Workspace) -> None:
    pair = offered(two)
    assert (pair.kind, pair.reason, pair.judgement) == ("union", "same_core", None)
    assert pairs(read_corpus(two), "award") == []


def test_both_are_shown_where_they_are_named(two: Workspace) -> None:
    corpus, pair = read_corpus(two), offered(two)
    assert named(corpus, (pair.id,)) == (pair.first.id, pair.other.id)
    for side in (pair.first, pair.other):
        (place,) = appearances(corpus, two, side.id)
        assert place.name == side.name
        assert any(f"【{side.name}】" in sentence.text() and sentence.line == 3 for sentence in place.sentences)


def test_same_is_written_and_undo_takes_it_back(two: Workspace) -> None:
    pair = offered(two)
    made, new = judge(two, "same", (pair.id,), "甲", "同一公司")
    assert new
    corpus = read_corpus(two)
    assert corpus.redirects[made.ids[1]] == made.ids[0]
    assert company(corpus) is None
    shown = company(corpus, judged=True)
    assert shown is not None
    assert shown.judgement == made
    (line,) = lines(two)
    assert (line["decision"], line["by"], line["why"]) == ("same", "甲", "同一公司")
    judge(two, "undo", (pair.id,), "甲", "")
    assert read_corpus(two).redirects == {}
    assert company(read_corpus(two)) == pair
    assert len(lines(two)) == 2


@pytest.mark.parametrize("decision", ["different", "undecided"])
def test_what_was_looked_at_is_not_offered_again(two: Workspace, decision: str) -> None:
    pair = offered(two)
    judge(two, decision, (pair.other.id, pair.first.id), "乙", "")  # type: ignore[arg-type]
    assert company(read_corpus(two)) is None
    shown = company(read_corpus(two), judged=True)
    assert shown is not None
    assert shown.judgement is not None
    assert (shown.id, shown.judgement.decision) == (pair.id, decision)
    assert read_corpus(two).redirects == {}


def test_a_judgement_given_twice_is_written_once(two: Workspace) -> None:
    pair = offered(two)
    first, _ = judge(two, "same", (pair.id,), "甲", "")
    again, new = judge(two, "same", (pair.id,), "乙", "")
    assert not new
    assert again == first
    assert len(lines(two)) == 1


def test_a_judgement_can_be_changed(two: Workspace) -> None:
    pair = offered(two)
    judge(two, "same", (pair.id,), "甲", "")
    judge(two, "different", (pair.id,), "甲", "看错了")
    assert read_corpus(two).redirects == {}
    assert len(lines(two)) == 2


def test_names_stand_for_ids_where_they_are_clear(two: Workspace) -> None:
    made, _ = judge(two, "same", ("示例重工集团有限公司工会", "示例重工集团股份有限公司工会"), "甲", "")
    assert set(made.ids) == {offered_id for offered_id in made.ids if offered_id.startswith("union:")}
    assert company(read_corpus(two)) is None


@pytest.mark.parametrize(
    ("decision", "given", "by", "told"),
    [
        ("same", lambda p: (p.id,), " ", "nobody is named"),
        ("same", lambda _: ("abcdef",), "甲", "no pair"),
        ("same", lambda p: (p.first.id, "示例重工集团股份有限公司工"), "甲", "no such id"),
        ("same", lambda p: (p.first.id, p.first.name), "甲", "two different"),
        ("same", lambda p: (p.first.id, "宝山区"), "甲", "no such id"),
        ("undo", lambda p: (p.id,), "甲", "no judgement to undo"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    two: Workspace, decision: str, given: Callable[[Pair], tuple[str, ...]], by: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        judge(two, decision, given(offered(two)), by, "")  # type: ignore[arg-type]
    assert not two.identities.exists()


def test_things_of_two_kinds_are_not_one(two: Workspace) -> None:
    corpus, pair = read_corpus(two), offered(two)
    with pytest.raises(InputError, match="not of one kind"):
        judge(two, "same", (pair.first.id, corpus.cases[0].record.id), "甲", "")


def test_what_was_judged_different_is_not_joined_before_that_is_undone(two: Workspace) -> None:
    pair, third = offered(two), union_of(read_corpus(two), "宝山区总工会")
    judge(two, "different", (pair.id,), "甲", "")
    judge(two, "same", (pair.first.id, third), "甲", "")
    with pytest.raises(InputError, match="keep them apart"):
        judge(two, "same", (pair.other.id, third), "甲", "")
    judge(two, "undo", (pair.id,), "甲", "")
    judge(two, "same", (pair.other.id, third), "甲", "")
    assert read_corpus(two).conflicts == ()


def test_a_line_without_its_end_is_not_glued_to_the_next(two: Workspace) -> None:
    pair = offered(two)
    judge(two, "undecided", (pair.id,), "甲", "")
    two.identities.write_bytes(two.identities.read_bytes().rstrip(b"\n"))
    judge(two, "same", (pair.id,), "甲", "")
    assert [line["decision"] for line in lines(two)] == ["undecided", "same"]


def test_a_short_reprint_is_offered_and_joined_by_a_person(two: Workspace) -> None:
    again = two.root / "转载.txt"
    again.write_text("又一处驿站\n" + FIRST.partition("\n")[2], encoding="utf-8")
    assert not load_files(two, [again]).failed
    (pair,) = pairs(read_corpus(two), "case")
    assert pair.reason == "same_account.text"
    assert [place.field for place in appearances(read_corpus(two), two, pair.first.id)].count("unions") == 2
    judge(two, "same", (pair.id,), "甲", "")
    assert pairs(read_corpus(two), "case") == []
    assert set(read_corpus(two).redirects) | set(read_corpus(two).redirects.values()) == {pair.first.id, pair.other.id}


def test_a_certain_copy_needs_no_judging_but_can_be_taken_apart(tmp_path: Path) -> None:
    made = workspaces.create(tmp_path)
    booklet = (files("unionkg") / "example" / "案例选编.txt").read_text(encoding="utf-8")
    lines_of_it = booklet.splitlines()
    reprint = "\n".join(["优秀案例转载汇编", "2024年3月", *lines_of_it[: len(lines_of_it) // 2]]) + "\n"
    for name, text in (("选编.txt", booklet), ("转载.txt", reprint)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not load_files(made, [tmp_path / "选编.txt", tmp_path / "转载.txt"]).failed
    corpus = read_corpus(made)
    copies = pairs(corpus, "case", all_of_them=True)
    assert len(copies) >= 2
    assert pairs(corpus, "case") == []
    judge(made, "different", (copies[0].id,), "甲", "")
    assert read_corpus(made).apart == {frozenset((copies[0].first.id, copies[0].other.id))}


def test_an_id_that_was_retired_can_be_taken_apart_again(two: Workspace) -> None:
    authority = read_authority(two.authority)
    known = union_of(read_corpus(two), "宝山区总工会")
    authority.add("union", Entry(id="union:retired0", name="宝山工会", keys=("宝山工会@310113",), redirect=known))
    write_authority(two.authority, authority)
    assert read_corpus(two).redirects["union:retired0"] == known
    judge(two, "different", ("union:retired0", known), "甲", "")
    assert "union:retired0" not in read_corpus(two).redirects
    load_files(two, [two.root / "甲.txt"])
    assert read_authority(two.authority).entries["union"]["union:retired0"].redirect is None


def test_a_short_id_of_two_pairs_names_neither(two: Workspace) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for number in range(100_000):
        ends = (f"union:{2 * number:08x}", f"union:{2 * number + 1:08x}")
        short = pair_id(*ends)
        if short in seen:
            break
        seen[short] = ends
    for pair in (seen[short], ends):
        line = {"decision": "different", "ids": pair, "by": "甲", "at": "2026-01-01"}
        two.identities.parent.mkdir(exist_ok=True)
        with two.identities.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    with pytest.raises(InputError, match="2") as refused:
        named(read_corpus(two), [short])
    assert all(end in str(refused.value) for end in (*ends, *seen[short]))


@pytest.mark.parametrize("decision", ["same", "undecided"])
def test_a_judgement_on_several_is_taken_back_by_the_id_of_one_pair(two: Workspace, decision: str) -> None:
    corpus = read_corpus(two)
    ids = (union_of(corpus, "宝山区总工会"), union_of(corpus, "静安区总工会"), offered(two).first.id)
    judge(two, decision, ids, "甲", "")  # type: ignore[arg-type]
    pair = next(pair for pair in pairs(read_corpus(two), all_of_them=True) if pair.judgement is not None)
    judge(two, "undo", (pair.id,), "甲", "")
    assert not read_corpus(two).standing


def test_a_judgement_on_one_that_was_joined_since_is_taken_back_by_the_id_of_its_pair(two: Workspace) -> None:
    corpus, pair = read_corpus(two), offered(two)
    union = union_of(corpus, "宝山区总工会")
    judge(two, "undecided", (pair.other.id, union), "甲", "")
    judge(two, "same", (pair.first.id, pair.other.id), "甲", "")
    known = pairs(read_corpus(two), all_of_them=True)
    left_open = next(one for one in known if one.judgement and one.judgement.decision == "undecided")
    judge(two, "undo", (left_open.id,), "甲", "")
    assert [made.decision for made in read_corpus(two).standing.values()] == ["same"]
