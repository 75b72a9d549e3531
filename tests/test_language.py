"""Which language messages are in: Chinese unless the user's settings say English."""

from __future__ import annotations

import threading

import pytest

from unionkg.language import language, say, speaking


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LC_ALL": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "UNIONKG_LANG": "zh"}, "zh"),
    ],
)
def test_the_language(settings: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UNIONKG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_one_thread_may_speak_another_language() -> None:
    seen: list[str] = []

    def listen() -> None:
        seen.append(language())

    with speaking("zh"):
        assert (language(), say("中", "en")) == ("zh", "中")
        with speaking("en"):
            assert language() == "en"
        assert language() == "zh"
        other = threading.Thread(target=listen)
        other.start()
        other.join()
    assert seen == ["en"]  # the tests' own
    assert language() == "en"
