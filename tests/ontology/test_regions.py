"""The region table against published counts and known history; the resolver on names, traps and ambiguity."""

from __future__ import annotations

import csv
import time
from itertools import islice, pairwise
from pathlib import Path

import pytest

from unionkg.errors import InputError
from unionkg.ontology.regions import county_of, find, hits, named_in_full, region_id, resolve, table
from unionkg.ontology.regions.table import RegionTable, _sections

REGIONS = table()


def codes(text: str, **document: object) -> list[tuple[str, str | None]]:
    """Each mention's text and county code."""
    return [(mention.text, mention.county) for mention in find(text, **document)]  # type: ignore[arg-type]


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize(
    ("level", "date", "count"),
    [
        ("province", "2024", 35),  # 34 and the 兵团
        ("prefecture", "2024", 333),
        ("county", "2021-12", 2843),
        ("county", "2023-12", 2844),
        ("county", "2024-12-31", 2846),
        ("county", "2025-12", 2845),
        ("county", "2026-11", 2847),
    ],
)
def test_counts_are_those_of_the_ministry(level, date, count):
    assert sum(1 for _ in REGIONS.at(level, date)) == count


def test_townships_are_those_of_the_last_list():
    assert sum(1 for _ in REGIONS.at("township")) == 41352


def test_no_pseudo_county_is_a_region():
    assert [r.code for r in REGIONS.at("county") if r.valid_to is None and r.code[4] == "7" and r.code[2] != "9"] == []
    assert "130171" not in REGIONS
    assert REGIONS.region("130171010").parent == "130100"


def test_coverage_counts_31_provinces_and_the_corps():
    units = REGIONS.counting_units()
    assert len(units) == 32
    assert "xpcc" in units
    assert {"710000", "810000", "820000"}.isdisjoint(units)
    assert [REGIONS.region(c).name for c in ("710000", "810000", "820000")] == [
        "台湾省",
        "香港特别行政区",
        "澳门特别行政区",
    ]


@pytest.mark.parametrize("city", ["659001", "659010", "659012", "659013"])
def test_cities_of_the_corps_lie_in_both(city):
    assert set(REGIONS.parents(city)) == {"650000", "xpcc"}
    assert REGIONS.region(city).parent == "650000"
    assert city in REGIONS.children("xpcc")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("310113", "上海市宝山区"),
        ("310113109", "上海市宝山区顾村镇"),
        ("330522", "浙江省湖州市长兴县"),
        ("429004", "湖北省仙桃市"),
        ("469023", "海南省澄迈县"),
        ("659001", "新疆维吾尔自治区石河子市"),
        ("441900101", "广东省东莞市石碣镇"),
        ("500240", "重庆市石柱土家族自治县"),
        ("320684", "江苏省南通市海门市"),
        ("460302", "海南省三沙市西沙区"),
    ],
)
def test_full_names(code, name):
    assert REGIONS.full_name(code) == name


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("310230", {"310151"}, "2015", "2017"),
        ("320684", {"320614"}, "2019-12", "2020-08"),
        ("310108", {"310106"}, "2014", "2016"),
        ("500105", {"500157"}, "2024", "2026"),
        ("500112", {"500157"}, "2024", "2026"),
        ("330104", {"330102", "330114"}, "2020", "2022"),
        ("371202", {"370116"}, "2017", "2019"),
        ("540422", {"540481"}, "2022", "2024"),
        ("110103", {"110101"}, "2009", "2011"),
        ("522401", {"520502"}, "2009", "2013"),
    ],
)
def test_history(old, new, before, after):
    assert set(REGIONS.successors(old)) == new
    assert REGIONS.valid(old, before)
    assert not REGIONS.valid(old, after)
    for code in new:
        assert old in REGIONS.predecessors(code)
        assert REGIONS.valid(code, after)


def test_a_year_of_change_admits_both():
    assert REGIONS.valid("310230", "2016")
    assert REGIONS.valid("310151", "2016")
    assert not REGIONS.valid("310151", "2016-05")


