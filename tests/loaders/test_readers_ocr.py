"""Pictures of pages: what the optical recogniser's lines become."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.availability import unavailable
from tests.loaders.printing import HEIGHT, WIDTH, Drawn, set_in_columns
from unionkg.errors import InputError
from unionkg.loaders.readers import ocr, read

if TYPE_CHECKING:
    from PIL.Image import Image

STORY = [
    "工具书架进了车间",
    "江北机械厂工会把书架搬到车间门口，工人下班就能借走一本电工手册。",
    "书架由班组长轮流照看，三个月里借出四百二十册，丢了两册，都有人补上。",
    "厂工会又请来退休的老钳工，每周三晚上讲一课，来听的青工坐满了一屋子。",
]


@pytest.fixture(scope="module")
def font() -> tuple[str, int]:
    """A font file with Chinese characters, and the number of the face in it."""
    if not ocr.is_installed() or find_spec("PIL") is None:
        unavailable("the ocr extra and Pillow are not installed")
    found = ""
    if shutil.which("fc-match"):
        command = ["fc-match", "-f", "%{file}|%{index}|%{lang}", ":lang=zh-cn"]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "zh" not in found:
        unavailable("no font with Chinese characters")
    file, index, _ = found.split("|", 2)
    return file, int(index) & 0xFFFF


def picture(page: list[Drawn], font: tuple[str, int], *, dots: int = 200) -> Image:
    from PIL import Image, ImageDraw, ImageFont

    scale = dots / 72
    made = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    for line in page:
        face = ImageFont.truetype(font[0], round(line.size * scale), index=font[1])
        ImageDraw.Draw(made).text(
            (line.x * scale, (HEIGHT - line.y) * scale), line.text, font=face, fill="black", anchor="ls"
        )
    return made


def words(text: str) -> str:
    """Recognisers mix up full and half width; that is no matter of order."""
    return "".join(text.split()).replace(",", "，")


@pytest.mark.slow
def test_scan_in_two_columns(tmp_path: Path, font: tuple[str, int]) -> None:
    (page,) = set_in_columns(STORY, columns=2, bottom=700)
    path = tmp_path / "a.png"
    picture(page, font).save(path)
    decoded = read(path)
    assert [words(line) for line in decoded.text.strip().split("\n") if line] == STORY
    assert [page.label for page in decoded.pages] == ["1"]


@pytest.mark.slow
@pytest.mark.parametrize("angle", [90, 180])
def test_scan_that_lies_on_its_side_or_upside_down(tmp_path: Path, font: tuple[str, int], angle: int) -> None:
    (page,) = set_in_columns(STORY)
    path = tmp_path / "a.jpg"
    picture(page, font).rotate(angle, expand=True).save(path)
    assert [words(line) for line in read(path).text.strip().split("\n") if line] == STORY


@pytest.mark.slow
def test_only_pages_that_are_pictures_are_recognised(tmp_path: Path, font: tuple[str, int]) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    (page,) = set_in_columns(STORY)
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.setFont("STSong-Light", 10.5)
    canvas.drawString(72, 700, "工会编印，仅供学习。")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture(page, font)), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    decoded = read(path)
    assert [words(line) for line in decoded.text.strip().split("\n") if line] == ["工会编印，仅供学习。", *STORY]
    assert decoded.text[decoded.pages[1].start :].startswith("工具书架")


@pytest.mark.slow
def test_pages_of_a_tiff(tmp_path: Path, font: tuple[str, int]) -> None:
    pages = [
        [Drawn(text, 72, 700, 14)]
        for text in ("工会驿站从上午九点开门迎客，晚上八点关门。", "职工书屋借书要先登记，一次可以借走两册。")
    ]
    first, second = (picture(page, font) for page in pages)
    path = tmp_path / "a.tif"
    first.save(path, save_all=True, append_images=[second])
    decoded = read(path)
    assert [words(decoded.text[page.start :].split("\n")[0]) for page in decoded.pages] == [
        "工会驿站从上午九点开门迎客，晚上八点关门。",
        "职工书屋借书要先登记，一次可以借走两册。",
    ]


@pytest.mark.parametrize("content", [b"", b"GIF89a nothing", "这是文字".encode() * 50])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.where == str(path)


def test_without_the_recogniser_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "zh")
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match="先装文字识别") as caught:
        read(path)
    assert "unionkg[ocr]" in str(caught.value)
