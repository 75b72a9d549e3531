"""Notes say in which document, on which page and line their quotes stand."""

from __future__ import annotations

from unionkg.graph.stores.protocol import Node
from unionkg.viz.briefing.cited import Note, Quote, Sources, closed_up, plain, quoted

TEXT = "第一行\n第二行说“甲”\n第三行\n"


def statement(words: str, document: str = "doc:1", text: str = TEXT) -> dict[str, object]:
    start = text.index(words)
    return {"document": document, "quotes": [words], "starts": [start], "ends": [start + len(words)]}


def sources(**more: object) -> Sources:
    documents = [
        Node("Document", "doc:1", {"title": "甲文"}),
        Node("Document", "doc:2", {"title": "乙文", "page_starts": [0, 4], "page_labels": ["7", "附表"], **more}),
    ]
    return Sources(documents, {"doc:1": TEXT, "doc:2": TEXT})


def test_documents_are_numbered_as_given() -> None:
    assert sources().references == ["[1] 甲文[Z].", "[2] 乙文[Z]."]


def test_a_quote_has_its_line() -> None:
    assert sources().note(statement("第二行")).told == "[1]第2行：“第二行”。"


def test_a_quote_over_two_lines_has_both() -> None:
    (quote,) = sources().note(statement("说“甲”\n第三")).quotes
    assert quote.lines == (2, 3)
    assert quote.told == "[1]第2—3行：“说‘甲’第三”"


def test_a_quote_has_its_page_as_printed() -> None:
    told = sources().note(statement("第一行", "doc:2"), statement("第三行", "doc:2")).told
    assert told == "[2]第7页第1行：“第一行”；[2]“附表”第3行：“第三行”。"


def test_without_the_text_there_is_no_line() -> None:
    found = Sources([Node("Document", "doc:1", {"title": "甲文"})], {})
    assert found.note(statement("第二行")).told == "[1]：“第二行”。"


def test_a_quote_stands_once_and_in_order() -> None:
    note = sources().note(statement("第三行", "doc:2"), statement("第二行"), statement("第二行"))
    assert [(quote.document, quote.words) for quote in note.quotes] == [(1, "第二行"), (2, "第三行")]
    assert note.documents == (1, 2)


def test_many_quotes_are_counted() -> None:
    note = sources().note(statement("第一行"), statement("第二行"), statement("第三行"), most=1)
    assert note.told == "[1]第1行：“第一行”；等，另有2处。"


def test_blanks_of_the_layout_go_and_those_of_words_stay() -> None:
    assert closed_up("第 一\n行 用 Word 2019 写") == "第一行用Word 2019写"


def test_a_name_with_quotation_marks_gets_no_others() -> None:
    assert (quoted("驿站"), quoted("“驿站”工程")) == ("“驿站”", "“驿站”工程")


def test_words_alone() -> None:
    assert plain(("甲", Note((Quote(1, None, None, "甲"),)), "乙")) == "甲乙"