def test_names_follow_the_date():
    assert REGIONS.name("420600", "2008") == "襄樊市"
    assert REGIONS.name("420600", "2018") == "襄阳市"
    assert REGIONS.full_name("420606", "2008") == "湖北省襄樊市樊城区"


def test_townships_follow_their_county():
    assert REGIONS.parents("500105001", "2024") == ("500105",)
    assert REGIONS.parents("500105001") == ("500157",)
    assert REGIONS.full_name("500112133") == "重庆市北碚区统景镇"
    assert REGIONS.full_name("500112133", "2024") == "重庆市渝北区统景镇"
    assert county_of("320614103", "2018") == "320684"


def test_parents_are_dated():
    assert REGIONS.parents("341402", "2009") == ("341400",)
    assert REGIONS.ancestors("500101", "2005") == ("500000",)
    assert all(REGIONS.region(d.value) for r in REGIONS.at("county") for d in REGIONS.within(r.code))


def test_every_region_but_provinces_has_a_parent():
    for level in ("prefecture", "county"):
        assert [r.code for r in REGIONS.at(level) if r.parent is None] == []


@pytest.mark.parametrize("level", ["province", "prefecture", "county"])
def test_adjacency_is_symmetric_and_irreflexive(level):
    pairs = list(REGIONS.adjacent(level))
    assert pairs
    for a, b in pairs:
        assert a < b
        assert b in REGIONS.neighbours(a, level=level)
        assert a in REGIONS.neighbours(b, level=level)


@pytest.mark.parametrize(
    ("code", "level", "neighbours"),
    [
        ("310000", None, {"320000", "330000"}),
        ("310000", "prefecture", {"320500", "320600", "330400"}),
        ("110000", None, {"120000", "130000"}),
        ("460000", None, set()),
        ("710000", None, set()),
        ("810000", None, {"440000"}),
    ],
)
def test_known_neighbours(code, level, neighbours):
    assert set(REGIONS.neighbours(code, level=level)) == neighbours


def test_the_new_district_has_the_neighbours_of_those_it_replaced():
    around = set(REGIONS.neighbours("500157"))
    assert {"500109", "500103"} <= around
    assert around.isdisjoint({"500105", "500112"})
    assert "500105" not in REGIONS.neighbours("500109", date="2026")


def test_points_lie_in_china_and_near_their_prefecture():
    for level in ("province", "prefecture", "county"):
        for region in REGIONS.at(level):
            if region.longitude is None or region.latitude is None:
                continue
            assert 73 < region.longitude < 135.1, region
            assert 3.8 < region.latitude < 53.6, region
            upper = REGIONS.region(region.parent) if region.parent else None
            if (
                level == "county"
                and upper
                and upper.level == "prefecture"
                and upper.name != "三沙市"
                and upper.longitude
                and upper.latitude
            ):
                assert abs(region.longitude - upper.longitude) < 8, region
                assert abs(region.latitude - upper.latitude) < 7, region


@pytest.mark.parametrize(
    ("province", "west", "east", "south", "north"),
    [
        ("31", 120.8, 122.1, 30.6, 31.9),
        ("11", 115.4, 117.6, 39.4, 41.1),
        ("64", 104.2, 107.7, 35.2, 39.4),
        ("33", 118.0, 123.2, 27.0, 31.2),
        ("50", 105.2, 110.2, 28.1, 32.3),
    ],
)
def test_points_lie_in_their_province(province, west, east, south, north):
    points = [r for r in REGIONS.at("county") if r.code[:2] == province and r.longitude is not None]
    assert points
    for r in points:
        assert west < r.longitude < east, r
        assert south < r.latitude < north, r


def test_every_county_in_force_but_the_newest_has_a_point():
    missing = {r.name for r in REGIONS.at("county", "2026-11") if r.longitude is None}
    assert missing == {"西沙区", "南沙区", "和安县", "和康县", "岑岭县", "草湖市"}


def test_unknown_codes_are_refused():
    with pytest.raises(InputError, match="999999"):
        REGIONS.region("999999")
    with pytest.raises(InputError):
        REGIONS.parents("123456789")


