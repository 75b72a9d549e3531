"""When a practice began."""

from __future__ import annotations

import pytest

from unionkg.graph.records import Kind, TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practices, started
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
    document = DocumentContext(source=source, published=published)
    found = started.read(account, document, practices.read(account, document))
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
        ("起止时间：2016年5月至今\n做法：逐户上门。", "2016-05"),
        ("2015年3月8日，区总工会挂出互助屋第一块牌。", "2015-03-08"),
        ("2022年2月，我会同人社局会签监督办法。", "2022-02"),
        ("时间：2005年起\n做法：逐户上门。", "2005"),
        ("自2016年5月启用以来，夜校开课130场，来了2.4万人次。", "2016-05"),
        ("夜校2018年立项，工会2019年7月推出首季课程。", "2019-07"),
        ("驿站2021年立起来，如今有12个。", "2021"),
        ("2022年8月，县总工会向一家工厂发出首份提示函。", "2022-08"),
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("云桥公司2011年成立以来，职工增到三千。\n2021年4月，区总工会启动“师徒”计划。", "2021-04"),
        ("2015年，省总工会出台意见。\n2017年，区总工会签下第一份行业合同。", "2017"),
        ("省总工会2020年起在全省推行疗休养。\n2021年，区总工会开发八条线路。", "2021"),
    ],
)
def test_what_others_began_is_not_the_beginning(text: str, value: str) -> None:
    found = read(text, title="临川市云桥区总工会把好事办实")
    assert found is not None
    assert found.value == value


def test_a_step_told_late_is_not_the_beginning() -> None:
    filler = "工会上门听意见，一条一条记下来，再请人来商量怎么改。" * 12
    assert read(f"{filler}\n2022年，工会启动积分兑换。") is None
    since = read(f"{filler}\n自2022年启用以来，夜校天天有课。")
    assert since is not None
    assert since.value == "2022"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("3月上旬，云桥市总工会开展“板凳夜校”集中报名。\n夜校开到巷口。", "“板凳夜校”开到巷口"),
        ("7月16日，临川区总工会在“板凳夜校”举办座谈会。\n夜校开到巷口。", "“板凳夜校”开到巷口"),
    ],
)
def test_a_day_at_a_standing_practice_is_not_its_beginning(text: str, title: str) -> None:
    assert read(text, title=title, kind="news") is None


def test_the_day_of_a_practice_that_is_an_occasion_is_its_beginning() -> None:
    for text in (
        "7月16日，临川区总工会举办“扳手杯”钳工技能大赛，六十人参赛。",
        "7月16日，临川区总工会举办了2024年扳手杯钳工技能大赛。",
    ):
        found = read(text, title="临川区总工会举办钳工技能大赛", kind="news")
        assert found is not None
        assert found.value == "2024-07-16"


@pytest.mark.parametrize(
    "text",
    [
        "云桥街道总工会借力推进，自2007年建立了“闪电”工程以来，与劳动监察队设了预警。",
        "2019年，区总工会推出“红伞”计划，免费借伞。",
        "从2017年开始，区总工会试着建立“红伞”互助机制。",
        "2019年全区户籍制度改革启动以来，“板凳夜校”一年办四季。",
        "2021年，服务对象从骑手扩大到保洁员，夜校天天有课。",
        "2023年以来，区总工会持续深化夜校建设。",
        "2023年全市工会工作会议上获悉，夜校已建起九所。",
    ],
)
def test_what_bears_another_name_or_only_goes_on_is_no_beginning(text: str) -> None:
    assert read(LEAD + text, title="“板凳夜校”开到巷口") is None


def test_the_end_of_a_round_is_no_beginning() -> None:
    text = "2017年3月2日，五个镇的“船工”联合工会全部组建成功。\n2017年9月8日，云桥区船工行业工会联合会正式成立。"
    found = read(text, title="聚焦船工 组建船工行业工会联合会")
    assert found is not None
    assert found.value == "2017-09-08"


@pytest.mark.parametrize("kind", ["brief", "caption"])
def test_a_brief_that_opens_with_a_day_tells_of_that_day(kind: Kind) -> None:
    found = read("◆9月12日，临川区总工会的技能周开锣。", kind=kind, published="2023-09")
    assert found is not None
    assert found.value == "2023-09-12"


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
