"""ZIP archives: the documents in them, one by one.

Names in archives of old programs are in GBK without saying so. What could write or read outside of the archive
(absolute paths, ``..``, symbolic links) and what is far larger unpacked than any document is refused by name;
what systems leave in archives (``__MACOSX``, dot files, lock files of Office) is passed over.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.loaders.readers import ARCHIVE, broken, bytes_of

#: Largest document and largest sum, in bytes, and most members; archives in archives down to a depth.
_LARGEST = 300_000_000
_LARGEST_SUM = 2_000_000_000
_MOST = 20_000
_DEEPEST = 3
_UTF8 = 0x800
_ENCRYPTED = 0x1
_LEFT_BEHIND = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.?/)|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DAMAGED = (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """A document of an archive: its place (``folder/a.docx``, ``b.zip!/a.docx``), and where it lies unpacked for now.

    ``error`` says why it could not be unpacked; there is no file then.
    """

    name: str
    file: Path | None
    error: InputError | None = None


def members(path: Path, wanted: Callable[[str], bool]) -> Iterator[Member]:
    """The documents of an archive whose names are ``wanted``; each lies unpacked until the next one is asked for.

    Raises
    ------
    InputError
        The archive is damaged, too large, or holds nothing that is wanted.
    """
    bytes_of(path)  # what cannot be opened is told as of every file
    count = 0
    with TemporaryDirectory(prefix="unionkg-") as folder:
        for member in _members(path, path, wanted, Path(folder), 1):
            count += 1
            yield member
    if not count:
        raise InputError(
            say("压缩包里没有可读的文献", "the archive holds no document that can be read"),
            where=path,
            hint=say("解压后看看里面是什么", "unpack it and see what is in it"),
        )


def _members(path: Path, shown: Path, wanted: Callable[[str], bool], folder: Path, depth: int) -> Iterator[Member]:
    try:
        with ZipFile(path) as archive:
            items = [item for item in archive.infolist() if not item.is_dir()]
            if len(items) > _MOST or sum(item.file_size for item in items) > _LARGEST_SUM:
                raise _bomb(shown)
            for n, item in enumerate(items):
                name = _name(item)
                if _LEFT_BEHIND.search(name):
                    continue
                inner = name.lower().endswith(ARCHIVE)
                if not inner and not wanted(name):
                    continue
                try:
                    file = _unpacked(archive, item, name, folder / f"{depth}-{n}{Path(name).suffix.lower()}", shown)
                except InputError as error:
                    yield Member(name, None, error)
                    continue
                if not inner:
                    yield Member(name, file)
                elif depth < _DEEPEST:
                    yield from _nested(file, shown, name, wanted, folder, depth)
                file.unlink()
    except _DAMAGED as error:
        raise broken(shown, error) from error


def _nested(
    file: Path, shown: Path, name: str, wanted: Callable[[str], bool], folder: Path, depth: int
) -> Iterator[Member]:
    try:
        for member in _members(file, Path(f"{shown}!/{name}"), wanted, folder, depth + 1):
            yield Member(f"{name}!/{member.name}", member.file, member.error)
    except InputError as error:
        yield Member(name, None, error)


def _name(item: ZipInfo) -> str:
    """The name of a member: UTF-8 where the archive says so, else what the bytes are."""
    name = item.filename
    if not item.flag_bits & _UTF8:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = item.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return re.sub(r"^(?:\./)+", "", name.replace("\\", "/"))


def _unpacked(archive: ZipFile, item: ZipInfo, name: str, target: Path, shown: Path) -> Path:
    where = f"{shown}!/{name}"
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
        raise InputError(
            say("压缩包里的路径指向包外，不读取", "its path leads out of the archive; not read"), where=where
        )
    if stat.S_ISLNK(item.external_attr >> 16):
        raise InputError(say("压缩包里的链接不读取", "a link in an archive is not read"), where=where)
    if item.flag_bits & _ENCRYPTED:
        raise InputError(
            say("压缩包设了密码", "the archive is locked with a password"),
            where=where,
            hint=say("用密码解压后读入其中的文件", "unpack it with the password and load its files"),
        )
    if item.file_size > _LARGEST:
        raise _bomb(Path(where))
    left = _LARGEST
    try:
        with archive.open(item) as packed, target.open("wb") as file:
            while chunk := packed.read(1 << 20):
                left -= len(chunk)
                if left < 0:  # it is larger than it says
                    raise _bomb(Path(where))
                file.write(chunk)
    except _DAMAGED as error:
        raise broken(Path(where), error) from error
    return target


def _bomb(where: Path) -> InputError:
    return InputError(
        say("解压后异常大，不读取", "it is abnormally large when unpacked; not read"),
        where=where,
        hint=say("自行解压后读入需要的文件", "unpack it yourself and load the files that you need"),
    )