def test_the_table_is_built_from_the_lists_beside_it():
    sources = Path(__file__).parents[2] / "ontology" / "regions" / "sources"

    def rows(name: str) -> list[dict[str, str]]:
        lines = (sources / name).read_text(encoding="utf-8").splitlines()
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))

    for row in rows("changes.csv"):
        new = {item.partition(":")[0] for item in row["new"].split("|")}
        for old in filter(None, row["old"].split("|")):
            assert new <= set(REGIONS.successors(old.partition(":")[0])), row
    assert [(w.kind, w.word) for w in REGIONS.words] == [(row["kind"], row["word"]) for row in rows("words.csv")]
    named = {alias.name for alias in REGIONS.aliases()}
    assert {row["alias"] for row in rows("aliases.csv")} <= named


def test_ids():
    assert region_id("330500") == "region:330500"
    assert region_id("xpcc") == "region:xpcc"


def test_loading_is_deterministic_and_quick():
    start = time.process_time()
    again = RegionTable(_sections("regions.tsv.xz"))
    assert time.process_time() - start < 1.5  # 0.07 s on an idle core
    for level in ("province", "prefecture", "county"):
        assert list(again.at(level)) == list(REGIONS.at(level))
    assert list(islice(again.at("township"), 50)) == list(islice(REGIONS.at("township"), 50))


# ---------------------------------------------------------------- names in text


@pytest.mark.parametrize(
    ("text", "chain", "county"),
    [
        ("湖北孝感市总工会", "湖北孝感市", "420900"),
        ("福建厦门湖里区总工会", "福建厦门湖里区", "350206"),
        ("北京朝阳区建外街道总工会", "北京朝阳区建外街道", "110105"),
        ("湖南娄底双峰县总工会", "湖南娄底双峰县", "431321"),
        ("宝山区顾村镇总工会", "宝山区顾村镇", "310113"),
        ("浙江省湖州市长兴县的工会干部", "浙江省湖州市长兴县", "330522"),
        ("崇明区长兴镇总工会", "崇明区长兴镇", "310151"),
        ("黑龙江双鸭山宝山区", "黑龙江双鸭山宝山区", "230506"),
        ("江苏徐州鼓楼区职工", "江苏徐州鼓楼区", "320302"),
        ("福州鼓楼区职工", "福州鼓楼区", "350102"),
        ("宁波江北区洪塘街道", "宁波江北区洪塘街道", "330205"),
        ("舟山普陀区沈家门街道", "舟山普陀区沈家门街道", "330903"),
        ("上海普陀区", "上海普陀区", "310107"),
        ("浙江省杭州市西湖区", "浙江省杭州市西湖区", "330106"),
        ("南昌西湖区", "南昌西湖区", "360103"),
        ("甘肃兰州城关区", "甘肃兰州城关区", "620102"),
        ("拉萨市城关区", "拉萨市城关区", "540102"),
        ("济南市中区", "济南市中区", "370103"),
        ("枣庄市市中区", "枣庄市市中区", "370402"),
        ("广东省东莞市石碣镇", "广东省东莞市石碣镇", "441900"),
        ("湖北仙桃市", "湖北仙桃市", "429004"),
        ("恩施州利川市", "恩施州利川市", "422802"),
        ("湘西州吉首市", "湘西州吉首市", "433101"),
        ("延边朝鲜族自治州珲春市", "延边朝鲜族自治州珲春市", "222404"),
        ("内蒙古鄂尔多斯市达拉特旗", "内蒙古鄂尔多斯市达拉特旗", "150621"),
        ("阿拉善盟额济纳旗", "阿拉善盟额济纳旗", "152923"),
        ("重庆石柱县", "重庆石柱县", "500240"),
        ("石柱土家族自治县总工会", "石柱土家族自治县", "500240"),
        ("新疆兵团石河子市", "新疆兵团石河子市", "659001"),
        ("新疆生产建设兵团总工会", "新疆生产建设兵团", "xpcc"),
        ("静安区石二街道", "静安区石二街道", "310106"),
        ("徐汇区天平街道", "徐汇区天平街道", "310104"),
        ("浦东祝桥镇", "浦东祝桥镇", "310115"),
        ("上海浦东工会", "上海浦东", "310115"),
        ("海南省三亚市天涯区", "海南省三亚市天涯区", "460204"),
        ("海南州共和县", "海南州共和县", "632521"),
        ("吉林省吉林市船营区", "吉林省吉林市船营区", "220204"),
        ("山东济宁任城区", "山东济宁任城区", "370811"),
        ("江苏苏州工业园区", "江苏苏州", "320500"),
        ("安徽省铜陵市义安区", "安徽省铜陵市义安区", "340706"),
        ("四川凉山州西昌市", "四川凉山州西昌市", "513401"),
        ("云南红河州个旧市", "云南红河州个旧市", "532501"),
        ("西藏日喀则市桑珠孜区", "西藏日喀则市桑珠孜区", "540202"),
        ("青海海西州格尔木市", "青海海西州格尔木市", "632801"),
        ("宁夏银川西夏区", "宁夏银川西夏区", "640105"),
        ("广西防城港市防城区", "广西防城港市防城区", "450603"),
        ("天津河北区", "天津河北区", "120105"),
        ("河北唐山路南区", "河北唐山路南区", "130202"),
        ("贵州省毕节市七星关区", "贵州省毕节市七星关区", "520502"),
        ("台湾省", "台湾省", "710000"),
        ("香港职工", "香港", "810000"),
        ("澳门特区", "澳门特区", "820000"),
        ("河南济源市", "河南济源市", "419001"),
        ("海南省儋州市", "海南省儋州市", "460400"),
        ("深圳市龙岗区平湖街道", "深圳市龙岗区平湖街道", "440307"),
    ],
)
def test_chains(text, chain, county):
    assert (chain, county) in codes(text, date="2019")


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("上海", "310000"),
        ("银川工会", "640100"),
        ("湖州职工", "330500"),
        ("在吉林举行", "220000"),
        ("海南职工", "460000"),
    ],
)
def test_bare_short_names_of_provinces_and_prefectures(text, county):
    assert [c for _, c in codes(text)] == [county]


