"""Which recurring practice types an account really uses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.loaders.practice_accounts import practices_of, told
from tests.loaders.reading_of_text import account_of, grounded
from unionkg.graph.records import ConceptStatement
from unionkg.loaders.extract import concepts, partners, practices
from unionkg.ontology.vocabulary import terms


def read(text: str, title: str | None = None) -> tuple[ConceptStatement, ...]:
    account, document = told(text, title)
    found = concepts.read(account, document, practices_of(text, title))
    assert all(grounded(item, account) for item in found)
    return found


def names(text: str, title: str | None = None) -> set[str]:
    return {item.concept for item in read(text, title)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("区总工会发出劳动法律监督提示函九份，企业收到后补签了合同。", "一函两书"),
        ("市总工会与法院共建劳动争议调解室，当年调解劳动争议六十件。", "劳动争议多元化解"),
        ("工会请来律师坐班，职工法律援助一年办了三十件。", "法律援助与咨询"),
        ("行业工会与老板们开展工资集体协商，签订集体合同。", "集体协商"),
        ("公司每年开两次职工代表大会，厂务公开栏月月更新。", "职代会与厂务公开"),
        ("六月，货运行业工会联合会成立，司机陆续入会。", "行业工会联合会"),
        ("街道组建楼宇联合工会，白领下楼就能办事。", "区域/园区/楼宇联合工会"),
        ("县里按网格工会的办法，一格配一名专员，网格工会管到门口。", "网格化建会"),
        ("乡镇、村、企业的“小三级”工会建起来了，“小三级”工会有人有钱。", "小三级工会"),
        ("全市建成工会驿站八十座，户外劳动者服务站点灯火通明。", "工会驿站/户外劳动者服务站"),
        ("厂里腾出库房建职工之家，职工之家有球台和影厅。", "职工之家/服务阵地"),
        ("站段办起职工书屋，书屋藏书三千册。", "职工书屋"),
        ("工会给哺乳期的母亲建妈咪小屋，妈咪小屋里有冰箱。", "爱心妈咪小屋"),
        ("三伏天里，工会送清凉到工地，防暑降温用品一车车拉来。", "送清凉"),
        ("工会开通心理热线，心理咨询师每周来站点坐诊。", "心理关爱"),
        ("工会请职工子女来暑托班，托管班由大学生带。", "子女托管与关爱"),
        ("市总工会开发小程序，职工在小程序里领券、报名。", "数智平台/小程序/APP"),
        ("司机扫码入会，扫码入会只要一分钟。", "网上入会"),
        ("厂工会组织劳动竞赛，劳动竞赛评出二十名标兵。", "劳动和技能竞赛"),
        ("老师傅与新人师徒结对，师徒同奖同罚。", "师徒结对"),
        ("劳模创新工作室攻下九项难题，创新工作室带出一批骨干。", "创新工作室"),
        ("省里的干部来镇上蹲点三个月，蹲点干部住在厂里。", "蹲点"),
        ("哪家建得好就以奖代补一万元，以奖代补已发到十家。", "以奖代补"),
        ("工會組織集體協商，簽訂集體合同，職工工資漲了一成。", "集体协商"),
    ],
)
def test_type_is_found_where_it_is_done(text: str, concept: str) -> None:
    assert concept in names(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("工厂门口没有工会驿站，谁也没处坐。厂工会组织了拔河。", "工会驿站/户外劳动者服务站"),
        ("两家都没有开展集体协商，工人有怨气。", "集体协商"),
        ("他在枫桥镇长大。工会请他讲过一次课。", "枫桥经验"),
        ("文件《关于推进职工书屋建设的意见》已经送达。", "职工书屋"),
        ("厂工会办起“晨跑”活动，三百人参加“晨跑”活动。下一步，准备办一个职工食堂。", "职工食堂"),
        ("平台企业的骑手常去网约车平台注册。", "数智平台/小程序/APP"),
        ("他每月缴养老保险，买过商业保险公司的产品。", "互助保障"),
        ("法治体检让企业少打官司。", "健康体检与两癌筛查"),
        ("镇总工会建起经费账户托管办法，各厂的钱由镇里临时托管，托管一年一签。", "子女托管与关爱"),
        ("工会用“桥头骑手之家”公众号发通知，关注“桥头骑手之家”微信就能报名拔河。", "工会驿站/户外劳动者服务站"),
        ("职工下载小程序“云桥书屋”，领电影票。", "职工书屋"),
        ("工会的小车获得云桥市创意设计大赛银奖，大家高兴。", "劳动和技能竞赛"),
        ("食堂保证热饭热菜送到码头，热饭管够。", "工会驿站/户外劳动者服务站"),
        ("镇里底子薄，楼宇建会率不到三成。工会组织了拔河。", "区域/园区/楼宇联合工会"),
        ("镇里底子薄，行业建会率普遍偏低。工会组织了拔河。", "行业工会联合会"),
    ],
)
def test_denied_planned_cited_and_lookalike_types_are_not_used(text: str, concept: str) -> None:
    assert concept not in names(text)


@pytest.mark.parametrize(
    ("sentence", "used"),
    [
        ("云桥市快递行业工会发出倡议，三百名骑手参加拔河。", False),
        ("云桥市快递行业工会今年3月正式成立，吸收骑手三百名。", True),
        ("当年组建了云桥市快递行业工会，吸收骑手三百名。", True),
        ("云桥市快递行业工会帮三个镇建起行业工会联合会。", True),
    ],
)
def test_what_the_own_union_is_called_is_nothing_that_it_does(sentence: str, used: bool) -> None:
    own = "云桥市快递行业工会"
    account, document = account_of(f"{own}\n{sentence}")
    account = replace(account, byline=(0, len(own)), body=len(own) + 1)
    found = concepts.read(account, document, practices.read(account, document))
    assert ("行业工会联合会" in {item.concept for item in found}) is used


def test_quote_shows_the_type_and_is_short() -> None:
    text = "区总工会在商圈、车站、市场、医院、学校、园区、码头、机场、工地、社区和邮局旁边一口气建起工会驿站三十座并配齐了热水和座椅和药箱，工会驿站日夜开门。"
    (station,) = [item for item in read(text) if item.concept == "工会驿站/户外劳动者服务站"]
    quote = "".join(item.quote for item in station.evidence)
    assert len(quote) <= 40
    assert "驿站" in quote


@pytest.mark.parametrize("text", ["", "。", "天气很好。"])
def test_text_without_practice_types_has_none(text: str) -> None:
    assert read(text) == ()


def test_type_of_the_main_practice_is_marked_as_such() -> None:
    found = read(
        "县总工会牵头家电行业工资集体协商，谈了两轮。会后，工会给困难职工送温暖，走访慰问二十户。",
        "家电行业工资集体协商",
    )
    roles = {item.concept: item.role for item in found}
    assert roles["集体协商"] == "main"
    assert roles["送温暖与困难帮扶"] == "part"


@pytest.mark.parametrize(
    ("text", "title", "role"),
    [
        ("县总工会举办集体协商知识竞赛，集体协商知识竞赛来了九十人。", "县总工会举办集体协商知识竞赛", "part"),
        ("县总工会推行集体协商，集体协商谈成十家。", "县总工会推行集体协商", "main"),
    ],
)
def test_an_occasion_is_no_instance_of_what_it_is_about(text: str, title: str, role: str) -> None:
    (bargaining,) = [item for item in read(text, title) if item.concept == "集体协商"]
    assert bargaining.role == role


@pytest.mark.parametrize(
    ("sentence", "started"),
    [
        ("2019年，矿工会开办职工书屋，职工书屋天天开门。", "2019"),
        ("2021年5月，矿工会职工书屋挂牌，职工书屋天天开门。", "2021-05"),
        ("矿工会于2020年建起职工书屋，职工书屋天天开门。", "2020"),
        ("矿工会办起职工书屋，职工书屋天天开门。2022年，矿里来了新人。", None),
        ("2022年，矿工会新增职工书屋藏书一批，职工书屋天天开门。", None),
        ("2022年，矿工会职工书屋推出工间操，职工书屋天天开门。", None),
        ("2022年，矿工会职工书屋获评先进，被列为示范，职工书屋天天开门。", None),
        ("2022年，矿工会建成职工书屋12家，职工书屋天天开门。", None),
    ],
)
def test_part_has_a_start_only_where_its_own_clause_dates_its_beginning(sentence: str, started: str | None) -> None:
    found = read(f"矿工会推行“三班倒”互助机制，“三班倒”互助机制管用。{sentence}", "“三班倒”互助机制")
    (library,) = [item for item in found if item.concept == "职工书屋"]
    assert library.started == started
    if started:
        assert any(started[:4] in item.quote for item in library.evidence)


def test_type_of_the_main_practice_takes_no_date_of_its_own() -> None:
    found = read("2019年，县总工会启动家电行业工资集体协商。工资集体协商谈了两轮。", "家电行业工资集体协商")
    (main,) = [item for item in found if item.concept == "集体协商"]
    assert (main.role, main.started) == ("main", None)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("工会请来法律顾问，免费法律咨询室每周开门。", "法律援助与咨询"),
        ("网约车司机工会挂牌，网约车司机工会当月发展会员百名。", "行业工会联合会"),
        ("商圈夜市工会成立，夜市工会把摊主们聚了起来。", "区域/园区/楼宇联合工会"),
        ("骑手驿站亮灯到半夜，骑手驿站备了热水和微波炉。", "工会驿站/户外劳动者服务站"),
        ("工会办起助餐点，盒饭十元一份，司机都来吃平价餐。", "职工食堂"),
        ("厂工会开办夜校，夜校实训室里学员练焊接。", "技能培训"),
    ],
)
def test_type_is_found_under_other_names(text: str, concept: str) -> None:
    assert concept in names(text)


def test_no_type_is_given_twice_and_all_are_of_the_vocabulary() -> None:
    found = read("工会驿站、职工书屋、妈咪小屋、职工食堂一应俱全，工会驿站还送清凉、送温暖，普法宣传、法律咨询轮着来。")
    labels = [item.concept for item in found]
    assert len(labels) == len(set(labels)) > 3
    assert set(labels) <= {term.zh for term in terms("practice_types")}
    assert all(0 < item.confidence <= 1 for item in found)


def test_two_departments_that_took_part_make_joint_action() -> None:
    for text, joint in (
        ("县总工会会同县司法局、县人社局办起夜间咨询台。", True),
        ("县总工会会同县司法局办起夜间咨询台。", False),
        ("县总工会会同青禾公司、云桥大学办起夜间咨询台。", False),
    ):
        account, document = told(text)
        found = concepts.read(account, document, (), partners=partners.read(account, document))
        assert ("部门联动(工会+)" in {item.concept for item in found}) == joint, text
        assert all(grounded(item, account) for item in found)


def test_a_contract_that_was_signed_is_no_mere_title() -> None:
    assert "专项集体合同" in names("行业工会签下《云桥糕点行业工资专项集体合同》，工资专项合同管到每家铺子。")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("邻县工会派人跟班学习。", "工会干部培训与认证"),
        ("评出的点子贴在食堂门口。", "职工食堂"),
        ("从登记、取证到起诉，全程陪着走。", "技能培训"),
    ],
)
def test_words_that_name_something_else(text: str, concept: str) -> None:
    assert concept not in names(text)


def test_workspace_adds_a_type_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "practice_types.csv").write_text(
        "key,zh,en,aliases,broader,theme,routine,cues,weak_cues,not_cues\n"
        "shared_umbrellas,共享雨伞,Shared umbrellas,,,member_services,,共享雨伞|雨伞架,,\n",
        encoding="utf-8",
    )
    account, document = told("工会在站口摆出共享雨伞，共享雨伞用了三千次，雨伞架添了十个。")
    found = practices.read(account, document, tmp_path)
    assert "共享雨伞" in {item.concept for item in concepts.read(account, document, found, tmp_path)}
    assert "共享雨伞" not in {item.concept for item in concepts.read(account, document, found)}
