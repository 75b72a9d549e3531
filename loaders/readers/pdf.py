"""PDF files: the text layer in reading order; pages that are pictures of pages go to the optical recogniser.

PDFium (through pypdfium2) reads the file; order, furniture and paragraphs are found from where characters stand.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from unionkg.errors import InputError, UnreadPagesWarning
from unionkg.language import say
from unionkg.loaders.readers import Decoded, broken, bytes_of, empty, ocr
from unionkg.loaders.readers.page_furniture import PrintedPage
from unionkg.loaders.readers.page_text import stored_text
from unionkg.loaders.readers.pdf_layer import Layer, UnreadableError, opened, read_layer

#: Resolution, in pixels a point, that pictures of pages are recognised at (200 dots an inch), and the longest side.
_SCALE = 200 / 72
_LONGEST = 4000


def read(path: Path) -> Decoded:
    """Read a PDF file: one paragraph a line, in reading order, without running heads and page numbers.

    ``pages`` are labelled with the printed page number, else the page label of the file, else the ordinal.

    Raises
    ------
    InputError
        The file cannot be read, is no PDF, is broken, needs a password, or holds no text; or it holds pictures of
        pages only, and the optical recogniser is not installed.
    """
    raw = bytes_of(path)
    if not raw.strip():
        raise empty(path)
    if b"%PDF-" not in raw[:2048]:
        raise broken(path, say("开头没有 PDF 标记", "it does not begin as a PDF does"))
    try:
        layer = read_layer(path)
        unread = () if ocr.is_installed() else layer.pictures
        pages = layer.pages if unread else _recognised(layer, path)
    except UnreadableError as error:
        raise _refused(path, error) from error
    text, starts = stored_text(pages)
    if not text:
        raise _needs_recogniser(path) if unread else empty(path)
    if unread:
        warnings.warn(_unread(path, unread), UnreadPagesWarning, stacklevel=2)
    return Decoded(text, "utf-8", starts)


def _recognised(layer: Layer, path: Path) -> Sequence[PrintedPage]:
    """The pages, those that are pictures read by the recogniser."""
    if not layer.pictures:
        return layer.pages
    pages = list(layer.pages)
    with opened(path) as document:
        for number in layer.pictures:
            page = document[number]
            width, height = page.get_size()
            bitmap = page.render(scale=min(_SCALE, _LONGEST / max(width, height, 1.0)))
            pages[number] = replace(ocr.printed_page(bitmap.to_numpy()), label=pages[number].label)
            bitmap.close()
            page.close()
    return pages


def _unread(path: Path, pictures: Sequence[int]) -> str:
    told = ", ".join(str(number + 1) for number in pictures[:12]) + (" …" if len(pictures) > 12 else "")
    return say(
        f'{path.name}：第 {told} 页只有图片，没有读。要识别图片中的文字，先运行 pip install "unionkg[ocr]"',
        f"{path.name}: pages {told} are pictures and were not read. "
        'To recognise text in pictures, run pip install "unionkg[ocr]"',
    )


def _refused(path: Path, error: UnreadableError) -> InputError:
    """The error for a file that PDFium cannot read."""
    if error.reason == "password":
        return InputError(
            say("PDF 加了密码，打不开", "the PDF is encrypted and needs a password"),
            where=path,
            hint=say("用密码打开，另存为不加密的 PDF 再读", "open it with its password and save it without one"),
        )
    if error.reason == "slow":
        return InputError(
            say("PDF 读了太久，已停下", "reading the PDF took too long and was given up"),
            where=path,
            hint=say(
                "文件可能损坏；用阅读器打开，“打印”成新的 PDF 再试",
                "it may be damaged; open it in a viewer, print it to a new PDF and try that",
            ),
        )
    if error.reason == "page":
        return broken(path, say(f"第 {error.page} 页读不出来", f"page {error.page} cannot be read"))
    return broken(path, say("PDF 结构读不出来", "the structure of the PDF cannot be read"))


def _needs_recogniser(path: Path) -> InputError:
    return InputError(
        say("这个 PDF 是扫描件，没有文字层，只有图片", "this PDF is a scan: it holds pictures and no text"),
        where=path,
        hint=say(
            '安装文字识别：pip install "unionkg[ocr]"；或者向编印单位要文字版（Word、可复制文字的 PDF）',
            'install text recognition: pip install "unionkg[ocr]"; or ask its publisher for a version with text',
        ),
    )