@pytest.mark.parametrize(
    "text",
    [
        "中国移动通信集团工会",
        "农民专业合作社",
        "新建企业工会三百家",
        "市北高新园区联合工会",
        "宝山钢铁公司工会",
        "党政和工会共同推动",
        "建设街道社区工会",
        "复兴船务公司工会",
        "推广安全生产经验",
        "沟通化解矛盾",
        "道德阳光行动",
        "扩大连锁企业建会",
        "创新乡镇工会工作",
        "聚焦作为担当",
        "召开县级工会会议",
        "完成县域建会",
        "安康杯竞赛",
        "真金白银",
        "各位来宾",
        "打通镇街道环节",
        "富民惠民政策",
        "公安干警",
        "平安和谐",
        "南京路步行街",
        "职工朝阳路驿站",
    ],
)
def test_ordinary_words_are_no_places(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国网上海市南供电公司工会", [("上海市", "310000")]),
        ("江西新建企业", [("江西", "360000")]),
        ("西安全市职工", [("西安", "610100")]),
        ("国内江苏先行", [("江苏", "320000")]),
        ("省会长沙的工会", [("长沙", "430100")]),
        ("湖南部分地区", [("湖南", "430000")]),
        ("同济大学与上海", [("上海", "310000")]),
    ],
)
def test_edges(text, found):
    assert codes(text) == found


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "城东街道", "普陀区", "西湖区", "宝山区", "城关镇"])
def test_ambiguous_names_stay_open(name):
    (mention,) = find(name + "总工会")
    assert mention.code is None
    assert len(mention.candidates) > 1
    assert {c.basis for c in mention.candidates} == {"open"}
    assert len(resolve(name)) > 1


