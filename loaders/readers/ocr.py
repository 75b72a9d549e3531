"""Pictures of pages (scans, photographs) read with an optical recogniser: RapidOCR on ONNX Runtime.

The Chinese models lie inside the package ``rapidocr`` (3.10); they are named by path, so nothing is ever
looked for on the network. Reading order, furniture and paragraphs are found as in a PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.loaders.readers import Decoded, broken, bytes_of, empty
from unionkg.loaders.readers.page_furniture import PrintedPage
from unionkg.loaders.readers.page_order import Piece
from unionkg.loaders.readers.page_text import stored_text
from unionkg.loaders.readers.pdf_glyphs import is_wide
from unionkg.loaders.readers.radicals import printed

#: Which model of the package does what: finding lines, telling lines that stand on their head, reading them.
_MODELS = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}
#: Lines that the recogniser is less sure of are noise: patterns, stamps, faces.
_SURE = 0.6
#: From here on the recogniser is as sure as it is of a page that stands upright.
_UPRIGHT = 0.85
#: A picture with more pixels than this is refused: it is no page.
_PIXELS = 120_000_000


def is_installed() -> bool:
    """Whether text in pictures can be read on this machine."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read(path: Path) -> Decoded:
    """Read the text of a picture; each picture of a TIFF of several is a page.

    Raises
    ------
    InputError
        The file cannot be read, is no picture, shows no text, or the optical recogniser is not installed.
    """
    raw = bytes_of(path)
    if not raw:
        raise empty(path)
    if not is_installed():
        raise InputError(
            say("要读图片，先装文字识别", "reading pictures needs text recognition"),
            where=path,
            hint=say(
                '运行 pip install "unionkg[ocr]"；或者向编印单位要文字版',
                'run pip install "unionkg[ocr]"; or ask its publisher for a version with text',
            ),
        )
    text, starts = stored_text([printed_page(picture) for picture in _pictures(raw, path)])
    if not text:
        raise empty(path)
    return Decoded(text, "utf-8", starts)


def printed_page(picture: Any) -> PrintedPage:
    """Recognise a page: ``picture`` is an array of height by width by 3 (blue, green, red).

    A page that was scanned on its side or upside down is turned until its lines can be read.
    """
    found = _found(picture)
    if found.tall:
        import cv2

        picture = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
        found = _found(picture)
    if found.doubtful:
        import cv2

        upside_down = cv2.rotate(picture, cv2.ROTATE_180)
        other = _found(upside_down)
        found = other if other.sure > found.sure else found
    return PrintedPage(found.pieces, 0.0, float(picture.shape[0]))


@dataclass(frozen=True, slots=True)
class _Found:
    """The lines found in a picture; how sure the recogniser is of all it saw (0..1); whether lines run up or down."""

    pieces: tuple[Piece, ...]
    sure: float
    tall: bool

    @property
    def doubtful(self) -> bool:
        """Whether it may stand on its head."""
        return 0 < self.sure < _UPRIGHT


@cache
def _recogniser() -> Any:
    import logging

    import rapidocr
    from rapidocr import RapidOCR

    models = Path(rapidocr.__file__).parent / "models"
    named = {f"{part}.model_path": next(iter(sorted(models.glob(pattern))), None) for part, pattern in _MODELS.items()}
    if missing := [part for part, model in named.items() if model is None]:
        raise InputError(
            say(
                f"rapidocr 的安装里缺模型（{'、'.join(missing)}）",
                f"the installed rapidocr lacks models ({', '.join(missing)})",
            ),
            where=models,
            hint=say('重新安装：pip install -U "unionkg[ocr]"', 'install it again: pip install -U "unionkg[ocr]"'),
        )
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    paths = {key: str(model) for key, model in named.items()}
    return RapidOCR(params={**paths, "Global.log_level": "critical", "Global.max_side_len": 4000})


def _found(picture: Any) -> _Found:
    seen = _recogniser()(picture, use_cls=False)
    if seen.boxes is None or seen.txts is None:
        return _Found((), 0.0, False)
    lines = list(zip(seen.boxes, (text.strip() for text in seen.txts), seen.scores, strict=True))
    tall = [_is_tall(box) for box, text, _ in lines if len(text) > 2]
    pieces = [_piece(box, printed(text)) for box, text, score in lines if text and score >= _SURE]
    # Short lines say little about how the page lies.
    weights = [len(text) for _, text, _ in lines]
    sure = sum(weight * score for weight, (_, _, score) in zip(weights, lines, strict=True)) / max(1, sum(weights))
    return _Found(tuple(_evened(pieces)), sure, len(tall) >= 3 and sum(tall) > 0.6 * len(tall))


def _is_tall(box: Sequence[Sequence[float]]) -> bool:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return max(ys) - min(ys) > 1.5 * (max(xs) - min(xs))


def _piece(box: Sequence[Sequence[float]], text: str) -> Piece:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    left, right, height = min(xs), max(xs), max(ys) - min(ys)
    # The recogniser's boxes reach a little beyond the characters.
    width = (right - left) / max(1.0, sum(1.0 if is_wide(c) else 0.55 for c in text))
    em = max(min(0.86 * height, 1.06 * width), 1.0)
    return Piece(text, left, right, max(ys) - 0.18 * height, em)


def _evened(pieces: list[Piece]) -> list[Piece]:
    """Sizes measured on boxes waver; those near the usual one are that one."""
    if not pieces:
        return pieces
    usual = median(piece.em for piece in pieces for _ in piece.text[::4])
    return [replace(piece, em=usual) if abs(piece.em - usual) <= 0.18 * usual else piece for piece in pieces]


def _pictures(raw: bytes, path: Path) -> Sequence[Any]:
    """The pictures of a file as arrays."""
    import cv2
    import numpy as np

    data = np.frombuffer(raw, dtype=np.uint8)
    try:
        count, pictures = cv2.imdecodemulti(data, cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise broken(path, say("图片解不开", "the picture cannot be decoded")) from error
    if not count or not pictures:
        raise broken(path, say("不是图片，或者图片不完整", "it is no picture, or an incomplete one"))
    if any(picture.shape[0] * picture.shape[1] > _PIXELS for picture in pictures):
        raise InputError(
            say("图片太大", "the picture is too large"),
            where=path,
            hint=say("一页一张，按 200–300 dpi 另存", "save one page a picture, with 200 to 300 dots an inch"),
        )
    return list(pictures)
