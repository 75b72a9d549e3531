"""Word files: mammoth turns them into HTML, and the blocks of that are read (`blocks`).

The old binary formats (.doc, .wps, .rtf) cannot be read; the message says what to do. Files that only carry such
a suffix and are web pages or .docx inside (many office systems export them so) are read as what they are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.loaders.readers import Decoded, broken, bytes_of, empty

#: Largest part and largest sum of parts, in bytes; the text of a thousand pages has a tenth of that.
_LARGEST_PART = 60_000_000
_LARGEST = 200_000_000
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_OLE = b"\xd0\xcf\x11\xe0"
#: What the libraries raise on files that are no Word files inside.
_DAMAGED = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    RecursionError,
    NotImplementedError,
    OSError,
)


def read(path: Path) -> Decoded:
    """Read a Word file. Raises InputError where it is old, locked with a password, damaged or empty."""
    raw = bytes_of(path)
    if not raw:
        raise empty(path)
    if raw.startswith(_OLE):
        raise _old(path, locked=path.suffix.lower() in {".docx", ".docm"})
    if not raw.startswith(b"PK"):
        return _other(raw, path)
    parts = _parts(raw, path)
    if "word/document.xml" not in parts:
        raise broken(path, say("里面没有 Word 正文", "no Word document inside"))
    from unionkg.loaders.readers.blocks import blocks, text_of
    from unionkg.loaders.readers.html import parsed

    stored = text_of(blocks(parsed(f"<body>{_html(parts, path)}</body>", path)))
    if not stored.strip():
        raise empty(path)
    return Decoded(stored, "utf-8")


def _parts(raw: bytes, path: Path) -> dict[str, bytes]:
    """The XML parts of the package. Document types are refused: they only serve to blow up or to read other files."""
    parts: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(raw)) as package:
            wanted = [item for item in package.infolist() if item.filename.endswith((".xml", ".rels"))]
            sizes = [item.file_size for item in wanted]
            if max(sizes, default=0) > _LARGEST_PART or sum(sizes) > _LARGEST:
                raise broken(path, say("解开后异常大", "it is abnormally large when unpacked"))
            for item in wanted:
                with package.open(item) as part:
                    content = part.read(_LARGEST_PART + 1)
                head = content[:2000].replace(b"\0", b"").upper()
                if len(content) > _LARGEST_PART or b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise broken(path, say("含有不应有的实体定义", "it defines entities, which it must not"))
                parts[item.filename] = content
    except _DAMAGED as error:
        raise broken(path, error) from error
    return parts


def _html(parts: Mapping[str, bytes], path: Path) -> str:
    from xml.parsers.expat import ExpatError

    import mammoth
    from lxml import etree

    try:
        changed = {**parts, "word/document.xml": _numbered(parts)}
        package = BytesIO()
        with ZipFile(package, "w") as copy:
            for name, content in changed.items():
                copy.writestr(name, content)
        # Pictures hold no text; without a converter all of them would stand in the page as base64.
        made = mammoth.convert_to_html(
            package, style_map=_STYLES, convert_image=lambda _: [], ignore_empty_paragraphs=False
        )
    except (*_DAMAGED, ExpatError, etree.XMLSyntaxError) as error:
        raise broken(path, error) from error
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(made.value))


def _numbered(parts: Mapping[str, bytes]) -> bytes:
    """The document with the numbers of its lists as text."""
    from lxml import etree

    from unionkg.loaders.readers.numbering import lists_of, print_numbers

    def tree(name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(parts[name], parser) if name in parts else None

    numbering = tree("word/numbering.xml")
    if numbering is None:
        return parts["word/document.xml"]
    document = tree("word/document.xml")
    print_numbers(document, tree("word/styles.xml"), lists_of(numbering))
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True))


def _other(raw: bytes, path: Path) -> Decoded:
    """A file that is no package: a web page with the suffix of a Word file, else an old format or nothing known."""
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<", b"mime-version")) or b"<html" in head:
        from unionkg.loaders.readers import html

        return html.page(raw, path)
    if head.startswith(b"{\\rtf") or path.suffix.lower() in {".doc", ".wps", ".rtf", ".odt"}:
        raise _old(path, locked=False)
    raise broken(path, "")


def _old(path: Path, *, locked: bool) -> InputError:
    if locked:
        return InputError(
            say("文件设了打开密码，或是旧版格式", "the file is locked with a password, or of an old format"),
            where=path,
            hint=say(
                "用 Word 或 WPS 打开，去掉密码，另存为 .docx",
                "open it in Word or WPS, take the password off and save it as .docx",
            ),
        )
    suffix = path.suffix.lower()
    return InputError(
        say(f"读不了旧版的 {suffix} 文件", f"files of the old format {suffix} cannot be read"),
        where=path,
        hint=say(
            "用 Word 或 WPS 打开，选“文件 → 另存为”，类型选 Word 文档 (*.docx)，再读入",
            "open it in Word or WPS, save it as a Word document (.docx) and load that",
        ),
    )
