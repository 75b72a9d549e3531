"""National announcements: policies with issuer, date, deadline, target and what they concern."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionkg.graph.records import AnnouncementStatement
from unionkg.loaders.pipeline import read_file

BRIEF = """

西湖区总工会办起暑期托管班

本报讯（记者 甲乙）今年7月，浙江省杭州市西湖区总工会办起暑期托管班，为双职工家庭照看孩子，两个月服务职工子女320人，职工都说省心。区总工会还请来退休教师辅导功课，家长按天接送，伙食由附近的职工食堂供应。
"""

PLAN = """全总部署职工书屋提质三年行动

本报北京{day}电（记者 丙丁）记者从全国总工会获悉，各级工会将组织实施职工书屋提质三年行动，到2027年底，县级以上工会全部建成示范职工书屋，百人以上企业书屋基本全覆盖。

全总要求各级工会把经费向一线倾斜，把书送到班组里去，让职工有书读、愿意读。
"""

NOTICE = """多部门联合发文规范职工疗休养

本报北京5月9日电（记者 丙丁）日前，人力资源社会保障部、全国总工会联合印发《关于规范职工疗休养工作的指导意见》（总工发〔2023〕12号），要求各级工会把一线职工放在前面，到2025年一线职工占比达到六成以上，并先在广东省、四川省先行试点。
"""

NEWS = """全国工会干部读书会在京举行

本报北京3月2日电（记者 丙丁）全国总工会今天在京举行各级工会干部读书会，与会者交流了体会。会议认为，各级工会干部要多读书、读好书。会议由全国总工会主办，历时两天，各省代表参加。
"""


def announced(tmp_path: Path, text: str, published: str | None = "2023-05-10") -> tuple[AnnouncementStatement, ...]:
    file = tmp_path / "news.txt"
    file.write_text(text + BRIEF, encoding="utf-8")
    reading = read_file(file, file.name, published=published)
    assert [record.unions[0].name for record in reading.records] == ["浙江省杭州市西湖区总工会"]
    for one in reading.document.announcements:
        assert all(reading.text[e.start : e.end] == e.quote for e in one.evidence)
    return reading.document.announcements


def test_a_plan_that_is_started(tmp_path: Path) -> None:
    (one,) = announced(tmp_path, PLAN.format(day="4月20日"))
    assert one.name == "职工书屋提质三年行动"
    assert one.issuers in {("全总",), ("全国总工会",)}
    assert one.issued == "2023-04-20"
    assert one.deadline == "2027"
    assert one.target is not None
    assert one.target.startswith("到2027年底")
    assert one.concepts == ("职工书屋",)
    assert one.regions == ()


def test_a_document_that_is_issued(tmp_path: Path) -> None:
    (one,) = announced(tmp_path, NOTICE)
    assert one.name == "关于规范职工疗休养工作的指导意见"
    assert one.issuers == ("人力资源社会保障部", "全国总工会")
    assert one.number == "总工发〔2023〕12号"
    assert (one.issued, one.deadline) == ("2023-05-09", "2025")
    assert "疗休养" in one.concepts
    assert one.regions == ("440000", "510000")


@pytest.mark.parametrize(("published", "issued"), [(None, None), ("2024", "2024-04-20"), ("2024-04", "2024-04-20")])
def test_a_year_that_is_not_known_is_not_guessed(tmp_path: Path, published: str | None, issued: str | None) -> None:
    (one,) = announced(tmp_path, PLAN.format(day="4月20日"), published)
    assert one.issued == issued


def test_a_meeting_announces_no_policy(tmp_path: Path) -> None:
    assert announced(tmp_path, NEWS) == ()
