"""An account in the making, and a document cut into such. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Draft:
    """An account in the making: indices of units. ``body`` is in the order of the document."""

    title: tuple[int, ...] = ()
    byline: int | None = None
    body: list[int] = field(default_factory=list)
    about: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    why: str = "single"
    opener: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def units(self) -> list[int]:
        """All units of the account, head first."""
        head = [*self.title, *([] if self.byline is None else [self.byline])]
        return [*sorted(head), *self.body] if self.why != "form" else sorted({*head, *self.body})


@dataclass(slots=True)
class Cut:
    """The accounts of a document, the rule by which each other unit is ignored, and the announcements among those."""

    drafts: list[Draft]
    ignored: dict[int, str]
    announcements: list[Draft]
