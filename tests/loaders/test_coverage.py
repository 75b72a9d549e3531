from __future__ import annotations

import random
from pathlib import Path

import pytest

from unionkg.loaders.coverage import coverage
from unionkg.loaders.layout import accounts
from unionkg.loaders.source import SourceText

LAYOUTS = Path(__file__).resolve().parent.parent / "fixtures" / "layouts"
FIXTURES = {path.name: path.read_text(encoding="utf-8") for path in sorted(LAYOUTS.iterdir())}

HOSTILE = {
    "empty": "",
    "blanks": " \n\t\n\u3000\u3000\n\n",
    "one line": "工会",
    "one huge line": "总工会办实事，职工得实惠。" * 5_000,
    "huge line without marks": "总工会" * 5_000,
    "many short lines": "工会\n" * 2_000,
    "control characters": "总工会\x00\x01\x02办\x1b[31m实事\x07\n" * 20,
    "mixed line ends": "甲市总工会\r\n办夜校\r开课20场。\u2028听课900人。\f完。",
    "only headings": "案例一\n案例二\n目录\n专家点评\n背景\n做法\n",
    "only bullets": "●\n◆\n● 甲\n◆ 乙\n",
    "open brackets": "（（（《《《“““【【【\n" * 50,
    "digits": "1\n2\n3\n4-5\n2020\n",
    "surrogate and rare": "𠮷野𡈽 \U0001f600 总工会\ufeff\u200b\n",
    "tabs": "序号\t单位\t做法\n1\t\t\n\t\t\t\n2\t甲市总工会\n",
    "colons": "单位:\n项目:\n做法:\n单位:甲\n项目:乙\n单位:\n项目:丙\n",
    "latin": "Trade union news\n\nNothing here is Chinese.\n",
}


def shuffled(text: str, seed: int) -> str:
    lines = text.split("\n")
    random.Random(seed).shuffle(lines)
    return "\n".join(lines)


SHUFFLED = {f"{name} shuffled {seed}": shuffled(text, seed) for name, text in FIXTURES.items() for seed in range(3)}
ALL = FIXTURES | HOSTILE | SHUFFLED


@pytest.mark.parametrize("name", ALL)
def test_every_line_counts_once(name: str) -> None:
    source = SourceText(ALL[name])
    found = coverage(source, accounts(source))
    printed = [n for n in range(1, source.line_count + 1) if source.line(n).strip()]
    assert found.used + sum(found.ignored.values()) + found.left == len(printed)
    assert found.blank == source.line_count - len(printed)
    inside = [n for first, last in found.left_over for n in range(first, last + 1) if source.line(n).strip()]
    assert len(inside) == found.left
    assert all(source.line(first).strip() and source.line(last).strip() for first, last in found.left_over)


@pytest.mark.parametrize("name", ALL)
def test_passages_map_back_to_the_text(name: str) -> None:
    source = SourceText(ALL[name])
    layout = accounts(source)
    for account in layout.accounts:
        passages = [account.passage, *(passage for _, passage in account.about)]
        for passage in passages:
            assert len(passage.offsets) == len(passage.text)
            for character, offset in zip(passage.text, passage.offsets, strict=True):
                assert character in "\n " or source.text[offset] == character
        assert 0 <= account.body <= len(account.passage.text)
        lines = {n for first, last in account.lines for n in range(first, last + 1)}
        assert {source.line_of(offset) for offset in account.passage.offsets} <= lines
        for quote in account.title_evidence:
            assert source.text[quote.start : quote.end] == quote.quote
        for section in account.sections:
            assert 0 <= section.start <= section.end <= len(account.passage.text)


@pytest.mark.parametrize("name", FIXTURES)
def test_fixtures_leave_nothing_over(name: str) -> None:
    source = SourceText(FIXTURES[name])
    assert coverage(source, accounts(source)).left_over == ()


def test_accounts_do_not_share_lines() -> None:
    for name, text in (FIXTURES | SHUFFLED).items():
        seen: set[int] = set()
        layout = accounts(SourceText(text))
        ignored = {n for (first, last), _ in layout.ignored for n in range(first, last + 1)}
        for account in layout.accounts:
            lines = {n for first, last in account.lines for n in range(first, last + 1)} - ignored
            printed = {n for n in lines if SourceText(text).line(n).strip()}
            assert not printed & seen, name
            seen |= printed


def test_unclaimed_text_is_reported() -> None:
    text = "各县做法汇编\n\n这一段说的是很久以前的往事，与后面的案例没有关系，写得很长，足够成为一段正文而不是标题，说完便没有了下文，读者也不知道它出自哪里。\n\n甲市总工会 办夜校\n\n甲市总工会开课20场。\n\n乙市总工会 送书到田头\n\n乙市总工会送书900册。\n"
    source = SourceText(text)
    found = coverage(source, accounts(source))
    assert found.left_over == ((3, 3),)
    assert (found.used, found.left) == (4, 1)
