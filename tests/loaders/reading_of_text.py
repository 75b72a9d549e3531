"""Accounts made of a few sentences, for the tests of field readers."""

from __future__ import annotations

from collections.abc import Sequence

from unionkg.graph.records import Statement
from unionkg.loaders.accounts import Account, AccountSection, DocumentContext
from unionkg.loaders.source import Passage, SourceText, passage


def passage_of(text: str) -> Passage:
    """A passage with one paragraph a line."""
    source = SourceText(text)
    return passage(source, [[source.line_span(number)] for number in range(1, source.line_count + 1)])


def account_of(
    text: str, *, about: Sequence[tuple[str, str]] = (), comment: str | None = None
) -> tuple[Account, DocumentContext]:
    """An account of ``text``; ``comment`` is printed at its end as a section of 点评."""
    whole = text if comment is None else f"{text}\n{comment}"
    body = passage_of(whole)
    start = len(passage_of(text).text) + 1
    sections = () if comment is None else (AccountSection("点评", "专家点评", start, len(body.text)),)
    account = Account(
        kind="case",
        lines=((1, body.source.line_count),),
        passage=body,
        sections=sections,
        about=tuple((which, passage_of(printed)) for which, printed in about),
    )
    return account, DocumentContext(source=body.source, published="2024-06-18")


def grounded(statement: Statement, account: Account) -> bool:
    """Whether every quote stands where its offsets say, in the account's text or in a passage about it."""
    texts = [account.passage.source.text, *(printed.source.text for _, printed in account.about)]
    return bool(statement.evidence) and any(
        all(text[item.start : item.end] == item.quote for item in statement.evidence) for text in texts
    )
