"""What the name of a topic means, and what is near where the material has nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.viz.briefing.briefed import example, projected
from unionkg.briefing import meaning
from unionkg.errors import InputError
from unionkg.language import speaking
from unionkg.viz.briefing.topic import Kind


@pytest.mark.parametrize(
    ("name", "kind", "meant"),
    [
        ("工会驿站", None, ("practice", "工会驿站/户外劳动者服务站")),
        ("平等协商", None, ("practice", "集体协商")),
        ("工会服务职工", None, ("theme", "工会服务职工")),
        ("劳动和技能竞赛", "theme", ("theme", "劳动和技能竞赛")),
        ("劳动和技能竞赛", "practice", ("practice", "劳动和技能竞赛")),
        ("快递员", None, ("group", "快递员")),
        ("上海", None, ("region", "上海市")),
        (" 310113 ", None, ("region", "上海市宝山区")),
    ],
)
def test_a_topic_is_found_by_any_of_its_names(name: str, kind: Kind | None, meant: tuple[str, str]) -> None:
    found = meaning(projected()[0], name, kind)
    assert (found.kind, found.name) == meant


@pytest.mark.parametrize(
    ("name", "kind", "what", "hint"),
    [
        ("劳动和技能竞赛", None, "几种", "--kind theme"),
        ("劳动和技能竞赛", None, "几种", "--kind practice"),
        ("鼓楼区", None, "可以指", "region:"),
        ("工会驿战", None, "做法类型、领域、服务对象或地区", "工会驿站/户外劳动者服务站"),
        ("上海", "theme", "领域", ""),
        ("  ", None, "没有", "unionkg search"),
    ],
)
def test_what_means_nothing_or_several_things_is_refused(name: str, kind: Kind | None, what: str, hint: str) -> None:
    with speaking("zh"), pytest.raises(InputError) as refused:
        meaning(projected()[0], name, kind)
    assert what in refused.value.what
    assert hint in (refused.value.hint or "")


def test_a_briefing_is_a_word_file_from_python_too(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        example().brief("工会驿站", tmp_path / "简报.pdf")
    assert ".docx" in refused.value.what
    assert not list(tmp_path.iterdir())
