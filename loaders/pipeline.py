"""A file in, a reading out: text, document record, case records and coverage. Nothing is written here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from unionkg.errors import InputError
from unionkg.graph.identity import document_id
from unionkg.graph.records import CaseRecord, DocumentRecord, Statement
from unionkg.language import say
from unionkg.loaders.confidence import with_confidences
from unionkg.loaders.coverage import Coverage, coverage
from unionkg.loaders.extract import announcements
from unionkg.loaders.layout import accounts
from unionkg.loaders.readers import bytes_of, media_type_of, read
from unionkg.loaders.reading import defective, read_account
from unionkg.loaders.source import SourceText

#: Words without one of which no account of a union can be told; words and signs of any script; least share of Chinese.
_UNION = re.compile("工[会會]|[职職]工|工[联聯][会會]|[总總]工[会會]|[劳勞][模动動]|工人|[会會][员員]")
_WORDS = re.compile(r"\w+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_CHINESE = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave. Ids of accounts, statements and entities are still empty.

    ``dropped`` names statements that were left out because their words do not stand in the text, or their values cannot
    be: a reader's defect.
    """

    document: DocumentRecord
    original: bytes
    text: str
    records: tuple[CaseRecord, ...]
    coverage: Coverage
    dropped: tuple[str, ...] = ()


def read_file(
    path: Path,
    origin: str,
    *,
    published: str | None = None,
    known_as: str | None = None,
    vocabularies: Path | None = None,
) -> Reading:
    """Read a file.

    Parameters
    ----------
    path : Path
    origin : str
        What to remember as its place (relative to the workspace where it lies inside).
    published : str, optional
        The date of publication as a partial date; overrides what the document says.
    known_as : str, optional
        The document's id, where it was loaded before.
    vocabularies : Path, optional
        The folder of a workspace's own terms.

    Raises
    ------
    InputError
        The file cannot be read, or holds no account.
    """
    decoded = read(path)
    original = bytes_of(path)
    sha256 = hashlib.sha256(original).hexdigest()
    source = SourceText(decoded.text)
    layout = accounts(source, published=published, rows=decoded.rows)
    context = layout.context
    covered = coverage(source, layout)
    announced = [announcements.read(piece, context, vocabularies) for piece in layout.announcements]
    if not layout.accounts and not any(announced):
        raise _no_account(path, covered)
    if not speaks_of_unions(decoded.text):
        raise _foreign(path)
    document = DocumentRecord(
        id=known_as or document_id(sha256),
        title=context.title or PurePosixPath(origin).stem,
        origin=origin,
        sha256=sha256,
        encoding=decoded.encoding,
        media_type=media_type_of(path),
        publisher=context.publisher,
        published=context.published,
        published_method="given" if published else "document.layout" if context.published else None,
        url=decoded.url,
        pages=decoded.pages,
        announcements=tuple(one for one in announced if one),
    )
    read_records = [
        with_confidences(read_account(account, context, document.id, vocabularies), account)
        for account in layout.accounts
    ]
    records, dropped = [], []
    for record in read_records:
        kept, gone = sound(record, decoded.text)
        records.append(kept)
        dropped += gone
    return Reading(document, original, decoded.text, tuple(records), covered, tuple(dropped))


def speaks_of_unions(text: str) -> bool:
    """Whether a text is Chinese and speaks of unions or workers at all; a licence or a program does not."""
    if not _UNION.search(text):
        return False
    chinese, words = (sum(map(len, pattern.findall(text))) for pattern in (_HAN, _WORDS))
    return chinese >= _CHINESE * words


def _foreign(path: Path) -> InputError:
    return InputError(
        say("没有读到任何案例或报道", "no account was found in it"),
        where=path,
        hint=say(
            "这不像工会文献：不是中文，或全文没有提到工会、职工。检查是不是拿错了文件",
            "it does not look like a union document: it is not in Chinese or names no union; check that it is the right file",
        ),
    )


def sound(record: CaseRecord, text: str) -> tuple[CaseRecord, list[str]]:
    """A record without statements whose words do not stand in the text or whose values cannot be, and what those were."""
    bad: Mapping[int, str] = {id(statement): field for field, statement in defective(record, text)}
    if not bad:
        return record, []
    changed: dict[str, Any] = {}
    for field in set(bad.values()):
        held = getattr(record, field)
        changed[field] = None if isinstance(held, Statement) else tuple(item for item in held if id(item) not in bad)
    first = record.lines[0][0]
    told = [f"{field}: {item.key[0]} ({first})" for field, item in record.statements() if id(item) in bad]
    return replace(record, **changed), told


def _no_account(path: Path, covered: Coverage) -> InputError:
    """The error for a file without accounts, with what became of its lines: that is what the user has to look at."""
    ignored = say("、", ", ").join(f"{rule} {count}" for rule, count in covered.ignored.items())
    left = say("、", ", ").join(f"{a}-{b}" if b > a else str(a) for a, b in covered.left_over)
    lines = [say("目录、名单、通知不算案例，不会读入", "contents, lists and notices are no accounts and are not read")]
    if ignored:
        lines.append(say(f"忽略的行：{ignored}", f"lines ignored: {ignored}"))
    if left:
        lines.append(say(f"没有归类的行：{left}", f"lines left over: {left}"))
    return InputError(
        say("没有读到任何案例或报道", "no account was found in it"), where=path, hint=say("；", "; ").join(lines)
    )
