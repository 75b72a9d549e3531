"""Quantities as Chinese reports print them."""

from __future__ import annotations

import pytest

from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import Quantity, quantities, value_of


def only(text: str) -> Quantity:
    """The one quantity of a text."""
    found = list(quantities(folded(text)))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("12家", 12, "家", False),
        ("1,253人次", 1253, "人次", False),
        ("1.3万余条", 13_000, "条", True),
        ("13.5余万人", 135_000, "人", True),
        ("2.06万名", 20_600, "人", False),
        ("近亿元", 100_000_000, "元", True),
        ("上千场", 1000, "场", True),
        ("一万多名", 10_000, "人", True),
        ("50多万美元", 500_000, "美元", True),
        ("六成以上", 60, "%", True),
        ("七成六", 76, "%", False),
        ("九成", 90, "%", False),
        ("百分之二", 2, "%", False),
        ("百分之九十五", 95, "%", False),
        ("百分百", 100, "%", False),
        ("三分之二", 66.67, "%", False),
        ("63.27%", 63.27, "%", False),
        ("63.27％", 63.27, "%", False),
        ("１２０家", 120, "家", False),
        ("超98%", 98, "%", True),
        ("3个百分点", 3, "个百分点", False),
        ("两家", 2, "家", False),
        ("四个", 4, "个", False),
        ("十二支", 12, "支", False),
        ("二十余家", 20, "家", True),
        ("十余支", 10, "支", True),
        ("百余名", 100, "人", True),
        ("百名", 100, "人", True),
        ("千余份", 1000, "份", True),
        ("万余处", 10_000, "处", True),
        ("三百五十户", 350, "户", False),
        ("两千三百五十六条", 2356, "条", False),
        ("一百零八人", 108, "人", False),
        ("3亿2千万元", 320_000_000, "元", False),
        ("1.5亿元", 150_000_000, "元", False),
        ("9700余万元", 97_000_000, "元", True),
        ("47.2万元", 472_000, "元", False),
        ("5000元", 5000, "元", False),
        ("20余万元", 200_000, "元", True),
        ("约150家", 150, "家", True),
        ("近3000名", 3000, "人", True),
        ("逾40场次", 40, "场次", True),
        ("超过2000人", 2000, "人", True),
        ("突破100个", 100, "个", True),
        ("不少于6场", 6, "场", True),
        ("30人左右", 30, "人", True),
        ("300多名", 300, "人", True),
        ("26位", 26, "人", False),
        ("18个", 18, "个", False),
        ("220平方米", 220, "平方米", False),
        ("220㎡", 220, "平方米", False),
        ("55.8亩", 55.8, "亩", False),
        ("180吨", 180, "吨", False),
        ("1200小时", 1200, "小时", False),
        ("5个工作日", 5, "个工作日", False),
        ("3个月", 3, "个月", False),
        ("17架次", 17, "架次", False),
        ("710件次", 710, "件次", False),
        ("20余批次", 20, "批次", True),
        ("2家（名）", 2, "家（名）", False),
        ("6大类", 6, "类", False),
        ("8大品牌", 8, "个", False),
        ("4起", 4, "起", False),
        ("36幢", 36, "幢", False),
        ("170組", 170, "组", False),
        ("187個", 187, "个", False),
        ("1512门店", 1512, "家", False),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str, approximate: bool) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.unit, quantity.approximate) == (value, unit, approximate)


@pytest.mark.parametrize(
    "text", ["数百件", "几十名", "十几家", "好几百人", "几万元", "2000~3000人", "三五名", "4%-12%", "20场至25场"]
)
def test_no_single_figure(text: str) -> None:
    assert all(quantity.vague for quantity in quantities(folded(text)))


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ("25人以上企业", True),
        ("10万元以下的项目", True),
        ("100人及以上的单位", True),
        ("服务半径5公里以内", True),
        ("96%以上的职工", False),
        ("惠及5000人以上。", False),
        ("在100人以上、有车间的单位", True),
        ("建设经费都在1000万元以上。", False),
    ],
)
def test_threshold(text: str, threshold: bool) -> None:
    assert only(text).threshold is threshold


@pytest.mark.parametrize(
    "text",
    [
        "G5高速",
        "T308室内",
        "4G网络",
        "三聚焦三突出",
        "第七一一研究所",
        "一体化",
        "千方百计",
        "唯一一家",
        "十全十美",
        "两个人才工程里的万家灯火",
    ],
)
def test_no_count(text: str) -> None:
    assert [q for q in quantities(folded(text)) if q.unit and q.kind != "label" and q.value > 2] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3个人", "人"),
        ("5条例", ""),
        ("20人才", ""),
        ("8场所", ""),
        ("12项", "项"),
        ("2次", "次"),
        ("4起来", ""),
        ("9家庭", ""),
        ("19家园区企业", "家"),
        ("1200杯", "杯"),
        ("二十来台", "台"),
        ("1.2万台次", "台次"),
    ],
)
def test_measure_word_is_not_the_head_of_another_word(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_unit_without_measure_word_is_left_open() -> None:
    quantity = only("浏览量超100万，")
    assert (quantity.value, quantity.unit, quantity.approximate) == (1_000_000, "", True)


def test_head_noun_in_number_is_no_approximation() -> None:
    quantity = only("参观人数3.4万人次")
    assert (quantity.value, quantity.vague) == (34_000, False)


def test_two_measures_of_one_head() -> None:
    assert [(q.value, q.unit) for q in quantities("培训12场1500余人次")] == [(12, "场"), (1500, "人次")]


def test_offsets_include_the_approximation() -> None:
    text = "全镇约有近200名职工"
    quantity = only(text)
    assert text[quantity.start : quantity.end] == "近200名"
    assert text[quantity.number : quantity.measure] == "200"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("百万", 1_000_000),
        ("万余", 10_000),
        ("1个亿", 100_000_000),
        ("12,288", 12288),
        ("两亿", 200_000_000),
        ("一千零五十", 1050),
        ("1.2千万", 12_000_000),
        ("二零一七", 2017),
    ],
)
def test_value_of(text: str, value: float) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["", "工会", "一二万三"])
def test_value_of_no_number(text: str) -> None:
    assert value_of(text) is None


def test_long_digits_do_not_hang() -> None:
    assert len(list(quantities("1" * 5000 + "人" + "百" * 5000))) <= 2
