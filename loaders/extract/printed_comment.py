"""Where an expert's comment is printed inside an account: its words are not the account's own."""

from __future__ import annotations

from unionkg.loaders.accounts import Account


def in_comment(account: Account, position: int) -> bool:
    """Whether a position of the account's passage lies in a section of comment (点评)."""
    return any(section.kind == "点评" and section.start <= position < section.end for section in account.sections)
