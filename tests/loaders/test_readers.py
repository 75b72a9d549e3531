from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from unionkg.errors import InputError
from unionkg.loaders.readers import Format, format_of, read

TEXT = "总工会为职工办实事\n第二行：驿站、书屋和法律援助，惠及会员三千人。\n"
TRADITIONAL = "總工會為職工辦實事\n勞動者的權益，工會會員三千人都有份。\n"


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (TEXT, "utf-8", "utf-8"),
        (TEXT, "utf-8-sig", "utf-8"),
        (TEXT, "gbk", "gb18030"),
        (TEXT, "gb18030", "gb18030"),
        (TEXT + "𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TEXT, "utf-16", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-32", "utf-32-le"),
        ("plain ascii\n", "ascii", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str, expected: str) -> None:
    path = tmp_path / "文件.txt"
    path.write_bytes(text.encode(encoding))
    decoded = read(path)
    assert (decoded.text, decoded.encoding) == (text, expected)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT * 40, "gb18030"),
        (TEXT * 40, "utf-8"),
        (TEXT[:8], "gb18030"),
        (TEXT[:8], "utf-8"),
        (TRADITIONAL * 40, "big5hkscs"),
        (TRADITIONAL * 40, "gb18030"),
        (TRADITIONAL[:8], "big5hkscs"),
    ],
)
def test_right_script_whatever_the_length(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read(path).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\f", "\u2028", "\u2029", "\x85", "\v"])
def test_line_ends_become_line_feeds(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"工会{end}驿站{end}书屋".encode())
    assert read(path).text == "工会\n驿站\n书屋"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "没有文字"),
        (b" \n\t\n", "没有文字"),
        (b"\xef\xbb\xbf", "没有文字"),
        (b"%PDF-1.4\n\x00\x01\x02\x03\x00\xff\xfe" * 20, "不是文本文件"),
        (bytes(range(1, 9)) * 200, "不是文本文件"),
        ("工会".encode() + b"\xff\xff\xff\x80" + "驿站".encode(), "第 6 字节（第 1 行）"),
        (b"\xff\xfe\x00", "编码"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, says: str) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        read(path)
    assert caught.value.where == str(path)


def test_missing_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "en")
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("工会", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError):
        read(path)


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "README"])
def test_formats_by_suffix(name: str) -> None:
    assert format_of(Path(name)) is Format.TEXT


def test_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes("工会".encode())
    with pytest.raises(InputError) as caught:
        read(path)
    assert ".txt" in str(caught.value)
