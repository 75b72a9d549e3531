"""Plain text in any encoding that Chinese documents come in.

The order of the tries: byte order marks; UTF-16 without one (by where the NULs stand); strict UTF-8; then what
charset-normalizer finds probable among the Chinese encodings. Strict UTF-8 goes first because longer Chinese
text that is valid UTF-8 by chance does not occur. GBK and GB2312 are read as GB18030, which contains them.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.loaders.readers import Decoded, bytes_of, empty

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "big5hkscs")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SAMPLE = 65_536
#: What a wrong choice between GB18030 and Big5 turns common characters into, and what a right one is full of.
_COMMON = frozenset("的一是在和有不了工会職职务服人年为為上会會企业業建市个個中总總動动大新公司区區")


def read(path: Path) -> Decoded:
    """Read a text file; line ends (CR, CRLF, form feeds, U+2028 …) become line feeds.

    Raises
    ------
    InputError
        The file is missing, a folder, not readable, empty, binary or in no encoding that we know.
    """
    decoded = decode(bytes_of(path), path)
    if not decoded.text.strip():
        raise empty(path)
    return decoded


def decode(raw: bytes, where: Path | str | None = None) -> Decoded:
    """Decode the bytes of a text file; raises InputError as `read` does."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding, where)
    if b"\0" in raw[:_SAMPLE]:
        wide = _utf16(raw)
        if wide is None:
            raise _binary(raw.index(b"\0"), where)
        return _strict(raw, wide, where)
    _refuse_control(raw, where)
    try:
        return Decoded(_lines(raw.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    guessed = _guess(raw)
    if guessed is None:
        raise _undecodable(broken, raw, where)
    return _strict(raw, guessed, where)


def _strict(raw: bytes, encoding: str, where: Path | str | None) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(error, raw, where) from error
    return Decoded(_lines(text), encoding)


def _lines(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def _utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark: line ends and ASCII put NULs on one side only, and Chinese stands on the other."""
    sample = raw[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(raw) % 2 or (even and odd):
        return None
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = sample.decode(encoding, errors="replace")
    plain = sum(c.isprintable() or c in "\r\n\t\f" for c in text)
    return encoding if plain >= 0.98 * len(text) and "\ufffd" not in text[:-1] else None


def _guess(raw: bytes) -> str | None:
    """Which Chinese encoding the bytes are in: those that decode, by charset-normalizer, then by common characters."""
    possible: dict[str, str] = {}
    for encoding in _CANDIDATES:
        try:
            possible[encoding] = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    if len(possible) < 2:
        return next(iter(possible), None)
    from charset_normalizer import from_bytes

    best = from_bytes(raw[: _SAMPLE & ~1], cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    shares = {encoding: sum(c in _COMMON for c in text) / len(text) for encoding, text in possible.items()}
    ranked = sorted(shares, key=lambda encoding: -shares[encoding])
    if shares[ranked[0]] >= 2 * shares[ranked[1]] and shares[ranked[0]] > 0.02:
        return ranked[0]
    if best is not None:
        return "gb18030" if best.encoding.startswith("gb") else "big5hkscs"
    return ranked[0]


#: All below a blank but tab, line ends, form feed, and what old word processors close a file or a sequence with.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")


def _refuse_control(raw: bytes, where: Path | str | None) -> None:
    """Refuse bytes that no text holds: a tenth of a per cent of control characters and more."""
    control = [match.start() for match in _CONTROL.finditer(raw, 0, _SAMPLE)]
    if len(control) > max(2, len(raw[:_SAMPLE]) // 1000):
        raise _binary(control[0], where)


def _binary(position: int, where: Path | str | None) -> InputError:
    return InputError(
        say(
            f"这不是文本文件（第 {position} 字节是控制字符）",
            f"this is not a text file (control character at byte {position})",
        ),
        where=where,
        hint=say(
            "用原来的程序打开它，另存为纯文本（UTF-8）", "open it in its own program and save it as plain text (UTF-8)"
        ),
    )


def _undecodable(error: UnicodeDecodeError, raw: bytes, where: Path | str | None) -> InputError:
    line = raw.count(b"\n", 0, error.start) + 1
    return InputError(
        say(
            f"认不出文件的编码：第 {error.start} 字节（第 {line} 行）不合 {error.encoding}",
            f"the encoding is not recognised: byte {error.start} (line {line}) is not {error.encoding}",
        ),
        where=where,
        hint=say(
            "在编辑器中打开，确认没有乱码后另存为 UTF-8",
            "open it in an editor, check that it reads well and save it as UTF-8",
        ),
    )