@pytest.mark.parametrize(
    ("name", "document", "code"),
    [
        ("江北区", {"date": "2024", "within": "500000"}, "500105"),
        ("江北区", {"date": "2024", "within": "330200"}, "330205"),
        ("江北区", {"date": "2024", "within": "330000"}, "330205"),
        ("江北区", {"date": "2024", "known": frozenset({"500105"})}, "500105"),
        ("江北区", {"date": "2026-06"}, "330205"),
        ("重庆市江北区", {"date": "2024"}, "500105"),
        ("重庆市江北区", {"date": "2026"}, "500105"),
        ("朝阳区", {"within": "110000"}, "110105"),
        ("朝阳区", {"within": "220104"}, "220104"),
        ("鼓楼区", {"within": "410200"}, "410204"),
        ("城东街道", {"known": frozenset({"320613"})}, "320613001"),
        ("三元区", {"date": "2018"}, "350403"),
        ("三元区", {"date": "2023"}, "350404"),
        ("三元区", {}, "350404"),
        ("海门", {"date": "2018"}, "320684"),
        ("海门", {"date": "2023"}, "320614"),
        ("沪", {}, "310000"),
        ("浙", {}, "330000"),
        ("兵团", {}, "xpcc"),
        ("襄樊", {"date": "2008"}, "420600"),
        ("浙江省 湖州市 长兴县", {}, "330522"),
    ],
)
def test_resolve_decides(name, document, code):
    assert [c.code for c in resolve(name, **document)] == [code]


@pytest.mark.parametrize("name", ["", "工会", "上海工会", "海门区总", "沪上"])
def test_resolve_refuses_what_is_no_region(name):
    assert resolve(name) == ()


def test_a_future_division_is_not_read_into_an_old_text():
    assert codes("两江新区总工会", date="2024") == []
    assert codes("重庆两江新区总工会", date="2024") == [("重庆", "500000")]
    assert codes("两江新区总工会", date="2026") == [("两江新区", "500157")]


def test_the_code_of_the_time_is_used():
    assert codes("上海市崇明县", date="2015") == [("上海市崇明县", "310230")]
    assert codes("上海市崇明区", date="2018") == [("上海市崇明区", "310151")]
    assert codes("南通海门市常乐镇", date="2018") == [("南通海门市常乐镇", "320684")]


def test_short_names_need_the_full_name_elsewhere():
    assert codes("长兴的做法") == []
    known = named_in_full(find("浙江省湖州市长兴县总工会"))
    assert "330522" in known
    assert codes("长兴的做法", known=known) == [("长兴", "330522")]


def test_a_short_name_before_a_general_union_is_a_place():
    assert codes("渝北总工会", date="2024") == [("渝北", "500112")]


def test_an_enumeration_shares_its_parent():
    assert codes("上海市宝山区、普陀区") == [("上海市宝山区", "310113"), ("普陀区", "310107")]
    assert codes("江北区、渝北区", date="2024") == [("江北区", "500105"), ("渝北区", "500112")]


def test_mentions_tell_where_they_stand():
    text = "本月，宝山区顾村镇总工会和银川工会"
    first, second = find(text, within="310000")
    assert text[first.start : first.end] == first.text == "宝山区顾村镇"
    assert [text[link.start : link.end] for link in first.links] == ["宝山区", "顾村镇"]
    assert [link.codes for link in first.links] == [("310113",), ("310113109",)]
    assert (first.code, first.county, first.full) == ("310113109", "310113", True)
    assert (second.text, second.full) == ("银川", False)


def test_mentions_do_not_overlap_and_are_ordered():
    text = "上海市松江区九亭镇、江苏南通海门区和新疆阿克苏地区库车市、北京朝阳区" * 3
    mentions = find(text, date="2022")
    assert len(mentions) == 12
    for a, b in pairwise(mentions):
        assert a.end <= b.start


def test_hits_overlap():
    surfaces = {"上海市松江区"[h.start : h.end] for h in hits("上海市松江区")}
    assert {"上海", "上海市", "松江", "松江区"} <= surfaces


def test_speed():
    text = "近年来，上海市宝山区顾村镇总工会聚焦职工需求，联合企业、社区推动建会入会，服务职工三千余人次。\n" * 4000
    find(text[:100])

    def once() -> float:
        start = time.process_time()
        find(text, date="2018")
        return time.process_time() - start

    # Bytes a second of processor time; several times that on an idle core.
    assert len(text.encode()) / min(once() for _ in range(3)) > 500_000
