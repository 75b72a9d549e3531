"""How well and how fast PDF pages are read: lines kept adjacent, and pages a second, beside PDFium's own text.

::

    PYTHONPATH=. python benchmarks/pdf_order.py      # needs the test dependency reportlab

Pages are printed here from text of our own, with a running head and page numbers; with ``scrambled`` the lines of a page
stand in the file in random order. The score is the share of neighbouring printed lines that are neighbours in the
text read; a head or number in between parts them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.loaders.printing import Drawn, adjacent, set_in_columns, wrapped, write
from unionkg.loaders.readers import read

TEXT = [
    f"第{n}班的工友把第{n * 5}号库房的旧货架改成书架，一共放了{n * 17}册书，谁借谁登记，半年里少了{n % 4}册，都有人补上；"
    f"工会小组每月{n % 28 + 1}日晚上在这里讲一课，来听的有{n * 9}人，有人还把笔记贴在墙上。"
    for n in range(1, 400)
]
LAYOUTS: dict[str, dict[str, float]] = {
    "one column": {"columns": 1},
    "two columns": {"columns": 2},
    "two columns, gutter of one character": {"columns": 2, "gutter": 10.5},
    "three columns": {"columns": 3, "size": 9, "leading": 14, "gutter": 18},
}


def sidebar() -> list[list[Drawn]]:
    """Text beside a box set smaller, and text across the page below both."""
    pages = []
    for n in range(0, 390, 13):
        parts = [(TEXT[n : n + 6], 72, 740, 280, 10.5, 17), (TEXT[n + 6 : n + 8], 385, 731, 138, 9, 13.3)]
        page = [
            Drawn(line, x, y - k * step, size)
            for text, x, y, width, size, step in parts
            for k, line in enumerate(line for paragraph in text for line in wrapped(paragraph, size, width))
        ]
        low = min(line.y for line in page) - 40
        below = [line for paragraph in TEXT[n + 8 : n + 13] for line in wrapped(paragraph, 10.5, 451)]
        pages.append(page + [Drawn(line, 72, low - 17 * k, 10.5) for k, line in enumerate(below)])
    return pages


def pdfium(path: Path) -> str:
    """The text as PDFium itself orders it."""
    from pypdfium2 import PdfDocument

    return "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(path))


def measured(path: Path, pages: Sequence[Sequence[Drawn]], reader: Callable[[Path], str]) -> tuple[float, float]:
    """The score, and pages a second of processor time (the child that reads the file included)."""
    began = sum(os.times()[:4])
    text = reader(path)
    taken = sum(os.times()[:4]) - began
    return adjacent([line.text for page in pages for line in page], text), len(pages) / taken


def main() -> None:
    """Print the table."""
    print("| layout | stream | pages | adjacent | pages/s | PDFium adjacent | PDFium pages/s |")
    print("|---|---|---|---|---|---|---|")
    layouts = {name: list(set_in_columns(TEXT, **options)) for name, options in LAYOUTS.items()}  # type: ignore[arg-type]
    layouts["box beside the text"] = sidebar()
    with tempfile.TemporaryDirectory() as folder:
        for name, pages in layouts.items():
            for shuffle in (False, True):
                path = write(Path(folder) / "a.pdf", pages, head="班组园地", shuffle=shuffle)
                score, speed = measured(path, pages, lambda path: read(path).text)
                other, others = measured(path, pages, pdfium)
                stream = "scrambled" if shuffle else "in order"
                print(f"| {name} | {stream} | {len(pages)} | {score:.3f} | {speed:.0f} | {other:.3f} | {others:.0f} |")


if __name__ == "__main__":
    main()
