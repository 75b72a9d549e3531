"""When a practice began."""

from __future__ import annotations

import pytest

from unionkg.graph.records import Kind, TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import started
from unionkg.loaders.source import SourceText, passage


def read(
    text: str, *, title: str = "", kind: Kind = "case", published: str | None = "2024-07-18"
) -> TextStatement | None:
    source = SourceText(f"{title}\n{text}" if title else text)
    whole = passage(source, [[source.line_span(number)] for number in range(1, source.line_count + 1)])
    account = Account(
        kind=kind,
        lines=((1, source.line_count),),
        passage=whole,
        title=title or None,
        body=len(title) + 1 if title else 0,
    )
    found = started.read(account, DocumentContext(source=source, published=published))
    if found is not None:
        for piece in found.evidence:
            assert source.text[piece.start : piece.end] == piece.quote
    return found


LEAD = "镇上的商户多，职工分散。\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("自2013年起，公司工会推行厂务公开日。", "2013"),
        ("2020年，县总工会被列为试点，开始探索网格建会。", "2020"),
        (LEAD + "夜校建于2018年10月，设在商圈中心。", "2018-10"),
        (LEAD + "2017年，县总工会打造夜间课堂。", "2017"),
        ("公司工会从2016年10月开始办心理课堂。", "2016-10"),
        ("2021年以来，区总工会坚持送法进企业。", "2021"),
        ("自2023年7月启动以来，云课堂已开了两季。", "2023-07"),
        ("2017年9月22日，园区工会联合会正式成立。", "2017-09-22"),
        ("2015年底，市总工会发出倡议，创设爱心接力站。", "2015"),
        ("去年，州工会推出送清凉行动。", "2023"),
        ("时间：2022年4月\n做法：逐户上门。", "2022-04"),
        ("时间：2005年起\n做法：逐户上门。", "2005"),
    ],
)
def test_stated_beginning(text: str, value: str) -> None:
    found = read(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "2023年以来，走访慰问职工956户。",  # a period of figures
        "2023年，该做法入选年度创新案例。",  # recognition
        "2023年2月23日，省总工会来此调研。",  # a visit
        "截至2023年底，会员达690人。",
        "到2026年底，要全部建会。",
        "近三年，工会办了不少实事。",
        "2021年，全市物流总额突破千亿元。",
        "说到成立联合会，大家都赞成。",
    ],
)
def test_no_beginning(text: str) -> None:
    assert read(LEAD + text) is None


def test_the_earliest_statement_counts() -> None:
    found = read("自2013年起，工会着手改善食堂。\n2017年起，工会每年出专刊。")
    assert found is not None
    assert found.value == "2013"


def test_a_founding_that_the_title_names_goes_before_another() -> None:
    title = "“法官驿站”架起连心桥"
    text = "2016年11月，市总工会成立仲裁庭。\n2021年5月，市总工会建成“法官驿站”。"
    found = read(text, title=title)
    assert found is not None
    assert found.value == "2021-05"


@pytest.mark.parametrize("kind", ["brief", "caption", "news"])
def test_a_brief_tells_an_event(kind: Kind) -> None:
    found = read("7月15日，夏令营在湖边基地正式开营。", kind=kind)
    assert found is not None
    assert found.value == "2024-07-15"


def test_no_year_to_resolve_against() -> None:
    assert read("7月15日，夏令营在湖边基地正式开营。", kind="brief", published=None) is None


def test_a_dateline_is_no_beginning() -> None:
    assert read("2024-07-16 09:10 本报7月15日讯 工会办起暑托班。", kind="news") is None
