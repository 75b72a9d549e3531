"""Archives, and what a load makes of files in many formats: nothing twice, nothing lost because of another file."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

import unionkg
from tests.loaders import office_files as office
from unionkg.errors import InputError
from unionkg.loaders.readers.archive import members
from unionkg.loading import files_of

STORY = "驿站开到家门口\n\n长兴县总工会建成工会驿站100个，服务户外劳动者3万人次，联合县妇联送健康。\n"
OTHER = "托管班开进厂区\n\n上海市嘉定区南翔镇总工会办起暑期托管班，120名职工子女参加，课程免费。\n"


def _names(path: Path) -> list[tuple[str, str | None]]:
    wanted = (".txt", ".docx")
    return [
        (member.name, member.file.read_text(encoding="utf-8") if member.file else None)
        for member in members(path, lambda name: name.endswith(wanted))
    ]


@pytest.mark.parametrize("gbk", [False, True])
def test_members_in_folders_with_chinese_names(tmp_path: Path, gbk: bool) -> None:
    contents = {
        "甲/第一篇.txt": STORY.encode(),
        "./甲/乙/第二篇.txt": OTHER.encode(),
        "照片.jpg": b"x",
        "__MACOSX/甲/._第一篇.txt": b"x",
        ".DS_Store": b"x",
        "甲/~$第一篇.docx": b"x",
    }
    office.write_zip(tmp_path / "a.zip", contents, gbk=gbk)
    assert _names(tmp_path / "a.zip") == [("甲/第一篇.txt", STORY), ("甲/乙/第二篇.txt", OTHER)]


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    office.write_zip(tmp_path / "inner.zip", {"b.txt": OTHER.encode()})
    contents = {"a.txt": STORY.encode(), "内.zip": (tmp_path / "inner.zip").read_bytes(), "坏.zip": b"PK nothing"}
    office.write_zip(tmp_path / "a.zip", contents)
    assert _names(tmp_path / "a.zip") == [("a.txt", STORY), ("内.zip!/b.txt", OTHER), ("坏.zip", None)]


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "x/../../a.txt", "C:\\a.txt", "..\\a.txt"])
def test_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    office.write_zip(tmp_path / "a.zip", {name: b"x", "b.txt": OTHER.encode()})
    found = list(members(tmp_path / "a.zip", lambda name: name.endswith(".txt")))
    assert [bool(member.error) for member in found] == [True, False]


def test_links_and_locked_members_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", OTHER)
    raw = (tmp_path / "a.zip").read_bytes()
    at = raw.rindex(b"PK\x01\x02")
    (tmp_path / "b.zip").write_bytes(raw[: at + 8] + b"\x01" + raw[at + 9 :])
    found = list(members(tmp_path / "b.zip", lambda name: name.endswith(".txt")))
    assert [bool(member.error) for member in found] == [True, True]
    assert "password" in str(found[1].error)


@pytest.mark.parametrize("contents", [{}, {"a.jpg": b"x"}])
def test_archives_without_documents_say_so(tmp_path: Path, contents: dict[str, bytes]) -> None:
    office.write_zip(tmp_path / "a.zip", contents)
    with pytest.raises(InputError, match="no document"):
        _names(tmp_path / "a.zip")


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    office.write_zip(tmp_path / "a.zip", {"a.txt": STORY.encode() * 50})
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:40])
    with pytest.raises(InputError):
        _names(tmp_path / "a.zip")


def test_a_bomb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unionkg.loaders.readers.archive._LARGEST", 1_000_000)
    office.write_zip(tmp_path / "a.zip", {"a.txt": b"0" * 1_000_001, "b.txt": OTHER.encode()})
    assert _names(tmp_path / "a.zip") == [("a.txt", None), ("b.txt", OTHER)]


# -- loading -------------------------------------------------------------------------------------------------------------


def test_members_are_documents_of_their_own_and_are_found_again(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path)
    office.write_zip(tmp_path / "年度.zip", {"甲/a.txt": STORY.encode(), "b.txt": OTHER.encode(), "坏.docx": b"PK"})
    first = kg.load(tmp_path / "年度.zip")
    assert [item.document.origin for item in first.loaded] == ["年度.zip!/甲/a.txt", "年度.zip!/b.txt"]
    assert [(str(path), error.where) for path, error in first.failed] == [
        (f"{tmp_path / '年度.zip'}!/坏.docx", f"{tmp_path / '年度.zip'}!/坏.docx")
    ]
    changed = STORY.replace("100个", "120个")
    office.write_zip(tmp_path / "年度.zip", {"甲/a.txt": changed.encode(), "b.txt": OTHER.encode()})
    again = kg.load(tmp_path / "年度.zip")
    assert [item.document.id for item in again.loaded] == [item.document.id for item in first.loaded]
    assert [item.changed for item in again.loaded] == [True, False]
    assert kg.document("a.txt").id == first.loaded[0].document.id


def test_the_same_text_in_another_format_is_not_read_again(tmp_path: Path) -> None:
    kg = unionkg.open(tmp_path / "w")
    text = office.example("案例选编.txt")
    (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
    office.write_docx(tmp_path / "b.docx", text)
    (tmp_path / "c.txt").write_text("\ufeff" + text.replace("\n\n", "\n"), encoding="utf-8")
    (tmp_path / "d.txt").write_text(text + "\n2019年1月重印\n", encoding="utf-8")
    done = kg.load(tmp_path / "a.txt", tmp_path / "b.docx", tmp_path / "c.txt", tmp_path / "d.txt")
    assert [item.document.origin.rpartition("/")[2] for item in done.loaded] == ["a.txt", "d.txt"]
    assert [(path.name, document.id) for path, document in done.repeated] == [
        ("b.docx", done.loaded[0].document.id),
        ("c.txt", done.loaded[0].document.id),
    ]
    assert not kg.load(tmp_path / "a.txt").repeated  # the file itself is read again, as ever


def test_a_broken_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    for name in ("b.docx", "c.xlsx", "d.pdf", "e.zip"):
        (tmp_path / name).write_bytes(b"PK\x03\x04" + b"\xff" * 100)
    (tmp_path / "f.html").write_bytes(bytes(range(256)))
    done = unionkg.open(tmp_path / "w").load(tmp_path, dry_run=True)
    assert len(done.loaded) == 1
    assert sorted(path.name for path, _ in done.failed) == ["b.docx", "c.xlsx", "d.pdf", "e.zip", "f.html"]


@pytest.mark.parametrize(
    "text",
    [
        "Permission is hereby granted, free of charge, to any person obtaining a copy of this software.\n" * 20,
        "def union(a, b):\n    # 工会 = 并集\n    return a | b\n\n" * 20,
        "昨天天气很好，我们去公园散步，看到了很多花，心情十分愉快，晚上早早休息。\n" * 5,
    ],
)
def test_what_is_no_union_document_is_not_read_as_an_account(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = unionkg.open(tmp_path / "w").load(tmp_path / "a.txt", dry_run=True)
    assert not done.loaded
    assert "no account was found" in str(done.failed[0][1])


def test_folders_give_documents_of_all_formats_but_no_parts_of_saved_pages(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "b.DOCX",
        "c.html",
        "c_files/d.htm",
        "e.zip",
        "f.jpg",
        "~$b.docx",
        ".g.txt",
        "h/i.csv",
        "j.doc",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in files_of([tmp_path])]
    assert found == ["a.txt", "b.DOCX", "c.html", "e.zip", "h/i.csv", "j.doc"]
    assert [path.name for path in files_of([str(tmp_path / "*.jpg")])] == ["f.jpg"]
