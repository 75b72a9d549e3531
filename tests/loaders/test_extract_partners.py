"""Which organisations count as partners, and how much of their names is read."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.loaders.extract import partners
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.organisation_names import find


def names(text: str) -> list[str]:
    account, document = account_of(text)
    found = partners.read(account, document)
    assert all(grounded(item, account) for item in found)
    return [item.name for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云桥县总工会联合县人社局、县司法局开设夜间咨询台。", ["县人社局", "县司法局"]),
        ("区总工会会同教育局和某某师范大学办起暑托班。", ["教育局", "某某师范大学"]),
        ("活动由市总工会、市卫生健康委主办,青禾公益基金会承办。", ["市卫生健康委", "青禾公益基金会"]),
        ("主办的是临川市交通局和市总工会。", ["临川市交通局"]),
        ("镇总工会与镇派出所签订联动协议。", ["镇派出所"]),
        ("街道总工会依托物业行业协会组建联合会。", ["物业行业协会"]),
        ("市总工会聘请律师团队坐班答疑。", ["律师团队"]),
        ("县总工会向县委、县政府汇报,争取场地。", ["县委", "县政府"]),
        ("县检察院、县法院都派员参与调解。", ["县检察院", "县法院"]),
        ("县总工会同县民政局、县医保局对数据。", ["县民政局", "县医保局"]),
        ("市交通运输局、市交警大队定期进站办业务。", ["市交通运输局", "市交警大队"]),
        ("由临川律师事务所轮流值守。", ["临川律师事务所"]),
        ("云桥医院的大夫每周来坐诊。", ["云桥医院"]),
        ("在市中医医院的支持下,工会办了义诊。", ["市中医医院"]),
        ("市总工会和市科技局一道评审项目。", ["市科技局"]),
        ("茶农协会会同镇总工会选出协商代表。", ["茶农协会"]),
        ("云桥日报派3名记者跟拍。", ["云桥日报"]),
        ("联合人社、司法、法院等部门坐堂会诊。", ["人社", "司法", "法院"]),
        ("市总請市紅十字會負責授課。", ["市紅十字會"]),
        ("“法院+工会”窗口每周开两天。", ["法院"]),
        ("“工会+人社+法院”三方调解机制建起来了。", ["人社", "法院"]),
        ("夜校得到了云桥慈善总会的大力支持。", ["云桥慈善总会"]),
        ("镇总工会主动对接镇派出所,摸清底数。", ["镇派出所"]),
        ("与云桥医院、临川书院等单位合作,办起讲堂。", ["云桥医院", "临川书院"]),
        ("临川医院派出医疗队到驿站坐诊。", ["临川医院"]),
        ("县法院在驿站设立巡回审判点。", ["县法院"]),
        ("加强与法院的沟通联系。", ["法院"]),
        ("联合鸿远、力达等快递公司开展入会行动。", ["鸿远", "力达"]),
        ("在街道办事处的牵线搭桥下,双方坐到一起。", ["街道办事处"]),
        ("云桥农行为会员办理联名卡。", ["云桥农行"]),
        ("县总工会和县文旅局送电影进工地。", ["县文旅局"]),
        ("区总工会就与临江银行新港支行协同开展驿站建设。", ["临江银行新港支行"]),
    ],
)
def test_cooperation_makes_a_partner(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "获奖选手来自临川钢铁有限公司。",
        "临川钢铁有限公司工会开展技能比武,公司投入三万元。",
        "工会干部到市人民医院看望住院职工。",
        "市总工会召开会议,布置下半年工作。",
        "县人社局公布了最低工资标准。",
        "职工可到法院起诉。",
        "他原在临川建筑公司打工时受伤。",
        "县政府出台意见,明确了补贴标准。",
        "全县有医院12家、学校30所。",
        "党组织和工会组织作为评优条件。",
    ],
)
def test_a_mention_is_no_partner(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("场地是镇文化站腾出来的，电费由村委会掏。", ["镇文化站", "村委会"]),
        ("市交警支队出人，路就通了。", ["市交警支队"]),
        ("跟县医院谈妥了，持卡会员挂号免费。", ["县医院"]),
        ("律师是从临川律师事务所请来的。", ["临川律师事务所"]),
        ("课由云桥工程学院的老师来上。", ["云桥工程学院"]),
        ("物流集团新港营运中心把闲置岗亭让了出来。", ["物流集团新港营运中心"]),
        ("云桥大学的学生每周来两趟，县妇联派来讲师。", ["云桥大学", "县妇联"]),
        ("活动由临川区教育和体育局主办。", ["临川区教育和体育局"]),
        ("联合鸿远、力达、临江银行发起倡议。", ["鸿远", "力达", "临江银行"]),
        ("争取区财政、区民政支持。", ["区财政", "区民政"]),
        ("借助云桥微博、临川网等媒体扩大影响。", ["云桥微博", "临川网"]),
        ("与云桥大学心理学部、市心理卫生协会结成伙伴。", ["云桥大学心理学部", "市心理卫生协会"]),
        ("临江银行、万家药房等率先挂牌。", ["临江银行", "万家药房"]),
        ("与社区党建服务中心、社区卫生服务中心结成联盟。", ["社区党建服务中心", "社区卫生服务中心"]),
        ("联合临川银行、大隆家、新港书店等12家商户让利。", ["临川银行", "新港书店", "大隆家"]),
    ],
)
def test_whoever_gives_something_takes_part(text: str, expected: list[str]) -> None:
    assert sorted(names(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "在新港物流园建成首个司机之家。",
        "调解室设在云桥街道党群服务中心。",
        "家政公司建会与行业工会组建同步。",
        "向劳动仲裁委申请仲裁。",
        "工会给老师们送来减压舱，8所学校首批挂牌。",
        "劳模宣讲员钻进合作社、新建企业和建设工地。",
        "市职工服务中心提供场地。",
        "公司工会会同人力资源部、科技部成立评审小组。",
    ],
)
def test_places_branches_and_a_union_s_own_are_no_partners(text: str) -> None:
    assert names(text) == []


def test_own_company_is_a_partner_only_where_the_text_puts_it_beside_its_union() -> None:
    assert names("新港码头有限公司工会办食堂。新港码头有限公司提供场地。") == []
    assert names("比武由新港码头有限公司和新港码头有限公司工会联合主办。") == ["新港码头有限公司"]


def test_companies_without_telling_end_are_known_by_the_word_behind_the_list() -> None:
    assert names("鸿远、力达、飞跃等爱心企业送来防暑用品。") == ["鸿远", "力达", "飞跃"]


def test_short_form_is_given_its_full_name() -> None:
    text = "临川市中级人民法院(以下简称“市中院”)人手紧。市总工会与市中院签下联动协议。"
    assert names(text) == ["临川市中级人民法院"]


def test_sites_with_counts_are_partners() -> None:
    text = "挂牌的服务站点中,有临江银行12家、万家超市30家、金桥药店8家、顺风加油站5家。"
    assert set(names(text)) >= {"万家超市", "金桥药店"}


def test_hosts_of_stations_are_partners() -> None:
    assert names("宣传组走进金桥图书馆、临江银行等服务站拍照。") == ["金桥图书馆", "临江银行"]


def test_comment_is_not_read() -> None:
    account, document = account_of("工会办起驿站。", comment="某某大学教授 王一川:\n联合市民政局、市残联是可取的办法。")
    assert partners.read(account, document) == ()


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("联合县法院", "县法院", "judiciary"),
        ("联合镇党委", "镇党委", "party"),
        ("联合市职业技术学院", "市职业技术学院", "school"),
        ("联合云桥电视台", "云桥电视台", "media"),
        ("联合区疾控中心", "区疾控中心", "hospital"),
        ("联合青禾科技有限公司", "青禾科技有限公司", "enterprise"),
        ("联合县慈善总会", "县慈善总会", "social_org"),
        ("联合区应急管理局", "区应急管理局", "government"),
    ],
)
def test_type_follows_the_end_of_the_name(text: str, name: str, kind: str) -> None:
    account, document = account_of(f"区总工会{text}开展活动。")
    assert [(item.name, item.type) for item in partners.read(account, document)] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("随后依托同济大学附属医院", "同济大学附属医院"),
        ("请来和平区人社局", "和平区人社局"),
        ("今年5月由江西省新余市摄影协会", "江西省新余市摄影协会"),
        ("委托华能(中国)检测有限公司", "华能（中国）检测有限公司"),
        ("把课堂搬进中铁建设集团桥梁有限公司", "中铁建设集团桥梁有限公司"),
    ],
)
def test_left_edge_of_names(text: str, name: str) -> None:
    text = folded(text)
    assert text[find(text)[-1].start : find(text)[-1].end].endswith(name)
