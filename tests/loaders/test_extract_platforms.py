"""Which apps, accounts and systems are read, and what names nothing."""

from __future__ import annotations

import pytest

from tests.loaders.reading_of_text import account_of, grounded
from unionkg.loaders.extract import platforms


def names(text: str) -> list[str]:
    account, document = account_of(text)
    found = platforms.read(account, document)
    assert all(grounded(item, account) for item in found)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("职工打开“云桥工家”APP报名。", ["“云桥工家”APP"]),
        ("上线“随手办”小程序", ["“随手办”小程序"]),
        ("依托“码上议”线上平台收集提案", ["“码上议”线上平台"]),
        ("市总推出“暖心智慧平台”。", ["暖心智慧平台"]),
        ("通过云工惠平台发券", ["云工惠平台"]),
        ("在学习强国推送", ["学习强国"]),
        ("驿站在高德、百度地图都能搜到", ["高德", "百度地图"]),
        ("公司开设“匠心之窗”公众号、“班组群英”微信群。", ["“匠心之窗”公众号", "“班组群英”微信群"]),
        ("依托会员积分管理系统核销", ["会员积分管理系统"]),
        ("扫码關注「雲橋職工」微信公眾號", ["「雲橋職工」微信公眾號"]),
        ("建成智慧工会综合服务平台", ["智慧工会综合服务平台"]),
        ("依托云桥法院调解平台在线调解", ["云桥法院调解平台"]),
        ("通过“云上班组”办理报名", ["云上班组"]),
        ("“云桥课堂”在线学习平台开课", ["“云桥课堂”在线学习平台"]),
        ("利用抖音、快手等平台直播", ["抖音", "快手"]),
        ("企业的平台名“运快达”,跑着三万司机", ["运快达"]),
        ("职工在“云桥e家”上点单", ["云桥e家"]),
        ("推出“掌上班组”", ["掌上班组"]),
        ("在工会微信公众号“铁匠铺”发布", ["铁匠铺"]),
        ("公司OA系统设工会专栏", ["公司OA系统"]),
    ],
)
def test_named_software(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "搭建服务平台,畅通诉求渠道。",
        "搭建线上服务平台,畅通诉求渠道。",
        "工会为企业搭建交流合作平台。",
        "走访平台企业和快递网点。",
        "教育系统的教职工踊跃参加。",
        "全市工会系统开展培训。",
        "为职工提供展示才华的平台。",
        "形成系统化的工作体系。",
        "来源:云桥日报客户端",
        "走进现实应用场景。",
        "建立智慧平台",
        "建成“15分钟服务圈”。",
        "织密“安全网”。",
    ],
)
def test_general_words_name_no_platform(text: str) -> None:
    assert names(text) == []


def test_one_platform_under_two_heads_is_read_once() -> None:
    assert names("“知了”APP上线。职工用“知了”小程序办事。") == ["“知了”APP"]
