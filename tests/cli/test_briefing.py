"""unionkg brief: a Word file, or a message that says what is near."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.cli.running import unionkg


def test_a_briefing_is_written_where_the_user_says(loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "驿站 简报.docx"
    done = unionkg("brief", "工会驿站", "-o", target, cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "accounts" in done.stderr
    heads = [p.text for p in Document(str(target)).paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "一、资料范围与截止日期"


def test_a_kind_may_be_said_in_chinese(loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.docx"
    done = unionkg("brief", "新就业形态劳动者", "--kind", "群体", "-o", target, cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert Document(str(target)).paragraphs[0].text == "面向“新就业形态劳动者”的做法情况简报"


def test_what_the_material_has_nothing_of_makes_no_file(loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.docx"
    done = unionkg("brief", "疗休养", "-o", target, cwd=loaded, UNIONKG_LANG="zh")
    assert done.returncode == 1
    assert done.stderr.startswith("资料未见“疗休养”，没有生成文件")
    assert not target.exists()


def test_a_region_without_accounts_names_those_around_it_that_have_some(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("brief", "上海市金山区", "-o", tmp_path / "b.docx", cwd=loaded)
    assert done.returncode == 1
    assert "上海市" in done.stderr


def test_an_unclear_name_is_refused_with_what_is_near(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("brief", "工会驿战", "-o", tmp_path / "b.docx", cwd=loaded)
    assert done.returncode == 2
    assert "工会驿站/户外劳动者服务站" in done.stderr
    assert not (tmp_path / "b.docx").exists()


def test_the_file_is_a_word_file(loaded: Path, tmp_path: Path) -> None:
    done = unionkg("brief", "上海", "-o", tmp_path / "b.pdf", cwd=loaded)
    assert done.returncode == 2
    assert ".docx" in done.stderr


def test_the_public_edition_is_written_too(loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.docx"
    done = unionkg("brief", "上海", "--audience", "公开", "-o", target, cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert any("公开版" in paragraph.text for paragraph in Document(str(target)).paragraphs)


def test_the_same_workspace_gives_the_same_file(loaded: Path, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert unionkg("brief", "上海", "-o", tmp_path / name, cwd=loaded).returncode == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
