"""Web pages as people save them: complete pages, single-file pages (.mht) and what office programs export.

trafilatura tells which text is the page's own; the innermost element that holds nearly all of it is read block by
block (`blocks`), so that headings, tables and lists stay. Above it stand the headline and the line with source and
date, as printed on the page, else from the page's own description of itself. Where nothing is recognised, the
whole page is read, and the layout has its rules for menus and share buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.loaders.readers import Decoded, broken, bytes_of, empty, text
from unionkg.loaders.readers.blocks import Block, blocks, text_of, tidy
from unionkg.ontology.vocabulary import table

#: Larger pages are no pages; they would keep the parsers busy for minutes.
_LARGEST = 30_000_000
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
#: What pages call their encodings; for any other name (a server's default is iso-8859-1) the bytes tell better.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}")
_SOURCE = re.compile(r"来源|稿源|作者|发布|时间|日期|编辑|浏览|阅读|字号")
_SEPARATOR = re.compile(r"\s*[-_—|–·]+\s*")
_SQUEEZE = re.compile(r"\W+")
#: Shortest block, in characters, that is text and not a menu entry.
_TEXT = 25
#: What part of the page's own text must lie inside the element that is read.
_NEARLY_ALL = 0.95


def read(path: Path) -> Decoded:
    """Read a page. Raises InputError where it is too large, not HTML, or holds no text."""
    return page(bytes_of(path), path)


def page(raw: bytes, path: Path) -> Decoded:
    """Read the bytes of a page; ``path`` is named in errors."""
    if len(raw) > _LARGEST:
        raise InputError(
            say("网页太大，不读取", "the page is too large to be read"),
            where=path,
            hint=say("把正文另存为纯文本", "save its text as plain text"),
        )
    address = None
    if _is_single_file(raw):
        raw, address = _unpacked(raw, path)
    if not raw.strip():
        raise empty(path)
    markup, encoding = decode(raw, path)
    tree = parsed(markup, path)
    found = _own_part(tree, markup)
    stored = text_of(found)
    if not stored.strip():
        raise empty(path)
    return Decoded(stored, encoding, url=_address(tree, markup) or address)


def parsed(markup: str, path: Path) -> Any:
    """The tree of a page; XML declarations are taken off, entities are never fetched."""
    from lxml import etree, html

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise broken(path, error) from error


# -- bytes -------------------------------------------------------------------------------------------------------------


def decode(raw: bytes, path: Path) -> tuple[str, str]:
    """The markup and its encoding: a byte order mark, what the page says (gb2312 means GB18030), else a guess."""
    declared = _CHARSET.search(raw[:4096])
    name = (
        declared.group(1).decode("ascii").lower()
        if declared and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe"))
        else ""
    )
    codec = _CODECS.get(name, "")
    if codec:
        try:
            return raw.decode(codec), codec
        except UnicodeDecodeError:
            pass  # what the page says of itself is wrong: its bytes tell better
    try:
        decoded = text.decode(raw, path)
    except InputError:
        lenient = _with_few_holes(raw, codec or "utf-8")
        if lenient is None:
            raise
        return lenient, codec or "utf-8"
    return decoded.text, decoded.encoding


def _with_few_holes(raw: bytes, codec: str) -> str | None:
    """Text with a broken character here and there, as pages cut off while saving have; None where they are many."""
    markup = raw.decode(codec, errors="replace")
    return markup if "\0" not in markup and markup.count("\ufffd") <= 1 + len(markup) // 1000 else None


def _is_single_file(raw: bytes) -> bool:
    head = raw[:2048].lower()
    return (
        b"mime-version:" in head
        and b"content-type:" in head
        and b"<html" not in re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    )


def _unpacked(raw: bytes, path: Path) -> tuple[bytes, str | None]:
    """The page inside a single-file page, and its address."""
    try:
        message = message_from_bytes(raw)
        for part in message.walk():
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                return _with_charset(part), str(part.get("Content-Location") or "") or None
    except (MessageError, ValueError, LookupError) as error:
        raise broken(path, error) from error
    raise broken(path, say("里面没有网页", "no page inside"))


def _with_charset(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    return f"<!-- charset={charset} -->".encode("ascii", "ignore") + content if charset else content


# -- which part of the page is its text --------------------------------------------------------------------------------


def _own_part(tree: Any, markup: str) -> list[Block]:
    body = tree.find("body")
    everything = blocks(body if body is not None else tree)
    framed: dict[Any, bool] = {}
    whole = [block for block in everything if not _in_frame(block.element, framed)] or everything
    described = _described(tree)
    title = _title(tree, described, whole)
    holder = _holder(whole, markup)
    inside = [n for n, block in enumerate(whole) if block.text and (holder is None or _lies_in(block.element, holder))]
    inside = _without_links_around(whole, inside)
    if not inside:
        return whole
    first, last = inside[0], inside[-1]
    printed = next((n for n, block in enumerate(whole[: last + 1]) if title and _same(block.text, title)), None)
    found: list[Block] = []
    if printed is not None and printed < first:
        found = [
            whole[printed],
            *(b for b in whole[printed + 1 : first] if _SOURCE.search(b.text) and len(b.text) < 120),
        ]
    else:
        head = [b for b in whole[max(0, first - 6) : first] if _is_source_line(b.text)]
        found = [Block(title, tree, heading=True), *head] if title and printed is None else head
    kept = whole[first : last + 1]
    if not any(_DATE.search(block.text) for block in [*found, *kept[:8]] if len(block.text) < 200):
        line = "  ".join(part for part in (_said("来源：", described.get("source")), described.get("date")) if part)
        if line:
            found.insert(1 if found and found[0].text == title else 0, Block(line, tree))
    return [*found, *kept]


def _said(label: str, value: str | None) -> str:
    return label + value if value else ""


def _is_source_line(line: str) -> bool:
    return len(line) < 120 and bool(_SOURCE.search(line)) and bool(_DATE.search(line))


@cache
def _frame_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("page_parts") if row["part"] == "frame")


def _in_frame(element: Any, known: dict[Any, bool]) -> bool:
    """Whether an element lies in a menu, a footer, a row of share buttons or the like; ``known`` remembers answers."""
    above: list[Any] = []
    framed = False
    while element is not None and element.tag not in {"body", "html"}:
        if element in known:
            framed = known[element]
            break
        above.append(element)
        element = element.getparent()
    for inner in reversed(above):
        framed = known[inner] = framed or _is_frame(inner)
    return framed


def _is_frame(element: Any) -> bool:
    if element.tag in {"nav", "footer", "aside"}:
        return True
    names = re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    named = element.tag == "header" or not _frame_names().isdisjoint(names)
    return named and not _holds_headline(element) and not _holds_text(element)


def _holds_headline(element: Any) -> bool:
    return next(element.iter("h1"), None) is not None


def _holds_text(element: Any) -> bool:
    """Whether paragraphs of text stand in an element, whatever its name: menus and footers have none."""
    return sum(len("".join(p.itertext())) for p in element.iter("p") if not _is_link(p)) > 8 * _TEXT


def _holder(whole: Sequence[Block], markup: str) -> Any:
    """The innermost element that holds nearly all of the page's own text; None where there is no telling."""
    own = _SQUEEZE.sub("", _extracted(markup))
    words = [(block, _SQUEEZE.sub("", block.text)) for block in whole if not _is_link(block.element)]
    words = [(block, said) for block, said in words if not own or said[:200] in own]
    long = [(block, said) for block, said in words if len(block.text) >= _TEXT]
    if 2 * sum(len(said) for _, said in long) > sum(len(said) for _, said in words):
        words = long  # else the page is set in short lines
    weight: dict[Any, int] = {}
    for block, said in words:
        element = block.element
        while element is not None:
            weight[element] = weight.get(element, 0) + len(said)
            element = element.getparent()
    total = sum(len(said) for _, said in words)
    most = [element for element, held in weight.items() if held >= _NEARLY_ALL * total]
    return max(most, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _extracted(markup: str) -> str:
    import logging

    import trafilatura

    # Pages without text are told of by our own error, not by the library's log on the terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True) or ""


def _is_link(element: Any) -> bool:
    """Whether most of an element's text is links."""
    words = len(tidy("".join(element.itertext())))
    return 2 * sum(len(tidy("".join(link.itertext()))) for link in element.iter("a")) > words


def _lies_in(element: Any, holder: Any) -> bool:
    return element is holder or any(ancestor is holder for ancestor in element.iterancestors())


def _without_links_around(whole: Sequence[Block], inside: list[int]) -> list[int]:
    """Blocks without the links before and after the text: 上一篇, 相关阅读, a path of menus."""
    while inside and _is_link(whole[inside[-1]].element):
        inside = inside[:-1]
    while inside and _is_link(whole[inside[0]].element):
        inside = inside[1:]
    return inside


# -- what the page says about itself -----------------------------------------------------------------------------------


def _described(tree: Any) -> Mapping[str, str]:
    """Title, date and source as the page's own ``meta`` elements give them."""
    given: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            given.setdefault(name, tidy(meta.get("content")))
    date = _first(given, ("pubdate", "publishdate", "article:published_time", "datepublished", "firstpublishedtime"))
    found = _DATE.search(date)
    return {
        "title": _first(given, ("articletitle", "og:title", "title")),
        "date": found.group() if found else "",
        "source": _first(given, ("contentsource", "source", "og:site_name")),
        "url": _first(given, ("og:url", "url")),
    }


def _first(given: Mapping[str, str], names: Iterable[str]) -> str:
    return next((given[name] for name in names if given.get(name)), "")


def _title(tree: Any, described: Mapping[str, str], whole: Sequence[Block]) -> str:
    """The headline: the only ``h1`` of the page, what the page calls its title, else ``title`` without the site."""
    heads = {tidy("".join(h1.itertext())) for h1 in tree.iter("h1")} - {""}
    if len(heads) == 1:
        return " ".join(heads.pop().split("\n"))
    printed = {_SQUEEZE.sub("", block.text) for block in whole if len(block.text) < 120}
    named = [described["title"], *(tidy("".join(element.itertext())) for element in tree.iter("title"))]
    for name in named:
        ends = [len(name), *(mark.start() for mark in reversed(list(_SEPARATOR.finditer(name))))]
        for end in ends:
            if _SQUEEZE.sub("", name[:end]) in printed - {""}:
                return name[:end]
    return ""


def _same(text: str, title: str) -> bool:
    return _SQUEEZE.sub("", text) == _SQUEEZE.sub("", title) != ""


def _address(tree: Any, markup: str) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(markup[:4096])
    candidates = [*links, _described(tree)["url"], saved.group(1) if saved else ""]
    return next((url for url in candidates if url and url.startswith(("http://", "https://"))), None)
