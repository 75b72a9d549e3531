"""One account into one record: every field reader once, in the order in which they need each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from unionkg.graph.records import CaseRecord, Section, Statement, TextStatement
from unionkg.graph.validity import problems
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import (
    claims,
    commentators,
    concepts,
    diffusion,
    honors,
    outcomes,
    partners,
    platforms,
    policies,
    practices,
    regions,
    started,
    target_groups,
    union_superiors,
    unions,
)
from unionkg.loaders.extract.time_expressions import own_date


def read_account(
    account: Account, document: DocumentContext, document_id: str, vocabularies: Path | None = None
) -> CaseRecord:
    """Read an account; ids of the account, its statements and entities are given later (`graph.identity`).

    ``vocabularies`` is the folder of a workspace's own terms.
    """
    if date := own_date(account, document.source):
        document = replace(document, published=date)
    found_unions = unions.read(account, document)
    found_practices = practices.read(account, document, vocabularies)
    found_regions = regions.read(account, document, found_unions)
    found_partners = partners.read(account, document)
    found_start = started.read(account, document, found_practices)
    return CaseRecord(
        id="",
        document=document_id,
        kind=account.kind,
        lines=account.lines,
        title=_title(account),
        started=found_start,
        sections=_sections(account),
        unions=found_unions,
        superiors=union_superiors.read(account, document, found_unions),
        regions=found_regions,
        practices=found_practices,
        concepts=concepts.read(account, document, found_practices, vocabularies, partners=found_partners),
        target_groups=target_groups.read(account, document, vocabularies),
        outcomes=outcomes.read(account, document, found_start.value if found_start else None),
        partners=found_partners,
        policies=policies.read(account, document),
        platforms=platforms.read(account, document),
        honors=honors.read(account, document),
        commentators=commentators.read(account, document),
        diffusion=diffusion.read(account, document),
        claims=claims.read(account, document, found_regions),
    )


def _title(account: Account) -> TextStatement | None:
    if account.title is None:
        return None
    return TextStatement(value=account.title, evidence=account.title_evidence, method="title.layout", confidence=0.95)


def _sections(account: Account) -> tuple[Section, ...]:
    offsets = account.passage.offsets
    return tuple(
        Section(section.kind, section.heading, offsets[section.start], offsets[section.end - 1] + 1)
        for section in account.sections
        if section.end > section.start
    )


def defective(record: CaseRecord, text: str) -> list[tuple[str, Statement]]:
    """Statements whose quotes do not stand in the text where they say, or whose values cannot be (a period that ends
    before it begins): there must be none, and one must not cost the others.
    """
    return [
        (field, statement)
        for field, statement in record.statements()
        if any(problems(field, statement)) or any(text[e.start : e.end] != e.quote for e in statement.evidence)
    ]
