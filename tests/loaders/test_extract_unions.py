"""What is read as a union, how far its name reaches, who is one with whom, and whose case it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from unionkg.graph.records import UnionStatement
from unionkg.loaders.accounts import Account, AccountSection, DocumentContext
from unionkg.loaders.extract import union_names, unions
from unionkg.loaders.layout import accounts
from unionkg.loaders.source import SourceText, passage


def account(body: str, title: str = "", byline: str = "") -> tuple[Account, SourceText]:
    """An account of one line a part: headline, organisation line, then the body."""
    lines = [line for line in (title, byline, *body.split("\n")) if line]
    source = SourceText("\n".join(lines) + "\n")
    whole = passage(source, [[source.line_span(number)] for number in range(1, len(lines) + 1)])
    heads = [line for line in (title, byline) if line]
    ends = [whole.text.replace("\n", "|").find("|")] if heads else []
    start = 0
    for _ in heads:
        ends.append(whole.text.find("\n", start))
        start = ends[-1] + 1
    line = (ends[-1] - len("".join(byline.split())), ends[-1]) if byline else None
    made = Account(kind="case", lines=((1, len(lines)),), passage=whole, title=title or None, body=start, byline=line)
    return made, source


def read(
    body: str,
    title: str = "",
    byline: str = "",
    *,
    region: str | None = None,
    published: str | None = "2024",
    **names: str,
) -> tuple[UnionStatement, ...]:
    made, source = account(body, title, byline)
    return unions.read(made, DocumentContext(source=source, published=published, region=region, names=names))


def roles(found: tuple[UnionStatement, ...]) -> dict[str, str]:
    return {statement.name: statement.role for statement in found}


def printed(text: str) -> list[str]:
    return [mention.name for mention in union_names.find(text) if mention.kind == "named"]


# ---------------------------------------------------------------- the edges of names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a verb glued on the left
        ("今年镇里成立护理行业工会联合会，吸收三百人。", ["护理行业工会联合会"]),
        ("活动联合市教育局工会办了三场。", ["市教育局工会"]),
        ("职工凭证在纺织公司食堂用餐，由红旗纺织公司工会统一结算。", ["红旗纺织公司工会"]),
        ("今后将依托区物流行业工会联合会开展培训。", ["区物流行业工会联合会"]),
        # 和, 与 inside a name and between names
        ("由市住房和城乡建设局工会负责。", ["市住房和城乡建设局工会"]),
        ("滨海机械厂工会与东港纺织公司工会签约。", ["滨海机械厂工会", "东港纺织公司工会"]),
        ("区人力资源和社会保障局工会办了讲座。", ["区人力资源和社会保障局工会"]),
        # words that only look like particles
        ("近日同济汽车有限公司工会换届。", ["同济汽车有限公司工会"]),
        ("中国有色金属集团工会发起倡议。", ["中国有色金属集团工会"]),
        ("外来务工人员多的向阳化工厂工会先行一步。", ["向阳化工厂工会"]),
        # regions inside or at the end
        ("中国铁路工会南宁铁路局委员会在沿线小站试行。", ["中国铁路工会南宁铁路局委员会"]),
        ("中国电信集团工会江西省委员会推出积分制。", ["中国电信集团工会江西省委员会"]),
        ("中铁二局集团有限公司云南分公司工会走访工地。", ["中铁二局集团有限公司云南分公司工会"]),
        # digits, Latin letters, brackets
        ("航天三院 306 所工会组织了讲座。", ["航天三院306所工会"]),
        ("天府Live文创园区（北区）联合工会挂牌。", ["天府Live文创园区(北区)联合工会"]),
        ("长江轮船(集团)有限公司工会走访船员。", ["长江轮船(集团)有限公司工会"]),
        # quoted names
        ("镇里组建“追梦合伙人”联合工会。", ["“追梦合伙人”联合工会"]),
        ("“跑得快”送餐平台总部公司工会成立。", ["“跑得快”送餐平台总部公司工会"]),
        # 市总, 县总
        ("临江市总组织了四期培训。", ["临江市总"]),
        ("该区经济总量居全市前列，社区总人口三万。", []),
        ("安全总监和副总经理到场，健全总台账。", []),
        # classes, and nouns that 工会 only qualifies
        ("各级工会、基层工会和非公企业工会都要参加。", []),
        ("全县工会干部和工会会员用工会经费建了工会驿站。", []),
        ("市、县、乡三级工会联动，企业工会积极响应。", []),
        ("全县农民工会员超过两万。", []),
        ("先后建起6家行业工会联合会和30家企业工会。", []),
    ],
)
def test_a_name_reaches_from_its_first_word_to_its_head(text: str, names: list[str]) -> None:
    plain = unions.working_text(account(text)[0])
    assert printed(plain) == names


def test_a_number_before_a_measure_word_is_no_part_of_a_name() -> None:
    mentions = union_names.find("全镇有12个小区联合工会。")
    assert [(mention.stem, mention.counted) for mention in mentions] == [("小区", True)]


# ---------------------------------------------------------------- full official names


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("湖北孝感市总工会", "湖北省孝感市总工会"),
        ("广东佛山顺德区总工会", "广东省佛山市顺德区总工会"),
        ("北京海淀区中关村街道总工会", "北京市海淀区中关村街道总工会"),
        ("湖南湘潭韶山市总工会", "湖南省湘潭市韶山市总工会"),
        ("四川省凉山彝族自治州总工会", "四川省凉山彝族自治州总工会"),
        ("河南省兰考县总", "河南省开封市兰考县总工会"),
        ("吉林省延边州总工会", "吉林省延边朝鲜族自治州总工会"),
        ("全总", "中华全国总工会"),
        ("全国总工会", "中华全国总工会"),
        ("江苏省海员工会", "江苏省海员工会"),
        ("合肥市教育工会", "安徽省合肥市教育工会"),
        ("贵州省总工会女工委", "贵州省总工会女职工委员会"),
    ],
)
def test_the_canonical_name_is_full_where_the_text_makes_it_certain(name: str, canonical: str) -> None:
    found = read(f"{name}近年来探索新的做法。")
    assert [(statement.name, statement.canonical) for statement in found] == [(name, canonical)]


@pytest.mark.parametrize(
    ("name", "region", "canonical"),
    [
        ("城北区总工会", "630100", "青海省西宁市城北区总工会"),
        ("江北区总工会", "500000", "重庆市江北区总工会"),
        ("江北区总工会", "330200", "浙江省宁波市江北区总工会"),
        ("普陀区总工会", "310000", "上海市普陀区总工会"),
        ("普陀区总工会", "330900", "浙江省舟山市普陀区总工会"),
        ("长兴镇总工会", "310151", "上海市崇明区长兴镇总工会"),
    ],
)
def test_a_name_that_several_regions_bear_is_decided_by_the_document(name: str, region: str, canonical: str) -> None:
    assert [statement.canonical for statement in read(f"{name}办起夜校。", region=region)] == [canonical]


def test_a_name_that_nothing_decides_stays_as_printed() -> None:
    (found,) = read("江北区总工会办起夜校。")
    assert (found.canonical, found.region, found.level) == ("江北区总工会", None, "county")


# ---------------------------------------------------------------- what a union is


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("陕西省总工会", "local_federation", "provincial"),
        ("宁夏回族自治区总工会", "local_federation", "provincial"),
        ("天津市总工会", "local_federation", "provincial"),
        ("天津市武清区总工会", "local_federation", "county"),
        ("河北省唐山市总工会", "local_federation", "prefecture"),
        ("河北省迁安市总工会", "local_federation", "county"),
        ("云南省大理州总工会", "local_federation", "prefecture"),
        ("天津市武清区杨村街道总工会", "local_federation", "township"),
        ("大连高新区总工会", "local_federation", "county"),
        ("中国海员建设工会全国委员会", "industrial", "national"),
        ("山西省煤矿地质工会", "industrial", "provincial"),
        ("长沙市医务工会", "industrial", "prefecture"),
        ("河北省迁安市货运行业工会联合会", "sectoral_federation", "county"),
        ("长沙市网约车行业联合工会", "sectoral_federation", "prefecture"),
        ("河北省迁安市国贸大厦楼宇联合工会", "area_federation", "grassroots"),
        ("天津市武清区杨村街道光明社区工会", "area_federation", "community"),
        ("山西汾河焦化有限公司工会", "enterprise", "grassroots"),
        ("长沙第三机床厂工会", "enterprise", "grassroots"),
        ("西北工业大学工会", "institution", "grassroots"),
        ("长沙市第一医院工会", "institution", "grassroots"),
    ],
)
def test_type_and_level_follow_from_the_name(name: str, kind: str, level: str) -> None:
    (found,) = read(f"{name}推出一项新服务。")
    assert (found.name, found.type, found.level, found.role) == (name, kind, level, "originator")


# ---------------------------------------------------------------- one union, many words


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the district's own federation
        ("滁州市琅琊区总工会办起夜校。区总工会说，还要再办。区总已印发通知。", {"滁州市琅琊区总工会": "originator"}),
        # a higher one that is only pointed at
        (
            "滁州市琅琊区总工会办起夜校，市总工会给了补助。",
            {"滁州市琅琊区总工会": "originator", "市总工会": "superior"},
        ),
        # the company's union
        ("宏远化工有限公司工会建了书屋。公司工会每月更新，集团工会也来看过。", {"宏远化工有限公司工会": "originator"}),
        # an abbreviation of the same body
        ("华东船舶研究院工会牵头。院工会设了热线。", {"华东船舶研究院工会": "originator"}),
        # the sectoral federation under three heads
        (
            "滁州市琅琊区家政行业工会联合会今年挂牌。工会联合会下设八个分会，工联会还办了讲座。",
            {"滁州市琅琊区家政行业工会联合会": "originator"},
        ),
        # the place's unions as a whole are its federation
        ("滁州市总工会推进建会，滁州工会还送服务上门。", {"滁州市总工会": "originator"}),
    ],
)
def test_pointers_and_short_forms_are_no_second_union(body: str, expected: dict[str, str]) -> None:
    assert roles(read(body)) == expected


def test_a_pointer_that_nobody_answers_gets_the_name_of_the_region_above() -> None:
    found = {statement.name: statement for statement in read("滁州市琅琊区总工会办起夜校，省总工会来调研指导。")}
    assert found["省总工会"].canonical == "安徽省总工会"
    assert (found["省总工会"].level, found["省总工会"].role) == ("provincial", "superior")


def test_the_city_of_a_municipality_s_district_is_the_municipality() -> None:
    found = {statement.name: statement for statement in read("重庆市合川区总工会办起夜校，市总给予指导。")}
    assert (found["市总"].canonical, found["市总"].level) == ("重庆市总工会", "provincial")


def test_a_short_form_that_the_account_introduces_is_the_same_union() -> None:
    body = "长风特种钢材股份有限公司（以下简称“长钢”）工会建了心灵驿站。长钢工会每周值班。"
    (found,) = read(body)
    assert (found.name, found.canonical) == ("长钢工会", "长风特种钢材股份有限公司工会")


def test_a_short_form_that_the_document_introduces_gives_the_canonical_name() -> None:
    (found,) = read("长钢工会每周值班。", byline="长钢工会", 长钢="长风特种钢材股份有限公司")
    assert found.canonical == "长风特种钢材股份有限公司工会"


def test_traditional_characters_are_shown_as_printed() -> None:
    (found,) = read("蘇州市總工會辦起夜校，市總工會說還要再辦。")
    assert (found.name, found.canonical) == ("蘇州市總工會", "江苏省苏州市总工会")


# ---------------------------------------------------------------- whose case it is, and who else


@pytest.mark.parametrize(
    ("title", "byline", "body", "expected"),
    [
        # organisation line
        ("让图书走进工棚", "滁州市琅琊区总工会", "在市总工会指导下，区总工会建了书屋。", {"滁州市琅琊区总工会"}),
        # two owners on one line
        ("联手办食堂", "金寨县总工会、霍山县总工会", "两家商定一起办。", {"金寨县总工会", "霍山县总工会"}),
        # organisation first in the headline
        ("六安市金安区总工会 “四送”进工地", "", "区总工会今年把服务送到工地。", {"六安市金安区总工会"}),
        # organisation behind a dash in the headline
        ("灯亮到天明——皖西学院工会夜校纪事", "", "老师们下班后来上课。", {"皖西学院工会"}),
        # nobody in the headline
        ("书屋开到船上", "", "芜湖市总工会日前把书屋搬上货船。安徽省总工会表示肯定。", {"芜湖市总工会"}),
        # a higher federation speaks first
        ("书屋开到船上", "", "在全国总工会支持下，芜湖市总工会把书屋搬上货船。", {"芜湖市总工会"}),
        # one head for two
        ("", "", "近日，南川区、巫溪县总工会分别举办竞赛。", {"南川区", "巫溪县总工会"}),
        # an organisation line that does not end in 工会
        ("上门服务有人管", "六安市金安区家政服务行业联合会", "联合工会请来律师。", {"六安市金安区家政服务行业联合会"}),
        # only a pointer
        ("五小评审收官", "", "集团公司工会在七月发起评选，集团工会还要推广。", {"集团公司工会"}),
    ],
)
def test_the_owner_is_found(title: str, byline: str, body: str, expected: set[str]) -> None:
    found = read(body, title, byline)
    assert {statement.name for statement in found if statement.role == "originator"} == expected


@pytest.mark.parametrize(
    ("body", "name", "role"),
    [
        ("舒城县总工会组建了城关物流园区联合工会，吸收司机入会。", "城关物流园区联合工会", "created"),
        ("舒城县总工会推动建会。五月，舒城县茶叶行业工会联合会正式成立。", "舒城县茶叶行业工会联合会", "created"),
        ("舒城县总工会建成15个村(社区)工会，方便务工人员。", "村(社区)工会", "created"),
        (
            "在安徽省总工会和六安市总工会的大力指导下，舒城县总工会建了驿站。舒城县总工会还要扩面。",
            "六安市总工会",
            "superior",
        ),
        ("舒城县总工会的做法入选全国总工会创新案例。", "全国总工会", "superior"),
        ("舒城县总工会今年建站。千人桥镇总工会动手最早，配齐了人手。", "千人桥镇总工会", "partner"),
        ("舒城县总工会与霍邱县总工会共建驿站。", "霍邱县总工会", "partner"),
        ("舒城县总工会一行赴霍邱县总工会取经。舒城县总工会说要学回去。", "霍邱县总工会", "mentioned"),
        ("舒城县总工会慰问了万佛湖医院。万佛湖医院工会平日做得扎实。", "万佛湖医院工会", "mentioned"),
        # behind other bodies that someone acted with
        ("舒城县总工会联合县妇联、万佛湖医院工会举办联谊。", "万佛湖医院工会", "partner"),
        ("舒城县总工会办竞赛。霍邱县总工会、金寨县总工会都组队来比。", "金寨县总工会", "partner"),
        # what was done there as well, and who came to learn
        ("舒城县总工会今年建站。千人桥镇总工会也办起了小站。", "千人桥镇总工会", "mentioned"),
        ("舒城县总工会今年建站。千人桥镇总工会也派人值守。", "千人桥镇总工会", "partner"),
        ("舒城县总工会今年建站。千人桥镇总工会派人来学习了三天。", "千人桥镇总工会", "mentioned"),
        # parts of the owner's place and company
        ("舒城县总工会建起楼宇联合工会8家，覆盖企业百家。", "楼宇联合工会", "created"),
        ("舒城县总工会把县城划成7个片区，片区工会联合会有专人。", "片区工会联合会", "created"),
        ("皖西机床有限公司工会收集隐患。霍山分公司工会先试了半年。", "霍山分公司工会", "partner"),
        # the last of a list of federations that were set up
        ("舒城县总工会这样做：逐步组建茶叶、竹编、货运行业工会联合会，扩大覆盖。", "货运行业工会联合会", "created"),
        # named without acting: cited, used, served, a trial's or a prize's place, who gave a title
        ("舒城县总工会建站。按照六安市总工会对驿站的定义，两平方米也算。", "六安市总工会", "mentioned"),
        ("舒城县总工会建站。按照六安市总工会的统一部署，十月完工。", "六安市总工会", "superior"),
        ("舒城县总工会建站。按照六安市总工会《关于建站的通知》，十月完工。", "六安市总工会", "superior"),
        ("舒城县总工会建站，借助六安市总工会出台的补贴办法添了设备。", "六安市总工会", "mentioned"),
        ("舒城县总工会建站，将六安市总工会实事项目用到站里。", "六安市总工会", "mentioned"),
        ("舒城县总工会建站，被六安市总工会评为“暖心”站点。", "六安市总工会", "mentioned"),
        ("舒城县总工会建站，被六安市总工会列为试点。", "六安市总工会", "superior"),
        ("皖西法务有限公司工会普法，每年为安徽省总工会开展讲座百场。", "安徽省总工会", "mentioned"),
        ("皖西软件有限公司工会用系统，从城关镇总工会、千人桥镇总工会试点到各镇铺开。", "城关镇总工会", "mentioned"),
        ("皖西研究所工会结对带徒，论文在安徽省科技工会获奖。", "安徽省科技工会", "mentioned"),
        ("舒城县总工会建站。原六安市总工会副主席来看过。", "六安市总工会", "mentioned"),
    ],
)
def test_the_words_beside_a_name_tell_its_part(body: str, name: str, role: str) -> None:
    assert roles(read(body))[name] == role


def test_who_comments_gives_no_union_a_part() -> None:
    made, source = account(
        "舒城县总工会建站，获安徽省总工会充分肯定。\n专家点评\n安徽省总工会原副主席 王小山：\n六安市总工会指导有方。"
    )
    start = made.passage.text.index("专家点评")
    made = replace(made, sections=(AccountSection("点评", "专家点评", start, len(made.passage.text)),))
    found = unions.read(made, DocumentContext(source=source, published="2024", region=None, names={}))
    assert roles(found) == {"舒城县总工会": "originator", "安徽省总工会": "superior"}
    assert all("副主席" not in evidence.quote for statement in found for evidence in statement.evidence)


@pytest.mark.parametrize(
    "body",
    [
        "舒城县总工会轮训学校工会主席1150人次。",
        "舒城县总工会出台《关于加强连队工会建设的意见》。",
        "舒城县总工会发文，要求各乡（镇）总工会照办。",
        "舒城县总工会在片区里走访，片区联合工会说法不一。",
    ],
)
def test_kinds_of_unions_are_no_unions(body: str) -> None:
    assert roles(read(body)) == {"舒城县总工会": "originator"}


def test_a_verb_of_joining_is_no_part_of_a_name() -> None:
    assert printed("干满一季的，编进采摘行业工会联合会。") == ["采摘行业工会联合会"]


def test_a_committee_of_an_industrial_union_is_one_name() -> None:
    assert printed("中国海员工会南江集团北渡港委员会办起课堂。") == ["中国海员工会南江集团北渡港委员会"]


def test_a_union_that_a_place_set_up_is_of_that_place() -> None:
    found = {s.name: s for s in read("六安市总工会推进建会，舒城县建起快递行业工会联合会，吸收千人。")}
    made = found["快递行业工会联合会"]
    assert (made.role, made.level, made.canonical) == ("created", "county", "安徽省六安市舒城县快递行业工会联合会")


def test_the_only_town_that_a_county_s_case_names_is_the_one_meant() -> None:
    found = {s.name: s for s in read("舒城县总工会在千人桥镇试行代管，由镇总工会设代管中心。")}
    made = found["镇总工会"]
    assert (made.role, made.canonical) == ("partner", "安徽省六安市舒城县千人桥镇总工会")


def test_a_division_of_the_corps_is_named_in_full() -> None:
    (owner,) = read("第三师图木舒克市总工会把会建到棉田里，师总工会每年补贴经费。")
    assert owner.canonical == "新疆生产建设兵团第三师图木舒克市总工会"
    assert (owner.level, owner.region) == ("prefecture", "659003")


def test_a_text_that_says_nothing_but_joint_union_names_one() -> None:
    assert roles(read("舒城县城关园区工联会办起夜校，联系企业三十家。")) == {"舒城县城关园区工联会": "originator"}


def test_a_federation_under_another_line_is_directed_by_its_county() -> None:
    found = roles(read("舒城县货运行业联合工会发起协商，县总工会派来指导员。"))
    assert found == {"舒城县货运行业联合工会": "originator", "县总工会": "superior"}


def test_elided_members_of_a_sector_list_are_unions_too() -> None:
    found = read("衢州市总工会组建了新能源、新材料工会联合会。")
    assert [(s.name, s.canonical) for s in found if s.role == "created"] == [
        ("新能源", "浙江省衢州市新能源工会联合会"),
        ("新材料工会联合会", "浙江省衢州市新材料工会联合会"),
    ]


def test_a_post_of_a_commentator_is_no_union_of_the_case() -> None:
    found = read("江桥镇总工会建了书屋。\n原人大常委会副主任、区总工会主席评价很高。", region="310114")
    assert roles(found) == {"江桥镇总工会": "originator"}


def test_an_account_without_a_union_has_none() -> None:
    assert read("户外劳动者服务站昨天开门，饮水机和微波炉都备着。") == ()


def test_every_statement_quotes_its_name_from_the_source() -> None:
    made, source = account("滁州市琅琊区\n总工会办起夜校，市总工会给予指导。")
    whole = passage(source, [[source.line_span(1), source.line_span(2)]])
    made = Account(kind="news", lines=((1, 2),), passage=whole)
    found = unions.read(made, DocumentContext(source=source, published="2024"))
    assert [statement.name for statement in found] == ["滁州市琅琊区总工会", "市总工会"]
    for statement in found:
        quote = "".join("".join(evidence.quote.split()) for evidence in statement.evidence[:1])
        assert quote == statement.name
        for evidence in statement.evidence:
            assert source.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.documents
def test_names_and_quotes_stand_in_the_documents(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*.txt")):
        source = SourceText(path.read_text(encoding="utf-8-sig"))
        layout = accounts(source)
        squeezed = "".join(source.text.split())
        for made in layout.accounts:
            for statement in unions.read(made, layout.context):
                assert "".join(statement.name.split()) in squeezed
                assert statement.evidence
                assert all(source.text[e.start : e.end] == e.quote for e in statement.evidence)
