"""Quantified results: what counts as one, what it measures, of when, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionkg.graph.records import Kind, OutcomeStatement
from unionkg.loaders.accounts import Account, AccountSection, DocumentContext
from unionkg.loaders.extract import outcomes, practices, started
from unionkg.loaders.source import SourceText, passage


def account_of(text: str, *, title: str = "", kind: Kind = "case") -> Account:
    """An account with one paragraph a line, its title first."""
    source = SourceText(f"{title}\n{text}" if title else text)
    whole = passage(source, [[source.line_span(number)] for number in range(1, source.line_count + 1)])
    return Account(
        kind=kind,
        lines=((1, source.line_count),),
        passage=whole,
        title=title or None,
        body=len(title) + 1 if title else 0,
    )


def read(
    text: str, *, title: str = "", kind: Kind = "case", published: str | None = "2024-07-18"
) -> tuple[OutcomeStatement, ...]:
    account = account_of(text, title=title, kind=kind)
    document = DocumentContext(source=account.passage.source, published=published)
    start = started.read(account, document, practices.read(account, document))
    return outcomes.read(account, document, start.value if start else None)


def figures(text: str, **given: str) -> list[tuple[float, str]]:
    return [(one.value, one.unit) for one in read(text, **given)]  # type: ignore[arg-type]


LEAD = (
    "该工会近年来推进阵地建设，服务沿街职工，形成了一套做法，并把经验写进了制度，供各分会参照执行，每季度检查一次落实情况，年底向代表大会报告。"
    * 2
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("建成工会驿站36个。", (36, "个")),
        ("累计服务快递员1.3万余人次。", (13_000, "人次")),
        ("建会率达到92.5%。", (92.5, "%")),
        ("区总工会投入经费47万元。", (470_000, "元")),
        ("组建了两家联合工会。", (2, "家")),
        ("先后举办讲座四场。", (4, "场")),
        ("每月最低工资定在2600元。", (2600, "元")),
        ("职工人均增收120元。", (120, "元")),
        ("三名司机被评为劳模。", (3, "人")),
        ("浏览量超100万。", (1_000_000, "次")),
        ("工会经费新增225万。", (2_250_000, "元")),
        ("近百万外来工受益。", (1_000_000, "人")),
        ("全年志愿服务时长1800小时。", (1800, "小时")),
        ("不到3个工作日就办结了。", (3, "个工作日")),
        ("累计行驶9万公里。", (90_000, "公里")),
        ("合同履行率百分百。", (100, "%")),
        ("行业内欠薪零发生。", (0, "件")),
        ("九成以上职工参与评议。", (90, "%")),
        ("获上级批示2次。", (2, "次")),
        ("二十余家企业走了一遍。", (20, "家")),
        ("建成工会驿站36个", (36, "个")),  # the text ends without a mark
        ("给病区送去慰问金5000元。", (5000, "元")),
        ("过去三年，累计培训司机900人。", (900, "人")),
        ("给司机准备了200份礼包。", (200, "份")),
        ("12家园区企业成为成员单位。", (12, "家")),
        ("注塑工每月保底3200元。", (3200, "元")),
        ("送出姜茶1200杯。", (1200, "杯")),
        ("摆上二十来台缝纫机。", (20, "台")),
        ("两个月讲了42场。", (42, "场")),
        ("合唱团从最初的26人长到310人。", (310, "人")),
        ("伤害事故从2018年的23起降到2020年的5起。", (5, "起")),
    ],
)
def test_a_result(sentence: str, expected: tuple[float, str]) -> None:
    assert figures(LEAD + sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "对10万元以下的建议由分会评审。",  # thresholds
        "25人以上的企业应当单独建会。",
        "给予600元至5000元不等的奖励。",  # rules and prices
        "按工资总额的2%拨缴经费。",
        "评上优秀的给5万元。",
        "打车起步价10元。",
        "每单费用0.5元。",
        "下一步，将建成驿站50个。",  # aims
        "力争建会率达到95%。",
        "到年底争取再发展会员300人。",
        "预计惠及职工3000人。",
        "要求10家单位年内完成整改。",
        "中心承诺每年为100家企业义诊。",
        "每个网格会员2000~3000人。",  # ranges, vague numbers
        "慰问困难职工数百名。",
        "走访十几家企业。",
        "坚持三个统一、两个到位。",  # slogans and structure
        "从四个方面入手。",
        "抓好读书、练兵和示范等三项工程。",
        "为每名困难职工补助2000元。",
        "按每10名职工配1名调解员。",
        "在12家同行中首家建会。",
        "打造“15分钟服务圈”。",
        "形成“1+8”入会路径。",
        "提炼“三聚焦三突出”工作法。",
        "印发《推进50家重点企业建会方案》。",
        "全天24小时开放。",  # times, labels
        "热线电话12351。",
        "维权热线4008201935。",
        "驿站设在人民路805号3楼。",
        "召开第12次代表大会。",
        "召开二届三次职代会。",
        "点击：317次。",
        "今年57岁的老师傅报名。",
        "改革前，建会率不到30%。",  # before the practice
        "这个数字是多少？100家够吗？",
        "历时3个月。",
        "实行7×24小时值守。",
        "在100人以上、三班运转的单位设委员会。",
        "会议选举产生主席1名、副主席3名。",  # an election
        "市总十六届十次全委会召开。",
        "获评全省百例服务品牌。",  # a name
        "在去年45家的基础上加码。",
        "完成上级下达的28家驿站建设任务。",
        "今年计划投入17万元。",
        "案例从200个申报项目中脱颖而出。",
        "三人都说好。",
    ],
)
def test_no_result(sentence: str) -> None:
    assert figures(LEAD + sentence) == []


@pytest.mark.parametrize(
    "opening",
    [
        "辖区内有企业719家、职工2万余名。",
        "全镇现有非公企业800多家。",
        "该市快递企业共有92家，从业人员约1.6万人。",
        "园区年产值超过20亿元。",
        "前八个月全市快递业务量完成2620万件，比增25%。",
    ],
)
def test_the_setting_is_no_result(opening: str) -> None:
    assert figures(opening + LEAD) == []


def test_a_company_describes_itself_anywhere() -> None:
    assert figures(LEAD + "集团有青年职工1400人，占职工总数的35%。") == []


def test_background_and_comment_are_passed_over() -> None:
    account = account_of("背景\n建会率41.3%。\n成效\n建会率92%。\n点评\n带动15家分会。")
    text = account.passage.text
    at = [text.index(word) for word in ("背景", "成效", "点评")]
    sections = (
        AccountSection("背景", "背景", at[0] + 3, at[1]),
        AccountSection("成效", "成效", at[1] + 3, at[2]),
        AccountSection("点评", "点评", at[2] + 3, len(text)),
    )
    account = Account(kind="case", lines=account.lines, passage=account.passage, sections=sections)
    found = outcomes.read(account, DocumentContext(source=account.passage.source))
    assert [one.value for one in found] == [92]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("建成12个工会驿站。", ["建成工会驿站"]),
        ("建成工会驿站12个。", ["建成工会驿站"]),
        ("去年共减少召开各类碰头会议62次。", ["减少召开碰头会议"]),
        ("48名茶农当场入会。", ["入会茶农"]),
        ("截至目前，全市新发展会员4.6万名。", ["新发展会员"]),
        ("为60家企业落实了专项贷款。", ["落实专项贷款的企业"]),
        ("向52家企业工会发放津贴30万元。", ["发放津贴的企业工会", "发放津贴"]),
        ("培训12场1500余人次。", ["培训", "培训"]),
        ("公益活动22场，覆盖2630人。", ["公益活动", "公益活动覆盖"]),
        ("组建司机工会18个，会员690人。", ["组建司机工会", "司机工会会员"]),
        ("建成3个职工书屋、2个母婴室。", ["建成职工书屋", "建成母婴室"]),
        ("企业上缴经费106万元，同比增长97%。", ["企业上缴经费", "企业上缴经费同比增长"]),
        ("建会率从30%升至80%。", ["建会率"]),
        ("在路口建起面积40平方米的驿站。", ["驿站面积"]),
        ("网约车司机等300人获评优秀学员。", ["获评优秀学员"]),
        ("年均征集建议900条。", ["年均征集建议"]),
        ("建成省级示范点8家、市级20家。", ["建成省级示范点", "市级示范点"]),
        ("新建服务站点25个，改造提升15个。", ["新建服务站点", "改造提升服务站点"]),
        ("建成86个村（社区）工会。", ["建成村（社区）工会"]),
        ("调解340件涉及工资的劳动纠纷。", ["调解涉及工资的劳动纠纷"]),
        ("40多名志愿者轮班上阵。", ["志愿者"]),
        ("请30名外卖骑手公益观影。", ["公益观影的外卖骑手"]),
        ("吸纳其他6家商户员工加入。", ["吸纳商户"]),
        ("逐一摸清在册18家商户底数。", ["商户"]),
        ("走访了12家企业。", ["走访企业"]),
        ("建立120家企业工会信息台账。", ["建立信息台账的企业工会"]),
        ("9家商户负责人和工会主席一同签字。", ["商户"]),
        ("有意组建工会的家政公司还有6家。", ["有意组建工会的家政公司"]),
        ("获得11项全国、27项省级荣誉。", ["获得全国荣誉", "获得省级荣誉"]),
        ("签订五项集体合同177份。", ["签订集体合同"]),
        ("发放手册500份，毛巾300条。", ["发放手册", "发放毛巾"]),
        ("覆盖企业20家、职工900人，分别增长26%和32%。", ["覆盖企业", "覆盖职工", "企业增长", "职工增长"]),
        ("建会率、入会率分别达到95%和92%。", ["建会率", "入会率"]),
        ("集体合同覆盖企业286家，惠及职工4600人。", ["集体合同覆盖企业", "集体合同惠及职工"]),
        ("吸引2000多人次参与。", ["参与"]),
        ("投诉量比开办前减少了六成以上。", ["投诉量减少"]),
        ("徒弟里有94人升为中级工、17人升为高级工。", ["升为中级工的徒弟", "升为高级工"]),
        ("受理案件（含来访、代写文书）687件。", ["受理案件"]),
        ("工会驿站建成77家，服务65万人次。", ["工会驿站", "工会驿站服务"]),
        ("每年全员2次的厂情发布会。", ["每年厂情发布会"]),
    ],
)
def test_indicator(sentence: str, indicators: list[str]) -> None:
    assert [one.indicator for one in read(LEAD + sentence)] == indicators


@pytest.mark.parametrize(
    ("sentence", "value", "baseline"),
    [
        ("建会率从30%升至80%。", 80, 30),
        ("会员由536人增加到1322人。", 1322, 536),
        ("办理时限从15个工作日压缩至3个工作日。", 3, 15),
        ("入会率已从改革之初的28%上升到47%。", 47, 28),
        ("人均月收入从2016年的1800元提高到2024年的4600元。", 4600, 1800),
        ("新增驿站20个，总数升至80个。", 20, None),
    ],
)
def test_baseline(sentence: str, value: float, baseline: float | None) -> None:
    first = read(LEAD + sentence)[0]
    assert (first.value, first.baseline) == (value, baseline)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老驿站面积30平方米；新驿站搬了家，面积扩到120平方米。", [(120, 30)]),
        ("上半年会员300人，到年底会员增至800人。", [(800, 300)]),
        ("一期驿站12个，二期又建成驿站20个。", [(12, None), (20, None)]),
    ],
)
def test_a_figure_that_rose_takes_the_earlier_one_in(text: str, expected: list[tuple[float, float | None]]) -> None:
    found = read(text)
    assert [(one.value, one.baseline) for one in found] == expected
    risen = [one for one in found if one.baseline is not None]
    assert all(len(one.evidence) == 2 for one in risen)


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("2023年，慰问职工956户。", "2023"),
        ("截至2023年12月底，建成驿站80个。", "2023-12"),
        ("2021年至2023年，培训司机900人。", "2021/2023"),
        ("2021年以来，培训司机900人。", "2021/2024"),
        ("去年慰问职工956户。", "2023"),
        ("今年5月慰问职工956户。", "2024-05"),
        ("近三年慰问职工956户。", None),
        ("慰问职工956户。", None),
        ("2022年5月6日举办运动会。吸引34支队伍参赛。", "2022-05"),
        ("2022年5月6日联合会成立。现有会员690人。", None),
        ("2023年6月底，建成驿站80个。\n慰问职工956户。", "2023-06"),
        ("入会率较2016年提高26%。", None),  # what it is held against
        ("欠薪投诉由2019年的163件降为11件。", None),
        ("2019年和2020年，打造示范点40家。", "2019/2020"),
    ],
)
def test_period(sentence: str, period: str | None) -> None:
    assert read(LEAD + "\n" + sentence)[0].period == period


def test_years_count_back_from_a_date_that_the_text_stands_at() -> None:
    assert read("到2023年7月2日，登记会员1600人。\n一年来，办普惠活动45场。")[1].period == "2022-07/2023-07"
    assert read("近三年来，办普惠活动45场。", kind="news")[0].period == "2021-07/2024-07"
    assert read("近三年来，办普惠活动45场。", kind="case")[0].period is None


@pytest.mark.parametrize(
    ("text", "kind", "periods"),
    [
        ("三年来，培训司机900人。", "case", ["2021-03/2024"]),
        ("三年来，培训司机900人。办班45场。", "case", ["2021-03/2024"] * 2),  # to the end of the paragraph
        ("三年来，培训司机900人。\n办班45场。", "case", ["2021-03/2024", None]),
        ("三年多下来，培训司机900人。", "news", ["2021-03/2024-07"]),
        ("三年培训司机900人。", "case", ["2021-03/2024"]),
        ("开办以来，培训司机900人。", "news", ["2021-03/2024-07"]),
        ("十年来，培训司机900人。", "case", [None]),  # more than since it began
        ("一年来，培训司机900人。", "case", [None]),  # the year before
        ("三年来，培训司机900人。目前有学员90人。", "case", ["2021-03/2024", None]),
    ],
)
def test_years_count_from_the_stated_start(text: str, kind: Kind, periods: list[str | None]) -> None:
    begun = "2021年3月，市总工会推出“板凳夜校”。\n"
    found = read(begun + text, title="“板凳夜校”开到巷口", kind=kind)
    assert [one.period for one in found] == periods


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("时间：2021年8月", "2021-08"),
        ("活动时间：2021年8月", "2021-08"),
        ("实施时间：2021年8月", None),  # when it began
        ("实施时间：2020年至2021年", "2020/2021"),
    ],
)
def test_a_line_that_dates_the_whole_account(line: str, period: str | None) -> None:
    found = read(f"{line}\n内容：各分会轮流授课。\n成效：授课51场。")
    assert [one.period for one in found] == [period]


def test_the_only_year_of_the_headline_dates_what_has_no_date() -> None:
    text = "各分会都出了题。\n评出好点子16个。\n目前全市有工会驿站80个。"
    found = read(text, title="2022年金点子评选收官", kind="news", published=None)
    assert [one.period for one in found] == ["2022", None]


def test_the_day_of_the_event_dates_a_news_item_but_not_how_things_stand() -> None:
    text = "7月3日，市总工会办起技能赛。\n10支代表队抽签上场。\n全市现有工会驿站80个。"
    assert [one.period for one in read(text, kind="news")] == ["2024-07", None]
    assert [one.period for one in read(text, kind="case")] == [None, None]


@pytest.mark.parametrize(
    ("sentence", "cumulative"),
    [
        ("累计培训司机900人。", True),
        ("截至2023年底，建成驿站80个。", True),
        ("全年培训司机900人。", False),
        ("2023年新增驿站12个。", False),
        ("截至2023年底，新建驿站80个。", True),
        ("培训司机900人。", None),
        ("全年累计培训司机900人。", False),
        ("已培训司机900人。", True),
        ("已开设讲堂90个。", True),
        ("入会率从30%升至80%。", None),
    ],
)
def test_stock_or_flow(sentence: str, cumulative: bool | None) -> None:
    assert read(LEAD + sentence)[0].cumulative is cumulative


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("投入经费47万元。", "投入"),
        ("举办讲座40场。", "产出"),
        ("职工满意率达98%。", "成效"),
        ("覆盖职工4.3万人。", "规模"),
        ("新发展会员460人。", "产出"),
    ],
)
def test_kind(sentence: str, kind: str) -> None:
    assert read(LEAD + sentence)[0].kind == kind


@pytest.mark.parametrize(
    ("sentence", "wholes"),
    [
        ("新发展会员460人，其中农民工会员340人、女会员120人。", [None, "新发展会员 460人", "新发展会员 460人"]),
        ("签订合同1,770份，其中工资合同1100份，建会率92%。", [None, "签订合同 1,770份", None]),
        ("建成驿站40个。其中，省级示范点8个。", [None, "建成驿站 40个"]),
        ("调解纠纷23起，调成16起。", [None, None]),  # not told
        ("新发展会员460人，其中农民工会员340人，培训司机90人。", [None, "新发展会员 460人", None]),
        ("取得专利15个，其中发明9个，外观6个，著作权11个。", [None, "取得专利 15个", "取得专利 15个", None]),
        ("评出一等奖2项、二等奖28项、三等奖49项，其中5项获推荐。", [None, None, None, None]),  # which is the whole?
        ("送去手册1200份，司机也在其中，办讲座9份。", [None, None]),
    ],
)
def test_part_of(sentence: str, wholes: list[str | None]) -> None:
    assert [one.subset_of for one in read(LEAD + sentence)] == wholes


def test_a_part_keeps_its_whole_where_the_whole_is_told_twice() -> None:
    found = read(LEAD + "\n建成工会驿站36个。\n工会驿站36个，其中24小时驿站12个。")
    assert [(one.value, one.subset_of) for one in found] == [(36, None), (12, "建成工会驿站 36个")]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("据市统计局统计，新增会员460人。", "市统计局"),
        ("据统计，新增会员460人。", None),  # nobody is named
        ("经第三方机构评估，职工满意率98%。", "第三方机构"),
        ("公司工会主席李明介绍，去年调解纠纷36起。", "公司工会主席李明"),
        ("主办方称，共培训司机300人。", "主办方"),
        ("新增会员460人。", None),
        ("区总工会介绍经验。新增会员460人。", None),
        ("工会主席说：“大家满意。”全年新增会员460人。", None),  # what was said has ended
    ],
)
def test_who_says_it(sentence: str, who: str | None) -> None:
    assert [one.claimed_by for one in read(LEAD + "\n" + sentence)] == [who]


def test_the_method_tells_how_it_was_read() -> None:
    methods = [
        ("建成驿站36个。", "outcome.before"),
        ("建成36个驿站。", "outcome.verb"),
        ("48名茶农当场入会。", "outcome.acts"),
        ("两家企业入会。", "outcome.acts.numeral"),
    ]
    for sentence, method in methods:
        assert read(LEAD + sentence)[0].method == method


def test_headline_and_body_give_one_outcome_the_exact_one() -> None:
    found = read("一年来发放补贴21.3亿元，建成驿站36个。", title="发放补贴21亿元 建成36个驿站")
    assert [(one.value, one.unit) for one in found] == [(2_130_000_000, "元"), (36, "个")]


def test_figure_of_the_headline_alone_is_kept() -> None:
    found = read("老师们有了放松的地方。", title="首批8所学校挂牌")
    assert [(one.value, one.unit, one.method) for one in found] == [(8, "所", "outcome.title")]


def test_the_same_figure_twice_is_one_outcome() -> None:
    assert figures(LEAD + "建成驿站36个。目前全区驿站36个都已开放。") == [(36, "个")]


def test_traditional_characters_are_read_and_quoted_as_printed() -> None:
    account = account_of("全縣組建護理員工會27個，會員895人。")
    found = outcomes.read(account, DocumentContext(source=account.passage.source))
    assert (found[0].indicator, found[0].value, found[0].unit) == ("组建护理员工会", 27, "个")
    assert "組建護理員工會27個" in found[0].evidence[0].quote


def test_evidence_stands_in_the_source_and_holds_the_number() -> None:
    text = (
        "区总工会"
        + "会同各街道、各园区、各行业联合会，" * 6
        + "共为沿街的门店、商户、从业人员提供免费体检3728人次并建立健康档案，职工都说好。"
    )
    account = account_of(text.replace("体检", "体\n检"))
    found = outcomes.read(account, DocumentContext(source=account.passage.source))
    assert found
    for one in found:
        for piece in one.evidence:
            assert account.passage.source.text[piece.start : piece.end] == piece.quote
            assert len(piece.quote) <= 60
    assert "3728" in found[-1].evidence[-1].quote


@pytest.mark.parametrize(
    "text", ["", "\n", "工会", "12", "%", "从从从至至至", "（（（1个", "”1个“", "2024年2024年", "一" * 300, "1" * 300]
)
def test_odd_texts_do_not_fail(text: str) -> None:
    assert isinstance(read(text or "。"), tuple)


@pytest.mark.documents
def test_every_outcome_of_the_documents_is_grounded(shared: Path) -> None:
    from unionkg.loaders.layout import accounts

    read_at_all = 0
    for path in sorted((shared / "documents").glob("*.txt")):
        layout = accounts(SourceText(path.read_text(encoding="utf-8")))
        for account in layout.accounts:
            for one in outcomes.read(account, layout.context):
                read_at_all += 1
                assert 0 < one.confidence <= 1
                assert 2 <= len(one.indicator) <= 60
                assert "\n" not in one.indicator
                for piece in one.evidence:
                    assert account.passage.source.text[piece.start : piece.end] == piece.quote
    assert read_at_all > 400


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年，热线累计接到来电790个，累计退回押金23万元。", ["2023", "2023"]),
        ("2023年，新添驿站43个，累计建成驿站900个。", ["2023", None]),
    ],
)
def test_a_sum_is_of_the_year_that_counts_nothing_else(text: str, periods: list[str | None]) -> None:
    assert [one.period for one in read(LEAD + text)] == periods


@pytest.mark.parametrize(
    "text",
    [
        "工会把追缴款40%与60%部分各记一本账。",
        "工会干部走进云桥1933大剧场开展读书活动。",
        "每10名茶农中就有超6名高级工。",
        "街道抓好劳动竞赛、读书演讲和技能培训三项服务。",
        "街道抓好读书、先进培育和选树宣传三个载体。",
        "方案概括为“落实三项责任，办好三件小事，守住三条底线”的办法。",
        "目前云桥公司有1000个在建项目分布在110个城市，年均使用农民工21万人。",
    ],
)
def test_shares_sorts_mottoes_and_what_a_company_runs_are_no_results(text: str) -> None:
    assert figures(text) == []


def test_the_exact_figure_stands_for_the_one_that_heads_its_paragraph() -> None:
    found = read("1. 组员1.2万名。全公司攻关小组成员达12288人。\n2. 省下3000万元。全年节电省下3012万元。")
    assert [one.value for one in found] == [12288, 30_120_000]


def test_people_who_make_up_a_team_are_counted_as_the_team() -> None:
    (team,) = read("县总工会建起由律师、教师等60余人组成的流动服务队。")
    assert (team.indicator, team.value) == ("流动服务队", 60)
